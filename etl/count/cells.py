"""Cases -> parts: each fact counted once, for every indicator that looks at it."""

from collections import defaultdict
from typing import Any

from sqlalchemy import ColumnElement, Connection, FromClause, func, select

from etl.count.parts import (
    STANDING,
    Variant,
    are_known,
    is_of_cases,
    paths_of,
    stands_in,
)
from etl.in_force import datasets_with_facts, in_force
from etl.labels import labelled
from kpi.counting import Counting, columns_used, counting, facts_of, rows_of
from kpi.datasets import DATASETS
from kpi.schema import FACTS, load

_CASES = tuple(name for name in FACTS if is_of_cases(DATASETS[name]))


@labelled(
    "count cases",
    reads=(*_CASES, *STANDING, "load"),
    writes=("cell", "part"),
)
def count_by_cell(
    connection: Connection, build_id: str, dataset: str, variants: list[Variant]
) -> None:
    """Count a dataset of cases: one pass over the rows, then small sums.

    The pass makes one cell per unit, month and combination of dimensions, with the
    counts of every indicator side by side; ten million rows become a few thousand. What
    several indicators count alike is counted once.

    Args:
        connection: To the draft.
        build_id: Of the build.
        dataset: Whose rows are cases.
        variants: All that is counted in it.
    """
    if rows_of(dataset) not in datasets_with_facts(connection, build_id):
        return
    for columns, alike in _by_optional_columns(connection, variants).items():
        _count(connection, build_id, dataset, alike, columns)


def _by_optional_columns(
    connection: Connection, variants: list[Variant]
) -> dict[frozenset[str], list[Variant]]:
    """Group variants by the columns they look at that some files do without.

    Most files have all columns, and all variants are counted in one pass over them.
    """
    lacking: set[str] = set()
    for written in connection.execute(select(load.c.missing_columns)).scalars():
        lacking |= set((written or "").strip(",").split(","))
    groups: dict[frozenset[str], list[Variant]] = defaultdict(list)
    for variant in variants:
        groups[columns_used(variant.measure, variant.by) & lacking].append(variant)
    return groups


def _count(
    connection: Connection,
    build_id: str,
    dataset: str,
    variants: list[Variant],
    columns: frozenset[str],
) -> None:
    facts, path = facts_of(dataset), paths_of(build_id)
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
    sums: dict[str, ColumnElement[Any]] = {}
    names = [
        (_summed(sums, counted.numerator), _summed(sums, counted.denominator))
        for counted in countings
    ]
    cells = (
        select(
            *keys,
            *(column.label(name) for name, column in sums.items()),
        )
        .select_from(facts)
        .join(path, stands_in(facts, path))
        .where(in_force(connection, facts, build_id), *are_known(facts, columns))
        .group_by(*keys)
    )
    compiled = cells.compile(connection, compile_kwargs={"literal_binds": True})
    connection.exec_driver_sql(f"CREATE OR REPLACE TEMP TABLE cell AS {compiled}")
    for variant, (numerator, denominator) in zip(variants, names, strict=True):
        _sum_cells(connection, variant, numerator, denominator)


def _summed(
    sums: dict[str, ColumnElement[Any]], amount: ColumnElement[Any] | None
) -> str | None:
    """Return the name of the sum of an amount, which is added if it is new."""
    if amount is None:
        return None
    summed = func.sum(amount)
    for name, earlier in sums.items():
        if summed.compare(earlier):
            return name
    name = f"sum_{len(sums)}"
    sums[name] = summed
    return name


def _over(facts: FromClause, variant: Variant) -> Counting:
    # That a fact has a value of the dimension is asked of the cell, once.
    lifted = DATASETS[variant.measure.dataset].dimensions.get(variant.by)
    is_lifted = lifted in variant.measure.where
    return counting(variant.measure, variant.by if is_lifted else "", facts)


def _sum_cells(
    connection: Connection,
    variant: Variant,
    numerator: str | None,
    denominator: str | None,
) -> None:
    dimension = f"by_{variant.by}" if variant.by else "''"
    # A breakdown has no row for a value that does not occur; the total has one even
    # for no cases, which is not the same as not reported.
    having = ""
    if variant.by:
        counted = denominator or numerator
        having = f"HAVING sum({counted}) > 0 AND {dimension} IS NOT NULL"
    connection.exec_driver_sql(
        f"INSERT INTO part SELECT '{variant.indicator.id}', enhet_id, path_from, "
        f"first_month, last_month, '{variant.by}', {dimension}, sum({numerator}), "
        f"{f'sum({denominator})' if denominator else 'NULL'}, NULL, false, false "
        f"FROM cell GROUP BY enhet_id, path_from, first_month, last_month, {dimension} "
        f"{having}"
    )
