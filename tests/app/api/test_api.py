import csv
import io
import json
from datetime import date, datetime

import flask
import pytest

from app.api.parameters import OF_LISTS, OF_OUTCOMES, PERIOD
from app.columns import in_answer
from app.outcome.answer import OUTCOME
from app.site.api import register_api, register_exports
from app.site.openapi import description
from app.words.language import language, speaking
from kpi import schema
from kpi.as_csv import csv_chunks
from kpi.period import EXPECTED, Period
from kpi.warehouse import Warehouse
from tests import builders as make
from tests.app.answering import answered

OUTCOMES_URL = "/api/v1/outcomes"
EARLIER = "b0000"


@pytest.fixture(scope="module")
def client(tmp_path_factory):
    rows = [
        # worked out: 42 of 100 is 42 %; 1 of 3 a third, too few to show
        make.outcome(),
        make.outcome(period="2026Q2", numerator=17, denominator=51, value=100 / 3),
        make.outcome(period="2026"),
        make.outcome(period="R12-2026Q3"),
        make.outcome(period="2026-09"),
        make.outcome(period="2026T2"),
        make.hidden(
            unit=make.CLINIC,
            status="too_few",
            reason="too_few",
            units_reporting=1,
            units_expected=1,
        ),
        make.outcome(by="svf", by_value="brost"),
        make.outcome(by="svf", by_value="lunga", period="2026Q2"),
        make.outcome(by="sex", by_value="K"),
        make.outcome(
            indicator="prem_svf_rank",
            period="2025",
            numerator=None,
            denominator=None,
            value=20.0,
            lower=None,
            upper=None,
            target=20.0,
            target_rule="better_rank_than",
        ),
        make.outcome(period="2025Q4", numerator=12.5, denominator=50, value=25.0),
    ]
    folder = tmp_path_factory.mktemp("api")
    builds = [
        make.build(),
        make.build(build_id=EARLIER, sequence=0, built_at=datetime(2026, 8, 1)),  # noqa: DTZ001
    ]
    warehouse = make.warehouse(folder, rows, builds=builds, templates={"ppm": b"PK"})
    return _server(warehouse).test_client()


def _server(warehouse):
    server = flask.Flask("test")
    register_api(server, warehouse)
    register_exports(server, warehouse)
    return server


def outcomes(client, query=""):
    answer = client.get(f"{OUTCOMES_URL}?{query}")
    assert answer.status_code == 200, answer.text
    return answer.json["outcomes"]


def fault(client, query, status=400, path=OUTCOMES_URL):
    answer = client.get(f"{path}?{query}")
    assert answer.status_code == status, answer.text
    return answer.json["error"]


def table(client, path):
    answer = client.get(path)
    assert answer.status_code == 200
    text = answer.data.decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text), delimiter=";"))


def test_an_outcome_has_counts_value_interval_target_status_and_build(client):
    [found] = outcomes(
        client, f"indicator=svf_lead_time&unit={make.REGION}&period=2026Q3"
    )
    assert found == {
        "indicator": "svf_lead_time",
        "unit": make.REGION,
        "period": "2026Q3",
        "period_kind": "quarter",
        "by": "",
        "by_value": "",
        "numerator": 42,
        "denominator": 100,
        "value": 42.0,
        "lower": 32.8,
        "upper": 51.8,
        "target": 55.0,
        "target_rule": ">=",
        "target_level": "local",
        "status": "not_met",
        "reason": None,
        "national_target": 80.0,
        "national_rule": ">=",
        "national_status": "not_met",
        "is_whole": True,
        "same_months_before": None,
        "reported_as": None,
        **dict.fromkeys(("reported_in", "ended_in", "ended_target", "ended_rule")),
        "units_reporting": 2,
        "units_expected": 2,
        "basis": None,
        "build": make.BUILD,
    }


def test_the_answer_names_its_build_and_says_whether_it_is_demo_data(client):
    answer = client.get(OUTCOMES_URL).json
    assert (answer["build"], answer["is_demo"]) == (make.BUILD, True)


def test_counts_are_whole_numbers_and_sums_of_scores_need_not_be(client):
    text = client.get(f"{OUTCOMES_URL}?period=2026Q3,2025Q4&unit={make.REGION}").text
    assert '"numerator": 42,' in text
    assert '"numerator": 12.5,' in text


