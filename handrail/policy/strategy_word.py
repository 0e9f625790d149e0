"""What does the room of policy tell strategy about an initiative: is a policy in force?"""

from django.urls import reverse
from django.utils import timezone

from handrail.kernel.refs import Ref
from handrail.kernel.words import counted
from handrail.policy.models import Version
from handrail.policy.reads import policies_in_force
from handrail.strategy.reads import RecordWord


def policy_in_force(initiative: Ref) -> RecordWord:
    """Whether any policy holds today. A policy holds for everyone, so the answer is the same for each initiative."""
    policies = list(policies_in_force().order_by("title"))
    if not policies:
        return RecordWord("fails", "No policy is in force.", "Publish one first.", reverse("policy:policies"))
    first = policies[0]
    version = first.versions.filter(state=Version.State.PUBLISHED).order_by("-number").first()
    said = f"“{first.title}” is in force."
    if version is not None and version.effective_on:
        said = f"“{first.title}”, version {version.number}, since {version.effective_on:%-d %B}."
    others = f"{counted(len(policies), 'policy', 'policies')} in force today." if len(policies) > 1 else ""
    if version is not None and version.effective_on and version.effective_on.year != timezone.localdate().year:
        said = said.replace(f"{version.effective_on:%-d %B}", f"{version.effective_on:%-d %B %Y}")
    return RecordWord("holds", said, others, reverse("policy:policy", args=[first.key]))
