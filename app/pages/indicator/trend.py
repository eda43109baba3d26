"""The chart of an indicator over time: what it draws and what it says."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Literal

from app.design.figures.axis import Axis
from app.design.figures.ends import End
from app.design.figures.trend import HEIGHT, Step, TrendMark, target_steps, trend_figure
from app.design.figures.years import YearLine, middle_of
from app.outcome.benchmark import benchmark_value
from app.outcome.chart import (
    Chart,
    aim_label,
    axis_of,
    axis_words,
    plain,
    tick_words,
    told,
)
from app.outcome.finding import finding
from app.outcome.words import outcome_words, target_number, target_words, trend
from app.queries.benchmarks import BenchmarkRow
from app.queries.builds import Build
from app.queries.outcomes import OutcomeRow
from app.words import charts, headings, text
from app.words.language import gettext as _
from app.words.language import of
from kpi.assessment import Status
from kpi.definitions import Indicator
from kpi.model import Kind
from kpi.period import Period, PeriodKind
from kpi.spc.points import Variation
from kpi.vocabulary import NATION

_LONGEST = 40
"""Periods in a chart; the table has them all."""
_MOST_STEPS = 6
_LOW = 200
"""Pixels: enough for yes and no."""


def trend_chart(
    indicator: Indicator,
    row: OutcomeRow,
    rows: Sequence[OutcomeRow],
    benchmarks: Sequence[BenchmarkRow],
    own_region: str | None,
    build: Build,
    charted: Variation | None = None,
) -> Chart:
    """Return the chart of outcomes of one kind of period.

    Args:
        indicator: With the breaks of the unit's region only.
        row: The outcome looked at, which the title is about.
        rows: All of its kind, oldest first.
        benchmarks: Public values of all regions.
        own_region: The unit's region in Kolada.
        build: What knows which periods are over.
        charted: What the control chart says of the outcome; None without one.
    """
    shown = rows[-_LONGEST:]
    title = finding(indicator, row, rows, is_ongoing(row, build), charted)
    if not any(outcome.value is not None for outcome in shown):
        return Chart(None, title, "")
    years = _years(indicator, benchmarks, own_region, shown[0].first_month)
    lines = [line for line, __ in years]
    shown = _begun(shown, lines)
    marks = [_mark(indicator, outcome, build) for outcome in shown]
    drawn = [level for mark in marks for level in mark.levels]
    drawn += [point[1] for line in lines for point in line.points]
    axis = axis_of(indicator, drawn, _places(indicator, shown))
    breaks = [
        (
            break_.since.first,
            charts.not_comparable(text.period_words(break_.since)),
        )
        for break_ in indicator.breaks
        if marks[0].first < break_.since.first <= marks[-1].last
    ]
    ends = [*_ends(indicator, shown, marks, build), *(end for __, end in years)]
    figure = trend_figure(
        marks,
        axis,
        tick_words(indicator, axis),
        ends,
        breaks,
        lines,
        _steps(indicator, marks),
        _LOW if indicator.kind is Kind.MILESTONE else HEIGHT,
    )
    return Chart(figure, title, _about(indicator, rows, axis, bool(years)), ends)


def is_ongoing(row: OutcomeRow, build: Build) -> bool:
    """Say whether a period went on when the build was made, so that it may change."""
    return not row.is_whole and Period.parse(row.period).last_day > build.as_of


def _mark(indicator: Indicator, row: OutcomeRow, build: Build) -> TrendMark:
    worded = outcome_words(indicator, row, build)
    is_local = row.target_level == "local"
    is_rolling = row.period_kind == PeriodKind.ROLLING
    return TrendMark(
        first=row.last_month - 2 if is_rolling else row.first_month,
        last=row.last_month,
        label=charts.short_period(row.period),
        words=told(f"<b>{worded.period}</b>", worded),
        value=row.value,
        lower=row.lower,
        upper=row.upper,
        local=row.target if is_local else None,
        national=row.national_target if is_local else row.target,
        is_measured=row.status != Status.NOT_MEASURED,
        is_ongoing=is_ongoing(row, build),
        href=worded.rows_href,
    )


def _begun(rows: Sequence[OutcomeRow], years: Sequence[YearLine]) -> list[OutcomeRow]:
    """Return the rows from the first with anything to see, public values too."""
    begins = [row.last_month for row in rows if row.value is not None]
    begins += [middle_of(year) for line in years for year, *__ in line.points]
    return [row for row in rows if row.last_month >= min(begins)]


def _places(indicator: Indicator, rows: Sequence[OutcomeRow]) -> int | None:
    """Return how many are ranked, which is what a rank is out of."""
    if indicator.kind is not Kind.RANK:
        return None
    return int(max((row.denominator or 0 for row in rows), default=0)) or None


def _years(
    indicator: Indicator,
    rows: Sequence[BenchmarkRow],
    own_region: str | None,
    first: int,
) -> list[tuple[YearLine, End]]:
    # A rank's public values are what it ranks, in another unit.
    if indicator.kind is Kind.RANK:
        return []
    lines = []
    parts: tuple[tuple[Literal["nation", "own"], str | None], ...]
    parts = (("nation", NATION), ("own", own_region))
    for part, region in parts:
        points = [
            (row.year, row.value, _public_words(indicator, row))
            for row in rows
            if row.kolada_region_id == region and middle_of(row.year) >= first
        ]
        breaks = [
            break_.since.first
            for break_ in indicator.breaks
            if part == "own" or not break_.region
        ]
        if points:
            __, value, words = points[-1]
            lines.append((YearLine(part, points, breaks), End(part, value, words)))
    return lines


def _public_words(indicator: Indicator, row: BenchmarkRow) -> str:
    # The unit's own outcome stands in the same chart.
    is_nation = row.kolada_region_id == NATION
    name = (
        headings.NATION
        if is_nation
        else _("{region} i Kolada").format(region=row.region)
    )
    value = benchmark_value(indicator, row)
    return headings.benchmark(plain(str(name)), value, row.year)


def _ends(
    indicator: Indicator,
    rows: Sequence[OutcomeRow],
    marks: Sequence[TrendMark],
    build: Build,
) -> list[End]:
    last = [row for row in rows if row.value is not None][-1]
    worded = outcome_words(indicator, last)
    words = charts.outcome_label(worded.value)
    if is_ongoing(last, build):
        words += ", " + _("pågår")
    ends = [End("value", last.value or 0.0, words)]
    if last.upper is not None:
        ends.append(End("interval", last.upper, str(headings.INTERVAL)))
    # The target judges the last period, with a value or without.
    newest = rows[-1]
    levels: tuple[tuple[Literal["local", "national"], float | None, str | None], ...]
    levels = (
        ("local", marks[-1].local, newest.target_rule),
        ("national", marks[-1].national, newest.national_rule or newest.target_rule),
    )
    for part, level, rule in levels:
        if level is not None:
            words = aim_label(indicator, level, rule, part)
            ends.append(End(part, level, words))
    return ends


def _steps(indicator: Indicator, marks: Sequence[TrendMark]) -> list[Step]:
    steps = target_steps(marks)
    # Targets that change every period, as "better than last year", cover the chart.
    if len(steps) > _MOST_STEPS or _changes_yearly(indicator):
        return []
    return [replace(step, words=_step_words(indicator, step.level)) for step in steps]


def _step_words(indicator: Indicator, level: float) -> str:
    # A place that is to be bettered is itself a miss.
    if indicator.kind is Kind.RANK:
        return target_words(indicator, level, "better_rank_than")
    return target_number(indicator, level)


def _changes_yearly(indicator: Indicator) -> bool:
    return any(target.rule == "better_than_last_year" for target in indicator.targets)


def _about(
    indicator: Indicator, rows: Sequence[OutcomeRow], axis: Axis, has_public: bool
) -> str:
    parts = [trend(indicator, rows).alt]
    if any(row.lower is not None for row in rows):
        parts.append(_("Bandet är 95 %-intervall."))
    if has_public:
        parts.append(_("Riket och regionen: årsvärden ur Kolada."))
    parts += axis_words(indicator, axis)
    parts += [
        charts.break_at(text.period_words(break_.since), of(break_.text))
        for break_ in indicator.breaks
    ]
    return " ".join(parts)
