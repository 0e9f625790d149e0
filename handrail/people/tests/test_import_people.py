"""A staff file goes in: who is new, who changes, who leaves, and what is held back."""

import pytest

from handrail.kernel.errors import BadInput, NotNow, Refused
from handrail.kernel.models import JournalEntry
from handrail.people.actions import check_people_import, create_first_owner, mend_row, put_back, start_import
from handrail.people.actions import import_people as bring_in
from handrail.people.models import OrgUnit, PeopleImport, Person, RoleGrant
from handrail.people.testing import PASSWORD, Cast, cast

pytestmark = pytest.mark.django_db

HEAD = "Staff no,Known as,Work email,Reports to,Property,Dept,Job,Grade,Country,Lang,Start\n"
RUTH = "1,Ruth Abernathy,ruth@h.example,,Head office,Management,COO,8,IE,en,01/02/2015\n"
MAREN = (
    "2,Maren Castellanos,maren@h.example,ruth@h.example,Head office,Communications,Head of social,7,IE,en,28/02/2017\n"
)
PAULO = (
    "3,Paulo Reis,paulo@h.example,ruth@h.example,Portugal / Lisbon,Front office,General manager,6,PT,pt,15/03/2018\n"
)
FILE = (HEAD + RUTH + MAREN + PAULO).encode()


def import_people(*args, **given) -> PeopleImport:
    return PeopleImport.objects.get(pk=bring_in(*args, **given).key)


@pytest.fixture
def who() -> Cast:
    return cast()


def state() -> list[tuple]:
    return sorted(
        Person.objects.values_list(
            "staff_number",
            "name",
            "email",
            "line_manager__staff_number",
            "unit__path",
            "job",
            "level",
            "country",
            "language",
            "starts_on",
            "ends_on",
            "is_active",
        ),
        key=lambda row: row[0],
    )


def test_a_file_brings_people_with_their_places_and_line_managers(who):
    done = import_people(FILE, "people.csv", by=who.ana)
    assert (done.added, done.changed, done.left, done.held_back) == (3, 0, 0, 0)
    paulo = Person.objects.get(staff_number="3")
    assert paulo.line_manager.name == "Ruth Abernathy"
    assert paulo.unit.path == "Portugal / Lisbon"
    assert paulo.unit.parent.path == "Portugal"
    assert str(paulo.starts_on) == "2018-03-15"
    assert not paulo.has_usable_password()


def test_the_same_file_twice_changes_nothing_the_second_time(who):
    import_people(FILE, "people.csv", by=who.ana)
    before, facts = state(), JournalEntry.objects.count()
    again = import_people(FILE, "people.csv", by=who.ana)
    assert (again.added, again.changed, again.left) == (0, 0, 0)
    assert state() == before
    assert JournalEntry.objects.count() == facts


def test_a_dry_run_writes_nothing_and_says_old_and_new(who):
    import_people(FILE, "people.csv", by=who.ana)
    before = state()
    difference = check_people_import(FILE.replace(b"Head of social", b"Director of social"), "people.csv")
    [change] = difference.changed
    assert change.fields == [("job", "Head of social", "Director of social")]
    assert difference.unchanged == 2
    assert state() == before


def test_only_the_governance_owner_brings_people_in(who):
    for person in who.everyone():
        if person != who.ana:
            with pytest.raises(Refused):
                import_people(FILE, "people.csv", by=person)
    assert not Person.objects.filter(staff_number="1").exists()


def test_a_fact_with_the_counts_and_the_files_fingerprint_is_announced(who):
    row = import_people(FILE, "people.csv", by=who.ana)
    fact = JournalEntry.objects.get(code="people.imported")
    assert row.sha256 in fact.record
    assert '"added":3' in fact.record.replace(" ", "")


