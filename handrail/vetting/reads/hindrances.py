"""What keeps a round from clearing, in words; nothing means that it may clear."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, QuerySet

from handrail.kernel.words import count, listed
from handrail.vetting.models import Disposition, Remark, Round, Snapshot
from handrail.vetting.reads.sign_offs import Standing, standings


@dataclass(frozen=True, slots=True)
class Hindrance:
    """One thing in the way: what it is, where it is mended, and of which kind (interest, remark, letterbox, text)."""

    words: str
    href: str
    kind: str


def open_remarks_in(round: Round) -> QuerySet[Remark]:
    """The remarks that wait for an answer: not answers in a thread, not taken back, no verdict that stands."""
    live = Disposition.objects.filter(remark=OuterRef("pk"), reopened_at__isnull=True)
    waiting = Remark.objects.filter(round=round, parent__isnull=True, withdrawn_on__isnull=True)
    return waiting.filter(~Exists(live))


def hindrances(round: Round, stands: Sequence[Standing] | None = None) -> list[Hindrance]:
    """What keeps a round from clearing. Empty means that it may clear now; `stands` saves asking anew."""
    if not round.is_open:
        return [Hindrance(f"the round is {round.get_state_display().lower()}", "", "text")]
    found = []
    asked = standings(round) if stands is None else stands
    if not asked:
        found.append(Hindrance("no interest is asked to sign", "#interests", "interest"))
    found += [Hindrance(_words(each), f"#interest-{each.interest}", "interest") for each in asked if not each.is_met]
    if waiting := open_remarks_in(round).count():
        word = "one remark has" if waiting == 1 else f"{count(waiting)} remarks have"
        found.append(Hindrance(f"{word} no answer yet", "#remarks", "remark"))
    present = Snapshot.objects.filter(round=round, number=round.number).first()
    if present is None or present.text_sha256 != round.text_sha256 or present.words_sha256 != round.words_sha256:
        found.append(Hindrance("the round and its text do not agree", "", "text"))
    # Said only when nothing else is in the way, because the moment at which a letter came in is nobody's business.
    if not found and round.letters:
        words = "the letterbox may still hold remarks without a name; it is emptied every night"
        found.append(Hindrance(words, "#remarks", "letterbox"))
    return found


def _words(each: Standing) -> str:
    missing = each.quorum - len(each.counting)
    if each.may_sign < each.quorum:
        return f"{each.name} has too few reviewers left who did not write the text ({each.may_sign} of {each.quorum})"
    if each.conditional:
        who = listed([row.signer for row in each.conditional])
        says = "says" if len(each.conditional) == 1 else "say"
        return f"{each.name} signed on a condition that is not met yet ({who} {says} when it is)"
    if each.stale:
        who = listed([row.signer for row in each.stale])
        return f"{each.name} signed earlier words and must look at what changed ({who})"
    if each.quorum == 1:
        return f"{each.name} has not signed the present text"
    return f"{each.name} has {count(len(each.counting))} of {count(each.quorum)} signatures; {count(missing)} to come"
