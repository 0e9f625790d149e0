"""A Word file that went out comes back edited: each change is a suggestion at its clause, with its writer's name."""

from io import BytesIO
from zipfile import ZipFile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from hypothesis import HealthCheck, Phase, given, settings

from handrail.kernel.errors import BadInput, NotNow, Refused
from handrail.kernel.models import JournalEntry
from handrail.kernel.paper import to_docx
from handrail.people.testing import Cast, cast, signed_in
from handrail.policy.actions import Diverged, bring_word, decline, edit_clause, import_policy, take, wordings_now
from handrail.policy.doors.coming_back import came_back
from handrail.policy.doors.paper import policy_paper
from handrail.policy.doors.tests import word_hands as hands
from handrail.policy.doors.tests.edits import policies
from handrail.policy.doors.word_file import read_word
from handrail.policy.ledger import sha_of
from handrail.policy.models import Policy, Suggestion, Version
from handrail.policy.pure import read_markdown
from handrail.policy.testing import in_vetting, published
from handrail.vetting.models import Remark

TEXT = b"""# Social media policy

## Guests

You should:

- Ask before you **post** a photo.
- Answer within 48 hours.

Never name a guest. See [the guide](https://example.org/guide).

## Money

| Who | Limit |
| --- | --- |
| team | 100 euro |
| lead | 500 euro |

Keep every receipt.
"""


def _set_out() -> tuple[Cast, Version, bytes]:
    people = cast()
    report = import_policy(TEXT, "policy.md", by=people.eva)
    assert report.version is not None
    version = Version.objects.select_related("policy").get(pk=report.version.pk)
    return people, version, to_docx(policy_paper(version))


def _came(version: Version, raw: bytes):
    return came_back(read_markdown(version.markdown), read_word(raw, "p.docx"))


@pytest.mark.django_db
def test_a_file_that_nobody_touched_suggests_nothing() -> None:
    people, version, raw = _set_out()
    assert bring_word(version, raw, "p.docx", by=people.eva).came == ()


@settings(
    max_examples=60, deadline=None, phases=[Phase.explicit, Phase.generate],
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)  # fmt: skip
@given(policies())
def test_no_untouched_file_of_any_policy_suggests_anything(markdown: str) -> None:
    document = read_markdown(markdown)
    version = Version(policy=Policy(key="p", title=document.title), number=1, markdown=markdown, language="en")
    assert came_back(document, read_word(to_docx(policy_paper(version)), "p.docx")) == []


@pytest.mark.django_db
def test_tracked_changes_of_two_people_come_back_at_their_clauses() -> None:
    people, version, raw = _set_out()
    raw = hands.tracked(raw, "48 hours", "24 hours", "Ben Achterberg")
    raw = hands.tracked(raw, "Never name", "Do not ever name", "Cleo Marsh", "2026-05-08")
    found = bring_word(version, raw, "p.docx", by=people.eva)
    assert [(each.kind, each.who, each.words) for each in found.came] == [
        ("edit", "Ben Achterberg", "Answer within 24 hours."),
        ("edit", "Cleo Marsh", "Do not ever name a guest. See [the guide](<https://example.org/guide>)."),
    ]
    assert found.written == 2
    assert Suggestion.objects.filter(door="word", brought_by=people.eva, state="open").count() == 2
    assert JournalEntry.objects.filter(code="policy.suggestions_brought").count() == 1


@pytest.mark.django_db
def test_an_untracked_change_is_found_all_the_same_and_bold_stays_bold() -> None:
    _, version, raw = _set_out()
    came = _came(version, hands.replaced(raw, " a photo.", " a photo or a film."))
    assert [(each.kind, each.words) for each in came] == [("edit", "Ask before you **post** a photo or a film.")]


@pytest.mark.django_db
def test_new_removed_and_moved_clauses_and_table_cells_come_back() -> None:
    _, version, raw = _set_out()
    keys = {clause.text: clause.id for clause in read_markdown(version.markdown).clauses}
    raw = hands.paragraph_added(raw, "Say who you are.", "48 hours", "Ben")
    raw = hands.paragraph_struck(raw, "Never name a guest", "Cleo")
    raw = hands.replaced(raw, "500 euro", "900 euro")
    found = {(each.kind, each.clause_key): each for each in _came(version, raw)}
    new = found[("new", "")]
    assert (new.words, new.who, new.after) == ("Say who you are.", "Ben", keys["Answer within 48 hours."])
    gone = found[("removed", keys["Never name a guest. See the guide."])]
    assert gone.who == "Cleo"
    row = found[("edit", keys["Who: lead; Limit: 500 euro"])]
    assert row.words == "| lead | 900 euro |"
    assert len(found) == 3
    moved = _came(version, hands.paragraph_moved(_set_again(version), "Keep every receipt", "Never name a guest"))
    assert [(each.kind, each.clause_key) for each in moved] == [("moved", keys["Keep every receipt."])]


