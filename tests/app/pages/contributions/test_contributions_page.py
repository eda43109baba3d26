"""Where it comes from: the page and the API on a warehouse worked out on paper.

At the hospital, with the target 50 %:

```
                    2026Q3                              2025Q3
Kirurgkliniken      lunga 9 of 20, of them 1 of 3 men   lunga 15 of 20
                    brost 4 of 10
Kvinnokliniken      brost 2 of 10                       brost 6 of 10
together            15 of 40: 5 short of 20             21 of 30
```
"""

import csv
import io
from datetime import date

import flask
import pytest

from app.pages.contributions import page as page_module
from app.pages.indicator import page as indicator_page
from app.site.api import register_api
from app.words.language import speaking
from kpi import schema
from kpi.warehouse import Warehouse
from tests import builders as make
from tests.app import rows
from tests.app.reading import (
    components,
    headings,
    hrefs,
    of_type,
    row_starting,
    table_rows,
    words,
)
from tests.app.visiting import page_of
from tests.builders import CLINIC, HOSPITAL, REGION, SECOND_CLINIC

SILENT = "SE2321000081-DEMO022"
LEAD_TIME, LATE, UNTARGETED, EASY = "svf_lead_time", "late", "untargeted", "easy"
OLD, NOW = date(2025, 8, 3), date(2026, 8, 3)
NO_TARGET = {"target": None, "target_rule": None, "target_level": None}


def cases(count, met, **changes):
    """Return (changes, whether within the maximum) of some cases."""
    return [(changes, at < met) for at in range(count)]


FACTS = [
    *cases(17, 8, svf="lunga"),
    *cases(3, 1, svf="lunga", kon="M"),
    *cases(10, 4, svf="brost"),
    *cases(10, 2, svf="brost", enhet_id=SECOND_CLINIC),
    *cases(20, 15, svf="lunga", datum=OLD),
    *cases(10, 6, svf="brost", datum=OLD, enhet_id=SECOND_CLINIC),
]

TOTALS = {
    ("2026Q3", REGION): (15, 40),
    ("2026Q3", HOSPITAL): (15, 40),
    ("2026Q3", CLINIC): (13, 30),
    ("2026Q3", SECOND_CLINIC): (2, 10),
    ("2025Q3", REGION): (21, 30),
    ("2025Q3", HOSPITAL): (21, 30),
    ("2025Q3", CLINIC): (15, 20),
    ("2025Q3", SECOND_CLINIC): (6, 10),
}
TARGETS = {
    LEAD_TIME: {"target": 50.0},
    LATE: {"target": 50.0, "target_rule": "<="},
    UNTARGETED: NO_TARGET,
    EASY: {"target": 30.0},
}


def outcomes():
    for indicator, target in TARGETS.items():
        for (period, unit), (met, of) in TOTALS.items():
            number = of - met if indicator == LATE else met
            yield make.outcome(
                indicator=indicator,
                unit=unit,
                period=period,
                numerator=float(number),
                denominator=float(of),
                value=100 * number / of,
                **target,
            )
        for period in ("2026", "2025Q2"):
            yield make.outcome(
                **{"indicator": indicator, "unit": HOSPITAL, "period": period},
                **{"numerator": 15.0, "denominator": 40.0, "value": 37.5},
                **{"status": "not_judged", "reason": "periods_missing"},
                **target,
                is_whole=False,
            )
    yield make.hidden(unit=SILENT)
    yield make.outcome(indicator="score", value=80.5, numerator=805.5)
    yield make.hidden(indicator="few", status="too_few", reason="too_few")


def indicators():
    measure = make.indicator().measure.model_dump(by_alias=True)
    late = measure | {"numerator": {"where": {"inom_max": False}}}
    return [
        make.indicator(breaks=[]),
        make.indicator(id=LATE, direction="lower", measure=late, breaks=[]),
        make.indicator(id=UNTARGETED, targets=[]),
        make.indicator(id=EASY),
        make.indicator(id="few"),
        make.indicator(id="score", kind="mean", unit=make.words("index")),
    ]


