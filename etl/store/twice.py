"""Rows of one thing in files of several producers: each is counted, and told."""

from sqlalchemy import Connection

from etl.in_force import facts_in_force
from etl.labels import labelled
from etl.sources import LAYOUTS, UNIT_FACTS
from etl.sources.layout import Layout
from kpi.datasets import DATASETS
from kpi.fact_tables import IN_FILE
from kpi.vocabulary import Finding

_CHECKED = tuple(
    layout
    for layout in LAYOUTS
    if layout.is_of_unit and (layout.key or layout.observation)
)


@labelled(
    "see what several producers tell",
    reads=(*UNIT_FACTS, "build_load", "superseded", "load"),
    writes=("finding",),
)
def note_twice(connection: Connection, build_id: str) -> None:
    """Store how many rows of other producers' files are of the same thing.

    A newer file replaces rows of its own producer; what two producers tell of is added
    up. Of one case or contact, or one unit's month, that is twice the same.

    Args:
        connection: To the draft.
        build_id: Of the build.
    """
    several = set(
        connection.exec_driver_sql(
            "SELECT dataset FROM load JOIN build_load USING (load_id) WHERE build_id = "
            f"'{build_id}' GROUP BY dataset HAVING count(DISTINCT producer) > 1"
        ).scalars()
    )
    for layout in _CHECKED:
        if layout.dataset in several:
            connection.exec_driver_sql(_noted(connection, layout, build_id))


def _noted(connection: Connection, layout: Layout, build_id: str) -> str:
    # A total of one producer's is the parts of another's.
    parts = DATASETS[layout.dataset].own_total_columns
    names = [name for name in layout.key if name not in parts] or [layout.observation]
    keys = ", ".join(
        f"coalesce({IN_FILE}, enhet_id)" if name == "enhet_id" else name
        for name in names
    )
    facts = facts_in_force(connection, layout.dataset, build_id)
    rows = (
        f"{facts} AS fact"
        if layout.key
        else f"{facts} AS fact WHERE {names[0]} IS NOT NULL"
    )
    # Checksums, of which few stand twice, take less time and memory than the keys.
    return f"""
        INSERT INTO finding
        WITH told AS (
            SELECT load_id, hash({keys}) AS mark FROM {rows}
        ),
        twice AS (
            SELECT mark FROM told GROUP BY mark HAVING min(load_id) <> max(load_id)
        ),
        shared AS (
            SELECT string_agg(file, ' and ' ORDER BY file) AS files
            FROM told JOIN twice USING (mark) JOIN load USING (load_id)
            GROUP BY mark HAVING count(DISTINCT producer) > 1
        )
        SELECT '{build_id}', '{Finding.COUNTED_TWICE}', NULL, NULL, NULL, count(*),
            files || ': ' || count(*) || ' times the same {", ".join(names)}, and all '
            || 'are counted; see whether one of them holds what another does'
        FROM shared GROUP BY files"""
