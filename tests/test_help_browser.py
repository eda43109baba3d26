"""Help, tour, waiting and failing in a browser, with mouse, keyboard and no server."""

import re
import subprocess
import sys
import time
import urllib.request

import pytest

from tests.conftest import ROOT, free_port
from tests.pages import opened

pytestmark = pytest.mark.browser

STATEMENT = "/tillganglighet"
INDICATOR = "/indikator/svf_lead_time?period=2026Q3"
PAGES = "**/_dash-update-component*"
FILES = "**/export/outcomes.xlsx*"
SLOW_SECONDS = 1.5


@pytest.fixture
def statement(page):
    opened(page, STATEMENT)
    return page


@pytest.fixture
def troubled(chromium, demo_server):
    """A page that may meet errors; `page` fails a test on any."""
    context = chromium.new_context(base_url=demo_server, locale="sv-SE")
    context.set_default_timeout(15_000)
    yield context.new_page()
    context.close()


def word(page):
    return page.locator("button.term[data-term=build]")


def question_mark(page):
    return page.get_by_role("button", name="Hjälp: Delvis förenligt")


def boxes(page):
    return page.locator(".popover:visible")


# Boxes that explain.


def test_a_word_tells_what_it_means_and_takes_it_back(statement):
    assert boxes(statement).count() == 0
    word(statement).click()
    assert "Alla utfall, räknade vid ett tillfälle" in boxes(statement).inner_text()
    assert word(statement).get_attribute("aria-expanded") == "true"
    word(statement).click()
    assert boxes(statement).count() == 0
    assert word(statement).get_attribute("aria-expanded") == "false"


def test_the_keyboard_opens_reads_and_leaves_a_box(statement):
    word(statement).focus()
    statement.keyboard.press("Enter")
    assert boxes(statement).count() == 1
    statement.keyboard.press("Tab")
    assert statement.evaluate("document.activeElement.textContent") == "Mer i ordlistan"
    statement.keyboard.press("Escape")
    assert boxes(statement).count() == 0
    assert statement.evaluate("document.activeElement.dataset.term") == "build"


def test_a_box_closes_when_one_tabs_on(statement):
    word(statement).focus()
    statement.keyboard.press("Enter")
    statement.keyboard.press("Shift+Tab")
    assert boxes(statement).count() == 0


def test_one_box_is_open_at_a_time_and_a_click_outside_closes_it(statement):
    word(statement).click()
    question_mark(statement).click()
    assert boxes(statement).count() == 1
    assert "Lagen har tre svar" in boxes(statement).inner_text()
    statement.locator(".footer").get_by_text("Data till och med").click()
    assert boxes(statement).count() == 0


@pytest.mark.parametrize("button", [word, question_mark])
def test_a_box_stays_within_a_narrow_window(statement, button):
    statement.set_viewport_size({"width": 320, "height": 568})
    button(statement).click()
    box = boxes(statement).bounding_box()
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 320
    assert box["y"] >= 0
    assert box["y"] + box["height"] <= 568


def test_the_box_leads_to_the_words_row_in_the_glossary(statement):
    word(statement).click()
    boxes(statement).get_by_role("link").click()
    statement.wait_for_url(re.compile("/om#ord-build"))
    statement.get_by_role("heading", name="Om Målbild").wait_for()
    row = statement.locator("#ord-build")
    row.wait_for()
    statement.wait_for_function(
        "() => { const place = document.getElementById('ord-build');"
        " const at = place.getBoundingClientRect();"
        " return at.top >= 0 && at.bottom <= window.innerHeight; }"
    )


# The tour.


def test_the_tour_is_walked_from_step_to_step_and_left(page):
    opened(page, "/?tur=1")
    tour = page.get_by_role("region", name="Här börjar det: översikten")
    tour.wait_for()
    assert page.locator("#tour").get_attribute("aria-live") == "polite"
    for number, place in enumerate(
        ["/indikator/", "unit_kind=", "/enhet/", "/underlag/utfall", "/?"], start=2
    ):
        page.locator(".tour").get_by_role("link", name="Nästa").click()
        page.locator(".tour").get_by_text(f"Steg {number} av 6").wait_for()
        assert place in page.url
        assert f"tur={number}" in page.url
        assert page.evaluate("document.activeElement.closest('.tour')") is None
    page.locator(".tour").get_by_role("link", name="Avsluta rundturen").click()
    page.locator(".tour").wait_for(state="detached")
    assert "tur=" not in page.url


def test_whoever_tries_a_filter_is_still_on_the_tour(page):
    opened(page, "/?tur=1")
    page.locator(".tour").wait_for()
    page.get_by_label("Status").select_option(label="Når inte målet")
    page.wait_for_url(re.compile("status=not_met"))
    assert "tur=1" in page.url


# Waiting.


