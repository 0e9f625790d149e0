"""Guesses what each column of a staff file is, says why, and refuses what Handrail has no use for."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from handrail.kernel.errors import BadInput
from handrail.kernel.words import listed
from handrail.people import cells
from handrail.people.places import country_code, language_code

LABELS = {
    "staff_number": "Staff number",
    "name": "Name",
    "given_name": "First name",
    "family_name": "Last name",
    "email": "E-mail",
    "manager_email": "Line manager, by e-mail",
    "manager_number": "Line manager, by staff number",
    "unit": "Hotel or office",
    "function": "Function",
    "job": "Job",
    "level": "Level",
    "country": "Country",
    "language": "Language",
    "starts_on": "Start date, day first",
    "starts_on/month": "Start date, month first",
    "ends_on": "End date, day first",
    "ends_on/month": "End date, month first",
}
DATES = ("starts_on", "ends_on")
HEADINGS = {
    "staff_number": (
        "staff no", "staff number", "staff id", "employee id", "employee number", "employee no", "emp id", "emp no",
        "personnel number", "payroll number", "payroll id", "worker id", "person id", "person number", "number",
        "staffnumber", "employeeid", "personalnummer", "matricule", "número de empleado", "id",
    ),
    "name": (
        "name", "full name", "known as", "display name", "employee name", "employee", "person", "staff name",
        "preferred name", "nom complet", "nombre completo",
    ),
    "given_name": ("first name", "given name", "forename", "vorname", "prénom", "nombre", "firstname", "givenname"),
    "family_name": ("last name", "surname", "family name", "nachname", "nom", "apellido", "lastname"),
    "email": (
        "e mail", "email", "work email", "work e mail", "email address", "e mail address", "mail", "business email",
        "company email", "upn", "user principal name", "correo",
    ),
    "manager_email": (
        "reports to", "line manager", "manager", "supervisor", "manager email", "line manager email", "boss",
        "manager e mail", "reports to email", "line manager e mail", "vorgesetzter", "responsable", "supervisor email",
    ),
    "manager_number": (
        "manager id", "manager number", "line manager id", "line manager number", "supervisor id", "reports to id",
        "manager employee id", "manager staff no", "line manager staff no", "manager staff number",
    ),
    "unit": (
        "unit", "hotel", "property", "office", "site", "location", "branch", "org unit", "organisation unit", "place",
        "organizational unit", "workplace", "store", "standort", "business unit", "team",
    ),
    "function": ("function", "dept", "department", "job family", "area", "division", "abteilung", "service"),
    "job": ("job", "job title", "title", "position", "occupation", "poste", "stelle", "puesto"),
    "level": ("level", "grade", "band", "job level", "job grade", "pay grade", "seniority"),
    "country": ("country", "country code", "land", "pays", "país", "nation"),
    "language": ("language", "lang", "preferred language", "locale", "sprache", "langue", "idioma", "mother tongue"),
    "starts_on": (
        "start", "start date", "starts", "starts on", "hire date", "hired", "joined", "join date", "date of joining",
        "entry date", "eintritt", "from", "begin", "begin date",
    ),
    "ends_on": (
        "end", "end date", "ends", "ends on", "leaving date", "termination date", "last day", "contract end",
        "austritt",
        "leaves", "until",
    ),
}  # fmt: skip
NO_USE = (
    (re.compile(r"\b(iban|bic|swift|bank|sort code|account (no|number)|konto|routing)\b"), "a bank account"),
    (re.compile(r"\b(salary|wage|pay rate|gehalt|salaire|compensation|bonus)\b"), "pay"),
    (re.compile(r"\b(birth|dob|born|geburtsdatum|birthday|age)\b"), "a date of birth"),
    (
        re.compile(r"\b(ssn|social security|national insurance|nino|tax (id|number)|pps|passport)\b"),
        "an identity number",
    ),
    (
        re.compile(r"\b(religion|ethnicity|race|disability|health|union member|gender|sex|marital)\b"),
        "something private",
    ),
    (re.compile(r"\b(password|home address|private (phone|e ?mail))\b"), "something private"),
)
IBAN = re.compile(r"[A-Z]{2}\d{2}[A-Z0-9]{11,30}")


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its heading, what stands in it, what we take it for and why.

    `field` is "" when it is left out; `look` asks for a second look; `refused` means that it can't be matched at all.
    """

    index: int
    header: str
    sample: str
    field: str
    reason: str = ""
    look: bool = False
    refused: bool = False

    @property
    def kind(self) -> str:
        """The field without its date order."""
        return self.field.partition("/")[0]

    @property
    def month_first(self) -> bool:
        """Whether dates in this column begin with the month."""
        return self.field.endswith("/month")

    def as_json(self) -> dict[str, Any]:
        """The column as it is stored."""
        return asdict(self)


