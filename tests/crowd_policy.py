"""Fifty people on one version in vetting at once, in a database of its own; `test_crowd_policy.py` reads what it prints.

On SQLite unless HANDRAIL_DATABASE_URL names an empty PostgreSQL database.
"""

import contextlib
import json
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import django

django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402
from django.utils import timezone  # noqa: E402

from handrail.kernel.errors import Busy, NotNow, Refusal  # noqa: E402
from handrail.kernel.record import check_journal  # noqa: E402
from handrail.kernel.refusals import as_refusal  # noqa: E402
from handrail.people.models import Interest, Person, Role, RoleGrant  # noqa: E402
from handrail.people.testing import Cast, cast, make_person  # noqa: E402
from handrail.policy.actions import Diverged, edit_clause, import_policy, open_vetting, publish  # noqa: E402
from handrail.policy.models import Version  # noqa: E402
from handrail.policy.reads import round_of, standing_clause, text_clauses  # noqa: E402
from handrail.policy.testing import published, sign_and_clear, typed  # noqa: E402
from handrail.vetting.actions import clear, dispose, read_clauses, remark, sign  # noqa: E402
from handrail.vetting.models import Disposition, Remark, Round, Snapshot  # noqa: E402
from handrail.vetting.reads import clauses_in, counting, text_sha  # noqa: E402
from handrail.vetting.testing import reviewer  # noqa: E402

MANY = int(sys.argv[1]) if len(sys.argv) > 1 else 50
AUTHORS, REVIEWERS, RACES = MANY // 5, MANY // 6, 8


