"""A document taken apart once for all rules: passages, sentences, words, sections and the source lines."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from handrail.policy.clause import Clause, Document
from handrail.policy.lint.language import is_english
from handrail.policy.lint.sentences import sentence_spans, words_of
from handrail.policy.lint.words import words

PASSAGE_LIMIT = 2_000
DUTY_FRAMES = frozenset({"must", "must not", "should", "should not"})
_PROSE_FORMS = frozenset({"paragraph", "list_item", "quotation"})
_FULL_STOP = re.compile(r"[.!?][\"'”’)]{0,3}$")
_OWNER = re.compile(
    r"\b(?P<name>[A-Z][\w&-]{1,30}(?: [A-Z][\w&-]{1,30}){0,3})(?:['’]s)? (?:employees?|staff|team members?"
    r"|volunteers?)\b"
    r"|\b(?:the |The )(?P<third>[A-Z][\w&-]{1,30}(?: [A-Z][\w&-]{1,30}){0,2}) (?:Foundation|Corporation"
    r"|University|Church|Council|Agency|Institute|"
    r"Association|Society|Trust|Charity|Company)\b"
    r"|\b(?:on behalf of|work(?:ing)? for|employed by"
    r"|represent(?:ing)?) (?:the )?(?P<other>[A-Z][\w&-]{1,30}(?: [A-Z][\w&-]{1,30}){0,3})\b"
)
_PROCEDURE = re.compile(
    r"\b(?:process|procedure|workflow|run-?book|play-?book|how-?to|(?:blogging|writing|style|content|brand) guide)\b",
    re.IGNORECASE,
)
_POLICY = re.compile(r"\b(?:polic|guidelines|rules|code of conduct)", re.IGNORECASE)
_NO_NAME = words("not_a_name")
_MODAL = re.compile(
    r"\b(?:must|shall|should|have to|has to|need to|needs to|(?:is|are) (?:required|obliged|expected|prohibited)"
    r"|(?:may|can) not|cannot|never|do not|don[’']t|ensure|make sure|avoid|ought to)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of a clause, with its words."""

    clause: Clause
    text: str
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Passage:
    """A clause, or a part of one that is too long to be searched at once."""

    clause: Clause
    text: str
    sentences: tuple[Sentence, ...]
    low: str

    def has(self, parts: Iterable[str]) -> bool:
        """Whether one of the parts, in small letters, stands in it: a quick look before a search."""
        return any(part in self.low for part in parts)

    @property
    def is_duty(self) -> bool:
        """Whether it tells people what they have to do or leave, by its own words or by those it inherits."""
        clause = self.clause
        return clause.frame in DUTY_FRAMES or clause.kind in ("do", "don't") or bool(_MODAL.search(self.text))


@dataclass(frozen=True, slots=True)
class Section:
    """What stands under one heading."""

    heading: str
    passages: tuple[Passage, ...]

    @property
    def text(self) -> str:
        """All its words."""
        return "\n".join([self.heading, *(passage.text for passage in self.passages)])

    @property
    def low(self) -> str:
        """All its words in small letters."""
        return "\n".join([self.heading.lower(), *(passage.low for passage in self.passages)])


