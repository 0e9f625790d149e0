"""How an anonymous remark enters and leaves without leading back to anyone, not even for who holds the database.

No author, session or moment is kept. A letter waits in one shuffled bundle, and comes out on a later night in random
order among others; only the night's date is written. The receipt is kept as a fingerprint.
"""

import secrets
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone

from handrail.kernel.actions import announce
from handrail.kernel.errors import BadInput, NotNow, Refused
from handrail.kernel.refs import Ref
from handrail.people.models import Person
from handrail.vetting.actions import ground
from handrail.vetting.actions.redraft import place_in
from handrail.vetting.anchor import Finder
from handrail.vetting.facts import RemarkMade, RemarkWithdrawn
from handrail.vetting.models import Disposition, Letterbox, Opening, Remark, Round, Snapshot, new_uid
from handrail.vetting.reads.hindrances import hindrances
from handrail.vetting.receipts import fingerprint, new_code
from handrail.vetting.shares import K

if TYPE_CHECKING:
    from handrail.vetting.actions.remarks import Said

LONGEST_WAIT_NIGHTS = 3
NOT_HERE = "No remark belongs to this code. Check it letter by letter; nobody here can look it up for you."
_chance = secrets.SystemRandom()
Letter = dict[str, Any]


def put_in_letterbox(round: Round, said: "Said", *, by: Person, interest: str, show_group: bool) -> tuple[Remark, str]:
    """Take a letter in; gives the remark as it will come out, unsaved, and its receipt code.

    `by` is asked only for the name under which their function is counted, if they want it shown.
    """
    if not round.anonymous:
        raise BadInput("This round takes names only. Say it with your name, or leave it.", field="anonymous")
    if interest:
        raise BadInput("A remark for an interest carries a name; leave the interest out.", field="interest")
    if said.is_condition:
        raise BadInput("A condition of signing carries the name of who signs.", field="condition")
    code = new_code()
    letter = {
        "receipt": fingerprint(code),
        "snapshot": said.snapshot.number,
        "clause": said.clause_key,
        "quote": said.quote,
        "before": said.before,
        "after": said.after,
        "body": said.body,
        "suggested": said.suggested,
        "rule": said.because_rule,
        "parent": said.parent.uid if said.parent else "",
        "group": round.groups.get(by.function, "") if show_group else "",
        "by_receipt": False,
        "takes_back": False,
        "once": said.once or "",
        "nights": 0,
    }
    _add(round, letter)
    return _as_remark(round, letter, said.snapshot, said.parent), code


def _add(round: Round, letter: Letter) -> None:
    """Write the whole bundle anew in a random order; a form that was sent twice keeps one letter, the later."""
    if letter["once"] and Remark.objects.filter(once=letter["once"]).exists():
        raise NotNow("This form was sent before, and its remark has come out already.")
    box = Letterbox.objects.select_for_update().filter(round=round).first() or Letterbox(round=round)
    letters = [each for each in box.letters if not (letter["once"] and each["once"] == letter["once"])]
    letters.append(letter)
    _keep(round, box, letters)


def _keep(round: Round, box: Letterbox, letters: list[Letter]) -> None:
    _chance.shuffle(letters)
    box.letters = letters
    box.save()
    round.letters = len(letters)
    round.save(update_fields=["letters"])


def _as_remark(round: Round, letter: Letter, snapshot: Snapshot, parent: Remark | None) -> Remark:
    return Remark(
        uid=new_uid(),
        round=round,
        parent=parent,
        anonymous=True,
        receipt_sha256=None if letter["by_receipt"] else letter["receipt"],
        by_receipt=letter["by_receipt"],
        group=letter["group"],
        clause_key=letter["clause"],
        quote=letter["quote"],
        place=Remark.Place.ANCHORED if letter["clause"] else Remark.Place.WHOLE,
        said_on=snapshot,
        said_clause=letter["clause"],
        said_quote=letter["quote"],
        said_before=letter["before"],
        said_after=letter["after"],
        body=letter["body"],
        suggested=letter["suggested"],
        because_rule=letter["rule"],
        made_at=None,
        made_on=timezone.localdate(),
        once=letter["once"] or None,
    )