class Tally:
    """What the threads were told: deeds done, refusals by kind, anything that is neither; and every accepted wording."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.done: Counter[str] = Counter()
        self.refused: Counter[str] = Counter()
        self.errors: list[str] = []
        self.accepted: list[tuple[str, str]] = []

    def note(self, what: str) -> None:
        """One more deed that came back without a refusal."""
        with self.lock:
            self.done[what] += 1

    def tried(self, act: Callable[[], object]) -> bool:
        """Whether it was done; a refusal is noted by its kind, everything else is an error."""
        try:
            act()
        except Exception as error:
            refusal = as_refusal(error)
            with self.lock:
                if isinstance(refusal, Refusal):
                    self.refused[type(refusal).__name__] += 1
                else:
                    self.errors.append(f"{type(error).__name__} {error}")
            return False
        return True

    def until_free(self, act: Callable[[], object]) -> bool:
        """As `tried`, pressed again where others were writing just then, as a person would."""
        for _ in range(20):
            busy = self.refused[Busy.__name__]
            if self.tried(act):
                return True
            if self.refused[Busy.__name__] == busy:
                return False
        return False


def at_once(acts: list[Callable[[], None]], tally: Tally) -> None:
    """Run every act in a thread of its own, all from one starting shot."""
    gate = threading.Barrier(len(acts))

    def one(act: Callable[[], None]) -> None:
        gate.wait()
        tally.tried(act)
        connection.close()

    threads = [threading.Thread(target=one, args=(act,)) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def text(changed: str = "") -> bytes:
    """A policy with a clause for each author and one that all of them edit."""
    rows = [f"{changed}Clause {number} says what to do at the door {number}." for number in range(AUTHORS + 1)]
    return ("# Doors\n\n" + "\n\n".join(rows) + "\n").encode()


def sent_out(people: Cast, key: str) -> tuple[Version, Round]:
    """A second version of a policy, out for vetting."""
    published(import_policy(text(), "a.md", title=f"Doors {key}", key=key, by=people.ana).version, people)
    draft = import_policy(text("Now: "), "b.md", title=f"Doors {key}", key=key, by=people.ana).version
    left_out = {each: "A crowd needs one interest." for each in Interest.values if each != "legal"}
    closes_at = timezone.now() + timedelta(days=7)
    asked: dict[str, Any] = {"required": {"legal": 1}, "left_out": left_out, "open_to": "everyone"}
    return draft, open_vetting(draft, by=people.ana, closes_at=closes_at, **asked)


def owners(many: int) -> list[Person]:
    """People who write and run rounds: each edits while others review."""
    made = [make_person(3000 + number) for number in range(many)]
    for each in made:
        RoleGrant.objects.create(person=each, role=Role.GOVERNANCE_OWNER, interest="")
    return made


class Crowd:
    """The version, its round, and what each kind of person does with them."""

    def __init__(self, people: Cast, tally: Tally) -> None:
        self.people, self.tally = people, tally
        self.signers = [people.ben, *(reviewer(2000 + number, "legal") for number in range(REVIEWERS))]
        self.authors, self.staff = owners(AUTHORS), [make_person(1000 + number) for number in range(MANY)]
        self.version, self.round = sent_out(people, "doors")
        self.keys = [each.key for each in text_clauses(self.version)]
        # Nobody answers it before the end, so clearing is refused while the crowd is at work.
        self.kept, _ = remark(self.round, by=people.hana, body="Kept open.")
        self.first = {key: standing_clause(self.version, key) for key in self.keys}

    def edits(self, number: int) -> None:
        """One's own clause twice, the shared one from what stood at first, then from what stands now."""
        author, own, shared = self.authors[number], self.keys[number + 1], self.keys[0]
        self._edit(author, own, f"Own words {number}, first.", stale=False)
        self._edit(author, shared, f"Shared words {number}, first.", stale=True)
        self._edit(author, own, f"Own words {number}, second.", stale=False)
        self._edit(author, shared, f"Shared words {number}, second.", stale=False)

    def _edit(self, author: Person, key: str, words: str, *, stale: bool) -> None:
        def act() -> None:
            now = Version.objects.get(pk=self.version.pk)
            seen = self.first[key] if stale else standing_clause(now, key)
            try:
                edit_clause(now, key, words, by=author, base_sha=seen.sha)
            except Diverged:
                self.tally.note("diverged")
                return
            with self.tally.lock:
                self.tally.accepted.append((words, seen.wording))
            self.tally.note("edit")

        self.tally.until_free(act)

    def signs(self, number: int) -> None:
        """Read everything and sign, three times over."""
        for _ in range(3):
            if self.tally.until_free(lambda: sign_now(self.round, self.signers[number])):
                self.tally.note("sign")

    def says(self, number: int) -> None:
        """Two remarks, one of them on a clause."""
        for key in ("", self.keys[number % len(self.keys)]):
            said = f"Remark {number} on {key or 'all'}."
            if self.tally.until_free(
                lambda key=key, said=said: remark(self.round, by=self.staff[number], clause_key=key, body=said)
            ):
                self.tally.note("remark")

    def settles(self, number: int) -> None:
        """The owner answers what is there, tries to clear and to publish."""
        for _ in range(6):
            waiting = Remark.objects.filter(round=self.round, parent=None, dispositions=None).exclude(pk=self.kept.pk)
            for row in list(waiting[:4]):
                said = f"By {number}."
                if self.tally.tried(lambda row=row, said=said: dispose(row, "declined", said, by=self.people.ana)):
                    self.tally.note("dispose")
            time.sleep(0.1)
        if self.tally.tried(lambda: clear(self.round, by=self.people.ana)):
            self.tally.note("clear")
        if self.tally.tried(lambda: publish(self.version, by=self.people.ana)):
            self.tally.note("publish")

    def acts(self) -> list[Callable[[], None]]:
        """What fifty people do at once."""
        rest = MANY - AUTHORS - REVIEWERS - 4
        kinds = ((self.edits, AUTHORS), (self.signs, REVIEWERS), (self.settles, 4), (self.says, rest))
        return [lambda do=do, number=number: do(number) for do, many in kinds for number in range(many)]


def sign_now(round: Round, person: Person) -> None:
    """Read the present text and sign for legal."""
    now = Round.objects.get(pk=round.pk)
    read_clauses(now, [each.key for each in clauses_in(now)], by=person)
    sign(now, "legal", by=person)


def lost_edits(tally: Tally, version: Version) -> list[str]:
    """Accepted wordings that neither stand in the text nor were seen by whoever wrote over them."""
    standing = {each.text for each in text_clauses(Version.objects.get(pk=version.pk))}
    seen_over = {seen.strip() for _, seen in tally.accepted}
    return [words for words, _ in tally.accepted if words not in standing and words not in seen_over]


