"""How each kind of fact is told in one sentence on Home, and to whom. A fact without a telling is not shown there."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils import timezone

from handrail.kernel.templatetags.handrail import words_for_day
from handrail.kernel.words import counted, listed
from handrail.people.models import Interest, Person, Role
from handrail.people.reads import anyone
from handrail.policy.models import Policy
from handrail.policy.reads import may_see_drafts
from handrail.web.questions import question
from handrail.web.reads import may_see_answers
from handrail.web.work import title_of

Record = Mapping[str, Any]
FIELDS = {
    "statement": "wording",
    "starts_on": "start",
    "ends_on": "end",
    "status": "state",
    "parent": "place",
    "review_by": "day of review",
}


@dataclass(frozen=True, slots=True)
class Told:
    """A sentence in three parts, the middle one bold."""

    before: str
    bold: str
    after: str


@dataclass(frozen=True, slots=True)
class Telling:
    """How one kind of fact is told: once, or many times within a minute; the page it leads to, and who may read it."""

    tell: Callable[[Record], Told]
    noun: str
    many: str
    page: str = ""
    nouns: str = ""
    may: Callable[[Person], bool] = anyone


def _goal_set(record: Record) -> Told:
    return Told("A goal was written down: ", str(record.get("statement", "")), ".")


def _goal_changed(record: Record) -> Told:
    what = listed([FIELDS.get(str(each), str(each)) for each in record.get("what", ())])
    why = f": {record['why'].rstrip('.')}" if record.get("why") else ""
    return Told("A goal’s ", what or "wording", f" changed{why}.")


def _goals_imported(record: Record) -> Told:
    return Told("A file of goals went in: ", f"{record['new']} new", f", {record['changed']} changed.")


def _people_imported(record: Record) -> Told:
    held = f", {counted(record['held_back'], 'row')} held back" if record.get("held_back") else ""
    counts = f"{record['added']:,} joined", f", {record['changed']:,} changed, {record['left']:,} left{held}."
    return Told("A staff file went in: ", *counts)


def _put_back(record: Record) -> Told:
    return Told("The latest staff file was ", "put back", ".")


def _role(record: Record) -> Told:
    role = dict(Role.choices).get(record.get("role", ""), "a role").lower()
    interest = dict(Interest.choices).get(record.get("interest", ""), "")
    return Told("Someone became ", f"{role}{f' for {interest.lower()}' if interest else ''}", ".")


def _audience(record: Record) -> Told:
    return Told("The audience ", str(record.get("name", "")), " was said anew.")


def _posts_imported(record: Record) -> Told:
    bad = f", {counted(record['bad'], 'row')} did not go in" if record.get("bad") else ""
    return Told("A file of posts went in: ", f"{counted(record['new'], 'new post')}", f"{bad}.")


def _posts_put_back(record: Record) -> Told:
    return Told(f"The posts of {record['name']} were put back: ", counted(record["posts"], "post"), " went out again.")


def _role_ended(record: Record) -> Told:
    role = dict(Role.choices).get(record.get("role", ""), "a role").lower()
    return Told("Someone is no longer ", role, "; they left." if record.get("why") == "left" else ".")


def _topic(record: Record) -> Told:
    if record.get("revision", 1) == 1:
        return Told("We began to listen for ", str(record.get("name", "")), ".")
    return Told("The query for ", str(record.get("name", "")), " changed.")


def _topic_retired(record: Record) -> Told:
    return Told("We stopped listening for ", str(record.get("name", "")), ".")


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


def _moved(record: Record) -> Told:
    words = {"open": "open", "in_progress": "in progress", "answered": "answered", "again": "needs another look"}
    name = question(int(record["question"])).name
    before = words.get(str(record.get("before")), "open")
    return Told(f"{name} moved from {before} to ", words.get(str(record.get("after")), "open"), ".")


TELLINGS: dict[str, Telling] = {
    "strategy.goal_set": Telling(_goal_set, "goal", " were written down.", "strategy:goals"),
    "strategy.goal_changed": Telling(_goal_changed, "goal", " changed.", "strategy:goals"),
    "strategy.goals_imported": Telling(_goals_imported, "file", " of goals went in.", "strategy:goals"),
    "people.imported": Telling(_people_imported, "staff file", " went in.", "people:people", may=may_see_answers),
    "people.import_put_back": Telling(_put_back, "staff file", " were put back.", may=may_see_answers),
    "people.role_granted": Telling(_role, "role", " were taken on.", may=may_see_answers),
    "people.audience_changed": Telling(_audience, "audience", " were said anew.", may=may_see_answers),
    "listening.posts_imported": Telling(
        _posts_imported, "file", " of posts went in.", "listening:listening", may=may_see_answers
    ),
    "listening.import_forgotten": Telling(
        _posts_put_back, "file", " of posts were put back.", "listening:listening", may=may_see_answers
    ),
    "listening.topic_saved": Telling(_topic, "topic", " were set up.", "listening:listening", may=may_see_answers),
    "listening.topic_retired": Telling(_topic_retired, "topic", " were retired.", may=may_see_answers),
    "policy.imported": Telling(_imported, "draft", " came in.", "policy:policies", may=may_see_drafts),
    "policy.published": Telling(_published, "version", " were published.", "policy:policies"),
    "policy.entrusted": Telling(
        _entrusted, "policy", " changed hands.", "policy:policies", nouns="policies", may=may_see_answers
    ),
    "policy.draft_dropped": Telling(_dropped, "draft", " were given up.", "policy:policies", may=may_see_drafts),
    "web.answer_moved": Telling(_moved, "answer", " moved.", "web:history", may=may_see_answers),
}

# Told in the record only: on Home another fact of the same deed says it, or it is the machine's own housekeeping.
ONLY_IN_THE_RECORD: dict[str, Callable[[Record], Told]] = {
    "kernel.work_retried": lambda record: Told(
        "Work that had failed was put back in line: ", title_of(record["name"]), "."
    ),
    "people.first_owner_created": lambda record: Told("The house was opened by its ", "first governance owner", "."),
    "people.role_ended": _role_ended,
    "policy.superseded": _superseded,
}


def told(code: str, record: Record) -> Told:
    """A fact of any kind in one sentence; where its kind has none, or an old record lacks a field, its kind's name."""
    telling = TELLINGS.get(code)
    tell = telling.tell if telling else ONLY_IN_THE_RECORD.get(code)
    try:
        return tell(record) if tell else Told("", kind_in_words(code), ".")
    except (KeyError, TypeError, ValueError):
        return Told("", kind_in_words(code), ".")


def kind_in_words(code: str) -> str:
    """A fact's code as a list of kinds shows it: Strategy, goal set."""
    room, _, kind = code.partition(".")
    return f"{'The desk' if room == 'web' else room.capitalize()}, {kind.replace('_', ' ')}"
