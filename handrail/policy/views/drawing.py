"""The addresses and notes with which a version's text is drawn for the person who asks."""

from django.http import HttpRequest
from django.middleware.csrf import get_token
from django.urls import reverse
from django.utils.html import format_html

from handrail.people.guard import person_of
from handrail.people.models import Person
from handrail.policy.actions import may_edit, may_write
from handrail.policy.drawn import Frame
from handrail.policy.drawn_margin import Margin
from handrail.policy.models import Version
from handrail.policy.reads import clause_notes, clause_numbers
from handrail.vetting.actions import may_remark
from handrail.vetting.models import Round


def suggest_at(shown: Version, round: Round | None, person: Person) -> str:
    """Where this person suggests a change to a version: in its round while one asks them, else as an amendment.

    A clause is named by `?clause=` behind it; nothing for words that nobody can change any more.
    """
    if shown.state == Version.State.SUPERSEDED:
        return ""
    if shown.state == Version.State.IN_VETTING and round is not None and may_remark(person, round):
        return reverse("vetting:say", args=[round.pk])
    return reverse("policy:propose", args=[shown.policy.key])


def frame_of(request: HttpRequest, shown: Version, round: Round | None, *, margin: bool) -> Frame:
    """What the drawing of a version needs to know of the page."""
    person = person_of(request)
    suggest, edits = suggest_at(shown, round, person), may_edit(person, shown)
    edit = reverse("policy:edit", args=[shown.policy.key, shown.number])
    change = f"{edit}?clause=" if edits else f"{suggest}?clause=" if suggest else ""
    return Frame(
        why=reverse("policy:why", args=[shown.policy.key, "x"])[:-1],
        change=change,
        change_word="Edit" if edits else "Suggest a change",
        procedure=reverse("policy:procedure", args=[0])[:-1],
        scenarios=reverse("policy:scenarios", args=[shown.policy.key]),
        numbers=clause_numbers(shown),
        notes=clause_notes(shown),
        margin=_margin(request, shown, round, edits) if margin else None,
    )


def _margin(request: HttpRequest, shown: Version, round: Round | None, edits: bool) -> Margin:
    named = [shown.policy.key, shown.number]
    writes = may_write(person_of(request), shown.policy) and not shown.is_frozen
    return Margin(
        why=reverse("policy:why", args=[shown.policy.key, "x"])[:-1],
        thread=reverse("vetting:remark", args=[round.pk, "x"])[:-1] if round else "",
        edit=reverse("policy:edit", args=named) if edits else "",
        use=reverse("policy:use_wording", args=[*named, "x"])[:-1] if edits else "",
        token=format_html('<input type="hidden" name="csrfmiddlewaretoken" value="{}">', get_token(request)),
        checks=reverse("policy:checks", args=named),
        steps=reverse("policy:move_steps", args=named) if writes else "",
        numbers=clause_numbers(shown),
    )
