"""Indicators that the producer has counted itself, worked out on paper."""

import pytest

from tests.etl.rows import (
    CLINIC,
    HOSPITAL,
    OTHER_CLINIC,
    REGION,
    SECOND_CLINIC,
    Built,
    Sources,
    byar,
    indicator,
    reported,
    target,
    wilson,
)

SECOND = {"enhet_id": SECOND_CLINIC}
OTHER = {"enhet_id": OTHER_CLINIC}
HIDDEN = (None,) * 5


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    sources = Sources(tmp_path_factory.mktemp("reported"))
    every_quarter = {"frequency": "quarterly", "minimum_denominator": 5}
    sources.define(
        indicator(
            "share",
            **every_quarter,
            tolerance=5,
            targets=[
                target(50, "2026Q1", until="2026Q1"),
                target(60, "2026Q2", unit=SECOND_CLINIC),
                target(50, "2026Q2"),
                target(40, "2026Q2", plan="patient_safety_kronoberg"),
            ],
        ),
        indicator("low", direction="lower", targets=[target(10, "2025", rule="<=")]),
        indicator("whole", targets=[target(100, "2025", rule="=")], tolerance=2),
        indicator(
            "falls",
            kind="rate",
            per=1000,
            direction="lower",
            targets=[target(None, "2026", rule="better_than_last_year")],
        ),
        indicator("score", kind="mean", scale=[1, 5]),
        indicator("deviations", kind="count", denominator=None, direction="neutral"),
        indicator(
            "started",
            kind="milestone",
            denominator=None,
            minimum_denominator=1,
            targets=[target(1, "2026Q2", rule="=")],
        ),
        indicator(
            "staff",
            kind="count",
            denominator=None,
            minimum_denominator=1,
            averaged_over_time=["numerator"],
        ),
        # Only YAML: a new indicator on rows that another dataset has already.
        indicator(
            "seen_together",
            measure={
                "dataset": "ppm",
                "where": {"matning": {"in": ["infarter", "urinkateter"]}},
                "numerator": {"sum": "antal_uppfyller"},
                "denominator": {"sum": "antal_observerade"},
            },
        ),
        indicator("stopped", lifecycle="paused"),
        indicator("planned", lifecycle="under_development", measure=None),
        indicator("in_spring", measured_in=["Q2"]),
    )
    sources.write(
        "matningar/matningar.csv",
        [
            # Newcombe (1998), table I: 81 of 263, 15 of 148, 0 of 20, 1 of 29
            reported("share", "2025Q1", taljare="81", namnare="263"),
            reported("share", "2025Q2", taljare="15", namnare="148"),
            reported("share", "2025Q3", taljare="0", namnare="20"),
            reported("share", "2025Q4", taljare="1", namnare="29"),
            reported("share", "2026Q1", taljare="10", namnare="20"),
            reported("share", "2026Q1", taljare="9", namnare="20", **SECOND),
            reported("share", "2026Q1", taljare="89", namnare="200", **OTHER),
            reported("share", "2026Q2", taljare="10", namnare="20"),
            reported("share", "2026Q2", taljare="12", namnare="20", **SECOND),
            reported("share", "2026Q3", varde="83,4"),
            reported("share", "2026-10", taljare="7", namnare="10"),
            reported("low", "2026Q1", taljare="2", namnare="20"),
            reported("low", "2026Q1", taljare="3", namnare="20", **SECOND),
            reported("whole", "2026Q1", taljare="50", namnare="50"),
            reported("whole", "2026Q1", taljare="49", namnare="50", **SECOND),
            reported("whole", "2026Q1", taljare="48", namnare="50", **OTHER),
            reported("falls", "2025Q1", taljare="12", namnare="4 000"),
            reported("falls", "2026Q1", taljare="10", namnare="4000"),
            reported("falls", "2025Q1", taljare="6", namnare="2000", **SECOND),
            reported("falls", "2026Q1", taljare="6", namnare="2000", **SECOND),
            reported("score", "2026Q1", taljare="45", namnare="10"),
            reported("score", "2026Q1", taljare="15", namnare="10", **SECOND),
            reported("score", "2026Q1", varde="3,2", **OTHER),
            reported("deviations", "2026-01", varde="10"),
            reported("deviations", "2026-02", taljare="14"),
            reported("deviations", "2026-03", varde="0"),
            reported("deviations", "2026Q1", taljare="4", **SECOND),
            reported("deviations", "2026Q1", taljare="0", **OTHER),
            reported("started", "2026Q1", varde="0", enhet_id=REGION),
            reported("started", "2026Q2", varde="1", enhet_id=REGION),
            reported("started", "2026Q3", varde="0", enhet_id=REGION),
            reported("staff", "2026-01", varde="10"),
            reported("staff", "2026-02", varde="13"),
            reported("staff", "2026-03", varde="13"),
            reported("staff", "2026Q1", varde="5", **SECOND),
            reported("stopped", "2026Q1", taljare="10", namnare="20"),
            reported("in_spring", "2025Q2", taljare="10", namnare="20"),
            reported("in_spring", "2026Q1", taljare="MSK", namnare="MSK", **SECOND),
        ],
    )
    ppm = "matdatum;enhet_id;matning;antal_observerade;antal_uppfyller\n"
    ppm += f"2026-03-01;{CLINIC};infarter;12;9\n"
    ppm += f"2026-03-01;{CLINIC};urinkateter;8;7\n"
    ppm += f"2026-03-01;{CLINIC};trycksar;20;1\n"
    sources.write("ppm/ppm.csv", ppm)
    return sources.build()


