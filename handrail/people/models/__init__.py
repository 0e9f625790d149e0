"""Who is here and who does what: persons, units, roles, audiences, imports, the matrix, tokens."""

from handrail.people.models.matrix import (
    Agreement,
    Assignment,
    Delegation,
    Gap,
    Matrix,
    MatrixEdit,
    MatrixWaiver,
)
from handrail.people.models.person import (
    FIRST_OWNER,
    Audience,
    Interest,
    OrgUnit,
    PeopleImport,
    PeopleImportRow,
    Person,
    PersonManager,
    PersonQuerySet,
    Role,
    RoleGrant,
    SignIn,
    SignInTry,
)
from handrail.people.models.token import ApiToken

__all__ = [
    "FIRST_OWNER",
    "Agreement",
    "ApiToken",
    "Assignment",
    "Audience",
    "Delegation",
    "Gap",
    "Interest",
    "Matrix",
    "MatrixEdit",
    "MatrixWaiver",
    "OrgUnit",
    "PeopleImport",
    "PeopleImportRow",
    "Person",
    "PersonManager",
    "PersonQuerySet",
    "Role",
    "RoleGrant",
    "SignIn",
    "SignInTry",
]