def slowly(route):
    time.sleep(SLOW_SECONDS)
    route.continue_()


def test_a_page_that_takes_its_time_says_so(statement):
    statement.evaluate(
        "() => { window.seen = []; const note = () => window.seen.push(["
        " document.querySelector('#main').getAttribute('aria-busy'),"
        " document.querySelector('.progress')?.getAttribute('aria-label')]);"
        " new MutationObserver(note).observe(document.body, {childList: true}); }"
    )
    statement.route(PAGES, slowly)
    statement.get_by_role("link", name="Om", exact=True).first.click()
    statement.get_by_role("heading", name="Om Målbild").wait_for()
    statement.wait_for_function(
        "document.querySelector('#main').getAttribute('aria-busy') === 'false'"
    )
    assert statement.evaluate("window.seen")[0] == ["true", "Hämtar…"]
    assert statement.locator(".progress").count() == 0


def test_a_workbook_is_saved_under_its_name(page):
    opened(page, INDICATOR)
    with page.expect_download() as saving:
        page.get_by_role("link", name="Excel").click()
    assert saving.value.suggested_filename.startswith("svf_lead_time_")
    assert saving.value.suggested_filename.endswith(".xlsx")
    assert saving.value.path().read_bytes().startswith(b"PK")


def test_a_workbook_that_takes_its_time_says_so_and_when_it_is_done(page):
    opened(page, INDICATOR)
    page.route(FILES, slowly)
    link = page.get_by_role("link", name="Excel")
    link.wait_for()
    page.evaluate(
        "() => { window.said = []; new MutationObserver(() => window.said.push("
        " document.querySelector('.file-status')?.textContent))"
        ".observe(document.querySelector('#main'),"
        " {subtree: true, childList: true, characterData: true}); }"
    )
    with page.expect_download():
        link.click()
    page.get_by_role("status").get_by_text("Filen är klar.").wait_for()
    assert "Filen skapas…" in page.evaluate("window.said")


def test_a_workbook_that_could_not_be_made_says_what_to_do(troubled):
    opened(troubled, INDICATOR)
    troubled.route(FILES, lambda route: route.fulfill(status=400))
    troubled.get_by_role("link", name="Excel").click()
    troubled.get_by_text(
        "Filen kunde inte skapas. Försök igen, eller välj CSV."
    ).wait_for()


# Failing.


def test_a_fault_on_the_server_is_told_and_goes_away_with_the_next_page(troubled):
    opened(troubled, STATEMENT)
    troubled.route(PAGES, lambda route: route.fulfill(status=500))
    menu = troubled.get_by_role("navigation", name="Huvudmeny")
    menu.get_by_role("link", name="Enheter").click()
    alert = troubled.get_by_role("alert")
    alert.get_by_text("Sidan kunde inte skapas").wait_for()
    assert alert.get_by_role("link", name="Till översikten").is_visible()
    troubled.unroute(PAGES)
    menu.get_by_role("link", name="Handlingsplaner").click()
    troubled.get_by_role("heading", name="Handlingsplaner", level=1).wait_for()
    alert.wait_for(state="detached")


def served(warehouse, port):
    """A server of the test's own, which it may stop."""
    server = subprocess.Popen(
        [
            *(sys.executable, "-m", "app"),
            *("--warehouse", warehouse, "--port", f"{port}"),
        ],
        cwd=ROOT,
        stdout=subprocess.DEVNULL,
    )
    for _ in range(100):
        try:
            urllib.request.urlopen(
                f"http://127.0.0.1:{port}/healthz", timeout=2
            ).close()
            return server
        except OSError:
            assert server.poll() is None, "the server stopped while starting"
            time.sleep(0.1)
    raise AssertionError("the server did not start")


def stopped(server):
    server.terminate()
    server.wait(timeout=15)


def test_while_the_server_is_away_the_page_stays_and_one_can_try_again(
    troubled, demo_warehouse
):
    port = free_port()
    server = served(demo_warehouse, port)
    try:
        troubled.goto(f"http://127.0.0.1:{port}{STATEMENT}")
        title = troubled.get_by_role("heading", level=1)
        title.wait_for()
        before = title.inner_text()
        stopped(server)
        troubled.get_by_role("link", name="Enheter", exact=True).click()
        alert = troubled.get_by_role("alert")
        alert.get_by_text("Sidan kunde inte hämtas").wait_for()
        assert title.inner_text() == before
        alert.get_by_role("button", name="Försök igen").click()
        alert.get_by_text("Servern svarar fortfarande inte").wait_for()
        server = served(demo_warehouse, port)
        alert.get_by_role("button", name="Försök igen").click()
        troubled.get_by_role("heading", name="Enheter", level=1).wait_for()
        assert troubled.get_by_role("alert").count() == 0
    finally:
        stopped(server)
