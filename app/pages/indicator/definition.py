"""How an indicator is measured, and every target it has had."""

from dash.development.base_component import Component

from app.columns import Col
from app.design.components import facts, section, table
from app.design.help import term
from app.outcome.parts import lines
from app.pages.indicator import texts
from app.pages.indicator import words as present
from app.queries.frame import Frame
from app.web import html
from app.words import headings, text
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
            texts.WHAT_IS_RANKED if is_rank else term("numerator", texts.NUMERATOR),
            of(indicator.numerator),
        ),
        (
            texts.REGIONS_RANKED if is_rank else term("denominator", texts.DENOMINATOR),
            of(indicator.denominator) if indicator.denominator else None,
        ),
        (texts.UNIT_OF_MEASURE, of(indicator.unit)),
        (
            term("direction", texts.DIRECTION),
            text.DIRECTION[indicator.direction],
        ),
        (texts.FREQUENCY, text.FREQUENCY[indicator.frequency]),
        (
            term("interval", texts.INTERVAL),
            texts.INTERVAL_MEANS if has_interval else None,
        ),
        (
            term("too_few", texts.MINIMUM),
            None if is_rank else texts.minimum(indicator.minimum_denominator, is_count),
        ),
        (
            term("tolerance", texts.TOLERANCE),
            texts.tolerance(f"{tolerance} {unit}") if indicator.tolerance else None,
        ),
        (texts.RESPONSIBLE, of(indicator.responsible)),
        (
            texts.PLANS,
            lines(
                [
                    _place(plans[plan_reference.plan], plan_reference.section)
                    for plan_reference in indicator.plans
                ]
            ),
        ),
        (
            texts.THEMES,
            lines(
                [text.AREA[indicator.area], *(text.THEME[t] for t in indicator.themes)]
            ),
        ),
        (
            texts.QUESTION,
            text.QUESTION[indicator.question] if indicator.question else None,
        ),
        (
            texts.BREAKS,
            lines(
                [
                    f"{text.period_words(break_.since)}: {of(break_.text)}"
                    for break_ in indicator.breaks
                ]
            ),
        ),
        (texts.NOTE, of(indicator.note) if indicator.note else None),
        (
            texts.REVIEW,
            texts.reviewed(
                of(review.owner),
                text.day(review.reviewed),
                text.day(review.next_review),
            ),
        ),
    )
    return section(texts.DEFINITION, facts(pairs))


def targets(frame: Frame, indicator: Indicator, pathways: dict[str, str]) -> Component:
    """Return every target there is and has been."""
    plans = {plan.id: of(plan.title) for plan in frame.definitions.plans}
    history = present.target_history(indicator, pathways, frame.units, plans)
    if not history:
        return section(texts.TARGETS, html.P(texts.NO_TARGETS))
    return section(texts.TARGETS, table(texts.TARGETS, _TARGETS, history))


def _place(plan: str, section: str) -> Component:
    if section[:1].isdigit():
        return html.Span(f"{plan}, {texts.section(section)}")
    # A section is called what the plan calls it, in Swedish.
    return html.Span([f"{plan}, ", html.Span(section, lang="sv")])


_TARGETS = (
    Col(headings.TARGET, "words", is_heading=True),
    Col(headings.LEVEL, "level"),
    Col(headings.HOLDS_FOR, "holds_for"),
    Col(headings.HOLDS_WHEN, "holds_when"),
    Col(headings.SET_IN, lambda target: _place(target.plan, target.section)),
)
