"""What somebody does who has never seen the program and has read no manual."""

import json
import re
import time

import pytest

from tests.pages import REGION, opened

pytestmark = pytest.mark.browser


def shortfall(outcome):
    sign = 1 if outcome["target_rule"] in (">=", "=") else -1
    return sign * (outcome["target"] - outcome["value"]) / outcome["target"]


def test_from_the_start_to_the_rows_behind_the_worst_outcome_in_a_minute(page):
    began = time.monotonic()
    opened(page, "/")
    # Which share is furthest from its target? A step that is not reached comes before.
    first = page.get_by_role("heading", name="Längst från målet").locator("..")
    link = first.get_by_role("listitem").filter(has_text="%").first.get_by_role("link")
    name = link.inner_text()
    link.click()
    page.get_by_role("heading", level=1, name=name).wait_for()
    said = page.inner_text("main")
    assert "Når inte målet" in said
    # Which unit explains it? The comparison has the one furthest away last.
    page.get_by_text("Siffrorna bakom diagrammet som tabell").click()
    rows = page.locator("#compare-numbers").get_by_role("row")
    worst = rows.filter(has_text="Når inte målet").last
    unit = worst.get_by_role("link").first
    unit_name = unit.inner_text()
    unit.click()
    page.locator(".breadcrumbs").get_by_role("link", name=unit_name).wait_for()
    # And the rows behind it?
    page.get_by_role("link", name="Visa underlag").first.click()
    page.get_by_role("heading", name="Utfallet", exact=True).wait_for()
    page.get_by_role("link", name="Till raderna").click()
    table = page.get_by_role("heading", name="Rader bakom utfallet").locator("..")
    assert table.get_by_role("row").count() > 1
    assert time.monotonic() - began < 60
    indicator, period = re.search(r"indicator=(\w+).*period=(\w+)", page.url).groups()
    asked = f"/api/v1/outcomes?unit={REGION}&period={period}"
    outcomes = json.loads(page.request.get(asked).text())["outcomes"]
    missed = {
        one["indicator"]: shortfall(one)
        for one in outcomes
        if one["status"] == "not_met" and one["target"]
    }
    assert max(missed, key=missed.get) == indicator
