"""The round as a machine: whatever happens in whatever order, it clears only when everyone with a stake was heard.

The oracle below keeps its own plain account of who read, said, signed, wrote and left, and never asks the product.
"""

import os
from dataclasses import dataclass, field
from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, precondition, rule, run_state_machine_as_test

from handrail.kernel.errors import Refusal
from handrail.people.models import Person, RoleGrant
from handrail.people.testing import cast
from handrail.vetting.actions import (
    clear,
    confirm_condition,
    dispose,
    empty_letterbox,
    read_clauses,
    redraft,
    remark,
    reopen,
    sign,
    withdraw_remark,
    withdraw_sign_off,
)
from handrail.vetting.models import Remark, Round, SignOff
from handrail.vetting.reads import hindrances
from handrail.vetting.testing import opened, reviewer, text

RUNS = int(os.environ.get("HANDRAIL_STATE_RUNS", "40"))
KEYS = ("why", "guests", "ask", "pay")
QUORUMS = {"legal": 1, "privacy": 2}


@dataclass
class Word:
    """What the oracle knows of a sign-off."""

    who: str
    interest: str
    words: dict[str, str]
    condition: str = ""
    met: bool = False
    remark: str = ""


@dataclass
class Account:
    """The oracle's own account."""

    words: dict[str, str]
    authors: set[str]
    seats: set[tuple[str, str]]
    gone: set[str] = field(default_factory=set)
    dropped: set[str] = field(default_factory=set)
    read: set[tuple[str, str, str]] = field(default_factory=set)
    open: dict[str, str] = field(default_factory=dict)
    done: dict[str, str] = field(default_factory=dict)
    signed: dict[tuple[str, str], Word] = field(default_factory=dict)
    letters: int = 0

    def may_clear(self) -> bool:
        """Everyone was heard."""
        for interest, quorum in QUORUMS.items():
            good = {
                who
                for (who, on), word in self.signed.items()
                if on == interest
                and who not in self.authors
                and who not in self.gone | self.dropped
                and word.words == self.words
                and (not word.condition or word.met)
            }
            if len(good) < quorum:
                return False
        return not self.open and not self.letters


