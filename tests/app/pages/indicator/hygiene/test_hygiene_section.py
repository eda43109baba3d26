"""Hygiene items by profession, counted on paper (h1; h3; the other items are right):

- Kirurgkliniken: 6 nurses, h1 right for 3, h3 applies to 4 and is right for 3;
  10 assistant nurses, h1 right for 9; 2 doctors, h1 right for neither
- Kvinnokliniken: 8 nurses, h1 right for 2
- one nurse a quarter earlier, and one in a file that is not in the build, do not count
"""

from collections import defaultdict
from datetime import date

import flask
import pytest
from sqlalchemy import select

from app.pages.indicator import page as page_module
from app.pages.indicator.hygiene.find import grid, items_of
from app.pages.indicator.hygiene.words import grid_words
from app.queries.behind import Question
from app.queries.hygiene import ItemCount, item_counts
from app.queries.reader import open_reader
from app.site.api import register_api
from app.site.openapi import description
from app.words.language import speaking
from kpi import schema
from kpi.period import Period, month_number
from kpi.warehouse import Warehouse
from tests import builders as make
from tests.app import rows
from tests.app.reading import headings, of_type, row_starting, table_rows, words
from tests.app.visiting import page_of
from tests.etl.rows import mid_p

ITEM = "Desinfektion före patientnära arbete"
GLOVES = "Handskar används rätt"
HIDDEN = "– visas inte"


def hygiene_indicator(correct="alla_ratt", **changes):
    measure = {"numerator": {"where": {correct: True}}, "denominator": {}}
    fine = {
        "id": "bhk_compliance",
        "name": make.words("Följsamhet"),
        "measure": {"dataset": "bhk"} | measure,
        "breakdowns": [{"by": "profession"}],
        "targets": [],
        "benchmark": None,
        "breaks": [],
    }
    return make.indicator(**(fine | changes))


def observed(number, profession, load_id="a", **changes):
    day = changes.get("datum", date(2026, 8, 3))
    fine = {
        "load_id": load_id,
        "row_number": number,
        "enhet_id": make.CLINIC,
        "first_month": month_number(day),
        "last_month": month_number(day),
        "datum": day,
        "yrkeskategori": profession,
    }
    return fine | dict.fromkeys(schema.BHK_ITEMS, True) | changes


NURSE, ASSISTANT, DOCTOR = "sjukskoterska", "underskoterska", "lakare"
FACTS = [
    observed(1, NURSE, h3=None),
    observed(2, NURSE, h3=None),
    observed(3, NURSE, h3=False),
    *(observed(number, NURSE, h1=False) for number in (4, 5, 6)),
    *(observed(number, ASSISTANT) for number in range(10, 19)),
    observed(19, ASSISTANT, h1=False),
    *(observed(number, DOCTOR, h1=False) for number in (20, 21)),
    *(observed(30 + at, NURSE, "b", enhet_id=make.SECOND_CLINIC) for at in range(2)),
    *(
        observed(40 + at, NURSE, "b", enhet_id=make.SECOND_CLINIC, h1=False)
        for at in range(6)
    ),
    observed(50, NURSE, datum=date(2026, 6, 30)),
    observed(51, NURSE, "newer"),
]


@pytest.fixture(scope="module")
def filled(tmp_path_factory):
    ids = {"bhk_compliance": "alla_ratt", "bhk_dress": "kladsel_ratt"}
    defined = [hygiene_indicator(one, id=key) for key, one in ids.items()]
    outcomes = [
        make.outcome(indicator=key, unit=unit, target=None, target_rule=None)
        for key in ids
        for unit in (make.REGION, make.HOSPITAL, make.CLINIC, make.SECOND_CLINIC)
    ]
    filled = make.warehouse(
        tmp_path_factory.mktemp("hygiene"), outcomes, [*defined, make.indicator()]
    )
    loads = ("a", "b", "newer")
    rows.add(filled, schema.load, *(rows.load(one, dataset="bhk") for one in loads))
    rows.add(filled, schema.build_load, *rows.in_build("a", "b"))
    rows.add(filled, schema.unit_path, *rows.PATHS)
    rows.add(filled, schema.FACTS["bhk"], *FACTS)
    return filled


@pytest.fixture(scope="module")
def client(filled):
    server = flask.Flask(__name__)
    register_api(server, filled)
    return server.test_client()