def test_values_are_not_rounded(client):
    assert outcomes(client, "period=2026Q2")[0]["value"] == 100 / 3


def test_a_number_too_small_to_show_is_null_with_its_reason(client):
    [found] = outcomes(client, f"unit={make.CLINIC}")
    assert (found["numerator"], found["denominator"], found["value"]) == (None,) * 3
    assert (found["status"], found["reason"]) == ("too_few", "too_few")


def test_without_by_there_are_only_totals(client):
    assert {one["by"] for one in outcomes(client)} == {""}


def test_by_gives_the_dimension_under_its_own_name(client):
    found = outcomes(client, "by=svf")
    assert [(one["by"], one["by_value"], one["svf"]) for one in found] == [
        ("svf", "brost", "brost"),
        ("svf", "lunga", "lunga"),
    ]
    assert [one["sex"] for one in outcomes(client, "by=sex")] == ["K"]


@pytest.mark.parametrize(
    ("query", "periods"),
    [
        ("period=2026K3", {"2026Q3"}),
        ("period=2026q3", {"2026Q3"}),
        ("period=2026", {"2026"}),
        ("period=2026T2", {"2026T2"}),
        ("period=2026-09", {"2026-09"}),
        ("period=R12-2026Q3", {"R12-2026Q3"}),
        ("period=2026Q3,2026Q2", {"2026Q3", "2026Q2"}),
        ("period=2026Q3&period=2026", {"2026Q3", "2026"}),
        ("from=2026Q2", {"2026Q2", "2026Q3"}),
        ("from=2025Q4&to=2026Q2", {"2025Q4", "2026Q2"}),
        ("to=2025", {"2025"}),
        ("to=2026-09&kind=year,month", {"2025", "2026-09"}),  # 2026 ends later
        ("from=2026-09&to=2026-09", {"2026-09"}),
        ("from=2026Q1&to=2026Q4&kind=month,quarter", {"2026Q2", "2026Q3", "2026-09"}),
        ("kind=rolling", {"R12-2026Q3"}),
        ("period=2019Q1", set()),
    ],
)
def test_periods_are_chosen_one_by_one_between_two_or_by_kind(client, query, periods):
    assert {one["period"] for one in outcomes(client, query)} == periods


def test_two_hundred_values_are_taken_and_one_more_is_refused(client):
    first = Period.parse("1900-01")
    months = [str(first.shifted(number)) for number in range(201)]
    assert outcomes(client, f"period={','.join(months[:200])}") == []
    error = fault(client, f"period={','.join(months)}")
    assert (error["parameter"], error["found"]) == ("period", "201")


def test_several_indicators_and_units_are_given_with_commas_or_repeated(client):
    both = "indicator=svf_lead_time,prem_svf_rank"
    repeated = "indicator=svf_lead_time&indicator=prem_svf_rank"
    assert outcomes(client, both) == outcomes(client, repeated) == outcomes(client)
    units = f"unit={make.REGION}&unit={make.CLINIC.lower()}"
    assert len(outcomes(client, units)) == len(outcomes(client))


def test_empty_parameters_choose_nothing(client):
    assert outcomes(client, "indicator=&unit=&period=&from=&to=&by=") == outcomes(
        client
    )


def test_limit_and_offset_walk_through_the_list(client):
    every = outcomes(client)
    walked = [
        one
        for offset in range(0, len(every) + 3, 3)
        for one in outcomes(client, f"limit=3&offset={offset}")
    ]
    assert walked == every


def test_an_earlier_build_can_be_asked_for(client):
    assert client.get(f"/api/v1/units?build={EARLIER}").json == {
        "build": EARLIER,
        "is_demo": True,
        "units": [],
    }


