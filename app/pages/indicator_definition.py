"""How an indicator is measured, and every target it has had."""

from dash.development.base_component import Component

from app import text_indicator
from app.design.components import Column, facts, section, table
from app.design.help import term
from app.outcome.parts import lines
from app.presenters import indicator as present
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
            text_indicator.WHAT_IS_RANKED
            if is_rank
            else term("numerator", text_indicator.NUMERATOR),
            of(indicator.numerator),
        ),
        (
            text_indicator.REGIONS_RANKED
            if is_rank
            else term("denominator", text_indicator.DENOMINATOR),
            of(indicator.denominator) if indicator.denominator else None,
        ),
        (text_indicator.UNIT_OF_MEASURE, of(indicator.unit)),
        (
            term("direction", text_indicator.DIRECTION),
            text.DIRECTION[indicator.direction],
        ),
        (text_indicator.FREQUENCY, text.FREQUENCY[indicator.frequency]),
        (
            term("interval", text_indicator.INTERVAL),
            text_indicator.INTERVAL_MEANS if has_interval else None,
        ),
        (
            term("too_few", text_indicator.MINIMUM),
            None
            if is_rank
            else text_indicator.minimum(indicator.minimum_denominator, is_count),
        ),
        (
            term("tolerance", text_indicator.TOLERANCE),
            text_indicator.tolerance(f"{tolerance} {unit}")
            if indicator.tolerance
            else None,
        ),
        (text_indicator.RESPONSIBLE, of(indicator.responsible)),
        (
            text_indicator.PLANS,
            lines([_place(plans[one.plan], one.section) for one in indicator.plans]),
        ),
        (
            text_indicator.THEMES,
            lines(
                [text.AREA[indicator.area], *(text.THEME[t] for t in indicator.themes)]
            ),
        ),
        (
            text_indicator.QUESTION,
            text.QUESTION[indicator.question] if indicator.question else None,
        ),
        (
            text_indicator.BREAKS,
            lines(
                [
                    f"{text.period_words(one.since)}: {of(one.text)}"
                    for one in indicator.breaks
                ]
            ),
        ),
        (text_indicator.NOTE, of(indicator.note) if indicator.note else None),
        (
            text_indicator.REVIEW,
            text_indicator.reviewed(
                of(review.owner),
                text.day(review.reviewed),
                text.day(review.next_review),
            ),
        ),
    )
    return section(text_indicator.DEFINITION, facts(pairs))


def targets(frame: Frame, indicator: Indicator, pathways: dict[str, str]) -> Component:
    """Return every target there is and has been."""
    plans = {plan.id: of(plan.title) for plan in frame.definitions.plans}
    history = present.target_history(indicator, pathways, frame.units, plans)
    if not history:
        return section(text_indicator.TARGETS, html.P(text_indicator.NO_TARGETS))
    columns = (
        Column(headings.TARGET, is_heading=True),
        Column(headings.LEVEL),
        Column(headings.HOLDS_FOR),
        Column(headings.HOLDS_WHEN),
        Column(headings.SET_IN),
    )
    cells = [
        [
            one.words,
            one.level,
            one.holds_for,
            one.holds_when,
            _place(one.plan, one.section),
        ]
        for one in history
    ]
    return section(
        text_indicator.TARGETS, table(text_indicator.TARGETS, columns, cells)
    )


def _place(plan: str, section: str) -> Component:
    if section[:1].isdigit():
        return html.Span(f"{plan}, {text_indicator.section(section)}")
    # A section is called what the plan calls it, in Swedish.
    return html.Span([f"{plan}, ", html.Span(section, lang="sv")])
