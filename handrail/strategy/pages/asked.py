"""What may be typed on the pages of strategy beyond goals and purposes, and how a refused deed returns to its form."""

from collections.abc import Callable
from typing import Any, TypeVar

from django import forms

from handrail.kernel.errors import BadInput, NotNow
from handrail.people.models import Person
from handrail.strategy.actions import ActivityText, DomainText, InitiativeText, TargetText
from handrail.strategy.forms import DAY, person_with
from handrail.strategy.models import Constituency, Domain, Initiative, Level, Purpose, Target

Row = TypeVar("Row")
LONG = forms.Textarea(attrs={"rows": 3})
TOPICS = ("mission", "strategy", "values", "outcomes")


def tried(form: forms.Form, deed: Callable[[], Row], **renamed: str) -> Row | None:
    """Do the deed; where it can't be done, the form says why beside what was typed. `renamed`: verb's field=ours."""
    try:
        return deed()
    except (BadInput, NotNow) as refusal:
        said = getattr(refusal, "field", "")
        field = renamed.get(said, said)
        form.add_error(field if field in form.fields else None, refusal.sentence)
        form.status = refusal.status  # type: ignore[attr-defined]
    return None


def status_of(form: forms.Form) -> int:
    """The status a page with this form answers with."""
    return getattr(form, "status", 422) if form.errors else 200


def cell_of(text: str) -> tuple[str, str] | None:
    """A cell from an address, such as share.employees; None where the grid has no such cell."""
    level, _, who = text.partition(".")
    return (level, who) if level in Level.values and who in Constituency.values else None


class TargetForm(forms.Form):
    """A measure, where it started, where it should be."""

    measure = forms.CharField(max_length=200, label="What would you count?", help_text="Such as: guests who book again")
    unit = forms.CharField(max_length=40, required=False, help_text="Such as %, guests or minutes. May stay empty.")
    baseline = forms.DecimalField(
        max_digits=16, decimal_places=3, required=False, label="Baseline", help_text="Where it starts."
    )
    baseline_on = forms.DateField(required=False, label="Day of the baseline", widget=DAY)
    value = forms.DecimalField(
        max_digits=16, decimal_places=3, required=False, label="Target", help_text="Where it should be."
    )
    due_on = forms.DateField(required=False, label="Reached by", widget=DAY)
    every_days = forms.IntegerField(
        min_value=1, max_value=1000, initial=90, label="Read every how many days", help_text="Older is not fresh."
    )

    def target(self) -> TargetText:
        """The checked words as the verb takes them."""
        return TargetText(**self.cleaned_data)


def target_form_for(row: Target) -> TargetForm:
    """The form filled with a measure as it stands."""
    return TargetForm(initial={name: getattr(row, name) for name in TargetForm.base_fields})


class ReadingForm(forms.Form):
    """A value that was read, with its day."""

    value = forms.DecimalField(max_digits=16, decimal_places=3, label="What was read")
    on = forms.DateField(label="On which day", widget=DAY)
    note = forms.CharField(max_length=200, required=False, label="Where it comes from")


