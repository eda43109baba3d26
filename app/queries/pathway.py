"""Cases of the standardised cancer pathways: how long each step takes.

What identifies a person (sex, age, county, and the days themselves) is never selected.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Integer,
    Subquery,
    and_,
    case,
    func,
    or_,
    select,
    true,
    type_coerce,
)

from app.queries.counted import counts_for, has_columns, is_active
from app.queries.kept import kept
from app.queries.reader import Reader, Statement
from kpi import schema
from kpi.period import Period
from kpi.waiting import Wait

FACTS = schema.FACTS["svf_fall"]
NEVER_COUNTED = "kriterier_ej_uppfyllda"
"""The suspicion was never well-founded: in no account of the pathways."""
OUTSIDE_CARE = ("PvV", "MoV")
"""Waits by the patient's choice or for medical reasons."""


class Step(StrEnum):
    """A part of a pathway, and the whole."""

    FIRST_VISIT = "first_visit"
    CONFERENCE = "conference"
    DECISION = "decision"
    START = "start"
    WHOLE = "whole"


STEPS = tuple(step for step in Step if step is not Step.WHOLE)
_EDGES = (
    FACTS.c.datum_valgrundad_misstanke,
    FACTS.c.datum_forsta_besok,
    FACTS.c.datum_mdk,
    FACTS.c.datum_behandlingsbeslut,
    FACTS.c.datum_avslut,
)
_SINCE_UNTIL = {step: (_EDGES[at], _EDGES[at + 1]) for at, step in enumerate(STEPS)} | {
    Step.WHOLE: (_EDGES[0], _EDGES[-1])
}


@dataclass(frozen=True, slots=True)
class Cases:
    """Which cases are looked at.

    Attributes:
        unit: In this unit and all below it.
        svf: Of this pathway; None for all.
        is_local: Without those that waited by their own choice or for medical reasons.
    """

    unit: str
    svf: str | None = None
    is_local: bool = False


@dataclass(frozen=True, slots=True)
class StepTime:
    """How long one step took.

    Attributes:
        step: Which one.
        cases: With both of its dates, in order.
        median: Days; None without cases.
        p90: Days within which nine in ten took it; None without cases.
        missing: Cases without one of the dates.
        backwards: Cases whose second date is before the first.
    """

    step: Step
    cases: int
    median: float | None
    p90: float | None
    missing: int
    backwards: int


@dataclass(frozen=True, slots=True)
class Within:
    """How many ended within their maximum, of those that the measure counts."""

    within: int
    counted: int


@dataclass(frozen=True, slots=True)
class Taken:
    """What the pathways took that ended in a period.

    Attributes:
        cases: How many, in a way that the measure counts.
        national: How many ended in time, whatever they waited for.
        local: The same of those that waited for care alone.
        steps: Each step, and the whole.
    """

    cases: int
    national: Within
    local: Within
    steps: tuple[StepTime, ...]


NOTHING_TAKEN = Taken(
    0,
    Within(0, 0),
    Within(0, 0),
    tuple(StepTime(step, 0, None, None, 0, 0) for step in Step),
)


def days_between(
    since: ColumnElement[Any], until: ColumnElement[Any]
) -> ColumnElement[int]:
    """Return the calendar days from one date to another."""
    return type_coerce(until - since, Integer)


def are_chosen(reader: Reader, cases: Cases) -> ColumnElement[bool]:
    """Return whether a case is one of those looked at."""
    wanted = [
        counts_for(reader, FACTS, cases.unit),
        FACTS.c.avslut.is_distinct_from(NEVER_COUNTED),
    ]
    if cases.svf:
        wanted.append(FACTS.c.svf == cases.svf)
    if cases.is_local:
        wanted.append(_waited_for_care(reader))
    return and_(*wanted)


def _waited_for_care(reader: Reader) -> ColumnElement[bool]:
    of_care = FACTS.c.avvikelse.is_(None) | FACTS.c.avvikelse.not_in(OUTSIDE_CARE)
    return and_(of_care, has_columns(reader, FACTS, ["avvikelse"]))


def ended_in(period: Period) -> ColumnElement[bool]:
    """Return whether a case ended in a period, in a way that the measure counts."""
    return and_(
        FACTS.c.ar_matbart_avslut,
        FACTS.c.first_month >= period.first,
        FACTS.c.last_month <= period.last,
    )


def days_of_steps() -> tuple[ColumnElement[int], ...]:
    """Return the days of each of `STEPS`; null without both dates."""
    return tuple(days_between(*_SINCE_UNTIL[step]).label(str(step)) for step in STEPS)


