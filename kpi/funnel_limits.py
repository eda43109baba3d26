"""Limits of a funnel: how far from the whole chance alone takes a unit of some size."""

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import gammaincinv, ndtri

from kpi.distributions import Numbers, at_most
from kpi.model import Kind

TAILS = (0.001, 0.025, 0.975, 0.999)
"""Lower 99.8 %, lower 95 %, upper 95 %, upper 99.8 %."""


class Method(StrEnum):
    """How limits are worked out. Reference programs differ, so a funnel names its own.

    Over-dispersed limits are normal on a transformed scale in every method, since an
    exact distribution has no room for more variation: arcsine for a proportion, square
    root for a rate, logarithm for a standardised ratio. By the exact methods they are
    never within the exact ones: near 100 %, where the scale is at its end, a normal
    limit may come down below it.

    Attributes:
        EXACT: Where the mid-p of the binomial or Poisson count is 5 % and 0.2 %,
            interpolated between whole counts. Limits, place and p always agree, and
            those who meet and those who do not mirror each other.
        SPIEGELHALTER: Spiegelhalter (2005), Stat. Med. 24, 1185-1202, appendix: the
            binomial or Poisson distribution function itself, interpolated. Its upper
            limit of a proportion is always below 100 %, so that every unit where all
            cases meet the criterion lies above it; hence not what we show.
        ARCSINE: Normal on the arcsine scale, proportions only; as FunnelPlotR.
        STANDARDISED_RATIO: Chi-square limits of a Poisson count, denominators being
            expected counts; as FunnelPlotR and NHS Digital's SHMI.
    """

    EXACT = "exact"
    SPIEGELHALTER = "spiegelhalter"
    ARCSINE = "arcsine"
    STANDARDISED_RATIO = "standardised_ratio"


EXACT_METHODS = frozenset({Method.EXACT, Method.SPIEGELHALTER})
"""Those by the binomial or Poisson distribution itself."""


@dataclass(frozen=True, slots=True)
class Limits:
    """Limits by size; fractions of the denominator, arrays in the sizes' order."""

    lower_998: Numbers
    lower_95: Numbers
    upper_95: Numbers
    upper_998: Numbers


def check_method(kind: Kind, target: float, method: Method) -> None:
    """Refuse a target or a method that the kind cannot have.

    Raises:
        ValueError: with which.
    """
    most = 1 if kind is Kind.PROPORTION else np.inf
    if not 0 <= target <= most:
        raise ValueError(f"a {kind.value} has no target of {target}")
    fits = {Method.ARCSINE: Kind.PROPORTION, Method.STANDARDISED_RATIO: Kind.RATE}
    if fits.get(method, kind) is not kind:
        raise ValueError(f"a {kind.value} has no limits by {method.value!r}")
    if method is Method.STANDARDISED_RATIO and target == 0:
        raise ValueError("a standardised ratio is compared with a target above 0")


def funnel_limits(
    sizes: ArrayLike,
    kind: Kind,
    target: float,
    method: Method = Method.EXACT,
    tau_squared: float = 0.0,
) -> Limits:
    """Return the limits at any denominators, as for the lines of a figure.

    Args:
        sizes: Denominators above 0; whole for a proportion by an exact method.
        kind: A proportion or a rate.
        target: Fraction of the denominator.
        method: See `Method`.
        tau_squared: Variance between units to widen them by; 0 for none.
    """
    check_method(kind, target, method)
    sizes = np.asarray(sizes, dtype=float)
    if tau_squared > 0 or method is Method.ARCSINE:
        spread = np.sqrt(variance(sizes, target, method) + tau_squared)
        centre = transformed(np.asarray(target), kind, method)
        bounds = [_back(centre + ndtri(p) * spread, kind, method) for p in TAILS]
        if method in EXACT_METHODS:
            exact = [_interpolated(sizes, kind, target, method, p) for p in TAILS]
            furthest = (np.minimum, np.minimum, np.maximum, np.maximum)
            pairs = zip(furthest, bounds, exact, strict=True)
            bounds = [further(*two) for further, *two in pairs]
    elif method is Method.STANDARDISED_RATIO:
        expected = sizes * target
        bounds = [gammaincinv(expected + (p > 0.5), p) / sizes for p in TAILS]
    else:
        bounds = [_interpolated(sizes, kind, target, method, p) for p in TAILS]
    return Limits(*bounds)


def z_scores(
    counts: Numbers,
    sizes: Numbers,
    kind: Kind,
    target: float,
    method: Method,
    tau_squared: float = 0.0,
) -> Numbers:
    """Return deviations from the target in standard errors, on the transformed scale.

    No event at all has no logarithm: a standardised ratio counts it as half an event.
    """
    if method is Method.STANDARDISED_RATIO:
        counts = np.maximum(counts, 0.5)
    centre = transformed(np.asarray(target), kind, method)
    away = transformed(counts / sizes, kind, method) - centre
    return away / np.sqrt(variance(sizes, target, method) + tau_squared)


def transformed(values: Numbers, kind: Kind, method: Method) -> Numbers:
    """Return fractions on the scale where their variance depends on size alone."""
    if method is Method.STANDARDISED_RATIO:
        return np.log(values)
    return np.arcsin(np.sqrt(values)) if kind is Kind.PROPORTION else np.sqrt(values)


def variance(sizes: Numbers, target: float, method: Method) -> Numbers:
    """Return the variance of a unit's transformed value, by its size."""
    if method is Method.STANDARDISED_RATIO:
        return 1 / (sizes * target)
    return 1 / (4 * sizes)


def _back(values: Numbers, kind: Kind, method: Method) -> Numbers:
    if method is Method.STANDARDISED_RATIO:
        return np.exp(values)
    if kind is Kind.PROPORTION:
        # Past a quarter turn the sine comes down again, and a limit with it.
        return np.sin(np.clip(values, 0, np.pi / 2)) ** 2
    return np.maximum(values, 0) ** 2


def _interpolated(
    sizes: Numbers, kind: Kind, target: float, method: Method, p: float
) -> Numbers:
    """Return the fraction at which the interpolated distribution function is p."""

    def reached(count: Numbers) -> Numbers:
        here = at_most(kind, count, different, target)
        if method is Method.SPIEGELHALTER:
            return here
        return (at_most(kind, count - 1, different, target) + here) / 2

    different, back = np.unique(sizes, return_inverse=True)
    mean: Numbers = different * target
    z: float = ndtri(p)
    is_share = kind is Kind.PROPORTION
    most = different if is_share else np.full_like(mean, np.inf)
    # Cornish & Fisher's normal guess is a count or two off; walk from there to the
    # smallest count that reaches p.
    spread = np.sqrt(mean * (1 - target) if is_share else mean)
    skewness = 1 - 2 * target if is_share else 1
    count = np.clip(np.ceil(mean + z * spread + (z**2 - 1) * skewness / 6), 0, most)
    while True:
        here, before = reached(count), reached(count - 1)
        move = np.where(here < p, 1.0, np.where(before >= p, -1.0, 0.0))
        if not move.any():
            break
        count = count + move
    counts = count - (here - p) / (here - before)
    return (np.clip(counts, 0, most) / different)[back]