class MoveForm(forms.Form):
    """Where a purpose goes, from where, and why."""

    come_from = forms.ChoiceField(required=False, label="Out of which cell", widget=forms.RadioSelect)
    to = forms.ChoiceField(label="Into which cell")
    why = forms.CharField(max_length=600, label="Why it moves", help_text="Kept in its history.", widget=LONG)

    def __init__(self, *args: Any, purpose: Purpose, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        stands = [((each.level, each.constituency), str(each)) for each in purpose.cells.all()]
        here = {cell for cell, _ in stands}
        come_from: Any = self.fields["come_from"]
        come_from.choices = [(".".join(cell), said) for cell, said in stands] + [
            ("", "None of them: it stands there as well")
        ]
        to: Any = self.fields["to"]
        to.choices = [
            (f"{level.value}.{who.value}", f"{level.label} with {who.label.lower()}")
            for level in Level
            for who in Constituency
            if (level.value, who.value) not in here
        ]


class InitiativeForm(forms.Form):
    """An initiative, with its lead's words on what informs it."""

    name = forms.CharField(max_length=120, label="Its name")
    lead = forms.CharField(required=False, label="Lead’s e-mail", help_text="Who runs it; never who approves it.")
    cells = forms.MultipleChoiceField(
        label="Where it stands", help_text="Among the cells of its purpose.", widget=forms.CheckboxSelectMultiple
    )
    channels = forms.CharField(max_length=300, required=False, help_text="Such as Instagram, the noticeboard, e-mail.")
    on_mission = forms.CharField(max_length=600, required=False, label="How the mission informs it", widget=LONG)
    on_strategy = forms.CharField(max_length=600, required=False, label="How the strategy informs it", widget=LONG)
    on_values = forms.CharField(max_length=600, required=False, label="How our values inform it", widget=LONG)
    on_outcomes = forms.CharField(
        max_length=600, required=False, label="Which outcomes it is meant to bring", widget=LONG
    )

    def __init__(self, *args: Any, purpose: Purpose, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cells: Any = self.fields["cells"]
        cells.choices = [(f"{each.level}.{each.constituency}", str(each)) for each in purpose.cells.all()]
        if len(cells.choices) == 1 and not self.is_bound:
            self.initial.setdefault("cells", [cells.choices[0][0]])

    def clean_lead(self) -> Person | None:
        """The person with this e-mail, or none."""
        return person_with(self.cleaned_data["lead"])

    def initiative(self) -> InitiativeText:
        """The checked words as the verb takes them."""
        said: dict[str, Any] = dict(self.cleaned_data)
        cells = tuple(filter(None, (cell_of(each) for each in said.pop("cells"))))
        return InitiativeText(cells=cells, **said)


def initiative_form_for(row: Initiative) -> InitiativeForm:
    """The form filled with an initiative as it stands."""
    plain = ("name", "channels", *(f"on_{topic}" for topic in TOPICS))
    initial: dict[str, Any] = {name: getattr(row, name) for name in plain}
    initial["lead"] = row.lead.email if row.lead else ""
    initial["cells"] = [f"{each.level}.{each.constituency}" for each in row.cells.all()]
    return InitiativeForm(initial=initial, purpose=row.purpose)


class DomainForm(forms.Form):
    """A function that social work touches."""

    name = forms.CharField(max_length=120, label="The function", help_text="As people call it, such as Purchasing.")
    lead = forms.CharField(required=False, label="Lead’s e-mail", help_text="Who speaks for the function.")
    expected_impact = forms.CharField(
        max_length=500, required=False, label="What it would change for them", widget=LONG
    )
    readiness = forms.ChoiceField(choices=Domain.Readiness.choices, label="How ready they are")

    def clean_lead(self) -> Person | None:
        """The person with this e-mail, or none."""
        return person_with(self.cleaned_data["lead"])

    def domain(self, activities: tuple[ActivityText, ...]) -> DomainText:
        """The checked words as the verb takes them."""
        return DomainText(activities=activities, **self.cleaned_data)


class ActivityForm(forms.Form):
    """Something the function does today."""

    what = forms.CharField(max_length=300, required=False, label="What it does")
    channel = forms.CharField(max_length=120, required=False, label="On which channel")
    audience = forms.ChoiceField(
        choices=[("", "nobody in particular"), *Constituency.choices], required=False, label="For whom"
    )
    how_often = forms.CharField(max_length=80, required=False, label="How often")


ActivityForms = forms.formset_factory(ActivityForm, extra=2, max_num=60, absolute_max=60)


def activities_from(rows: Any) -> tuple[ActivityText, ...]:
    """The activities that were typed; a row without words is left out."""
    return tuple(
        ActivityText(said["what"], said["channel"], said["audience"], said["how_often"])
        for said in (row.cleaned_data for row in rows)
        if said.get("what", "").strip()
    )
