import json
import random

import flask
import pytest

from app.pages.funnel import page as page_module
from app.pages.funnel.caterpillar_figure import MOST_NAMED
from app.pages.funnel.figure import HEIGHT
from app.site.api import register_api
from app.words.language import speaking
from kpi.intervals import share_interval
from tests import builders as make
from tests.app.reading import components, hrefs, of_type, table_rows, words
from tests.app.visiting import page_of
from tests.builders import HOSPITAL


def units(number):
    return [
        *make.UNITS[:2],
        *(
            make.unit(
                f"SE2321000081-C{at:04}",
                f"Klinik {at}",
                "klinik",
                parent_id=HOSPITAL,
                tree_order=at + 2,
            )
            for at in range(number)
        ),
    ]


def of_counts(at, numerator, denominator, **changes):
    low, high = share_interval(numerator, denominator)
    return make.outcome(
        **{
            "unit": f"SE2321000081-C{at:04}",
            "numerator": float(numerator),
            "denominator": float(denominator),
            "value": 100 * numerator / denominator,
            "lower": 100 * low,
            "upper": 100 * high,
        }
        | changes
    )


# The whole: 90 + 50 + 6 + 55 of 100 + 100 + 10 + 200 = 201 of 410, 49.0 %
COUNTS = [(90, 100), (50, 100), (6, 10), (55, 200)]


@pytest.fixture(scope="module")
def filled(tmp_path_factory):
    rows = [of_counts(at, *counts) for at, counts in enumerate(COUNTS)]
    rows.append(
        make.hidden(unit="SE2321000081-C0004", status="too_few", reason="too_few")
    )
    lower = make.indicator(id="lower", direction="lower", targets=[])
    neutral = make.indicator(id="neutral", direction="neutral", targets=[])
    for one in ("lower", "neutral"):
        rows += [
            of_counts(at, *counts, indicator=one, target=None)
            for at, counts in enumerate(COUNTS)
        ]
    return make.warehouse(
        tmp_path_factory.mktemp("caterpillar"),
        rows,
        [make.indicator(), lower, neutral],
        units=units(5),
    )


@pytest.fixture(scope="module")
def many(tmp_path_factory):
    dice = random.Random(1)
    rows = []
    for at in range(2000):
        size = dice.randint(20, 600)
        rows.append(of_counts(at, sum(dice.random() < 0.6 for _ in range(size)), size))
    folder = tmp_path_factory.mktemp("many")
    return make.warehouse(folder, rows, [make.indicator()], units=units(2000))


def page(warehouse, indicator="svf_lead_time", **params):
    asked = {"indicator": indicator, "chart": "caterpillar"} | params
    return page_of(page_module, warehouse, asked)


def figure(shown):
    (graph,) = of_type(shown, "Graph")
    return graph.figure


def traces(shown):
    return {one["name"]: one for one in figure(shown)["data"]}


def title(shown):
    (one,) = [
        x for x in components(shown) if getattr(x, "className", "") == "chart-title"
    ]
    return words(one)


def test_units_stand_in_the_order_of_their_values_with_their_intervals(filled):
    drawn = traces(page(filled))
    assert drawn["value"]["x"] == [90.0, 60.0, 50.0, 27.5]
    # Wilson intervals of 90 of 100 and 55 of 200, worked out by hand to a decimal
    assert drawn["interval"]["x"][:2] == pytest.approx([82.9, 94.8], abs=0.05)
    assert drawn["interval"]["x"][9:11] == pytest.approx([21.6, 34.0], abs=0.05)
    assert drawn["interval"]["y"] == [1, 1, None, 2, 2, None, 3, 3, None, 4, 4, None]
    assert figure(page(filled))["layout"]["yaxis"]["ticktext"] == [
        "Klinik 0",
        "Klinik 2",
        "Klinik 1",
        "Klinik 3",
    ]


