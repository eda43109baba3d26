"""What the control charts say, as a matrix: indicators by unit."""

from dash.development.base_component import Component

from app.outcome.by_unit import by_unit
from app.outcome.sign_parts import assurance_badge, variation_badge
from app.pages.deviations.signs import NO_CHART, SignCell, SignMatrix
from app.pages.deviations.words import SIGN_MATRIX
from app.web import html
from app.words.language import gettext as _
from kpi.spc.points import Assurance, Variation


def matrix(shown: SignMatrix, period: str) -> list[Component]:
    """Return the matrix under its legend.

    Args:
        shown: With at least one unit.
        period: That the links to units name.
    """
    name, kind = SIGN_MATRIX, "sign-matrix"
    return [
        _legend(),
        *by_unit(name, shown.units, period, shown.groups, _cell, kind),
    ]


def _legend() -> Component:
    none: list[str] = [
        f"{NO_CHART} " + _("kan inte bedömas"),
        _("tom ruta: mäts inte i enheten"),
    ]
    parts = (
        (
            _("Första tecknet: har något förändrats?"),
            [variation_badge(variation) for variation in Variation],
        ),
        (
            _("Andra tecknet, där det finns ett fast mål: klaras det stadigt?"),
            [assurance_badge(assurance) for assurance in Assurance],
        ),
        (_("Utan tecken"), none),
    )
    return html.Div(
        [
            html.Div(
                [
                    html.H3(title),
                    html.Ul([html.Li(sign) for sign in signs], className="legend"),
                ]
            )
            for title, signs in parts
        ],
        className="legends",
        role="group",
        **{"aria-label": _("Teckenförklaring")},
    )


def _cell(cell: SignCell | None) -> Component:
    if cell is None:
        return html.Td()
    anchor = html.A(
        cell.symbols, href=cell.href, title=cell.words, **{"aria-label": cell.words}
    )
    return html.Td(anchor, className=f"sign-{cell.variation or 'none'}")
