"""`/karta`: a status for every indicator and unit in a quarter."""

from collections.abc import Sequence

from dash.development.base_component import Component

from app.address import Selection, heatmap_address
from app.design import missing
from app.design.choices import area_choice, optional, quarter_choice, stood_in
from app.design.components import Content, filter_bar, heading, link, notice
from app.design.help import status_legend
from app.design.visit import Visit
from app.outcome.analysis_words import VARIATION_SYMBOL
from app.outcome.by_unit import by_unit
from app.outcome.sign_parts import variation_badge
from app.outcome.unit_lines import Groups, indicators_in
from app.pages.map.words import Cell, map_groups
from app.queries.frame import Frame
from app.queries.units import UnitRow
from app.queries.verdicts import verdicts_in
from app.web import html
from app.words import headings, text
from app.words.language import gettext as _
from app.words.language import ngettext
from kpi.assessment import Status
from kpi.definitions import Indicator
from kpi.period import Period
from kpi.spc.points import Variation

PATH = "/karta"
NAME = headings.HEATMAP
HELP = "help"

_FIRST = (Status.MET, Status.NEAR, Status.NOT_MET, Status.NO_TARGET)
"""What the legend always begins with: the statuses of outcomes that have a value."""


def content(visit: Visit) -> Component:
    """Return the page's main content."""
    frame, selection, quarter = visit.frame, visit.selection, visit.quarter
    indicators = [
        indicator
        for indicator in frame.definitions.indicators
        if selection.area in (None, indicator.area)
    ]
    verdicts = verdicts_in(visit.reader, quarter)
    units = _units(frame, selection.unit_kind, quarter)
    groups = map_groups(indicators, units, quarter, verdicts)
    return html.Div(
        [
            heading(
                f"{NAME}, {text.period_words(quarter)}",
                _(
                    "Varje ruta är en indikators status i en enhet. Mått som mäts mer "
                    "sällan visar sin senaste period. Välj en ruta för att se mer."
                ),
            ),
            _filters(frame, selection, quarter),
            visit.notice_of_quarter(_way(selection)),
            *_found(frame, groups, units, quarter, indicators),
        ]
    )


def _way(selection: Selection) -> missing.Way:
    return lambda period: heatmap_address(selection.but(period=period))


def _found(
    frame: Frame,
    groups: Groups[Cell],
    units: Sequence[UnitRow],
    quarter: Period,
    indicators: Sequence[Indicator],
) -> list[Component]:
    if groups:
        size, *parts = by_unit(NAME, units, str(quarter), groups, _cell)
        return [_legend(groups), size, *_left_out(indicators, groups), *parts]
    return [] if missing.precedes_data(frame, quarter) else [_empty(quarter)]


def _units(frame: Frame, unit_kind: str | None, quarter: Period) -> list[UnitRow]:
    return [
        unit
        for unit in frame.units
        if unit_kind in (None, unit.kind) and stood_in(unit, quarter)
    ]


def _filters(frame: Frame, selection: Selection, quarter: Period) -> Component:
    kinds = dict.fromkeys(unit.kind for unit in frame.units)
    return filter_bar(
        PATH,
        [
            quarter_choice(frame, quarter),
            area_choice(frame, selection.area),
            optional(
                "unit_kind",
                headings.UNIT_KIND_FIELD,
                [
                    (kind, text.capital(text.UNIT_KINDS.get(kind, kind)))
                    for kind in kinds
                ],
                selection.unit_kind,
            ),
        ],
        headings.APPLY,
    )


def _left_out(indicators: Sequence[Indicator], groups: Groups[Cell]) -> list[Component]:
    number = len(indicators) - indicators_in(groups)
    return (
        [
            html.P(
                ngettext(
                    "{number} indikator till har inget att visa här.",
                    "{number} indikatorer till har inget att visa här.",
                    number,
                ).format(number=text.count(number)),
                className="muted",
            )
        ]
        if number
        else []
    )


def _legend(groups: Groups[Cell]) -> Component:
    """Return the signs that are in the map, and under a fold the others."""
    in_map = {
        cell.status
        for __, lines in groups
        for line in lines
        for cell in line.cells
        if cell
    }
    known = [
        status for status in Status if status in in_map or status is not Status.PAUSED
    ]
    first = [*_FIRST, *(status for status in known if status in in_map - {*_FIRST})]
    rest = [status for status in known if status not in first]
    more = html.Ul(
        [
            *status_legend(rest),
            *(
                html.Li(variation_badge(variation))
                for variation in (Variation.CONCERNING, Variation.IMPROVING)
            ),
            html.Li(
                _("▲ och ▼: en förändring utöver slumpen, enligt styrdiagrammet."),
                className="muted",
            ),
            html.Li(
                _(
                    "Rutan säger om målet nås, inte hur säkert det är. Det står på "
                    "indikatorns sida."
                ),
                className="muted",
            ),
            html.Li(
                _("Tom ruta: enheten har aldrig rapporterat måttet."), className="muted"
            ),
        ],
        className="legend",
    )
    often = html.Ul(
        status_legend(first),
        className="legend",
        **{"aria-label": _("Teckenförklaring")},
    )
    summary = html.Summary(_("Alla tecken"))
    return html.Div([often, html.Details([summary, more], className="fold")])


def _cell(cell: Cell | None) -> Component:
    if cell is None:
        return html.Td()
    symbols: list[Content] = [text.SYMBOL[cell.status]]
    if cell.signal:
        symbols.append(html.Span(VARIATION_SYMBOL[cell.signal], className="signal"))
    anchor = html.A(
        symbols if cell.signal else symbols[0],
        href=cell.href,
        title=cell.words,
        **{"aria-label": cell.words},
    )
    return html.Td(anchor, className=f"map-{cell.status}")


def _empty(quarter: Period) -> Component:
    whole = heatmap_address(Selection(period=str(quarter)))
    return notice(
        headings.NO_DATA,
        _("Inga statusar för urvalet. Välj en annan enhetstyp eller ett annat område."),
        link(_("Visa hela kartan"), whole),
    )
