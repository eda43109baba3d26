"""Outcomes -> which one stands for each quarter, and what its control chart says.

A page about a quarter asks for every indicator in every unit at once, so both are
worked out here: which outcome stands for a quarter by one statement, what the charts
say as arrays, one indicator at a time.
"""

from collections.abc import Iterator
from datetime import date

import numpy as np
import pandas as pd
from sqlalchemy import Connection

from etl.judge.charts import KINDS, NEVER, WORDS, Columns, Timeline, charted, where
from etl.labels import labelled, lend
from etl.stating import state
from kpi.assessment import MISSED, Reason, Status
from kpi.charting import (
    FIXED_RULES,
    HIDDEN,
    NOT_EXPECTED,
    UNMEASURED,
    kinds_in_order,
    months_valid,
    reach,
)
from kpi.definitions import Definitions, Indicator
from kpi.model import Direction
from kpi.period import PeriodKind, quarters_between
from kpi.spc.segments import Signs

_ROWS_AT_ONCE = 500_000
"""Outcomes that stand for quarters; their series are about as long."""


@labelled(
    "judge every quarter",
    reads=("build", "outcome", "unit"),
    writes=(
        *("looked_at", "read_as", "charted_one", "standing", "charted", "charts"),
        "verdict",
    ),
)
def judge(
    connection: Connection, build_id: str, definitions: Definitions, as_of: date
) -> None:
    """Work out and store `kpi.schema.verdict` of a build.

    Args:
        connection: To the draft, where units, outcomes and the build's own row are.
        build_id: Of the build.
        definitions: What the outcomes are of.
        as_of: The day of the build: periods that are not over are not charted.
    """
    first, last = connection.exec_driver_sql(
        "SELECT first_month, last_month FROM build WHERE build_id = ?", (build_id,)
    ).one()
    if first is None:
        return
    state(
        connection,
        "looked_at",
        "quarter VARCHAR, until INTEGER",
        [(str(period), period.last) for period in quarters_between(first, last)],
    )
    state(
        connection,
        "read_as",
        "indicator VARCHAR, period_kind VARCHAR, nth INTEGER, months_valid INTEGER",
        [
            (indicator.id, str(kind), nth, months_valid(indicator, kind))
            for indicator in definitions.indicators
            for nth, kind in enumerate(kinds_in_order(indicator))
        ],
    )
    charted_ones = [
        indicator
        for indicator in definitions.indicators
        if indicator.direction is not Direction.NEUTRAL
    ]
    numbers = [(indicator.id, nr) for nr, indicator in enumerate(charted_ones)]
    state(connection, "charted_one", "indicator VARCHAR, nr INTEGER", numbers)
    connection.exec_driver_sql(_STANDING.format(build=build_id))
    units = connection.exec_driver_sql(_UNITS).scalars().all()
    regions = _regions(connection, build_id)
    regions_in_order = [regions.get(unit) for unit in units]
    until = reach(as_of, last)
    connection.exec_driver_sql(f"CREATE OR REPLACE TEMP TABLE charted ({_SAID})")
    for part in _parts(connection, len(charted_ones)):
        standing = _columns(connection, _STANDING_IN.format(*part))
        rows = _columns(
            connection, _SERIES_IN.format(*part, build=build_id, reach=until)
        )
        frames = [
            _charted(charted_ones[nr], nr, standing, rows, regions_in_order, until)
            for nr in _with_something_to_say(standing, rows)
        ]
        if not frames:
            continue
        lend(connection, "charts", pd.concat(frames))
        connection.exec_driver_sql("INSERT INTO charted BY NAME SELECT * FROM charts")
    connection.exec_driver_sql(_VERDICTS)


def _words(*words: str) -> str:
    return ", ".join(f"'{word}'" for word in words)


_STANDING = f"""
CREATE OR REPLACE TEMP TABLE standing AS
SELECT row_number() OVER () AS place, quarter, until, outcome.*
FROM outcome
JOIN read_as USING (indicator, period_kind)
JOIN looked_at ON last_month BETWEEN until - months_valid + 1 AND until
WHERE build_id = '{{build}}' AND "by" = ''
    AND (nth = 0 OR status NOT IN ({_words(*sorted(UNMEASURED))}))
-- As app.outcome.latest.shown_in: what was measured before what was not, the usual
-- kind of period before others, then the latest.
QUALIFY row_number() OVER (
    PARTITION BY quarter, indicator, unit
    ORDER BY status IN ({_words(*sorted(UNMEASURED))}), nth, last_month DESC
) = 1
"""
_UNITS = "SELECT DISTINCT unit FROM standing ORDER BY unit"

_NUMBERED = f"""
list_position([{_words(*KINDS)}], period_kind) - 1 AS kind,
    unit_nr, nr, last_month, target, status IN ({_words(*MISSED)}) AS is_missed,
    coalesce(list_position([{_words(*FIXED_RULES)}], target_rule), 0) - 1 AS rule"""
