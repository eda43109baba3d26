"""Centre and limits of each kind of chart, one segment at a time."""

from collections.abc import Sequence
from itertools import pairwise
from math import fsum, sqrt
from statistics import fmean, median

from kpi.spc.points import OF_COUNTS, ChartKind, Limits, Series

WIDTH = 2.66
"""Three standard deviations in mean moving ranges, 3 / 1.128, rounded as
NHSRplotthedots and Making Data Count have it; qicharts2 does not round it."""

LARGEST_RANGE = 3.267
"""Upper limit of a moving range in mean moving ranges (D4 of two)."""

MEAN_RANGE = 1.128
"""Mean moving range of a normal process in standard deviations (d2 of two)."""

FEW_CASES = 5
"""Cases expected in a period under which a point may be on no side of the centre."""

NELSON = 3.6
"""The power that makes a waiting time of rare events symmetrical."""

Kept = Sequence[float | None]
"""A segment's values; None for what centre and limits are not made of."""


def moving_ranges(kept: Kept) -> list[float]:
    """Return the distance between each two neighbours that both have a value."""
    return [
        abs(other - one)
        for one, other in pairwise(kept)
        if one is not None and other is not None
    ]


def mean_moving_range(kept: Kept, is_screened: bool = True) -> float | None:
    """Return the mean moving range; None if no two neighbours have a value.

    Args:
        kept: Values in time order. There is no range across a gap.
        is_screened: Whether ranges at or above their own upper limit are left out,
            once. Where only zeros would be left, nothing is: one or two stray points
            in a constant series would otherwise make limits of no width.

    Source:
        Nelson (1982), J. Qual. Technol. 14(3), 172-173; NHSRplotthedots and qicharts2
        screen by default, the Excel tool of Making Data Count does not.
    """
    ranges = moving_ranges(kept)
    if not ranges:
        return None
    mean = fmean(ranges)
    if is_screened:
        usual = [one for one in ranges if one < LARGEST_RANGE * mean]
        mean = fmean(usual) if any(usual) else mean
    return mean


def segment_limits(
    kind: ChartKind, series: Series, start: int, stop: int, is_screened: bool = True
) -> list[Limits]:
    """Return the limits of every position of a segment.

    Args:
        kind: Any but none; a run chart has a centre only.
        series: Needs counts for p, p-prime, u and u-prime; non-negative values for c,
            g and t.
        start: First position of the segment.
        stop: The position after its last.
        is_screened: See `mean_moving_range`; for XmR and t.

    Raises:
        ValueError: the series lacks what the chart is made of.

    Source:
        XmR: Wheeler & Chambers (1992), Understanding Statistical Process Control.
        p, u, c: Montgomery (2009), Introduction to Statistical Quality Control,
        7.2-7.3. p-prime, u-prime: Laney (2002), Qual. Eng. 14(4), 531-537. g: Benneyan
        (2001), Health Care Manag. Sci. 4, 305-318, with the median as centre, as the
        runs need one with half of the points on each side. t: Nelson (1994), J. Qual.
        Technol. 26(3), 239-240.
    """
    is_base = [at not in series.excluded for at in range(start, stop)]
    if series.baseline is not None:
        measured = [
            at - start
            for at in range(start, stop)
            if is_base[at - start] and series.values[at] is not None
        ]
        after = set(measured[series.baseline :])
        is_base = [is_in and at not in after for at, is_in in enumerate(is_base)]
    values = series.values[start:stop]
    kept = [one if base else None for one, base in zip(values, is_base, strict=True)]
    known = [one for one in kept if one is not None]
    if kind in (ChartKind.C, ChartKind.G, ChartKind.T) and min(known, default=0) < 0:
        raise ValueError(f"expected values of 0 or more, got {min(known)}")
    if kind in OF_COUNTS:
        return _of_counts(kind, series, start, stop, is_base)
    if not known:
        limits = Limits()
    elif kind is ChartKind.RUN:
        limits = Limits(median(known))
    elif kind is ChartKind.T:
        limits = _waiting_times(kept, is_screened)
    elif kind is ChartKind.XMR:
        mean_range = mean_moving_range(kept, is_screened)
        spread = None if mean_range is None else WIDTH * mean_range
        limits = _around(fmean(known), spread, series.lowest, series.highest)
    elif kind is ChartKind.C:
        mean = fmean(known)
        limits = _around(mean, 3 * sqrt(mean), 0.0, None)
    elif kind is ChartKind.G:
        limits = _cases_between(known)
    else:
        raise ValueError(f"a chart of the kind {kind} has no limits")
    return [limits] * (stop - start)


