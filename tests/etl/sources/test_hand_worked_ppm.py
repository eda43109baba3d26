"""Point-prevalence measurements worked out on paper."""

import pytest

from tests.etl.rows import (
    CLINIC,
    HOSPITAL,
    OTHER_CLINIC,
    REGION,
    SECOND_CLINIC,
    Built,
    Sources,
    mid_p,
    prevalence,
)

ULCERS = "pressure_ulcers"


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    sources = Sources(tmp_path_factory.mktemp("ppm"))
    second, other = {"enhet_id": SECOND_CLINIC}, {"enhet_id": OTHER_CLINIC}
    sources.write(
        "ppm/ppm.csv",
        [
            prevalence("20", "3"),
            prevalence("20", "1", matdatum="2026-01-15"),
            prevalence("10", "0", **second),
            prevalence("MSK", "MSK", **other),
            prevalence("20", "2", matning="trycksar_sjukhusforvarvade"),
            prevalence("12", "9", matning="infarter"),
            prevalence("8", "8", matning="urinkateter"),
            prevalence("4", "1", matdatum="2026-05-05"),
            prevalence("0", "0", matdatum="2026-05-05", **second),
            prevalence("30", "MSK", matdatum="2026-05-05", **other),
        ],
    )
    return sources.build()


def test_measurements_of_a_quarter_are_summed(built):
    # 3 of 20 + 1 of 20
    assert built.shown(ULCERS, CLINIC, "2026Q1") == (
        4,
        40,
        10.0,
        *(pytest.approx(bound) for bound in mid_p(4, 40)),
    )
    assert built.counts(ULCERS, CLINIC, "2026-03") == (3, 20)
    assert built.counts(ULCERS, HOSPITAL, "2026Q1") == (4, 50)


def test_none_of_ten_is_zero_per_cent(built):
    assert built.shown(ULCERS, SECOND_CLINIC, "2026Q1") == (
        0,
        10,
        0.0,
        0.0,
        pytest.approx(mid_p(0, 10)[1]),
    )


def test_masked_too_few_nobody_and_not_reported_are_four_things(built):
    hidden = (None,) * 5
    for unit, period, status in (
        (OTHER_CLINIC, "2026Q1", ("masked", "masked")),
        (OTHER_CLINIC, "2026Q2", ("masked", "masked")),
        (CLINIC, "2026Q2", ("too_few", "too_few")),
        (SECOND_CLINIC, "2026Q2", ("too_few", "no_cases")),
    ):
        assert built.shown(ULCERS, unit, period) == hidden
        assert built.status(ULCERS, unit, period) == status
    # a unit that never took part has a row that says so
    one = built.outcome("line_care_compliance", SECOND_CLINIC, "2026")
    assert (one["value"], one["reason"]) == (None, "never_reported")


def test_the_sum_over_a_masked_unit_says_so(built):
    assert built.counts(ULCERS, REGION, "2026Q1") == (4, 50)
    assert built.status(ULCERS, REGION, "2026Q1") == ("no_target", "partly_masked")


def test_each_measurement_is_an_indicator_of_its_own(built):
    for indicator, counts in (
        ("pressure_ulcers_hospital_acquired", (2, 20)),
        ("line_care_compliance", (9, 12)),
        ("urinary_catheter_compliance", (8, 8)),
    ):
        assert built.counts(indicator, CLINIC, "2026Q1") == counts


def test_all_of_eight_is_a_hundred_per_cent_with_room_below(built):
    lower, upper = built.shown("urinary_catheter_compliance", CLINIC, "2026Q1")[3:]
    assert (lower, upper) == (pytest.approx(mid_p(8, 8)[0]), 100.0)
