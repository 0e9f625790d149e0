"""The pages of people: who may open which, what each shows, and the import from file to done."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from handrail.kernel.worker import work_off
from handrail.people.import_page import change_words, mended_words
from handrail.people.models import Audience, PeopleImport, Person, RoleGrant
from handrail.people.testing import Cast, cast, make_person, signed_in
from handrail.people.tests.test_import_people import FILE, HEAD, RUTH

pytestmark = pytest.mark.django_db

OPEN = ("people", "places", "places_csv", "roles", "roles_csv", "audiences", "account", "password", "sign_ins")
OWNERS = ("people_csv", "new_audience", "import", "import_sample")
PUBLIC = ("sign_in", "new_password")


@pytest.fixture
def who() -> Cast:
    return cast()


def page(person: Person, name: str, *args: object, **query: str) -> str:
    answer = signed_in(person).get(reverse(f"people:{name}", args=args), query)
    assert answer.status_code == 200, (name, answer.status_code, answer.content[:600])
    return answer.content.decode()


def send(person: Person, page_name: str, /, *args: object, **given: object):
    return signed_in(person).post(reverse(f"people:{page_name}", args=args), given, follow=True)


def bring(person: Person, raw: bytes, **given: str) -> PeopleImport:
    answer = send(person, "import", file=SimpleUploadedFile("people.csv", raw), **given)
    assert answer.status_code == 200, answer.content.decode()[-2000:]
    return PeopleImport.objects.first()


@pytest.mark.parametrize("name", OPEN)
def test_everybody_opens_the_open_pages(who, name):
    for person in (who.ana, who.dev, who.finn):
        page(person, name)


@pytest.mark.parametrize("name", OWNERS)
def test_only_the_owner_opens_the_owners_pages(who, name):
    page(who.ana, name)
    for person in who.everyone()[1:]:
        assert signed_in(person).get(reverse(f"people:{name}")).status_code == 403


def test_nobody_signed_out_sees_people(who, client):
    for name in (*OPEN, *OWNERS):
        answer = client.get(reverse(f"people:{name}"))
        assert answer.status_code == 302, name
        assert "sign-in" in answer["Location"]


def test_address_and_staff_number_are_the_owners_to_see(who):
    assert "dev@example.org" in page(who.ana, "person", who.dev.pk)
    for text in (page(who.hana, "person", who.dev.pk), page(who.hana, "people")):
        assert "Dev Patel" in text
        assert "dev@example.org" not in text
        assert "T004" not in text
    assert "Nobody like that" in page(who.hana, "people", q="dev@example.org")
    assert "Dev Patel" in page(who.ana, "people", q="dev@example.org")


def test_people_are_found_by_name_function_role_and_place(who):
    assert "Cleo Marsh" in page(who.dev, "people", q="marsh")
    assert "Ben Achterberg" not in page(who.dev, "people", function="Front office")
    text = page(who.dev, "people", role="line_manager")
    assert "Cleo Marsh" in text
    assert "Hana Sato" not in text
    assert "Hana Sato" in page(who.dev, "people", place="Galway")


def test_the_list_goes_on_page_by_page_without_losing_or_doubling_anybody(who):
    for number in range(120):
        make_person(number, name=f"Same Name {number % 3}")
    seen: list[str] = []
    client, address = signed_in(who.dev), reverse("people:people")
    for _ in range(10):
        text = client.get(address).content.decode()
        seen += re.findall(r'<th scope="row"><a href="/people/(\d+)"', text)
        following = re.search(r'href="([^"]*after=[^"]*)"', text)
        if not following:
            break
        address = following[1].replace("&amp;", "&")
    assert len(seen) == len(set(seen)) == 128


def test_htmx_gets_the_list_alone(who):
    answer = signed_in(who.dev).get(reverse("people:people"), {"q": "cleo"}, headers={"HX-Request": "true"})
    assert answer.content.decode().lstrip().startswith('<div id="found"')


def test_a_name_with_markup_is_shown_as_text(who):
    Person.objects.filter(pk=who.dev.pk).update(name="<script>alert(1)</script>")
    text = page(who.ana, "people")
    assert "<script>alert" not in text
    assert "&lt;script&gt;alert" in text


def test_csv_out_runs_no_formula(who):
    Person.objects.filter(pk=who.dev.pk).update(name="=HYPERLINK(1)")
    assert "'=HYPERLINK(1)" in page(who.ana, "people_csv")


def test_what_goes_out_as_csv_comes_back_in_and_changes_nothing(who):
    bring(who.ana, FILE)
    send(who.ana, "import_put_in", PeopleImport.objects.first().pk)
    out = page(who.ana, "people_csv").encode()
    row = bring(who.ana, out)
    assert (row.found["bad"], row.found["new"], row.found["unchanged"]) == (0, 0, 3)


def test_a_role_is_given_and_ended_on_the_page(who):
    send(who.ana, "give_role", who="dev@example.org", role="reviewer", interest="privacy")
    grant = RoleGrant.objects.get(person=who.dev)
    assert "for privacy" in page(who.dev, "roles")
    send(who.ana, "end_role", grant.pk)
    grant.refresh_from_db()
    assert grant.ended_at


def test_a_role_is_ended_in_two_steps_and_only_where_somebody_stays(who):
    text = page(who.ana, "roles")
    assert "Eva Novak will no longer be author. You can give the role again." in text
    grant = RoleGrant.objects.get(person=who.ana)
    assert reverse("people:end_role", args=[grant.pk]) not in text
    assert f'aria-disabled="true" aria-describedby="stays-{grant.pk}"' in text
    answer = send(who.ana, "end_role", grant.pk)
    assert answer.status_code == 409
    shown = answer.content.decode()
    assert re.search(rf'id="stays-{grant.pk}">This is the last governance owner', shown)
    assert "Give a role" in shown
    RoleGrant.objects.create(person=who.dev, role="governance_owner")
    assert reverse("people:end_role", args=[grant.pk]) in page(who.ana, "roles")


def test_an_interest_for_anybody_but_a_reviewer_is_answered_and_what_was_chosen_stays(who):
    answer = send(who.ana, "give_role", who="dev@example.org", role="author", interest="legal")
    assert answer.status_code == 422
    text = answer.content.decode()
    assert "Only reviewers read for an interest" in text
    assert '<option value="author" selected>' in text
    assert '<option value="legal" selected>' in text
    assert not RoleGrant.objects.filter(person=who.dev).exists()


def test_the_first_owner_was_added_by_hand_and_an_unknown_manager_is_not_noted(who):
    Person.objects.filter(pk=who.ana.pk).update(staff_number="first-owner")
    for text in (page(who.ana, "person", who.ana.pk), page(who.ana, "people")):
        assert "added by hand" in text
        assert "first-owner" not in text
        assert "not noted" in text


@pytest.mark.parametrize(
    ("new", "changed", "leaving", "words"),
    [(0, 3, 0, "3 people change."), (0, 1, 0, "1 person changes."), (0, 0, 1, "1 person leaves."),
     (2, 3, 1, "2 people are new, 3 change and 1 leaves."), (0, 1, 2, "1 person changes and 2 leave.")],
)  # fmt: skip
def test_the_headline_counts_people(new, changed, leaving, words):
    assert change_words({"new": new, "changed": changed, "leaving": leaving}) == words


def test_mended_rows_are_counted():
    found = {"new": 0, "changed": 1, "leaving": 0}
    assert mended_words(found, some_wait=True) == "One row is mended. 1 person changes."
    assert mended_words(found | {"new": 1}, some_wait=True) == "Two rows are mended. 1 person is new and 1 changes."
    assert mended_words(found, some_wait=False) == "Every row is mended. 1 person changes."


def test_where_a_file_can_not_be_put_back_the_reason_stands_at_the_button(who):
    row = bring(who.ana, FILE)
    send(who.ana, "import_put_in", row.pk)
    assert reverse("people:import_put_back", args=[row.pk]) in page(who.ana, "import_check", row.pk)
    RoleGrant.objects.create(person=Person.objects.get(staff_number="2"), role="author")
    text = page(who.ana, "import_check", row.pk)
    assert 'aria-disabled="true" aria-describedby="why-back">Put it back' in text
    assert re.search(r'id="why-back">It can’t be put back. People this file brought are in use', text)


def test_a_line_manager_that_waits_is_named_with_the_person_and_the_line(who):
    row = bring(who.ana, FILE.replace(b"COO,8,IE,en", b"COO,8,IE,klingon"))
    text = page(who.ana, "import_check", row.pk)
    assert "Line 3, Maren Castellanos: The row of their line manager, ruth@h.example, can’t go in yet." in text


def test_an_unknown_name_is_answered_in_place(who):
    answer = send(who.ana, "give_role", who="Nobody Such", role="author", interest="")
    assert answer.status_code == 422
    assert "Nobody here is called" in answer.content.decode()


def test_others_can_not_give_or_end_roles(who):
    assert send(who.dev, "give_role", who="dev@example.org", role="author", interest="").status_code == 403
    grant = RoleGrant.objects.get(person=who.eva)
    assert send(who.dev, "end_role", grant.pk).status_code == 403
    assert not RoleGrant.objects.filter(person=who.dev).exists()


def test_an_audience_is_said_counted_and_shown(who):
    given = {
        "name": "Front desk",
        "join": "all",
        "field": ["function", "", ""],
        "op": ["is", "is", "is"],
        "value": ["Front office", "", ""],
    }
    answer = signed_in(who.ana).post(reverse("people:audience_count"), given)
    assert "<b>3</b>" in answer.content.decode()
    send(who.ana, "new_audience", **given)
    audience = Audience.objects.get()
    assert "Hana Sato" in page(who.ana, "audience", audience.pk)
    text = page(who.dev, "audience", audience.pk)
    assert "3 people belong" in text
    assert "Hana Sato" not in text


def test_a_file_goes_from_choosing_to_done_and_back(who):
    row = bring(who.ana, FILE + b"4,Bad,nomail,,Porto,Spa,Therapist,2,PT,pt,31/11/2026\n")
    assert not Person.objects.filter(staff_number="1").exists()
    text = page(who.ana, "import_check", row.pk)
    assert "3 people are new. One row can’t go in yet." in text
    assert "it has no @" in text
    assert send(who.ana, "import_put_in", row.pk).status_code == 200
    assert Person.objects.filter(staff_number__in=["1", "2", "3"]).count() == 3
    text = page(who.ana, "import_check", row.pk)
    assert "3 joined, 0 changed, 0 left." in text
    send(who.ana, "import_put_back", row.pk)
    assert not Person.objects.filter(staff_number="1").exists()
    assert "This file was put back" in page(who.ana, "import_check", row.pk)


def test_a_bad_row_is_mended_in_place_before_and_after(who):
    row = bring(who.ana, (HEAD + RUTH + "4,Bad One,nomail,,Porto,Spa,Therapist,2,PT,pt,01/11/2026\n").encode())
    send(who.ana, "import_mend", row.pk, line="3", value="bad.one@h.example")
    row.refresh_from_db()
    assert (row.found["new"], row.found["bad"]) == (2, 0)
    other = bring(who.ana, (HEAD + RUTH + "5,Bad Two,nomail,,Porto,Spa,Therapist,2,PT,pt,01/11/2026\n").encode())
    send(who.ana, "import_put_in", other.pk)
    assert not Person.objects.filter(staff_number="5").exists()
    send(who.ana, "import_mend", other.pk, line="3", value="bad.two@h.example")
    text = page(who.ana, "import_check", other.pk)
    assert "Put what you mended in" in text
    assert "1 joined, 0 changed, 0 left." in text
    send(who.ana, "import_put_in", other.pk)
    assert Person.objects.get(staff_number="5").email == "bad.two@h.example"


def test_a_split_name_is_joined_or_the_line_dropped(who):
    row = bring(
        who.ana, (HEAD + RUTH + "4,Nguyen, Linh,linh@h.example,,Porto,Spa,Therapist,2,PT,pt,01/11/2026\n").encode()
    )
    text = page(who.ana, "import_check", row.pk)
    assert "12 cells where the heading has 11" in text
    assert "Join “Nguyen, Linh”" in text
    send(who.ana, "import_mend", row.pk, line="3", join="1")
    row.refresh_from_db()
    assert row.found["new_people"][1]["name"] == "Nguyen, Linh"
    other = bring(who.ana, (HEAD + RUTH + "4,Only\n").encode())
    send(who.ana, "import_mend", other.pk, line="3", drop="1")
    other.refresh_from_db()
    assert (other.found["bad"], other.found["dropped"], other.found["good"]) == (0, 1, 1)


def test_columns_are_matched_by_hand(who):
    row = bring(who.ana, b"A,B,C\n1,Ann Lee,ann@h.example\n2,Bo Lee,bo@h.example\n")
    assert "No column is matched to the staff number" in page(who.ana, "import_check", row.pk)
    send(who.ana, "import_match", row.pk, **{"column-0": "staff_number", "column-1": "name", "column-2": "email"})
    row.refresh_from_db()
    assert row.found["new"] == 2


def test_a_circle_is_drawn_and_todays_managers_stay(who):
    rows = "".join(
        f"{n},Person {n},p{n}@h.example,p{n % 3 + 1}@h.example,Porto,Spa,Host,2,PT,pt,01/11/2025\n" for n in (1, 2, 3)
    )
    row = bring(who.ana, (HEAD + rows).encode())
    text = page(who.ana, "import_check", row.pk)
    assert "Three people would manage one another" in text
    assert (
        "Person 1 reports to Person 2, to Person 3" in text
        or "Person 1 reports to Person 2, Person 2 to Person 3" in text
    )
    send(who.ana, "import_put_in", row.pk)
    assert Person.objects.filter(staff_number__in="123", line_manager=None).count() == 3


@pytest.mark.parametrize(
    ("raw", "sentence"),
    [
        (b"", "is empty"),
        (b"PK\x03\x04 whatever", "is a workbook, not a CSV"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "old Excel workbook"),
        (b"%PDF-1.7", "is a PDF"),
        (b"\xff\xfe\x00\xd8", "isn’t text that we can read"),
    ],
)
def test_a_file_that_is_no_csv_is_answered_with_a_sentence(who, raw, sentence):
    answer = send(who.ana, "import", file=SimpleUploadedFile("people.xlsx", raw or b" "))
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert not PeopleImport.objects.exists()


def test_a_long_file_goes_to_a_worker_and_its_page_shows_how_far_it_is(who):
    rows = "".join(f"{n},Person {n},p{n}@h.example,,Porto,Spa,Host,2,PT,pt,01/11/2025\n" for n in range(2100))
    row = bring(who.ana, (HEAD + rows).encode())
    assert "2,100 rows are going in" in send(who.ana, "import_put_in", row.pk).content.decode()
    assert "waits for a worker" in page(who.ana, "import_progress", row.pk)
    assert not Person.objects.filter(staff_number="7").exists()
    work_off()
    row.refresh_from_db()
    assert row.state == PeopleImport.State.DONE
    assert row.by == who.ana
    assert Person.objects.filter(joined_in=row).count() == 2100
    assert signed_in(who.ana).get(reverse("people:import_progress", args=[row.pk]))["HX-Refresh"] == "true"


def test_the_address_of_a_file_in_hand_is_the_owners_alone(who):
    row = bring(who.ana, FILE)
    for name in ("import_check", "import_progress", "import_held_csv"):
        assert signed_in(who.dev).get(reverse(f"people:{name}", args=[row.pk])).status_code == 403
    for name in ("import_match", "import_mend", "import_put_in", "import_put_back", "import_start_again"):
        assert signed_in(who.dev).post(reverse(f"people:{name}", args=[row.pk])).status_code == 403
    row.refresh_from_db()
    assert row.state == PeopleImport.State.CHECKED


def test_a_circle_is_settled_on_the_page(who):
    rows = "".join(
        f"{n},Person {n},p{n}@h.example,p{n % 3 + 1}@h.example,Porto,Spa,Host,2,PT,pt,01/11/2025\n" for n in (1, 2, 3)
    )
    row = bring(who.ana, (HEAD + rows).encode())
    send(who.ana, "import_circle", row.pk, line="2", boss=who.ana.email)
    row.refresh_from_db()
    assert row.found["circles"] == []
    send(who.ana, "import_put_in", row.pk)
    bosses = {person.staff_number: person.line_manager for person in Person.objects.filter(staff_number__in="123")}
    assert bosses["1"] == who.ana
    assert {bosses["2"].staff_number, bosses["3"].staff_number} == {"3", "1"}


def test_only_a_line_of_a_circle_can_be_settled_and_only_by_the_owner(who):
    row = bring(who.ana, (HEAD + "1,Person 1,p1@h.example,,Porto,Spa,Host,2,PT,pt,01/11/2025\n").encode())
    send(who.ana, "import_circle", row.pk, line="2", boss=who.ana.email)
    row.refresh_from_db()
    assert row.corrections == {}
    assert send(who.dev, "import_circle", row.pk, line="2", boss="x").status_code == 403
