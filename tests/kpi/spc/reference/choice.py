"""Which chart fits a series, and why."""

from math import fsum, sqrt

from kpi.model import Kind
from kpi.spc.choice import FEWEST_FOR_CONTROL, FEWEST_FOR_RUNS, Choice, Why
from kpi.spc.points import ChartKind, Series
from tests.kpi.spc.reference.limits import sigma_z

PLAIN = {Kind.PROPORTION: ChartKind.P, Kind.RATE: ChartKind.U, Kind.COUNT: ChartKind.C}
WIDER = {
    Kind.PROPORTION: ChartKind.P_PRIME,
    Kind.RATE: ChartKind.U_PRIME,
    Kind.COUNT: ChartKind.XMR,
}
BETWEEN = {
    Kind.PROPORTION: ChartKind.G,
    Kind.RATE: ChartKind.T,
    Kind.COUNT: ChartKind.T,
}


def chart_choice(
    kind: Kind,
    counts: Series | None,
    length: int,
    override: ChartKind | None = None,
    has_events: bool = False,
    ranges: int | None = None,
    baseline: int | None = None,
) -> Choice:
    """Choose the chart of a series.

    Args:
        kind: How the indicator's value comes out of its counts.
        counts: The series, where the values are made of counts; None if they are not.
        length: How many measured points there are after the last break,
            `len(series.current)`.
        override: The chart the definition asks for, used where the series is long
            enough for it; none and run are enough for any.
        has_events: Whether each event has a date, so that the cases or days between
            two of them can be charted instead.
        ranges: Of how many moving ranges limits would be made; None if no point lacks
            its neighbour.
        baseline: Of how many first points limits are kept; None: of all.

    Returns:
        None under 10 points (the interval of each value is all there is to say), a run
        chart under 20, and then: XmR without counts; for events so rare that there is
        less than one in a period, the cases (g) or days (t) between them or, without
        dates, a run chart; the chart of the
        counts' own distribution (p, u, c), or the one that widens it (p-prime,
        u-prime, XmR) where the series varies more than that.

    Source:
        Making Data Count and Anhøj & Olesen (2014), PLoS ONE 9(11), e113825, for the
        lengths; Benneyan (2001), Health Care Manag. Sci. 4, 305-318, for rare events.
    """
    fit = _fitting(kind, counts, length, override, has_events)
    known = length - 1 if ranges is None else ranges
    of_ranges = (ChartKind.XMR, ChartKind.T, ChartKind.P_PRIME, ChartKind.U_PRIME)
    if fit.chart in of_ranges and known < min(12, (baseline or 13) - 1):
        return Choice(ChartKind.RUN, Why.FEW_NEIGHBOURS)
    return fit


def _fitting(
    kind: Kind,
    counts: Series | None,
    length: int,
    override: ChartKind | None,
    has_events: bool,
) -> Choice:
    if kind in (Kind.RANK, Kind.MILESTONE):
        return Choice(ChartKind.NONE, Why.NOT_A_PROCESS)
    if override in (ChartKind.NONE, ChartKind.RUN) and length >= FEWEST_FOR_RUNS:
        return Choice(override, Why.DECLARED)
    if length < FEWEST_FOR_RUNS:
        return Choice(ChartKind.NONE, Why.TOO_FEW_POINTS)
    if length < FEWEST_FOR_CONTROL:
        return Choice(ChartKind.RUN, Why.SHORT_SERIES)
    known = _counts(kind, counts) if counts is not None and kind in PLAIN else []
    is_rare = _is_rare(kind, [one for one in known if one])
    if override and (not is_rare or override in (ChartKind.G, ChartKind.T)):
        return Choice(override, Why.DECLARED)
    if counts is None or kind not in PLAIN:
        return Choice(ChartKind.XMR, Why.NO_COUNTS)
    if is_rare:
        chart = BETWEEN[kind] if has_events else ChartKind.RUN
        return Choice(chart, Why.RARE_EVENTS)
    if varies_more(kind, known):
        return Choice(WIDER[kind], Why.VARIES_MORE)
    return Choice(PLAIN[kind], Why.VARIES_AS_COUNTS)


Counts = list[tuple[float, float] | None]


def _counts(kind: Kind, series: Series) -> Counts:
    """Return numerator and denominator of each point after the last break."""
    start, stop = series.spans[-1]
    if kind is Kind.COUNT:
        pairs = [(one, 1.0) for one in series.values[start:stop]]
    else:
        pairs = list(
            zip(
                series.numerators[start:stop],
                series.denominators[start:stop],
                strict=True,
            )
        )
    return [
        (part, whole) if part is not None and whole else None for part, whole in pairs
    ]


def _is_rare(kind: Kind, known: list[tuple[float, float]]) -> bool:
    """Say whether there is less than one event in a period, but not none at all."""
    events = fsum(part for part, _ in known)
    others = fsum(whole - part for part, whole in known)
    fewest = min(events, others) if kind is Kind.PROPORTION else events
    return 0 < fewest < len(known)


def varies_more(kind: Kind, counts: Counts) -> bool:
    """Say whether a series varies more than its counts explain, at the 5 % level.

    Args:
        kind: Proportion, rate or count.
        counts: Numerator and denominator of each point; None for a gap.

    Source:
        Laney's sigma z, which is 1 if the counts explain all variation, against its
        own uncertainty: variance 0.826 / points, Cryer & Ryan (1990), J. Qual.
        Technol. 22(3), 187-192 (an efficiency of 0.605 against the standard deviation).
    """
    known = [one for one in counts if one]
    if len(known) < 2:
        return False
    mean = fsum(part for part, _ in known) / fsum(whole for _, whole in known)
    single = sqrt(mean * (1 - mean) if kind is Kind.PROPORTION else mean)
    found = sigma_z(counts, mean, single)
    return found is not None and is_wider(found, len(known))


def is_wider(sigma: float, points: int) -> bool:
    """Say whether sigma z of so many points, two or more, is more than chance."""
    return sigma > 1 + 1.645 * (0.826 / (points - 1)) ** 0.5
