from dataclasses import replace
from random import Random
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpi.model import Direction
from kpi.spc.chart import control_chart
from kpi.spc.points import Assurance, ChartKind, Limits, Series, Signal, Variation, Way
from tests.kpi.spc.reference.runs import can_be_tested
from tests.kpi.spc.series import ALL, CONTROL, VALUES_ONLY, series
from tests.kpi.spc.versions import both

HIGHER, LOWER, NEUTRAL = Direction.HIGHER, Direction.LOWER, Direction.NEUTRAL
XMR, RUN, P = ChartKind.XMR, ChartKind.RUN, ChartKind.P
MIRROR = {
    Variation.IMPROVING: Variation.CONCERNING,
    Variation.CONCERNING: Variation.IMPROVING,
    Variation.COMMON_CAUSE: Variation.COMMON_CAUSE,
    Variation.FAR_OUT: Variation.FAR_OUT,
}
LEVEL = (10.0, 12.0, 9.0, 11.0, 13.0, 8.0, 10.0, 12.0, 11.0, 9.0)


def signals_of(chart):
    return [one.signals for one in chart.points]


# What the last point says.


@both
@pytest.mark.parametrize(
    ("direction", "expected"),
    [
        (HIGHER, Variation.IMPROVING),
        (LOWER, Variation.CONCERNING),
        (NEUTRAL, Variation.NEUTRAL),
    ],
)
def test_the_last_point_decides_the_variation(spc, direction, expected):
    chart = spc.control_chart(XMR, Series((*LEVEL, *LEVEL, 40.0)), direction)
    assert chart.points[-1].signals == (Signal.OUTSIDE,)
    assert chart.points[-1].way is Way.UP
    assert chart.variation is chart.points[-1].variation is expected


@both
def test_an_old_signal_is_not_the_last_points(spc):
    chart = spc.control_chart(XMR, Series((*LEVEL, 40.0, *LEVEL)), HIGHER)
    assert chart.points[10].variation is Variation.IMPROVING
    assert chart.variation is Variation.COMMON_CAUSE


@both
def test_the_last_point_is_the_last_that_has_a_value_and_is_not_excluded(spc):
    values = (*LEVEL, *LEVEL, 40.0, None, 41.0)
    chart = spc.control_chart(XMR, Series(values, excluded=frozenset({22})), HIGHER)
    assert chart.last == 20
    assert chart.variation is Variation.IMPROVING


@both
def test_after_a_break_without_values_the_last_point_is_the_one_before_it(spc):
    values = (*LEVEL, *LEVEL, 40.0, None, None)
    given = Series(values, breaks=(21,))
    chart = spc.control_chart(XMR, given, HIGHER)
    assert chart.last == 20
    assert chart.variation is Variation.IMPROVING
    assert [one.measured for one in spc.segments(given, chart)] == [21, 0]


@both
def test_without_values_there_is_nothing_to_say(spc):
    for kind in ALL:
        empty = Series.of_counts([None, 0], [10, 0])
        chart = spc.control_chart(kind, empty, HIGHER, target=1.0)
        assert (chart.last, chart.variation, chart.assurance) == (None, None, None)
        assert signals_of(chart) == [(), ()]
    assert spc.control_chart(XMR, Series(()), HIGHER).points == ()


@both
def test_a_direction_is_better_or_worse(spc):
    assert spc.variation_of(Way.DOWN, LOWER) is Variation.IMPROVING
    assert spc.variation_of(Way.DOWN, HIGHER) is Variation.CONCERNING
    assert spc.variation_of(Way.DOWN, NEUTRAL) is Variation.NEUTRAL
    assert spc.variation_of(None, NEUTRAL) is Variation.COMMON_CAUSE


# What the target can expect.

TWENTY_TO_FORTY = Limits(30.0, 20.0, 40.0, 23.0, 37.0)


