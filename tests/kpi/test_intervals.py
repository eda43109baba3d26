from math import comb, exp, inf, lgamma, log, nan

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpi.intervals import (
    Z95,
    byar_interval,
    mean_interval,
    poisson_interval,
    share_interval,
    wilson_interval,
)
from tests.strategies import proportions

# Newcombe (1998), Stat. Med. 17, 857-872, table I, method 3 (score, no correction).
NEWCOMBE = [
    (81, 263, 0.2553, 0.3662),
    (15, 148, 0.0624, 0.1605),
    (0, 20, 0.0000, 0.1611),
    (1, 29, 0.0061, 0.1718),
]


@pytest.mark.parametrize(("numerator", "denominator", "lower", "upper"), NEWCOMBE)
def test_wilson_gives_the_published_intervals(numerator, denominator, lower, upper):
    found = wilson_interval(numerator, denominator)
    assert found == pytest.approx((lower, upper), abs=0.00005)


@pytest.mark.parametrize(
    ("numerator", "denominator"),
    [(1, 0), (0, 0), (-1, 10), (11, 10), (0, -1), (nan, 10), (1, nan)],
)
def test_what_is_no_proportion_has_no_interval(numerator, denominator):
    with pytest.raises(ValueError, match=f"not a proportion: {numerator} of"):
        wilson_interval(numerator, denominator)


def test_none_and_all_reach_the_ends_exactly():
    assert wilson_interval(0, 7)[0] == 0.0
    assert wilson_interval(7, 7)[1] == 1.0


@given(proportions())
def test_wilson_holds_the_estimate_and_stays_within_0_and_1(counts):
    numerator, denominator = counts
    lower, upper = wilson_interval(numerator, denominator)
    assert 0 <= lower <= numerator / denominator <= upper <= 1


@given(proportions())
def test_those_who_meet_and_those_who_do_not_mirror_each_other(counts):
    numerator, denominator = counts
    lower, upper = wilson_interval(numerator, denominator)
    mirrored = wilson_interval(denominator - numerator, denominator)
    assert mirrored == pytest.approx((1 - upper, 1 - lower), abs=1e-9)


@given(proportions(most=10**5), st.integers(2, 50))
def test_more_cases_of_the_same_share_are_more_certain(counts, times):
    numerator, denominator = counts
    lower, upper = wilson_interval(numerator, denominator)
    narrow = wilson_interval(numerator * times, denominator * times)
    assert narrow[1] - narrow[0] < upper - lower


@given(proportions(most=10**5))
def test_a_wider_quantile_gives_a_wider_interval(counts):
    lower, upper = wilson_interval(*counts)
    wide_lower, wide_upper = wilson_interval(*counts, z=2.575829303548901)
    assert wide_lower <= lower
    assert upper <= wide_upper


# Byar.


def poisson_up_to(count, mean):
    """Return the probability of at most so many events."""
    if count < 0:
        return 0.0
    if mean == 0:
        return 1.0
    return sum(exp(k * log(mean) - mean - lgamma(k + 1)) for k in range(count + 1))


def exact_poisson(count):
    """Return the exact 95 % interval of a count: both tails 2.5 %, by halving."""

    def solved(is_low_enough, high):
        low = 0.0
        for _ in range(100):
            middle = (low + high) / 2
            if is_low_enough(middle):
                low = middle
            else:
                high = middle
        return low

    most = 3 * count + 20.0
    lower = solved(lambda mean: 1 - poisson_up_to(count - 1, mean) < 0.025, most)
    upper = solved(lambda mean: poisson_up_to(count, mean) > 0.025, most)
    return (lower if count else 0.0), upper


def test_the_exact_interval_is_the_one_in_the_tables():
    # Breslow & Day (1987), table 2.10: 10 events, 4.80 to 18.39.
    assert exact_poisson(10) == pytest.approx((4.80, 18.39), abs=0.005)
    assert exact_poisson(0) == pytest.approx((0, 3.69), abs=0.005)


@pytest.mark.parametrize("count", [1, 2, 3, 5, 10, 20, 50, 100, 250])
def test_byar_is_close_to_the_exact_interval(count):
    lower, upper = byar_interval(count)
    exact_lower, exact_upper = exact_poisson(count)
    # Within 0.05 of an event from the exact bounds, though far simpler.
    assert lower == pytest.approx(exact_lower, abs=0.05)
    assert upper == pytest.approx(exact_upper, abs=0.05)


@pytest.mark.parametrize(
    ("count", "lower", "upper"),
    # O(1 - 1/9O - z/3√O)³ and the same of O + 1, worked out by hand to three decimals.
    [(0, 0.0, 3.669), (1, 0.013, 5.564), (4, 1.075, 10.242), (100, 81.362, 121.627)],
)
def test_byar_of_a_few_counts(count, lower, upper):
    assert byar_interval(count) == pytest.approx((lower, upper), abs=0.002)


@pytest.mark.parametrize("count", range(10))
def test_under_ten_events_the_interval_is_exact(count):
    """As in Public Health England's guide: one event, 0.0253 to 5.572."""
    assert poisson_interval(count) == pytest.approx(exact_poisson(count), abs=1e-6)


