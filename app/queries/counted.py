"""Which facts count in a build and for a unit, in the way that is quickest for a page.

`kpi.active` and the table of ways say the same as subqueries of each fact. DuckDB takes
longer to plan those than to read a region's facts, so what they would find is read once
for each warehouse, and written out as lists.
"""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, timedelta

from sqlalchemy import (
    ARRAY,
    ColumnElement,
    FromClause,
    String,
    and_,
    exists,
    func,
    literal,
    or_,
    select,
    true,
)

from app.queries.kept import kept
from app.queries.loads import in_build
from app.queries.reader import Reader
from kpi import active, schema
from kpi.period import Period, PeriodKind

MOST = 200
"""Names in a list; each fact is held against one after the other."""


def counts_for(reader: Reader, facts: FromClause, unit: str) -> ColumnElement[bool]:
    """Return whether a fact counts in a build for a unit, or for one above it."""
    return and_(
        is_active(reader, facts),
        _stands_under(reader, facts, unit),
    )


def is_active(reader: Reader, facts: FromClause) -> ColumnElement[bool]:
    """Return whether a fact counts in a build."""
    name = getattr(facts, "name", "")
    newest = _loads(reader).get(name)
    if newest is None or len(newest) > MOST:
        return active.is_active(facts, reader.build_id)
    is_of_build = _is_one_of(facts.c.load_id, newest)
    if name not in _replaced(reader):
        return is_of_build
    replaced = schema.superseded.c
    is_replaced = exists().where(
        replaced.load_id == facts.c.load_id,
        replaced.row_number == facts.c.row_number,
        _is_one_of(replaced.by_load_id, newest),
    )
    return and_(is_of_build, ~is_replaced)


def has_columns(
    reader: Reader, facts: FromClause, columns: Iterable[str]
) -> ColumnElement[bool]:
    """Return whether a fact's file had all these columns."""
    names = sorted(columns)
    lack = any(f",{name}," in missing for missing in _missing(reader) for name in names)
    return active.has_columns(facts, names) if lack else true()


def _is_one_of(column: ColumnElement[str], names: Iterable[str]) -> ColumnElement[bool]:
    return func.list_contains(literal(list(names), ARRAY(String)), column)


@kept
def _loads(reader: Reader) -> dict[str, list[str]]:
    """Return a build's loads by dataset, which is also the name of its facts."""
    load = schema.load.c
    statement = select(load.dataset, load.load_id).where(in_build(reader.build_id))
    by_dataset: dict[str, list[str]] = defaultdict(list)
    for dataset, load_id in reader.connection.execute(statement):
        by_dataset[dataset].append(load_id)
    return dict(by_dataset)


@kept
def _replaced(reader: Reader) -> set[str]:
    """Return the datasets in which a load of a build replaces facts of another."""
    load, replaced = schema.load.c, schema.superseded.c
    in_this_build = select(schema.build_load.c.load_id).where(
        schema.build_load.c.build_id == reader.build_id
    )
    statement = (
        select(load.dataset)
        .join_from(schema.superseded, schema.load, load.load_id == replaced.load_id)
        .where(
            replaced.load_id.in_(in_this_build), replaced.by_load_id.in_(in_this_build)
        )
        .distinct()
    )
    return set(reader.connection.execute(statement).scalars())


@kept
def _missing(reader: Reader) -> list[str]:
    """Return which optional columns files do without, each as `,one,two,`."""
    column = schema.load.c.missing_columns
    statement = select(column).where(column.is_not(None)).distinct()
    return list(reader.connection.execute(statement).scalars())


def _stands_under(reader: Reader, facts: FromClause, unit: str) -> ColumnElement[bool]:
    always, at_times = _units_under(reader, unit)
    if len(always) + len(at_times) > MOST:
        path = schema.unit_path.c
        return exists().where(
            path.build_id == reader.build_id,
            path.unit_id == facts.c.enhet_id,
            path.ancestor_id == unit,
            facts.c.datum.between(path.valid_from, path.valid_to),
        )
    return or_(
        _is_one_of(facts.c.enhet_id, always),
        *(
            and_(facts.c.enhet_id == unit_id, facts.c.datum.between(since, until))
            for unit_id, since, until in at_times
        ),
    )


@kept
def _units_under(
    reader: Reader, unit: str
) -> tuple[list[str], list[tuple[str, date, date]]]:
    """Return the units always under a unit, and those that were at times, with when."""
    path = schema.unit_path.c
    statement = select(path.unit_id, path.valid_from, path.valid_to).where(
        path.build_id == reader.build_id, path.ancestor_id == unit
    )
    times: dict[str, list[tuple[date, date]]] = defaultdict(list)
    for unit_id, since, until in reader.connection.execute(statement):
        times[unit_id].append((since, until))
    first, last = _reach(reader)
    always = [
        unit_id for unit_id, spans in times.items() if _covers(spans, first, last)
    ]
    at_times = [
        (unit_id, since, until)
        for unit_id, spans in times.items()
        if unit_id not in set(always)
        for since, until in spans
    ]
    return always, at_times


def _reach(reader: Reader) -> tuple[date, date]:
    build = reader.build
    if build.first_month is None or build.last_month is None:
        return date.min, date.max
    reach = Period(PeriodKind.MONTH, build.first_month, build.last_month)
    return reach.first_day, reach.last_day


def _covers(times: list[tuple[date, date]], first: date, last: date) -> bool:
    """Say whether times that follow on each other hold every day of a time."""
    for since, until in sorted(times):
        if since > first:
            return False
        if until >= last:
            return True
        first = max(first, until + timedelta(days=1))
    return False