@pytest.fixture(scope="module")
def filled(tmp_path_factory):
    units = [
        *make.UNITS,
        make.unit(
            SILENT,
            "Tysta kliniken",
            "klinik",
            parent_id=HOSPITAL,
            tree_order=9,
            depth=2,
        ),
    ]
    found = make.warehouse(
        tmp_path_factory.mktemp("contributions"),
        list(outcomes()),
        indicators(),
        units=units,
    )
    facts = [
        rows.case("a", number, **({"datum": NOW} | changes | {"inom_max": is_met}))
        for number, (changes, is_met) in enumerate(FACTS)
    ]
    rows.add(found, schema.load, rows.load("a"))
    rows.add(found, schema.build_load, *rows.in_build("a"))
    rows.add(found, schema.unit_path, *rows.PATHS)
    rows.add(found, schema.FACTS["svf_fall"], *facts)
    return found


@pytest.fixture(scope="module")
def client(filled):
    server = flask.Flask("test")
    register_api(server, filled)
    return server.test_client()


def page(warehouse, **params):
    asked = {"indicator": LEAD_TIME, "unit": HOSPITAL, "period": "2026Q3"} | params
    return page_of(page_module, warehouse, asked)


def title(shown):
    (one,) = [
        part
        for part in components(shown)
        if getattr(part, "className", "") == "chart-title"
    ]
    return words(one)


def way(shown):
    (one,) = [
        part
        for part in components(shown)
        if getattr(part, "className", "") == "breadcrumbs"
    ]
    return one


def href_of(shown, name):
    (one,) = [part for part in of_type(shown, "A") if words(part) == name]
    return one.href


def followed(warehouse, href):
    """Open an address of the page, as its links write it."""
    path, _, query = href.partition("?")
    assert path == page_module.PATH
    params = dict(one.split("=") for one in query.replace("%2C", ",").split("&"))
    return page_of(page_module, warehouse, params)


# The gap to a target.


def test_the_finding_says_which_part_stands_for_how_many_of_the_cases(filled):
    assert title(page(filled)) == (
        "Kvinnokliniken står för 3 av de 5 fall som saknas till målet. Skillnaden "
        "mellan Kvinnokliniken och målet kan bero på slumpen."
    )


def test_each_part_has_its_cases_its_counts_and_its_interval(filled):
    # mid-p of 2 of 10, 13 of 30 and 15 of 40, by solving for the two tails
    unsure = "Kan inte avgöras"
    assert table_rows(page(filled)) == [
        ["Kvinnokliniken", "3", "60 %", "20,0 % 3,5–52,0 %", "2", "10", unsure],
        ["Kirurgkliniken", "2", "100 %", "43,3 % 26,6–61,3 %", "13", "30", unsure],
        ["Alla delar", "5", "", "37,5 % 23,6–53,1 %", "15", "40", unsure],
    ]


def test_the_chart_has_the_same_numbers_as_the_table(filled):
    (graph,) = of_type(page(filled), "Graph")
    (bars,) = graph.figure["data"]
    assert bars["x"] == [3, 2]
    assert [one.split("<br>")[0] for one in bars["text"]] == [
        "<b>Kvinnokliniken</b>",
        "<b>Kirurgkliniken</b>",
    ]
    assert bars["customdata"] == [
        href_of(page(filled), "Kvinnokliniken"),
        href_of(page(filled), "Kirurgkliniken"),
    ]


def test_where_lower_is_better_the_same_cases_are_too_many(filled):
    shown = page(filled, indicator=LATE)
    assert title(shown).startswith(
        "Kvinnokliniken står för 3 av de 5 fall som är för många för målet. "
    )
    assert [row[:3] for row in table_rows(shown)] == [
        row[:3] for row in table_rows(page(filled))
    ]


def test_a_whole_that_reaches_its_target_names_the_part_that_does_not(filled):
    # 30 % of 10 is 3, 2 met it; 30 % of 30 is 9, 13 met it
    shown = page(filled, indicator=EASY)
    assert title(shown) == (
        "Målet nås av helheten, men Kvinnokliniken är 1 fall från det. Skillnaden "
        "mellan Kvinnokliniken och målet kan bero på slumpen."
    )
    assert [row[1] for row in table_rows(shown)] == ["1", "−4", "−3"]


