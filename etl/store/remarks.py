"""What a build does without a word otherwise, said to whoever built it."""

from sqlalchemy import Connection

from etl.in_force import facts_in_force, in_force
from kpi.definitions import Definitions
from kpi.missing_maxima import (
    FACTS,
    MissingMaximum,
    Without,
    fewest,
    last_ended,
    missing_maxima,
    twelve_months,
    without_maximum,
)
from kpi.vocabulary import DECIDED, SHIPPED, DatasetName, Finding

_MOST_TOLD = 5
"""Missing maxima in a sentence; the page Underlag has them all."""


def remarks_on(
    connection: Connection, build_id: str, definitions: Definitions
) -> list[str]:
    """Return a sentence for each thing that may be other than one thinks.

    That the same is counted from files of several producers. That lead times are judged
    by the register that ships, which has no maximum for many endings: what has none is
    not counted. Which maxima are missing, whosever register it is.
    """
    twice = connection.exec_driver_sql(
        f"SELECT message FROM finding WHERE build_id = '{build_id}' "
        f"AND \"check\" = '{Finding.COUNTED_TWICE}' ORDER BY message"
    ).scalars()
    return [
        *twice,
        *_of_maxima(connection, build_id),
        *_of_missing(connection, build_id, fewest(definitions.indicators)),
    ]


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


def _of_missing(connection: Connection, build_id: str, minimum: int) -> list[str]:
    are_active = in_force(connection, FACTS, build_id)
    last = connection.execute(last_ended(are_active)).scalar()
    if last is None:
        return []
    rows = connection.execute(without_maximum(are_active, twelve_months(last)))
    missing = missing_maxima([Without(*row) for row in rows], minimum)
    if not missing:
        return []
    told = [
        _missing(maximum, is_first=at == 0)
        for at, maximum in enumerate(missing[:_MOST_TOLD])
    ]
    if len(missing) > _MOST_TOLD:
        told.append(f"and {len(missing) - _MOST_TOLD} more, all of them on /underlag")
    return [
        f"lead times: no maximum for {'; '.join(told)}; write them in svf/ledtider*, "
        "or in `lead_times` of data/region.yaml"
    ]


def _missing(maximum: MissingMaximum, *, is_first: bool) -> str:
    extended = " after extended investigation" if maximum.is_extended else ""
    which = f"{maximum.svf}, {maximum.ending}{extended}"
    if maximum.cases is None:
        return f"{which}: too few to be told"
    if not is_first:
        # Of which months was said with the first.
        return f"{which}: {maximum.cases} of {maximum.ended}"
    return (
        f"{which}: {maximum.cases} of {maximum.ended} ended pathways of the last "
        "twelve months"
    )
