import random
from math import comb, exp

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpi.evidence import (
    Change,
    Estimate,
    Evidence,
    Movement,
    change,
    detectable_gap,
    evidence,
    p_of_deviation,
)
from kpi.intervals import (
    byar_interval,
    poisson_interval,
    share_interval,
    wilson_interval,
)
from kpi.model import Direction, Kind
from tests.kpi.conformance import Comparison, largest_difference
from tests.strategies import proportions

HIGHER, LOWER, NEUTRAL = Direction.HIGHER, Direction.LOWER, Direction.NEUTRAL
REACHES, MISSES = Evidence.REACHES, Evidence.DOES_NOT_REACH
CANNOT_TELL = Evidence.CANNOT_TELL


def share(numerator, denominator):
    lower, upper = share_interval(numerator, denominator)
    return Estimate(numerator / denominator, lower, upper)


def score(numerator, denominator):
    """With the interval that Newcombe's method 10 is of."""
    lower, upper = wilson_interval(numerator, denominator)
    return Estimate(numerator / denominator, lower, upper)


# Evidence of a target.


@pytest.mark.parametrize(
    ("lower", "upper", "target", "rule", "expected"),
    [
        (60, 75, 80, ">=", MISSES),
        (60, 80, 80, ">=", CANNOT_TELL),  # the interval ends on the target
        (60, 85, 80, ">=", CANNOT_TELL),
        (80, 95, 80, ">=", REACHES),
        (81, 95, 80, ">=", REACHES),
        (60, 75, 80, "<=", REACHES),
        (60, 80, 80, "<=", REACHES),
        (80, 95, 80, "<=", CANNOT_TELL),
        (81, 95, 80, "<=", MISSES),
        (81, 95, 80, "=", MISSES),
        (60, 75, 80, "=", MISSES),
        (60, 95, 80, "=", CANNOT_TELL),
        (80, 80, 80, "=", REACHES),
    ],
)
def test_the_interval_decides(lower, upper, target, rule, expected):
    value = (lower + upper) / 2
    assert evidence(Estimate(value, lower, upper), target, rule) is expected


def test_a_target_of_all_cannot_be_told_but_one_miss_of_twenty_can():
    assert evidence(share(20, 20), 1.0, ">=") is CANNOT_TELL
    assert evidence(share(19, 20), 1.0, ">=") is MISSES
    assert evidence(share(0, 20), 0.0, "<=") is CANNOT_TELL
    assert evidence(share(1, 20), 0.0, "<=") is MISSES


@pytest.mark.parametrize("rule", ["better_than_last_year", "better_rank_than", None])
def test_what_is_not_compared_with_a_fixed_number_has_no_evidence(rule):
    assert evidence(Estimate(50, 40, 60), 80, rule) is None


def test_without_interval_or_target_there_is_no_evidence():
    assert evidence(None, 80, ">=") is None
    assert evidence(Estimate(50, 40, 60), None, ">=") is None


@given(proportions(most=500), st.integers(0, 100))
def test_more_and_fewer_mirror_each_other(counts, per_cent):
    numerator, denominator = counts
    one = share(numerator, denominator)
    mirrored = Estimate(1 - one.value, 1 - one.upper, 1 - one.lower)
    target = per_cent / 100
    if min(abs(target - one.lower), abs(target - one.upper)) < 1e-12:
        return
    found = evidence(one, target, ">=")
    assert evidence(mirrored, 1 - target, "<=") is found


# The gap that so many cases can show.


@pytest.mark.parametrize(
    ("cases", "points"), [(20, 27), (34, 21), (50, 17), (100, 12.5), (200, 8.5)]
)
def test_what_so_many_cases_can_show_at_a_target_of_80_per_cent(cases, points):
    assert detectable_gap(cases, 80, HIGHER) == pytest.approx(points, abs=0.25)


def chance_to_show(cases, target, true):
    """Add up every count that would be told as not reaching the target."""
    return sum(
        comb(cases, count) * true**count * (1 - true) ** (cases - count)
        for count in range(cases + 1)
        if evidence(share(count, cases), target, ">=") is MISSES
    )


@given(st.integers(1, 60), st.integers(1, 99))
def test_the_gap_shows_four_times_in_five_and_a_smaller_one_less_often(cases, target):
    gap = detectable_gap(cases, target, HIGHER)
    if gap is None:
        assert chance_to_show(cases, target / 100, 0.0) == 0
        return
    true = (target - gap) / 100
    assert chance_to_show(cases, target / 100, true) == pytest.approx(0.8, abs=1e-6)
    assert chance_to_show(cases, target / 100, true + 0.001) < 0.8


@given(st.integers(1, 300), st.integers(0, 100))
def test_the_gap_is_the_same_where_lower_is_better(cases, target):
    gap, mirrored = (
        detectable_gap(cases, target, HIGHER),
        detectable_gap(cases, 100 - target, LOWER),
    )
    assert (gap is None) == (mirrored is None)
    if gap is not None:
        assert mirrored == pytest.approx(gap, abs=1e-9)


