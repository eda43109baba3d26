import flask
import pytest

from app.pages.funnel import page as page_module
from app.pages.funnel.words import stand_out
from app.site.api import register_api
from app.words.language import speaking
from tests import builders as make
from tests.app.reading import (
    components,
    hrefs,
    of_type,
    row_starting,
    table_rows,
    words,
)
from tests.app.visiting import page_of
from tests.builders import HOSPITAL, REGION

CLINICS = [f"SE2321000081-CLINIC{at}" for at in range(4)]
UNITS = [
    *make.UNITS[:2],
    *(
        make.unit(one, f"Klinik {at}", "klinik", parent_id=HOSPITAL, tree_order=at + 2)
        for at, one in enumerate(CLINICS)
    ),
]


def wide_units(number):
    return [
        *make.UNITS[:2],
        *(
            make.unit(f"SE2321000081-WIDE{at}", f"Klinik {at}", "klinik")
            for at in range(number)
        ),
    ]


def of_counts(unit, numerator, denominator, **changes):
    return make.outcome(
        unit=unit,
        numerator=float(numerator),
        denominator=float(denominator),
        value=100 * numerator / denominator,
        **changes,
    )


@pytest.fixture(scope="module")
def filled(tmp_path_factory):
    return make.warehouse(
        tmp_path_factory.mktemp("funnel"),
        [
            # the whole: 50 + 48 + 102 of 100 + 100 + 200 = 200 of 400, which is 50 %
            of_counts(CLINICS[0], 50, 100),
            of_counts(CLINICS[1], 48, 100),
            of_counts(CLINICS[2], 102, 200),
            make.hidden(unit=CLINICS[3], status="too_few", reason="too_few"),
            make.outcome(unit=REGION),
            # an earlier quarter: 10 + 90 of 200, 50 %, both far from it
            of_counts(CLINICS[0], 10, 100, period="2026Q2"),
            of_counts(CLINICS[1], 90, 100, period="2026Q2"),
            make.outcome(unit=REGION, period="2026Q2"),
            # scores have no funnel
            make.outcome(indicator="score", value=80.5, numerator=805.5),
            *(
                make.outcome(indicator="score", unit=one, value=80.5, numerator=805.5)
                for one in CLINICS[:2]
            ),
        ],
        [
            make.indicator(),
            make.indicator(id="score", kind="mean", unit=make.words("index")),
        ],
        units=UNITS,
    )


@pytest.fixture(scope="module")
def client(filled):
    server = flask.Flask("test")
    register_api(server, filled)
    return server.test_client()


def page(warehouse, indicator="svf_lead_time", **params):
    return page_of(page_module, warehouse, {"indicator": indicator} | params)


def title(shown):
    (one,) = [
        x for x in components(shown) if getattr(x, "className", "") == "chart-title"
    ]
    return words(one)


def figure(shown):
    (graph,) = of_type(shown, "Graph")
    return {one["name"]: one for one in graph.figure["data"]}


def test_units_within_the_limits_are_told_as_no_different(filled):
    assert title(page(filled)) == (
        "Ingen av 3 kliniker sticker ut från helheten, 50,0 %."
    )


def test_periods_that_lack_months_are_told_beside_what_they_say(tmp_path):
    part = {"is_whole": False, "reason": "periods_missing", "status": "not_judged"}
    rows = [
        make.outcome(unit=REGION),
        of_counts(CLINICS[0], 50, 100, **part),
        of_counts(CLINICS[1], 48, 100),
        of_counts(CLINICS[2], 102, 200, **part),
        make.outcome(unit=REGION, period="2026Q4"),
        *(of_counts(one, 30, 60, period="2026Q4", **part) for one in CLINICS[:2]),
    ]
    made = make.warehouse(tmp_path, rows, units=UNITS)
    said = "Ingen av 3 kliniker sticker ut från helheten, 50,0 %. "
    said += "2 av dem har inte rapporterat hela perioden."
    assert title(page(made, period="2026Q3")) == said
    assert title(page(made, period="2026Q3", chart="caterpillar")) == said
    assert title(page(made, period="2026Q4")).endswith(
        "Ingen av dem har rapporterat hela perioden, så bilden kan ändras."
    )


def test_units_that_stand_out_are_named_with_their_side(filled):
    assert title(page(filled, period="2026Q2")) == (
        "2 av 2 kliniker sticker ut från helheten, 50,0 %: Klinik 1 (bättre) och "
        "Klinik 0 (sämre). "
        "Med färre än 10 enheter går det inte att säga om de varierar mer än slumpen "
        "förklarar. Gör de det ligger fler utanför gränserna än slumpen ger."
    )


def test_one_unit_alone_is_told_as_one():
    with speaking("en"):
        said = stand_out(11, "clinics", "70%", 1, "Clinic 1 (worse)")
    assert said == "1 of 11 clinics stands out from the whole, 70%: Clinic 1 (worse)."


