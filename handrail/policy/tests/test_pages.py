"""The pages of policy: for the right person, the wrong person, and as a fragment."""

import json
import re
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from handrail.people.testing import Cast, cast, signed_in
from handrail.policy.actions import import_policy
from handrail.policy.lint import rules
from handrail.policy.models import Policy, Version
from handrail.policy.pure import compare, read_markdown
from handrail.policy.sheet import sheet
from handrail.policy.testing import cleared, published
from handrail.policy.tests.test_publish import FIRST, SECOND

pytestmark = pytest.mark.django_db


def two_versions() -> Cast:
    people = cast()
    first = import_policy(FIRST, "policy.md", by=people.eva).version
    assert first is not None
    published(first, people)
    import_policy(SECOND, "policy.md", by=people.eva)
    return people


def test_the_empty_list_teaches_and_offers_the_import_only_to_those_who_may() -> None:
    people = cast()
    page = signed_in(people.eva).get("/policies/").content.decode()
    assert "No policy is here yet." in page
    assert "/policies/import" in page
    assert "/policies/import" not in signed_in(people.dev).get("/policies/").content.decode()


def test_an_employee_reads_what_is_in_force_and_never_a_draft() -> None:
    people = two_versions()
    browser = signed_in(people.dev)
    page = browser.get("/policies/social-media-policy").content.decode()
    assert "Ask before you post." in page
    assert "48 hours" in page
    assert "24 hours" not in page
    assert "Never vetted" not in page
    assert "Version 2" not in browser.get("/policies/").content.decode()
    for path in ("2", "2/review", "2/text.md"):
        assert browser.get(f"/policies/social-media-policy/{path}").status_code == 403
    assert "Version 2" not in browser.get("/policies/social-media-policy/history").content.decode()


def test_an_employee_sees_nothing_of_a_policy_that_is_only_a_draft() -> None:
    people = cast()
    import_policy(FIRST, "policy.md", by=people.eva)
    browser = signed_in(people.dev)
    assert "Social media policy" not in browser.get("/policies/").content.decode()
    assert browser.get("/policies/social-media-policy").status_code == 403
    assert browser.get("/policies/social-media-policy/history").status_code == 403


def test_review_shows_words_added_and_removed_and_the_reason() -> None:
    people = two_versions()
    page = signed_in(people.ben).get("/policies/social-media-policy/2/review").content.decode()
    assert "<del>48</del> <ins>24</ins>" in page
    assert "Tightened" in page
    assert "<ins>Call the duty manager.</ins>" in page
    assert "since version 1" in page


def test_review_as_a_fragment_is_only_the_sheet() -> None:
    people = two_versions()
    page = signed_in(people.eva).get("/policies/social-media-policy/2/review?against=1", headers={"HX-Request": "true"})
    assert page.status_code == 200
    text = page.content.decode()
    assert text.lstrip().startswith("<article")
    assert "<html" not in text
    assert signed_in(people.eva).get("/policies/social-media-policy/2/review?against=9").status_code == 404


def test_a_text_is_looked_at_before_it_is_kept() -> None:
    people = two_versions()
    browser = signed_in(people.eva)
    file = SimpleUploadedFile("next.md", SECOND.replace(b"Call the", b"Always call the"))
    page = browser.post("/policies/import", {"file": file})
    assert page.status_code == 200
    text = page.content.decode()
    assert "Nothing has been written yet." in text
    assert "<ins>Always call</ins>" in text or "<ins>Always</ins>" in text
    assert "Always" not in Version.objects.get(number=2).markdown
    kept = browser.post(
        "/policies/import", {"draft": page.context["draft"], "name": "next.md", "title": "", "keep": "yes"}
    )
    assert kept.status_code == 302
    assert "Always" in Version.objects.get(number=2).markdown


def test_pasted_text_goes_the_same_way() -> None:
    people = cast()
    browser = signed_in(people.ana)
    page = browser.post("/policies/import", {"text": "Be kind.\n\nDon't shout.", "title": "Tone"})
    assert "2 clauses found" in page.content.decode()
    browser.post(
        "/policies/import", {"draft": page.context["draft"], "name": "pasted text", "title": "Tone", "keep": "1"}
    )
    assert Policy.objects.get().title == "Tone"


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"text": "   "}, "Choose a file, or paste the text below."),
        ({"draft": "no base64 at all", "name": "x"}, "lost on the way"),
        ({"draft": "YWJj", "name": "x"}, "lost on the way"),
        ({"text": "# Only a heading"}, "no clause"),
        ({"file": BytesIO(b"%PDF-1.7")}, "is a PDF"),
        ({"file": BytesIO(b"")}, "empty"),
    ],
)
def test_a_source_that_cant_be_used_is_answered_with_a_sentence(sent, said) -> None:
    people = cast()
    page = signed_in(people.eva).post("/policies/import", sent)
    assert page.status_code == 422
    assert said in page.content.decode()
    assert not Policy.objects.exists()


