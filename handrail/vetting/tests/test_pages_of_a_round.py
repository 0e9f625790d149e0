"""Pages of a round: who gets in, what each may do there, fragments alone, CSV that no spreadsheet runs."""

import re

import pytest

from handrail.people.testing import cast, make_person, signed_in
from handrail.vetting import actions
from handrail.vetting.models import Reading, Remark, Round
from handrail.vetting.reads import clauses_in
from handrail.vetting.testing import opened, text

pytestmark = pytest.mark.django_db


def test_the_desk_says_how_it_stands_and_offers_its_deeds_only_to_who_runs_it() -> None:
    people = cast()
    round = opened(people)
    actions.remark(round, by=people.dev, clause_key="guests", body="And what about a table?")
    mine = signed_in(people.eva).get(f"/vetting/{round.pk}/")
    page = mine.content.decode()
    assert mine.status_code == 200
    assert "Legal has not signed the present text" in page
    assert "One remark has no answer yet" in page
    assert 'aria-describedby="why-close"' in page
    assert "Nudge Legal" in page
    theirs = signed_in(people.dev).get(f"/vetting/{round.pk}/").content.decode()
    assert "Nudge" not in theirs
    assert "Withdraw the round" not in theirs


def test_a_round_that_does_not_ask_a_person_is_closed_to_them() -> None:
    people = cast()
    round = opened(people, open_to=None)
    for path in ("", "read", "record", "say", "remarks.csv", "matrix.csv"):
        assert signed_in(people.dev).get(f"/vetting/{round.pk}/{path}").status_code == 403, path
    assert b"No round is open" in signed_in(people.dev).get("/vetting/").content


@pytest.mark.parametrize("deed", ["close", "nudge", "closing", "withdraw", "outsiders"])
def test_only_who_runs_a_round_does_its_deeds(deed: str) -> None:
    people = cast()
    round = opened(people)
    answer = signed_in(people.dev).post(f"/vetting/{round.pk}/{deed}", {"interest": "legal", "why": "no", "name": "x"})
    assert answer.status_code == 403
    round.refresh_from_db()
    assert round.state == Round.State.OPEN


def test_closing_a_round_early_says_all_that_stands_in_the_way() -> None:
    people = cast()
    round = opened(people)
    answer = signed_in(people.eva).post(f"/vetting/{round.pk}/close")
    assert answer.status_code == 409
    assert "Legal has not signed" in answer.content.decode()


def test_a_round_is_read_signed_and_closed_through_its_pages() -> None:
    people = cast()
    round = opened(people)
    ben = signed_in(people.ben)
    assert "clauses to go" in re.sub(r"<[^>]+>", "", ben.get(f"/vetting/{round.pk}/read").content.decode())
    early = ben.post(f"/vetting/{round.pk}/sign/legal", {"condition": ""})
    assert early.status_code == 409
    keys = [each.key for each in clauses_in(round)]
    done = ben.post(f"/vetting/{round.pk}/noted", {"key": keys}, headers={"X-Requested-With": "fetch"})
    assert "Sign for Legal" in done.content.decode()
    assert "<html" not in done.content.decode()
    assert round.words_sha256 in ben.get(f"/vetting/{round.pk}/sign/legal").content.decode()
    assert ben.post(f"/vetting/{round.pk}/sign/legal", {"condition": ""}).status_code == 302
    assert signed_in(people.eva).post(f"/vetting/{round.pk}/close").status_code == 302
    round.refresh_from_db()
    assert round.state == Round.State.CLEARED
    assert "Everyone with a stake was heard" in ben.get(f"/vetting/{round.pk}/").content.decode()


def test_a_stale_signature_says_since_which_edit_and_which_clause() -> None:
    people = cast()
    round = opened(people)
    actions.read_clauses(round, [each.key for each in clauses_in(round)], by=people.ben)
    actions.sign(round, "legal", by=people.ben)
    actions.redraft(round, text(pay="Talk about pay as you like."), by=people.eva, why="Shorter")
    page = signed_in(people.ben).get(f"/vetting/{round.pk}/sign/legal").content.decode()
    assert "Stale" in page
    assert "since draft 2" in page
    assert "Shorter" in page
    assert page.count("Changed</span>") == 1


