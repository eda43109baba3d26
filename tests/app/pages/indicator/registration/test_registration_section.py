"""Registration beside the rate, on paper. In the third quarter of 2026:

- Kirurgkliniken: 30 of 60 reviewed, 40 with any code
- Kvinnokliniken: 0 of 40, no code; the same the quarter before, codes in the first
- the hospital and the region: 30 of 100, 40 with any code; without Kvinnokliniken
  30 of 60 is 50 %
"""

import pytest

from app.pages.indicator import page as page_module
from app.pages.indicator.registration.find import (
    registration,
    registration_of,
    silent_since,
)
from app.queries.outcomes import StatusRow
from app.queries.units import UnitRow, UnitTree
from kpi.definitions import Definitions
from kpi.warehouse import Warehouse
from tests import builders as make
from tests.app.reading import of_type, row_starting, words
from tests.app.visiting import page_of
from tests.etl.rows import mid_p

RATE, REGISTRATION = "medication_reviews", "medication_review_registration"
WARNING = (
    "Kvinnokliniken har inte registrerat någon kod från och med kv 2 2026: andelen "
    "säger inget om vad som görs."
)


def of_contacts(indicator_id, codes, **changes):
    measure = {
        "dataset": "kontakter",
        "numerator": {"where": {"kva_kod": codes}},
        "denominator": {},
    }
    fine = {
        "id": indicator_id,
        "name": make.words(indicator_id),
        "measure": measure,
        "breakdowns": [],
        "targets": [],
        "benchmark": None,
        "breaks": [],
    }
    return make.indicator(**(fine | changes))


REVIEWS = of_contacts(RATE, {"has_any": ["XV015", "XV016"]})
CODES = of_contacts(REGISTRATION, {"present": True})


def outcome(unit, numerator, denominator, indicator=RATE, **changes):
    value = 100 * numerator / denominator
    low, high = mid_p(numerator, denominator)
    fine = {"numerator": numerator, "denominator": denominator, "value": value}
    fine |= {"lower": low, "upper": high, "status": "no_target"}
    fine |= {"target": None, "target_rule": None, "national_target": None}
    fine |= {"national_rule": None}
    return make.outcome(indicator=indicator, unit=unit, **(fine | changes))


def codes(unit, numerator, denominator, **changes):
    return outcome(unit, numerator, denominator, REGISTRATION, **changes)


ROWS = [
    outcome(make.CLINIC, 30, 60),
    outcome(make.SECOND_CLINIC, 0, 40),
    outcome(make.HOSPITAL, 30, 100),
    outcome(make.REGION, 30, 100),
    codes(make.CLINIC, 40, 60),
    codes(make.SECOND_CLINIC, 0, 40),
    codes(make.SECOND_CLINIC, 0, 35, period="2026Q2"),
    codes(make.SECOND_CLINIC, 20, 35, period="2026Q1"),
    codes(make.HOSPITAL, 40, 100),
    codes(make.REGION, 40, 100),
]


@pytest.fixture(scope="module")
def filled(tmp_path_factory):
    folder = tmp_path_factory.mktemp("registration")
    return make.warehouse(folder, ROWS, [REVIEWS, CODES])


def page(warehouse, id=RATE, **params):
    return page_of(page_module, warehouse, params, {"indicator": id})


def part(shown):
    found = [
        one
        for one in of_type(shown, "Section")
        if getattr(one, "id", "") == "registrering"
    ]
    return found[0] if found else None


def notices(shown):
    return [
        words(one)
        for one in of_type(shown, "Div")
        if getattr(one, "className", "") == "notice"
    ]


def test_registration_stands_beside_the_rate_of_the_unit_and_those_below_it(filled):
    shown = part(page(filled, unit=make.HOSPITAL))
    low, high = (f"{one:.1f}".replace(".", ",") for one in mid_p(30, 100))
    assert row_starting(shown, "Sjukhuset") == [
        "Sjukhuset",
        f"30,0 % {low}–{high} %",
        "40,0 % 40 av 100",
        "1 av 2 enheter",
    ]
    assert row_starting(shown, "Kirurgkliniken")[2:] == ["66,7 % 40 av 60", ""]
    assert row_starting(shown, "Kvinnokliniken")[2:] == [
        "0,0 % 0 av 40",
        "ingen kod sedan kv 2 2026",
    ]


