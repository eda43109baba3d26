"""The page as the server sends it first: read and used before any script has come."""

import re

import pytest

from docs.pictures import wait_until_drawn
from tests.pages import PAGES, opened

pytestmark = pytest.mark.browser


@pytest.fixture
def dash(page):
    """Lets Dash begin to draw, which waits until then."""
    held = []
    is_open = []

    def wait(route):
        if is_open:
            route.continue_()
        else:
            held.append(route)

    def let_go():
        is_open.append(True)
        for route in held:
            route.continue_()

    page.route("**/_dash-layout", wait)
    return let_go


def test_what_the_reader_opened_and_where_they_were_stays(page, dash):
    page.goto(PAGES["overview"], wait_until="commit")
    page.locator("main details summary").first.click()
    link = page.locator("main table a").first
    href = link.get_attribute("href")
    link.focus()
    dash()
    wait_until_drawn(page)
    assert page.locator("main details").first.get_attribute("open") is not None
    assert page.evaluate("document.activeElement.getAttribute('href')") == href


def test_a_filter_works_before_dash_does(page, dash):
    page.goto(PAGES["overview"], wait_until="commit")
    status = page.get_by_label("Status")
    status.wait_for()
    page.wait_for_load_state()
    status.select_option(label="Når inte målet")
    page.wait_for_url(re.compile("status=not_met"))
    dash()


def test_nothing_moves_when_the_page_is_drawn_anew(page):
    page.add_init_script(
        "window.moved = 0; new PerformanceObserver(list => list.getEntries().forEach("
        "one => { window.moved += one.value; }))"
        ".observe({type: 'layout-shift', buffered: true});"
    )
    for name in ("overview", "indicator", "funnel"):
        opened(page, PAGES[name])
        assert page.evaluate("window.moved") < 0.01
