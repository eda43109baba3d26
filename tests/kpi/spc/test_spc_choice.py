import numpy as np
import pytest

from kpi.model import Kind
from kpi.spc.choice import Choice, Why
from kpi.spc.points import ChartKind, Series, charts_that_fit
from tests.kpi.spc.versions import both

# 24 periods of about 100, whose shares are as far apart as counts make them.
STEADY = (52, 47, 55, 50, 44, 51, 49, 56, 50, 46, 53, 48)
SERIES = Series.of_counts(STEADY * 2, [100] * 24)
# Ten times as many cases with the same shares: far more than the counts explain.
RESTLESS = Series.of_counts([one * 100 for one in STEADY * 2], [10_000] * 24)


@both
@pytest.mark.parametrize(
    ("length", "chart", "why"),
    [
        (0, ChartKind.NONE, Why.TOO_FEW_POINTS),
        (9, ChartKind.NONE, Why.TOO_FEW_POINTS),
        (10, ChartKind.RUN, Why.SHORT_SERIES),
        (19, ChartKind.RUN, Why.SHORT_SERIES),
        (20, ChartKind.P, Why.VARIES_AS_COUNTS),
    ],
)
def test_the_length_decides_first(spc, length, chart, why):
    assert spc.chart_choice(Kind.PROPORTION, SERIES, length) == Choice(chart, why)


@both
@pytest.mark.parametrize(
    ("kind", "plain", "wider"),
    [
        (Kind.PROPORTION, ChartKind.P, ChartKind.P_PRIME),
        (Kind.RATE, ChartKind.U, ChartKind.U_PRIME),
    ],
)
def test_the_kind_and_the_variation_decide_then(spc, kind, plain, wider):
    assert spc.chart_choice(kind, SERIES, 24) == Choice(plain, Why.VARIES_AS_COUNTS)
    assert spc.chart_choice(kind, RESTLESS, 24) == Choice(wider, Why.VARIES_MORE)


@both
def test_numbers_that_vary_more_than_counts_are_single_values(spc):
    reports = Series(tuple(map(float, STEADY * 2)))
    assert spc.chart_choice(Kind.COUNT, reports, 24).chart is ChartKind.C
    many = Series(tuple(one * 100.0 for one in STEADY * 2))
    assert spc.chart_choice(Kind.COUNT, many, 24).chart is ChartKind.XMR


@both
@pytest.mark.parametrize("kind", [Kind.MEAN, Kind.PROPORTION])
def test_values_without_counts_are_single_values(spc, kind):
    assert spc.chart_choice(kind, None, 24) == Choice(ChartKind.XMR, Why.NO_COUNTS)


@both
@pytest.mark.parametrize("kind", [Kind.RANK, Kind.MILESTONE])
def test_a_rank_and_a_milestone_are_not_processes(spc, kind):
    expected = Choice(ChartKind.NONE, Why.NOT_A_PROCESS)
    assert spc.chart_choice(kind, None, 40, ChartKind.XMR) == expected


@both
def test_the_definition_may_ask_for_a_chart_but_not_of_too_few_points(spc):
    def chosen(length, chart):
        return spc.chart_choice(Kind.PROPORTION, SERIES, length, chart)

    assert chosen(24, ChartKind.XMR) == Choice(ChartKind.XMR, Why.DECLARED)
    assert chosen(24, ChartKind.RUN) == Choice(ChartKind.RUN, Why.DECLARED)
    assert chosen(12, ChartKind.NONE) == Choice(ChartKind.NONE, Why.DECLARED)
    assert chosen(12, ChartKind.XMR) == Choice(ChartKind.RUN, Why.SHORT_SERIES)
    assert chosen(5, ChartKind.RUN) == Choice(ChartKind.NONE, Why.TOO_FEW_POINTS)


@both
def test_of_rare_events_the_time_between_is_charted(spc):
    rare = Series.of_counts([0, 0, 1, 0] * 6, [40] * 24)
    kind = Kind.PROPORTION
    assert spc.chart_choice(kind, rare, 24) == Choice(ChartKind.RUN, Why.RARE_EVENTS)
    dated = spc.chart_choice(kind, rare, 24, has_events=True)
    assert dated == Choice(ChartKind.G, Why.RARE_EVENTS)
    assert spc.chart_choice(Kind.RATE, rare, 24, has_events=True).chart is ChartKind.T
    counts = Series(tuple([0.0, 0.0, 1.0, 0.0] * 6))
    assert (
        spc.chart_choice(Kind.COUNT, counts, 24, has_events=True).chart is ChartKind.T
    )


@both
def test_those_who_are_not_reached_may_be_the_rare_ones(spc):
    nearly_all = Series.of_counts([40, 40, 39, 40] * 6, [40] * 24)
    assert spc.chart_choice(Kind.PROPORTION, nearly_all, 24).why is Why.RARE_EVENTS
    # A rate has no others: 40 falls in 40 days are many.
    assert spc.chart_choice(Kind.RATE, nearly_all, 24).why is Why.VARIES_AS_COUNTS


@both
@pytest.mark.parametrize("part", [0, 40])
def test_a_share_that_is_always_none_or_all_is_not_rare_but_constant(spc, part):
    constant = Series.of_counts([part] * 24, [40] * 24)
    expected = Choice(ChartKind.P, Why.VARIES_AS_COUNTS)
    assert spc.chart_choice(Kind.PROPORTION, constant, 24) == expected


@both
def test_only_what_comes_after_the_last_break_counts(spc):
    parts = [one * 100 for one in STEADY] + list(STEADY * 2)
    wholes = [10_000] * 12 + [100] * 24
    found = Series.of_counts(parts, wholes, breaks=[12])
    assert len(found.current) == 24
    assert spc.chart_choice(Kind.PROPORTION, found, 24).chart is ChartKind.P


@both
def test_a_stable_process_seldom_seems_to_vary_more(spc):
    generator = np.random.default_rng(1)
    parts = generator.binomial(200, 0.8, (2000, 24)).tolist()
    found = [
        spc.varies_more(Kind.PROPORTION, [(one, 200) for one in row]) for row in parts
    ]
    assert 0.03 < np.mean(found) < 0.08


@both
def test_too_few_points_do_not_vary_more(spc):
    assert not spc.varies_more(Kind.COUNT, [(3, 1), None])
    assert not spc.varies_more(Kind.COUNT, [(3, 1), None, (900, 1)])


@both
@pytest.mark.parametrize("kind", Kind)
def test_what_is_chosen_by_itself_could_have_been_asked_for(spc, kind):
    for counts in (SERIES, RESTLESS, None):
        for length in (5, 12, 24):
            chosen = spc.chart_choice(kind, counts, length).chart
            assert chosen in charts_that_fit(kind, counts is not None)


def test_a_share_without_counts_takes_no_chart_of_counts():
    assert ChartKind.P in charts_that_fit(Kind.PROPORTION)
    assert ChartKind.P not in charts_that_fit(Kind.PROPORTION, has_counts=False)
    assert charts_that_fit(Kind.RANK) == {ChartKind.NONE}
