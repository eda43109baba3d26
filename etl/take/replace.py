"""A newer file replaces an older one's rows for the same unit and period."""

from collections.abc import Mapping
from itertools import combinations

from sqlalchemy import Connection

from etl.labels import labelled
from etl.sources import FACT_TABLES
from etl.sources.layout import Layout
from kpi import schema
from kpi.fact_tables import IN_FILE


@labelled(
    "replace older facts",
    reads=(*FACT_TABLES, "superseded"),
    writes=("superseded",),
)
def replace_older(
    connection: Connection, loads: Mapping[str, Layout], new: set[str]
) -> None:
    """Note which facts of older loads newer ones replace.

    The facts stay: an earlier build stands on them.

    Args:
        connection: To the draft.
        loads: The build's loads of one producer and dataset, oldest first, each with
            its layout; that of the newer one says what it replaces.
        new: Those that have not been compared with the others before.
    """
    for older, newer in combinations(loads, 2):
        if older in new or newer in new:
            _replace(connection, loads[newer], older, newer)


def _replace(connection: Connection, layout: Layout, older: str, newer: str) -> None:
    table = schema.metadata.tables[layout.dataset]
    same = [f"old.{name} IS NOT DISTINCT FROM new.{name}" for name in layout.replaces]
    names = ", ".join(layout.replaces)
    months = ""
    if layout.replaces_period:
        months = ", first_month, last_month"
        overlap = (
            "new.first_month <= old.last_month AND old.first_month <= new.last_month"
        )
        if "ar_oppen" in table.c:
            overlap = f"(old.ar_oppen OR ({overlap}))"
        same.append(overlap)
    matches = [
        f"""SELECT old.row_number FROM {old} AS old
        WHERE EXISTS (SELECT 1 FROM (SELECT DISTINCT {names}{months} FROM {new}) AS new
            WHERE {" AND ".join(same)})"""
        for old, new in _units_of(layout, older, newer)
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


def _units_of(layout: Layout, older: str, newer: str) -> list[tuple[str, str]]:
    """Return SQL of facts of two loads, each with the unit that it may replace by.

    A unit that ended and one that took over may both report a month, each its own
    part, and neither replaces the other. But what the successor reports itself stands
    for all of it, and so replaces what was told under an older id.
    """

    def facts(load_id: str, unit: str = "enhet_id", which: str = "true") -> str:
        return (
            f"(SELECT * REPLACE ({unit} AS enhet_id) FROM {layout.dataset} "
            f"WHERE load_id = '{load_id}' AND {which})"
        )

    if not layout.is_of_unit:
        return [
            (
                f"(FROM {layout.dataset} WHERE load_id = '{older}')",
                f"(FROM {layout.dataset} WHERE load_id = '{newer}')",
            )
        ]
    in_file = f"coalesce({IN_FILE}, enhet_id)"
    return [
        (facts(older, in_file), facts(newer, in_file)),
        (
            facts(older, which=f"{IN_FILE} IS NOT NULL"),
            facts(newer, which=f"{IN_FILE} IS NULL"),
        ),
    ]
