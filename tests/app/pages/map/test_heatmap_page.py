import pytest

from app.pages.map import page as heatmap
from app.words.language import speaking
from tests.app.reading import hrefs, of_type, table_rows, words
from tests.app.visiting import page_of
from tests.builders import (
    CLINIC,
    ENDED_CLINIC,
    HOSPITAL,
    REGION,
    SECOND_CLINIC,
    UNITS,
    hidden,
    indicator,
    outcome,
    unit,
    warehouse,
    yearly,
)
from tests.builders import words as both

NBSP = "\N{NO-BREAK SPACE}"
WAITING = indicator(
    id="new_measure",
    name=both("Nytt mått"),
    lifecycle="under_development",
    measure=None,
    breakdowns=[],
)


@pytest.fixture(scope="module")
def filled(tmp_path_factory):
    return warehouse(
        tmp_path_factory.mktemp("heatmap"),
        [
            outcome(),
            outcome(period="2024Q4", unit=ENDED_CLINIC),
            outcome(unit=CLINIC, value=60.0, status="met"),
            hidden(unit=SECOND_CLINIC, status="too_few", reason="too_few"),
            outcome(indicator="prem_svf_rank", period="2025", value=20.0),
            hidden(indicator="new_measure", status="under_development"),
        ],
        [indicator(), yearly(), WAITING],
    )


def page(warehouse, **params):
    return page_of(heatmap, warehouse, params)


def test_the_map_has_a_symbol_for_each_indicator_and_unit(filled):
    (table,) = of_type(page(filled), "Table")
    assert table_rows(table) == [
        ["Cancer"],
        ["Ledtid i vårdförlopp", "✗", "", "✓", "<"],
        ["Nationell placering", "✗", "", "", ""],
    ]


def test_the_map_says_how_large_it_is_and_that_it_scrolls(filled):
    said = "4 enheter och 2 indikatorer. Syns inte alla går det att rulla"
    assert said in words(page(filled))
    assert "1 enhet och 2 indikatorer." in words(page(filled, unit_kind="region"))


def test_a_line_stands_before_each_group_of_units_and_where_one_ends(tmp_path):
    wards = [
        unit(f"SE2321000081-W{at}", name, kind, parent_id=over)
        | {"tree_order": 3 + at, "depth": depth}
        for at, (name, kind, over, depth) in enumerate(
            [
                ("Avdelningen", "avdelning", CLINIC, 3),
                ("Enheten", "klinik", HOSPITAL, 2),
            ]
        )
    ]
    units = [*UNITS[:3], *wards]
    rows = [outcome(unit=one["unit_id"]) for one in units]
    shown = page(warehouse(tmp_path, rows, units=units))
    assert [one.className for one in of_type(of_type(shown, "Thead")[0], "Th")] == [
        "corner",
        *["upright above"] * 3,
        "upright",
        "upright after",
    ]


def test_the_two_signs_are_explained(filled):
    said = "▲ och ▼: en förändring utöver slumpen, enligt styrdiagrammet."
    assert said in words(page(filled))


def test_the_legend_has_the_signs_in_the_map_and_says_what_is_left_out(filled):
    shown = page(filled)
    legend, folded = (one for one in of_type(shown, "Ul") if one.className == "legend")
    assert "För få fall" in words(legend)
    assert "Maskerat av källan" not in words(legend)
    assert "Maskerat av källan" in words(folded)
    assert "För få fall" not in words(folded)
    assert "1 indikator till har inget att visa här." in words(shown)


def test_a_symbol_has_words_and_leads_to_the_indicator_in_that_unit(filled):
    cell = next(a for a in of_type(page(filled), "A") if a.children == "✓")
    assert words(cell.title) == "Når målet, 60,0 %"
    assert getattr(cell, "aria-label") == cell.title
    assert cell.href == f"/indikator/svf_lead_time?unit={CLINIC}&period=2026Q3"


def test_a_yearly_status_tells_its_year(filled):
    titles = [getattr(one, "title", "") or "" for one in of_type(page(filled), "A")]
    assert any(title.endswith("(2025)") for title in titles)


def test_the_map_speaks_english(filled):
    with speaking("en"):
        titles = [
            words(one.title)
            for one in of_type(page(filled), "A")
            if getattr(one, "title", None)
        ]
    assert titles[:2] == ["Misses the target, 42.0%", "Meets the target, 60.0%"]
    assert f"Misses the target, place{NBSP}20 (2025)".replace(NBSP, " ") in titles


def test_units_that_had_ended_are_left_out(filled):
    assert not any(ENDED_CLINIC in href for href in hrefs(page(filled)))
    assert any(ENDED_CLINIC in href for href in hrefs(page(filled, period="2024Q4")))


def test_the_map_can_be_narrowed(filled):
    shown = page(filled, unit_kind="klinik")
    (table,) = of_type(shown, "Table")
    assert table_rows(table)[1] == ["Ledtid i vårdförlopp", "✓", "<"]
    assert "Inga utfall att visa" in words(page(filled, area="medicines"))


def test_a_period_outside_the_data_is_told(filled):
    before = page(filled, period="1999Q1", area="cancer")
    assert "Uppgifterna finns från kv 1 2022 till kv 3 2026." in words(before)
    assert "/karta?period=2026Q3&area=cancer" in hrefs(before)
    assert "Inga utfall att visa" not in words(before)
    after = page(filled, period="2031Q1")
    assert "Det finns inga utfall för kv 1 2031. Här visas kv 3 2026." in words(after)
    assert len(of_type(after, "Table")) == 1


def test_a_name_that_is_cut_can_be_read_whole(filled):
    names = {
        words(one): getattr(one, "title", None)
        for one in of_type(page(filled), "Th")
        if getattr(one, "className", None) == "upright"
    }
    assert names
    assert all(whole == name for name, whole in names.items())


def test_headings_are_marked_as_such_for_screen_readers(filled):
    (table,) = of_type(page(filled), "Table")
    scopes = {one.scope for one in of_type(table, "Th")}
    assert scopes == {"col", "row", "rowgroup"}
    assert REGION in " ".join(hrefs(table))


def test_a_year_in_the_address_is_told_to_be_shown_as_its_last_quarter(filled):
    shown = page(filled, period="2025")
    assert (
        f"Sidan visar kvartal. Här visas kv 4{NBSP}2025, det sista i 2025."
    ).replace(NBSP, " ") in words(shown)
    assert "/?period=2025" in hrefs(shown)
    assert "Sidan visar kvartal" not in words(page(filled, period="2025Q4"))


def test_an_indicator_of_two_themes_has_two_lines_and_is_counted_once(tmp_path):
    made = warehouse(
        tmp_path,
        [outcome()],
        [indicator(area="patient_safety", themes=["focus_3", "focus_5"])],
    )
    shown = page(made)
    (table,) = of_type(shown, "Table")
    names = [row[0] for row in table_rows(table)]
    assert names == [
        "Patientsäkerhet: Öka medvetenheten om hur säker vården är idag",
        "Ledtid i vårdförlopp",
        "Patientsäkerhet: Öka riskmedvetenhet och beredskap",
        "Ledtid i vårdförlopp",
    ]
    assert "1 indikator" in words(shown)
    assert "2 indikatorer" not in words(shown)