def test_the_whole_and_the_target_are_lines_with_their_numbers(filled):
    drawn = figure(page(filled))["layout"]
    assert [one["x0"] for one in drawn["shapes"]] == [
        pytest.approx(100 * 201 / 410),
        55.0,
    ]
    said = [
        one["text"].replace("\N{NO-BREAK SPACE}", " ")
        for one in drawn["annotations"]
        if one.get("yref") == "paper"
    ]
    assert said == ["Helheten 49,0 %", "Lokalt mål 55 %"]


def test_without_a_target_only_the_whole_is_a_line(filled):
    assert len(figure(page(filled, "lower"))["layout"]["shapes"]) == 1


def test_the_sentence_names_those_that_stand_out_as_the_funnel_does(filled):
    assert title(page(filled)) == (
        "2 av 4 kliniker sticker ut från helheten, 49,0 %: Klinik 0 (bättre) och "
        "Klinik 3 (sämre). "
        "Med färre än 10 enheter går det inte att säga om de varierar mer än slumpen "
        "förklarar. Gör de det ligger fler utanför gränserna än slumpen ger."
    )
    assert title(page(filled, chart="funnel")) == title(page(filled))
    assert "1 enhet kan vara den bästa." in words(of_type(page(filled), "Figcaption"))
    diamonds = traces(page(filled))["value"]["marker"]["symbol"]
    assert diamonds == ["diamond", "circle", "circle", "diamond"]


def test_where_low_is_good_the_lowest_is_the_best(filled):
    shown = page(filled, "lower")
    assert traces(shown)["value"]["x"] == [27.5, 50.0, 60.0, 90.0]
    assert "Klinik 3 (bättre) och Klinik 0 (sämre)" in title(shown)


def test_without_a_better_direction_nobody_is_best(filled):
    shown = page(filled, "neutral")
    assert "Klinik 0 (högre) och Klinik 3 (lägre)" in title(shown)
    assert "bästa" not in words(of_type(shown, "Figure"))


def test_units_that_cannot_be_told_apart_may_all_be_the_best(tmp_path):
    rows = [of_counts(at, 50 + at, 100) for at in range(3)]
    shown = page(make.warehouse(tmp_path, rows, [make.indicator()], units=units(3)))
    assert title(shown) == "Ingen av 3 kliniker sticker ut från helheten, 51,0 %."
    said = words(of_type(shown, "Figcaption"))
    assert "3 enheter kan mycket väl vara den bästa." in said


def test_no_rank_stands_without_its_interval(filled):
    for row in table_rows(page(filled)):
        rank, low, high = (
            row[1].replace("(", "").replace(")", "").replace("–", " ").split()
        )
        assert int(low) <= int(rank) <= int(high)
    first = traces(page(filled))["value"]["text"][0]
    assert "plats 1 (1–1)" in first
    assert "82,9–94,8" in first


def test_a_hidden_unit_is_counted_but_not_drawn(filled):
    said = words(of_type(page(filled), "Figcaption"))
    assert "1 enhet utan värde att visa är inte med." in said


def test_the_drawing_is_chosen_in_the_address(filled):
    shown = page(filled)
    chosen = [
        words(one)
        for one in of_type(shown, "A")
        if "aria-current" in one.to_plotly_json()["props"]
    ]
    assert chosen == ["Efter värde (larvdiagram)"]
    (other,) = [one for one in hrefs(shown) if "chart=funnel" in one]
    assert other == (
        "/analys/jamforelse?indicator=svf_lead_time&period=2026Q3&unit_kind=klinik"
        "&chart=funnel"
    )
    # a new choice of quarter or kind keeps the drawing
    (form,) = of_type(shown, "Form")
    assert form.to_plotly_json()["props"]["data-keep-chart"] == "caterpillar"
    assert "lower_95" in traces(page(filled, chart="pie"))


