"""What stands for a quarter and what its control chart says, as the build judged it."""

from collections.abc import Sequence
from functools import lru_cache
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, func, literal, or_, select

from app.queries.outcomes import OutcomeRow, one_of
from app.queries.reader import Reader, Statement
from kpi import schema
from kpi.assessment import MISSED
from kpi.period import Period, PeriodKind
from kpi.spc.choice import Why
from kpi.spc.points import Assurance, ChartKind, Variation


class Verdict(NamedTuple):
    """What the chart of a series says, without the chart.

    Attributes:
        kind: The length of its periods.
        chart: How it is charted.
        why: Why so.
        variation: What the last point says; None without a chart, and where there is
            nothing to judge it by.
        assurance: What the target can expect; None where nothing can be said.
        false_alarms: How probable a signal at the last point is by chance alone; 0
            without a chart.
        points: Measured points after the last break.
        aimed: How many of them had a target; None unless the target of now lies
            within the limits.
        met: How many of those met it, each the one in force then; None as well.
    """

    kind: PeriodKind
    chart: ChartKind
    why: Why
    variation: Variation | None
    assurance: Assurance | None
    false_alarms: float
    points: int
    aimed: int | None
    met: int | None


class VerdictRow(NamedTuple):
    """One indicator in one unit in a quarter.

    Attributes:
        outcome: The one that stands for the quarter.
        missed: How many measured periods in a row, up to the outcome's own, the target
            has not been met; 0 if it is met or there is none.
        verdict: What the chart up to the quarter says; None if the last point of it is
            older than the quarter.
    """

    outcome: OutcomeRow
    missed: int
    verdict: Verdict | None


_TABLE = schema.verdict.c
_PARTS = ("by", "by_value")
_OUTCOME = [
    literal("") if name in _PARTS else _TABLE[name] for name in OutcomeRow._fields
]
_SAID = [
    _TABLE[name]
    for name in (
        *("missed", "series_kind", "chart", "why", "variation", "assurance"),
        *("false_alarms", "points", "aimed", "met"),
    )
]
_VERDICT = (*_OUTCOME, *_SAID)


class Part(NamedTuple):
    """Which verdicts of a quarter; None for all units or indicators."""

    units: Sequence[str] | None = None
    indicators: Sequence[str] | None = None


EVERY = Part()


def verdicts_in(
    reader: Reader, quarter: Period, part: Part = EVERY
) -> list[VerdictRow]:
    """Return what the build says of indicators in units in a quarter."""
    return _verdicts(reader, _within(_VERDICT, reader.build_id, quarter, part))


def deviating_in(
    reader: Reader, quarter: Period, part: Part = EVERY
) -> list[VerdictRow]:
    """Return only those that miss their target, or are getting worse."""
    statement = _within(_VERDICT, reader.build_id, quarter, part)
    is_worse = _TABLE.variation == Variation.CONCERNING
    return _verdicts(reader, statement.where(or_(_TABLE.status.in_(MISSED), is_worse)))


def signals_in(
    reader: Reader, quarter: Period, part: Part = EVERY
) -> dict[Variation, tuple[int, float]]:
    """Return how many charts say what, and how many signals chance alone would give."""
    columns = (_TABLE.variation, func.count(), func.sum(_TABLE.false_alarms))
    statement = (
        _within(columns, reader.build_id, quarter, part)
        .where(_TABLE.variation.is_not(None))
        .group_by(_TABLE.variation)
    )
    return {
        Variation(variation): (number, by_chance)
        for variation, number, by_chance in reader.connection.execute(statement)
    }


def _within(
    columns: Sequence[ColumnElement[Any]], build_id: str, quarter: Period, part: Part
) -> Statement:
    statement = select(*columns).where(
        _TABLE.build_id == build_id, _TABLE.quarter == str(quarter)
    )
    for column, wanted in (
        (_TABLE.unit, part.units),
        (_TABLE.indicator, part.indicators),
    ):
        if wanted is not None:
            statement = statement.where(one_of(column, wanted))
    return statement


def _verdicts(reader: Reader, statement: Statement) -> list[VerdictRow]:
    size = len(_OUTCOME)
    return [
        VerdictRow(
            OutcomeRow._make(row[:size]), row[size] or 0, _verdict(*row[size + 1 :])
        )
        for row in reader.connection.execute(statement).cursor.fetchall()
    ]


def _verdict(
    kind: str | None,
    chart: str,
    why: str,
    variation: str | None,
    assurance: str | None,
    false_alarms: float,
    points: int,
    aimed: int | None,
    met: int | None,
) -> Verdict | None:
    if kind is None:
        return None
    signs = _signs(kind, chart, why, variation, assurance)
    return Verdict(*signs, false_alarms, points, aimed, met)


@lru_cache(1024)  # a map has thousands of charts, which say the same few things
def _signs(
    kind: str, chart: str, why: str, variation: str | None, assurance: str | None
) -> tuple[PeriodKind, ChartKind, Why, Variation | None, Assurance | None]:
    return (
        PeriodKind(kind),
        ChartKind(chart),
        Why(why),
        Variation(variation) if variation else None,
        Assurance(assurance) if assurance else None,
    )
