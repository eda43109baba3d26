"""Funnel: which units differ from the whole by more than their size explains."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import sqrt

import numpy as np
from scipy.special import ndtr, ndtri

from kpi.counted import Counted, check_counts
from kpi.distributions import Numbers, mid_p
from kpi.funnel_limits import (
    EXACT_METHODS,
    Method,
    check_method,
    funnel_limits,
    variance,
    z_scores,
)
from kpi.model import Kind

FEWEST = 10
"""Units needed to judge over-dispersion; of fewer there is no tenth to set aside."""
SET_ASIDE = 0.1
"""Share of the units at each end that are not to decide how dispersed the rest are."""
WINSORISED = 0.67865
"""Mean squared z of a normal distribution, a tenth at each end winsorised."""
WINSORISED_OF_FEW = 0.43
"""What comes to it, by the number of units: their own tenths are nearer the middle.
Simulated; with it the mean of phi is within 0.005 of 1 from 10 units to 200."""
_SMALLEST_P = 1e-300
"""Keeps z finite."""


class Adjustment(StrEnum):
    """Whether limits are widened for over-dispersion."""

    NEVER = "never"
    WHEN_NEEDED = "when_needed"
    ALWAYS = "always"


class Place(StrEnum):
    """Where a unit lies, by the 95 % and (far) the 99.8 % limits.

    Which side is the better one depends on the indicator's direction.
    """

    FAR_BELOW = "far_below"
    BELOW = "below"
    INSIDE = "inside"
    ABOVE = "above"
    FAR_ABOVE = "far_above"


@dataclass(frozen=True, slots=True)
class Dispersion:
    """How much more the units vary than chance alone.

    Attributes:
        phi: Mean squared z of the units, the most extreme ones set aside; about 1 when
            there is nothing but chance (as the methods of FunnelPlotR have it, two
            thirds), less with few cases. None with too few units to say.
        tau_squared: Variance between units on the transformed scale, 0 or more.
        is_needed: Whether phi is further above 1 than chance explains.
        is_used: Whether the limits were widened. A page has to say so.
    """

    phi: float | None
    tau_squared: float
    is_needed: bool
    is_used: bool


@dataclass(frozen=True, slots=True)
class FunnelPoint:
    """One unit in the funnel; value and limits are fractions of the denominator.

    Attributes:
        z: Deviation in standard errors, negative below the target.
        p: Two-sided probability of so large a deviation; ranks units by evidence.
        place: By the limits that are drawn; a value on a limit is inside it.
    """

    name: str
    numerator: float
    denominator: float
    value: float
    lower_998: float
    lower_95: float
    upper_95: float
    upper_998: float
    z: float
    p: float
    place: Place


@dataclass(frozen=True, slots=True)
class Funnel:
    """All units with cases, in the order given, about a target.

    Attributes:
        target: Fraction of the denominator.
        kind: A proportion or a rate.
        method: How the limits were worked out.
        dispersion: Whether they were widened, and by how much.
        points: The units.
    """

    target: float
    kind: Kind
    method: Method
    dispersion: Dispersion
    points: tuple[FunnelPoint, ...]


def funnel(
    parts: Sequence[Counted],
    kind: Kind,
    target: float | None = None,
    method: Method = Method.EXACT,
    adjustment: Adjustment = Adjustment.WHEN_NEEDED,
) -> Funnel | None:
    """Place units in a funnel.

    Args:
        parts: Whole counts. A unit without cases is not placed and changes nothing.
        kind: A proportion or a rate.
        target: Fraction of the denominator. None takes the units' own whole, sum over
            sum, and for a standardised ratio 1.
        method: See `Method`.
        adjustment: Whether to widen the limits for over-dispersion.

    Returns:
        None if no unit has any cases.

    Raises:
        ValueError: counts that form no such proportion or rate, or are not whole; a
            target or a method that the kind cannot have.

    Source:
        Spiegelhalter (2005), Stat. Med. 24, 1185-1202, and Qual. Saf. Health Care 14,
        347-351.
    """
    check_counts(parts, kind)
    placed = [counted for counted in parts if counted.denominator > 0]
    if not placed:
        return None
    counts = np.array([counted.numerator for counted in placed], dtype=float)
    sizes = np.array([counted.denominator for counted in placed], dtype=float)
    # A proportion is of whole cases; inhabitants and expected counts may have decimals.
    whole = (counts, sizes) if kind is Kind.PROPORTION else (counts,)
    if any((numbers != np.floor(numbers)).any() for numbers in whole):
        raise ValueError("expected whole counts; sums of scores have no funnel")
    if target is None:
        is_ratio = method is Method.STANDARDISED_RATIO
        target = 1.0 if is_ratio else float(counts.sum() / sizes.sum())
    check_method(kind, target, method)
    dispersion = _dispersion(counts, sizes, kind, target, method, adjustment)
    extra = dispersion.tau_squared if dispersion.is_used else 0.0
    limits = funnel_limits(sizes, kind, target, method, extra)
    z = _z(counts, sizes, kind, target, method, extra)
    p = 2 * ndtr(-np.abs(z))
    columns = (limits.lower_998, limits.lower_95, limits.upper_95, limits.upper_998)
    rows = np.column_stack((*columns, z, p)).tolist()
    points = (_point(counted, row) for counted, row in zip(placed, rows, strict=True))
    return Funnel(target, kind, method, dispersion, tuple(points))


def _z(
    counts: Numbers,
    sizes: Numbers,
    kind: Kind,
    target: float,
    method: Method,
    extra: float,
) -> Numbers:
    """Return deviations by the limits drawn: the further of two, so the smaller z."""
    if method not in EXACT_METHODS:
        return z_scores(counts, sizes, kind, target, method, extra)
    exact = _exact_z(counts, sizes, kind, target)
    if extra == 0:
        return exact
    widened = z_scores(counts, sizes, kind, target, method, extra)
    return np.where(np.abs(widened) < np.abs(exact), widened, exact)


def _exact_z(counts: Numbers, sizes: Numbers, kind: Kind, target: float) -> Numbers:
    """Return the normal deviation with the same two-sided mid-p."""
    p = np.maximum(mid_p(kind, counts, sizes, target), _SMALLEST_P)
    z: Numbers = -np.sign(counts / sizes - target) * ndtri(p / 2)
    return z


def _dispersion(
    counts: Numbers,
    sizes: Numbers,
    kind: Kind,
    target: float,
    method: Method,
    adjustment: Adjustment,
) -> Dispersion:
    """Return phi and tau² of the units.

    Without over-dispersion, units times phi is about chi-square with that many degrees
    of freedom, hence needed above 1 + 2 √(2 / units), by the exact methods 2.4. A tenth
    of the units at each end is winsorised, for a standardised ratio left out; tau² as
    DerSimonian & Laird (1986), Control. Clin. Trials 7, 177-188. By the exact methods z
    is that of the exact mid-p, as the arcsine's variance is not 1 / 4n near 0 and
    100 %, and what winsorising takes off phi is given back.
    """
    units = len(counts)
    if units < FEWEST:
        return Dispersion(None, 0.0, is_needed=False, is_used=False)
    is_exact = method in EXACT_METHODS
    if is_exact:
        z = _exact_z(counts, sizes, kind, target)
    else:
        z = z_scores(counts, sizes, kind, target, method)
    weights = 1 / variance(sizes, target, method)
    if method is Method.STANDARDISED_RATIO:
        aside = int(SET_ASIDE * units)
        middle = np.argsort(z, kind="stable")[aside : units - aside]
        z, weights = z[middle], weights[middle]
    else:
        z = np.clip(z, *np.quantile(z, (SET_ASIDE, 1 - SET_ASIDE)))
    phi = float(np.mean(z**2))
    if is_exact:
        phi /= WINSORISED + WINSORISED_OF_FEW / units
    beyond_chance = len(z) * phi - (len(z) - 1)
    scale = float(weights.sum() - (weights**2).sum() / weights.sum())
    tau_squared = max(0.0, beyond_chance / scale)
    # What winsorising leaves varies more, for its size, than a whole chi-square.
    surely = 2.4 if is_exact else 2
    is_needed = phi > 1 + surely * sqrt(2 / len(z))
    is_wanted = is_needed or adjustment is Adjustment.ALWAYS
    is_used = is_wanted and adjustment is not Adjustment.NEVER and tau_squared > 0
    return Dispersion(phi, tau_squared, is_needed, is_used)


def _point(counted: Counted, row: list[float]) -> FunnelPoint:
    value = counted.numerator / counted.denominator
    lowest, low, high, highest, z, p = row
    if value < low:
        place = Place.FAR_BELOW if value < lowest else Place.BELOW
    elif value > high:
        place = Place.FAR_ABOVE if value > highest else Place.ABOVE
    else:
        place = Place.INSIDE
    return FunnelPoint(
        name=counted.name,
        numerator=counted.numerator,
        denominator=counted.denominator,
        value=value,
        lower_998=lowest,
        lower_95=low,
        upper_95=high,
        upper_998=highest,
        z=z,
        p=p,
        place=place,
    )
