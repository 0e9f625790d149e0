"""Editing a draft clause by clause: who may, what is kept, two people at once, undo, and why a clause is there."""

import pytest

from handrail.kernel.errors import BadInput, NotNow, Refused
from handrail.kernel.models import JournalEntry
from handrail.people.testing import Cast, cast
from handrail.policy import actions, reads
from handrail.policy.models import Clause, ClauseEdit, Policy, Unsaved, Version
from handrail.policy.pure import read_markdown

pytestmark = pytest.mark.django_db
TEXT = """# Social media policy

We are glad you post.

## Guests

People must:

- ask before they post a guest
- name nobody else

Say sorry. Then call the duty manager.

## Numbers

Answer within 24 hours.
"""


@pytest.fixture
def people() -> Cast:
    return cast()


@pytest.fixture
def draft(people: Cast) -> Version:
    report = actions.import_policy(TEXT.encode(), "policy.md", by=people.eva)
    assert report.version is not None
    return report.version


def key_of(version: Version, begins: str) -> str:
    version.refresh_from_db()
    return next(row.key for row in version.clauses.all() if row.text.startswith(begins))


def base_of(version: Version, key: str) -> str:
    version.refresh_from_db()
    return reads.standing_clause(version, key).sha


def texts(version: Version) -> list[str]:
    version.refresh_from_db()
    rows = list(version.clauses.all())
    read = read_markdown(version.markdown).clauses
    assert [(row.key, row.text, row.position) for row in rows] == [(c.id, c.text, i) for i, c in enumerate(read)]
    return [row.text for row in rows]


def test_an_import_gives_every_clause_its_row_for_life(draft: Version) -> None:
    rows = {row.key: row for row in reads.ledger_of(draft.policy)}
    assert set(rows) == {row.key for row in draft.clauses.all()}
    assert all(row.born_in == draft and row.retired_in is None for row in rows.values())


def test_an_author_gives_a_clause_new_words_and_the_record_holds_only_its_id(people: Cast, draft: Version) -> None:
    key = key_of(draft, "Answer within")
    wording = reads.standing_clause(draft, key)
    reason = actions.Reason("goal", "Guests expect an answer the same day.", "goal:3")
    done = actions.edit_clause(
        draft, key, "Answer within *12* hours.", by=people.eva, base_sha=wording.sha, because=reason
    )
    assert texts(draft)[-1] == "Answer within 12 hours."
    assert done.keys == (key,)
    row = reads.clause_of(draft.policy, key)
    assert row is not None
    assert [(each.kind, each.ref, each.by) for each in reads.reasons_of(row)] == [("goal", "goal:3", people.eva)]
    entry = JournalEntry.objects.get(code="policy.clause_edited")
    assert key in str(entry.record)
    assert "hours" not in str(entry.record)


@pytest.mark.parametrize("who", ["ben", "cleo", "dev", "finn"])
def test_others_change_no_word(people: Cast, draft: Version, who: str) -> None:
    key = key_of(draft, "Answer")
    with pytest.raises(Refused):
        actions.edit_clause(draft, key, "x", by=getattr(people, who), base_sha="")
    with pytest.raises(Refused):
        actions.keep_unsaved(draft, key, "x", base_sha="", by=getattr(people, who))
    assert texts(draft)[-1] == "Answer within 24 hours."


def test_words_in_force_are_edited_in_a_draft_begun_from_them(people: Cast, draft: Version) -> None:
    Version.objects.filter(pk=draft.pk).update(state=Version.State.SUPERSEDED)
    draft.refresh_from_db()
    with pytest.raises(NotNow):
        actions.edit_clause(draft, key_of(draft, "Answer"), "x", by=people.eva, base_sha="")
    new = actions.begin_draft(draft.policy, by=people.eva)
    assert new.number == draft.number + 1
    assert actions.begin_draft(draft.policy, by=people.eva) == new
    assert texts(new) == texts(draft)