@pytest.mark.parametrize(
    ("query", "parameter", "found", "expected"),
    [
        ("period=2026Q5", "period", "2026Q5", "a period such as 2026Q1"),
        ("period=2026Q1,no", "period", "no", "a period such as 2026Q1"),
        ("from=yesterday", "from", "yesterday", "a period such as 2026Q1"),
        ("to=2026-13", "to", "2026-13", "a period such as 2026Q1"),
        ("from=2026Q2&to=2026Q1", "to", "2026Q1", "ends after 2026Q2"),
        ("from=2026Q1&from=2026Q2", "from", "2026Q1, 2026Q2", "one value"),
        ("by=shoe_size", "by", "shoe_size", "one of svf, ending"),
        ("kind=fortnight", "kind", "fortnight", "one of month, quarter"),
        ("unit=karlskrona", "unit", "karlskrona", "ids of units"),
        ("unit=' OR 1=1--", "unit", "' OR 1=1--", "ids of units"),
        ("indicator=SVF;DROP", "indicator", "SVF;DROP", "ids of indicators"),
        ("build=../etc", "build", "../etc", "the id of a build"),
        ("limit=0", "limit", "0", "a whole number"),
        ("limit=²", "limit", "²", "a whole number"),
        ("limit=99999999999999999999", "limit", "99999999999999999999", "a whole"),
        ("offset=-1", "offset", "-1", "a whole number"),
        ("quarter=2026Q1", "quarter", "quarter", "one of the parameters build, by"),
    ],
)
def test_a_bad_parameter_is_named_with_what_was_found_and_expected(
    client, query, parameter, found, expected
):
    error = fault(client, query)
    assert (error["parameter"], error["found"]) == (parameter, found)
    assert expected in error["expected"]
    assert (
        error["message"] == f"{parameter}: expected {error['expected']}, got {found!r}"
    )


@pytest.mark.parametrize(
    ("query", "parameter"),
    [
        ("indicator=no_such_thing", "indicator"),
        (f"unit={make.REGION}9", "unit"),
        ("build=b9999", "build"),
    ],
)
def test_what_does_not_exist_is_404(client, query, parameter):
    assert fault(client, query, 404)["parameter"] == parameter
    assert fault(client, query, 404, f"{OUTCOMES_URL}.csv")["parameter"] == parameter


def test_lists_take_no_other_parameter_than_build_and_language(client):
    assert fault(client, "unit=1", 400, "/api/v1/units")["parameter"] == "unit"
    assert client.get("/api/v1/units?lang=en").status_code == 200


SWEDISH = "period: väntade en period, till exempel 2026Q1"
ENGLISH = "period: expected a period such as 2026Q1"


@pytest.mark.parametrize(
    ("lang", "accepted", "message"),
    [
        ("", None, ENGLISH),
        ("sv", None, SWEDISH),
        ("sv", "en", SWEDISH),
        ("en", "sv-SE,sv;q=0.9", ENGLISH),
        ("", "sv-SE,sv;q=0.9,en;q=0.8", SWEDISH),
        ("", "en;q=0.2,sv;q=0.8", SWEDISH),
        ("", "de,en-GB;q=0.5,sv;q=0.1", ENGLISH),
        ("", "sv;q=0", ENGLISH),
        ("", "de", ENGLISH),
        ("", "*", ENGLISH),
    ],
)
def test_an_error_speaks_the_language_asked_for(client, lang, accepted, message):
    headers = {"Accept-Language": accepted} if accepted else {}
    answer = client.get(f"{OUTCOMES_URL}?period=no&lang={lang}", headers=headers)
    error = answer.json["error"]
    assert error["message"].startswith(message)
    assert (error["parameter"], error["found"]) == ("period", "no")
    assert language() == "sv"


@pytest.mark.parametrize(
    ("path", "message"),
    [
        (f"{OUTCOMES_URL}?colour=red&", "colour: väntade någon av parametrarna build"),
        (f"{OUTCOMES_URL}?limit=0&", "limit: väntade ett heltal från 1 till 1000000"),
        (f"{OUTCOMES_URL}?build=b9&", "build: väntade id för ett bygge i datalagret"),
        (f"{OUTCOMES_URL}.csv?unit={make.REGION}9&", "unit: väntade ett av id:na i"),
        ("/api/v1/nothing?", "ingen adress /api/v1/nothing, se /api/v1/"),
    ],
)
def test_every_error_can_be_had_in_swedish(client, path, message):
    found = client.get(f"{path}lang=sv").json["error"]["message"]
    assert found.startswith(message)


def test_a_method_that_is_not_allowed_is_told_in_swedish(client):
    answer = client.post(f"{OUTCOMES_URL}?lang=sv")
    assert answer.json["error"]["message"] == "väntade GET, fick POST"


