"""Anhøj's runs analysis: is the order of a short series more than chance?"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby

from kpi.spc.runs import crossings_usual, longest_usual


@dataclass(frozen=True, slots=True)
class Runs:
    """The runs of a series about its centre.

    Attributes:
        above: Points above the centre. Points on the centre are left out: they
            neither break a run nor add to it.
        below: Points below it.
        longest: Points in the longest run on one side.
        longest_usual: More than this is a signal.
        crossings: How often the series crosses the centre.
        crossings_usual: Fewer than this is a signal.
    """

    above: int
    below: int
    longest: int
    longest_usual: int
    crossings: int
    crossings_usual: int

    @property
    def useful(self) -> int:
        """Points that are not on the centre."""
        return self.above + self.below

    @property
    def is_too_long(self) -> bool:
        """Whether the longest run is longer than chance makes it."""
        return self.longest > self.longest_usual

    @property
    def has_too_few_crossings(self) -> bool:
        """Whether the series crosses the centre more seldom than by chance."""
        return self.crossings < self.crossings_usual

    @property
    def is_signal(self) -> bool:
        """Whether either says that the order is more than chance."""
        return self.is_too_long or self.has_too_few_crossings


def runs(sides: Sequence[int]) -> Runs | None:
    """Return the runs of a series; None if every point is on the centre.

    Args:
        sides: 1 above the centre, -1 below it, 0 on it, in time order, without gaps.

    Source:
        Anhøj & Olesen (2014), PLoS ONE 9(11), e113825: longest run as Schilling (2012),
        Math. Mag. 85(2), 141-149; crossings as Chen (2010), Stat. Probab. Lett. 80,
        the lower 5 % of a binomial.
    """
    useful = [one for one in sides if one]
    if not useful:
        return None
    lengths = [sum(1 for _ in group) for _, group in groupby(useful)]
    above = sum(one > 0 for one in useful)
    return Runs(
        above,
        len(useful) - above,
        max(lengths),
        longest_usual(len(useful)),
        len(lengths) - 1,
        crossings_usual(len(useful)),
    )


def far_out(differences: Sequence[float], slack: float) -> list[bool]:
    """Say which values are seven times as far away as the middle one of the others."""
    distances = [abs(difference) for difference in differences]
    others = sorted(distances)[:-1]
    usual = others[(len(others) - 1) // 2] if others else 0.0
    if usual <= slack:
        steps = [distance for distance in others if distance > slack]
        if not steps:
            return [False] * len(distances)
        usual = min(steps) / 2
    return [distance > 7 * usual + slack for distance in distances]


def can_be_tested(sides: Sequence[int], varies: bool) -> bool:
    """Say whether the order of points can tell anything: a signal may come, but seldom.

    Args:
        sides: Of the points that the centre is made of.
        varies: Whether any point at all is off the centre.
    """
    chance = last_signal_probability(sides.count(1), sides.count(-1))
    return not varies or 0 < chance <= 0.05


@lru_cache(maxsize=1000)
def last_signal_probability(above: int, below: int) -> float:
    """Return the share of all orders whose last run is marked, point by point."""
    useful = above + below
    if not useful:
        return 0.0
    longest, fewest = longest_usual(useful), crossings_usual(useful)
    # How many orders have so many above left, so long a last run, so many crossings.
    orders = {(above - 1, 1, 1, 0): 1} if above else {}
    if below:
        orders[above, -1, 1, 0] = 1
    for placed in range(1, useful):
        longer: dict[tuple[int, int, int, int], int] = defaultdict(int)
        for (left, side, length, crossings), number in orders.items():
            others_left = useful - placed - left
            for new, is_left in ((1, left), (-1, others_left)):
                if is_left > 0:
                    is_same = new == side
                    run = min(length + 1, longest + 1) if is_same else 1
                    crossed = min(crossings + (not is_same), fewest)
                    longer[left - (new == 1), new, run, crossed] += number
        orders = longer
    marked = sum(
        number
        for (_, _, length, crossings), number in orders.items()
        if length > longest or crossings < fewest
    )
    return marked / sum(orders.values())