def test_nothing_was_rejected(built):
    assert built.result.rejections == {}


@pytest.mark.parametrize(
    ("quarter", "lower", "upper"),
    [
        ("2025Q1", 25.44, 36.58),
        ("2025Q2", 6.01, 15.81),
        ("2025Q3", 0.00, 13.91),
        ("2025Q4", 0.17, 15.85),
    ],
)
def test_the_interval_of_a_proportion_is_the_published_one(
    built, quarter, lower, upper
):
    """Newcombe (1998), Statistics in Medicine 17, 857-872, table I, method 6."""
    one = built.outcome("share", CLINIC, quarter)
    assert (one["lower"], one["upper"]) == (
        pytest.approx(lower, abs=0.005),
        pytest.approx(upper, abs=0.005),
    )


def test_on_the_target_is_met_at_the_tolerance_near_and_below_not_met(built):
    # 50, 45 and 44.5 % of 50 % with a tolerance of 5
    assert built.outcome("share", CLINIC, "2026Q1")["status"] == "met"
    assert built.outcome("share", SECOND_CLINIC, "2026Q1")["status"] == "near"
    assert built.outcome("share", OTHER_CLINIC, "2026Q1")["status"] == "not_met"


def test_a_unit_may_have_a_target_of_its_own(built):
    one = built.outcome("share", SECOND_CLINIC, "2026Q2")
    assert (one["value"], one["target"], one["status"]) == (60.0, 60.0, "met")
    one = built.outcome("share", CLINIC, "2026Q2")
    assert (one["value"], one["target"], one["status"]) == (50.0, 50.0, "met")


def test_before_the_first_target_there_is_none(built):
    assert built.status("share", CLINIC, "2025Q4") == ("no_target", None)


def test_a_value_without_counts_stands_for_its_own_unit_and_period_only(built):
    assert built.shown("share", CLINIC, "2026Q3") == (None, None, 83.4, None, None)
    assert built.outcome("share", CLINIC, "2026Q3")["status"] == "met"
    assert built.shown("share", HOSPITAL, "2026Q3") == HIDDEN
    assert built.status("share", HOSPITAL, "2026Q3") == ("not_reported", "no_counts")


def test_a_month_counts_in_the_quarter_it_lies_in(built):
    assert built.counts("share", CLINIC, "2026-10") == (7, 10)
    assert built.counts("share", CLINIC, "2026Q4") == (7, 10)


def test_lower_is_better_where_the_definition_says_so(built):
    assert built.outcome("low", CLINIC, "2026Q1")["status"] == "met"  # 10 of at most 10
    assert built.outcome("low", SECOND_CLINIC, "2026Q1")["status"] == "not_met"


def test_a_target_to_equal(built):
    # 100, 98 and 96 % of exactly 100 % with a tolerance of 2
    assert built.outcome("whole", CLINIC, "2026Q1")["status"] == "met"
    assert built.outcome("whole", SECOND_CLINIC, "2026Q1")["status"] == "near"
    assert built.outcome("whole", OTHER_CLINIC, "2026Q1")["status"] == "not_met"


def test_a_rate_is_per_what_the_definition_says(built):
    # 10 of 4000 is 2.5 per 1000; the interval of the count 10 over 4 thousands
    one = built.outcome("falls", CLINIC, "2026Q1")
    assert (one["numerator"], one["denominator"], one["value"]) == (10, 4000, 2.5)
    lower, upper = byar(10)
    assert (one["lower"], one["upper"]) == (
        pytest.approx(lower / 4),
        pytest.approx(upper / 4),
    )
    # exact Poisson interval of 10: 4.795-18.391
    assert (one["lower"], one["upper"]) == (
        pytest.approx(4.795 / 4, abs=0.005),
        pytest.approx(18.391 / 4, abs=0.005),
    )
    # 16 of 6000 in both clinics
    assert built.outcome("falls", HOSPITAL, "2026Q1")["value"] == pytest.approx(
        2.6666667
    )


