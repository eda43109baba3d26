"""Views of `/analys`: what the address holds, ready-made ones, and copying it."""

from collections.abc import Collection, Iterable, Mapping

from dash.development.base_component import Component

from app.address import DEVIATIONS, address
from app.design.components import link
from app.outcome.question import Question
from app.pages.deviations.words import SIGN_MATRIX
from app.web import html
from app.words.language import gettext as _
from app.words.language import lazy_gettext as _l
from kpi.model import UnitKind

PATH = DEVIATIONS
LIST, MATRIX = "list", "matrix"

_READY_MADE: tuple[tuple[str, Mapping[str, str]], ...] = (
    (_l("Bara cancervård"), {"area": "cancer"}),
    (_l("Bara läkemedel"), {"area": "medicines"}),
    (_l("Bara patientsäkerhet"), {"area": "patient_safety"}),
    (_l("Bara avdelningar"), {"unit_kind": UnitKind.WARD}),
    (_l("Bara vårdcentraler"), {"unit_kind": UnitKind.HEALTH_CENTRE}),
    (_l("Säkra avvikelser först"), {"sort": "evidence"}),
    (_l("De som har varat längst först"), {"sort": "duration"}),
)


def params_of(question: Question, view: str = LIST) -> dict[str, str]:
    """Return what was asked for, as the page, the API and the files say it."""
    given = {
        "period": str(question.quarter),
        "unit": question.unit.unit_id,
        "unit_kind": question.unit_kind,
        "area": question.area,
        "sort": str(question.order) if view == LIST else None,
        "view": MATRIX if view == MATRIX else None,
    }
    return {name: value for name, value in given.items() if value}


def view_switch(question: Question, view: str) -> Component:
    """Return the ways to see the same choice."""
    ways = [
        link(
            words,
            address(PATH, params_of(question, name)),
            **({"aria-current": "true"} if name == view else {}),
        )
        for name, words in (
            (LIST, _("Avvikelser, rad för rad")),
            (MATRIX, SIGN_MATRIX),
        )
    ]
    return html.P(ways, className="switch")


def ready_made(
    question: Question, kinds: Iterable[str], areas: Collection[str]
) -> Component:
    """Return the ready-made views of the quarter and unit looked at.

    Args:
        question: What is looked at.
        kinds: Of units there are; views of others are left out.
        areas: Those that there are indicators of; likewise.
    """
    there = set(kinds)
    base = {"period": str(question.quarter), "unit": question.unit.unit_id}
    items = [
        html.Li(link(words, address(PATH, {**base, **chosen})))
        for words, chosen in _READY_MADE
        if chosen.get("unit_kind") in (None, *there)
        and chosen.get("area") in (None, *areas)
    ]
    return html.Details(
        [html.Summary(_("Färdiga vyer")), html.Ul(items)],
        className="ready-made",
    )


def copy_button(question: Question, view: str) -> Component:
    """Return the button that copies the whole address of what is seen.

    The address names quarter and unit also where the visitor's own leaves them out, so
    that it leads to the same numbers later. `assets/68-copy.js` does the copying.
    """
    return html.Span(
        [
            html.Button(
                _("Kopiera adressen"),
                type="button",
                className="copy-address",
                **{
                    "data-address": address(PATH, params_of(question, view)),
                    "data-done": _("Adressen är kopierad."),
                    "data-failed": _("Kopiera adressen ur webbläsarens adressfält."),
                },
            ),
            html.Span(role="status", className="copied muted"),
        ],
    )
