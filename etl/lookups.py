"""Registers that rows of a file are checked against, as temporary tables."""

from sqlalchemy import Connection

from kpi.definitions import Definitions
from kpi.measures import KoladaMeasure, ReportedMeasure
from kpi.model import Kind


def state_lead_times(connection: Connection, register: str) -> None:
    """State which maximum is in force when; a region's own goes before ours."""
    connection.exec_driver_sql(
        f"""CREATE OR REPLACE TEMP TABLE lead_time_in_force AS
        WITH register AS (
            SELECT ledtider.*, producer = 'reference' AS is_shipped
            FROM {register} AS ledtider
            JOIN load USING (load_id) WHERE max_dagar IS NOT NULL
        )
        SELECT svf AS in_pathway, avslut AS in_ending,
            utokad_utredning AS in_extended, giltig_fran AS in_force_from,
            giltig_till AS in_force_to, max_dagar
        FROM register AS one
        WHERE NOT is_shipped OR NOT EXISTS (
            SELECT 1 FROM register AS own WHERE NOT own.is_shipped
                AND own.svf = one.svf AND own.avslut = one.avslut
                AND own.utokad_utredning = one.utokad_utredning)"""
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
    connection.exec_driver_sql(
        "CREATE OR REPLACE TEMP TABLE counted_indicator (counted_id VARCHAR, "
        "counted_kind VARCHAR, counted_per INTEGER, counted_lowest DOUBLE, "
        "counted_highest DOUBLE)"
    )
    for row in rows:
        connection.exec_driver_sql(
            "INSERT INTO counted_indicator VALUES (?, ?, ?, ?, ?)", tuple(row)
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
