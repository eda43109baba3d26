import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpi.spc.points import Limits, Signal, Way
from tests.kpi.spc.series import slow_shifts, slow_trends, slow_two_of_three
from tests.kpi.spc.versions import both

SIDES = st.lists(st.sampled_from((-1, 0, 1)), max_size=40)
SHIFTING = st.lists(
    st.tuples(st.sampled_from((-1, 0, 1)), st.integers(1, 10)), max_size=6
).map(lambda runs: [side for side, length in runs for _ in range(length)])
STEPS = st.lists(st.sampled_from((1, 2, 3)), max_size=30)
LIMITS = Limits(0.0, -3.0, 3.0, -2.0, 2.0)


def found_in(spc, values):
    return spc.signals(values, [LIMITS] * len(values))


# Seven on one side: the cases of NHSRplotthedots' own tests.


@both
@pytest.mark.parametrize(
    ("sides", "expected"),
    [
        ([], set()),
        ([1] * 6, set()),
        ([1] * 6 + [-1], set()),
        ([1] * 7, set(range(7))),
        ([1] * 8 + [-1], set(range(8))),
        ([-1] + [1] * 8 + [-1], set(range(1, 9))),
        ([1] + [-1] * 8 + [1], set(range(1, 9))),
        ([0] * 9, set()),
    ],
)
def test_seven_on_one_side_are_a_shift(spc, sides, expected):
    assert spc.shifts(sides) == expected


@both
def test_a_point_on_the_centre_breaks_a_run(spc):
    assert spc.shifts([1] * 6 + [0] + [1] * 6) == set()
    assert found_in(spc, [1.0] * 6 + [0.0] + [1.0] * 6)[0] == [()] * 13


@both
@given(st.one_of(SIDES, SHIFTING))
def test_shifts_are_those_of_looking_at_every_seven(spc, sides):
    assert spc.shifts(sides) == slow_shifts(sides)


# Seven rising or falling.


@both
@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ([], {}),
        ([1, 2, 3, 4, 5, 6], {}),
        ([1, 2, 3, 3, 4, 5, 6], {}),
        ([1, 2, 3, 4, 5, 6, 7], dict.fromkeys(range(7), Way.UP)),
        ([2, 1, 2, 3, 4, 5, 6, 7, 3], dict.fromkeys(range(1, 8), Way.UP)),
        ([7, 6, 5, 4, 3, 2, 1], dict.fromkeys(range(7), Way.DOWN)),
        ([2, 7, 6, 5, 4, 3, 2, 1, 3], dict.fromkeys(range(1, 8), Way.DOWN)),
    ],
)
def test_seven_points_that_is_six_steps_are_a_trend(spc, values, expected):
    assert spc.trends(values) == expected


@both
def test_a_turning_point_goes_with_the_trend_that_begins(spc):
    peak = [1, 2, 3, 4, 5, 6, 7, 6, 5, 4, 3, 2, 1]
    found = spc.trends(peak)
    assert found[5] is Way.UP
    assert found[6] is Way.DOWN


@both
def test_the_last_point_of_a_rise_is_rising_though_another_rise_begins_lower(spc):
    # NHSRplotthedots calls it falling: it looks at the step to the next point only.
    found = spc.trends([1, 2, 3, 4, 5, 6, 7, 1, 2, 3, 4, 5, 6, 7])
    assert set(found.values()) == {Way.UP}


@both
@given(
    st.lists(st.tuples(st.booleans(), STEPS), max_size=4),
    st.lists(st.integers(0, 5), max_size=30),
)
def test_trends_are_those_of_looking_at_every_seven(spc, parts, noise):
    values, at = list(noise), 0
    for is_rising, steps in parts:
        for step in steps:
            at += step if is_rising else -step
            values.append(at)
    assert set(spc.trends(values)) == slow_trends(values)


# Two of three near a limit: NHSRplotthedots' own cases, all on one side.


@both
@pytest.mark.parametrize(
    ("near", "expected"),
    [
        ([], set()),
        ([0, 0, 0], set()),
        ([1, 0, 1], {0, 2}),
        ([0, 1, 1], {1, 2}),
        ([0, 0, 1, 0, 1, 0, 0], {2, 4}),
        ([1, 0, 0, 1], set()),
        ([1, 0, 0, 1, 1], {3, 4}),
    ],
)
def test_two_of_three_near_a_limit_are_a_signal(spc, near, expected):
    assert spc.two_of_three([1] * len(near), [bool(one) for one in near]) == expected


@both
def test_all_three_have_to_be_on_the_same_side(spc):
    # NHSRplotthedots issue 143.
    assert spc.two_of_three([1, 1, -1], [True, True, False]) == set()
    assert spc.two_of_three([1, 0, 1], [True, False, True]) == set()
    assert found_in(spc, [1.0, -1.0] * 7 + [2.5, -2.5])[0] == [()] * 16


@both
@given(st.lists(st.tuples(st.sampled_from((-1, 0, 1)), st.booleans()), max_size=30))
def test_two_of_three_are_those_of_looking_at_every_three(spc, points):
    sides = [side for side, _ in points]
    near = [is_near for _, is_near in points]
    assert spc.two_of_three(sides, near) == slow_two_of_three(sides, near)


# Together.


@both
def test_a_point_on_its_limit_is_within_it(spc):
    assert found_in(spc, [3.0, -3.0]) == ([(), ()], [None, None])
    marks, ways = found_in(spc, [3.001, -3.001])
    assert marks == [(Signal.OUTSIDE,)] * 2
    assert ways == [Way.UP, Way.DOWN]


@both
def test_a_point_outside_is_not_also_near(spc):
    # As in NHSRplotthedots: one near and one outside are not two near.
    assert found_in(spc, [2.5, 4.0, 1.0])[0] == [(), (Signal.OUTSIDE,), ()]


@both
def test_signals_come_in_order_and_the_first_decides_the_way(spc):
    marks, ways = found_in(spc, [-2.9, -2.5, -2.1, -1.8, -1.2, -0.9, -0.3])
    assert marks[0] == (Signal.TREND, Signal.TWO_OF_THREE, Signal.SHIFT)
    assert ways[0] is Way.UP  # below the centre, but rising
    assert marks[6] == (Signal.TREND, Signal.SHIFT)
    marks, ways = found_in(spc, [-3.5, -2.9, -2.1, -1.8, -1.2, -0.9, -0.3])
    assert marks[0][0] is Signal.OUTSIDE
    assert ways[0] is Way.DOWN


@both
def test_decimals_that_do_not_add_up_are_not_a_side(spc):
    # 0.1 + 0.2 is a little more than 0.3.
    centre = Limits(0.3, 0.0, 0.6, 0.1, 0.5)
    assert spc.signals([0.1 + 0.2] * 9, [centre] * 9)[0] == [()] * 9
