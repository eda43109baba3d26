"""The three journeys without a pointer: Tab, arrows, Enter and letters only."""

import re
from contextlib import suppress

import pytest
from playwright.sync_api import Error

from tests.pages import REGION, opened

pytestmark = pytest.mark.browser

LEAD_TIME = "Ledtid i standardiserade vårdförlopp"
# What a listener hears of the element that has the focus.
FOCUSED = """() => {
  const one = document.activeElement;
  const label = one.labels && one.labels.length ? one.labels[0].innerText : '';
  return (one.getAttribute('aria-label') || label || one.innerText || '').trim();
}"""
IS_SEEN = """() => {
  const one = document.activeElement, style = getComputedStyle(one);
  const box = one.getBoundingClientRect();
  const inside = box.bottom > 0 && box.top < innerHeight;
  return inside && (style.outlineStyle !== 'none' || style.boxShadow !== 'none');
}"""


def focused(page):
    return page.evaluate(FOCUSED)


def tab_to(page, name, most=250):
    """Press Tab until something with this name has the focus, and can be seen to."""
    for _ in range(most):
        page.keyboard.press("Tab")
        if re.match(name, focused(page)):
            assert page.evaluate(IS_SEEN), f"the focus on {name!r} cannot be seen"
            return
    raise AssertionError(f"Tab never came to {name!r}")


def heading(page, name):
    page.get_by_role("heading", level=1, name=re.compile(name)).wait_for()
    until(page, "document.activeElement.id === 'title'")


def until(page, said):
    """Wait for a statement to be true; the page's own policy forbids eval in it."""
    for _ in range(100):
        with suppress(Error):  # another page may just be coming
            if page.evaluate(said):
                return
        page.wait_for_timeout(50)
    raise AssertionError(f"never true: {said}")


def test_management_finds_what_is_off_target(page):
    opened(page, "/?period=2026Q3")
    tab_to(page, "Status")
    chosen = "document.activeElement.selectedOptions[0].label"
    for _ in range(8):
        page.keyboard.press("ArrowDown")
        if page.evaluate(chosen) == "Når inte målet":
            break
    # Nothing changes while one is choosing.
    assert "status" not in page.url
    assert page.get_by_role("button", name="Visa", exact=True).is_visible()
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("status=not_met"))
    # The focus comes back to the field that was used.
    until(page, "document.activeElement.name === 'status'")
    page.get_by_role("status").filter(has_text="Sidan är uppdaterad").wait_for(
        state="attached"
    )
    tab_to(page, LEAD_TIME)
    page.keyboard.press("Enter")
    heading(page, LEAD_TIME)
    tab_to(page, "Siffrorna bakom diagrammet")
    page.keyboard.press("Enter")
    assert page.get_by_role("row").filter(has_text="Kvinnokliniken").first.is_visible()


def test_a_unit_manager_comes_to_the_own_unit(page):
    opened(page, "/")
    tab_to(page, "Enheter$")
    page.keyboard.press("Enter")
    heading(page, "Enheter")
    tab_to(page, "Kvinnokliniken$")
    page.keyboard.press("Enter")
    heading(page, "Kvinnokliniken")


def test_an_analyst_goes_from_a_point_of_a_chart_to_its_rows(page):
    opened(page, f"/indikator/svf_lead_time?unit={REGION}&period=2026Q3")
    page.locator("#trend .chart-points a").first.wait_for(state="attached")
    tab_to(page, "kv.3 2026.*41,5")
    page.keyboard.press("ArrowLeft")
    assert re.match("kv.2 2026", focused(page))
    page.keyboard.press("Home")
    first = focused(page)
    page.keyboard.press("End")
    assert focused(page) != first
    page.keyboard.press("Enter")
    heading(page, LEAD_TIME)
    assert "/underlag/utfall" in page.url
    tab_to(page, "Till raderna")
    page.keyboard.press("Enter")
    assert page.get_by_role("table").filter(has_text="svf_fall_demo").last.is_visible()


def test_the_skip_link_leads_past_the_menu(page):
    opened(page, "/")
    page.keyboard.press("Tab")
    assert focused(page) == "Hoppa till innehållet"
    assert page.evaluate(IS_SEEN)
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("!!document.activeElement.closest('main')")


def test_the_colours_are_chosen_by_keyboard(page):
    opened(page, "/om")
    tab_to(page, "Visning")
    page.keyboard.press("Enter")
    tab_to(page, "Mörkt")
    page.keyboard.press("Enter")
    until(page, "document.documentElement.dataset.theme === 'dark'")
    page.wait_for_url(re.compile("/om$"))


def test_a_word_is_explained_and_left_again_with_escape(page):
    opened(page, "/karta")
    page.locator("button.help").first.focus()
    page.keyboard.press("Enter")
    box = page.locator(".popover:visible")
    box.wait_for()
    page.keyboard.press("Escape")
    box.wait_for(state="hidden")
    assert page.evaluate("document.activeElement.classList.contains('help')")
