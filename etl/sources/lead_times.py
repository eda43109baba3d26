"""The register of maximum lead times: which maximum is in force when."""

from sqlalchemy import Connection

from etl.in_force import facts_in_force
from etl.labels import labelled
from kpi.vocabulary import DECIDED, SHIPPED


@labelled(
    "state maximum lead times",
    reads=("ledtider", "load", "build_load", "superseded"),
    writes=("lead_time_in_force",),
)
def state_lead_times(connection: Connection, build_id: str) -> None:
    """State which maximum is in force when, without overlaps.

    On a day that several have one for, what the region has decided goes before its
    own register, that before the one that ships with the program, and a newer file
    before an older.
    """
    register = facts_in_force(connection, "ledtider", build_id)
    connection.exec_driver_sql(
        f"""CREATE OR REPLACE TEMP TABLE lead_time_in_force AS
        WITH register AS (
            SELECT svf, avslut, utokad_utredning, giltig_fran, giltig_till, max_dagar,
                CASE producer WHEN '{DECIDED}' THEN 2 WHEN '{SHIPPED}' THEN 0 ELSE 1
                    END AS authority,
                sequence
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
            arg_max(max_dagar, (authority, sequence, giltig_fran)) AS max_dagar
        FROM stretch JOIN register USING (svf, avslut, utokad_utredning)
        WHERE stretch.day BETWEEN giltig_fran AND giltig_till
        GROUP BY ALL"""
    )
