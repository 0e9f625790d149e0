"""How groups are named and counted so that no group under five people can be told apart, not even by subtraction."""

from collections.abc import Mapping

K = 5
OTHERS = "Other groups"
UNNAMED = "No function given"


def safe_names(sizes: Mapping[str, int], k: int = K) -> dict[str, str]:
    """The name under which each group is counted: its own, or one shared with other small groups.

    What is merged holds at least two groups and `k` people, so neither it nor the sum of all gives one of them away.
    Where all of them together are fewer than `k`, every name is "" and nothing is shown.
    """
    k = max(k, K)
    named = {group: size for group, size in sizes.items() if size > 0}
    small = sorted((group for group, size in named.items() if size < k), key=lambda group: (named[group], group))
    large = sorted((group for group, size in named.items() if size >= k), key=lambda group: (named[group], group))
    merged = list(small)
    while merged and large and (sum(named[group] for group in merged) < k or len(merged) < 2):
        merged.append(large.pop(0))
    if merged and sum(named[group] for group in merged) < k:
        return dict.fromkeys(named, "")
    names = {group: group or UNNAMED for group in large}
    return names | dict.fromkeys(merged, OTHERS)


def in_words(opened: int, size: int) -> str:
    """A count that names nobody: in fives, and a band where it would say that all or none did."""
    if opened < K:
        return f"fewer than {K} of {size:,}"
    if size - opened < K:
        return f"nearly all of {size:,}"
    return f"about {in_fives(opened):,} of {size:,}"


def in_fives(number: int) -> int:
    """A count in steps of five: whoever watches it sees most openings change nothing."""
    return number - number % K
