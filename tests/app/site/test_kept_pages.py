from contextvars import copy_context

import flask

from app.site.frame import Shown
from app.site.kept_pages import MOST, KeptPages
from app.web import preferences
from app.words import language
from kpi.warehouse import Warehouse
from tests import builders as make


class Drawn:
    """What was drawn, in order."""

    def __init__(self):
        self.addresses = []

    def __call__(self, pathname, search):
        self.addresses.append(pathname + search)
        return Shown(None, [], None, None, None, None, f"{len(self.addresses)}")


def test_a_page_is_drawn_once(tmp_path):
    drawn = Drawn()
    pages = KeptPages(make.warehouse(tmp_path), drawn)
    first = pages.shown("/", "?a=1")
    assert pages.shown("/", "?a=1") is first
    assert pages.shown("/", "?a=2").title == "2"
    assert drawn.addresses == ["/?a=1", "/?a=2"]


def test_each_language_has_its_own(tmp_path):
    pages = KeptPages(make.warehouse(tmp_path), Drawn())
    assert pages.shown("/", "").title == "1"
    with language.speaking("en"):
        assert pages.shown("/", "").title == "2"
    assert pages.shown("/", "").title == "1"
    assert preferences.attributes()["lang"] == "sv"


def test_each_choice_of_colours_and_view_has_its_own(tmp_path):
    pages = KeptPages(make.warehouse(tmp_path), Drawn())
    server = flask.Flask("test")
    preferences.register_preferences(server)

    def title(cookie):
        with server.test_request_context("/", headers={"Cookie": cookie}):
            server.preprocess_request()
            return pages.shown("/", "").title

    cookies = ("", "theme=dark", "theme=contrast", "view=presentation", "theme=dark")
    drawn = [copy_context().run(title, cookie) for cookie in cookies]
    assert drawn == ["1", "2", "3", "4", "2"]


def test_a_replaced_warehouse_is_drawn_anew(tmp_path):
    here = make.warehouse(tmp_path)
    pages = KeptPages(here, Drawn())
    assert pages.shown("/", "").title == "1"
    (tmp_path / "new").mkdir()
    new = make.warehouse(tmp_path / "new")
    new.path.replace(here.path)
    assert pages.shown("/", "").title == "2"


def test_without_a_warehouse_it_is_looked_for_each_time(tmp_path):
    pages = KeptPages(Warehouse(tmp_path / "none.duckdb"), Drawn())
    assert [pages.shown("/", "").title for _ in range(2)] == ["1", "2"]


def test_no_more_are_kept_than_can_be_held(tmp_path):
    drawn = Drawn()
    pages = KeptPages(make.warehouse(tmp_path), drawn)
    for number in [*range(MOST + 1), 0]:
        pages.shown("/", f"?n={number}")
    assert len(drawn.addresses) == MOST + 2
