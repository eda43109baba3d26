"""Which chart fits a series, and why."""

from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from kpi.model import Kind
from kpi.spc.limits import counts_of, means_of_counts, sigma_z
from kpi.spc.points import OF_RANGES, ChartKind, Series, charts_that_fit
from kpi.spc.segments import Flags, Numbers, Segments, Signs, Words

FEWEST_FOR_RUNS = 10
"""Measured points below which the order of them says nothing (Anhøj & Olesen 2014)."""

FEWEST_FOR_CONTROL = 20
"""Measured points from which limits are steady enough for a control chart (Wheeler
& Chambers 1992; Montgomery 2009 asks for 20 to 25)."""


FEWEST_RANGES = 12
"""Moving ranges from which limits can be made: those of 13 points without a gap, under
which NHSRplotthedots warns of them."""


class Why(StrEnum):
    """Why a chart was chosen."""

    DECLARED = "declared"
    NOT_A_PROCESS = "not_a_process"
    TOO_FEW_POINTS = "too_few_points"
    SHORT_SERIES = "short_series"
    FEW_NEIGHBOURS = "few_neighbours"
    NO_COUNTS = "no_counts"
    RARE_EVENTS = "rare_events"
    VARIES_AS_COUNTS = "varies_as_counts"
    VARIES_MORE = "varies_more"


@dataclass(frozen=True, slots=True)
class Choice:
    """A kind of chart and the reason for it."""

    chart: ChartKind
    why: Why


_PLAIN = {Kind.PROPORTION: ChartKind.P, Kind.RATE: ChartKind.U, Kind.COUNT: ChartKind.C}
_WIDER = {
    Kind.PROPORTION: ChartKind.P_PRIME,
    Kind.RATE: ChartKind.U_PRIME,
    Kind.COUNT: ChartKind.XMR,
}
_BETWEEN = {
    Kind.PROPORTION: ChartKind.G,
    Kind.RATE: ChartKind.T,
    Kind.COUNT: ChartKind.T,
}


def chart_choice(
    kind: Kind,
    counts: Series | None,
    length: int,
    declared: ChartKind | None = None,
    has_events: bool = False,
    ranges: int | None = None,
    baseline: int | None = None,
) -> Choice:
    """Choose the chart of one series; see `chart_choices`.

    Args:
        kind: How the indicator's value comes out of its counts.
        counts: The series, where the values are made of counts; None if they are not.
        length: How many measured points there are after the last break,
            `len(series.current)`.
        declared: The chart the definition asks for.
        has_events: Whether each event has a date.
        ranges: Of how many moving ranges limits would be made, one for each two
            neighbours that are both measured; None if no point lacks its neighbour.
        baseline: Of how many first points the definition keeps limits; None: of all.
    """
    last = Segments.of(counts or Series(()))[-1:]
    is_counted = np.array([counts is not None])
    known = np.array([length - 1 if ranges is None else ranges])
    [chart], [why] = chart_choices(
        kind,
        last,
        is_counted,
        np.array([length]),
        known,
        declared,
        has_events,
        baseline,
    )
    return Choice(chart, why)


def chart_choices(
    kind: Kind,
    segments: Segments,
    is_counted: Flags,
    points: Signs,
    ranges: Signs,
    declared: ChartKind | None = None,
    has_events: bool = False,
    baseline: int | None = None,
) -> tuple[Words, Words]:
    """Choose the chart of each segment.

    Args:
        kind: How the indicator's value comes out of its counts.
        segments: The last of each series.
        is_counted: Of each: whether its values are made of whole counts.
        points: Of each: how many are measured.
        ranges: Of each: of how many moving ranges limits would be made.
        declared: The chart the definition asks for, used where it fits and the series
            is long enough for it (none and run are enough for any), but not for events
            so rare that its limits would be crossed by single ones.
        has_events: Whether each event has a date, so that the cases or days between
            two of them can be charted instead.
        baseline: Of how many first points the definition keeps limits, and so of how
            few moving ranges they may be made; None: of all points.

    Returns:
        Of each a `ChartKind`, and `Why`. None under 10 points (the interval of each
        value is all there is to say), a run chart under 20, and then: XmR without
        counts; for events so rare that there is less than one in a period, the cases
        (g) or days (t) between them or, without dates, a run chart, which tells nothing
        where most points are alike (`kpi.spc.runs.can_be_tested`); the chart of the
        counts' own distribution (p, u, c), or the one that widens it (p-prime, u-prime,
        XmR) where the series varies more. A run chart, too, in place of any whose
        limits would be made of too few moving ranges, also of one asked for.

    Source:
        Making Data Count and Anhøj & Olesen (2014), PLoS ONE 9(11), e113825, for the
        lengths; Benneyan (2001), Health Care Manag. Sci. 4, 305-318, for rare events.
    """
    charts, whys = _fitting(kind, segments, is_counted, points, declared, has_events)
    is_of_ranges = np.array([chart in OF_RANGES for chart in charts], dtype=bool)
    fewest = FEWEST_RANGES if baseline is None else min(FEWEST_RANGES, baseline - 1)
    is_unsteady = is_of_ranges & (ranges < fewest)
    charts[is_unsteady], whys[is_unsteady] = ChartKind.RUN, Why.FEW_NEIGHBOURS
    return charts, whys


