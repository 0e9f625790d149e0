"""Days out of range, control characters and nonsense in addresses, forms and bodies of the API."""

import io
import json

import pytest
from django.test import Client

from handrail.kernel.errors import BadInput, Refusal
from handrail.listening.actions import import_posts
from handrail.people.actions import set_audience
from handrail.people.testing import signed_in
from handrail.policy.actions import entrust, import_policy, publish
from handrail.policy.models import Policy, Version
from handrail.strategy.actions import GoalText, set_goal
from handrail.strategy.models import Goal
from tests.bad_input.given import POLICY, ROWS, assert_sentence, rows_of_everything


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31", "1066-10-14"])
def test_a_day_out_of_range_is_refused_where_a_day_is_typed(who, day) -> None:
    client = signed_in(who.ana)
    policy = import_policy(POLICY.encode(), "p.md", by=who.ana).policy
    before = rows_of_everything()
    tried = [
        client.post("/goals/new", {"statement": "Guests return", "starts_on": day}),
        client.post("/goals/new", {"statement": "Guests return", "ends_on": day}),
        client.post(f"/policies/{policy.key}/1/publish", {"effective_on": day}),
        client.post(f"/policies/{policy.key}/owner", {"review_by": day}),
        client.post("/api/v1/goals", json.dumps({"statement": "Guests return", "ends_on": day}), content_type="application/json"),
        client.post(f"/api/v1/policies/{policy.key}/1/publish?effective_on={day}"),
        client.post(f"/policies/{policy.key}/1/publish", {"effective_on": day}),
    ]  # fmt: skip
    assert [response.status_code for response in tried] == [422] * len(tried)
    assert rows_of_everything() == before
    assert Version.objects.get().state == Version.State.DRAFT
    assert Policy.objects.get().review_by is None


def test_days_out_of_range_are_refused_by_the_verbs_themselves(who) -> None:
    from_long_ago = Goal(starts_on=None)._meta.get_field("starts_on").to_python("0001-01-01")
    policy = import_policy(POLICY.encode(), "p.md", by=who.ana).policy
    for deed in (
        lambda: set_goal(GoalText("Guests return", starts_on=from_long_ago), by=who.ana),
        lambda: publish(Version.objects.get(), by=who.ana, effective_on=from_long_ago),
        lambda: entrust(policy, owner=None, contact="", review_by=from_long_ago, by=who.ana),
    ):
        with pytest.raises(BadInput) as refusal:
            deed()
        assert_sentence(refusal.value.sentence)


def test_a_span_longer_than_time_itself_is_refused_in_an_audience(who) -> None:
    for months in ("99999999999999999999", "-5", "many", "1e9"):
        rule = {"join": "all", "lines": [{"field": "tenure", "op": "at_least", "value": [months]}]}
        with pytest.raises(Refusal) as refusal:
            set_audience("Old hands", rule, by=who.ana)
        assert_sentence(refusal.value.sentence)


NASTY = (
    "\x00",
    "a\x00b\x07",
    "-1",
    "9" * 30,
    "0001-01-01T00:00:00+14:00",
    "9999-12-31T23:59:59-14:00",
    "0001-01-01",
    "9999-12-31",
    "²",
    "٣",
    "\ud800".encode("utf-8", "surrogatepass"),
    b"\xff\xfe",
    "%s%n{0}{{1}}",
    "' OR 1=1 --",
    "x" * 5000,
)

ADDRESSES = {
    "/": "show day",
    "/find": "q",
    "/history": "day",
    "/journal": "code words since until before",
    "/journal.csv": "code since",
    "/people": "q show function country after page",
    "/people/roles": "person show",
    "/policies/post/1/review": "against",
    "/goals/": "show",
    "/listening/": "topic span show since until mark",
    "/listening/more": "mark",
    "/listening/since": "after topic",
    "/listening/posts.csv": "since until",
    "/api/v1/people": "q after function",
    "/api/v1/posts": "topic sentiment mark",
    "/sign-in": "next",
}


@pytest.mark.parametrize("nasty", NASTY, ids=lambda value: ascii(value)[:24])
def test_nothing_in_an_address_breaks_a_page(who, nasty) -> None:
    import_policy(POLICY.encode(), "p.md", by=who.ana)
    import_posts(io.BytesIO(ROWS["posts"].encode()), "posts.csv", by=who.ana)
    client = Client(raise_request_exception=False)
    client.force_login(who.ana)
    broken = []
    for page, names in ADDRESSES.items():
        for name in names.split():
            status = client.get(page, {name: nasty}).status_code
            if status >= 500:
                broken.append(f"{page}?{name}= answered {status}")
    assert not broken, "\n".join(broken)


@pytest.mark.parametrize(
    ("address", "fields"),
    [
        ("/sign-in", {"username": "ana@example.org\x00", "password": "a\x00b"}),
        ("/password/new", {"email": "ana\x00@example.org"}),
        ("/goals/new", {"statement": "Guests\x00 return"}),
        ("/goals/new", {"statement": "Ring the \x07bell"}),
        ("/policies/import", {"text": "# Post\n\nBe \x00kind.", "keep": "yes"}),
        ("/policies/import", {"text": "# Post\n\nBe \x07kind.", "keep": "yes"}),
        ("/listening/topics/new", {"name": "Li\x00fts", "query": "lift\x00", "purpose": "Mend\x00"}),
        ("/listening/topics/preview", {"query": "lift\x00"}),
        ("/people/roles/give", {"person": "\x00", "role": "\x00"}),
        ("/people/audiences/new", {"name": "All\x00"}),
        ("/account", {"language": "\x00"}),
    ],
)
def test_control_characters_in_a_form_break_nothing_and_go_nowhere(who, address, fields) -> None:
    client = Client(raise_request_exception=False) if address in {"/sign-in", "/password/new"} else signed_in(who.ana)
    before = rows_of_everything()
    response = client.post(address, fields)
    assert response.status_code < 500
    assert rows_of_everything() == before


@pytest.mark.parametrize(
    "body", ["{", "[]", "null", '{"statement": 5}', '{"statement": "x", "starts_on": "never"}', "\x00"]
)
def test_a_body_the_api_cant_read_gets_a_sentence(who, body) -> None:
    before = rows_of_everything()
    response = signed_in(who.ana).post("/api/v1/goals", body, content_type="application/json")
    assert response.status_code in {400, 422}
    assert_sentence(response.json()["sentence"])
    assert rows_of_everything() == before