def _set_again(version: Version) -> bytes:
    return to_docx(policy_paper(version))


@pytest.mark.django_db
def test_a_changed_heading_and_a_comment_come_back() -> None:
    _, version, raw = _set_out()
    raw = hands.tracked(raw, "Guests", "Guests and friends", "Ben")
    raw = hands.commented(raw, "every receipt", "Which ones? שלום 👍", "Ines")
    heading, remark = _came(version, raw)
    assert (heading.kind, heading.before, heading.words) == ("heading", "Guests", "Guests and friends")
    assert (remark.kind, remark.quote, remark.words, remark.who) == (
        "remark", "every receipt", "Which ones? שלום 👍", "Ines",
    )  # fmt: skip


@pytest.mark.django_db
def test_taking_puts_the_words_in_and_declining_keeps_the_reason() -> None:
    people, version, raw = _set_out()
    raw = hands.tracked(raw, "48 hours", "24 hours", "Ben")
    raw = hands.tracked(raw, "every receipt", "receipts", "Cleo")
    raw = hands.replaced(raw, "500 euro", "900 euro")
    raw = hands.paragraph_added(raw, "Say who you are.", "Keep", "Ben")
    raw = hands.tracked(raw, "Money", "Expenses", "Ben")
    bring_word(version, raw, "p.docx", by=people.eva)
    for row in Suggestion.objects.exclude(words__contains="receipts"):
        take(row, by=people.eva)
    with pytest.raises(BadInput, match="Say why"):
        decline(Suggestion.objects.get(words__contains="receipts"), " ", by=people.eva)
    decline(Suggestion.objects.get(words__contains="receipts"), "Auditors want all of them.", by=people.eva)
    version.refresh_from_db()
    for words in ("24 hours", "900 euro", "Say who you are.", "every receipt", "## Expenses"):
        assert words in version.markdown
    assert Suggestion.objects.filter(state="open").count() == 0
    with pytest.raises(NotNow, match="already"):
        take(Suggestion.objects.filter(kind="edit").first(), by=people.eva)


@pytest.mark.django_db
def test_a_clause_that_changed_meanwhile_is_a_conflict_and_nobodys_words_are_lost() -> None:
    people, version, raw = _set_out()
    key = next(key for key, words in wordings_now(version).items() if "48" in words)
    edit_clause(version, key, "Answer within 12 hours.", by=people.eva, base_sha=sha_of(wordings_now(version)[key]))
    version.refresh_from_db()
    found = bring_word(version, hands.tracked(raw, "48 hours", "24 hours", "Ben"), "p.docx", by=people.eva)
    assert (found.conflicts, found.standing) == (1, {key: "Answer within 12 hours."})
    row = Suggestion.objects.get()
    with pytest.raises(Diverged) as raised:
        take(row, by=people.eva)
    assert (raised.value.mine, raised.value.theirs) == ("Answer within 24 hours.", "Answer within 12 hours.")
    assert Suggestion.objects.get().state == "open"
    take(row, by=people.eva, standing_sha=sha_of("Answer within 12 hours."))
    version.refresh_from_db()
    assert "24 hours" in version.markdown


@pytest.mark.django_db
def test_the_same_file_twice_adds_nothing() -> None:
    people, version, raw = _set_out()
    raw = hands.tracked(raw, "48 hours", "24 hours", "Ben")
    bring_word(version, raw, "p.docx", by=people.eva)
    again = bring_word(version, raw, "p.docx", by=people.eva)
    assert (again.written, again.known) == (0, 1)
    assert Suggestion.objects.count() == 1


@pytest.mark.django_db
def test_while_it_is_vetted_changes_become_remarks_that_name_their_writer() -> None:
    people, version, raw = _set_out()
    round = in_vetting(version, people)
    version.refresh_from_db()
    raw = hands.tracked(raw, "48 hours", "24 hours", "An Outsider")
    found = bring_word(version, raw, "p.docx", by=people.ben)
    assert found.written == 1
    remark = Remark.objects.get(round=round)
    assert (remark.person, remark.suggested) == (people.ben, "Answer within 24 hours.")
    assert "An Outsider" in remark.body
    assert bring_word(version, raw, "p.docx", by=people.ben).written == 0


@pytest.mark.django_db
def test_a_suggestion_to_published_words_goes_into_a_new_draft() -> None:
    people, version, raw = _set_out()
    version = published(version, people)
    bring_word(version, hands.tracked(raw, "48 hours", "24 hours", "Ben"), "p.docx", by=people.eva)
    take(Suggestion.objects.get(), by=people.eva)
    version.refresh_from_db()
    assert "48 hours" in version.markdown
    assert "24 hours" in version.policy.versions.get(number=2).markdown


