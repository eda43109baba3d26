import random
from fractions import Fraction
from math import comb

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import betabinom

from kpi.assessment import Status, assess
from kpi.forecast import Outlook, Tally, cases_expected, forecast
from kpi.model import Direction
from kpi.period import Period

HIGHER, LOWER = Direction.HIGHER, Direction.LOWER


def months(year, first, last):
    return [Period.parse(f"{year}-{n:02}") for n in range(first, last + 1)]


# How many cases to expect.


def test_as_many_cases_are_expected_as_in_the_same_months_last_year():
    seen = {month: 10 * month.number for month in months(2025, 1, 12)}
    assert cases_expected(months(2026, 10, 12), seen) == 100 + 110 + 120


def test_quarters_do_as_well_as_months():
    seen = {Period.parse("2025Q4"): 61}
    assert cases_expected([Period.parse("2026Q4")], seen) == 61


def test_nothing_remaining_is_no_cases():
    assert cases_expected([], {}) == 0


@pytest.mark.parametrize("missing", [{}, {Period.parse("2025-12"): None}])
def test_a_month_missing_last_year_leaves_the_number_unknown(missing):
    seen = {month: 10 for month in months(2025, 1, 11)} | missing
    assert cases_expected(months(2026, 10, 12), seen) is None


# What the rest must reach.


def test_42_of_the_remaining_61():
    # 80 % of 99 + 61 is 128; 86 have met it.
    found = forecast(Tally(86, 99), 61, 80, ">=")
    assert (found.bound, found.is_at_least, found.remaining) == (42, True, 61)
    assert found.outlook is Outlook.OPEN
    assert 0.9 < found.probability < 1


def test_at_most_so_many_where_lower_is_better():
    # 10 % of 100 is 10; 7 are already used up.
    found = forecast(Tally(7, 60), 40, 10, "<=")
    assert (found.bound, found.is_at_least) == (3, False)
    assert found.outlook is Outlook.OPEN


@pytest.mark.parametrize(
    ("so_far", "remaining", "target", "rule", "bound", "outlook", "probability"),
    [
        ((80, 80), 20, 80, ">=", 0, Outlook.CERTAIN, 1),
        ((90, 90), 10, 80, ">=", -10, Outlook.CERTAIN, 1),
        ((0, 21), 79, 80, ">=", 80, Outlook.IMPOSSIBLE, 0),
        ((79, 99), 1, 80, ">=", 1, Outlook.OPEN, None),
        ((80, 100), 0, 80, ">=", 0, Outlook.MET, 1),
        ((79, 100), 0, 80, ">=", 1, Outlook.NOT_MET, 0),
        ((0, 90), 10, 10, "<=", 10, Outlook.CERTAIN, 1),
        ((11, 90), 10, 10, "<=", -1, Outlook.IMPOSSIBLE, 0),
        ((10, 100), 0, 10, "<=", 0, Outlook.MET, 1),
        ((11, 100), 0, 10, "<=", -1, Outlook.NOT_MET, 0),
        # All or none: one that misses settles it.
        ((50, 50), 10, 100, "=", 10, Outlook.OPEN, None),
        ((49, 50), 10, 100, "=", 11, Outlook.IMPOSSIBLE, 0),
        ((0, 50), 10, 0, "=", 0, Outlook.OPEN, None),
        ((1, 50), 10, 0, "=", -1, Outlook.IMPOSSIBLE, 0),
        # Strictly better than last year's share.
        ((79, 99), 1, 80, "better_than_last_year", 2, Outlook.IMPOSSIBLE, 0),
        ((80, 99), 1, 80, "better_than_last_year", 1, Outlook.OPEN, None),
        ((80, 100), 0, 80, "better_than_last_year", 1, Outlook.NOT_MET, 0),
        ((0, 0), 10, 80, ">=", 8, Outlook.OPEN, None),
    ],
)
def test_how_the_year_stands(
    so_far, remaining, target, rule, bound, outlook, probability
):
    found = forecast(Tally(*so_far), remaining, target, rule)
    assert (found.bound, found.outlook) == (bound, outlook)
    if probability is None:
        assert 0 < found.probability < 1
    else:
        assert found.probability == probability


def test_fewer_than_last_year_where_lower_is_better():
    # 10 % of 100 is 10, and 10 is not better.
    found = forecast(Tally(5, 60), 40, 10, "better_than_last_year", LOWER)
    assert (found.bound, found.is_at_least) == (4, False)


