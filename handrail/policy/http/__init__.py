"""Policy over the API, by topic: the same verbs as the pages."""

from handrail.policy.http.around import router as around_router
from handrail.policy.http.checks import router as checks_router
from handrail.policy.http.doors import router as doors_router
from handrail.policy.http.ledger import router as ledger_router
from handrail.policy.http.lists import router as lists_router
from handrail.policy.http.versions import router

router.add_router("", lists_router)
router.add_router("", around_router)
router.add_router("", checks_router)
router.add_router("", ledger_router)
router.add_router("", doors_router)

__all__ = ["router"]
