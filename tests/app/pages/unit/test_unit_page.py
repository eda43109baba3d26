from datetime import date

import pytest

from app.pages.unit import page as page_module
from app.pages.unit import tree as units_page
from app.pages.unit.words import Place, place_among
from app.queries.outcomes import StatusRow
from app.words.language import speaking
from tests.app.reading import headings, hrefs, of_type, words
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


@pytest.fixture(scope="module")
def filled(tmp_path_factory):
    before = unit(
        CLINIC,
        "Kirurgen",
        "klinik",
        parent_id=REGION,
        valid_to=date(2023, 12, 31),
        is_current=False,
        tree_order=99,
    )
    return warehouse(
        tmp_path_factory.mktemp("unit"),
        [
            outcome(unit=CLINIC, period="2026Q2", value=40.0),
            outcome(unit=CLINIC, value=50.0, lower=40.0, upper=60.0),
            outcome(unit=SECOND_CLINIC, value=60.0, lower=51.0, upper=70.0),
            hidden(unit=HOSPITAL),
        ],
        units=[*UNITS, before],
    )


def page(warehouse, id=CLINIC, **params):
    return page_of(page_module, warehouse, params, {"unit": id})


def test_an_indicator_is_a_card_with_outcome_gap_and_place(filled):
    (card,) = of_type(page(filled), "Article")
    said = words(card)
    assert said.startswith("Ledtid i vårdförlopp 50,0 % ✗ Når inte målet")
    assert "Mål: ≥ 55 % (lokalt), ≥ 80 % (nationellt)" in said
    assert "Avvikelse: −5,0 procentenheter, 13 till hade behövts" in said
    assert "Plats 2 av 2 kliniker; intervallet överlappar 1 annan" in said
    assert "Senaste utfall: kv 3 2026" in said
    assert of_type(card, "Drawing")[0].alt.startswith("Ledtid i vårdförlopp: från 40,0")


def test_outcomes_of_another_period_are_counted_and_dated(tmp_path):
    old = outcome(unit=CLINIC, indicator="prem_svf_rank", period="2025", value=20.0)
    shown = page(
        warehouse(
            tmp_path, [outcome(unit=CLINIC), old], [indicator(), yearly()], units=UNITS
        )
    )
    assert "1 av dem mäts mer sällan eller har ett äldre utfall" in words(shown)
    dated = [
        one
        for one in of_type(shown, "Article")
        if words(one).startswith("Nationell placering plats 20 av 100 (2025)")
    ]
    assert len(dated) == 1


UNTARGETED = {"target": None, "target_rule": None, "target_level": None}


def test_cards_without_a_target_are_folded_below_the_others_by_area(tmp_path):
    areas = {"few": "cancer", "b": "cancer", "c": "medicines", "targeted": "medicines"}
    defined = [
        indicator(id=one, name=both(one), area=area) for one, area in areas.items()
    ]
    rows = [
        outcome(unit=CLINIC, indicator=one, status="no_target", **UNTARGETED)
        for one in ("b", "c")
    ]
    rows.append(hidden(unit=CLINIC, indicator="few", status="too_few", **UNTARGETED))
    rows.append(outcome(unit=CLINIC, indicator="targeted"))
    shown = page(warehouse(tmp_path, rows, defined))
    names = [words(of_type(one, "H3")) for one in of_type(shown, "Article")]
    # What should be there and is not is a problem, with a target or without.
    assert names == ["targeted", "few", "b", "c"]
    assert [
        [words(of_type(fold, "Summary")), words(of_type(fold, "H3"))]
        for fold in of_type(shown, "Details")
    ] == [["Cancer, utan målvärde (1)", "b"], ["Läkemedel, utan målvärde (1)", "c"]]
    assert (
        "4 indikatorer: 1 når inte målet, 2 utan målvärde och 1 utan värde."
        in words(shown)
    )


def test_a_card_speaks_english(filled):
    with speaking("en"):
        (card,) = of_type(page(filled), "Article")
        said = words(card)
    assert said.startswith("Ledtid i vårdförlopp (en) 50.0% ✗ Misses the target")
    assert "Place 2 of 2 clinics; the interval overlaps 1 other" in said