@pytest.mark.parametrize(
    ("so_far", "remaining", "target", "rule"),
    [
        ((0, 0), 0, 80, ">="),
        ((8, 10), None, 80, ">="),
        ((8, 10), 5, None, ">="),
        ((8, 10), 5, 80, None),
        ((8, 10), 5, 80, "="),
        ((8, 10), 5, 20, "better_rank_than"),
    ],
)
def test_without_cases_target_or_a_rule_of_shares_there_is_no_forecast(
    so_far, remaining, target, rule
):
    assert forecast(Tally(*so_far), remaining, target, rule) is None


def test_what_is_no_proportion_is_refused():
    with pytest.raises(ValueError, match="not a proportion: 11 of 10"):
        forecast(Tally(11, 10), 5, 80, ">=")
    with pytest.raises(ValueError, match="not a proportion: 3 of 2"):
        forecast(Tally(1, 10), 5, 80, ">=", last_year=Tally(3, 2))
    with pytest.raises(ValueError, match="expected 0 or more remaining cases, got -1"):
        forecast(Tally(1, 10), -1, 80, ">=")


# How likely it is.


def test_the_probability_by_hand():
    # Nothing known but Jeffreys' half a case each way: the one case remaining meets it
    # with one half; after 1 of 1 with 1.5 / 2.
    def level(so_far, remaining):
        return forecast(so_far, remaining, 100, ">=", quarters_vary=0).probability

    assert level(Tally(0, 0), 1) == pytest.approx(0.5)
    assert level(Tally(1, 1), 1) == pytest.approx(0.75)
    # Two in a row after 1 of 1: 1.5 / 2 * 2.5 / 3.
    assert level(Tally(1, 1), 2) == pytest.approx(0.625)


def test_quarters_that_vary_by_hand():
    """80 of 100 with 300 to come: a quarter known, the mean of three to be."""
    # Jeffreys: 80.5 of 101. Share s = 0.797030, s(1 - s) = 0.161773. Variance
    # 0.161773 / 102 + (0.2 * 0.161773)² * (1 + 1/3) = 0.0015860 + 0.0013958, as of
    # 0.161773 / 0.0029818 - 1 = 53.25 cases.
    loose = forecast(Tally(80, 100), 300, 80, ">=")
    fewer = 0.161773 / 0.0029818 - 1
    counts = np.arange(loose.bound, 301)
    shape = fewer * 0.797030, fewer * 0.202970
    expected = betabinom.pmf(counts, 300, *shape).sum()
    assert loose.probability == pytest.approx(expected, abs=1e-4)


def calibrated(cases, spread, drift, tries=1500, seed=20260103):
    """Years of quarters that vary, the target near the level; what was said and came.

    Returns:
        For each fifth of the probabilities said: their mean and how often it came.
    """
    dice = np.random.default_rng(seed)
    said, came = [], []
    for _ in range(tries):
        level = dice.beta(16, 4)
        base = np.log(level / (1 - level))
        logits = base + spread * dice.standard_normal(4)
        logits += drift * dice.standard_normal() * np.arange(4)
        sizes = dice.poisson(cases, 4) + 1
        met = dice.binomial(sizes, 1 / (1 + np.exp(-logits)))
        last = int(dice.binomial(4 * cases, level))
        until = int(dice.integers(1, 4))
        target = float(np.clip(round(100 * level + 4 * dice.standard_normal()), 40, 99))
        found = forecast(
            Tally(int(met[:until].sum()), int(sizes[:until].sum())),
            int(sizes[until:].sum()),
            target,
            ">=",
            HIGHER,
            Tally(last, 4 * cases),
        )
        if found.outlook is Outlook.OPEN:
            said.append(found.probability)
            came.append(100 * met.sum() >= target * sizes.sum())
    fifth = np.minimum((np.array(said) * 5).astype(int), 4)
    return [
        (np.mean(np.array(said)[fifth == at]), np.mean(np.array(came)[fifth == at]))
        for at in range(5)
    ]


@pytest.mark.parametrize(
    ("cases", "spread", "drift", "off"),
    [
        (25, 0.0, 0.0, 0.09),
        (25, 0.2, 0.0, 0.09),
        (100, 0.15, 0.05, 0.1),
        (500, 0.2, 0.0, 0.1),
        (100, 0.2, 0.15, 0.1),
    ],
)
def test_what_is_said_comes_about_as_often(cases, spread, drift, off):
    """Of some 200 years in each fifth, so by chance within 0.09."""
    for said, came in calibrated(cases, spread, drift):
        assert came == pytest.approx(said, abs=off)


