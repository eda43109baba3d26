"""`/indikator/<indicator>`: one indicator in one unit, over time and among others."""

from collections.abc import Sequence
from dataclasses import dataclass

from dash.development.base_component import Component

from app.address import (
    Selection,
    address,
    indicator_address,
    plans_address,
    unit_address,
)
from app.design.choices import unit_choice, way_to
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
)
from app.design.visit import Visit
from app.outcome.benchmark import benchmark_caveat
from app.outcome.chart import Chart
from app.outcome.chart_figure import chart_figure
from app.outcome.parts import result
from app.outcome.pictures import picture_buttons
from app.outcome.signs import Signs
from app.outcome.words import outcome_words
from app.pages.indicator import answer
from app.pages.indicator import definition as defined
from app.pages.indicator import sections as parts
from app.pages.indicator import words as present
from app.pages.indicator.outlook.section import certainty, outlook, signs_beside
from app.pages.indicator.responsible import responsible_for
from app.pages.indicator.sections import Depth, depth
from app.pages.indicator.trend import trend_chart
from app.queries.activities import activities, answered_for
from app.queries.benchmarks import BenchmarkRow, benchmarks_of
from app.queries.definitions import value_names
from app.queries.frame import Frame
from app.queries.outcomes import OutcomeRow, outcomes_in, outcomes_of, parts_of
from app.queries.units import UnitRow
from app.web import html
from app.words import charts, headings, text
from app.words.language import gettext as _
from app.words.language import lazy_gettext as _l
from app.words.language import of
from kpi.definitions import Indicator
from kpi.model import Text
from kpi.period import PeriodKind

PATH_TEMPLATE = "/indikator/<indicator>"
NAME = _l("Indikator")
HELP = "help"
ANSWERS = (answer.INDICATORS,)


@dataclass(frozen=True, slots=True)
class View:
    """What the page was asked for and what was read for it."""

    frame: Frame
    indicator: Indicator
    unit: UnitRow
    selection: Selection
    totals: Sequence[OutcomeRow]
    by_rows: Sequence[OutcomeRow]
    benchmarks: Sequence[BenchmarkRow]
    names: text.ValueNames
    own_region: str | None
    to_plans: Sequence[tuple[str, str]]
    responsible: list[Text]


def content(visit: Visit) -> Component:
    """Return the page's main content."""
    reader, frame, selection = visit.reader, visit.frame, visit.selection
    indicator = visit.indicator_named(visit.path["indicator"])
    unit = visit.unit
    dimensions = [breakdown.by for breakdown in indicator.breakdowns]
    by = selection.by if selection.by in dimensions else None
    selection = selection.but(unit=unit.unit_id, by=by)
    of_unit = (reader, indicator.id, unit.unit_id)
    own_region = frame.units.kolada_id(unit.unit_id)
    view = View(
        frame,
        indicator.in_region(own_region),
        unit,
        selection,
        totals=outcomes_of(*of_unit),
        by_rows=parts_of(*of_unit, by) if by else [],
        benchmarks=benchmarks_of(reader, indicator.id),
        names=value_names(reader),
        own_region=own_region,
        to_plans=_to_plans(visit, indicator),
        responsible=responsible_for(
            indicator, answered_for(reader, own_region).get(indicator.id, ())
        ),
    )
    part = visit.notice_of_unit()
    if present.is_not_measured_yet(indicator, view.totals):
        return _not_measured_yet(view, part)
    if not view.totals:
        return _without_outcomes(view, part)
    kind = _kind(view)
    row = _row(view, kind)
    beside = outcomes_in(reader, indicator.id, row.period)
    more = depth(reader, frame, view.indicator, unit, row, beside, view.benchmarks)
    rejected = parts.rejections_behind(reader, view.indicator, row)
    return _page(view, kind, row, beside, more, part, rejected)