def guess_columns(header: Sequence[str], rows: Sequence[tuple[int, list[str]]]) -> list[Column]:
    """What each column seems to be, from its heading first and its cells second. Each field is given once."""
    taken: set[str] = set()
    found: list[Column] = []
    ranked = sorted(range(len(header)), key=lambda index: _heading_rank(header[index]))
    for index in ranked:
        values = _some(rows, index)
        column = _refuse(index, header[index], values) or _guess(index, header[index], values, taken)
        if column.kind:
            taken.add(column.kind)
        found.append(column)
    found.sort(key=lambda column: column.index)
    return [_dated(column, rows) if column.kind in DATES else column for column in found]


def chosen_columns(columns: Sequence[Column], fields: Sequence[str]) -> list[Column]:
    """The columns as a person matched them; BadInput where the match can't work."""
    if len(fields) != len(columns):
        raise BadInput(
            f"The file has {len(columns)} columns, and {len(fields)} were matched. Match each, or leave it out."
        )
    matched: list[Column] = []
    for column, field in zip(columns, fields, strict=True):
        if field and field not in LABELS:
            raise BadInput(f"“{field}” is nothing a column can be.", field=column.header)
        if column.refused and field:
            raise BadInput(f"“{column.header}” can’t be matched. {column.reason}", field=column.header)
        if column.refused or field == column.field:
            matched.append(column)
            continue
        matched.append(
            Column(column.index, column.header, column.sample, field, "" if field else "Left out, as you chose.")
        )
    return matched


def check_columns(columns: Sequence[Column]) -> None:
    """BadInput unless people can be told apart and named by these columns."""
    kinds = [column.kind for column in columns if column.kind]
    twice = sorted({kind for kind in kinds if kinds.count(kind) > 1})
    if twice:
        label = LABELS[twice[0]].partition(",")[0]
        both = listed([f"“{column.header}”" for column in columns if column.kind == twice[0]])
        raise BadInput(f"{both} are all matched to {label}. Choose one and leave the rest out.", field=twice[0])
    if "staff_number" not in kinds:
        raise BadInput(
            "No column is matched to the staff number. It tells people apart when a name or an address changes, "
            "so choose the column that holds it.",
            field="staff_number",
        )
    if "name" not in kinds and "family_name" not in kinds:
        raise BadInput("No column is matched to the name. Choose the column that holds it.", field="name")


def plain_heading(header: str) -> str:
    """A heading as it is compared: small letters, single spaces, no marks."""
    return " ".join(re.sub(r"[^\w]+|_", " ", header.lower()).split())


def _heading_rank(header: str) -> int:
    """Better known headings choose first, so “Staff no” wins over a bare “ID”."""
    plain = plain_heading(header)
    places = [words.index(plain) for words in HEADINGS.values() if plain in words]
    return min(places, default=99)


