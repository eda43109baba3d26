"""How those who count by hand hand in figures: what the page says, and templates."""

from io import BytesIO
from zipfile import ZipFile

import flask
import pytest

from app.pages.sources import page as sources
from app.site.api import register_exports
from app.words.language import speaking
from kpi.vocabulary import DatasetName
from kpi.warehouse import Warehouse
from tests import builders as make
from tests.app.reading import headings, hrefs, of_type, words
from tests.app.visiting import page_of
from tests.etl.rows import CLINIC, Built, Sources, unit

HEADING = "Så lämnar ni era uppgifter"


@pytest.fixture(scope="module")
def built(tmp_path_factory) -> Built:
    return Sources(tmp_path_factory.mktemp("handing_in")).build()


def exports_of(warehouse):
    server = flask.Flask("handing_in")
    register_exports(server, warehouse)
    return server.test_client()


def text_of(content):
    with ZipFile(BytesIO(content)) as archive:
        return archive.read("xl/sharedStrings.xml").decode()


def test_the_page_says_how_and_has_a_template_of_every_dataset(built):
    page = page_of(sources, Warehouse(built.path), {})
    assert ("H2", HEADING) in headings(page)
    assert "#lamna" in hrefs(page)
    client = exports_of(Warehouse(built.path))
    addresses = [href for href in hrefs(page) if "/export/template" in href]
    assert len(addresses) == len(DatasetName) - 1  # items are rows of bhk
    for href in addresses:
        answer = client.get(href)
        assert answer.status_code == 200
        assert CLINIC in text_of(answer.data)


def test_what_is_read_aloud_tells_the_templates_apart(built):
    page = page_of(sources, Warehouse(built.path), {})
    labels = [
        link.to_plotly_json()["props"]["aria-label"]
        for link in of_type(page, "A")
        if "/export/template" in link.href
    ]
    assert len(set(labels)) == len(labels)
    assert "Punktprevalensmätningar: Hämta (Excel)" in labels


def test_in_another_language_the_page_says_that_the_template_is_in_swedish(built):
    with speaking("en"):
        page = page_of(sources, Warehouse(built.path), {})
        assert "Get the template, which is in Swedish." in words(page)


def test_a_file_is_named_after_what_it_is_for(built):
    answer = exports_of(Warehouse(built.path)).get("/export/template.xlsx?dataset=ppm")
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert "antal_observerade" in text_of(answer.data)


@pytest.mark.parametrize(
    ("query", "status"), [("", 404), ("?dataset=x", 400), ("?dataset=bhk_moment", 400)]
)
def test_a_template_of_nothing_is_refused_in_words(built, query, status):
    answer = exports_of(Warehouse(built.path)).get(f"/export/template.xlsx{query}")
    assert answer.status_code == status
    assert answer.json["error"]["parameter"] == "dataset"
    assert "svf_fall" in answer.json["error"]["expected"]


def test_the_template_is_of_the_newest_build(tmp_path):
    folder = Sources(tmp_path)
    first = folder.build()
    new = unit("SE2321000081-NEW", "klinik", CLINIC)
    folder.write("enheter/enheter_2.csv", [new])
    folder.build()
    answer = exports_of(Warehouse(folder.warehouse)).get(
        "/export/template.xlsx?dataset=ppm"
    )
    assert new["enhet_id"] in text_of(answer.data)
    # Also where an earlier build is looked at: whoever fills one in does so now.
    page = page_of(sources, Warehouse(folder.warehouse), {"build": first.build_id})
    assert ("H2", HEADING) in headings(page)


def test_without_templates_nothing_is_said_of_them(tmp_path):
    warehouse = make.warehouse(tmp_path)
    page = page_of(sources, warehouse, {})
    assert ("H2", HEADING) not in headings(page)
    assert "#lamna" not in hrefs(page)
    answer = exports_of(warehouse).get("/export/template.xlsx?dataset=ppm")
    assert answer.status_code == 404
