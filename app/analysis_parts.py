"""Parts of the analysis pages: variation, assurance and ways on, as components."""

from dash.development.base_component import Component

from app import text_analysis
from app.components import mark
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