def test_two_people_on_the_same_clause_lose_no_words(people: Cast, draft: Version) -> None:
    key = key_of(draft, "Say sorry")
    base = base_of(draft, key)
    actions.edit_clause(draft, key, "Say sorry first.", by=people.eva, base_sha=base)
    actions.keep_unsaved(draft, key, "Say you are sorry.", base_sha=base, by=people.ana)
    with pytest.raises(actions.Diverged) as caught:
        actions.edit_clause(draft, key, "Say you are sorry.", by=people.ana, base_sha=base)
    assert (caught.value.mine, caught.value.theirs) == ("Say you are sorry.", "Say sorry first.")
    assert Unsaved.objects.get(person=people.ana).markup == "Say you are sorry."
    now = base_of(draft, key)
    actions.edit_clause(draft, key, "Say you are sorry, first.", by=people.ana, base_sha=now)
    assert "Say you are sorry, first." in texts(draft)
    assert not Unsaved.objects.exists()


def test_a_clause_removed_meanwhile_gives_the_words_back(people: Cast, draft: Version) -> None:
    key = key_of(draft, "Say sorry")
    base = base_of(draft, key)
    actions.remove_clause(draft, key, by=people.eva)
    with pytest.raises(actions.Diverged) as caught:
        actions.edit_clause(draft, key, "My words.", by=people.ana, base_sha=base)
    assert (caught.value.mine, caught.value.theirs) == ("My words.", None)


def test_the_ledger_follows_split_merge_and_undo(people: Cast, draft: Version) -> None:
    key = key_of(draft, "Say sorry")
    actions.entrust_clause(draft.policy, key, owner=people.ben, topics=["complaints"], audience=None, by=people.eva)
    actions.explain_clause(draft.policy, key, actions.Reason("misstep", "The July thread."), by=people.eva)
    done = actions.split_clause(draft, key, len("Say sorry."), by=people.eva)
    second = done.keys[1]
    row = reads.clause_of(draft.policy, second)
    assert row is not None
    assert (row.came_from, row.owner, row.topics) == ([key], people.ben, ["complaints"])
    assert [each.words for each in reads.reasons_of(row)] == ["The July thread."]
    actions.merge_clauses(draft, [key, second], by=people.eva)
    row.refresh_from_db()
    assert (row.merged_into, row.retired_in) == (key, draft)
    whole = reads.clause_of(draft.policy, key)
    assert whole is not None
    assert second in reads.ancestors(whole)
    actions.undo(draft, by=people.eva)
    row.refresh_from_db()
    assert (row.merged_into, row.retired_in) == ("", None)
    actions.undo(draft, by=people.eva)
    assert "Say sorry. Then call the duty manager." in texts(draft)


def test_undo_and_redo_walk_back_and_forth_and_are_edits_themselves(people: Cast, draft: Version) -> None:
    start = texts(draft)
    key = key_of(draft, "Answer")
    states = [start]
    for words in ("Answer within 12 hours.", "Answer within 6 hours.", "Answer at once."):
        actions.edit_clause(draft, key, words, by=people.eva, base_sha=base_of(draft, key))
        states.append(texts(draft))
    for state in states[-2::-1]:
        actions.undo(draft, by=people.eva)
        assert texts(draft) == state
    with pytest.raises(NotNow):
        actions.undo(draft, by=people.eva)
    for state in states[1:]:
        actions.redo(draft, by=people.eva)
        assert texts(draft) == state
    with pytest.raises(NotNow):
        actions.redo(draft, by=people.eva)
    assert draft.edits.count() == 9


def test_undo_leaves_what_others_wrote_elsewhere_and_refuses_over_their_words(people: Cast, draft: Version) -> None:
    last, first = key_of(draft, "Answer"), key_of(draft, "We are glad")
    actions.edit_clause(draft, last, "Answer at once.", by=people.eva, base_sha=base_of(draft, last))
    actions.edit_clause(
        draft, first, "We are very glad you post.\nTruly.", by=people.ana, base_sha=base_of(draft, first)
    )
    actions.undo(draft, by=people.eva)
    assert texts(draft)[-1] == "Answer within 24 hours."
    assert texts(draft)[0] == "We are very glad you post. Truly."
    actions.redo(draft, by=people.eva)
    actions.edit_clause(draft, last, "Answer soon.", by=people.ana, base_sha=base_of(draft, last))
    with pytest.raises(NotNow):
        actions.undo(draft, by=people.eva)
    actions.undo(draft, by=people.ana)
    actions.undo(draft, by=people.eva)
    assert texts(draft)[-1] == "Answer within 24 hours."


