"""Value and 95 % interval of counts. There is no function that averages percentages."""

from functools import lru_cache
from math import inf, sqrt

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import betainc, betaincinv, gammaincinv, gammaln, xlog1py, xlogy

from kpi.distributions import Numbers

Z95 = 1.959963984540054
"""Normal quantile of a two-sided 95 % interval."""
TAIL = 0.025
"""What is left outside a 95 % interval at each end."""
FEWEST_FOR_BYAR = 10
"""Events from which Byar's approximation is as good as the exact interval."""
_STEPS = 5
"""Of Newton's method, from between two counts; after four, no digit changes."""


def share_intervals(numerators: ArrayLike, cases: ArrayLike) -> tuple[Numbers, Numbers]:
    """Return the exact mid-p intervals of shares.

    All shares that the cases do not contradict: those with which a count so low, or so
    high, half of its own probability counted, comes up in at least 2.5 %. Just so are
    p values reckoned (`kpi.evidence`), so that an interval leaves out a target exactly
    where chance brings so large a deviation from it in less than 5 %. Wilson's interval
    is too short near 0 and 100 %: a unit exactly on a target of 90 to 99 % with 5 to 20
    cases lies wholly below it in 6 %, with this one in 2 %.

    Args:
        numerators: Cases that meet the criterion, whole, 0 to all of them.
        cases: All cases, whole, 1 or more.

    Returns:
        Lower and upper bounds as fractions (0-1), not per cent.

    Source:
        Lancaster (1961), J. Am. Stat. Assoc. 56(294), 223-234; recommended for small
        samples by Berry & Armitage (1995), The Statistician 44(4), 417-423.
    """
    met, of = np.broadcast_arrays(*(np.asarray(x, float) for x in (numerators, cases)))
    # Both at once: of a few shares, half the time goes to calls.
    not_lower, upper = _upper_bounds(np.stack([of - met, met]), np.stack([of, of]))
    return 1 - not_lower, upper


def _upper_bounds(met: Numbers, of: Numbers) -> Numbers:
    bounds = np.ones(met.shape)
    is_none = met == 0
    bounds[is_none] = 1 - (2 * TAIL) ** (1 / of[is_none])
    is_some = (met > 0) & (met < of)
    x, n = met[is_some], of[is_some]
    # Between the bounds that count all, and nothing, of the count's own probability.
    low, high = betaincinv(x, n - x + 1, 1 - TAIL), betaincinv(x + 1, n - x, 1 - TAIL)
    ways = gammaln(n + 1) - gammaln(x + 1) - gammaln(n - x + 1)
    share = (low + high) / 2
    for _ in range(_STEPS):
        density = np.exp(ways + xlogy(x, share) + xlog1py(n - x, -share))
        tail = betainc(n - x, x + 1, 1 - share) - density / 2
        steepness = -((n - x) / (1 - share) + x / share) * density / 2
        nearer = share - (tail - TAIL) / steepness
        share = np.minimum(np.maximum(nearer, low), high)
    bounds[is_some] = share
    return bounds


@lru_cache(maxsize=10_000)
def share_interval(numerator: float, denominator: float) -> tuple[float, float]:
    """Return the 95 % interval of a share: mid-p, or Wilson's of a sum of fractions.

    Args:
        numerator: Cases that meet the criterion, 0 <= numerator <= denominator.
        denominator: All cases, above 0.

    Returns:
        Lower and upper bound as fractions (0-1), not per cent.

    Raises:
        ValueError: the counts do not form a proportion.
    """
    is_whole = numerator == int(numerator) and denominator == int(denominator)
    if not is_whole or not 0 <= numerator <= denominator or denominator == 0:
        return wilson_interval(numerator, denominator)
    lower, upper = share_intervals(numerator, denominator)
    return float(lower), float(upper)


