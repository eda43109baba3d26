"""Months that nobody reported, from file to chart; breaks by their own names."""

import pytest

from app.pages.chart import page as page_module
from kpi.warehouse import Warehouse
from tests.app.reading import words
from tests.app.visiting import page_of
from tests.etl.rows import CLINIC, Sources, indicator, reported

VALUES = {
    "2024": (20, 35, 18, 40, 22, 38, 21, 36, 19, 41, 23, 37),
    "2025": (20, 35, *(None,) * 8, 80, 70),
    "2026": (78, 72, 82, 68, 81, 66, 79, 71, 83),
}
BREAK = {"since": "2025Q2", "text": {"sv": "Nytt system", "en": "New system"}}


@pytest.fixture(scope="module")
def warehouse(tmp_path_factory):
    sources = Sources(tmp_path_factory.mktemp("gaps"))
    count = {"kind": "count", "denominator": None, "minimum_denominator": 1}
    count |= {"unit": {"sv": "fall", "en": "falls"}, "decimals": 0}
    sources.define(
        indicator("falls", **count, direction="lower"),
        indicator("moved", **count, direction="lower", breaks=[BREAK]),
    )
    sources.write(
        "matningar/m.csv",
        [
            reported(name, f"{year}-{month:02}", taljare=str(value))
            for name in ("falls", "moved")
            for year, values in VALUES.items()
            for month, value in enumerate(values, start=1)
            if value is not None
        ],
    )
    return Warehouse(sources.build().path)


def test_months_without_a_report_have_places_and_no_range_across(warehouse):
    """By hand: 2.66 times the mean range of the other pairs, either side of 49.4."""
    page = words(
        page_of(page_module, warehouse, {"indicator": "falls", "unit": CLINIC})
    )
    assert "25 med värde, 8 utan (månader)" in page
    assert "mars 2025" in page
    assert "11–88" in page  # with the range across the gap it would be 8–91
    assert "8–91" not in page


def test_a_break_has_the_name_of_its_own_period(warehouse):
    """As on the indicator's own page, and not that of the next month with a value."""
    page = repr(
        page_of(page_module, warehouse, {"indicator": "moved", "unit": CLINIC})
    ).replace("\\xa0", " ")
    assert "före kv 2 2025" in page
    assert "Brott kv 2 2025: Nytt system" in page
    assert "före april 2025" not in page
    assert "före november 2025" not in page
