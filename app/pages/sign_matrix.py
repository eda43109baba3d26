"""What the control charts say, as a matrix: indicators by unit."""

from dash.development.base_component import Component

from app import text_analysis_views
from app.outcome.by_unit import by_unit
from app.outcome.sign_parts import assurance_badge, variation_badge
from app.presenters.sign_matrix import NO_CHART, SignCell, SignMatrix
from app.web import html
from kpi.spc.points import Assurance, Variation

_SHOWN = (Variation.CONCERNING, Variation.IMPROVING, Variation.COMMON_CAUSE)


def matrix(shown: SignMatrix, period: str) -> list[Component]:
    """Return the matrix under its legend.

    Args:
        shown: With at least one unit.
        period: That the links to units name.
    """
    name, kind = text_analysis_views.MATRIX, "sign-matrix"
    return [
        _legend(),
        *by_unit(name, shown.units, period, shown.groups, _cell, kind),
    ]


def _legend() -> Component:
    none: list[str] = [
        f"{NO_CHART} {text_analysis_views.NO_CHART}",
        text_analysis_views.NOT_MEASURED,
    ]
    parts = (
        (text_analysis_views.FIRST_SIGN, [variation_badge(one) for one in _SHOWN]),
        (text_analysis_views.SECOND_SIGN, [assurance_badge(one) for one in Assurance]),
        (text_analysis_views.NO_SIGN, none),
    )
    return html.Div(
        [
            html.Div(
                [
                    html.H3(title),
                    html.Ul([html.Li(one) for one in signs], className="legend"),
                ]
            )
            for title, signs in parts
        ],
        className="legends",
        role="group",
        **{"aria-label": text_analysis_views.LEGEND},
    )


def _cell(cell: SignCell | None) -> Component:
    if cell is None:
        return html.Td()
    anchor = html.A(
        cell.symbols, href=cell.href, title=cell.words, **{"aria-label": cell.words}
    )
    return html.Td(anchor, className=f"sign-{cell.variation or 'none'}")
