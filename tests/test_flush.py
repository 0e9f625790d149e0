"""A test database with rounds, published words and issued plans in it can be emptied, and keeps its guards."""

import pytest
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction

from handrail.kernel.guards import missing_guards
from handrail.kernel.models import JournalEntry
from handrail.people.testing import cast
from handrail.policy.actions import import_policy
from handrail.policy.models import Version
from handrail.policy.testing import published
from handrail.strategy.actions import GoalText, issue_plan, set_goal
from handrail.strategy.models import Plan
from handrail.vetting.models import Round
from handrail.vetting.testing import opened


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("turn", [1, 2])
def test_what_never_changes_is_emptied_and_guarded_again(turn: int) -> None:
    people = cast()
    version = import_policy(b"# Post\n\nBe kind.\n", "p.md", by=people.ana).version
    published(version, people)
    opened(people)
    set_goal(GoalText("Guests return"), by=people.ana)
    issue_plan(by=people.ana)
    assert Round.objects.count() == 2
    call_command("flush", interactive=False, verbosity=0)
    assert (Round.objects.count(), Version.objects.count(), Plan.objects.count()) == (0, 0, 0)
    assert JournalEntry.objects.count() == 0
    assert missing_guards() == []
    people = cast()
    version = import_policy(b"# Post\n\nBe kind.\n", "p.md", by=people.ana).version
    published(version, people)
    for table in ("policy_version", "vetting_round"):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"DELETE FROM {table}")
    with pytest.raises(DatabaseError), transaction.atomic():
        Round.objects.filter(state="cleared").update(title="Other")
