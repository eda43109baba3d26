"""What is planted in the demo data is found by following the pages, in a browser."""

import re
from contextlib import contextmanager

import pytest

from docs.pictures import wait_until_drawn
from etl.demo.stories import (
    CASE_MIX_SHIFTS,
    IMPROVES_AFTER_ACTION,
    SLOW_FIRST_VISITS,
    STOPS_REGISTERING,
)
from tests.pages import opened

pytestmark = pytest.mark.browser

LEAD_TIME = "Ledtid i standardiserade vårdförlopp"
REVIEWS = "Läkemedelsgenomgångar till äldre med många läkemedel"
HYGIENE = "Följsamhet till basala hygienrutiner och klädregler (BHK)"
WHERE_FROM = "Vilka delar bidrar?"


def heading(page, words, level=1):
    page.get_by_role("heading", level=level, name=words).wait_for()


@contextmanager
def another_page(page):
    """Wait until what is shown has been replaced."""
    wait_until_drawn(page)
    page.evaluate("document.querySelector('main > *').dataset.before = ''")
    yield
    page.locator("[data-before]").wait_for(state="detached")
    wait_until_drawn(page)


def choose(page, name, words):
    """Choose in a list of the filters."""
    options = page.locator(f"main select[name={name}]")
    option = options.locator("option").filter(has_text=re.compile(words)).first
    with another_page(page):
        options.select_option(value=option.get_attribute("value"))


def follow(page, name, within):
    with another_page(page):
        within.get_by_role("link", name=name).first.click()


def test_the_clinic_with_slow_first_visits(page):
    opened(page, "/")
    page.get_by_role("link", name="Analys", exact=True).click()
    heading(page, re.compile("^Analys"))
    choose(page, "unit_kind", "Kliniker")
    choose(page, "sort", "Varat längst")
    row = page.get_by_role("row").filter(has_text=LEAD_TIME)
    row = row.filter(has_text=SLOW_FIRST_VISITS.subject)
    assert "Når inte målet" in row.inner_text()
    follow(page, "Steg för steg", row)
    heading(page, re.compile(SLOW_FIRST_VISITS.subject))
    lost = "Mest tid går från välgrundad misstanke till första besök"
    assert lost in page.inner_text("main")
    # Is it so everywhere?
    follow(page, "Region Blekinge", page.locator(".breadcrumbs"))
    heading(page, re.compile("Region Blekinge"))
    assert lost not in page.inner_text("main")


def test_the_centre_that_registers_no_more_is_not_read_as_one_that_does_nothing(page):
    opened(page, "/karta?period=2026Q3")
    row = page.get_by_role("row").filter(has_text=REVIEWS).first
    worse = row.get_by_role("link", name=re.compile("Sämre"))
    with another_page(page):
        worse.first.click()
    heading(page, REVIEWS)
    said = page.inner_text("main")
    assert f"{STOPS_REGISTERING.subject} har inte registrerat någon kod" in said
    assert "andelen säger inget om vad som görs" in said
    # And in the whole region?
    choose(page, "unit", "Region Blekinge")
    named = page.get_by_role("listitem").filter(has_text=STOPS_REGISTERING.subject)
    assert "ingen kod sedan kv\xa03 2025" in named.first.inner_text()


def test_the_pathway_whose_cases_are_others_than_before(page):
    opened(page, "/analys/bidrag?indicator=svf_lead_time&period=R12-2026Q3")
    choose(page, "by", "Vårdförlopp")
    assert CASE_MIX_SHIFTS.subject == "tjock_andtarm"
    follow(page, "Tjock- och ändtarmscancer", page.get_by_role("table"))
    choose(page, "by", "Utredning")
    choose(page, "since", "kv.1 2025")
    said = " ".join(page.inner_text("main").split())
    found = re.search(
        r"beror ([+−±][\d,]+) fall på utfallet i delarna och ([+−±][\d,]+) på att "
        "fallen är annorlunda fördelade",
        said,
    )
    rate, mix = (
        float(one.replace(",", ".").replace("−", "-").strip("±"))
        for one in found.groups()
    )
    assert mix < -3
    assert abs(rate) < abs(mix) / 3
    assert "Mest har Med utökad utredning bidragit" in said


def test_the_ward_that_improved_after_an_action(page):
    opened(page, "/?period=2026Q3")
    for fold in page.locator(".section > details > summary").all():
        fold.click()
    better = page.get_by_role("row").filter(has_text=HYGIENE).first
    assert "Bättre" in better.inner_text()
    follow(page, HYGIENE, better)
    heading(page, HYGIENE)
    follow(page, WHERE_FROM, page.locator(".ways"))
    choose(page, "since", "kv.2 2025")
    ways = ("Specialiserad vård", "Blekingesjukhuset Karlskrona", "Kirurgkliniken")
    for unit in ways:
        assert f"Mest har {unit} bidragit" in " ".join(page.inner_text("main").split())
        follow(page, unit, page.get_by_role("table"))
        heading(page, re.compile(f": {unit},"))
    assert IMPROVES_AFTER_ACTION.subject in page.get_by_role("table").inner_text()