@both
@pytest.mark.parametrize(
    ("target", "if_higher", "if_lower"),
    [
        (19.0, Assurance.PASSING, Assurance.FAILING),
        (20.0, Assurance.HIT_OR_MISS, Assurance.HIT_OR_MISS),
        (30.0, Assurance.HIT_OR_MISS, Assurance.HIT_OR_MISS),
        (40.0, Assurance.HIT_OR_MISS, Assurance.HIT_OR_MISS),
        (41.0, Assurance.FAILING, Assurance.PASSING),
        (None, None, None),
    ],
)
def test_the_target_against_the_limits_gives_the_assurance(
    spc, target, if_higher, if_lower
):
    assert spc.assurance_of(TWENTY_TO_FORTY, target, HIGHER) is if_higher
    assert spc.assurance_of(TWENTY_TO_FORTY, target, LOWER) is if_lower
    assert spc.assurance_of(TWENTY_TO_FORTY, target, NEUTRAL) is None
    assert spc.assurance_of(Limits(30.0), target, HIGHER) is None


@both
def test_the_limits_of_the_last_point_are_the_ones_that_count(spc):
    # 80 % throughout; 90 % is within the limits of 10 cases but not of 1000.
    wide = Series.of_counts([800] * 20 + [8], [1000] * 20 + [10], 100)
    assert spc.control_chart(P, wide, HIGHER, 90.0).assurance is Assurance.HIT_OR_MISS
    narrow = Series.of_counts([800] * 21, [1000] * 21, 100)
    assert spc.control_chart(P, narrow, HIGHER, 90.0).assurance is Assurance.FAILING


# Constant series.


@both
@pytest.mark.parametrize("kind", CONTROL)
@pytest.mark.parametrize("part", [0, 7, 30])
def test_a_constant_series_has_no_signals(spc, kind, part):
    chart = spc.control_chart(
        kind, Series.of_counts([part] * 30, [30] * 30, 100), HIGHER
    )
    assert signals_of(chart) == [()] * 30
    assert chart.variation is Variation.COMMON_CAUSE


@both
@pytest.mark.parametrize("kind", [P, ChartKind.P_PRIME, XMR])
@pytest.mark.parametrize(
    ("part", "target", "direction", "expected"),
    [
        (30, 100.0, HIGHER, Assurance.PASSING),
        (30, 95.0, HIGHER, Assurance.PASSING),
        (30, 100.0, LOWER, Assurance.PASSING),
        (30, 95.0, LOWER, Assurance.FAILING),
        (0, 0.0, LOWER, Assurance.PASSING),
        (0, 5.0, HIGHER, Assurance.FAILING),
    ],
)
def test_of_a_constant_series_it_is_still_told_whether_it_passes(
    spc, kind, part, target, direction, expected
):
    # PowerBI-SPC issue 463: always 100 % was shown as failing.
    constant = Series.of_counts([part] * 30, [30] * 30, 100)
    assert spc.control_chart(kind, constant, direction, target).assurance is expected


# Breaks, gaps, excluded points.


@both
def test_each_segment_has_its_own_centre_and_limits(spc):
    low, high = LEVEL, tuple(one + 50 for one in LEVEL)
    given = Series(low + high, breaks=(10,))
    chart = spc.control_chart(XMR, given, HIGHER)
    before = spc.control_chart(XMR, Series(low), HIGHER)
    after = spc.control_chart(XMR, Series(high), HIGHER)
    assert chart.points == before.points + after.points
    assert [(one.start, one.stop) for one in spc.segments(given, chart)] == [
        (0, 10),
        (10, 20),
    ]
    assert signals_of(chart) == [()] * 20


@both
@given(series(), st.sampled_from(ALL))
def test_a_chart_with_breaks_is_its_segments_side_by_side(spc, given, kind):
    chart = spc.control_chart(kind, given, HIGHER)
    alone = []
    for start, stop in given.spans:
        part = Series.of_counts(
            given.numerators[start:stop],
            given.denominators[start:stop],
            given.per,
            excluded=[one - start for one in given.excluded if start <= one < stop],
            baseline=given.baseline,
        )
        alone += spc.control_chart(kind, part, HIGHER).points
    assert list(chart.points) == alone


@both
def test_a_run_does_not_go_on_after_a_break(spc):
    values = (1.0, 5.0, 1.0, *[4.0] * 7, 1.0, 5.0, 1.0)
    assert has_shift(spc, Series(values))
    assert not has_shift(spc, Series(values, breaks=(6,)))


def has_shift(spc, given):
    chart = spc.control_chart(XMR, given, HIGHER)
    return any(Signal.SHIFT in one for one in signals_of(chart))


