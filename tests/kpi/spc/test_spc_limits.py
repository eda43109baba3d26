from math import sqrt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpi.spc.points import OF_COUNTS, ChartKind, Limits, Series
from tests.kpi.spc.reference.limits import moving_ranges
from tests.kpi.spc.series import ALL, series
from tests.kpi.spc.versions import both

XMR, P, U, C = ChartKind.XMR, ChartKind.P, ChartKind.U, ChartKind.C


def limits_of(spc, kind, given, **options):
    return spc.segment_limits(kind, given, 0, len(given.values), **options)


# Moving ranges.


@both
def test_there_is_no_moving_range_across_a_gap(spc):
    # As in qicharts2 and R's diff: NA on both sides of a missing value.
    assert moving_ranges([1, 4, None, 9, 7]) == [3, 2]
    assert spc.mean_moving_range([5, None, 6]) is None
    assert spc.mean_moving_range([]) is None


@both
def test_a_range_as_large_as_its_own_limit_is_screened_out_once(spc):
    # The example of NHSRplotthedots' page on deviations: 15 ranges of 1, and 8 and 9.
    values = [1, 2, 1, 2, 10, *[1, 2] * 6, 1]
    assert spc.mean_moving_range(values, is_screened=False) == pytest.approx(32 / 17)
    assert spc.mean_moving_range(values) == 1


@both
def test_a_range_exactly_on_its_limit_is_screened_out(spc):
    # Ranges 3267, 733, 0 and 0: their mean is 1000.
    assert spc.mean_moving_range([0, 3267, 4000, 4000, 4000]) == pytest.approx(733 / 3)


@both
def test_one_step_in_a_constant_series_is_not_screened_out(spc):
    # With only zeros left the limits would fall on the centre, and every point of the
    # series outside them.
    values = [1.0] * 10 + [0.9]
    assert spc.mean_moving_range(values) == pytest.approx(0.01)
    found = limits_of(spc, XMR, Series(tuple(values)))[0]
    assert found.lower < 0.99 < 1.0 < found.upper


# By hand.


@both
def test_an_xmr_chart_by_hand(spc):
    # mean 12, ranges 4, 6, 2: mean 4; 2.66 * 4 = 10.64, two thirds of it 7.0933.
    found = limits_of(
        spc, XMR, Series((10.0, 14.0, 8.0, 10.0, 18.0)), is_screened=False
    )
    assert len(found) == 5
    [one] = set(found)
    assert one.centre == 12
    spread = 2.66 * (4 + 6 + 2 + 8) / 4
    assert (one.lower, one.upper) == pytest.approx((12 - spread, 12 + spread))
    near = 2 * spread / 3
    assert (one.near_lower, one.near_upper) == pytest.approx((12 - near, 12 + near))


@both
def test_limits_stay_within_what_is_possible(spc):
    free = limits_of(spc, XMR, Series((0.0, 9.0, 1.0, 8.0)))[0]
    assert free.lower < 0
    assert free.upper > 10
    bounded = Series((0.0, 9.0, 1.0, 8.0), lowest=0.0, highest=10.0)
    found = limits_of(spc, XMR, bounded)[0]
    assert (found.lower, found.upper) == (0, 10)


@both
def test_a_p_chart_by_hand(spc):
    # 18 of 100 in all; 20 cases: 0.18 ± 3 √(0.18 · 0.82 / 20), 80 half of the spread.
    found = limits_of(spc, P, Series.of_counts([6, 12], [20, 80], 100))
    spread = 300 * sqrt(0.18 * 0.82 / 20)
    assert found[0].centre == pytest.approx(18)
    assert found[0].lower == 0
    assert found[0].upper == pytest.approx(18 + spread)
    assert found[0].near_upper == pytest.approx(18 + 2 * spread / 3)
    assert found[1].lower == pytest.approx(18 - spread / 2)
    assert found[1].upper == pytest.approx(18 + spread / 2)


@both
def test_a_rate_may_be_more_than_its_denominator(spc):
    found = limits_of(spc, U, Series.of_counts([30, 50], [10, 10]))[0]
    assert found.upper == pytest.approx(4 + 3 * sqrt(4 / 10))
    assert found.lower == pytest.approx(4 - 3 * sqrt(4 / 10))


@both
def test_cases_between_have_limits_of_the_geometric_and_the_median_as_centre(spc):
    found = limits_of(spc, ChartKind.G, Series((0.0, 10.0, 2.0, 4.0, 9.0)))[0]
    assert found == Limits(4, 0, 5 + 3 * sqrt(30), 5 - 2 * sqrt(30), 5 + 2 * sqrt(30))


@both
def test_waiting_times_are_an_xmr_chart_of_their_root(spc):
    days = (4.0, 30.0, 11.0, 52.0, 8.0, 20.0)
    roots = tuple(one ** (1 / 3.6) for one in days)
    even = limits_of(spc, XMR, Series(roots))[0]
    found = limits_of(spc, ChartKind.T, Series(days))[0]
    assert found.centre == pytest.approx(even.centre**3.6)
    assert found.upper == pytest.approx(even.upper**3.6)
    assert found.lower == pytest.approx(max(even.lower, 0) ** 3.6)
    assert found.near_upper == pytest.approx(even.near_upper**3.6)


@both
def test_a_run_chart_has_the_median_and_no_limits(spc):
    assert (
        limits_of(spc, ChartKind.RUN, Series((1.0, 9.0, None, 2.0))) == [Limits(2)] * 4
    )


