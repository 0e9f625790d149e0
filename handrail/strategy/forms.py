"""What a person may type about a goal."""

from typing import Any

from django import forms

from handrail.people.models import Person
from handrail.strategy.actions import GoalText, PurposeText
from handrail.strategy.models import Constituency, Domain, Goal, Level, Purpose

# A browser reads a day for its own calendar in this form alone, whatever the language of the page.
DAY = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
CELLS = [(f"{level.value}.{who.value}", f"{level.label}, {who.label}") for level in Level for who in Constituency]


def person_with(mark: str) -> Person | None:
    """The person here with this e-mail; nobody for nothing, and a word to mend it for anything else."""
    mark = mark.strip()
    if not mark:
        return None
    person = Person.objects.here().filter(email__iexact=mark).first()
    if person is None:
        raise forms.ValidationError(f"Nobody here has the e-mail “{mark}”. Check it, or leave it empty for now.")
    return person


class GoalForm(forms.Form):
    """A goal in words, with its owner and period."""

    statement = forms.CharField(max_length=300, label="The goal, in one sentence")
    theme = forms.CharField(max_length=80, required=False, help_text="One word for what it is about, such as Guests.")
    owner = forms.CharField(required=False, label="Owner’s e-mail", help_text="Who answers for it.")
    starts_on = forms.DateField(required=False, label="Starts", widget=DAY)
    ends_on = forms.DateField(required=False, label="Ends", widget=DAY)
    parent = forms.ModelChoiceField(
        Goal.objects.live(), required=False, empty_label="none", label="Part of which larger goal"
    )
    status = forms.ChoiceField(choices=Goal.Status.choices, required=False)
    why = forms.CharField(max_length=500, required=False, label="Why it changes", help_text="Kept in its history.")

    def clean_owner(self) -> Person | None:
        """The person with this e-mail, or none."""
        return person_with(self.cleaned_data["owner"])

    def goal(self) -> GoalText:
        """The checked words as the verb takes them."""
        said: dict[str, Any] = self.cleaned_data
        return GoalText(
            statement=said["statement"].strip(),
            theme=said["theme"].strip(),
            owner=said["owner"],
            starts_on=said["starts_on"],
            ends_on=said["ends_on"],
            parent=said["parent"],
            status=said["status"] or Goal.Status.LIVE,
        )


def form_for(goal: Goal) -> GoalForm:
    """The form filled with a goal as it stands."""
    return GoalForm(
        initial={
            "parent": goal.parent_id,
            "statement": goal.statement,
            "theme": goal.theme,
            "owner": goal.owner.email if goal.owner else "",
            "starts_on": goal.starts_on,
            "ends_on": goal.ends_on,
            "status": goal.status,
        }
    )


class GoalFileForm(forms.Form):
    """A CSV of goals: chosen as a file first, then, once checked, as text that can be mended in place."""

    file = forms.FileField(label="Which file?", required=False)
    text = forms.CharField(required=False, strip=False, max_length=2_000_000)
    name = forms.CharField(required=False, max_length=200)
    put_in = forms.BooleanField(required=False)

    def clean(self) -> dict[str, Any]:
        """Either a file or its text."""
        said: dict[str, Any] = super().clean() or {}
        if not said.get("file") and not said.get("text"):
            self.add_error("file", "Choose the CSV file first.")
        return said

    def source(self) -> tuple[bytes, str]:
        """The bytes to read and the file's name; a file that was chosen wins over the text."""
        file = self.cleaned_data["file"]
        if file:
            return file.read(), file.name
        return self.cleaned_data["text"].encode(), self.cleaned_data["name"] or "the text below"


class PurposeForm(forms.Form):
    """A purpose in words, with where it stands and what it serves."""

    name = forms.CharField(max_length=120, label="Its name, in a few words")
    statement = forms.CharField(
        max_length=600,
        label="What it is for",
        help_text="One or two sentences: with whom, what, and so that what happens.",
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    why = forms.CharField(max_length=600, required=False, label="Why now", widget=forms.Textarea(attrs={"rows": 2}))
    cells = forms.MultipleChoiceField(choices=CELLS, label="Where it stands", help_text="One to three cells.")
    goals = forms.ModelMultipleChoiceField(
        Goal.objects.live(), required=False, label="Goals it serves", widget=forms.CheckboxSelectMultiple
    )
    domains = forms.ModelMultipleChoiceField(
        Domain.objects.all(), required=False, label="Domains it touches", widget=forms.CheckboxSelectMultiple
    )
    owner = forms.CharField(
        required=False, label="Owner’s e-mail", help_text="Who answers for it; never who approves it."
    )
    review_on = forms.DateField(required=False, label="Day of review", widget=DAY)

    clean_owner = GoalForm.clean_owner

    def grid(self) -> list[tuple[str, list[tuple[str, str, bool]]]]:
        """The twenty cells as rows of boxes: each its value, its words and whether it is ticked."""
        ticked = set(self["cells"].value() or ())
        rows = []
        for level in Level:
            boxes = [(f"{level.value}.{who.value}", f"{level.label} with {who.label.lower()}") for who in Constituency]
            rows.append((level.label, [(value, words, value in ticked) for value, words in boxes]))
        return rows

    def columns(self) -> list[str]:
        """The constituencies, as the grid's head names them."""
        return [who.label for who in Constituency]

    def purpose(self) -> PurposeText:
        """The checked words as the verb takes them."""
        said: dict[str, Any] = self.cleaned_data
        cells = [each.partition(".") for each in said["cells"]]
        return PurposeText(
            name=said["name"],
            statement=said["statement"],
            why=said["why"],
            owner=said["owner"],
            cells=tuple((level, who) for level, _, who in cells),
            goals=tuple(said["goals"]),
            domains=tuple(said["domains"]),
            review_on=said["review_on"],
        )


class PurposeChangeForm(PurposeForm):
    """A purpose as it should stand, and why it changes."""

    because = forms.CharField(
        max_length=600,
        label="Why it changes",
        help_text="Kept in its history. Other words, cells or goals take an approval away.",
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, *args: Any, purpose: Purpose, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        goals: Any = self.fields["goals"]
        # A goal it serves already stays a choice when it is met or dropped: only its owner takes it off.
        goals.queryset = (Goal.objects.live() | Goal.objects.filter(purposes=purpose)).distinct()


def purpose_form_for(row: Purpose) -> PurposeChangeForm:
    """The form filled with a purpose as it stands."""
    initial: dict[str, Any] = {name: getattr(row, name) for name in ("name", "statement", "why", "review_on")}
    initial |= {
        "owner": row.owner.email if row.owner else "",
        "cells": [f"{each.level}.{each.constituency}" for each in row.cells.all()],
        "goals": [goal.pk for goal in row.goals.all()],
        "domains": [domain.pk for domain in row.domains.all()],
    }
    return PurposeChangeForm(initial=initial, purpose=row)
