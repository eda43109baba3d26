import re
from datetime import date, datetime
from pathlib import Path
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.pages.unit.words import overlapping_words, without_value_words
from app.words import headings, text, totals
from app.words.language import speaking
from kpi.assessment import Reason, Status
from kpi.datasets import DIMENSIONS
from kpi.definitions import Frequency, Plan, Question, Theme
from kpi.model import Area, Direction, UnitKind
from kpi.period import PeriodKind
from tests.builders import indicator, words, yearly

NBSP = "\N{NO-BREAK SPACE}"


@pytest.mark.parametrize(
    ("value", "decimals", "expected"),
    [
        (83.4, 1, "83,4"),
        (1234, 0, f"1{NBSP}234"),
        (1234567.891, 2, f"1{NBSP}234{NBSP}567,89"),
        (-0.5, 1, "−0,5"),
        (-0.04, 1, "0,0"),
        (0.25, 1, "0,3"),
        (2.675, 2, "2,68"),
        (None, 1, "–"),
    ],
)
def test_numbers_are_written_in_swedish(value, decimals, expected):
    assert text.number(value, decimals) == expected


@pytest.mark.parametrize(
    ("value", "decimals", "expected"),
    [
        (83.4, 1, "83.4"),
        (1234567.891, 2, "1,234,567.89"),
        (-1234.5, 1, "−1,234.5"),
        (2.675, 2, "2.68"),
        (None, 1, "–"),
    ],
)
def test_numbers_are_written_in_english(value, decimals, expected):
    with speaking("en"):
        assert text.number(value, decimals) == expected


@pytest.mark.parametrize(
    ("language", "separators"), [("sv", {NBSP: ""}), ("en", {",": ""})]
)
@given(number=st.integers(-(10**12), 10**12))
def test_a_whole_number_can_be_read_back(language, separators, number):
    with speaking(language):
        written = text.number(number)
    assert int(written.translate(str.maketrans(separators | {"−": "-"}))) == number


@given(value=st.floats(-1e6, 1e6), decimals=st.integers(0, 3))
def test_both_languages_write_the_same_number(value, decimals):
    swedish = text.number(value, decimals)
    with speaking("en"):
        english = text.number(value, decimals)
    assert english.translate(str.maketrans({",": NBSP, ".": ","})) == swedish


def test_a_share_is_followed_by_its_sign():
    assert text.per_cent(83.4) == f"83,4{NBSP}%"
    assert text.per_cent(None) == "–"
    with speaking("en"):
        assert text.per_cent(83.4) == "83.4%"
        assert text.per_cent(1234, 0) == "1,234%"


def test_a_count_has_a_decimal_only_where_it_is_an_average():
    assert [text.count(one) for one in (3.0, 2.5, None)] == ["3", "2,5", "–"]
    with speaking("en"):
        assert [text.count(one) for one in (1234.0, 2.5)] == ["1,234", "2.5"]


@pytest.mark.parametrize(
    ("value", "expected"), [(2, "+2,0"), (-2, "−2,0"), (0, "±0,0"), (0.04, "±0,0")]
)
def test_a_difference_has_a_sign(value, expected):
    assert text.signed(value, 1) == expected


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("2026Q1", f"kv{NBSP}1 2026"),
        ("2025", "2025"),
        ("R12-2026Q1", f"12{NBSP}mån t.o.m. kv{NBSP}1 2026"),
        ("2026-03", "mars 2026"),
        ("2026T2", f"tertial{NBSP}2 2026"),
        ("2026H1", f"halvår{NBSP}1 2026"),
    ],
)
def test_periods_are_written_in_words(written, expected):
    assert text.period(written) == expected


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("2026Q1", "Q1 2026"),
        ("2025", "2025"),
        ("R12-2026Q1", f"12{NBSP}months to Q1 2026"),
        ("2026-03", "March 2026"),
        ("2026T1", "T1 2026"),
        ("2026H1", "H1 2026"),
    ],
)
def test_periods_are_written_in_english_words(written, expected):
    with speaking("en"):
        assert text.period(written) == expected


def test_a_month_number_is_a_month():
    assert text.month(2026 * 12 + 2) == "mars 2026"
    with speaking("en"):
        assert text.month(2025 * 12 + 11) == "December 2025"


def test_days_are_iso_dates():
    assert text.day(date(2026, 3, 31)) == "2026-03-31"
    assert text.day(None) == "–"
    assert text.moment(datetime(2026, 3, 31, 6, 15)) == "2026-03-31 06:15"  # noqa: DTZ001