def page(warehouse, id="bhk_compliance", **params):
    return page_of(page_module, warehouse, params, {"indicator": id})


def part(shown):
    found = [
        one for one in of_type(shown, "Section") if getattr(one, "id", "") == "moment"
    ]
    return found[0] if found else None


def bounds(correct, of):
    low, high = (f"{one:.1f}".replace(".", ",") for one in mid_p(correct, of))
    return f"{low}–{high} %"


def test_an_item_in_a_profession_is_a_sum_over_a_sum_with_its_interval(filled):
    assert row_starting(part(page(filled)), ITEM) == [
        ITEM,
        f"53,8 % 14 av 26 {bounds(14, 26)}",
        f"35,7 % 5 av 14 {bounds(5, 14)}",
        HIDDEN,
        HIDDEN,
    ]


def test_the_outcome_is_told_to_be_of_all_items_at_once(filled):
    said = words(part(page(filled)))
    assert "rätt bara om alla moment i tabellen var rätt" in said


def test_items_alone_are_not_told_again_below_the_crossed_table(demo_warehouse):
    def titles(by):
        shown = page(Warehouse(demo_warehouse), by=by, period="2026Q3")
        return [said for _, said in headings(shown) if "Uppdelning" in said]

    assert titles("item") == []
    assert titles("profession") == ["Uppdelning: yrkeskategori, kv 3 2026"]


def test_what_does_not_apply_is_not_counted(filled):
    shown = part(page(filled, unit=make.CLINIC))
    assert row_starting(shown, GLOVES)[1] == f"93,8 % 15 av 16 {bounds(15, 16)}"


def test_a_small_cell_takes_the_smallest_one_beside_it_along(filled):
    shown = part(page(filled, unit=make.CLINIC))
    # 10 assistants, 6 nurses, 2 doctors: 18 - 16 would give the doctors away.
    assert row_starting(shown, ITEM)[2:] == [
        f"90,0 % 9 av 10 {bounds(9, 10)}",
        HIDDEN,
        HIDDEN,
    ]
    assert "minst två är dolda och tillsammans har minst 5" in words(shown)


def test_nothing_is_said_to_be_hidden_where_nothing_is(filled):
    shown = part(page(filled, unit=make.SECOND_CLINIC))
    assert row_starting(shown, ITEM)[2:] == [f"25,0 % 2 av 8 {bounds(2, 8)}"]
    assert "dolda" not in words(shown)


def test_the_lowest_is_told_with_what_its_interval_says(filled):
    (said, *_) = of_type(part(page(filled)), "P")
    assert words(said) == (
        f"Lägst: {ITEM}, sjuksköterska, 35,7 % (5 av 14, 95 %-intervall "
        f"{bounds(5, 14)}). Intervallet rymmer momentets 53,8 % för alla yrken: "
        "skillnaden kan bero på slumpen."
    )


def test_an_interval_wholly_below_the_whole_is_told_apart():
    # 10 of 40 doctors, 150 of 160 nurses: 80 % of all.
    counts = [ItemCount("h1", DOCTOR, 10, 40), ItemCount("h1", NURSE, 150, 160)]
    said = grid_words(hygiene_indicator(), grid(counts, ["h1"], 5)).finding
    assert words(said).endswith(
        "Hela intervallet ligger under momentets 80,0 % för alla yrken."
    )


def test_the_whole_is_the_lowest_where_what_is_lower_is_hidden(filled):
    (said, *_) = of_type(part(page(filled, unit=make.CLINIC)), "P")
    assert words(said).startswith(f"Lägst: {ITEM}, alla yrken, 66,7 % (12 av 18")


def test_dress_rules_have_their_own_items_only(filled):
    shown = table_rows(part(page(filled, "bhk_dress")))
    assert [row[0] for row in shown] == [
        "Korrekt arbetsdräkt",
        "Kort ärm",
        "Fri från ringar, klockor och armband",
        "Kort eller uppsatt hår",
    ]
    said = of_type(part(page(filled, "bhk_dress")), "P")[0]
    assert words(said) == "Alla moment som visas är 100,0 %."


def test_other_indicators_have_no_such_section(filled):
    assert part(page(filled, "svf_lead_time")) is None


