"""The page of one indicator, in words and in data for its charts."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from app import text, text_indicator, text_pages
from app.figures.comparison import ComparedUnit, comparison_figure
from app.figures.frame import Figure
from app.figures.trend import (
    Legend,
    TrendMark,
    YearLine,
    target_steps,
    trend_figure,
)
from app.presenters.latest import UNMEASURED, kinds_in_order, read_kind
from app.presenters.outcome import OutcomeWords, outcome_words, target_words
from app.presenters.overview import benchmark_value
from app.queries.outcomes import NATION, BenchmarkRow, OutcomeRow
from app.queries.units import UnitTree
from app.selection import Selection
from kpi.assessment import SHOWN, Status
from kpi.definitions import Indicator
from kpi.model import Direction, Kind
from kpi.period import Period, PeriodKind
from kpi.targets import Target

_LONGEST = 40
"""Periods in a chart; the table has them all."""


def kinds_of(indicator: Indicator, rows: Iterable[OutcomeRow]) -> list[PeriodKind]:
    """Return the kinds of period that have values, in their usual order."""
    found = {row.period_kind for row in rows if row.status not in UNMEASURED}
    return [kind for kind in PeriodKind if kind in found] or [
        kinds_in_order(indicator)[0]
    ]


def chosen_kind(
    indicator: Indicator, selection: Selection, rows: Sequence[OutcomeRow]
) -> PeriodKind:
    """Return the kind of period to show; one that there are rows of."""
    kinds = {row.period_kind for row in rows}
    wanted = [selection.kind, read_kind(indicator, rows), *PeriodKind]
    return next(PeriodKind(one) for one in wanted if one in kinds)


def chosen_row(
    selection: Selection, rows: Sequence[OutcomeRow], until: Period
) -> OutcomeRow:
    """Return the outcome to show: of the period asked for, else the latest measured.

    Args:
        selection: With the period asked for, if any.
        rows: All of one kind, oldest first, at least one.
        until: The period looked at where none was asked for.
    """
    if selection.period is not None:
        for row in rows:
            if row.period == selection.period:
                return row
        until = Period.parse(selection.period)
    past = [row for row in rows if row.last_month <= until.last] or list(rows[:1])
    measured = [row for row in past if row.status not in UNMEASURED]
    return (measured or past)[-1]


def trend_chart(
    indicator: Indicator,
    rows: Sequence[OutcomeRow],
    benchmarks: Sequence[BenchmarkRow],
    own_region: str | None,
) -> Figure:
    """Return the trend chart of outcomes of one kind of period, oldest first."""
    marks = [_mark(indicator, row) for row in rows[-_LONGEST:]]
    words = [
        (month, level, _target_number(indicator, level), is_national)
        for month, level, is_national in target_steps(marks)
    ]
    first = marks[0].first if marks else 0
    last = marks[-1].last if marks else 0
    breaks = [
        (one.since.first, text_indicator.BREAK)
        for one in indicator.breaks
        if first < one.since.first <= last
    ]
    recent = [one for one in benchmarks if one.year * 12 + 6 >= first]
    years = [
        _year_line(indicator, recent, region)
        for region in (NATION, own_region)
        # A rank's public values are what it ranks, in another unit.
        if region and indicator.kind is not Kind.RANK
    ]
    legend = Legend(
        text_pages.OUTCOME,
        text_pages.INTERVAL,
        text_indicator.LOCAL_TARGET,
        text_indicator.NATIONAL_TARGET,
    )
    # Steps that change every period, as "better than last year", would cover the chart.
    few = words if len(words) <= 6 else []
    figure = trend_figure(marks, breaks, years, legend, _suffix(indicator), few)
    if indicator.kind is Kind.RANK:
        # the first place on top, however few places there are
        figure["layout"]["yaxis"] |= {"autorange": "reversed", "rangemode": "tozero"}
    return figure


def _mark(indicator: Indicator, row: OutcomeRow) -> TrendMark:
    said = outcome_words(indicator, row)
    is_local = row.target_level == "local"
    lines = [f"<b>{said.period}</b>", said.value, said.interval, said.target]
    return TrendMark(
        first=row.first_month
        if row.period_kind != PeriodKind.ROLLING
        else row.last_month - 2,
        last=row.last_month,
        label=text_indicator.short_period(row.period),
        words="<br>".join(line for line in lines if line),
        value=row.value,
        lower=row.lower,
        upper=row.upper,
        local=row.target if is_local else None,
        national=row.national_target if is_local else row.target,
        is_measured=row.status != Status.NOT_MEASURED,
    )


def _year_line(
    indicator: Indicator, rows: Sequence[BenchmarkRow], region: str
) -> YearLine:
    own = [row for row in rows if row.kolada_region_id == region]
    name = own[0].region if own else region
    points = [
        (
            row.year,
            row.value,
            text_pages.benchmark(name, benchmark_value(indicator, row), row.year),
        )
        for row in own
    ]
    return YearLine(text_indicator.public(name), region == NATION, points)


def _suffix(indicator: Indicator) -> str:
    is_share = indicator.unit.sv == text.PER_CENT
    return f"{text.NO_BREAK}%" if is_share else ""


def _target_number(indicator: Indicator, level: float) -> str:
    return text.value(indicator, level, 0 if level == int(level) else 1)


@dataclass(frozen=True, slots=True)
class Compared:
    """Units of one kind in one period.

    Attributes:
        figure: The chart; None without a value to draw.
        rows: (unit's id and name, its outcome), best first, those without value last.
        sentence: What the chart shows.
    """

    figure: Figure | None
    rows: list[tuple[str, str, OutcomeWords]]
    sentence: str


def kinds_compared(rows: Iterable[OutcomeRow], units: UnitTree) -> list[str]:
    """Return the kinds of unit to compare, those with the fewest outcomes first."""
    counts: dict[str, int] = {}
    for row in rows:
        if row.value is not None and (unit := units.find(row.unit)):
            counts[unit.kind] = counts.get(unit.kind, 0) + 1
    kinds = [kind for kind, number in counts.items() if number > 1]
    return sorted(kinds, key=lambda kind: counts[kind])


def compared(
    indicator: Indicator,
    rows: Iterable[OutcomeRow],
    units: UnitTree,
    unit_kind: str,
    chosen_unit: str,
) -> Compared:
    """Return the units of one kind, sorted by value, best first."""
    own = [
        (unit, row)
        for row in rows
        if (unit := units.find(row.unit)) and unit.kind == unit_kind
    ]
    is_low_best = indicator.direction is Direction.LOWER
    shown = sorted(
        (pair for pair in own if pair[1].value is not None),
        key=lambda pair: pair[1].value or 0.0,
        reverse=not is_low_best,
    )
    hidden = sorted(
        (pair for pair in own if pair[1].value is None), key=lambda pair: pair[0].name
    )
    dots = [
        ComparedUnit(
            unit.name,
            _hover(indicator, unit.name, row),
            row.value or 0.0,
            row.lower,
            row.upper,
            unit.unit_id == chosen_unit,
        )
        for unit, row in shown
    ]
    targets = {(row.target, row.target_rule) for _, row in shown}
    target, rule = next(iter(targets)) if len(targets) == 1 else (None, None)
    words = target_words(indicator, target, rule)
    figure = comparison_figure(dots, target, words, _suffix(indicator))
    return Compared(
        figure if dots else None,
        [
            (unit.unit_id, unit.name, outcome_words(indicator, row))
            for unit, row in [*shown, *hidden]
        ],
        text_indicator.compared(len(shown), len(hidden)),
    )


def _hover(indicator: Indicator, name: str, row: OutcomeRow) -> str:
    said = outcome_words(indicator, row)
    return f"<b>{plain(name)}</b><br>{said.value}<br>{said.interval}"


def plain(name: str) -> str:
    """Return a name for a text of a chart, where Plotly reads a few tags."""
    return name.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


@dataclass(frozen=True, slots=True)
class TargetLine:
    """One target as it is or was in force."""

    words: str
    level: str
    holds_for: str
    holds_when: str
    set_in: str


def target_history(
    indicator: Indicator,
    pathways: dict[str, str],
    units: UnitTree,
    plans: dict[str, str],
) -> list[TargetLine]:
    """Return every target, the latest first."""
    ordered = sorted(
        indicator.targets, key=lambda one: (-one.since.first, one.level, one.svf or "")
    )
    return [
        TargetLine(
            target_words(indicator, one.value, one.rule),
            text_pages.LEVEL_WORDS[one.level],
            _holds_for(one, pathways, units),
            text_indicator.from_until(one.since, one.until),
            f"{plans.get(one.plan, one.plan)}, {one.section}",
        )
        for one in ordered
    ]


def _holds_for(target: Target, pathways: dict[str, str], units: UnitTree) -> str:
    parts = []
    if target.svf:
        parts.append(text.dimension_value("svf", target.svf, pathways))
    if target.unit:
        parts.append(units.name(target.unit))
    return text.listed(parts) if parts else text_indicator.WHOLE


def rank_words(benchmarks: Sequence[BenchmarkRow], own_region: str | None) -> list[str]:
    """Return the region's place each year, the latest first."""
    own = [
        row
        for row in benchmarks
        if row.kolada_region_id == own_region and row.rank is not None
    ]
    return [
        text_indicator.place(
            row.region, text_pages.rank(row.rank, row.regions), row.year
        )
        for row in reversed(own)
        if row.rank is not None
    ]


def counts_shown(row: OutcomeRow) -> tuple[str, str]:
    """Return numerator and denominator; a dash where the outcome is not shown."""
    if row.status not in SHOWN:
        return text.NO_VALUE, text.NO_VALUE
    return text.count(row.numerator), text.count(row.denominator)
