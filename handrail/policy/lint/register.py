"""Which laws, cases, standards and studies the rules rest on, and what standing each has today."""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, Literal

from handrail.policy.lint.finding import Source

Status = Literal["in force", "superseded", "contested", "draft", "repealed", "advice"]
GONE: frozenset[str] = frozenset({"superseded", "repealed"})


@dataclass(frozen=True, slots=True)
class Authority:
    """One law, case, standard, piece of advice or study: the duty in our words, and when a person last looked.

    `verified` says where it was seen; `names` are the words by which a policy cites it.
    """

    key: str
    title: str
    duty: str
    citation: str
    kind: str
    status: Status
    checked_on: date
    verified: tuple[str, ...]
    advice: str = ""
    needs_counsel: bool = False
    countries: tuple[str, ...] = ()
    sectors: tuple[str, ...] = ()
    public: bool = False
    private: bool = False
    names: tuple[str, ...] = ()
    replaces: tuple[str, ...] = ()
    replaced_by: str = ""
    replaced_on: date | None = None
    changed_on: date | None = None
    contested_by: tuple[str, ...] = ()

    def holds_in(self, countries: frozenset[str]) -> bool:
        """Whether it matters in one of the countries; without countries everything does."""
        return not countries or not self.countries or bool(countries & set(self.countries))

    def holds_for(self, countries: frozenset[str], sector: str = "", public: bool = False) -> bool:
        """Whether it binds or guides such an organisation: where it works, what it does, and public or private."""
        if not self.holds_in(countries) or (self.private and public) or (self.public and not public):
            return False
        return not (self.sectors and sector) or sector in self.sectors

    def source(self) -> Source:
        """The form in which a finding carries it."""
        return Source(self.key, self.status, self.checked_on.isoformat(), self.title)


@cache
def register() -> Mapping[str, Authority]:
    """All authorities by key."""
    with Path(__file__).with_name("register.toml").open("rb") as file:
        records = tomllib.load(file)["authority"]
    return {record["key"]: _authority(record) for record in records}


def replaced_authorities(today: date) -> list[Authority]:
    """Those that no longer apply today and have names by which a text may still cite them."""
    return [
        authority
        for authority in register().values()
        if authority.status in GONE and authority.names and (authority.replaced_on or today) <= today
    ]


def sources(
    keys: Iterable[str], countries: frozenset[str], sector: str = "", public: bool | None = None, strict: bool = False
) -> tuple[Source, ...]:
    """The sources a finding shows: those that matter where it is asked for, or all when none does.

    An authority that others contest brings those along, since a finding shows both sides. `public` None leaves that
    question out; `strict` gives nothing where nothing holds.
    """
    known = register()
    wanted = list(dict.fromkeys(keys))
    for key in tuple(wanted):
        wanted += [other for other in known[key].contested_by if other not in wanted]
    if public is None:
        near = [key for key in wanted if known[key].holds_in(countries)]
    else:
        near = [key for key in wanted if known[key].holds_for(countries, sector, public)]
    return tuple(known[key].source() for key in (near if strict else near or wanted))


def _authority(record: dict[str, Any]) -> Authority:
    fields: dict[str, Any] = {
        name: tuple(value) if isinstance(value, list) else value for name, value in record.items()
    }
    return Authority(**fields)