@both
def test_a_gap_is_not_a_zero_and_neither_breaks_a_run_nor_adds_to_it(spc):
    values = (1.0, 9.0, 1.0, 9.0, 1.0, *[6.0, 7.0] * 3, 6.0, 1.0, 1.0)
    gap = (*values[:8], None, None, *values[8:])
    with_gap, without = (
        spc.control_chart(XMR, Series(one, baseline=5), HIGHER) for one in (gap, values)
    )
    kept = [one for one in with_gap.points if one.value is not None]
    assert kept == list(without.points)
    assert Signal.SHIFT in kept[5].signals
    assert with_gap.points[8].variation is None
    assert with_gap.points[8].signals == ()
    assert has_shift(spc, Series(gap, baseline=5))
    assert not has_shift(spc, Series((*values[:8], None, *values[9:]), baseline=5))


@both
def test_an_excluded_point_is_compared_with_the_limits_and_no_more(spc):
    values = (*LEVEL, 40.0, *LEVEL)
    given = Series(values, excluded=frozenset({10}))
    chart = spc.control_chart(XMR, given, LOWER)
    assert chart.points[10].signals == (Signal.OUTSIDE,)
    assert chart.points[10].variation is Variation.CONCERNING
    assert spc.segments(given, chart)[0].measured == 20
    calm = spc.control_chart(XMR, Series(values, excluded=frozenset({1})), LOWER)
    assert calm.points[1].signals == ()


@both
def test_a_frozen_baseline_shows_what_came_after_it(spc):
    later = tuple(one + 6 for one in LEVEL)
    frozen = spc.control_chart(XMR, Series(LEVEL + later, baseline=10), HIGHER)
    assert frozen.points[-1].limits == frozen.points[0].limits
    assert frozen.variation is Variation.IMPROVING
    assert all(Signal.SHIFT in one.signals for one in frozen.points[10:])


@both
def test_limits_of_few_points_are_said_to_be(spc):
    given = Series(LEVEL * 3, breaks=(12, 25))
    chart = spc.control_chart(XMR, given, HIGHER)
    assert [one.is_short for one in spc.segments(given, chart)] == [True, False, True]


# Run charts.


@both
def test_a_run_chart_marks_the_run_that_is_too_long(spc):
    low, high = (1.0, 2.0, 3.0), (8.0, 9.0)
    values = (*low, 9.0, *low, 9.0, *low, *high * 4, 1.0)
    given = Series(values)
    chart = spc.control_chart(RUN, given, HIGHER)
    assert chart.points[0].limits == Limits(5.5)
    assert spc.segments(given, chart)[0].runs.is_too_long
    assert not spc.segments(given, chart)[0].runs.has_too_few_crossings
    marked = [at for at, one in enumerate(chart.points) if one.signals]
    assert marked == list(range(11, 19))
    assert chart.points[11].signals == (Signal.LONG_RUN,)
    assert chart.points[11].variation is Variation.IMPROVING
    assert chart.variation is Variation.COMMON_CAUSE


@both
def test_a_run_chart_that_crosses_too_seldom_marks_the_level_it_is_at(spc):
    values = (*[1.0, 2.0] * 3, 1.0, *[7.0, 8.0] * 3, 7.0)
    chart = spc.control_chart(RUN, Series(values), LOWER)
    # Seven in a row are as many as chance makes of fourteen.
    assert signals_of(chart) == [()] * 7 + [(Signal.FEW_CROSSINGS,)] * 7
    assert chart.variation is Variation.CONCERNING
    calm = Series((1.0, 2.0) * 7)
    assert spc.control_chart(RUN, calm, LOWER).variation is Variation.COMMON_CAUSE
    # Of six points no order is a signal, so nothing can be said.
    assert spc.control_chart(RUN, Series(values[:6]), LOWER).variation is None


@both
@pytest.mark.parametrize("direction", [HIGHER, LOWER, NEUTRAL])
@pytest.mark.parametrize(
    ("last", "way"), [(58.0, None), (58.1, Way.UP), (44.0, None), (43.9, Way.DOWN)]
)
def test_a_value_far_from_the_others_is_told_and_not_judged(spc, direction, last, way):
    # The median is 51, and the middle one of the others 1 from it: 7 is the border.
    chart = spc.control_chart(RUN, Series((50.0, 51.0, 52.0) * 5 + (last,)), direction)
    *others, point = chart.points
    assert {other.variation for other in others} == {Variation.COMMON_CAUSE}
    assert point.signals == ((Signal.FAR_OUT,) if way else ())
    assert point.way is way
    expected = Variation.FAR_OUT if way else Variation.COMMON_CAUSE
    assert chart.variation is point.variation is expected


