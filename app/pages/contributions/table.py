"""The parts of a gap or a change as a table, and what to know of them."""

from dash.development.base_component import Component

from app.columns import Col
from app.design.components import Content, link, table
from app.outcome import analysis_texts
from app.outcome.parts import stacked
from app.outcome.words import outcome_words
from app.pages.contributions import texts
from app.pages.contributions.question import Explanation
from app.pages.contributions.words import (
    Names,
    PartWords,
    is_missing,
    part_words,
    together,
)
from app.web import html
from app.words import headings, text


def _before(one: PartWords) -> Content:
    before = one.before
    counts = f"{before.numerator}/{before.denominator}"
    return stacked(before.value, before.interval, counts)


_COUNTS = (
    Col(
        headings.OUTCOME,
        lambda one: stacked(one.now.value, one.now.interval),
        is_number=True,
    ),
    Col(headings.NUMERATOR, "now.numerator", is_number=True),
    Col(headings.DENOMINATOR, "now.denominator", is_number=True),
)
_CUMULATIVE = Col(
    texts.CUMULATIVE, "cumulative", is_number=True, hint=texts.CUMULATIVE_HINT
)
_CHANGE = (
    Col(texts.CONTRIBUTION, "cases", is_number=True, hint=texts.CONTRIBUTION_HINT),
    _CUMULATIVE,
    Col(texts.RATE, "rate", is_number=True, hint=texts.RATE_HINT),
    Col(texts.MIX, "mix", is_number=True, hint=texts.MIX_HINT),
    *_COUNTS,
    Col(texts.BEFORE, _before, is_number=True),
)


def contributions_table(explanation: Explanation, names: Names) -> Component:
    """Return the parts with their numbers, then all of them together."""
    split = explanation.split
    if split is None:
        return html.Div()
    way = text.capital(names.way(explanation.asked.by or ""))
    parts = [part_words(explanation, names, part) for part in split.parts]
    return table(
        headings.CONTRIBUTIONS,
        (
            Col(way, _name, is_heading=True),
            *(_gap(explanation) if split.gap else _CHANGE),
        ),
        [*parts, together(explanation)],
    )


def _gap(explanation: Explanation) -> tuple[Col, ...]:
    words = texts.MISSING if is_missing(explanation) else texts.TOO_MANY
    return (
        Col(words, "cases", is_number=True, hint=texts.CASES_HINT),
        _CUMULATIVE,
        *_COUNTS,
        Col(texts.SURE, "evidence", hint=analysis_texts.EVIDENCE_HINT),
    )


def _name(one: PartWords) -> Content:
    return link(one.name, one.href) if one.href else one.name


def remarks(explanation: Explanation) -> list[Component]:
    """Return what to know of the parts, one short paragraph each."""
    split, row, aim = explanation.split, explanation.row, explanation.target_row
    if split is None or row is None:
        return []
    indicator = explanation.asked.indicator
    said = []
    if split.gap and aim:
        words = outcome_words(indicator, aim).target
        said.append(f"{headings.TARGET}: {words}.")
    if split.pooled:
        said.append(texts.pooled(split.pooled))
    if explanation.silent:
        said.append(texts.silent([unit.name for unit in explanation.silent]))
    elif reason := outcome_words(indicator, row).reason:
        said.append(reason)
    known = (
        (explanation.is_other_whole, texts.OTHER_WHOLE),
        (explanation.has_break, texts.HAS_BREAK),
    )
    said += [str(words) for is_so, words in known if is_so]
    return [html.P(one, className="muted") for one in said]
