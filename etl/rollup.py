"""Facts -> outcomes of every indicator, unit, period and dimension.

Counts are summed up the unit tree and over time, never percentages. What each fact adds
comes from `kpi.counting`; the sums and the judging are the SQL files in `etl/sql`, in
the order of their numbers.
"""

from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import (
    Connection,
    and_,
    case,
    func,
    insert,
    literal,
    null,
    select,
)

from etl.parts import part
from etl.public_values import take_public
from etl.rules import state_rules
from kpi.active import has_columns, is_active
from kpi.counting import Counting, columns_used, counting, facts_of
from kpi.datasets import DATASETS
from kpi.definitions import Definitions, Indicator
from kpi.intervals import Z95
from kpi.measures import ReportedMeasure, RowsMeasure
from kpi.schema import FACTS, load, unit_path

_SQL = Path(__file__).parent / "sql"

_PART_COLUMNS = [column.name for column in part.columns]


@dataclass(frozen=True, slots=True)
class _Variant:
    """An indicator's total (`by` empty) or one of its breakdowns, over one dataset."""

    indicator: Indicator
    by: str
    measure: RowsMeasure

    @property
    def counting(self) -> Counting:
        return counting(self.measure, self.by)


def roll_up(connection: Connection, build_id: str, definitions: Definitions) -> None:
    """Work out and store the outcomes of a build.

    Args:
        connection: To the draft, where facts, units and `build_load` are in place.
        build_id: Of the build.
        definitions: What to count, and what it is judged by.
    """
    _run(connection, "0_rules.sql")
    state_rules(connection, build_id, definitions)
    connection.exec_driver_sql("DROP TABLE IF EXISTS temp.part")
    part.create(connection)
    for dataset, variants in _variants(definitions).items():
        if DATASETS[dataset].is_counted:
            for variant in variants:
                _count_directly(connection, build_id, variant)
            continue
        for columns, alike in _by_optional_columns(connection, variants).items():
            _count_by_cell(connection, build_id, dataset, alike, columns)
    _take_reported(connection, build_id, definitions)
    take_public(connection, build_id, definitions)
    for name in ("1_periods.sql", "2_sums.sql", "3_values.sql", "4_outcomes.sql"):
        _run(connection, name)


def _run(connection: Connection, name: str) -> None:
    script = (_SQL / name).read_text(encoding="utf-8").replace("{z}", repr(Z95))
    without_comments = "\n".join(
        line for line in script.splitlines() if not line.lstrip().startswith("--")
    )
    for statement in without_comments.split(";\n"):
        if statement.strip():
            connection.exec_driver_sql(statement)


def _variants(definitions: Definitions) -> dict[str, list[_Variant]]:
    found: dict[str, list[_Variant]] = defaultdict(list)
    for indicator in definitions.indicators:
        measure = indicator.measure
        if not isinstance(measure, RowsMeasure):
            continue
        found[measure.dataset].append(_Variant(indicator, "", measure))
        for breakdown in indicator.breakdowns:
            own = breakdown.measure or measure
            found[own.dataset].append(_Variant(indicator, breakdown.by, own))
    return found


def _by_optional_columns(
    connection: Connection, variants: list[_Variant]
) -> dict[frozenset[str], list[_Variant]]:
    """Group variants by the columns they look at that some files do without.

    Most files have all columns, and all variants are counted in one pass over them.
    """
    lacking: set[str] = set()
    for written in connection.execute(select(load.c.missing_columns)).scalars():
        lacking |= set((written or "").strip(",").split(","))
    groups: dict[frozenset[str], list[_Variant]] = defaultdict(list)
    for one in variants:
        groups[columns_used(one.measure, one.by) & lacking].append(one)
    return groups


def _paths_of(build_id: str):
    """Return the way-up each unit has at a time, one row per unit and time."""
    return (
        select(unit_path.c.unit_id, unit_path.c.valid_from, unit_path.c.valid_to)
        .where(
            unit_path.c.build_id == build_id,
            unit_path.c.distance == 0,
            unit_path.c.is_succession.is_(False),
        )
        .subquery("path")
    )


