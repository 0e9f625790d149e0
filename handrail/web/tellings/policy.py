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


_VERBS = {
    "edit": "was reworded",
    "add": "was added",
    "remove": "was taken out",
    "move": "was moved",
    "split": "was split",
    "merge": "was merged",
    "kind": "was given a kind",
    "undo": "was put back",
    "redo": "was changed again",
}


def _clause_edited(record: Record) -> Told:
    verb = _VERBS.get(str(record.get("verb")), "")
    what = f"a clause {verb}." if verb and record.get("clauses") else "its headings changed."
    return Told(f"In the draft of version {record['number']} of ", _policy(record), f", {what}")


def _draft_begun(record: Record) -> Told:
    return Told(f"A draft of version {record['number']} of ", _policy(record), " was begun.")


def _clause_explained(record: Record) -> Told:
    return Told("Somebody wrote down why a clause of ", _policy(record), f" is there: a {record['kind']}.")


def _clause_entrusted(record: Record) -> Told:
    return Told("A clause of ", _policy(record), " was given to somebody to look after, or to an audience.")


def _change_typed(record: Record) -> Told:
    agreed = "" if record.get("said") == record.get("proposed") else f", not {record['proposed']} as proposed"
    return Told("A change in ", _policy(record), f" was typed {record['said']}{agreed}.")


TELLINGS: dict[str, Telling] = {
    "policy.imported": Telling(_imported, "draft", " came in.", "policy:policies", may=may_see_drafts),
    "policy.published": Telling(_published, "version", " were published.", "policy:policies"),
    "policy.entrusted": Telling(
        _entrusted, "policy", " changed hands.", "policy:policies", nouns="policies", may=may_see_answers
    ),
    "policy.draft_dropped": Telling(_dropped, "draft", " were given up.", "policy:policies", may=may_see_drafts),
    "policy.draft_begun": Telling(_draft_begun, "draft", " were begun.", "policy:policies", may=may_see_drafts),
    "policy.clause_edited": Telling(_clause_edited, "clause", " were edited.", "policy:policies", may=may_see_drafts),
    "policy.clause_explained": Telling(
        _clause_explained, "reason", " were written down.", "policy:policies", may=may_see_drafts
    ),
    "policy.clause_entrusted": Telling(
        _clause_entrusted, "clause", " were entrusted.", "policy:policies", may=may_see_drafts
    ),
    "policy.change_typed": Telling(_change_typed, "change", " were typed.", "policy:policies", may=may_see_drafts),
}
ONLY_IN_THE_RECORD: dict[str, Callable[[Record], Told]] = {
    "policy.superseded": _superseded,
}
