"""The choices that several pages offer, and what stands where there is nothing."""

from collections.abc import Iterable

from dash import html
from dash.development.base_component import Component

from app import text, text_pages
from app.components import Choice, heading, link, links, notice
from app.language import of
from app.queries.frame import Frame
from app.queries.units import UnitRow, UnitTree
from app.selection import Selection, indicator_address, overview_address, unit_address
from kpi.period import Period

_INDENT = "\N{NO-BREAK SPACE}" * 3


def unit_choice(frame: Frame, chosen: str) -> Choice:
    """Return the choice of a unit; ended ones only if one is chosen."""
    options = [
        (one.unit_id, _INDENT * (one.depth or 0) + one.name + _ended_words(frame, one))
        for one in frame.units
        if one.unit_id == chosen or not one.has_ended(frame.build.as_of)
    ]
    return Choice("unit", text_pages.UNIT_FIELD, options, chosen)


def _ended_words(frame: Frame, one: UnitRow) -> str:
    is_over = one.has_ended(frame.build.as_of)
    return f" ({text_pages.ENDED})" if is_over else ""


def stood_in(one: UnitRow, quarter: Period) -> bool:
    """Say whether a unit was there on any day of a quarter."""
    return not one.has_ended(quarter.first_day) and one.valid_from <= quarter.last_day


def quarter_choice(frame: Frame, chosen: Period) -> Choice:
    """Return the choice of a quarter, the latest first."""
    quarters = frame.build.quarters() or [chosen]
    if chosen not in quarters:
        quarters = sorted([*quarters, chosen], key=lambda one: one.first)
    options = [(str(one), text.period_words(one)) for one in reversed(quarters)]
    return Choice("period", text_pages.QUARTER_FIELD, options, str(chosen))


def optional(
    name: str, label: str, options: Iterable[tuple[str, str]], chosen: str | None
) -> Choice:
    """Return a choice that may be left open."""
    return Choice(name, label, [("", text_pages.EVERY), *options], chosen)


def way_to(units: UnitTree, unit_id: str, period: str | None = None) -> list[Component]:
    """Return the units above a unit as links, the highest first."""
    return [
        link(one.name, unit_address(one.unit_id, period))
        for one in units.ancestors(unit_id)
    ]


def unknown_unit(frame: Frame, unit_id: str) -> Component:
    """Return what a page says of a unit that does not exist."""
    top = [one for one in frame.units if (one.depth or 0) <= 1]
    return html.Div(
        [
            heading(text_pages.NO_UNIT),
            notice(text_pages.no_unit_help(unit_id)),
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
            heading(text_pages.NO_INDICATOR),
            notice(text_pages.no_indicator_help(indicator)),
            links(
                [
                    (text_pages.OVERVIEW, overview_address(Selection())),
                    *((of(one.name), indicator_address(one.id)) for one in like[:10]),
                ]
            ),
        ]
    )
