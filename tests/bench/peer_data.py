"""The outcomes that our page, Streamlit's and Vizro's show."""

from collections.abc import Iterator
from pathlib import Path

import duckdb

from app.queries.outcomes import OutcomeRow
from kpi.definitions import Indicator
from kpi.period import Period
from tests import builders as make

UNITS, INDICATORS, QUARTERS = 60, 20, 24
LAST = Period.parse("2026Q3")


def indicators() -> list[Indicator]:
    """Return the measures of the page."""
    target = make.target(value=30.0, since="2020Q1")
    return [
        make.indicator(
            id=f"measure_{at}",
            name=make.words(f"Mått {at}"),
            targets=[target],
            breaks=[],
        )
        for at in range(INDICATORS)
    ]


def units() -> list[dict[str, object]]:
    """Return the units: the region and all below it."""
    below = [
        make.unit(
            f"SE2321000081-C{at:03}",
            f"Enhet {at}",
            "klinik",
            parent_id=make.REGION,
            tree_order=at,
            depth=1,
        )
        for at in range(1, UNITS + 1)
    ]
    return [make.UNITS[0], *below]


def outcomes() -> Iterator[OutcomeRow]:
    """Yield the outcomes; in the newest quarter a unit's number and a half."""
    for unit in range(1, UNITS + 1):
        for measure in range(INDICATORS):
            for ago in range(QUARTERS):
                varied = (unit + 7 * measure + 3 * ago) % 90 + 0.25
                value = varied if ago else unit + 0.5
                yield make.outcome(
                    indicator=f"measure_{measure}",
                    unit=f"SE2321000081-C{unit:03}",
                    period=str(LAST.shifted(-ago)),
                    numerator=10 * value,
                    denominator=1000.0,
                    value=value,
                    lower=value - 0.2,
                    upper=value + 0.2,
                    target=30.0,
                    status="met" if value >= 30 else "not_met",
                )


def as_parquet(warehouse: Path, target: Path) -> None:
    """Write the same outcomes for the others, with the units' names."""
    file = duckdb.connect(str(warehouse), read_only=True)
    file.execute(
        f"""COPY (SELECT name AS unit, indicator, period, value, target, status
        FROM outcome JOIN unit ON unit.unit_id = outcome.unit
        ORDER BY tree_order, indicator, period) TO '{target}'"""
    )
    file.close()
