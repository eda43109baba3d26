"""The axis of values: where it begins and ends, and which numbers stand on it."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, floor, log10

_MOST_TICKS = 6
_AIR = 0.03
"""Beyond the last number of the axis, in parts of it."""


@dataclass(frozen=True, slots=True)
class Axis:
    """An axis of values.

    Attributes:
        low: Where it begins; for a reversed axis what is on top.
        high: Where it ends.
        ticks: The numbers that stand on it.
        is_reversed: Whether the lowest number is on top.
    """

    low: float
    high: float
    ticks: tuple[float, ...]
    is_reversed: bool = False

    @property
    def begins_at_zero(self) -> bool:
        """Whether heights can be compared with each other."""
        return self.low <= 0

    @property
    def range(self) -> list[float]:
        """The ends as Plotly wants them: from the bottom up."""
        return [self.high, self.low] if self.is_reversed else [self.low, self.high]


def value_axis(
    values: Sequence[float], most: float | None = None, is_whole: bool = False
) -> Axis:
    """Return an axis that holds the values and does not overstate differences.

    It begins at zero, unless all values lie in the upper half of what would then be
    shown: there a change would not be seen. Counts always begin at zero.

    Args:
        values: All that is drawn, bounds and targets too.
        most: What a value can be at most, such as 100 %; None without a limit.
        is_whole: Whether only whole numbers make sense.
    """
    lowest, highest = min(values, default=0.0), max(values, default=1.0)
    if lowest == highest == 0:
        highest = 1.0
    from_zero = is_whole or lowest == highest or lowest < highest / 2
    start = min(lowest, 0.0) if from_zero else lowest
    step = _step(highest - start, is_whole)
    low = floor(start / step) * step
    high = max(ceil(highest / step) * step, low + step)
    if most is not None and highest <= most:
        high = min(high, most)
    ticks = tuple(
        round(low + step * number, 9)
        for number in range(int((high - low) / step + 1.000001))
    )
    # A line along the end of the axis must not be cut in half.
    air = (high - low) * _AIR
    return Axis(low - air if low else 0.0, high + air, ticks)


def _step(span: float, is_whole: bool) -> float:
    least = span / (_MOST_TICKS - 1)
    magnitude = 10.0 ** floor(log10(least))
    step = next(
        magnitude * factor
        for factor in (1, 2, 5, 10)
        if magnitude * factor >= least * 0.999
    )
    return max(1.0, step) if is_whole else step


def rank_axis(values: Sequence[float], places: int | None = None) -> Axis:
    """Return an axis of ranks, with the first place on top.

    Args:
        values: All that is drawn.
        places: How many there are; None where that is not known.
    """
    lowest = max(values, default=5.0)
    last = max(places, ceil(lowest)) if places else max(5, ceil(lowest / 5) * 5)
    # The last place is always named, so none stands close before it.
    between = (float(place) for place in range(5, last - 1, 5))
    return Axis(0.0, last + 1.0, (1.0, *between, float(last)), is_reversed=True)


def yes_no_axis() -> Axis:
    """Return the axis of a step that is taken or not: 0 is no, 1 is yes."""
    return Axis(-0.25, 1.25, (0.0, 1.0))
