"""What every page's frame shows: who is signed in, the organisation, the folded rail."""

from typing import Any

from django.http import HttpRequest


def desk(request: HttpRequest) -> dict[str, Any]:
    """The frame's values; cheap, and safe before sign-in."""
    return {}
