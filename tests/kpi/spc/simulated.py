"""Stable processes by the thousand, and how often the rules call them unstable.

The rules are written a second time here, on whole arrays, so that the table in
`kpi.spc.false_alarms` and the rules in `kpi.spc.rules` are each checked by the other.
"""

from collections.abc import Callable, Iterator

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

SEED = 20260101
SERIES = 400_000
AT_A_TIME = 20_000
GEOMETRIC_MEAN = 20
FEW, MANY = 5, 50
"""Cases in a period: few from 1 to 5, others from there to 50, where counts lean to one
side less and less."""

Array = np.ndarray
Limits = Callable[[Array], tuple[Array, Array, Array]]
"""Centre, lower spread and upper spread (three standard deviations) of each series."""


def individuals(y: Array) -> tuple[Array, Array, Array]:
    """XmR: moving ranges at or above 3.267 times their mean are left out once."""
    ranges = np.abs(np.diff(y, axis=1))
    usual = ranges < 3.267 * ranges.mean(axis=1, keepdims=True)
    spread = 2.66 * (ranges * usual).sum(axis=1) / usual.sum(axis=1)
    return y.mean(axis=1), spread, spread


def of_counts(y: Array) -> tuple[Array, Array, Array]:
    """P, u and c: the standard deviation follows from the counts."""
    spread = 3 * np.sqrt(y.mean(axis=1))
    return y.mean(axis=1), spread, spread


def widened(y: Array) -> tuple[Array, Array, Array]:
    """P-prime and u-prime: every moving range counts."""
    spread = 3 * np.abs(np.diff(y, axis=1)).mean(axis=1) / 1.128
    return y.mean(axis=1), spread, spread


def cases_between(y: Array) -> tuple[Array, Array, Array]:
    """G: limits about the mean, runs about the median."""
    mean, middle = y.mean(axis=1), np.median(y, axis=1)
    spread = 3 * np.sqrt(mean * (mean + 1))
    return middle, middle - np.maximum(mean - spread, 0), mean + spread - middle


def events(
    generator: np.random.Generator, series: int, points: int, low: float, high: float
) -> Array:
    """Poisson counts, each series with a mean of its own, that stay between the two."""
    means = np.exp(generator.uniform(np.log(low), np.log(high), (series, 1)))
    counts = generator.poisson(means, (series, points)).astype(float)
    is_within = (counts.mean(axis=1) >= low) & (counts.mean(axis=1) < high)
    return counts[is_within]


def few_events(generator: np.random.Generator, series: int, points: int) -> Array:
    return events(generator, series, points, 1, FEW)


def many_events(generator: np.random.Generator, series: int, points: int) -> Array:
    return events(generator, series, points, FEW, MANY)


def normal(generator: np.random.Generator, series: int, points: int) -> Array:
    return generator.standard_normal((series, points))


def geometric(generator: np.random.Generator, series: int, points: int) -> Array:
    shape = (series, points)
    return generator.geometric(1 / (GEOMETRIC_MEAN + 1), shape) - 1.0


FAMILIES: dict[str, tuple[Callable[..., Array], Limits]] = {
    "individuals": (normal, individuals),
    "of_counts": (many_events, of_counts),
    "widened": (normal, widened),
    "cases_between": (geometric, cases_between),
    "few_counts": (few_events, of_counts),
}


def spread_out(windows: Array, length: int, points: int) -> Array:
    """Mark every point of each window that is marked."""
    marked = np.zeros((len(windows), points), bool)
    for step in range(length):
        marked[:, step : step + windows.shape[1]] |= windows
    return marked


def marks(y: Array, family: str) -> dict[str, Array]:
    """Return which points each rule marks, `(series, points)`."""
    centre, below, above = (one[:, None] for one in FAMILIES[family][1](y))
    points = y.shape[1]
    if family == "cases_between":
        mean = y.mean(axis=1, keepdims=True)
        near = np.abs(y - mean) > 2 * np.sqrt(mean * (mean + 1))
    else:
        near = np.abs(y - centre) > 2 * above / 3
    outside = (y > centre + above) | (y < centre - below)
    near &= ~outside
    sides = np.sign(y - centre)
    if family == "few_counts":
        sides[np.abs(y - centre) <= 0.5] = 0
    found = {"outside": outside}
    steps = np.sign(np.diff(y, axis=1))
    if points >= 7:
        rising = np.abs(sliding_window_view(steps, 6, axis=1).sum(axis=2)) == 6
        found["trend"] = spread_out(rising, 7, points)
        lasting = np.abs(sliding_window_view(sides, 7, axis=1).sum(axis=2)) == 7
        found["shift"] = spread_out(lasting, 7, points)
    same = np.abs(sliding_window_view(sides, 3, axis=1).sum(axis=2)) == 3
    two = same & (sliding_window_view(near, 3, axis=1).sum(axis=2) >= 2)
    found["two_of_three"] = spread_out(two, 3, points) & near
    return found


def stable(family: str, points: int, series: int, seed: int = SEED) -> Iterator[Array]:
    """Yield stable series, some thousands at a time."""
    generator = np.random.default_rng([seed, points, list(FAMILIES).index(family)])
    for start in range(0, series, AT_A_TIME):
        yield FAMILIES[family][0](generator, min(AT_A_TIME, series - start), points)


def false_alarms(
    family: str, points: int, series: int = SERIES, seed: int = SEED
) -> tuple[float, ...]:
    """Return a row of the table, in the order of `kpi.spc.false_alarms.COLUMNS`."""
    total, number = np.zeros(6), 0
    for y in stable(family, points, series, seed):
        number += len(y)
        found = marks(y, family)
        rules = [found[n] for n in ("outside", "trend", "two_of_three", "shift")]
        either = np.logical_or.reduce(rules)
        sums = [one.any(axis=1).sum() for one in rules]
        total += [*sums, either[:, -1].sum(), either.any(axis=1).sum()]
    return tuple(float(one) for one in total / number)
