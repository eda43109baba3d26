from fractions import Fraction
from math import comb, exp, factorial

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpi.distributions import at_least, at_most, mid_p
from kpi.model import Kind

SHARE, RATE = Kind.PROPORTION, Kind.RATE


def binomial(count, cases, mean):
    """Return the probability of one count, in exact arithmetic."""
    if not 0 <= count <= cases:
        return Fraction(0)
    return comb(cases, count) * mean**count * (1 - mean) ** (cases - count)


cases_and_mean = st.tuples(st.integers(1, 40), st.integers(0, 20))


@given(cases_and_mean, st.integers(-2, 42))
def test_binomial_tails_are_sums_of_every_count(drawn, count):
    cases, twentieths = drawn
    mean = Fraction(twentieths, 20)
    below = sum(binomial(k, cases, mean) for k in range(count + 1))
    above = sum(binomial(k, cases, mean) for k in range(max(count, 0), cases + 1))
    found = at_most(SHARE, count, cases, float(mean))
    assert found == pytest.approx(float(below), rel=1e-9, abs=1e-15)
    found = at_least(SHARE, count, cases, float(mean))
    assert found == pytest.approx(float(above), rel=1e-9, abs=1e-15)


@given(st.integers(-2, 30), st.integers(1, 40))
def test_poisson_tails_are_sums_of_every_count(count, quarters):
    mean = quarters / 4
    each = [exp(-mean) * mean**k / factorial(k) for k in range(100)]
    found = at_most(RATE, count, quarters, 0.25)
    assert found == pytest.approx(sum(each[: max(count + 1, 0)]), rel=1e-9, abs=1e-15)
    found = at_least(RATE, count, quarters, 0.25)
    assert found == pytest.approx(sum(each[max(count, 0) :]), rel=1e-9, abs=1e-12)


def test_a_tail_far_out_keeps_its_digits():
    # 0.5 ** 200 by hand; 1 less the other tail is 0 in floating point
    assert at_least(SHARE, 200, 200, 0.5) == pytest.approx(0.5**200, rel=1e-9)


def test_mid_p_by_hand():
    # 2 of 2 at one half: half of 1/4, twice. 1 of 2 is the middle.
    assert mid_p(SHARE, 2, 2, 0.5) == pytest.approx(0.25)
    assert mid_p(SHARE, 1, 2, 0.5) == 1.0
    # No event where one is expected: half of exp(-1), twice.
    assert mid_p(RATE, 0, 1, 1.0) == pytest.approx(exp(-1))


@given(cases_and_mean, st.data())
def test_mid_p_is_the_smaller_tail_twice(drawn, data):
    cases, twentieths = drawn
    count = data.draw(st.integers(0, cases))
    mean = Fraction(twentieths, 20)
    own = binomial(count, cases, mean) / 2
    lower = sum(binomial(k, cases, mean) for k in range(count)) + own
    slow = min(1, 2 * min(lower, 1 - lower))
    found = mid_p(SHARE, count, cases, float(mean))
    assert found == pytest.approx(float(slow), rel=1e-9, abs=1e-12)


@pytest.mark.parametrize("kind", [SHARE, RATE])
def test_nothing_can_happen_where_nothing_is_expected(kind):
    assert mid_p(kind, [0, 1, 20], 20, 0.0).tolist() == [1.0, 0.0, 0.0]


def test_all_must_happen_where_all_are_expected():
    assert mid_p(SHARE, [20, 19, 0], 20, 1.0).tolist() == [1.0, 0.0, 0.0]


def test_arrays_give_what_single_numbers_give():
    counts, cases = np.array([0, 3, 9]), np.array([4, 9, 9])
    for found in (at_most, at_least, mid_p):
        single = [
            float(found(SHARE, k, n, 0.3)) for k, n in zip(counts, cases, strict=True)
        ]
        assert found(SHARE, counts, cases, 0.3).tolist() == single
