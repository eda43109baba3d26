"""What is not in the outcomes, or under another id: counted as the outcomes are.

Each part is of one indicator, unit and month or period, and is summed over periods and
up the tree in `etl/count/sql/7_basis.sql`.
"""

from collections.abc import Iterable, Iterator

from sqlalchemy import (
    Column,
    ColumnElement,
    Connection,
    Date,
    FromClause,
    Integer,
    MetaData,
    String,
    Table,
    and_,
    func,
    insert,
    literal,
    select,
)

from etl.count.parts import STANDING, are_known, paths_of, stands_in
from etl.in_force import datasets_with_facts, facts_in_force, in_force
from etl.labels import labelled
from etl.stating import state
from kpi import schema
from kpi.counting import Counting, columns_used, counting, meets, rows_of
from kpi.datasets import DATASETS
from kpi.definitions import Definitions, Indicator
from kpi.fact_tables import IN_FILE
from kpi.measures import ReportedMeasure, RowsMeasure
from kpi.schema import FACTS
from kpi.vocabulary import Remark

_UNIT_FACTS = tuple(name for name, facts in FACTS.items() if IN_FILE in facts.c)

left_out = Table(
    "left_out",
    MetaData(),
    Column("indicator", String),
    Column("unit_id", String),
    Column("path_from", Date),
    Column("first_month", Integer),
    Column("last_month", Integer),
    Column("remark", String),
    Column("under", String),
    Column("number", Integer),
    prefixes=["TEMPORARY"],
)
"""One row per indicator, unit, stretch of its way up, period, remark and ended unit."""

_COLUMNS = [column.name for column in left_out.columns]


@labelled(
    "count what is left out",
    reads=(*_UNIT_FACTS, *STANDING, "load", "carried", "rejection"),
    writes=("left_out", "concerned", "refused", "unplaced"),
)
def count_left_out(
    connection: Connection, build_id: str, definitions: Definitions
) -> None:
    """Make `left_out`, and store the rejected rows that belong to no outcome.

    Args:
        connection: To the draft, where facts, rejections and units are in place.
        build_id: Of the build.
        definitions: What is counted.
    """
    connection.exec_driver_sql("DROP TABLE IF EXISTS temp.left_out")
    left_out.create(connection)
    _state_subjects(connection, definitions)
    _count_excluded(connection, build_id, definitions)
    _count_carried(connection, build_id, definitions)
    _count_rejected(connection, build_id)


def _state_subjects(connection: Connection, definitions: Definitions) -> None:
    """State which rows bear on which indicator: the dataset, and what it measures."""
    state(
        connection,
        "concerned",
        "indicator VARCHAR, dataset VARCHAR, subject VARCHAR, is_of_cases BOOLEAN",
        list(_concerned(definitions)),
    )


def _concerned(definitions: Definitions) -> Iterator[tuple[object, ...]]:
    for indicator in definitions.indicators:
        match indicator.measure:
            case RowsMeasure() as measure:
                dataset = rows_of(measure.dataset)
                names = DATASETS[dataset].subject
                subject = [str(measure.where.get(name)) for name in names]
                is_of_cases = not DATASETS[measure.dataset].is_counted
                yield indicator.id, dataset, "/".join(subject) or None, is_of_cases
            case ReportedMeasure() as measure:
                yield indicator.id, measure.dataset, indicator.id, False


def _count_excluded(
    connection: Connection, build_id: str, definitions: Definitions
) -> None:
    with_facts = datasets_with_facts(connection, build_id)
    for indicator in definitions.indicators:
        measure = indicator.measure
        if not isinstance(measure, RowsMeasure):
            continue
        if rows_of(measure.dataset) not in with_facts:
            continue
        counted = counting(measure)
        for remark, where in measure.left_out.items():
            conditions = [
                meets(where, counted.facts),
                *are_known(counted.facts, columns_used(measure)),
            ]
            _count(connection, build_id, indicator, counted.facts, remark, conditions)


def _count_carried(
    connection: Connection, build_id: str, definitions: Definitions
) -> None:
    """Count the rows that count for the successor of the unit they name."""
    of_build = select(schema.load.c.dataset).where(
        schema.load.c.load_id == schema.carried.c.load_id,
        schema.load.c.load_id == schema.build_load.c.load_id,
        schema.build_load.c.build_id == build_id,
    )
    datasets = set(connection.execute(of_build.distinct()).scalars())
    for indicator in definitions.indicators:
        measure = indicator.measure
        if measure is None or rows_of(measure.dataset) not in datasets:
            continue
        facts, is_counted = _counted(indicator)
        _count(
            *(connection, build_id, indicator, facts, Remark.PREDECESSOR_ROWS),
            [facts.c[IN_FILE].is_not(None), is_counted],
            facts.c[IN_FILE],
        )


def _counted(indicator: Indicator) -> tuple[FromClause, ColumnElement[bool]]:
    if isinstance(indicator.measure, RowsMeasure):
        counted: Counting = counting(indicator.measure)
        return counted.facts, counted.is_counted
    facts = FACTS["matningar"]
    return facts, and_(facts.c.indikator == indicator.id, facts.c.ar_total)


