"""Rows of one file that would count the same thing twice."""

from sqlalchemy import Connection

from etl.labels import labelled
from etl.sources.layout import Layout
from kpi.vocabulary import Rejection

DUPLICATE, OVERLAP = Rejection.DUPLICATE, Rejection.OVERLAPPING_PERIOD


@labelled("find repeats", reads=("keyed", "staged"), writes=("repeated",))
def find_repeats(connection: Connection, layout: Layout) -> None:
    """Find rows that stand twice, and rows whose period overlaps another one's."""
    empty = "SELECT NULL::BIGINT AS row_number, NULL::BIGINT AS first_row WHERE false"
    repeats = overlaps = empty
    if layout.key:
        keys = ", ".join(f"fact_{name}" for name in layout.key)
        # Checksums, of which few stand twice, take less time and memory than the keys.
        repeats = f"""
            SELECT row_number, first_row FROM keyed JOIN (
                SELECT {keys}, min(row_number) AS first_row FROM keyed
                WHERE fault IS NULL AND hash({keys}) IN (
                    SELECT hash({keys}) FROM keyed WHERE fault IS NULL
                    GROUP BY ALL HAVING count(*) > 1)
                GROUP BY ALL HAVING count(*) > 1
            ) AS twice ON {_same(layout.key, "keyed", "twice")}
            WHERE fault IS NULL AND row_number > first_row
        """
    period = _period_columns(layout)
    if period:
        first, last = period
        rest = tuple(
            n for n in layout.key if n not in ("period", "giltig_fran", "datum")
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
                f"{one}.fact_{layout.adds_up} IS NOT NULL" for one in ("a", "b")
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
    connection.exec_driver_sql(
        f"""CREATE OR REPLACE TEMP TABLE repeated AS
        SELECT row_number, '{DUPLICATE}' AS reason, first_row FROM ({repeats})
        UNION ALL
        SELECT row_number, '{OVERLAP}', first_row FROM ({overlaps})
        WHERE row_number NOT IN (SELECT row_number FROM ({repeats}))"""
    )


def _period_columns(layout: Layout) -> tuple[str, str] | None:
    if layout.is_by_period:
        return "fact_first_month", "fact_last_month"
    if layout.has_validity:
        return "fact_giltig_fran", "fact_giltig_till"
    return None


def _same(columns: tuple[str, ...], one: str, other: str) -> str:
    return " AND ".join(
        f"{one}.fact_{name} IS NOT DISTINCT FROM {other}.fact_{name}"
        for name in columns
    )


def reject_repeats(connection: Connection, layout: Layout, load_id: str) -> None:
    """Put the rows that `find_repeats` found among the rejections."""
    key = f"'{layout.key[0]}'" if layout.key else "NULL"
    period = "'period'" if layout.is_by_period else "'giltig_fran'"
    connection.exec_driver_sql(
        f"""INSERT INTO rejection
        SELECT '{load_id}', row_number,
            CASE repeated.reason WHEN '{DUPLICATE}' THEN {key} ELSE {period} END,
            CASE repeated.reason WHEN '{DUPLICATE}' THEN {_shown_key(layout)}
                ELSE {_shown_period(layout)} END,
            repeated.reason,
            CASE repeated.reason WHEN '{DUPLICATE}'
                THEN 'the same as row ' || first_row || '; expected it once'
                ELSE 'overlaps the period of row ' || first_row
                    || '; both would count twice; report one of them' END
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