def _to_plans(visit: Visit, indicator: Indicator) -> list[tuple[str, str]]:
    """Return the way to what the plans say of it; none where they say nothing."""
    stored = activities(visit.reader).activities
    if not any(activity.names(indicator.id) for activity in stored):
        return []
    way = plans_address(indicator.id, visit.unit.unit_id, str(visit.quarter))
    return [(_("Vad planerna skriver, och vem som ansvarar"), way)]


def _kind(view: View) -> PeriodKind:
    return present.chosen_kind(view.indicator, view.selection, view.totals)


def _of_kind(view: View, kind: PeriodKind) -> list[OutcomeRow]:
    return [row for row in view.totals if row.period_kind == kind]


def _row(view: View, kind: PeriodKind) -> OutcomeRow:
    until = view.frame.build.latest_quarter()
    return present.chosen_row(view.selection, _of_kind(view, kind), until)


def _page(
    view: View,
    kind: PeriodKind,
    row: OutcomeRow,
    beside: Sequence[OutcomeRow],
    more: Depth,
    part: Component | None,
    rejected: Component | None,
) -> Component:
    indicator, selection = view.indicator, view.selection
    rows = _of_kind(view, kind)
    build = view.frame.build
    signs = signs_beside(indicator, row, view.totals, build)
    has_interval = any(outcome.lower is not None for outcome in rows)
    return html.Div(
        [
            _heading(view),
            _filters(view, kind, row),
            part,
            _other_period(view, row, rows),
            result(outcome_words(indicator, row, build, view.frame.units.name)),
            _reported_as(view, row),
            rejected,
            parts.ways_behind(indicator, row, view.to_plans),
            more.warning,
            certainty(indicator, row, signs),
            _trend(view, kind, row, rows, signs),
            outlook(indicator, row, view.totals, build),
            more.section,
            None
            if more.section and selection.by == "item"
            # Items stand in the section of the subject already, crossed.
            else parts.breakdown(indicator, selection, row, view.by_rows, view.names),
            parts.comparison(
                indicator, selection, beside, view.frame.units, row, build, more.marks
            ),
            parts.public_values(indicator, view.benchmarks, view.own_region),
            parts.numbers(indicator, rows, build),
            defined.targets(view.frame, indicator, view.names, view.own_region),
            defined.definition(
                indicator,
                view.frame.definitions,
                view.own_region,
                view.responsible,
                has_interval,
            ),
        ]
    )


def _other_period(
    view: View, row: OutcomeRow, rows: Sequence[OutcomeRow]
) -> Component | None:
    words = present.other_period(view.selection, row, rows)
    return notice(words) if words else None


def _reported_as(view: View, row: OutcomeRow) -> Component | None:
    """Return a way to the periods that are reported, where this one is not."""
    kind = present.way_to_reported(row, view.totals)
    if kind is None:
        return None
    href = indicator_address(view.indicator.id, view.unit.unit_id, kind=str(kind))
    return links(
        [
            (
                _("Visa {kinds}, som rapporteras").format(
                    kinds=str(text.PERIOD_KINDS[kind]).lower()
                ),
                href,
            )
        ]
    )


def _heading(view: View) -> Component:
    way = [
        *way_to(view.frame.units, view.unit.unit_id),
        link(view.unit.name, unit_address(view.unit.unit_id)),
    ]
    return heading(of(view.indicator.name), of(view.indicator.why), over=way)


def _filters(view: View, kind: PeriodKind, row: OutcomeRow) -> Component:
    # The kind looked at is among them, though it may have no values.
    measured = present.kinds_of(view.indicator, view.totals)
    kinds = [each for each in PeriodKind if each in (*measured, kind)]
    periods = [
        (outcome.period, text.period(outcome.period))
        for outcome in reversed(_of_kind(view, kind))
    ]
    by = [
        (breakdown.by, text.capital(text.DIMENSION[breakdown.by]))
        for breakdown in view.indicator.breakdowns
    ]
    choices = [
        unit_choice(view.frame, view.unit.unit_id),
        Choice(
            "kind",
            headings.KIND_FIELD,
            [(each, text.PERIOD_KINDS[each]) for each in kinds],
            kind,
        ),
        Choice("period", _("Period"), periods, row.period),
    ]
    if by:
        options = [("", _("Ingen uppdelning")), *by]
        choices.append(Choice("by", headings.BY_FIELD, options, view.selection.by))
    path = indicator_address(view.indicator.id)
    return filter_bar(path, choices, headings.APPLY, _kept(view.selection))


