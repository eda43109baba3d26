"""Units of one kind in one period: their funnel and their ranks."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from app.outcome.charted import is_counted
from app.outcome.comparison import kinds_compared, side_by_side
from app.outcome.latest import shown_in
from app.queries.frame import Frame
from app.queries.outcomes import OutcomeRow, outcomes_in, outcomes_of
from app.queries.reader import Reader
from app.queries.units import UnitRow
from kpi.counted import Counted
from kpi.definitions import Indicator
from kpi.funnel import Funnel, FunnelPoint, funnel
from kpi.model import Direction, Kind
from kpi.period import Period
from kpi.ranking import Ranked, ranking

_ranking = lru_cache(maxsize=16)(ranking)
"""Remembered: of thousands of units it takes longer than all else a page does."""


@dataclass(frozen=True, slots=True)
class UnitPlace:
    """A unit in the funnel; rank is None for a neutral indicator."""

    unit: UnitRow
    row: OutcomeRow
    point: FunnelPoint
    rank: Ranked | None


@dataclass(frozen=True, slots=True)
class Comparison:
    """Units of one kind in one period.

    Attributes:
        funnel: About the units' own whole, sum over sum.
        places: Best first; without a better direction the highest first.
        hidden: How many units have no value that is shown.
    """

    funnel: Funnel
    places: tuple[UnitPlace, ...]
    hidden: int


@dataclass(frozen=True, slots=True)
class Compared:
    """What there is to compare of an indicator in a quarter.

    Attributes:
        period: The one that stands for the quarter, in which the indicator is measured.
        kinds: Of unit that can be compared.
        kind: The one that is; None if there is none.
        has_counts: Whether the values are made of counts that a funnel can judge.
        comparison: None without counts or cases.
    """

    period: str
    kinds: tuple[str, ...]
    kind: str | None
    has_counts: bool
    comparison: Comparison | None


def compared_in(
    reader: Reader,
    frame: Frame,
    indicator: Indicator,
    quarter: Period,
    unit_kind: str | None,
) -> Compared:
    """Read and compare the units of one kind in a quarter.

    Args:
        reader: What to read.
        frame: What was read first.
        indicator: What to compare.
        quarter: The quarter looked at.
        unit_kind: Which kind; the one with the most units if None or not there.
    """
    top = frame.units.top()
    outcomes = outcomes_of(reader, indicator.id, top.unit_id) if top else []
    row = shown_in(indicator, quarter, outcomes)
    period = row.period if row else str(quarter)
    rows = outcomes_in(reader, indicator.id, period)
    kinds = kinds_compared(rows, frame.units)
    most = max(kinds, key=lambda kind: kinds[kind], default=None)
    kind = unit_kind if unit_kind in kinds else most
    pairs = [
        (unit, row)
        for row in rows
        if (unit := frame.units.find(row.unit)) and unit.kind == kind
    ]
    has_counts = has_funnel_counts(indicator, [row for _, row in pairs])
    comparison = compared(indicator, pairs) if has_counts else None
    return Compared(period, tuple(kinds), kind, has_counts, comparison)


def has_funnel_counts(indicator: Indicator, rows: Sequence[OutcomeRow]) -> bool:
    """Say whether values are made of counts that a funnel's exact limits can judge."""
    # Of a share they ask for a whole number of cases below the line, too.
    is_whole = indicator.kind is Kind.RATE or all(
        row.denominator is None or row.denominator.is_integer()
        for row in rows
        if row.value is not None
    )
    return is_whole and is_counted(indicator, rows)


def compared(
    indicator: Indicator, pairs: Sequence[tuple[UnitRow, OutcomeRow]]
) -> Comparison | None:
    """Compare units of one kind; None if none has cases to show.

    Args:
        indicator: Whose outcomes `has_funnel_counts`.
        pairs: Each unit with its outcome, shown or not.
    """
    beside = {row.unit for row in side_by_side(indicator, (row for _, row in pairs))}
    shown = {unit.unit_id: (unit, row) for unit, row in pairs if row.unit in beside}
    parts = [
        Counted(key, row.numerator or 0.0, row.denominator or 0.0)
        for key, (_, row) in shown.items()
    ]
    limits = funnel(parts, indicator.kind)
    if limits is None:
        return None
    ranks: dict[str, Ranked] = {}
    if indicator.direction is not Direction.NEUTRAL:
        ranked = _ranking(tuple(parts), indicator.kind, indicator.direction)
        ranks = {place.part.name: place for place in ranked}
    places = [
        UnitPlace(*shown[point.name], point, ranks.get(point.name))
        for point in limits.points
    ]
    places.sort(
        key=lambda place: (
            place.rank.rank if place.rank else 0,
            -place.point.value,
            place.unit.name,
        )
    )
    return Comparison(limits, tuple(places), len(pairs) - len(shown))
