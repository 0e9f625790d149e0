"""Which countries and sectors a policy can be said to hold for."""

from collections.abc import Iterable

from handrail.kernel.errors import BadInput
from handrail.policy.lint.words import words

EU_MEMBERS = words("eu_members")
COUNTRIES = words("countries")
SECTORS = (
    "charity",
    "education",
    "finance",
    "government",
    "health",
    "hospitality",
    "listed",
    "media",
    "pharmacy",
    "retail",
    "technology",
    "transport",
)


def country_codes(countries: Iterable[str]) -> frozenset[str]:
    """Two-letter codes in capitals; UK means GB, and a member state brings the EU along."""
    codes = {code.strip().upper() for code in countries if code.strip()}
    if "UK" in codes:
        codes = codes - {"UK"} | {"GB"}
    unknown = sorted(codes - COUNTRIES - {"EU"})
    if unknown:
        raise BadInput(f"{unknown[0]} is no country code. Use two letters, such as US, UK, DE or EU.", field="country")
    return frozenset(codes | {"EU"}) if codes & EU_MEMBERS else frozenset(codes)


def known_sector(sector: str) -> str:
    """The sector in small letters, empty when none is given."""
    plain = sector.strip().lower()
    if plain and plain not in SECTORS:
        raise BadInput(f"{sector.strip()} is no sector we know. Use one of: {', '.join(SECTORS)}.", field="sector")
    return plain
