"""What people decide about a finding: waivers that end, questions to legal, fixes, remarks, and the house's profile."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone

from handrail.kernel.errors import BadInput, NotNow, Refused
from handrail.kernel.models import Job
from handrail.kernel.templatetags.handrail import in_words
from handrail.people.models import Person
from handrail.people.testing import Cast, cast, signed_in
from handrail.policy.actions import (
    answer_legal,
    apply_fix,
    ask_legal,
    end_waiver,
    import_policy,
    raise_as_remark,
    set_lint_profile,
    waive,
)
from handrail.policy.models import LegalQuestion, Policy, Version, Waiver
from handrail.policy.reads import findings_of
from handrail.policy.reads.checks import (
    Checked,
    checked,
    legal_questions_for,
    lint_settings,
    waived_findings,
    waivers_of,
)
from handrail.policy.testing import in_vetting
from handrail.vetting.models import Remark

pytestmark = pytest.mark.django_db

TEXT = b"# Rules\n\nStaff shall ask the desk first.\n\nDo not disparage the company.\n\nBe kind.\n"


def draft(where: str = "US") -> tuple[Cast, Version]:
    people = cast()
    if where:
        set_lint_profile(countries=[where], sector="", public=False, by=people.ana)
    version = import_policy(TEXT, "rules.md", by=people.eva).version
    assert version is not None
    return people, version


def one(version: Version, rule: str) -> Checked:
    return next(each for each in checked(version) if each.finding.rule == rule)


def soon(days: int = 30) -> date:
    return timezone.localdate() + timedelta(days=days)


def waived(people: Cast, version: Version, rule: str = "LAW-01") -> Waiver:
    found = one(version, rule).finding
    return waive(
        version.policy, rule, clause_key=found.clause_id, quote=found.quote, reason="Counsel agreed.",
        expires_on=soon(), by=people.eva,
    )  # fmt: skip


def test_a_waived_finding_stays_in_sight_with_its_reason_until_its_day() -> None:
    people, version = draft()
    row = waived(people, version)
    entry = one(version, "LAW-01")
    assert (entry.state, entry.waiver) == ("waived", row)
    Waiver.objects.update(expires_on=timezone.localdate() - timedelta(days=1))
    assert one(version, "LAW-01").state == "open"
    assert waivers_of(version.policy) == [row]


def test_a_waiver_holds_in_the_next_version_while_the_words_stay_and_not_for_new_words() -> None:
    people, version = draft()
    waived(people, version)
    again = import_policy(TEXT + b"\nMore to come.\n", "rules.md", by=people.eva).version
    assert again is not None
    assert one(again, "LAW-01").state == "waived"
    changed = import_policy(TEXT.replace(b"the company", b"the company or its managers"), "rules.md", by=people.eva)
    assert changed.version is not None
    assert one(changed.version, "LAW-01").state == "open"


def test_a_waiver_needs_a_reason_and_a_day_within_a_year_and_a_writer() -> None:
    people, version = draft()
    policy = version.policy
    with pytest.raises(BadInput, match="Say why"):
        waive(policy, "LAW-01", reason=" ", expires_on=soon(), by=people.eva)
    for day in (timezone.localdate(), soon(800)):
        with pytest.raises(BadInput, match="within a year"):
            waive(policy, "LAW-01", reason="So.", expires_on=day, by=people.eva)
    with pytest.raises(BadInput, match="no rule"):
        waive(policy, "LAW-99", reason="So.", expires_on=soon(), by=people.eva)
    with pytest.raises(Refused):
        waive(policy, "LAW-01", reason="So.", expires_on=soon(), by=people.dev)


def test_a_second_waiver_waits_until_the_first_ended() -> None:
    people, version = draft()
    row = waived(people, version)
    with pytest.raises(NotNow):
        waived(people, version)
    end_waiver(row, by=people.eva)
    with pytest.raises(NotNow):
        end_waiver(row, by=people.eva)
    assert one(version, "LAW-01").state == "open"
    assert waived(people, version).pk != row.pk


def test_whoever_asked_gets_the_answer_by_mail_with_the_rule_in_words_and_links_that_work(settings: Any) -> None:
    settings.HANDRAIL_ADDRESS = "https://handrail.example/"
    people, version = draft()
    question = ask_legal(version, one(version, "LAW-01").finding, by=people.eva, words="Is this fine?")
    asked = Job.objects.get(key=f"legal-{question.pk}-{people.ben.pk}")
    assert f"https://handrail.example/policies/legal#q{question.pk}" in asked.args[2]
    answer_legal(question, "Narrow it to lies.", by=people.ben)
    told = Job.objects.get(key=f"legal-answer-{question.pk}")
    assert told.args[0] == people.eva.email
    for words in ("A ban on criticism", "Narrow it to lies.", "Is this fine?", "https://handrail.example/policies/"):
        assert words in told.args[2]


def test_whoever_asked_and_left_gets_no_mail() -> None:
    people, version = draft()
    question = ask_legal(version, one(version, "LAW-01").finding, by=people.eva)
    Person.objects.filter(pk=people.eva.pk).update(is_active=False)
    answer_legal(question, "Fine.", by=people.ben)
    assert not Job.objects.filter(key=f"legal-answer-{question.pk}").exists()


def test_review_publish_and_the_check_page_say_the_same_number_for_this_house_without_what_is_waived() -> None:
    people, version = draft("GB")
    rows = checked(version)
    assert [each.rule for each in findings_of(version)] == [each.finding.rule for each in rows]
    waived(people, version)
    assert len(findings_of(version)) == len(rows) - 1
    assert [each.finding.rule for each in waived_findings(version)] == ["LAW-01"]
    page = signed_in(people.eva).get(f"/policies/{version.policy.key}/{version.number}/checks").content.decode()
    review = signed_in(people.eva).get(f"/policies/{version.policy.key}/{version.number}/review").content.decode()
    assert f"Findings ({len(rows) - 1})" in review
    assert f"{in_words(len(rows) - 1).capitalize()} findings stand" in page


def test_legal_is_asked_once_by_task_and_mail_and_the_answer_stands_beside_the_finding() -> None:
    people, version = draft()
    found = one(version, "LAW-01").finding
    question = ask_legal(version, found, by=people.eva, words="Is this fine?")
    assert legal_questions_for(people.ben) == [question]
    assert legal_questions_for(people.eva) == []
    assert Job.objects.filter(key=f"legal-{question.pk}-{people.ben.pk}").count() == 1
    with pytest.raises(NotNow):
        ask_legal(version, found, by=people.eva)
    assert one(version, "LAW-01").state == "asked"
    with pytest.raises(Refused):
        answer_legal(question, "Fine.", by=people.eva)
    answer_legal(question, "Narrow it to lies.", by=people.ben)
    with pytest.raises(NotNow):
        answer_legal(question, "Again.", by=people.ben)
    entry = one(version, "LAW-01")
    assert entry.state == "answered"
    assert entry.question is not None
    assert entry.question.answer == "Narrow it to lies."
    assert legal_questions_for(people.ben) == []


def test_a_fix_edits_the_clause_and_the_finding_is_gone() -> None:
    people, version = draft()
    entry = one(version, "CLR-03")
    with pytest.raises(Refused):
        apply_fix(version, entry.mark, by=people.dev)
    apply_fix(version, entry.mark, by=people.eva)
    version.refresh_from_db()
    assert "Staff must ask the desk first." in version.markdown
    assert all(each.finding.rule != "CLR-03" for each in checked(version))
    with pytest.raises(NotNow):
        apply_fix(version, entry.mark, by=people.eva)


def test_a_finding_without_a_certain_fix_is_left_to_people() -> None:
    people, version = draft()
    with pytest.raises(NotNow, match="no certain fix"):
        apply_fix(version, one(version, "LAW-01").mark, by=people.eva)


def test_a_finding_becomes_a_remark_of_the_round_and_only_once() -> None:
    people, version = draft()
    mark = one(version, "LAW-01").mark
    with pytest.raises(NotNow):
        raise_as_remark(version, mark, by=people.ben)
    in_vetting(version, people)
    version.refresh_from_db()
    made = raise_as_remark(version, mark, by=people.ben)
    assert (made.because_rule, made.quote) == ("LAW-01", "Do not disparage the company.")
    raise_as_remark(version, mark, by=people.ben)
    assert Remark.objects.filter(because_rule="LAW-01").count() == 1


def test_the_house_is_where_people_work_until_the_governance_owner_says_otherwise() -> None:
    people, version = draft(where="")
    assert lint_settings()["countries"] == ["IE"]
    assert all(each.finding.rule != "LAW-01" for each in checked(version))
    with pytest.raises(Refused):
        set_lint_profile(countries=["US"], sector="", public=False, by=people.eva)
    with pytest.raises(BadInput):
        set_lint_profile(countries=["XX"], sector="", public=False, by=people.ana)
    set_lint_profile(countries=["us", "UK"], sector="Hospitality", public=False, by=people.ana)
    assert lint_settings() | {"organisation": ""} == {
        "countries": ["US", "GB"],
        "sector": "hospitality",
        "public": False,
        "organisation": "",
    }
    assert one(version, "LAW-01").state == "open"


def test_the_page_of_findings_narrows_waives_asks_and_gives_csv() -> None:
    people, version = draft()
    address = f"/policies/{version.policy.key}/{version.number}/checks"
    browser = signed_in(people.eva)
    page = browser.get(address).content.decode()
    assert "LAW-01" in page
    assert "COV-13" in page
    narrowed = browser.get(address + "?group=lawful").content.decode()
    assert "Disparage" not in narrowed
    assert "COV-13" not in narrowed
    mark = one(version, "LAW-01").mark
    said = {"verb": "waive", "mark": mark, "reason": "Counsel agreed.", "expires_on": soon().isoformat()}
    assert browser.post(address, said).status_code == 302
    assert browser.post(address, {"verb": "ask", "mark": mark}).status_code == 302
    assert "Counsel agreed." in browser.get(address + "?state=waived").content.decode()
    rows = browser.get(address + "?format=csv").content.decode()
    assert "LAW-01,lawful,counsel,waived" in rows
    assert browser.post(address, {"verb": "end_waiver", "waiver": Waiver.objects.get().pk}).status_code == 302
    assert browser.post(address, {"verb": "fix", "mark": one(version, "CLR-03").mark}).status_code == 302
    assert browser.post(address, {"verb": "sing", "mark": mark}).status_code == 422
    assert signed_in(people.dev).get(address).status_code == 403


def test_legal_answers_on_its_own_page_and_others_cannot_open_it() -> None:
    people, version = draft()
    question = ask_legal(version, one(version, "LAW-01").finding, by=people.eva)
    assert signed_in(people.eva).get("/policies/legal").status_code == 403
    browser = signed_in(people.ben)
    assert "One question waits for legal" in browser.get("/policies/legal").content.decode()
    assert browser.post("/policies/legal", {"question": question.pk, "answer": "Fine."}).status_code == 302
    assert LegalQuestion.objects.get().answer == "Fine."
    assert "Nothing waits for legal" in browser.get("/policies/legal").content.decode()


def test_the_catalogue_shows_every_rule_and_the_profile_is_for_the_governance_owner() -> None:
    people, _ = draft()
    page = signed_in(people.dev).get("/policies/rules").content.decode()
    assert "60 rules read each policy" in page
    assert page.count('scope="row"') == 60
    assert signed_in(people.eva).get("/policies/check").status_code == 403
    browser = signed_in(people.ana)
    assert browser.get("/policies/check").status_code == 200
    assert browser.post("/policies/check", {"countries": "US", "sector": "retail"}).status_code == 302
    assert lint_settings()["sector"] == "retail"


def test_the_api_gives_findings_and_the_same_verbs_and_refusals() -> None:
    people, version = draft()
    base = f"/api/v1/policies/{version.policy.key}/{version.number}/findings"
    browser = signed_in(people.eva)
    rows = browser.get(base).json()
    found = next(each for each in rows if each["rule"] == "LAW-01")
    said = {"reason": "Counsel agreed.", "expires_on": soon().isoformat()}
    done = browser.post(f"{base}/{found['mark']}/waive", said, content_type="application/json")
    assert done.json()["state"] == "waived"
    again = browser.post(f"{base}/{found['mark']}/waive", said, content_type="application/json")
    assert again.status_code == 409
    assert len(browser.get("/api/v1/rules").json()) == 60
    assert signed_in(people.dev).get(base).status_code == 403
    assert Policy.objects.count() == 1
