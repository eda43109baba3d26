"""How often what we say holds, by simulation; seeded, so that the figures stay.

`make conformance` writes them to the documentation; the suite holds short forms of them
(`tests/kpi/spc/test_spc_unchanged.py`, `test_funnel.py`, `test_forecast.py`).
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np
from scipy.stats import binom

from kpi.counted import Counted
from kpi.distributions import Numbers
from kpi.funnel import Place, funnel
from kpi.intervals import share_intervals
from kpi.model import Direction, Kind
from kpi.ranking import ranking
from kpi.spc.points import ChartKind
from kpi.spc.segments import Segments
from tests.kpi.spc import unchanged
from tests.kpi.test_forecast import calibrated
from tests.kpi.test_funnel import FAR, of_units

SERIES = 4000
FUNNELS = 400
RANKINGS = 60


@dataclass(frozen=True, slots=True)
class Promise:
    """What was said beside what came.

    Attributes:
        what: Of what.
        said: What we say, or what was asked for.
        came: What the simulation gave.
        is_reached: Whether that is as good as said.
        why: Why not; empty if it is.
    """

    what: str
    said: str
    came: str
    is_reached: bool
    why: str = ""


def per_cent(share: float) -> str:
    """Return a share with the decimals that many draws can tell."""
    return f"{100 * share:.1f} %"


def false_alarms() -> Iterator[Promise]:
    """Units that never change: is the last point a signal?"""
    rare: dict[str, tuple[Kind, Callable[[int, int], Segments]]] = {
        f"{100 * share:g} % of {cases} cases": (
            Kind.PROPORTION,
            lambda months, seed, share=share, cases=cases: unchanged.shares(
                share, cases, months, SERIES, seed
            ),
        )
        for share in (0.9, 0.95, 0.975, 0.99)
        for cases in (10, 50, 200)
    }
    rare |= {
        f"{mean:g} events": (
            Kind.COUNT,
            lambda months, seed, mean=mean: unchanged.counts(
                mean, months, SERIES, seed
            ),
        )
        for mean in (0.2, 0.5, 1, 2)
    }
    for name, (kind, make) in rare.items():
        came = [
            unchanged.alarms(unchanged.charted(kind, make(months, months))).came
            for months in (12, 24, 36, 60)
        ]
        worst = max(came) / SERIES
        yield Promise(
            f"{name} a month, 12, 24, 36 and 60 months",
            "at most 5 %",
            ", ".join(per_cent(one / SERIES) for one in came),
            worst <= 0.05,
        )


def judged_rare() -> Iterator[Promise]:
    """Of how many units with rare events anything can be said."""
    for mean in (0.2, 0.5, 1, 2):
        alarms = unchanged.alarms(
            unchanged.charted(Kind.COUNT, unchanged.counts(mean, 36, SERIES, 36))
        )
        judged = alarms.judged / SERIES
        yield Promise(
            f"{mean:g} events a month, 36 months",
            "judged",
            per_cent(judged),
            judged > 0.9,
            "" if judged > 0.9 else "too many months are alike",
        )


def verdicts() -> Iterator[Promise]:
    """Units exactly on their target: how often they are told not to reach it.

    Nothing is drawn here: every count that is told so is known, and its probability.
    """
    for low, high in ((5, 9), (10, 19), (20, 49), (50, 99), (100, 399)):
        came = []
        for cases in range(low, high + 1):
            met = np.arange(cases + 1)
            _, upper = share_intervals(met, np.full(cases + 1, cases))
            for target in (0.9, 0.95, 0.97, 0.98, 0.99):
                is_missed = upper < target
                came.append(binom.pmf(met[is_missed], cases, target).sum())
        is_reached = bool(max(came) <= 0.03)
        yield Promise(
            f"targets of 90 to 99 %, {low} to {high} cases: in all, and at most",
            "at most 3 %",
            f"{per_cent(np.mean(came))}, {per_cent(max(came))}",
            is_reached,
            "" if is_reached else "in all, but not in each size: counts are whole",
        )


def expected_alarms() -> Iterator[Promise]:
    """How many signals chance gives, as said above the list, and how many came."""
    of_charts = {
        ChartKind.XMR: (Kind.MEAN, unchanged.values(24, SERIES, 1), None),
        ChartKind.RUN: (Kind.MEAN, unchanged.values(15, SERIES, 2), None),
        ChartKind.P: (Kind.PROPORTION, unchanged.shares(0.8, 60, 24, SERIES, 3), None),
        ChartKind.P_PRIME: (
            Kind.PROPORTION,
            unchanged.uneven_shares(0.7, 200, 0.2, 36, SERIES, 4),
            None,
        ),
        ChartKind.U_PRIME: (
            Kind.RATE,
            unchanged.uneven_rates(150, 0.15, 36, SERIES, 12),
            None,
        ),
        ChartKind.U: (Kind.RATE, unchanged.rates(12, 24, SERIES, 5), None),
        ChartKind.C: (Kind.COUNT, unchanged.counts(8, 36, SERIES, 6), None),
        ChartKind.G: (Kind.COUNT, unchanged.between(20, 24, SERIES, 7), ChartKind.G),
        ChartKind.T: (Kind.COUNT, unchanged.waits(20, 24, SERIES, 8), ChartKind.T),
    }
    few = {
        "p, 2 misses a month": (
            ChartKind.P,
            (Kind.PROPORTION, unchanged.shares(0.9, 20, 36, SERIES, 9), None),
        ),
        "c, 2 events a month": (
            ChartKind.C,
            (Kind.COUNT, unchanged.counts(2, 36, SERIES, 10), None),
        ),
        "run, 0.8 events a month": (
            ChartKind.RUN,
            (Kind.COUNT, unchanged.counts(0.8, 36, SERIES, 11), None),
        ),
    }
    named = {str(chart): (chart, made) for chart, made in of_charts.items()} | few
    for name, (chart, (kind, segments, declared)) in named.items():
        found = unchanged.alarms(unchanged.charted(kind, segments, declared), chart)
        error = 2 * found.said**0.5
        is_near = abs(found.came - found.said) <= found.said / 3 + error
        yield Promise(
            f"{name}: {found.judged} charts",
            f"{found.said:.0f}",
            f"{found.came}",
            is_near,
            "" if is_near else "more than a third off",
        )


def funnels() -> Iterator[Promise]:
    """Units all alike, and units that differ with none of them special."""
    for kind, cases, share in (
        *((Kind.PROPORTION, 20, 0.95), (Kind.PROPORTION, 30, 0.97)),
        *((Kind.PROPORTION, 60, 0.975), (Kind.PROPORTION, 60, 0.8)),
        (Kind.RATE, 1000, 0.01),
    ):
        claimed, outside, far, _ = _funnels(kind, cases, share, 0, 40)
        name = _name(kind, cases, share)
        yield Promise(
            f"40 units all alike, {name}: over-dispersion claimed",
            "at most 5 %",
            per_cent(claimed),
            claimed <= 0.05,
        )
        yield Promise(
            f"40 units all alike, {name}: outside 95 and 99.8 %",
            "at most 5 and 0.2 %",
            f"{per_cent(outside)}, {per_cent(far)}",
            outside <= 0.05 and far <= 0.0025,
        )
    for kind, cases, share, spread, units in (
        *((Kind.PROPORTION, 100, 0.8, 0.3, 20), (Kind.PROPORTION, 300, 0.8, 0.3, 60)),
        *((Kind.RATE, 1000, 0.05, 0.3, 40), (Kind.PROPORTION, 60, 0.95, 0.6, 20)),
    ):
        claimed, outside, far, _ = _funnels(kind, cases, share, spread, units)
        is_reached = outside <= 0.065 and far <= 0.01
        yield Promise(
            f"{units} units that differ (sd {spread} logit), "
            f"{_name(kind, cases, share)}: outside the dashed and solid limits; "
            f"widened in {per_cent(claimed)}",
            "about 5 and 1 %",
            f"{per_cent(outside)}, {per_cent(far)}",
            is_reached,
            "" if is_reached else "so few cases seldom show that units differ",
        )


def _name(kind: Kind, cases: int, share: float) -> str:
    if kind is Kind.RATE:
        return f"{cases * share:g} events each"
    return f"{100 * share:g} % of {cases} cases"


def _funnels(
    kind: Kind, cases: int, share: float, spread: float, units: int
) -> tuple[float, float, float, int]:
    dice = np.random.default_rng([20260104, cases, units])
    drawn = [
        funnel(of_units(dice, kind, cases, share, spread, units), kind)
        for _ in range(FUNNELS)
    ]
    places = [point.place for one in drawn for point in one.points]
    return (
        sum(one.dispersion.is_needed for one in drawn) / FUNNELS,
        sum(place is not Place.INSIDE for place in places) / len(places),
        sum(place in FAR for place in places) / len(places),
        FUNNELS,
    )


def ranks() -> Iterator[Promise]:
    """Is a unit's true rank within its interval?"""
    for units, cases, spread in (
        (20, 200, 0.1),
        (20, 50, 0.05),
        (60, 30, 0.05),
        (20, 50, 0.01),
        (60, 50, 0.01),
    ):
        dice = np.random.default_rng([20260105, units, cases])
        inside = 0
        for _ in range(RANKINGS):
            shares = np.clip(dice.normal(0.8, spread, units), 0.01, 0.99)
            inside += _inside(dice.binomial(cases, shares), cases, shares)
        held = inside / (RANKINGS * units)
        yield Promise(
            f"{units} units of {cases} cases, sd {100 * spread:g} points",
            "approximately 95 %",
            per_cent(held),
            held >= 0.925,
            "" if held >= 0.925 else "priors of their own spread the draws too much",
        )


