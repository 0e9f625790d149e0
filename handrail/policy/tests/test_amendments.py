"""Anyone proposes a change; it is taken up with its why, or declined with a reason, and done when it holds."""

from datetime import timedelta

import pytest
from django.utils import timezone

from handrail.kernel.errors import BadInput, NotNow, Refused
from handrail.kernel.models import Job, JournalEntry
from handrail.kernel.refs import Ref
from handrail.people.testing import Cast, cast, signed_in
from handrail.policy.actions import (
    Hypothesis,
    Proposal,
    back_amendment,
    decline_amendment,
    drop_draft,
    import_policy,
    propose_amendment,
    take_publishing,
    take_up,
)
from handrail.policy.models import Amendment, Version
from handrail.policy.reads import because_of, needs, queue_of
from handrail.policy.testing import published
from handrail.policy.tests.test_publish import FIRST

pytestmark = pytest.mark.django_db


def house() -> tuple[Cast, Version, str]:
    people = cast()
    version = import_policy(FIRST, "policy.md", by=people.eva).version
    assert version is not None
    version = published(version, people)
    return people, version, version.clauses.get(text="Never name a guest.").key


def test_a_proposal_is_taken_up_into_the_draft_and_its_why_stays_with_the_clause() -> None:
    people, version, key = house()
    words = Proposal("A guest was named by her room.", clause_key=key, wording="Never name a guest or their room.")
    one = propose_amendment(version.policy, words, by=people.dev)
    assert any("Answer 1 proposed amendment" in each.words for each in needs(people.eva))
    done = take_up(one, by=people.eva)
    draft = done.version
    assert draft is not None
    assert (draft.number, draft.state, done.made_key) == (2, "draft", key)
    assert draft.clauses.get(key=key).text == "Never name a guest or their room."
    reason = because_of(draft)[key][0]
    assert (reason.kind, reason.ref, reason.words) == ("amendment", f"amendment:{one.pk}", words.because)
    take_publishing(published(draft, people))
    one.refresh_from_db()
    assert one.state == Amendment.State.DONE
    assert JournalEntry.objects.filter(code="policy.amended").count() == 1


def test_a_new_clause_stands_behind_the_one_it_names() -> None:
    people, version, key = house()
    words = Proposal("Nobody knows whom to call.", after_key=key, wording="Call the duty manager.")
    done = take_up(propose_amendment(version.policy, words, by=people.hana), by=people.ana)
    assert done.version is not None
    keys = list(done.version.clauses.order_by("position").values_list("key", flat=True))
    assert keys.index(done.made_key) == keys.index(key) + 1


def test_a_declined_proposal_tells_its_author_why() -> None:
    people, version, key = house()
    one = propose_amendment(version.policy, Proposal("Too strict.", clause_key=key), by=people.dev)
    with pytest.raises(BadInput, match="why not"):
        decline_amendment(one, " ", by=people.eva)
    decline_amendment(one, "The law asks for it.", by=people.eva)
    letters = Job.objects.filter(task="handrail.people.letters.send_letter")
    assert [each.args[0] for each in letters] == ["dev@example.org"]
    assert "The law asks for it." in letters.get().args[2]
    with pytest.raises(NotNow, match="answered already"):
        take_up(one, by=people.eva)


def test_what_comes_from_a_misstep_needs_a_hypothesis() -> None:
    people, version, key = house()
    bare = Proposal("It went adrift.", clause_key=key, wording="Ask first.", source=Ref("misstep", 7))
    with pytest.raises(BadInput, match="comes from a misstep"):
        propose_amendment(version.policy, bare, by=people.eva)
    day = timezone.localdate() + timedelta(days=90)
    guess = Hypothesis("Fewer guests named.", "missteps that name a guest", day)
    whole = Proposal("It went adrift.", clause_key=key, wording="Ask.", source=Ref("misstep", 7), hypothesis=guess)
    one = propose_amendment(version.policy, whole, by=people.eva)
    assert (one.because_ref, one.check_on) == ("misstep:7", day)
    for bad in (Hypothesis("x", "", day), Hypothesis("x", "y", None), Hypothesis("x", "y", day - timedelta(days=99))):
        with pytest.raises(BadInput):
            propose_amendment(version.policy, Proposal("b", clause_key=key, hypothesis=bad), by=people.eva)


def test_one_person_backs_once_and_never_their_own() -> None:
    people, version, key = house()
    one = propose_amendment(version.policy, Proposal("Too strict.", clause_key=key), by=people.dev)
    assert [back_amendment(one, by=people.hana) for _ in range(2)] == [1, 1]
    assert back_amendment(one, by=people.gil) == 2
    with pytest.raises(Refused, match="yourself"):
        back_amendment(one, by=people.dev)
    assert back_amendment(one, by=people.gil, on=False) == 1
    assert [(row.supports, row.mine) for row in queue_of(version.policy, people.hana)] == [(1, True)]


def test_a_double_click_proposes_once() -> None:
    people, version, key = house()
    client = signed_in(people.dev)
    form = {"clause": key, "wording": "Ask.", "because": "Clearer.", "because_kind": "decision", "once": "abc"}
    for _ in range(2):
        assert client.post(f"/policies/{version.policy.key}/amendments/propose", form).status_code == 302
    assert Amendment.objects.count() == 1


def test_a_draft_given_up_lets_its_amendments_be_taken_up_again() -> None:
    people, version, key = house()
    one = propose_amendment(version.policy, Proposal("x", clause_key=key, wording="Ask."), by=people.dev)
    done = take_up(one, by=people.eva)
    assert done.version is not None
    drop_draft(done.version, by=people.eva)
    assert take_up(one, by=people.eva).version is not None


def test_pages_of_amendments_for_the_right_and_the_wrong_person() -> None:
    people, version, key = house()
    one = propose_amendment(version.policy, Proposal("x", clause_key=key, wording="Ask."), by=people.dev)
    address = f"/policies/{version.policy.key}/amendments"
    assert signed_in(people.dev).post(f"{address}/{one.pk}", {"verb": "take_up"}).status_code == 403
    assert "Take it up" not in signed_in(people.dev).get(address).content.decode()
    assert "Take it up" in signed_in(people.eva).get(address).content.decode()
    assert signed_in(people.eva).post(f"{address}/{one.pk}", {"verb": "take_up"}).status_code == 302
    assert f"A-{one.pk}" in signed_in(people.dev).get(f"{address}?format=csv").content.decode()
    assert signed_in(people.dev).get(f"{address}/propose?clause=c-none").status_code == 404
