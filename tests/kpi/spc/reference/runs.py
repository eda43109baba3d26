"""Anhøj's runs analysis: is the order of a short series more than chance?"""

from collections.abc import Sequence
from dataclasses import dataclass
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
