import io

import flask
import pandas as pd
import pytest

from app.outcome import export
from app.site.api import register_api, register_exports
from app.words.language import language, speaking
from tests import builders as make

XLSX_URL = "/export/outcomes.xlsx"


def server(warehouse):
    found = flask.Flask("test")
    register_api(found, warehouse)
    register_exports(found, warehouse)
    return found.test_client()


@pytest.fixture(scope="module")
def client(tmp_path_factory):
    rows = [
        make.outcome(),
        make.outcome(period="2026Q2", numerator=17, denominator=51, value=100 / 3),
        make.hidden(unit=make.CLINIC, status="too_few", reason="too_few"),
        make.outcome(by="svf", by_value="=brost"),
    ]
    units = [
        *make.UNITS[:2],
        make.unit(make.CLINIC, "=1+1", "klinik", parent_id=make.HOSPITAL, tree_order=2),
    ]
    folder = tmp_path_factory.mktemp("exports")
    return server(make.warehouse(folder, rows, units=units))


def sheets(client, query="", engine="calamine"):
    answer = client.get(f"{XLSX_URL}?{query}")
    assert answer.status_code == 200, answer.text
    book = io.BytesIO(answer.data)
    return pd.read_excel(book, sheet_name=None, engine=engine)


def test_a_workbook_has_the_numbers_of_the_api_as_numbers(client):
    outcomes = sheets(client)["Utfall"]
    shown = outcomes[outcomes["Period"] == "2026Q2"].iloc[0]
    # 16 digits are what the format keeps of a number
    assert shown["Värde"] == pytest.approx(100 / 3, rel=1e-15)
    assert (shown["Täljare"], shown["Nämnare"]) == (17, 51)
    assert len(outcomes) == len(client.get("/api/v1/outcomes").json["outcomes"])


def test_words_in_a_workbook_are_swedish(client):
    outcomes = sheets(client, f"unit={make.CLINIC}")["Utfall"]
    row = outcomes.iloc[0]
    assert row["Status"] == "För få fall"
    assert row["Anmärkning"] == "För få fall för att visas."
    assert row["Indikatorns namn"] == "Ledtid i vårdförlopp"


def test_a_workbook_is_in_the_language_asked_for(client):
    outcomes, about = sheets(client, f"unit={make.CLINIC}&lang=en").values()
    row = outcomes.iloc[0]
    assert row["Status"] == "Too few cases"
    assert row["Name of the indicator"] == "Ledtid i vårdförlopp (en)"
    assert "Synthetic demo data" in about.to_csv()
    assert list(sheets(client, "lang=en")) == ["Outcomes", "About"]


def test_a_workbook_is_otherwise_in_the_language_its_visitor_reads(client):
    with speaking("en"):
        assert list(sheets(client)) == ["Outcomes", "About"]
    with speaking("en"):
        assert list(sheets(client, "lang=sv")) == ["Utfall", "Om"]


def test_what_one_request_speaks_is_not_heard_in_the_next(client):
    sheets(client, "lang=en")
    assert language() == "sv"
    assert list(sheets(client)) == ["Utfall", "Om"]


def test_a_workbook_of_demo_data_is_named_so(client, tmp_path):
    answer = client.get(f"{XLSX_URL}?indicator=svf_lead_time")
    saved = answer.headers["Content-Disposition"]
    assert saved == "attachment; filename=svf_lead_time_demo.xlsx"
    real = make.warehouse(tmp_path, builds=[make.build(is_demo=False)])
    saved = server(real).get(XLSX_URL).headers["Content-Disposition"]
    assert saved == "attachment"


def test_a_number_that_is_not_shown_is_an_empty_cell(client):
    row = sheets(client, f"unit={make.CLINIC}")["Utfall"].iloc[0]
    assert row[["Täljare", "Nämnare", "Värde"]].isna().all()