@both
def test_sigma_z_is_one_where_the_counts_explain_the_variation(spc):
    # z = 1, -1, 1: ranges of 2 over 1.128.
    single = sqrt(0.5 * 0.5)
    counts = [(60, 100), (40, 100), (60, 100)]
    found = spc.sigma_z([(55, 100), (45, 100), (55, 100)], 0.5, single)
    assert found == pytest.approx(2 / 1.128)
    assert spc.sigma_z(counts, 0.5, single) == pytest.approx(4 / 1.128)
    # Ranges: fourteen of 2, one of 10, and one of 12, which is far above its limit.
    wild = [(part, 100) for part in (*[55, 45] * 7, 55, 105, 45)]
    assert spc.sigma_z(wild, 0.5, single) == pytest.approx(50 / 16 / 1.128)
    assert spc.sigma_z([(10, 10), None, (10, 10)], 1.0, 0.0) == 1
    assert spc.sigma_z([(5, 10), None, (5, 10)], 0.5, single) is None


# Baseline, exclusions, gaps.


@both
def test_the_baseline_is_the_first_periods_of_the_segment(spc):
    values = (10.0, 12.0, 11.0, 30.0, 33.0)
    frozen = limits_of(spc, XMR, Series(values, baseline=3))
    assert len(frozen) == 5
    assert frozen[4] == limits_of(spc, XMR, Series(values[:3]))[0]


@both
@pytest.mark.parametrize("kind", [ChartKind.P, ChartKind.P_PRIME, ChartKind.U_PRIME])
def test_the_baseline_of_counts_is_the_first_periods_too(spc, kind):
    parts, wholes = [20, 31, 12, 60, 61], [100, 110, 100, 100, 110]
    frozen = limits_of(spc, kind, Series.of_counts(parts, wholes, baseline=3))
    alone = limits_of(spc, kind, Series.of_counts(parts[:3], wholes[:3]))
    assert frozen[3] == alone[0]
    assert frozen[4] == alone[1]


@both
def test_excluded_points_are_not_part_of_centre_or_limits(spc):
    values = (10.0, 12.0, 90.0, 11.0, 12.0)
    found = limits_of(spc, XMR, Series(values, excluded=frozenset({2})))[0]
    gap = limits_of(spc, XMR, Series((10.0, 12.0, None, 11.0, 12.0)))[0]
    assert found == gap


@both
def test_a_series_without_values_has_no_limits(spc):
    for kind in ALL:
        found = Series.of_counts([None, 3], [10, None])
        assert limits_of(spc, kind, found) == [Limits()] * 2


@both
def test_one_value_has_a_centre_and_no_limits_but_those_of_its_counts(spc):
    assert limits_of(spc, XMR, Series((7.0,))) == [Limits(7)]
    assert limits_of(spc, ChartKind.P_PRIME, Series.of_counts([7], [10])) == [
        Limits(0.7)
    ]
    assert limits_of(spc, P, Series.of_counts([7], [10]))[0].upper == 1


@both
@given(series(), st.sampled_from(ALL), st.integers(0, 40))
def test_a_unit_without_cases_changes_nothing(spc, given, kind, at):
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
    before = spc.segment_limits(kind, given, start, stop)
    after = spc.segment_limits(kind, wider, start, stop + 1)
    assert after[:-1] == before
    assert wider.values[-1] is None


@both
@given(series(), st.sampled_from((P, U, C, ChartKind.P_PRIME, ChartKind.U_PRIME, XMR)))
def test_the_centre_is_between_the_limits_and_the_limits_are_possible(spc, given, kind):
    for one in limits_of(spc, kind, given):
        if one.lower is not None:
            assert one.lower <= one.centre + 1e-9
            assert one.centre - 1e-9 <= one.upper
            assert one.near_lower <= one.centre + 1e-9 <= one.near_upper + 2e-9
            assert kind is XMR or one.lower >= 0
        if kind in (P, ChartKind.P_PRIME) and one.upper is not None:
            assert one.upper <= 100


@both
@given(series())
def test_p_prime_and_u_prime_widen_to_the_same_limits(spc, given):
    # Laney's factor takes the share of p away again.
    for one, other in zip(
        limits_of(spc, ChartKind.P_PRIME, given),
        limits_of(spc, ChartKind.U_PRIME, given),
        strict=True,
    ):
        if one.near_upper is not None and one.centre not in (0, 100):
            expected = pytest.approx(other.near_upper, abs=1e-9)
            assert one.near_upper == expected


@both
@pytest.mark.parametrize("kind", sorted(OF_COUNTS))
def test_a_chart_of_counts_needs_counts(spc, kind):
    with pytest.raises(ValueError, match=f"the kind {kind} needs counts"):
        limits_of(spc, kind, Series((1.0, 2.0)))


@both
@pytest.mark.parametrize("kind", [C, ChartKind.G, ChartKind.T])
def test_counts_and_times_are_not_negative(spc, kind):
    with pytest.raises(ValueError, match="expected values of 0 or more, got -1"):
        limits_of(spc, kind, Series((1.0, -1.0)))


@both
def test_no_chart_has_no_limits(spc):
    with pytest.raises(ValueError, match="the kind none has no limits"):
        limits_of(spc, ChartKind.NONE, Series((1.0, 2.0)))
