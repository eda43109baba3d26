"""How many signals to expect of processes that have not changed at all."""

from bisect import bisect_left
from enum import StrEnum

from kpi.spc.points import ChartKind, Signal


class Where(StrEnum):
    """Which signals count: those of the last point, or those of any."""

    LAST = "last"
    ANYWHERE = "anywhere"


FEW = "few_counts"
"""P, u and c where few cases are expected, see `kpi.spc.limits.FEW_CASES`."""

FAMILY = {
    ChartKind.XMR: "individuals",
    ChartKind.T: "individuals",
    ChartKind.P: "of_counts",
    ChartKind.U: "of_counts",
    ChartKind.C: "of_counts",
    ChartKind.P_PRIME: "widened",
    ChartKind.U_PRIME: "widened",
    ChartKind.G: "cases_between",
}

COLUMNS = (Signal.OUTSIDE, Signal.TREND, Signal.TWO_OF_THREE, Signal.SHIFT, *Where)
"""What each number of the table is the probability of: a signal by one rule anywhere,
by any rule at the last point, by any rule anywhere."""

PROBABILITIES: dict[str, dict[int, tuple[float, ...]]] = {
    "individuals": {
        8: (0.0299, 0.0007, 0.0092, 0.0003, 0.0134, 0.0343),
        10: (0.0440, 0.0014, 0.0132, 0.0041, 0.0139, 0.0538),
        13: (0.0580, 0.0026, 0.0182, 0.0172, 0.0141, 0.0822),
        16: (0.0689, 0.0034, 0.0228, 0.0340, 0.0147, 0.1105),
        20: (0.0826, 0.0049, 0.0284, 0.0597, 0.0156, 0.1490),
        24: (0.0949, 0.0060, 0.0340, 0.0862, 0.0162, 0.1864),
        30: (0.1131, 0.0082, 0.0415, 0.1253, 0.0168, 0.2392),
        36: (0.1307, 0.0105, 0.0496, 0.1664, 0.0171, 0.2923),
        48: (0.1646, 0.0147, 0.0646, 0.2417, 0.0182, 0.3860),
        60: (0.1969, 0.0191, 0.0785, 0.3131, 0.0184, 0.4690),
        100: (0.2955, 0.0322, 0.1251, 0.5030, 0.0192, 0.6711),
    },
    "of_counts": {
        8: (0.0134, 0.0001, 0.0005, 0.0003, 0.0020, 0.0143),
        10: (0.0196, 0.0003, 0.0015, 0.0050, 0.0036, 0.0259),
        13: (0.0288, 0.0005, 0.0037, 0.0193, 0.0061, 0.0507),
        16: (0.0383, 0.0007, 0.0062, 0.0378, 0.0081, 0.0799),
        20: (0.0514, 0.0010, 0.0097, 0.0658, 0.0106, 0.1219),
        24: (0.0653, 0.0014, 0.0138, 0.0943, 0.0121, 0.1643),
        30: (0.0836, 0.0017, 0.0196, 0.1385, 0.0138, 0.2246),
        36: (0.1032, 0.0022, 0.0256, 0.1808, 0.0152, 0.2829),
        48: (0.1393, 0.0031, 0.0378, 0.2623, 0.0163, 0.3876),
        60: (0.1740, 0.0039, 0.0506, 0.3360, 0.0178, 0.4774),
        100: (0.2795, 0.0067, 0.0891, 0.5350, 0.0192, 0.6935),
    },
    "widened": {
        8: (0.0158, 0.0007, 0.0064, 0.0002, 0.0086, 0.0212),
        10: (0.0209, 0.0014, 0.0098, 0.0042, 0.0094, 0.0321),
        13: (0.0296, 0.0024, 0.0141, 0.0173, 0.0107, 0.0554),
        16: (0.0377, 0.0036, 0.0176, 0.0340, 0.0116, 0.0813),
        20: (0.0483, 0.0048, 0.0220, 0.0597, 0.0128, 0.1178),
        24: (0.0590, 0.0064, 0.0262, 0.0865, 0.0138, 0.1547),
        30: (0.0744, 0.0083, 0.0329, 0.1271, 0.0147, 0.2083),
        36: (0.0884, 0.0103, 0.0395, 0.1667, 0.0155, 0.2588),
        48: (0.1175, 0.0145, 0.0522, 0.2418, 0.0164, 0.3531),
        60: (0.1462, 0.0186, 0.0641, 0.3129, 0.0173, 0.4366),
        100: (0.2339, 0.0325, 0.1034, 0.5043, 0.0178, 0.6446),
    },
    "cases_between": {
        8: (0.0637, 0.0005, 0.0003, 0.0000, 0.0086, 0.0644),
        10: (0.1014, 0.0009, 0.0018, 0.0000, 0.0106, 0.1039),
        13: (0.1566, 0.0015, 0.0044, 0.0000, 0.0127, 0.1623),
        16: (0.2116, 0.0022, 0.0082, 0.0098, 0.0153, 0.2290),
        20: (0.2760, 0.0029, 0.0125, 0.0266, 0.0178, 0.3087),
        24: (0.3396, 0.0039, 0.0173, 0.0472, 0.0196, 0.3877),
        30: (0.4204, 0.0051, 0.0242, 0.0801, 0.0218, 0.4873),
        36: (0.4936, 0.0062, 0.0306, 0.1138, 0.0232, 0.5730),
        48: (0.6139, 0.0087, 0.0441, 0.1800, 0.0259, 0.7065),
        60: (0.7036, 0.0111, 0.0567, 0.2438, 0.0272, 0.7962),
        100: (0.8774, 0.0196, 0.0996, 0.4260, 0.0291, 0.9415),
    },
    "few_counts": {
        8: (0.0269, 0.0000, 0.0002, 0.0000, 0.0035, 0.0270),
        10: (0.0357, 0.0000, 0.0009, 0.0005, 0.0038, 0.0370),
        13: (0.0541, 0.0000, 0.0026, 0.0034, 0.0051, 0.0596),
        16: (0.0748, 0.0000, 0.0041, 0.0066, 0.0057, 0.0843),
        20: (0.0954, 0.0000, 0.0074, 0.0130, 0.0064, 0.1134),
        24: (0.1242, 0.0000, 0.0106, 0.0209, 0.0076, 0.1514),
        30: (0.1539, 0.0000, 0.0153, 0.0332, 0.0080, 0.1941),
        36: (0.1879, 0.0001, 0.0203, 0.0453, 0.0087, 0.2404),
        48: (0.2500, 0.0001, 0.0300, 0.0710, 0.0092, 0.3247),
        60: (0.3017, 0.0001, 0.0400, 0.0968, 0.0100, 0.3955),
        100: (0.4546, 0.0003, 0.0717, 0.1758, 0.0102, 0.5866),
    },
}
"""Simulated with the seed 20260101: 400 000 stable series of each length; centre and
limits are the series' own. Individuals and widened are normal, cases between events
geometric with a mean of 20; counts are Poisson, with means from 5 to 50 in a period,
few ones from 1 to 5, each as likely on a scale of ratios. The standard error is at
most 0.0008; `tests/kpi/spc/simulated.py` makes the table."""


