"""Counts of an indicator in every combination of units and dimensions asked for.

`outcome` holds one dimension at a time. Here the facts are summed by several, with the
amounts of `kpi.counting`, so that cells and outcome cannot disagree. What comes back
grows with units and values of dimensions, never with facts.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import (
    ColumnElement,
    FromClause,
    and_,
    case,
    func,
    null,
    select,
)

from app.queries.counted import has_columns, is_active
from app.queries.exact import exact_sum
from app.queries.reader import Reader
from kpi import schema
from kpi.counting import columns_used, counting
from kpi.datasets import DATASETS
from kpi.definitions import Indicator
from kpi.measures import ReportedMeasure, RowsMeasure
from kpi.period import Period

UNIT = "unit"
"""Beside the dimensions of a dataset: the units below a unit."""
OWN = ""
"""In the place of a unit below: the unit's own facts."""
UNKNOWN = ""
"""In the place of a value: the facts do not say."""


@dataclass(frozen=True, slots=True)
class Cell:
    """What facts with the same unit and values add up to.

    Attributes:
        place: The unit that the facts stand under.
        child: The unit below it that they are of; empty for its own.
        values: One for each dimension asked for, in that order; empty if not known.
    """

    place: str
    child: str
    values: tuple[str, ...]
    numerator: float
    denominator: float


def cells_of(
    reader: Reader,
    indicator: Indicator,
    places: Sequence[str],
    period: Period,
    dimensions: Sequence[str],
) -> list[Cell]:
    """Return the cells of an indicator in a period, by unit below each place.

    Args:
        reader: What to read.
        indicator: One that `measure_by` has a measure of for these dimensions.
        places: Units; what stands under several of them is told for each.
        period: Any kind.
        dimensions: Of the measure's dataset.
    """
    rows = _amounts(reader, indicator, period, dimensions)
    ways = _ways(reader.build_id, places)
    keys = [ways.c.place, ways.c.child, *(rows.c[name] for name in dimensions)]
    statement = (
        select(exact_sum(rows.c.numerator), exact_sum(rows.c.denominator), *keys)
        .join_from(
            rows,
            ways,
            and_(
                ways.c.unit_id == rows.c.enhet_id,
                rows.c.datum.between(ways.c.valid_from, ways.c.valid_to),
            ),
        )
        .group_by(*keys)
        .order_by(*keys)  # so that a whole case is always the same part's among equals
    )
    return [
        Cell(
            place,
            child or OWN,
            tuple(value or UNKNOWN for value in values),
            float(numerator),
            float(denominator),
        )
        for numerator, denominator, place, child, *values in reader.connection.execute(
            statement
        )
    ]


def _ways(build_id: str, places: Sequence[str]) -> FromClause:
    """Return which units stand under the places when, and under which child there."""
    here, below = schema.unit_path.alias("here"), schema.unit_path.alias("below")
    joined = here.outerjoin(
        below,
        and_(
            below.c.build_id == build_id,
            below.c.unit_id == here.c.unit_id,
            below.c.valid_from == here.c.valid_from,
            below.c.distance == here.c.distance - 1,
            below.c.is_succession.is_(False),
            here.c.is_succession.is_(False),
        ),
    )
    # What a unit has taken over is told by the units it came from.
    inherited = (here.c.is_succession, here.c.unit_id)
    return (
        select(
            here.c.unit_id,
            here.c.valid_from,
            here.c.valid_to,
            here.c.ancestor_id.label("place"),
            case(inherited, else_=below.c.ancestor_id).label("child"),
        )
        .select_from(joined)
        .where(here.c.build_id == build_id, here.c.ancestor_id.in_(places))
        .subquery("way")
    )


def measure_by(
    indicator: Indicator, dimensions: Sequence[str]
) -> RowsMeasure | ReportedMeasure | None:
    """Return what is counted where it is told apart by dimensions; None for nothing.

    A breakdown with a measure of its own, such as the items of an observation, counts
    another whole than the indicator does.
    """
    rows_measures = [
        breakdown.measure
        for breakdown in indicator.breakdowns
        if breakdown.by in dimensions and breakdown.measure
    ]
    measure = rows_measures[0] if rows_measures else indicator.measure
    if isinstance(measure, RowsMeasure | ReportedMeasure):
        return measure
    return None


def _amounts(
    reader: Reader,
    indicator: Indicator,
    period: Period,
    dimensions: Sequence[str],
) -> FromClause:
    """Return each fact of the period with what it adds to the measure."""
    match measure_by(indicator, dimensions):
        case RowsMeasure() as measure:
            return _counted(reader, measure, period, dimensions)
        case ReportedMeasure():
            return _reported(reader, indicator, period, dimensions)
        case measure:
            raise ValueError(f"{indicator.id}: no counts to add up in {measure!r}")


def _within(reader: Reader, facts: FromClause, period: Period) -> ColumnElement[bool]:
    return and_(
        is_active(reader, facts),
        facts.c.first_month >= period.first,
        facts.c.last_month <= period.last,
    )


def _counted(
    reader: Reader,
    measure: RowsMeasure,
    period: Period,
    dimensions: Sequence[str],
) -> FromClause:
    dataset = DATASETS[measure.dataset]
    # Where the producer gives a total of its own, only its parts tell the dimension.
    split = [own_total for own_total in dataset.own_totals if own_total in dimensions]
    counts = counting(measure, split[0] if split else "")
    facts = counts.facts
    used = columns_used(measure)
    denominator = null() if counts.denominator is None else counts.denominator
    return (
        select(
            facts.c.enhet_id,
            facts.c.datum,
            *(
                facts.c[dataset.dimensions[dimension]].label(dimension)
                for dimension in dimensions
            ),
            counts.numerator.label("numerator"),
            denominator.label("denominator"),
        )
        .where(
            _within(reader, facts, period),
            counts.is_counted,
            *([has_columns(reader, facts, used)] if used else []),
        )
        .subquery("amount")
    )


def _reported(
    reader: Reader,
    indicator: Indicator,
    period: Period,
    dimensions: Sequence[str],
) -> FromClause:
    facts = schema.FACTS["matningar"]
    held_in = DATASETS[facts.name].dimensions
    parts = [facts.c[held_in[dimension]] for dimension in dimensions]
    # Where the producer gives a total of its own, only its parts tell the dimension.
    is_told = [part.is_not(None) for part in parts]
    is_about = and_(*is_told) if parts else facts.c.ar_total
    months = facts.c.last_month - facts.c.first_month + 1

    def amount(name: str, column: ColumnElement[float]) -> ColumnElement[float]:
        if name not in indicator.averaged_over_time:
            return column.label(name)
        # A stock is averaged over the months it was given for, as in the roll-up.
        # Units that became one may tell of the same month, which is still one month.
        each = func.range(facts.c.first_month, facts.c.last_month + 1)
        every = func.list(each).over(partition_by=facts.c.enhet_id)
        all_months = func.len(func.list_distinct(func.flatten(every)))
        return (column * months / all_months).label(name)

    return (
        select(
            facts.c.enhet_id,
            facts.c.datum,
            *(part.label(name) for part, name in zip(parts, dimensions, strict=True)),
            amount("numerator", facts.c.taljare),
            amount("denominator", facts.c.namnare),
        )
        .where(
            _within(reader, facts, period),
            facts.c.indikator == indicator.id,
            is_about,
            facts.c.ar_maskerad.is_not(True),
            facts.c.taljare.is_not(None),
            facts.c.namnare.is_not(None),
        )
        .subquery("amount")
    )