def _count(
    connection: Connection,
    build_id: str,
    indicator: Indicator,
    facts: FromClause,
    remark: str,
    conditions: list[ColumnElement[bool]],
    under: ColumnElement[str] | None = None,
) -> None:
    path = paths_of(build_id)
    keys = [
        facts.c.enhet_id,
        path.c.valid_from,
        facts.c.first_month,
        facts.c.last_month,
    ]
    rows = (
        select(
            literal(indicator.id),
            *keys,
            literal(str(remark)),
            literal("") if under is None else under,
            func.count(),
        )
        .join(path, stands_in(facts, path))
        .where(in_force(connection, facts, build_id), *conditions)
        .group_by(*keys, *([] if under is None else [under]))
    )
    connection.execute(insert(left_out).from_select(_COLUMNS, rows))


def _count_rejected(connection: Connection, build_id: str) -> None:
    """Count the rejected rows that no newer file has come in the place of.

    Those whose unit, time or measure cannot be read are stored as they are: they
    belong to no outcome.
    """
    told_anew = _may_be_told_anew(connection, build_id)
    newer = " UNION ALL ".join(
        f"SELECT load_id, enhet_id AS unit, first_month, last_month, "
        f"{_subject_of(DATASETS[dataset].subject)} AS subject "
        f"FROM {facts_in_force(connection, dataset, build_id)}"
        for dataset in _UNIT_FACTS
        if dataset in told_anew
    )
    newer = newer or (
        "SELECT NULL::VARCHAR AS load_id, NULL::VARCHAR AS unit, "
        "0 AS first_month, 0 AS last_month, NULL::VARCHAR AS subject WHERE false"
    )
    subjects = [name for name in _UNIT_FACTS if DATASETS[name].subject]
    connection.exec_driver_sql(
        _REFUSED.format(
            build=build_id,
            newer=newer,
            of_units=_listed(_UNIT_FACTS),
            of_subjects=_listed(subjects),
        )
    )
    connection.exec_driver_sql(
        f"INSERT INTO unplaced SELECT '{build_id}', dataset, subject, unit, sum(rows) "
        "FROM refused WHERE NOT is_placed GROUP BY ALL ORDER BY ALL"
    )
    connection.exec_driver_sql(
        f"""INSERT INTO left_out
        SELECT indicator, unit, path_from, first_month, last_month,
            '{Remark.REJECTED_ROWS}', '', sum(rows)
        FROM refused
        JOIN concerned ON concerned.dataset = refused.dataset
            AND concerned.subject IS NOT DISTINCT FROM refused.subject
        WHERE is_placed GROUP BY ALL"""
    )


def _listed(names: Iterable[str]) -> str:
    return ", ".join(f"'{name}'" for name in names)


def _may_be_told_anew(connection: Connection, build_id: str) -> frozenset[str]:
    """Return the datasets whose newer files may hold what an older one had wrong."""
    return frozenset(
        connection.exec_driver_sql(
            "SELECT dataset FROM load JOIN build_load USING (load_id) "
            f"WHERE build_id = '{build_id}' GROUP BY dataset "
            "HAVING count(*) > 1 AND sum(rejections) > 0"
        ).scalars()
    )


def _subject_of(names: tuple[str, ...]) -> str:
    return " || '/' || ".join(names) or "NULL"


# A row that a newer file of the producer has told anew, of the same unit and time, is
# lost no more. It counts where its unit stood then, or last, if it has ended.
_REFUSED = """
CREATE OR REPLACE TEMP TABLE refused AS
WITH told AS ({newer}),
told_by AS (
    SELECT DISTINCT producer, dataset, sequence, unit, told.first_month,
        told.last_month, subject
    FROM told JOIN load USING (load_id)
),
row AS (
    SELECT producer, dataset, sequence, unit, rejection.first_month,
        rejection.last_month, subject, count(*) AS rows,
        unit IS NOT NULL AND rejection.first_month IS NOT NULL
            AND (subject IS NOT NULL OR dataset NOT IN ({of_subjects})) AS is_placed
    FROM rejection JOIN load USING (load_id) JOIN build_load USING (load_id)
    WHERE build_id = '{build}' AND dataset IN ({of_units})
    GROUP BY ALL
),
newest AS (
    SELECT *, NOT is_placed OR sequence = max(sequence) OVER (
        PARTITION BY producer, dataset, unit, first_month, last_month, subject
    ) AS is_newest
    FROM row
),
way AS (
    SELECT unit_id, valid_from FROM unit_path
    WHERE build_id = '{build}' AND distance = 0 AND NOT is_succession
)
SELECT newest.* EXCLUDE (is_newest), (
    SELECT coalesce(
        max(valid_from) FILTER (valid_from <= last_day(
            make_date(newest.last_month // 12, newest.last_month % 12 + 1, 1))),
        min(valid_from))
    FROM way WHERE unit_id = newest.unit) AS path_from
FROM newest
WHERE is_newest AND NOT EXISTS (
    SELECT 1 FROM told_by
    WHERE told_by.producer = newest.producer AND told_by.dataset = newest.dataset
        AND told_by.sequence > newest.sequence AND told_by.unit = newest.unit
        AND told_by.subject IS NOT DISTINCT FROM newest.subject
        AND told_by.first_month <= newest.last_month
        AND newest.first_month <= told_by.last_month)
"""
