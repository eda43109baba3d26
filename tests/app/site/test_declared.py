"""What is declared of the API is what is answered, described and documented."""

import re
from itertools import product

import flask
import pytest

from app.__main__ import main
from app.api.protocol import PREFIX
from app.columns import number, of, text
from app.site import reference
from app.site.api import register_api, register_exports
from app.site.openapi import PATH, description
from app.site.rooms import ADDRESSES, DOWNLOADS, every_path
from kpi.warehouse import Warehouse
from tests import builders as make
from tests.app.api.test_api import follows

DECLARED = (*ADDRESSES, *DOWNLOADS)
# What leads to the others, and what answers where there is nothing.
BESIDE = {PATH, PREFIX, f"{PREFIX}/", "/api/<path:rest>"}


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    server = flask.Flask("test")
    warehouse = make.warehouse(tmp_path_factory.mktemp("declared"))
    register_api(server, warehouse)
    register_exports(server, warehouse)
    return server


def test_every_address_is_declared_once():
    assert len(set(every_path())) == len(every_path())


def test_every_route_for_programs_comes_from_a_declaration(server):
    routes = {
        rule.rule
        for rule in server.url_map.iter_rules()
        if rule.rule.startswith(("/api", "/export", "/healthz"))
    }
    assert routes - BESIDE == set(every_path())


def test_every_address_is_in_the_index_and_in_the_description(server):
    index = server.test_client().get(PREFIX).json
    assert [*index["addresses"], index["description"]] == [*every_path(), PATH]
    assert set(description()["paths"]) == set(every_path())


def parameters():
    """Return each kind of parameter that is declared with a pattern, once."""
    every = (one for address in DECLARED for one in address.parameters)
    return {one.schema["pattern"]: one for one in every if "pattern" in one.schema}


YEARS = ("2026", "1999", "0999", "3000", "20260", "")
ENDS = ("", "-00", "-01", "-09", "-10", "-12", "-13", "-1", "x", "Q")
PARTS = tuple(f"{letter}{n}" for letter in "QKTHqkthZ" for n in range(10))
BEFORE = ("", "R12-", "r12-", "R13-")
TEXTS = {
    "period": list(map("".join, product(BEFORE, YEARS, (*ENDS, *PARTS)))),
    "unit": [
        *("SE2321000081-DEMO001", "se2321000081-demo001", "SE162321000081-A"),
        *("SE232100008-A", "SE2321000081-", "SE2321000081", "SE2321000081-Ö"),
    ],
    "indicator": ["svf_lead_time", "a", "A", "1a", "a-b", "", "å"],
    "svf": ["brost", "b" * 80, "b" * 81, "Brost", "_b", ""],
    "build": ["934a69e3a9a8", "b.1:2-3", "b" * 80, "b" * 81, "../etc", ""],
}


@pytest.mark.parametrize("pattern", parameters())
def test_a_pattern_says_what_is_read(pattern):
    parameter = parameters()[pattern]
    told = [one for one in TEXTS[parameter.name] if re.search(pattern, one)]
    assert told == [one for one in TEXTS[parameter.name] if is_read(parameter, one)]
    assert 0 < len(told) < len(TEXTS[parameter.name])
    assert all(re.search(pattern, one) for one in parameter.schema.get("examples", ()))


def is_read(parameter, written):
    try:
        parameter.read(written)
    except ValueError:
        return False
    return True


def test_what_is_required_is_said_to_be(server):
    client = server.test_client()
    for address in ADDRESSES:
        required = {one.name for one in address.parameters if one.is_required}
        answer = client.get(address.path)
        assert answer.status_code == (404 if required else 200)
        if required:
            assert {answer.json["error"]["parameter"]} == required


class Row:
    def __init__(self, **values):
        vars(self).update(values)


def test_a_field_is_null_where_nothing_is_on_the_way_to_it():
    nothing, zero = Row(part=None), Row(part=Row(count=0, share=None))
    [plain] = of("part", number("count", ""))
    [made] = of("part.share", text("share", "", read=str))
    assert [plain.reading()(one) for one in (nothing, zero)] == [None, 0]
    assert [made.reading()(one) for one in (nothing, zero)] == [None, None]
    assert made.reading()(Row(part=Row(share=0.5))) == "0.5"


DOCUMENTED = reference.PAGE.read_text(encoding="utf-8")


def test_every_address_is_documented():
    paths = re.findall(r"`(/[\w/.]+)(?:\?[^`]*)?`", reference.made())
    assert paths == every_path()


@pytest.mark.parametrize("declared", DECLARED, ids=lambda one: one.path)
def test_every_parameter_and_field_is_documented(declared):
    (part,) = (one for one in DOCUMENTED.split("\n### ") if f"`{declared.path}" in one)
    named = set(re.findall(r"^\| `([^`]+)`", part, re.MULTILINE))
    fields = {one.name for one in getattr(declared, "fields", ())}
    for listed in getattr(declared, "lists", ()):
        fields |= {f"{listed.name}[].{one.name}" for one in listed.fields}
    head = {"build", "is_demo"} if fields else set()
    assert named == fields | head | {one.name for one in declared.parameters}


def test_a_page_that_is_stale_is_told_and_written_anew(tmp_path, monkeypatch, capsys):
    page = tmp_path / "api.md"
    page.write_text(DOCUMENTED.replace("| `lang` |", "| `tongue` |"), encoding="utf-8")
    monkeypatch.setattr(reference, "PAGE", page)
    assert main(["docs", "--check"]) == 1
    assert "is stale; run `python -m app docs`" in capsys.readouterr().err
    assert main(["docs"]) == main(["docs", "--check"]) == 0
    assert page.read_text(encoding="utf-8") == DOCUMENTED


def test_a_page_without_a_place_for_addresses_is_refused():
    with pytest.raises(ValueError, match=r"docs/api\.md: expected the lines"):
        reference.page("# API")


def asked(address):
    """Return a query with what must be named, and a pathway, which alone has maxima."""
    named = (one for one in address.parameters if one.is_required or one.name == "svf")
    return "&".join(
        f"{one.name}={one.schema['examples'][0]}"
        for one in named
        if "examples" in one.schema
    )


@pytest.fixture(scope="module")
def demo(demo_warehouse):
    server = flask.Flask("demo")
    register_api(server, Warehouse(demo_warehouse))
    return server.test_client()


NOTHING = {"losses", "missing_maxima"}
"""The demo has lost nothing, and its register has every maximum."""


@pytest.mark.parametrize("address", ADDRESSES, ids=lambda one: one.name)
def test_an_answer_follows_its_description(demo, address):
    answer = demo.get(f"{address.path}?{asked(address)}").json
    document = description()
    item = document["paths"][address.path]["get"]["responses"]["200"]
    follows(answer, item["content"]["application/json"]["schema"], document)
    assert all(answer[one.name] for one in address.lists if one.name not in NOTHING)


@pytest.mark.parametrize("address", ADDRESSES, ids=lambda one: one.name)
def test_a_table_has_the_fields_that_fit_it_as_columns(demo, address):
    if not address.has_csv:
        assert demo.get(f"{address.path}.csv").status_code == 404
        return
    _, path = address.paths
    head = demo.get(f"{path}?{asked(address)}").data.decode("utf-8-sig").splitlines()[0]
    fields = address.lists[0].fields
    assert head.split(";") == [
        one.name for one in fields if one.is_plain and not one.is_optional
    ]