def test_opening_the_page_notes_no_clause_for_a_reviewer_and_names_nobody_of_the_open_part() -> None:
    people = cast()
    round = opened(people)
    signed_in(people.ben).get(f"/vetting/{round.pk}/read")
    page = signed_in(people.dev).get(f"/vetting/{round.pk}/read").content.decode()
    assert not Reading.objects.exists()
    assert "without a name" in page
    assert round.openings.count() == 1


def test_a_form_sent_twice_makes_one_remark() -> None:
    people = cast()
    round = opened(people)
    dev = signed_in(people.dev)
    form = dev.get(f"/vetting/{round.pk}/say?clause=guests").content.decode()
    once = re.search(r'name="once" value="(\w+)"', form)
    assert once is not None
    given = {"clause": "guests", "body": "And a table?", "once": once.group(1)}
    first, second = dev.post(f"/vetting/{round.pk}/say", given), dev.post(f"/vetting/{round.pk}/say", given)
    assert first.status_code == second.status_code == 302
    assert Remark.objects.count() == 1


def test_a_quotation_that_is_not_there_comes_back_beside_its_field_with_what_was_typed() -> None:
    people = cast()
    round = opened(people)
    given = {"clause": "guests", "quote": "words nobody wrote", "body": "Hm."}
    answer = signed_in(people.dev).post(f"/vetting/{round.pk}/say", given)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Those words aren’t in clause 4.1" in page
    assert "words nobody wrote" in page


def test_the_form_alone_is_a_fragment() -> None:
    people = cast()
    round = opened(people)
    answer = signed_in(people.dev).get(f"/vetting/{round.pk}/say?clause=guests", headers={"HX-Request": "true"})
    assert "<html" not in answer.content.decode()
    record = signed_in(people.dev).get(f"/vetting/{round.pk}/record?chosen=1", headers={"HX-Request": "true"})
    assert "<html" not in record.content.decode()
    assert "How this text was vetted" in record.content.decode()


def test_several_remarks_are_answered_at_once_after_it_is_said_who_is_told() -> None:
    people = cast()
    round = opened(people)
    rows = [
        actions.remark(round, by=each, clause_key="guests", body="Say table too.")[0] for each in people.everyone()[:4]
    ]
    address = f"/vetting/{round.pk}/remarks/{rows[0].uid}"
    eva = signed_in(people.eva)
    given = {"verdict": "adopted", "reason": "It says so now.", "also": [each.uid for each in rows[1:]]}
    look = eva.post(f"{address}/answer", given)
    assert "4 authors will be told" in look.content.decode()
    assert not rows[0].dispositions.exists()
    assert eva.post(f"{address}/answer", given | {"sure": "1"}).status_code == 302
    assert all(each.dispositions.count() == 1 for each in rows)
    assert eva.post(f"{address}/answer", given | {"sure": "1"}).status_code in (409, 422)
    assert all(each.dispositions.count() == 1 for each in rows)
    assert "You said, we did" in signed_in(people.ana).get(address).content.decode()


def test_an_answer_without_a_reason_is_not_taken() -> None:
    people = cast()
    round = opened(people)
    row = actions.remark(round, by=people.dev, body="Hm.")[0]
    answer = signed_in(people.eva).post(f"/vetting/{round.pk}/remarks/{row.uid}/answer", {"verdict": "declined"})
    assert answer.status_code == 422
    assert not row.dispositions.exists()
    assert (
        signed_in(people.dev)
        .post(f"/vetting/{round.pk}/remarks/{row.uid}/answer", {"verdict": "declined", "reason": "x"})
        .status_code
        == 403
    )


