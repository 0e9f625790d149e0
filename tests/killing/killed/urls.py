"""One address: do the deed, and say so only when it is done."""

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.urls import path

from handrail.kernel.actions import announce
from handrail.kernel.jobs import enqueue
from killed.facts import DeedDone
from killed.models import Deed
from killed.tasks import count


def deed(request: HttpRequest, token: str) -> HttpResponse:
    """Write the deed, queue its job, announce it; all or nothing."""
    with transaction.atomic():
        Deed.objects.create(token=token)
        enqueue(count, token, key=f"count {token}")
        announce(DeedDone(token), who=None)
    return HttpResponse(token)


urlpatterns = [path("deed/<str:token>", deed)]
