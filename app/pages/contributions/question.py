"""What is asked of contributions, and what there is to tell of it."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from app.outcome.charted import fixed_target
from app.pages.contributions.parts import Contributions
from app.queries.cells import UNIT
from app.queries.outcomes import OutcomeRow
from app.queries.units import UnitRow
from kpi.datasets import DATASETS
from kpi.definitions import Indicator
from kpi.measures import Condition, RowsMeasure
from kpi.model import Direction
from kpi.period import Period


class Why(StrEnum):
    """Why nothing is told apart."""

    NOT_COUNTED = "not_counted"
    NO_OUTCOME = "no_outcome"
    TOO_FEW = "too_few"
    NO_CASES = "no_cases"
    NOTHING_TO_COMPARE = "nothing_to_compare"


@dataclass(frozen=True, slots=True)
class PartsQuestion:
    """What to tell apart; None leaves a choice open.

    Attributes:
        indicator: With the breaks of the unit's region only.
        unit: Where.
        period: When; a quarter stands for the period the indicator is measured in.
        since: The earlier period of a change; the gap to the target without it.
        by: `unit`, or a dimension.
        where: The value of each dimension restricted, in the order of the address.
        steps: The way here: units and dimensions, the first one a unit.
    """

    indicator: Indicator
    unit: UnitRow
    period: Period
    since: Period | None = None
    by: str | None = None
    where: Mapping[str, str] = field(default_factory=dict)
    steps: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Explanation:
    """What there is to tell.

    Attributes:
        asked: With what was left open chosen.
        row: The outcome of the whole, without restrictions.
        target_row: The outcome whose target the parts are measured with: of the
            pathway where one is chosen, since pathways may have their own.
        before: The outcome since which the change is; None of a gap.
        earlier: Those to choose from, the latest first.
        ways: `unit` and the dimensions that can be told apart.
        why: Why nothing is told; None where something is.
        split: The parts; None where nothing is told.
        silent: Units below that should have reported and have not.
    """

    question: PartsQuestion
    row: OutcomeRow | None
    target_row: OutcomeRow | None = None
    before: OutcomeRow | None = None
    earlier: tuple[OutcomeRow, ...] = ()
    ways: tuple[str, ...] = ()
    why: Why | None = None
    split: Contributions | None = None
    silent: tuple[UnitRow, ...] = ()

    @property
    def has_target(self) -> bool:
        """Whether there is a target in numbers."""
        aim = self.target_row
        return aim is not None and fixed_target(aim.target, aim.target_rule) is not None

    @property
    def is_since_asked(self) -> bool:
        """Whether the earlier period is the one asked for."""
        since, before = self.question.since, self.before
        if since is None or before is None:
            return False
        return before.first_month <= since.last <= before.last_month

    @property
    def has_break(self) -> bool:
        """Whether the two periods are not comparable."""
        if self.row is None or self.before is None:
            return False
        since, until = Period.parse(self.before.period), Period.parse(self.row.period)
        return bool(self.question.indicator.breaks_parting(since, until))

    @property
    def is_other_whole(self) -> bool:
        """Whether what is told apart does not add up to the outcome."""
        ways = (*self.question.where, self.question.by or "")
        return any(counts_another_whole(self.question.indicator, way) for way in ways)


def ways_of(indicator: Indicator) -> tuple[str, ...]:
    """Return `unit` and the dimensions that an indicator's counts can be told by."""
    measure = indicator.measure
    if not isinstance(measure, RowsMeasure):
        return (UNIT, *(breakdown.by for breakdown in indicator.breakdowns))
    # A measure of one form of care has nothing to tell apart by form of care.
    ways = [
        name
        for name, column in DATASETS[measure.dataset].dimensions.items()
        if column not in measure.where or isinstance(measure.where[column], Condition)
    ]
    ways += [breakdown.by for breakdown in indicator.breakdowns if breakdown.measure]
    return (UNIT, *dict.fromkeys(ways))


def way_of(indicator: Indicator, rule: str | None) -> Direction:
    """Return which side of a target is the right one."""
    ways = {">=": Direction.HIGHER, "<=": Direction.LOWER}
    return ways.get(rule or "", indicator.direction)


def counts_another_whole(indicator: Indicator, way: str) -> bool:
    """Say whether parts told by a dimension are of another whole than the outcome.

    They are where the breakdown has a measure of its own, such as the items of an
    observation, and where the producer reports a total beside the parts.
    """
    if any(
        breakdown.by == way and breakdown.measure for breakdown in indicator.breakdowns
    ):
        return True
    measure = indicator.measure
    return measure is not None and way in DATASETS[measure.dataset].own_totals


def published_by(indicator: Indicator, dimensions: Collection[str]) -> frozenset[str]:
    """Return the dimensions that the build gives outcomes by of what is counted."""
    published = {
        breakdown.by for breakdown in indicator.breakdowns if breakdown.measure
    } & {*dimensions}
    return frozenset(published or {breakdown.by for breakdown in indicator.breakdowns})
