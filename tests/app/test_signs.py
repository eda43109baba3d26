"""What control charts say stands beside outcomes, the same on every page."""

import pytest

from app.analysis.asked import _judged, judge_ahead, judged_in, judged_of, reach
from app.analysis.unit_series import unit_series
from app.pages import heatmap, indicator, overview, unit
from app.presenters.latest import trend_spans
from app.queries.frame import read_frame
from app.queries.outcomes import outcomes_of, outcomes_within
from app.text_analysis import basis
from etl.demo.units import IMPROVING_WARD, STOPPING_CENTRE
from kpi.model import Direction
from kpi.period import Period, PeriodKind
from kpi.warehouse import Warehouse
from tests.app.reading import of_type, words

QUARTER = Period.parse("2026Q3")
PARAMS = {"period": str(QUARTER)}


@pytest.fixture(scope="module")
def demo(demo_warehouse):
    return Warehouse(demo_warehouse)


@pytest.fixture(scope="module")
def frame(demo):
    with demo.connect() as connection:
        return read_frame(connection)


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
        overview.content(demo, PARAMS | {"unit": region}, {}),
        unit.content(demo, PARAMS, {"unit": region}),
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
        for one in of_type(heatmap.content(demo, PARAMS, {}), "A")
        if one.href.startswith("/indikator/medication_reviews?")
        and centre.unit_id in one.href
    ]
    assert [one.title for one in cells] == ["Inget målvärde, 0,0\xa0%. Sämre"]
    assert "▼" in words(cells[0])


def test_one_unit_judged_alone_is_judged_as_among_all(demo, frame):
    with demo.connect() as connection:
        every = judged_in(connection, frame, QUARTER)
    for one in frame.units:
        with Warehouse(demo.path).connect() as connection:  # remembers nothing
            spans = trend_spans(frame.definitions.indicators, QUARTER)
            rows = outcomes_within(
                connection, frame.build.build_id, spans, [one.unit_id]
            )
            alone = judged_of(connection, frame, QUARTER, one, rows)
        assert alone == {
            found.indicator.id: found
            for found in every
            if found.unit.unit_id == one.unit_id
        }


def test_a_sign_says_what_the_chart_itself_says(demo, frame):
    """Every chart of three units, made by itself."""
    compared = 0
    with demo.connect() as connection:
        judged = judged_in(connection, frame, QUARTER)
        names = (IMPROVING_WARD, STOPPING_CENTRE, "Region Blekinge")
        for found in judged:
            if found.unit.name not in names or found.variation is None:
                continue
            rows = outcomes_of(
                connection,
                frame.build.build_id,
                found.indicator.id,
                found.unit.unit_id,
            )
            last = min(QUARTER.last, reach(frame.build))
            drawn = unit_series(found.indicator, rows, last)
            assert drawn.chart.variation is found.variation
            assert found.indicator.direction is not Direction.NEUTRAL
            compared += 1
    assert compared > 30


def test_the_newest_quarter_is_judged_before_anybody_asks(demo_warehouse):
    fresh = Warehouse(demo_warehouse)
    judge_ahead(fresh)
    with fresh.connect() as connection:
        frame = read_frame(connection)
        assert list(_judged[connection.engine]) == [(frame.build.build_id, QUARTER)]


def test_without_a_warehouse_nothing_is_judged_ahead(tmp_path):
    judge_ahead(Warehouse(tmp_path / "none.duckdb"))


def test_a_sign_of_months_beside_a_quarter_says_so_and_counts_them(demo, frame):
    """Every month since the break misses a target that lies within the limits."""
    region = frame.units.top().unit_id
    said = words(
        indicator.content(
            demo,
            {"unit": region, "kind": "quarter", "period": str(QUARTER)},
            {"indicator": "svf_lead_time"},
        )
    )
    told = "Målet: slumpen avgör Bedömt månad för månad. Ingen av 21 mätpunkter når"
    assert told in said
    shown = overview.content(demo, PARAMS | {"unit": region}, {})
    assert any(
        "Bedömt månad för månad. Ingen av 21" in one
        for one in chart_links(shown, region).values()
    )


@pytest.mark.parametrize(
    ("met", "told"),
    [
        (0, "Ingen av 7 mätpunkter når målet."),
        (3, ""),
        (7, "Alla 7 mätpunkter når målet."),
        (None, ""),
    ],
)
def test_points_that_all_fall_on_one_side_of_the_target_are_counted(met, told):
    quarter = PeriodKind.QUARTER
    assert basis(quarter, quarter, met, 7) == told
