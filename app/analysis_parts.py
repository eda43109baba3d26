"""Parts of the analysis: variation and assurance as components."""

from dash.development.base_component import Component

from app import text_analysis
from app.design.components import link, mark
from app.presenters.signs import Signs
from app.web import html
from kpi.spc.points import Assurance, Variation


def variation_badge(variation: Variation) -> Component:
    """Return a variation as symbol and word."""
    return mark(
        f"variation-{variation}",
        text_analysis.VARIATION_SYMBOL[variation],
        text_analysis.VARIATION_WORDS[variation],
    )


def assurance_badge(assurance: Assurance) -> Component:
    """Return an assurance as symbol and word."""
    return mark(
        f"assurance-{assurance}",
        text_analysis.ASSURANCE_SYMBOL[assurance],
        text_analysis.ASSURANCE_WORDS[assurance],
    )


def signs_link(signs: Signs) -> Component:
    """Return what a control chart says, leading to it."""
    said = [variation_badge(signs.variation)]
    if signs.assurance:
        said.append(assurance_badge(signs.assurance))
    if signs.basis:
        said.append(html.Small(signs.basis, className="muted"))
    return link(said, signs.href, className="signs", title=text_analysis.SHOW_CHART)