def test_of_a_year_of_one_level_less_is_said_than_comes():
    """500 cases a quarter that never vary: the forecast is cautious, on both sides."""
    pairs = calibrated(500, 0.0, 0.0)
    assert pairs[0][1] <= pairs[0][0] + 0.02
    assert pairs[4][1] >= pairs[4][0] - 0.02


def slow_probability(bound, remaining, met, unmet):
    """Sum every order of the remaining cases, one case at a time (Pólya's urn)."""
    total = Fraction(0)
    for count in range(max(bound, 0), remaining + 1):
        chance = Fraction(comb(remaining, count))
        for k in range(count):
            chance *= (met + k) / (met + unmet + k)
        for k in range(remaining - count):
            chance *= (unmet + k) / (met + unmet + count + k)
        total += chance
    return float(total)


shares = st.integers(0, 40).flatmap(
    lambda n: st.builds(Tally, st.integers(0, n), st.just(n))
)


@given(shares, st.integers(0, 25), st.integers(0, 100), shares)
def test_the_probability_is_that_of_drawing_one_case_at_a_time(
    so_far, remaining, target, last_year
):
    found = forecast(
        so_far, remaining, target, ">=", last_year=last_year, quarters_vary=0
    )
    if found is None:
        return
    weight = min(last_year.denominator, 30)
    assert found.prior_cases == weight
    share = Fraction(last_year.numerator, max(1, last_year.denominator))
    met = Fraction(1, 2) + weight * share + so_far.numerator
    unmet = (
        Fraction(1, 2) + weight * (1 - share) + so_far.denominator - so_far.numerator
    )
    slow = slow_probability(found.bound, remaining, met, unmet)
    assert found.probability == pytest.approx(slow, abs=1e-9)


def test_a_simulated_rest_of_the_year_meets_it_as_often():
    found = forecast(
        Tally(40, 50), 30, 80, ">=", last_year=Tally(15, 20), quarters_vary=0
    )
    dice = random.Random(4)
    tries, met = 20_000, 0
    for _ in range(tries):
        share = dice.betavariate(40 + 15 + 0.5, 10 + 5 + 0.5)
        met += 40 + sum(dice.random() < share for _ in range(30)) >= 64
    assert found.probability == pytest.approx(met / tries, abs=0.014)  # four errors


def test_last_year_weighs_at_most_thirty_cases():
    few, many = (
        forecast(Tally(5, 10), 50, 60, ">=", last_year=Tally(8 * n, 10 * n))
        for n in (3, 300)
    )
    assert few.prior_cases == many.prior_cases == 30
    assert few.probability == pytest.approx(many.probability)
    none = forecast(Tally(5, 10), 50, 60, ">=")
    assert none.prior_cases == 0
    assert none.probability < few.probability
    lighter = forecast(
        Tally(5, 10), 50, 60, ">=", last_year=Tally(8, 10), most_prior_cases=4
    )
    assert lighter.prior_cases == 4
    assert none.probability < lighter.probability < few.probability


def test_last_year_without_cases_weighs_nothing():
    one = forecast(Tally(5, 10), 50, 60, ">=", last_year=Tally(0, 0))
    assert one == forecast(Tally(5, 10), 50, 60, ">=")


@given(shares, st.integers(0, 30), st.integers(0, 100))
def test_reaching_the_bound_meets_the_target_and_one_less_does_not(
    so_far, remaining, target
):
    found = forecast(so_far, remaining, target, ">=")
    if found is None:
        return
    cases = so_far.denominator + remaining

    def status(more):
        value = float(Fraction(100 * (so_far.numerator + more), cases))
        return assess(value, target, ">=", HIGHER)

    if found.bound <= remaining:
        assert status(max(0, found.bound)) is Status.MET
    if found.bound > 0:
        assert status(min(remaining, found.bound - 1)) is Status.NOT_MET


@given(shares, st.integers(0, 30), st.integers(0, 100))
def test_to_meet_and_not_to_miss_are_equally_likely(so_far, remaining, target):
    turned = Tally(so_far.denominator - so_far.numerator, so_far.denominator)
    one = forecast(so_far, remaining, target, ">=", last_year=so_far)
    other = forecast(turned, remaining, 100 - target, "<=", last_year=turned)
    if one is None:
        assert other is None
        return
    assert other.outlook is one.outlook
    assert other.bound == remaining - one.bound
    assert other.probability == pytest.approx(one.probability, abs=1e-9)