def test_a_gap_that_no_count_shows_is_none():
    assert detectable_gap(3, 5, HIGHER) is None
    assert detectable_gap(10, 0, HIGHER) is None


@pytest.mark.parametrize(
    ("cases", "target", "direction"),
    [(0, 80, HIGHER), (None, 80, HIGHER), (34, None, HIGHER), (34, 80, NEUTRAL)],
)
def test_without_cases_target_or_direction_there_is_no_gap(cases, target, direction):
    assert detectable_gap(cases, target, direction) is None


@pytest.mark.parametrize("target", [-1, 101])
def test_a_target_that_is_no_share_has_no_gap(target):
    with pytest.raises(ValueError, match=f"expected a target of 0-100 %, got {target}"):
        detectable_gap(34, target, HIGHER)


def test_the_gap_comes_up_as_often_when_it_is_tried():
    dice = random.Random(1)
    true = 0.8 - detectable_gap(34, 80, HIGHER) / 100
    tries = 4000
    shown = sum(
        evidence(share(sum(dice.random() < true for _ in range(34)), 34), 0.8, ">=")
        is MISSES
        for _ in range(tries)
    )
    assert shown / tries == pytest.approx(0.8, abs=0.025)  # four standard errors


# The probability of a deviation.


def test_p_of_a_share_by_hand():
    # 0 of 4 at 50 %: half of 1/16, twice
    assert p_of_deviation(Kind.PROPORTION, 0, 4, 50) == pytest.approx(1 / 16)
    assert p_of_deviation(Kind.PROPORTION, 20, 20, 100) == 1.0
    assert p_of_deviation(Kind.PROPORTION, 19, 20, 100) == 0.0


def test_p_of_a_rate_and_of_a_count_are_poisson():
    # expected 2 of 1 000 at 2 per 1 000; none: exp(-2), twice
    one = p_of_deviation(Kind.RATE, 0, 1000.0, 2, per=1000)
    assert one == pytest.approx(2 * exp(-2))
    assert p_of_deviation(Kind.COUNT, 0, None, 2, per=1000) == pytest.approx(one)


def test_the_same_deviation_is_less_likely_with_more_cases():
    few, many = (p_of_deviation(Kind.PROPORTION, 7 * n, 10 * n, 80) for n in (1, 10))
    assert many < few


@pytest.mark.parametrize(
    ("kind", "numerator", "denominator", "target"),
    [
        (Kind.PROPORTION, None, 10, 80),
        (Kind.PROPORTION, 8, None, 80),
        (Kind.PROPORTION, 0, 0, 80),
        (Kind.PROPORTION, 8, 10, None),
        (Kind.PROPORTION, 8.5, 10, 80),
        (Kind.PROPORTION, 8, 10.5, 80),
        (Kind.MEAN, 800, 10, 80),
        (Kind.RANK, 8, 21, 10),
        (Kind.MILESTONE, 1, None, 1),
    ],
)
def test_values_without_whole_counts_have_no_p(kind, numerator, denominator, target):
    assert p_of_deviation(kind, numerator, denominator, target) is None


@pytest.mark.parametrize(
    ("numerator", "target"), [(11, 80), (8, 101), (8, -1)], ids=["many", "high", "low"]
)
def test_what_is_no_share_has_no_p(numerator, target):
    with pytest.raises(ValueError, match=f"{numerator} of 10 has no target of"):
        p_of_deviation(Kind.PROPORTION, numerator, 10, target)


# One account of how sure an outcome is.


@pytest.mark.parametrize("target", [50, 80, 90, 95, 97, 99])
@pytest.mark.parametrize("cases", [5, 8, 17, 20, 40, 150])
def test_interval_evidence_and_p_of_a_share_say_the_same(cases, target):
    for met in range(cases + 1):
        lower, upper = (100 * one for one in share_interval(met, cases))
        estimate = Estimate(100 * met / cases, lower, upper)
        p = p_of_deviation(Kind.PROPORTION, met, cases, target)
        is_far = p < 0.05
        assert is_far == (not lower <= target <= upper)
        is_missed = is_far and 100 * met < target * cases
        assert (evidence(estimate, target, ">=") is MISSES) == is_missed
        assert (evidence(estimate, target, ">=") is REACHES) == (is_far > is_missed)


@pytest.mark.parametrize("expected", [0.3, 1.0, 2.5, 7.7, 9.3, 12.0, 40.5])
def test_interval_and_p_of_events_say_the_same(expected):
    for events in range(80):
        lower, upper = poisson_interval(events)
        p = p_of_deviation(Kind.COUNT, events, None, expected)
        assert (p < 0.05) == (not lower <= expected <= upper)
        of_rate = p_of_deviation(Kind.RATE, events, 500.0, 2 * expected, per=1000)
        assert of_rate == pytest.approx(p)


def test_sixteen_of_seventeen_do_not_show_a_target_of_99_per_cent_missed():
    """Wilson's interval ends at 98.95 %, and chance gives as few once in six times."""
    assert wilson_interval(16, 17)[1] < 0.99 < share_interval(16, 17)[1]
    assert evidence(share(16, 17), 0.99, ">=") is CANNOT_TELL
    assert p_of_deviation(Kind.PROPORTION, 16, 17, 99) == pytest.approx(0.169, abs=5e-4)