def test_an_id_once_used_is_never_given_to_other_words(people: Cast, draft: Version) -> None:
    key = key_of(draft, "Answer")
    actions.edit_clause(draft, key, "Reply soon.", by=people.eva, base_sha=base_of(draft, key))
    actions.remove_clause(draft, key, by=people.eva)
    done = actions.add_clause(draft, "Answer within 24 hours.", by=people.eva, after=key_of(draft, "Say sorry"))
    assert done.keys[0] != key
    actions.revise(
        draft.policy, TEXT.replace("Answer within 24 hours.", "Reply soon.\n\nAnswer within 24 hours."), by=people.eva
    )
    assert key not in {row.key for row in draft.clauses.all()}


def test_moving_one_step_passes_neighbours_and_headings(people: Cast, draft: Version) -> None:
    key = key_of(draft, "Answer")
    actions.nudge_clause(draft, key, up=True, by=people.eva)
    version = Version.objects.get(pk=draft.pk)
    assert [row.heading for row in version.clauses.all() if row.key == key] == ["Guests"]
    actions.nudge_clause(draft, key, up=True, by=people.eva)
    assert texts(draft)[-1].startswith("Say sorry")
    for _ in range(9):
        try:
            actions.nudge_clause(draft, key, up=True, by=people.eva)
        except NotNow:
            break
    assert texts(draft)[0] == "Answer within 24 hours."
    with pytest.raises(NotNow):
        actions.nudge_clause(draft, key, up=True, by=people.eva)
    for _ in range(9):
        try:
            actions.nudge_clause(draft, key, up=False, by=people.eva)
        except NotNow:
            break
    assert texts(draft)[-1] == "Answer within 24 hours."


def test_a_draft_given_up_leaves_the_ledger_as_it_was(people: Cast, draft: Version) -> None:
    Version.objects.filter(pk=draft.pk).update(state=Version.State.SUPERSEDED)
    new = actions.begin_draft(draft.policy, by=people.eva)
    key = key_of(new, "Answer")
    actions.remove_clause(new, key, by=people.eva)
    assert Clause.objects.get(key=key).retired_in == new
    actions.drop_draft(Version.objects.get(pk=new.pk), by=people.eva)
    assert Clause.objects.get(key=key).retired_in is None
    assert not ClauseEdit.objects.exists()


def test_changes_are_typed_by_an_author_and_an_edit_asks_again(people: Cast, draft: Version) -> None:
    Version.objects.filter(pk=draft.pk).update(state=Version.State.SUPERSEDED)
    new = actions.begin_draft(Policy.objects.get(), by=people.eva)
    key = key_of(new, "Answer")
    actions.edit_clause(new, key, "Answer within 12 hours.", by=people.eva, base_sha=base_of(new, key))
    new.refresh_from_db()
    assert [(each.key, each.proposed) for each in reads.unconfirmed(new)] == [(key, "tightened")]
    with pytest.raises(BadInput):
        actions.type_change(new, key, "nicer", by=people.eva)
    actions.type_change(new, key, "clarified", by=people.eva)
    assert reads.typed_changes(new) == {key: "clarified"}
    assert not reads.unconfirmed(new)
    actions.edit_clause(new, key, "Answer within 6 hours.", by=people.eva, base_sha=base_of(new, key))
    new.refresh_from_db()
    assert [each.key for each in reads.unconfirmed(new)] == [key]
    actions.confirm_changes(new, [key], by=people.eva)
    assert not reads.unconfirmed(new)
    with pytest.raises(Refused):
        actions.type_change(new, key, "new", by=people.dev)
