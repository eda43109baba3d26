"""SVF inclusion worked out on paper: treated in a pathway, per expected cancer case."""

import pytest

from tests.etl.rows import REGION, Built, Sources, byar, inclusion

INCLUSION = "svf_inclusion"


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    sources = Sources(tmp_path_factory.mktemp("inclusion"))
    sources.write(
        "svf/svf_inklusion.csv",
        [
            inclusion("2025Q1", "70", "100"),
            # its own total of 66 goes before the parts, whatever they sum to
            inclusion("2025Q2", "66", "100"),
            inclusion("2025Q2", "20", "20", svf="brost"),
            inclusion("2025Q2", "50", "60", svf="prostata"),
            # no total: the parts are summed, 30 + 40 of 25 + 32,5
            inclusion("2025Q3", "30", "25", svf="brost"),
            inclusion("2025Q3", "40", "32,5", svf="prostata"),
            inclusion("2025Q4", "MSK", "MSK"),
            inclusion("2026Q1", "3", "4,9"),
            inclusion("2026Q2", "0", "90"),
            inclusion("2026Q3", "69", "100"),
        ],
    )
    return sources.build()


def test_seventy_of_a_hundred_is_exactly_on_the_national_target(built):
    one = built.outcome(INCLUSION, REGION, "2025Q1")
    assert (one["numerator"], one["denominator"], one["value"]) == (70, 100, 70.0)
    assert (one["target"], one["target_level"], one["status"]) == (
        70.0,
        "national",
        "met",
    )
    lower, upper = byar(70)
    # 100 expected cases, so the count's interval is that of the share as well
    assert (one["lower"], one["upper"]) == (pytest.approx(lower), pytest.approx(upper))
    # the exact Poisson interval of 70 is 54.57-88.44
    assert (one["lower"], one["upper"]) == (
        pytest.approx(54.57, abs=0.05),
        pytest.approx(88.44, abs=0.05),
    )


def test_one_below_the_target_is_near(built):
    assert built.shown(INCLUSION, REGION, "2026Q3")[:3] == (69, 100, 69.0)
    assert built.status(INCLUSION, REGION, "2026Q3") == ("near", None)


def test_the_regions_own_total_goes_before_the_sum_of_its_parts(built):
    assert built.counts(INCLUSION, REGION, "2025Q2") == (66, 100)
    assert built.counts(INCLUSION, REGION, "2025Q2", "svf", "brost") == (20, 20)
    assert built.counts(INCLUSION, REGION, "2025Q2", "svf", "prostata") == (50, 60)


def test_parts_without_a_total_are_summed_and_may_exceed_a_hundred_per_cent(built):
    # 70 of 57.5 is 121.7 %
    one = built.outcome(INCLUSION, REGION, "2025Q3")
    assert (one["numerator"], one["denominator"]) == (70, 57.5)
    assert one["value"] == pytest.approx(121.7391304)
    assert one["status"] == "met"
    assert one["upper"] > one["value"] > one["lower"] > 0


def test_masked_too_few_zero_and_not_reported_are_four_things(built):
    assert built.shown(INCLUSION, REGION, "2025Q4") == (None,) * 5
    assert built.status(INCLUSION, REGION, "2025Q4") == ("masked", "masked")
    assert built.shown(INCLUSION, REGION, "2026Q1") == (None,) * 5
    assert built.status(INCLUSION, REGION, "2026Q1") == ("too_few", "too_few")
    assert built.shown(INCLUSION, REGION, "2026Q2")[:4] == (0, 90, 0.0, 0.0)
    assert built.status(INCLUSION, REGION, "2026Q2") == ("not_met", None)


def test_a_year_with_a_masked_quarter_says_that_it_is_partly_masked(built):
    # 70 + 66 + 70 of 100 + 100 + 57.5
    assert built.counts(INCLUSION, REGION, "2025") == (206, 257.5)
    assert built.status(INCLUSION, REGION, "2025") == ("met", "partly_masked")


def test_a_tertial_of_quarters_has_no_value(built):
    for tertial in ("2025T1", "2025T2"):
        assert built.counts(INCLUSION, REGION, tertial) == (None, None)
        assert built.status(INCLUSION, REGION, tertial) == (
            "other_periods",
            "not_nested",
        )