def test_on_a_narrow_screen_names_stand_above_their_units(filled):
    drawn = figure(page(filled))["layout"]
    above, narrow = drawn["annotations"][:4], drawn["meta"]["narrow"]
    assert [one["text"] for one in above] == drawn["yaxis"]["ticktext"]
    assert [one["y"] for one in above] == [1, 2, 3, 4]
    assert [narrow[f"annotations[{at}].visible"] for at in range(4)] == [True] * 4
    assert narrow["yaxis.showticklabels"] is False
    assert not any(one["visible"] for one in above)


def test_thousands_of_units_are_drawn_within_bounds(many):
    for chart in ("funnel", "caterpillar"):
        shown = page(many, chart=chart)
        drawn = figure(shown)
        reached = [one for one in drawn["data"] if "customdata" in one]
        assert sum(len(one["customdata"]) for one in reached) == 2000
        marks = [one for one in reached if one["mode"] == "markers"]
        assert sum(len(one["x"]) for one in marks) < 200
        assert len(drawn["data"]) <= 8
        assert len(drawn["layout"]["annotations"]) <= 4
        assert drawn["layout"]["height"] <= max(65 + 26 * MOST_NAMED, HEIGHT)
        assert len(table_rows(shown)) == 50
        assert len(json.dumps(drawn)) < 1_000_000
    labels = drawn["layout"]["yaxis"]["ticktext"]
    assert labels[0] == "1"
    assert labels[-1] == "2000"
    assert len(labels) <= 12


def test_of_many_those_outside_the_limits_stay_marks_and_the_rest_are_one_path(many):
    drawn = traces(page(many, chart="funnel"))
    assert set(drawn["value"]["marker"]["symbol"]) == {"diamond"}
    assert drawn["inside"]["line"]["width"] == 0
    number = len(drawn["inside"]["x"])
    assert number + len(drawn["value"]["x"]) == 2000
    # each speck lies about the unit that the pointer finds there
    specks, inside = drawn["specks"], drawn["inside"]
    for axis, corners in (("x", (0, 1)), ("y", (0, 2))):
        low, high = (specks[axis][at::5] for at in corners)
        middles = [(one + other) / 2 for one, other in zip(low, high, strict=True)]
        assert middles == pytest.approx(inside[axis])


def test_of_many_each_interval_is_a_bar_of_one_path_and_the_values_a_curve(many):
    drawn = traces(page(many))
    assert len(drawn["value"]["x"]) == 2000
    assert drawn["value"]["mode"] == "lines"
    bars = {}
    for name in ("interval", "apart"):
        one = drawn[name]
        for at in range(0, len(one["x"]), 5):
            row = (one["y"][at] + one["y"][at + 2]) / 2
            bars[row] = (one["x"][at], one["x"][at + 1])
    assert sorted(bars) == list(range(1, 2001))
    for row, value in enumerate(drawn["value"]["x"], 1):
        low, high = bars[row]
        assert low <= value <= high
    outside = traces(page(many, chart="funnel"))["value"]["x"]
    assert len(drawn["apart"]["x"]) == 5 * len(outside)


def test_a_long_table_comes_a_page_at_a_time_in_the_order_of_the_chart(many):
    shown = page(many, page="3")
    values = [row[2] for row in table_rows(shown)]
    drawn = traces(shown)["value"]["x"][100:150]
    assert values == [f"{one:.1f}".replace(".", ",") + " %" for one in drawn]
    assert any("page=4" in one and "chart=caterpillar" in one for one in hrefs(shown))


def test_the_api_gives_the_intervals_that_are_drawn(filled):
    server = flask.Flask("test")
    register_api(server, filled)
    given = server.test_client().get("/api/v1/funnel?indicator=svf_lead_time").json
    drawn = traces(page(filled))
    assert [one["lower"] for one in given["units"]] == drawn["interval"]["x"][0::3]
    assert [one["upper"] for one in given["units"]] == drawn["interval"]["x"][1::3]


def test_the_caterpillar_speaks_english(filled):
    with speaking("en"):
        assert "Klinik 0" in words(page(filled))