def _some(rows: Sequence[tuple[int, list[str]]], index: int) -> list[str]:
    """Up to 200 filled cells of a column, spread over the whole file."""
    step = max(1, len(rows) // 400)
    found = (row[1][index].strip() for row in rows[::step] if index < len(row[1]))
    return [value for value in found if value][:200]


def _refuse(index: int, header: str, values: list[str]) -> Column | None:
    plain = plain_heading(header)
    for pattern, what in NO_USE:
        if pattern.search(plain):
            return _refused(index, header, what)
    if values and sum(_is_iban(value) for value in values) >= len(values) * 0.6:
        return _refused(index, header, "a bank account")
    return None


def _refused(index: int, header: str, what: str) -> Column:
    reason = f"Looks like {what}. Handrail has no use for it and keeps none."
    return Column(index, header, "not read", "", reason, refused=True)


def _is_iban(value: str) -> bool:
    compact = value.replace(" ", "").upper()
    if not IBAN.fullmatch(compact):
        return False
    return int("".join(str(int(letter, 36)) for letter in compact[4:] + compact[:4])) % 97 == 1


def _guess(index: int, header: str, values: list[str], taken: set[str]) -> Column:
    sample = ", ".join(dict.fromkeys(value[:40] for value in values[:3]))
    plain = plain_heading(header)
    kind = next((kind for kind, words in HEADINGS.items() if plain in words), "")
    if kind in ("manager_email", "manager_number") and values:
        kind = "manager_email" if _share(values, "@") >= 0.5 else "manager_number"
    if kind and kind not in taken:
        return Column(index, header, sample, kind, *_doubt(kind, values))
    if kind:
        return Column(index, header, sample, "", f"Another column is already the {LABELS[kind].lower()}.", look=True)
    if values and "email" not in taken and _share(values, "@") >= 0.8:
        return Column(
            index, header, sample, "email", "The heading says nothing, but the cells are addresses.", look=True
        )
    return Column(index, header, sample, "", "We don’t know this heading, so it is left out.")


def _share(values: list[str], mark: str) -> float:
    return sum(mark in value for value in values) / len(values)


def _doubt(kind: str, values: list[str]) -> tuple[str, bool]:
    """Why a guess by heading may be wrong, and whether it deserves a second look."""
    if kind == "staff_number":
        return "Tells people apart, so a new name or address isn’t a new person.", False
    if not values:
        return "Every cell looked at is empty.", True
    if kind == "email" and _share(values, "@") < 0.5:
        return "Few of these cells are e-mail addresses.", True
    checks = {"country": country_code, "language": language_code}
    if kind in checks:
        unknown = next((value for value in values if checks[kind](value) is None), "")
        if unknown:
            return f"“{unknown[:30]}” is no {kind} code.", True
    return "", False


def _dated(column: Column, rows: Sequence[tuple[int, list[str]]]) -> Column:
    """Decide from the whole file whether its dates begin with the day or the month, and say how sure that is."""
    day_only, month_only, either = count_orders(row[1][column.index] for row in rows if column.index < len(row[1]))
    if month_only > day_only:
        reason = (
            f"{month_only:,} dates only make sense with the month first, and {day_only or 'none'} with the day first."
        )
        return _redated(column, f"{column.kind}/month", reason, day_only > 0)
    if day_only:
        reason = (
            f"{day_only:,} dates only make sense with the day first, and {month_only or 'none'} with the month first."
        )
        return _redated(column, column.kind, reason, month_only > 0)
    if either:
        return _redated(column, column.kind, "Every date could be read both ways. We read the day first.", True)
    return column


def _redated(column: Column, field: str, reason: str, look: bool) -> Column:
    return Column(column.index, column.header, column.sample, field, reason, look)


def count_orders(values: Iterable[str]) -> tuple[int, int, int]:
    """How many dates only work day first, only month first, and both ways; ISO and worded dates are in no doubt."""
    day_only = month_only = either = 0
    for value in values:
        numeric = cells.NUMERIC.fullmatch(cells.CLOCK.sub("", value.strip()))
        if not numeric or len(numeric[1]) == 4:
            continue
        first, second = int(numeric[1]), int(numeric[2])
        if first > 12 >= second:
            day_only += 1
        elif second > 12 >= first:
            month_only += 1
        elif first != second:
            either += 1
    return day_only, month_only, either
