"""Centre and limits of each kind of chart: a row for each segment."""

import numpy as np

from kpi.spc.points import OF_COUNTS, ChartKind
from kpi.spc.segments import (
    Flags,
    LimitsOfMany,
    Numbers,
    Process,
    Segments,
    Signs,
    at,
)

WIDTH = 2.66
"""Three standard deviations in mean moving ranges, 3 / 1.128, rounded as
NHSRplotthedots and Making Data Count have it; qicharts2 does not round it."""

LARGEST_RANGE = 3.267
"""Upper limit of a moving range in mean moving ranges (D4 of two)."""

MEAN_RANGE = 1.128
"""Mean moving range of a normal process in standard deviations (d2 of two)."""

FEW_CASES = 5
"""Cases (events, or the rarer of two answers) expected in a period, under which counts
lean so much to one side that their mean does not have half of them on each: of counts
with a mean of 1.04, 73 % are below it."""

NELSON = 3.6
"""The power that makes a waiting time of rare events symmetrical."""


def limits_of(process: Process, kind: ChartKind, segments: Segments) -> LimitsOfMany:
    """Return the limits of every position, of a gap too unless its cases are unknown.

    Args:
        process: What the limits hang on.
        kind: Any but none; a run chart has a centre only.
        segments: With counts for p, p-prime, u and u-prime; values of 0 or more for c,
            g and t.

    Raises:
        ValueError: there is no such chart.

    Source:
        XmR: Wheeler & Chambers (1992), Understanding Statistical Process Control.
        p, u, c: Montgomery (2009), Introduction to Statistical Quality Control,
        7.2-7.3. p-prime, u-prime: Laney (2002), Qual. Eng. 14(4), 531-537. g: Benneyan
        (2001), Health Care Manag. Sci. 4, 305-318, with the median as centre, as the
        runs need one with half of the points on each side. t: Nelson (1994), J. Qual.
        Technol. 26(3), 239-240.
    """
    limits = _limits_of(process, kind, segments)
    return limits._replace(beside=half_a_case(process, kind, segments))


def half_a_case(process: Process, kind: ChartKind, segments: Segments) -> Numbers:
    """Return how near the centre a point is on no side of it, in the values' unit.

    Half a case where few are expected: the whole number of cases that is nearest to
    the centre is as near as a point can come. Nothing elsewhere, and for g and run
    charts, whose centre is the median.
    """
    is_base = base_of(process, segments)
    if kind in OF_COUNTS:
        numerators, denominators = segments.numerators, segments.denominators
        parts, wholes = counts_of(numerators, denominators, is_base)
        fewest = means(parts)
        if kind in (ChartKind.P, ChartKind.P_PRIME):
            fewest = np.minimum(fewest, means(wholes - parts))
        case = process.per / np.where(denominators > 0, denominators, np.nan)
        return np.where(fewest < FEW_CASES, case / 2, 0.0)
    base = np.where(is_base, segments.values, np.nan)
    if kind not in (ChartKind.C, ChartKind.XMR):
        return np.zeros((1, 1))
    is_whole = (np.isnan(base) | (base == np.floor(base))).all(axis=1, keepdims=True)
    return np.where(is_whole & (np.abs(means(base)) < FEW_CASES), 0.5, 0.0)


def _limits_of(process: Process, kind: ChartKind, segments: Segments) -> LimitsOfMany:
    values = segments.values
    is_base = base_of(process, segments)
    if kind in OF_COUNTS:
        return _of_counts(process.per, kind, segments, is_base)
    base = np.where(is_base, values, np.nan)
    match kind:
        case ChartKind.RUN:
            centre = medians(base)
            return _around(centre, np.full_like(centre, np.nan))
        case ChartKind.XMR:
            spread = WIDTH * mean_moving_ranges(base, process.is_screened)
            return _around(means(base), spread, process.lowest, process.highest)
        case ChartKind.C:
            mean = means(base)
            return _around(mean, 3 * np.sqrt(mean), 0.0)
        case ChartKind.G:
            mean = means(base)
            limits = _around(mean, 3 * np.sqrt(mean * (mean + 1)), 0.0)
            return limits._replace(centre=medians(base))
        case ChartKind.T:
            even = base ** (1 / NELSON)
            spread = WIDTH * mean_moving_ranges(even, process.is_screened)
            limits = _around(means(even), spread, 0.0)
            return LimitsOfMany(*(np.maximum(limit, 0.0) ** NELSON for limit in limits))
        case _:
            raise ValueError(f"a chart of the kind {kind} has no limits")


def base_of(process: Process, segments: Segments) -> Flags:
    """Return which points limits are made of; gaps may be among them.

    A kept baseline counts measured points: before its first one a series may have
    positions that are of the build and not of its own.
    """
    is_base = ~segments.is_excluded
    if process.baseline is None:
        return is_base
    measured = np.cumsum(is_base & ~np.isnan(segments.values), axis=1)
    return is_base & (measured <= process.baseline)