def test_a_unit_in_which_all_register_counts_none_without_code(tmp_path):
    rows = [one for one in ROWS if one.unit != make.SECOND_CLINIC]
    rows += [outcome(make.SECOND_CLINIC, 4, 40), codes(make.SECOND_CLINIC, 8, 40)]
    filled = make.warehouse(tmp_path, rows, [REVIEWS, CODES])
    shown = part(page(filled, unit=make.HOSPITAL))
    assert row_starting(shown, "Sjukhuset")[3] == "0 av 2 enheter"


def test_units_that_register_nothing_are_counted_and_named(filled):
    shown = words(part(page(filled)))
    assert "40,0 % av kontakterna har någon kod (40 av 100)." in shown
    assert "1 av 2 enheter har inte registrerat någon kod kv 3 2026." in shown
    assert "Kvinnokliniken : ingen kod sedan kv 2 2026" in shown


def test_the_rate_of_those_that_register_is_told_beside_the_whole(filled):
    low, high = (f"{one:.1f}".replace(".", ",") for one in mid_p(30, 60))
    assert (
        f"Bland dem som registrerar är andelen 50,0 % (95 %-intervall {low}–{high} %), "
        "i stället för 30,0 %." in words(part(page(filled)))
    )


def test_a_unit_that_registers_nothing_has_a_warning_beside_its_outcome(filled):
    assert notices(page(filled, unit=make.SECOND_CLINIC)) == [WARNING]
    assert notices(page(filled, unit=make.CLINIC)) == []
    assert notices(page(filled)) == []


def test_where_units_are_compared_the_silent_one_is_marked(filled):
    shown = page(filled, unit=make.HOSPITAL, unit_kind="klinik")
    (listed,) = [
        one
        for one in of_type(shown, "Div")
        if getattr(one, "id", "") == "compare-numbers"
    ]
    marked = "Registrerar ingen kod: säger inget om vad som görs."
    assert row_starting(listed, "Kvinnokliniken")[3].endswith(marked)
    assert marked not in row_starting(listed, "Kirurgkliniken")[3]


def test_where_all_register_that_is_said(filled):
    shown = words(part(page(filled, unit=make.CLINIC)))
    assert "1 enhet har registrerat koder kv 3 2026." in shown
    assert "Bland dem" not in shown


def test_the_registration_itself_and_other_indicators_have_no_such_section(filled):
    assert part(page(filled, REGISTRATION)) is None
    defined = Definitions.model_validate(
        {"plans": [make.PLAN], "indicators": [REVIEWS, make.indicator()]}
    )
    assert registration_of(defined, make.indicator()) is None
    assert registration_of(defined, REVIEWS) is None


def test_a_number_of_reviews_is_told_as_a_number(tmp_path):
    measure = {"dataset": "kontakter"}
    measure |= {"numerator": {"where": {"kva_kod": {"has_any": ["XV015"]}}}}
    counted = make.indicator(
        **(REVIEWS.model_dump(by_alias=True, exclude_none=True))
        | {"kind": "count", "measure": measure, "denominator": None},
    )
    rows = [one for one in ROWS if one.unit == make.SECOND_CLINIC]
    shown = page(
        make.warehouse(tmp_path, rows, [counted, CODES]), unit=make.SECOND_CLINIC
    )
    assert notices(shown) == [WARNING.replace("andelen", "antalet")]


def status_row(period, value, status="no_target"):
    place = {"unit": make.CLINIC, "period_kind": "quarter", "period": period}
    return StatusRow(
        REGISTRATION,
        **place,
        last_month=0,
        status=status,
        value=value,
        lower=None,
        upper=None,
    )


SILENT, CODED = 0.0, 40.0
UNIT = UnitRow(
    make.CLINIC, "K", "klinik", None, make.OPEN, make.NEVER_ENDS, *[None] * 4
)


