"""What the control charts say, as a matrix: indicators by unit."""

from dash import html
from dash.development.base_component import Component

from app import text_analysis, text_analysis_views, text_pages
from app.analysis_parts import assurance_badge, variation_badge
from app.components import link
from app.presenters.sign_matrix import NO_CHART, SignCell, SignLine, SignMatrix
from app.selection import unit_address
from kpi.spc.points import Assurance, Variation

_SHOWN = (Variation.CONCERNING, Variation.IMPROVING, Variation.COMMON_CAUSE)


def matrix(shown: SignMatrix, period: str) -> list[Component]:
    """Return the matrix under its legend.

    Args:
        shown: With at least one unit.
        period: That the links to units name.
    """
    head = [html.Th(text_pages.NAME, scope="col", className="corner")]
    for one in shown.units:
        name = html.Span(link(one.name, unit_address(one.unit_id, period)))
        head.append(html.Th(name, scope="col", className="upright", title=one.name))
    bodies = []
    for title, lines in shown.groups:
        across = html.Th(title, scope="rowgroup", colSpan=len(shown.units) + 1)
        rows = [html.Tr(_line(line)) for line in lines]
        bodies.append(html.Tbody([html.Tr(across, className="group"), *rows]))
    whole = html.Table(
        [
            html.Caption(text_analysis_views.MATRIX, className="visually-hidden"),
            html.Thead(html.Tr(head)),
            *bodies,
        ],
        className="map sign-matrix",
    )
    frame = html.Div(
        whole,
        className="map-frame",
        role="region",
        tabIndex=0,
        **{"aria-label": text_analysis_views.MATRIX},
    )
    number = sum(len(lines) for _, lines in shown.groups)
    size = text_pages.map_size(len(shown.units), number)
    return [_legend(), html.P(size, className="muted"), frame]


def _legend() -> Component:
    return html.Ul(
        [
            html.Li(text_analysis.VARIATION, className="muted"),
            *(html.Li(variation_badge(one)) for one in _SHOWN),
            html.Li(text_analysis.ASSURANCE, className="muted"),
            *(html.Li(assurance_badge(one)) for one in Assurance),
            html.Li(f"{NO_CHART} {text_analysis_views.NO_CHART}"),
            html.Li(text_analysis_views.NOT_MEASURED, className="muted"),
        ],
        className="legend",
        **{"aria-label": text_analysis_views.LEGEND},
    )


def _line(line: SignLine) -> list[Component]:
    name = html.Th(link(line.name, line.href), scope="row")
    return [name, *(_cell(cell) for cell in line.cells)]


def _cell(cell: SignCell | None) -> Component:
    if cell is None:
        return html.Td()
    anchor = html.A(
        cell.symbols, href=cell.href, title=cell.words, **{"aria-label": cell.words}
    )
    return html.Td(anchor, className=f"sign-{cell.variation or 'none'}")