def test_a_unit_that_should_have_reported_and_has_not_is_named(filled):
    told = "Tysta kliniken har inte rapporterat och är inte med."
    assert told in words(page(filled))
    assert told not in words(page(filled, by="svf"))


# Further down, in any order.


def test_without_a_choice_the_first_way_that_tells_anything_apart_is_taken(filled):
    # The region has one hospital; the clinic has no units below it.
    assert row_starting(page(filled, unit=REGION), "Brost")[1] == "4"
    assert row_starting(page(filled, unit=CLINIC), "Lunga")[1] == "1"


def test_each_part_leads_to_the_same_page_within_it(filled):
    inside = followed(filled, href_of(page(filled), "Kirurgkliniken"))
    assert title(inside).startswith("Brost står för 1 av de 2 fall")
    # 50 % of 10 is 5, 4 met it; 50 % of 20 is 10, 9 met it
    assert [row[:2] for row in table_rows(inside)] == [
        ["Brost", "1"],
        ["Lunga", "1"],
        ["Alla delar", "2"],
    ]


def test_the_order_of_the_steps_is_shown_and_the_numbers_are_the_same(filled):
    by_unit = followed(filled, href_of(page(filled), "Kirurgkliniken"))
    first_unit = followed(filled, href_of(by_unit, "Brost"))
    by_pathway = page(filled, by="svf")
    inside = followed(filled, href_of(by_pathway, "Brost"))
    first_pathway = followed(filled, href_of(inside, "Kirurgkliniken"))
    above = "Region Demo Sjukhuset"
    assert words(way(first_unit)) == f"{above} Kirurgkliniken Brost"
    assert words(way(first_pathway)) == f"{above} Brost Kirurgkliniken"
    told = [words(of_type(one, "Tbody")) for one in (first_unit, first_pathway)]
    assert told[0] == told[1]
    assert row_starting(first_unit, "Alla delar")[4:6] == ["4", "10"]


def test_a_dimension_chosen_last_stands_last(filled):
    steps = f"{HOSPITAL},svf,{CLINIC}"
    shown = page(filled, unit=CLINIC, svf="brost", steps=steps, by="age_group")
    deeper = followed(filled, href_of(shown, "85 år och äldre"))
    expected = "Region Demo Sjukhuset Brost Kirurgkliniken 85 år och äldre"
    assert words(way(deeper)) == expected


def test_a_step_back_is_what_was_seen_there(filled):
    inside = followed(filled, href_of(page(filled, by="svf"), "Brost"))
    deeper = followed(filled, href_of(inside, "Kirurgkliniken"))
    back = followed(filled, href_of(way(deeper), "Brost"))
    assert table_rows(back) == table_rows(inside)
    first = followed(filled, href_of(way(deeper), "Sjukhuset"))
    assert table_rows(first) == table_rows(page(filled, by="svf"))


def test_a_way_here_that_makes_no_sense_is_replaced_by_one_that_does(filled):
    for steps in ("nonsense", f"{CLINIC},svf", f"svf,{HOSPITAL}", f"{HOSPITAL},sex"):
        shown = page(filled, svf="brost", steps=steps)
        assert words(way(shown)) == "Region Demo Sjukhuset Brost"


# Few cases.


def test_parts_with_few_cases_are_one_row_that_leads_nowhere(filled):
    # 3 men are too few, and the 37 women would give them away.
    shown = page(filled, by="sex")
    assert [row[0] for row in table_rows(shown)] == [
        "Övriga (2 delar)",
        "Alla delar",
    ]
    assert "2 delar är sammanlagda" in words(shown)
    assert not [one for one in hrefs(of_type(shown, "Tbody"))]


@pytest.mark.parametrize("sex", ["K", "M"])
def test_what_is_told_together_cannot_be_asked_for_apart(filled, client, sex):
    shown = page(filled, sex=sex)
    assert "För få fall" in words(of_type(shown, "P"))
    assert of_type(shown, "Table") == of_type(shown, "Graph") == []
    assert "Backa ett steg" in words(shown)
    given = client.get(
        f"/api/v1/contributions?indicator={LEAD_TIME}&unit={HOSPITAL}&sex={sex}"
    ).json
    assert (given["why"], given["parts"]) == ("too_few", [])
    assert given["denominator"] is given["numerator"] is given["cases"] is None


