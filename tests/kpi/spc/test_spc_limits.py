from math import sqrt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpi.spc.limits import mean_moving_range, moving_ranges, segment_limits, sigma_z
from kpi.spc.points import OF_COUNTS, ChartKind, Limits, Series
from tests.kpi.spc.series import ALL, series

XMR, P, U, C = ChartKind.XMR, ChartKind.P, ChartKind.U, ChartKind.C


def limits_of(kind, given, **options):
    return segment_limits(kind, given, 0, len(given.values), **options)


# Moving ranges.


def test_there_is_no_moving_range_across_a_gap():
    # As in qicharts2 and R's diff: NA on both sides of a missing value.
    assert moving_ranges([1, 4, None, 9, 7]) == [3, 2]
    assert mean_moving_range([5, None, 6]) is None
    assert mean_moving_range([]) is None


def test_a_range_as_large_as_its_own_limit_is_screened_out_once():
    # The example of NHSRplotthedots' page on deviations: 15 ranges of 1, and 8 and 9.
    values = [1, 2, 1, 2, 10, *[1, 2] * 6, 1]
    assert mean_moving_range(values, is_screened=False) == pytest.approx(32 / 17)
    assert mean_moving_range(values) == 1


def test_a_range_exactly_on_its_limit_is_screened_out():
    # Ranges 3267, 733, 0 and 0: their mean is 1000.
    assert mean_moving_range([0, 3267, 4000, 4000, 4000]) == pytest.approx(733 / 3)


def test_one_step_in_a_constant_series_is_not_screened_out():
    # With only zeros left the limits would fall on the centre, and every point of the
    # series outside them.
    values = [1.0] * 10 + [0.9]
    assert mean_moving_range(values) == pytest.approx(0.01)
    found = limits_of(XMR, Series(tuple(values)))[0]
    assert found.lower < 0.99 < 1.0 < found.upper


# By hand.


def test_an_xmr_chart_by_hand():
    # mean 12, ranges 4, 6, 2: mean 4; 2.66 * 4 = 10.64, two thirds of it 7.0933.
    found = limits_of(XMR, Series((10.0, 14.0, 8.0, 10.0, 18.0)), is_screened=False)
    assert len(found) == 5
    [one] = set(found)
    assert one.centre == 12
    spread = 2.66 * (4 + 6 + 2 + 8) / 4
    assert (one.lower, one.upper) == pytest.approx((12 - spread, 12 + spread))
    near = 2 * spread / 3
    assert (one.near_lower, one.near_upper) == pytest.approx((12 - near, 12 + near))


def test_limits_stay_within_what_is_possible():
    free = limits_of(XMR, Series((0.0, 9.0, 1.0, 8.0)))[0]
    assert free.lower < 0
    assert free.upper > 10
    bounded = Series((0.0, 9.0, 1.0, 8.0), lowest=0.0, highest=10.0)
    found = limits_of(XMR, bounded)[0]
    assert (found.lower, found.upper) == (0, 10)


def test_a_p_chart_by_hand():
    # 18 of 100 in all; 20 cases: 0.18 ± 3 √(0.18 · 0.82 / 20), 80 half of the spread.
    found = limits_of(P, Series.of_counts([6, 12], [20, 80], 100))
    spread = 300 * sqrt(0.18 * 0.82 / 20)
    assert found[0].centre == pytest.approx(18)
    assert found[0].lower == 0
    assert found[0].upper == pytest.approx(18 + spread)
    assert found[0].near_upper == pytest.approx(18 + 2 * spread / 3)
    assert found[1].lower == pytest.approx(18 - spread / 2)
    assert found[1].upper == pytest.approx(18 + spread / 2)


def test_a_rate_may_be_more_than_its_denominator():
    found = limits_of(U, Series.of_counts([30, 50], [10, 10]))[0]
    assert found.upper == pytest.approx(4 + 3 * sqrt(4 / 10))
    assert found.lower == pytest.approx(4 - 3 * sqrt(4 / 10))


def test_cases_between_have_limits_of_the_geometric_and_the_median_as_centre():
    found = limits_of(ChartKind.G, Series((0.0, 10.0, 2.0, 4.0, 9.0)))[0]
    assert found == Limits(4, 0, 5 + 3 * sqrt(30), 5 - 2 * sqrt(30), 5 + 2 * sqrt(30))


def test_waiting_times_are_an_xmr_chart_of_their_root():
    days = (4.0, 30.0, 11.0, 52.0, 8.0, 20.0)
    roots = tuple(one ** (1 / 3.6) for one in days)
    even = limits_of(XMR, Series(roots))[0]
    found = limits_of(ChartKind.T, Series(days))[0]
    assert found.centre == pytest.approx(even.centre**3.6)
    assert found.upper == pytest.approx(even.upper**3.6)
    assert found.lower == pytest.approx(max(even.lower, 0) ** 3.6)
    assert found.near_upper == pytest.approx(even.near_upper**3.6)


def test_a_run_chart_has_the_median_and_no_limits():
    assert limits_of(ChartKind.RUN, Series((1.0, 9.0, None, 2.0))) == [Limits(2)] * 4


