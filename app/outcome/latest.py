"""Which outcome stands for an indicator in a quarter, and which ones for its trend.

An indicator measured once a year has no value for a quarter. A view of a quarter shows
its latest year instead, under that year's own name.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from app.queries.outcomes import OutcomeRow
from app.queries.spans import Span
from kpi.charting import UNMEASURED, kinds_in_order, months_valid
from kpi.definitions import Indicator
from kpi.period import Period, PeriodKind

TREND_QUARTERS = 12

_MONTHS_BACK = {
    PeriodKind.QUARTER: 3 * TREND_QUARTERS,
    PeriodKind.TERTIAL: 4 * 9,
    PeriodKind.HALF: 6 * 8,
    PeriodKind.YEAR: 12 * 8,
}
_MONTHS_OF_OTHERS = 24


def read_kind(indicator: Indicator, rows: Iterable[OutcomeRow]) -> PeriodKind:
    """Return the kind of period to read an indicator in: the first with a value."""
    kinds = kinds_in_order(indicator)
    measured = {row.period_kind for row in rows if row.status not in UNMEASURED}
    return next((kind for kind in kinds if kind in measured), kinds[0])


def trend_spans(indicators: Iterable[Indicator], period: Period) -> list[Span]:
    """Return what to read for the trends up to a quarter, or another period.

    The quarter before is read from the same rows, to see what has changed since.
    """
    if period.kind is not PeriodKind.QUARTER:
        ids = tuple(indicator.id for indicator in indicators)
        back = _MONTHS_BACK.get(period.kind, _MONTHS_OF_OTHERS)
        first = period.last - back + 1
        return [Span(period.kind, ids, first, period.last, False)]
    return _spans(
        (
            kind,
            indicator.id,
            max(_MONTHS_BACK[kind], months_valid(indicator, kind)),
            period,
            nth,
        )
        for indicator in indicators
        for nth, kind in enumerate(kinds_in_order(indicator))
    )


def quarter_spans(indicators: Iterable[Indicator], quarter: Period) -> list[Span]:
    """Return what to read for one value of each indicator in a quarter."""
    return _spans(
        (kind, indicator.id, months_valid(indicator, kind), quarter, nth)
        for indicator in indicators
        for nth, kind in enumerate(kinds_in_order(indicator))
    )


def _spans(wanted: Iterable[tuple[PeriodKind, str, int, Period, int]]) -> list[Span]:
    groups: dict[tuple[PeriodKind, int, int, bool], list[str]] = defaultdict(list)
    for kind, indicator, months, until, nth in wanted:
        # Of the unusual kinds only what there is; their empty rows say nothing.
        key = (kind, until.last - months + 1, until.last, nth > 0)
        groups[key].append(indicator)
    return [
        Span(kind, tuple(ids), first, last, only_measured)
        for (kind, first, last, only_measured), ids in groups.items()
    ]


def shown_in(
    indicator: Indicator, period: Period, rows: Sequence[OutcomeRow]
) -> OutcomeRow | None:
    """Return the outcome that stands for an indicator in a period.

    Args:
        indicator: What the rows are of.
        period: The one looked at; nothing later is used. Of a period of another
            length only its own outcome stands for it.
        rows: The indicator's totals in one unit, oldest first.

    Returns:
        The latest one that was measured within the time between two measurements;
        else the latest one, which says why there is none; None without rows.
    """
    if period.kind is not PeriodKind.QUARTER:
        return next((row for row in rows if row.period == str(period)), None)
    kind = read_kind(indicator, rows)
    oldest = period.last - months_valid(indicator, kind) + 1
    within = [
        row
        for row in rows
        if row.period_kind == kind and oldest <= row.last_month <= period.last
    ]
    measured = [row for row in within if row.status not in UNMEASURED]
    if not within:
        return None
    return (measured or within)[-1]


def trend_of(
    indicator: Indicator, period: Period, rows: Sequence[OutcomeRow]
) -> list[OutcomeRow]:
    """Return the outcomes that make an indicator's trend line, oldest first."""
    is_quarter = period.kind is PeriodKind.QUARTER
    kind = read_kind(indicator, rows) if is_quarter else period.kind
    oldest = period.last - _MONTHS_BACK.get(kind, _MONTHS_OF_OTHERS)
    return [
        row
        for row in rows
        if row.period_kind == kind and oldest < row.last_month <= period.last
    ]


def by_indicator(rows: Iterable[OutcomeRow]) -> dict[str, list[OutcomeRow]]:
    """Return rows by indicator, in the order they came."""
    outcomes: dict[str, list[OutcomeRow]] = defaultdict(list)
    for row in rows:
        outcomes[row.indicator].append(row)
    return outcomes
