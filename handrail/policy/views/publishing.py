"""Pages on the way into force: send a draft out, see what publishing touches, publish, hold a scheduled day back."""

from datetime import datetime, time, timedelta

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from handrail.kernel.errors import BadInput, NotNow, Refused
from handrail.kernel.words import counted
from handrail.people.guard import guarded, person_of
from handrail.people.reads import anyone
from handrail.policy import actions, reads
from handrail.policy.around_forms import VetForm
from handrail.policy.forms import PublishForm
from handrail.policy.models import Version
from handrail.policy.sheet import change_counts
from handrail.policy.views.pages import version_asked
from handrail.vetting.reads import round_href


@guarded(actions.may_write)
@require_http_methods(["GET", "POST"])
def vet(request: HttpRequest, key: str, number: int) -> HttpResponse:
    """Send a draft out for vetting: until when, who signs, who else may read."""
    shown = version_asked(request, key, number)
    if shown.state != Version.State.DRAFT:
        round = reads.round_of(shown)
        if shown.state == Version.State.IN_VETTING and round is not None:
            return redirect(round_href(round))
        raise NotNow(f"Version {number} is {shown.get_state_display().lower()}; only a draft goes out.")
    initial = {"closes_on": timezone.localdate() + timedelta(days=14)}
    form = VetForm(request.POST) if request.method == "POST" else VetForm(initial=initial)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        closes_at = timezone.make_aware(datetime.combine(said["closes_on"], time(23, 59)))
        round = actions.open_vetting(
            shown,
            by=person_of(request),
            closes_at=closes_at,
            required=form.required_said,
            left_out=form.left_out_said,
            anonymous=said["anonymous"],
            open_to="everyone" if said["everyone"] else None,
            asks=said["asks"],
        )
        messages.success(request, f"Version {number} is out for vetting. Those who are asked get a letter.")
        return redirect(round_href(round))
    values = {
        "policy": shown.policy,
        "version": shown,
        "form": form,
        "plain": [form[name] for name in ("closes_on", "asks", "everyone", "anonymous")],
        "interests": [field for field in form if field.name.startswith(("quorum_", "why_"))],
        "writers": reads.writers_of(shown),
        "unconfirmed": len(reads.unconfirmed(shown)),
    }
    return render(request, "policy/vet.html", values, status=422 if form.errors else 200)


@guarded(anyone)
@require_http_methods(["GET", "POST"])
def publish_version(request: HttpRequest, key: str, number: int) -> HttpResponse:
    """First what publishing would do and what is still missing; then, on the button there, it is published."""
    shown = version_asked(request, key, number)
    if request.method == "GET":
        return _before_publishing(request, shown)
    if "confirm" in request.POST:
        return _confirm(request, shown)
    form = PublishForm(request.POST)
    effective_on = form.cleaned_data["effective_on"] if form.is_valid() else None
    if form.errors:
        raise BadInput("That is no date. Choose the day from which it holds, or leave it empty for today.")
    done = actions.publish(shown, by=person_of(request), effective_on=effective_on)
    if done.state == Version.State.SCHEDULED:
        said = f"Version {done.number} is published and holds from {done.effective_on:%-d %B %Y}."
    else:
        said = f"Version {done.number} is in force."
    messages.success(request, f"{said} How it was vetted stands with it.")
    return redirect("policy:version", key=key, number=done.number)


def _confirm(request: HttpRequest, shown: Version) -> HttpResponse:
    """Confirm in one press what the rules are sure of; the changes in doubt are said one by one."""
    sure = [each.key for each in reads.unconfirmed(shown) if not each.in_doubt]
    done = actions.confirm_changes(shown, sure, by=person_of(request))
    left = len(reads.unconfirmed(shown))
    rest = f" {counted(left, 'is', 'are')} in doubt: say what they ask yourself." if left else ""
    messages.success(request, f"{counted(len(done), 'proposal is', 'proposals are')} confirmed.{rest}")
    return redirect("policy:changes" if left else "policy:publish", key=shown.policy.key, number=shown.number)


@guarded(anyone)
@require_POST
def take_back(request: HttpRequest, key: str, number: int) -> HttpResponse:
    """Make a cleared version a draft again, with why."""
    done = actions.take_back(version_asked(request, key, number), request.POST.get("why", ""), by=person_of(request))
    messages.success(request, f"Version {number} is a draft again. What was signed stays in the record of its round.")
    return redirect("policy:version", key=key, number=done.number)


def _before_publishing(request: HttpRequest, shown: Version) -> HttpResponse:
    if not actions.may_publish(person_of(request), shown):
        raise Refused(actions.NOT_A_PUBLISHER)
    if shown.is_frozen:
        raise NotNow(f"Version {shown.number} was published already. Its words and its days stay as they are.")
    standing_today = reads.in_force(shown.policy)
    counts = change_counts(reads.differences(standing_today, shown)) if standing_today else []
    findings = reads.findings_of(shown, settings.HANDRAIL_ORGANISATION)
    impacts = reads.impact_of(shown)
    round = reads.round_of(shown)
    waiting = reads.unconfirmed(shown)
    values = {
        "policy": shown.policy,
        "version": shown,
        "in_force": standing_today,
        "counts": counts,
        "change_total": sum(number for _, number in counts),
        "clause_total": len(reads.document_of(shown).clauses),
        "to_fix": sum(finding.severity == "fix" for finding in findings),
        "standing": reads.standing_of(shown),
        "keeps": reads.what_keeps_it(shown),
        "round": round,
        "round_href": round_href(round) if round else "",
        "unconfirmed": waiting,
        "sure": sum(not each.in_doubt for each in waiting),
        "may_confirm": actions.may_write(person_of(request), shown.policy),
        "impacts": impacts,
        "touched": sum(each.count for each in impacts),
        "form": PublishForm(),
    }
    return render(request, "policy/publish.html", values)


@guarded(anyone)
@require_POST
def hold_back(request: HttpRequest, key: str, number: int) -> HttpResponse:
    """Take a version that waits for its day back to cleared."""
    actions.hold_back(version_asked(request, key, number), by=person_of(request))
    messages.success(request, f"Version {number} is held back. It is cleared and can be published again.")
    return redirect("policy:version", key=key, number=number)


@guarded(reads.may_see_drafts)
@require_GET
def impact(request: HttpRequest, key: str, number: int) -> HttpResponse:
    """What becomes stale on the day this version comes into force."""
    shown = version_asked(request, key, number)
    impacts = reads.impact_of(shown)
    values = {
        "policy": shown.policy,
        "version": shown,
        "impacts": impacts,
        "total": sum(each.count for each in impacts),
    }
    return render(request, "policy/impact.html", values)
