"""The choices that several pages offer, and the way to a unit."""

from collections.abc import Collection, Iterable

from dash.development.base_component import Component

from app.address import unit_address
from app.design.components import Choice, link
from app.queries.frame import Frame
from app.queries.units import UnitRow, UnitTree
from app.words import headings, text
from app.words.language import gettext as _
from app.words.language import of
from kpi.period import MONTHS_IN, Period, PeriodKind

_INDENT = "\N{NO-BREAK SPACE}" * 3


def unit_choice(frame: Frame, chosen: str) -> Choice:
    """Return the choice of a unit; ended ones only if one is chosen."""
    options = [
        (unit.unit_id, _indent(unit, chosen) + unit.name + _ended_words(frame, unit))
        for unit in frame.units
        if unit.unit_id == chosen or not unit.has_ended(frame.build.as_of)
    ]
    return Choice("unit", headings.UNIT_FIELD, options, chosen)


def _indent(unit: UnitRow, chosen: str) -> str:
    # The one that is chosen stands in the closed list, by itself.
    return "" if unit.unit_id == chosen else _INDENT * (unit.depth or 0)


def _ended_words(frame: Frame, unit: UnitRow) -> str:
    ended = _("upphörd")
    is_over = unit.has_ended(frame.build.as_of)
    return f" ({ended})" if is_over else ""


def stood_in(unit: UnitRow, quarter: Period) -> bool:
    """Say whether a unit was there on any day of a quarter."""
    return not unit.has_ended(quarter.first_day) and unit.valid_from <= quarter.last_day


def indicator_choice(frame: Frame, chosen: str) -> Choice:
    """Return the choice of an indicator."""
    options = [
        (indicator.id, of(indicator.name)) for indicator in frame.definitions.indicators
    ]
    return Choice("indicator", headings.NAME, options, chosen)


def quarter_choice(
    frame: Frame, chosen: Period, label: str = headings.QUARTER_FIELD
) -> Choice:
    """Return the choice of a quarter, the latest first."""
    quarters = frame.build.quarters() or [chosen]
    if chosen not in quarters:
        quarters = sorted([*quarters, chosen], key=lambda period: period.first)
    options = [
        (str(period), text.period_words(period)) for period in reversed(quarters)
    ]
    return Choice("period", label, options, str(chosen))


def period_choice(frame: Frame, chosen: Period) -> Choice:
    """Return the choice of a quarter, a tertial or a year, each the latest first."""
    periods = [
        *reversed(frame.build.quarters()),
        *_periods_over(frame, PeriodKind.TERTIAL),
        *_periods_over(frame, PeriodKind.YEAR),
    ]
    if chosen not in periods:
        periods = [chosen, *periods]
    options = [(str(period), text.period_words(period)) for period in periods]
    return Choice("period", headings.PERIOD, options, str(chosen))


def _periods_over(frame: Frame, kind: PeriodKind) -> list[Period]:
    """Return the periods of a kind that end within the data, the latest first."""
    quarters = frame.build.quarters()
    if not quarters:
        return []
    period = Period.holding(kind, quarters[-1].last_day)
    if period.last > quarters[-1].last:
        period = period.shifted(-1)
    number = max(0, (period.last - quarters[0].first + 1) // MONTHS_IN[kind])
    return [period.shifted(-step) for step in range(number)]


def optional(
    name: str, label: str, options: Iterable[tuple[str, str]], chosen: str | None
) -> Choice:
    """Return a choice that may be left open."""
    return Choice(name, label, [("", headings.EVERY), *options], chosen)


def of_indicators(
    name: str,
    label: str,
    options: Iterable[tuple[str, str]],
    there: Collection[str],
    chosen: str | None,
) -> Choice | None:
    """Return a choice of what indicators stand under; None where none stands under any.

    Args:
        name: In the address.
        label: What the choice is called.
        options: All that there may be, in their order.
        there: What there are indicators of, in the build.
        chosen: Offered even where there is none, so that it can be left.
    """
    offered = [(value, words) for value, words in options if value in {*there, chosen}]
    return optional(name, label, offered, chosen) if offered else None


def area_choice(frame: Frame, chosen: str | None) -> Choice | None:
    """Return the choice of an area that there are indicators of."""
    there = areas(frame)
    return of_indicators("area", headings.AREA_FIELD, text.AREA.items(), there, chosen)


def areas(frame: Frame) -> set[str]:
    """Return the areas that there are indicators of."""
    return {indicator.area for indicator in frame.definitions.indicators}


def way_to(units: UnitTree, unit_id: str, period: str | None = None) -> list[Component]:
    """Return the units above a unit as links, the highest first."""
    return [
        link(unit.name, unit_address(unit.unit_id, period))
        for unit in units.ancestors(unit_id)
    ]
