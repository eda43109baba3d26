"""Which maximum lead times are missing, by how many ended pathways they leave out."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, select, type_coerce
from sqlalchemy.types import Integer

from kpi import schema
from kpi.definitions import Indicator
from kpi.period import Period, PeriodKind
from kpi.suppression import withheld

FACTS = schema.FACTS["svf_fall"]
MONTHS = 12


@dataclass(frozen=True, slots=True)
class Without:
    """Ended pathways of twelve months that have no maximum, as they were counted.

    Attributes:
        ended: Of the same pathway in the same months, whatever their ending.
    """

    svf: str
    ending: str
    is_extended: bool
    cases: int
    ended: int


@dataclass(frozen=True, slots=True)
class MissingMaximum:
    """A maximum that a register lacks, and what that leaves out of the lead times.

    Attributes:
        svf: The pathway's slug.
        is_extended: After extended investigation.
        cases: Ended pathways without it; None where that is not told.
        ended: All ended pathways of the same svf in the same months; None with `cases`.
    """

    svf: str
    ending: str
    is_extended: bool
    cases: int | None
    ended: int | None

    @property
    def share_per_cent(self) -> float | None:
        """How many per cent of the pathway's are left out; None where not told."""
        if self.cases is None or self.ended is None:
            return None
        return 100 * self.cases / self.ended


def fewest(indicators: Iterable[Indicator]) -> int:
    """Return the fewest cases that every indicator counted from cases shows; 1 if none.

    Args:
        indicators: All that are defined.
    """
    return max(
        (
            indicator.minimum_denominator
            for indicator in indicators
            if indicator.measure and indicator.measure.dataset == FACTS.name
        ),
        default=1,
    )


def last_ended(are_active: ColumnElement[bool]) -> Select[date | None]:
    """Return the query for the last day that a pathway of the measure ended on.

    Args:
        are_active: Which of `FACTS` count.
    """
    return select(func.max(FACTS.c.datum_avslut)).where(
        are_active, FACTS.c.ar_matbart_avslut
    )


def twelve_months(last: date) -> Period:
    """Return the twelve calendar months that end with the month of a day."""
    month = Period.holding(PeriodKind.MONTH, last)
    return Period(PeriodKind.ROLLING, month.first - MONTHS + 1, month.first)


def without_maximum(
    are_active: ColumnElement[bool], months: Period
) -> Select[*tuple[Any, ...]]:
    """Return the query for `Without`, of ended pathways that the measure is about.

    Args:
        are_active: Which of `FACTS` count.
        months: In which they ended.
    """
    lacking = type_coerce(func.count().filter(~FACTS.c.ingar_i_ledtid), Integer).label(
        "cases"
    )
    columns = (FACTS.c.svf, FACTS.c.avslut, FACTS.c.utokad_utredning)
    of_ending = (
        select(
            *columns,
            lacking,
            type_coerce(
                func.sum(func.count()).over(partition_by=FACTS.c.svf), Integer
            ).label("ended"),
        )
        .where(
            and_(
                are_active,
                FACTS.c.ar_matbart_avslut,
                FACTS.c.datum_avslut.between(months.first_day, months.last_day),
            )
        )
        .group_by(*columns)
        .subquery()
    )
    return select(of_ending).where(of_ending.c.cases > 0)


def missing_maxima(rows: Iterable[Without], minimum: int) -> list[MissingMaximum]:
    """Return the maxima that are missing, those that leave out most cases first.

    How many of a pathway have no maximum is told elsewhere, so its endings are parts
    of a known whole, and too few of one must not follow from the others. Those without
    a number stand last, by name: their place must not tell what their number would.

    Args:
        rows: Those of every pathway and ending.
        minimum: The fewest that may be told, at least 1.
    """
    known: list[MissingMaximum] = []
    by_name = sorted(rows, key=lambda row: (row.svf, row.ending, row.is_extended))
    for _, group in groupby(by_name, key=lambda row: row.svf):
        of_pathway = list(group)
        hidden = withheld([row.cases for row in of_pathway], minimum)
        known += [
            MissingMaximum(
                row.svf,
                row.ending,
                row.is_extended,
                None if at in hidden else row.cases,
                None if at in hidden else row.ended,
            )
            for at, row in enumerate(of_pathway)
        ]
    return sorted(known, key=lambda missing: -(missing.cases or 0))
