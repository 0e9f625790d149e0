"""Policy over the API, by topic: the same verbs as the pages."""

from handrail.policy.http.versions import router

__all__ = ["router"]
