"""Plays who does what in the demo: the matrix that was agreed, a proposal, delegates, and what a leaver hands over."""

from pathlib import Path

from handrail.cli.demo_marks import day_of, people, person, read_toml
from handrail.kernel.errors import BadInput
from handrail.people import actions
from handrail.people.models import Gap, Matrix, Person


def agree_who_does_what(place: Path, owner: Person) -> None:
    """Propose the matrix, put the file in, and bring it into force as agreed."""
    told = read_toml(place / "ownership.toml")
    matrix = actions.propose_matrix(by=owner)
    _put_in(matrix, place / "matrix-agreed.csv", owner)
    agreed = told["agreed"]
    actions.agree_matrix(
        matrix, agreed_on=day_of(agreed["on"]), how=agreed["how"], people=people(agreed["people"]), by=owner
    )


def set_ownership_up(place: Path, owner: Person) -> None:
    """What is proposed beside it, who stands in for whom, and the gaps of those who leave."""
    told = read_toml(place / "ownership.toml")
    matrix = actions.propose_matrix(by=owner, why=told["proposed"]["why"])
    _put_in(matrix, place / "matrix-proposed.csv", owner)
    for row in told["stands_in"]:
        away = person(row["for"])
        starts, ends = day_of(row["from"]), day_of(row["until"])
        actions.delegate(
            away, person(row["who"]), starts_on=starts, ends_on=ends, activities=row["activities"], by=away
        )
    actions.open_gaps_of_leavers()
    for row in told["offered"]:
        gap = Gap.objects.get(person=person(row["leaver"]), row=row["row"], closed_at=None)
        gap = actions.offer_gap(gap, person(row["to"]), by=owner)
        if row.get("taken"):
            actions.take_gap(gap, by=person(row["to"]))


def _put_in(matrix: Matrix, path: Path, owner: Person) -> None:
    report = actions.import_matrix(matrix, path.read_bytes(), by=owner)
    if report.bad:
        line, why = report.bad[0]
        raise BadInput(f"{path.name}, line {line}: {why}")
