from itertools import groupby, product
from math import comb, log2

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpi.spc.runs import (
    crossings_usual,
    false_signal_probability,
    longest_usual,
)
from tests.kpi.spc.versions import both

# Critical values as printed with qicharts2 (vignette, appendix 2): useful points, upper
# limit of the longest run, lower limit of the crossings.
PUBLISHED = [
    *((10, 6, 2), (11, 6, 2), (12, 7, 3), (13, 7, 3), (14, 7, 4), (15, 7, 4)),
    *((16, 7, 4), (17, 7, 5), (18, 7, 5), (19, 7, 6), (20, 7, 6), (21, 7, 6)),
    *((22, 7, 7), (23, 8, 7), (24, 8, 8), (25, 8, 8), (26, 8, 8), (27, 8, 9)),
    *(
        (28, 8, 9),
        (29, 8, 10),
        (30, 8, 10),
        (40, 8, 14),
        (50, 9, 19),
        (60, 9, 23),
        (70, 9, 28),
    ),
]


@pytest.mark.parametrize(("useful", "longest", "crossings"), PUBLISHED)
def test_the_critical_values_are_the_published_ones(useful, longest, crossings):
    assert longest_usual(useful) == longest
    assert crossings_usual(useful) == crossings


@pytest.mark.parametrize("useful", range(1, 120))
def test_fewer_crossings_than_usual_are_at_most_five_per_cent(useful):
    def up_to(crossings):
        return sum(comb(useful - 1, k) for k in range(crossings + 1)) / 2 ** (
            useful - 1
        )

    usual = crossings_usual(useful)
    assert up_to(usual - 1) < 0.05 <= up_to(usual)


@both
def test_runs_and_crossings_by_hand(spc):
    #        run of 2  on   run of 1   run of 3
    found = spc.runs([1, 1, 0, -1, 0, 1, 0, 1, 1])
    assert (found.above, found.below, found.useful) == (5, 1, 6)
    assert (found.longest, found.crossings) == (3, 2)
    assert not found.is_signal


@both
def test_a_point_on_the_centre_neither_breaks_a_run_nor_adds_to_it(spc):
    assert spc.runs([1, 1, 1, 0, 1, 1]) == spc.runs([1, 1, 1, 1, 1])


@both
def test_a_series_that_is_always_on_its_centre_has_no_runs(spc):
    assert spc.runs([0] * 12) is None
    assert spc.runs([]) is None


@both
def test_a_long_run_and_few_crossings_are_signals(spc):
    moved = spc.runs([-1] * 6 + [1] * 6)
    assert (moved.is_too_long, moved.has_too_few_crossings) == (False, True)
    lasting = spc.runs([1, -1] * 4 + [1] * 8 + [-1, 1, -1])
    assert (lasting.is_too_long, lasting.has_too_few_crossings) == (True, False)
    assert moved.is_signal
    assert lasting.is_signal


@both
@given(st.lists(st.sampled_from((-1, 0, 1)), min_size=1, max_size=60))
def test_turning_the_series_upside_down_or_round_changes_no_run(spc, sides):
    found = spc.runs(sides)
    upside_down = spc.runs([-one for one in sides])
    backwards = spc.runs(sides[::-1])
    if found is None:
        assert upside_down is backwards is None
        return
    assert backwards == found
    assert (upside_down.longest, upside_down.crossings) == (
        found.longest,
        found.crossings,
    )


def listed_probability(above, below):
    """Return the share of all orders that are a signal, by trying each."""
    size = above + below
    usual = total = 0
    longest = round(log2(size)) + 3
    for order in product((0, 1), repeat=size):
        if sum(order) == above:
            lengths = [len(list(group)) for _, group in groupby(order)]
            total += 1
            usual += max(lengths) <= longest and len(lengths) > crossings_usual(size)
    return 1 - usual / total


@pytest.mark.parametrize(
    ("above", "below"), [(1, 0), (5, 5), (6, 6), (3, 9), (8, 7), (7, 0), (1, 11)]
)
def test_the_false_signal_probability_is_that_of_trying_every_order(above, below):
    found = false_signal_probability(above, below)
    assert found == pytest.approx(listed_probability(above, below), abs=1e-12)


def test_without_useful_points_there_is_no_false_signal():
    assert false_signal_probability(0, 0) == 0


@both
@pytest.mark.parametrize("points", [10, 12, 16, 24, 40])
def test_as_many_stable_series_give_a_false_signal_as_counted(spc, points):
    generator = np.random.default_rng(1)
    values = generator.standard_normal((20_000, points))
    sides = np.sign(values - np.median(values, axis=1, keepdims=True)).astype(int)
    expected = false_signal_probability(points // 2, points // 2)
    assert spc.signal_share(sides) == pytest.approx(expected, abs=0.006)
    # Fewer than the 5 % of a centre known beforehand: half is on each side.
    assert 0.005 < expected < 0.05
