"""Reads an audience's rule and turns it into one question to the database, never slow and never free text SQL."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from handrail.kernel.errors import BadInput
from handrail.kernel.words import listed
from handrail.people.models import OrgUnit, Person, PersonQuerySet
from handrail.people.places import COUNTRIES, LANGUAGES, country_name, language_name

MOST_LINES = 12
MOST_VALUES = 50
TEXT_FIELDS = {"function": "Function", "job": "Job", "level": "Level"}
FIELDS = {
    "unit": "Place",
    **TEXT_FIELDS,
    "country": "Country",
    "language": "Language",
    "leads": "Line managers",
    "tenure": "Time here",
}
OPS = {
    "is": "is",
    "is_not": "is not",
    "in": "is one of",
    "starts_with": "begins with",
    "within": "is or lies within",
    "at_least": "is at least (months)",
    "under": "is under (months)",
}
OPS_OF = {
    "unit": ("within", "is", "is_not", "in"),
    "function": ("is", "is_not", "in", "starts_with"),
    "job": ("is", "is_not", "in", "starts_with"),
    "level": ("is", "is_not", "in", "starts_with"),
    "country": ("is", "is_not", "in"),
    "language": ("is", "is_not", "in"),
    "leads": ("is", "is_not"),
    "tenure": ("at_least", "under"),
}


@dataclass(frozen=True, slots=True)
class RuleLine:
    """One line of a rule: a field, how it is compared, and the values."""

    field: str
    op: str
    values: tuple[str, ...]

    def as_json(self) -> dict[str, Any]:
        """The line as it is stored."""
        return {"field": self.field, "op": self.op, "value": list(self.values)}


@dataclass(frozen=True, slots=True)
class Rule:
    """A whole rule: its lines, joined by all or any. A rule without lines is everybody."""

    join: str
    lines: tuple[RuleLine, ...]

    def as_json(self) -> dict[str, Any]:
        """The rule as it is stored."""
        return {"join": self.join, "lines": [line.as_json() for line in self.lines]}


def read_rule(given: Mapping[str, Any]) -> Rule:
    """A rule from its JSON; BadInput names the line that can't work."""
    join = given.get("join", "all")
    if join not in ("all", "any"):
        raise BadInput("A rule’s lines are joined by all or by any.", field="join")
    lines = given.get("lines", [])
    if not isinstance(lines, list) or len(lines) > MOST_LINES:
        raise BadInput(f"A rule has at most {MOST_LINES} lines.", field="lines")
    return Rule(join, tuple(_line(number, line) for number, line in enumerate(lines, start=1)))


def _line(number: int, given: Any) -> RuleLine:
    if not isinstance(given, Mapping):
        raise BadInput(f"Line {number} isn’t a rule line.", line=number)
    field, op = str(given.get("field", "")), str(given.get("op", ""))
    if field not in FIELDS:
        raise BadInput(f"Line {number}: choose what it is about.", line=number)
    if op not in OPS_OF[field]:
        raise BadInput(f"Line {number}: “{FIELDS[field]}” can’t be compared like that.", line=number)
    raw = given.get("value", [])
    values = [" ".join(str(value).split()) for value in (raw if isinstance(raw, list) else [raw])]
    values = [value for value in values if value]
    if field == "leads":
        return RuleLine(field, op, ())
    if not values:
        raise BadInput(f"Line {number}: give a value.", line=number)
    if len(values) > MOST_VALUES or (op != "in" and len(values) > 1):
        many = f"at most {MOST_VALUES} values" if op == "in" else "one value"
        raise BadInput(f"Line {number} takes {many}.", line=number)
    return RuleLine(field, op, tuple(_value(number, field, value) for value in values))


def _value(number: int, field: str, value: str) -> str:
    if len(value) > 1000 or "\x00" in value:
        raise BadInput(f"Line {number}: the value is too long.", line=number)
    if field == "country":
        value = value.upper()
        if value not in COUNTRIES:
            raise BadInput(f"Line {number}: “{value}” is no country code, such as IE.", line=number)
    if field == "language" and value.partition("-")[0].lower() not in LANGUAGES:
        raise BadInput(f"Line {number}: “{value}” is no language code, such as pt.", line=number)
    if field == "tenure" and not (value.isascii() and value.isdigit() and int(value) <= 1200):
        raise BadInput(f"Line {number}: give the time here as a whole number of months.", line=number)
    return value


def people_of(rule: Rule) -> PersonQuerySet:
    """Those who work here and whom the rule names."""
    everyone = Person.objects.here()
    if not rule.lines:
        return everyone
    parts = [_question(line) for line in rule.lines]
    whole = parts[0]
    for part in parts[1:]:
        whole = whole & part if rule.join == "all" else whole | part
    return everyone.filter(whole)


def _question(line: RuleLine) -> Q:
    asked = _asked(line)
    return ~asked if line.op == "is_not" else asked


def _asked(line: RuleLine) -> Q:
    field, values = line.field, list(line.values)
    if field == "leads":
        return Q(Exists(Person.objects.here().filter(line_manager=OuterRef("pk"))))
    if field == "tenure":
        began = timezone.localdate() - timedelta(days=int(int(values[0]) * 30.4375))
        return Q(starts_on__lte=began) if line.op == "at_least" else Q(starts_on__gt=began)
    if field == "unit":
        if line.op == "within":
            path = values[0]
            units = OrgUnit.objects.filter(Q(path=path) | Q(path__startswith=f"{path} / "))
            return Q(unit__in=units.values("pk"))
        return Q(unit__in=OrgUnit.objects.filter(path__in=values).values("pk"))
    if line.op == "starts_with":
        return Q(**{f"{field}__startswith": values[0]})
    return Q(**{f"{field}__in": values})


def rule_words(rule: Rule) -> str:
    """The rule as a sentence: Place is or lies within Ireland, and Line managers."""
    if not rule.lines:
        return "Everybody who works here"
    return listed([_line_words(line) for line in rule.lines], "and" if rule.join == "all" else "or")


def _line_words(line: RuleLine) -> str:
    if line.field == "leads":
        return "only line managers" if line.op == "is" else "nobody who is a line manager"
    if line.field == "tenure":
        return f"{'at least' if line.op == 'at_least' else 'under'} {line.values[0]} months here"
    shown = [_said(line.field, value) for value in line.values]
    return f"{FIELDS[line.field].lower()} {OPS[line.op]} {listed(shown, 'or')}"


def _said(field: str, value: str) -> str:
    if field == "country":
        return country_name(value)
    return language_name(value) if field == "language" else f"“{value}”"
