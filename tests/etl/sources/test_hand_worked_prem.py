"""PREM worked out on paper: scores weighted by answers; fewer than 30 are not shown."""

import pytest

from tests.etl.rows import (
    CLINIC,
    HOSPITAL,
    OTHER_CLINIC,
    REGION,
    SECOND_CLINIC,
    Built,
    Sources,
    prem,
    wilson,
)

OVERALL = "prem_svf_overall"


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    sources = Sources(tmp_path_factory.mktemp("prem"))
    second, other = {"enhet_id": SECOND_CLINIC}, {"enhet_id": OTHER_CLINIC}
    sources.write(
        "prem/prem.csv",
        [
            prem("2025Q1", "40", "80"),
            prem("2025Q1", "60", "90,5", **second),
            prem("2025Q1", "30", "85", **other),
            # a quarter later: exactly as good, better, worse
            prem("2026Q1", "50", "80"),
            prem("2026Q1", "60", "90,6", **second),
            prem("2026Q1", "30", "84,5", **other),
            prem("2026Q2", "29", "99"),
            prem("2026Q2", "MSK", "MSK", **second),
            prem("2026Q2", "0", "-", **other),
            prem("2026Q1", "40", "70", dimension="tillganglighet"),
            prem("2026Q1", "90", "10", enkat="primarvard"),
            # of 2026Q1: two pathways beside the total of 50 answers
            prem("2026Q1", "30", "82", svf="prostata"),
            prem("2026Q1", "20", "77", svf="brost"),
        ],
    )
    # another producer's months without a total of their own: 20 x 80 + 20 x 90
    sources.write(
        "b/prem/prem.csv",
        [
            prem("2026-07", "20", "80", svf="prostata"),
            prem("2026-08", "20", "90", svf="brost"),
        ],
    )
    return sources.build()


def test_scores_are_weighted_by_answers(built):
    # 40 x 80 + 60 x 90.5 = 3200 + 5430 = 8630 of 100
    one = built.outcome(OVERALL, HOSPITAL, "2025Q1")
    assert (one["numerator"], one["denominator"], one["value"]) == (8630, 100, 86.3)
    # the widest spread that scores of 0-100 with this mean can have
    assert (one["lower"], one["upper"]) == tuple(map(pytest.approx, wilson(86.3, 100)))
    # 8630 + 30 x 85 = 11180 of 130 = 86.0
    assert built.shown(OVERALL, REGION, "2025Q1")[:3] == (11180, 130, 86.0)


def test_thirty_answers_are_shown_and_twenty_nine_are_not(built):
    assert built.outcome(OVERALL, OTHER_CLINIC, "2025Q1")["value"] == 85.0
    assert built.shown(OVERALL, CLINIC, "2026Q2") == (None,) * 5
    assert built.status(OVERALL, CLINIC, "2026Q2") == ("too_few", "too_few")


def test_masked_and_no_answers_are_neither_missing_nor_zero(built):
    assert built.status(OVERALL, SECOND_CLINIC, "2026Q2") == ("masked", "masked")
    assert built.status(OVERALL, OTHER_CLINIC, "2026Q2") == ("too_few", "no_cases")
    assert built.shown(OVERALL, SECOND_CLINIC, "2026Q2") == (None,) * 5
    assert built.shown(OVERALL, OTHER_CLINIC, "2026Q2") == (None,) * 5


def test_better_than_last_year_needs_to_be_better(built):
    # last year 80.0, 90.5 and 85.0
    as_good = built.outcome(OVERALL, CLINIC, "2026Q1")
    assert (as_good["value"], as_good["target"]) == (80.0, 80.0)
    assert as_good["target_rule"] == "better_than_last_year"
    better = built.outcome(OVERALL, SECOND_CLINIC, "2026Q1")
    assert (better["target"], better["status"]) == (90.5, "met")
    worse = built.outcome(OVERALL, OTHER_CLINIC, "2026Q1")
    assert worse["status"] == "near"  # 0.5 below, and 1 is near
    assert as_good["status"] == "near"


def test_without_a_value_last_year_there_is_nothing_to_be_better_than(built):
    one = built.outcome(OVERALL, REGION, "2026Q3")
    assert one["target"] is None
    assert built.outcome(OVERALL, CLINIC, "2025Q1")["status"] == "no_target"


def test_a_total_of_the_producer_goes_before_its_parts(built):
    # 50 answers, not 50 + 30 + 20
    assert built.counts(OVERALL, CLINIC, "2026Q1") == (4000, 50)
    assert built.counts(OVERALL, CLINIC, "2026Q1", "svf", "prostata") == (2460, 30)
    assert built.status(OVERALL, CLINIC, "2026Q1", "svf", "brost")[0] == "too_few"


def test_parts_without_a_total_are_summed(built):
    assert built.shown(OVERALL, CLINIC, "2026Q3")[:3] == (3400, 40, 85.0)


def test_each_dimension_is_apart_and_other_surveys_too(built):
    of = (OVERALL, CLINIC, "2026Q1", "dimension")
    assert built.shown(*of, "helhetsintryck")[:3] == (4000, 50, 80.0)
    assert built.shown(*of, "tillganglighet")[:3] == (2800, 40, 70.0)
    assert built.shown("npe_primary_care", CLINIC, "2026Q1")[:3] == (900, 90, 10.0)


def test_a_total_of_a_quarter_and_parts_of_its_months_are_not_added_up(tmp_path):
    # the producer's 100 answers of the quarter hold the 40 of January
    sources = Sources(tmp_path)
    sources.write(
        "prem/prem.csv",
        [prem("2026Q1", "100", "80"), prem("2026-01", "40", "90", svf="brost")],
    )
    assert sources.build().counts(OVERALL, CLINIC, "2026Q1") == (8000, 100)


def test_the_same_score_from_other_numbers_of_answers_is_not_better(tmp_path):
    # 77.4 in both years, but in binary 77.4 x 53 / 53 comes out a little above 77.4
    sources = Sources(tmp_path)
    sources.write(
        "prem/prem.csv", [prem("2025Q1", "30", "77,4"), prem("2026Q1", "53", "77,4")]
    )
    assert sources.build().outcome(OVERALL, CLINIC, "2026Q1")["status"] == "near"
