"""The verbs of policy, by topic: the only files that write its rows."""

from handrail.policy.actions.versions import (
    NEVER_VETTED,
    NOT_A_PUBLISHER,
    NOT_AN_AUTHOR,
    ImportReport,
    drop_draft,
    entrust,
    import_policy,
    latest_version,
    may_entrust,
    may_publish,
    may_write,
    publish,
    revise,
)

__all__ = [
    "NEVER_VETTED",
    "NOT_AN_AUTHOR",
    "NOT_A_PUBLISHER",
    "ImportReport",
    "drop_draft",
    "entrust",
    "import_policy",
    "latest_version",
    "may_entrust",
    "may_publish",
    "may_write",
    "publish",
    "revise",
]
