"""Strategy over the API, by topic: the same verbs and refusals as the pages."""

from handrail.strategy.http.goals import router
from handrail.strategy.http.initiatives import router as initiatives_router
from handrail.strategy.http.purposes import router as purposes_router
from handrail.strategy.http.whole import router as whole_router

router.add_router("", purposes_router)
router.add_router("", initiatives_router)
router.add_router("", whole_router)

__all__ = ["router"]
