"""Rows of one indicator and unit -> the chart that fits them, and what it says."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Protocol

from kpi.assessment import JUDGED, Status
from kpi.charting import (
    FIXED_RULES,
    HIDDEN,
    SHOWN_TO_HIDDEN,
    can_be_counted,
    kinds_in_order,
    possible_values,
    process_kind,
)
from kpi.definitions import Indicator
from kpi.model import Kind
from kpi.period import PeriodKind
from kpi.spc.chart import Chart, control_chart
from kpi.spc.choice import Choice, chart_choice
from kpi.spc.limits import moving_ranges
from kpi.spc.points import Assurance, ChartKind, Series
from kpi.spc.segments import Process, Segments


class Row(Protocol):
    """A period of a series, whichever query it came from."""

    @property
    def last_month(self) -> int:
        """Its last month."""

    @property
    def numerator(self) -> float | None:
        """None unless shown."""

    @property
    def denominator(self) -> float | None:
        """None unless shown."""

    @property
    def value(self) -> float | None:
        """None unless shown."""

    @property
    def is_whole(self) -> bool | None:
        """Whether all of its months are in; None without a value."""

    @property
    def status(self) -> str:
        """A word of `kpi.assessment.Status`."""


def rhythm(
    indicator: Indicator, rows: Mapping[PeriodKind, Sequence[Row]]
) -> PeriodKind:
    """Return which periods to chart: months where they say more, else the usual ones.

    Args:
        indicator: What the rows are of.
        rows: By length of period, without those in which nothing is measured.
    """
    usual = kinds_in_order(indicator)
    kind = next(
        (usual_kind for usual_kind in usual if _shown(rows.get(usual_kind, ()))),
        usual[0],
    )
    months = rows.get(PeriodKind.MONTH, ())
    shown = _shown(months)
    hidden = sum(row.status in HIDDEN for row in months)
    has_more = shown > _shown(rows.get(kind, ()))
    is_fair = SHOWN_TO_HIDDEN * hidden <= shown
    return PeriodKind.MONTH if has_more and is_fair else kind


def _shown(rows: Sequence[Row]) -> int:
    return sum(_point(row) is not None for row in rows)


def _point(row: Row) -> float | None:
    """Return the value to chart: what lacks months is no point beside what is whole."""
    return row.value if row.is_whole else None


def series_of(indicator: Indicator, rows: Sequence[Row]) -> Series:
    """Return rows of one length, oldest first, as a series.

    Counts go along only where the values are made of them and nothing else: not of
    averages over time, nor where the source gave a value without its counts.

    Args:
        indicator: With the breaks of the unit's region only.
        rows: Without those in which nothing is measured.
    """
    has_counts = is_counted(indicator, [row for row in rows if row.is_whole])
    lowest, highest = possible_values(indicator)
    return Series(
        values=tuple(map(_point, rows)),
        numerators=_parts(rows, "numerator") if has_counts else (),
        denominators=_parts(rows, "denominator") if has_counts else (),
        per=float(indicator.per or 100),
        breaks=_break_positions(indicator, rows),
        baseline=indicator.baseline,
        lowest=lowest,
        highest=highest,
    )


def _parts(rows: Sequence[Row], name: str) -> tuple[float | None, ...]:
    return tuple(getattr(row, name) if row.is_whole else None for row in rows)


def is_counted(indicator: Indicator, rows: Iterable[Row]) -> bool:
    """Say whether values are shares or rates of whole cases, told with their counts."""
    if not can_be_counted(indicator):
        return False
    is_share = indicator.kind is Kind.PROPORTION
    return all(
        row.numerator is not None
        and row.denominator is not None
        and row.numerator == int(row.numerator)
        and row.denominator > 0
        and (not is_share or row.numerator <= row.denominator)
        for row in rows
        if row.value is not None
    )


def _break_positions(indicator: Indicator, rows: Sequence[Row]) -> tuple[int, ...]:
    positions = {
        next((at for at, row in enumerate(rows) if row.last_month >= since), 0)
        for since in (break_.since.first for break_ in indicator.breaks)
    }
    return tuple(sorted(positions - {0}))


def _choice(indicator: Indicator, series: Series) -> Choice:
    is_counted = bool(series.numerators) or (
        indicator.kind is Kind.COUNT
        and all(value is None or value == int(value) for value in series.values)
    )
    counts = series if is_counted else None
    segments = Segments.of(series)[-1:]
    [ranges] = moving_ranges(Process.of(series), segments).tolist()
    return chart_choice(
        process_kind(indicator),
        counts,
        len(series.current),
        indicator.chart,
        ranges=ranges,
        baseline=series.baseline,
    )


def fixed_target(target: float | None, rule: str | None) -> float | None:
    """Return a target that a process can be held against; None for other rules."""
    return target if rule in FIXED_RULES else None


def chart_of(
    indicator: Indicator, series: Series, target: float | None
) -> tuple[Choice, Chart | None]:
    """Return the chart of a series; None where it is too short, with why.

    Args:
        indicator: What the series is of.
        series: Of `series_of`.
        target: The last one, of `fixed_target`.
    """
    choice = _choice(indicator, series)
    if choice.chart is ChartKind.NONE:
        return choice, None
    return choice, control_chart(choice.chart, series, indicator.direction, target)


def points_met(
    rows: Sequence[Row], series: Series, assurance: Assurance | None
) -> tuple[int, int] | None:
    """Return how many points after the last break met their target, and of how many.

    Each is held against the target in force then, as everywhere; those without one are
    not counted. None where the limits leave no doubt of the target of now, and where
    nothing can be said of it.

    Args:
        rows: One for each position of the series.
        series: The series.
        assurance: What its target of now can expect.
    """
    if assurance is not Assurance.HIT_OR_MISS:
        return None
    judged = [rows[at].status for at in series.current if rows[at].status in JUDGED]
    return judged.count(Status.MET), len(judged)
