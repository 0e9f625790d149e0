"""What a check of the matrix reads: rows, holders, cells and people, indexed once so that each rule is one pass."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

LETTERS = {"A": "accountable", "R": "responsible", "C": "consulted", "I": "informed"}
ACTIVITIES = {
    "draft": "Draft",
    "vet": "Vet",
    "approve": "Approve",
    "publish": "Publish",
    "inform": "Inform",
    "monitor": "Monitor",
    "revise": "Revise",
}


def in_order(letters: Iterable[str]) -> str:
    """The letters once each, in the order A, R, C, I."""
    given = set(letters)
    return "".join(letter for letter in LETTERS if letter in given)


@dataclass(frozen=True, slots=True)
class Someone:
    """A person as the check sees them."""

    key: int
    name: str
    function: str = ""
    manager: int | None = None
    here: bool = True
    signs_in: bool = True
    ends_on: date | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """Something there is to do: an activity, or a subject such as a document or a channel."""

    key: str
    title: str
    known: bool = True

    @property
    def kind(self) -> str:
        """The word before the colon."""
        return self.key.partition(":")[0]

    @property
    def is_activity(self) -> bool:
        """Whether this is one of the seven activities."""
        return self.kind == "activity"


@dataclass(frozen=True, slots=True)
class Holder:
    """Who stands in a column: a person, a role with those who hold it, or a function's seat nobody fills."""

    key: str
    name: str
    people: tuple[int, ...] = ()
    function: str = ""

    @property
    def kind(self) -> str:
        """person, role or function."""
        return self.key.partition(":")[0]


@dataclass(frozen=True, slots=True)
class Cell:
    """One filled cell."""

    row: str
    holder: str
    letters: str


@dataclass(frozen=True, slots=True)
class Stand:
    """One person standing in for another on some days."""

    person: int
    to: int
    starts: date
    ends: date
    activities: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Fix:
    """A change that certainly mends a finding: set this cell to these letters, for each cell named."""

    words: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Finding:
    """What one rule has to say: in a sentence, about which rows and holders, and what would mend it."""

    rule: str
    title: str
    more: str = ""
    rows: tuple[str, ...] = ()
    holders: tuple[str, ...] = ()
    fixes: tuple[Fix, ...] = ()
    subject: str = ""

    @property
    def key(self) -> str:
        """What a waiver names: the rule and what it is about, so that it holds only for this."""
        about = ",".join(self.rows[:3]), ",".join(self.holders[:3])
        many = len(self.holders) if len(self.holders) > 3 else ""
        return "|".join((self.rule, *about, f"{self.subject}{many}"))[:300]


@dataclass
class Table:
    """A whole matrix on one day."""

    rows: tuple[Row, ...]
    holders: tuple[Holder, ...]
    cells: tuple[Cell, ...]
    people: tuple[Someone, ...] = ()
    stands: tuple[Stand, ...] = ()
    touched: tuple[str, ...] = ()
    subjects: tuple[Row, ...] = ()
    interests: dict[str, tuple[int, ...]] = field(default_factory=dict)
    today: date = field(default_factory=date.today)

    @cached_property
    def row(self) -> dict[str, Row]:
        """Rows by key."""
        return {row.key: row for row in self.rows}

    @cached_property
    def holder(self) -> dict[str, Holder]:
        """Holders by key."""
        return {holder.key: holder for holder in self.holders}

    @cached_property
    def someone(self) -> dict[int, Someone]:
        """People by key."""
        return {person.key: person for person in self.people}

    @cached_property
    def in_row(self) -> dict[str, list[Cell]]:
        """Cells by row."""
        found: dict[str, list[Cell]] = defaultdict(list)
        for cell in self.cells:
            found[cell.row].append(cell)
        return found

    @cached_property
    def of_holder(self) -> dict[str, list[Cell]]:
        """Cells by holder."""
        found: dict[str, list[Cell]] = defaultdict(list)
        for cell in self.cells:
            found[cell.holder].append(cell)
        return found

    @cached_property
    def _with_letter(self) -> dict[tuple[str, str], list[str]]:
        found: dict[tuple[str, str], list[str]] = defaultdict(list)
        for cell in self.cells:
            for letter in cell.letters:
                found[cell.row, letter].append(cell.holder)
        return found

    def with_letter(self, row: str, letter: str) -> list[str]:
        """The holders that have a letter in a row, in the order of columns."""
        return self._with_letter.get((row, letter), [])

    @cached_property
    def _people_with(self) -> dict[tuple[str, str], list[int]]:
        return {}

    def people_with(self, row: str, letters: str) -> list[int]:
        """The persons behind these letters in a row, each once: by name, or through a role they hold."""
        known = self._people_with.get((row, letters))
        if known is not None:
            return known
        found: dict[int, None] = {}
        for letter in letters:
            for key in self.with_letter(row, letter):
                holder = self.holder.get(key)
                for person in holder.people if holder else ():
                    found[person] = None
        self._people_with[row, letters] = list(found)
        return self._people_with[row, letters]

    @cached_property
    def first_names(self) -> Counter[str]:
        """How many of the persons in columns share a first name."""
        persons = (holder.name for holder in self.holders if holder.kind == "person" and holder.name)
        return Counter(name.split()[0] for name in persons)

    def with_more(self, row: str, person: int, letters: str) -> Cell:
        """A person's own cell in a row with these letters added to what it says."""
        holder = f"person:{person}"
        held = next((cell.letters for cell in self.in_row.get(row, ()) if cell.holder == holder), "")
        return Cell(row, holder, in_order(held + letters))

    def name(self, holder: str) -> str:
        """What a holder is called."""
        known = self.holder.get(holder)
        return known.name if known else holder

    def called(self, row: str) -> str:
        """What a row is called."""
        known = self.row.get(row)
        return known.title if known else row

    def named(self, person: int) -> str:
        """What a person is called."""
        known = self.someone.get(person)
        return known.name if known else f"person {person}"