def poisson_interval(count: float) -> tuple[float, float]:
    """Return the 95 % interval of a number of events.

    For a rate, divide both bounds by the denominator; that takes the denominator as
    known, such as inhabitants or an expected number of cases.

    Args:
        count: Events, 0 or more. Exact under 10 whole ones, else Byar's.

    Returns:
        Lower and upper bound of the expected count.

    Raises:
        ValueError: the count is negative.

    Source:
        Public Health England (2018), Technical Guide: Confidence Intervals, which is
        exact under 10 events: Garwood (1936), Biometrika 28, 437-442.
    """
    if count >= FEWEST_FOR_BYAR or count < 0 or count != int(count):
        return byar_interval(count)
    lower = float(gammaincinv(count, TAIL)) if count else 0.0
    return lower, float(gammaincinv(count + 1, 1 - TAIL))


def wilson_interval(
    numerator: float, denominator: float, z: float = Z95
) -> tuple[float, float]:
    """Return the Wilson score interval of a proportion.

    Of sums of fractions and of scores; of whole cases see `share_interval`.

    Args:
        numerator: Cases that meet the criterion, 0 <= numerator <= denominator. May
            be a fraction: the sum of scores between 0 and 1 (see `mean_interval`).
        denominator: All cases, above 0.
        z: Normal quantile; the default gives 95 % coverage.

    Returns:
        Lower and upper bound as fractions (0-1), not per cent.

    Raises:
        ValueError: the counts do not form a proportion.

    Source:
        Wilson (1927), J. Am. Stat. Assoc. 22(158), 209-212. Checked against Newcombe
        (1998), Stat. Med. 17, 857-872, table I, method 3.
    """
    if not (denominator > 0 and 0 <= numerator <= denominator):
        raise ValueError(f"not a proportion: {numerator} of {denominator}")
    centre = 2 * numerator + z * z
    others = denominator - numerator
    spread = z * sqrt(z * z + 4 * numerator * others / denominator)
    scale = 2 * (denominator + z * z)
    # Rounding can move the bound at none or all past the estimate it must hold.
    lower = 0.0 if numerator == 0 else (centre - spread) / scale
    upper = 1.0 if others == 0 else (centre + spread) / scale
    return lower, upper


def byar_interval(count: float, z: float = Z95) -> tuple[float, float]:
    """Return Byar's approximate Poisson interval of a count.

    For a rate, divide both bounds by the denominator; that takes the denominator as
    known, such as inhabitants or an expected number of cases.

    Args:
        count: Events, 0 or more.
        z: Normal quantile; the default gives 95 % coverage.

    Returns:
        Lower and upper bound of the expected count.

    Raises:
        ValueError: the count is negative.

    Source:
        Breslow & Day (1987), Statistical Methods in Cancer Research II, IARC
        Scientific Publications 82, p. 69; the method of Public Health England's
        technical guide from 10 events on, see `poisson_interval`.
    """
    if not 0 <= count < inf:
        raise ValueError(f"not a count: {count}")
    lower = 0.0
    if count > 0:
        lower = count * (1 - 1 / (9 * count) - z / (3 * sqrt(count))) ** 3
    above = count + 1
    upper = above * (1 - 1 / (9 * above) + z / (3 * sqrt(above))) ** 3
    return max(lower, 0.0), upper


def mean_interval(
    total: float, answers: float, lowest: float, highest: float, z: float = Z95
) -> tuple[float, float]:
    """Return a cautious interval of a mean of scores on a closed scale.

    The sources give a mean and a number of answers but no spread. Among all scores
    between `lowest` and `highest` with this mean, none varies more than those that
    take only the two end values, so the Wilson interval of that share is never too
    narrow for its number of answers.

    Args:
        total: Sum of the scores.
        answers: How many scores, above 0.
        lowest: Lowest possible score.
        highest: Highest possible score.
        z: Normal quantile; the default gives 95 % coverage.

    Returns:
        Lower and upper bound on the scale.

    Raises:
        ValueError: the mean lies outside the scale.

    Source:
        Bhatia & Davis (2000), Am. Math. Monthly 107(4), 353-357, for the largest
        variance; Wilson (1927) for the interval.
    """
    width = highest - lowest
    share = (total - lowest * answers) / width
    lower, upper = wilson_interval(share, answers, z)
    return lowest + width * lower, lowest + width * upper
