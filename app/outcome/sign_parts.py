"""Parts of the analysis: variation and assurance as components."""

from dash.development.base_component import Component

from app.design.components import link, mark
from app.outcome import analysis_words
from app.outcome.signs import Signs
from app.web import html
from app.words.language import gettext as _
from kpi.spc.points import Assurance, Variation


def variation_badge(variation: Variation) -> Component:
    """Return a variation as symbol and word."""
    return mark(
        f"variation-{variation}",
        analysis_words.VARIATION_SYMBOL[variation],
        analysis_words.VARIATION_WORDS[variation],
    )


def assurance_badge(assurance: Assurance) -> Component:
    """Return an assurance as symbol and word."""
    return mark(
        f"assurance-{assurance}",
        analysis_words.ASSURANCE_SYMBOL[assurance],
        analysis_words.ASSURANCE_WORDS[assurance],
    )


def signs_link(signs: Signs) -> Component:
    """Return what a control chart says, leading to it."""
    parts = [variation_badge(signs.variation)]
    if signs.assurance:
        parts.append(assurance_badge(signs.assurance))
    if signs.basis:
        parts.append(html.Small(signs.basis, className="muted"))
    return link(parts, signs.href, className="signs", title=_("Visa styrdiagrammet"))
