"""The build's verdicts say what each unit's own chart says in plain Python."""

from collections import defaultdict
from itertools import takewhile

import pytest

from app.outcome.charted import points_met
from app.outcome.latest import quarter_spans, shown_in
from app.outcome.question import reach
from app.outcome.series import unit_series
from app.queries.frame import read_frame
from app.queries.outcomes import outcomes_within
from app.queries.reader import open_reader
from app.queries.spans import Span
from app.queries.verdicts import Part, Verdict, verdicts_in
from kpi.assessment import Status
from kpi.charting import NOT_EXPECTED, months_until_old
from kpi.coverage import grows_with_time
from kpi.model import Direction, Kind
from kpi.period import Period, PeriodKind
from kpi.spc.points import ChartKind, charts_that_fit
from kpi.warehouse import Warehouse
from tests import builders as make
from tests.builders import REGION
from tests.kpi.spc.reference.chart import control_chart
from tests.kpi.spc.reference.choice import chart_choice
from tests.kpi.spc.reference.false_alarms import expected_false_alarms
from tests.kpi.spc.series import base_ranges
from tests.kpi.spc.versions import assert_same

OLD, NEW = Period.parse("2024Q4"), Period.parse("2026Q3")
MISSED = (Status.NEAR, Status.NOT_MET)


def charted(indicator, found):
    """Return choice and chart of a page's series; the page must show the same."""
    series = found.series
    is_counted = bool(series.numerators) or (
        indicator.kind is Kind.COUNT
        and all(value is None or value == int(value) for value in series.values)
    )
    fit = charts_that_fit(indicator.kind, is_counted)
    choice = chart_choice(
        "milestone" if indicator.frequency == "once" else indicator.kind,
        series if is_counted else None,
        len(series.current),
        indicator.chart if indicator.chart in fit else None,
        ranges=base_ranges(series),
        baseline=series.baseline,
    )
    assert found.choice == choice
    if choice.chart is ChartKind.NONE:
        assert found.chart is None
        return choice, None
    chart = control_chart(choice.chart, series, indicator.direction, found.target)
    assert_same(found.chart, chart)
    return choice, chart


def alone(indicator, rows, shown, quarter, last_month):
    """The verdict of one unit's own chart, and how long its target has been missed."""
    series = [
        one
        for one in rows
        if one.period_kind == shown.period_kind
        and one.last_month <= min(shown.last_month, last_month)
        and one.status not in NOT_EXPECTED
    ]
    is_missed = shown.status in MISSED
    missed = list(takewhile(lambda one: one.status in MISSED, reversed(series)))
    missed = is_missed * len(missed)
    found = unit_series(indicator, rows, last_month)
    measured = [one.last_month for one in found.rows if one.is_whole] if found else []
    if max(measured, default=0) <= quarter.last - months_until_old(indicator):
        return None, missed
    # What stands for the quarter has the target that the build held the chart against,
    # but for counts, where a target is for periods of one length.
    held = found.rows[-1] if grows_with_time(indicator) else shown
    fixed = found.rows[-1]._replace(target=held.target, target_rule=held.target_rule)
    found = unit_series(
        indicator,
        [*(one for one in rows if one is not found.rows[-1]), fixed],
        last_month,
    )
    choice, chart = charted(indicator, found)
    return (
        Verdict(
            found.kind,
            choice.chart,
            choice.why,
            chart.variation if chart else None,
            chart.assurance if chart else None,
            pytest.approx(expected_false_alarms([chart])) if chart else 0.0,
            len(found.series.current),
            *reversed(
                points_met(found.rows, found.series, chart and chart.assurance)
                or (None, None)
            ),
        ),
        missed,
    )


def by_place(reader, spans):
    found = defaultdict(list)
    for row in outcomes_within(reader, spans):
        found[row.indicator, row.unit].append(row)
    return found


