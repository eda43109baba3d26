"""A newer file replaces an older one's rows for the same unit and period."""

from sqlalchemy import Connection

from etl.labels import labelled
from etl.sources import FACT_TABLES
from etl.sources.layout import Layout
from kpi import schema


@labelled(
    "replace older facts",
    reads=(*FACT_TABLES, "superseded"),
    writes=("superseded",),
)
def replace_older(
    connection: Connection, layout: Layout, loads: list[str], new: set[str]
) -> None:
    """Note which facts of older loads newer ones replace.

    The facts stay: an earlier build stands on them.

    Args:
        connection: To the draft.
        layout: Of all the loads.
        loads: The build's loads of one producer, oldest first.
        new: Those that have not been compared with the others before.
    """
    for position, older in enumerate(loads):
        for newer in loads[position + 1 :]:
            if older in new or newer in new:
                _replace(connection, layout, older, newer)


def _replace(connection: Connection, layout: Layout, older: str, newer: str) -> None:
    table = schema.metadata.tables[layout.dataset]
    same = [f"old.{name} IS NOT DISTINCT FROM new.{name}" for name in layout.replaces]
    months = ""
    if layout.replaces_period:
        months = ", first_month, last_month"
        overlap = (
            "new.first_month <= old.last_month AND old.first_month <= new.last_month"
        )
        if "ar_oppen" in table.c:
            overlap = f"(old.ar_oppen OR ({overlap}))"
        same.append(overlap)
    names = ", ".join(layout.replaces)
    matches = [
        f"""SELECT old.row_number FROM {table.name} AS old
        WHERE old.load_id = '{older}' AND EXISTS (
            SELECT 1 FROM (SELECT DISTINCT {names}{months} FROM {table.name}
                WHERE load_id = '{newer}') AS new WHERE {" AND ".join(same)})"""
    ]
    if layout.replaces_also:
        matches.append(
            f"""SELECT old.row_number FROM {table.name} AS old
            JOIN {table.name} AS new ON {layout.replaces_also}
            WHERE old.load_id = '{older}' AND new.load_id = '{newer}'"""
        )
    connection.exec_driver_sql(
        f"""INSERT INTO superseded
        SELECT '{older}', row_number, '{newer}' FROM ({" UNION ".join(matches)})
        WHERE NOT EXISTS (SELECT 1 FROM superseded WHERE load_id = '{older}'
            AND by_load_id = '{newer}')"""
    )
