"""Limits, flags and runs beside NHSRplotthedots, qicharts2 and Montgomery's book."""

import pytest

from kpi.model import Direction
from kpi.spc.chart import Chart
from kpi.spc.limits import MEAN_RANGE, WIDTH
from kpi.spc.points import Assurance, ChartKind, Point, Series, Signal, Variation, Way
from tests.kpi.conformance import (
    ORACLE,
    Comparison,
    agreeing,
    largest_difference,
    needs_oracle,
    oracle,
)
from tests.kpi.spc.reference.rules import sides_of, slack_of
from tests.kpi.spc.versions import ARRAYS, PLAIN, Version, both

HIGHER, LOWER = Direction.HIGHER, Direction.LOWER

# NHSRplotthedots.

SIDE = {Way.UP: "Above", Way.DOWN: "Below"}
POINT_TYPE = {
    Variation.IMPROVING: "special_cause_improvement",
    Variation.CONCERNING: "special_cause_concern",
    Variation.COMMON_CAUSE: "common_cause",
}
NHSR = {
    "n_rrk_breaches": (LOWER, True),
    "n_dev_screen": (HIGHER, True),
    "n_dev_noscreen": (HIGHER, False),
}


def special_cause(point: Point) -> str:
    """Return the words NHSRplotthedots has for a point."""
    if not point.signals:
        return "Common Cause"
    side = SIDE[point.way]
    return {
        Signal.OUTSIDE: f"{side} {'UCL' if side == 'Above' else 'LCL'}",
        Signal.TREND: f"7 Point Trend ({'In' if side == 'Above' else 'De'}creasing)",
        Signal.TWO_OF_THREE: f"2 in 3 {side} CL",
        Signal.SHIFT: f"7 Points {side} CL",
    }[point.signals[0]]


def nhsr_chart(spc: Version, name: str) -> tuple[Chart, dict]:
    found = oracle(name)
    direction, is_screened = NHSR[name]
    target = found["target"][-1]
    series = Series(tuple(found["y"]))
    chart = spc.control_chart(ChartKind.XMR, series, direction, target, is_screened)
    return chart, found


def nhsr_comparison(spc: Version, name: str) -> Comparison:
    chart, found = nhsr_chart(spc, name)
    limits = [one.limits for one in chart.points]
    numbers = [
        *zip([one.centre for one in limits], found["mean_col"], strict=True),
        *zip([one.lower for one in limits], found["lpl"], strict=True),
        *zip([one.upper for one in limits], found["upl"], strict=True),
    ]
    flags = [
        *zip(
            map(special_cause, chart.points), found["special_cause_type"], strict=True
        ),
        *zip(
            [POINT_TYPE[one.variation] for one in chart.points],
            found["point_type"],
            strict=True,
        ),
    ]
    return Comparison(
        f"NHSRplotthedots, {name}",
        "centre, limits, special cause and point type",
        len(numbers),
        largest_difference(numbers),
        len(flags),
        agreeing(flags),
    )


# qicharts2.

QIC: dict[str, tuple[ChartKind, dict]] = {
    "q_cdi_i": (ChartKind.XMR, {}),
    "q_cdi_c": (ChartKind.C, {}),
    "q_cdi_run": (ChartKind.RUN, {}),
    "q_cdi_u_part24": (ChartKind.U, {"per": 10000, "breaks": (24,)}),
    "m_7.1_p": (ChartKind.P, {"breaks": (30,), "excluded": (14, 22)}),
    "m_7.4_p": (ChartKind.P, {}),
}
UNROUNDED = 3 / MEAN_RANGE / WIDTH
"""Limits in qicharts2 are this much wider or narrower than ours in an XmR chart."""


def qic_chart(spc: Version, name: str) -> tuple[Series, Chart, dict]:
    found = oracle(name)
    kind, options = QIC[name]
    if kind in (ChartKind.U, ChartKind.P):
        series = Series.of_counts(found["y.sum"], found["n"], **options)
    else:
        series = Series(tuple(found["y"]))
    return series, spc.control_chart(kind, series, LOWER), found


