"""What is asked of the analysis -> what is read for it and found in it."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection

from app.analysis.deviations import Judged, Order, Signals, in_order, signals_of
from app.queries.definitions import Build
from app.queries.frame import Frame
from app.queries.units import UnitRow
from app.queries.verdicts import verdicts_in
from kpi.model import Direction
from kpi.period import Period, last_month_over


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
    connection: Connection,
    frame: Frame,
    quarter: Period,
    units: Sequence[str] | None = None,
) -> list[Judged]:
    """Return every indicator that has a better direction, judged in a quarter.

    A neutral one has neither a target to miss nor a worse direction.

    Args:
        connection: To the warehouse.
        frame: What was read first.
        quarter: The quarter looked at.
        units: Only in these; None for all that there still are.
    """
    indicators = {
        one.id: one
        for one in frame.definitions.indicators
        if one.direction is not Direction.NEUTRAL
    }
    there = {
        one.unit_id: one for one in frame.units if not one.has_ended(quarter.first_day)
    }
    found = verdicts_in(connection, frame.build.build_id, quarter, units)
    return [
        Judged(
            indicators[one.outcome.indicator],
            there[one.outcome.unit],
            *(one.outcome, one.verdict, one.missed),
        )
        for one in found
        if one.outcome.indicator in indicators and one.outcome.unit in there
    ]


def judged_of(
    connection: Connection, frame: Frame, quarter: Period, unit: UnitRow
) -> dict[str, Judged]:
    """Return every indicator in one unit, judged in a quarter, by its id."""
    found = judged_in(connection, frame, quarter, [unit.unit_id])
    return {one.indicator.id: one for one in found}


def within(frame: Frame, top: UnitRow) -> list[UnitRow]:
    """Return a unit and all below it."""
    found = [top]
    for one in found:
        found += frame.units.children(one.unit_id)
    return found


def reach(build: Build) -> int:
    """Return the last month that has data and is over: later ones may still change."""
    over = last_month_over(build.as_of)
    return over if build.last_month is None else min(over, build.last_month)
