"""Facts -> outcomes of every indicator, unit, period and dimension.

Counts are summed up the unit tree and over time, never percentages. What each fact adds
comes from `kpi.counting`; the sums and the judging are the SQL files in
`etl/count/sql`, in the order of their numbers.
"""

from collections import defaultdict
from datetime import date
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    FromClause,
    and_,
    case,
    func,
    insert,
    literal,
    null,
    select,
)

from etl.count.cells import count_by_cell
from etl.count.left_out import count_left_out
from etl.count.parts import STANDING, Variant, are_known, part, paths_of, stands_in
from etl.count.public_values import take_public
from etl.count.rules import state_rules
from etl.count.scripts import ROLL_UP, state_arithmetic
from etl.in_force import datasets_with_facts
from etl.labels import labelled
from etl.stating import state
from etl.steps import Steps
from kpi.active import is_active
from kpi.counting import Counting, columns_used, counting
from kpi.datasets import DATASETS
from kpi.definitions import Definitions, Indicator
from kpi.fact_tables import IN_FILE
from kpi.measures import ReportedMeasure, RowsMeasure
from kpi.schema import FACTS

_COUNTS = tuple(
    name for name in FACTS if DATASETS[name].is_counted and name != "matningar"
)

_PART_COLUMNS = [column.name for column in part.columns]


def roll_up(
    connection: Connection,
    build_id: str,
    definitions: Definitions,
    as_of: date,
    steps: Steps,
    reach: tuple[int, int] | None = None,
) -> None:
    """Work out and store the outcomes of a build.

    Args:
        connection: To the draft, where facts, units and `build_load` are in place.
        build_id: Of the build.
        definitions: What to count, and what it is judged by.
        as_of: The day of the build: what ends later is not over.
        steps: Of the build, to be timed.
        reach: First and last month that periods are laid out for at least, where only
            some of the facts are in place; None for those that the facts reach.
    """
    state_arithmetic(connection)
    _state_reach(connection, reach)
    state_rules(connection, build_id, definitions, as_of)
    _make_room(connection)
    with steps.step("count facts"):
        for dataset, variants in _variants(definitions).items():
            if DATASETS[dataset].is_counted:
                _count_directly(connection, build_id, variants)
            else:
                count_by_cell(connection, build_id, dataset, variants)
        _take_reported(connection, build_id, definitions)
        take_public(connection, build_id, definitions)
    with steps.step("count what is left out"):
        count_left_out(connection, build_id, definitions)
    with steps.step("sum and judge"):
        for script in ROLL_UP:
            script(connection)


@labelled("state which months there are at least", writes=("given_reach",))
def _state_reach(connection: Connection, reach: tuple[int, int] | None) -> None:
    state(
        connection,
        "given_reach",
        "first_month INTEGER, last_month INTEGER",
        [] if reach is None else [reach],
    )


@labelled("make room for parts", writes=("part",))
def _make_room(connection: Connection) -> None:
    connection.exec_driver_sql("DROP TABLE IF EXISTS temp.part")
    part.create(connection)


def _variants(definitions: Definitions) -> dict[str, list[Variant]]:
    variants: dict[str, list[Variant]] = defaultdict(list)
    for indicator in definitions.indicators:
        measure = indicator.measure
        if not isinstance(measure, RowsMeasure):
            continue
        variants[measure.dataset].append(Variant(indicator, "", measure))
        for breakdown in indicator.breakdowns:
            rows_measure = breakdown.measure or measure
            variants[rows_measure.dataset].append(
                Variant(indicator, breakdown.by, rows_measure)
            )
    return variants


@labelled(
    "count rows that hold counts",
    reads=(*_COUNTS, *STANDING, "load", "exact_sum"),
    writes=("part",),
)
def _count_directly(
    connection: Connection, build_id: str, variants: list[Variant]
) -> None:
    """Count a dataset whose rows hold counts: few rows, one query each."""
    with_facts = datasets_with_facts(connection, build_id)
    for variant in variants:
        if variant.measure.dataset in with_facts:
            _count_variant(connection, build_id, variant)


