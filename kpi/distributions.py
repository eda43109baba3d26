"""Exact tails of binomial and Poisson counts, for single numbers or numpy arrays."""

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import betainc, gammainc, gammaincc

from kpi.model import Kind

Numbers = NDArray[np.float64]


def at_most(kind: Kind, count: ArrayLike, cases: ArrayLike, mean: ArrayLike) -> Numbers:
    """Return the probability of a count or fewer.

    Args:
        kind: A proportion is a binomial count, everything else a Poisson count.
        count: Whole numbers, of any size and sign.
        cases: All cases; for a Poisson count what the rate is per.
        mean: Probability per case, or expected events per one of `cases`.
    """
    count, cases, mean = np.broadcast_arrays(
        *(np.asarray(values, dtype=float) for values in (count, cases, mean))
    )
    if kind is Kind.PROPORTION:
        inside = np.clip(count, 0, np.maximum(cases - 1, 0))
        tail = betainc(np.maximum(cases - inside, 1), inside + 1, 1 - mean)
        return np.where(count < 0, 0.0, np.where(count >= cases, 1.0, tail))
    tail = gammaincc(np.maximum(count, 0) + 1, cases * mean)
    return np.where(count < 0, 0.0, tail)


def at_least(
    kind: Kind, count: ArrayLike, cases: ArrayLike, mean: ArrayLike
) -> Numbers:
    """Return the probability of a count or more; see `at_most`.

    Worked out for itself, since 1 - `at_most` has no digits left far out.
    """
    count, cases, mean = np.broadcast_arrays(
        *(np.asarray(values, dtype=float) for values in (count, cases, mean))
    )
    if kind is Kind.PROPORTION:
        inside = np.clip(count, 1, np.maximum(cases, 1))
        tail = betainc(inside, np.maximum(cases - inside, 0) + 1, mean)
        return np.where(count <= 0, 1.0, np.where(count > cases, 0.0, tail))
    tail = gammainc(np.maximum(count, 1), cases * mean)
    return np.where(count <= 0, 1.0, tail)


def mid_p(kind: Kind, count: ArrayLike, cases: ArrayLike, mean: ArrayLike) -> Numbers:
    """Return the two-sided mid-p of a count: twice the smaller tail, at most 1.

    Each tail counts half of the count's own probability. The plain exact p counts all
    of it and is too cautious where counts are small.

    Source:
        Lancaster (1961), J. Am. Stat. Assoc. 56(294), 223-234.
    """
    count = np.asarray(count, dtype=float)
    below, above = count - 1, count + 1
    lower = at_most(kind, below, cases, mean) + at_most(kind, count, cases, mean)
    upper = at_least(kind, above, cases, mean) + at_least(kind, count, cases, mean)
    return np.minimum(1.0, np.minimum(lower, upper))
