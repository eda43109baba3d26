"""A survey by dimension, and the region among the others: N79178, 2025."""

from statistics import median

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.pages.indicator import page as page_module
from app.pages.indicator.surveys.find import of_year, place, spread
from app.pages.indicator.surveys.words import place_words
from app.queries.benchmarks import BenchmarkRow
from tests import builders as make
from tests.app.reading import of_type, table_rows, words
from tests.app.visiting import page_of

SURVEY = "prem_svf_overall"
# Kolada N79178, 2025: every region, best first.
VALUES = {
    "Norrbotten": 90.9,
    "Stockholm": 89.2,
    "Jämtland Härjedalen": 88.7,
    "Västernorrland": 88.2,
    "Kalmar": 88.2,
    "Gävleborg": 87.5,
    "Östergötland": 87.3,
    "Halland": 87.2,
    "Jönköping": 86.9,
    "Värmland": 86.7,
    "Skåne": 86.6,
    "Uppsala": 86.3,
    "Västmanland": 86.2,
    "Dalarna": 86.0,
    "Västerbotten": 85.9,
    "Örebro": 85.8,
    "Gotland": 85.5,
    "Sörmland": 85.2,
    "Kronoberg": 85.2,
    "Blekinge": 84.7,
    "Västra Götaland": 84.2,
}


def public(values, year=2025):
    """Return rows of regions; a tie shares the better rank."""
    return [
        BenchmarkRow(
            SURVEY,
            "N79178",
            "0010" if name == "Blekinge" else f"1{at:03}",
            name,
            year,
            value,
            1 + sum(other > value for other in values.values()),
            len(values),
        )
        for at, (name, value) in enumerate(values.items())
    ]


NATION = BenchmarkRow(SURVEY, "N79178", "0000", "Riket", 2025, 86.4, None, 21)


def survey(**changes):
    fine = {
        "id": SURVEY,
        "name": make.words("Helhetsintryck"),
        "kind": "mean",
        "unit": make.words("index 0–100"),
        "scale": [0, 100],
        "measure": {
            "dataset": "prem",
            "where": {"enkat": "svf", "dimension": "helhetsintryck"},
            "numerator": {"sum": "poang_summa"},
            "denominator": {"sum": "antal_svar"},
        },
        "breakdowns": [{"by": "dimension"}],
        "minimum_denominator": 30,
        "targets": [],
        "benchmark": {"kpi": "N79178", "name": make.words("PREM SVF")},
        "breaks": [],
    }
    return make.indicator(**(fine | changes))


def score(value, by_value="", **changes):
    by = "dimension" if by_value else ""
    fine = {"indicator": SURVEY, "by": by, "by_value": by_value, "status": "no_target"}
    fine |= {"value": value, "denominator": 90.0, "numerator": 90 * value}
    fine |= {"lower": value - 3, "upper": value + 3, "target": None}
    fine |= {"target_rule": None, "national_target": None, "national_rule": None}
    return make.outcome(**(fine | changes))


FEW = {"status": "too_few", "reason": "too_few", "indicator": SURVEY}
ROWS = [
    score(85.4),
    score(85.4, "helhetsintryck"),
    score(80.3, "information_kunskap"),
    score(90.8, "respekt_bemotande"),
    make.hidden(by="dimension", by_value="tillganglighet", **FEW),
    score(70.0, "emotionellt_stod", period="2026Q2"),
    score(60.0, "emotionellt_stod", unit=make.CLINIC),
]


@pytest.fixture(scope="module")
def filled(tmp_path_factory):
    rows = [*public(VALUES), NATION, *public({"Blekinge": 99.0}, 2027)]
    benchmarks = [make.benchmark(**row._asdict()) for row in rows]
    folder = tmp_path_factory.mktemp("survey")
    return make.warehouse(folder, ROWS, [survey(), make.indicator()], benchmarks)


def page(warehouse, id=SURVEY, **params):
    return page_of(page_module, warehouse, params, {"indicator": id})


def part(shown):
    found = [
        one for one in of_type(shown, "Section") if getattr(one, "id", "") == "fragor"
    ]
    return found[0] if found else None


