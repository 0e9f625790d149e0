"""The final copy says which findings the house lives with; a suggestion during vetting goes to the round."""

from datetime import timedelta

import pytest
from django.utils import timezone

from handrail.people.testing import cast, signed_in
from handrail.policy.actions import import_policy, waive
from handrail.policy.doors.paper import policy_paper
from handrail.policy.models import Version
from handrail.policy.reads import standing_of
from handrail.policy.reads.checks import standing_findings
from handrail.policy.testing import in_vetting
from handrail.policy.tests.test_publish import FIRST

pytestmark = pytest.mark.django_db


def test_a_waived_finding_stands_behind_the_text_with_its_reason_and_its_last_day() -> None:
    people = cast()
    version = import_policy(FIRST, "policy.md", by=people.eva).version
    assert version is not None
    eva = signed_in(people.eva)
    at = "/policies/social-media-policy/1"
    assert "waived, with reasons" not in eva.get(f"{at}/text.md").content.decode()
    found = standing_findings(version)[0]
    until = timezone.localdate() + timedelta(days=30)
    waive(
        version.policy, found.rule, by=people.ana, reason="The works council knows.", expires_on=until,
        clause_key=found.clause_id, quote=found.quote,
    )  # fmt: skip
    for ending in ("md", "html", "txt"):
        text = eva.get(f"{at}/text.{ending}").content.decode()
        for words in ("1 finding waived, with reasons", "The works council knows.", f"{until:%-d %B %Y}", found.rule):
            assert words in text
    assert "waived, with reasons" in repr(policy_paper(version))
    exported = eva.get(f"{at}/text.md").content
    assert import_policy(exported, "policy.md", by=people.eva).is_unchanged
    assert standing_of(version) in eva.get(f"{at}/review").content.decode()


def test_during_vetting_a_suggestion_is_made_in_the_round_and_else_as_an_amendment() -> None:
    people = cast()
    version = import_policy(FIRST, "policy.md", by=people.eva).version
    assert version is not None
    key = version.clauses.get(text="Never name a guest.").key
    round = in_vetting(version, people)
    ben = signed_in(people.ben)
    page = ben.get("/policies/social-media-policy/1/review").content.decode()
    assert f'href="/vetting/{round.pk}/say?clause={key}"' in page
    assert "/propose?clause=" not in page
    assert ben.get(f"/vetting/{round.pk}/say?clause={key}").status_code == 200
    assert Version.objects.get().state == "in_vetting"
