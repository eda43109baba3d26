"""The rows behind an outcome, as expressions over the fact table they stand in.

The amounts come from `kpi.counting`, as in the roll-up, so that rows and outcome cannot
disagree.
"""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    ColumnElement,
    FromClause,
    String,
    and_,
    cast,
    false,
    func,
    literal,
    null,
    or_,
    select,
    tuple_,
)

from app.queries.counted import counts_for, has_columns, is_active
from app.queries.reader import Reader
from kpi import schema
from kpi.counting import columns_used, counting
from kpi.datasets import DATASETS
from kpi.definitions import Indicator
from kpi.fact_tables import IN_FILE
from kpi.measures import KoladaMeasure, ReportedMeasure, RowsMeasure
from kpi.period import Period
from kpi.steps import is_step
from kpi.vocabulary import NATION

DETAILS: dict[str, tuple[str, ...]] = {
    "svf_fall": ("svf", "ledtid_dagar", "max_dagar"),
    "svf_inklusion": ("svf",),
    "kontakter": ("vardform",),
    "prem": ("enkat", "dimension", "svf"),
    "bhk": ("yrkeskategori",),
    "bhk_moment": ("moment", "yrkeskategori"),
    "ppm": ("matning",),
    "matningar": ("slag",),
    "kolada": (),
}
"""What is shown of a row beside its amounts. Never what identifies a person."""


@dataclass(frozen=True, slots=True)
class Question:
    """Which outcome, and the definition it was counted by.

    Attributes:
        indicator: As defined in that build.
        unit: Its id.
        period: Any kind.
        by: Dimension; empty for the total.
        by_value: Value of the dimension; empty for the total.
        kolada_id: Kolada region of the unit, where the measure is a public one.
    """

    indicator: Indicator
    unit: str
    period: Period
    by: str = ""
    by_value: str = ""
    kolada_id: str | None = None


@dataclass(frozen=True, slots=True)
class Behind:
    """The rows behind an outcome.

    Attributes:
        facts: The table they stand in.
        belongs: Whether a row bears on the outcome, counted or not.
        place: Its unit's id, or the region's name where the measure is a public one.
        under: The id in the file, where the unit has taken over from that one.
        when: Its day or period.
        is_counted: Whether it is among those counted.
        is_masked: Whether the producer has masked it.
        numerator: What it adds to the numerator.
        denominator: What it adds to the denominator.
        value: Where it has no counts.
        details: As named in `DETAILS`.
    """

    facts: FromClause
    belongs: ColumnElement[bool]
    place: ColumnElement[str]
    under: ColumnElement[str]
    when: ColumnElement[str]
    is_counted: ColumnElement[bool]
    is_masked: ColumnElement[bool]
    numerator: ColumnElement[Any]
    denominator: ColumnElement[Any]
    value: ColumnElement[Any]
    details: tuple[ColumnElement[Any], ...]


def dataset_of(indicator: Indicator, by: str) -> str | None:
    """Return the dataset an indicator, or its breakdown, is counted from."""
    measure = _measure(indicator, by)
    return measure.dataset if measure else None


def _measure(
    indicator: Indicator, by: str
) -> RowsMeasure | ReportedMeasure | KoladaMeasure | None:
    for breakdown in indicator.breakdowns:
        if breakdown.by == by and breakdown.measure is not None:
            return breakdown.measure
    return indicator.measure


def behind(reader: Reader, question: Question) -> Behind | None:
    """Return the rows behind an outcome; None for one that is not measured yet."""
    match _measure(question.indicator, question.by):
        case RowsMeasure() as measure:
            return _counted_rows(reader, question, measure)
        case ReportedMeasure():
            return _reported_rows(reader, question)
        case KoladaMeasure() as measure:
            return _public_rows(reader, question, measure)
    return None


def _counted_rows(reader: Reader, question: Question, measure: RowsMeasure) -> Behind:
    counts = counting(measure, question.by)
    columns = counts.facts.c
    belongs = [stands_under(reader, counts.facts, question), counts.is_about]
    if used := columns_used(measure, question.by):
        belongs.append(has_columns(reader, counts.facts, used))
    if question.by:
        dimension = DATASETS[measure.dataset].dimensions[question.by]
        belongs.append(columns[dimension] == question.by_value)
    when = columns.period if "period" in columns else columns.datum
    denominator = null() if counts.denominator is None else counts.denominator
    return Behind(
        counts.facts,
        and_(*belongs),
        columns.enhet_id,
        columns[IN_FILE],
        cast(when, String),
        counts.is_counted,
        func.coalesce(counts.is_masked, false()),
        counts.numerator,
        denominator,
        null(),
        tuple(columns[name] for name in DETAILS[measure.dataset]),
    )


def _reported_rows(reader: Reader, question: Question) -> Behind:
    facts = schema.FACTS["matningar"]
    columns, dimensions = facts.c, DATASETS[facts.name].dimensions
    is_masked = func.coalesce(columns.ar_maskerad, false())
    has_amount = or_(columns.taljare.is_not(None), columns.varde.is_not(None))
    return Behind(
        facts,
        and_(
            _known_by(reader, facts, question)
            if is_step(question.indicator)
            else stands_under(reader, facts, question),
            columns.indikator == question.indicator.id,
            columns.ar_total
            if not question.by
            else columns[dimensions[question.by]] == question.by_value,
            # A value without counts cannot be added up: it is its own unit's alone.
            or_(columns.taljare.is_not(None), columns.enhet_id == question.unit),
        ),
        columns.enhet_id,
        columns[IN_FILE],
        columns.period,
        and_(has_amount, ~is_masked),
        is_masked,
        columns.taljare,
        columns.namnare,
        columns.varde,
        tuple(columns[name] for name in DETAILS[facts.name]),
    )


def _public_rows(reader: Reader, question: Question, measure: KoladaMeasure) -> Behind:
    facts = schema.FACTS["kolada"]
    columns = facts.c
    column = (
        # A rank rests on every region's value.
        columns.kolada_region_id != NATION
        if measure.statistic == "rank"
        else columns.kolada_region_id == (question.kolada_id or "")
    )
    return Behind(
        facts,
        and_(
            is_active(reader, facts),
            columns.kpi == measure.kpi,
            columns.year == question.period.year,
            column,
        ),
        func.coalesce(columns.region, columns.kolada_region_id),
        cast(null(), String),
        cast(columns.year, String),
        literal(True),
        literal(False),
        null(),
        null(),
        columns.value,
        (),
    )


def _known_by(
    reader: Reader, facts: FromClause, question: Question
) -> ColumnElement[bool]:
    """Return whether a report of a step is its unit's last one at the period's end."""
    other = facts.alias("other")
    later = (
        select(literal(1))
        .where(
            is_active(reader, other),
            other.c.indikator == facts.c.indikator,
            other.c.enhet_id == facts.c.enhet_id,
            other.c.last_month <= question.period.last,
            tuple_(other.c.last_month, other.c.first_month)
            > tuple_(facts.c.last_month, facts.c.first_month),
        )
        .correlate(facts)
        .exists()
    )
    return and_(
        counts_for(reader, facts, question.unit),
        facts.c.last_month <= question.period.last,
        ~later,
    )


def stands_under(
    reader: Reader, facts: FromClause, question: Question
) -> ColumnElement[bool]:
    """Return whether a fact counts for the unit in the period, as in the roll-up."""
    return and_(
        counts_for(reader, facts, question.unit),
        facts.c.first_month >= question.period.first,
        facts.c.last_month <= question.period.last,
    )
