"""Parts that are asked for anew add up as in the build where units became one."""

import pytest

from app.queries.cells import cells_of
from app.queries.definitions import definitions
from app.queries.reader import open_reader
from kpi.period import Period
from kpi.warehouse import Warehouse
from tests.etl.rows import (
    CLINIC,
    HOSPITAL,
    SECOND_CLINIC,
    Sources,
    indicator,
    reported,
    tree,
    unit,
)

MERGED = "SE2321000081-TEST71"


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    """Two clinics of 100 and 200 inhabitants that became MERGED, two months of both."""
    units = tree()
    for row in units[3:5]:
        row |= {"giltig_till": "2026-06-30", "ersatt_av": MERGED}
    units.append(unit(MERGED, "klinik", HOSPITAL, giltig_fran="2026-07-01"))
    sources = Sources(tmp_path_factory.mktemp("merged"), units)
    sources.define(
        indicator("visits", kind="rate", per=1000, averaged_over_time=["denominator"])
    )
    sources.write(
        "matningar/m.csv",
        [
            reported("visits", month, taljare=visits, namnare=people, enhet_id=one)
            for month in ("2026-07", "2026-08")
            for one, visits, people in (
                (CLINIC, "5", "100"),
                (SECOND_CLINIC, "7", "200"),
            )
        ],
    )
    return sources.build()


def test_a_stock_of_units_that_became_one_counts_each_month_once(built):
    assert built.counts("visits", MERGED, "2026Q3") == (24, 300)
    with open_reader(Warehouse(built.path)) as reader:
        visits = definitions(reader).indicator("visits")
        cells = cells_of(reader, visits, [MERGED], Period.parse("2026Q3"), [])
    assert sum(cell.numerator for cell in cells) == 24
    assert sum(cell.denominator for cell in cells) == 300