def test_a_language_that_is_not_spoken_is_refused(client):
    error = fault(client, "lang=tlh")
    assert (error["parameter"], error["expected"]) == ("lang", "one of sv, en")


def test_the_periods_of_an_error_are_those_that_are_understood():
    with speaking("en"):
        assert PERIOD.expected() == f"a period such as {EXPECTED}"


def test_csv_opens_in_swedish_excel(client):
    answer = client.get(f"{OUTCOMES_URL}.csv?period=2026Q2")
    assert answer.mimetype == "text/csv"
    saved = answer.headers["Content-Disposition"]
    assert saved == "attachment; filename=outcomes_demo.csv"
    assert answer.data.startswith(b"\xef\xbb\xbfindicator;unit;period;")
    assert b"\xef\xbb\xbf" not in answer.data[3:]
    assert answer.data.count(b"\r\n") == answer.data.count(b"\n") == 2
    assert b";17;51;33,333333333333336;32,8;51,8;55,0;" in answer.data


def test_csv_has_the_same_numbers_as_json(client):
    header, *rows = table(client, f"{OUTCOMES_URL}.csv?by=svf")
    as_json = outcomes(client, "by=svf")
    assert header == list(as_json[0])
    for row, record in zip(rows, as_json, strict=True):
        for cell, value in zip(row, record.values(), strict=True):
            if isinstance(value, str):
                assert cell == value
            elif value is None:
                assert cell == ""
            elif isinstance(value, bool):
                assert cell == ("true" if value else "false")
            else:
                assert float(cell.replace(",", ".")) == value


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_a_text_that_looks_like_a_formula_is_neutralised(start):
    [text] = csv_chunks(["a", "b"], [[f"{start}1+1", -1.5]])
    [_, row] = csv.reader(io.StringIO(text, newline=""), delimiter=";")
    assert row == [f"'{start}1+1", "-1,5"]


def test_a_unit_named_as_a_formula_stays_text_in_csv(tmp_path):
    units = [make.unit(make.REGION, '=HYPERLINK("http://x")', "region")]
    client = _server(make.warehouse(tmp_path, units=units)).test_client()
    _, row = table(client, "/api/v1/units.csv")
    assert row[1] == '\'=HYPERLINK("http://x")'


def test_units_come_in_the_order_of_the_tree_with_open_ends_as_null(client):
    units = client.get("/api/v1/units").json["units"]
    assert [one["name"] for one in units] == [
        "Region Demo",
        "Sjukhuset",
        "Kirurgkliniken",
        "Kvinnokliniken",
        "Gamla kliniken",
    ]
    assert (units[0]["parent"], units[1]["parent"]) == (None, make.REGION)
    assert (units[0]["valid_from"], units[0]["valid_to"]) == (None, None)
    assert (units[4]["valid_to"], units[4]["replaced_by"]) == (
        "2024-12-31",
        make.CLINIC,
    )


def test_indicators_come_with_targets_and_plans(client):
    found = client.get("/api/v1/indicators").json["indicators"]
    assert [one["id"] for one in found] == ["svf_lead_time", "prem_svf_rank"]
    lead_time = found[0]
    assert lead_time["by"] == ["svf", "sex"]
    assert lead_time["plans"] == [
        {
            "plan": "cancer_blekinge",
            "section": "Mål 5",
            "quotation": "Lokalt ledtidsmål 55% 2026",
        }
    ]
    assert [one["value"] for one in lead_time["targets"]] == [80.0, 55.0]
    header, *rows = table(client, "/api/v1/indicators.csv")
    assert "targets" not in header
    assert [row[0] for row in rows] == ["svf_lead_time", "prem_svf_rank"]


@pytest.mark.parametrize(
    "name", ["name", "unit", "numerator", "denominator", "why", "responsible"]
)
def test_the_texts_of_an_indicator_come_in_both_languages(client, name):
    lead_time, rank = client.get("/api/v1/indicators").json["indicators"]
    swedish, english = lead_time[name], lead_time[f"{name}_en"]
    assert english == (swedish if swedish == "%" else f"{swedish} (en)")
    if name == "denominator":
        assert (rank[name], rank[f"{name}_en"]) == (None, None)


