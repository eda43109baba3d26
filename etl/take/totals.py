"""Rows of a file that are the sum of other rows, and would be counted once more."""

from sqlalchemy import Connection

from etl.files.raw import Note
from etl.labels import labelled
from kpi.vocabulary import DatasetName, Finding

_COUNTS: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    DatasetName.REPORTED: (
        ("indikator", "slag", "first_month", "last_month"),
        ("taljare", "namnare"),
    ),
    DatasetName.INCLUSION: (
        ("svf", "first_month", "last_month"),
        ("antal_svf_behandling", "beraknat_antal_cancerfall"),
    ),
    DatasetName.PREM: (
        ("enkat", "dimension", "svf", "first_month", "last_month"),
        ("antal_svar",),
    ),
    DatasetName.PPM: (("matning", "datum"), ("antal_uppfyller", "antal_observerade")),
}
"""Dataset of counts -> what is the same in rows that add up, and the counts."""
_MESSAGE = (
    "rows have exactly what the units below theirs have together in the same file, and "
    "are added to it; where they are sums, leave them out; the first is in {}"
)


@labelled(
    "see whether rows are the sums of others",
    reads=("path", "place", *_COUNTS),
)
def notes_of_totals(connection: Connection, dataset: str, load_id: str) -> list[Note]:
    """Return a note of the rows that seem to be totals of the units below.

    Two units at least, with something to count: what one ward has its clinic may well
    have too, and nothing is nothing at every level.

    Args:
        connection: To the draft, with the file's facts in their table.
        dataset: Of the file.
        load_id: Of its load.
    """
    if dataset not in _COUNTS:
        return []
    key, counts = _COUNTS[dataset]
    same = " AND ".join(
        f"upper_row.{name} IS NOT DISTINCT FROM below.{name}" for name in key
    )
    sums = ", ".join(
        f"upper_row.{name} AS {name}, sum(below.{name}) AS {name}_below"
        for name in counts
    )
    equal = " AND ".join(f"{name} IS NOT DISTINCT FROM {name}_below" for name in counts)
    number, first = connection.exec_driver_sql(
        f"""
        WITH given AS (
            SELECT * FROM {dataset} JOIN (
                SELECT unit_id, arg_max(ancestors, valid_to) AS ancestors
                FROM path GROUP BY unit_id
            ) AS way ON way.unit_id = enhet_id WHERE load_id = ?
        ),
        below AS (SELECT *, unnest(ancestors[:-2]) AS above FROM given),
        nearest AS (
            SELECT upper_row.row_number, {sums}
            FROM (
                SELECT below.*, upper_row.row_number AS upper_number
                FROM below JOIN given AS upper_row
                    ON upper_row.enhet_id = below.above AND {same}
                QUALIFY row_number() OVER (PARTITION BY below.row_number
                    ORDER BY len(upper_row.ancestors) DESC) = 1
            ) AS below JOIN given AS upper_row ON upper_row.row_number = upper_number
            GROUP BY upper_row.row_number, {", ".join(f"upper_row.{n}" for n in counts)}
            HAVING count(*) > 1
        )
        SELECT count(*), place(min(row_number)) FROM nearest
        WHERE {equal} AND {counts[-1]} > 0 OR {equal} AND {counts[0]} > 0
        """,
        (load_id,),
    ).one()
    if not number:
        return []
    return [Note(Finding.TOTAL_OF_UNITS, _MESSAGE.format(first), number)]