_UNIT_NUMBERS = (
    f"SELECT unit, row_number() OVER (ORDER BY unit) - 1 AS unit_nr FROM ({_UNITS})"
)

_STANDING_IN = f"""
SELECT {_NUMBERED}, place, until
FROM standing JOIN charted_one USING (indicator) JOIN ({_UNIT_NUMBERS}) USING (unit)
WHERE nr BETWEEN {{0}} AND {{1}}
"""

_COUNTED = ("numerator", "denominator", "value")

_SERIES_IN = f"""
SELECT {_NUMBERED},
    -- What lacks months is no point beside what is whole.
    {", ".join(f"CASE WHEN is_whole THEN {name} END AS {name}" for name in _COUNTED)},
    status IN ({_words(*HIDDEN)}) AS is_hidden, status = '{Status.MET}' AS is_met
FROM outcome JOIN charted_one USING (indicator) JOIN ({_UNIT_NUMBERS}) USING (unit)
WHERE nr BETWEEN {{0}} AND {{1}} AND build_id = '{{build}}' AND "by" = ''
    AND period_kind IN ({_words(*KINDS)}) AND last_month <= {{reach}}
    AND status NOT IN ({_words(*NOT_EXPECTED)})
    AND reason IS DISTINCT FROM '{Reason.NEVER_REPORTED}'
ORDER BY last_month
"""

_SAID = """place BIGINT, missed SMALLINT, series_kind VARCHAR, chart VARCHAR,
    why VARCHAR, variation VARCHAR, assurance VARCHAR, false_alarms DOUBLE,
    points SMALLINT, aimed SMALLINT, met SMALLINT"""

_VERDICTS = """
INSERT INTO verdict BY NAME
SELECT standing.* EXCLUDE (place, until, "by", by_value), charted.* EXCLUDE (place)
FROM standing LEFT JOIN charted USING (place)
ORDER BY quarter, indicator, unit
"""


def _parts(connection: Connection, number: int) -> Iterator[tuple[int, int]]:
    """Return first and last number of as many indicators as can be held at once."""
    rows = connection.exec_driver_sql("SELECT count(*) FROM standing").scalar() or 0
    size = max(1, _ROWS_AT_ONCE * number // max(1, rows))
    for at in range(0, number, size):
        yield at, min(at + size, number) - 1


def _columns(connection: Connection, statement: str) -> Columns:
    """Return what a statement selects, as arrays; NaN for what is missing."""
    columns = connection.exec_driver_sql(statement).cursor.fetchnumpy()
    return {
        name: column.filled(np.nan) if np.ma.isMaskedArray(column) else column
        for name, column in columns.items()
    }


def _with_something_to_say(standing: Columns, rows: Columns) -> list[int]:
    """Return the numbers of indicators that have a series or have missed a target."""
    missed = standing["nr"][standing["is_missed"].astype(bool)]
    numbers: list[int] = np.union1d(rows["nr"], missed).astype(int).tolist()
    return numbers


def _charted(
    indicator: Indicator,
    nr: int,
    standing: Columns,
    rows: Columns,
    regions: list[str | None],
    until: int,
) -> pd.DataFrame:
    standing, rows = (
        where(standing, standing["nr"] == nr),
        where(rows, rows["nr"] == nr),
    )
    timelines = {
        kind: Timeline.of(indicator, where(rows, rows["kind"] == number), len(regions))
        for number, kind in enumerate(KINDS)
        if kind in (PeriodKind.MONTH, *kinds_in_order(indicator))
    }
    breaks = _breaks(indicator, regions)
    frame = pd.DataFrame(
        {"place": standing["place"]}
        | charted(indicator, timelines, standing, breaks, until)
    )
    frame = frame[frame["series_kind"].notna() | (frame["missed"] > 0)]
    return frame.astype(dict.fromkeys(WORDS, "string"))


def _regions(connection: Connection, build_id: str) -> dict[str, str | None]:
    """Return the Kolada region that each unit of the tree belongs to."""
    rows = connection.exec_driver_sql(
        "SELECT unit_id, parent_id, kolada_id FROM unit "
        "WHERE build_id = ? AND is_current ORDER BY tree_order",
        (build_id,),
    )
    regions: dict[str, str | None] = {}
    for unit, parent, kolada_id in rows:  # a unit comes after what it belongs to
        regions[unit] = kolada_id or regions.get(parent)
    return regions


def _breaks(indicator: Indicator, regions: list[str | None]) -> Signs:
    """Return the first months after the breaks that hold in each region, as rows."""
    months = {
        region: [break_.since.first for break_ in indicator.in_region(region).breaks]
        for region in set(regions)
    }
    breaks = np.full((len(regions), len(indicator.breaks)), NEVER)
    for row, region in enumerate(regions):
        breaks[row, : len(months[region])] = months[region]
    return breaks