@pytest.mark.parametrize(
    ("query", "saved"),
    [
        ("", "outcomes_demo.csv"),
        ("indicator=svf_lead_time", "svf_lead_time_demo.csv"),
        ("indicator=svf_lead_time,prem_svf_rank", "outcomes_demo.csv"),
    ],
)
def test_csv_of_demo_data_says_so(client, query, saved):
    answer = client.get(f"{OUTCOMES_URL}.csv?{query}")
    assert answer.headers["X-Malbild-Demo"] == "true"
    assert answer.headers["Content-Disposition"] == f"attachment; filename={saved}"


def test_csv_of_other_data_can_be_given_a_name_by_its_link(tmp_path):
    real = make.warehouse(tmp_path, builds=[make.build(is_demo=False)])
    answer = _server(real).test_client().get(f"{OUTCOMES_URL}.csv")
    assert "X-Malbild-Demo" not in answer.headers
    assert answer.headers["Content-Disposition"] == "attachment"


def test_the_same_build_is_not_sent_twice(client):
    first = client.get(OUTCOMES_URL)
    assert first.headers["Cache-Control"] == "no-cache"
    assert first.last_modified is not None
    for kept in (
        {"If-None-Match": first.headers["ETag"]},
        {"If-Modified-Since": first.headers["Last-Modified"]},
    ):
        again = client.get(OUTCOMES_URL, headers=kept)
        assert (again.status_code, again.data) == (304, b"")


def test_another_build_is_sent_to_whoever_has_an_earlier_one(client):
    newest, earlier = "/api/v1/units", f"/api/v1/units?build={EARLIER}"
    for had, asked in ((earlier, newest), (newest, earlier)):
        kept = {"If-None-Match": client.get(had).headers["ETag"]}
        assert client.get(had, headers=kept).status_code == 304
        assert client.get(asked, headers=kept).status_code == 200


def test_a_tag_names_the_build_and_the_version_of_the_api(client):
    version = description()["info"]["version"]
    answer = client.get(OUTCOMES_URL)
    assert answer.headers["ETag"] == f'"{make.BUILD}-{version}"'
    older = {"If-None-Match": f'"{make.BUILD}-0.9"'}
    assert client.get(OUTCOMES_URL, headers=older).status_code == 200


def test_head_is_answered_without_a_body(client):
    answer = client.head(OUTCOMES_URL)
    assert (answer.status_code, answer.data) == (200, b"")


def test_a_long_list_comes_in_parts_that_make_one_document(tmp_path):
    first = Period.parse("1900-01")
    rows = [make.outcome(period=str(first.shifted(n))) for n in range(1200)]
    client = _server(make.warehouse(tmp_path, rows)).test_client()
    assert len(outcomes(client)) == 1200
    assert len(table(client, f"{OUTCOMES_URL}.csv")) == 1201


def test_unknown_addresses_and_methods_are_answered_in_json(client):
    assert client.get("/api/v1/nothing").status_code == 404
    assert "/api/v1/" in client.get("/api/v1/nothing").json["error"]["message"]
    assert client.post(OUTCOMES_URL).status_code == 405
    assert (
        client.post(OUTCOMES_URL).json["error"]["message"] == "expected GET, got POST"
    )


NEEDS_INDICATOR = {
    f"/api/v1/{name}"
    for name in ("spc", "funnel", "forecast", "contributions", "hygiene")
} | {"/api/v1/contributions.csv"}

TEMPLATE = "/export/template.xlsx"


def test_the_index_leads_to_every_address(client):
    for path in ("/api/v1", "/api/v1/"):
        index = client.get(path).json
        assert index["description"] == "/api/v1/openapi.json"
        for address in index["addresses"]:
            query = "?indicator=svf_lead_time" if address in NEEDS_INDICATOR else ""
            query = "?dataset=ppm" if address == TEMPLATE else query
            assert client.get(f"{address}{query}").status_code == 200


def test_healthz_names_build_and_schema_version(client):
    answer = client.get("/healthz")
    assert answer.status_code == 200
    assert answer.json == {
        "status": "ok",
        "build": make.BUILD,
        "schema_version": schema.VERSION,
    }


