import json
import re

import pytest

from app.pages.indicator import page as indicator
from app.pages.map import page as heatmap
from app.pages.overview import page as overview
from app.pages.unit import page as unit
from app.pages.unit import tree
from app.site.routes import create_app, route, shown
from kpi.warehouse import Warehouse
from tests.app.reading import headings, of_type, words
from tests.builders import REGION, build, outcome, warehouse


@pytest.mark.parametrize(
    ("path", "module", "names"),
    [
        ("/", overview, {}),
        ("/karta", heatmap, {}),
        ("/karta/", heatmap, {}),
        ("/indikator/svf_lead_time", indicator, {"indicator": "svf_lead_time"}),
        ("/enhet", tree, {}),
        ("/enhet/SE1%2DA", unit, {"unit": "SE1-A"}),
    ],
)
def test_an_address_leads_to_its_page(path, module, names):
    assert route(path) == (module, names)


@pytest.mark.parametrize("path", ["/nix", "/indikator", "/indikator/a/b", "/kartan"])
def test_other_addresses_lead_nowhere(path):
    assert route(path) is None


def test_an_unknown_address_shows_the_ways_on(tmp_path):
    found = shown(warehouse(tmp_path), "/nix", "")
    assert headings(found.main) == [("H1", "Sidan finns inte")]
    assert found.title == "Sidan finns inte · Målbild"


def test_without_a_warehouse_the_page_says_what_to_do(tmp_path):
    nothing = Warehouse(tmp_path / "none.duckdb")
    found = shown(nothing, "/", "")
    assert "python -m etl build" in words(found.main)
    assert (found.banner, found.tour, found.footer) == (None, None, None)
    assert "Översikt" in words(found.menu)


def test_demo_data_are_marked_on_every_page(tmp_path):
    demo = warehouse(tmp_path, [outcome()])
    for path in ("/", "/karta", "/enhet", "/indikator/svf_lead_time", "/nix"):
        assert "Syntetiska demodata" in words(shown(demo, path, "").banner)


def test_real_data_have_no_banner(tmp_path):
    real = warehouse(tmp_path, builds=[build(is_demo=False)])
    assert shown(real, "/", "").banner is None


def test_the_footer_tells_the_build_and_how_far_the_data_reach(tmp_path):
    footer = words(shown(warehouse(tmp_path), "/", "").footer)
    assert footer.endswith(
        "Data till och med september 2026 Bygge b0001, skapat 2026-11-01 06:15 UTC"
    )


def test_the_footer_leads_to_help_and_to_the_accessibility_statement(tmp_path):
    found = shown(warehouse(tmp_path), "/karta", "?area=cancer").footer
    ways = {words(one): one.href for one in of_type(found, "A")}
    assert ways == {
        "Rundtur, tre minuter": "/?tur=1",
        "Om": "/om",
        "Tillgänglighet": "/tillganglighet?fran=%2Fkarta%3Farea%3Dcancer",
    }


def test_the_other_language_and_the_colours_keep_what_is_shown(tmp_path):
    found = shown(warehouse(tmp_path), "/karta", "?area=cancer").preferences
    ways = {words(one): one.href for one in of_type(found, "A")}
    assert ways["English"] == "/karta?area=cancer&lang=en"
    assert ways["Mörkt"] == "/karta?area=cancer&theme=dark"


def test_the_tour_is_shown_beside_the_page_it_is_about(tmp_path):
    demo = warehouse(tmp_path, [outcome()])
    assert shown(demo, "/", "").tour is None
    assert "1 av" in words(shown(demo, "/", "?tur=1").tour)


def test_the_menu_marks_where_one_is(tmp_path):
    menu = shown(warehouse(tmp_path), f"/enhet/{REGION}", "").menu
    here = [one for one in of_type(menu, "A") if hasattr(one, "aria-current")]
    assert [words(one) for one in here] == ["Enheter"]


def test_the_page_is_in_swedish_and_asks_no_other_host(tmp_path):
    client = create_app(warehouse(tmp_path)).server.test_client()
    html = client.get("/").get_data(as_text=True)
    assert '<html lang="sv">' in html
    assert "https://" not in html
    assert "http://" not in html


def test_the_first_answer_holds_the_numbers(tmp_path):
    client = create_app(warehouse(tmp_path, [outcome()])).server.test_client()
    answer = client.get("/indikator/svf_lead_time").get_data(as_text=True)
    assert "<title>Indikator · Målbild</title>" in answer
    main = answer[answer.index('<main id="main"') : answer.index("</main>")]
    assert "42,0\N{NO-BREAK SPACE}%" in main


def test_words_in_an_address_are_no_template(tmp_path):
    client = create_app(warehouse(tmp_path, [outcome()])).server.test_client()
    answer = client.get("/%7B%25scripts%25%7D?unit={%25config%25}").get_data(True)
    assert answer.count('id="_dash-config"') == 1
    assert len(re.findall(r' href="[^"]*dash_renderer', answer)) == 1


def test_the_frame_has_landmarks_and_a_way_past_the_menu(tmp_path):
    client = create_app(warehouse(tmp_path)).server.test_client()
    layout = json.dumps(client.get("/_dash-layout").get_json(), ensure_ascii=False)
    for part in ('"Header"', '"Nav"', '"Main"', '"Footer"', '"href": "#main"'):
        assert part in layout


def test_the_address_decides_the_page_over_the_wire(tmp_path):
    client = create_app(warehouse(tmp_path, [outcome()])).server.test_client()
    outputs = [
        {"id": part, "property": name}
        for part, name in (
            ("menu", "children"),
            ("preferences", "children"),
            ("banner", "children"),
            ("main", "children"),
            ("tour", "children"),
            ("footer", "children"),
            ("page-title", "data"),
        )
    ]
    asked = {
        "output": "..menu.children...preferences.children...banner.children..."
        "main.children...tour.children...footer.children...page-title.data..",
        "outputs": outputs,
        "inputs": [
            {"id": "address", "property": "pathname", "value": "/"},
            {"id": "address", "property": "search", "value": "?status=not_met"},
        ],
        "changedPropIds": ["address.pathname"],
    }
    answer = client.post("/_dash-update-component", json=asked)
    assert answer.status_code == 200
    assert "Ledtid i vårdförlopp" in json.dumps(answer.get_json(), ensure_ascii=False)


def test_a_newly_published_warehouse_is_seen_at_once(tmp_path):
    (tmp_path / "new").mkdir()
    here = warehouse(tmp_path, [outcome()])
    assert "42,0" in words(shown(here, "/", "").main)
    warehouse(tmp_path / "new", [outcome(value=77.0)]).path.replace(here.path)
    assert "77,0" in words(shown(here, "/", "").main)
