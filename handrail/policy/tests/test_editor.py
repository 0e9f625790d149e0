"""The editor as people use it: with script and without, two at once, a browser that crashes, pasted and hidden things."""

import threading

import pytest
from django.db import connection
from django.test import Client

from handrail.people.testing import Cast, cast, signed_in
from handrail.policy import actions, reads
from handrail.policy.models import Unsaved, Version
from handrail.policy.tests.test_edit_clauses import TEXT, key_of

pytestmark = pytest.mark.django_db
HTMX = {"HTTP_HX_REQUEST": "true"}


@pytest.fixture
def people() -> Cast:
    return cast()


@pytest.fixture
def draft(people: Cast) -> Version:
    report = actions.import_policy(TEXT.encode(), "policy.md", by=people.eva)
    assert report.version is not None
    return report.version


def at(version: Version, rest: str = "") -> str:
    return f"/policies/{version.policy.key}/{version.number}/edit{rest}"


def base(version: Version, key: str) -> str:
    return reads.standing_clause(Version.objects.get(pk=version.pk), key).sha


def text_of(version: Version) -> str:
    return Version.objects.get(pk=version.pk).markdown


def test_without_script_a_clause_opens_is_saved_and_stands(people: Cast, draft: Version) -> None:
    eva = signed_in(people.eva)
    key = key_of(draft, "Answer")
    page = eva.get(at(draft)).content.decode()
    assert f"?clause={key}#{key}" in page
    form = eva.get(at(draft), {"clause": key}).content.decode()
    assert "<textarea" in form
    assert "Answer within 24 hours." in form
    sent = {"verb": "save", "markup": "Answer within 8 hours.", "base_sha": base(draft, key), "because": "Guests wait."}
    answer = eva.post(at(draft, f"/{key}"), sent, follow=True)
    assert answer.status_code == 200
    assert "Answer within 8 hours." in text_of(draft)
    row = reads.clause_of(draft.policy, key)
    assert row is not None
    assert [each.words for each in reads.reasons_of(row)] == ["Guests wait."]


def test_with_script_only_the_row_comes_back(people: Cast, draft: Version) -> None:
    eva = signed_in(people.eva)
    key = key_of(draft, "Answer")
    form = eva.get(at(draft, f"/{key}"), **HTMX).content.decode()
    assert form.lstrip().startswith("<section")
    sent = {"verb": "save", "markup": "Answer within *8* hours.", "base_sha": base(draft, key)}
    row = eva.post(at(draft, f"/{key}"), sent, **HTMX).content.decode()
    assert "<html" not in row
    assert "Answer within 8 hours." in row
    assert 'hx-swap-oob="true"' in row


def test_what_was_typed_before_a_crash_is_there_again_and_only_for_that_person(people: Cast, draft: Version) -> None:
    eva, ana = signed_in(people.eva), signed_in(people.ana)
    key = key_of(draft, "Answer")
    look = eva.post(at(draft, f"/{key}/typed"), {"markup": "Answer at onc", "base_sha": base(draft, key)}, **HTMX)
    assert "Kept for you" in look.content.decode()
    assert "Answer at onc" in signed_in(people.eva).get(at(draft), {"clause": key}).content.decode()
    assert "Answer at onc" not in ana.get(at(draft), {"clause": key}).content.decode()
    assert "Answer within 24 hours." in text_of(draft)
    eva.post(at(draft, f"/{key}"), {"verb": "drop"})
    assert not Unsaved.objects.exists()