def test_markup_in_a_policy_is_shown_as_words_never_run() -> None:
    people = cast()
    raw = b"# Title <script>alert(1)</script>\n\nBe `<img src=x onerror=alert(1)>` kind.\n"
    version = import_policy(raw, "p.md", by=people.eva).version
    assert version is not None
    browser = signed_in(people.ana)
    for path in ("", "/1/review", "/history", "/1/text.html"):
        text = browser.get(f"/policies/{version.policy.key}{path}").content.decode()
        assert "<img src=x" not in text
        assert "alert(1)</script>" not in text


def test_only_those_who_may_publish_and_entrust_can() -> None:
    people = two_versions()
    cleared(Version.objects.get(number=2), people)
    address = "/policies/social-media-policy"
    for person in people.everyone():
        browser = signed_in(person)
        wanted = 302 if person == people.ana else 403
        assert browser.post(f"{address}/2/publish").status_code == wanted
        assert browser.get(f"{address}/owner").status_code == (200 if person == people.ana else 403)
        assert browser.get("/policies/import").status_code == (200 if person in (people.ana, people.eva) else 403)
    assert Version.objects.get(number=2).state == "published"


def test_a_second_publish_is_refused_with_409_and_a_sentence() -> None:
    people = two_versions()
    browser = signed_in(people.ana)
    assert browser.post("/policies/social-media-policy/1/publish").status_code == 409
    assert browser.post("/policies/social-media-policy/2/publish", {"effective_on": "soon"}).status_code == 422


def test_the_owner_form_writes_and_names_what_is_wrong() -> None:
    people = two_versions()
    browser = signed_in(people.ana)
    bad = browser.post("/policies/social-media-policy/owner", {"owner": "nobody@example.org"})
    assert bad.status_code == 422
    assert "Nobody here has the e-mail" in bad.content.decode()
    browser.post("/policies/social-media-policy/owner", {"owner": "ben@example.org", "contact": "a@b.c"})
    assert Policy.objects.get().owner == people.ben


@pytest.mark.parametrize(
    ("ending", "start"), [("md", b"---"), ("html", b"<!doctype html>"), ("txt", b"Social media policy")]
)
def test_a_version_leaves_as_a_file(ending: str, start: bytes) -> None:
    people = two_versions()
    out = signed_in(people.dev).get(f"/policies/social-media-policy/1/text.{ending}")
    assert out.content.startswith(start)
    assert f"social-media-policy-v1.{ending}" in out["Content-Disposition"]
    assert signed_in(people.dev).get("/policies/social-media-policy/1/text.exe").status_code == 404


def test_a_markdown_export_comes_back_in_as_the_same_text() -> None:
    people = two_versions()
    out = signed_in(people.eva).get("/policies/social-media-policy/2/text.md").content
    assert import_policy(out, "back.md", by=people.eva).is_unchanged


def test_the_api_speaks_the_same_verbs() -> None:
    people = two_versions()
    browser = signed_in(people.dev)
    listed = json.loads(browser.get("/api/v1/policies").content)
    assert [version["number"] for version in listed[0]["versions"]] == [1]
    text = json.loads(browser.get("/api/v1/policies/social-media-policy/1").content)
    assert text["clauses"][0]["text"] == "You should:"
    assert browser.get("/api/v1/policies/social-media-policy/2").status_code == 403
    file = SimpleUploadedFile("next.md", SECOND.replace(b"Call", b"Phone"))
    said = browser.post("/api/v1/policies/import", {"file": file})
    assert said.status_code == 403
    assert "authors" in json.loads(said.content)["sentence"]
    file.seek(0)
    report = json.loads(signed_in(people.eva).post("/api/v1/policies/import?dry_run=true", {"file": file}).content)
    assert not report["written"]
    assert report["changes"][0]["words"]


def test_publishing_is_looked_at_before_it_is_done() -> None:
    people = two_versions()
    address = "/policies/social-media-policy/2/publish"
    early = signed_in(people.ana).get(address).content.decode()
    for words in (
        "Version 2 can’t be published yet.",
        "Nobody has read it yet",
        "changed</a> since version 1",
        "3 wait for an author’s word: what people are asked again follows from them.",
        'href="/policies/social-media-policy/2/changes">Look at them</a>',
    ):
        assert words in early
    assert "all confirmed" not in early
    assert '<button class="btn pri">Publish' not in early
    cleared(Version.objects.get(number=2), people)
    version_page = signed_in(people.ana).get("/policies/social-media-policy/2").content.decode()
    assert f'href="{address}"' in version_page
    assert f'action="{address}"' not in version_page
    page = signed_in(people.ana).get(address).content.decode()
    for words in ("Publish version 2?", "changed</a> since version 1", "Findings to fix", "Ana Lind", "word for word"):
        assert words in page
    assert Version.objects.get(number=2).state in ("cleared", "in_vetting")
    assert signed_in(people.dev).get(address).status_code == 403
    assert signed_in(people.eva).get(address).status_code == 403
    assert signed_in(people.ana).get("/policies/social-media-policy/1/publish").status_code == 409


