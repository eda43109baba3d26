"""How far data reach, where a period was reported before it was over."""

import pytest

from app.pages.sources import page as sources
from app.site.routes import shown
from kpi.warehouse import Warehouse
from tests.app.reading import row_starting, words
from tests.app.visiting import page_of
from tests.etl.rows import CLINIC, REGION, Sources, reported

NAME = "Mätningar som enheterna har räknat"


def told(folder, *periods):
    """Return how new the reported measures are, and what the page ends with."""
    files = Sources(folder)
    files.write(
        "matningar/m.csv",
        [
            reported("lex_maria", one, varde="3", enhet_id=unit)
            for one, unit in zip(periods, (REGION, CLINIC), strict=False)
        ],
    )
    files.build()
    warehouse = Warehouse(files.warehouse)
    row = row_starting(page_of(sources, warehouse, {}), NAME)
    return row[1], row[4], words(shown(warehouse, "/", "").footer)


def test_a_year_that_goes_on_does_not_make_old_data_new(tmp_path):
    new, last_day, footer = told(tmp_path, "2026", "2026-03")
    assert (new[0], last_day) == ("!", "2026-03-31")
    assert "Data till och med mars 2026" in footer


def test_alone_it_tells_of_no_month(tmp_path):
    new, last_day, _ = told(tmp_path, "2026")
    assert (new, last_day) == ("bedöms inte", "–")


@pytest.mark.parametrize("period", ["2026-09", "2026Q3"])
def test_a_period_that_is_over_tells_of_all_its_months(tmp_path, period):
    new, last_day, footer = told(tmp_path, "2026", period)
    assert (new, last_day) == ("✓ Som väntat", "2026-09-30")
    assert "Data till och med september 2026" in footer