def test_without_a_warehouse_the_answer_is_503_without_a_path(tmp_path):
    client = _server(Warehouse(tmp_path / "secret_place.duckdb")).test_client()
    for path in ("/healthz", OUTCOMES_URL, f"{OUTCOMES_URL}.csv", "/api/v1/units"):
        answer = client.get(path)
        assert answer.status_code == 503
        assert "python -m etl build" in answer.text
        assert "secret_place" not in answer.text
        assert str(tmp_path) not in answer.text


def test_a_warehouse_of_another_version_is_503(tmp_path):
    builds = [make.build(schema_version=schema.VERSION + 1)]
    client = _server(make.warehouse(tmp_path, builds=builds)).test_client()
    assert client.get("/healthz").status_code == 503


def test_a_failure_of_our_own_shows_no_traceback(tmp_path):
    warehouse = make.warehouse(tmp_path)
    server = _server(replace_connect(warehouse))
    answer = server.test_client().get(OUTCOMES_URL)
    assert answer.status_code == 500
    assert "Traceback" not in answer.text
    assert "ZeroDivision" not in answer.text
    assert "log" in answer.json["error"]["message"]


def replace_connect(warehouse):
    class Broken(Warehouse):
        def connect(self):
            raise ZeroDivisionError(str(self.path))

    return Broken(warehouse.path)


def test_openapi_describes_what_is_answered(client):
    document = client.get("/api/v1/openapi.json").json
    assert document == json.loads(json.dumps(description()))
    assert document["openapi"] == "3.1.0"
    schemas = document["components"]["schemas"]
    for reference in references(document):
        assert reference.removeprefix("#/components/schemas/") in schemas
    for path, item in document["paths"].items():
        assert path.startswith("/")
        responses = item["get"]["responses"]
        assert {"200", "503"} <= set(responses)
        assert all(one["description"] for one in responses.values())
    ids = [item["get"]["operationId"] for item in document["paths"].values()]
    assert len(set(ids)) == len(ids)
    named = document["paths"][OUTCOMES_URL]["get"]["parameters"]
    assert [one["name"] for one in named] == [one.name for one in OF_OUTCOMES]
    named = document["paths"]["/api/v1/units.csv"]["get"]["parameters"]
    assert [one["name"] for one in named] == [one.name for one in OF_LISTS]


def test_openapi_is_in_english_whatever_is_asked_for(client):
    asked = client.get("/api/v1/openapi.json?lang=sv").json
    assert asked == client.get("/api/v1/openapi.json").json
    assert "Expected: one of sv, en." in json.dumps(asked)


@pytest.mark.parametrize(
    ("name", "query"),
    [("indicators", ""), ("units", ""), ("outcomes", ""), ("outcomes", "by=svf")],
)
def test_answers_follow_their_description(client, name, query):
    document = client.get("/api/v1/openapi.json").json
    item = document["paths"][f"/api/v1/{name}"]["get"]["responses"]["200"]
    answer = client.get(f"/api/v1/{name}?{query}").json
    follows(answer, item["content"]["application/json"]["schema"], document)


def references(node):
    if isinstance(node, dict):
        if "$ref" in node:
            yield node["$ref"]
        for value in node.values():
            yield from references(value)
    elif isinstance(node, list):
        for value in node:
            yield from references(value)


_TYPES = {
    "object": dict,
    "array": list,
    "string": str,
    "integer": int,
    "number": (int, float),
    "boolean": bool,
    "null": type(None),
}


def follows(value, node, document):
    """Check a value against the parts of JSON Schema that the description uses."""
    if "$ref" in node:
        node = document["components"]["schemas"][node["$ref"].rsplit("/", 1)[1]]
    types = node["type"] if isinstance(node["type"], list) else [node["type"]]
    assert any(isinstance(value, _TYPES[one]) for one in types), (value, node)
    if "enum" in node:
        assert value in node["enum"]
    if isinstance(value, dict) and "properties" in node:
        assert set(node["required"]) <= set(value)
        assert set(value) <= set(node["properties"])
        for key, one in value.items():
            follows(one, node["properties"][key], document)
    for one in value if isinstance(value, list) and "items" in node else ():
        follows(one, node["items"], document)


def test_the_fields_of_an_outcome_are_columns_of_the_warehouse():
    columns = set(schema.outcome.c.keys())
    assert {one.name for one in in_answer(OUTCOME)} <= columns


