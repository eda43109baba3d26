import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpi.assessment import JUDGED, SHOWN, Status, assess, shortfall
from kpi.model import Direction

HIGHER, LOWER, NEUTRAL = Direction.HIGHER, Direction.LOWER, Direction.NEUTRAL


@pytest.mark.parametrize(
    ("value", "target", "rule", "direction", "tolerance", "status"),
    [
        # at least
        (55.0, 55.0, ">=", HIGHER, 0.0, "met"),
        (55.1, 55.0, ">=", HIGHER, 0.0, "met"),
        (54.9, 55.0, ">=", HIGHER, 0.0, "not_met"),
        (54.9, 55.0, ">=", HIGHER, 5.0, "near"),
        (50.0, 55.0, ">=", HIGHER, 5.0, "near"),
        (49.9, 55.0, ">=", HIGHER, 5.0, "not_met"),
        (0.0, 0.0, ">=", HIGHER, 0.0, "met"),
        # at most
        (10.0, 10.0, "<=", LOWER, 0.0, "met"),
        (9.9, 10.0, "<=", LOWER, 0.0, "met"),
        (10.1, 10.0, "<=", LOWER, 0.0, "not_met"),
        (12.0, 10.0, "<=", LOWER, 2.0, "near"),
        (12.1, 10.0, "<=", LOWER, 2.0, "not_met"),
        # exactly
        (1.0, 1.0, "=", HIGHER, 0.0, "met"),
        (0.0, 1.0, "=", HIGHER, 0.0, "not_met"),
        (2.0, 1.0, "=", HIGHER, 0.0, "not_met"),
        (2.0, 1.0, "=", HIGHER, 1.0, "near"),
        (0.0, 1.0, "=", HIGHER, 1.0, "near"),
        (2.5, 1.0, "=", HIGHER, 1.0, "not_met"),
        # better than last year: the same is not better
        (80.0, 80.0, "better_than_last_year", HIGHER, 0.0, "not_met"),
        (80.1, 80.0, "better_than_last_year", HIGHER, 0.0, "met"),
        (79.9, 80.0, "better_than_last_year", HIGHER, 0.0, "not_met"),
        (80.0, 80.0, "better_than_last_year", HIGHER, 1.0, "near"),
        (79.0, 80.0, "better_than_last_year", HIGHER, 1.0, "near"),
        (78.9, 80.0, "better_than_last_year", HIGHER, 1.0, "not_met"),
        (3.0, 3.0, "better_than_last_year", LOWER, 0.0, "not_met"),
        (2.9, 3.0, "better_than_last_year", LOWER, 0.0, "met"),
        (3.1, 3.0, "better_than_last_year", LOWER, 0.0, "not_met"),
        # better rank: 20 is not better than 20
        (20.0, 20.0, "better_rank_than", LOWER, 0.0, "not_met"),
        (19.0, 20.0, "better_rank_than", LOWER, 0.0, "met"),
        (21.0, 20.0, "better_rank_than", LOWER, 0.0, "not_met"),
        (20.0, 20.0, "better_rank_than", LOWER, 1.0, "near"),
        (21.0, 20.0, "better_rank_than", LOWER, 1.0, "near"),
        (22.0, 20.0, "better_rank_than", LOWER, 1.0, "not_met"),
    ],
)
def test_an_outcome_is_judged_by_its_rule(
    value, target, rule, direction, tolerance, status
):
    assert assess(value, target, rule, direction, tolerance) == status


@pytest.mark.parametrize(
    ("value", "target", "tolerance"),
    [(0.7, 0.8, 0.1), (50.3, 55.3, 5.0), (79.9, 80.0, 0.1), (1.1, 1.2, 0.1)],
)
def test_a_value_exactly_on_the_tolerance_is_near_in_decimals_too(
    value, target, tolerance
):
    assert assess(value, target, ">=", HIGHER, tolerance) == "near"


@pytest.mark.parametrize(("target", "rule"), [(None, None), (55.0, None), (None, ">=")])
def test_without_a_target_there_is_nothing_to_judge(target, rule):
    assert assess(55.0, target, rule, HIGHER) is Status.NO_TARGET


@pytest.mark.parametrize("target", [None, 55.0])
def test_an_outcome_without_a_value_is_never_judged(target):
    with pytest.raises(ValueError, match="without a value is not judged"):
        assess(None, target, ">=", HIGHER)


def test_the_shortfall_is_in_the_indicators_own_unit():
    assert shortfall(50.0, 55.0, ">=", HIGHER) == 5.0
    assert shortfall(60.0, 55.0, ">=", HIGHER) == -5.0
    assert shortfall(60.0, 55.0, "<=", LOWER) == 5.0
    assert shortfall(60.0, 55.0, "=", HIGHER) == 5.0
    assert shortfall(50.0, 55.0, "=", HIGHER) == 5.0
    assert shortfall(21.0, 20.0, "better_rank_than", LOWER) == 1.0
    assert shortfall(50.0, 55.0, "better_than_last_year", HIGHER) == 5.0
    assert shortfall(50.0, 55.0, "better_than_last_year", LOWER) == -5.0
    assert shortfall(50.0, 55.0, "better_than_last_year", NEUTRAL) == 5.0


VALUES = st.integers(-1000, 1000).map(lambda one: one / 4)
RULES = st.sampled_from([">=", "<=", "=", "better_than_last_year", "better_rank_than"])


@given(VALUES, VALUES, RULES, st.sampled_from(list(Direction)), st.integers(0, 50))
def test_more_tolerance_never_makes_the_status_worse(
    value, target, rule, direction, tolerance
):
    order = [Status.NOT_MET, Status.NEAR, Status.MET]
    strict = assess(value, target, rule, direction, 0)
    mild = assess(value, target, rule, direction, tolerance)
    assert order.index(strict) <= order.index(mild)
    assert (strict is Status.MET) == (mild is Status.MET)


@given(VALUES, VALUES, st.integers(0, 50))
def test_at_least_and_at_most_mirror_each_other(value, target, tolerance):
    up = assess(value, target, ">=", HIGHER, tolerance)
    assert up == assess(-value, -target, "<=", LOWER, tolerance)


def test_only_what_is_shown_is_judged():
    assert {str(one) for one in JUDGED} == {"met", "near", "not_met"}
    assert SHOWN - JUDGED == {Status.NO_TARGET, Status.NOT_JUDGED, Status.PLANNED}
    assert len(Status) == 14
