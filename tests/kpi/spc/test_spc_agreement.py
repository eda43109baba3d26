"""What the arrays say of every point, and of many series, plain Python says of each."""

from math import isnan, nan
from random import Random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kpi.model import Direction, Kind
from kpi.spc import chart
from kpi.spc.points import ChartKind, Series, charts_that_fit
from kpi.spc.segments import Process, Segments
from tests.kpi.spc.reference.chart import control_chart
from tests.kpi.spc.reference.choice import chart_choice
from tests.kpi.spc.reference.false_alarms import expected_false_alarms
from tests.kpi.spc.series import ALL, base_ranges, series
from tests.kpi.spc.versions import assert_same

KINDS = (Kind.PROPORTION, Kind.RATE, Kind.COUNT, Kind.MEAN, Kind.RANK)


@st.composite
def indicators(draw):
    """What series may have in common: kind, direction, chart asked for, process."""
    kind = draw(st.sampled_from(KINDS))
    process = Process(
        baseline=draw(st.sampled_from((None, None, 12))),
        lowest=draw(st.sampled_from((None, 0.0))),
        highest=draw(st.sampled_from((None, 100.0))),
    )
    direction = draw(st.sampled_from(tuple(Direction)))
    declared = draw(st.sampled_from((None, None, *sorted(charts_that_fit(kind)))))
    return kind, direction, declared, process


def drawn(dice, kind, process):
    """A series in which something may happen at the end, with gaps."""
    size, whole = dice.randrange(1, 60), dice.choice((4, 30, 300))
    level = whole * dice.choice((0.01, 0.3, 0.5, 0.99))
    noise = dice.choice((0, 0.3, 1, 2.5)) * level**0.5
    end = dice.choice(("calm", "step", "trend", "through", "far", "constant"))
    lasts = dice.choice((6, 7, 8, 9))
    parts, wholes = [], []
    for at in range(size):
        late = max(0, at - size + lasts)
        change = {
            "step": (late > 0) * noise,
            "trend": 2 * late * noise,
            "through": (late > 0) * (lasts / 2 - late) * noise / 2,  # falls past it
            "far": 3 * noise * (at >= size - 2),
        }.get(end, 0)
        is_even = end == "constant" or (end == "through" and late)
        now = level + change + dice.gauss(0, noise) * (not is_even)
        own = whole + dice.randrange(1 + whole // 4)
        is_gap = dice.random() < 0.05
        parts.append(None if is_gap else min(max(round(now), 0), own))
        wholes.append(None if is_gap else own)
    limits = process.baseline, process.lowest, process.highest
    if kind is Kind.COUNT:
        return Series(tuple(parts), (), (), 100, (), frozenset(), *limits)
    one = Series.of_counts(parts, wholes, 100)
    return Series(
        one.values, one.numerators, one.denominators, 100, (), frozenset(), *limits
    )


def alone(indicator, one, is_counted, target):
    """Return chart, why, variation, assurance and chance in plain Python."""
    kind, direction, declared, _ = indicator
    declared = declared if declared in charts_that_fit(kind, is_counted) else None
    counts = one if is_counted else None
    choice = chart_choice(
        kind,
        counts,
        len(one.current),
        declared,
        ranges=base_ranges(one),
        baseline=one.baseline,
    )
    if choice.chart is ChartKind.NONE:
        return choice.chart, choice.why, None, None, 0.0
    found = control_chart(choice.chart, one, direction, target)
    chance = expected_false_alarms([found])
    return choice.chart, choice.why, found.variation, found.assurance, chance


def together(indicator, many):
    """Series as rows of one width."""
    width = max(len(one.values) for one, *_ in many)
    filled = np.full((3, len(many), width), nan)
    for row, (one, *_) in enumerate(many):
        for part, numbers in enumerate((one.values, one.numerators, one.denominators)):
            filled[part, row, : len(numbers)] = [
                nan if number is None else number for number in numbers
            ]
    is_counted = np.array([is_counted for _, is_counted, _ in many])
    targets = np.array([target for *_, target in many])
    kind, direction, declared, process = indicator
    segments = Segments(*filled, np.zeros(filled.shape[1:], dtype=bool))
    return chart.last_points(
        kind, direction, process, segments, is_counted, targets, declared
    )


@settings(max_examples=100)
@given(indicators(), st.integers(0, 2**32))
def test_many_series_say_what_each_says_alone(indicator, seed):
    dice = Random(seed)
    many = [
        (
            drawn(dice, indicator[0], indicator[-1]),
            dice.random() < 0.8,
            dice.choice((nan, 0, 30, 50, 100)),
        )
        for _ in range(40)
    ]
    said = together(indicator, many)
    for at, (one, is_counted, target) in enumerate(many):
        target = None if isnan(target) else target
        *words, chance = alone(indicator, one, is_counted, target)
        found = said.chart[at], said.why[at], said.variation[at], said.assurance[at]
        assert found == tuple(words)
        assert said.false_alarms[at] == pytest.approx(chance)
        assert said.points[at] == len(one.current)


@given(
    series(),
    st.sampled_from(ALL),
    st.sampled_from(tuple(Direction)),
    st.sampled_from((None, 0.0, 50.0, 100.0)),
    st.booleans(),
)
def test_every_point_of_a_chart_is_as_in_plain_python(
    given, kind, direction, target, is_screened
):
    ours, theirs = (
        version(kind, given, direction, target, is_screened)
        for version in (chart.control_chart, control_chart)
    )
    assert_same(ours, theirs)


@pytest.mark.skipif(
    np.finfo(np.longdouble).eps == np.finfo(np.float64).eps,
    reason="this processor adds in no more decimals than it keeps",
)
def test_a_chart_is_the_same_to_the_last_decimal_beside_a_longer_one():
    """numpy adds short and long rows in another order."""
    dice = Random(4)
    values = tuple(dice.random() for _ in range(24))
    alone = chart.control_chart(ChartKind.XMR, Series(values), Direction.HIGHER)
    longer = Series(values + tuple(dice.random() for _ in range(500)), breaks=(24,))
    beside = chart.control_chart(ChartKind.XMR, longer, Direction.HIGHER)
    assert beside.points[0].limits == alone.points[0].limits
