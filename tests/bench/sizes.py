"""Warehouses of a region's size and of a nation's, made once and kept in build/bench.

The region is the demo, built as everybody builds. The nation would take the demo an
hour to write row by row, so it is the demo copied within DuckDB: every unit but the
region itself stands there many times, with its outcomes and the facts behind them.
Tables, order of rows and mixture of values are those of a build; only that the region's
own outcomes are the sum of one copy and not of all, which no time depends on.
"""

import shutil
import sys
import time
from datetime import date
from pathlib import Path

import duckdb
from sqlalchemy import Table

from etl.commands import build_warehouse
from etl.demo import write_demo
from kpi import schema
from kpi.definitions import load_definitions
from kpi.period import Period
from kpi.warehouse import draft_engine
from tests.bench.serving import ROOT

PLACE = ROOT / "build" / "bench"
DEFINITIONS = ROOT / "indicators.yaml"
LAST = Period.parse("2026Q4")
AS_OF = date(2027, 1, 15)

REGION_UNITS, REGION_YEARS = 60, 6
COPIED_UNITS, NATION_YEARS, COPIES = 40, 10, 51
"""The region itself is not copied: 1 + 51 x 39 = 1 990 units."""

TOP = "SE2321000081-DEMO001"
ROWS_A_COPY = 10_000_000
TREE_A_COPY = 1_000
_IDS = {
    *("unit", "unit_id", "parent_id", "ancestor_id", "replaced_by"),
    *("enhet_id", "overordnad", "ersatt_av", "fall_id", "kontakt_id"),
}
_NAMES = {"name", "namn"}
_OF_ONE_UNIT = ("unit", "unit_id", "enhet_id")
_ORDER = {
    "outcome": 'indicator, unit, period_kind, first_month, "by", by_value',
    "unit_outcome": "unit_key, unit, indicator, period_kind, first_month",
    "verdict": "quarter, indicator, unit",
    "unit": "tree_order, valid_from",
}


def region() -> Path:
    """Return a warehouse of 60 units, every indicator and 24 quarters."""
    return _kept("region", lambda path: _built(path, REGION_UNITS, REGION_YEARS))


def nation() -> Path:
    """Return a warehouse of 2 000 units, every indicator and 40 quarters."""
    return _kept("nation", _copied)


SIZES = {"region": region, "nation": nation}


def _kept(name, make) -> Path:
    # A warehouse of another version is no use; other definitions make other outcomes.
    path = PLACE / f"{name}-{schema.VERSION}.duckdb"
    if not path.exists():
        PLACE.mkdir(parents=True, exist_ok=True)
        started = time.perf_counter()
        draft = path.with_suffix(".made")
        draft.unlink(missing_ok=True)
        make(draft)
        draft.rename(path)
        print(f"{path}: {time.perf_counter() - started:.0f} s", file=sys.stderr)
    return path


def _built(path: Path, units: int, years: int) -> None:
    sources = PLACE / "sources"
    shutil.rmtree(sources, ignore_errors=True)
    write_demo(
        sources, load_definitions(DEFINITIONS), units=units, years=years, last=LAST
    )
    build_warehouse(sources, path, DEFINITIONS, as_of=AS_OF)
    shutil.rmtree(sources)


def _copied(path: Path) -> None:
    one = path.with_suffix(".one")
    one.unlink(missing_ok=True)
    _built(one, COPIED_UNITS, NATION_YEARS)
    engine = draft_engine(path, memory_limit="6GB", threads=2)
    with engine.begin() as connection:
        schema.create_tables(connection)
    engine.dispose()
    target = duckdb.connect(str(path), config={"memory_limit": "6GB", "threads": 2})
    target.execute(f"ATTACH '{one}' AS one (READ_ONLY)")
    target.execute(f"CREATE TEMP TABLE copy AS FROM range({COPIES}) AS copies(copy)")
    indicators = target.execute("SELECT DISTINCT indicator FROM one.outcome ORDER BY 1")
    parts = [f"indicator = '{name}'" for (name,) in indicators.fetchall()]
    for table in schema.metadata.sorted_tables:
        # The outcomes in parts, each in its order: a sort of all would need the disk.
        for part in parts if table.name == "outcome" else ["true"]:
            target.execute(_copying(table, part))
    target.execute("CHECKPOINT")
    target.close()
    one.unlink()


def _copying(table: Table, part: str) -> str:
    """Return the statement that fills a table with the copies of its rows."""
    owner = next((one for one in _OF_ONE_UNIT if one in table.c), None)
    columns = ", ".join(_column(column.name) for column in table.c)
    source = f'FROM one."{table.name}"'
    if owner is None:
        return f'INSERT INTO "{table.name}" SELECT * {source}'
    order = _ORDER.get(table.name)
    return f"""INSERT INTO "{table.name}" SELECT {columns} {source}, copy
        WHERE (copy = 0 OR {owner} <> '{TOP}') AND {part}
        {f"ORDER BY {order}" if order else ""}"""


def _column(name: str) -> str:
    return f'{_copied_value(name)} AS "{name}"'


def _copied_value(name: str) -> str:
    if name in _IDS:
        copied = f"\"{name}\" || 'K' || copy"
        return (
            f'CASE WHEN copy = 0 OR "{name}" = \'{TOP}\' THEN "{name}" '
            f"ELSE {copied} END"
        )
    if name == "unit_key":
        return f"left(sha256({_copied_value('unit')}), 8)"
    if name in _NAMES:
        return f"CASE WHEN copy = 0 THEN {name} ELSE {name} || ' ' || copy END"
    if name == "row_number":
        return f"row_number + copy * {ROWS_A_COPY}"
    if name == "tree_order":
        return f"tree_order + copy * {TREE_A_COPY}"
    return f'"{name}"'


def main() -> None:
    """Make both."""
    for make in SIZES.values():
        print(make())


if __name__ == "__main__":
    main()
