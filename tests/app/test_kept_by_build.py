"""What is worked out once for a build is that build's, in the language asked for."""

import os

import pytest

from app.pages.plans import page as plans
from app.pages.sources import page as sources
from app.server import wsgi
from app.words.language import speaking
from kpi import schema
from kpi.warehouse import Warehouse
from tests import builders as make
from tests.app import rows
from tests.app.pages.plans.stored import activity, warehouse
from tests.app.reading import of_type, words
from tests.app.visiting import page_of

OTHER = make.indicator(id="other_measure", themes=["focus_1"])


def replaced(old: Warehouse, new: Warehouse) -> None:
    """Publish a warehouse in the place of another."""
    os.replace(new.path, old.path)


def folders(tmp_path):
    for name in ("before", "after"):
        (tmp_path / name).mkdir()
        yield tmp_path / name


def ids(client, address):
    if address.endswith(".csv"):
        _, *lines = client.get(address).text.splitlines()
        return [line.partition(";")[0] for line in lines]
    return [row["id"] for row in client.get(address).json["indicators"]]


@pytest.mark.parametrize("ending", ["", ".csv"])
def test_indicators_of_a_new_build_are_told_at_once(tmp_path, ending):
    before, after = folders(tmp_path)
    address = f"/api/v1/indicators{ending}"
    shown = make.warehouse(before, [], [make.indicator()])
    client = wsgi(shown.path).test_client()
    assert ids(client, address) == ids(client, address) == ["svf_lead_time"]
    replaced(shown, make.warehouse(after, [], [OTHER]))
    assert ids(client, address) == ["other_measure"]


@pytest.mark.parametrize("ending", ["", ".csv"])
def test_units_of_a_new_build_are_told_at_once(tmp_path, ending):
    before, after = folders(tmp_path)
    shown = make.warehouse(before, [])
    client = wsgi(shown.path).test_client()
    address = f"/api/v1/units{ending}"
    assert make.CLINIC in client.get(address).text
    assert client.get(address).text == client.get(address).text
    units = [make.unit(make.REGION, "Region Ny", "region")]
    replaced(shown, make.warehouse(after, [], units=units))
    told = client.get(address).text
    assert "Region Ny" in told
    assert make.CLINIC not in told


def test_indicators_that_are_kept_are_still_chosen_among(tmp_path):
    both = make.warehouse(tmp_path, [], [make.indicator(themes=[]), OTHER])
    client = wsgi(both.path).test_client()
    every = ["svf_lead_time", "other_measure"]
    assert ids(client, "/api/v1/indicators") == every
    assert ids(client, "/api/v1/indicators?theme=focus_1") == ["other_measure"]
    assert ids(client, "/api/v1/indicators") == every


def test_statements_are_read_in_the_language_of_whoever_asks(tmp_path):
    filled = warehouse(tmp_path)
    swedish = words(page_of(plans, filled, {}))
    with speaking("en"):
        english = words(page_of(plans, filled, {}))
    assert words(page_of(plans, filled, {})) == swedish
    assert "Planerade aktiviteter" in swedish
    assert "Planerade aktiviteter" not in english
    assert "Planned activities" in english


def test_what_a_plan_does_not_state_is_told_in_the_language_of_whoever_asks(tmp_path):
    filled = warehouse(tmp_path, activities=[activity(1)])
    assert "Anges inte i planen: ansvarig" in words(page_of(plans, filled, {}))
    with speaking("en"):
        assert "Anges inte" not in words(page_of(plans, filled, {}))


def test_statements_of_a_new_build_are_shown_at_once(tmp_path):
    before, after = folders(tmp_path)
    shown = warehouse(before)
    assert "Ledtiderna ska kortas 1" in words(page_of(plans, shown, {}))
    new = activity(1, quote=make.words("Ingen ska vänta"), responsible=[], roles=[])
    replaced(shown, warehouse(after, activities=[new]))
    page = words(page_of(plans, shown, {}))
    assert "Ingen ska vänta" in page
    assert "Ledtiderna ska kortas" not in page
    assert "Anges inte i planen: ansvarig" in page


def test_a_statement_is_kept_for_each_time_it_is_looked_at(tmp_path):
    filled = warehouse(tmp_path)
    for period, told in (
        ("2026Q2", "tiden börjar kv 3 2026"),
        ("2026Q3", "tiden går ut kv 3 2026"),
        ("2026Q2", "tiden börjar kv 3 2026"),
    ):
        assert told in words(page_of(plans, filled, {"period": period}))


def test_the_outcome_of_a_named_period_is_that_of_the_unit(tmp_path):
    of_hospital = make.outcome(unit=make.HOSPITAL, period="2025", value=12.0)
    filled = warehouse(tmp_path, [make.outcome(period="2025", value=40.0), of_hospital])
    for unit, value in ((make.REGION, "40,0 %"), (make.HOSPITAL, "12,0 %")):
        page = words(page_of(plans, filled, {"unit": unit}))
        assert f"Ledtid i vårdförlopp {value} (2025)" in page


def test_files_of_a_new_build_are_shown_at_once(tmp_path):
    before, after = folders(tmp_path)
    shown = make.warehouse(before, [])
    rows.add(shown, schema.load, rows.load("a"))
    rows.add(shown, schema.build_load, *rows.in_build("a"))
    assert "svf/a.csv" in words(page_of(sources, shown, {}))
    new = make.warehouse(after, [])
    rows.add(new, schema.load, rows.load("b"))
    rows.add(new, schema.build_load, *rows.in_build("b"))
    replaced(shown, new)
    page = page_of(sources, shown, {})
    assert "svf/b.csv" in words(page)
    assert "svf/a.csv" not in words(page)
    assert of_type(page, "Table")