@pytest.mark.parametrize("script", [True, False])
def test_two_people_see_both_wordings_and_merge_them(people: Cast, draft: Version, script: bool) -> None:
    eva, ana = signed_in(people.eva), signed_in(people.ana)
    key = key_of(draft, "Say sorry")
    seen = base(draft, key)
    extra = HTMX if script else {}
    eva.post(at(draft, f"/{key}"), {"verb": "save", "markup": "Eva’s words.", "base_sha": seen})
    answer = ana.post(at(draft, f"/{key}"), {"verb": "save", "markup": "Ana’s words.", "base_sha": seen}, **extra)
    said = answer.content.decode()
    assert answer.status_code == (200 if script else 409)
    assert "Eva’s words." in said
    assert "Ana’s words." in said
    assert Unsaved.objects.get(person=people.ana).markup == "Ana’s words."
    merged = {"verb": "save", "markup": "Eva’s words. Ana’s words.", "base_sha": base(draft, key)}
    ana.post(at(draft, f"/{key}"), merged, **extra)
    assert "Eva’s words. Ana’s words." in text_of(draft)


@pytest.mark.parametrize(("verb", "more", "shows"), [
    ("split", {"before_words": "Then call"}, "Then call the duty manager."),
    ("remove", {}, ""), ("up", {}, ""), ("down", {}, ""), ("merge", {}, ""), ("add", {"markup": "A new clause."}, "A new clause."),
    ("kind", {"kind": "principle"}, "principle -->"),
])  # fmt: skip
def test_every_verb_works_from_a_plain_form_and_undo_takes_it_back(
    people: Cast, draft: Version, verb: str, more: dict[str, str], shows: str
) -> None:
    eva = signed_in(people.eva)
    key = key_of(draft, "Say sorry")
    before = text_of(draft)
    sent = {"verb": verb, "markup": "Say sorry. Then call the duty manager.", "base_sha": base(draft, key)} | more
    answer = eva.post(at(draft, f"/{key}"), sent)
    assert answer.status_code == 302, answer.content
    assert text_of(draft) != before
    assert shows in text_of(draft)
    eva.post(at(draft, "/back"), {"verb": "undo"})
    assert text_of(draft) == before
    eva.post(at(draft, "/back"), {"verb": "redo"})
    assert text_of(draft) != before


def test_headings_are_edited_moved_and_removed(people: Cast, draft: Version) -> None:
    eva = signed_in(people.eva)
    eva.post(at(draft, "/headings/1"), {"verb": "save", "words": "Guests and friends", "was": "Guests"})
    assert "## Guests and friends" in text_of(draft)
    late = eva.post(at(draft, "/headings/1"), {"verb": "save", "words": "x", "was": "Guests"})
    assert late.status_code == 409
    eva.post(at(draft, "/headings/2"), {"verb": "up", "was": "Numbers"})
    assert text_of(draft).index("## Numbers") < text_of(draft).index("## Guests and friends")
    eva.post(at(draft, "/headings/1"), {"verb": "clause", "markup": "First of all."})
    assert "First of all." in text_of(draft)
    eva.post(at(draft, "/headings/0"), {"verb": "add", "words": "The end"})
    assert text_of(draft).rstrip().endswith("## The end")


def test_pasted_pages_arrive_as_words_and_hidden_characters_are_named(people: Cast, draft: Version) -> None:
    eva = signed_in(people.eva)
    key = key_of(draft, "Answer")
    pasted = "<p class=MsoNormal><b>Answer</b> soon<o:p></o:p></p><!-- c-forged -->"
    eva.post(at(draft, f"/{key}"), {"verb": "save", "markup": pasted, "base_sha": base(draft, key)})
    assert "Answer soon" in text_of(draft)
    assert "Mso" not in text_of(draft)
    assert "c-forged" not in text_of(draft)
    hidden = {"markup": "An\u200bswer\u00a0soon", "base_sha": base(draft, key)}
    look = eva.post(at(draft, f"/{key}/typed"), hidden, **HTMX).content.decode()
    assert "zero-width blank" in look
    assert "fixed blank" in look
    turned = eva.post(at(draft, f"/{key}"), {"verb": "save", "markup": "An\u202eswer", "base_sha": base(draft, key)})
    assert turned.status_code == 422


