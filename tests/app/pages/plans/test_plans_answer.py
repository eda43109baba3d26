import csv
import io

import flask
import pandas as pd
import pytest

from app.site.api import register_api, register_exports
from tests import builders as make
from tests.app.pages.plans.stored import warehouse


@pytest.fixture(scope="module")
def client(tmp_path_factory):
    server = flask.Flask("test")
    filled = warehouse(tmp_path_factory.mktemp("plans"))
    register_api(server, filled)
    register_exports(server, filled)
    return server.test_client()


def plans(client, query=""):
    answer = client.get(f"/api/v1/plans{query}")
    assert answer.status_code == 200, answer.text
    return {row["id"]: row for row in answer.json["plans"]}


def test_a_statement_has_its_words_place_and_roles(client):
    row = plans(client)["goal_1"]
    assert (row["plan"], row["region"]) == ("cancer_blekinge", "Region Demo")
    assert (row["document"], row["revision"]) == ("Cancerplanen", "Revision 03")
    assert (row["document_date"], row["date_kind"]) == ("2025-11", "revision")
    assert (row["decided_by"], row["next_revision"]) == ("Regiondirektör", "2028")
    assert row["document_responsible"] == "LSG Hälsodata"
    assert row["place"] == ["chain", "process"]
    assert (row["section_number"], row["section_name"]) == (None, "Patientprocessen")
    assert (row["kind"], row["number"], row["position"]) == ("goal", "1", 1)
    assert row["quote"] == "Ledtiderna ska kortas 1"
    assert row["quote_en"] == "Ledtiderna ska kortas 1 (en)"
    assert row["activities"] == "Mötas varje månad"
    assert row["roles"] == "verksamhetschef lppl"
    assert row["responsible"] == "Verksamhetschefer och LPPL."
    assert (row["timeline"], row["since"], row["until"]) == (
        *("Q3 2026", "2026Q3", "2026Q3"),
    )
    assert (row["timing"], row["status"], row["status_quote"]) == (
        *("due", "ongoing", "Pågående"),
    )
    assert (row["remark"], row["measures"], row["answer"]) == (
        "Vår kommentar",
        None,
        None,
    )


def test_what_the_document_does_not_number_has_no_number(client):
    row = plans(client)["goal_5"]
    assert (row["number"], row["part_of"], row["position"]) == (None, "goal_4", 2)
    assert row["section_number"] == "5.1"


def test_what_follows_from_the_plan_is_told_from_what_is_proposed(client):
    row = plans(client)["goal_1"]
    assert row["indicators"] == "svf_lead_time"
    assert row["proposed_indicators"] == "prem_svf_rank"
    by_plan, proposed = row["followed_up_by"]
    assert by_plan == {
        **{"indicator": "svf_lead_time", "by": "plan", "why": None, "why_en": None},
        **{"svf": None, "period": "2026Q3", "value": 42.0, "target": 55.0},
        **{"target_rule": ">=", "national_target": 80.0, "national_rule": ">="},
        **{"status": "not_met"},
    }
    assert (proposed["by"], proposed["why"]) == ("proposal", "Liknar")
    assert (proposed["period"], proposed["status"]) == (None, None)


def test_an_ended_goal_has_the_outcomes_of_its_own_time(client):
    row = plans(client)["goal_3"]
    assert row["indicators"] == "svf_lead_time"
    followed = [
        (part["svf"], part["period"], part["value"], part["target"])
        for part in row["followed_up_by"]
    ]
    assert followed == [
        ("brost", "2025", 30.0, 20.0),
        (None, "2025", 40.0, 50.0),
        (None, "2024", None, None),
    ]


@pytest.mark.parametrize(
    ("query", "ids"),
    [
        ("?plan=safety", ["goal_4", "goal_5"]),
        ("?section=chain", ["goal_1", "goal_2"]),
        ("?role=verksamhetschef", ["goal_1"]),
        ("?role=verksamhetschef&support=included", ["goal_1", "goal_2"]),
        ("?kind=ended_goal", ["goal_3"]),
        ("?status=ongoing", ["goal_1"]),
        ("?followed_by=target", ["goal_1", "goal_3"]),
        ("?indicator=svf_lead_time", ["goal_1", "goal_3", "goal_4"]),
        ("?indicator=prem_svf_rank", ["goal_1"]),
        ("", ["goal_1", "goal_2", "goal_3", "goal_4", "goal_5"]),
    ],
)
def test_statements_are_chosen_as_on_the_page(client, query, ids):
    assert list(plans(client, query)) == ids


def test_the_quarter_decides_where_in_the_time_of_the_plan_it_is(client):
    before = plans(client, "?period=2026Q2")["goal_1"]
    assert before["timing"] == "planned"
    assert before["followed_up_by"][0]["value"] is None


@pytest.mark.parametrize("query", ["plan=x", "section=x", "role=x"])
def test_an_unknown_id_is_a_fault(client, query):
    answer = client.get(f"/api/v1/plans?{query}&lang=sv")
    assert answer.status_code == 404
    assert "ett id ur svaret utan parametern" in answer.text


def test_an_unknown_indicator_is_a_fault(client):
    answer = client.get("/api/v1/plans?indicator=x&lang=sv")
    assert answer.status_code == 404
    assert "indicator" in answer.text


def test_the_same_rows_are_had_as_csv(client):
    text = client.get("/api/v1/plans.csv?plan=cancer_blekinge").get_data(as_text=True)
    rows = list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff")), delimiter=";"))
    assert [row["id"] for row in rows] == ["goal_1", "goal_2", "goal_3"]
    assert rows[0]["proposed_indicators"] == "prem_svf_rank"
    assert "followed_up_by" not in rows[0]


def test_the_same_rows_are_had_as_a_workbook(client):
    answer = client.get(f"/export/plans.xlsx?unit={make.REGION}&lang=sv")
    rows = pd.read_excel(io.BytesIO(answer.data), engine="calamine").to_dict("records")
    first, *_, last = rows
    assert len(rows) == 5
    assert first["Planen skriver"] == "Ledtiderna ska kortas 1"
    assert first["Avsnitt"] == "Vårdkedjan – Patientprocessen"
    assert first["Slag"] == "Mål 1"
    assert first["Tidplanens läge"] == "tiden går ut kv\xa03 2026"
    assert first["Följs upp av"] == (
        "Ledtid i vårdförlopp: 42,0\xa0% (kv\xa03 2026), Mål ≥\xa055\xa0% (lokalt), "
        "≥\xa080\xa0% (nationellt), Når inte målet"
    )
    assert first["Förslag från Målbild"] == "Nationell placering: inget utfall"
    assert first["Målbilds anmärkning"] == "Vår kommentar"
    assert last["Avsnitt"] == "Uppföljning – 5 Fokusområde – 5.1 Mätetal"
    assert pd.isna(last["Status"])
