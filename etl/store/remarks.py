"""What a build does without a word otherwise, said to whoever built it."""

from sqlalchemy import Connection

from etl.in_force import facts_in_force
from kpi.vocabulary import DECIDED, SHIPPED, DatasetName, Finding


def remarks_on(connection: Connection, build_id: str) -> list[str]:
    """Return a sentence for each thing that may be other than one thinks.

    That the same is counted from files of several producers. That lead times are judged
    by the register that ships, which has no maximum for many endings: what has none is
    not counted.
    """
    twice = connection.exec_driver_sql(
        f"SELECT message FROM finding WHERE build_id = '{build_id}' "
        f"AND \"check\" = '{Finding.COUNTED_TWICE}' ORDER BY message"
    ).scalars()
    return [*twice, *_of_maxima(connection, build_id)]


def _of_maxima(connection: Connection, build_id: str) -> list[str]:
    own_registers = connection.exec_driver_sql(
        f"SELECT count(*) FROM build_load JOIN load USING (load_id) WHERE build_id = "
        f"'{build_id}' AND dataset = '{DatasetName.LEAD_TIMES}' AND facts > 0 "
        f"AND producer NOT IN ('{SHIPPED}', '{DECIDED}')"
    ).scalar()
    if own_registers:
        return []
    cases = facts_in_force(connection, DatasetName.CASES, build_id)
    ended, without = connection.exec_driver_sql(
        f"SELECT count(*), count(*) FILTER (NOT ingar_i_ledtid) FROM {cases} "
        "WHERE ar_matbart_avslut"
    ).one()
    if not ended:
        return []
    return [
        "svf/ledtider*: there is no register of maximum lead times of your own, so the "
        f"one that ships is used; {without} of {ended} ended pathways have no maximum "
        "in it and are not counted in lead times"
    ]
