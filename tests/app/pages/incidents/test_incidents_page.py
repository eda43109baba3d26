"""From files to page, API and Excel: incidents by category, worked out by hand.

The clinic gives categories and no total, the second clinic a total beside some of them,
the other clinic so few falls that they could be worked out from what is beside them.
"""

import csv
import io
from datetime import date

import flask
import pandas as pd
import pytest

from app.address import INCIDENTS
from app.pages.contributions import page as contributions
from app.pages.incidents import page as incidents
from app.pages.indicator import page as indicator_page
from app.pages.plans import page as plans
from app.pages.sources.lineage import page as lineage
from app.site.api import register_api, register_exports
from app.words.language import speaking
from kpi.warehouse import Warehouse
from tests.app.reading import hrefs, of_type, table_rows, words
from tests.app.visiting import page_of
from tests.etl.rows import (
    CLINIC,
    HOSPITAL,
    OTHER_CLINIC,
    OTHER_HOSPITAL,
    REGION,
    SECOND_CLINIC,
    Sources,
    reported,
    tree,
    unit,
)

AS_OF = date(2026, 11, 15)
WARD = "SE2321000081-TEST111"
REPORTS, IN_TIME, LED = (
    "incident_reports",
    "incidents_handled_in_time",
    "incidents_led_to_lex_maria",
)
COUNTS = {
    (CLINIC, "2025Q3"): {"fall": 10, "lakemedel": 10},
    (CLINIC, "2026Q3"): {"fall": 12, "lakemedel": 8, "annat": 5},
    (SECOND_CLINIC, "2025Q3"): {"alla": 24},
    (SECOND_CLINIC, "2026Q3"): {"alla": 30, "fall": 9, "lakemedel": 4},
    (OTHER_CLINIC, "2025Q2"): {"fall": 6},
    (OTHER_CLINIC, "2026Q3"): {"fall": 4, "lakemedel": 6, "annat": 20},
}
SHARES = {
    (CLINIC, "2026Q3"): {"fall": (9, 12), "lakemedel": (3, 8)},
    (SECOND_CLINIC, "2026Q3"): {"alla": (20, 25)},
}
LED_TO_LEX_MARIA = {"2025Q4": 0, "2026Q1": 1, "2026Q2": 3, "2026Q3": 2}


@pytest.fixture(scope="module")
def warehouse(tmp_path_factory):
    units = [*tree(), unit(WARD, "avdelning", CLINIC)]
    sources = Sources(tmp_path_factory.mktemp("incidents"), units)
    rows = [
        reported(REPORTS, period, enhet_id=place, slag=slag, taljare=f"{number}")
        for (place, period), counts in COUNTS.items()
        for slag, number in counts.items()
    ]
    rows += [
        reported(
            *(IN_TIME, period),
            enhet_id=place,
            slag=slag,
            taljare=f"{handled}",
            namnare=f"{due}",
        )
        for (place, period), shares in SHARES.items()
        for slag, (handled, due) in shares.items()
    ]
    rows += [
        reported(LED, period, slag="alla", taljare=f"{number}")
        for period, number in LED_TO_LEX_MARIA.items()
    ]
    sources.write("matningar/avvikelser.csv", rows)
    built = sources.build(AS_OF)
    assert built.result.rejections == {}
    return Warehouse(built.path)


@pytest.fixture(scope="module")
def client(warehouse):
    server = flask.Flask("test")
    register_api(server, warehouse)
    register_exports(server, warehouse)
    return server.test_client()


def shown(warehouse, unit, period="2026Q3", lang="sv"):
    with speaking(lang):
        return page_of(incidents, warehouse, {"unit": unit, "period": period})


def tables_of(page):
    return [table_rows(table) for table in of_type(page, "Table")]