@pytest.mark.django_db
def test_an_employee_brings_nothing_in() -> None:
    people, version, raw = _set_out()
    with pytest.raises(Refused):
        bring_word(version, raw, "p.docx", by=people.dev)


def _broken(raw: bytes, what: str) -> bytes:
    head = f'<w:document xmlns:w="{hands.W}"'
    match what:
        case "not well-formed":
            return hands.with_body(raw, hands.body_of(raw)[:-30])
        case "cut off":
            return raw[: len(raw) // 2]
        case "a bomb":
            return hands.with_part(raw, {"word/document.xml": b"<a>" + b" " * 250_000_000 + b"</a>"})
        case "entities":
            return hands.with_body(raw, f'<!DOCTYPE a [<!ENTITY b "c">]>{head}/>')
        case "deep":
            return hands.with_body(raw, f"{head}><w:body>{'<w:sdt>' * 5000}{'</w:sdt>' * 5000}</w:body></w:document>")
        case "old or locked":
            return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600
        case "another zip":
            return hands.with_part(_empty_zip(), {"a.txt": b"a"})
        case "no body":
            return hands.with_body(raw, f"{head}/>")
        case _:
            return b"hello"


def _empty_zip() -> bytes:
    out = BytesIO()
    ZipFile(out, "w").close()
    return out.getvalue()


@pytest.mark.django_db
@pytest.mark.parametrize(
    "what",
    ["not well-formed", "cut off", "a bomb", "entities", "deep", "old or locked", "text", "another zip", "no body"],
)
def test_a_file_that_cant_be_used_gets_one_plain_sentence(what: str) -> None:
    people, version, raw = _set_out()
    with pytest.raises(BadInput) as raised:
        bring_word(version, _broken(raw, what), "p.docx", by=people.eva)
    assert 20 < len(raised.value.sentence) < 240
    assert Suggestion.objects.count() == 0


@pytest.mark.django_db
def test_a_file_of_another_policy_is_named() -> None:
    people, _, raw = _set_out()
    other = import_policy(b"# Other\n\nSay so.\n", "o.md", by=people.eva).version
    with pytest.raises(BadInput, match="another policy"):
        bring_word(other, raw, "p.docx", by=people.eva)


@pytest.mark.django_db
def test_macros_are_left_alone_and_the_text_is_read() -> None:
    people, version, raw = _set_out()
    raw = hands.with_part(raw, {"word/vbaProject.bin": b"\xd0\xcf\x11\xe0 macro"})
    assert bring_word(version, raw, "p.docm", by=people.eva).came == ()


@pytest.mark.django_db
def test_the_page_shows_first_and_keeps_on_the_second_press() -> None:
    people, version, raw = _set_out()
    raw = hands.tracked(raw, "48 hours", "24 hours", "Ben Achterberg")
    eva = signed_in(people.eva)
    address = f"/policies/{version.policy.key}/1/word"
    assert "Bring back" in eva.get(address).content.decode()
    shown = eva.post(address, {"file": SimpleUploadedFile("p.docx", raw)}).content.decode()
    assert "Ben Achterberg" in shown
    assert "<ins>24</ins>" in shown
    assert Suggestion.objects.count() == 0
    draft = shown.split('name="draft" value="')[1].split('"')[0]
    kept = eva.post(address, {"draft": draft, "name": "p.docx", "keep": "yes"}, follow=True)
    assert "1 suggestion kept" in kept.content.decode()
    row = Suggestion.objects.get()
    done = eva.post(f"/policies/{version.policy.key}/1/suggestions/{row.pk}", {"take": "yes"}, follow=True)
    assert "Taken into the text" in done.content.decode()
    assert eva.get(f"/policies/{version.policy.key}/1/suggestions?as=csv").status_code == 200
    assert signed_in(people.dev).get(address).status_code == 403
    bad = eva.post(address, {"file": SimpleUploadedFile("p.docx", b"junk")})
    assert bad.status_code == 422
    assert "no Word file" in bad.content.decode()


@pytest.mark.slow
@pytest.mark.django_db
def test_ten_thousand_clauses_come_back() -> None:
    text = "# Big\n\n" + "\n\n".join(f"Clause number {n} says to ask {n * 7919 % 10007} times." for n in range(10_000))
    document = read_markdown(text)
    version = Version(policy=Policy(key="big", title="Big"), number=1, markdown=text, language="en")
    raw = hands.tracked(to_docx(policy_paper(version)), "number 5000 says", "number 5000 tells", "Ben")
    came = came_back(document, read_word(raw, "big.docx"))
    assert [(each.kind, each.who) for each in came] == [("edit", "Ben")]