def test_a_remark_is_supported_once_opened_again_and_taken_back() -> None:
    people = cast()
    round = opened(people)
    row = actions.remark(round, by=people.dev, body="Hm.")[0]
    address = f"/vetting/{round.pk}/remarks/{row.uid}"
    cleo = signed_in(people.cleo)
    for _ in range(2):
        part = cleo.post(f"{address}/side", {"side": "for"}, headers={"HX-Request": "true"})
    assert "1 agree" in part.content.decode()
    assert row.stands.count() == 1
    assert cleo.post(f"{address}/side", {"side": "up"}).status_code == 422
    actions.dispose(row, "declined", "No.", by=people.eva)
    assert signed_in(people.eva).post(f"{address}/open-again", {"why": "Too quick."}).status_code == 302
    assert cleo.post(f"{address}/take-back").status_code == 403
    assert signed_in(people.dev).post(f"{address}/take-back").status_code == 302
    row.refresh_from_db()
    assert row.withdrawn_on is not None


def test_words_that_a_person_typed_are_never_markup_on_the_page() -> None:
    people = cast()
    round = opened(people)
    actions.remark(round, by=people.dev, clause_key="guests", body="<script>alert(1)</script>", suggested="<b>x</b>")
    for path in ("", "read", "record"):
        assert "<script>alert" not in signed_in(people.eva).get(f"/vetting/{round.pk}/{path}").content.decode(), path


def test_tables_leave_as_csv_that_no_spreadsheet_runs() -> None:
    people = cast()
    round = opened(people)
    row = actions.remark(round, by=people.dev, body='=HYPERLINK("http://x")', suggested="@SUM(A1)")[0]
    actions.remark(round, by=people.cleo, parent=row, body="+1")
    table = signed_in(people.eva).get(f"/vetting/{round.pk}/remarks.csv").content.decode()
    assert "'=HYPERLINK" in table
    assert "'@SUM" in table
    assert ",'+1," in table
    for name in ("matrix", "sign-offs", "groups", "from-elsewhere"):
        assert signed_in(people.eva).get(f"/vetting/{round.pk}/{name}.csv").status_code == 200


@pytest.mark.parametrize("ending", ["md", "html", "docx", "pdf"])
def test_the_record_leaves_in_every_face(ending: str) -> None:
    pytest.importorskip("docx")
    pytest.importorskip("typst")
    people = cast()
    round = opened(people)
    answer = signed_in(people.eva).get(f"/vetting/{round.pk}/record.{ending}")
    assert answer.status_code == 200
    assert len(answer.content) > 500
    assert signed_in(people.eva).get(f"/vetting/{round.pk}/record.exe").status_code == 404


def test_the_last_day_is_moved_but_not_into_the_past() -> None:
    people = cast()
    round = opened(people)
    eva = signed_in(people.eva)
    assert eva.post(f"/vetting/{round.pk}/closing", {"day": "2020-01-01", "hour": "10:00"}).status_code == 422
    assert eva.post(f"/vetting/{round.pk}/closing", {"day": "2099-01-01", "hour": "10:00"}).status_code == 302
    round.refresh_from_db()
    assert round.closes_at.year == 2099


def test_withdrawing_needs_a_reason_and_keeps_the_page() -> None:
    people = cast()
    round = opened(people)
    eva = signed_in(people.eva)
    assert eva.post(f"/vetting/{round.pk}/withdraw", {"why": " "}).status_code == 422
    assert eva.post(f"/vetting/{round.pk}/withdraw", {"why": "A new law."}).status_code == 302
    assert "A new law." in eva.get(f"/vetting/{round.pk}/").content.decode()


def test_a_page_of_many_remarks_asks_the_database_no_more_often(django_assert_max_num_queries) -> None:
    people = cast()
    round = opened(people)
    client, asked = signed_in(people.eva), []
    for first, last in ((0, 5), (5, 40)):
        for number in range(first, last):
            actions.remark(round, by=make_person(number), clause_key="guests", body=f"Remark {number}")
        # Once to warm up: what a page keeps is not what it asks for.
        client.get(f"/vetting/{round.pk}/read")
        with django_assert_max_num_queries(80):
            client.get(f"/vetting/{round.pk}/")
        # The frame of every page asks each room what waits: about thirty of these, however many remarks there are.
        with django_assert_max_num_queries(60) as seen:
            client.get(f"/vetting/{round.pk}/read")
        asked.append(len(seen))
    assert asked[0] == asked[1]