def _count_variant(connection: Connection, build_id: str, variant: Variant) -> None:
    counted = counting(variant.measure, variant.by)
    facts, path = counted.facts, paths_of(build_id)
    dimension = _dimension(facts, variant)
    rows = (
        select(
            literal(variant.indicator.id),
            facts.c.enhet_id,
            path.c.valid_from,
            facts.c.first_month,
            facts.c.last_month,
            literal(variant.by),
            dimension,
            _unless_masked(counted, counted.numerator),
            _unless_masked(counted, counted.denominator),
            null(),
            func.bool_or(counted.is_masked),
            literal(False),
        )
        .join(path, stands_in(facts, path))
        .where(
            is_active(facts, build_id),
            counted.is_about,
            *are_known(facts, columns_used(variant.measure, variant.by)),
        )
        .group_by(
            facts.c.enhet_id,
            path.c.valid_from,
            facts.c.first_month,
            facts.c.last_month,
            *([dimension] if variant.by else []),
        )
    )
    connection.execute(insert(part).from_select(_PART_COLUMNS, rows))


def _unless_masked(
    counted: Counting, amount: ColumnElement[Any] | None
) -> ColumnElement[Any]:
    if amount is None:
        return null()
    return func.exact_sum(case((~counted.is_masked, amount)))


def _dimension(facts: FromClause, variant: Variant) -> ColumnElement[str]:
    if not variant.by:
        return literal("")
    return facts.c[DATASETS[variant.measure.dataset].dimensions[variant.by]]


@labelled(
    "take what producers count",
    reads=("matningar", "load", "exact_sum", *STANDING),
    writes=("part",),
)
def _take_reported(
    connection: Connection, build_id: str, definitions: Definitions
) -> None:
    """Take what producers have counted themselves: totals and categories.

    Counts of units that became one are added; a value without counts is never added,
    and stands only where the unit itself has reported it.
    """
    facts = FACTS["matningar"]
    if facts.name not in datasets_with_facts(connection, build_id):
        return
    reported = [
        indicator
        for indicator in definitions.indicators
        if isinstance(indicator.measure, ReportedMeasure)
    ]
    told_apart = [indicator for indicator in reported if indicator.categories]
    _take(connection, build_id, reported, "", literal(""), facts.c.ar_total)
    slag = facts.c[DATASETS[facts.name].dimensions["category"]]
    _take(connection, build_id, told_apart, "category", slag, slag.is_not(None))


def _take(
    connection: Connection,
    build_id: str,
    indicators: list[Indicator],
    by: str,
    by_value: ColumnElement[str],
    is_about: ColumnElement[bool],
) -> None:
    """Take the totals of indicators (`by` empty), or their breakdown by a dimension."""
    facts, path = FACTS["matningar"], paths_of(build_id)
    keys = (
        facts.c.indikator,
        facts.c.enhet_id,
        path.c.valid_from,
        facts.c.first_month,
        facts.c.last_month,
    )
    said_by = func.coalesce(facts.c[IN_FILE], facts.c.enhet_id)
    is_own = facts.c[IN_FILE].is_(None)
    value = case((~facts.c.ar_maskerad, facts.c.varde))
    own_value = func.max(value).filter(is_own)
    is_shared = func.min(said_by) != func.max(said_by)

    def counted(name: str) -> ColumnElement[Any]:
        count, usable = facts.c[name], ~facts.c.ar_maskerad
        # A value of the unit itself is not to be outdone by counts of a part of it.
        own_count = func.exact_sum(case((and_(usable, is_own), count)))
        every = func.exact_sum(case((usable, count)))
        return case((own_value.is_not(None), own_count), else_=every)

    rows = (
        select(
            *keys,
            literal(by),
            by_value,
            counted("taljare"),
            counted("namnare"),
            case((is_shared, own_value), else_=func.max(value)),
            func.bool_or(facts.c.ar_maskerad),
            literal(False),
        )
        .join(path, stands_in(facts, path))
        .where(
            is_active(facts, build_id),
            facts.c.indikator.in_([indicator.id for indicator in indicators]),
            is_about,
        )
        .group_by(*keys, *([by_value] if by else []))
    )
    connection.execute(insert(part).from_select(_PART_COLUMNS, rows))
