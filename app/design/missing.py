"""What pages say of what an address asks for and there is not."""

from collections.abc import Callable

from dash.development.base_component import Component

from app.address import (
    Selection,
    indicator_address,
    overview_address,
    unit_address,
    unit_id,
)
from app.design.choices import stood_in
from app.design.components import heading, link, links, notice
from app.queries.frame import Frame
from app.queries.units import UnitRow
from app.web import html
from app.words import headings, not_found, text
from app.words.language import of
from kpi.period import Period

Way = Callable[[str], str]
"""From a quarter as it is written to the same page's address in that quarter."""


def quarter_asked(
    frame: Frame, selection: Selection, way: Way
) -> tuple[Period, Component | None]:
    """Return the quarter to show, and a notice if it is not simply what was asked for.

    After the data the newest quarter is shown; before them there is nothing to show.
    """
    newest, known = frame.build.latest_quarter(), frame.build.quarters()
    quarter = selection.quarter(newest)
    if selection.period is None or quarter in known or not known:
        return quarter, None
    wanted = Period.parse(selection.period)
    words = text.period_words(wanted)
    if precedes_data(frame, quarter):
        reach = (text.period_words(known[0]), text.period_words(known[-1]))
        said = not_found.before_data(words, *reach)
        return quarter, notice(said, _to(newest, way))
    if wanted.first > known[-1].last:
        said = not_found.other_period(words, text.period_words(newest))
        return newest, notice(said)
    # A year whose last quarter is still to come.
    return known[-1], None


def precedes_data(frame: Frame, quarter: Period) -> bool:
    """Say whether a quarter was over before the first one with data."""
    known = frame.build.quarters()
    return bool(known) and quarter.last < known[0].first


def no_outcomes(
    frame: Frame, unit: UnitRow, quarter: Period, way: Way
) -> Component | None:
    """Return why a unit has no outcomes in a quarter, and where there are some.

    None before the data, where `quarter_asked` has said so.
    """
    if precedes_data(frame, quarter):
        return None
    if not stood_in(unit, quarter):
        there = [one for one in frame.build.quarters() if stood_in(unit, one)]
        nearest = sorted(there, key=lambda one: abs(one.first - quarter.first))[:1]
        said = not_found.not_there(unit.name, text.period_words(quarter))
        return notice(said, *(_to(one, way) for one in nearest))
    above = frame.units.ancestors(unit.unit_id)
    if not above:
        return notice(not_found.NO_INDICATORS)
    return html.Div(
        [
            notice(not_found.NO_INDICATORS, not_found.NO_INDICATORS_HELP),
            links((one.name, unit_address(one.unit_id)) for one in above),
        ]
    )


def _to(quarter: Period, way: Way) -> Component:
    return link(not_found.show(text.period_words(quarter)), way(str(quarter)))


def other_unit(written: str | None, shown: UnitRow) -> Component | None:
    """Return that an address names no unit at all; None if it may be one, or none."""
    if not written or unit_id(written):
        return None
    return notice(not_found.other_unit(shown.name))


def unknown_unit(frame: Frame, written: str) -> Component:
    """Return what a page says of a unit that does not exist."""
    top = [one for one in frame.units if (one.depth or 0) <= 1]
    return html.Div(
        [
            heading(not_found.NO_UNIT),
            notice(not_found.no_unit_help(written)),
            links((one.name, unit_address(one.unit_id)) for one in top[:20]),
        ]
    )


def unknown_indicator(frame: Frame, indicator: str) -> Component:
    """Return what a page says of an indicator that does not exist."""
    like = [
        one for one in frame.definitions.indicators if indicator.split("_")[0] in one.id
    ]
    return html.Div(
        [
            heading(not_found.NO_INDICATOR),
            notice(not_found.no_indicator_help(indicator)),
            links(
                [
                    (headings.OVERVIEW, overview_address(Selection())),
                    (not_found.EVERY_DEFINITION, "/om#definitioner"),
                    *((of(one.name), indicator_address(one.id)) for one in like[:10]),
                ]
            ),
        ]
    )
