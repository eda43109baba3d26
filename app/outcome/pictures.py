"""Buttons that save a chart as a picture, drawn by the browser."""

from dash.development.base_component import Component

from app.outcome.chart import Chart, plain
from app.queries.builds import Build
from app.web import html
from app.words import headings
from app.words.language import gettext as _


def picture_buttons(
    name: str, chart: Chart, of_what: str, build: Build
) -> list[Component]:
    """Return the buttons that save the chart of their own section.

    `assets/70-charts.js` writes on the picture what it shows and where it is from.

    Args:
        name: Of the file, without its ending.
        chart: What is drawn; without a figure the buttons are hidden.
        of_what: What it is about, which stands below what it shows.
        build: Where it is from.
    """
    demo = f"{headings.DEMO}. " if build.is_demo else ""
    words = {
        "data-file": name,
        "data-finding": plain(chart.title),
        "data-below": plain(of_what),
        "data-source": demo
        + _("Källa: Målbild, bygge {build}").format(build=build.build_id),
    }
    return [
        html.Button(
            label,
            type="button",
            hidden=chart.figure is None,
            className="save-picture",
            **words,
            **{"data-format": kind},
        )
        for kind, label in (("png", _("Bild (PNG)")), ("svg", _("Bild (SVG)")))
    ]
