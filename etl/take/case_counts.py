"""Cases of a file -> counts: how many each unit had in each period.

Every case is read and judged as a row of its own; those that are not rejected are
counted. A count stands where the first of its cases does.
"""

from pathlib import Path

from sqlalchemy import Connection

from etl.labels import labelled
from etl.mappings.model import COUNTED, Cases
from etl.quoting import sql_text
from etl.take.cast import written_period
from kpi import schema
from kpi.errors import SourceError
from kpi.fact_tables import IN_FILE
from kpi.vocabulary import DatasetName

_KEY = ("indikator", "enhet_id", IN_FILE, "first_month", "last_month", "period")
_COUNTED = (*_KEY, "datum")


@labelled(
    "write counts of cases",
    reads=("staged", "judged", "register_span", "register_end"),
    writes=("counted_case", "matningar"),
)
def write_counts(
    connection: Connection, cases: Cases, load_id: str, header_row: int
) -> int:
    """Write the counts of a file's cases, and return how many cases were counted.

    Args:
        connection: To the draft, with the file's cases in `staged`.
        cases: How they are counted.
        load_id: Of the file's load.
        header_row: Number of the row where a count of no case stands.
    """
    key = ", ".join(f"fact_{name} AS {name}" for name in _COUNTED)
    connection.exec_driver_sql(
        f"""CREATE OR REPLACE TEMP TABLE counted_case AS
        SELECT row_number, {key}, fact_slag AS slag FROM staged WHERE fault IS NULL"""
    )
    listed = ", ".join(_COUNTED)
    # A case without a category is in the total alone.
    counts = f"""
        SELECT min(row_number) AS row_number, {listed}, NULL AS slag,
            true AS ar_total, count(*) AS {COUNTED}
        FROM counted_case GROUP BY ALL
        UNION ALL
        SELECT min(row_number), {listed}, slag, false, count(*)
        FROM counted_case WHERE slag IS NOT NULL GROUP BY ALL
    """
    if cases.zeros:
        counts += f"""
        UNION ALL
        SELECT {header_row}, {listed}, NULL, true, 0 FROM ({_without_a_case(cases)})
        """
    table = schema.metadata.tables[DatasetName.REPORTED]
    given = {"row_number", *_COUNTED, "slag", "ar_total", COUNTED}
    names = [column.name for column in table.columns if column.name != "load_id"]
    values = [
        name if name in given else "false" if name == "ar_maskerad" else "NULL"
        for name in names
    ]
    connection.exec_driver_sql(
        f"INSERT INTO {table.name} (load_id, {', '.join(names)}) "
        f"SELECT '{load_id}', {', '.join(values)} FROM ({counts}) ORDER BY ALL"
    )
    number = connection.exec_driver_sql("SELECT count(*) FROM counted_case").scalar()
    connection.exec_driver_sql("DROP TABLE counted_case")
    return int(number or 0)


@labelled("look up units that may have no case", reads=("register_unit",))
def refuse_unknown_units(connection: Connection, cases: Cases, mapping: Path) -> None:
    """Refuse a mapping that names units that the register does not have.

    Raises:
        SourceError: their months without a case would not be told of.
    """
    unknown = connection.exec_driver_sql(
        "SELECT unit FROM (SELECT unnest(CAST(? AS VARCHAR[])) AS unit) "
        "WHERE unit NOT IN (SELECT known_unit FROM register_unit) ORDER BY unit",
        (cases.units,),
    ).scalars()
    faults = [
        f"{mapping}: cases.units: {unit} is not in the register of units; expected one "
        "that is; mend it, or add the unit there"
        for unit in unknown
    ]
    if faults:
        raise SourceError(*faults)


def _without_a_case(cases: Cases) -> str:
    """Return SQL of the units and periods that the file tells of and has no case in.

    Periods go from the first with a case to the last, whoever had it; a unit is told of
    while it is in the register. A rejected case may be of any indicator, and one whose
    day cannot be read of any period: nobody knows that its unit had none.
    """
    also = "".join(
        f" UNION SELECT DISTINCT indikator, {sql_text(unit)} FROM counted_case"
        for unit in cases.units
    )
    return f"""
        SELECT spelled.*, CASE WHEN ended < first_day THEN first_day
            ELSE least(final_day, coalesce(ended, DATE '9999-12-31')) END AS datum
        FROM (
            SELECT *, NULL AS {IN_FILE}, {written_period()} AS period,
                make_date(first_month // 12, first_month % 12 + 1, 1) AS first_day,
                last_day(make_date(last_month // 12, last_month % 12 + 1, 1))
                    AS final_day
            FROM (
                SELECT told.*, first_month, first_month + months - 1 AS last_month
                FROM (
                    SELECT unnest(range(min(first_month), max(last_month) + 1,
                        min(last_month - first_month) + 1)) AS first_month,
                        min(last_month - first_month) + 1 AS months
                    FROM counted_case
                ) CROSS JOIN (
                    SELECT DISTINCT indikator, enhet_id FROM counted_case{also}
                ) AS told
            )
        ) AS spelled
        LEFT JOIN register_end ON ended_unit = enhet_id
        WHERE EXISTS (SELECT 1 FROM register_span WHERE path_unit = enhet_id
                AND path_from <= final_day AND path_to >= first_day)
            AND (indikator, enhet_id, first_month) NOT IN (
                SELECT (indikator, enhet_id, first_month) FROM counted_case)
            AND NOT EXISTS (SELECT 1 FROM judged WHERE fault IS NOT NULL
                AND own_unit = enhet_id
                AND coalesce(own_first_month, first_month) <= last_month
                AND coalesce(own_last_month, last_month) >= first_month)
    """