def test_script_in_a_clause_is_shown_as_words(people: Cast, draft: Version) -> None:
    eva = signed_in(people.eva)
    key = key_of(draft, "Answer")
    eva.post(
        at(draft, f"/{key}"),
        {"verb": "save", "markup": "a < b & <script>alert(1)</script>", "base_sha": base(draft, key)},
    )
    assert "<script>alert" not in eva.get(at(draft)).content.decode()
    assert "<script>alert" not in eva.get(at(draft), {"clause": key}).content.decode()


@pytest.mark.parametrize("who", ["ben", "cleo", "dev", "finn", "hana"])
def test_the_editor_opens_to_authors_only(people: Cast, draft: Version, who: str) -> None:
    client = signed_in(getattr(people, who))
    key = key_of(draft, "Answer")
    assert client.get(at(draft)).status_code == 403
    assert client.post(at(draft, f"/{key}"), {"verb": "remove"}).status_code == 403
    assert client.post(at(draft, "/back"), {"verb": "undo"}).status_code == 403
    assert client.get(f"/policies/{draft.policy.key}/1/changes").status_code == 403


def test_the_why_of_a_clause_is_one_click_away_for_its_readers(people: Cast, draft: Version) -> None:
    key = key_of(draft, "Answer")
    address = f"/policies/{draft.policy.key}/clauses/{key}"
    assert signed_in(people.dev).get(address).status_code == 403
    eva = signed_in(people.eva)
    assert "Nobody has written down why" in eva.get(address).content.decode()
    eva.post(address, {"kind": "law", "words": "Consumers may expect an answer.", "ref": "Directive 2005/29"})
    eva.post(address, {"verb": "entrust", "owner": people.ben.email, "topics": "complaints, speed", "audience": ""})
    Version.objects.filter(pk=draft.pk).update(state=Version.State.SUPERSEDED)
    page = signed_in(people.dev).get(address).content.decode()
    assert "Consumers may expect an answer." in page
    assert "Ben Achterberg looks after it" in page
    assert "Add a reason" not in page


def test_changes_are_confirmed_on_their_page_and_leave_as_csv(people: Cast, draft: Version) -> None:
    Version.objects.filter(pk=draft.pk).update(state=Version.State.SUPERSEDED)
    eva = signed_in(people.eva)
    eva.post(f"/policies/{draft.policy.key}/draft")
    new = Version.objects.get(number=2)
    key = key_of(new, "Answer")
    eva.post(at(new, f"/{key}"), {"verb": "save", "markup": "Answer within 8 hours.", "base_sha": base(new, key)})
    address = f"/policies/{new.policy.key}/2/changes"
    assert "tightened" in eva.get(address).content.decode()
    eva.post(address, {"clause": key, "said": "clarified"})
    assert reads.typed_changes(Version.objects.get(number=2)) == {key: "clarified"}
    assert "clarified" in eva.get(address, {"format": "csv"}).content.decode()


@pytest.mark.django_db(transaction=True)
def test_two_racing_saves_lose_nobodys_words() -> None:
    people = cast()
    draft = actions.import_policy(TEXT.encode(), "policy.md", by=people.eva).version
    assert draft is not None
    key = key_of(draft, "Say sorry")
    seen = base(draft, key)
    gate, answers = threading.Barrier(2), []

    def save(client: Client, words: str) -> None:
        gate.wait()
        status = 503
        while status == 503:  # SQLite in memory has one writer and says so at once; a person presses again.
            sent = {"verb": "save", "markup": words, "base_sha": seen}
            status = client.post(at(draft, f"/{key}"), sent).status_code
        answers.append(status)
        connection.close()

    pair = [(signed_in(people.eva), "Eva’s words."), (signed_in(people.ana), "Ana’s words.")]
    threads = [threading.Thread(target=save, args=each) for each in pair]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert sorted(answers) == [302, 409]
    kept = text_of(draft) + Unsaved.objects.get().markup
    assert "Eva’s words." in kept
    assert "Ana’s words." in kept