@pytest.mark.parametrize(
    ("table", "keys"),
    [
        (text.STATUS, Status),
        (text.SYMBOL, Status),
        (text.REASON, Reason),
        (text.AREA, Area),
        (text.THEME, get_args(Theme)),
        (text.QUESTION, get_args(Question)),
        (text.UNIT_KIND, UnitKind),
        (text.UNIT_KINDS, UnitKind),
        (text.DIRECTION, Direction),
        (text.FREQUENCY, get_args(Frequency)),
        (text.PERIOD_KINDS, PeriodKind),
        (text.DIMENSION, DIMENSIONS),
    ],
)
def test_every_word_of_the_database_has_words_for_people(table, keys):
    assert set(table) == set(keys)


def test_no_two_statuses_share_a_symbol():
    assert len(set(text.SYMBOL.values())) == len(Status)


def test_a_value_is_in_the_unit_of_its_indicator():
    assert text.value(indicator(), 41.46) == f"41,5{NBSP}%"
    assert text.unit_after(indicator()) == ""
    days = indicator(unit={"sv": "dagar", "en": "days"})
    assert (text.value(days, 41.46), text.unit_after(days)) == ("41,5", "dagar")
    with speaking("en"):
        assert (text.value(days, 41.46), text.unit_after(days)) == ("41.5", "days")


def test_a_rank_is_a_place():
    assert text.value(yearly(), 20.0) == f"plats{NBSP}20"
    assert text.value(yearly(), None) == "–"
    assert text.unit_after(yearly()) == ""
    with speaking("en"):
        assert text.value(yearly(), 20.0) == f"place{NBSP}20"


def test_the_unit_of_a_count_can_stand_after_one():
    one = yearly(
        kind="count",
        unit={"sv": "dialoger", "en": "dialogues"},
        targets=[],
        measure={"dataset": "matningar"},
    )
    assert text.unit_after(one) == "(antal dialoger)"
    with speaking("en"):
        assert text.unit_after(one) == "(number of dialogues)"


def test_a_milestone_is_reached_or_not():
    one = yearly(
        kind="milestone",
        unit=words("steg nått"),
        targets=[],
        measure={"dataset": "matningar"},
    )
    assert [text.value(one, 1.0), text.value(one, 0.0)] == ["ja", "nej"]
    with speaking("en"):
        assert [text.value(one, 1.0), text.value(one, 0.0)] == ["yes", "no"]


def test_an_interval_names_its_unit_once():
    assert text.interval(indicator(), 32.8, 51.8) == f"32,8–51,8{NBSP}%"
    assert text.interval(indicator(), None, 51.8) == ""


@pytest.mark.parametrize(
    ("one", "amount", "swedish", "english"),
    [
        (indicator(), -13.0, "procentenheter", "percentage points"),
        (yearly(), 2.0, "placeringar", "places"),
        (yearly(), -1.0, "placering", "place"),
        (
            indicator(kind="mean", unit={"sv": "index 0–100", "en": "index 0–100"}),
            -0.1,
            "indexenheter",
            "index points",
        ),
        (indicator(unit={"sv": "dagar", "en": "days"}), 2.0, "dagar", "days"),
    ],
)
def test_a_difference_has_a_unit_of_its_own(one, amount, swedish, english):
    assert text.difference_unit(one, amount) == swedish
    with speaking("en"):
        assert text.difference_unit(one, amount) == english


@pytest.mark.parametrize(
    ("by", "value", "expected"),
    [
        ("svf", "lunga", "Lungcancer"),
        ("svf", "okand", "Okand"),
        ("sex", "K", "Kvinnor"),
        ("age_group", "65-74", "65–74 år"),
        ("age_group", "85-", "85 år och äldre"),
        ("care_form", "oppen", "Öppen vård"),
        ("profession", "lakare", "Läkare"),
        ("item", "k2", "Kort ärm"),
        ("category", "fall", "Fall"),
        ("category", "okand", "Okand"),
    ],
)
def test_values_of_dimensions_have_names(by, value, expected):
    names = {"svf": {"lunga": "lungcancer"}, "category": {"fall": "fall"}}
    assert text.dimension_value(by, value, names) == expected


def test_values_of_dimensions_have_english_names():
    with speaking("en"):
        assert text.dimension_value("age_group", "85-", {}) == "85 years and older"
        assert text.dimension_value("item", "k2", {}) == "Short sleeves"


def test_words_are_listed():
    assert text.listed([]) == ""
    assert text.listed(["a"]) == "a"
    assert text.listed(["a", "b", "c"]) == "a, b och c"
    assert text.listed([text.AREA["cancer"], "b"]) == "Cancer och b"
    with speaking("en"):
        assert text.listed(["a", "b", "c"]) == "a, b and c"