def test_too_few_in_all_show_nothing():
    counts = [ItemCount("h1", NURSE, 2, 3), ItemCount("h1", DOCTOR, 1, 1)]
    found = grid(counts, ["h1"], 5)
    assert found.lowest is None
    assert found.rows[0].whole is None
    assert [cell.share for cell in found.rows[0].cells] == [None, None]


def test_many_professions_and_unknown_ones_stand_together():
    named = [ItemCount("h1", f"yrke{at}", 5, 20 - at) for at in range(7)]
    found = grid([*named, ItemCount("h1", None, 1, 6)], ["h1"], 5)
    assert found.professions == ("yrke0", "yrke1", "yrke2", "yrke3", "yrke4", None)
    assert found.rows[0].cells[-1].share.observed == 15 + 14 + 6
    assert found.rows[0].whole.observed == sum(range(14, 21)) + 6


def test_the_api_gives_what_the_page_shows(client):
    answer = client.get(f"/api/v1/hygiene?indicator=bhk_compliance&unit={make.CLINIC}")
    cells = [one for one in answer.json["cells"] if one["item"] == "h1"]
    assert [
        (one["is_whole"], one["profession"], one["numerator"], one["denominator"])
        for one in cells
    ] == [
        (True, None, 12, 18),
        (False, ASSISTANT, 9, 10),
        (False, NURSE, None, None),
        (False, DOCTOR, None, None),
    ]
    assert [one["is_hidden"] for one in cells] == [False, False, True, True]
    assert cells[1]["lower"] == pytest.approx(mid_p(9, 10)[0], abs=1e-4)
    schemas = description()["components"]["schemas"]
    assert set(cells[0]) == set(schemas["Cell"]["properties"])


@pytest.mark.parametrize(
    ("query", "status", "parameter"),
    [
        ("indicator=nothing", 404, "indicator"),
        ("", 404, "indicator"),
        ("indicator=bhk_compliance&unit=SE2321000081-NOPE", 404, "unit"),
        ("indicator=bhk_compliance&period=2026Q5", 400, "period"),
        ("indicator=bhk_compliance&by=item", 400, "by"),
    ],
)
def test_the_api_says_what_it_does_not_understand(client, query, status, parameter):
    answer = client.get(f"/api/v1/hygiene?{query}")
    assert (answer.status_code, answer.json["error"]["parameter"]) == (
        status,
        parameter,
    )


def test_the_section_speaks_english(filled):
    with speaking("en"):
        said = words(part(page(filled)))
    assert "Hand disinfection before patient contact" in said


def test_demo_counts_agree_with_a_slow_count_and_with_the_roll_up(demo_warehouse):
    """Every row in Python; and an item's whole is the outcome of its breakdown."""
    bhk = schema.FACTS["bhk"]
    period = Period.parse("2026Q3")
    with open_reader(Warehouse(demo_warehouse)) as reader:
        ours = hygiene_indicator()
        question = Question(ours, make.REGION, period)
        found = item_counts(reader, question, items_of(ours))
        slow = defaultdict(lambda: [0, 0])
        for row in reader.connection.execute(select(bhk)).mappings():
            if period.first_day <= row["datum"] <= period.last_day:
                for item in schema.BHK_ITEMS:
                    if row[item] is not None:
                        slow[item, row["yrkeskategori"]][0] += row[item]
                        slow[item, row["yrkeskategori"]][1] += 1
        outcome = schema.outcome.c
        told = reader.connection.execute(
            select(outcome.by_value, outcome.numerator, outcome.denominator).where(
                outcome.indicator == "bhk_compliance",
                outcome.unit == make.REGION,
                outcome.period == str(period),
                outcome.by == "item",
            )
        ).all()
    counted = {(one.item, one.profession): [one.correct, one.observed] for one in found}
    assert counted == slow
    wholes = {row.item: row.whole for row in grid(found, schema.BHK_ITEMS, 5).rows}
    assert [
        (item, wholes[item].correct, wholes[item].observed) for item, *_ in told
    ] == [tuple(one) for one in told]
    assert len(told) == 8


@pytest.mark.parametrize(("observed_times", "is_shown"), [(4, False), (5, True)])
def test_an_item_of_all_professions_is_shown_from_the_minimum_on(
    observed_times, is_shown
):
    counts = [ItemCount("h1", NURSE, 3, observed_times)]
    (row,) = grid(counts, ["h1"], 5).rows
    assert (row.whole is not None) is is_shown
    assert [cell.is_hidden for cell in row.cells] == [not is_shown]
