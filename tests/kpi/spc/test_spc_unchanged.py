"""Units that never change are seldom called changed, and as often as we say."""

import numpy as np
import pytest

from kpi.model import Direction, Kind
from kpi.spc.chart import control_chart
from kpi.spc.limits import limits_of
from kpi.spc.points import ChartKind, Series, Variation
from kpi.spc.runs import (
    by_size,
    can_be_tested,
    far_out,
    last_signal_chances,
    run_signals,
    runs,
)
from kpi.spc.runs import last_signal_probability as counted
from kpi.spc.segments import Process, Segments
from tests.kpi.spc import unchanged
from tests.kpi.spc.reference.chart import control_chart as plain_chart
from tests.kpi.spc.reference.choice import chart_choice
from tests.kpi.spc.reference.runs import last_signal_probability
from tests.kpi.spc.versions import both

UNITS = 1000
P, RUN = ChartKind.P, ChartKind.RUN


def assert_seldom(said, most=0.05):
    found = unchanged.alarms(said)
    error = 3 * np.sqrt(most * (1 - most) / UNITS)
    assert found.came <= UNITS * (most - error)
    return found


@pytest.mark.parametrize("months", [12, 19, 24, 36, 60])
@pytest.mark.parametrize("share", [0.9, 0.95, 0.975, 0.99])
@pytest.mark.parametrize("cases", [10, 20, 50, 200])
def test_the_last_point_of_rare_misses_seldom_signals(share, cases, months):
    segments = unchanged.shares(share, cases, months, UNITS, seed=months)
    assert_seldom(unchanged.charted(Kind.PROPORTION, segments))


@pytest.mark.parametrize("months", [12, 24, 36, 60])
@pytest.mark.parametrize("mean", [0.2, 0.5, 0.8, 1.04, 1.5, 2.1])
def test_nor_that_of_rare_events(mean, months):
    segments = unchanged.counts(mean, months, UNITS, seed=months)
    assert_seldom(unchanged.charted(Kind.COUNT, segments))
    assert_seldom(unchanged.charted(Kind.COUNT, segments, ChartKind.XMR))
    rated = unchanged.rates(mean, months, UNITS, seed=months)
    assert_seldom(unchanged.charted(Kind.RATE, rated))


@pytest.mark.parametrize(
    ("kind", "make"),
    [
        (Kind.MEAN, lambda units: unchanged.values(24, units, 1)),
        (Kind.MEAN, lambda units: unchanged.values(15, units, 2)),
        (Kind.PROPORTION, lambda units: unchanged.shares(0.8, 60, 24, units, 3)),
        (Kind.PROPORTION, lambda units: unchanged.shares(0.97, 60, 36, units, 4)),
        (Kind.PROPORTION, lambda units: unchanged.shares(0.95, 16, 36, units, 5)),
        (
            Kind.PROPORTION,
            lambda units: unchanged.uneven_shares(0.7, 200, 0.2, 36, units, 6),
        ),
        (Kind.COUNT, lambda units: unchanged.counts(8, 36, units, 7)),
        (Kind.COUNT, lambda units: unchanged.counts(2, 36, units, 8)),
        (Kind.RATE, lambda units: unchanged.rates(12, 24, units, 9)),
        (Kind.RATE, lambda units: unchanged.rates(0.85, 24, units, 10)),
    ],
)
def test_chance_gives_as_many_signals_as_the_list_says(kind, make):
    """Within a third, and what so few charts can show."""
    found = unchanged.alarms(unchanged.charted(kind, make(6000)))
    assert found.came == pytest.approx(
        found.said, rel=1 / 3, abs=3 * np.sqrt(found.said)
    )
    assert found.said > 20


# A test of order that signals what is chance is none.


def test_half_or_more_at_the_median_leave_nothing_to_cross_it():
    """24 months about 97.5 %: 13 without a miss. The old rule called them worse."""
    parts = [23, 25, 18, 14, 16, 21, 13, 22, 24, 25, 15, 23]
    parts += [14, 14, 13, 20, 19, 25, 16, 26, 18, 16, 22, 22]
    wholes = [23, 25, 18, 14, 16, 21, 14, 23, 26, 25, 16, 24]
    wholes += [14, 14, 14, 21, 19, 26, 18, 26, 18, 17, 22, 23]
    series = Series.of_counts(parts, wholes, 100)
    choice = chart_choice(Kind.PROPORTION, series, 24)
    assert choice.chart is RUN
    for chart in (control_chart, plain_chart):
        drawn = chart(RUN, series, Direction.HIGHER)
        assert drawn.variation is None
        assert not any(point.signals for point in drawn.points)