@pytest.mark.parametrize(
    ("more", "expected"),
    [(13, "13 till hade behövts"), (-2, "2 färre hade behövts"), (0, "")],
)
def test_cases_are_more_or_fewer(more, expected):
    assert headings.cases(more) == expected


def test_a_target_to_be_equal_to_is_the_number_alone():
    assert headings.rule("=", "100 %") == "100 %"
    assert headings.rule(">=", "55 %") == "≥\N{NO-BREAK SPACE}55 %"


@pytest.mark.parametrize(
    ("said", "number", "swedish", "english"),
    [
        (
            without_value_words,
            1,
            "1 indikator utan värde",
            "1 indicator without a value",
        ),
        (
            without_value_words,
            2,
            "2 indikatorer utan värde",
            "2 indicators without a value",
        ),
        (
            overlapping_words,
            1,
            "intervallet överlappar 1 annan",
            "the interval overlaps 1 other",
        ),
        (
            overlapping_words,
            3,
            "intervallet överlappar 3 andra",
            "the interval overlaps 3 others",
        ),
        (
            headings.waiting,
            2,
            "2 mått under utveckling eller pausade",
            "2 measures under development or paused",
        ),
    ],
)
def test_the_number_of_things_chooses_the_words(said, number, swedish, english):
    assert said(number) == swedish
    with speaking("en"):
        assert said(number) == english


def test_one_word_for_one_and_for_many_is_two_words_in_english():
    with speaking("en"):
        assert text.UNIT_KIND["sjukhus"] == "hospital"
        assert text.UNIT_KINDS["sjukhus"] == "hospitals"


def test_the_line_of_totals_counts_every_indicator():
    counts = {Status.MET: 2, Status.NOT_MET: 1, Status.TOO_FEW: 3, Status.PAUSED: 1}
    assert totals.totals_line(7, counts) == (
        "7 indikatorer: 1 når inte målet, 2 når målet och 4 utan värde."
    )
    assert totals.totals_line(0, {}) == "0 indikatorer."
    with speaking("en"):
        assert totals.totals_line(1, {Status.MET: 1}) == (
            "1 indicator: 1 meeting the target."
        )


@given(
    st.sampled_from([0.0, 50.0, 55.0, 80.0, 99.5, 100.0]),
    st.sampled_from([0.04, 0.05, 0.005, 0.0004, 0.00002, 0.000001]),
    st.sampled_from([-1, 1]),
    st.integers(0, 2),
)
def test_no_value_is_rounded_onto_a_target_that_it_is_not_on(target, off, way, places):
    """Neither a target of the definition nor one that it is beside."""
    aimed = indicator(decimals=places)
    level = {"targets": [aimed.targets[0].model_copy(update={"value": target})]}
    aimed, amount = aimed.model_copy(update=level), target + way * off
    written = text.value(aimed, amount)
    assert written != text.value(aimed, target)
    assert float(written[:-2].replace("−", "-").replace(",", ".")) == pytest.approx(
        amount, abs=0.5 * 10.0 ** -text.places(aimed, amount) + 1e-9
    )
    bare = aimed.model_copy(update={"targets": []})
    beside = text.value(bare, amount, targets=(None, target))
    assert beside == written
    assert text.interval(aimed, amount - 3, amount).endswith(f"–{written}")


def test_decimals_that_do_not_add_up_are_no_difference():
    assert text.value(indicator(), 0.1 + 0.2 + 54.7) == f"55,0{NBSP}%"


def test_all_values_of_an_indicator_are_written_in_one_place():
    """A number of decimals of its own would round a value onto the target it misses."""
    app = Path(text.__file__).parents[1]
    rounding = [
        str(one.relative_to(app))
        for one in set(app.rglob("*.py")) - {Path(text.__file__)}
        if re.search(
            r"(number|per_cent)\(.*(value|centre|lower|upper)\b.*decimals",
            one.read_text("utf-8"),
        )
    ]
    assert rounding == []


@pytest.mark.parametrize(
    ("title", "region", "name"),
    [
        ("Cancerplan", "0010", "Cancerplan"),
        ("Cancerplan", "0007", "Region Blekinge: Cancerplan"),
        ("Cancerplan", None, "Region Blekinge: Cancerplan"),
        ("Region Blekinges plan", "0007", "Region Blekinges plan"),
    ],
)
def test_a_plan_of_another_region_is_named_with_whose_it_is(title, region, name):
    plan = Plan(id="plan", title=words(title), region="0010", valid="2025–2027")
    assert text.plan_name(plan, region) == name