def test_few_cases_of_the_whole_say_so_and_offer_a_longer_period(filled):
    shown = page(filled, indicator="few", unit=REGION)
    assert "Inget utfall att dela upp" in words(shown)
    assert any("period=R12-2026Q3" in one for one in hrefs(shown))


# A change.


def test_a_change_is_split_into_outcome_and_spread(filled):
    # Kirurg: 75 -> 43.3 % at 2/3 -> 3/4 of the cases. Outcome: (0.4333 - 0.75) *
    # 0.7083 * 40 = -8.97; spread: 0.0833 * (0.5917 - 0.5375) * 40 = 0.18.
    # Kvinno: 60 -> 20 %: -0.4 * 0.2917 * 40 = -4.67; -0.0833 * (0.4 - 0.5375) * 40.
    shown = page(filled, since="2025Q3")
    assert [row[:5] for row in table_rows(shown)] == [
        ["Kirurgkliniken", "−8,8", "68 %", "−9,0", "+0,2"],
        ["Kvinnokliniken", "−4,2", "100 %", "−4,7", "+0,5"],
        ["Alla delar", "−13,0", "", "−13,6", "+0,6"],
    ]
    first = table_rows(shown)[0]
    assert first[5:] == ["43,3 % 26,6–61,3 %", "13", "30", "75,0 % 53,0–90,2 % 15/20"]


def test_a_change_is_told_in_words(filled):
    assert title(page(filled, since="2025Q3")) == (
        "Utfallet har sjunkit från 70,0 % till 37,5 % sedan kv 3 2025. Mest har "
        "Kirurgkliniken bidragit: −8,8 av −13,0 fall. Av förändringen beror −13,6 fall "
        "på utfallet i delarna och +0,6 på att fallen är annorlunda fördelade mellan "
        "dem."
    )


def test_a_new_part_changes_the_spread_alone(filled):
    shown = page(filled, unit=CLINIC, since="2025Q3", by="svf")
    # Breast is new there: 10 cases of 30, with 4 met against the middle of the wholes.
    assert row_starting(shown, "Brost")[3] == "±0,0"
    assert row_starting(shown, "Brost")[-1] == "– 0/0"


def test_without_a_target_the_change_since_a_year_before_is_told(filled):
    shown = page(filled, indicator=UNTARGETED)
    assert title(shown).startswith("Utfallet har sjunkit från 70,0 % till 37,5 %")
    assert "Mellan perioderna finns ett brott" not in words(shown)


# What cannot be told.


def test_what_is_not_whole_is_told_so_and_neither_judged_nor_compared(filled, client):
    year = page(filled, period="2026")
    assert title(year) == (
        "Hittills, av det som har kommit in: Kvinnokliniken står för 3 av de 5 fall "
        "som saknas till målet."
    )
    assert "Alla delar av perioden har inte rapporterats." in words(year)
    assert {row[-1] for row in table_rows(year)} == {""}
    # a part of a year has nothing to change from, and is nothing to change from
    asked = {"indicator": UNTARGETED, "unit": HOSPITAL, "period": "2026"}
    answer = client.get("/api/v1/contributions", query_string=asked).json
    assert (answer["is_whole"], answer["why"]) == (False, "nothing_to_compare")
    asked = {"indicator": EASY, "unit": HOSPITAL, "since": "2025Q2"}
    assert client.get("/api/v1/contributions", query_string=asked).status_code == 400


def test_other_indicators_get_an_explanation_and_a_way_on(filled):
    shown = page(filled, indicator="score")
    assert "kan inte delas upp så här" in words(shown)
    assert any(one.startswith("/indikator/score") for one in hrefs(shown))
    assert of_type(shown, "Graph") == []


