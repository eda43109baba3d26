"""What is asked of the analysis -> what is read for it and found in it."""

from collections.abc import Iterable
from dataclasses import dataclass
from math import fsum

from app.outcome.deviations import Judged, Order, Signals, in_order
from app.queries.builds import Build
from app.queries.frame import Frame
from app.queries.reader import Reader
from app.queries.units import UnitRow
from app.queries.verdicts import (
    Part,
    VerdictRow,
    deviating_in,
    signals_in,
    verdicts_in,
)
from kpi import charting
from kpi.model import Direction
from kpi.period import Period
from kpi.spc.points import Variation


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


def deviations(reader: Reader, frame: Frame, asked: Asked) -> list[Judged]:
    """Return the deviations asked for in their order."""
    part = _part(frame, asked)
    found = deviating_in(reader, asked.quarter, part)
    return in_order(_judged(frame, found), asked.order)


def signals(reader: Reader, frame: Frame, asked: Asked) -> Signals:
    """Return how many series signal, and how many would by chance alone."""
    part = _part(frame, asked)
    said = signals_in(reader, asked.quarter, part)
    return Signals(
        charts=sum(number for number, _ in said.values()),
        worse=said.get(Variation.CONCERNING, (0, 0.0))[0],
        better=said.get(Variation.IMPROVING, (0, 0.0))[0],
        by_chance=fsum(by_chance for _, by_chance in said.values()),
    )


def judged_within(reader: Reader, frame: Frame, asked: Asked) -> list[Judged]:
    """Return every indicator in every unit asked for, judged.

    Units are in the order of the tree, and in each the indicators in that of the plans.
    """
    part = _part(frame, asked)
    found = _judged(frame, verdicts_in(reader, asked.quarter, part))
    units = {one.unit_id: at for at, one in enumerate(frame.units)}
    plans = {one.id: at for at, one in enumerate(frame.definitions.indicators)}
    return sorted(
        found, key=lambda one: (units[one.row.unit], plans[one.row.indicator])
    )


def judged_of(
    reader: Reader, frame: Frame, quarter: Period, unit: UnitRow
) -> dict[str, Judged]:
    """Return every indicator in one unit, judged in a quarter, by its id."""
    part = Part([] if unit.has_ended(quarter.first_day) else [unit.unit_id])
    found = verdicts_in(reader, quarter, part)
    return {one.indicator.id: one for one in _judged(frame, found)}


def _part(frame: Frame, asked: Asked) -> Part:
    """Return what is asked for, without units that have ended; None says all."""
    units = [
        one.unit_id
        for one in within(frame, asked.unit)
        if asked.unit_kind in (None, one.kind)
        and not one.has_ended(asked.quarter.first_day)
    ]
    of_area = [one.id for one in frame.definitions.indicators if one.area == asked.area]
    return Part(
        units if len(units) < len(list(frame.units)) else None,
        of_area if asked.area else None,
    )


def _judged(frame: Frame, found: Iterable[VerdictRow]) -> list[Judged]:
    """Return verdicts with what they are of.

    A neutral indicator has neither a target to miss nor a worse direction.
    """
    indicators = {
        one.id: one
        for one in frame.definitions.indicators
        if one.direction is not Direction.NEUTRAL
    }
    units = {one.unit_id: one for one in frame.units}
    return [
        Judged(indicators[row.indicator], units[row.unit], row, verdict, missed)
        for row, missed, verdict in found
        if row.indicator in indicators and row.unit in units
    ]


def within(frame: Frame, top: UnitRow) -> list[UnitRow]:
    """Return a unit and all below it."""
    found = [top]
    for one in found:
        found += frame.units.children(one.unit_id)
    return found


def reach(build: Build) -> int:
    """Return the last month that has data and is over: later ones may still change."""
    return charting.reach(build.as_of, build.last_month)
