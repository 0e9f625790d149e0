"""A version leaves as a file in five faces; the record of its vetting goes with each and never comes back as text."""

from io import BytesIO

import docx
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from handrail.kernel.paper import to_docx, to_pdf
from handrail.kernel.paper.pdf import packed
from handrail.people.testing import Cast, cast, signed_in
from handrail.policy.actions import import_policy
from handrail.policy.doors.paper import policy_paper, record_of_version
from handrail.policy.doors.tests import word_hands as hands
from handrail.policy.doors.tests.word_oracle import lines_left
from handrail.policy.models import Suggestion, Version
from handrail.policy.pure import read_policy
from handrail.policy.testing import published

pytestmark = pytest.mark.django_db

TEXT = b"# Social media policy\n\n## Guests\n\n- Ask first.\n- Answer within 48 hours.\n\nNever name a guest.\n"


def _published() -> tuple[Cast, Version]:
    people = cast()
    report = import_policy(TEXT, "policy.md", by=people.eva, owner=people.ana)
    assert report.version is not None
    return people, published(Version.objects.get(pk=report.version.pk), people)


@pytest.mark.parametrize("ending", ["md", "html", "txt", "docx", "pdf"])
def test_every_face_has_the_words_and_the_record(ending: str) -> None:
    people, version = _published()
    answer = signed_in(people.dev).get(f"/policies/{version.policy.key}/1/text.{ending}")
    assert answer.status_code == 200
    assert f"v1.{ending}" in answer["Content-Disposition"]
    raw = answer.content
    if ending == "pdf":
        assert raw.startswith(b"%PDF")
        assert b"How this text was vetted" in to_pdf_words(version)
        return
    said = (
        "\n".join(part.text or "" for part in docx.Document(BytesIO(raw)).element.iter() if part.text)
        if ending == "docx"
        else raw.decode()
    )
    assert "Answer within 48 hours." in said
    assert "How this text was vetted" in said
    assert "Ben Achterberg" in said


def to_pdf_words(version: Version) -> bytes:
    """The bookmarks of a PDF stand in it as they are written."""
    paper = policy_paper(version, record=record_of_version(version))
    assert to_pdf(paper) == to_pdf(paper)
    return str(packed(paper)).encode()


def test_what_goes_out_as_markdown_or_word_comes_in_as_the_same_clauses() -> None:
    people, version = _published()
    eva = signed_in(people.eva)
    for ending in ("md", "docx"):
        raw = eva.get(f"/policies/{version.policy.key}/1/text.{ending}").content
        back = read_policy(raw, f"p.{ending}")
        assert [clause.text for clause in back.clauses] == [row.text for row in version.clauses.order_by("position")]
        assert import_policy(raw, f"p.{ending}", by=people.eva).is_unchanged


def test_changes_between_versions_are_a_word_file() -> None:
    people, version = _published()
    import_policy(TEXT.replace(b"48", b"24"), "policy.md", by=people.eva)
    raw = signed_in(people.eva).get(f"/policies/{version.policy.key}/2/changes.docx?against=1").content
    assert any("24 hours" in words for _, words in lines_left(raw, accepted=True))
    assert any("48 hours" in words for _, words in lines_left(raw, accepted=False))
    assert signed_in(people.dev).get(f"/policies/{version.policy.key}/2/changes.docx").status_code == 403
    assert signed_in(people.eva).get(f"/policies/{version.policy.key}/1/changes.docx").status_code == 404
    assert signed_in(people.eva).get(f"/policies/{version.policy.key}/2/changes.docx?against=x").status_code == 404


def test_a_redline_that_was_edited_further_comes_back_too() -> None:
    people, version = _published()
    import_policy(TEXT.replace(b"48", b"24"), "policy.md", by=people.eva)
    eva = signed_in(people.eva)
    raw = eva.get(f"/policies/{version.policy.key}/2/changes.docx?against=1").content
    raw = hands.tracked(raw, "Never name", "Do not name", "Ben")
    answer = eva.post(f"/policies/{version.policy.key}/2/word", {"file": SimpleUploadedFile("p.docx", raw)})
    shown = answer.content.decode()
    assert "suggests 1 change" in shown


def test_the_doors_over_the_api() -> None:
    people, version = _published()
    eva = signed_in(people.eva)
    address = f"/api/v1/policies/{version.policy.key}/1"
    raw = eva.get(f"{address}/text.docx").content
    assert raw[:2] == b"PK", raw[:300]
    file = SimpleUploadedFile("p.docx", hands.tracked(raw, "48 hours", "24 hours", "Ben"))
    said = eva.post(f"{address}/word", {"file": file}).json()
    assert (said["written"], said["suggestions"][0]["words"]) == (1, "Answer within 24 hours.")
    row = Suggestion.objects.get()
    refused = eva.post(f"{address}/suggestions/{row.pk}", {"take": False}, content_type="application/json")
    assert refused.status_code == 422
    done = eva.post(f"{address}/suggestions/{row.pk}", {"take": True}, content_type="application/json").json()
    assert done["state"] == "taken"
    assert eva.get(f"{address}/suggestions").json()[0]["state"] == "taken"
    pushed = SimpleUploadedFile("p.md", eva.get(f"{address}/folder.md").content)
    assert eva.post("/api/v1/policies/push", {"file": pushed}).json()["outcome"] == "behind"


def test_the_same_version_gives_the_same_word_file() -> None:
    _, version = _published()
    assert to_docx(policy_paper(version)) == to_docx(policy_paper(version))
