"""What control charts say stands beside outcomes, the same on every page."""

import pytest

from app.outcome.analysis_words import basis
from app.outcome.question import Question, judged_of, judged_within
from app.pages.indicator import page as indicator
from app.pages.map import page as heatmap
from app.pages.overview import page as overview
from app.pages.unit import page as unit
from app.queries.frame import read_frame
from app.queries.reader import open_reader
from etl.demo.regions import STOPPING_CENTRE
from kpi.model import Direction
from kpi.period import Period, PeriodKind
from kpi.warehouse import Warehouse
from tests.app.reading import of_type, words
from tests.app.visiting import page_of

QUARTER = Period.parse("2026Q3")
PARAMS = {"period": str(QUARTER)}


@pytest.fixture(scope="module")
def demo(demo_warehouse):
    return Warehouse(demo_warehouse)


@pytest.fixture(scope="module")
def frame(demo):
    with open_reader(demo) as reader:
        return read_frame(reader)


def named(frame, name):
    return next(one for one in frame.units if one.name == name)


def chart_links(page, unit_id):
    """What the links to control charts say, by address."""
    return {
        one.href: words(one)
        for one in of_type(page, "A")
        if one.href.startswith("/analys/styrdiagram") and unit_id in one.href
    }


def test_better_hygiene_is_said_in_the_overview_and_on_the_units_page(demo, frame):
    region = frame.units.top().unit_id
    pages = (
        page_of(overview, demo, PARAMS | {"unit": region}),
        page_of(unit, demo, PARAMS, {"unit": region}),
    )
    for page in pages:
        said = chart_links(page, region)
        found = [words for href, words in said.items() if "bhk_compliance" in href]
        assert len(found) == 1
        assert "▲" in found[0]
        assert "Bättre" in found[0]


def test_the_centre_that_stopped_registering_is_worse_on_the_map(demo, frame):
    centre = named(frame, STOPPING_CENTRE)
    cells = [
        one
        for one in of_type(page_of(heatmap, demo, PARAMS), "A")
        if one.href.startswith("/indikator/medication_reviews?")
        and centre.unit_id in one.href
    ]
    # It stands under medicines and two focus areas, and says the same everywhere.
    assert [one.title for one in cells] == ["Inget målvärde, 0,0\xa0%. Sämre"] * 3
    assert "▼" in words(cells[0])


def test_one_unit_judged_alone_is_judged_as_among_all(demo, frame):
    with open_reader(demo) as reader:
        every = judged_within(reader, frame, Question(QUARTER, frame.units.top()))
        for one in frame.units:
            assert judged_of(reader, frame, QUARTER, one) == {
                found.indicator.id: found
                for found in every
                if found.unit.unit_id == one.unit_id
            }


def test_what_has_no_better_direction_is_not_judged(demo, frame):
    with open_reader(demo) as reader:
        found = judged_within(reader, frame, Question(QUARTER, frame.units.top()))
    directions = {one.indicator.direction for one in found}
    assert directions == {Direction.HIGHER, Direction.LOWER}


def test_a_sign_of_months_beside_a_quarter_says_so_and_counts_them(demo, frame):
    """Not every month misses the target: two met the 50 % in force in 2025."""
    region = frame.units.top().unit_id
    said = words(
        page_of(
            indicator,
            demo,
            {"unit": region, "kind": "quarter", "period": str(QUARTER)},
            {"indicator": "svf_lead_time"},
        )
    )
    assert "Målet: slumpen avgör Bedömt månad för månad." in said
    assert "Ingen av 21 mätpunkter" not in said
    shown = page_of(overview, demo, PARAMS | {"unit": region})
    assert any(
        "Bedömt månad för månad." in one for one in chart_links(shown, region).values()
    )


@pytest.mark.parametrize(
    ("met", "told"),
    [
        (0, "Ingen av 7 mätpunkter når det mål som gällde då."),
        (3, ""),
        (7, "Alla 7 mätpunkter når det mål som gällde då."),
        (None, ""),
    ],
)
def test_points_that_all_fall_on_one_side_of_the_target_are_counted(met, told):
    quarter = PeriodKind.QUARTER
    assert basis(quarter, quarter, met, 7) == told