@pytest.mark.parametrize(
    ("above", "below", "is_tested"),
    [
        (12, 12, True),
        (11, 13, True),
        (10, 14, True),
        (9, 15, True),  # 5.0 %
        (8, 16, False),  # 7.4 %
        (0, 11, False),
        (4, 4, False),  # nothing could be a signal
        (5, 5, True),  # 0.8 %
        (0, 0, True),  # it has not varied at all
    ],
)
def test_an_order_is_tested_if_it_may_signal_but_seldom_does(above, below, is_tested):
    chance = last_signal_probability(above, below)
    sides = np.array([[1] * above + [-1] * below + [0] * 3])
    assert can_be_tested(sides)[0] == is_tested
    if above:
        assert (0 < chance <= 0.05) == is_tested


@pytest.mark.parametrize(("above", "below"), [(5, 5), (6, 7), (3, 9), (1, 10), (2, 5)])
def test_a_last_point_signals_by_chance_as_often_as_counted(above, below):
    """In every order there is, two points on the centre among them."""
    dice = np.random.default_rng(7)
    row = np.array([1] * above + [-1] * below + [0, 0])
    sides = dice.permuted(np.tile(row, (40_000, 1)), axis=1)
    last = run_signals(runs(sides))[1][:, -1] != 0
    [chance] = last_signal_chances(sides[:1], np.array([len(row)]))
    assert last.mean() == pytest.approx(chance, abs=0.008)
    plain = last_signal_probability(above, below) * (above + below) / len(row)
    assert chance == pytest.approx(plain, abs=1e-12)


@pytest.mark.parametrize("above", range(14))
@pytest.mark.parametrize("below", [0, 3, 8, 13])
def test_the_chances_counted_by_cuts_and_point_by_point_are_the_same(above, below):
    expected = last_signal_probability(above, below)
    assert counted(above, below) == pytest.approx(expected, abs=1e-12)
    assert by_size(np.array([[above, below]]), counted) == pytest.approx([expected])


@both
def test_a_kept_median_is_judged_by_the_points_it_is_of(spc):
    """Twelve months about 50, then twelve above: that they are above is the signal."""
    values = (*[49.0, 51.0] * 6, *[55.0, 56.0] * 6)
    kept = spc.control_chart(RUN, Series(values, baseline=12), Direction.HIGHER)
    assert kept.variation is Variation.IMPROVING


# Where few cases are expected.


@both
@pytest.mark.parametrize(("case", "sides"), [(10, 0), (1000, 8)])
def test_the_whole_number_nearest_to_the_centre_is_on_no_side(spc, case, sides):
    """Of 10 cases, 2.1 are expected: 2 are as near as can be. Of 1 000, 210, and 200
    are not."""
    parts = [3, 2, 1, 4, 1, 3, 2, 1, 3, 2, 1, 3, 2, 2, 2, 2, 2, 2, 2, 1, 3, 2]
    series = Series.of_counts(
        [case / 10 * one for one in parts], [case] * len(parts), 100
    )
    chart = spc.control_chart(P, series, Direction.LOWER)
    shift = sum("shift" in point.signals for point in chart.points)
    assert shift == sides


@both
def test_of_many_cases_each_side_of_the_centre_counts(spc):
    """The rule of seven as everywhere, from five expected cases on."""
    low, high = [4, 6] * 8, [6] * 7  # 5.3 expected: 5 is nearest, and 6 is above
    chart = spc.control_chart(
        ChartKind.C, Series((*map(float, low), *map(float, high))), Direction.HIGHER
    )
    assert chart.variation is Variation.IMPROVING
    fewer = tuple(float(one) - 1 for one in (*low, *high))  # 4.3: 5 is above, 4 is not
    assert spc.control_chart(
        ChartKind.C, Series(fewer), Direction.HIGHER
    ).variation is (Variation.IMPROVING)


def test_segments_of_few_cases_know_how_near_their_centre_is_beside_it():
    rows = [[1.0, 2.0, 2.0, 1.0]] * 2
    wholes = [[10.0, 20.0, 10.0, 10.0], [100.0, 200.0, 100.0, 100.0]]
    parts, sizes = np.array(rows), np.array(wholes)
    many = parts * np.array([[1.0], [30.0]])
    segments = Segments(100 * many / sizes, many, sizes, np.zeros((2, 4), dtype=bool))
    found = limits_of(Process(per=100), P, segments).beside
    assert found.tolist() == [[5.0, 2.5, 5.0, 5.0], [0.0] * 4]


@pytest.mark.parametrize("points", [10, 14, 19])
@pytest.mark.parametrize(
    ("most", "draw"),
    [
        (0.02, lambda dice, size: dice.normal(size=size)),
        (0.05, lambda dice, size: dice.exponential(size=size)),
        (0.01, lambda dice, size: dice.poisson(0.5, size)),
        (0.03, lambda dice, size: dice.binomial(40, 0.95, size)),
    ],
)
def test_a_last_value_that_is_chance_is_seldom_far_from_the_others(points, most, draw):
    values = draw(np.random.default_rng(points), (20_000, points)).astype(float)
    differences = values - np.median(values, axis=1, keepdims=True)
    assert far_out(differences, np.full((20_000, 1), 1e-12))[:, -1].mean() <= most
