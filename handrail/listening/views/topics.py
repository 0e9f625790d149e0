"""Saying what we listen for: the query editor with what it would match, saved with a purpose."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from handrail.kernel.errors import BadInput
from handrail.kernel.words import counted
from handrail.listening import reads
from handrail.listening.actions import may_save_topics, retire_topic, save_topic
from handrail.listening.forms import TopicForm, form_for
from handrail.listening.models import Topic
from handrail.people.guard import guarded, person_of
from handrail.people.reads import anyone


@guarded(anyone)
@require_GET
def topics(request: HttpRequest) -> HttpResponse:
    """Everything we listen for and why, open to everyone who works here; no posts."""
    rows = Topic.objects.select_related("owner").order_by("retired_at", "name")
    person = person_of(request)
    shown = {"topics": rows, "may_save": may_save_topics(person), "may_listen": reads.may_listen(person)}
    return render(request, "listening/topics.html", shown)


@guarded(may_save_topics)
@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, pk: int | None = None) -> HttpResponse:
    """A topic's query, what it would match, and saving it."""
    topic = get_object_or_404(Topic.objects.live(), pk=pk) if pk else None
    form = TopicForm(request.POST) if request.method == "POST" else form_for(topic)
    if request.method == "POST" and "check" not in request.POST and form.is_valid():
        try:
            saved = save_topic(topic, **form.cleaned_data, by=person_of(request))
        except BadInput as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, refusal.sentence)
        else:
            messages.success(request, _done(saved))
            return redirect(f"{reverse('listening:listening')}?topic={saved.pk}&span=all")
    shown: dict[str, object] = {
        "form": form,
        "topic": topic,
        "revisions": topic.revisions.select_related("by") if topic else (),
    }
    shown |= _preview(str(form["query"].value() or ""), topic)
    return render(
        request, "listening/topic.html", shown, status=422 if form.errors and "check" not in request.POST else 200
    )


@guarded(may_save_topics)
@require_POST
def preview(request: HttpRequest) -> HttpResponse:
    """What the query typed so far would match, alone."""
    key = request.POST.get("topic", "")
    topic = Topic.objects.filter(pk=int(key)).first() if key.isdecimal() and len(key) < 18 else None
    return render(request, "listening/_preview.html", _preview(request.POST.get("query", ""), topic))


@guarded(may_save_topics)
@require_POST
def retire(request: HttpRequest, pk: int) -> HttpResponse:
    """Stop listening for a topic."""
    topic = retire_topic(get_object_or_404(Topic, pk=pk), by=person_of(request))
    messages.success(request, f"“{topic.name}” is retired. What was heard stays.")
    return redirect("listening:topics")


def _preview(query: str, topic: Topic | None) -> dict[str, object]:
    if not query.strip():
        return {"preview": None, "refusal": None}
    try:
        return {"preview": reads.preview(query, topic), "refusal": None, "topic": topic}
    except BadInput as refusal:
        return {"preview": None, "refusal": refusal, "topic": topic}


def _done(topic: Topic) -> str:
    if topic.is_behind:
        return f"“{topic.name}” is live for new posts. Posts kept from before are being looked at now."
    wording = topic.revisions.first()
    if wording is None or not (wording.added or wording.lost):
        return f"“{topic.name}” is live. No post kept from before changes."
    return (
        f"“{topic.name}” is live: {counted(wording.added, 'post')} kept from before came in, {wording.lost:,} went out."
    )
