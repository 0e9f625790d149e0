"""What a person reads when an address can't answer."""

from django.http import HttpRequest, HttpResponse

from handrail.kernel.errors import BadInput, Refusal, Refused
from handrail.kernel.refusals import refusal_page
from handrail.people.guard import NOT_YOURS


class NotFound(Refusal):
    """There is nothing at this address."""

    status = 404


class Broken(Refusal):
    """Something of ours failed; nothing was half written."""

    status = 500


def stale_form(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The form's one-time mark is missing or old; nothing was written."""
    sentence = "This form is too old to be sent safely. Go back, load the page again and send it once more."
    return refusal_page(request, Refused(sentence))


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """The request itself can't be read."""
    refusal = BadInput("The request can’t be read. Go back and try again.")
    refusal.status = 400
    return refusal_page(request, refusal)


def refused(request: HttpRequest, exception: Exception) -> HttpResponse:
    """This person may not."""
    return refusal_page(request, Refused(NOT_YOURS))


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Nothing here."""
    return refusal_page(request, NotFound("There is nothing at this address. It may have moved; try Find."))


def broken(request: HttpRequest) -> HttpResponse:
    """Our fault."""
    sentence = "Something of ours broke, and it has been noted in the log. Nothing was half written. Try again."
    return refusal_page(request, Broken(sentence))