def _fitting(
    kind: Kind,
    segments: Segments,
    is_counted: Flags,
    points: Signs,
    declared: ChartKind | None,
    has_events: bool,
) -> tuple[Words, Words]:
    charts, whys = (np.full(len(points), None, dtype=object) for _ in range(2))
    is_open = np.ones(len(points), dtype=bool)

    def choose(rows: Flags, chart: ChartKind, why: Why) -> None:
        charts[rows & is_open], whys[rows & is_open] = chart, why
        is_open[rows] = False

    if kind in (Kind.RANK, Kind.MILESTONE):
        choose(is_open.copy(), ChartKind.NONE, Why.NOT_A_PROCESS)
        return charts, whys
    is_fit = np.where(
        is_counted,
        declared in charts_that_fit(kind),
        declared in charts_that_fit(kind, has_counts=False),
    )
    if declared in (ChartKind.NONE, ChartKind.RUN):
        choose(is_fit & (points >= FEWEST_FOR_RUNS), declared, Why.DECLARED)
    choose(points < FEWEST_FOR_RUNS, ChartKind.NONE, Why.TOO_FEW_POINTS)
    choose(points < FEWEST_FOR_CONTROL, ChartKind.RUN, Why.SHORT_SERIES)
    is_rare, is_wide = np.zeros_like(is_open), np.zeros_like(is_open)
    if kind in _PLAIN:
        rows = np.flatnonzero(is_open & is_counted)
        parts, wholes = _counts(kind, segments[rows])
        is_rare[rows] = _is_rare(kind, parts, wholes)
        is_wide[rows] = varies_more(kind, parts, wholes)
    between = _BETWEEN.get(kind, ChartKind.RUN) if has_events else ChartKind.RUN
    if declared not in (ChartKind.G, ChartKind.T):
        choose(is_rare, between, Why.RARE_EVENTS)
    if declared:
        choose(is_fit, declared, Why.DECLARED)
    choose(is_rare, between, Why.RARE_EVENTS)
    choose(~is_counted, ChartKind.XMR, Why.NO_COUNTS)
    if kind not in _PLAIN:
        choose(is_open.copy(), ChartKind.XMR, Why.NO_COUNTS)
        return charts, whys
    choose(is_wide, _WIDER[kind], Why.VARIES_MORE)
    choose(is_open.copy(), _PLAIN[kind], Why.VARIES_AS_COUNTS)
    return charts, whys


def _counts(kind: Kind, segments: Segments) -> tuple[Numbers, Numbers]:
    if kind is Kind.COUNT:
        return counts_of(segments.values, np.ones_like(segments.values))
    return counts_of(segments.numerators, segments.denominators)


def _is_rare(kind: Kind, parts: Numbers, wholes: Numbers) -> Flags:
    """Say whether there is less than one event in a period, but not none at all."""
    events, known = np.nansum(parts, axis=1), np.count_nonzero(~np.isnan(parts), axis=1)
    others = np.nansum(wholes - parts, axis=1)
    fewest = np.minimum(events, others) if kind is Kind.PROPORTION else events
    is_rare: Flags = (fewest > 0) & (fewest < known)
    return is_rare


def varies_more(kind: Kind, parts: Numbers, wholes: Numbers) -> Flags:
    """Say whether series vary more than their counts explain, at the 5 % level.

    Args:
        kind: Proportion, rate or count.
        parts: Numerators; NaN for a gap.
        wholes: Denominators; NaN for a gap.

    Source:
        Laney's sigma z, which is 1 if the counts explain all variation, against its
        own uncertainty: variance 0.826 / points, Cryer & Ryan (1990), J. Qual.
        Technol. 22(3), 187-192 (an efficiency of 0.605 against the standard deviation).
    """
    points = np.count_nonzero(~np.isnan(parts), axis=1)
    with np.errstate(invalid="ignore", divide="ignore"):
        mean, single = means_of_counts(kind is Kind.PROPORTION, parts, wholes)
        widening = sigma_z(parts, wholes, mean, single)
        is_wide: Flags = widening[:, 0] > 1 + 1.645 * (0.826 / (points - 1)) ** 0.5
    return is_wide
