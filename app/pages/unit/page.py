"""`/enhet/<unit>`: a unit's own indicators, its place and its history."""

from collections import Counter
from collections.abc import Sequence

from dash.development.base_component import Component

from app.address import SOURCES, Selection, address, overview_address, unit_address
from app.design import missing
from app.design.choices import quarter_choice, stood_in, way_to
from app.design.components import (
    facts,
    filter_bar,
    heading,
    link,
    links,
    notice,
    section,
)
from app.design.visit import Visit
from app.outcome.card import Card
from app.outcome.latest import by_indicator, quarter_spans, trend_spans
from app.outcome.parts import card, lines
from app.outcome.question import judged_of
from app.pages.unit import answer
from app.pages.unit import words as present
from app.pages.unit.words import Cards, older_words, without_value_words
from app.queries.frame import Frame
from app.queries.outcomes import outcomes_within, statuses_within
from app.queries.units import UnitRow, unit_versions
from app.web import html
from app.words import headings, text
from app.words import totals as words_totals
from app.words.language import gettext as _
from kpi.period import Period

PATH_TEMPLATE = "/enhet/<unit>"
NAME = headings.UNIT
HELP = "help"
ANSWERS = (answer.UNITS,)


def content(visit: Visit) -> Component:
    """Return the page's main content."""
    reader, frame = visit.reader, visit.frame
    unit, quarter = visit.unit_named(visit.path["unit"]), visit.quarter
    region = frame.units.kolada_id(unit.unit_id)
    indicators = [
        indicator.in_region(region) for indicator in frame.definitions.indicators
    ]
    kin = [relative.unit_id for relative in _kin(frame, unit, quarter)]
    trends = trend_spans(indicators, quarter)
    rows = by_indicator(outcomes_within(reader, trends, [unit.unit_id]))
    judged = judged_of(reader, frame, quarter, unit)
    peers = statuses_within(reader, quarter_spans(indicators, quarter), kin)
    versions = unit_versions(reader, unit.unit_id)
    kin_words = text.UNIT_KINDS.get(unit.kind, unit.kind)
    cards = present.cards(
        indicators,
        unit.unit_id,
        quarter,
        rows,
        peers,
        kin_words,
        judged,
        frame.build,
        frame.units.name,
    )
    others = present.without_value(indicators, unit.unit_id, quarter, rows)
    kind = text.UNIT_KIND.get(unit.kind, unit.kind)
    return html.Div(
        [
            heading(
                unit.name,
                f"{text.capital(kind)}, {text.period_words(quarter)}",
                over=way_to(frame.units, unit.unit_id, str(quarter)),
            ),
            _ended(frame, unit),
            filter_bar(
                unit_address(unit.unit_id),
                [quarter_choice(frame, quarter)],
                headings.APPLY,
            ),
            visit.notice_of_quarter(_way(unit)),
            _indicators(frame, unit, quarter, cards, others),
            _about(frame, unit, quarter, versions, present.latest_month(rows)),
        ]
    )


def _way(unit: UnitRow) -> missing.Way:
    return lambda period: unit_address(unit.unit_id, period)


def _kin(frame: Frame, unit: UnitRow, quarter: Period) -> list[UnitRow]:
    """Return the units of the same kind that stood beside this one in a quarter.

    A unit that has been replaced is counted within its successor already.
    """
    there = {
        other.unit_id: other
        for other in frame.units
        if other.kind == unit.kind and stood_in(other, quarter)
    }
    there.pop(unit.replaced_by or "", None)
    return [other for other in there.values() if other.replaced_by not in there]


def _ended(frame: Frame, unit: UnitRow) -> Component | None:
    if not unit.has_ended(frame.build.as_of):
        return None
    follower = frame.units.find(unit.replaced_by)
    more: list[Component] = []
    if follower:
        words = _("Historiken följer med till {name}.").format(name=follower.name)
        more = [link(words, unit_address(follower.unit_id))]
    return notice(
        _("Enheten upphörde {day}.").format(day=text.day(unit.valid_to)), *more
    )


def _indicators(
    frame: Frame,
    unit: UnitRow,
    quarter: Period,
    cards: Cards,
    others: Sequence[tuple[str, str]],
) -> Component | None:
    every = cards.every()
    if not every and not others:
        return missing.no_outcomes(frame, unit, quarter, _way(unit))
    as_table = overview_address(Selection(unit=unit.unit_id, period=str(quarter)))
    summary = html.Summary(without_value_words(len(others)))
    totals = words_totals.totals_line(
        len(every) + len(others),
        Counter(shown_card.words.status for shown_card in every),
    )
    older = older_words(sum(shown_card.is_older for shown_card in every))
    return section(
        _("Enhetens indikatorer"),
        html.P([f"{totals} {older} ", link(_("Som tabell i översikten"), as_table)]),
        _cards(cards.first) if cards.first else None,
        *(_folded(*group) for group in cards.untargeted),
        html.Details([summary, links(others)]) if others else None,
    )


def _cards(some: Sequence[Card]) -> Component:
    return html.Div([card(shown_card) for shown_card in some], className="cards")


def _folded(group: str, some: Sequence[Card]) -> Component:
    summary = html.Summary(
        _("{group}, utan målvärde ({number})").format(group=group, number=len(some))
    )
    return html.Details([summary, _cards(some)])


def _about(
    frame: Frame,
    unit: UnitRow,
    quarter: Period,
    versions: Sequence[UnitRow],
    latest_month: int | None,
) -> Component:
    units = frame.units
    parent = units.find(unit.parent_id)
    before = [
        _("{name}, under {parent}, t.o.m. {day}").format(
            name=version.name,
            parent=units.name(version.parent_id or ""),
            day=text.day(version.valid_to),
        )
        for version in versions[:-1]
    ]
    below = [
        html.Li(link(child.name, unit_address(child.unit_id, str(quarter))))
        for child in units.children(unit.unit_id)
        if not child.has_ended(frame.build.as_of)
    ]
    pairs = (
        (_("Typ"), text.UNIT_KIND.get(unit.kind, unit.kind)),
        (
            _("Hör till"),
            link(parent.name, unit_address(parent.unit_id)) if parent else None,
        ),
        (
            _("Underliggande enheter"),
            html.Ul(below, className="links") if below else None,
        ),
        (_("Tidigare namn och plats"), lines(before) or None),
        (
            _("Ersätter"),
            lines(
                [predecessor.name for predecessor in units.predecessors(unit.unit_id)]
            )
            or None,
        ),
        (_("Senaste utfall"), text.month(latest_month) if latest_month else None),
        (
            _("Underlag"),
            link(
                _("Täckning och leveranser"),
                address(SOURCES, {"unit": unit.unit_id}),
            ),
        ),
    )
    return section(_("Om enheten"), facts(pairs))