def test_a_lower_rate_is_better_than_last_year_and_the_same_is_not(built):
    one = built.outcome("falls", CLINIC, "2026Q1")
    assert (one["target"], one["target_rule"]) == (3.0, "better_than_last_year")
    assert one["status"] == "met"
    one = built.outcome("falls", SECOND_CLINIC, "2026Q1")
    assert (one["value"], one["target"], one["status"]) == (3.0, 3.0, "not_met")


def test_a_mean_lies_on_its_scale(built):
    # 4.5 on 1-5 is 0.875 of the way, of 10 answers
    one = built.outcome("score", CLINIC, "2026Q1")
    assert (one["numerator"], one["denominator"], one["value"]) == (45, 10, 4.5)
    lower, upper = (1 + 4 * bound / 100 for bound in wilson(8.75, 10))
    assert (one["lower"], one["upper"]) == (pytest.approx(lower), pytest.approx(upper))
    # 60 of 20 answers, and a third clinic's 3.2 cannot be added
    assert built.outcome("score", HOSPITAL, "2026Q1")["value"] == 3.0
    assert built.outcome("score", OTHER_CLINIC, "2026Q1")["value"] == 3.2


def test_counts_are_summed_over_time_and_units(built):
    assert built.shown("deviations", CLINIC, "2026Q1")[:3] == (24, None, 24)
    # 24 + 4 + 0, of which the 4 alone are too few to show
    assert built.shown("deviations", REGION, "2026Q1")[:3] == (28, None, 28)
    assert built.status("deviations", SECOND_CLINIC, "2026Q1") == ("too_few",) * 2


def test_a_count_of_zero_is_zero(built):
    assert built.shown("deviations", OTHER_CLINIC, "2026Q1")[:3] == (0, None, 0)
    assert built.shown("deviations", CLINIC, "2026-03")[:3] == (0, None, 0)


def test_a_milestone_is_reached_or_not(built):
    assert built.outcome("started", REGION, "2026Q1")["status"] == "no_target"
    assert built.shown("started", REGION, "2026Q2")[2:] == (1, None, None)
    assert built.outcome("started", REGION, "2026Q2")["status"] == "met"
    assert built.outcome("started", REGION, "2026Q3")["status"] == "not_met"


def test_a_stock_is_averaged_over_the_months_and_summed_over_the_units(built):
    # (10 + 13 + 13) / 3 = 12, and 5 at the second clinic
    assert built.outcome("staff", CLINIC, "2026Q1")["value"] == 12
    assert built.outcome("staff", HOSPITAL, "2026Q1")["value"] == 17


def test_a_new_indicator_on_a_known_dataset_needs_yaml_only(built):
    # 9 of 12 and 7 of 8
    assert built.shown("seen_together", CLINIC, "2026Q1")[:3] == (16, 20, 80.0)


def test_paused_and_under_development_are_said_whatever_was_reported(built):
    assert built.shown("stopped", CLINIC, "2026Q1") == HIDDEN
    assert built.status("stopped", CLINIC, "2026Q1") == ("paused", "paused")
    assert built.status("planned", CLINIC, "2026Q1") == ("under_development",) * 2


def test_not_measured_this_quarter_is_not_the_same_as_not_reported(built):
    assert built.status("in_spring", CLINIC, "2025Q3") == ("not_measured",) * 2
    assert built.status("in_spring", CLINIC, "2026Q2") == ("not_reported",) * 2
    assert built.status("in_spring", OTHER_CLINIC, "2026Q2") == (
        "not_reported",
        "never_reported",
    )
    assert built.status("in_spring", SECOND_CLINIC, "2026Q1") == ("masked", "masked")


def test_twelve_months_that_no_tertials_fill_are_not_twelve_months(tmp_path):
    # April 2025-March 2026 holds two tertials whole, eight months of twelve
    sources = Sources(tmp_path)
    sources.define(indicator("share", frequency="tertially"))
    tertials = ("2025T1", "2025T2", "2025T3", "2026T1")
    sources.write(
        "matningar/m.csv",
        [reported("share", one, taljare="10", namnare="20") for one in tertials],
    )
    built = sources.build()
    assert built.counts("share", CLINIC, "R12-2025Q4") == (30, 60)
    partial = built.outcome("share", CLINIC, "R12-2026Q1")
    assert partial["value"] is None or partial["reason"] is not None


