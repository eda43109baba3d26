"""Language, colours and view: chosen by address, kept in a cookie."""

import re

import pytest
from flask import Flask

from app.site.routes import create_app
from app.web.preferences import LANG, THEME, VIEW, choosing
from kpi.warehouse import Warehouse


@pytest.fixture(scope="module")
def server(demo_warehouse) -> Flask:
    return create_app(Warehouse(demo_warehouse)).server


@pytest.fixture
def visitor(server):
    return server.test_client()


def root(answer) -> str:
    return re.search("<html[^>]*>", answer.text)[0]


def test_a_first_visit_is_in_swedish_and_follows_the_computer(visitor):
    assert root(visitor.get("/")) == '<html lang="sv">'


def test_a_choice_is_kept_and_leaves_the_address_clean(visitor):
    answer = visitor.get("/karta?period=2026Q1&theme=dark&lang=en")
    assert answer.status_code == 303
    assert answer.location == "/karta?period=2026Q1"
    assert root(visitor.get("/karta")) == '<html lang="en" data-theme="dark">'
    cookie = visitor.get_cookie("theme")
    assert cookie.http_only
    assert cookie.same_site == "Lax"


def test_the_default_can_be_chosen_again(visitor):
    visitor.get("/?view=presentation")
    assert "presentation" in root(visitor.get("/"))
    visitor.get("/?view=normal")
    assert root(visitor.get("/")) == '<html lang="sv">'


@pytest.mark.parametrize("query", ["lang=tlh", "theme=<b>", "view=", "colour=dark"])
def test_what_cannot_be_chosen_changes_nothing(visitor, query):
    answer = visitor.get(f"/?{query}")
    assert answer.status_code == 200
    assert root(answer) == '<html lang="sv">'


def test_a_forged_cookie_is_no_markup(visitor):
    visitor.set_cookie("theme", '"><script>')
    assert root(visitor.get("/")) == '<html lang="sv">'


@pytest.mark.parametrize("path", ["//evil.example/", "/%2F%2Fevil.example"])
def test_a_choice_leads_to_no_other_host(visitor, path):
    answer = visitor.get(f"{path}?lang=en")
    assert not re.match("(https?:)?//(?!localhost)", answer.location or "")


def test_data_and_files_keep_their_parameters(visitor):
    answer = visitor.get("/_dash-layout?theme=dark")
    assert answer.status_code == 200
    assert visitor.get_cookie("theme") is None


def test_the_frame_before_the_scripts_speaks_the_language(visitor):
    assert "JavaScript, som är avstängt" in visitor.get("/").text
    visitor.get("/?lang=en")
    assert "JavaScript, which is turned off" in visitor.get("/").text


def test_a_choice_is_one_parameter_more_on_the_same_address():
    assert choosing("/", "", THEME, "dark") == "/?theme=dark"
    found = choosing("/karta", "?period=2026Q1&theme=light", THEME, "dark")
    assert found == "/karta?period=2026Q1&theme=dark"


def test_what_holds_unless_chosen_comes_first():
    assert [one.default for one in (LANG, THEME, VIEW)] == ["sv", "system", "normal"]


def test_an_unknown_address_is_said_to_be_unknown_to_machines_too(visitor):
    assert visitor.get("/finns-inte").status_code == 404
    assert visitor.get("/karta").status_code == 200
    assert visitor.get("/indikator/svf_lead_time").status_code == 200