def _kept(selection: Selection) -> dict[str, str]:
    return {"unit_kind": selection.unit_kind} if selection.unit_kind else {}


def _trend(
    view: View,
    kind: PeriodKind,
    row: OutcomeRow,
    rows: Sequence[OutcomeRow],
    signs: Signs | None,
) -> Component:
    chart = trend_chart(
        view.indicator,
        row,
        rows,
        view.benchmarks,
        view.own_region,
        view.frame.build,
        signs.variation if signs else None,
    )
    drawn = chart_figure(chart, "trend", "numbers")
    return section(
        _("Utveckling över tid"),
        drawn or notice(headings.NO_DATA, charts.NOTHING_TO_DRAW),
        _caveat(view),
        _downloads(view, kind, chart),
    )


def _caveat(view: View) -> Component | None:
    """Return in what the public lines of the chart are another measure."""
    caveat = benchmark_caveat(view.indicator) if view.benchmarks else ""
    return html.P(f"Kolada: {caveat}", className="muted") if caveat else None


def _downloads(view: View, kind: PeriodKind, chart: Chart) -> Component:
    query = {"indicator": view.indicator.id, "unit": view.unit.unit_id}
    name = f"{view.indicator.id}_{view.unit.unit_id}"
    of_what = headings.indicator_title(of(view.indicator.name), view.unit.name)
    query["kind"] = str(kind)
    if view.selection.by:
        query["by"] = view.selection.by
    csv = address("/api/v1/outcomes.csv", query)
    xlsx = address("/export/outcomes.xlsx", query)
    return downloads(
        file_link(charts.CSV, csv, f"{name}.csv"),
        file_link(charts.XLSX, xlsx, f"{name}.xlsx"),
        *picture_buttons(name, chart, of_what, view.frame.build),
    )


def _not_measured_yet(view: View, part: Component | None) -> Component:
    """Return the page of an indicator that is only meant so far."""
    indicator = view.indicator
    return html.Div(
        [
            _heading(view),
            part,
            notice(
                _(
                    "Indikatorn mäts inte ännu. Under ”Så mäts det” står hur den är "
                    "tänkt att mätas."
                )
            ),
            links(view.to_plans) if view.to_plans else None,
            defined.definition(
                indicator, view.frame.definitions, view.own_region, view.responsible
            ),
            defined.targets(view.frame, indicator, view.names, view.own_region),
            parts.public_values(indicator, view.benchmarks, view.own_region),
        ]
    )


def _without_outcomes(view: View, part: Component | None) -> Component:
    """Return the page of an indicator that the unit has no outcomes of."""
    indicator = view.indicator
    kinds = [text.UNIT_KINDS.get(kind, kind) for kind in indicator.unit_kinds]
    why = notice(
        headings.NO_DATA,
        _("Den här enheten har inga utfall för måttet. Måttet gäller: {kinds}.").format(
            kinds=text.listed(kinds)
        ),
    )
    top = view.frame.units.top()
    others = [*view.to_plans]
    if top and top.unit_id != view.unit.unit_id:
        words = _("Visa för {unit}").format(unit=top.name)
        others.append((words, indicator_address(indicator.id, top.unit_id)))
    return html.Div(
        [
            _heading(view),
            part,
            why,
            links(others) if others else None,
            defined.targets(view.frame, indicator, view.names, view.own_region),
            defined.definition(
                indicator, view.frame.definitions, view.own_region, view.responsible
            ),
        ]
    )
