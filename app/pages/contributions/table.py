"""The parts of a gap or a change as a table, and what to know of them."""

from dash.development.base_component import Component

from app.design.components import Column, Content, link, table
from app.outcome import analysis_texts
from app.outcome.parts import stacked
from app.outcome.words import outcome_words
from app.pages.contributions import texts
from app.pages.contributions.found import Found
from app.pages.contributions.words import (
    Names,
    PartWords,
    is_missing,
    part_words,
    together,
)
from app.web import html
from app.words import headings, text

_COUNTS = (
    Column(headings.OUTCOME, is_number=True),
    Column(headings.NUMERATOR, is_number=True),
    Column(headings.DENOMINATOR, is_number=True),
)
_CUMULATIVE = Column(
    texts.CUMULATIVE,
    is_number=True,
    hint=texts.CUMULATIVE_HINT,
)
_CHANGE = (
    Column(
        texts.CONTRIBUTION,
        is_number=True,
        hint=texts.CONTRIBUTION_HINT,
    ),
    _CUMULATIVE,
    Column(texts.RATE, is_number=True, hint=texts.RATE_HINT),
    Column(texts.MIX, is_number=True, hint=texts.MIX_HINT),
    *_COUNTS,
    Column(texts.BEFORE, is_number=True),
)


def contributions_table(found: Found, names: Names) -> Component:
    """Return the parts with their numbers, then all of them together."""
    split = found.split
    if split is None:
        return html.Div()
    first = Column(text.capital(names.way(found.asked.by or "")), is_heading=True)
    cells = _gap_cells if split.gap else _change_cells
    rows = [part_words(found, names, one) for one in split.parts]
    return table(
        headings.CONTRIBUTIONS,
        (first, *(_gap_columns(found) if split.gap else _CHANGE)),
        [cells(one) for one in (*rows, together(found))],
    )


def _gap_columns(found: Found) -> tuple[Column, ...]:
    words = texts.TOO_MANY
    if is_missing(found):
        words = texts.MISSING
    return (
        Column(words, is_number=True, hint=texts.CASES_HINT),
        _CUMULATIVE,
        *_COUNTS,
        Column(texts.SURE, hint=analysis_texts.EVIDENCE_HINT),
    )


def _gap_cells(one: PartWords) -> list[Content]:
    return [_name(one), one.cases, one.cumulative, *_now(one), one.evidence]


def _change_cells(one: PartWords) -> list[Content]:
    value, interval, met, of = one.before
    before = stacked(value, interval, f"{met}/{of}")
    shares = [one.cumulative, one.rate, one.mix]
    return [_name(one), one.cases, *shares, *_now(one), before]


def _name(one: PartWords) -> Content:
    return link(one.name, one.href) if one.href else one.name


def _now(one: PartWords) -> list[Content]:
    value, interval, *counts = one.now
    return [stacked(value, interval), *counts]


def remarks(found: Found) -> list[Component]:
    """Return what to know of the parts, one short paragraph each."""
    split, row, aim = found.split, found.row, found.target_row
    if split is None or row is None:
        return []
    indicator = found.asked.indicator
    said = []
    if split.gap and aim:
        words = outcome_words(indicator, aim).target
        said.append(f"{headings.TARGET}: {words}.")
    if split.pooled:
        said.append(texts.pooled(split.pooled))
    if found.silent:
        said.append(texts.silent([one.name for one in found.silent]))
    elif reason := outcome_words(indicator, row).reason:
        said.append(reason)
    known = (
        (found.is_other_whole, texts.OTHER_WHOLE),
        (found.has_break, texts.HAS_BREAK),
    )
    said += [str(words) for is_so, words in known if is_so]
    return [html.P(one, className="muted") for one in said]