# Counts, a value beside them, and whether both can be true: rounded to the decimals
# that are written, 1 of 3 is 33 or 33.3 or 33.33 %, and no 33.4 %.
BOTH = [
    ("proportion", "1", "3", "33", None),
    ("proportion", "1", "3", "33,3", None),
    ("proportion", "1", "3", "33.33", None),
    ("proportion", "1", "3", "33,4", "contradiction"),
    ("proportion", "1", "3", "34", "contradiction"),
    ("proportion", "1", "8", "12,5", None),
    ("proportion", "1", "8", "13", None),
    ("proportion", "0", "0", "50", "contradiction"),
    ("proportion", "0", "0", "0", None),
    ("proportion", "5", "0", "", "numerator_over_denominator"),
    ("rate", "1", "1000", "1,0", None),
    ("rate", "1", "1000", "1,4", "contradiction"),
    ("rate", "5", "0", "", "numerator_over_denominator"),
    ("rate", "0", "0", "", None),
    ("mean", "40", "10", "4", None),
    ("mean", "40", "10", "4,4", "contradiction"),
    ("mean", "-35", "10", "-3,5", None),
    ("mean", "-35", "0", "", "numerator_over_denominator"),
    ("mean", "", "", "-3,5", None),
    ("count", "5", "", "5,0", None),
    ("count", "5", "", "50", "contradiction"),
    ("count", "", "", "-1", "out_of_range"),
]


def test_a_value_says_what_its_counts_say_as_it_is_written(tmp_path):
    sources = Sources(tmp_path)
    more = {"count": {"denominator": None}, "rate": {"per": 1000}}
    sources.define(
        *(
            indicator(f"both_{nr}", kind=kind, **more.get(kind, {}))
            for nr, (kind, *_) in enumerate(BOTH)
        )
    )
    rows = [
        reported(f"both_{nr}", "2026Q1", taljare=taljare, namnare=namnare, varde=varde)
        for nr, (_, taljare, namnare, varde, _) in enumerate(BOTH)
    ]
    sources.write("matningar/m.csv", rows)
    built = sources.build()
    rejected = {
        row - 1: reason for row, _, _, reason in built.rejections("matningar/m.csv")
    }
    expected = {nr: one[-1] for nr, one in enumerate(BOTH, start=1) if one[-1]}
    assert rejected == expected
    assert (
        "varde='33,4': expected the value of taljare and namnare, rounded as it is "
        "written, or nothing"
    ) in built.messages("matningar/m.csv")


@pytest.fixture(scope="module")
def halves(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """Rows where one of two counts is missing or masked."""
    sources = Sources(tmp_path_factory.mktemp("halves"))
    sources.define(
        *(
            indicator(f"{name}_{of}")
            for name in ("numerator", "denominator", "value")
            for of in ("unit", "month")
        )
    )
    whole = {"taljare": "10", "namnare": "20"}
    lost = {
        "denominator": {"taljare": "5", "namnare": "MSK"},
        "numerator": {"taljare": "MSK", "namnare": "20"},
        "value": {"taljare": "5", "varde": "50"},
    }
    rows = []
    for name, half in lost.items():
        rows += [
            reported(f"{name}_unit", "2026Q1", **whole),
            reported(f"{name}_unit", "2026Q1", **half, **SECOND),
            reported(f"{name}_month", "2026-01", **whole),
            reported(f"{name}_month", "2026-02", **half),
        ]
    sources.write("matningar/matningar.csv", rows)
    return sources.build()


@pytest.mark.parametrize("lost", ["numerator", "denominator"])
def test_half_of_a_masked_fraction_is_in_no_sum(halves, lost):
    # 10 of 20, and one more fraction that nobody may see
    assert halves.counts(f"{lost}_unit", HOSPITAL, "2026Q1") == (10, 20)
    assert halves.counts(f"{lost}_month", CLINIC, "2026Q1") == (10, 20)
    for unit, name in ((HOSPITAL, "unit"), (CLINIC, "month")):
        assert halves.outcome(f"{lost}_{name}", unit, "2026Q1")["reason"] == (
            "partly_masked"
        )
    assert halves.status(f"{lost}_unit", SECOND_CLINIC, "2026Q1") == (
        "masked",
        "masked",
    )


def test_a_numerator_without_its_denominator_is_in_no_sum(halves):
    assert halves.counts("value_unit", HOSPITAL, "2026Q1") == (10, 20)
    assert halves.counts("value_month", CLINIC, "2026Q1") == (10, 20)