def qic_limits(chart: Chart, found: dict, wider: float = 1.0) -> list[tuple]:
    pairs = []
    for at, point in enumerate(chart.points):
        limits, centre = point.limits, point.limits.centre
        pairs.append((centre, found["cl"][at]))
        ours = (limits.lower, limits.upper, limits.near_lower, limits.near_upper)
        for one, name in zip(ours, ("lcl", "ucl", "lcl.95", "ucl.95"), strict=True):
            if one is not None:
                one = centre + wider * (one - centre)
                if name == "lcl.95":  # theirs is not below what is possible, as is ours
                    one = max(one, 0.0)
            pairs.append((one, found[name][at]))
    return pairs


def qic_flags(spc: Version, series: Series, chart: Chart, found: dict) -> list[tuple]:
    """Every point outside its limits or not, and the runs of every part."""
    is_outside = [Signal.OUTSIDE in one.signals for one in chart.points]
    pairs = list(zip(is_outside, found["sigma.signal"], strict=True))
    for segment in spc.segments(series, chart):
        start, stop = segment.start, segment.stop
        counted = [one for one in range(start, stop) if found["include"][one]]
        values = [chart.points[one].value for one in counted]
        limits = [chart.points[one].limits for one in counted]
        ours = spc.runs(sides_of(values, limits, slack_of(values)))
        pairs += [
            (segment.measured, found["n.obs"][start]),
            (ours.useful, found["n.useful"][start]),
            (ours.longest, found["longest.run"][start]),
            (ours.longest_usual, found["longest.run.max"][start]),
            (ours.crossings, found["n.crossings"][start]),
            (ours.crossings_usual, found["n.crossings.min"][start]),
            (ours.is_signal, found["runs.signal"][start]),
        ]
    return pairs


def qic_comparison(
    spc: Version, name: str, wider: float = 1.0, deviations: str = ""
) -> Comparison:
    series, chart, found = qic_chart(spc, name)
    numbers = qic_limits(chart, found, wider)
    flags = qic_flags(spc, series, chart, found)
    return Comparison(
        f"qicharts2, {name}",
        "centre, limits at two and three standard deviations, points outside, runs",
        len(numbers),
        largest_difference(numbers),
        len(flags),
        agreeing(flags),
        deviations,
    )


# Montgomery (2009), Introduction to Statistical Quality Control, 6th ed., chapter 7,
# as printed: figures to as many decimals as the book gives.

# Table 7.8: nonconformities in 26 samples of 100 printed circuit boards.
BOARDS = (
    *(21, 24, 16, 12, 15, 5, 28, 20, 31, 25, 20, 24, 16),
    *(19, 10, 17, 13, 22, 18, 39, 30, 24, 16, 19, 17, 15),
)
# Table 7.10: shipping errors in 20 weeks, 50 shipments each.
SHIPMENTS = (2, 3, 8, 1, 1, 4, 1, 4, 5, 1, 8, 2, 4, 3, 4, 1, 8, 3, 7, 4)
# Table 7.14: hours between the failures of a valve.
VALVES = (
    *(286, 948, 536, 124, 816, 729, 4, 143, 431, 8),
    *(2837, 596, 81, 227, 603, 492, 1199, 1214, 2831, 96),
)
MONTGOMERY = [
    (
        "example 7.3, two samples excluded",
        ChartKind.C,
        Series(BOARDS, excluded=frozenset({5, 19})),
        2,
        (19.67, 6.36, 32.97),
    ),
    (
        "example 7.4, u chart",
        ChartKind.U,
        Series.of_counts(SHIPMENTS, [50] * 20),
        4,
        (0.0740, 0.0, 0.1894),
    ),
]


def montgomery_comparison(
    spc: Version,
    name: str,
    kind: ChartKind,
    series: Series,
    decimals: int,
    printed: tuple,
) -> Comparison:
    limits = spc.control_chart(kind, series, LOWER).points[0].limits
    ours = [round(one, decimals) for one in (limits.centre, limits.lower, limits.upper)]
    return Comparison(
        f"Montgomery 2009, {name}",
        f"centre and limits as printed, {decimals} decimals",
        len(ours),
        largest_difference(zip(ours, printed, strict=True)),
    )


# clinical-qikit 0.5.0, which follows qicharts2 to 4e-13: run once, typed in here.

RECORDS = (2503, 2612, 2380, 2711, 2590, 2498, 2634, 2702, 2455, 2519, 2688, 2570)
FAULTS = (250, 301, 219, 330, 262, 241, 312, 289, 214, 275, 322, 238)
QIKIT_LANEY = {0: (0.0548230722, 0.1559863374), 2: (0.0535324903, 0.1572769193)}
QIKIT_T = (430.0409517898, 0.0, 6937.9334881666)


