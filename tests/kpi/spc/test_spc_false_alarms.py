from itertools import pairwise

import numpy as np
import pytest

from kpi.model import Direction
from kpi.spc.false_alarms import (
    COLUMNS,
    FAMILY,
    FEW,
    PROBABILITIES,
    Where,
    signal_probability,
)
from kpi.spc.points import ChartKind, Series, Signal
from kpi.spc.runs import false_signal_probability
from tests.kpi.spc.reference.chart import control_chart
from tests.kpi.spc.reference.false_alarms import expected_false_alarms
from tests.kpi.spc.series import CONTROL
from tests.kpi.spc.simulated import FAMILIES, SEED, false_alarms, marks, stable
from tests.kpi.spc.versions import both

SERIES = 20_000
LOWER = Direction.LOWER
KINDS = {"individuals": ChartKind.XMR, "cases_between": ChartKind.G}


@pytest.mark.parametrize("family", FAMILIES)
@pytest.mark.parametrize("points", [8, 20, 36])
def test_the_table_is_what_a_simulation_gives(family, points):
    found = false_alarms(family, points, SERIES, SEED + 1)
    for one, expected in zip(found, PROBABILITIES[family][points], strict=True):
        error = np.sqrt(expected * (1 - expected) / SERIES)
        assert one == pytest.approx(expected, abs=4 * error + 2e-4)


@both
@pytest.mark.parametrize("family", KINDS)
@pytest.mark.parametrize("points", [10, 36])
def test_the_simulated_rules_mark_the_points_that_the_charts_do(spc, family, points):
    for values in next(stable(family, points, 60)):
        wild = values.copy()
        wild[points // 2 :] += 1.5 * values.std()  # so that there is much to mark
        chart = spc.control_chart(KINDS[family], Series(tuple(wild.tolist())), LOWER)
        for rule, marked in marks(wild[None, :], family).items():
            ours = [Signal(rule) in one.signals for one in chart.points]
            assert ours == marked[0].tolist(), rule


def test_every_control_chart_has_its_row():
    assert set(FAMILY) == set(CONTROL)
    families = {*FAMILY.values(), FEW}
    assert families == set(PROBABILITIES) == set(FAMILIES)
    for table in PROBABILITIES.values():
        assert {len(row) for row in table.values()} == {len(COLUMNS)}


def test_a_length_between_two_of_the_table_is_between_them():
    low, high = (PROBABILITIES["individuals"][one][-1] for one in (24, 30))
    found = signal_probability(ChartKind.XMR, 26)
    assert found == pytest.approx(low + (high - low) / 3)
    assert signal_probability(ChartKind.XMR, 24) == low


def test_a_longer_series_has_more_false_alarms_and_one_point_none():
    for what in COLUMNS:
        found = [signal_probability(ChartKind.XMR, n, what) for n in range(0, 300)]
        assert found[:2] == [0, 0]
        # By the simulation's own error the last point's may fall a little.
        assert all(b >= a - 0.001 for a, b in pairwise(found))
        assert found[-1] < 1
    assert signal_probability(ChartKind.XMR, 200) == pytest.approx(
        1 - (1 - PROBABILITIES["individuals"][100][-1]) ** 2
    )


def stable_charts(generator, size, points, kind=ChartKind.XMR):
    rows = generator.standard_normal((size, points)).tolist()
    return [control_chart(kind, Series(tuple(row)), LOWER) for row in rows]


def is_signalled(chart, where):
    if where is Where.LAST:
        return bool(chart.points[-1].signals)
    return any(one.signals for one in chart.points)


@pytest.mark.parametrize("where", Where)
def test_as_many_false_alarms_are_expected_as_stable_processes_give(where):
    generator = np.random.default_rng(1)
    charts = [
        *stable_charts(generator, 800, 24),
        *stable_charts(generator, 800, 33),
    ]
    expected = expected_false_alarms(charts, where)
    found = sum(is_signalled(one, where) for one in charts)
    assert found == pytest.approx(expected, abs=4 * np.sqrt(expected))


def test_a_break_gives_each_segment_its_own_false_alarms():
    generator = np.random.default_rng(2)
    rows = generator.standard_normal((600, 44)).tolist()
    charts = [
        control_chart(ChartKind.XMR, Series(tuple(row), breaks=(20,)), LOWER)
        for row in rows
    ]
    expected = expected_false_alarms(charts, Where.ANYWHERE)
    found = sum(is_signalled(one, Where.ANYWHERE) for one in charts)
    assert found == pytest.approx(expected, abs=4 * np.sqrt(expected))
    last = signal_probability(ChartKind.XMR, 24, Where.LAST)
    assert expected_false_alarms(charts) == pytest.approx(600 * last)


def test_run_charts_are_counted_by_their_points_above_and_below():
    generator = np.random.default_rng(3)
    charts = stable_charts(generator, 2000, 16, ChartKind.RUN)
    expected = expected_false_alarms(charts)
    assert expected == pytest.approx(2000 * false_signal_probability(8, 8))
    found = sum(one.segments[0].runs.is_signal for one in charts)
    assert found == pytest.approx(expected, abs=4 * np.sqrt(expected))


def test_a_unit_without_cases_is_expected_to_alarm_nobody():
    empty = Series.of_counts([0] * 24, [0] * 24)
    charts = [control_chart(kind, empty, LOWER) for kind in (*CONTROL, ChartKind.RUN)]
    assert expected_false_alarms(charts, Where.ANYWHERE) == 0
    assert expected_false_alarms([]) == 0