def _count_directly(connection: Connection, build_id: str, variant: _Variant) -> None:
    """Count a dataset whose rows hold counts: few rows, one query each."""
    own = variant.counting
    facts, path = own.facts, _paths_of(build_id)
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
            _unless_masked(own, own.numerator),
            _unless_masked(own, own.denominator),
            null(),
            func.bool_or(own.is_masked),
            literal(False),
        )
        .join(path, _stands_in(facts, path))
        .where(
            is_active(facts, build_id),
            own.is_about,
            *_said(facts, columns_used(variant.measure, variant.by)),
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


def _unless_masked(own: Counting, amount):
    if amount is None:
        return null()
    return func.sum(amount).filter(~own.is_masked)


def _dimension(facts, variant: _Variant):
    if not variant.by:
        return literal("")
    return facts.c[DATASETS[variant.measure.dataset].dimensions[variant.by]]


def _stands_in(facts, path):
    return and_(
        path.c.unit_id == facts.c.enhet_id,
        facts.c.datum.between(path.c.valid_from, path.c.valid_to),
    )


def _count_by_cell(
    connection: Connection,
    build_id: str,
    dataset: str,
    variants: list[_Variant],
    columns: frozenset[str],
) -> None:
    """Count a dataset of cases: one pass over the rows, then small sums.

    The pass makes one cell per unit, month and combination of dimensions, with the
    counts of every indicator side by side; ten million rows become a few thousand.
    """
    facts, path = facts_of(dataset), _paths_of(build_id)
    # every counting() call makes its own derived table; they must be the same one here
    countings = [_over(facts, variant) for variant in variants]
    dimensions = {
        name: facts.c[column]
        for name, column in DATASETS[dataset].dimensions.items()
        if any(variant.by == name for variant in variants)
    }
    keys = [
        facts.c.enhet_id,
        path.c.valid_from.label("path_from"),
        facts.c.first_month,
        facts.c.last_month,
        *(column.label(f"by_{name}") for name, column in dimensions.items()),
    ]
    sums = []
    for number, own in enumerate(countings):
        sums.append(func.sum(own.numerator).label(f"numerator_{number}"))
        if own.denominator is not None:
            sums.append(func.sum(own.denominator).label(f"denominator_{number}"))
    cells = (
        select(*keys, *sums)
        .select_from(facts)
        .join(path, _stands_in(facts, path))
        .where(is_active(facts, build_id), *_said(facts, columns))
        .group_by(*keys)
    )
    compiled = cells.compile(connection, compile_kwargs={"literal_binds": True})
    connection.exec_driver_sql(f"CREATE OR REPLACE TEMP TABLE cell AS {compiled}")
    for number, variant in enumerate(variants):
        _sum_cells(connection, number, variant, countings[number].denominator is None)


def _said(facts, columns: frozenset[str]) -> list:
    return [has_columns(facts, columns)] if columns else []


def _over(facts, variant: _Variant) -> Counting:
    return counting(variant.measure, variant.by, facts)


def _sum_cells(
    connection: Connection, number: int, variant: _Variant, is_count: bool
) -> None:
    dimension = f"by_{variant.by}" if variant.by else "''"
    denominator = "NULL" if is_count else f"sum(denominator_{number})"
    # A breakdown has no row for a value that does not occur; the total has one even
    # for no cases, which is not the same as not reported.
    kept = ""
    if variant.by:
        counted = "numerator" if is_count else "denominator"
        kept = f"HAVING sum({counted}_{number}) > 0 AND {dimension} IS NOT NULL"
    connection.exec_driver_sql(
        f"INSERT INTO part SELECT '{variant.indicator.id}', enhet_id, path_from, "
        f"first_month, last_month, '{variant.by}', {dimension}, "
        f"sum(numerator_{number}), {denominator}, NULL, false, false "
        f"FROM cell GROUP BY enhet_id, path_from, first_month, last_month, {dimension} "
        f"{kept}"
    )


def _take_reported(
    connection: Connection, build_id: str, definitions: Definitions
) -> None:
    """Take what producers have counted themselves."""
    facts, path = FACTS["matningar"], _paths_of(build_id)
    wanted = [
        one.id
        for one in definitions.indicators
        if isinstance(one.measure, ReportedMeasure)
    ]
    rows = (
        select(
            facts.c.indikator,
            facts.c.enhet_id,
            path.c.valid_from,
            facts.c.first_month,
            facts.c.last_month,
            literal(""),
            literal(""),
            *(
                case((~facts.c.ar_maskerad, facts.c[name]))
                for name in ("taljare", "namnare", "varde")
            ),
            facts.c.ar_maskerad,
            literal(False),
        )
        .join(path, _stands_in(facts, path))
        .where(is_active(facts, build_id), facts.c.indikator.in_(wanted))
    )
    connection.execute(insert(part).from_select(_PART_COLUMNS, rows))