class RoundMachine(RuleBasedStateMachine):
    """Open, redraft, remark, dispose, reopen, sign, take back, leave, clear, in any order."""

    def __init__(self) -> None:
        super().__init__()
        self.block = transaction.atomic()
        self.block.__enter__()
        people = cast()
        self.people: dict[str, Person] = {"eva": people.eva, "ana": people.ana, "ben": people.ben, "dev": people.dev}
        for number, name in enumerate(("p1", "p2", "p3")):
            self.people[name] = reviewer(number, "privacy")
        self.people["l2"] = reviewer(9, "legal")
        # Ana reads for privacy and may redraft too: from her first redraft on, her word no longer counts.
        RoleGrant.objects.create(person=people.ana, role="reviewer", interest="privacy")
        self.round = opened(people, QUORUMS, anonymous=True)
        rows = {each.key: each.text for each in text()}
        seats = {
            ("ben", "legal"),
            ("l2", "legal"),
            ("p1", "privacy"),
            ("p2", "privacy"),
            ("p3", "privacy"),
            ("ana", "privacy"),
        }
        self.account = Account(rows, {"eva"}, seats)
        self.cleared = False

    def live(self) -> bool:
        return not self.cleared

    def clauses(self):
        return text(**{key: self.account.words.get(key, "") for key in (*KEYS, *self.account.words)})

    @precondition(live)
    @rule(
        key=st.sampled_from(KEYS),
        words=st.sampled_from(("", "Ask.", "Stop.", "Ask before you film.")),
        who=st.sampled_from(("eva", "eva", "eva", "ana")),
    )
    def redraft(self, key: str, words: str, who: str) -> None:
        new = {**self.account.words, key: words} if words else {k: v for k, v in self.account.words.items() if k != key}
        if not new:
            return
        changed = new != self.account.words
        self.account.words = new
        redraft(self.round, self.clauses(), by=self.people[who])
        if changed:
            self.account.authors.add(who)

    @precondition(live)
    @rule()
    def move(self) -> None:
        redraft(self.round, self.clauses()[::-1], by=self.people["eva"])

    @precondition(live)
    @rule(who=st.sampled_from(("dev", "ben", "p1")), key=st.sampled_from(("", *KEYS)))
    def remark(self, who: str, key: str) -> None:
        if who in self.account.gone or (key and key not in self.account.words):
            with pytest.raises(Refusal):
                remark(self.round, by=self.people[who], clause_key=key, body="Hm.")
            return
        made, _ = remark(self.round, by=self.people[who], clause_key=key, body="Hm.")
        self.account.open[made.uid] = who

    @precondition(live)
    @rule()
    def whisper(self) -> None:
        remark(self.round, by=self.people["dev"], body="Psst.", anonymous=True)
        self.account.letters += 1

    @precondition(live)
    @rule()
    def night(self) -> None:
        for each in empty_letterbox(self.round, all_of_it=True):
            self.account.open[each.uid] = ""
            self.account.letters -= 1

    @precondition(lambda self: self.live() and self.account.open)
    @rule(data=st.data(), verdict=st.sampled_from(("adopted", "adapted", "declined", "out_of_scope")))
    def dispose(self, data, verdict: str) -> None:
        uids = data.draw(st.lists(st.sampled_from(sorted(self.account.open)), min_size=1, max_size=3, unique=True))
        rows = [Remark.objects.get(uid=uid) for uid in uids]
        dispose(rows[0], verdict, "Because.", by=self.people["eva"], also=rows[1:])
        for uid in uids:
            self.account.done[uid] = self.account.open.pop(uid)

    @precondition(lambda self: self.live() and self.account.done)
    @rule(data=st.data())
    def reopen(self, data) -> None:
        uid = data.draw(st.sampled_from(sorted(self.account.done)))
        reopen(Remark.objects.get(uid=uid), "Not yet.", by=self.people["eva"])
        self.account.open[uid] = self.account.done.pop(uid)
        for word in self.account.signed.values():
            if word.remark == uid:
                word.met = False

    @precondition(lambda self: self.live() and self.account.open)
    @rule(data=st.data())
    def take_back(self, data) -> None:
        uid = data.draw(st.sampled_from(sorted(self.account.open)))
        who = self.account.open[uid]
        if not who or who in self.account.gone:
            return
        withdraw_remark(Remark.objects.get(uid=uid), by=self.people[who])
        del self.account.open[uid]

    @precondition(live)
    @rule(who=st.sampled_from(("ben", "l2", "p1", "p2", "p3", "ana")), some=st.booleans())
    def read(self, who: str, some: bool) -> None:
        keys = list(self.account.words)[: 2 if some else None]
        if who in self.account.gone:
            return
        read_clauses(self.round, keys, by=self.people[who])
        self.account.read |= {(who, key, self.account.words[key]) for key in keys}

    @precondition(live)
    @rule(
        who=st.sampled_from(("ben", "l2", "p1", "p2", "p3", "ana", "eva", "dev")),
        interest=st.sampled_from(("legal", "privacy", "privacy", "brand")),
        condition=st.sampled_from(("", "", "Name the law.")),
    )
    def sign(self, who: str, interest: str, condition: str) -> None:
        a = self.account
        unread = [key for key, words in a.words.items() if (who, key, words) not in a.read]
        wrong = (who, interest) not in a.seats or who in a.gone | a.dropped or who in a.authors or unread
        if wrong:
            with pytest.raises(Refusal):
                sign(self.round, interest, by=self.people[who], condition=condition)
            return
        before = a.signed.get((who, interest))
        row = sign(self.round, interest, by=self.people[who], condition=condition)
        if before and before.words == a.words and before.condition == condition:
            return
        tied = row.remark.uid if row.remark else ""
        a.signed[who, interest] = Word(who, interest, dict(a.words), condition, False, tied)
        if tied:
            a.open[tied] = who

    @precondition(lambda self: self.live() and self.account.signed)
    @rule(data=st.data(), confirm=st.booleans())
    def change_word(self, data, confirm: bool) -> None:
        who, interest = data.draw(st.sampled_from(sorted(self.account.signed)))
        row = SignOff.objects.get(round=self.round, person=self.people[who], interest=interest, ended_at=None)
        word = self.account.signed[who, interest]
        if confirm and word.condition:
            confirm_condition(row, by=self.people[who])
            word.met = True
        elif not confirm:
            withdraw_sign_off(row, by=self.people[who])
            del self.account.signed[who, interest]

    @precondition(live)
    @rule(who=st.sampled_from(("l2", "p3")), back=st.booleans())
    def leave(self, who: str, back: bool) -> None:
        person = self.people[who]
        person.ends_on = None if back else timezone.localdate() - timedelta(days=5)
        person.save(update_fields=["ends_on"])
        (self.account.gone.discard if back else self.account.gone.add)(who)

    @precondition(live)
    @rule(who=st.sampled_from(("ben", "p2")), back=st.booleans())
    def lose_the_role(self, who: str, back: bool) -> None:
        grants = RoleGrant.objects.filter(person=self.people[who], role="reviewer")
        grants.update(ended_at=None if back else timezone.now())
        (self.account.dropped.discard if back else self.account.dropped.add)(who)

    @precondition(live)
    @rule(force=st.booleans())
    def clear(self, force: bool) -> None:
        right = self.account.may_clear()
        round = Round.objects.get(pk=self.round.pk)
        assert right == (hindrances(round) == []), [each.words for each in hindrances(round)]
        try:
            with transaction.atomic():
                if force and (connection.vendor == "postgresql" or not self.account.gone | self.account.dropped):
                    given = {"state": "cleared", "cleared_by": self.people["eva"], "cleared_at": timezone.now()}
                    Round.objects.filter(pk=round.pk).update(**given)
                else:
                    clear(round, by=self.people["eva"])
            self.cleared = True
        except (Refusal, IntegrityError):
            self.cleared = False
        assert self.cleared == right

    @precondition(lambda self: self.live() and not self.account.letters)
    @rule()
    def bring_to_an_end(self) -> None:
        """Do what is missing, so that runs end cleared often enough to try what comes after."""
        for uid in list(self.account.open):
            dispose(Remark.objects.get(uid=uid), "declined", "No.", by=self.people["eva"])
            self.account.done[uid] = self.account.open.pop(uid)
        for who, interest in sorted(self.account.seats):
            if who not in self.account.gone | self.account.dropped | self.account.authors:
                self.read(who, False)
                self.sign(who, interest, "")
        self.clear(False)

    @precondition(lambda self: self.cleared)
    @rule()
    def after_the_end(self) -> None:
        for act in (
            lambda: remark(self.round, by=self.people["dev"], body="Late."),
            lambda: redraft(self.round, text(why="New."), by=self.people["eva"]),
            lambda: remark(self.round, by=self.people["dev"], body="Late.", anonymous=True),
        ):
            with pytest.raises(Refusal):
                act()

    def teardown(self) -> None:
        try:
            self.look_at_the_end()
        finally:
            transaction.set_rollback(True)
            self.block.__exit__(None, None, None)

    def look_at_the_end(self) -> None:
        round = Round.objects.get(pk=self.round.pk)
        assert (round.state == "cleared") == self.cleared
        assert set(self.account.open) <= set(Remark.objects.values_list("uid", flat=True))
        for each in Remark.objects.filter(round=round).exclude(quote=""):
            assert each.quote in self.account.words[each.clause_key]


@pytest.mark.django_db
@pytest.mark.slow
def test_whatever_happens_it_clears_only_when_everyone_was_heard() -> None:
    hurried = settings(
        max_examples=RUNS, stateful_step_count=35, deadline=None, suppress_health_check=list(HealthCheck), database=None
    )
    run_state_machine_as_test(RoundMachine, settings=hurried)