def laney_comparison(spc: Version, kind: ChartKind) -> Comparison:
    chart = spc.control_chart(kind, Series.of_counts(FAULTS, RECORDS), LOWER)
    pairs = [(chart.points[0].limits.centre, 0.1054047048)]
    for at, printed in QIKIT_LANEY.items():
        limits = chart.points[at].limits
        pairs += zip((limits.lower, limits.upper), printed, strict=True)
    return Comparison(
        f"clinical-qikit 0.5.0, {kind}",
        "centre and limits",
        len(pairs),
        largest_difference(pairs),
    )


def waiting_comparison(spc: Version) -> Comparison:
    limits = spc.control_chart(ChartKind.T, Series(VALVES), HIGHER).points[0].limits
    root = 1 / 3.6
    upper = limits.centre**root + UNROUNDED * (limits.upper**root - limits.centre**root)
    pairs = zip((limits.centre, limits.lower, upper**3.6), QIKIT_T, strict=True)
    return Comparison(
        "clinical-qikit 0.5.0, t (Montgomery table 7.14)",
        "centre and limits, with 3 / 1.128 for 2.66",
        3,
        largest_difference(pairs),
    )


ROUNDED = "2.66, as in NHSRplotthedots, where qicharts2 has 3 / 1.128"


def published(spc: Version) -> list[Comparison]:
    return [
        *(montgomery_comparison(spc, *one) for one in MONTGOMERY),
        laney_comparison(spc, ChartKind.P_PRIME),
        laney_comparison(spc, ChartKind.U_PRIME),
        waiting_comparison(spc),
    ]


def comparisons(spc: Version = ARRAYS) -> list[Comparison]:
    """Return everything this module compares; without the oracle, what is published."""
    if not ORACLE.is_dir():
        return published(spc)
    exact = qic_comparison(spc, "q_cdi_i", UNROUNDED, "none with 3 / 1.128 for 2.66")
    return [
        *(nhsr_comparison(spc, name) for name in NHSR),
        *(qic_comparison(spc, name) for name in QIC if name != "q_cdi_i"),
        qic_comparison(spc, "q_cdi_i", deviations=ROUNDED),
        exact,
        *published(spc),
    ]


@needs_oracle
@both
@pytest.mark.parametrize("name", NHSR)
def test_flags_and_limits_are_those_of_nhsrplotthedots(spc, name):
    assert nhsr_comparison(spc, name).is_in_full


@needs_oracle
@both
@pytest.mark.parametrize("name", sorted(set(QIC) - {"q_cdi_i"}))
def test_limits_and_runs_are_those_of_qicharts2(spc, name):
    assert qic_comparison(spc, name).is_in_full


@needs_oracle
@both
def test_an_xmr_chart_differs_from_qicharts2_only_by_the_rounded_constant(spc):
    ours = qic_comparison(spc, "q_cdi_i")
    assert ours.flags_agreeing == ours.flags_compared
    # 11.5 from centre to limit; the constants differ by 0.016 %.
    assert ours.largest_difference == pytest.approx(0.00184, abs=0.00001)
    assert qic_comparison(spc, "q_cdi_i", UNROUNDED).is_in_full


@needs_oracle
@both
def test_a_target_within_the_limits_is_hit_or_miss(spc):
    # The published page of the series shows the icon "inconsistent".
    chart, found = nhsr_chart(spc, "n_rrk_breaches")
    assert found["target"][-1] == 1200
    assert chart.assurance is Assurance.HIT_OR_MISS
    assert chart.variation is Variation.COMMON_CAUSE


@pytest.mark.parametrize(
    "found", [*published(ARRAYS), *published(PLAIN)], ids=lambda one: one.reference
)
def test_limits_are_those_published(found):
    assert found.is_in_full


@both
def test_montgomerys_waiting_times_have_the_printed_centre(spc):
    # Table 7.15: 286 hours become 4.80986, 948 become 6.70903; the mean is 5.386.
    assert 286**0.2777 == pytest.approx(4.80986, abs=0.000005)
    limits = spc.control_chart(ChartKind.T, Series(VALVES), HIGHER).points[0].limits
    assert limits.centre ** (1 / 3.6) == pytest.approx(5.386, abs=0.005)