@transaction.atomic
def empty_letterbox(round: Round, *, all_of_it: bool = False) -> list[Remark]:
    """Let letters out, in random order, as remarks of tonight. Called every night by the machine, for nobody.

    Nothing comes out until five people have opened the text; then all where there are five letters or more or the last
    day is over, else each with one chance in two, and none waits for more than three nights. Where fewer than five
    ever open it, letters wait until the last day is over and nothing else stands in the way, or until the round is
    withdrawn. With `all_of_it` everything comes out.
    """
    round = ground.locked(round)
    box = Letterbox.objects.select_for_update().filter(round=round).first()
    if box is None or not box.letters or not round.is_open:
        return []
    out = box.letters if all_of_it else _tonight(round, box.letters)
    staying = [each for each in box.letters if each not in out]
    for letter in staying:
        letter["nights"] += 1
    out = list(out)
    _chance.shuffle(out)
    made = _come_out(round, [each for each in out if not each["takes_back"]])
    _take_back(round, [each["parent"] for each in out if each["takes_back"]])
    _keep(round, box, staying)
    return made


def _tonight(round: Round, letters: list[Letter]) -> list[Letter]:
    if Opening.objects.filter(round=round, clause_key="").count() < K:
        done = round.is_over and all(each.kind == "letterbox" for each in hindrances(round))
        return letters if done else []
    if len(letters) >= K or round.is_over:
        return letters
    return [each for each in letters if each["nights"] >= LONGEST_WAIT_NIGHTS - 1 or _chance.random() < 0.5]


def _come_out(round: Round, letters: list[Letter]) -> list[Remark]:
    snapshots = {each.number: each for each in Snapshot.objects.filter(round=round)}
    parents = {each.uid: each for each in Remark.objects.filter(uid__in=[each["parent"] for each in letters])}
    finders: dict[int, Finder] = {}
    present = ground.clauses_of(snapshots[round.number])
    made = []
    for letter in letters:
        number = letter["snapshot"]
        remark = _as_remark(round, letter, snapshots[number], parents.get(letter["parent"]))
        if number != round.number and remark.said_clause:
            if number not in finders:
                finders[number] = Finder(ground.clauses_of(snapshots[number]), present)
            place_in(remark, finders[number])
        made.append(remark)
    made = Remark.objects.bulk_create(made)
    for each in made:
        announce(
            RemarkMade(
                round=ground.ref_of(round),
                subject=ground.subject_of(round),
                remark=Ref("remark", each.uid),
                clause=each.clause_key,
                anonymous=True,
                reply=each.parent_id is not None,
            ),
            who=None,
        )
    return made


def _take_back(round: Round, uids: list[str]) -> None:
    """Strike out what its makers took back, unless it was answered meanwhile: the answer stays in the record."""
    answered = Disposition.objects.filter(reopened_at__isnull=True).values("remark")
    rows = Remark.objects.filter(round=round, uid__in=uids, withdrawn_on__isnull=True).exclude(pk__in=answered)
    for each in list(rows):
        each.withdrawn_on = timezone.localdate()
        each.save(update_fields=["withdrawn_on"])
        announce(RemarkWithdrawn(ground.ref_of(round), Ref("remark", each.uid)), who=None)


def _mine(code: str) -> Remark:
    remark = Remark.objects.filter(receipt_sha256=fingerprint(code)).select_related("round").first()
    if remark is None:
        raise Refused(NOT_HERE)
    return remark


@transaction.atomic
def reply_by_receipt(code: str, body: str) -> None:
    """Answer in the thread of one's own anonymous remark. It goes through the letterbox like the remark itself."""
    body = ground.said(body, "body", needed="Write what you have to say.")
    _follow(_mine(code), body)


def _follow(mine: Remark, body: str, *, takes_back: bool = False) -> None:
    round = ground.locked(mine.round)
    ground.must_be_open(round)
    letter: Letter = {
        **dict.fromkeys(("receipt", "quote", "before", "after", "suggested", "rule", "once"), ""),
        "snapshot": round.number,
        "clause": mine.clause_key,
        "body": body,
        "parent": mine.uid,
        "group": mine.group,
        "by_receipt": True,
        "takes_back": takes_back,
        "nights": 0,
    }
    _add(round, letter)


@transaction.atomic
def withdraw_by_receipt(code: str) -> bool:
    """Take one's own anonymous remark back. True where it is gone at once, because it had not come out yet.

    One that has come out is struck out on a later night, since the moment would tell who was here. Raises NotNow
    where it was answered.
    """
    known = fingerprint(code)
    waiting = Letterbox.objects.filter(round__state=Round.State.OPEN, letters__icontains=known).first()
    if waiting is not None:
        round = ground.locked(waiting.round)
        ground.must_be_open(round)
        box = Letterbox.objects.select_for_update().get(pk=waiting.pk)
        _keep(round, box, [each for each in box.letters if each["receipt"] != known])
        return True
    mine = _mine(code)
    if mine.dispositions.filter(reopened_at__isnull=True).exists():
        raise NotNow("It was answered already, and the answer stays in the record.")
    if mine.withdrawn_on is None:
        _follow(mine, "", takes_back=True)
    return False