def wrong_with(version: Version) -> list[str]:
    """What contradicts itself in a version and its round, as they stand now."""
    now = Version.objects.get(pk=version.pk)
    round = round_of(now)
    assert round is not None
    found = []
    here = text_sha(text_clauses(now))
    if here != round.text_sha256:
        found.append("the version and its round say different words")
    if now.state == "published":
        if round.state != "cleared":
            found.append("published while its round is not cleared")
        if now.text_sha256 != here:
            found.append("published under another fingerprint")
    if round.state == "cleared":
        if not any(each.words_sha256 == round.words_sha256 for each in counting(round)):
            found.append("cleared on words nobody signed")
        if Remark.objects.filter(round=round, parent=None, dispositions=None).exists():
            found.append("cleared over a remark without an answer")
    return found


def races(people: Cast, author: Person, tally: Tally) -> tuple[dict[str, int], list[str]]:
    """A signed version meets an edit, a remark, a second signing, clearing and publishing, all in one moment."""
    ends: Counter[str] = Counter()
    wrong: list[str] = []
    for number in range(RACES):
        version, round = sent_out(people, f"race-{number}")
        key = text_clauses(version)[0].key
        sha = standing_clause(version, key).sha
        if number % 2:
            sign_and_clear(round, people)
            typed(Version.objects.get(pk=version.pk), people)
        else:
            sign_now(round, people.ben)

        def edits(version: Version = version, key: str = key, sha: str = sha) -> None:
            edit_clause(Version.objects.get(pk=version.pk), key, "Raced words.", by=author, base_sha=sha)

        def clears_and_publishes(round: Round = round, version: Version = version) -> None:
            with contextlib.suppress(NotNow):
                clear(round, by=people.ana)
            typed(Version.objects.get(pk=version.pk), people)
            publish(version, by=people.ana)

        def publishes(version: Version = version) -> None:
            publish(version, by=people.ana)

        def says(round: Round = round) -> None:
            remark(round, by=people.dev, body="Wait.")

        def signs(round: Round = round) -> None:
            sign_now(round, people.ben)

        at_once([clears_and_publishes, edits, publishes, says, signs, clears_and_publishes], tally)
        ends[Version.objects.get(pk=version.pk).state] += 1
        wrong += wrong_with(version)
    return dict(ends), wrong


def in_the_end(crowd: Crowd) -> str:
    """When it is quiet: every remark answered, everything signed, cleared and published; the state it comes to."""
    round, people = crowd.round, crowd.people
    if Round.objects.get(pk=round.pk).state == "open":
        for row in Remark.objects.filter(round=round, parent=None, dispositions=None):
            dispose(row, "declined", "Not now.", by=people.ana)
        sign_and_clear(round, people)
    version = Version.objects.get(pk=crowd.version.pk)
    if version.state != "published":
        typed(version, people)
        publish(version, by=people.ana)
    return Version.objects.get(pk=version.pk).state


def main() -> None:
    """Set up, let them loose, then look whether anything was lost, doubled or published unsigned."""
    call_command("migrate", verbosity=0)
    tally = Tally()
    crowd = Crowd(cast(), tally)
    acts = crowd.acts()
    began = time.perf_counter()
    at_once(acts, tally)
    took = time.perf_counter() - began
    dispositions = Disposition.objects.filter(remark__round=crowd.round)
    said: dict[str, object] = {
        "vendor": connection.vendor,
        "threads": len(acts),
        "seconds": float(f"{took:.2f}"),
        "done": dict(tally.done),
        "remarks": Remark.objects.filter(round=crowd.round).count() - 1,
        "snapshots": Snapshot.objects.filter(round=crowd.round).count() - 1,
        "dispositions": dispositions.count(),
        "double": dispositions.count() - dispositions.values("remark").distinct().count(),
        "lost_edits": lost_edits(tally, crowd.version),
        "wrong": wrong_with(crowd.version),
    }
    said["races"], said["races_wrong"] = races(crowd.people, crowd.authors[0], tally)
    said["ends"] = in_the_end(crowd)
    said["wrong_in_the_end"] = wrong_with(crowd.version)
    said |= {"refused": dict(tally.refused), "errors": tally.errors, "journal_whole": check_journal()[0].is_whole}
    print(json.dumps(said))


if __name__ == "__main__":
    main()