def _inside(met: Numbers, cases: int, shares: Numbers) -> int:
    true = 1 + np.argsort(np.argsort(-shares))
    parts = [Counted(str(at), int(one), cases) for at, one in enumerate(met)]
    placed = ranking(parts, Kind.PROPORTION, Direction.HIGHER)
    return sum(one.best <= true[int(one.part.name)] <= one.worst for one in placed)


def forecasts() -> Iterator[Promise]:
    """How often the year's target was met, by the probability said."""
    for name, cases, spread, drift in (
        ("one level, 25 cases a quarter", 25, 0.0, 0.0),
        ("one level, 500 cases", 500, 0.0, 0.0),
        ("quarters vary 0.2, 100 cases", 100, 0.2, 0.0),
        ("quarters vary 0.2, 500 cases", 500, 0.2, 0.0),
        ("level drifts 0.2 a quarter, 100 cases", 100, 0.0, 0.2),
    ):
        pairs = calibrated(cases, spread, drift, tries=6000)
        is_sure = all(
            came <= said + 0.05 if said < 0.5 else came >= said - 0.05
            for said, came in pairs
        )
        is_level = all(abs(came - said) <= 0.06 for said, came in pairs)
        why = "a level that moves is not foreseen"
        if is_sure and not is_level:
            why = "cautious: quarters are taken to vary"
        yield Promise(
            name,
            ", ".join(f"{100 * said:.0f}" for said, _ in pairs) + " %",
            ", ".join(f"{100 * came:.0f}" for _, came in pairs) + " %",
            is_level,
            "" if is_level else why,
        )


