"""Pages of vetting, by topic."""

from handrail.vetting.views import (
    code,
    guests,
    hooks,
    outsiders,
    reading,
    record,
    remarks,
    rounds,
    saying,
    signing,
    tables,
)

__all__ = [
    "code",
    "guests",
    "hooks",
    "outsiders",
    "reading",
    "record",
    "remarks",
    "rounds",
    "saying",
    "signing",
    "tables",
]
