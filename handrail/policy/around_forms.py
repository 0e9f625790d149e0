"""What a person may type about procedures, amendments, translations and scenarios."""

from collections.abc import Iterable

from django import forms

from handrail.people.models import Interest, Person
from handrail.policy.models import Because, Policy, Procedure, Scenario


def _here(mark: str) -> Person | None:
    """The person with this e-mail, or none where nothing was typed."""
    if not mark.strip():
        return None
    person = Person.objects.here().filter(email__iexact=mark.strip()).first()
    if person is None:
        raise forms.ValidationError(f"Nobody here has the e-mail “{mark}”. Check it, or leave it empty for now.")
    return person


class ProcedureForm(forms.Form):
    """A procedure as its department writes it."""

    title = forms.CharField(label="Title", max_length=200, help_text="What is done, in a few words: Asking a guest.")
    department = forms.CharField(
        label="Department", max_length=120, widget=forms.TextInput(attrs={"list": "departments"})
    )
    owner = forms.CharField(label="Owner’s e-mail", required=False, help_text="Who is accountable, and approves it.")
    markdown = forms.CharField(
        label="How it is done",
        required=False,
        widget=forms.Textarea(attrs={"rows": 16}),
        help_text="Markdown. One step per line reads best: 1. Ask. 2. Show it. 3. Post it.",
    )

    def clean_owner(self) -> Person | None:
        """The person with this e-mail, or none."""
        return _here(self.cleaned_data["owner"])


class MoveStepsForm(forms.Form):
    """Where the steps go: a procedure that is there, or a new one."""

    procedure = forms.ChoiceField(label="Into", required=False)
    title = forms.CharField(label="Title of the new procedure", required=False, max_length=200)
    department = forms.CharField(
        label="Department",
        required=False,
        max_length=120,
        widget=forms.TextInput(attrs={"list": "departments"}),
        help_text="For a new procedure: who does it.",
    )

    def __init__(self, *args: object, procedures: Iterable[Procedure] = (), **given: object) -> None:
        super().__init__(*args, **given)  # type: ignore[arg-type]
        choices = [("", "A new procedure")] + [(str(each.number), str(each)) for each in procedures]
        self.fields["procedure"].choices = choices  # type: ignore[attr-defined]

    def clean(self) -> dict[str, object]:
        """A new procedure needs a title and a department."""
        said = super().clean() or {}
        if not said.get("procedure"):
            for name, words in (("title", "Give the new procedure a title."), ("department", "Say whose it is.")):
                if not said.get(name) and name not in self.errors:
                    self.add_error(name, words)
        return said


class AmendmentForm(forms.Form):
    """A change that somebody proposes."""

    wording = forms.CharField(
        label="What it should say",
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="The whole clause in your words. Empty, if you only see that it must change.",
    )
    because = forms.CharField(
        label="Because", max_length=600, widget=forms.Textarea(attrs={"rows": 3}), help_text="What happened, or why."
    )
    because_kind = forms.ChoiceField(label="It comes from", choices=Because.Kind.choices, initial="decision")
    source = forms.CharField(
        label="Record it comes from", required=False, max_length=120, help_text="Such as misstep:7, if you know it."
    )
    claim = forms.CharField(
        label="It should", required=False, max_length=400, help_text="What will be better, so that it can be checked."
    )
    measure = forms.CharField(label="We see it by", required=False, max_length=200)
    check_on = forms.DateField(
        label="We look on", required=False, widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    )
    once = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)


class ScenarioForm(forms.Form):
    """A situation with the verdict that the policy gives."""

    situation = forms.CharField(label="Situation", max_length=4000, widget=forms.Textarea(attrs={"rows": 4}))
    question = forms.CharField(label="Question", max_length=300, initial="May I post it?")
    verdict = forms.ChoiceField(label="The policy says", choices=Scenario.Verdict.choices)
    why = forms.CharField(label="Why", required=False, max_length=4000, widget=forms.Textarea(attrs={"rows": 3}))
    clauses = forms.MultipleChoiceField(
        label="It tests", widget=forms.SelectMultiple(attrs={"size": 8}), help_text="One clause or more."
    )

    def __init__(self, *args: object, policy: Policy, **given: object) -> None:
        super().__init__(*args, **given)  # type: ignore[arg-type]
        latest = policy.versions.order_by("-number").first()
        rows = latest.clauses.order_by("position").values_list("key", "text") if latest else ()
        self.fields["clauses"].choices = [(key, text[:110]) for key, text in rows]  # type: ignore[attr-defined]


class VetForm(forms.Form):
    """A round on a draft: until when, who must sign, who else may read."""

    closes_on = forms.DateField(
        label="Last day",
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        help_text="Two weeks give people time; the day can be moved.",
    )
    asks = forms.CharField(
        label="What you ask of readers",
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Is anything missing? Could you live by it on a busy day?",
    )
    everyone = forms.BooleanField(label="Everyone may read it and speak", required=False, initial=True)
    anonymous = forms.BooleanField(
        label="They may speak without their name; no administrator can undo that", required=False, initial=True
    )

    def __init__(self, *args: object, **given: object) -> None:
        super().__init__(*args, **given)  # type: ignore[arg-type]
        for value, name in Interest.choices:
            self.fields[f"quorum_{value}"] = forms.IntegerField(
                label=f"{name}: how many sign", min_value=0, max_value=20, initial=1
            )
            self.fields[f"why_{value}"] = forms.CharField(
                label=f"{name}: why nobody, where none signs", required=False, max_length=1000
            )

    def clean(self) -> dict[str, object]:
        """An interest that nobody signs for has a reason."""
        said = super().clean() or {}
        for value, _ in Interest.choices:
            if said.get(f"quorum_{value}") == 0 and not str(said.get(f"why_{value}", "")).strip():
                self.add_error(f"why_{value}", "Say why; the record prints it.")
        return said

    @property
    def required_said(self) -> dict[str, int]:
        """The interests that must sign, each with how many."""
        said = self.cleaned_data
        return {value: said[f"quorum_{value}"] for value, _ in Interest.choices if said[f"quorum_{value}"]}

    @property
    def left_out_said(self) -> dict[str, str]:
        """The interests that need not, each with why."""
        said = self.cleaned_data
        return {value: said[f"why_{value}"] for value, _ in Interest.choices if not said[f"quorum_{value}"]}


class FileForm(forms.Form):
    """One file."""

    file = forms.FileField(label="File")
