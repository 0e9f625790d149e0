"""Where rounds are announced outside Handrail: webhooks of Slack and Teams, whose addresses are never shown again."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from handrail.kernel.errors import BadInput
from handrail.people.guard import guarded, person_of
from handrail.vetting.actions import add_hook, may_set_hooks, remove_hook, try_hook
from handrail.vetting.forms import HookForm, add_refusal
from handrail.vetting.models import Hook


@guarded(may_set_hooks)
@sensitive_post_parameters("address")
@require_http_methods(["GET", "POST"])
def hooks(request: HttpRequest) -> HttpResponse:
    """The channels that are told when a round opens, has two days left, or clears."""
    form = HookForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            row = add_hook(by=person_of(request), **form.cleaned_data)
        except BadInput as error:
            add_refusal(form, error)
        else:
            messages.success(request, f"{row.name} is told from now on. Its address is kept sealed.")
            return redirect("vetting:hooks")
    shown = {"form": form, "rows": Hook.objects.filter(removed_at__isnull=True)}
    return render(request, "vetting/hooks.html", shown, status=422 if form.errors else 200)


@guarded(may_set_hooks)
@require_POST
def drop(request: HttpRequest, number: int) -> HttpResponse:
    """Stop telling a channel; its address is wiped."""
    row = remove_hook(get_object_or_404(Hook, pk=number), by=person_of(request))
    messages.success(request, f"{row.name} is told nothing any more, and its address is wiped.")
    return redirect("vetting:hooks")


@guarded(may_set_hooks)
@require_POST
def try_it(request: HttpRequest, number: int) -> HttpResponse:
    """Send a channel one line, to see it arrive."""
    row = try_hook(get_object_or_404(Hook, pk=number, removed_at__isnull=True), by=person_of(request))
    messages.success(request, f"A line is on its way to {row.name}. This page says in a moment how it went.")
    return redirect("vetting:hooks")
