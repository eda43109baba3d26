"""The choices that several pages offer, and the way to a unit."""

from collections.abc import Iterable

from dash.development.base_component import Component

from app.address import unit_address
from app.design.components import Choice, link
from app.queries.frame import Frame
from app.queries.units import UnitRow, UnitTree
from app.words import headings, text
from app.words.language import of
from kpi.period import Period

_INDENT = "\N{NO-BREAK SPACE}" * 3


def unit_choice(frame: Frame, chosen: str) -> Choice:
    """Return the choice of a unit; ended ones only if one is chosen."""
    options = [
        (one.unit_id, _indent(one, chosen) + one.name + _ended_words(frame, one))
        for one in frame.units
        if one.unit_id == chosen or not one.has_ended(frame.build.as_of)
    ]
    return Choice("unit", headings.UNIT_FIELD, options, chosen)


def _indent(one: UnitRow, chosen: str) -> str:
    # The one that is chosen stands in the closed list, by itself.
    return "" if one.unit_id == chosen else _INDENT * (one.depth or 0)


def _ended_words(frame: Frame, one: UnitRow) -> str:
    is_over = one.has_ended(frame.build.as_of)
    return f" ({headings.ENDED})" if is_over else ""


def stood_in(one: UnitRow, quarter: Period) -> bool:
    """Say whether a unit was there on any day of a quarter."""
    return not one.has_ended(quarter.first_day) and one.valid_from <= quarter.last_day


def indicator_choice(frame: Frame, chosen: str) -> Choice:
    """Return the choice of an indicator."""
    options = [(one.id, of(one.name)) for one in frame.definitions.indicators]
    return Choice("indicator", headings.NAME, options, chosen)


def quarter_choice(
    frame: Frame, chosen: Period, label: str = headings.QUARTER_FIELD
) -> Choice:
    """Return the choice of a quarter, the latest first."""
    quarters = frame.build.quarters() or [chosen]
    if chosen not in quarters:
        quarters = sorted([*quarters, chosen], key=lambda one: one.first)
    options = [(str(one), text.period_words(one)) for one in reversed(quarters)]
    return Choice("period", label, options, str(chosen))


def optional(
    name: str, label: str, options: Iterable[tuple[str, str]], chosen: str | None
) -> Choice:
    """Return a choice that may be left open."""
    return Choice(name, label, [("", headings.EVERY), *options], chosen)


def way_to(units: UnitTree, unit_id: str, period: str | None = None) -> list[Component]:
    """Return the units above a unit as links, the highest first."""
    return [
        link(one.name, unit_address(one.unit_id, period))
        for one in units.ancestors(unit_id)
    ]
