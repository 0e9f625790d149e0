"""How facts about what we ask are told in one sentence on Home."""

from collections.abc import Callable
from datetime import date

from django.utils import timezone

from handrail.kernel.templatetags.handrail import words_for_day
from handrail.kernel.words import counted, listed
from handrail.policy.models import Policy
from handrail.policy.reads import may_see_drafts
from handrail.web.reads import may_see_answers
from handrail.web.tellings.told import FIELDS, Record, Telling, Told


def _policy(record: Record) -> str:
    """The title of the policy a fact is about, as it is called now."""
    key = str(record.get("policy", "")).partition(":")[2]
    title = Policy.objects.filter(pk=key).values_list("title", flat=True).first() if key.isdigit() else None
    return title or "a policy"


def _imported(record: Record) -> Told:
    return Told(f"Version {record['number']} of ", _policy(record), f" came in as a draft: {_clauses(record)}.")


def _clauses(record: Record) -> str:
    changed = f", {record['changed']:,} changed" if record.get("changed") and record["number"] > 1 else ""
    return f"{counted(record['clauses'], 'clause')}{changed}"


def _published(record: Record) -> Told:
    unvetted = "" if record.get("vetted") else ", never vetted"
    day = date.fromisoformat(record["effective_on"]) if record.get("effective_on") else None
    when = ""
    if day:
        when = f", {'in force since' if day <= timezone.localdate() else 'to take effect on'} {words_for_day(day)}"
    return Told(f"Version {record['number']} of ", _policy(record), f" was published{when}{unvetted}.")


def _entrusted(record: Record) -> Told:
    what = listed([FIELDS.get(str(each), str(each)) for each in record.get("what", ())])
    return Told("", _policy(record), f" was given {'a new ' if what else ''}{what or 'an owner'}.")


def _dropped(record: Record) -> Told:
    return Told(f"The draft of version {record['number']} of ", _policy(record), " was given up.")


def _superseded(record: Record) -> Told:
    return Told(f"Version {record['number']} of ", _policy(record), " went out of force; a later one took its place.")


TELLINGS: dict[str, Telling] = {
    "policy.imported": Telling(_imported, "draft", " came in.", "policy:policies", may=may_see_drafts),
    "policy.published": Telling(_published, "version", " were published.", "policy:policies"),
    "policy.entrusted": Telling(
        _entrusted, "policy", " changed hands.", "policy:policies", nouns="policies", may=may_see_answers
    ),
    "policy.draft_dropped": Telling(_dropped, "draft", " were given up.", "policy:policies", may=may_see_drafts),
}
ONLY_IN_THE_RECORD: dict[str, Callable[[Record], Told]] = {
    "policy.superseded": _superseded,
}
