"""How facts about vetting are told in one sentence on Home."""

from collections.abc import Callable

from handrail.kernel.words import counted, listed
from handrail.people.models import Interest
from handrail.vetting.models import Disposition, Round
from handrail.web.tellings.told import Record, Telling, Told

_VERDICTS = dict(Disposition.Verdict.choices)


def _title(record: Record) -> str:
    """What the text under review is called."""
    key = str(record.get("round", "")).partition(":")[2]
    title = Round.objects.filter(pk=key).values_list("title", flat=True).first() if key.isdigit() else None
    return title or "a text"


def _interest(record: Record) -> str:
    return str(dict(Interest.choices).get(str(record.get("interest", "")), "an interest"))


def _opened(record: Record) -> Told:
    names = listed([str(dict(Interest.choices).get(each, each)) for each in record.get("interests", ())])
    asked = f": {names} must sign" if names else ""
    return Told(
        "", _title(record), f" went out for review{asked}, {counted(record['invited'], 'person', 'people')} asked."
    )


def _redrafted(record: Record) -> Told:
    stale = f"; {counted(record['stale'], 'signature')} went stale" if record.get("stale") else ""
    return Told(
        "", _title(record), f" was redrafted: {counted(len(record.get('changed', ())), 'clause')} changed{stale}."
    )


def _remark(record: Record) -> Told:
    what = "An answer was given in a thread on " if record.get("reply") else "A remark was made on "
    return Told(what, _title(record), ", without a name." if record.get("anonymous") else ".")


def _disposed(record: Record) -> Told:
    more = f", with {counted(record['duplicates'], 'other')} like it" if record.get("duplicates") else ""
    verdict = str(_VERDICTS.get(str(record.get("verdict", "")), "answered")).lower()
    return Told("A remark on ", _title(record), f" was answered: {verdict}{more}.")


def _signed(record: Record) -> Told:
    on = " on a condition" if record.get("condition") else ""
    return Told(f"{_interest(record)} signed ", _title(record), f"{on}.")


def _stale(record: Record) -> Told:
    return Told(f"{_interest(record)} must look again at ", _title(record), ": words it had signed changed.")


def _cleared(record: Record) -> Told:
    return Told("", _title(record), " was cleared: everyone with a stake was heard.")


def _withdrawn(record: Record) -> Told:
    return Told("The review of ", _title(record), " was withdrawn.")


def _closing(record: Record) -> Told:
    return Told("The review of ", _title(record), " has another last day.")


TELLINGS: dict[str, Telling] = {
    "vetting.round_opened": Telling(_opened, "round", " of review were opened."),
    "vetting.text_redrafted": Telling(_redrafted, "redraft", " were made of texts under review."),
    "vetting.remark_made": Telling(_remark, "remark", " were made on texts under review."),
    "vetting.remark_disposed": Telling(_disposed, "remark", " were answered."),
    "vetting.signed_off": Telling(_signed, "signature", " were given."),
    "vetting.closing_moved": Telling(_closing, "round", " of review got another last day."),
    "vetting.round_cleared": Telling(_cleared, "text", " were cleared."),
    "vetting.round_withdrawn": Telling(_withdrawn, "round", " of review were withdrawn."),
}
ONLY_IN_THE_RECORD: dict[str, Callable[[Record], Told]] = {
    "vetting.sign_off_went_stale": _stale,
    "vetting.remark_withdrawn": lambda record: Told("A remark on ", _title(record), " was taken back."),
    "vetting.remark_reopened": lambda record: Told("A remark on ", _title(record), " was opened again."),
    "vetting.remark_assigned": lambda record: Told("Somebody was chosen to answer a remark on ", _title(record), "."),
    "vetting.answer_nudged": lambda record: Told(
        "Whoever answers a remark on ", _title(record), " had a friendly word."
    ),
    "vetting.stewards_asked": lambda record: Told(
        f"{counted(record['count'], 'steward')} in {record['group']} were asked to tell colleagues about ",
        _title(record),
        ".",
    ),
    "vetting.naming_chosen": lambda record: Told(
        "The record of ", _title(record), f" {'names' if record.get('names') else 'does not name'} those who signed."
    ),
    "vetting.condition_met": lambda record: Told(f"What {_interest(record)} asked for in ", _title(record), " is met."),
    "vetting.sign_off_withdrawn": lambda record: Told(
        f"{_interest(record)} took back its word on ", _title(record), "."
    ),
    "vetting.reviewers_invited": lambda record: Told(
        f"{counted(record['count'], 'reviewer')} more read for {_interest(record)}: ", _title(record), "."
    ),
    "vetting.outsider_invited": lambda record: Told("Someone from elsewhere was invited to read ", _title(record), "."),
    "vetting.outsider_revoked": lambda record: Told("An invitation from elsewhere ended early: ", _title(record), "."),
    "vetting.reviewers_nudged": lambda record: Told(
        f"{counted(record['count'], 'reviewer')} for {_interest(record)} had a friendly word about ",
        _title(record),
        ".",
    ),
    "vetting.hook_added": lambda record: Told(
        "A channel is told about rounds of review: ", str(record.get("name", "")), "."
    ),
    "vetting.hook_removed": lambda record: Told(
        "A channel is told nothing any more: ", str(record.get("name", "")), "."
    ),
}
