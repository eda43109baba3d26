"""How an indicator is measured, and every target it has had."""

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
from kpi.definitions import Definitions, Indicator
from kpi.model import Kind


def definition(
    indicator: Indicator, definitions: Definitions, has_interval: bool = False
) -> Component:
    """Return the definition in words."""
    plans = {plan.id: of(plan.title) for plan in definitions.plans}
    is_count = indicator.kind is Kind.COUNT
    is_rank = indicator.kind is Kind.RANK
    review = indicator.review
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
        (_("Anges i"), of(indicator.unit)),
        (
            term("direction", _("Riktning")),
            text.DIRECTION[indicator.direction],
        ),
        (_("Mäts"), text.FREQUENCY[indicator.frequency]),
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
            _("högst {amount} från målet").format(amount=f"{tolerance} {unit}")
            if indicator.tolerance
            else None,
        ),
        (_("Ansvarig"), of(indicator.responsible)),
        (
            _("Plan och avsnitt"),
            lines(
                [
                    _place(plans[plan_reference.plan], plan_reference.section)
                    for plan_reference in indicator.plans
                ]
            ),
        ),
        (
            _("Område"),
            lines(
                [text.AREA[indicator.area], *(text.THEME[t] for t in indicator.themes)]
            ),
        ),
        (
            _("Frågan måttet besvarar"),
            text.QUESTION[indicator.question] if indicator.question else None,
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
        (_("Att tänka på"), of(indicator.note) if indicator.note else None),
        (
            _("Definitionen"),
            _(
                "Förvaltas av {owner}, granskad {reviewed}, granskas igen {next_review}"
            ).format(
                owner=of(review.owner),
                reviewed=text.day(review.reviewed),
                next_review=text.day(review.next_review),
            ),
        ),
    )
    return section(_("Så mäts det"), facts(pairs))


def targets(frame: Frame, indicator: Indicator, pathways: dict[str, str]) -> Component:
    """Return every target there is and has been."""
    plans = {plan.id: of(plan.title) for plan in frame.definitions.plans}
    history = present.target_history(indicator, pathways, frame.units, plans)
    if not history:
        return section(TARGETS, html.P(_("Planerna sätter inget målvärde.")))
    return section(TARGETS, table(TARGETS, _TARGETS, history))


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
    Col(_l("Beslutat i"), lambda target: _place(target.plan, target.section)),
)