def test_dimensions_of_the_unit_and_period_the_lowest_first(filled):
    rows = table_rows(part(page(filled)))
    assert [row[:3] for row in rows] == [
        ["Information och kunskap", "80,3 77,3–83,3", "90"],
        ["Helhetsintryck", "85,4 82,4–88,4", "90"],
        ["Respekt och bemötande", "90,8 87,8–93,8", "90"],
        ["Tillgänglighet", "– Färre än 30 visas inte.", "–"],
    ]


def test_the_region_has_its_place_and_the_way_to_the_next(filled):
    shown = part(page(filled))
    assert (
        "Regionerna: lägst 84,2, median 86,6 och högst 90,9 (21 regioner, 2025)."
        in words(shown)
    )
    assert (
        "Blekinge hade 84,7 år 2025: plats 20 av 21. Det är 0,5 indexenheter upp till "
        "plats 18 (Kronoberg och Sörmland)." in words(shown)
    )


def test_what_is_not_public_is_said(filled):
    shown = part(page(filled))
    assert "Kolada har regionernas värden bara för Helhetsintryck." in words(shown)


def test_the_ends_are_told_and_whether_chance_may_have_ordered_them(filled):
    (said, *_) = of_type(part(page(filled)), "P")
    assert words(said) == (
        "Lägst är Information och kunskap, 80,3, och högst Respekt och bemötande, 90,8."
    )


def test_overlapping_ends_are_left_to_chance(tmp_path):
    rows = [
        score(85.0),
        score(85.0, "helhetsintryck"),
        score(80.0, "respekt_bemotande"),
    ]
    shown = part(page(make.warehouse(tmp_path, rows, [survey()])))
    assert "Intervallen överlappar: ordningen kan bero på slumpen." in words(shown)
    assert "Regionernas värden för året finns inte i uppgifterna." in words(shown)


def test_the_spread_of_a_few_regions_is_not_that_of_the_country(tmp_path):
    benchmarks = [make.benchmark(indicator=SURVEY, kolada_region_id="0010", rank=None)]
    made = make.warehouse(tmp_path, ROWS[:2], [survey()], benchmarks)
    assert "Bara 1 region finns i uppgifterna." in words(part(page(made)))


@pytest.mark.parametrize(("regions", "is_told"), [(10, False), (11, True)])
def test_eleven_regions_of_21_are_enough_for_a_spread(regions, is_told):
    some = dict(list(VALUES.items())[:regions])
    assert (spread([*public(some), NATION]) is not None) is is_told


def test_other_indicators_have_no_such_section(filled):
    assert part(page(filled, "svf_lead_time")) is None


def test_the_best_region_is_told_how_far_ahead_it_is():
    ahead = place(public(VALUES | {"Blekinge": 92.0}), "0010")
    assert words(place_words(survey(), ahead)) == (
        "Blekinge hade 92,0 år 2025: plats 1 av 21. Det är 1,1 indexenheter ner till "
        "plats 2 (Norrbotten)."
    )


def test_regions_that_are_all_equal_have_no_next_place():
    even = place(public(dict.fromkeys(VALUES, 85.0)), "0010")
    assert (even.ranked.rank, even.next, even.gap) == (1, (), 0.0)


def test_a_year_that_has_not_come_yet_is_not_looked_at():
    rows = [*public(VALUES, 2024), *public(VALUES, 2025), *public(VALUES, 2027)]
    assert {row.year for row in of_year(rows, 2026)} == {2025}
    assert of_year(rows, 2020) == []


SCORES = st.lists(
    st.integers(700, 950).map(lambda one: one / 10), min_size=21, max_size=21
)


@given(SCORES)
def test_spread_and_gap_agree_with_a_plain_count(scores):
    values = dict(zip(VALUES, scores, strict=True))
    rows = public(values)
    found, own = spread(rows), place(rows, "0010")
    assert (found.lowest, found.highest) == (min(scores), max(scores))
    assert found.median == median(scores) == sorted(scores)[10]
    mine = values["Blekinge"]
    above = [one for one in scores if one > mine]
    below = [one for one in scores if one < mine]
    aim = min(above) if above else max(below, default=mine)
    assert own.gap == pytest.approx(abs(aim - mine))
    assert {row.value for row in own.next} == ({aim} if aim != mine else set())
