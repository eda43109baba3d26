"""Registers that rows of a file are checked against, as temporary tables."""

from sqlalchemy import Connection

from etl.stating import state
from kpi.definitions import Definitions
from kpi.measures import KoladaMeasure, ReportedMeasure
from kpi.model import Kind


def state_lead_times(connection: Connection, register: str) -> None:
    """State which maximum is in force when, without overlaps.

    On a day that several have one for, a region's own register goes before the one
    that ships with the program, and a newer file before an older.
    """
    connection.exec_driver_sql(
        f"""CREATE OR REPLACE TEMP TABLE lead_time_in_force AS
        WITH register AS (
            SELECT svf, avslut, utokad_utredning, giltig_fran, giltig_till, max_dagar,
                producer <> 'reference' AS is_own, sequence
            FROM {register} AS ledtider
            JOIN load USING (load_id) WHERE max_dagar IS NOT NULL
        ),
        edge AS (
            SELECT svf, avslut, utokad_utredning, giltig_fran AS day FROM register
            UNION
            SELECT svf, avslut, utokad_utredning, giltig_till + 1 FROM register
            WHERE giltig_till < DATE '9999-12-31'
        ),
        stretch AS (
            SELECT *, coalesce(lead(day) OVER (
                PARTITION BY svf, avslut, utokad_utredning ORDER BY day) - 1,
                DATE '9999-12-31') AS until FROM edge
        )
        SELECT svf AS in_pathway, avslut AS in_ending, utokad_utredning AS in_extended,
            day AS in_force_from, until AS in_force_to,
            arg_max(max_dagar, (is_own, sequence, giltig_fran)) AS max_dagar
        FROM stretch JOIN register USING (svf, avslut, utokad_utredning)
        WHERE stretch.day BETWEEN giltig_fran AND giltig_till
        GROUP BY ALL"""
    )


def state_counted(
    connection: Connection, definitions: Definitions
) -> list[list[object]]:
    """State which indicators producers report, and what values they can have."""
    rows: list[list[object]] = []
    for one in definitions.indicators:
        if not isinstance(one.measure, ReportedMeasure):
            continue
        lowest, highest = one.scale or (0.0, 1e15)
        if one.kind is Kind.PROPORTION:
            lowest, highest = 0.0, 100.0
        rows.append([one.id, str(one.kind), one.per, lowest, highest])
    state(
        connection,
        "counted_indicator",
        "counted_id VARCHAR, counted_kind VARCHAR, counted_per INTEGER, "
        "counted_lowest DOUBLE, counted_highest DOUBLE",
        rows,
    )
    return rows


def state_shares(connection: Connection, definitions: Definitions) -> list[str]:
    """State which Kolada figures are shares, 0-100."""
    shares = sorted(
        {
            one.measure.kpi
            if isinstance(one.measure, KoladaMeasure)
            else one.benchmark.kpi
            for one in definitions.indicators
            if one.kind is Kind.PROPORTION
            and (isinstance(one.measure, KoladaMeasure) or one.benchmark)
        }
    )
    connection.exec_driver_sql(
        "CREATE OR REPLACE TEMP TABLE share_kpi AS "
        f"SELECT unnest(CAST({shares!r} AS VARCHAR[])) AS share_id"
    )
    return shares