def test_what_the_address_asks_for_and_there_is_not_is_told(filled):
    shown = words(page(filled, by="item", profession="lakare", since="1999Q1"))
    assert "kan inte delas upp efter moment" in shown
    assert "kan inte delas upp efter yrkeskategori" in shown
    assert "ingen tidigare period kv 1 1999" in shown
    assert "kan inte delas upp efter foo" in words(page(filled, by="foo"))
    assert "tidigare period gårdagen" in words(page(filled, since="gårdagen"))
    assert headings(page(filled, indicator="nope"))[0] == (
        "H1",
        "Indikatorn finns inte",
    )
    assert headings(page(filled, unit="SE2321000081-NO"))[0] == (
        "H1",
        "Enheten finns inte",
    )
    assert "Inga fall i urvalet" in words(page(filled, svf="okant"))


def test_the_indicators_page_leads_here_where_there_is_something_to_tell(filled):
    params = {"unit": HOSPITAL, "period": "2026Q3"}
    shown = page_of(indicator_page, filled, params, {"indicator": LEAD_TIME})
    assert title(followed(filled, href_of(shown, str(page_module.NAME)))) == (
        title(page(filled))
    )
    other = page_of(indicator_page, filled, {"unit": REGION}, {"indicator": "score"})
    assert not [one for one in hrefs(other) if one.startswith(page_module.PATH)]


# The API.


def answer(client, end="", **params):
    asked = {"indicator": LEAD_TIME, "unit": HOSPITAL, "period": "2026Q3"} | params
    return client.get(f"/api/v1/contributions{end}", query_string=asked)


def test_the_api_gives_what_the_page_shows(client):
    given = answer(client).json
    assert (given["by"], given["cases"], given["whole_cases"]) == ("unit", 5.0, 5)
    assert [(one["name"], one["cases"]) for one in given["parts"]] == [
        ("Kvinnokliniken", 3.0),
        ("Kirurgkliniken", 2.0),
    ]
    assert given["not_reported"] == [SILENT]
    change = answer(client, since="2025Q3", by="svf").json
    assert change["cases"] == pytest.approx(-13)
    assert change["rate"] + change["mix"] == pytest.approx(-13)
    assert sum(one["cases"] for one in change["parts"]) == pytest.approx(-13)


def test_the_file_has_the_same_parts_in_the_same_order(client):
    written = answer(client, ".csv").get_data(as_text=True).removeprefix("\ufeff")
    found = list(csv.DictReader(io.StringIO(written), delimiter=";"))
    assert [(one["part"], one["whole_cases"]) for one in found] == [
        (SECOND_CLINIC, "3"),
        (CLINIC, "2"),
    ]
    assert set(found[0]) >= {"numerator", "lower", "evidence", "build"}


@pytest.mark.parametrize(
    ("params", "status", "parameter"),
    [
        ({"indicator": "nope"}, 404, "indicator"),
        ({"unit": "SE2321000081-NO"}, 404, "unit"),
        ({"by": "item"}, 400, "by"),
        ({"by": "foo"}, 400, "by"),
        ({"item": "h1"}, 400, "item"),
        ({"since": "2026Q4"}, 400, "since"),
        ({"steps": "svf"}, 400, "steps"),
    ],
)
def test_a_mistake_is_answered_with_what_is_expected(client, params, status, parameter):
    found = answer(client, **params)
    assert (found.status_code, found.json["error"]["parameter"]) == (status, parameter)


def test_the_page_is_there_in_english(filled):
    with speaking("en"):
        assert headings(page(filled))[0][0] == "H1"


# On the demo.


def test_no_part_of_the_demo_is_told_with_fewer_cases_than_may_be_shown(demo_warehouse):
    server = flask.Flask("demo")
    register_api(server, Warehouse(demo_warehouse))
    client, told = server.test_client(), 0
    least = 5
    for params in (
        {"by": "svf"},
        {"by": "age_group", "svf": "brost"},
        {"by": "sex", "svf": "prostata"},
        {"by": "svf", "sex": "K"},
        {"by": "svf", "since": "2025Q3"},
        {"by": "unit", "svf": "lunga", "unit": "SE2321000081-DEMO004"},
    ):
        given = client.get(
            "/api/v1/contributions",
            query_string={"indicator": LEAD_TIME, "period": "2026Q3"} | params,
        ).json
        for one in given["parts"]:
            told += 1
            assert one["denominator"] >= least or one["denominator"] == 0
            assert one["denominator_before"] is None or (
                one["denominator_before"] >= least or one["denominator_before"] == 0
            )
    assert told > 20
