"""How an indicator is measured, and every target it has had."""

from collections.abc import Mapping, Sequence

from dash.development.base_component import Component

from app.columns import Col
from app.design.components import facts, section, table
from app.design.help import term
from app.outcome.parts import lines
from app.pages.indicator import words as present
from app.pages.indicator.words import REGIONS_RANKED, TARGETS, minimum
from app.queries.frame import Frame
from app.web import html
from app.words import headings, text
from app.words.language import gettext as _
from app.words.language import lazy_gettext as _l
from app.words.language import of
from kpi.definition_parts import PlanReference, Review
from kpi.definitions import Definitions, Indicator
from kpi.model import Kind, Text


def definition(
    indicator: Indicator,
    definitions: Definitions,
    own_region: str | None,
    responsible: Sequence[Text],
    has_interval: bool = False,
) -> Component:
    """Return the definition in words."""
    plans = {plan.id: text.plan_name(plan, own_region) for plan in definitions.plans}
    is_count = indicator.kind is Kind.COUNT
    is_rank = indicator.kind is Kind.RANK
    tolerance = text.number(
        indicator.tolerance, 0 if indicator.tolerance % 1 == 0 else 1
    )
    unit = text.difference_unit(indicator)
    pairs = (
        (
            _("Det som rangordnas") if is_rank else term("numerator", _("Täljare")),
            of(indicator.numerator),
        ),
        (
            REGIONS_RANKED if is_rank else term("denominator", _("Nämnare")),
            of(indicator.denominator) if indicator.denominator else None,
        ),
        (_("Anges i"), _decided(indicator, of(indicator.unit))),
        (
            term("direction", _("Riktning")),
            _decided(indicator, text.DIRECTION[indicator.direction]),
        ),
        (
            _("Mäts"),
            _decided(indicator, text.FREQUENCY[indicator.frequency]),
        ),
        (
            term("interval", _("Intervall")),
            _(
                "95 %. Alla fall räknas, inte ett urval. Intervallet visar hur mycket "
                "slumpen ensam kan flytta värdet när vården är densamma. Få fall ger "
                "ett brett intervall."
            )
            if has_interval
            else None,
        ),
        (
            term("too_few", _("Minsta underlag")),
            None if is_rank else minimum(indicator.minimum_denominator, is_count),
        ),
        (
            term("tolerance", _("Nära målet")),
            _("högst {amount} från målet; regionens egen gräns, inte planens").format(
                amount=f"{tolerance} {unit}"
            )
            if indicator.tolerance
            else None,
        ),
        (
            _("Ansvarig"),
            lines([of(words) for words in responsible])
            or (_("Anges inte i planen") if indicator.plans else None),
        ),
        (
            _("Målbilds egen definition"),
            of(indicator.own) if indicator.own else None,
        ),
        (
            _("Planen skriver")
            if indicator.plans and not indicator.own
            else _("Hör till"),
            lines([_quoted(plans, place) for place in indicator.plans])
            or _("Ingen plan som används här har måttet"),
        ),
        (
            _("Målbilds egna val"),
            lines([of(part) for part in indicator.chosen_here]) or None,
        ),
        (
            _("Internkontroll"),
            _quoted(plans, indicator.internal_control)
            if indicator.internal_control
            else None,
        ),
        (
            _("Område"),
            lines(
                [text.AREA[indicator.area], *(text.THEME[t] for t in indicator.themes)]
            ),
        ),
        (
            _("Frågan måttet besvarar"),
            lines([text.QUESTION[question] for question in indicator.questions])
            or None,
        ),
        (
            _("Brott i serien"),
            lines(
                [
                    f"{text.period_words(break_.since)}: {of(break_.text)}"
                    for break_ in indicator.breaks
                ]
            ),
        ),
        (_("Att tänka på"), " ".join(map(of, indicator.notes))),
        (_("Definitionen"), _review(indicator.review)),
    )
    return section(_("Så mäts det"), facts(pairs))


def _decided(indicator: Indicator, words: str) -> str:
    """Return what is written in the definition, once somebody has decided it."""
    return words if indicator.is_decided else _("Inte bestämt")


def _review(review: Review | None) -> str:
    if review is None:
        return _("Inte granskad")
    return _(
        "Förvaltas av {owner}, granskad {reviewed}, granskas igen {next_review}"
    ).format(
        owner=of(review.owner),
        reviewed=text.day(review.reviewed),
        next_review=text.day(review.next_review),
    )


def targets(
    frame: Frame,
    indicator: Indicator,
    names: text.ValueNames,
    own_region: str | None,
) -> Component:
    """Return every target there is and has been."""
    history = present.target_history(
        indicator, names, frame.units, frame.definitions.plans, own_region
    )
    if not history:
        return section(TARGETS, html.P(_("Planerna sätter inget målvärde.")))
    return section(TARGETS, table(TARGETS, _TARGETS, history))


def _quoted(plans: Mapping[str, str], place: PlanReference) -> Component:
    """Return a place in a plan with the plan's own words, which are Swedish."""
    words = html.Span(f"”{place.quotation}”", lang="sv")
    return html.Span([_place(plans[place.plan], place.section), ": ", words])


def _place(plan: str, section: str) -> Component:
    if section[:1].isdigit():
        return html.Span(f"{plan}, " + _("avsnitt {number}").format(number=section))
    # A section is called what the plan calls it, in Swedish.
    return html.Span([f"{plan}, ", html.Span(section, lang="sv")])


_TARGETS = (
    Col(headings.TARGET, "words", is_heading=True),
    Col(_l("Nivå"), "level"),
    Col(_l("Gäller"), "holds_for"),
    Col(_l("När"), "holds_when"),
    Col(_l("Plan och avsnitt"), lambda target: _place(target.plan, target.section)),
)
