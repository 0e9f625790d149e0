"""What becomes stale once a version holds: rooms that stand above policy add what is theirs."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.urls import reverse

from handrail.kernel.words import counted
from handrail.policy.models import Amendment, Version
from handrail.policy.reads.procedures import would_be_flagged
from handrail.policy.reads.scenarios import flips_of
from handrail.policy.reads.translations import language_name, would_go_stale


@dataclass(frozen=True, slots=True)
class Touched:
    """One record that a version touches: what it is, why, and where it is looked at."""

    words: str
    why: str
    href: str


@dataclass(frozen=True, slots=True)
class Impact:
    """One kind of what becomes stale: its name, a sentence, the records."""

    kind: str
    sentence: str
    touched: tuple[Touched, ...]

    @property
    def count(self) -> int:
        """How many records."""
        return len(self.touched)


Provider = Callable[[Version], Impact]
_providers: list[Provider] = []


def say_impact(provider: Provider) -> None:
    """Name what a version touches in a room above; called in that room's `apps.ready()`."""
    if provider not in _providers:
        _providers.append(provider)


def impact_of(version: Version) -> Sequence[Impact]:
    """Everything that becomes stale once this version holds, kind by kind; kinds without a record too."""
    return [make(version) for make in (_procedures, _translations, _scenarios, _amendments, *_providers)]


def _procedures(version: Version) -> Impact:
    by_procedure: dict[int, list[str]] = {}
    names = {}
    for link in would_be_flagged(version):
        by_procedure.setdefault(link.procedure.number, []).append(link.clause_key)
        names[link.procedure.number] = str(link.procedure)
    touched = tuple(
        Touched(
            names[number],
            f"{counted(len(keys), 'clause')} it carries out {'changes' if len(keys) == 1 else 'change'}",
            reverse("policy:procedure", args=[number]),
        )
        for number, keys in sorted(by_procedure.items())
    )
    return Impact("Procedures", "Each is flagged until somebody says that it is still right, or edits it.", touched)


def _translations(version: Version) -> Impact:
    touched = tuple(
        Touched(
            language_name(translation.language),
            f"{counted(stale, 'line')} older or missing",
            reverse("policy:translation", args=[version.policy.key, translation.language]),
        )
        for translation, stale in would_go_stale(version)
    )
    return Impact("Translations", "Readers see the older lines marked until they are translated again.", touched)


def _scenarios(version: Version) -> Impact:
    address = reverse("policy:verdicts", args=[version.policy.key, version.number])
    touched = tuple(
        Touched(
            flip.scenario.situation[:120],
            f"may flip from “{flip.scenario.get_verdict_display()}”" if flip.is_open else "looked at",
            f"{address}#s-{flip.scenario.pk}",
        )
        for flip in flips_of(version)
    )
    return Impact("Scenarios", "An author says of each whether its verdict still holds.", touched)


def _amendments(version: Version) -> Impact:
    rows = Amendment.objects.filter(version=version, state=Amendment.State.TAKEN_UP).order_by("pk")
    address = reverse("policy:amendments", args=[version.policy.key])
    touched = tuple(Touched(str(row), row.because[:160], f"{address}#a-{row.pk}") for row in rows)
    return Impact("Amendments", "Each is done when this version holds, and its hypothesis is watched.", touched)
