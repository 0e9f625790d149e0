"""Who takes part in vetting under their own name: those who signed, and those who remarked. Never the anonymous."""

from handrail.vetting.models import Remark, SignOff


def who_takes_part() -> set[int]:
    """The keys of everyone who ever signed or remarked by name in any round."""
    named = Remark.objects.filter(person__isnull=False, anonymous=False).values_list("person_id", flat=True)
    return {key for key in (*named, *SignOff.objects.values_list("person_id", flat=True)) if key}