PARTS: tuple[tuple[str, str, Callable[[], Iterator[Promise]]], ...] = (
    (
        "False alarms of rare events",
        "Units that never change; how often their last point is a signal.",
        false_alarms,
    ),
    (
        "Rare events that are not judged",
        """\
How many charts say anything at all. The cases or days between two events (a g or t
chart) would say more. They ask for a date of each event, which counts of months have
not: in a month of two events nobody knows where the first one was. The months between
months with an event can be charted, but can only become more: from one to the next is
the least there is, so that a unit that gets worse is not seen, and a month without an
event is no point to set beside its outcome. So there is none, and the page says so.""",
        judged_rare,
    ),
    (
        "Told not to reach a target that is met",
        """\
"Når inte målet" of a unit that is exactly on its target, in all and at most in a
size. The interval, this verdict and "1 gång på n" are one account (mid-p), in which
half of the last count's probability is in the tail. To hold 3 % in every size the
interval would have to be a wider one, near Clopper & Pearson's, or the verdict
another than the interval's.""",
        verdicts,
    ),
    (
        "Signals that chance gives",
        "As said above the list of deviations, and as they came.",
        expected_alarms,
    ),
    ("Funnels", "Limits that hold what the page says of them.", funnels),
    ("Intervals of ranks", "How often they hold the true rank.", ranks),
    (
        "Forecast of the year",
        "Means of what was said, in five classes, and how often it came about.",
        forecasts,
    ),
)


def document() -> str:
    """Return the figures as Markdown."""
    said = []
    for title, about, promises in PARTS:
        rows = "\n".join(
            f"| {one.what} | {one.said} | {one.came} | "
            f"{'yes' if one.is_reached else f'no: {one.why}'} |"
            for one in promises()
        )
        said.append(
            f"\n### {title}\n\n{about}\n\n| of | said | came | reached |\n"
            f"| --- | --: | --: | --- |\n{rows}\n"
        )
    return "".join(said)
