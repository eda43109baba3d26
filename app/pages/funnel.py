"""`/analys/jamforelse`: units of one kind compared by size and value."""

from collections.abc import Mapping

from dash import html
from dash.development.base_component import Component

from app import text, text_analysis, text_funnel, text_pages
from app.analysis.units import Compared, compared_in
from app.components import (
    Choice,
    Column,
    filter_bar,
    heading,
    link,
    links,
    notice,
    section,
    table,
)
from app.language import of
from app.outcome_parts import value_link
from app.pages import missing
from app.pages.chart_figure import chart_figure
from app.pages.choices import indicator_choice, quarter_choice
from app.presenters.analysis import FUNNEL
from app.presenters.funnel import funnel_shown, places_in_words
from app.queries.frame import Frame, read_frame
from app.selection import Selection, address, identifier, indicator_address
from kpi.definitions import Indicator
from kpi.period import Period
from kpi.warehouse import Warehouse

PATH = FUNNEL
NAME = text_funnel.NAME


def content(
    warehouse: Warehouse, params: Mapping[str, str], path: Mapping[str, str]
) -> Component:
    """Return the page's main content."""
    selection = Selection.read(params)
    with warehouse.connect() as connection:
        frame = read_frame(connection)
        written = params.get("indicator") or ""
        indicator = frame.indicator(identifier(written))
        if indicator is None:
            return missing.unknown_indicator(frame, written)
        quarter = selection.quarter(frame.build.latest_quarter())
        found = compared_in(connection, frame, indicator, quarter, selection.unit_kind)
    ways = [
        (
            text_analysis.INDICATOR_PAGE,
            indicator_address(indicator.id, None, str(quarter)),
        ),
        (text_analysis.ALL_DEVIATIONS, address("/analys", {"period": str(quarter)})),
    ]
    return html.Div(
        [
            heading(_title(indicator, found), text_funnel.LEAD),
            _filters(frame, indicator, quarter, found),
            *_parts(indicator, found),
            links(ways),
        ]
    )


def _title(indicator: Indicator, found: Compared) -> str:
    name, period = of(indicator.name), text.period(found.period)
    if found.kind is None:
        return f"{name}, {period}"
    return text_funnel.title(name, _kinds_words(found.kind), period)


def _kinds_words(kind: str) -> str:
    return str(text.UNIT_KINDS.get(kind, kind))


def _filters(
    frame: Frame, indicator: Indicator, quarter: Period, found: Compared
) -> Component:
    kinds = [(one, text.capital(_kinds_words(one))) for one in found.kinds]
    choices = [
        indicator_choice(frame, indicator.id),
        quarter_choice(frame, quarter),
        Choice("unit_kind", text_pages.UNIT_KIND_FIELD, kinds, found.kind),
    ]
    return filter_bar(PATH, choices[: 3 if kinds else 2], text_pages.APPLY)


def _parts(indicator: Indicator, found: Compared) -> list[Component]:
    if found.kind and not found.has_counts:
        return [notice(text_funnel.NOT_COUNTED, text_funnel.NOT_COUNTED_HELP)]
    if found.kind is None or found.comparison is None:
        return [notice(text_funnel.NO_UNITS)]
    chart = funnel_shown(indicator, found.comparison, _kinds_words(found.kind))
    columns = (
        Column(text_pages.UNIT, is_heading=True),
        Column(text_funnel.RANK, is_number=True, hint=text_funnel.RANK_HINT),
        Column(text_pages.VALUE, is_number=True),
        Column(text_pages.INTERVAL, is_number=True),
        Column(text_pages.NUMERATOR, is_number=True),
        Column(text_pages.DENOMINATOR, is_number=True),
        Column(text_funnel.PLACE),
        Column(text_funnel.WITHIN_95, is_number=True),
        Column(text_funnel.WITHIN_998, is_number=True),
    )
    cells = [
        [
            link(one.unit, one.href),
            one.rank,
            value_link(one.outcome),
            one.outcome.interval,
            *one.counts,
            one.place,
            one.limits_95,
            one.limits_998,
        ]
        for one in places_in_words(indicator, found.comparison)
    ]
    return [
        section(text_funnel.NAME, chart_figure(chart, "funnel", "numbers")),
        section(
            text_analysis.NUMBERS,
            table(text_analysis.NUMBERS, columns, cells),
            id="numbers",
        ),
    ]
