"""Policies stand as files in a folder: pulled, edited, pushed back, and nothing is ever overwritten."""

import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from handrail.__main__ import main
from handrail.kernel.errors import BadInput, NotNow
from handrail.people.testing import cast
from handrail.policy.actions import file_of, has_own_edits, import_policy, push_file
from handrail.policy.doors.folder import Stamp, read_file, written_file
from handrail.policy.doors.tests.edits import policies
from handrail.policy.models import Suggestion, Version
from handrail.policy.pure import read_policy
from handrail.policy.testing import cleared, in_vetting, published
from handrail.policy.text.annex import with_annex, without_annex
from handrail.vetting.models import Remark

TEXT = b"# Social media policy\n\n- Ask first.\n- Answer within 48 hours.\n"
STAMP = Stamp("social-media-policy", 3, "draft", "ab" * 32)
FRONTS = st.sampled_from(
    ["", "---\n---\n", "---\ntitle: A\nowner: b@c.d\n---\n", '+++\ntitle = "A"\n+++\n', "---\n\n# no front\n", "***\n"]
)


@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(FRONTS, policies(), st.text(alphabet="-+ab: \n<>`", max_size=40))
def test_a_text_comes_back_from_its_file_to_the_letter(front: str, text: str, tail: str) -> None:
    whole = front + text + tail
    assert read_file(written_file(whole, STAMP)) == (STAMP, whole)
    assert read_file(written_file(whole, STAMP).replace("\n", "\r\n"))[1] == whole


@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(FRONTS, policies(), st.text(alphabet="-#ab <!>`|\n", max_size=60))
def test_the_record_behind_a_text_is_left_out_to_the_letter(front: str, text: str, annex: str) -> None:
    assert without_annex(with_annex(front + text, annex)) == front + text
    assert read_policy(with_annex(text, "# Record\n\nEveryone signed.").encode(), "p.md").markdown == text


@pytest.mark.django_db
def test_an_edited_file_becomes_the_draft_and_published_words_stay() -> None:
    people = cast()
    version = import_policy(TEXT, "p.md", by=people.eva).version
    version = published(Version.objects.get(pk=version.pk), people)
    file = file_of(version)
    assert push_file(file.encode(), "p.md", by=people.ana).outcome == "unchanged"
    pushed = push_file(file.replace("48", "24").encode(), "p.md", by=people.ana)
    assert (pushed.outcome, pushed.number) == ("draft", 2)
    version.refresh_from_db()
    assert "48 hours" in version.markdown
    assert "24 hours" in version.policy.versions.get(number=2).markdown


@pytest.mark.django_db
def test_a_text_that_changed_meanwhile_is_a_conflict_with_the_difference_and_nothing_is_written() -> None:
    people = cast()
    version = import_policy(TEXT, "p.md", by=people.eva).version
    file = file_of(version)
    here = push_file(file.replace("48", "12").encode(), "p.md", by=people.ana)
    assert here.outcome == "draft"
    pushed = push_file(file.replace("48", "24").encode(), "p.md", by=people.ana)
    assert pushed.is_conflict
    assert {(piece.op, piece.text.strip()) for piece in pushed.changes[0].words} >= {("del", "12"), ("ins", "24")}
    assert "12 hours" in Version.objects.get(pk=version.pk).markdown
    assert push_file(file.encode(), "p.md", by=people.ana).outcome == "behind"


@pytest.mark.django_db
def test_while_it_is_vetted_a_push_makes_remarks_and_a_cleared_text_is_left_alone() -> None:
    people = cast()
    version = Version.objects.get(pk=import_policy(TEXT, "p.md", by=people.eva).version.pk)
    in_vetting(version, people)
    version.refresh_from_db()
    pushed = push_file(file_of(version).replace("48", "24").encode(), "p.md", by=people.ana)
    assert (pushed.outcome, Remark.objects.count()) == ("suggestions", 1)
    other = Version.objects.get(pk=import_policy(b"# Other\n\nSay so.\n", "o.md", by=people.eva).version.pk)
    other = cleared(other, people)
    Version.objects.filter(pk=other.pk).update(state="cleared")
    other.refresh_from_db()
    with pytest.raises(NotNow, match="cleared"):
        push_file(file_of(other).replace("Say", "Never say").encode(), "o.md", by=people.ana)


