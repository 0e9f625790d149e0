"""How numbers become positions: round gridlines from zero, and coordinates written short."""

from math import floor, log10


def steps(highest: float, about: int = 4) -> list[float]:
    """Round values from zero to at least `highest`, some three to five of them."""
    if highest <= 0:
        return [0.0, 1.0]
    rough = highest / about
    power = 10.0 ** floor(log10(rough))
    step = next(power * nice for nice in (1, 2, 5, 10) if power * nice >= rough * 0.999)
    if highest >= 1:
        step = max(step, 1.0)
    values = [0.0]
    while values[-1] < highest:
        values.append(values[-1] + step)
    return values


def short(value: float) -> str:
    """A coordinate with one decimal at most."""
    text = f"{value:.1f}"
    return text[:-2] if text.endswith(".0") else text


def said(value: float) -> str:
    """A value on an axis: thousands set apart, no needless decimals."""
    return f"{value:,.0f}" if value == int(value) else f"{value:,.2f}".rstrip("0")
