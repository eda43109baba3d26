"""The three journeys, walked in a browser on the demo data, as a visitor would."""

import json
import re

import pytest

from tests.pages import opened

pytestmark = pytest.mark.browser

REGION = "SE2321000081-DEMO001"
LEAD_TIME = "Ledtid i standardiserade vårdförlopp"
FIRST_QUARTER = "kv 1 2026".replace(" ", "\N{NO-BREAK SPACE}")


def outcome(page, **query):
    """The API's word for what the page should show."""
    said = "&".join(f"{name}={value}" for name, value in query.items())
    answer = page.request.get(f"/api/v1/outcomes?{said}")
    assert answer.ok
    (one,) = json.loads(answer.text())["outcomes"]
    return one


def per_cent(value):
    return f"{value:.1f}".replace(".", ",") + "\N{NO-BREAK SPACE}%"


def test_management_finds_what_is_off_target_this_quarter_and_why(page):
    opened(page, "/?period=2026Q3")
    page.get_by_text("Syntetiska demodata").first.wait_for()
    page.get_by_label("Status").select_option(label="Når inte målet")
    page.wait_for_url(re.compile("status=not_met"))
    # It stands under cancer, and under a focus area of patient safety.
    row = page.get_by_role("row").filter(has_text=LEAD_TIME).first
    expected = outcome(page, indicator="svf_lead_time", unit=REGION, period="2026Q3")
    row.get_by_text(per_cent(expected["value"])).wait_for()
    assert expected["status"] == "not_met"
    assert row.get_by_text("Når inte målet").is_visible()
    assert row.get_by_text("≥ 55").is_visible()
    missing = -(-55 * expected["denominator"] // 100) - expected["numerator"]
    assert row.get_by_text(f"{missing} till").is_visible()
    row.get_by_role("link", name=LEAD_TIME).click()
    page.get_by_role("heading", name=LEAD_TIME).wait_for()
    page.get_by_role("heading", name=re.compile("^Jämför enheter")).wait_for()
    page.get_by_text("Siffrorna bakom diagrammet som tabell").click()
    worst = page.get_by_role("row").filter(has_text="Kvinnokliniken").first
    assert worst.get_by_text("Når inte målet").is_visible()
    assert "Brott" in page.inner_text("main")


def test_a_unit_manager_sees_the_own_unit_and_its_place(page):
    opened(page, "/")
    page.get_by_role("link", name="Enheter", exact=True).click()
    page.get_by_role("link", name="Kvinnokliniken").first.click()
    page.get_by_role("heading", name="Kvinnokliniken", level=1).wait_for()
    card = page.get_by_text(LEAD_TIME).first
    card.wait_for()
    units = json.loads(page.request.get("/api/v1/units").text())["units"]
    (unit,) = {one["unit"] for one in units if one["name"] == "Kvinnokliniken"}
    expected = outcome(page, indicator="svf_lead_time", unit=unit, period="2026Q3")
    assert page.get_by_text(per_cent(expected["value"])).first.is_visible()
    assert re.search(r"\d+ av \d+ kliniker", page.inner_text("main"))


def test_an_analyst_goes_from_a_deviation_to_its_rows_in_two_clicks(page):
    opened(page, f"/indikator/svf_lead_time?unit={REGION}&period=2026Q3")
    table = page.get_by_role("table").filter(has_text="Täljare").first
    table.wait_for()
    row = page.get_by_role("row").filter(has_text="kv 3 2026").last
    row.get_by_role("link", name=re.compile("underlag")).click()
    page.get_by_role("heading", name="Utfallet", exact=True).wait_for()
    page.get_by_role("link", name="Till raderna").click()
    rows = page.get_by_role("table").filter(has_text="svf_fall_demo").last
    rows.wait_for()
    expected = outcome(page, indicator="svf_lead_time", unit=REGION, period="2026Q3")
    assert expected["denominator"] > 50
    assert rows.get_by_role("row").count() == 51  # a header and a page of fifty
    assert "svf/svf_fall_demo_2026.csv" in rows.inner_text()
    # nothing that could identify a patient
    assert not re.search(r"D-20\d\d-\d+", page.inner_text("main"))


def test_a_chosen_view_is_a_link_and_the_back_button_works(page):
    opened(page, "/?period=2026Q2")
    page.get_by_role("combobox", name="Period").select_option(
        label="kv\N{NO-BREAK SPACE}1\N{NO-BREAK SPACE}2026"
    )
    page.wait_for_url(re.compile("period=2026Q1"))
    page.get_by_text("Översikt, kv").wait_for()
    page.go_back()
    page.wait_for_url(re.compile("period=2026Q2"))
