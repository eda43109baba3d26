"""Anhøj's runs analysis: is the order of a short series more than chance?"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from math import comb, log2

import numpy as np

from kpi.spc.points import Signal
from kpi.spc.rules import Marks
from kpi.spc.segments import Flags, Numbers, Signs, at

MOST_FALSE = 0.05
"""The most often that a test of order may signal what is chance and still be one."""

FAR = 7
"""How many times as far from the median as half of the others is far out: where values
lie evenly about it, three quartile distances beyond a quartile."""


@dataclass(frozen=True, slots=True)
class Runs:
    """The runs of series about their centres: an element for each series.

    Attributes:
        above: Points above the centre. Points on the centre are left out: they
            neither break a run nor add to it.
        below: Points below it.
        longest: Points in the longest run on one side.
        longest_usual: More than this is a signal.
        crossings: How often the series crosses the centre.
        crossings_usual: Fewer than this is a signal.
        sides: Of each point: the side it is on or, on the centre, was last on.
        lengths: Of each point: how many points its run has; 0 between runs.
        is_last: Of each point: whether its run is the last.
    """

    above: Signs
    below: Signs
    longest: Signs
    longest_usual: Numbers
    crossings: Signs
    crossings_usual: Numbers
    sides: Signs
    lengths: Signs
    is_last: Flags

    @property
    def useful(self) -> Signs:
        """Points that are not on the centre."""
        return self.above + self.below

    @property
    def is_too_long(self) -> Flags:
        """Whether the longest run is longer than chance makes it."""
        return self.longest > self.longest_usual

    @property
    def has_too_few_crossings(self) -> Flags:
        """Whether the series crosses the centre more seldom than by chance."""
        return self.crossings < self.crossings_usual

    @property
    def is_signal(self) -> Flags:
        """Whether either says that the order is more than chance."""
        return self.is_too_long | self.has_too_few_crossings


def runs(sides: Signs) -> Runs:
    """Return the runs of series.

    Args:
        sides: A row for each series: 1 above the centre, -1 below it, 0 on it, in time
            order, without gaps; 0 after its end.

    Source:
        Anhøj & Olesen (2014), PLoS ONE 9(11), e113825: longest run as Schilling (2012),
        Math. Mag. 85(2), 141-149; crossings as Chen (2010), Stat. Probab. Lett. 80,
        the lower 5 % of a binomial.
    """
    rows, width = sides.shape
    is_useful = sides != 0
    latest = np.where(is_useful, np.arange(width), 0)
    latest = np.maximum.accumulate(latest, axis=1)
    level = sides[at(latest)]
    is_new = is_useful.copy()
    is_new[:, 1:] &= sides[:, 1:] != level[:, :-1]
    number = np.cumsum(is_new, axis=1)
    # A point on the centre is within a run if the next that is not belongs to it too.
    coming = np.where(is_useful, number, width + 1)[:, ::-1]
    is_within = number == np.minimum.accumulate(coming, axis=1)[:, ::-1]
    places = number + np.arange(0, rows * (width + 1), width + 1)[:, None]
    counted = np.bincount(places[is_useful], minlength=rows * (width + 1))
    last = number.max(axis=1, initial=0)
    above, below = (sides > 0).sum(axis=1), (sides < 0).sum(axis=1)
    return Runs(
        above,
        below,
        counted.reshape(rows, width + 1).max(axis=1),
        by_number(above + below, lambda useful: longest_usual(useful or 1)),
        np.maximum(last - 1, 0),
        by_number(above + below, crossings_usual),
        level,
        np.where(is_within, counted[places], 0),
        is_within & (number == last[:, None]),
    )


def run_signals(every: Runs) -> tuple[Marks, Signs]:
    """Return the signals of run charts, and where they point.

    A run that is too long is marked as such. Too few crossings say that the series has
    moved between levels; the last run is marked, as it is the level it is at now.
    """
    marks = {
        Signal.LONG_RUN: every.lengths > every.longest_usual[:, None],
        Signal.FEW_CROSSINGS: every.is_last & every.has_too_few_crossings[:, None],
    }
    is_marked = marks[Signal.LONG_RUN] | marks[Signal.FEW_CROSSINGS]
    return marks, np.where(is_marked, every.sides, 0)


def far_out(differences: Numbers, slack: Numbers) -> Flags:
    """Say which values stand alone, so far from the median that it may be no chance.

    Order says nothing of one value, however far away it is, and a run chart has no
    limits. Nobody can say what chance does, so it is no verdict on the value: only a
    reason not to say that nothing has changed.

    Args:
        differences: Of the points from their centre, a row for each series; NaN after
            its end.
        slack: As `kpi.spc.rules.slack_of`.

    Returns:
        Nothing where all values but one are the same. Where half of them are, the
        least step between two is two of the distances that are usual: four events
        where there is mostly none.

    Source:
        Tukey (1977), Exploratory Data Analysis, 2D: *far out* is beyond the outer
        fence. What run charts call an astronomical point is left to the eye (Perla,
        Provost & Murray 2011, BMJ Qual. Saf. 20(1), 46-51).
    """
    distances = np.abs(differences)
    if not distances.size:
        return np.zeros(distances.shape, dtype=bool)
    number = np.count_nonzero(~np.isnan(distances), axis=1)
    # The farthest is not among those it is held against.
    others = np.sort(distances, axis=1)
    is_other = np.arange(others.shape[1]) < number[:, None] - 1
    middle = np.maximum((number - 2) // 2, 0)
    usual = others[at(middle[:, None])]
    steps = np.where(is_other & (others > slack), others, np.inf)
    least = steps.min(axis=1, initial=np.inf, keepdims=True)
    usual = np.where(usual > slack, usual, least / 2)
    is_far: Flags = distances > FAR * usual + slack
    return is_far


def can_be_tested(sides: Signs, baseline: int | None = None) -> Flags:
    """Say of series whether the order of their points can tell anything.

    Where half of the points or more are alike (no event, say, or 100 %), so is the
    median, and all others lie on one side of it: whatever their order, they never
    cross it. With too few on one side, chance alone signals too often; with too few in
    all, no order would be a signal. A series that never varies has not changed.

    Args:
        sides: As of `runs`.
        baseline: Of how many first points a kept median is; None if it is of all.
    """
    sizes = _sizes(sides[:, :baseline])
    chances = by_size(sizes, last_signal_probability)
    is_test = (chances > 0) & (chances <= MOST_FALSE)
    is_tested: Flags = is_test | ~(sides != 0).any(axis=1)
    return is_tested


def last_signal_chances(
    sides: Signs, points: Signs, baseline: int | None = None
) -> Numbers:
    """Return how probable a signal at the last point of each series is by chance.

    Args:
        sides: As of `runs`.
        points: How many there are in each series, those on the centre among them.
        baseline: As of `can_be_tested`. Of points about a kept median, half are
            expected on each side, and not as many as there happen to be.
    """
    sizes = _sizes(sides)
    if baseline is not None:
        half = sizes.sum(axis=1) // 2
        sizes = np.column_stack((half, sizes.sum(axis=1) - half))
    useful: Numbers = sizes.sum(axis=1) / np.maximum(points, 1)
    # A last point on the centre is in no run.
    return useful * by_size(sizes, last_signal_probability)


def _sizes(sides: Signs) -> Signs:
    return np.column_stack(((sides > 0).sum(axis=1), (sides < 0).sum(axis=1)))


def by_size(sizes: Signs, of: Callable[[int, int], float]) -> Numbers:
    """Return what a rule says of points above and below, asked once for each pair."""
    pairs, back = np.unique(sizes, axis=0, return_inverse=True)
    by_pair = np.array(
        [of(above, below) for above, below in pairs.tolist()], dtype=float
    )
    return by_pair[back.reshape(-1)]


def by_number(numbers: Signs, of: Callable[[int], float]) -> Numbers:
    """Return what a rule says of each number, asked once for each different one."""
    known = {number: of(number) for number in set(numbers.tolist())}
    return np.array([known[number] for number in numbers.tolist()])


def longest_usual(useful: int) -> int:
    """Return the longest run that chance makes of so many points."""
    return round(log2(useful)) + 3


@lru_cache(maxsize=1000)
def crossings_usual(useful: int) -> int:
    """Return the fewest crossings that chance makes of so many points."""
    tries = max(useful - 1, 0)
    crossings, arrangements = 0, 1
    while 20 * arrangements < 2**tries:
        crossings += 1
        arrangements += comb(tries, crossings)
    return crossings


@lru_cache(maxsize=1000)
def last_signal_probability(above: int, below: int) -> float:
    """Return how probable it is that the last run is marked, if chance orders points.

    Args:
        above: Points above the centre.
        below: Points below it.

    Source:
        Counted as in `false_signal_probability`: here only such cuts that leave the
        last run and the crossings as usual.
    """
    useful = above + below
    if useful == 0:
        return 0.0
    longest, fewest = longest_usual(useful), crossings_usual(useful) + 1
    usual = 0
    for count in range(fewest, useful + 1):
        less, more = count // 2, count - count // 2
        for last, other in ((above, below), (below, above)):
            usual += _ended_cuts(last, more, longest) * _cuts(other, less, other)
    return 1 - usual / comb(useful, above)


def _ended_cuts(points: int, runs: int, longest: int) -> int:
    """Return the ways to cut points into runs, of which the last is not too long."""
    return _cuts(points, runs, points) - _cuts(points - longest, runs, points)


@lru_cache(maxsize=1000)
def false_signal_probability(above: int, below: int) -> float:
    """Return how probable a signal is if every order of the points is as probable.

    Source:
        Counted: an order of a points above and b below is a way of cutting a and b
        into runs (Feller 1968, An Introduction to Probability Theory I, 2.11), here
        only such cuts that leave the longest run and the crossings as usual.
    """
    useful = above + below
    if useful == 0:
        return 0.0
    longest, fewest = longest_usual(useful), crossings_usual(useful) + 1
    usual = 0
    for count in range(max(fewest, 1), useful + 1):
        less, more = count // 2, count - count // 2
        usual += _cuts(above, more, longest) * _cuts(below, less, longest)
        usual += _cuts(above, less, longest) * _cuts(below, more, longest)
    return 1 - usual / comb(useful, above)


def _cuts(points: int, runs: int, longest: int) -> int:
    """Return the ways to cut points into runs of at least one and at most `longest`."""
    if runs == 0:
        return int(points == 0)
    if points < runs:
        return 0
    return sum(
        (-1) ** over * comb(runs, over) * comb(points - over * longest - 1, runs - 1)
        for over in range(min(runs, (points - runs) // longest) + 1)
        if points - over * longest >= runs
    )