def test_from_ten_events_the_interval_is_byars():
    assert poisson_interval(1) == pytest.approx((0.0253, 5.5716), abs=1e-4)
    assert poisson_interval(10) == byar_interval(10)
    assert poisson_interval(9.5) == byar_interval(9.5)
    with pytest.raises(ValueError, match="not a count"):
        poisson_interval(-1)


# Shares of whole cases: mid-p.


def mid_p_bound(met, cases):
    """Halve the shares until the tail, half of the last count in it, is 2.5 %."""

    def tail(share):
        terms = [
            comb(cases, one) * share**one * (1 - share) ** (cases - one)
            for one in range(met + 1)
        ]
        return sum(terms[:-1]) + terms[-1] / 2

    low, high = 0.0, 1.0
    for _ in range(60):
        middle = (low + high) / 2
        low, high = (middle, high) if tail(middle) > 0.025 else (low, middle)
    return low


@pytest.mark.parametrize("cases", [1, 2, 5, 10, 17, 80])
def test_the_interval_of_a_share_is_where_its_mid_p_is_2_5_per_cent(cases):
    for met in range(cases):
        assert share_interval(met, cases)[1] == pytest.approx(mid_p_bound(met, cases))
        assert share_interval(cases - met, cases)[0] == pytest.approx(
            1 - mid_p_bound(met, cases)
        )
    assert share_interval(cases, cases)[1] == 1.0
    assert share_interval(0, cases)[0] == 0.0


def test_the_published_mid_p_interval():
    """Newcombe (1998), Stat. Med. 17, 857-872, table I, method 6."""
    published = [(81, 263, 0.2544, 0.3658), (15, 148, 0.0601, 0.1581)]
    published += [(0, 20, 0.0, 0.1391), (1, 29, 0.0017, 0.1585)]
    for met, cases, lower, upper in published:
        assert share_interval(met, cases) == pytest.approx((lower, upper), abs=6e-5)


@given(proportions(most=10**6))
def test_a_share_lies_in_its_interval_and_mirrors(counts):
    met, cases = counts
    lower, upper = share_interval(met, cases)
    assert 0 <= lower <= met / cases <= upper <= 1
    mirrored = share_interval(cases - met, cases)
    assert mirrored == pytest.approx((1 - upper, 1 - lower), abs=1e-12)


def test_fractions_have_wilsons_interval():
    assert share_interval(8.75, 10) == wilson_interval(8.75, 10)
    with pytest.raises(ValueError, match="not a proportion"):
        share_interval(11, 10)


@given(st.one_of(st.just(0.0), st.floats(1e-3, 1e9)))
def test_byar_holds_the_count_and_is_never_negative(count):
    lower, upper = byar_interval(count)
    assert 0 <= lower <= count < upper


@given(st.integers(0, 10**6))
def test_one_event_more_moves_both_bounds_up(count):
    lower, upper = byar_interval(count)
    next_lower, next_upper = byar_interval(count + 1)
    assert lower <= next_lower
    assert upper < next_upper


@pytest.mark.parametrize("count", [-1, -0.001, nan, inf])
def test_what_is_no_count_has_no_interval(count):
    with pytest.raises(ValueError, match="not a count"):
        byar_interval(count)


# Means on a scale.


def test_scores_of_the_end_values_are_a_proportion():
    # 7 answers of 100 and 3 of 0: exactly a share of 7 in 10, Wilson 39.68-89.22.
    found = mean_interval(700, 10, 0, 100)
    assert found == pytest.approx((39.68, 89.22), abs=0.005)
    assert found == pytest.approx([100 * one for one in wilson_interval(7, 10)])


def test_a_scale_may_begin_elsewhere():
    # 20 answers from 1 to 5 with the mean 3.4: 48 of 80 steps, a share of 12 in 20.
    lower, upper = wilson_interval(12, 20)
    expected = (1 + 4 * lower, 1 + 4 * upper)
    assert mean_interval(68, 20, 1, 5) == pytest.approx(expected)


@given(
    st.integers(1, 10**5), st.integers(0, 10**4), st.sampled_from([(0, 100), (1, 5)])
)
def test_the_interval_of_a_mean_holds_it_and_keeps_to_the_scale(answers, share, scale):
    lowest, highest = scale
    mean = lowest + (highest - lowest) * (share / 10**4)
    lower, upper = mean_interval(mean * answers, answers, lowest, highest)
    assert lowest - 1e-9 <= lower <= mean + 1e-9
    assert mean - 1e-9 <= upper <= highest + 1e-9


@given(st.lists(st.integers(0, 100), min_size=1, max_size=60))
def test_the_interval_is_at_least_as_wide_as_one_of_the_scores_themselves(scores):
    # The Wald interval of the mean, from the spread of the scores, for many answers.
    scores = scores * 50
    answers, total = len(scores), sum(scores)
    mean = total / answers
    spread = (sum((one - mean) ** 2 for one in scores) / answers) ** 0.5
    lower, upper = mean_interval(total, answers, 0, 100)
    wald = 2 * Z95 * spread / answers**0.5
    # Wilson's factor n / (n + z²) is the only thing that can make it narrower.
    assert upper - lower >= wald * answers / (answers + Z95**2) - 1e-9


@pytest.mark.parametrize("total", [-1, 1001])
def test_a_mean_outside_its_scale_has_no_interval(total):
    with pytest.raises(ValueError, match="not a proportion"):
        mean_interval(total, 10, 0, 100)