def test_a_quarter_category_by_category(warehouse):
    # 25 and 30, which is more than the categories; 12 of 20 and 20 of 25 in time. The
    # four medicines of the second clinic are in the sum of eight and four.
    in_quarter, *_ = tables_of(shown(warehouse, HOSPITAL))
    assert in_quarter == [
        ["Alla slag", "55", "44", "+11 (+25 %)", "71,1 % 32 av 45", "För få fall", "6"],
        ["Läkemedel", "12", "10", "+2 (+20 %)", "37,5 % 3 av 8", "–", "–"],
        ["Fall", "21", "10", "+11 (+110 %)", "75,0 % 9 av 12", "–", "–"],
        ["Annat", "5", "–", "–", "–", "–", "–"],
    ]


def test_reports_by_quarter_from_the_year_before_on(warehouse):
    _, over_time, _ = tables_of(shown(warehouse, HOSPITAL))
    missing = ["Inte rapporterat"] * 3
    assert over_time == [
        ["Alla slag", "44", *missing, "55"],
        ["Läkemedel", "10", "–", "–", "–", "12"],
        ["Fall", "10", "–", "–", "–", "21"],
        ["Annat", "–", "–", "–", "–", "5"],
    ]


def test_the_units_below_category_by_category(warehouse):
    # Twelve less the clinic's eight medicines would be the second clinic's four.
    page = shown(warehouse, HOSPITAL)
    *_, below = tables_of(page)
    assert [row[1:] for row in below] == [
        ["25", "60,0 % 12 av 20", "6", "För få fall", "12", "5"],
        ["30", "80,0 % 20 av 25", "Inte rapporterat", "För få fall", "9", "–"],
    ]
    assert f"{INCIDENTS}?unit={CLINIC}&period=2026Q3" in hrefs(page)


def test_the_quarter_is_told_in_sentences(warehouse):
    said = words(shown(warehouse, HOSPITAL))
    assert (
        "55 avvikelser rapporterades: +11 (+25 %) mot samma kvartal året före. "
        "Vanligast: Fall (21), Läkemedel (12) och Annat (5). 71,1 % handlades i tid. "
        "6 har lett till lex Maria de senaste tolv månaderna."
    ) in said


def test_what_is_hidden_cannot_be_worked_out_from_the_total(warehouse):
    # 30 less 20 and 6 would be the 4, so the 6 are hidden as well: 10 together.
    in_quarter, *_ = tables_of(shown(warehouse, OTHER_CLINIC))
    assert [row[:2] for row in in_quarter] == [
        ["Alla slag", "30"],
        ["Läkemedel", "För få fall"],
        ["Fall", "För få fall"],
        ["Annat", "20"],
    ]
    assert "döljs ett slag eller en enhet till" in words(shown(warehouse, OTHER_CLINIC))


def test_sums_of_other_wholes_are_not_compared(warehouse):
    # The other clinic had reported the quarter before, and not this one.
    in_quarter, *_ = tables_of(shown(warehouse, REGION))
    assert in_quarter[0][:4] == ["Alla slag", "85", "44", "–"]
    assert {row[3] for row in in_quarter} == {"–"}


def test_nothing_delivered_says_which_file_is_missing(warehouse):
    page = shown(warehouse, OTHER_HOSPITAL, period="2025Q1")
    assert not of_type(page, "Table")
    said = words(page)
    assert "Inga avvikelserapporter är levererade för Enhet T2." in said
    for name in (REPORTS, IN_TIME, LED, "matningar", "slag, taljare", "diagnos_beh"):
        assert name in said


def test_a_unit_that_does_not_report_is_told_who_does(warehouse):
    page = shown(warehouse, WARD)
    assert not of_type(page, "Table")
    assert "Avvikelserapporter lämnas inte av" in words(page)
    assert "klinik" in words(page)


def test_the_page_speaks_english(warehouse):
    said = words(shown(warehouse, HOSPITAL, lang="en"))
    assert "55 incidents were reported: +11 (+25%) against the same quarter" in said
    assert "Most common: Falls (21), Medicines (12) and Other (5)." in said


