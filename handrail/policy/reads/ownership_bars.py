"""Who takes part beside who works here, laid out as bars: one chart per field, the least heard group marked."""

from dataclasses import dataclass

from handrail.people.reads import CrossSection, Share

LABEL, FULL, ROW = 122, 128, 30
MOST = 8


@dataclass(frozen=True, slots=True)
class Bar:
    """One group: where its bars stand and what is written at their end."""

    name: str
    y: int
    workforce: float
    taking: float
    said: str
    beside: str
    again: bool

    @property
    def text_y(self) -> int:
        """The base line of its words."""
        return self.y + 15

    @property
    def front_y(self) -> int:
        """The top of the narrow bar."""
        return self.y + 5

    @property
    def end(self) -> float:
        """Where the figures begin."""
        return LABEL + max(self.workforce, self.taking) + 7


@dataclass(frozen=True, slots=True)
class Chart:
    """One chart: its field, bars, height, a sentence for those who don't see it, and what is left out."""

    field: str
    bars: tuple[Bar, ...]
    height: int
    words: str
    beyond: str


def charts(found: CrossSection) -> tuple[Chart, ...]:
    """A chart for each field, drawn to one scale of its own."""
    return tuple(_chart(field, shares) for field, shares in found.by.items())


def _chart(field: str, shares: list[Share]) -> Chart:
    shown = [each for each in shares if not each.hidden]
    most = max((max(each.of_workforce, each.of_taking) for each in shown), default=1.0) or 1.0
    worst = min(shown, key=lambda each: each.of_taking - each.of_workforce, default=None)
    bars = []
    for at, each in enumerate(shown[:MOST]):
        again = each is worst and each.of_taking < each.of_workforce / 2
        bars.append(
            Bar(
                each.name,
                at * ROW + 3,
                round(FULL * each.of_workforce / most, 1),
                round(FULL * each.of_taking / most, 1),
                f"{each.of_taking:.0%}",
                f"vs {each.of_workforce:.0%}",
                again,
            )
        )
    words = "; ".join(
        f"{each.name}: {each.of_taking:.0%} of those taking part, {each.of_workforce:.0%} of the workforce"
        for each in shown[:MOST]
    )
    beyond = [f"{len(shown) - MOST} more in the file"] if len(shown) > MOST else []
    beyond += [f"{each.name}, too small to show" for each in shares if each.hidden]
    return Chart(field, tuple(bars), max(len(bars), 1) * ROW, words, "; ".join(beyond))


def said_of(found: CrossSection) -> str:
    """The heading: the group that is heard least beside its size, or that nobody is."""
    if not found.taking:
        return "Nobody takes part yet"
    least = found.least_heard
    if least is None:
        return "No large group is heard less than half as much as it works here"
    group = least[1]
    return f"{group.name} is {group.of_workforce:.0%} of us and {group.of_taking:.0%} of those who take part"
