"""How an interest gives its word on the exact clauses it read, with or without a condition, and takes it back."""

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from handrail.kernel.actions import announce
from handrail.kernel.errors import NotNow, Refused
from handrail.kernel.words import listed
from handrail.people.models import Person
from handrail.vetting.actions import ground
from handrail.vetting.actions.remarks import Said, keep_remark
from handrail.vetting.facts import ConditionMet, SignedOff, SignOffWithdrawn
from handrail.vetting.models import Reading, Remark, RequiredInterest, Round, Seat, SignOff, Snapshot, SnapshotClause
from handrail.vetting.reads.stand_ins import own_seats, standing_in

AN_AUTHOR = "You wrote in this text, so your word can’t count for an interest. Another reviewer signs."
NAMED_AT_MOST = 6


def may_sign(person: Person, round: Round, interest: str) -> bool:
    """Reviewers of an interest that must sign and who stands in for them today, unless the text holds their words."""
    if not (person.is_here and round.is_open) or person.pk in ground.author_ids(round):
        return False
    if not RequiredInterest.objects.filter(round=round, interest=interest).exists():
        return False
    own = own_seats(round).filter(person=person, interest=interest).exists()
    return own or interest in standing_in(person, round)


@transaction.atomic
def sign(round: Round, interest: str, *, by: Person, condition: str = "", remark: Remark | None = None) -> SignOff:
    """Give an interest's word on the present text. Every clause of it must have been opened by the signer.

    With a condition the word counts only once the signer says that it is met (`confirm_condition`), whatever is
    answered to the remark that it becomes (or to `remark`, to which it is tied). Signing anew replaces one's earlier
    word. The same word on the same text twice changes nothing. Whoever stands in for a reviewer signs in their place,
    with both names; a reviewer and their stand-in count once.
    """
    round = ground.locked(round)
    ground.must_be_open(round)
    _must_be_theirs(by, round, interest)
    snapshot = ground.present(round)
    _must_have_read(by, round, interest, snapshot)
    condition = ground.said(condition, "condition", longest=2000)
    whom = standing_in(by, round).get(interest)
    live = SignOff.objects.select_for_update().filter(round=round, interest=interest, ended_at__isnull=True)
    mine = live.filter(person=by)
    earlier = mine.first()
    if earlier and earlier.words_sha256 == round.words_sha256 and earlier.condition == condition:
        return earlier
    mine.update(ended_at=timezone.now(), ended_why="signed anew")
    _one_word_for_both(live, by, whom, round)
    if condition and remark is None:
        remark = _condition_as_remark(round, snapshot, interest, condition, by)
    if remark is not None and (remark.round_id != round.pk or remark.parent_id or not condition):
        raise NotNow("A condition is tied to a remark of this round; say in words what the condition is.")
    made = SignOff.objects.create(
        round=round,
        interest=interest,
        person=by,
        stands_for=whom,
        snapshot=snapshot,
        words_sha256=round.words_sha256,
        condition=condition,
        remark=remark,
    )
    announce(
        SignedOff(
            round=ground.ref_of(round),
            subject=ground.subject_of(round),
            interest=interest,
            words_sha256=round.words_sha256,
            condition=bool(condition),
        ),
        who=by,
    )
    return made


def _one_word_for_both(live: QuerySet[SignOff], by: Person, whom: Person | None, round: Round) -> None:
    """A reviewer's own word replaces their stand-in's, and a stand-in signs only where the reviewer has not."""
    live.filter(stands_for=by).update(ended_at=timezone.now(), ended_why=f"{by} signed in person")
    if whom is None:
        return
    theirs = live.filter(Q(person=whom) | Q(stands_for=whom))
    if theirs.filter(words_sha256=round.words_sha256).exists():
        raise NotNow(f"{whom}’s word on these words is given already, so nobody need sign in their place.")
    theirs.update(ended_at=timezone.now(), ended_why=f"{by} signed in their place")


def _must_be_theirs(by: Person, round: Round, interest: str) -> None:
    name = ground.interest_name(ground.known_interest(interest))
    if not RequiredInterest.objects.filter(round=round, interest=interest).exists():
        raise NotNow(f"This round doesn’t ask {name} to sign.")
    if by.pk in ground.author_ids(round):
        raise Refused(AN_AUTHOR)
    if not may_sign(by, round, interest):
        raise Refused(f"Only those who read for {name} in this round sign for it.")


def _must_have_read(by: Person, round: Round, interest: str, snapshot: Snapshot) -> None:
    seats = Seat.objects.filter(round=round, person=by).exclude(interest="")
    read = set(Reading.objects.filter(seat__in=seats).values_list("clause_key", "clause_sha"))
    unread = [each for each in SnapshotClause.objects.filter(snapshot=snapshot) if (each.key, each.sha) not in read]
    if unread:
        called = [each.number or each.heading or each.key for each in unread[:NAMED_AT_MOST]]
        more = len(unread) - len(called)
        named = listed([*called, f"{more} more"] if more else called)
        name = ground.interest_name(interest)
        raise NotNow(f"A word binds to what was read. Open {named} in the present text, then sign for {name}.")


def _condition_as_remark(round: Round, snapshot: Snapshot, interest: str, condition: str, by: Person) -> Remark:
    said = Said(snapshot, "", "", "", "", condition, "", True, "", None, None)
    return keep_remark(round, said, by, None, interest)


def may_withdraw_sign_off(person: Person, sign_off: SignOff) -> bool:
    """Whoever signed, while the round is open."""
    return person.is_here and sign_off.person_id == person.pk and sign_off.round.is_open


@transaction.atomic
def withdraw_sign_off(sign_off: SignOff, *, by: Person, why: str = "") -> SignOff:
    """Take one's word back; that it was given stays in the record."""
    if sign_off.person_id != by.pk:
        raise Refused("Only whoever signed takes their word back.")
    round = ground.locked(sign_off.round)
    ground.must_be_open(round)
    why = ground.said(why, "why", longest=180)
    row = SignOff.objects.select_for_update().get(pk=sign_off.pk)
    if row.ended_at is None:
        row.ended_at, row.ended_why = timezone.now(), f"withdrawn: {why}" if why else "withdrawn"
        row.save(update_fields=["ended_at", "ended_why"])
        announce(SignOffWithdrawn(ground.ref_of(round), row.interest), who=by)
    return row


@transaction.atomic
def confirm_condition(sign_off: SignOff, *, by: Person, how: str = "") -> SignOff:
    """Whoever signed with a condition says that it is met, or that they let it go."""
    if sign_off.person_id != by.pk:
        raise Refused("Only whoever set the condition says that it is met.")
    round = ground.locked(sign_off.round)
    ground.must_be_open(round)
    row = SignOff.objects.select_for_update().get(pk=sign_off.pk)
    if row.ended_at is not None or not row.condition:
        raise NotNow("There is no condition to confirm.")
    if row.condition_met_at is None:
        row.condition_met_at = timezone.now()
        row.condition_met_how = ground.said(how, "how", longest=2000) or "Confirmed by whoever signed"
        row.save(update_fields=["condition_met_at", "condition_met_how"])
        announce(ConditionMet(ground.ref_of(round), row.interest), who=by)
    return row
