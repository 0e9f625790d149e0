"""After a staff file or its putting back, and after a matrix is agreed: what leavers leave is looked up."""

from handrail.kernel.when import when
from handrail.people.actions.gaps import open_gaps_of_leavers
from handrail.people.facts import MatrixAgreed, PeopleImported, PeopleImportPutBack


@when(PeopleImported)
def look_for_leavers(fact: PeopleImported) -> None:
    """Open gaps for those the file says leave or left."""
    open_gaps_of_leavers()


@when(PeopleImportPutBack)
def look_again(fact: PeopleImportPutBack) -> None:
    """Close gaps of those who stay after all."""
    open_gaps_of_leavers()


@when(MatrixAgreed)
def look_at_the_new_matrix(fact: MatrixAgreed) -> None:
    """Open gaps for leavers it names, close those it settles."""
    open_gaps_of_leavers()
