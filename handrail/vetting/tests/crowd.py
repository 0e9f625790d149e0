"""Fifty people on one round at once, in a database of its own; `test_crowd.py` runs it and reads what it prints.

On SQLite unless HANDRAIL_DATABASE_URL names an empty PostgreSQL database.
"""

import json
import sys
import threading
import time
from collections.abc import Callable

import django

django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import OperationalError, connection  # noqa: E402

from handrail.kernel.errors import BadInput, NotNow, Refused  # noqa: E402
from handrail.kernel.record import check_journal  # noqa: E402
from handrail.kernel.refs import Ref  # noqa: E402
from handrail.people.testing import Cast, cast, make_person  # noqa: E402
from handrail.vetting.actions import clear, dispose, read_clauses, redraft, remark, sign, stand  # noqa: E402
from handrail.vetting.models import Disposition, Remark, Round, SignOff, Snapshot, Stand  # noqa: E402
from handrail.vetting.reads import clauses_in, counting, hindrances  # noqa: E402
from handrail.vetting.testing import opened, reviewer, signed, text  # noqa: E402

MANY = int(sys.argv[1]) if len(sys.argv) > 1 else 50
RACES = 15
KEYS = ("why", "guests", "ask", "pay")


class Tally:
    """What the threads were told was done, and what else they met."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.done: dict[str, int] = {}
        self.refused = 0
        self.errors: list[str] = []
        self.cleared_on: list[str] = []

    def note(self, what: str) -> None:
        """One more deed that came back without a refusal."""
        with self.lock:
            self.done[what] = self.done.get(what, 0) + 1


def at_once(acts: list[Callable[[], None]], tally: Tally) -> None:
    """Run every act in a thread of its own, all from one starting shot."""
    gate = threading.Barrier(len(acts))

    def one(act: Callable[[], None]) -> None:
        gate.wait()
        try:
            act()
        except (NotNow, Refused, BadInput):
            with tally.lock:
                tally.refused += 1
        except OperationalError as error:
            with tally.lock:
                tally.errors.append(f"OperationalError {error}")
        except Exception as error:
            with tally.lock:
                tally.errors.append(f"{type(error).__name__} {error}")
        finally:
            connection.close()

    threads = [threading.Thread(target=one, args=(act,)) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def races(people: Cast, tally: Tally) -> dict[str, int]:
    """Signing, redrafting and clearing meet on one small round, again and again: which ended how, and was it right."""
    ends = {"cleared": 0, "open": 0, "wrong": 0}
    for number in range(RACES):
        round = opened(people, subject=Ref("race", number))
        signed(round, people.ben)

        def redrafts(round: Round = round, number: int = number) -> None:
            redraft(round, text(why=f"Race {number}."), by=people.eva)

        def signs_again(round: Round = round) -> None:
            read_clauses(round, list(KEYS), by=people.ben)
            sign(round, "legal", by=people.ben)

        def clears(round: Round = round) -> None:
            clear(round, by=people.ana)

        def says(round: Round = round) -> None:
            remark(round, by=people.dev, body="Wait.")

        at_once([redrafts, clears, signs_again, says, clears, clears], tally)
        now = Round.objects.get(pk=round.pk)
        ends[now.state] += 1
        waits = Remark.objects.filter(round=now, dispositions=None).exists()
        ends["wrong"] += now.state == "cleared" and (waits or not counting(now).exists())
    return ends


def main() -> None:
    """Set up, let them loose, then look whether anything was lost or counted that should not be."""
    call_command("migrate", verbosity=0)
    people = cast()
    signers = [people.ben, *(reviewer(n, "legal") for n in range(MANY // 5))]
    staff = [make_person(1000 + n) for n in range(MANY)]
    round = opened(people, {"legal": 2}, anonymous=True)
    first, _ = remark(round, by=people.hana, body="First.")
    tally = Tally()

    def says(number: int) -> Callable[[], None]:
        def act() -> None:
            person = staff[number]
            remark(round, by=person, clause_key=KEYS[number % 4] if number % 2 else "", body=f"Remark {number}.")
            tally.note("remark")
            remark(round, by=person, body=f"Letter {number}.", anonymous=True)
            tally.note("letter")
            stand(first, bool(number % 3), by=person)
            tally.note("stand")

        return act

    def signs(number: int) -> Callable[[], None]:
        def act() -> None:
            for _ in range(3):
                now = Round.objects.get(pk=round.pk)
                read_clauses(now, list(KEYS), by=signers[number])
                sign(now, "legal", by=signers[number])
                tally.note("sign")

        return act

    def edits(number: int) -> Callable[[], None]:
        def act() -> None:
            for turn in range(2):
                redraft(round, text(why=f"Words {number}, {turn}."), by=people.eva)
                tally.note("redraft")

        return act

    def settles(number: int) -> Callable[[], None]:
        def act() -> None:
            for row in list(Remark.objects.filter(round=round, parent=None)[:4]):
                try:
                    dispose(row, "declined", f"By {number}.", by=people.ana)
                    tally.note("dispose")
                except NotNow:
                    pass
            clear(round, by=people.eva)
            tally.note("clear")

        return act

    acts = [says(n) for n in range(MANY * 3 // 5)]
    acts += [signs(n) for n in range(min(len(signers), MANY // 5))]
    acts += [edits(n) for n in range(MANY // 10)]
    acts += [settles(n) for n in range(MANY // 10)]
    began = time.perf_counter()
    at_once(acts, tally)
    took = time.perf_counter() - began
    now = Round.objects.get(pk=round.pk)
    counted = list(counting(now))
    ends = races(people, tally)
    print(
        json.dumps(
            {
                "vendor": connection.vendor,
                "races": ends,
                "threads": len(acts),
                "seconds": round_to(took),
                "done": tally.done,
                "refused": tally.refused,
                "errors": tally.errors,
                "remarks": Remark.objects.filter(round=round).count() - 1,
                "letters": now.letters,
                "held": len(now.letterbox.letters) if now.letters else 0,
                "stands": Stand.objects.count(),
                "snapshots": Snapshot.objects.filter(round=round).count() - 1,
                "dispositions": Disposition.objects.count(),
                "double": Disposition.objects.count() - Disposition.objects.values("remark").distinct().count(),
                "dead_counted": sum(each.words_sha256 != now.words_sha256 for each in counted),
                "live_per_signer": max((_live(each.pk, round) for each in signers), default=0),
                "text_agrees": [each.text for each in clauses_in(now)] != [] and now.number == _last(round),
                "state": now.state,
                "hindrances": [each.words for each in hindrances(now)],
                "journal_whole": check_journal()[0].is_whole,
            }
        )
    )


def round_to(seconds: float) -> float:
    """Seconds for a line of JSON."""
    return float(f"{seconds:.2f}")


def _live(person: int, round: Round) -> int:
    return SignOff.objects.filter(round=round, person=person, ended_at=None).count()


def _last(round: Round) -> int:
    return max(Snapshot.objects.filter(round=round).values_list("number", flat=True))


if __name__ == "__main__":
    main()