@pytest.fixture(scope="module")
def demo(demo_warehouse):
    """The demo's frame, and all totals of each indicator and unit."""
    with open_reader(Warehouse(demo_warehouse)) as reader:
        frame = read_frame(reader)
        every = tuple(one.id for one in frame.definitions.indicators)
        spans = [Span(kind, every, 0, NEW.last + 12) for kind in PeriodKind]
        yield reader, frame, by_place(reader, spans)


@pytest.mark.parametrize("quarter", [OLD, NEW], ids=str)
def test_a_verdict_is_what_the_units_own_chart_says(demo, quarter):
    reader, frame, every = demo
    indicators = frame.definitions.indicators
    standing = by_place(reader, quarter_spans(indicators, quarter))
    last_month = min(quarter.last, reach(frame.build))
    charts = 0
    for one in verdicts_in(reader, quarter):
        shown, place = one.outcome, (one.outcome.indicator, one.outcome.unit)
        indicator = frame.indicator(shown.indicator)
        indicator = indicator.in_region(frame.units.kolada_id(shown.unit))
        assert shown == shown_in(indicator, quarter, standing.pop(place))
        if indicator.direction is Direction.NEUTRAL:
            assert one.verdict is None
            continue
        verdict, missed = alone(indicator, every[place], shown, quarter, last_month)
        assert (one.verdict, one.missed) == (verdict, missed), place
        charts += verdict is not None and verdict.variation is not None
    assert charts > 100
    assert not any(
        shown_in(frame.indicator(name), quarter, rows)
        for (name, _), rows in standing.items()
    )


def test_the_running_quarter_is_judged_by_what_is_over(tmp_path):
    """It stands for itself, but a chart that ends before it says nothing of it."""
    rows = [
        make.outcome(period=str(NEW.shifted(at)), value=40.0, status="not_met")
        for at in range(-11, 1)
    ]
    builds = [make.build(as_of=NEW.last_day.replace(day=1), last_month=NEW.last)]
    kept = make.warehouse(tmp_path, rows, builds=builds)
    with open_reader(kept) as reader:
        (found,) = verdicts_in(reader, NEW, Part([REGION]))
    assert found.outcome.period == str(NEW)
    assert found.verdict is None
    assert found.missed == 11


def test_a_tertial_stands_for_the_quarter_that_ends_three_months_later(tmp_path):
    """The last tertial of 2025 ends in December: four months go on through March.

    The second of 2026 ends in August, and four months are over before December is.
    """
    made = make.warehouse(
        tmp_path,
        [make.outcome(period="2025T3"), make.outcome(period="2026T2")],
        [make.indicator(frequency="tertially")],
        builds=[make.build(last_month=Period.parse("2026Q4").last)],
    )
    with open_reader(made) as reader:
        standing = {
            quarter: [
                one.outcome.period for one in verdicts_in(reader, Period.parse(quarter))
            ]
            for quarter in ("2025Q3", "2025Q4", "2026Q1", "2026Q2", "2026Q3", "2026Q4")
        }
    assert standing == {
        "2025Q3": [],
        "2025Q4": ["2025T3"],
        "2026Q1": ["2025T3"],
        "2026Q2": [],
        "2026Q3": ["2026T2"],
        "2026Q4": [],
    }


@pytest.mark.parametrize(("last", "is_said"), [("2026-07", True), ("2026-06", False)])
def test_a_chart_that_ends_before_the_quarter_says_nothing_of_it(
    tmp_path, last, is_said
):
    """24 months of 60, the last one in the third quarter or just before it."""
    months = [str(Period.parse(last).shifted(-at)) for at in range(24)]
    rows = [make.outcome(period=one, numerator=60.0, value=60.0) for one in months]
    made = make.warehouse(
        tmp_path, [*rows, make.hidden(period=str(NEW))], [make.indicator(breaks=[])]
    )
    with open_reader(made) as reader:
        (found,) = verdicts_in(reader, NEW)
    assert (found.verdict is not None) is is_said