def test_people_leave_only_when_the_file_is_complete(who):
    import_people(FILE, "people.csv", by=who.ana)
    less = (HEAD + RUTH + MAREN).encode()
    assert import_people(less, "p.csv", by=who.ana).left == 0
    with pytest.raises(NotNow, match="one in twenty"):
        import_people(less, "p.csv", by=who.ana, file_is_complete=True)
    done = import_people(less, "p.csv", by=who.ana, file_is_complete=True, confirmed=True)
    assert done.left == 1
    paulo = Person.objects.get(staff_number="3")
    assert not paulo.is_active
    assert paulo.ends_on
    assert Person.objects.filter(staff_number__startswith="T", is_active=True).count() == 8


def test_a_leavers_roles_end_and_coming_back_does_not_bring_them_back(who):
    import_people(FILE, "people.csv", by=who.ana)
    paulo = Person.objects.get(staff_number="3")
    RoleGrant.objects.create(person=paulo, role="steward")
    import_people((HEAD + RUTH + MAREN).encode(), "p.csv", by=who.ana, file_is_complete=True, confirmed=True)
    assert RoleGrant.objects.get(person=paulo).ended_at
    assert JournalEntry.objects.filter(code="people.role_ended").count() == 1
    import_people(FILE, "people.csv", by=who.ana)
    paulo.refresh_from_db()
    assert paulo.is_here
    assert RoleGrant.objects.get(person=paulo).ended_at


def test_a_file_can_not_leave_nobody_as_governance_owner():
    import_people(FILE, "people.csv", by=None)
    RoleGrant.objects.create(person=Person.objects.get(staff_number="3"), role="governance_owner")
    with pytest.raises(NotNow, match="nobody as governance owner"):
        import_people((HEAD + RUTH + MAREN).encode(), "p.csv", by=None, file_is_complete=True, confirmed=True)
    assert Person.objects.get(staff_number="3").is_here


def test_somebody_added_by_hand_is_adopted_by_their_address(who):
    row = "77,Ana Lind-Berg,ana@example.org,,Head office,Communications,Head of social,7,IE,en,01/02/2015\n"
    done = import_people((HEAD + row).encode(), "p.csv", by=who.ana)
    assert (done.added, done.changed) == (0, 1)
    who.ana.refresh_from_db()
    assert (who.ana.staff_number, who.ana.name) == ("77", "Ana Lind-Berg")
    assert import_people((HEAD + row).encode(), "p.csv", by=who.ana).changed == 0


def test_a_number_twice_in_a_file_overwrites_nobody_even_after_one_line_is_mended(who):
    bad = "11,First One,first@h.example,,Porto,Spa,Host,2,PT,klingon,01/11/2025\n"
    good = "11,Second One,second@h.example,,Porto,Spa,Host,2,PT,pt,01/11/2025\n"
    done = import_people((HEAD + RUTH + bad + good).encode(), "p.csv", by=who.ana)
    assert (done.added, done.held_back) == (1, 2)
    done = mend_row(done, 3, bad.replace("klingon", "pt").strip().split(","), by=who.ana)
    assert list(done.held.values_list("line", flat=True)) == [3, 4]
    assert not Person.objects.filter(staff_number="11").exists()
    done = mend_row(done, 3, None, by=who.ana)
    start_import(done, by=who.ana)
    assert Person.objects.get(staff_number="11").name == "Second One"


def test_the_first_owner_keeps_their_sign_in_when_another_row_has_their_address():
    ana = create_first_owner("Ana Lind", "ana@example.org", PASSWORD)
    rows = "7,Ana Lind,ana@example.org,,Porto,Spa,Host,2,PT,pt,01/11/2025\n8,Ben,ana@example.org,,Porto,Spa,Host,2,PT,pt,01/11/2025\n"
    done = import_people((HEAD + rows).encode(), "p.csv", by=ana)
    ana.refresh_from_db()
    assert (ana.staff_number, ana.name, ana.email) == ("7", "Ana Lind", "ana@example.org")
    assert [held.line for held in done.held.all()] == [3]
    assert done.found["changes"][0]["fields"][-1] == {"label": "Staff number", "old": "", "new": "7"}


