"""Lists brought in over the API: procedures, scenarios and a translation as files."""

from typing import Any

from django.http import HttpRequest
from ninja import File, Router, Schema
from ninja.files import UploadedFile

from handrail.people.guard import person_of
from handrail.policy import actions
from handrail.policy.views.amendments import policy_asked

router = Router(tags=["policy"])


class BadRowOut(Schema):
    """A row of a file that could not go in, and why."""

    line: int
    words: str


class ListOut(Schema):
    """What a file made and changed, what it says already, and the rows that could not go in."""

    made: int
    changed: int
    same: int
    bad: list[BadRowOut]


class TranslatedOut(Schema):
    """What a translated file changed, what it leaves open, and the lines that could not go in."""

    changed: int
    missing: int
    bad: list[BadRowOut]


@router.post("/procedures/import", response=ListOut, summary="Bring a list of procedures in")
def bring_procedures_in(request: HttpRequest, file: File[UploadedFile], dry_run: bool = False) -> Any:
    """A CSV with department, title and text; good rows go in as drafts, the others are named."""
    return actions.import_procedures(file.read(), by=person_of(request), dry_run=dry_run)


@router.post("/policies/{key}/scenarios/import", response=ListOut, summary="Bring a list of scenarios in")
def bring_scenarios_in(request: HttpRequest, key: str, file: File[UploadedFile]) -> Any:
    """A CSV with situation, question, verdict and clauses; good rows go in, the others are named."""
    return actions.import_scenarios(policy_asked(request, key), file.read(), by=person_of(request))


@router.post("/policies/{key}/translations/{language}/import", response=TranslatedOut, summary="Bring a translation in")
def bring_translation_in(request: HttpRequest, key: str, language: str, file: File[UploadedFile]) -> Any:
    """A translated Markdown file with the same clause ids."""
    policy = policy_asked(request, key)
    return actions.import_translation(policy, language, file.read(), file.name or "file", by=person_of(request))