def test_units_with_the_same_value_share_a_place(tmp_path):
    rows = [outcome(unit=one, value=50.0) for one in (CLINIC, SECOND_CLINIC)]
    filled = warehouse(tmp_path, rows)
    assert "Delad plats 1 av 2 kliniker" in words(page(filled))
    with speaking("en"):
        assert "Joint place 1 of 2 clinics" in words(page(filled))


def test_a_replaced_unit_is_not_ranked_beside_its_successor(tmp_path):
    before = {"period": "2024Q4", "value": 60.0}
    rows = [
        outcome(unit=CLINIC, has_predecessors=True, **before),
        outcome(unit=ENDED_CLINIC, **before),
    ]
    filled = warehouse(tmp_path, rows)
    assert "lats 1 av" not in words(page(filled, period="2024Q4"))
    assert "lats 1 av" not in words(page(filled, ENDED_CLINIC, period="2024Q4"))


def test_a_unit_that_has_ended_is_not_ranked(tmp_path):
    gone = [one | {"replaced_by": None} for one in UNITS]
    rows = [
        outcome(unit=one, indicator="yearly", period="2025", value=value)
        for one, value in ((CLINIC, 50.0), (SECOND_CLINIC, 40.0), (ENDED_CLINIC, 60.0))
    ]
    one = indicator(id="yearly", frequency="yearly")
    shown = page(warehouse(tmp_path, rows, [one], units=gone))
    assert "Plats 1 av 2 kliniker" in words(shown)


def test_an_indicator_without_a_value_is_named_with_why(filled):
    shown = page(filled, HOSPITAL)
    assert of_type(shown, "Article") == []
    assert "Ledtid i vårdförlopp: inte rapporterat" in words(shown)


def test_a_unit_without_indicators_points_upwards(filled):
    shown = page(filled, ENDED_CLINIC, period="2024Q4")
    assert "Inga indikatorer gäller den här enheten." in words(shown)
    assert f"/enhet/{HOSPITAL}" in hrefs(shown)


def test_the_region_without_indicators_points_nowhere(filled):
    shown = words(page(filled, REGION))
    assert "Inga indikatorer gäller den här enheten." in shown
    assert "Se i stället" not in shown


def test_a_unit_that_was_not_there_leads_to_when_it_was(filled):
    shown = page(filled, ENDED_CLINIC)
    assert "Gamla kliniken fanns inte kv 3 2026." in words(shown)
    assert f"/enhet/{ENDED_CLINIC}?period=2024Q4" in hrefs(shown)
    assert "Se i stället" not in words(shown)


def test_a_unit_that_has_not_begun_leads_to_its_first_quarter(tmp_path):
    begun = {"valid_from": date(2025, 5, 1)}
    units = [one | begun if one["unit_id"] == CLINIC else one for one in UNITS]
    shown = page(warehouse(tmp_path, [outcome()], units=units), period="2024Q4")
    assert f"/enhet/{CLINIC}?period=2025Q2" in hrefs(shown)


def test_a_period_outside_the_data_is_told(filled):
    before = page(filled, REGION, period="1999Q1")
    assert "Uppgifterna finns från kv 1 2022 till kv 3 2026." in words(before)
    assert f"/enhet/{REGION}?period=2026Q3" in hrefs(before)
    assert "Se i stället" not in words(before)
    after = page(filled, period="2031Q1")
    assert "Här visas kv 3 2026." in words(after)
    assert len(of_type(after, "Article")) == 1


def test_an_ended_unit_points_to_its_successor(filled):
    shown = page(filled, ENDED_CLINIC)
    assert "Enheten upphörde 2024-12-31." in words(shown)
    assert f"/enhet/{CLINIC}" in hrefs(shown)


def test_what_a_unit_was_called_before_is_told(filled):
    shown = words(page(filled))
    assert "Kirurgen, under Region Demo, t.o.m. 2023-12-31" in shown
    assert "Ersätter Gamla kliniken" in shown


def test_an_id_in_small_letters_is_found(filled):
    assert headings(page(filled, CLINIC.lower()))[0] == ("H1", "Kirurgkliniken")


