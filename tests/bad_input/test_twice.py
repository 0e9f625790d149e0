"""The same button pressed twice, one press after the other and both at once: one deed, and a plain sentence."""

import html
import re
import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from handrail.kernel.models import JournalEntry
from handrail.people.actions import propose_matrix
from handrail.people.models import Interest, Matrix, Person
from handrail.people.testing import cast
from handrail.policy.actions import import_policy
from handrail.policy.models import Amendment, Version, Waiver
from handrail.policy.reads.checks import checked
from handrail.policy.testing import cleared
from handrail.strategy.models import Plan, Purpose
from handrail.vetting.actions import dispose, read_clauses
from handrail.vetting.models import Disposition, Round, SignOff
from handrail.vetting.reads import clauses_in
from tests.bad_input.given import rows_of_everything
from tests.bad_input.rooms import House, furnished


@dataclass(frozen=True, slots=True)
class Button:
    """Who presses, where it goes, what it sends, and how often the deed stands in the record."""

    by: Person
    address: str
    sends: dict[str, str]
    deeds: Callable[[], int]


def day(days: int) -> str:
    return (timezone.localdate() + timedelta(days=days)).isoformat()


def sign(house: House) -> Button:
    read_clauses(house.round, [each.key for each in clauses_in(house.round)], by=house.people.ben)
    address = f"/vetting/{house.round.pk}/sign/legal"
    return Button(
        house.people.ben, address, {"condition": ""}, lambda: SignOff.objects.filter(round=house.round).count()
    )


def sign_on_a_condition(house: House) -> Button:
    one = sign(house)
    return Button(one.by, one.address, {"condition": "Say who answers."}, one.deeds)


def settle(house: House) -> Button:
    sends = {"verdict": "declined", "reason": "It says how further down.", "clause": ""}
    address = f"/vetting/{house.round.pk}/remarks/{house.remark.uid}/answer"
    return Button(house.people.ana, address, sends, Disposition.objects.count)


def publish(house: House) -> Button:
    dispose(house.remark, "declined", "It says how.", by=house.people.ana)
    version = cleared(house.version, house.people)
    address = f"/policies/post/{version.number}/publish"
    return Button(
        house.people.ana, address, {}, lambda: Version.objects.filter(pk=version.pk, state="published").count()
    )


def open_vetting(house: House) -> Button:
    draft = import_policy(
        b"# Film\n\nAsk before you film.\n", "f.md", title="Film", key="film", by=house.people.eva
    ).version
    assert draft is not None
    sends = {"closes_on": day(14), "asks": "", "everyone": "on"}
    for each in Interest.values:
        sends |= {f"quorum_{each}": "1" if each == "legal" else "0", f"why_{each}": "It is not touched."}
    address = f"/policies/film/{draft.number}/vet"
    return Button(house.people.eva, address, sends, lambda: Round.objects.filter(subject_key=str(draft.pk)).count())


def approve_purpose(house: House) -> Button:
    address = f"/strategy/purposes/{house.keys['purpose']}/approve"
    return Button(house.people.ana, address, {}, lambda: Purpose.objects.filter(state="approved").count())


def agree_matrix(house: House) -> Button:
    propose_matrix(by=house.people.ana)
    sends = {"agreed_on": day(0), "how": "In one meeting.", "people": "ana@example.org\nben@example.org"}
    in_force = Matrix.objects.filter(state=Matrix.State.IN_FORCE)
    return Button(house.people.ana, "/policies/ownership/agree", sends, in_force.count)


def issue_plan(house: House) -> Button:
    return Button(house.people.ana, "/strategy/plan/issue", {}, Plan.objects.count)


def take_up(house: House) -> Button:
    address = f"/policies/post/amendments/{house.keys['amendment']}"
    return Button(
        house.people.ana, address, {"verb": "take_up"}, lambda: Amendment.objects.filter(state="taken_up").count()
    )


def waive(house: House) -> Button:
    mark = next(each.mark for each in checked(house.version) if each.state == "open")
    sends = {"verb": "waive", "mark": mark, "reason": "We are a small house.", "expires_on": day(90)}
    return Button(house.people.ana, f"/policies/post/{house.version.number}/checks", sends, Waiver.objects.count)


BUTTONS = (
    sign,
    sign_on_a_condition,
    settle,
    publish,
    open_vetting,
    approve_purpose,
    agree_matrix,
    issue_plan,
    take_up,
    waive,
)
every_button = pytest.mark.parametrize("button", BUTTONS, ids=lambda each: each.__name__)


def pressing(person: Person) -> Client:
    client = Client(raise_request_exception=False)
    client.force_login(person)
    return client


def assert_plain(answer: Any) -> None:
    """A page or a refusal with a headline, and no programmer's words."""
    page = answer.content.decode()
    assert answer.status_code in (200, 409), f"{answer.status_code}: {page[:300]}"
    headline = re.search(r"<h1[^>]*>(.+?)</h1>", page, re.S)
    assert headline, "no sentence"
    assert re.sub(r"<[^>]+>", "", headline[1]).strip(), "an empty sentence"
    assert not re.search(r"Traceback|IntegrityError|DoesNotExist", html.unescape(page))


@pytest.mark.django_db
@every_button
def test_a_second_press_does_nothing_more_and_is_answered(button: Callable[[House], Button]) -> None:
    pressed = button(furnished(cast()))
    assert pressed.deeds() == 0, "done before anybody pressed, so this proves nothing"
    client = pressing(pressed.by)
    first = client.post(pressed.address, pressed.sends, follow=True)
    assert first.status_code == 200, first.content.decode()[:600]
    assert pressed.deeds() == 1
    before = rows_of_everything()
    assert_plain(client.post(pressed.address, pressed.sends, follow=True))
    assert pressed.deeds() == 1
    now = rows_of_everything()
    assert now == before, {name: (before[name], many) for name, many in now.items() if many != before[name]}


@pytest.mark.django_db(transaction=True)
@every_button
def test_two_presses_at_once_are_one_deed(button: Callable[[House], Button]) -> None:
    pressed = button(furnished(cast()))
    gate, answers = threading.Barrier(2), []
    facts, in_memory = JournalEntry.objects.count(), connection.vendor == "sqlite"

    def press(client: Client) -> None:
        gate.wait()
        status = 503
        while status == 503 or (status == 400 and in_memory):
            # SQLite in memory has one writer and says so at once, even to the session; a person presses again.
            status = client.post(pressed.address, pressed.sends).status_code
        answers.append(status)
        connection.close()

    threads = [threading.Thread(target=press, args=(pressing(pressed.by),)) for _ in range(2)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert len(answers) == 2
    assert set(answers) <= {200, 302, 409}, answers
    assert in_memory or 302 in answers
    assert pressed.deeds() == 1
    said = list(JournalEntry.objects.order_by("id").values_list("code", flat=True))[facts:]
    assert len(said) == len(set(said)), f"something was told twice: {said}"
