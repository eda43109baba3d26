from math import sqrt

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.integrate import quad
from scipy.stats import beta

from kpi.counted import Counted
from kpi.model import Direction, Kind
from kpi.ranking import ranking

short = settings(max_examples=40)

SHARE, RATE = Kind.PROPORTION, Kind.RATE
HIGHER, LOWER = Direction.HIGHER, Direction.LOWER


def counted(pairs):
    return [Counted(f"u{at:02}", x, n) for at, (x, n) in enumerate(pairs)]


def places(found):
    return {one.part.name: (one.rank, one.best, one.worst) for one in found}


def test_the_best_comes_first_and_ties_share_the_better_rank():
    # 90, 80, 80 and 50 %; the next after two seconds is the fourth
    found = ranking(counted([(8, 10), (5, 10), (16, 20), (9, 10)]), SHARE, HIGHER)
    assert [(one.part.name, one.rank) for one in found] == [
        ("u03", 1),
        ("u00", 2),
        ("u02", 2),
        ("u01", 4),
    ]
    turned = ranking(counted([(8, 10), (5, 10), (16, 20), (9, 10)]), SHARE, LOWER)
    assert [one.rank for one in turned] == [1, 2, 2, 4]
    assert turned[0].part.name == "u01"


def test_units_far_apart_have_certain_ranks():
    found = ranking(counted([(100, 1000), (500, 1000), (900, 1000)]), SHARE, HIGHER)
    assert places(found) == {"u02": (1, 1, 1), "u01": (2, 2, 2), "u00": (3, 3, 3)}


def test_a_small_unit_may_be_anywhere():
    pairs = [(80, 100)] * 8 + [(1, 1)]
    best = ranking(counted(pairs), SHARE, HIGHER)[0]
    assert (best.part.name, best.rank) == ("u08", 1)
    assert (best.best, best.worst) == (1, 9)


def test_units_with_the_same_counts_have_the_same_interval():
    found = ranking(counted([(30, 40)] * 20), SHARE, HIGHER)
    assert {(one.rank, one.best, one.worst) for one in found} == {(1, 1, 20)}


def test_two_of_two_is_better_than_none_of_two():
    # Second in 2.0 % of the draws under Jeffreys' prior; under a flat one in 5 %.
    [first, _] = ranking(counted([(0, 2), (2, 2)]), SHARE, HIGHER)
    assert (first.part.name, first.best, first.worst) == ("u01", 1, 1)


def test_a_rate_is_ranked_by_events_per_what_it_is_per():
    found = ranking(counted([(10, 1000.5), (300, 1000.5), (10, 100000.0)]), RATE, LOWER)
    assert places(found) == {"u02": (1, 1, 1), "u00": (2, 2, 2), "u01": (3, 3, 3)}


def test_the_chance_of_two_changing_places_is_that_of_the_integral():
    # The interval of the better one is 1-2 if it is second more than 2.5 % of the time.
    def chance(one, other):
        first, second = (beta(x + 0.5, n - x + 0.5) for x, n in (one, other))
        return quad(lambda p: first.pdf(p) * second.sf(p), 0, 1)[0]

    for met in range(50, 90, 3):
        better, worse = (met + 10, 100), (met, 100)
        second = chance(better, worse)
        if abs(second - 0.025) < 0.008:  # three standard errors of 4 000 draws
            continue
        [first, _] = ranking(counted([better, worse]), SHARE, HIGHER)
        assert (first.worst == 2) == (second > 0.025)


def test_the_interval_of_a_middle_unit_is_that_of_independent_comparisons():
    # Ranks of a unit known almost exactly are 1 + a sum of independent chances of
    # being passed; here each of 30 others with the same chance.
    others = [(50, 100)] * 30
    sure = (550_000, 1_000_000)
    found = places(ranking(counted([*others, sure]), SHARE, HIGHER))["u30"]
    passed = 1 - beta(50.5, 50.5).cdf(0.55)
    mean, spread = 30 * passed, sqrt(30 * passed * (1 - passed))
    assert found[1] == pytest.approx(1 + mean - 1.96 * spread, abs=1)
    assert found[2] == pytest.approx(1 + mean + 1.96 * spread, abs=1)


pairs = st.lists(
    st.integers(1, 100).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))),
    min_size=1,
    max_size=8,
)
kinds = st.sampled_from([SHARE, RATE])


@short
@given(pairs, kinds)
def test_a_unit_without_cases_moves_nobody(drawn, kind):
    parts = counted(drawn)
    wider = [Counted("empty", 0, 0), *parts]
    assert ranking(wider, kind, HIGHER) == ranking(parts, kind, HIGHER)


@short
@given(pairs, kinds, st.randoms())
def test_the_order_of_the_units_does_not_matter(drawn, kind, dice):
    parts = counted(drawn)
    shuffled = list(parts)
    dice.shuffle(shuffled)
    assert ranking(shuffled, kind, HIGHER) == ranking(parts, kind, HIGHER)


@short
@given(pairs, kinds)
def test_intervals_keep_within_the_ranks_there_are(drawn, kind):
    found = ranking(counted(drawn), kind, LOWER)
    for one in found:
        assert 1 <= one.best <= one.worst <= len(drawn)
        better = sum(
            x * one.part.denominator < one.part.numerator * n for x, n in drawn
        )
        assert one.rank == 1 + better


def test_without_units_there_are_no_ranks():
    assert ranking([], SHARE, HIGHER) == ()
    assert ranking([Counted("empty", 0, 0)], SHARE, HIGHER) == ()


def test_what_cannot_be_ranked_is_refused():
    with pytest.raises(ValueError, match="a neutral indicator has no best unit"):
        ranking(counted([(1, 2)]), SHARE, Direction.NEUTRAL)
    with pytest.raises(ValueError, match="u00: not a proportion: 3 of 2"):
        ranking(counted([(3, 2)]), SHARE, HIGHER)


def test_the_same_counts_always_give_the_same_ranks():
    dice = np.random.default_rng(3)
    cases = dice.integers(5, 60, 30)
    drawn = zip(dice.binomial(cases, 0.7).tolist(), cases.tolist(), strict=True)
    parts = counted(drawn)
    assert ranking(parts, SHARE, HIGHER) == ranking(parts, SHARE, HIGHER)


@pytest.mark.parametrize(
    ("cases", "spread", "least", "most"),
    [(200, 0.1, 0.94, 1.0), (50, 0.01, 0.7, 0.93)],  # far apart; nearly alike
)
def test_intervals_of_ranks_are_approximate(cases, spread, least, most):
    """The true rank of 20 units about 80 %; longer in `tests/kpi/simulations.py`."""
    dice, inside = np.random.default_rng(cases), 0
    for _ in range(25):
        shares = np.clip(dice.normal(0.8, spread, 20), 0.01, 0.99)
        met = dice.binomial(cases, shares)
        parts = [Counted(str(at), int(one), cases) for at, one in enumerate(met)]
        true = 1 + np.argsort(np.argsort(-shares))
        placed = ranking(parts, Kind.PROPORTION, Direction.HIGHER)
        inside += sum(
            one.best <= true[int(one.part.name)] <= one.worst for one in placed
        )
    assert least < inside / 500 < most