@kept
def last_day_told(reader: Reader) -> date | None:
    """Return the last day that the files tell of; None without cases."""
    load, of_build = schema.load.c, schema.build_load.c
    statement = (
        select(func.max(load.last_day))
        .join_from(schema.load, schema.build_load, of_build.load_id == load.load_id)
        .where(of_build.build_id == reader.build_id, load.dataset == FACTS.name)
    )
    return reader.connection.execute(statement).scalar()


def taken_in(reader: Reader, cases: Cases, periods: Sequence[Period]) -> list[Taken]:
    """Return what pathways took that ended in each period.

    Args:
        reader: What to read.
        cases: Which ones; how many ended in time is told of both views.
        periods: None of which share a month.
    """
    number = case(*((ended_in(period), at) for at, period in enumerate(periods)))
    of_care = _waited_for_care(reader)
    is_asked = of_care if cases.is_local else true()
    counted = FACTS.c.ingar_i_ledtid
    amounts: list[ColumnElement[Any]] = [
        func.count().filter(is_asked),
        func.count().filter(counted, FACTS.c.inom_max),
        func.count().filter(counted),
        func.count().filter(counted, FACTS.c.inom_max, of_care),
        func.count().filter(counted, of_care),
    ]
    for since, until in _SINCE_UNTIL.values():
        days = days_between(since, until)
        in_order = case((and_(is_asked, days >= 0), days))
        amounts += [
            func.count(in_order),
            func.percentile_cont(0.5).within_group(in_order),
            func.percentile_cont(0.9).within_group(in_order),
            func.count().filter(is_asked, days.is_(None)),
            func.count().filter(is_asked, days < 0),
        ]
    statement = (
        select(number, *amounts)
        .where(
            are_chosen(reader, replace(cases, is_local=False)),
            or_(*(ended_in(period) for period in periods)),
        )
        .group_by(number)
    )
    takens = [NOTHING_TAKEN for _ in periods]
    for at, *row in reader.connection.execute(statement):
        steps = (row[5 * place : 5 * place + 5] for place in range(1, len(Step) + 1))
        times = zip(_SINCE_UNTIL, steps, strict=True)
        takens[at] = Taken(
            row[0],
            Within(row[1], row[2]),
            Within(row[3], row[4]),
            tuple(StepTime(step, *amount) for step, amount in times),
        )
    return takens


def step_days(
    reader: Reader, cases: Cases, periods: Sequence[Period], step: Step
) -> list[list[Wait]]:
    """Return how many cases of each period took a step in how many days."""
    number = case(*((ended_in(period), at) for at, period in enumerate(periods)))
    days = days_between(*_SINCE_UNTIL[step]).label("days")
    statement = (
        select(number, days, func.count())
        .where(
            are_chosen(reader, cases),
            or_(*(ended_in(period) for period in periods)),
            days >= 0,
        )
        .group_by(number, days)
    )
    waits: list[list[Wait]] = [[] for _ in periods]
    for at, taken, count in reader.connection.execute(statement):
        waits[at].append(Wait(taken, True, count))
    return waits


def waits(reader: Reader, cases: Cases, period: Period, until: date) -> list[Wait]:
    """Return how long the cases suspected in a period waited, or have waited so far.

    However a case ended, its patient has stopped waiting; only open ones still wait.

    Args:
        reader: What to read.
        cases: Which ones.
        period: In which the suspicion was found well-founded.
        until: The day on which open ones are still open.
    """
    since = FACTS.c.datum_valgrundad_misstanke
    days = days_between(since, func.coalesce(FACTS.c.datum_avslut, until))
    statement = (
        select(days.label("days"), FACTS.c.ar_oppen, func.count())
        .where(
            are_chosen(reader, cases),
            since.between(period.first_day, min(period.last_day, until)),
        )
        .group_by("days", FACTS.c.ar_oppen)
    )
    return [
        Wait(row[0], not row[1], row[2]) for row in reader.connection.execute(statement)
    ]


def known_well(reader: Reader, cases: Cases, minimum: int, until: Period) -> Subquery:
    """Return the units and pathways whose cases may be listed one by one.

    Whoever knows at which unit and for what somebody was investigated must not find the
    one case that it can be. So there have to be enough of them within twelve months.
    """
    statement: Statement = (
        select(FACTS.c.enhet_id, FACTS.c.svf)
        .where(
            is_active(reader, FACTS),
            FACTS.c.avslut.is_distinct_from(NEVER_COUNTED),
            FACTS.c.first_month.between(until.last - 11, until.last),
        )
        .group_by(FACTS.c.enhet_id, FACTS.c.svf)
        .having(func.count() >= minimum)
    )
    return statement.subquery("known_well")
