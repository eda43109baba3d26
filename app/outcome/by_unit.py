"""A table of indicators by unit, with the units' names upright."""

from collections.abc import Callable, Sequence

from dash.development.base_component import Component

from app.address import unit_address
from app.design.components import link
from app.outcome.unit_lines import C, Groups, indicators_in
from app.queries.units import UnitRow
from app.web import html
from app.words import headings


def by_unit(
    name: str,
    units: Sequence[UnitRow],
    period: str,
    groups: Groups[C],
    cell: Callable[[C | None], Component],
    kind: str = "",
) -> list[Component]:
    """Return the table under its size.

    Args:
        name: What it shows.
        units: One for each cell of a line.
        period: That the links to units name.
        groups: The lines under their headings.
        cell: Returns a cell as it is drawn.
        kind: A class of its own.
    """
    parents = {unit.parent_id for unit in units}
    head = [html.Th(headings.NAME, scope="col", className="corner")]
    before = None
    for unit in units:
        way = html.Span(link(unit.name, unit_address(unit.unit_id, period)))
        # A long name is cut where it stands.
        look = "upright above" if unit.unit_id in parents else "upright"
        if before and (unit.depth or 0) < (before.depth or 0):
            look += " after"
        before = unit
        head.append(html.Th(way, scope="col", className=look, title=unit.name))
    bodies = []
    for title, lines in groups:
        across = html.Th(html.Span(title), scope="rowgroup", colSpan=len(units) + 1)
        rows = [
            html.Tr(
                [
                    html.Th(link(line.name, line.href), scope="row"),
                    *(cell(content) for content in line.cells),
                ]
            )
            for line in lines
        ]
        bodies.append(html.Tbody([html.Tr(across, className="group"), *rows]))
    number = indicators_in(groups)
    return [
        html.P(headings.map_size(len(units), number), className="muted"),
        map_frame(name, [html.Thead(html.Tr(head)), *bodies], kind),
    ]


def map_frame(name: str, parts: Sequence[Component], kind: str = "") -> Component:
    """Return the parts of a table as a map, in a frame that can be scrolled."""
    return html.Div(
        html.Table(
            [html.Caption(name, className="visually-hidden"), *parts],
            className=f"map {kind}".rstrip(),
        ),
        className="map-frame",
        role="region",
        tabIndex=0,
        **{"aria-label": name},
    )
