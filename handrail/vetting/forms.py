"""What a person may type about a round: a remark, an answer, a signature, an invitation, another last day."""

import secrets
from collections.abc import Sequence
from datetime import datetime, time
from typing import Any

from django import forms
from django.utils import timezone

from handrail.kernel.errors import BadInput
from handrail.vetting.models import Disposition
from handrail.vetting.reads import TextClause, Thread

LONGEST = 20_000


def add_refusal(form: forms.Form, error: BadInput, **names: str) -> None:
    """Put a verb’s refusal beside the field it is about; `names` says where the form calls a field otherwise."""
    known = {"clause_key": "clause"} | names
    field = known.get(error.field, error.field)
    shown = field in form.fields and not form.fields[field].widget.is_hidden
    form.add_error(field if shown else None, error.sentence)


def _area(rows: int, **more: str) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows, **more})


class GuestSayForm(forms.Form):
    """A remark with a name: its words, what it quotes, another wording."""

    clause = forms.CharField(max_length=80, required=False, widget=forms.HiddenInput)
    parent = forms.CharField(max_length=16, required=False, widget=forms.HiddenInput)
    once = forms.CharField(max_length=64, required=False, widget=forms.HiddenInput)
    quote = forms.CharField(
        max_length=LONGEST,
        required=False,
        label="Which words is it about?",
        help_text="Leave it empty for the whole clause. Or mark words in the clause, and they are put here.",
        widget=_area(2),
    )
    body = forms.CharField(max_length=LONGEST, required=False, label="What do you want to say?", widget=_area(4))
    suggested = forms.CharField(
        max_length=LONGEST,
        required=False,
        label="How would you put it?",
        help_text="If you have another wording, write the sentence as it should read. Others can support it.",
        widget=_area(3),
    )

    def __init__(self, data: Any = None, *, initial: dict[str, Any] | None = None) -> None:
        super().__init__(data, initial={"once": secrets.token_hex(16)} | (initial or {}))
        if self["parent"].value():
            del self.fields["quote"], self.fields["suggested"]
            self.fields["body"].label = "Your reply"

    def clean(self) -> dict[str, Any]:
        """Fields that a reply doesn’t have read as empty."""
        given: dict[str, Any] = super().clean() or {}
        return {"quote": "", "suggested": ""} | given


class SayForm(GuestSayForm):
    """A remark by somebody who works here: also for an interest, as a condition, or without their name."""

    interest = forms.ChoiceField(required=False, label="On whose behalf?")
    condition = forms.BooleanField(
        required=False, label="This is a condition of my sign-off", help_text="The round can’t close before it is met."
    )
    anonymous = forms.BooleanField(required=False, label="Without my name")
    show_group = forms.BooleanField(
        required=False, label="Show my department, if five people or more share it in this round"
    )

    def __init__(
        self,
        data: Any = None,
        *,
        initial: dict[str, Any] | None = None,
        interests: Sequence[tuple[str, str]] = (),
        anonymous: bool = False,
    ) -> None:
        super().__init__(data, initial=initial)
        choice = self.fields["interest"]
        assert isinstance(choice, forms.ChoiceField)
        choice.choices = [*interests]
        if len(interests) < 2:
            choice.widget = forms.HiddenInput()
            self.initial["interest"] = interests[0][0] if interests else ""
        if not interests or self["parent"].value():
            del self.fields["condition"]
        if not anonymous or interests:
            del self.fields["anonymous"], self.fields["show_group"]

    def clean(self) -> dict[str, Any]:
        """Choices that this person or round doesn’t have read as no."""
        return {"condition": False, "anonymous": False, "show_group": False} | super().clean()


class DisposeForm(forms.Form):
    """What becomes of a remark, why, what changed, and which others say the same."""

    verdict = forms.ChoiceField(
        choices=Disposition.Verdict.choices, label="What becomes of it?", widget=forms.RadioSelect
    )
    reason = forms.CharField(
        max_length=LONGEST,
        label="Why?",
        help_text="One or two sentences. Whoever said it reads them, and they go into the vetting record.",
        widget=_area(3),
    )
    clause = forms.ChoiceField(
        required=False, label="Which clause changed?", help_text="Only where it was taken up and the words changed."
    )
    also = forms.MultipleChoiceField(
        required=False, label="Do these say the same?", widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, data: Any = None, *, clauses: Sequence[TextClause] = (), same: Sequence[Thread] = ()) -> None:
        super().__init__(data)
        self.same = list(same)
        clause, also = self.fields["clause"], self.fields["also"]
        assert isinstance(clause, forms.ChoiceField)
        assert isinstance(also, forms.MultipleChoiceField)
        clause.choices = [("", "The one it is about, or none"), *((each.key, _called(each)) for each in clauses)]
        also.choices = [(each.uid, _line(each)) for each in same]
        if not same:
            also.widget = forms.MultipleHiddenInput()


def _called(clause: TextClause) -> str:
    return f"{clause.number} {clause.heading}".strip() or clause.key


def _line(thread: Thread) -> str:
    words = thread.remark.body or thread.remark.suggested
    short = words if len(words) <= 160 else f"{words[:159].rstrip()}…"
    return f"{thread.number} {thread.who}: {short}".strip()


class SignForm(forms.Form):
    """A signature, with a condition where there is one."""

    condition = forms.CharField(
        max_length=2000,
        required=False,
        label="Do you sign on a condition?",
        help_text="Leave it empty to sign as it stands. With a condition your word counts once you say that it is met.",
        widget=_area(2),
    )


class WhyForm(forms.Form):
    """A reason."""

    why = forms.CharField(max_length=2000, label="Why?", help_text="Everyone who spoke reads it.", widget=_area(3))


class ClosingForm(forms.Form):
    """Another last day."""

    day = forms.DateField(label="Last day", widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    hour = forms.TimeField(label="At", widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"))

    def closes_at(self) -> datetime:
        """The moment, in the house’s time zone."""
        return timezone.make_aware(datetime.combine(self.cleaned_data["day"], self.cleaned_data["hour"]))


class InviteForm(forms.Form):
    """Somebody from elsewhere."""

    name = forms.CharField(max_length=200, label="Who is invited?")
    organisation = forms.CharField(
        max_length=200, required=False, label="From where?", help_text="Such as the works council."
    )
    email = forms.CharField(
        max_length=254, required=False, label="E-mail", help_text="Only to tell them what became of what they said."
    )
    day = forms.DateField(
        required=False,
        label="Until",
        help_text="Empty: until the round closes. 90 days at the most.",
        widget=forms.DateInput(attrs={"type": "date"}),
    )

    def expires_at(self) -> datetime | None:
        """The end of the chosen day, or nothing chosen."""
        day = self.cleaned_data["day"]
        return timezone.make_aware(datetime.combine(day, time(23, 59))) if day else None


class HookForm(forms.Form):
    """A channel that is told about rounds."""

    name = forms.CharField(max_length=80, label="What do you call it?", help_text="Such as #policy or Communications.")
    kind = forms.ChoiceField(choices=[("slack", "Slack"), ("teams", "Microsoft Teams")], label="Where is it?")
    address = forms.CharField(
        max_length=2000,
        label="Webhook address",
        help_text="It begins with https://. It is kept sealed and never shown again.",
        widget=forms.URLInput(attrs={"autocomplete": "off"}),
    )
