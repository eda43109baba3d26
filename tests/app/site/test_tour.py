from urllib.parse import parse_qsl, urlsplit

import pytest

from app.queries.reader import open_reader
from app.site import routes, tour
from kpi.warehouse import Warehouse
from tests import builders as make
from tests.app.reading import headings, hrefs, words
from tests.app.visiting import page_of


@pytest.fixture(scope="module")
def small(tmp_path_factory):
    """A region that misses its target, and two clinics of which the second is worse."""
    rows = [
        make.outcome(),
        make.outcome(unit=make.CLINIC, value=50.0, numerator=20.0, denominator=40.0),
        make.outcome(
            unit=make.SECOND_CLINIC, value=36.7, numerator=22.0, denominator=60.0
        ),
        make.outcome(unit=make.ENDED_CLINIC, value=1.0),
    ]
    here = make.warehouse(tmp_path_factory.mktemp("tour"), rows)
    with open_reader(here) as reader:
        yield reader


def opened(warehouse, step):
    """Return the main part of the page a step leads to."""
    parts = urlsplit(step.href)
    module, path = routes.route(parts.path)
    return page_of(module, warehouse, dict(parse_qsl(parts.query)), path)


def asked(href):
    parts = urlsplit(href)
    return parts.path, dict(parse_qsl(parts.query))


def test_the_tour_goes_from_the_region_to_the_worst_unit_and_its_rows(small):
    assert [step.href for step in tour.steps(small)] == [
        "/?period=2026Q3",
        f"/indikator/svf_lead_time?unit={make.REGION}&period=2026Q3",
        f"/indikator/svf_lead_time?unit={make.REGION}&period=2026Q3&unit_kind=klinik",
        f"/enhet/{make.SECOND_CLINIC}?period=2026Q3",
        f"/underlag/utfall?indicator=svf_lead_time&unit={make.REGION}&period=2026Q3",
        "/",
    ]


def test_a_unit_that_has_ended_is_no_example(small):
    assert all(make.ENDED_CLINIC not in step.href for step in tour.steps(small))


def test_the_words_say_what_the_numbers_say(small):
    overview, indicator, comparison, unit, rows, _ = tour.steps(small)
    assert "Region Demo" in overview.words
    assert "1 når inte målet" in overview.words
    assert "utfallet är 42,0" in words(indicator.words)
    assert "Kvinnokliniken med 36,7" in words(comparison.words)
    assert unit.words.startswith("Kvinnokliniken har en egen sida")
    assert "täljaren 42 och nämnaren 100" in words(rows.words)


@pytest.mark.parametrize("number", range(6))
def test_each_step_leads_to_a_page_that_shows_it(demo_warehouse, number):
    warehouse = Warehouse(demo_warehouse)
    with open_reader(warehouse) as reader:
        every = tour.steps(reader)
    assert len(every) == 6
    step = every[number]
    page = opened(warehouse, step)
    title = next(said for level, said in headings(page) if level == "H1")
    name = every[1].words.partition(" når inte målet")[0]
    value = every[1].words.partition("utfallet är ")[2].partition(" och målet")[0]
    worst = every[3].words.partition(" har en egen sida")[0]
    expected = [
        (every[0].words.partition(" i ")[2].partition(",")[0], "Når inte målet"),
        (name, value),
        (name, every[2].words.partition(" med ")[2].partition(".")[0]),
        (worst, name),
        (name, value),
        (title, ""),
    ]
    in_title, in_page = expected[number]
    assert in_title in title
    assert " ".join(in_page.split()) in words(page)
    if number == 2:
        assert "Jämför enheter" in words(page)
        assert worst in words(page)


def test_the_panel_tells_where_on_the_tour_one_is_and_the_ways_on(small):
    every = tour.steps(small)
    path, params = asked(every[1].href)
    panel = tour.panel(small, path, params | {"tur": "2"})
    assert headings(panel) == [("H2", "En indikator långt från målet")]
    assert "Steg 2 av 6" in words(panel)
    assert " ".join(every[1].words.split()) in words(panel)
    before, after, end = hrefs(panel)
    assert before == "/?period=2026Q3&tur=1"
    assert after == f"{every[2].href}&tur=3"
    assert end == every[1].href


def test_the_panel_is_a_landmark_named_by_its_heading(small):
    panel = tour.panel(small, "/", {"period": "2026Q3", "tur": "1"})
    assert getattr(panel, "aria-labelledby") == "tour-title"


def test_the_first_step_has_no_way_back_and_the_last_none_on(small):
    first = tour.panel(small, "/", {"tur": "1"})
    last = tour.panel(small, "/", {"tur": "6"})
    assert "Föregående" not in words(first)
    assert "Nästa" not in words(last)


def test_whoever_wanders_off_is_told_the_way_back(small):
    panel = tour.panel(small, "/karta", {"tur": "2"})
    assert "Du har lämnat rundturen" in words(panel)
    assert hrefs(panel)[-1] == "/karta"


@pytest.mark.parametrize("written", ["", "0", "7", "x", "²", "-1"])
def test_an_address_without_a_step_has_no_panel(small, written):
    assert tour.panel(small, "/", {"tur": written}) is None
    assert tour.panel(small, "/", {}) is None


def test_where_every_target_is_met_the_tour_is_shorter(tmp_path):
    fine = make.warehouse(tmp_path, [make.outcome(status="met", value=60.0)])
    with open_reader(fine) as reader:
        assert [step.href for step in tour.steps(reader)] == ["/?period=2026Q3", "/"]
        assert "Steg 1 av 2" in words(tour.panel(reader, "/", {"tur": "1"}))


def test_without_units_there_is_only_what_can_be_said_of_any_page(tmp_path):
    empty = make.warehouse(tmp_path, units=[])
    with open_reader(empty) as reader:
        assert [step.href for step in tour.steps(reader)] == ["/"]


def test_the_tour_starts_at_the_overview():
    assert tour.start_href() == "/?tur=1"