def moving_ranges(process: Process, segments: Segments) -> Signs:
    """Return of how many moving ranges the limits of each segment are made."""
    is_part = base_of(process, segments) & ~np.isnan(segments.values)
    number: Signs = np.count_nonzero(is_part[:, 1:] & is_part[:, :-1], axis=1)
    return number


def _around(
    centre: Numbers,
    spread: Numbers,
    lowest: float | None = None,
    highest: float | None = None,
) -> LimitsOfMany:
    """Return limits three standard deviations (`spread`) from the centre."""
    lower, upper, near = centre - spread, centre + spread, 2 * spread / 3
    return LimitsOfMany(
        centre,
        lower if lowest is None else np.maximum(lower, lowest),
        upper if highest is None else np.minimum(upper, highest),
        centre - near,
        centre + near,
    )


def _of_counts(
    per: float, kind: ChartKind, segments: Segments, is_base: Flags
) -> LimitsOfMany:
    is_share = kind in (ChartKind.P, ChartKind.P_PRIME)
    parts, wholes = counts_of(segments.numerators, segments.denominators, is_base)
    mean, single = means_of_counts(is_share, parts, wholes)
    factor = np.ones_like(mean)
    if kind in (ChartKind.P_PRIME, ChartKind.U_PRIME):
        factor = sigma_z(parts, wholes, mean, single)
    every = segments.denominators
    root = np.sqrt(np.where(every > 0, every, np.nan))
    spread = 3 * per * single * factor / root
    return _around(per * mean, spread, 0.0, per if is_share else None)


def counts_of(
    numerators: Numbers, denominators: Numbers, is_base: Flags | bool = True
) -> tuple[Numbers, Numbers]:
    """Return numerators and denominators; NaN where either is missing or nobody is."""
    is_known = ~np.isnan(numerators) & (denominators > 0) & is_base
    return (
        np.where(is_known, numerators, np.nan),
        np.where(is_known, denominators, np.nan),
    )


def means(numbers: Numbers) -> Numbers:
    """Return the mean of each row, as a column; NaN without numbers."""
    return _sums(numbers) / np.count_nonzero(~np.isnan(numbers), axis=1, keepdims=True)


def _sums(base: Numbers) -> Numbers:
    # In extended precision: else the last decimal of a mean would hang on how long the
    # longest series beside it is, as numpy adds in blocks.
    numbers = np.where(np.isnan(base), 0.0, base)
    sums = numbers.sum(axis=1, dtype=np.longdouble, keepdims=True)
    rounded: Numbers = sums.astype(np.float64)
    return rounded


def medians(numbers: Numbers) -> Numbers:
    """Return the median of each row, as a column; NaN without numbers."""
    number = np.count_nonzero(~np.isnan(numbers), axis=1)[:, None]
    ordered = np.sort(numbers, axis=1)  # NaN comes last
    if not ordered.shape[1]:
        return np.full((len(numbers), 1), np.nan)
    low, high = np.maximum(number - 1, 0) // 2, number // 2
    return (ordered[at(low)] + ordered[at(high)]) / 2


def means_of_counts(
    is_share: bool, parts: Numbers, wholes: Numbers
) -> tuple[Numbers, Numbers]:
    """Return the mean of each row, and a single case's standard deviation."""
    mean = _sums(parts) / _sums(wholes)
    return mean, np.sqrt(mean * (1 - mean) if is_share else mean)


def sigma_z(parts: Numbers, wholes: Numbers, mean: Numbers, single: Numbers) -> Numbers:
    """Return how much larger the variation is than the counts alone explain.

    Args:
        parts: Numerators; NaN for a point left out.
        wholes: Denominators; as the numerators.
        mean: The centre of each row.
        single: Standard deviation of a point with a denominator of 1.

    Returns:
        1 where the counts explain all of it; NaN if no two neighbours have counts.

    Source:
        Laney (2002), Qual. Eng. 14(4), 531-537. Not screened, as there, in Minitab and
        in clinical-qikit; qicharts2 screens it since version 0.7.4.
    """
    scores = (parts / wholes - mean) * np.sqrt(wholes) / single
    factor = mean_moving_ranges(scores, is_screened=False) / MEAN_RANGE
    return np.where(single == 0, 1.0, factor)


def mean_moving_ranges(numbers: Numbers, is_screened: bool = True) -> Numbers:
    """Return the mean moving range of each row; NaN if no two neighbours have a value.

    Args:
        numbers: Values in time order. There is no range across a gap.
        is_screened: Whether ranges at or above their own upper limit are left out,
            once. Where only zeros would be left, nothing is: one or two stray points
            in a constant series would otherwise make limits of no width, with every
            point outside. A step to a new level is outside all the same.

    Source:
        Nelson (1982), J. Qual. Technol. 14(3), 172-173; NHSRplotthedots and qicharts2
        screen by default, the Excel tool of Making Data Count does not.
    """
    ranges = np.abs(np.diff(numbers, axis=1))
    mean = means(ranges)
    if not is_screened:
        return mean
    usual = np.where(ranges < LARGEST_RANGE * mean, ranges, np.nan)
    less = means(usual)
    return np.where(less > 0, less, mean)
