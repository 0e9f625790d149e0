"""How a text under review gets new words: remarks follow their words, and sign-offs on changed clauses go stale."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction

from handrail.kernel.actions import announce
from handrail.people.models import Person
from handrail.vetting.actions import ground
from handrail.vetting.anchor import Anchor, Finder
from handrail.vetting.facts import SignOffWentStale, TextRedrafted
from handrail.vetting.models import Disposition, Remark, Round, RoundAuthor, SignOff, Snapshot
from handrail.vetting.text import TextClause, text_sha, words_sha


@dataclass(frozen=True, slots=True)
class _Redraft:
    """The text before and after, and what differs."""

    before: Sequence[TextClause]
    after: Sequence[TextClause]

    @property
    def changed(self) -> tuple[str, ...]:
        """The keys of clauses whose words changed, came or went; a clause that only moved is not among them."""
        return differing(self.before, self.after)


def differing(before: Sequence[TextClause], after: Sequence[TextClause]) -> tuple[str, ...]:
    """The keys of clauses that changed, came or went from one text to another, in reading order."""
    was, is_now = {each.key: each.sha for each in before}, {each.key: each.sha for each in after}
    new = [key for key, sha in is_now.items() if was.get(key) != sha]
    return (*new, *(key for key in was if key not in is_now))


def may_redraft(person: Person, round: Round) -> bool:
    """Those who run an open round; whoever redrafts becomes one of the authors."""
    return round.is_open and ground.may_run(person, round)


@transaction.atomic
def redraft(round: Round, clauses: Sequence[TextClause], *, by: Person, why: str = "") -> Snapshot:
    """Give the text new words. Every remark is carried, re-anchored or shown detached; none is lost.

    Sign-offs on changed words go stale and their signers are told; a clause that only moved changes nothing. From
    now on `by` is an author and counts for no interest. The same text again changes nothing.
    """
    ground.must_run(by, round)
    round = ground.locked(round)
    ground.must_be_open(round)
    clauses = ground.checked(clauses)
    why = ground.said(why, "why", longest=2000)
    now = ground.present(round)
    if text_sha(clauses) == round.text_sha256 and ground.numbers(clauses) == ground.numbers(ground.clauses_of(now)):
        return now
    change = _Redraft(ground.clauses_of(now), clauses)
    snapshot = _new_snapshot(round, clauses, by, why)
    reanchored, detached = _place_remarks(round, change)
    _renew_outcomes(round, change)
    if change.changed:
        _now_an_author(round, by)
    stale = _went_stale(round, change.changed)
    announce(
        TextRedrafted(
            round=ground.ref_of(round),
            subject=ground.subject_of(round),
            text_sha256=round.text_sha256,
            number=round.number,
            changed=change.changed,
            reanchored=reanchored,
            detached=detached,
            stale=len(stale),
        ),
        who=by,
    )
    for sign_off in stale:
        announce(
            SignOffWentStale(ground.ref_of(round), ground.subject_of(round), sign_off.interest, change.changed),
            who=by,
        )
    return snapshot


def _new_snapshot(round: Round, clauses: Sequence[TextClause], by: Person, why: str) -> Snapshot:
    round.number += 1
    round.text_sha256, round.words_sha256 = text_sha(clauses), words_sha(clauses)
    snapshot = Snapshot.objects.create(
        round=round,
        number=round.number,
        text_sha256=round.text_sha256,
        words_sha256=round.words_sha256,
        made_by=by,
        why=why,
    )
    ground.keep_clauses(snapshot, clauses)
    round.save(update_fields=["number", "text_sha256", "words_sha256"])
    return snapshot


def _place_remarks(round: Round, change: _Redraft) -> tuple[int, int]:
    """Find every remark's words in the new text; returns how many moved with their words and how many lost them."""
    finder = Finder(change.before, change.after)
    moved: list[Remark] = []
    counts = {Remark.Place.REANCHORED: 0, Remark.Place.DETACHED: 0}
    for remark in Remark.objects.filter(round=round).select_for_update():
        if not remark.said_clause:
            continue
        was = (remark.clause_key, remark.quote, remark.place)
        place_in(remark, finder)
        if (remark.clause_key, remark.quote, remark.place) != was:
            moved.append(remark)
            if remark.place in counts:
                counts[Remark.Place(remark.place)] += 1
    Remark.objects.bulk_update(moved, ["clause_key", "quote", "place"], batch_size=500)
    return counts[Remark.Place.REANCHORED], counts[Remark.Place.DETACHED]


def place_in(remark: Remark, finder: Finder) -> None:
    """Set where a remark stands in the finder's new text; a detached one is looked for by its first words again."""
    lost = remark.place == Remark.Place.DETACHED
    anchor = Anchor(
        remark.said_clause if lost else remark.clause_key,
        remark.said_quote if lost else remark.quote,
        remark.said_before,
        remark.said_after,
    )
    found = finder.place(anchor, remark.place)
    remark.place, remark.clause_key, remark.quote = found.place, found.clause_key, found.quote


def _renew_outcomes(round: Round, change: _Redraft) -> None:
    """Where an adopted remark pointed at a clause that changed again, its outcome reads as the clause reads now."""
    words = {each.key: each for each in change.after}
    live = Disposition.objects.filter(
        remark__round=round, reopened_at__isnull=True, changed_clause__in=list(change.changed)
    )
    renewed = []
    for row in live:
        clause = words.get(row.changed_clause)
        row.words_after = clause.text if clause else ""
        row.changed_number = (clause.number if clause else row.changed_number)[:40]
        renewed.append(row)
    Disposition.objects.bulk_update(renewed, ["words_after", "changed_number"], batch_size=500)


def _now_an_author(round: Round, by: Person) -> None:
    RoundAuthor.objects.bulk_create([RoundAuthor(round=round, person=by, since=round.number)], ignore_conflicts=True)


def _went_stale(round: Round, changed: tuple[str, ...]) -> list[SignOff]:
    """Mark the sign-offs that held the words until now; one that fits the words again is fresh again."""
    live = SignOff.objects.filter(round=round, ended_at__isnull=True)
    live.filter(words_sha256=round.words_sha256, stale_since__isnull=False).update(stale_since=None)
    if not changed:
        return []
    stale = list(live.filter(stale_since__isnull=True).exclude(words_sha256=round.words_sha256))
    live.filter(pk__in=[each.pk for each in stale]).update(stale_since=round.number)
    return stale