@both
@pytest.mark.parametrize(
    ("values", "expected"),
    [
        # Half are alike: the least step is of one event, and four are far from none.
        ((0.0,) * 11 + (1.0, 0.0, 2.0, 0.0, 1.0, 0.0, 3.0), None),
        ((0.0,) * 11 + (1.0, 0.0, 2.0, 0.0, 1.0, 0.0, 4.0), Variation.FAR_OUT),
        # All but one are alike: there is nothing to measure it by.
        ((50.0,) * 15 + (95.0,), None),
        # Two have been so far away: one more is no news, but they were.
        ((50.0, 51.0, 52.0) * 5 + (95.0, 95.0, 51.5), Variation.COMMON_CAUSE),
        # A level that lasts is a signal of order, and said so.
        ((50.0, 51.0, 52.0) * 4 + (95.0,) * 9, Variation.IMPROVING),
        ((50.0,), Variation.COMMON_CAUSE),
        ((), None),
    ],
)
def test_what_is_far_is_measured_by_the_others(spc, values, expected):
    chart = spc.control_chart(RUN, Series(values), HIGHER)
    assert chart.variation is expected


@both
def test_values_far_from_the_others_are_marked_wherever_they_are(spc):
    values = (50.0, 95.0, 51.0, 52.0, 50.0, 5.0, 51.0, 52.0, 50.0, 51.0, 52.0, 50.0)
    chart = spc.control_chart(RUN, Series(values), HIGHER)
    ways = {at: one.way for at, one in enumerate(chart.points) if one.signals}
    assert ways == {1: Way.UP, 5: Way.DOWN}
    assert chart.variation is Variation.COMMON_CAUSE
    # Limits are there to judge single values by.
    assert Signal.FAR_OUT not in sum(
        signals_of(spc.control_chart(XMR, Series(values), HIGHER)), ()
    )


@both
def test_a_run_chart_has_no_limits_and_no_assurance(spc):
    chart = spc.control_chart(RUN, Series(LEVEL), HIGHER, 5.0)
    assert chart.assurance is None
    assert chart.points[0].limits.lower is None


@both
@given(series())
def test_a_run_chart_is_marked_exactly_where_its_order_is_a_signal(spc, given):
    chart = spc.control_chart(RUN, given, HIGHER)
    for segment in spc.segments(given, chart):
        points = [
            one
            for at, one in enumerate(chart.points)
            if segment.start <= at < segment.stop and at not in given.excluded
        ]
        values = [one for one in points if one.value is not None]
        sides = [
            (one.value > one.limits.centre) - (one.value < one.limits.centre)
            for one in values
            if one.limits.centre is not None
        ]
        assert segment.runs == spc.runs(sides)
        is_signal = segment.runs is not None and segment.runs.is_signal
        is_signal &= can_be_tested(sides[: given.baseline], any(sides))
        of_order = {*Signal} - {Signal.FAR_OUT}
        assert any(of_order & {*one.signals} for one in points) == is_signal


# Whatever the series.


@both
@given(series(), st.sampled_from(ALL))
def test_changing_the_direction_mirrors_better_and_worse(spc, given, kind):
    up = spc.control_chart(kind, given, HIGHER, 50.0)
    down = spc.control_chart(kind, given, LOWER, 50.0)
    for one, other in zip(up.points, down.points, strict=True):
        assert (one.signals, one.way) == (other.signals, other.way)
        assert other.variation == (one.variation and MIRROR[one.variation])
    assert down.variation == (up.variation and MIRROR[up.variation])
    swapped = {
        Assurance.PASSING: Assurance.FAILING,
        Assurance.FAILING: Assurance.PASSING,
    }
    if up.last is not None and up.points[up.last].limits.lower != 50.0:
        assert down.assurance is swapped.get(up.assurance, up.assurance)
    neutral = spc.control_chart(kind, given, NEUTRAL, 50.0)
    assert neutral.assurance is None
    assert signals_of(neutral) == signals_of(up)


