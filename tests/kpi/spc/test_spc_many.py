"""Many series at once say what each of them says alone."""

from math import isnan, nan
from random import Random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kpi.model import Direction, Kind
from kpi.spc.chart import control_chart
from kpi.spc.choice import chart_choice, charts_that_fit
from kpi.spc.false_alarms import expected_false_alarms
from kpi.spc.many import last_points
from kpi.spc.many_limits import Process, Segments
from kpi.spc.points import ChartKind, Series

KINDS = (Kind.PROPORTION, Kind.RATE, Kind.COUNT, Kind.MEAN, Kind.RANK)


@st.composite
def processes(draw):
    kind = draw(st.sampled_from(KINDS))
    declared = draw(st.sampled_from((None, None, *sorted(charts_that_fit(kind)))))
    return Process(
        kind,
        draw(st.sampled_from(tuple(Direction))),
        declared=declared,
        baseline=draw(st.sampled_from((None, None, 12))),
        lowest=draw(st.sampled_from((None, 0.0))),
        highest=draw(st.sampled_from((None, 100.0))),
    )


def drawn(dice, process):
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
    if process.kind is Kind.COUNT:
        return Series(tuple(parts), (), (), 100, (), frozenset(), *limits)
    one = Series.of_counts(parts, wholes, 100)
    return Series(
        one.values, one.numerators, one.denominators, 100, (), frozenset(), *limits
    )


def alone(process, one, is_counted, target):
    """What `kpi.spc` says of one series: chart, why, variation, assurance, chance."""
    fit = charts_that_fit(process.kind, is_counted)
    declared = process.declared if process.declared in fit else None
    counts = one if is_counted else None
    choice = chart_choice(process.kind, counts, len(one.current), declared)
    if choice.chart is ChartKind.NONE:
        return choice.chart, choice.why, None, None, 0.0
    found = control_chart(choice.chart, one, process.direction, target)
    chance = expected_false_alarms([found])
    return choice.chart, choice.why, found.variation, found.assurance, chance


def together(process, many):
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
    return last_points(process, Segments(*filled, is_counted, targets))


@settings(deadline=None, max_examples=100)
@given(processes(), st.integers(0, 2**32))
def test_many_series_say_what_each_says_alone(process, seed):
    dice = Random(seed)
    many = [
        (drawn(dice, process), dice.random() < 0.8, dice.choice((nan, 0, 30, 50, 100)))
        for _ in range(40)
    ]
    said = together(process, many)
    for at, (one, is_counted, target) in enumerate(many):
        target = None if isnan(target) else target
        *words, chance = alone(process, one, is_counted, target)
        found = said.chart[at], said.why[at], said.variation[at], said.assurance[at]
        assert found == tuple(words)
        assert said.false_alarms[at] == pytest.approx(chance)
        assert said.points[at] == len(one.current)