def test_an_unknown_unit_is_told(filled):
    assert headings(page(filled, "x")) == [("H1", "Enheten finns inte")]


def test_all_units_are_a_tree(filled):
    shown = page_of(units_page, filled, {})
    assert [href for href in hrefs(shown)][:2] == [
        f"/enhet/{REGION}",
        f"/enhet/{HOSPITAL}",
    ]
    said = "Gamla kliniken upphörd 2024-12-31 , följs under Kirurgkliniken"
    assert said in words(shown)


def test_units_that_have_ended_stand_after_the_others(tmp_path):
    units = [one | {"tree_order": 9 - one["tree_order"]} for one in UNITS]
    shown = page_of(units_page, warehouse(tmp_path, units=units), {})
    named = ["Kvinnokliniken", "Kirurgkliniken", "Gamla kliniken"]
    assert [words(one) for one in of_type(shown, "A")][-3:] == named


def test_a_kind_of_unit_is_told_where_its_name_does_not_say_it(tmp_path):
    units = [unit(REGION, "Region Demo", "region"), unit(CLINIC, "Akuten", "klinik")]
    said = words(page_of(units_page, warehouse(tmp_path, units=units), {}))
    assert "Akuten klinik" in said
    assert "Region Demo region" not in said


def test_a_unit_that_nobody_took_over_is_told_to_have_ended(tmp_path):
    ended = unit(CLINIC, "Akuten", "klinik", valid_to=date(2024, 12, 31))
    said = words(page_of(units_page, warehouse(tmp_path, units=[ended]), {}))
    assert said.endswith("Akuten upphörd 2024-12-31")


def test_without_units_the_page_says_so(tmp_path):
    shown = page_of(units_page, warehouse(tmp_path, units=[]), {})
    assert "inga enheter" in words(shown)


def peer(value, lower=None, upper=None, unit="X", period="2026Q3"):
    return StatusRow(
        "svf_lead_time", unit, "quarter", period, 0, "met", value, lower, upper
    )


def test_a_place_counts_those_that_are_better():
    row = outcome(value=50.0, lower=45.0, upper=55.0)
    peers = [peer(60.0, 56.0, 64.0), peer(50.0, 45.0, 55.0), peer(40.0, 36.0, 44.0)]
    assert place_among(indicator(), row, peers) == Place(2, 4, True, 1)
    lower_is_better = indicator(direction="lower")
    assert place_among(lower_is_better, row, peers) == Place(2, 4, True, 1)
    assert place_among(indicator(), row, peers[:1]) == Place(2, 2, False, 0)


def test_hidden_peers_other_periods_and_the_unit_itself_do_not_count():
    peers = [peer(None), peer(60.0, period="2026Q2"), peer(42.0, unit=REGION)]
    assert place_among(indicator(), outcome(), peers) is None


def test_there_is_no_place_where_nothing_is_better_or_worse():
    peers = [peer(60.0)]
    neutral = indicator(direction="neutral", targets=[])
    assert place_among(neutral, outcome(), peers) is None
    assert place_among(indicator(), hidden(), peers) is None
    assert place_among(yearly(), outcome(lower=None), peers) == Place(1, 2, False, None)


def test_a_card_of_two_themes_is_folded_under_both_and_counted_once(tmp_path):
    both_themes = indicator(
        area="patient_safety", themes=["focus_3", "focus_5"], targets=[]
    )
    made = warehouse(
        tmp_path,
        [outcome(unit=CLINIC, status="no_target", **UNTARGETED)],
        [both_themes],
    )
    shown = page(made)
    safety = "Patientsäkerhet: "
    assert [words(of_type(fold, "Summary")) for fold in of_type(shown, "Details")] == [
        f"{safety}Öka medvetenheten om hur säker vården är idag, utan målvärde (1)",
        f"{safety}Öka riskmedvetenhet och beredskap, utan målvärde (1)",
    ]
    assert "1 indikator: 1 utan målvärde." in words(shown)


def test_a_tertial_in_the_address_is_told_to_be_shown_as_its_last_quarter(filled):
    told = "Sidan visar kvartal. Här visas kv 3 2026, det sista i tertial 2 2026."
    assert told in words(page(filled, period="2026T2"))
