"""Files, rows and what became of them, added to a warehouse of `tests.builders`.

In the third quarter of 2026, counted on paper:

- Kirurgkliniken: rows 2-7 of a.csv, 4 of 6 within the maximum; row 8 is not counted
- Kvinnokliniken: rows 2-3 of b.csv, 1 of 2: too few to show
- the hospital and the region: 5 of 8, which is 62.5 %
- row 2 of old.csv has been replaced by a.csv; row 9 of a.csv is of the quarter before
- newer.csv replaces a row of a.csv but is not in the build, so the row still counts
"""

from datetime import date, datetime

from sqlalchemy import Table, insert

from kpi import schema
from kpi.period import month_number
from kpi.warehouse import Warehouse, draft_engine
from tests import builders as make

SECRETS = ("fall-hemlig", "kontakt-hemlig", "97")
"""A case id, a contact id and an age that must never reach a page."""


def add(warehouse: Warehouse, table: Table, *rows: dict) -> None:
    if not rows:
        return
    engine = draft_engine(warehouse.path, memory_limit="1GB", threads=1)
    with engine.begin() as connection:
        connection.execute(insert(table), list(rows))
    engine.dispose()


def load(load_id: str, **changes) -> dict:
    fine = {
        "load_id": load_id,
        "sequence": 1,
        "producer": "svf",
        "dataset": "svf_fall",
        "file": f"svf/{load_id}.csv",
        "sha256": "0" * 64,
        "bytes": 1234,
        "encoding": "utf-8",
        "delimiter": ";",
        "received_at": datetime(2026, 10, 5, 7, 30),  # noqa: DTZ001
        "rows": 10,
        "facts": 8,
        "rejections": 2,
        "rows_per_line": 1,
        "extra_columns": None,
        "first_day": date(2026, 7, 1),
        "last_day": date(2026, 9, 30),
        "recheck_on": None,
    }
    return fine | changes


def in_build(*load_ids: str) -> list[dict]:
    return [{"build_id": make.BUILD, "load_id": one} for one in load_ids]


def path(unit: str, *above: str) -> list[dict]:
    return [
        {
            "build_id": make.BUILD,
            "unit_id": unit,
            "valid_from": make.OPEN,
            "valid_to": make.NEVER_ENDS,
            "ancestor_id": ancestor,
            "distance": distance,
            "is_succession": False,
        }
        for distance, ancestor in enumerate((unit, *above))
    ]


PATHS = [
    *path(make.REGION),
    *path(make.HOSPITAL, make.REGION),
    *path(make.CLINIC, make.HOSPITAL, make.REGION),
    *path(make.SECOND_CLINIC, make.HOSPITAL, make.REGION),
]


def case(load_id: str, row_number: int, **changes) -> dict:
    day = changes.get("datum", date(2026, 8, 3))
    fine = {
        "load_id": load_id,
        "row_number": row_number,
        "fall_id": f"{SECRETS[0]}-{load_id}-{row_number}",
        "enhet_id": make.CLINIC,
        "first_month": month_number(day),
        "last_month": month_number(day),
        "datum": day,
        "svf": "lunga",
        "kva_start": "VAA10",
        "datum_avslut": day,
        "kva_avslut": "VAA50",
        "utokad_utredning": False,
        "lan": "10",
        "kon": "K",
        "alder": 97.0,
        "aldersgrupp": "85-",
        "avslut": "kirurgi",
        "ledtid_dagar": 30.0,
        "max_dagar": 40.0,
        "ar_matbart_avslut": True,
        "ingar_i_ledtid": True,
        "inom_max": True,
        "ar_oppen": False,
        "ar_startad_behandling": True,
    }
    return fine | changes


LATE = {"inom_max": False, "ledtid_dagar": 51.0}
CASES = [
    *(case("a", number) for number in (2, 3, 4, 5)),
    *(case("a", number, **LATE) for number in (6, 7)),
    case("a", 8, ingar_i_ledtid=False, inom_max=None, max_dagar=None),
    case("a", 9, datum=date(2026, 6, 30)),
    case("b", 2, enhet_id=make.SECOND_CLINIC),
    case("b", 3, enhet_id=make.SECOND_CLINIC, svf="brost", **LATE),
    case("old", 2),
    case("newer", 2),
]

FEW = {"status": "too_few", "reason": "too_few"}
OUTCOMES = [
    make.outcome(numerator=5.0, denominator=8.0, value=62.5, status="met"),
    make.outcome(
        unit=make.HOSPITAL, numerator=5.0, denominator=8.0, value=62.5, status="met"
    ),
    make.outcome(
        unit=make.CLINIC, numerator=4.0, denominator=6.0, value=200 / 3, status="met"
    ),
    make.hidden(unit=make.SECOND_CLINIC, **FEW),
    make.outcome(by="svf", by_value="lunga", numerator=5.0, denominator=7.0),
    make.hidden(by="svf", by_value="brost", **FEW),
    make.outcome(by="sex", by_value="K", numerator=5.0, denominator=8.0),
]


def warehouse(folder) -> Warehouse:
    """Write the warehouse that the top of this file tells of."""
    filled = make.warehouse(folder, OUTCOMES)
    add(
        filled,
        schema.load,
        load("old", sequence=1),
        load("a", sequence=2),
        load("b", sequence=3),
        load("newer", sequence=4),
    )
    add(filled, schema.build_load, *in_build("old", "a", "b"))
    add(
        filled,
        schema.superseded,
        {"load_id": "old", "row_number": 2, "by_load_id": "a"},
        {"load_id": "a", "row_number": 5, "by_load_id": "newer"},
    )
    add(filled, schema.unit_path, *PATHS)
    add(filled, schema.FACTS["svf_fall"], *CASES)
    return filled
