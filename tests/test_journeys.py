"""The three journeys, walked in a browser on the demo data, as a visitor would."""

import json
import re

import pytest

from tests.pages import PAGES, opened

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

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
    row = page.get_by_role("row").filter(has_text=LEAD_TIME)
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
    page.get_by_role("combobox", name="Kvartal").select_option(
        label="kv\N{NO-BREAK SPACE}1\N{NO-BREAK SPACE}2026"
    )
    page.wait_for_url(re.compile("period=2026Q1"))
    page.get_by_text("Översikt, kv").wait_for()
    page.go_back()
    page.wait_for_url(re.compile("period=2026Q2"))


# 640 and 320 are also what 1280 is at 200 and at 400 per cent zoom.
WIDTHS = (320, 640, 768, 1280, 1920)


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("view", ["normal", "presentation"])
def test_a_page_fits_every_width_and_says_it_is_demo(page, demo_server, name, view):
    page.context.add_cookies([{"name": "view", "value": view, "url": demo_server}])
    sideways = {}
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        # A chart is drawn for the width it is opened at.
        if width == WIDTHS[0] or page.locator("figure.graph").count():
            opened(page, PAGES[name])
        assert page.get_by_text("Syntetiska demodata").first.is_visible()
        wide = page.evaluate("document.documentElement.scrollWidth")
        if wide > width:
            sideways[width] = wide
    assert sideways == {}


@pytest.mark.parametrize("name", ["overview", "map", "indicator", "unit", "lineage"])
def test_paper_holds_the_whole_page(page, name, tmp_path):
    opened(page, PAGES[name])
    page.set_viewport_size({"width": 718, "height": 1000})  # A4 within its margins
    page.emulate_media(media="print")
    assert page.get_by_text("Syntetiska demodata").first.is_visible()
    assert not page.get_by_role("navigation", name="Huvudmeny").is_visible()
    assert page.locator("form.filters").count() == 0 or not (
        page.locator("form.filters").first.is_visible()
    )
    # Charts follow in a moment; before a real print they are drawn at once.
    page.wait_for_timeout(500)
    assert page.evaluate("document.documentElement.scrollWidth") <= 718
    page.pdf(path=tmp_path / "page.pdf", format="A4")
    assert (tmp_path / "page.pdf").read_bytes().startswith(b"%PDF")
