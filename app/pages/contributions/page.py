"""`/analys/bidrag`: which parts a gap to a target, or a change, comes from."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from dash.development.base_component import Component

from app.address import (
    CONTRIBUTIONS,
    address,
    control_chart_address,
    deviations_address,
    indicator_address,
    period_text,
    unit_id,
)
from app.design.choices import indicator_choice, quarter_choice, unit_choice
from app.design.components import (
    Choice,
    downloads,
    file_link,
    filter_bar,
    heading,
    link,
    links,
    notice,
    section,
    ways_on,
)
from app.design.visit import Visit
from app.outcome import analysis_words
from app.outcome.chart import Chart
from app.outcome.chart_figure import chart_figure
from app.outcome.pictures import picture_buttons
from app.outcome.words import outcome_words
from app.pages.contributions import answer
from app.pages.contributions.find import contributions_in
from app.pages.contributions.question import Explanation, PartsQuestion, Why, ways_of
from app.pages.contributions.table import contributions_table, remarks
from app.pages.contributions.words import (
    WHY,
    WHY_HELP,
    Names,
    address_of,
    query_of,
    shown,
    way_here,
)
from app.queries.definitions import value_names
from app.queries.frame import Frame
from app.queries.units import UnitRow
from app.web import html
from app.words import charts, headings, text
from app.words.language import gettext as _
from app.words.language import of
from kpi.datasets import DIMENSIONS
from kpi.period import Period, PeriodKind

PATH = CONTRIBUTIONS
NAME = headings.CONTRIBUTIONS
HELP = "help"
ANSWERS = (answer.CONTRIBUTIONS,)
_LONGEST = 80
"""Of a value; no source has a longer one."""


@dataclass(frozen=True, slots=True)
class View:
    """What the page was asked for and what was found."""

    frame: Frame
    explanation: Explanation
    names: Names

    @property
    def question(self) -> PartsQuestion:
        """What was asked for, with what was left open chosen."""
        return self.explanation.question


def content(visit: Visit) -> Component:
    """Return the page's main content."""
    reader, frame = visit.reader, visit.frame
    question = _asked(visit)
    explanation = contributions_in(reader, frame, question)
    view = View(frame, explanation, Names(frame.units, value_names(reader)))
    return html.Div(
        [
            _heading(view),
            _filters(view),
            visit.notice_of_unit(),
            *(notice(message) for message in notices(explanation, visit.params)),
            *_parts(view),
            _ways(view),
        ]
    )


def _heading(view: View) -> Component:
    explanation, question = view.explanation, view.question
    period = explanation.row.period if explanation.row else str(question.period)
    above = [
        link(
            unit.name,
            address_of(question, unit=unit.unit_id, by=None, where={}, steps=()),
        )
        for unit in view.frame.units.ancestors(question.steps[0])
    ]
    *steps, last = way_here(question, view.names)
    here = html.Span(last[0], **{"aria-current": "page"})
    way = [*above, *(link(words, href) for words, href in steps), here]
    name = of(question.indicator.name)
    title = f"{name}: {_place(view)}, {text.period(period)}"
    return heading(
        title,
        _(
            "Visar vilka delar som står för avvikelsen från målet, eller för "
            "förändringen sedan en tidigare period."
        ),
        over=way,
    )


def _place(view: View) -> str:
    question = view.question
    where = [view.names.value(by, value) for by, value in question.where.items()]
    return ", ".join([question.unit.name, *where])


def _filters(view: View) -> Component:
    explanation, question = view.explanation, view.question
    quarter = Period.holding(PeriodKind.QUARTER, question.period.last_day)
    periods = quarter_choice(view.frame, quarter)
    if question.period.kind is not PeriodKind.QUARTER:
        shown_now = (str(question.period), text.period_words(question.period))
        periods = Choice(
            "period", periods.label, [shown_now, *periods.options], str(question.period)
        )
    ways = [
        (way, text.capital(view.names.way(way)))
        for way in explanation.ways
        if way not in question.where
    ]
    since = [
        (outcome.period, text.period(outcome.period)) for outcome in explanation.earlier
    ]
    target = [("", _("Målet"))] if explanation.has_target else []
    choices = [
        indicator_choice(view.frame, question.indicator.id),
        unit_choice(view.frame, question.unit.unit_id),
        periods,
        Choice("by", headings.BY_FIELD, ways, question.by),
        Choice(
            "since",
            _("Jämför med"),
            [*target, *since],
            explanation.before.period if explanation.before else "",
        ),
    ]
    carried = {**question.where, "steps": ",".join(question.steps)}
    offered = [choice for choice in choices if choice.options]
    return filter_bar(PATH, offered, headings.APPLY, carried)


