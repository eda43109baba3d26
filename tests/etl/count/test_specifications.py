"""Every specification holds in a build of all of them."""

from datetime import date

import pytest

from tests.etl.count.specification import FOLDER, Case, cases
from tests.etl.rows import (
    CLINIC,
    HOSPITAL,
    OTHER_CLINIC,
    REGION,
    SECOND_CLINIC,
    Built,
    Sources,
    indicator,
    reported,
    target,
    tree,
    unit,
)

AS_OF = date(2026, 11, 15)
NEW_CLINIC, CLOSED_CLINIC = "SE2321000081-TEST7", "SE2321000081-TEST8"
UNITS = {
    "region": REGION,
    "hospital": HOSPITAL,
    "clinic": CLINIC,
    "second clinic": SECOND_CLINIC,
    "other clinic": OTHER_CLINIC,
    "new clinic": NEW_CLINIC,
    "closed clinic": CLOSED_CLINIC,
}
PLACE = ("unit", "period", "by", "by_value")
CASES = [case for file in sorted(FOLDER.glob("*.md")) for case in cases(file)]


def defined(case: Case) -> dict:
    changes = {"minimum_denominator": 1} | case.definition
    changes["targets"] = [aim(**written) for written in changes.get("targets", [])]
    if changes["kind"] in ("count", "milestone"):
        changes["denominator"] = None
    return indicator(case.indicator, **changes)


def aim(since, value=None, **more):
    if "unit" in more:
        more["unit"] = UNITS[more["unit"]]
    return target(value, str(since), **more)


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    units = [
        *tree(),
        unit(NEW_CLINIC, "klinik", HOSPITAL, giltig_fran="2026-04-01"),
        unit(CLOSED_CLINIC, "klinik", REGION, giltig_till="2026-04-30"),
    ]
    sources = Sources(tmp_path_factory.mktemp("specifications"), units)
    sources.define(*(defined(case) for case in CASES))
    sources.write(
        "matningar/m.csv",
        [
            reported(
                case.indicator,
                row.pop("period"),
                enhet_id=UNITS[row.pop("unit")],
                **row,
            )
            for case in CASES
            for row in (dict(row) for row in case.rows)
        ],
    )
    return sources.build(AS_OF)


def test_nothing_was_rejected(built):
    assert built.result.rejections == {}


@pytest.mark.parametrize("case", CASES, ids=[case.name for case in CASES])
def test_a_specification_holds(built, case):
    found = [outcome_as_written(built, case, row) for row in case.outcomes]
    assert found == case.outcomes


def outcome_as_written(built, case, row):
    """Return an outcome as a row of the specification: the columns that it names."""
    place = {name: row[name] for name in PLACE if name in row}
    part = (row.get("by", ""), row.get("by_value", ""))
    try:
        one = built.outcome(case.indicator, UNITS[row["unit"]], row["period"], *part)
    except KeyError:
        one = dict.fromkeys(row)
    return place | {name: written(one[name]) for name in row if name not in place}


def written(cell):
    if cell is None:
        return "-"
    return f"{cell:g}" if isinstance(cell, float) else str(cell)
