"""The matrix as pages and checks read it: the one in force, the proposal, its table, its findings, its history."""

from django.db.models import Q
from django.utils import timezone

from handrail.people import matrix as pure
from handrail.people.matrix import ACTIVITIES, Cell, Holder, Row, Someone, Stand, Table, Verdict
from handrail.people.models import Delegation, Gap, Interest, Matrix, MatrixWaiver, Person, Role, RoleGrant
from handrail.people.reads.subjects import MatrixSubject, subjects_by_kind, touched_functions


def matrix_in_force() -> Matrix | None:
    """The matrix that decides today, or None while none was agreed."""
    return Matrix.objects.filter(state=Matrix.State.IN_FORCE).select_related("agreed_by").first()


def matrix_proposed() -> Matrix | None:
    """The proposal that is being worked on, or None."""
    return Matrix.objects.filter(state=Matrix.State.PROPOSED).select_related("proposed_by").first()


def role_name(holder: str) -> str:
    """What a holder such as “role:reviewer/legal” is called."""
    role, _, interest = holder.removeprefix("role:").partition("/")
    name = dict(Role.choices).get(role, role)
    return f"{name}, {dict(Interest.choices).get(interest, interest)}" if interest else name


def table_of(matrix: Matrix | None) -> Table:
    """The matrix as the check reads it today: every activity, every subject of the rooms, holders with their people."""
    cells = tuple(Cell(*each) for each in matrix.assignments.values_list("row", "holder", "letters")) if matrix else ()
    by_kind = subjects_by_kind()
    subjects = tuple(Row(str(each.ref), each.title) for all in by_kind.values() for each in all)
    grants = list(RoleGrant.objects.filter(ended_at__isnull=True, person__in=Person.objects.here()))
    stands = tuple(
        Stand(each.person_id, each.to_id, each.starts_on, each.ends_on, tuple(each.activities))
        for each in live_delegations()
    )
    people = _people(cells, grants, stands)
    return Table(
        rows=_rows(cells, subjects),
        holders=_holders(cells, people, grants),
        cells=cells,
        people=tuple(people.values()),
        stands=stands,
        touched=tuple(touched_functions()),
        subjects=subjects,
        interests={
            label: tuple(grant.person_id for grant in grants if grant.interest == key)
            for key, label in Interest.choices
        },
        today=timezone.localdate(),
    )


def _rows(cells: tuple[Cell, ...], subjects: tuple[Row, ...]) -> tuple[Row, ...]:
    known = [Row(f"activity:{key}", title) for key, title in ACTIVITIES.items()] + list(subjects)
    keys = {row.key for row in known}
    gone = dict.fromkeys(cell.row for cell in cells if cell.row not in keys)
    return (*known, *(Row(key, key.partition(":")[2], known=False) for key in gone))


def _people(cells: tuple[Cell, ...], grants: list[RoleGrant], stands: tuple[Stand, ...]) -> dict[int, Someone]:
    keys = {int(cell.holder[7:]) for cell in cells if cell.holder.startswith("person:")}
    keys |= {grant.person_id for grant in grants} | {key for each in stands for key in (each.person, each.to)}
    return {
        person.pk: Someone(
            person.pk,
            person.name,
            person.function,
            person.line_manager_id,
            person.is_here,
            person.has_usable_password() and bool(person.password),
            person.ends_on,
        )
        for person in Person.objects.filter(pk__in=keys)
    }


def _holders(cells: tuple[Cell, ...], people: dict[int, Someone], grants: list[RoleGrant]) -> tuple[Holder, ...]:
    found = []
    for key in dict.fromkeys(cell.holder for cell in cells):
        kind, _, rest = key.partition(":")
        if kind == "person":
            person = people[int(rest)]
            found.append(Holder(key, person.name, (person.key,) if person.here else (), person.function))
        elif kind == "role":
            role, _, interest = rest.partition("/")
            held = [each for each in grants if each.role == role and interest in ("", each.interest)]
            found.append(Holder(key, role_name(key), tuple(dict.fromkeys(each.person_id for each in held))))
        else:
            found.append(Holder(key, rest, (), rest))
    return tuple(found)


def live_waivers() -> list[MatrixWaiver]:
    """Findings somebody said are fine, as long as that holds."""
    today = timezone.localdate()
    return list(MatrixWaiver.objects.filter(ended_at__isnull=True, until__gte=today).select_related("by"))


def verdict_on(table: Table) -> Verdict:
    """The check of a table, with waived findings set apart."""
    return pure.lint(table, {each.finding for each in live_waivers()})


def broken_by(row: str) -> list[str]:
    """What the matrix in force breaks in a row today, in sentences; only what must be mended, not advice."""
    found = verdict_on(table_of(matrix_in_force())).found
    return [finding.title for rule, finding in found if row in finding.rows and rule.severity == "fix"]


def live_delegations() -> list[Delegation]:
    """Who stands in for whom, now or later."""
    live = Delegation.objects.filter(ended_at__isnull=True, ends_on__gte=timezone.localdate())
    return list(live.select_related("person", "to"))


def open_gaps() -> list[Gap]:
    """What leavers leave, still open, by person."""
    return list(Gap.objects.filter(closed_at__isnull=True).select_related("person", "offered_to", "taken_by"))


def gaps_to_show() -> list[Gap]:
    """Gaps of people who still have an open one, with those already taken: the whole handing over."""
    leaving = Gap.objects.filter(closed_at__isnull=True).values("person")
    shown = Gap.objects.filter(person__in=leaving).filter(Q(closed_at__isnull=True) | Q(taken_by__isnull=False))
    return list(shown.select_related("person", "offered_to", "taken_by"))


def gaps_offered_to(person: Person) -> list[Gap]:
    """What this person was offered and has not answered."""
    return list(Gap.objects.filter(offered_to=person, closed_at__isnull=True).select_related("person"))


def matrix_history() -> list[Matrix]:
    """Every matrix that was ever in force, newest first, with who agreed."""
    held = Matrix.objects.filter(in_force_at__isnull=False)
    return list(held.select_related("agreed_by").prefetch_related("agreements__person"))


def row_titles() -> dict[str, str]:
    """What each row is called today."""
    titles = {f"activity:{key}": title for key, title in ACTIVITIES.items()}
    return titles | {str(each.ref): each.title for all in subjects_by_kind().values() for each in all}


def subject_of(row: str, by_kind: dict[str, list[MatrixSubject]]) -> MatrixSubject | None:
    """The subject a row is about, or None for an activity or something gone."""
    return next((each for all in by_kind.values() for each in all if str(each.ref) == row), None)
