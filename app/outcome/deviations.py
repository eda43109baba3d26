"""Deviations of a quarter: which, how many patients, how sure, for how long."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from math import inf

from app.outcome.charted import fixed_target, is_counted
from app.outcome.words import estimate
from app.queries.outcomes import OutcomeRow
from app.queries.units import UnitRow, UnitTree
from app.queries.verdicts import Verdict
from kpi.assessment import MISSED
from kpi.definitions import Indicator
from kpi.evidence import Evidence, detectable_gap, evidence, p_of_deviation
from kpi.gap import cases_to_target
from kpi.model import Direction, Kind
from kpi.period import MONTHS_IN, PeriodKind
from kpi.spc.points import Variation
from kpi.targets import Rule


class Order(StrEnum):
    """What a list of deviations begins with."""

    PATIENTS = "patients"
    EVIDENCE = "evidence"
    DURATION = "duration"


@dataclass(frozen=True)
class Judged:
    """One indicator in one unit: is the target met, and has anything changed?

    Attributes:
        row: The outcome that stands for the quarter.
        verdict: What the chart up to the quarter says; None if the last point of it is
            older than the quarter.
        missed: How many measured periods in a row, up to the outcome's own, the target
            has not been met; 0 if it is met or there is none.
    """

    indicator: Indicator
    unit: UnitRow
    row: OutcomeRow
    verdict: Verdict | None
    missed: int

    @cached_property
    def cases(self) -> int | None:
        """How many patients more (or fewer, below 0) would have met the target.

        None where it is met or patients are not what is counted.
        """
        return _cases(self.indicator, self.row) if self.is_missed else None

    @cached_property
    def evidence(self) -> Evidence | None:
        """What the interval says of the target; None without one."""
        return evidence_of(self.row)

    @cached_property
    def p(self) -> float | None:
        """How often chance alone brings a value so far from the target.

        None where there are no counts to tell by.
        """
        return p_of(self.indicator, self.row)

    @property
    def is_missed(self) -> bool:
        """Whether there is a target that is not met."""
        return self.row.status in MISSED

    @property
    def variation(self) -> Variation | None:
        """What the last point of the chart says; None without a chart."""
        return self.verdict.variation if self.verdict else None

    @property
    def is_sure(self) -> bool:
        """Whether the target is missed by more than chance explains."""
        return self.evidence is Evidence.DOES_NOT_REACH

    @property
    def kind(self) -> PeriodKind:
        """How long the outcome's period is."""
        return PeriodKind(self.row.period_kind)

    @property
    def months_missed(self) -> int:
        """The same as `missed` in months, to compare quarters with years."""
        return self.missed * MONTHS_IN[self.kind]


@dataclass(frozen=True, slots=True)
class Signals:
    """How many series signal, and how many would if nothing had changed.

    Attributes:
        charts: Series that are long enough to be judged.
        worse: Of those, with a concerning last point.
        better: With an improving one.
        by_chance: How many of them to expect of chance alone, in either direction.
    """

    charts: int
    worse: int
    better: int
    by_chance: float


def _cases(indicator: Indicator, row: OutcomeRow) -> int | None:
    if indicator.kind is not Kind.PROPORTION:
        return None
    rule: Rule | None = row.target_rule  # type: ignore[assignment]
    return cases_to_target(
        row.numerator, row.denominator, row.target, rule, indicator.direction
    )


def evidence_of(row: OutcomeRow) -> Evidence | None:
    """Return what an outcome's interval says of its target."""
    rule: Rule | None = row.target_rule  # type: ignore[assignment]
    return evidence(estimate(row), row.target, rule)


def detectable_gap_of(indicator: Indicator, row: OutcomeRow) -> float | None:
    """Return the smallest true gap that so many cases would show, in points of %.

    None where there is no target for a share to miss, or where no gap would show.
    """
    is_share = indicator.kind is Kind.PROPORTION and is_counted(indicator, [row])
    if not is_share or row.value is None or not row.denominator:
        return None
    if row.target is None or not 0 <= row.target <= 100:
        return None
    match row.target_rule, row.target:
        case (">=", _) | ("=", 100):
            way = Direction.HIGHER
        case ("<=", _) | ("=", 0):
            way = Direction.LOWER
        case _:
            return None
    return detectable_gap(round(row.denominator), row.target, way)


def p_of(indicator: Indicator, row: OutcomeRow) -> float | None:
    """Return how often chance alone brings a value so far from a fixed target."""
    target = fixed_target(row.target, row.target_rule)
    is_share = indicator.kind is Kind.PROPORTION
    # A target of none or all leaves chance no room: one case off would be proof.
    if target is None or target <= 0 or "numerator" in indicator.averaged_over_time:
        return None
    if is_share and (target >= 100 or (row.numerator or 0) > (row.denominator or 0)):
        return None
    per = float(indicator.per or 100)
    return p_of_deviation(indicator.kind, row.numerator, row.denominator, target, per)


def in_order(deviations: Iterable[Judged], order: Order) -> list[Judged]:
    """Return deviations with the gravest first; what cannot be compared comes last."""
    keys: dict[Order, Callable[[Judged], tuple[float, ...]]] = {
        Order.PATIENTS: lambda deviation: (
            -abs(deviation.cases or 0),
            _p(deviation),
            -deviation.months_missed,
        ),
        Order.EVIDENCE: lambda deviation: (
            not deviation.is_sure,
            _p(deviation),
            -abs(deviation.cases or 0),
            -deviation.months_missed,
        ),
        Order.DURATION: lambda deviation: (
            -deviation.months_missed,
            -abs(deviation.cases or 0),
            _p(deviation),
        ),
    }
    key = keys[order]
    # Units and indicators settle the rest, so that the order never changes by itself.
    return sorted(
        deviations,
        key=lambda deviation: (
            *key(deviation),
            deviation.indicator.id,
            deviation.unit.unit_id,
        ),
    )


def _p(deviation: Judged) -> float:
    # A value that is no worse than its target is no evidence of a deviation from it.
    return deviation.p if deviation.p is not None and deviation.is_missed else inf


def part_of_another(units: UnitTree, deviations: Sequence[Judged]) -> int:
    """Return how many deviations are seen in a unit above as well."""
    seen = {
        (deviation.indicator.id, deviation.unit.unit_id) for deviation in deviations
    }
    return sum(
        any(
            (deviation.indicator.id, above.unit_id) in seen
            for above in units.ancestors(deviation.unit.unit_id)
        )
        for deviation in deviations
    )
