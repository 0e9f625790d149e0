"""What a person may type about a policy."""

from django import forms

from handrail.people.models import Person


class PolicyFileForm(forms.Form):
    """A policy as a file or as pasted text; `draft` carries checked text from the look before to the deed."""

    file = forms.FileField(
        label="A file", required=False, help_text="Markdown, Word (.docx), HTML or plain text, up to 20 MB."
    )
    text = forms.CharField(
        label="Or paste the text",
        required=False,
        widget=forms.Textarea(attrs={"rows": 10}),
        help_text="Markdown or plain text.",
    )
    title = forms.CharField(
        label="Title, if the text doesn’t say it",
        required=False,
        max_length=200,
        help_text="A policy with this title gets a new version; any other title begins a new policy.",
    )
    draft = forms.CharField(required=False, widget=forms.HiddenInput)
    name = forms.CharField(required=False, widget=forms.HiddenInput, max_length=200)

    def clean(self) -> dict[str, object]:
        """Exactly one source must be there."""
        said = super().clean() or {}
        if not (said.get("file") or (said.get("text") or "").strip() or said.get("draft")):
            self.add_error("file", "Choose a file, or paste the text below.")
        return said


class OwnerForm(forms.Form):
    """Who answers for a policy."""

    owner = forms.CharField(label="Owner’s e-mail", required=False, help_text="Who is accountable for it.")
    contact = forms.CharField(
        label="Where people ask",
        required=False,
        max_length=200,
        help_text="A shared mailbox or a channel, not a person.",
    )
    review_by = forms.DateField(
        label="Review by",
        required=False,
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        help_text="At most a year ahead.",
    )

    def clean_owner(self) -> Person | None:
        """The person with this e-mail, or none."""
        mark = self.cleaned_data["owner"].strip()
        if not mark:
            return None
        person = Person.objects.here().filter(email__iexact=mark).first()
        if person is None:
            raise forms.ValidationError(f"Nobody here has the e-mail “{mark}”. Check it, or leave it empty for now.")
        return person


class PublishForm(forms.Form):
    """From when a version holds."""

    effective_on = forms.DateField(
        label="In force from",
        required=False,
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        help_text="Today, if left empty. A past day stands beside the day of publishing, for everyone to see.",
    )
