"""Which facts count is the same, written out as lists, as asked of every fact."""

from datetime import date

import pytest
from sqlalchemy import and_, exists, select

from app.queries import counted
from app.queries.reader import open_reader
from kpi import active, schema
from kpi.period import month_number
from tests import builders as make
from tests.app import rows
from tests.app.pathways import case

FACTS = schema.FACTS["svf_fall"]
MOVED, CLOSED, STAYED = "SE-MOVED", "SE-CLOSED", "SE-STAYED"
OLD, NEW = "SE-OLD", "SE-NEW"
DAYS = (date(2025, 12, 31), date(2026, 1, 1), date(2026, 4, 1), date(2026, 9, 30))


def way(unit, above, since=make.OPEN, until=make.NEVER_ENDS):
    return {
        "build_id": make.BUILD,
        "unit_id": unit,
        "ancestor_id": above,
        "valid_from": since,
        "valid_to": until,
        "distance": 1,
        "is_succession": False,
    }


WAYS = [
    way(STAYED, OLD, until=date(2026, 3, 31)),
    way(STAYED, OLD, since=date(2026, 4, 1)),  # another name from then on
    way(MOVED, OLD, until=date(2025, 12, 31)),
    way(MOVED, NEW, since=date(2026, 1, 1)),
    way(CLOSED, OLD, until=date(2026, 3, 31)),
]


@pytest.fixture
def filled(tmp_path):
    found = make.warehouse(
        tmp_path,
        builds=[
            make.build(
                first_month=month_number(DAYS[0]), last_month=month_number(DAYS[-1])
            )
        ],
    )
    rows.add(found, schema.load, *map(rows.load, ("a", "b", "other")))
    rows.add(found, schema.build_load, *rows.in_build("a", "b"))
    rows.add(found, schema.unit_path, *WAYS)
    cases = [
        case(f"{load} {unit} {day}", day, 1, 1, 1, None, unit=unit, load_id=load)
        | {"row_number": at}
        for load in ("a", "b", "other")
        for at, (unit, day) in enumerate(
            (unit, day) for unit in (MOVED, CLOSED, STAYED) for day in DAYS
        )
    ]
    rows.add(found, FACTS, *cases)
    return found


def ids(reader, condition):
    found = reader.connection.execute(select(FACTS.c.fall_id).where(condition))
    return sorted(found.scalars())


def asked_one_by_one(unit):
    path = schema.unit_path.c
    stands_under = exists().where(
        path.build_id == make.BUILD,
        path.unit_id == FACTS.c.enhet_id,
        path.ancestor_id == unit,
        FACTS.c.datum.between(path.valid_from, path.valid_to),
    )
    return and_(active.is_active(FACTS, make.BUILD), stands_under)


@pytest.mark.parametrize("most", [counted.MOST, 0])
@pytest.mark.parametrize("unit", [OLD, NEW, "SE-NOBODY"])
@pytest.mark.parametrize("by", [None, "b", "other"])
def test_lists_say_what_subqueries_do(filled, unit, by, most, monkeypatch):
    monkeypatch.setattr(counted, "MOST", most)
    if by:
        replaced = {"load_id": "a", "row_number": 3, "by_load_id": by}
        rows.add(filled, schema.superseded, replaced)
    with open_reader(filled) as reader:
        quick = counted.counts_for(reader, FACTS, unit)
        found = ids(reader, quick)
        assert found == ids(reader, asked_one_by_one(unit))
    # The case that is replaced is one of the moved unit's, after it had moved.
    number = {OLD: 14, NEW: 5 if by == "b" else 6, "SE-NOBODY": 0}
    assert len(found) == number[unit]


def test_files_that_lack_a_column_are_passed_over(filled):
    lacking = rows.load("c", missing_columns=",avvikelse,")
    rows.add(filled, schema.load, lacking)
    rows.add(filled, FACTS, case("utan", DAYS[1], 1, 1, 1, None, load_id="c"))
    with open_reader(filled) as reader:
        has_all = counted.has_columns(reader, FACTS, ["kon"])
        assert "utan" in ids(reader, has_all)
        has_all = counted.has_columns(reader, FACTS, ["avvikelse", "kon"])
        assert "utan" not in ids(reader, has_all)
