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


def _finding_waived(record: Record) -> Told:
    day = words_for_day(date.fromisoformat(record["expires_on"]))
    return Told(f"A finding ({record['rule']}) in ", _policy(record), f" was waived until {day}.")


def _waiver_ended(record: Record) -> Told:
    return Told(f"A waived finding ({record['rule']}) in ", _policy(record), " is open again.")


def _legal_asked(record: Record) -> Told:
    return Told(f"Legal was asked about a finding ({record['rule']}) in ", _policy(record), ".")


def _legal_answered(record: Record) -> Told:
    return Told(f"Legal answered about a finding ({record['rule']}) in ", _policy(record), ".")


def _profile_set(record: Record) -> Told:
    where = listed(list(record.get("countries") or ())) or "the countries where people work"
    return Told("The check reads for ", where, f"{', as a public body' if record.get('public') else ''}.")


def _suggestions_brought(record: Record) -> Told:
    door = "Git" if record.get("door") == "git" else "Word"
    return Told(f"{counted(record['count'], 'suggestion')} to ", _policy(record), f" came back through {door}.")


def _suggestion_decided(record: Record) -> Told:
    how = "taken into" if record.get("state") == "taken" else "declined for"
    return Told(f"A suggestion was {how} ", _policy(record), ".")


def _procedure(record: Record) -> Told:
    return Told(f"Procedure P-{record['number']:02} was given new words.")


def _procedure_approved(record: Record) -> Told:
    return Told(f"Procedure P-{record['number']:02} came into force.")


def _procedure_retired(record: Record) -> Told:
    return Told(f"Procedure P-{record['number']:02} is followed no longer.")


def _procedure_linked(record: Record) -> Told:
    return Told("A procedure was linked to what it follows." if not record.get("ended") else "A link was taken away.")


def _procedure_flagged(record: Record) -> Told:
    return Told("A procedure must be looked at again: a clause of ", _policy(record), " changed.")


def _procedure_checked(record: Record) -> Told:
    return Told(f"A procedure was looked at again: {counted(len(record.get('clauses', ())), 'clause')}.")


def _steps_moved(record: Record) -> Told:
    return Told(f"{counted(len(record.get('clauses', ())), 'step')} moved out of a policy into a procedure.")


def _steps_back(record: Record) -> Told:
    return Told(f"{counted(len(record.get('clauses', ())), 'step')} moved back into a policy.")


def _amendment_proposed(record: Record) -> Told:
    return Told("A change of ", _policy(record), " was proposed.")


def _amendment_taken(record: Record) -> Told:
    return Told("A proposed change went into the draft of ", _policy(record), ".")


def _amendment_declined(record: Record) -> Told:
    return Told("A proposed change of ", _policy(record), " was declined.")


def _amended(record: Record) -> Told:
    return Told("A proposed change of ", _policy(record), " came into force.")


def _translation_kept(record: Record) -> Told:
    return Told(f"{counted(record['clauses'], 'line')} of ", _policy(record), f" were put into {record['language']}.")


def _translation_published(record: Record) -> Told:
    return Told("", _policy(record), f" can be read in {record['language']}.")


def _scenario_kept(record: Record) -> Told:
    return Told("A scenario of ", _policy(record), " was retired." if record.get("retired") else " was written down.")


def _verdict_said(record: Record) -> Told:
    return Told("The verdict of a scenario was said for a draft.")


def _review_due(record: Record) -> Told:
    return Told(
        "The review of ", _policy(record), f" is due by {words_for_day(date.fromisoformat(record['review_by']))}."
    )


def _scheduled(record: Record) -> Told:
    day = words_for_day(date.fromisoformat(record["effective_on"]))
    return Told(f"Version {record['number']} of ", _policy(record), f" was published and holds from {day}.")


def _held_back(record: Record) -> Told:
    return Told(f"Version {record['number']} of ", _policy(record), " was held back before its day.")


def _taken_back(record: Record) -> Told:
    return Told(f"Version {record['number']} of ", _policy(record), f" is a draft again: {record['why']}")


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
    "policy.finding_waived": Telling(
        _finding_waived, "finding", " were waived.", "policy:policies", may=may_see_drafts
    ),
    "policy.waiver_ended": Telling(_waiver_ended, "waiver", " were ended.", "policy:policies", may=may_see_drafts),
    "policy.legal_asked": Telling(
        _legal_asked, "question", " were put to legal.", "policy:policies", may=may_see_drafts
    ),
    "policy.legal_answered": Telling(
        _legal_answered, "question", " were answered by legal.", "policy:policies", may=may_see_drafts
    ),
    "policy.lint_profile_set": Telling(
        _profile_set, "setting", " of the check changed.", "policy:rules", may=may_see_drafts
    ),
    "policy.suggestions_brought": Telling(
        _suggestions_brought, "file", " came back with suggestions.", "policy:policies", may=may_see_drafts
    ),
    "policy.suggestion_decided": Telling(
        _suggestion_decided, "suggestion", " were answered.", "policy:policies", may=may_see_drafts
    ),
    "policy.procedure_written": Telling(_procedure, "procedure", " were written.", "policy:procedures"),
    "policy.procedure_approved": Telling(_procedure_approved, "procedure", " came into force.", "policy:procedures"),
    "policy.procedure_retired": Telling(_procedure_retired, "procedure", " were retired.", "policy:procedures"),
    "policy.procedure_linked": Telling(_procedure_linked, "link", " of procedures were set.", "policy:procedures"),
    "policy.procedure_flagged": Telling(
        _procedure_flagged, "procedure", " must be looked at again.", "policy:procedures"
    ),
    "policy.procedure_checked": Telling(_procedure_checked, "procedure", " were looked at again.", "policy:procedures"),
    "policy.steps_moved": Telling(_steps_moved, "move", " of steps were made.", "policy:policies", may=may_see_drafts),
    "policy.steps_put_back": Telling(
        _steps_back, "move", " of steps were undone.", "policy:policies", may=may_see_drafts
    ),
    "policy.amendment_proposed": Telling(
        _amendment_proposed, "change", " were proposed.", "policy:policies", may=may_see_drafts
    ),
    "policy.amendment_taken_up": Telling(
        _amendment_taken, "change", " were taken up.", "policy:policies", may=may_see_drafts
    ),
    "policy.amendment_declined": Telling(
        _amendment_declined, "change", " were declined.", "policy:policies", may=may_see_drafts
    ),
    "policy.amended": Telling(_amended, "change", " came into force.", "policy:policies", may=may_see_drafts),
    "policy.translation_kept": Telling(
        _translation_kept, "translation", " were worked on.", "policy:policies", may=may_see_drafts
    ),
    "policy.translation_published": Telling(
        _translation_published, "translation", " were published.", "policy:policies", may=may_see_drafts
    ),
    "policy.scenario_kept": Telling(_scenario_kept, "scenario", " were kept.", "policy:policies", may=may_see_drafts),
    "policy.verdict_said": Telling(_verdict_said, "verdict", " were said.", "policy:policies", may=may_see_drafts),
    "policy.review_due": Telling(_review_due, "review", " are due.", "policy:policies", may=may_see_drafts),
    "policy.scheduled": Telling(_scheduled, "version", " were published for a day to come.", "policy:policies"),
    "policy.taken_back": Telling(_taken_back, "version", " were taken back.", "policy:policies", may=may_see_drafts),
    "policy.held_back": Telling(_held_back, "version", " were held back.", "policy:policies"),
}
ONLY_IN_THE_RECORD: dict[str, Callable[[Record], Told]] = {
    "policy.superseded": _superseded,
}