@pytest.mark.parametrize("chart", ["funnel", "caterpillar"])
def test_units_between_the_limits_are_told_with_what_chance_gives(tmp_path, chart):
    units = wide_units(12)
    # They vary more than chance, so the limits are widened; the last is beyond 95 %.
    counts = [120 if at % 2 else 80 for at in range(11)] + [44]
    rows = [
        of_counts(one["unit_id"], cases, 200)
        for one, cases in zip(units[2:], counts, strict=True)
    ]
    found = make.warehouse(tmp_path, rows, [make.indicator()], units=units)
    shown = page(found, chart=chart)
    assert row_starting(shown, "Klinik 11")[6] == "Under 95 %-gränsen"
    assert title(shown) == (
        "Ingen av 12 kliniker sticker ut från helheten, 46,8 %. Utanför 95 %-gränsen, "
        "vilket kan bero på slumpen (högst ungefär 0,6 av 12 väntas): "
        "Klinik 11 (sämre). Enheterna varierar mer än slumpen förklarar."
    )
    symbols = figure(shown)["value"]["marker"]["symbol"]
    assert symbols.count("diamond") == 1


def test_the_table_has_the_best_first_with_place_and_limits(filled):
    shown = page(filled)
    assert [row[0] for row in table_rows(shown)] == ["Klinik 2", "Klinik 0", "Klinik 1"]
    row = row_starting(shown, "Klinik 0")
    assert row[1].startswith("2 (1–")
    assert row[2:7] == ["50,0 %", "32,8–51,8 %", "50", "100", "Innanför gränserna"]
    # Binomial of 100 at 50 %: the mid-p is 0.0230 at 40 and 0.0364 at 41, so that 0.025
    # lies at 40.15, and as far from the other end.
    assert row[7] == "40,1–59,9 %"


def test_a_hidden_unit_is_counted_but_not_placed(filled):
    shown = page(filled)
    assert "1 enhet utan värde att visa är inte med." in words(
        of_type(shown, "Figcaption")
    )
    assert len(figure(shown)["value"]["x"]) == 3


def test_the_chart_has_the_same_numbers_as_the_table(filled):
    drawn = figure(page(filled))
    assert drawn["value"]["x"] == [100, 100, 200]
    assert drawn["value"]["y"] == [50.0, 48.0, 51.0]
    assert drawn["centre"]["y"] == [50.0, 50.0]
    widths = [
        high - low
        for low, high in zip(
            drawn["lower_95"]["y"], drawn["upper_95"]["y"], strict=True
        )
    ]
    assert widths[0] > widths[-1]


def test_the_limits_are_named(filled):
    said = words(of_type(page(filled), "Figcaption"))
    assert "minst 95 % innanför de streckade" in said
    assert "99,8 % innanför de heldragna" in said
    assert "Gränserna är exakta" in said


def test_units_that_vary_more_than_chance_have_wider_limits_and_it_is_said(tmp_path):
    units = wide_units(12)
    rows = [
        of_counts(one["unit_id"], 120 if at % 2 else 80, 200)
        for at, one in enumerate(units[2:])
    ]
    wide = make.warehouse(tmp_path, rows, [make.indicator()], units=units)
    shown = page(wide)
    assert "Gränserna är vidgade" in words(of_type(shown, "Figcaption"))
    assert "exakta" not in words(of_type(shown, "Figcaption"))
    assert title(shown) == (
        "Ingen av 12 kliniker sticker ut från helheten, 50,0 %. Enheterna varierar mer "
        "än slumpen förklarar."
    )


def test_scores_have_no_funnel_and_the_page_says_why(filled):
    shown = page(filled, "score")
    assert of_type(shown, "Graph") == []
    assert "Enheterna kan inte jämföras så här" in words(shown)


def test_without_values_there_is_nothing_to_compare(filled):
    assert "Inga enheter med värde" in words(page(filled, period="2024Q1"))


def test_a_unit_leads_to_its_control_chart(filled):
    expected = f"/analys/styrdiagram?indicator=svf_lead_time&unit={CLINICS[0]}"
    assert expected in hrefs(page(filled))
    assert expected in figure(page(filled))["value"]["customdata"]


def test_the_api_gives_what_is_drawn(filled, client):
    given = client.get("/api/v1/funnel?indicator=svf_lead_time").json
    assert (given["method"], given["centre"], given["hidden"]) == ("exact", 50.0, 1)
    assert [one["unit_name"] for one in given["units"]] == [
        "Klinik 2",
        "Klinik 0",
        "Klinik 1",
    ]
    first = given["units"][0]
    assert (first["numerator"], first["rank"], first["place"]) == (102, 1, "inside")
    assert first["is_whole"] is True
    assert client.get("/api/v1/funnel?indicator=nope").status_code == 404
    assert client.get("/api/v1/funnel?indicator=score").json["units"] == []


def test_a_quarter_told_by_the_year_before_it_says_so(tmp_path):
    rows = [
        of_counts(CLINICS[at], 50 + at, 100, period="2025", period_kind="year")
        for at in range(3)
    ]
    rows.append(make.outcome(unit=REGION, period="2025"))
    yearly = make.indicator(frequency="yearly")
    shown = page(make.warehouse(tmp_path, rows, [yearly], units=UNITS), period="2026Q3")
    assert "För kv 3 2026 visas 2025, den senaste mätningen." in words(shown)


def test_a_neutral_indicator_has_no_best_unit_so_the_highest_comes_first(tmp_path):
    neutral = make.indicator(direction="neutral", targets=[])
    rows = [of_counts(CLINICS[at], 40 + at, 100) for at in range(3)]
    shown = page(make.warehouse(tmp_path, rows, [neutral], units=UNITS))
    found = [row[:2] for row in table_rows(shown)]
    assert found == [["Klinik 2", ""], ["Klinik 1", ""], ["Klinik 0", ""]]