def _parts(view: View) -> list[Component]:
    explanation, names = view.explanation, view.names
    if explanation.split is None:
        return [_nothing(view)]
    title = _("Bidrag per {way}").format(way=names.way(view.question.by or ""))
    chart = shown(explanation, names)
    return [
        section(
            title,
            chart_figure(chart, "contributions", "numbers"),
            *remarks(explanation),
            _downloads(view, chart),
        ),
        section(
            analysis_words.NUMBERS,
            contributions_table(explanation, names),
            id="numbers",
        ),
    ]


def _downloads(view: View, chart: Chart) -> Component:
    question = view.question
    csv = address("/api/v1/contributions.csv", query_of(question))
    of_what = f"{of(question.indicator.name)}: {_place(view)}"
    name = f"contributions_{question.indicator.id}_{question.unit.unit_id}"
    return downloads(
        file_link(charts.CSV, csv, "contributions.csv"),
        *picture_buttons(name, chart, of_what, view.frame.build),
    )


def _nothing(view: View) -> Component:
    explanation, question = view.explanation, view.question
    why = explanation.why or Why.NO_OUTCOME
    sentences = [str(WHY_HELP[why])]
    if why is Why.NO_OUTCOME and explanation.row:
        words = outcome_words(question.indicator, explanation.row, view.frame.build)
        sentences.insert(0, words.reason)
    ways = []
    if before := way_here(question, view.names)[:-1]:
        ways.append((_("Backa ett steg"), before[-1][1]))
    row = explanation.row
    is_quarter = row is not None and row.period_kind == PeriodKind.QUARTER
    if row and is_quarter and why in (Why.TOO_FEW, Why.NO_OUTCOME):
        last = Period.parse(row.period).last
        rolling = Period(PeriodKind.ROLLING, last - 11, last)
        longer = address_of(question, period=str(rolling), since=None)
        ways.append((_("Räkna på rullande 12 månader"), longer))
    return html.Div(
        [
            notice(WHY[why], *(sentence for sentence in sentences if sentence)),
            *([links(ways)] if ways else []),
        ]
    )


def _ways(view: View) -> Component:
    indicator, unit = view.question.indicator.id, view.question.unit.unit_id
    period = str(view.question.period)
    return ways_on(
        [
            (analysis_words.INDICATOR_PAGE, indicator_address(indicator, unit, period)),
            (
                analysis_words.TO_CHART,
                control_chart_address(indicator, unit, period),
            ),
            (analysis_words.ALL_DEVIATIONS, deviations_address(period, unit)),
        ]
    )


def _asked(visit: Visit) -> PartsQuestion:
    frame, params, selection = visit.frame, visit.params, visit.selection
    indicator = visit.indicator_named(params.get("indicator"))
    unit = visit.unit
    ways = ways_of(indicator)
    where = {
        name: value
        for name, value in params.items()
        if name in DIMENSIONS and name in ways and 0 < len(value) <= _LONGEST
    }
    since, by = period_text(params.get("since")), params.get("by")
    latest = frame.build.latest_quarter()
    return PartsQuestion(
        indicator.in_region(frame.units.kolada_id(unit.unit_id)),
        unit,
        Period.parse(selection.period) if selection.period else latest,
        Period.parse(since) if since else None,
        by if by in ways else None,
        where,
        _steps(frame, unit, where, params.get("steps") or ""),
    )


def _steps(
    frame: Frame, unit: UnitRow, where: Mapping[str, str], written: str
) -> tuple[str, ...]:
    """Return the way here; without one that fits, the unit and then the dimensions."""
    steps = tuple(unit_id(step) or step for step in written.split(","))
    units = [step for step in steps if frame.units.find(step)]
    dimensions = [step for step in steps if step in where]
    fits = (
        units[-1:] == [unit.unit_id]
        and steps[0] == units[0]
        and len(set(steps)) == len(steps) == len(units) + len(dimensions)
        and len(dimensions) == len(where)
    )
    return steps if fits else (unit.unit_id, *where)


def notices(explanation: Explanation, params: Mapping[str, str]) -> Iterator[str]:
    """Yield what was asked for and is not shown."""
    if not explanation.ways:
        return
    dimensions = [name for name in params if name in DIMENSIONS]
    if by := params.get("by"):
        dimensions.append(by)
    for name in dict.fromkeys(dimensions):
        if name not in explanation.ways:
            words = str(text.DIMENSION.get(name, name[:_LONGEST]))
            yield _(
                "Indikatorn kan inte delas upp efter {dimension}. Det valet gäller "
                "inte."
            ).format(dimension=words)
    if (
        (since := params.get("since"))
        and explanation.row
        and not explanation.is_since_asked
    ):
        written = period_text(since)
        period = text.period(written) if written else since[:_LONGEST]
        yield _("Det finns ingen tidigare period {period} att jämföra med.").format(
            period=period
        )
