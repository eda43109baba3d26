"""What is asked of the analysis -> what is read for it and found in it."""

from collections import OrderedDict, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from weakref import WeakKeyDictionary

from sqlalchemy import Connection, Engine

from app.analysis.deviations import (
    Judged,
    Order,
    Signals,
    in_order,
    judged,
    signals_of,
)
from app.presenters.latest import kinds_in_order, quarter_spans
from app.queries.definitions import Build
from app.queries.frame import Frame, read_frame
from app.queries.outcomes import OutcomeRow, outcomes_within
from app.queries.series import SeriesKey, series_until
from app.queries.units import UnitRow
from kpi.definitions import Indicator
from kpi.errors import WarehouseError
from kpi.model import Direction
from kpi.period import Period, PeriodKind, month_number
from kpi.warehouse import Warehouse

_REMEMBERED = 8
"""Quarters; one takes about 3 MB in a region of 40 units."""

_judged: WeakKeyDictionary[
    Engine, OrderedDict[tuple[str, Period], tuple[Judged, ...]]
] = WeakKeyDictionary()


@dataclass(frozen=True, slots=True)
class Asked:
    """Which deviations; None leaves a choice open.

    Attributes:
        quarter: In which quarter.
        unit: In this unit and all below it.
        unit_kind: Only in units of this kind.
        area: Only indicators of this area.
        order: What comes first.
    """

    quarter: Period
    unit: UnitRow
    unit_kind: str | None = None
    area: str | None = None
    order: Order = Order.PATIENTS


def deviations(
    connection: Connection, frame: Frame, asked: Asked
) -> tuple[list[Judged], Signals]:
    """Return the deviations asked for in their order, and how sure the signals are."""
    chosen = judged_within(connection, frame, asked)
    found = in_order((one for one in chosen if one.is_deviation), asked.order)
    return found, signals_of(chosen)


def judged_within(connection: Connection, frame: Frame, asked: Asked) -> list[Judged]:
    """Return every indicator in every unit asked for, judged."""
    units = {one.unit_id for one in within(frame, asked.unit)}
    return [
        one
        for one in judged_in(connection, frame, asked.quarter)
        if one.unit.unit_id in units
        and asked.unit_kind in (None, one.unit.kind)
        and asked.area in (None, one.indicator.area)
    ]


def judged_in(
    connection: Connection, frame: Frame, quarter: Period
) -> tuple[Judged, ...]:
    """Return every indicator in every unit, judged in a quarter.

    Remembered until the warehouse is replaced, which it is as a whole: reading and
    judging all series takes longer than everything else that a page does.
    """
    remembered = _judged.setdefault(connection.engine, OrderedDict())
    key = frame.build.build_id, quarter
    found = remembered.get(key)
    if found is None:
        spans = quarter_spans(_with_direction(frame), quarter)
        outcomes = outcomes_within(connection, frame.build.build_id, spans)
        found = tuple(_judge(connection, frame, quarter, list(frame.units), outcomes))
        remembered[key] = found
        while len(remembered) > _REMEMBERED:
            remembered.popitem(last=False)
    return found


def judge_ahead(warehouse: Warehouse) -> None:
    """Judge the newest quarter, so that the first who asks need not wait for it."""
    try:
        with warehouse.connect() as connection:
            frame = read_frame(connection)
            judged_in(connection, frame, frame.build.latest_quarter())
    except WarehouseError:
        return  # whoever asks is told


def judged_of(
    connection: Connection,
    frame: Frame,
    quarter: Period,
    unit: UnitRow,
    outcomes: Sequence[OutcomeRow],
) -> dict[str, Judged]:
    """Return every indicator in one unit, judged in a quarter, by the indicator's id.

    Does not wait for all other units to be judged.

    Args:
        connection: To the warehouse.
        frame: What was read first.
        quarter: The quarter looked at.
        unit: The unit.
        outcomes: Its own, with all that may stand for the quarter.
    """
    remembered = _judged.get(connection.engine, {}).get((frame.build.build_id, quarter))
    found = remembered or _judge(connection, frame, quarter, [unit], outcomes)
    return {one.indicator.id: one for one in found if one.unit.unit_id == unit.unit_id}


def _judge(
    connection: Connection,
    frame: Frame,
    quarter: Period,
    units: Sequence[UnitRow],
    outcomes: Iterable[OutcomeRow],
) -> list[Judged]:
    indicators = _with_direction(frame)
    units = [one for one in units if not one.has_ended(quarter.first_day)]
    build_id = frame.build.build_id
    of_unit: dict[SeriesKey, list[OutcomeRow]] = defaultdict(list)
    for row in outcomes:
        of_unit[row.indicator, row.unit].append(row)
    series = series_until(
        connection,
        build_id,
        min(quarter.last, reach(frame.build)),
        [one.id for one in indicators],
        [one.id for one in indicators if _is_seldom(kinds_in_order(one))],
        [one.unit_id for one in units],
    )
    regions = {one.unit_id: frame.units.kolada_id(one.unit_id) for one in units}
    by_region = {
        region: [one.in_region(region) for one in indicators]
        for region in set(regions.values())
    }
    found = (
        judged(quarter, indicator, unit, of_unit.get(key, ()), series.get(key, {}))
        for unit in units
        for indicator in by_region[regions[unit.unit_id]]
        for key in [(indicator.id, unit.unit_id)]
    )
    return [one for one in found if one]


def _with_direction(frame: Frame) -> list[Indicator]:
    # A neutral indicator has neither a target to miss nor a worse direction.
    return [
        one
        for one in frame.definitions.indicators
        if one.direction is not Direction.NEUTRAL
    ]


def _is_seldom(kinds: tuple[PeriodKind, ...]) -> bool:
    return kinds != (PeriodKind.QUARTER,)


def within(frame: Frame, top: UnitRow) -> list[UnitRow]:
    """Return a unit and all below it."""
    found = [top]
    for one in found:
        found += frame.units.children(one.unit_id)
    return found


def reach(build: Build) -> int:
    """Return the last month that has data and is over: later ones may still change."""
    running = Period.holding(PeriodKind.MONTH, build.as_of)
    is_over = running.last_day == build.as_of
    over = month_number(build.as_of) - (not is_over)
    return over if build.last_month is None else min(over, build.last_month)
