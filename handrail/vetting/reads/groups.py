"""Which groups have hardly been heard: the share of each that opened the text, never of fewer than five people."""

from collections import Counter
from dataclasses import dataclass, replace

from django.db.models import Count

from handrail.vetting.models import Opening, Round, Seat
from handrail.vetting.shares import K, in_fives, in_words, safe_names

LEAST = K  # under this many, or all but this many, a group's count is a band: it would say "none" or "all"


@dataclass(frozen=True, slots=True)
class GroupShare:
    """One group: its size and how many of it opened the text.

    `opened` is None where only a band is said; the band reaches from `low` to `high`, and `share` is its edge.
    """

    name: str
    size: int
    opened: int | None
    words: str
    share: float
    is_silent: bool
    low: float = 0.0
    high: float = 0.0


def silent_groups(round: Round, k: int = K) -> list[GroupShare]:
    """The groups of the open part, the least heard first.

    Groups under `k` people (five at least) are counted together with others, so that subtracting one line from
    another gives none of them away. Counts go in fives, and a group is silent where its share, as it is shown, is
    under half of everyone's as shown: nobody can watch one colleague open the text.
    """
    sizes: Counter[str] = Counter()
    for function, number in (
        Seat.objects.filter(round=round, interest="").order_by().values_list("group").annotate(Count("pk"))
    ):
        sizes[round.groups.get(function, "")] += number
    opened: Counter[str] = Counter()
    for group, number in (
        Opening.objects.filter(round=round, clause_key="").order_by().values_list("group").annotate(Count("pk"))
    ):
        opened[group] += number
    sizes.pop("", None)
    names = safe_names(sizes, k)
    people: Counter[str] = Counter()
    looked: Counter[str] = Counter()
    for group, size in sizes.items():
        if names[group]:
            people[names[group]] += size
            looked[names[group]] += min(size, opened[group])
    shares = [_share(name, size, looked[name]) for name, size in people.items()]
    everyone = sum(each.share * each.size for each in shares) / max(1, sum(people.values()))
    shares = [replace(each, is_silent=each.share < everyone / 2) for each in shares]
    return sorted(shares, key=lambda each: (each.share, each.name))


def _share(name: str, size: int, opened: int) -> GroupShare:
    exact = opened >= LEAST and size - opened >= LEAST
    shown = in_fives(opened) if exact else None
    # A band is drawn from edge to edge, so that the length of a bar says no more than its words.
    few = opened < LEAST
    low = in_fives(opened) if exact else 0 if few else max(0, size - LEAST + 1)
    high = in_fives(opened) if exact else min(LEAST - 1, size) if few else size
    edge = (high if few else low) / size
    return GroupShare(name, size, shown, in_words(opened, size), edge, False, low / size, high / size)


def opened_in_all(round: Round) -> int:
    """How many of the open part opened the text, in fives."""
    return in_fives(Opening.objects.filter(round=round, clause_key="").count())
