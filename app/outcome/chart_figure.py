"""A chart on a page: its finding, its points for the keyboard, and its table."""

from dash.development.base_component import Component

from app.design.components import link
from app.outcome.chart import Chart
from app.web import html
from app.web.graph import Graph
from app.words.language import gettext as _


def chart_figure(chart: Chart, id: str, numbers: str | None) -> Component | None:
    """Return a chart under what it shows; None without a value to draw.

    The drawing says nothing to a screen reader. `assets/70-charts.js` lays its points
    over it, as links that the arrow keys move between, and shows the key where the
    screen is too narrow for words at the ends of lines.

    Args:
        chart: What to draw and to say.
        id: Of the figure.
        numbers: The id of the table with the same numbers; None where it folds out
            right below, under `numbers_summary`.
    """
    if chart.figure is None:
        return None
    layout = chart.figure["layout"]
    wide = layout["height"]
    narrow = layout.get("meta", {}).get("narrow", {}).get("height", wide)
    graph = Graph(id, chart.figure, {"height": f"{wide}px"})
    # In rem, as the charts' script makes a chart as large as the letters of the page.
    about = html.Span(chart.about, id=f"{id}-about")
    place = {"--wide": f"{wide / 16}rem", "--narrow": f"{narrow / 16}rem"}
    return html.Figure(
        [
            html.P(chart.title, id=f"{id}-title", className="chart-title"),
            html.Div(
                [
                    html.Div(
                        graph,
                        className="chart-place",
                        style=place,
                        **{"aria-hidden": "true"},
                    ),
                    html.Div(
                        className="chart-points",
                        role="group",
                        **{
                            "aria-label": _(
                                "Diagrammets punkter. Piltangenterna går mellan dem, "
                                "Retur öppnar, Escape lämnar."
                            )
                        },
                    ),
                ],
                className="chart-frame",
            ),
            _key(chart),
            html.Figcaption([about, " ", _way_to(numbers)] if numbers else about),
        ],
        id=id,
        className="graph",
        **{"aria-labelledby": f"{id}-title", "aria-describedby": f"{id}-about"},
    )


def numbers_summary() -> Component:
    """Return what folds out the table below a chart, and where Escape leads from it."""
    return html.Summary(
        _("Siffrorna bakom diagrammet som tabell"), className="chart-numbers"
    )


def _way_to(numbers: str) -> Component:
    words = _("Samma siffror som tabell")
    return link(words, f"#{numbers}", className="chart-numbers")


def _key(chart: Chart) -> Component | None:
    if not chart.ends:
        return None
    ends = [html.Li(end.label, className=f"key-{end.part}") for end in chart.ends]
    return html.Ul(ends, className="chart-key")
