"""What the record says of a gate of strategy that another room keeps: whether a policy is in force."""

from django.urls import reverse

from handrail.kernel.refs import Ref
from handrail.kernel.templatetags.handrail import words_for_day
from handrail.policy.models import Version
from handrail.strategy.reads import RecordWord


def policy_in_force(initiative: Ref) -> RecordWord:
    """The policies that hold today, the oldest of them named; every initiative stands on the same ones."""
    rows = list(
        Version.objects.filter(state=Version.State.PUBLISHED).select_related("policy").defer("markdown").order_by("pk")
    )
    if not rows:
        href = reverse("policy:policies")
        return RecordWord("fails", "No policy is in force.", "People would act without knowing what we ask.", href)
    first = rows[0]
    since = f" since {words_for_day(first.effective_on)}" if first.effective_on else ""
    more = f", and {len(rows) - 1} more" if len(rows) > 1 else ""
    said = f"“{first.policy.title}”, version {first.number}{since}{more}."
    return RecordWord("holds", said, href=reverse("policy:policy", args=[first.policy.key]))
