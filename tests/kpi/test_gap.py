from math import isclose

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpi.assessment import Status, assess
from kpi.gap import cases_to_target
from kpi.model import Direction


@pytest.mark.parametrize(
    ("numerator", "denominator", "target", "rule", "expected"),
    [
        (42, 100, 55, ">=", 13),
        (55, 100, 55, ">=", 0),
        (60, 100, 55, ">=", 0),
        # 0.55 * 20 is 11.000000000000002 in floating point
        (10, 20, 55, ">=", 1),
        (2, 3, 80, ">=", 1),
        (0, 7, 100, "=", 7),
        (7, 7, 100, "=", 0),
        (7, 7, 50, "=", -4),
        (12, 100, 10, "<=", -2),
        (10, 100, 10, "<=", 0),
        (1, 30, 2.5, "<=", -1),
        (50, 100, 50, "better_than_last_year", 1),
        (49, 100, 50.5, "better_than_last_year", 2),
        (51, 100, 50, "better_than_last_year", 0),
        (0, 0, 50, ">=", 0),
    ],
)
def test_cases_that_would_have_met_the_target(
    numerator, denominator, target, rule, expected
):
    assert cases_to_target(numerator, denominator, target, rule) == expected


def test_a_lower_value_than_last_year_needs_fewer_cases():
    rule, lower = "better_than_last_year", Direction.LOWER
    assert cases_to_target(10, 100, 10, rule, lower) == -1
    assert cases_to_target(9, 100, 10, rule, lower) == 0


@pytest.mark.parametrize(
    "counts", [(None, 100, 55, ">="), (42, None, 55, ">="), (42, 100, None, ">=")]
)
def test_without_counts_or_target_there_is_no_answer(counts):
    assert cases_to_target(*counts) is None


def test_a_place_in_a_ranking_has_no_cases():
    assert cases_to_target(20, 21, 20, "better_rank_than") is None


counts = st.integers(1, 5000).flatmap(
    lambda n: st.tuples(st.integers(0, n), st.just(n), st.integers(0, 1000))
)


@given(counts)
def test_so_many_more_cases_meet_the_target_and_one_less_does_not(drawn):
    numerator, denominator, tenths = drawn
    target = tenths / 10
    more = cases_to_target(numerator, denominator, target, ">=")

    def status(cases: int) -> Status:
        value = 100 * cases / denominator
        # the division rounds; exactly on the target is the target
        value = target if isclose(value, target, rel_tol=1e-12) else value
        return assess(value, target, ">=", Direction.HIGHER)

    assert status(numerator + more) is Status.MET
    if more:
        assert status(numerator + more - 1) is Status.NOT_MET