def test_the_api_and_the_files_say_the_same(client):
    query = f"?unit={HOSPITAL}&period=2026Q3"
    answer = client.get(f"/api/v1/incidents{query}").get_json()["incidents"]
    now = [
        row for row in answer if (row["unit"], row["quarter"]) == (HOSPITAL, "2026Q3")
    ]
    assert [
        (row["category"], row["reports"], row["reports_year_before"], row["change"])
        for row in now
    ] == [
        ("", 55, 44, 11),
        ("lakemedel", 12, 10, 2),
        ("fall", 21, 10, 11),
        ("annat", 5, None, None),
    ]
    whole = now[0]
    assert (whole["handled_in_time"], whole["due"]) == (32, 45)
    assert whole["in_time"] == pytest.approx(100 * 32 / 45)
    assert (whole["led_to_lex_maria"], whole["led_to_lex_maria_status"]) == (
        None,
        "too_few",
    )
    assert whole["led_to_lex_maria_12_months"] == 6
    assert whole["category_name"] is None
    assert now[2]["category_name_en"] == "Falls"
    below = [row["unit"] for row in answer if row["unit"] != HOSPITAL]
    assert set(below) == {CLINIC, SECOND_CLINIC}

    text = client.get(f"/api/v1/incidents.csv{query}").get_data(as_text=True)
    lines = list(csv.DictReader(io.StringIO(text.lstrip("\ufeff")), delimiter=";"))
    assert [line["reports"] for line in lines] == [
        "" if row["reports"] is None else str(row["reports"]) for row in answer
    ]
    book = client.get(f"/export/incidents.xlsx{query}&lang=sv")
    sheet = pd.read_excel(io.BytesIO(book.data), engine="calamine")
    assert len(sheet) == len(answer)
    assert sheet["Rapporter"].dropna().tolist() == [
        row["reports"] for row in answer if row["reports"] is not None
    ]


def test_outcomes_by_category_are_in_the_api_of_outcomes(client):
    query = f"?indicator={REPORTS}&unit={HOSPITAL}&period=2026Q3&by=category"
    rows = client.get(f"/api/v1/outcomes{query}").get_json()["outcomes"]
    assert {row["category"]: row["value"] for row in rows} == {
        "lakemedel": 12,
        "fall": 21,
        "annat": 5,
    }


def test_an_outcome_leads_to_its_rows_whole_and_by_category(warehouse):
    asked = {"indicator": REPORTS, "unit": HOSPITAL, "period": "2026Q3", "rows": "all"}
    with speaking("sv"):
        whole = page_of(lineage, warehouse, asked)
        falls = asked | {"by": "category", "by_value": "fall"}
        by_category = page_of(lineage, warehouse, falls)
    # Three of the clinic's, and the second clinic's total alone.
    rows = tables_of(whole)[-1]
    assert sorted(row[4] for row in rows) == ["Annat", "Fall", "Läkemedel", "–"]
    rows = tables_of(by_category)[-1]
    assert sorted((row[4], row[5]) for row in rows) == [("Fall", "12"), ("Fall", "9")]
    assert "slag: Fall" in words(by_category)


def test_the_share_is_told_apart_by_category(warehouse):
    params = {
        "indicator": IN_TIME,
        "unit": CLINIC,
        "period": "2026Q3",
        "by": "category",
    }
    with speaking("sv"):
        page = page_of(contributions, warehouse, params)
    assert "Läkemedel" in words(page)


def test_readers_of_indicators_and_plans_find_the_page(warehouse):
    params = {"unit": HOSPITAL, "period": "2026Q3", "by": "category"}
    with speaking("sv"):
        page = page_of(indicator_page, warehouse, params, {"indicator": REPORTS})
        planned = page_of(plans, warehouse, {"plan": "patient_safety_kronoberg"})
    assert f"{INCIDENTS}?unit={HOSPITAL}&period=2026Q3" in hrefs(page)
    # In the order of the definition: medicines before falls before others.
    named = [row[0] for table in tables_of(page) for row in table]
    assert [name for name in named if name in ("Läkemedel", "Fall", "Annat")] == [
        "Läkemedel",
        "Fall",
        "Annat",
    ]
    ways = [href for href in hrefs(planned) if href.startswith(INCIDENTS)]
    assert len(ways) == 3