@both
@given(series(), st.sampled_from((XMR, RUN)), st.sampled_from((0.001, 0.25, 3, 1e6)))
def test_another_unit_of_the_values_scales_the_limits_and_changes_no_flag(
    spc, given, kind, factor
):
    # Whole numbers may be cases, of which half a one is within the limits.
    uneven = tuple(None if one is None else one + 0.1234567 for one in given.values)
    plain = Series(uneven, (), (), 1.0, given.breaks, given.excluded)
    values = tuple(None if one is None else factor * one for one in uneven)
    one = spc.control_chart(kind, plain, HIGHER)
    other = spc.control_chart(kind, replace(plain, values=values), HIGHER)
    assert_scaled(one, other, factor)


@both
@given(
    series(),
    st.sampled_from(sorted(set(ALL) - set(VALUES_ONLY))),
    st.sampled_from((0.01, 10, 1000)),
)
def test_a_share_per_hundred_or_per_thousand_has_the_same_flags(
    spc, given, kind, factor
):
    values = tuple(None if one is None else factor * one for one in given.values)
    scaled = replace(given, values=values, per=factor * given.per)
    one = spc.control_chart(kind, given, HIGHER)
    assert_scaled(one, spc.control_chart(kind, scaled, HIGHER), factor)


def assert_scaled(one, other, factor):
    assert signals_of(one) == signals_of(other)
    for a, b in zip(one.points, other.points, strict=True):
        for name in ("centre", "lower", "upper", "near_lower", "near_upper"):
            ours, theirs = getattr(a.limits, name), getattr(b.limits, name)
            assert (ours is None) == (theirs is None)
            if ours is not None:
                expected = pytest.approx(factor * ours, rel=1e-9, abs=1e-9 * factor)
                assert theirs == expected


@both
@given(series(), st.sampled_from(ALL))
def test_a_unit_without_cases_changes_no_other_point(spc, given, kind):
    wider = Series.of_counts(
        (*given.numerators, 0),
        (*given.denominators, 0),
        given.per,
        given.breaks,
        given.excluded,
        given.baseline,
    )
    one, other = (
        spc.control_chart(kind, each, HIGHER, 40.0) for each in (given, wider)
    )
    assert other.points[:-1] == one.points
    assert (other.last, other.variation, other.assurance) == (
        one.last,
        one.variation,
        one.assurance,
    )


@both
@given(series(), st.sampled_from(CONTROL))
def test_a_point_on_the_centre_has_no_signal_but_a_trend(spc, given, kind):
    for one in spc.control_chart(kind, given, HIGHER).points:
        if one.value is not None and one.value == one.limits.centre:
            assert set(one.signals) <= {Signal.TREND}


@both
@given(series(), st.sampled_from(CONTROL))
def test_points_outside_and_those_that_are_not_differ_only_by_the_limits(
    spc, given, kind
):
    for one in spc.control_chart(kind, given, HIGHER).points:
        if one.value is not None and one.limits.lower is not None:
            is_outside = not (
                one.limits.lower - 1e-7 <= one.value <= one.limits.upper + 1e-7
            )
            assert not is_outside or Signal.OUTSIDE in one.signals


# What does not fit together.


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"numerators": (1,), "denominators": (2,)}, "3 values, but counts of"),
        ({"numerators": (1, 2, 3)}, "3 values, but counts of"),
        ({"breaks": (0,)}, "breaks are not within"),
        ({"breaks": (3,)}, "breaks are not within"),
        ({"breaks": (2, 1)}, "breaks are not within"),
        ({"baseline": 1}, "expected a baseline of 2 or more, got 1"),
    ],
)
def test_a_series_whose_parts_do_not_fit_is_refused(options, message):
    with pytest.raises(ValueError, match=message):
        Series((1.0, 2.0, 3.0), **options)


# Speed.


def test_four_hundred_charts_of_forty_points_are_a_matter_of_tenths_of_a_second():
    dice = Random(1)
    many = [
        Series.of_counts(
            [dice.randint(30, 60) for _ in range(40)],
            [dice.randint(60, 90) for _ in range(40)],
            100,
        )
        for _ in range(400)
    ]

    def seconds():
        began = process_time()
        for one in many:
            control_chart(P, one, HIGHER, 80.0)
        return process_time() - began

    # 0.25 to 0.45 s measured, on a busy machine; a batch of many series is quicker.
    assert min(seconds() for _ in range(3)) < 0.8
