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
class Question:
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


def deviations(reader: Reader, frame: Frame, question: Question) -> list[Judged]:
    """Return the deviations asked for in their order."""
    part = _part(frame, question)
    verdicts = deviating_in(reader, question.quarter, part)
    return in_order(_judged(frame, verdicts), question.order)


def signals(reader: Reader, frame: Frame, question: Question) -> Signals:
    """Return how many series signal, and how many would by chance alone."""
    part = _part(frame, question)
    counted = signals_in(reader, question.quarter, part)
    return Signals(
        charts=sum(number for number, _ in counted.values()),
        worse=counted.get(Variation.CONCERNING, (0, 0.0))[0],
        better=counted.get(Variation.IMPROVING, (0, 0.0))[0],
        by_chance=fsum(by_chance for _, by_chance in counted.values()),
    )


def judged_within(reader: Reader, frame: Frame, question: Question) -> list[Judged]:
    """Return every indicator in every unit asked for, judged.

    Units are in the order of the tree, and in each the indicators in that of the plans.
    """
    part = _part(frame, question)
    judged = _judged(frame, verdicts_in(reader, question.quarter, part))
    units = {unit.unit_id: at for at, unit in enumerate(frame.units)}
    plans = {
        indicator.id: at for at, indicator in enumerate(frame.definitions.indicators)
    }
    return sorted(
        judged,
        key=lambda deviation: (
            units[deviation.row.unit],
            plans[deviation.row.indicator],
        ),
    )


def judged_of(
    reader: Reader, frame: Frame, quarter: Period, unit: UnitRow
) -> dict[str, Judged]:
    """Return every indicator in one unit, judged in a quarter, by its id."""
    part = Part([] if unit.has_ended(quarter.first_day) else [unit.unit_id])
    verdicts = verdicts_in(reader, quarter, part)
    return {deviation.indicator.id: deviation for deviation in _judged(frame, verdicts)}


def _part(frame: Frame, question: Question) -> Part:
    """Return what is asked for, without units that have ended; None says all."""
    units = [
        unit.unit_id
        for unit in within(frame, question.unit)
        if question.unit_kind in (None, unit.kind)
        and not unit.has_ended(question.quarter.first_day)
    ]
    of_area = [
        indicator.id
        for indicator in frame.definitions.indicators
        if indicator.area == question.area
    ]
    return Part(
        units if len(units) < len(list(frame.units)) else None,
        of_area if question.area else None,
    )


def _judged(frame: Frame, verdicts: Iterable[VerdictRow]) -> list[Judged]:
    """Return verdicts with what they are of.

    A neutral indicator has neither a target to miss nor a worse direction.
    """
    indicators = {
        indicator.id: indicator
        for indicator in frame.definitions.indicators
        if indicator.direction is not Direction.NEUTRAL
    }
    units = {unit.unit_id: unit for unit in frame.units}
    return [
        Judged(indicators[row.indicator], units[row.unit], row, verdict, missed)
        for row, missed, verdict in verdicts
        if row.indicator in indicators and row.unit in units
    ]


def within(frame: Frame, top: UnitRow) -> list[UnitRow]:
    """Return a unit and all below it."""
    units = [top]
    for unit in units:
        units += frame.units.children(unit.unit_id)
    return units


def reach(build: Build) -> int:
    """Return the last month that has data and is over: later ones may still change."""
    return charting.reach(build.as_of, build.last_month)