class Reading:
    """The document as the rules read it; each part is worked out once, when first asked for."""

    def __init__(self, document: Document) -> None:
        self.document = document

    @cached_property
    def is_english(self) -> bool:
        """Whether the rules that know only English may speak."""
        return is_english(self.document)

    @cached_property
    def is_procedure(self) -> bool:
        """Whether its title says that it tells how work is done: such a text need not speak of all a policy does."""
        title = " ".join(self.document.title.split()) or next((each.text for each in self.document.headings), "")
        return bool(_PROCEDURE.search(title)) and not _POLICY.search(title)

    @cached_property
    def passages(self) -> tuple[Passage, ...]:
        """All clauses but code, cut to a length that keeps every search short."""
        return tuple(
            Passage(clause, text, _sentences(clause, text), text.lower())
            for clause in self.document.clauses
            if clause.form not in ("code", "image")
            for text in cut(clause.text)
        )

    @cached_property
    def prose(self) -> tuple[Passage, ...]:
        """Paragraphs, and list points written as full sentences: what a readability formula can judge."""
        return tuple(passage for passage in self.passages if _is_prose(passage))

    @cached_property
    def sections(self) -> tuple[Section, ...]:
        """The passages under each heading, in order."""
        sections: list[Section] = []
        heading: tuple[str, ...] | None = None
        gathered: list[Passage] = []
        for passage in self.passages:
            key = (*passage.clause.headings, passage.clause.heading)
            if key != heading and gathered:
                sections.append(Section(gathered[0].clause.heading, tuple(gathered)))
                gathered = []
            heading = key
            gathered.append(passage)
        if gathered:
            sections.append(Section(gathered[0].clause.heading, tuple(gathered)))
        return tuple(sections)

    @cached_property
    def word_count(self) -> int:
        """Words of clauses and headings."""
        inside = sum(len(sentence.words) for passage in self.passages for sentence in passage.sentences)
        return inside + sum(len(words_of(heading.text)) for heading in self.document.headings)

    @cached_property
    def source_lines(self) -> tuple[str, ...]:
        """The lines of the Markdown the document equals, code blocks and front matter blanked."""
        return tuple(_without_code(self.document.markdown.splitlines()))

    @cached_property
    def small_words(self) -> frozenset[str]:
        """All words the text writes in small letters."""
        words = (word for passage in self.passages for sentence in passage.sentences for word in sentence.words)
        return frozenset(word for word in words if word.islower())

    def spoken(self) -> Iterator[tuple[str, Clause | None, int]]:
        """Every heading and passage: its words, its clause if it has one, and a line (0: the clause knows)."""
        for heading in self.document.headings:
            for part in cut(heading.text):
                yield part, None, heading.line
        for passage in self.passages:
            yield passage.text, passage.clause, 0

    def place(self, index: int) -> tuple[Clause | None, int]:
        """Where a line of the equal Markdown stands in the source: its clause, if known, and the source's line."""
        if self.document.source_format == "markdown":
            return None, index + 1
        clause = self._clause_before[index] if index < len(self._clause_before) else None
        return clause, clause.line_end if clause else 1

    @cached_property
    def own_name(self) -> str:
        """The name the organisation seems to go by in this text, empty when none stands out."""
        counted: Counter[str] = Counter()
        for passage in self.passages:
            for found in _OWNER.finditer(passage.text):
                name = found["name"] or found["third"] or found["other"]
                if name.split()[0].lower() not in _NO_NAME:
                    counted[name] += 1
        best = counted.most_common(1)
        return best[0][0] if best and best[0][1] >= 2 else ""

    @cached_property
    def _clause_before(self) -> list[Clause | None]:
        """For each line of the equal Markdown the last clause that begins at or above it."""
        markdown, at, starts = self.document.markdown, 0, []
        for clause in self.document.clauses:
            found = markdown.find(clause.text[:30], at, at + 5_000) if clause.text else -1
            if found >= 0:
                at = found
                starts.append((found, clause))
        before: list[Clause | None] = []
        last: Clause | None = None
        offset = place = 0
        for line in markdown.splitlines(keepends=True):
            offset += len(line)
            while place < len(starts) and starts[place][0] < offset:
                last = starts[place][1]
                place += 1
            before.append(last)
        return before

    @cached_property
    def low(self) -> str:
        """All visible words in small letters."""
        return self.text.lower()

    @cached_property
    def sections_low(self) -> tuple[str, ...]:
        """The words of each section in small letters."""
        return tuple(section.low for section in self.sections)

    @cached_property
    def text(self) -> str:
        """All visible words, for questions that need the whole."""
        return "\n".join(
            [
                self.document.title,
                *(heading.text for heading in self.document.headings),
                *(passage.text for passage in self.passages),
            ]
        )


def cut(text: str) -> Iterator[str]:
    """Parts of at most PASSAGE_LIMIT characters, cut at a sentence end or a space where there is one."""
    start = 0
    while len(text) - start > PASSAGE_LIMIT:
        window = text[start : start + PASSAGE_LIMIT]
        at = max(window.rfind(". "), window.rfind("? "), window.rfind("! ")) + 1
        if at < PASSAGE_LIMIT // 2:
            at = window.rfind(" ") if window.rfind(" ") > PASSAGE_LIMIT // 2 else PASSAGE_LIMIT
        yield window[:at]
        start += at
    if start < len(text) or not text:
        yield text[start:]


def _sentences(clause: Clause, text: str) -> tuple[Sentence, ...]:
    found: list[Sentence] = []
    for start, end in sentence_spans(text):
        part = text[start:end].strip()
        words = words_of(part)
        if words:
            found.append(Sentence(clause, part, tuple(words)))
    return tuple(found)


def _is_prose(passage: Passage) -> bool:
    clause = passage.clause
    if clause.form not in _PROSE_FORMS:
        return False
    if clause.form == "paragraph" and not clause.marker:
        return True
    words = sum(len(sentence.words) for sentence in passage.sentences)
    return words >= 8 and bool(_FULL_STOP.search(passage.text.rstrip()))


def _without_code(lines: Sequence[str]) -> Iterator[str]:
    fence = ""
    front = bool(lines) and lines[0].strip() == "---"
    for number, line in enumerate(lines):
        bare = line.lstrip()
        if front:
            front = number == 0 or bare.strip() not in ("---", "...")
            yield ""
        elif fence:
            fence = "" if bare.startswith(fence) else fence
            yield ""
        elif bare.startswith(("```", "~~~")):
            fence = bare[:3]
            yield ""
        else:
            yield line