def test_two_people_swap_addresses(who):
    import_people(FILE, "people.csv", by=who.ana)
    swapped = FILE.replace(b"Castellanos,maren@h", b"Castellanos,X@h").replace(b"Reis,paulo@h", b"Reis,maren@h")
    swapped = swapped.replace(b"X@h", b"paulo@h")
    assert import_people(swapped, "p.csv", by=who.ana).changed == 2
    assert Person.objects.get(email="maren@h.example").name == "Paulo Reis"
    put_back(PeopleImport.objects.first(), by=who.ana)
    assert Person.objects.get(email="maren@h.example").name == "Maren Castellanos"


def test_an_address_that_somebody_else_has_holds_the_row_back(who):
    row = "9,Dev Two,dev@example.org,,Head office,IT,Analyst,3,IE,en,01/02/2020\n"
    import_people(FILE, "p.csv", by=who.ana)
    Person.objects.filter(pk=who.dev.pk).update(joined_in=PeopleImport.objects.first())
    difference = check_people_import((HEAD + row + RUTH).encode(), "p.csv")
    assert "belongs to Dev Patel" in difference.bad[0].wrong
    assert difference.good == 1


def test_a_leavers_address_may_be_used_again(who):
    import_people(FILE, "p.csv", by=who.ana)
    import_people((HEAD + RUTH + MAREN).encode(), "p.csv", by=who.ana, file_is_complete=True, confirmed=True)
    new = "12,Paulo Reis Junior,paulo@h.example,,Head office,IT,Analyst,3,IE,en,01/02/2020\n"
    assert import_people((HEAD + new).encode(), "p.csv", by=who.ana).added == 1
    assert Person.objects.get(staff_number="3").email is None
    put_back(PeopleImport.objects.first(), by=who.ana)
    assert Person.objects.get(staff_number="3").email == "paulo@h.example"


def test_put_back_restores_everything(who):
    import_people(FILE, "p.csv", by=who.ana)
    before = state()
    other = FILE.replace(b"Head of social", b"Director").replace(b"3,Paulo", b"4,Zeno").replace(b"paulo@", b"zeno@")
    done = import_people(
        other.replace(b"Portugal / Lisbon", b"Porto"), "p2.csv", by=who.ana, file_is_complete=True, confirmed=True
    )
    assert (done.added, done.changed, done.left) == (1, 1, 1)
    put_back(done, by=who.ana)
    assert state() == before
    assert not OrgUnit.objects.filter(path="Porto").exists()
    assert JournalEntry.objects.filter(code="people.import_put_back").exists()
    with pytest.raises(NotNow):
        put_back(done, by=who.ana)


def test_put_back_is_refused_once_something_is_built_on_it(who):
    done = import_people(FILE, "p.csv", by=who.ana)
    RoleGrant.objects.create(person=Person.objects.get(staff_number="2"), role="author", granted_by=who.ana)
    with pytest.raises(NotNow, match="in use"):
        put_back(done, by=who.ana)
    assert Person.objects.filter(staff_number="2").exists()


def test_only_the_latest_file_is_put_back(who):
    first = import_people(FILE, "p.csv", by=who.ana)
    import_people(FILE.replace(b"Head of social", b"Director"), "p.csv", by=who.ana)
    with pytest.raises(NotNow, match="newer file"):
        put_back(first, by=who.ana)


def test_a_file_without_staff_numbers_is_refused_with_a_sentence(who):
    with pytest.raises(BadInput, match="staff number"):
        import_people(b"Name,Mail\nAna,a@b.example\n", "p.csv", by=who.ana)
    assert not PeopleImport.objects.exists()


def test_somebody_whose_row_is_held_back_does_not_leave(who):
    import_people(FILE, "p.csv", by=who.ana)
    split = PAULO.replace("3,Paulo Reis", "3 ,Paulo, Reis")
    done = check_people_import((HEAD + RUTH + MAREN + split).encode(), "p.csv", file_is_complete=True)
    assert len(done.bad) == 1
    assert done.leaving == []
    shifted = check_people_import((HEAD + RUTH + MAREN + "Dr," + PAULO).encode(), "p.csv", file_is_complete=True)
    assert shifted.leaving == []
