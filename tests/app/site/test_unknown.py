"""What an address names and there is not is said in one place, alike on every page."""

import inspect

import pytest

from app.queries.unknown import Unknown
from app.site import routes
from app.site.rooms import PAGES
from app.site.routes import content_of, shown
from tests import builders as make
from tests.app.reading import headings, hrefs, words

NO_UNIT = "SE2321000081-NIX"


@pytest.fixture(scope="module")
def filled(tmp_path_factory):
    return make.warehouse(tmp_path_factory.mktemp("unknown"), [make.outcome()])


@pytest.mark.parametrize("module", PAGES)
def test_a_page_is_made_from_a_visit_alone(module):
    assert list(inspect.signature(module.content).parameters) == ["visit"]


@pytest.mark.parametrize(
    "address",
    [
        f"/?unit={NO_UNIT}",
        f"/enhet/{NO_UNIT}",
        f"/indikator/svf_lead_time?unit={NO_UNIT}",
        f"/handlingsplaner?unit={NO_UNIT}",
        f"/analys?unit={NO_UNIT}",
        f"/analys/styrdiagram?indicator=svf_lead_time&unit={NO_UNIT}",
        f"/analys/bidrag?indicator=svf_lead_time&unit={NO_UNIT.lower()}",
        f"/analys/forlopp?unit={NO_UNIT}",
    ],
)
def test_a_unit_that_does_not_exist_is_told_with_units_that_do(filled, address):
    page = main_of(filled, address)
    assert ("H1", "Enheten finns inte") in headings(page)
    assert NO_UNIT in words(page)
    assert f"/enhet/{make.REGION}" in hrefs(page)


@pytest.mark.parametrize(
    "address",
    [
        f"/indikator/svf_nix?unit={NO_UNIT}",
        f"/analys/styrdiagram?indicator=svf_nix&unit={NO_UNIT}",
        "/analys/jamforelse?indicator=svf_nix",
        f"/analys/bidrag?indicator=svf_nix&unit={NO_UNIT}",
    ],
)
def test_an_indicator_that_does_not_exist_is_told_before_the_unit(filled, address):
    page = main_of(filled, address)
    assert ("H1", "Indikatorn finns inte") in headings(page)
    assert "svf_nix" in words(page)
    assert "/indikator/svf_lead_time" in hrefs(page)


def test_a_build_that_does_not_exist_is_told_with_builds_that_do(filled):
    page = main_of(filled, "/underlag?build=nix")
    assert ("H1", "Bygget finns inte") in headings(page)
    assert f"/underlag?build={make.BUILD}" in hrefs(page)


def test_pages_of_the_newest_build_alone_take_no_notice_of_another(filled):
    assert words(main_of(filled, "/?build=nix")) == words(main_of(filled, "/"))


def test_what_nobody_has_words_for_is_our_own_fault():
    class Odd(Unknown):
        pass

    class Page:
        @staticmethod
        def content(visit):
            raise Odd("nix")

    with pytest.raises(Odd):
        content_of(Page, None)


def main_of(warehouse, address):
    path, _, query = address.partition("?")
    assert routes.route(path)
    return shown(warehouse, path, query and f"?{query}").main
