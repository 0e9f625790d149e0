"""Vetting over the API, by topic: the same verbs as the pages."""

from ninja import Router

from handrail.vetting.http.hooks import router as hooks_router
from handrail.vetting.http.outsiders import router as outsiders_router
from handrail.vetting.http.remarks import router as remarks_router
from handrail.vetting.http.rounds import router as rounds_router
from handrail.vetting.http.signing import router as signing_router

router = Router(tags=["vetting"])
for part in (rounds_router, remarks_router, signing_router, outsiders_router, hooks_router):
    router.add_router("", part)

__all__ = ["router"]
