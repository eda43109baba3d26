"""`/stil` shows every component, and the components do what all pages rely on."""

import re
from itertools import pairwise

from app.columns import Col
from app.design.components import heading, link, table
from app.pages.style import page as style
from app.pages.style.words import LINES, PLACE, SURFACES
from app.site.frame import MENU
from app.site.rooms import PAGES
from app.site.routes import ASSETS, route
from app.words import headings as words_headings
from app.words import language, text
from kpi.assessment import Status
from tests.app.reading import components, headings, of_type, words


def gallery():
    # No warehouse: what is shown there must not depend on anybody's figures.
    return style.content(None)


def classes(part):
    return {
        name
        for one in components(part)
        for name in (getattr(one, "className", None) or "").split()
    }


def test_the_gallery_has_its_address_but_no_place_in_the_menu():
    assert style in PAGES
    assert route("/stil") == (style, {})
    assert style.PATH not in [path for path, _ in MENU]


def test_the_gallery_shows_every_status_as_badge_and_on_the_map():
    shown = gallery()
    for status in Status:
        assert f"badge-{status}" in classes(shown)
        assert f"map-{status}" in classes(shown)
        assert str(text.STATUS[status]) in words(shown)


def test_the_gallery_shows_every_component_that_pages_are_made_of():
    wanted = {
        *("breadcrumbs", "lead", "muted", "big", "badge", "filters", "field", "switch"),
        *("pager", "downloads", "result", "tiles", "card", "table", "table-frame"),
        *("map", "graph", "chart-title", "notice", "facts", "links", "legend"),
        *("undo", "progress", "help", "term", "popover", "tour", "trend", "stacked"),
    }
    assert wanted - classes(gallery()) == set()
    assert of_type(gallery(), "Details")
    assert of_type(gallery(), "Graph")


def test_every_token_that_the_gallery_names_has_its_swatch():
    rules = (ASSETS / "30-components.css").read_text(encoding="utf-8")
    for name in SURFACES:
        assert f".on-{name} {{" in rules
    for name in LINES:
        assert f".of-{name} {{" in rules


def test_an_id_stands_once_on_the_page():
    ids = [one.id for one in components(gallery()) if getattr(one, "id", None)]
    assert sorted(ids) == sorted(set(ids))


def test_headings_go_down_one_level_at_a_time():
    levels = [int(level[1]) for level, _ in headings(gallery())]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(b - a <= 1 for a, b in pairwise(levels))


def test_the_gallery_is_shown_in_the_language_of_the_visitor():
    with language.speaking("en"):
        assert str(text.STATUS[Status.MET]) in words(gallery())


def test_the_way_to_a_page_is_a_list_of_places():
    shown = heading("Kvinnokliniken", over=[link("Region", "/a"), link("Vård", "/b")])
    (way,) = of_type(shown, "Nav")
    assert [words(one) for one in of_type(way, "Li")] == ["Region", "Vård"]
    assert not of_type(heading("Region", over=[]), "Nav")


def test_a_table_of_many_columns_says_so_to_the_style_sheet():
    few, many = ([Col(str(one), str) for one in range(n)] for n in (6, 7))
    assert "wide" not in classes(table("", few, []))
    assert "wide" in classes(table("", many, []))


def test_a_table_of_few_columns_keeps_its_form_on_a_narrower_screen():
    few, more = ([Col(str(one), str) for one in range(n)] for n in (3, 4))
    assert "few" in classes(table("", few, []))
    assert "few" not in classes(table("", more, []))


def test_a_date_in_a_table_is_not_broken_at_its_hyphens():
    moments = ["2026-09-30", "2026-09-30 08:05", "2026-09-30 och annat"]
    shown = table("", [Col("Dag", str)], moments)
    looks = [one.className for one in of_type(shown, "Td")]
    assert looks == ["nowrap", "nowrap", None]


def test_a_table_without_rows_says_that_it_is_empty():
    shown = table("Rader", [Col("Fil", str), Col("Rad", str)], [])
    (cell,) = of_type(shown, "Td")
    assert (words(cell), cell.colSpan) == (str(words_headings.NO_ROWS), 2)


def test_only_a_table_that_scrolls_is_a_stop_for_the_keyboard():
    columns, rows = [Col("Fil", str)], ["a.csv"]
    scrolling = table("Rader", columns, rows, reflows=False)
    assert (scrolling.tabIndex, scrolling.role) == (0, "region")
    assert getattr(table("Rader", columns, rows), "tabIndex", None) is None


def test_an_example_says_of_its_target_what_its_status_says():
    said = {
        status: next(
            words(one)
            for one in of_type(gallery(), "Article")
            if str(text.STATUS[status]) in words(one)
        )
        for status in (Status.MET, Status.NEAR, Status.NOT_MET, Status.TOO_FEW)
    }
    assert "+8,4" in said[Status.MET]
    assert "hade behövts" not in said[Status.MET]
    assert "4 till hade behövts" in said[Status.NEAR]
    assert "Klarar inte målet" in said[Status.NOT_MET]
    assert str(PLACE) not in said[Status.TOO_FEW]


def test_a_colour_swatch_is_never_alone():
    swatches = [one for one in of_type(gallery(), "Li") if "swatch" in classes(one)]
    assert swatches
    assert all(re.search(r"\w", words(one)) for one in swatches)