def test_a_day_is_written_as_a_day(tmp_path):
    units = [make.unit(make.REGION, "R", "region", valid_from=date(2020, 1, 1))]
    client = _server(make.warehouse(tmp_path, units=units)).test_client()
    assert client.get("/api/v1/units").json["units"][0]["valid_from"] == "2020-01-01"


# --- what an indicator belongs to ---


@pytest.fixture(scope="module")
def of_themes(tmp_path_factory):
    place = {"plan": "cancer_blekinge", "section": "1", "quotation": "internkontroll"}
    made = [
        make.indicator(themes=["focus_2"]),
        make.indicator(
            id="staff", themes=["knowledge", "focus_5"], internal_control=place
        ),
        make.indicator(
            id="ours",
            own=make.words("Ingen plan har måttet."),
            own_parts=[make.words("Varje år är valt.")],
            responsible=None,
            review=None,
            tolerance=0.0,
            benchmark={
                "kpi": "U79062",
                "name": make.words("Prostata"),
                "note": make.words("Gäller bara prostatacancer."),
            },
        ),
        make.indicator(
            id="open",
            lifecycle="under_development",
            measure=None,
            breakdowns=[],
            targets=[],
        ),
    ]
    rows = [make.outcome(indicator=one.id) for one in made]
    folder = tmp_path_factory.mktemp("of_themes")
    return _server(make.warehouse(folder, rows, made)).test_client()


@pytest.mark.parametrize(
    ("query", "ids"),
    [
        ("theme=focus_5", ["staff"]),
        ("question=is_care_safe_now", ["svf_lead_time"]),
        ("internal_control=yes", ["staff"]),
        ("theme=focus_2&question=is_awareness_growing", []),
        ("", ["svf_lead_time", "staff", "ours", "open"]),
    ],
)
def test_indicators_and_outcomes_are_chosen_by_what_they_stand_under(
    of_themes, query, ids
):
    listed = of_themes.get(f"/api/v1/indicators?{query}").json["indicators"]
    assert [one["id"] for one in listed] == ids
    answered = outcomes(of_themes, query)
    assert {one["indicator"] for one in answered} == set(ids)


def test_a_theme_narrows_the_indicators_that_are_named(of_themes):
    named = outcomes(of_themes, "indicator=staff,svf_lead_time&theme=focus_2")
    assert {one["indicator"] for one in named} == {"svf_lead_time"}
    assert outcomes(of_themes, "indicator=staff&theme=focus_2") == []


def test_a_theme_that_there_is_none_of_is_told_with_those_there_are(of_themes):
    answer = of_themes.get("/api/v1/indicators?theme=focus_6")
    assert answer.status_code == 400
    assert "focus_5" in answer.text


def test_what_is_ours_and_what_nobody_has_done_is_in_the_answer(of_themes):
    listed = of_themes.get("/api/v1/indicators").json["indicators"]
    lead_time, staff, ours, undecided = listed
    assert (ours["own"], ours["own_en"]) == (
        "Ingen plan har måttet.",
        "Ingen plan har måttet. (en)",
    )
    assert ours["own_parts"] == [
        {"sv": "Varje år är valt.", "en": "Varje år är valt. (en)"}
    ]
    assert lead_time["own"] is None
    assert (ours["responsible"], ours["reviewed"]) == (None, None)
    assert lead_time["reviewed"] == "2026-01-15"
    assert ours["benchmark_note"] == "Gäller bara prostatacancer."
    assert lead_time["benchmark_note"] is None
    assert staff["internal_control"] is True
    assert staff["questions"] == ["is_awareness_growing"]
    for name in ("unit", "unit_en", "frequency"):
        assert undecided[name] is None
        assert staff[name] is not None


def test_who_answers_is_what_the_plans_of_every_region_say(tmp_path):
    made = _server(answered(tmp_path, "0010")).test_client()
    (lead_time,) = made.get("/api/v1/indicators").json["indicators"]
    assert lead_time["responsible"] == (
        "Verksamhetschefer och processledare; Regional analysgrupp"
    )


def test_a_local_target_names_the_region_it_holds_in(of_themes):
    lead_time, *_ = of_themes.get("/api/v1/indicators").json["indicators"]
    assert [(one["level"], one["region"]) for one in lead_time["targets"]] == [
        ("national", None),
        ("local", "Region Blekinge"),
    ]