def signal_probability(
    kind: ChartKind,
    points: int,
    what: Signal | Where = Where.ANYWHERE,
    has_few_cases: bool = False,
) -> float:
    """Return how probable a false signal is in a segment of a control chart.

    Args:
        kind: Any control chart; for a run chart see
            `kpi.spc.runs.false_signal_probability`.
        points: Measured points of the segment.
        what: By which rule anywhere, by any of them at the last point, or anywhere.
        has_few_cases: Whether the counts of a p, u or c chart are of few cases.

    Returns:
        From the table, between its lengths in proportion; longer series go on with the
        longest one's probability per point. Under eight points it is a rough guess, in
        proportion to the moving ranges there are.
    """
    family = FAMILY[kind]
    if has_few_cases and family == "of_counts":
        family = FEW
    table, column = PROBABILITIES[family], COLUMNS.index(what)
    lengths = list(table)
    if points <= lengths[0]:
        return table[lengths[0]][column] * max(points - 1, 0) / (lengths[0] - 1)
    if points > lengths[-1]:
        longest: float = table[lengths[-1]][column]
        if what is Where.LAST:
            return longest
        share_of_longest = points / lengths[-1]
        return float(1 - (1 - longest) ** share_of_longest)
    after = bisect_left(lengths, points)
    low, high = lengths[after - 1], lengths[after]
    share = (points - low) / (high - low)
    return (1 - share) * table[low][column] + share * table[high][column]
