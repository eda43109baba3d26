"""From files to pages, API and files: what an outcome rests on is told beside it."""

import csv
import io

import flask
import pandas as pd
import pytest

from app.outcome.basis import basis_words
from app.pages.indicator import page as indicator
from app.pages.overview import page as overview
from app.pages.sources import page as sources_page
from app.pages.sources.lineage import page as lineage
from app.pages.unit import page as unit_page
from app.site.api import register_api, register_exports
from app.words.language import speaking
from kpi.basis import codes_of
from kpi.warehouse import Warehouse
from tests import builders as make
from tests.app.reading import words
from tests.app.visiting import page_of
from tests.etl.rows import (
    CLINIC,
    HOSPITAL,
    REGION,
    SECOND_CLINIC,
    Sources,
    cases,
    contacts,
    tree,
    unit,
)

LEAD_TIME = "svf_lead_time"
QUARTER = "2026Q3"
GONE = "SE2321000081-TEST61"


@pytest.fixture(scope="module")
def warehouse(tmp_path_factory):
    """A quarter: 34 of 81 counted, 8 of GONE's for CLINIC, SECOND_CLINIC's rejected."""
    register = [
        *tree(),
        unit(
            *(GONE, "klinik", HOSPITAL),
            namn="Gamla kirurgen",
            giltig_till="2026-06-30",
            ersatt_av=CLINIC,
        ),
    ]
    sources = Sources(tmp_path_factory.mktemp("basis_pages"), register)
    sources.write(
        "svf/svf_fall.csv",
        [
            *cases(26, 10, "2026-08-10"),
            *cases(8, 10, "2026-08-10", enhet_id=GONE),
            *cases(47, 10, "2026-08-10", svf="prostata"),
            *cases(12, 10, "2026-09-10", enhet_id=SECOND_CLINIC, kon="X"),
            *cases(2, 10, "2026-09-10", enhet_id="SE2321000081-NOWHERE"),
        ],
    )
    few = contacts(3, datum="2026-08-10", enhet_id=GONE)
    sources.write("lakemedel/kontakter.csv", few)
    return Warehouse(sources.build().path)


@pytest.fixture(scope="module")
def client(warehouse):
    server = flask.Flask("test")
    register_api(server, warehouse)
    register_exports(server, warehouse)
    return server.test_client()


def indicator_page(warehouse, unit_id):
    asked = {"unit": unit_id, "period": QUARTER}
    return words(page_of(indicator, warehouse, asked, {"indicator": LEAD_TIME}))


def test_the_indicator_page_says_how_many_are_counted_and_why_not_all(warehouse):
    shown = indicator_page(warehouse, CLINIC)
    assert "34 av 81 förlopp räknas; 47 saknar maximal ledtid." in shown
    assert (
        "8 rader under Gamla kirurgen, som har upphört, räknas för efterträdaren."
        in shown
    )
    with speaking("en"):
        shown = indicator_page(warehouse, CLINIC)
    assert "34 of 81 pathways are counted; 47 without a maximum lead time." in shown
    assert "8 rows under Gamla kirurgen, now closed, count for the successor." in shown


def test_the_region_says_the_sum(warehouse):
    shown = indicator_page(warehouse, REGION)
    assert "34 av 81 förlopp räknas; 47 saknar maximal ledtid." in shown
    assert "12 levererade rader är avvisade." in shown
    assert (
        "2 avvisade rader i källan kan inte hänföras till en enhet och period." in shown
    )


def test_what_was_thrown_away_is_never_called_not_reported(warehouse):
    shown = indicator_page(warehouse, SECOND_CLINIC)
    assert "Levererat men avvisat" in shown
    assert "12 levererade rader är avvisade." in shown
    assert "Visa avvisade rader" in shown
    assert "aldrig rapporterat" not in shown
    card = words(
        page_of(unit_page, warehouse, {"period": QUARTER}, {"unit": SECOND_CLINIC})
    )
    assert "Levererat men avvisat" in card
    assert "12 levererade rader är avvisade." in card
    page = words(
        page_of(overview, warehouse, {"unit": SECOND_CLINIC, "period": QUARTER})
    )
    assert "Levererat men avvisat" in page


