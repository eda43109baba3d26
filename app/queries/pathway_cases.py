"""Cases of the pathways one by one, by pseudonym: ended ones, and open ones in time."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Date,
    Integer,
    Row,
    Subquery,
    and_,
    case,
    func,
    literal,
    or_,
    select,
    type_coerce,
)

from app.queries.pathway import (
    FACTS,
    Cases,
    are_chosen,
    days_between,
    days_of_steps,
    ended_in,
    known_well,
)
from app.queries.pathway_register import in_force
from app.queries.reader import Reader
from kpi.period import Period, PeriodKind


class Group(StrEnum):
    """Where an open case stands: the last word of every ending's maximum."""

    SOON = "soon"
    PASSED = "passed"
    LATER = "later"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class OpenCase:
    """An open case without what would tell who it is.

    Attributes:
        number: Its place in the list of its group. The id of the file may be one that
            others know a patient by, and would join what two views tell of a case.
        unit: Its id.
        svf: Its pathway.
        is_extended: After extended investigation, as registered so far.
        waited: Days since the suspicion.
        left: Days left to the next maximum; below 0 the days since the last one.
        reached: How many of the first visit, the conference and the decision have a
            date, each as yes or no.
    """

    group: Group
    number: int
    unit: str
    svf: str
    is_extended: bool
    waited: int
    left: int
    reached: tuple[bool, bool, bool]


@dataclass(frozen=True, slots=True)
class EndedCase:
    """An ended case without what would tell who it is.

    Attributes:
        number: Its place in the list; see `OpenCase`.
        days: From suspicion to end.
        max_days: Its maximum; None where the register has none.
        is_within: None where there is no maximum.
        steps: Days of each of `STEPS`; None without both dates.
    """

    number: int
    days: int
    max_days: int | None
    is_within: bool | None
    steps: tuple[int | None, ...]


@dataclass(frozen=True, slots=True)
class Listing:
    """Which cases may be listed, and when it is.

    Attributes:
        cases: Which ones are looked at.
        minimum: Fewer of a unit and pathway within a year are not listed.
        today: The day to count from.
        within: Days ahead.
    """

    cases: Cases
    minimum: int
    today: date
    within: int


def _open(reader: Reader, listing: Listing) -> Subquery:
    """Return the open cases that may be listed, each with the group it belongs to."""
    cases, today = listing.cases, listing.today
    month = Period.holding(PeriodKind.MONTH, today)
    known = known_well(reader, cases, listing.minimum, month)
    register = in_force(reader, today)
    columns = FACTS.c
    waited = days_between(columns.datum_valgrundad_misstanke, literal(today, Date))
    left = type_coerce(register.c.max_dagar - waited, Integer)
    last = func.max(left)
    coming = func.min(left).filter(left >= 0)
    is_same = and_(
        register.c.svf == columns.svf, register.c.utokad == columns.utokad_utredning
    )
    group = case(
        (last.is_(None), Group.UNKNOWN),
        (last < 0, Group.PASSED),
        (coming < listing.within, Group.SOON),
        else_=Group.LATER,
    )
    shown = (
        columns.fall_id,
        columns.enhet_id,
        columns.svf,
        columns.utokad_utredning,
        waited.label("waited"),
        columns.datum_forsta_besok.is_not(None).label("visited"),
        columns.datum_mdk.is_not(None).label("discussed"),
        columns.datum_behandlingsbeslut.is_not(None).label("decided"),
    )
    keys = (
        columns.fall_id,
        columns.enhet_id,
        columns.svf,
        columns.utokad_utredning,
        columns.datum_valgrundad_misstanke,
        columns.datum_forsta_besok,
        columns.datum_mdk,
        columns.datum_behandlingsbeslut,
    )
    return (
        select(*shown, func.coalesce(coming, last).label("left"), group.label("group"))
        .select_from(FACTS)
        .join(known, _is_of(known))
        .outerjoin(register, is_same)
        .where(
            are_chosen(reader, cases),
            columns.ar_oppen,
            columns.datum_valgrundad_misstanke <= today,
        )
        .group_by(*keys)
        .subquery("open_case")
    )


def _is_of(known: Subquery) -> ColumnElement[bool]:
    return and_(known.c.enhet_id == FACTS.c.enhet_id, known.c.svf == FACTS.c.svf)


def open_cases(
    reader: Reader, listing: Listing, first: Mapping[Group, int], most: int
) -> tuple[dict[Group, int], list[OpenCase]]:
    """Return how many open cases each group has, and a part of some of the groups.

    Args:
        reader: What to read.
        listing: Which cases.
        first: Of the groups to be listed: how many to pass over. The others are only
            counted.
        most: How many of each to return at most, in the order of days left.
    """
    cases = _open(reader, listing)
    columns = cases.c
    place = func.row_number().over(
        partition_by=columns.group, order_by=(columns.left, columns.fall_id)
    )
    count = func.count().over(partition_by=columns.group)
    placed = select(cases, place.label("place"), count.label("count")).subquery()
    shown = (
        and_(
            placed.c.group == group,
            placed.c.place > passed,
            placed.c.place <= passed + most,
        )
        for group, passed in first.items()
    )
    statement = (
        # The first one tells the count, wherever the part begins.
        select(placed)
        .where(or_(placed.c.place == 1, *shown))
        .order_by(placed.c.left, placed.c.fall_id)
    )
    rows = reader.connection.execute(statement).all()
    counts = dict.fromkeys(Group, 0) | {
        Group(row.group): row._mapping["count"] for row in rows
    }
    return counts, [
        _open_case(row)
        for row in rows
        if row.group in first and row.place > first[row.group]
    ]


def _open_case(row: Row[*tuple[Any, ...]]) -> OpenCase:
    return OpenCase(
        Group(row.group),
        row.place,
        row.enhet_id,
        row.svf,
        row.utokad_utredning,
        row.waited,
        row.left,
        (row.visited, row.discussed, row.decided),
    )


def ended_cases(
    reader: Reader, listing: Listing, period: Period, first: int, most: int
) -> tuple[int, list[EndedCase]]:
    """Return how many ended cases of a period are listed, and some of them.

    The longest first.
    """
    known = known_well(reader, listing.cases, listing.minimum, period)
    columns = FACTS.c
    days = columns.ledtid_dagar
    place = func.row_number().over(order_by=(days.desc(), columns.fall_id))
    placed = (
        select(
            days,
            columns.max_dagar,
            columns.ingar_i_ledtid,
            columns.inom_max,
            func.count().over().label("count"),
            place.label("place"),
            *days_of_steps(),
        )
        .select_from(FACTS)
        .join(known, _is_of(known))
        .where(are_chosen(reader, listing.cases), ended_in(period))
        .subquery()
    )
    is_shown = and_(placed.c.place > first, placed.c.place <= first + most)
    statement = (
        select(placed)
        .where(or_(placed.c.place == 1, is_shown))
        .order_by(placed.c.place)
    )
    rows = reader.connection.execute(statement).all()
    shown = [_ended_case(row) for row in rows if row.place > first]
    return (rows[0]._mapping["count"] if rows else 0), shown


def _ended_case(row: Row[*tuple[Any, ...]]) -> EndedCase:
    days, max_days, is_counted, is_within, _count, place, *steps = row
    return EndedCase(
        place,
        int(days),
        int(max_days) if is_counted else None,
        bool(is_within) if is_counted else None,
        tuple(steps),
    )
