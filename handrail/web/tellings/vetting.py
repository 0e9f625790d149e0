"""How facts about vetting are told in one sentence on Home."""

from collections.abc import Callable

from handrail.web.tellings.told import Record, Told, Telling

TELLINGS: dict[str, Telling] = {}
ONLY_IN_THE_RECORD: dict[str, Callable[[Record], Told]] = {}