def test_the_units_page_and_the_overview_tell_it_too(warehouse):
    card = words(page_of(unit_page, warehouse, {"period": QUARTER}, {"unit": CLINIC}))
    assert "34 av 81 förlopp räknas; 47 saknar maximal ledtid." in card
    page = words(page_of(overview, warehouse, {"unit": CLINIC, "period": QUARTER}))
    assert "! Ofullständigt underlag" in page


def test_the_sources_tell_what_counts_for_whom_and_what_belongs_nowhere(warehouse):
    page = words(page_of(sources_page, warehouse, {}))
    assert "Rader som räknas för en efterträdare" in page
    told = " ".join(page.split())
    assert f"svf_fall.csv Gamla kirurgen {GONE} Enhet 11 {CLINIC} 8" in told
    assert f"kontakter.csv Gamla kirurgen {GONE} Enhet 11 {CLINIC} några" in told
    assert (
        "Vårdförlopp, fall: 2 avvisade rader kan inte hänföras till en enhet, period "
        "och mätning." in page
    )


def test_a_row_keeps_the_id_of_its_file(warehouse):
    asked = {"indicator": LEAD_TIME, "unit": CLINIC, "period": QUARTER}
    page = words(page_of(lineage, warehouse, asked))
    assert f"i filen: {GONE}" in page


def test_the_api_and_the_files_tell_the_same(client):
    query = f"indicator={LEAD_TIME}&period={QUARTER}"
    rows = client.get(f"/api/v1/outcomes?{query}").json["outcomes"]
    found = {row["unit"]: row["basis"] for row in rows}
    assert found[CLINIC] == f"no_maximum=47 predecessor_rows:{GONE}=8"
    assert found[SECOND_CLINIC] == "rejected_rows=12"
    assert found[REGION] == (
        f"no_maximum=47 predecessor_rows:{GONE}=8 rejected_rows=12"
    )
    statuses = {row["unit"]: (row["status"], row["reason"]) for row in rows}
    assert statuses[SECOND_CLINIC] == ("rejected", "rejected")
    text = client.get(f"/api/v1/outcomes.csv?{query}").text.lstrip("\ufeff")
    table = csv.DictReader(io.StringIO(text), delimiter=";")
    assert {row["unit"]: row["basis"] or None for row in table} == found
    book = client.get(f"/export/outcomes.xlsx?{query}").data
    sheet = pd.read_excel(io.BytesIO(book), engine="calamine").set_index("Enhet")
    assert sheet.loc[SECOND_CLINIC, "Underlaget"] == "12 levererade rader är avvisade."
    assert sheet.loc[CLINIC, "Underlaget"].startswith("47 saknar maximal ledtid. 8 rad")


def rest(**parts):
    written = [
        f'{{"kind":"{kind}","number":{"null" if number is None else number},'
        f'"unit":null}}'
        for kind, number in parts.items()
    ]
    return f"[{','.join(written)}]"


def test_few_are_told_as_some():
    row = make.outcome(denominator=34.0, basis=rest(no_maximum=None))
    assert basis_words(make.indicator(), row) == [
        "Alla förlopp räknas inte: några saknar maximal ledtid."
    ]
    row = make.outcome(basis=rest(rejected_rows=None))
    assert basis_words(make.indicator(), row) == ["Några levererade rader är avvisade."]
    hidden = make.hidden(basis=rest(no_maximum=7), denominator=None)
    assert basis_words(make.indicator(), hidden) == [
        "Alla förlopp räknas inte: 7 saknar maximal ledtid."
    ]


def test_missing_units_are_among_the_codes_of_a_value():
    row = make.outcome(units_reporting=2, units_expected=5)
    assert codes_of(row.rests_on()) == "units_missing=3"
    without = make.hidden(units_reporting=2, units_expected=5)
    assert codes_of(without.rests_on()) == ""