def called_missed(cases, target):
    """How often a unit that is exactly on its target is told not to reach it."""
    return sum(
        comb(cases, met) * target**met * (1 - target) ** (cases - met)
        for met in range(cases + 1)
        if evidence(share(met, cases), target, ">=") is MISSES
    )


@pytest.mark.parametrize("low", [5, 10, 20, 50, 100])
def test_a_unit_on_its_target_is_seldom_told_not_to_reach_it(low):
    """In 3 % at most over the sizes, and in none in more than 5 %."""
    false = [
        called_missed(cases, target)
        for cases in range(low, 2 * low)
        for target in (0.8, 0.9, 0.95, 0.97, 0.98, 0.99)
    ]
    assert sum(false) / len(false) <= 0.03
    assert max(false) < 0.05


def test_p_of_few_events_is_exact_and_of_many_byars():
    # P(0) is e^-4: twice that. Byar's ends of ten events are at 4.79 and 18.39.
    assert p_of_deviation(Kind.COUNT, 0, None, 4) == pytest.approx(2 * exp(-4))
    for bound in byar_interval(10):
        assert p_of_deviation(Kind.COUNT, 10, None, bound) == pytest.approx(0.05)
    assert p_of_deviation(Kind.COUNT, 10, None, 10) == 1.0


# Change between periods.

NEWCOMBE = [  # Newcombe (1998), Stat. Med. 17, 873-890, table II, method 10
    (56, 70, 48, 80, 0.0524, 0.3339),
    (9, 10, 3, 10, 0.1705, 0.8090),
    (6, 7, 2, 7, 0.0582, 0.8062),
    (5, 56, 0, 29, -0.0381, 0.1926),
    (0, 10, 0, 20, -0.1611, 0.2775),
    (0, 10, 0, 10, -0.2775, 0.2775),
    (10, 10, 0, 20, 0.6791, 1.0000),
    (10, 10, 0, 10, 0.6075, 1.0000),
]


def bounds(met, cases, met_before, cases_before):
    found = change(score(met, cases), score(met_before, cases_before), HIGHER)
    return round(found.lower, 4), round(found.upper, 4)


def comparisons():
    pairs = [
        pair
        for *counts, lower, upper in NEWCOMBE
        for pair in zip(bounds(*counts), (lower, upper), strict=True)
    ]
    return [
        Comparison(
            "Newcombe (1998), table II, method 10",
            "95 % interval of a difference of two shares, to four decimals",
            len(pairs),
            largest_difference(pairs),
        )
    ]


def test_the_change_has_the_published_intervals():
    assert [one for one in comparisons() if not one.is_in_full] == []


@pytest.fixture(scope="module")
def statsmodels():
    return pytest.importorskip("statsmodels.stats.proportion")


@given(now=proportions(most=1000), before=proportions(most=1000))
def test_the_change_agrees_with_another_program(statsmodels, now, before):
    found = change(score(*now), score(*before), HIGHER)
    theirs = statsmodels.confint_proportions_2indep(
        *now, *before, method="newcomb", compare="diff"
    )
    assert (found.lower, found.upper) == pytest.approx(theirs, abs=1e-9)


@pytest.mark.parametrize(
    ("now", "direction", "expected"),
    [
        (90, HIGHER, Movement.IMPROVED),
        (90, LOWER, Movement.WORSENED),
        (90, NEUTRAL, Movement.CHANGED),
        (30, HIGHER, Movement.WORSENED),
        (30, LOWER, Movement.IMPROVED),
        (62, HIGHER, Movement.CANNOT_TELL),
        (62, NEUTRAL, Movement.CANNOT_TELL),
    ],
)
def test_the_movement_of_a_change_from_60_of_100(now, direction, expected):
    assert change(score(now, 100), score(60, 100), direction).movement is expected


def test_a_rate_changes_by_the_distances_to_its_own_bounds():
    # 30 and 10 of 1 000: byar 20.24-42.83 and 4.79-18.39
    def rate(events):
        lower, upper = byar_interval(events)
        return Estimate(events, lower, upper)

    found = change(rate(30), rate(10), LOWER)
    assert found.difference == 20
    assert found.lower == pytest.approx(20 - (9.76**2 + 8.39**2) ** 0.5, abs=0.02)
    assert found.upper == pytest.approx(20 + (12.83**2 + 5.21**2) ** 0.5, abs=0.02)
    assert found.movement is Movement.WORSENED


@given(proportions(most=1000), proportions(most=1000))
def test_the_way_back_is_the_same_change_mirrored(now, before):
    there = change(score(*now), score(*before), HIGHER)
    back = change(score(*before), score(*now), LOWER)
    assert back.movement is there.movement
    assert (back.lower, back.upper) == pytest.approx((-there.upper, -there.lower))


@given(proportions(most=1000))
def test_no_change_is_never_more_than_chance(counts):
    found = change(score(*counts), score(*counts), HIGHER)
    assert isinstance(found, Change)
    assert found.difference == 0
    assert found.movement is Movement.CANNOT_TELL