@pytest.mark.parametrize(
    ("history", "since", "is_always"),
    [
        ([("2026Q2", CODED), ("2026Q3", SILENT)], "2026Q3", False),
        ([("2026Q1", CODED), ("2026Q2", SILENT), ("2026Q3", SILENT)], "2026Q2", False),
        ([("2026Q2", SILENT), ("2026Q3", SILENT)], "2026Q2", True),
        ([("2026Q2", None), ("2026Q3", SILENT)], "2026Q3", True),
        # Nothing came for a quarter: no code came either.
        (
            [("2026Q1", SILENT), ("2026Q2", None), ("2026Q3", SILENT)],
            "2026Q1",
            True,
        ),
    ],
)
def test_since_when_a_unit_is_silent(history, since, is_always):
    rows = [
        status_row(period, value, "no_target" if value is not None else "not_reported")
        for period, value in history
    ]
    found = silent_since(UNIT, rows)
    assert (found.since, found.is_always) == (since, is_always)


@pytest.mark.parametrize("status", ["too_few", "masked"])
def test_a_hidden_period_may_have_had_codes(status):
    rows = [
        status_row("2026Q1", SILENT),
        status_row("2026Q2", None, status),
        status_row("2026Q3", SILENT),
    ]
    found = silent_since(UNIT, rows)
    assert (found.since, found.is_always) == ("2026Q3", False)


def tree(*units):
    names = {name: None for name in UnitRow.__dataclass_fields__}
    return UnitTree(
        UnitRow(**(names | {key: one.get(key) for key in names})) for one in units
    )


def test_a_unit_is_counted_once_though_its_parent_is_silent_too():
    units = tree(*make.UNITS)
    rows = [codes(unit, 0, 20) for unit in (make.REGION, make.HOSPITAL)]
    rows += [codes(unit, 0, 10) for unit in (make.CLINIC, make.SECOND_CLINIC)]
    found = registration(REVIEWS, units, units.top(), [], rows)
    assert found.whole.silent == (make.CLINIC, make.SECOND_CLINIC)
    assert found.whole.known == 2


def test_the_cases_of_a_replaced_unit_are_its_successors():
    units = tree(*make.UNITS)
    rows = [codes(unit, 0, 20) for unit in (make.REGION, make.HOSPITAL)]
    rows += [codes(unit, 0, 10) for unit in (make.CLINIC, make.ENDED_CLINIC)]
    found = registration(REVIEWS, units, units.top(), [], rows)
    assert found.whole.silent == (make.CLINIC,)


def test_what_remains_is_not_told_where_it_is_too_few():
    units = tree(*make.UNITS)
    rates = [
        outcome(make.REGION, 2, 44),
        outcome(make.CLINIC, 0, 40),
        make.hidden(indicator=RATE, unit=make.SECOND_CLINIC, status="too_few"),
    ]
    rows = [codes(make.REGION, 2, 44), codes(make.HOSPITAL, 2, 44)]
    rows.append(codes(make.CLINIC, 0, 40))
    # 44 - 40 leaves 4, below the minimum of 5.
    assert registration(REVIEWS, units, units.top(), rates, rows).rest is None


def test_the_planted_centre_that_stops_registering_is_found(demo_warehouse):
    """The planted story: no code since five quarters, in a health centre."""
    demo = Warehouse(demo_warehouse)
    shown = words(part(page(demo, period="2026Q3")))
    assert "Vårdcentralen Strandängen : ingen kod sedan kv 3 2025" in shown
    assert shown.count("har aldrig registrerat någon kod") == 2


def test_units_that_register_nothing_are_not_compared_with_the_others(filled):
    (title,) = [
        words(one)
        for one in of_type(page(filled, unit=make.CLINIC), "P")
        if getattr(one, "id", "") == "compare-title"
    ]
    assert title == "1 registrerar ingen kod (ihålig punkt)."
    *_, graph = of_type(page(filled, unit=make.CLINIC), "Graph")
    (dots,) = graph.figure["data"]
    assert dots["marker"]["symbol"] == ["diamond", "circle-open"]
    assert "Registrerar ingen kod" in dots["text"][1]


def test_a_unit_that_registers_nothing_has_no_interval_and_is_counted_apart(filled):
    shown = page(filled, unit=make.CLINIC)
    *_, graph = of_type(shown, "Graph")
    (dots,) = graph.figure["data"]
    assert dots["error_x"]["array"][0] > 0
    assert dots["error_x"]["array"][1] == 0
    assert "med värde, 1 som inte registrerar någon kod." in words(shown)
    assert "Registrerar ingen kod" not in dots["text"][0]