@pytest.mark.django_db
def test_a_reviewer_pushes_suggestions() -> None:
    people = cast()
    version = Version.objects.get(pk=import_policy(TEXT, "p.md", by=people.eva).version.pk)
    pushed = push_file(file_of(version).replace("48", "24").encode(), "p.md", by=people.ben)
    assert pushed.outcome == "suggestions"
    row = Suggestion.objects.get()
    assert (row.door, row.author_name, row.words) == ("git", "Ben Achterberg", "Answer within 24 hours.")


@pytest.mark.django_db
def test_a_file_without_stamp_is_a_new_policy_or_a_conflict() -> None:
    people = cast()
    assert push_file(TEXT, "p.md", by=people.ana, dry_run=True).outcome == "new"
    assert Version.objects.count() == 0
    assert push_file(TEXT, "p.md", by=people.ana).outcome == "new"
    assert push_file(TEXT, "p.md", by=people.ana).is_conflict
    stranger = written_file("# X\n\nSay.\n", Stamp("unknown", 1, "draft", "00"))
    with pytest.raises(BadInput, match="isn’t here"):
        push_file(stranger.encode(), "x.md", by=people.ana)


def _run(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, list[dict[str, object]]]:
    code = main(["policy", *words, "--json"])
    return code, json.loads(capsys.readouterr().out or "[]")


@pytest.mark.django_db
def test_pull_and_push_on_the_command_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    people = cast()
    import_policy(TEXT, "p.md", by=people.eva)
    folder = tmp_path / "policies"
    code, rows = _run(capsys, "pull", str(folder))
    assert (code, rows[0]["outcome"]) == (0, "written")
    path = folder / "social-media-policy.md"
    first = path.read_bytes()
    assert _run(capsys, "pull", str(folder))[1][0]["outcome"] == "unchanged"
    assert path.read_bytes() == first
    path.write_bytes(first.replace(b"48", b"24"))
    assert has_own_edits(path.read_text())
    assert _run(capsys, "pull", str(folder))[0] == 1
    assert b"24" in path.read_bytes()
    assert _run(capsys, "push", str(folder), "--dry-run")[1][0]["outcome"] == "draft"
    assert "48 hours" in Version.objects.get().markdown
    assert _run(capsys, "push", str(folder))[0] == 0
    assert "24 hours" in Version.objects.get().markdown
    assert _run(capsys, "push", str(folder))[1][0]["outcome"] == "unchanged"
    assert main(["policy", "push", str(tmp_path / "nowhere")]) == 2
    assert "no folder" in capsys.readouterr().err


@pytest.mark.django_db
def test_a_push_that_only_changes_headings_says_what_became_of_them() -> None:
    people = cast()
    raw = TEXT.replace(b"- Ask", b"## Guests\n\n- Ask")
    version = import_policy(raw, "p.md", by=people.eva).version
    file = file_of(Version.objects.get(pk=version.pk))
    renamed = file.replace("## Guests", "## Guests and staff")
    put = push_file(renamed.encode(), "p.md", by=people.eva)
    assert (put.outcome, put.words) == ("draft", "Only headings changed. Put into the draft.")
    version = Version.objects.get(pk=version.pk)
    assert "## Guests and staff" in version.markdown
    in_vetting(version, people)
    file = file_of(Version.objects.get(pk=version.pk))
    again = file.replace("## Guests and staff", "## Guests")
    refused = push_file(again.encode(), "p.md", by=people.eva)
    assert refused.outcome == "unchanged"
    assert "headings are not carried" in refused.words
    assert not Remark.objects.exists()
    both = push_file(again.replace("48", "24").encode(), "p.md", by=people.eva)
    assert (both.outcome, both.count) == ("suggestions", 1)
    assert "Headings are not carried." in both.words
