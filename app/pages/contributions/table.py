"""The parts of a gap or a change as a table, and what to know of them."""

from dash.development.base_component import Component

from app.columns import Col
from app.design.components import Content, link, table
from app.outcome import analysis_words
from app.outcome.parts import stacked
from app.outcome.words import outcome_words
from app.pages.contributions.question import Explanation
from app.pages.contributions.words import (
    Names,
    PartWords,
    is_missing,
    part_words,
    pooled_parts,
    together,
)
from app.web import html
from app.words import headings, text
from app.words.language import gettext as _
from app.words.language import lazy_gettext as _l
from app.words.language import ngettext
from kpi.assessment import Reason


def _before(part: PartWords) -> Content:
    before = part.before
    counts = f"{before.numerator}/{before.denominator}"
    return stacked(before.value, before.interval, counts)


_COUNTS = (
    Col(
        headings.OUTCOME,
        lambda part: stacked(part.now.value, part.now.interval),
        is_number=True,
    ),
    Col(headings.NUMERATOR, "now.numerator", is_number=True),
    Col(headings.DENOMINATOR, "now.denominator", is_number=True),
)
_CUMULATIVE = Col(
    _l("Andel, löpande"),
    "cumulative",
    is_number=True,
    hint=_l(
        "Den här delen och de ovanför, av allt som drar åt samma håll som helheten. "
        "Räknat före avrundning till hela fall."
    ),
)
_CHANGE = (
    Col(
        _l("Bidrag, fall"),
        "cases",
        is_number=True,
        hint=_l("Så många fall av förändringen som delen står för, av periodens fall."),
    ),
    _CUMULATIVE,
    Col(
        _l("Varav utfallet"),
        "rate",
        is_number=True,
        hint=_l("Delens eget utfall har ändrats."),
    ),
    Col(
        _l("Varav fördelningen"),
        "mix",
        is_number=True,
        hint=_l("Delens andel av fallen har ändrats."),
    ),
    *_COUNTS,
    Col(_l("Utfall då"), _before, is_number=True),
)


def contributions_table(explanation: Explanation, names: Names) -> Component:
    """Return the parts with their numbers, then all of them together."""
    split = explanation.split
    if split is None:
        return html.Div()
    way = text.capital(names.way(explanation.question.by or ""))
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
    words = _("Fall som saknas") if is_missing(explanation) else _("Fall för många")
    return (
        Col(
            words,
            "cases",
            is_number=True,
            hint=_(
                "Så många fall från målet är delen, mätt mot helhetens mål. Minus är "
                "fall till godo. Raderna summerar till helheten."
            ),
        ),
        _CUMULATIVE,
        *_COUNTS,
        Col(_("Är det säkert?"), "evidence", hint=analysis_words.EVIDENCE_HINT),
    )


def _name(part: PartWords) -> Content:
    return link(part.name, part.href) if part.href else part.name


def remarks(explanation: Explanation) -> list[Component]:
    """Return what to know of the parts, one short paragraph each."""
    split, row, aim = explanation.split, explanation.row, explanation.target_row
    if split is None or row is None:
        return []
    indicator = explanation.question.indicator
    sentences = []
    if split.gap and aim:
        words = outcome_words(indicator, aim).target
        sentences.append(f"{headings.TARGET}: {words}.")
    if split.pooled:
        sentences.append(pooled_parts(split.pooled))
    if explanation.silent:
        silent = [unit.name for unit in explanation.silent]
        sentences.append(
            ngettext(
                "{names} har inte rapporterat och är inte med.",
                "{names} har inte rapporterat och är inte med.",
                len(silent),
            ).format(names=text.listed(silent))
        )
    is_known = explanation.silent and row.reason == Reason.UNITS_MISSING
    if not is_known and (reason := outcome_words(indicator, row).reason):
        sentences.append(reason)
    known = (
        (
            explanation.is_other_whole,
            _(
                "Delarna räknas för sig i källan. Här är helheten summan av dem, som "
                "kan skilja sig från indikatorns utfall."
            ),
        ),
        (
            explanation.has_break,
            _(
                "Mellan perioderna finns ett brott. Då är de inte jämförbara, och "
                "förändringen kan bero på det."
            ),
        ),
    )
    sentences += [str(words) for is_so, words in known if is_so]
    return [html.P(sentence, className="muted") for sentence in sentences]
