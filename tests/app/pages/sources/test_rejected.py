"""Rejected rows as those who gave them get them back: in the API, as CSV and Excel."""

from io import BytesIO
from zipfile import ZipFile

import flask
import pytest

from app.address import address
from app.pages.sources import page as sources
from app.site.api import register_api, register_exports
from app.words.language import speaking
from kpi.warehouse import Warehouse
from tests.app.reading import hrefs, of_type, row_starting, table_rows
from tests.app.visiting import page_of
from tests.etl.rows import Built, Sources, cases, contact, prevalence

NORTH, SOUTH = "norr/lakemedel", "soder/svf"


@pytest.fixture(scope="module")
def built(tmp_path_factory) -> Built:
    sources = Sources(tmp_path_factory.mktemp("rejected"))
    wrong = [contact("a", datum="2026-02-30"), contact("b", alder="sjuttio")]
    sources.write(f"{NORTH}/kontakter.csv", [*wrong, contact("c")])
    sources.write(f"{SOUTH}/svf_fall.csv", cases(2, 9, "2026-01-20", svf="x"))
    sources.write("soder/ppm/ppm.csv", [prevalence("20", "30")])
    return sources.build()


@pytest.fixture(scope="module")
def client(built):
    server = flask.Flask("rejected")
    register_api(server, Warehouse(built.path))
    register_exports(server, Warehouse(built.path))
    return server.test_client()


def rejections(client, query=""):
    return client.get(f"/api/v1/rejections{query}").json["rejections"]


def test_every_rejected_row_says_where_it_stands_and_why(client, built):
    row = rejections(client, f"?producer={NORTH}")[0]
    assert row == {
        "dataset": "kontakter",
        "producer": NORTH,
        "file": f"{NORTH}/kontakter.csv",
        "row": 2,
        "column": "datum",
        "value": "2026-02-30",
        "reason": "not_a_date",
        "message": "datum='2026-02-30': expected a date such as 2026-03-31, "
        "20260331 or 31.3.2026",
        "build": built.build_id,
    }


@pytest.mark.parametrize(
    ("query", "number"),
    [
        ("", 5),
        (f"?producer={NORTH}", 2),
        (f"?producer={SOUTH}", 2),
        ("?dataset=ppm", 1),
        ("?reason=unknown_code", 2),
        (f"?producer={NORTH}&reason=unknown_code", 0),
        ("?producer=nobody", 0),
        ("?limit=2&offset=4", 1),
    ],
)
def test_rows_are_chosen_by_producer_dataset_and_reason(client, query, number):
    assert len(rejections(client, query)) == number
    written = client.get(f"/api/v1/rejections.csv{query}").data.decode("utf-8-sig")
    assert len(written.splitlines()) == number + 1


@pytest.mark.parametrize("query", ["reason=none", "dataset=x", f"producer={'x' * 201}"])
def test_what_cannot_be_asked_for_is_told(client, query):
    answer = client.get(f"/api/v1/rejections?{query}")
    assert answer.status_code == 400
    assert query.partition("=")[0] in answer.text


def test_the_file_holds_the_rows_and_where_they_are_from(client):
    answer = client.get(f"/export/rejections.xlsx?producer={SOUTH}")
    with ZipFile(BytesIO(answer.data)) as book:
        texts = "".join(
            book.read(name).decode()
            for name in book.namelist()
            if name.startswith("xl/worksheets/sheet")
        )
    for words in (SOUTH, "svf_fall.csv", "Okänd kod", "expected a pathway", "underlag"):
        assert words in texts
    assert NORTH not in texts


def test_the_page_leads_to_each_producer_and_its_files(built):
    with speaking("sv"):
        page = page_of(sources, Warehouse(built.path), {})
        listed = page_of(sources, Warehouse(built.path), {"producer": NORTH})
    assert row_starting(page, SOUTH)[:3] == [SOUTH, "1", "2"]
    assert row_starting(page, NORTH)[:3] == [NORTH, "1", "2"]
    assert address("/export/rejections.xlsx", {"producer": NORTH}) in hrefs(page)
    assert f"{address('/underlag', {'producer': NORTH})}#lista" in hrefs(page)
    files = {
        row[0]
        for table in of_type(listed, "Table")
        for row in table_rows(table)
        if row[0].endswith(".csv") and len(row) == 5
    }
    assert files == {f"{NORTH}/kontakter.csv"}
