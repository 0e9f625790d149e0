"""Whoever wrote words into a draft that was dropped stays their author, however the words come back."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from handrail.kernel.errors import NotNow, Refused
from handrail.people.models import Person, Role, RoleGrant
from handrail.people.testing import Cast, cast, make_person, signed_in
from handrail.policy.actions import drop_draft, edit_clause, import_policy, move_clause, take_withdrawal
from handrail.policy.models import DraftWriter, Version
from handrail.policy.reads import round_of, standing_clause, subject_of, writers_of
from handrail.policy.testing import in_vetting, published
from handrail.policy.tests.test_publish import FIRST
from handrail.vetting.actions import read_clauses, sign, withdraw_round
from handrail.vetting.reads import clauses_in

pytestmark = pytest.mark.django_db
NEW = FIRST + b"\nBen asks that every photo of a guest is cleared in writing.\n"


def with_ben_as_author() -> Cast:
    people = cast()
    RoleGrant.objects.create(person=people.ben, role=Role.AUTHOR, granted_by=people.ana)
    return people


def brought(raw: bytes, by: Person) -> Version:
    version = import_policy(raw, "policy.md", by=by).version
    assert version is not None
    return Version.objects.get(pk=version.pk)


def edited(version: Version, was: str, words: str, by: Person) -> Version:
    key = version.clauses.get(text=was).key
    edit_clause(version, key, words, by=by, base_sha=standing_clause(version, key).sha)
    return Version.objects.get(pk=version.pk)


def test_dropping_a_draft_and_bringing_the_same_text_in_washes_no_author_off() -> None:
    people = with_ben_as_author()
    published(brought(FIRST, people.eva), people)
    drop_draft(brought(NEW, people.ben), by=people.eva)
    again = brought(NEW, people.eva)
    assert again.created_by == people.eva
    assert people.ben in writers_of(again)
    with pytest.raises(NotNow, match="1 reviewer wrote the text and can’t count"):
        in_vetting(again, people)
    second = make_person(9)
    RoleGrant.objects.create(person=second, role=Role.REVIEWER, interest="legal", granted_by=people.ana)
    round = in_vetting(again, people)
    read_clauses(round, [clause.key for clause in clauses_in(round)], by=people.ben)
    with pytest.raises(Refused):
        sign(round, "legal", by=people.ben)


def test_words_that_were_written_over_in_the_dropped_draft_are_still_whose_they_were() -> None:
    people = with_ben_as_author()
    draft = edited(brought(FIRST, people.eva), "Never name a guest.", "Ben says: ask the guest first.", people.ben)
    draft = edited(draft, "Ben says: ask the guest first.", "Name nobody at all.", people.eva)
    drop_draft(draft, by=people.eva)
    again = brought(FIRST.replace(b"Never name a guest.", b"Ben says, ask the Guest first!"), people.eva)
    assert set(writers_of(again)) == {people.eva, people.ben}


def test_other_words_under_the_id_of_a_dropped_clause_are_still_whose_they_were() -> None:
    people = with_ben_as_author()
    published(brought(FIRST, people.eva), people)
    draft = brought(NEW, people.ben)
    markdown = draft.markdown
    drop_draft(draft, by=people.eva)
    again = brought(markdown.replace("in writing", "on paper").encode(), people.eva)
    assert "on paper" in again.markdown
    assert people.ben in writers_of(again)


def test_who_wrote_nothing_that_is_in_the_text_is_free_to_sign() -> None:
    people = with_ben_as_author()
    draft = edited(brought(FIRST, people.eva), "Never name a guest.", "Ben says: ask the guest first.", people.ben)
    drop_draft(draft, by=people.eva)
    assert writers_of(brought(FIRST.replace(b"guest.", b"visitor."), people.eva)) == [people.eva]


def test_moving_a_clause_writes_no_words_and_published_words_are_nobodys() -> None:
    people = with_ben_as_author()
    draft = brought(FIRST, people.eva)
    key, after = (draft.clauses.get(text=words).key for words in ("Never name a guest.", "You should:"))
    move_clause(draft, key, by=people.ben, after=after)
    drop_draft(Version.objects.get(pk=draft.pk), by=people.eva)
    assert set(DraftWriter.objects.values_list("person", flat=True)) == {people.eva.pk}
    published(brought(FIRST, people.eva), people)
    drop_draft(brought(NEW, people.ben), by=people.ben)
    assert DraftWriter.objects.filter(person=people.ben).values("words_sha").distinct().count() == 1


def test_a_withdrawn_round_keeps_its_writers_before_and_after_the_draft_is_dropped() -> None:
    people = with_ben_as_author()
    draft = edited(brought(FIRST, people.eva), "Never name a guest.", "Ben says: ask the guest first.", people.ben)
    second = make_person(9)
    RoleGrant.objects.create(person=second, role=Role.REVIEWER, interest="legal", granted_by=people.ana)
    round = in_vetting(draft, people)
    withdraw_round(round, "Too early.", by=people.ana)
    take_withdrawal(subject_of(draft))
    draft = Version.objects.get(pk=draft.pk)
    assert draft.state == "draft"
    assert people.ben in writers_of(draft)
    text = draft.markdown.encode()
    drop_draft(draft, by=people.eva)
    again = brought(text, people.eva)
    assert round_of(again) is None
    assert people.ben in writers_of(again)
    page = signed_in(people.eva).get(f"/policies/social-media-policy/{again.number}/vet").content.decode()
    assert "Ben Achterberg" in page


@pytest.mark.parametrize(
    "raw", [b"# Posts\n\nShort.\n\n" + b"We are kind. " * 1600, b"# " + b"P" * 20_001 + b"\n\nAsk."]
)
def test_a_clause_or_heading_beyond_20_000_letters_is_refused_with_its_place(raw: bytes) -> None:
    people = cast()
    answer = signed_in(people.eva).post("/api/v1/policies/import", {"file": SimpleUploadedFile("long.md", raw)})
    assert answer.status_code == 422
    said = answer.json()["sentence"]
    assert "20,000" in said
    assert "Clause 2 of long.md (line 5" in said or "The heading in line 1 of long.md" in said
    assert not Version.objects.exists()