def half_a_case(kind: ChartKind, series: Series, start: int, stop: int) -> list[float]:
    """Return how near the centre each position of a segment is on no side of it."""
    base = [
        at
        for at in range(start, stop)
        if series.values[at] is not None and at not in series.excluded
    ][: series.baseline]
    nothing = [0.0] * (stop - start)
    if kind in OF_COUNTS:
        known = [
            (series.numerators[at], series.denominators[at])
            for at in base
            if series.numerators[at] is not None and series.denominators[at]
        ]
        if not known:
            return nothing
        fewest = fsum(part for part, _ in known)
        if kind in (ChartKind.P, ChartKind.P_PRIME):
            fewest = min(fewest, fsum(whole - part for part, whole in known))
        wholes = series.denominators[start:stop]
        half = [series.per / whole / 2 if whole else 0.0 for whole in wholes]
        return half if fewest / len(known) < FEW_CASES else nothing
    values = [series.values[at] for at in base]
    if kind not in (ChartKind.C, ChartKind.XMR) or not values:
        return nothing
    is_whole = all(one == int(one) for one in values)
    is_few = is_whole and abs(fmean(values)) < FEW_CASES
    return [0.5] * (stop - start) if is_few else nothing


def _around(
    centre: float, spread: float | None, lowest: float | None, highest: float | None
) -> Limits:
    """Return limits three standard deviations (`spread`) from the centre."""
    if spread is None:
        return Limits(centre)
    lower, upper, near = centre - spread, centre + spread, 2 * spread / 3
    return Limits(
        centre,
        lower if lowest is None or lower > lowest else lowest,
        upper if highest is None or upper < highest else highest,
        centre - near,
        centre + near,
    )


def _waiting_times(kept: Kept, is_screened: bool) -> Limits:
    """Return XmR limits of the transformed times, transformed back."""
    even = [None if one is None else one ** (1 / NELSON) for one in kept]
    found = _around(
        fmean(one for one in even if one is not None),
        None
        if (mean := mean_moving_range(even, is_screened)) is None
        else WIDTH * mean,
        0.0,
        None,
    )

    def back(one: float | None) -> float | None:
        return None if one is None else max(one, 0.0) ** NELSON

    return Limits(
        back(found.centre),
        back(found.lower),
        back(found.upper),
        back(found.near_lower),
        back(found.near_upper),
    )


def _cases_between(known: Sequence[float]) -> Limits:
    mean = fmean(known)
    around = _around(mean, 3 * sqrt(mean * (mean + 1)), 0.0, None)
    return Limits(
        median(known),
        around.lower,
        around.upper,
        around.near_lower,
        around.near_upper,
    )


def _of_counts(
    kind: ChartKind, series: Series, start: int, stop: int, is_base: Sequence[bool]
) -> list[Limits]:
    parts, wholes = series.numerators[start:stop], series.denominators[start:stop]
    if len(parts) < stop - start:
        raise ValueError(f"a chart of the kind {kind} needs counts")
    base = [
        (part, whole) if part is not None and whole and is_in else None
        for part, whole, is_in in zip(parts, wholes, is_base, strict=True)
    ]
    known = [one for one in base if one]
    if not known:
        return [Limits()] * (stop - start)
    mean = fsum(part for part, _ in known) / fsum(whole for _, whole in known)
    is_share = kind in (ChartKind.P, ChartKind.P_PRIME)
    single = sqrt(mean * (1 - mean) if is_share else mean)
    factor: float | None = 1.0
    if kind in (ChartKind.P_PRIME, ChartKind.U_PRIME):
        factor = sigma_z(base, mean, single)
    per = series.per
    of_whole: dict[float | None, Limits] = {}
    for whole in wholes:
        if whole not in of_whole:
            spread = None
            if whole and factor is not None:
                spread = 3 * per * single * factor / sqrt(whole)
            highest = per if is_share else None
            of_whole[whole] = _around(per * mean, spread, 0.0, highest)
    return [of_whole[whole] for whole in wholes]


def sigma_z(
    counts: Sequence[tuple[float, float] | None], mean: float, single: float
) -> float | None:
    """Return how much larger the variation is than the counts alone explain.

    Args:
        counts: Numerator and denominator of each point; None for one left out.
        mean: The centre.
        single: Standard deviation of a point with a denominator of 1.

    Returns:
        1 where the counts explain all of it; None if no two neighbours have counts.

    Source:
        Laney (2002), Qual. Eng. 14(4), 531-537. Not screened, as there.
    """
    if single == 0:
        return 1.0
    scores = [
        (one[0] / one[1] - mean) * sqrt(one[1]) / single if one else None
        for one in counts
    ]
    mean_range = mean_moving_range(scores, is_screened=False)
    return None if mean_range is None else mean_range / MEAN_RANGE
