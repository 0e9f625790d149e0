"""Scenarios test clauses; an edit of the words shows whose verdict may flip, and an author says whether it does."""

import pytest

from handrail.kernel.errors import BadInput, NotNow, Refused
from handrail.people.testing import Cast, cast, signed_in
from handrail.policy.actions import (
    ScenarioWords,
    edit_clause,
    import_policy,
    import_scenarios,
    keep_scenario,
    retire_scenario,
    say_verdict,
    take_publishing,
)
from handrail.policy.models import Scenario, Version
from handrail.policy.reads import flips_of, scenarios_of, standing_clause, untested
from handrail.policy.testing import published
from handrail.policy.tests.test_publish import FIRST, SECOND

pytestmark = pytest.mark.django_db


def house() -> tuple[Cast, Version]:
    people = cast()
    version = import_policy(FIRST, "policy.md", by=people.eva).version
    assert version is not None
    return people, published(version, people)


def asked(version: Version, people: Cast, text: str, verdict: str = "fine") -> Scenario:
    words = ScenarioWords(
        "A guest asks at ten.", "May I answer at noon?", verdict, "", [version.clauses.get(text=text).key]
    )
    return keep_scenario(version.policy, words, by=people.eva)


def later(people: Cast) -> Version:
    second = import_policy(SECOND, "policy.md", by=people.eva).version
    assert second is not None
    return second


def test_a_tightened_clause_may_flip_its_scenarios_and_no_others() -> None:
    people, version = house()
    touched = asked(version, people, "Answer within 48 hours.")
    asked(version, people, "Never name a guest.", "dont")
    flips = flips_of(later(people))
    assert [(flip.scenario, flip.is_open, [each.stands for each in flip.changed]) for flip in flips] == [
        (touched, True, ["tightened"])
    ]


def test_an_authors_word_holds_for_these_wordings_and_takes_effect_with_the_version() -> None:
    people, version = house()
    one = asked(version, people, "Answer within 48 hours.")
    second = later(people)
    with pytest.raises(Refused):
        say_verdict(one, second, "dont", by=people.dev)
    say_verdict(one, second, "ask_first", by=people.eva)
    assert [flip.is_flipped for flip in flips_of(second)] == [True]
    key = second.clauses.get(text="Answer within 24 hours.").key
    edit_clause(second, key, "Answer within 12 hours.", by=people.eva, base_sha=standing_clause(second, key).sha)
    second.refresh_from_db()
    assert [flip.is_open for flip in flips_of(second)] == [True]
    say_verdict(one, second, "dont", by=people.eva)
    one.refresh_from_db()
    assert one.verdict == "fine"
    take_publishing(published(second, people))
    one.refresh_from_db()
    assert one.verdict == "dont"


def test_a_scenario_that_no_change_touches_has_no_verdict_to_say() -> None:
    people, version = house()
    one = asked(version, people, "Never name a guest.")
    with pytest.raises(NotNow, match="No change"):
        say_verdict(one, later(people), "fine", by=people.eva)


def test_dos_and_donts_without_a_scenario_are_listed() -> None:
    people, version = house()
    before = untested(version)
    key = version.clauses.get(text="Never name a guest.").key
    assert key in before
    one = asked(version, people, "Never name a guest.")
    assert untested(version) == [each for each in before if each != key]
    retire_scenario(one, by=people.eva)
    assert untested(version) == before
    assert scenarios_of(version.policy) == []


def test_a_list_goes_in_row_by_row_and_twice_changes_nothing() -> None:
    people, version = house()
    key = version.clauses.get(text="Never name a guest.").key
    raw = (
        "situation,question,verdict,clauses,why\n"
        f"A guest dances.,May I post it?,ask first,{key},People have a face.\n"
        f"A guest sings.,May I post it?,maybe,{key},\n"
        "A guest sleeps.,May I post it?,don’t,c-none,\n"
        f"A guest leaves.,May I say so?,Don't,{key},\n"
    ).encode()
    report = import_scenarios(version.policy, raw, by=people.eva)
    assert (report.made, [row.line for row in report.bad]) == (2, [3, 4])
    again = import_scenarios(version.policy, raw, by=people.eva)
    assert (again.made, again.changed, again.same) == (0, 0, 2)
    with pytest.raises(BadInput, match="first line"):
        import_scenarios(version.policy, b"a,b\n", by=people.eva)


def test_pages_of_scenarios_for_the_right_and_the_wrong_person() -> None:
    people, version = house()
    client, base = signed_in(people.eva), f"/policies/{version.policy.key}"
    key = version.clauses.get(text="Answer within 48 hours.").key
    form = {"situation": "At ten.", "question": "At noon?", "verdict": "fine", "clauses": [key]}
    assert client.post(f"{base}/scenarios", form).status_code == 302
    assert client.post(f"{base}/scenarios", form | {"clauses": []}).status_code == 422
    assert signed_in(people.dev).post(f"{base}/scenarios", form).status_code == 403
    assert "At ten." in signed_in(people.dev).get(f"{base}/scenarios").content.decode()
    assert f"At ten.,At noon?,fine,{key}," in client.get(f"{base}/scenarios?format=csv").content.decode()
    later(people)
    page = client.get(f"{base}/2/verdicts").content.decode()
    assert "One verdict may flip." in page
    assert "may get another verdict" in client.get(f"{base}/2").content.decode()
    one = Scenario.objects.get()
    assert client.post(f"{base}/2/verdicts", {"scenario": one.pk, "verdict": "fine"}).status_code == 302
    assert "Every verdict that might flip was looked at." in client.get(f"{base}/2/verdicts").content.decode()
    assert signed_in(people.dev).get(f"{base}/2/verdicts").status_code == 403