def test_both_days_of_a_version_are_shown_when_it_holds_from_a_past_day() -> None:
    people = two_versions()
    cleared(Version.objects.get(number=2), people)
    browser = signed_in(people.ana)
    browser.post("/policies/social-media-policy/2/publish", {"effective_on": "2020-02-03"})
    for path in ("/2", "/history"):
        page = browser.get(f"/policies/social-media-policy{path}").content.decode()
        assert "3 February 2020" in page
        assert "today" in page
    assert (
        "In force from 3 February 2020, published today"
        in browser.get("/policies/social-media-policy/2").content.decode()
    )


def test_review_says_what_read_the_text_and_collapses_later_findings() -> None:
    people = cast()
    raw = b"# Posts\n\n## Guests\n\n### Do\n\n- Ask.\n\n### Don't\n\n- Don't utilise [team name] in order to post.\n"
    import_policy(raw, "p.md", by=people.eva)
    page = signed_in(people.eva).get("/policies/posts/1/review").content.decode()
    assert re.search(rf"({'|'.join(map(str, range(1, len(rules()) + 1)))}) rules read this: [a-z, ]+\.", page)
    assert "is advice, not a legal opinion." in page
    assert page.index('class="ofall"') < page.index('class="clause"')
    assert "<h4" not in page
    assert '<details class="short">' in page
    assert '<p class="quoted"><q>' in page


def test_the_page_and_the_findings_count_the_same_words() -> None:
    people = cast()
    raw = b"# Posts\n\n## Guests and staff\n\n" + b"We are kind to guests here. " * 200
    version = import_policy(raw, "p.md", by=people.eva).version
    assert version is not None
    assert version.words == 1204
    page = signed_in(people.eva).get("/policies/posts/1/review")
    assert "1,204 words" in page.content.decode()
    counts = [each.message for each in page.context["findings"] if re.search(r"\d,?\d+ words", each.message)]
    assert all("1,204" in each for each in counts)


def test_a_removed_clause_is_shown_under_the_heading_it_stood_under() -> None:
    old = "# P\n\n## A\n\nFirst thing to know.\n\n## Wrong\n\nTell a steward soon.\n\n## Old\n\nGone with its part.\n"
    new = "# P\n\n## A\n\nFirst thing to know.\n\n## More\n\nQuite another matter.\n\n## Wrong\n\nMistakes do happen here.\n"
    before, after = read_markdown(old), read_markdown(new)
    parts = sheet(after, compare(before, after))
    at = {row.clause.text: (part.heading, row) for part in parts for row in part.every_row()}
    assert at["Tell a steward soon."][0] == "Wrong"
    assert "It stood under “Old”" in at["Gone with its part."][1].why


def test_a_version_goes_out_for_vetting_from_its_page_and_waits_for_its_day() -> None:
    people = two_versions()
    browser, address = signed_in(people.ana), "/policies/social-media-policy/2"
    assert f'href="{address}/vet"' in browser.get(address).content.decode()
    assert signed_in(people.gil).get(f"{address}/vet").status_code == 403
    page = browser.get(f"{address}/vet").content.decode()
    assert "Eva Novak wrote it and can’t sign." in page
    form = {"closes_on": "2099-01-01", "everyone": "on", "quorum_legal": 1, "why_legal": ""}
    for each in ("security", "privacy", "brand", "employees"):
        form |= {f"quorum_{each}": 0, f"why_{each}": ""}
    assert browser.post(f"{address}/vet", form).status_code == 422
    form |= {f"why_{each}": "Not touched." for each in ("security", "privacy", "brand", "employees")}
    assert browser.post(f"{address}/vet", form).status_code == 302
    assert Version.objects.get(number=2).state == "in_vetting"
    assert browser.post(f"{address}/publish").status_code == 409
    cleared(Version.objects.get(number=2), people)
    assert browser.post(f"{address}/publish", {"effective_on": "2199-02-01"}).status_code == 302
    page = signed_in(people.dev).get(address).content.decode()
    assert "Published, holds from 1 February 2199" in page
    assert "48 hours" in signed_in(people.dev).get("/policies/social-media-policy").content.decode()
    assert signed_in(people.dev).post(f"{address}/hold-back").status_code == 403
    assert browser.post(f"{address}/hold-back").status_code == 302
    assert Version.objects.get(number=2).state == "cleared"
