"""What people type into listening: a topic, a file of posts."""

from django import forms
from django.conf import settings

from handrail.listening.models import Topic


class TopicForm(forms.Form):
    """What to listen for, and why."""

    name = forms.CharField(label="Name", max_length=120, error_messages={"required": "Give the topic a name."})
    query = forms.CharField(
        label="Query",
        widget=forms.Textarea(attrs={"class": "mono", "rows": 6, "spellcheck": "false", "autocapitalize": "off"}),
        error_messages={"required": "Write the words to listen for."},
        strip=False,
    )
    purpose = forms.CharField(
        label="What it is for",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Everyone who works here can ask what we listen for, and why.",
        error_messages={"required": "Say what this topic is for. Nobody is listened to without a purpose."},
    )


def form_for(topic: Topic | None) -> TopicForm:
    """The form as a topic stands, empty for a new one."""
    if topic is None:
        return TopicForm()
    return TopicForm(initial={"name": topic.name, "query": topic.query, "purpose": topic.purpose})


class PostFileForm(forms.Form):
    """A file of posts."""

    file = forms.FileField(
        label="Which file?",
        error_messages={"required": "Choose a file first.", "empty": "This file is empty. Choose another."},
    )

    def clean_file(self) -> object:
        """Refuse a file larger than the operator allows, before it is read."""
        file = self.cleaned_data["file"]
        most = settings.HANDRAIL_UPLOAD_LIMIT_MB
        if file.size > most * 1024 * 1024:
            raise forms.ValidationError(
                f"This file has {file.size / 1048576:,.0f} MB; at most {most} MB come in through a page. "
                "Use the command line: handrail import posts FILE."
            )
        return file
