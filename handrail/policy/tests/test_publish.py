"""A draft comes into force, and its words stay as they were."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from handrail.kernel.errors import BadInput, NotNow, Refused
from handrail.kernel.models import JournalEntry
from handrail.people.testing import cast
from handrail.policy.actions import (
    bring_into_force,
    drop_draft,
    entrust,
    hold_back,
    import_policy,
    may_publish,
    may_write,
    publish,
    revise,
)
from handrail.policy.models import ClauseText, Policy, Version
from handrail.policy.pure import read_markdown
from handrail.policy.testing import cleared, in_vetting, published

pytestmark = pytest.mark.django_db

FIRST = b"""---
owner: ana@example.org
contact: social@example.org
next review: 2027-03-01
---
# Social media policy

## Guests

You should:

- Ask before you post.
- Answer within 48 hours.

Never name a guest.
"""
SECOND = FIRST.replace(b"should", b"must").replace(b"48", b"24") + b"\n## Help\n\nCall the duty manager.\n"


def test_a_file_becomes_a_draft_with_its_clauses_owner_and_review() -> None:
    people = cast()
    report = import_policy(FIRST, "policy.md", by=people.eva)
    assert report.written
    assert report.policy is not None
    assert report.version is not None
    assert (report.policy.key, report.policy.owner, report.policy.contact) == (
        "social-media-policy", people.ana, "social@example.org",
    )  # fmt: skip
    assert report.policy.review_by == date(2027, 3, 1)
    rows = list(report.version.clauses.values_list("text", "kind", "frame"))
    assert ("Ask before you post.", "do", "should") in rows
    assert ("Never name a guest.", "don't", "must not") in rows
    assert report.version.state == Version.State.DRAFT
    assert JournalEntry.objects.filter(code="policy.imported", who_id=people.eva.pk).count() == 1


def test_a_dry_run_says_what_would_change_and_writes_nothing() -> None:
    people = cast()
    report = import_policy(FIRST, "policy.md", by=people.eva, dry_run=True)
    assert report.is_new
    assert len(report.document.clauses) == 4
    assert not Policy.objects.exists()
    assert not JournalEntry.objects.exists()


def test_the_same_text_twice_changes_nothing() -> None:
    people = cast()
    import_policy(FIRST, "policy.md", by=people.eva)
    again = import_policy(FIRST, "policy.md", by=people.eva)
    assert again.is_unchanged
    assert not again.written
    assert Version.objects.count() == 1
    assert JournalEntry.objects.filter(code="policy.imported").count() == 1


def test_a_later_text_keeps_the_ids_of_the_clauses_it_changed() -> None:
    people = cast()
    first = import_policy(FIRST, "policy.md", by=people.eva).version
    assert first is not None
    published(first, people)
    report = import_policy(SECOND, "policy.md", by=people.eva)
    second = report.version
    assert second is not None
    assert second.number == 2
    old = dict(first.clauses.values_list("key", "text"))
    new = dict(second.clauses.values_list("key", "text"))
    changed = next(key for key, text in old.items() if text == "Answer within 48 hours.")
    assert new[changed] == "Answer within 24 hours."
    assert report.counts["new"] == 1
    assert {change.clause: change.change for change in report.changes}[changed] == "tightened"
    assert set(old) <= set(new)


def test_a_second_import_before_publishing_changes_the_draft_itself() -> None:
    people = cast()
    import_policy(FIRST, "policy.md", by=people.eva)
    import_policy(SECOND, "policy.md", by=people.eva)
    version = Version.objects.get()
    assert version.number == 1
    assert "24 hours" in version.markdown
    assert version.clauses.count() == 5


def test_publishing_supersedes_the_version_before_and_says_who_was_heard() -> None:
    people = cast()
    first = import_policy(FIRST, "policy.md", by=people.eva).version
    assert first is not None
    published(first, people)
    second = import_policy(SECOND, "policy.md", by=people.eva).version
    assert second is not None
    done = published(second, people, effective_on=date(2026, 6, 1))
    first.refresh_from_db()
    assert (first.state, done.state) == ("superseded", "published")
    assert done.vetted
    assert done.vetting_note == ""
    assert len(done.sha256) == 64
    assert done.effective_on == date(2026, 6, 1)
    rows = JournalEntry.objects.filter(code__startswith="policy.").exclude(code="policy.change_typed")
    codes = list(rows.order_by("id").values_list("code", flat=True))
    assert codes == ["policy.imported", "policy.published", "policy.imported", "policy.superseded", "policy.published"]


def test_only_authors_bring_in_and_only_the_owner_publishes() -> None:
    people = cast()
    assert {person for person in people.everyone() if may_write(person)} == {people.ana, people.eva}
    for person in people.everyone():
        if not may_write(person):
            with pytest.raises(Refused):
                import_policy(FIRST, "policy.md", by=person)
    version = import_policy(FIRST.replace(b"ana@", b"ben@"), "policy.md", by=people.eva).version
    assert version is not None
    assert {person for person in people.everyone() if may_publish(person, version)} == {people.ana, people.ben}
    with pytest.raises(Refused):
        publish(version, by=people.eva)
    version.refresh_from_db()
    assert version.state == "draft"


def test_nothing_is_published_that_no_round_cleared() -> None:
    people = cast()
    version = import_policy(FIRST, "policy.md", by=people.eva).version
    assert version is not None
    with pytest.raises(NotNow, match="nobody has read it yet"):
        publish(version, by=people.ana)
    in_vetting(version, people)
    with pytest.raises(NotNow, match="Legal has not signed"):
        publish(version, by=people.ana)
    for attempt in (
        lambda: Version.objects.filter(pk=version.pk).update(state="published"),
        lambda: Version.objects.filter(pk=version.pk).update(state="scheduled"),
        lambda: Version.objects.filter(pk=version.pk).update(state="cleared"),
        lambda: _raw("UPDATE policy_version SET state = 'published' WHERE id = %s", version.pk),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            attempt()
    version.refresh_from_db()
    version.state = Version.State.PUBLISHED
    with pytest.raises((IntegrityError, ValueError)), transaction.atomic():
        version.save()
    version.refresh_from_db()
    assert version.state == "in_vetting"


def _raw(statement: str, key: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, [key])


def test_words_that_a_round_cleared_are_the_words_that_are_published() -> None:
    people = cast()
    version = import_policy(FIRST, "policy.md", by=people.eva).version
    assert version is not None
    cleared(version, people)
    publishable = Version.objects.get(pk=version.pk)
    other = publishable.markdown.replace("48 hours", "a year")
    Version.objects.filter(pk=version.pk).update(state="in_vetting")
    Version.objects.filter(pk=version.pk).update(markdown=other)
    with pytest.raises(NotNow, match="can’t be published yet"):
        publish(version, by=people.ana)


def test_a_version_with_a_day_to_come_waits_for_it_and_can_be_held_back() -> None:
    people = cast()
    first = import_policy(FIRST, "policy.md", by=people.eva).version
    assert first is not None
    published(first, people)
    second = import_policy(SECOND, "policy.md", by=people.eva).version
    assert second is not None
    day = timezone.localdate() + timedelta(days=30)
    done = published(second, people, effective_on=day)
    first.refresh_from_db()
    assert (first.state, done.state) == ("published", "scheduled")
    assert bring_into_force(day - timedelta(days=1)) == []
    assert hold_back(done, by=people.ana).state == "cleared"
    assert bring_into_force(day) == []
    publish(done, by=people.ana, effective_on=day)
    assert [each.pk for each in bring_into_force(day)] == [done.pk]
    assert bring_into_force(day) == []
    first.refresh_from_db()
    assert first.state == "superseded"
    codes = list(JournalEntry.objects.filter(code__startswith="policy.").values_list("code", flat=True))
    assert codes.count("policy.scheduled") == 2
    assert codes.count("policy.held_back") == 1
    assert codes.count("policy.published") == 2


def test_a_version_is_published_once() -> None:
    people = cast()
    version = import_policy(FIRST, "policy.md", by=people.eva).version
    assert version is not None
    published(version, people)
    with pytest.raises(NotNow, match="in force already"):
        publish(version, by=people.ana)


def test_published_words_can_be_changed_by_nobody_not_even_in_the_database() -> None:
    people = cast()
    version = import_policy(FIRST, "policy.md", by=people.eva).version
    assert version is not None
    done = published(version, people)
    done.markdown += "And more."
    with pytest.raises(ValueError, match="was published"):
        done.save()
    with pytest.raises(ValueError, match="stays in the record"):
        done.delete()
    for attempt in (
        lambda: Version.objects.filter(pk=done.pk).update(markdown="x"),
        lambda: Version.objects.filter(pk=done.pk).update(state="draft"),
        lambda: Version.objects.filter(pk=done.pk)._raw_delete("default"),
        lambda: ClauseText.objects.filter(version=done).update(text="x"),
        lambda: ClauseText.objects.filter(version=done)._raw_delete("default"),
        lambda: ClauseText.objects.create(version=done, key="c-new", position=99, line_start=1, line_end=1),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            attempt()
    done.refresh_from_db()
    assert "And more." not in done.markdown


def test_a_text_without_a_clause_and_an_empty_file_are_refused_with_a_sentence() -> None:
    people = cast()
    with pytest.raises(BadInput, match="no clause"):
        import_policy(b"# Only a heading\n", "policy.md", by=people.eva)
    with pytest.raises(BadInput, match="empty"):
        import_policy(b"", "policy.md", by=people.eva)


def test_revising_keeps_ids_that_stand_in_the_text() -> None:
    people = cast()
    version = import_policy(FIRST, "policy.md", by=people.eva).version
    assert version is not None
    ids = [clause.id for clause in read_markdown(version.markdown).clauses]
    revise(version.policy, version.markdown.replace("Never name a guest.", "We trust you."), by=people.eva)
    version.refresh_from_db()
    assert list(version.clauses.values_list("key", flat=True)) == ids


def test_entrusting_is_the_governance_owners_and_refuses_leavers() -> None:
    people = cast()
    policy = import_policy(b"Be kind.", "kind.md", by=people.eva).policy
    assert policy is not None
    with pytest.raises(Refused):
        entrust(policy, owner=people.ben, contact="", review_by=None, by=people.eva)
    people.gil.ends_on = date(2020, 1, 1)
    people.gil.save()
    with pytest.raises(BadInput, match="doesn’t work here"):
        entrust(policy, owner=people.gil, contact="", review_by=None, by=people.ana)
    entrust(policy, owner=people.ben, contact="ask@example.org", review_by=date(2027, 1, 1), by=people.ana)
    policy.refresh_from_db()
    assert policy.owner == people.ben
    assert JournalEntry.objects.filter(code="policy.entrusted").count() == 1
    entrust(policy, owner=people.ben, contact="ask@example.org", review_by=date(2027, 1, 1), by=people.ana)
    assert JournalEntry.objects.filter(code="policy.entrusted").count() == 1


def test_a_draft_is_given_up_but_a_published_version_is_not() -> None:
    people = cast()
    version = import_policy(FIRST, "policy.md", by=people.eva).version
    assert version is not None
    with pytest.raises(Refused):
        drop_draft(version, by=people.dev)
    drop_draft(version, by=people.eva)
    assert not Version.objects.exists()
    version = import_policy(FIRST, "policy.md", by=people.eva).version
    assert version is not None
    done = published(version, people)
    with pytest.raises(NotNow):
        drop_draft(done, by=people.eva)
