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

from etl.charts import Timeline, charted
from etl.stating import state
from kpi.assessment import Reason, Status
from kpi.charting import (
    HIDDEN,
    NOT_EXPECTED,
    UNMEASURED,
    kinds_in_order,
    months_valid,
)
from kpi.definitions import Definitions, Indicator
from kpi.model import Direction
from kpi.period import Period, PeriodKind, last_month_over
from kpi.spc.many_limits import Signs

_MISSED = (Status.NEAR, Status.NOT_MET)
_NEVER = 10**6
"""A month that does not come."""


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
        [(str(one), one.last) for one in _quarters(first, last)],
    )
    state(
        connection,
        "read_as",
        "indicator VARCHAR, period_kind VARCHAR, nth INTEGER, months_valid INTEGER",
        [
            (one.id, str(kind), nth, months_valid(one, kind))
            for one in definitions.indicators
            for nth, kind in enumerate(kinds_in_order(one))
        ],
    )
    connection.exec_driver_sql(_STANDING.format(build=build_id))
    connection.exec_driver_sql("CREATE OR REPLACE TEMP TABLE charted AS " + _NOTHING)
    reach = min(last, last_month_over(as_of))
    regions = _regions(connection, build_id)
    for indicator in definitions.indicators:
        if indicator.direction is not Direction.NEUTRAL:
            _chart(connection, build_id, indicator, regions, reach)
    connection.exec_driver_sql(_VERDICTS.format(build=build_id))


def _quarters(first: int, last: int) -> Iterator[Period]:
    one = Period.numbered(PeriodKind.QUARTER, first // 12, first % 12 // 3 + 1)
    while one.first <= last:
        yield one
        one = one.shifted(1)


def _words(*words: str) -> str:
    return ", ".join(f"'{one}'" for one in words)


_STANDING = f"""
CREATE OR REPLACE TEMP TABLE standing AS
SELECT quarter, until, outcome.*
FROM outcome
JOIN read_as USING (indicator, period_kind)
JOIN looked_at ON last_month BETWEEN until - months_valid + 1 AND until
WHERE build_id = '{{build}}' AND "by" = ''
    AND (nth = 0 OR status NOT IN ({_words(*sorted(UNMEASURED))}))
-- As app.presenters.latest.shown_in: what was measured before what was not, the usual
-- kind of period before others, then the latest.
QUALIFY row_number() OVER (
    PARTITION BY quarter, indicator, unit
    ORDER BY status IN ({_words(*sorted(UNMEASURED))}), nth, last_month DESC
) = 1
"""

_SAID = {
    "missed": "SMALLINT",
    "series_kind": "VARCHAR",
    "chart": "VARCHAR",
    "why": "VARCHAR",
    "variation": "VARCHAR",
    "assurance": "VARCHAR",
    "false_alarms": "DOUBLE",
    "points": "SMALLINT",
    "met": "SMALLINT",
}
_NOTHING = "SELECT {} WHERE false".format(
    ", ".join(
        f"NULL::{type_} AS {name}"
        for name, type_ in {
            "indicator": "VARCHAR",
            "unit": "VARCHAR",
            "until": "INTEGER",
            **_SAID,
        }.items()
    )
)

_VERDICTS = """
INSERT INTO verdict BY NAME
SELECT standing.* EXCLUDE (until, "by", by_value),
    charted.* EXCLUDE (indicator, unit, until)
FROM standing LEFT JOIN charted USING (indicator, unit, until)
ORDER BY quarter, indicator, unit
"""


def _regions(connection: Connection, build_id: str) -> dict[str, str | None]:
    """Return the Kolada region that each unit of the tree belongs to."""
    rows = connection.exec_driver_sql(
        "SELECT unit_id, parent_id, kolada_id FROM unit "
        "WHERE build_id = ? AND is_current ORDER BY tree_order",
        (build_id,),
    )
    found: dict[str | None, str | None] = {}
    for unit, parent, own in rows:  # a unit comes after what it belongs to
        found[unit] = own or found.get(parent)
    return found


def _chart(
    connection: Connection,
    build_id: str,
    indicator: Indicator,
    regions: dict[str, str | None],
    reach: int,
) -> None:
    standing = _frame(
        connection,
        f"""SELECT unit, until, period_kind, last_month, target, target_rule,
            status IN ({_words(*_MISSED)}) AS is_missed
        FROM standing WHERE indicator = ?""",
        indicator.id,
    )
    rows = _frame(
        connection,
        f"""SELECT unit, period_kind, last_month, numerator, denominator, value,
            status IN ({_words(*HIDDEN)}) AS is_hidden,
            status IN ({_words(*_MISSED)}) AS is_missed
        FROM outcome
        WHERE build_id = ? AND indicator = ? AND "by" = '' AND last_month <= ?
            AND status NOT IN ({_words(*NOT_EXPECTED)})
            AND reason IS DISTINCT FROM '{Reason.NEVER_REPORTED}'
        ORDER BY last_month""",
        *(build_id, indicator.id, reach),
    )
    if standing.empty or rows.empty:
        return
    numbers, units = pd.factorize(pd.concat([rows["unit"], standing["unit"]]))
    names = standing["unit"]
    rows["unit"], standing["unit"] = numbers[: len(rows)], numbers[len(rows) :]
    timelines = {
        kind: Timeline.of(indicator, rows[rows["period_kind"] == kind], len(units))
        for kind in (PeriodKind.MONTH, *kinds_in_order(indicator))
    }
    breaks = _breaks(indicator, [regions.get(unit) for unit in units])
    said = charted(indicator, timelines, standing, breaks, reach)
    said = said.assign(indicator=indicator.id, unit=names, until=standing["until"])
    said = said[said["series_kind"].notna() | (said["missed"] > 0)]
    words = {name: "string" for name, type_ in _SAID.items() if type_ == "VARCHAR"}
    connection.connection.driver_connection.register(  # type: ignore[union-attr]
        "said", said.astype(words)
    )
    connection.exec_driver_sql("INSERT INTO charted BY NAME SELECT * FROM said")


def _frame(connection: Connection, statement: str, *values: object) -> pd.DataFrame:
    return connection.exec_driver_sql(statement, values).cursor.df()


def _breaks(indicator: Indicator, regions: list[str | None]) -> Signs:
    """Return the first months after the breaks that hold in each region, as rows."""
    months = {
        region: [one.since.first for one in indicator.in_region(region).breaks]
        for region in set(regions)
    }
    found = np.full((len(regions), len(indicator.breaks)), _NEVER)
    for row, region in enumerate(regions):
        found[row, : len(months[region])] = months[region]
    return found
