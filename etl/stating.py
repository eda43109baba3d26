"""Few rows that Python knows, as a temporary table that SQL can ask."""

from collections.abc import Sequence
from itertools import chain

from sqlalchemy import Connection


def state(
    connection: Connection, table: str, columns: str, rows: Sequence[Sequence[object]]
) -> None:
    """Make a temporary table anew and fill it in one statement.

    A statement of its own for every row costs more than all that is done with them.

    Args:
        connection: To the draft.
        table: Its name.
        columns: Names and types, as in CREATE TABLE.
        rows: A value for every column.
    """
    connection.exec_driver_sql(f"CREATE OR REPLACE TEMP TABLE {table} ({columns})")
    if rows:
        row = f"({', '.join('?' * len(rows[0]))})"
        connection.exec_driver_sql(
            f"INSERT INTO {table} VALUES {', '.join([row] * len(rows))}",
            tuple(chain.from_iterable(rows)),
        )