def test_no_text_becomes_a_formula(client):
    for query, cell in ((f"unit={make.CLINIC}", "=1+1"), ("by=svf", "=brost")):
        answer = client.get(f"{XLSX_URL}?{query}")
        outcomes = pd.read_excel(io.BytesIO(answer.data), engine="calamine")
        assert cell in outcomes.to_numpy().flatten()
        assert b"<f>" not in unpacked(answer.data)


def unpacked(data):
    import zipfile

    with zipfile.ZipFile(io.BytesIO(data)) as book:
        names = [name for name in book.namelist() if "worksheets/" in name]
        return b"".join(book.read(name) for name in names)


def test_the_heading_row_is_frozen(client):
    assert b'state="frozen"' in unpacked(client.get(XLSX_URL).data)


def test_the_second_sheet_says_what_the_first_one_is(client):
    about = sheets(client, f"unit={make.REGION}&indicator=svf_lead_time&from=2026Q2")
    text = about["Om"].to_csv(index=False)
    assert "Syntetiska demodata" in text
    assert "Ledtid i vårdförlopp (svf_lead_time)" in text
    assert f"Region Demo ({make.REGION})" in text
    assert "från 2026Q2; Kvartal" in text
    assert make.BUILD in text
    assert "2026-11-01 06:15" in text


def test_breaks_are_named_by_their_own_periods(tmp_path):
    new_form = {"since": "2024-06", "text": make.words("Nytt formulär")}
    only_here = {"since": "2025H2", "text": make.words("Nytt mått"), "region": "0010"}
    indicators = [
        make.indicator(breaks=[new_form, only_here]),
        make.yearly(breaks=[{"since": "2022", "text": make.words("Annan fråga")}]),
    ]
    client = server(make.warehouse(tmp_path, [make.outcome()], indicators))
    about = sheets(client, "indicator=svf_lead_time")["Om"]
    rows = [row for row in about.to_numpy().tolist() if row[0] == "Brott i serien"]
    assert [row[1] for row in rows] == [
        "Ledtid i vårdförlopp, juni 2024: Nytt formulär",
        "Ledtid i vårdförlopp, halvår\xa02 2025: Nytt mått (Region Blekinge)",
    ]


def test_real_data_are_not_called_synthetic(tmp_path):
    builds = [make.build(is_demo=False)]
    client = server(make.warehouse(tmp_path, [make.outcome()], builds=builds))
    assert "Syntetiska" not in sheets(client)["Om"].to_csv()


def test_nothing_chosen_is_an_empty_sheet_not_an_error(client):
    assert sheets(client, "period=2019Q1")["Utfall"].empty


def test_a_bad_parameter_is_refused_as_in_the_api(client):
    answer = client.get(f"{XLSX_URL}?period=no")
    assert (answer.status_code, answer.json["error"]["parameter"]) == (400, "period")


def test_more_than_a_workbook_should_hold_is_refused_with_a_way_out(
    client, monkeypatch
):
    monkeypatch.setattr(export, "MOST_ROWS", 2)
    answer = client.get(XLSX_URL)
    assert answer.status_code == 400
    assert answer.json["error"]["found"] == "3"
    assert "CSV" in answer.json["error"]["expected"]
    assert client.get(f"{XLSX_URL}?limit=2").status_code == 200
    assert client.get(f"{XLSX_URL}?offset=1").status_code == 200


def test_a_workbook_says_how_many_rows_it_has_itself(client):
    for query, number in (("", 3), ("offset=1", 2), ("offset=1&limit=1", 1)):
        outcomes, about = sheets(client, query).values()
        assert len(outcomes) == number
        assert ["Rader", str(number)] in about.astype(str).to_numpy().tolist()


def test_a_kept_workbook_is_not_given_to_a_visitor_of_another_language(client):
    assert "Cookie" in client.get(XLSX_URL).headers["Vary"]


def test_the_same_build_is_not_written_twice(client):
    first = client.get(XLSX_URL)
    kept = {"If-None-Match": first.headers["ETag"]}
    assert client.get(XLSX_URL, headers=kept).status_code == 304
    assert client.get(f"{XLSX_URL}?lang=en", headers=kept).status_code == 200
