"""Units by the thousand that never change, charted as the build charts them.

How often their last point is called a signal, beside how often we say that chance alone
would do it.
"""

from dataclasses import dataclass

import numpy as np

from kpi.model import Direction, Kind
from kpi.spc.chart import LastPoints, last_points
from kpi.spc.points import ChartKind
from kpi.spc.segments import Numbers, Process, Segments

SEED = 20260102


@dataclass(frozen=True, slots=True)
class Alarms:
    """What the last points of charts of one kind said, and what was said of them.

    Attributes:
        judged: Charts that say whether anything has changed.
        came: Those of them whose last point was called a signal.
        said: How many chance alone gives, as a list of signals says above itself.
    """

    judged: int
    came: int
    said: float


def shares(share: float, cases: int, months: int, units: int, seed: int) -> Segments:
    """Months of about so many cases, of which each meets the criterion by itself."""
    dice = np.random.default_rng([SEED, seed])
    low, high = max(1, round(0.7 * cases)), round(1.3 * cases)
    wholes = dice.integers(low, high + 1, (units, months))
    parts = dice.binomial(wholes, share).astype(float)
    return _segments(100 * parts / wholes, parts, wholes.astype(float))


def uneven_shares(
    share: float, cases: int, spread: float, months: int, units: int, seed: int
) -> Segments:
    """The same with a share of each month's own, `spread` (logit) about the unit's."""
    dice = np.random.default_rng([SEED, seed])
    wholes = dice.integers(round(0.7 * cases), round(1.3 * cases) + 1, (units, months))
    logit = np.log(share / (1 - share)) + spread * dice.standard_normal((units, months))
    parts = dice.binomial(wholes, 1 / (1 + np.exp(-logit))).astype(float)
    return _segments(100 * parts / wholes, parts, wholes.astype(float))


def counts(mean: float, months: int, units: int, seed: int) -> Segments:
    """Months of events that come one by one, for themselves."""
    found = np.random.default_rng([SEED, seed]).poisson(mean, (units, months))
    return _segments(*[found.astype(float)] * 3)


def rates(mean: float, months: int, units: int, seed: int) -> Segments:
    """The same per 1 000 of somewhat more or less."""
    dice = np.random.default_rng([SEED, seed])
    wholes = dice.integers(700, 1301, (units, months)).astype(float)
    parts = dice.poisson(mean * wholes / 1000).astype(float)
    return _segments(1000 * parts / wholes, parts, wholes)


def uneven_rates(
    mean: float, spread: float, months: int, units: int, seed: int
) -> Segments:
    """The same with a level of each month's own, `spread` (log) about the unit's."""
    dice = np.random.default_rng([SEED, seed])
    wholes = dice.integers(700, 1301, (units, months)).astype(float)
    levels = mean * np.exp(spread * dice.standard_normal((units, months)))
    parts = dice.poisson(levels * wholes / 1000).astype(float)
    return _segments(1000 * parts / wholes, parts, wholes)


def values(months: int, units: int, seed: int) -> Segments:
    """Values without counts, normal about 50."""
    found = np.random.default_rng([SEED, seed]).normal(50, 5, (units, months))
    return _segments(found, np.full_like(found, np.nan), np.full_like(found, np.nan))


def between(mean: float, points: int, units: int, seed: int) -> Segments:
    """Cases between two events that come by chance, so many on the average."""
    dice = np.random.default_rng([SEED, seed])
    found = dice.geometric(1 / (mean + 1), (units, points)) - 1.0
    return _segments(*[found] * 3)


def waits(mean: float, points: int, units: int, seed: int) -> Segments:
    """Days between two events, in parts of days."""
    found = np.random.default_rng([SEED, seed]).exponential(mean, (units, points))
    return _segments(*[found] * 3)


def _segments(values: Numbers, parts: Numbers, wholes: Numbers) -> Segments:
    return Segments(values, parts, wholes, np.zeros(values.shape, dtype=bool))


_PROCESS = {
    Kind.PROPORTION: Process(per=100, lowest=0, highest=100),
    Kind.RATE: Process(per=1000, lowest=0),
    Kind.COUNT: Process(per=1, lowest=0),
    Kind.MEAN: Process(per=1),
}


def charted(
    kind: Kind, segments: Segments, declared: ChartKind | None = None
) -> LastPoints:
    """Return what the charts say of their last points, as in the build."""
    units = len(segments.values)
    return last_points(
        kind,
        Direction.HIGHER,
        _PROCESS[kind],
        segments,
        np.full(units, kind is not Kind.MEAN),
        np.full(units, np.nan),
        declared,
    )


def alarms(said: LastPoints, chart: ChartKind | None = None) -> Alarms:
    """Return what last points say, of charts of one kind or of all."""
    is_judged = np.array([one is not None for one in said.variation])
    if chart:
        is_judged &= said.chart == chart
    is_signal = is_judged & np.isin(
        said.variation.astype(str), ("improving", "concerning")
    )
    said_of = float(said.false_alarms[is_judged].sum())
    return Alarms(int(is_judged.sum()), int(is_signal.sum()), said_of)
