"""Rows of one file that would count the same thing twice."""

from sqlalchemy import Connection

from etl.files.find import SourceFile
from etl.labels import labelled
from etl.sources.layout import Layout
from etl.take.facts import key_column, subject
from kpi.datasets import DATASETS
from kpi.fact_tables import IN_FILE
from kpi.vocabulary import Rejection

DUPLICATE, OVERLAP = Rejection.DUPLICATE, Rejection.OVERLAPPING_PERIOD
NOT_ADDED = Rejection.CANNOT_BE_ADDED


@labelled("find repeats", reads=("keyed", "staged"), writes=("repeated",))
def find_repeats(connection: Connection, file: SourceFile) -> None:
    """Find rows that stand twice, overlap another's period, or cannot be added.

    Cases of which there are several are counted.
    """
    layout = file.layout
    empty = "SELECT NULL::BIGINT AS row_number, NULL::BIGINT AS first_row WHERE false"
    repeats = overlaps = values = empty
    if layout.key and not file.cases:
        columns = tuple(key_column(layout, name) for name in layout.key)
        keys = ", ".join(columns)
        # Checksums, of which few stand twice, take less time and memory than the keys.
        repeats = f"""
            SELECT row_number, first_row FROM keyed JOIN (
                SELECT {keys}, min(row_number) AS first_row FROM keyed
                WHERE fault IS NULL AND hash({keys}) IN (
                    SELECT hash({keys}) FROM keyed WHERE fault IS NULL
                    GROUP BY ALL HAVING count(*) > 1)
                GROUP BY ALL HAVING count(*) > 1
            ) AS twice ON {_same(columns, "keyed", "twice")}
            WHERE fault IS NULL AND row_number > first_row
        """
    period = _period_columns(layout)
    if period and not file.cases:
        first, last = period
        rest = tuple(
            key_column(layout, name)
            for name in layout.key
            if name not in ("period", "giltig_fran", "datum")
        )
        adding = "true"
        if not layout.is_by_period:
            # An open end means: until the next one begins.
            adding = (
                f"(CASE WHEN a.{first} < b.{first} THEN a.{last} ELSE b.{last} END)"
                " < DATE '9999-12-31'"
            )
        if layout.adds_up:
            adding = " AND ".join(
                f"{alias}.fact_{layout.adds_up} IS NOT NULL" for alias in ("a", "b")
            )
        # Of two that overlap the one inside is left out, else the later one: the
        # longer one is whole, and both would count the same patients twice.
        overlaps = f"""
            SELECT b.row_number, min(a.row_number) AS first_row
            FROM staged AS a JOIN staged AS b ON {_same(rest, "a", "b")}
                AND a.{first} <= b.{last} AND b.{first} <= a.{last}
                AND (a.{first}, a.{last}) <> (b.{first}, b.{last})
            WHERE a.fault IS NULL AND b.fault IS NULL AND {adding} AND (
                (a.{first} <= b.{first} AND b.{last} <= a.{last})
                OR (NOT (b.{first} <= a.{first} AND a.{last} <= b.{last})
                    AND a.row_number < b.row_number))
            GROUP BY b.row_number
        """
    if layout.is_of_unit and layout.adds_up and not file.cases:
        values = _values_of_parts(layout, layout.adds_up)
    connection.exec_driver_sql(
        f"""CREATE OR REPLACE TEMP TABLE repeated AS
        SELECT row_number, arg_min(reason, nth) AS reason,
            arg_min(first_row, nth) AS first_row
        FROM (
            SELECT 1 AS nth, '{DUPLICATE}' AS reason, * FROM ({repeats})
            UNION ALL SELECT 2, '{OVERLAP}', * FROM ({overlaps})
            UNION ALL SELECT 3, '{NOT_ADDED}', * FROM ({values})
        ) GROUP BY row_number"""
    )


def _values_of_parts(layout: Layout, count: str) -> str:
    """Return SQL of rows under the id of an ended unit that cannot be added to others.

    Counts of units that became one add up. A value without counts does not, whether it
    is the ended unit's own or what its successor reports beside it, whole or in part.
    """
    parts = DATASETS[layout.dataset].own_total_columns
    keys = ", ".join(f"fact_{name}" for name in layout.key if name not in parts)
    is_value = f"fact_{count} IS NULL AND NOT fact_ar_maskerad"
    return f"""
        SELECT row_number, CASE WHEN first_row = row_number THEN final_row
            ELSE first_row END AS first_row
        FROM (
            SELECT row_number, fact_{IN_FILE} IS NOT NULL AS is_carried,
                {is_value} AS is_value,
                bool_or(fact_{IN_FILE} IS NULL AND {is_value}) OVER same AS is_beside,
                min(row_number) OVER same AS first_row,
                max(row_number) OVER same AS final_row,
                min(unit_in_file) OVER same <> max(unit_in_file) OVER same AS is_shared
            FROM staged WHERE fault IS NULL WINDOW same AS (PARTITION BY {keys})
        ) WHERE is_shared AND is_carried AND (is_value OR is_beside)
    """


def _period_columns(layout: Layout) -> tuple[str, str] | None:
    if layout.is_by_period:
        return "fact_first_month", "fact_last_month"
    if layout.has_validity:
        return "fact_giltig_fran", "fact_giltig_till"
    return None


def _same(columns: tuple[str, ...], left: str, right: str) -> str:
    return " AND ".join(
        f"{left}.{name} IS NOT DISTINCT FROM {right}.{name}" for name in columns
    )


def reject_repeats(connection: Connection, layout: Layout, load_id: str) -> None:
    """Put the rows that `find_repeats` found among the rejections."""
    key = f"'{layout.key[0]}'" if layout.key else "NULL"
    period = "'period'" if layout.is_by_period else "'giltig_fran'"
    unit, place = "NULL", ""
    if layout.is_of_unit:
        unit = "unit_in_file"
        place = (
            ", fact_enhet_id AS unit, fact_first_month AS first_month, "
            f"fact_last_month AS last_month, {subject(layout)} AS subject"
        )
    connection.exec_driver_sql(
        f"""INSERT INTO rejection BY NAME
        SELECT '{load_id}' AS load_id, row_number,
            CASE repeated.reason WHEN '{DUPLICATE}' THEN {key}
                WHEN '{OVERLAP}' THEN {period} ELSE 'enhet_id' END AS column_name,
            CASE repeated.reason WHEN '{DUPLICATE}' THEN {_shown_key(layout)}
                WHEN '{OVERLAP}' THEN {_shown_period(layout)} ELSE {unit} END AS value,
            repeated.reason AS reason,
            CASE repeated.reason WHEN '{DUPLICATE}'
                THEN 'the same as ' || place(first_row) || '; expected it once'
                WHEN '{OVERLAP}' THEN 'overlaps the period of ' || place(first_row)
                    || '; both would count twice; report one of them'
                ELSE 'counts for the unit that took over, as ' || place(first_row)
                    || ' does, and a value without counts cannot be added to another; '
                    || 'expected taljare and namnare in both' END AS message{place}
        FROM repeated JOIN staged USING (row_number)"""
    )


def _shown_key(layout: Layout) -> str:
    if not layout.key:
        return "NULL"
    return f"CAST(fact_{layout.key[0]} AS VARCHAR)"


def _shown_period(layout: Layout) -> str:
    if layout.is_by_period:
        return "fact_period"
    if layout.has_validity:
        return "CAST(fact_giltig_fran AS VARCHAR)"
    return "NULL"
