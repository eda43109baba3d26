"""From files to page and API: steps met early, on time, late, never, and unreported."""

import csv
import io
from datetime import date

import flask
import pytest

from app.pages.steps import page as steps
from app.site.api import register_api
from app.words.language import speaking
from kpi.warehouse import Warehouse
from tests.app.reading import headings, of_type, words
from tests.app.visiting import page_of
from tests.etl.rows import CLINIC, PLAN, REGION, Sources, indicator, reported, target

AS_OF = date(2026, 11, 15)
DAYS = {
    "early": ("2026Q2", "2026Q4"),
    "on_time": ("2026Q1", "2026Q3"),
    "late": ("2025", "2025"),
    "never": ("2025Q1", "2025Q4"),
    "unreported": ("2026Q1", "2026Q2"),
    "ahead": ("2027", "2027"),
}
REPORTS = {
    "early": [("2025Q3", 1)],
    "on_time": [("2026Q1", 0), ("2026Q3", 1)],
    "late": [("2025Q2", 0), ("2026Q2", 1)],
    "never": [("2025Q4", 0), ("2026Q3", 0)],
}


def step(name, days):
    since, until = days
    return indicator(
        name,
        kind="milestone",
        frequency="once",
        unit_kinds=["region"],
        denominator=None,
        unit={"sv": "steg nått", "en": "milestone reached"},
        decimals=0,
        name={"sv": name, "en": name},
        targets=[target(1, since, rule="=", until=until, section="Mål 12")],
    )


@pytest.fixture(scope="module")
def warehouse(tmp_path_factory):
    sources = Sources(tmp_path_factory.mktemp("steps"))
    sources.define_alone(*(step(*each) for each in DAYS.items()))
    sources.write(
        "matningar/steps.csv",
        [
            reported(name, period, varde=value, enhet_id=REGION)
            for name, reports in REPORTS.items()
            for period, value in reports
        ],
    )
    return Warehouse(sources.build(AS_OF).path)


@pytest.fixture(scope="module")
def client(warehouse):
    server = flask.Flask("test")
    register_api(server, warehouse)
    return server.test_client()


def rows_of(page):
    return [words(row) for row in of_type(page, "Tr")]


def shown(warehouse, **params):
    with speaking("sv"):
        return page_of(steps, warehouse, {"period": "2026Q3"} | params)


def test_steps_stand_on_a_time_line_those_passed_first(warehouse):
    page = shown(warehouse)
    titles = [title for _, title in headings(page)]
    assert titles[1:] == ["Datumet har passerat", "Kommande"]
    named = [row for row in rows_of(page) if "Senast" not in row]
    order = ["late", "never", "unreported", "on_time", "early", "ahead"]
    assert [name in row for name, row in zip(order, named, strict=True)] == [True] * 6


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("early", ("kv 4 2026", "Nådd", "ja (kv 3 2025)", "kv 3 2025, i förväg")),
        ("on_time", ("kv 3 2026", "Nådd", "ja (kv 3 2026)", "kv 3 2026, i tid")),
        ("late", ("2025", "Nådd", "ja (kv 2 2026)", "kv 2 2026, efter tiden")),
        ("never", ("kv 4 2025", "Inte nådd", "nej (kv 3 2026)")),
        ("unreported", ("kv 2 2026", "Inte rapporterat", "inget rapporterat")),
        ("ahead", ("2027", "Planerad", "inget rapporterat")),
    ],
)
def test_each_says_when_it_was_due_and_what_came_of_it(warehouse, name, told):
    day, *rest = told
    row = next(row for row in rows_of(shown(warehouse)) if name in row)
    assert row.startswith(day)
    assert all(words in row for words in rest), row


def test_the_number_that_should_have_been_reached_is_told_first(warehouse):
    said = words(shown(warehouse))
    assert "6 steg. 2 skulle ha varit nådda och är inte det. 3 är nådda." in said


def test_an_earlier_quarter_knows_only_what_was_reported_by_then(warehouse):
    page = shown(warehouse, period="2026Q1")
    late = next(row for row in rows_of(page) if "late" in row)
    assert "Inte nådd" in late
    assert "nej (kv 2 2025)" in late
    on_time = next(row for row in rows_of(page) if "on_time" in row)
    assert "Planerad" in on_time


def test_the_api_says_the_same(client):
    answer = client.get("/api/v1/steps?period=2026Q3").get_json()["steps"]
    brief = {
        row["indicator"]: (
            row["due"],
            row["is_passed"],
            row["status"],
            row["reached_in"],
        )
        for row in answer
    }
    assert brief == {
        "late": ("2025", True, "met", "2026Q2"),
        "never": ("2025Q4", True, "not_met", None),
        "unreported": ("2026Q2", True, "not_reported", None),
        "on_time": ("2026Q3", True, "met", "2026Q3"),
        "early": ("2026Q4", False, "met", "2025Q3"),
        "ahead": ("2027", False, "planned", None),
    }
    text = client.get("/api/v1/steps.csv?period=2026Q3").get_data(as_text=True)
    lines = list(csv.DictReader(io.StringIO(text.lstrip("\ufeff")), delimiter=";"))
    assert [line["indicator"] for line in lines] == [row["indicator"] for row in answer]


def test_a_unit_without_steps_is_told_so(warehouse):
    page = shown(warehouse, unit=CLINIC)
    assert (
        "Det finns inga steg för enheten. Ett steg är det som en plan i den egna "
        "regionen säger ska göras en gång. De flesta steg är regionens." in words(page)
    )
    assert "0 steg" not in words(page)
    assert not of_type(page, "Table")


def test_on_the_last_day_of_a_quarter_its_steps_are_due(tmp_path):
    """As the build has it: a month is over at the end of its last day."""
    sources = Sources(tmp_path)
    sources.define_alone(step("pilot", ("2026Q1", "2026Q3")))
    row = reported("pilot", "2026Q3", varde=0, enhet_id=REGION)
    sources.write("matningar/steps.csv", [row])
    shown_page = shown(Warehouse(sources.build(date(2026, 9, 30)).path))
    titles = [title for _, title in headings(shown_page)]
    assert titles[1:] == ["Datumet har passerat"]
    assert "Inte nådd" in words(shown_page)


@pytest.mark.parametrize(
    ("region", "level", "is_shown"),
    [("0010", "local", True), ("0007", "local", False), ("0007", "national", True)],
)
def test_a_step_of_another_regions_plan_is_none_here(tmp_path, region, level, is_shown):
    sources = Sources(tmp_path)
    pilot = step("pilot", ("2026Q1", "2026Q3"))
    pilot["targets"][0]["level"] = level
    anyones = step("anyones", ("2026Q1", "2026Q3")) | {"targets": []}
    sources.define_alone(pilot, anyones, plan=PLAN | {"region": region})
    rows = [
        reported(name, "2026Q3", varde=0, enhet_id=REGION)
        for name in ("pilot", "anyones")
    ]
    sources.write("matningar/steps.csv", rows)
    page = words(shown(Warehouse(sources.build(AS_OF).path)))
    assert ("pilot" in page) is is_shown
    assert "anyones" in page


def test_a_region_without_steps_is_not_led_to_the_region(tmp_path):
    sources = Sources(tmp_path)
    sources.define_alone(indicator("falls"))
    sources.write("matningar/f.csv", [reported("falls", "2026Q3", enhet_id=REGION)])
    page = words(shown(Warehouse(sources.build(AS_OF).path)))
    assert "Det finns inga steg för enheten. Ett steg är" in page
    assert "Välj regionen" not in page
