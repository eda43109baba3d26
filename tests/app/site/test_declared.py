"""What is declared of the API is what is answered, described and documented."""

import re
from itertools import product

import flask
import pytest

from app.api.fields import number, of, text
from app.api.protocol import PREFIX
from app.site.addresses import ADDRESSES, DOWNLOADS, every_path
from app.site.api import register_api, register_exports
from app.site.openapi import PATH, description
from tests import builders as make

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