def test_sigma_z_is_one_where_the_counts_explain_the_variation():
    # z = 1, -1, 1: ranges of 2 over 1.128.
    single = sqrt(0.5 * 0.5)
    counts = [(60, 100), (40, 100), (60, 100)]
    found = sigma_z([(55, 100), (45, 100), (55, 100)], 0.5, single)
    assert found == pytest.approx(2 / 1.128)
    assert sigma_z(counts, 0.5, single) == pytest.approx(4 / 1.128)
    # Ranges: fourteen of 2, one of 10, and one of 12, which is far above its limit.
    wild = [(part, 100) for part in (*[55, 45] * 7, 55, 105, 45)]
    assert sigma_z(wild, 0.5, single) == pytest.approx(50 / 16 / 1.128)
    assert sigma_z([(10, 10), None, (10, 10)], 1.0, 0.0) == 1
    assert sigma_z([(5, 10), None, (5, 10)], 0.5, single) is None


# Baseline, exclusions, gaps.


def test_the_baseline_is_the_first_periods_of_the_segment():
    values = (10.0, 12.0, 11.0, 30.0, 33.0)
    frozen = limits_of(XMR, Series(values, baseline=3))
    assert len(frozen) == 5
    assert frozen[4] == limits_of(XMR, Series(values[:3]))[0]


@pytest.mark.parametrize("kind", [ChartKind.P, ChartKind.P_PRIME, ChartKind.U_PRIME])
def test_the_baseline_of_counts_is_the_first_periods_too(kind):
    parts, wholes = [20, 31, 12, 60, 61], [100, 110, 100, 100, 110]
    frozen = limits_of(kind, Series.of_counts(parts, wholes, baseline=3))
    alone = limits_of(kind, Series.of_counts(parts[:3], wholes[:3]))
    assert frozen[3] == alone[0]
    assert frozen[4] == alone[1]


def test_excluded_points_are_not_part_of_centre_or_limits():
    values = (10.0, 12.0, 90.0, 11.0, 12.0)
    found = limits_of(XMR, Series(values, excluded=frozenset({2})))[0]
    gap = limits_of(XMR, Series((10.0, 12.0, None, 11.0, 12.0)))[0]
    assert found == gap


def test_a_series_without_values_has_no_limits():
    for kind in ALL:
        found = Series.of_counts([None, 3], [10, None])
        assert limits_of(kind, found) == [Limits()] * 2


def test_one_value_has_a_centre_and_no_limits_but_those_of_its_counts():
    assert limits_of(XMR, Series((7.0,))) == [Limits(7)]
    assert limits_of(ChartKind.P_PRIME, Series.of_counts([7], [10])) == [Limits(0.7)]
    assert limits_of(P, Series.of_counts([7], [10]))[0].upper == 1


@given(series(), st.sampled_from(ALL), st.integers(0, 40))
def test_a_unit_without_cases_changes_nothing(given, kind, at):
    at = min(at, len(given.values))
    wider = Series.of_counts(
        (*given.numerators, 0),
        (*given.denominators, 0),
        given.per,
        given.breaks,
        given.excluded,
        given.baseline,
    )
    start, stop = given.spans[-1]
    before = segment_limits(kind, given, start, stop)
    after = segment_limits(kind, wider, start, stop + 1)
    assert after[:-1] == before
    assert wider.values[-1] is None


@given(series(), st.sampled_from((P, U, C, ChartKind.P_PRIME, ChartKind.U_PRIME, XMR)))
def test_the_centre_is_between_the_limits_and_the_limits_are_possible(given, kind):
    for one in limits_of(kind, given):
        if one.lower is not None:
            assert one.lower <= one.centre + 1e-9
            assert one.centre - 1e-9 <= one.upper
            assert one.near_lower <= one.centre + 1e-9 <= one.near_upper + 2e-9
            assert kind is XMR or one.lower >= 0
        if kind in (P, ChartKind.P_PRIME) and one.upper is not None:
            assert one.upper <= 100


@given(series())
def test_p_prime_and_u_prime_widen_to_the_same_limits(given):
    # Laney's factor takes the share of p away again.
    for one, other in zip(
        limits_of(ChartKind.P_PRIME, given),
        limits_of(ChartKind.U_PRIME, given),
        strict=True,
    ):
        if one.near_upper is not None and one.centre not in (0, 100):
            expected = pytest.approx(other.near_upper, abs=1e-9)
            assert one.near_upper == expected


@pytest.mark.parametrize("kind", sorted(OF_COUNTS))
def test_a_chart_of_counts_needs_counts(kind):
    with pytest.raises(ValueError, match=f"the kind {kind} needs counts"):
        limits_of(kind, Series((1.0, 2.0)))


@pytest.mark.parametrize("kind", [C, ChartKind.G, ChartKind.T])
def test_counts_and_times_are_not_negative(kind):
    with pytest.raises(ValueError, match="expected values of 0 or more, got -1"):
        limits_of(kind, Series((1.0, -1.0)))


def test_no_chart_has_no_limits():
    with pytest.raises(ValueError, match="the kind none has no limits"):
        limits_of(ChartKind.NONE, Series((1.0, 2.0)))
