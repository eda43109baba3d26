"""The columns of a fact table, worked out from the typed columns of a file."""

from collections.abc import Iterable

from etl.sources.layout import Layout
from etl.take.cast import COUNTED_MONTH, written_period
from kpi import schema
from kpi.datasets import AGE_GROUPS, DATASETS
from kpi.fact_tables import IN_FILE


def fact_columns(layout: Layout, names: Iterable[str] = ()) -> str:
    """Return SQL of the fact table's columns, or of some, under names of their own."""
    fields = {field.name for field in layout.fields}
    return ", ".join(
        f"{_fact_value(layout, name, fields)} AS fact_{name}"
        for name in names or fact_names(layout)
    )


def fact_names(layout: Layout) -> list[str]:
    """Return the columns of the fact table, but for where a fact stands."""
    columns = schema.metadata.tables[layout.dataset].columns
    return [
        column.name
        for column in columns
        if column.name not in ("load_id", "row_number")
    ]


def key_column(layout: Layout, name: str) -> str:
    """Return the column of `staged` that tells one row of a file from another.

    Two units that became one are still two in a file: what each reports is added.
    """
    is_unit = layout.is_of_unit and name == "enhet_id"
    return "unit_in_file" if is_unit else f"fact_{name}"


def subject(layout: Layout) -> str:
    """Return SQL of what a row of `staged` or `judged` measures; NULL if unreadable."""
    names = DATASETS[layout.dataset].subject if layout.is_of_unit else ()
    return " || '/' || ".join(f"fact_{name}" for name in names) or "NULL"


def _fact_value(layout: Layout, name: str, fields: set[str]) -> str:
    if name in layout.derived:
        return layout.derived[name]
    if layout.is_of_unit and name == "enhet_id":
        return "counted_unit"
    if name == IN_FILE:
        return "CASE WHEN counted_unit <> enhet_id THEN enhet_id END"
    if name == "period":
        return written_period()
    if name == "datum" and layout.is_by_period:
        return "counts_on"
    if name in ("first_month", "last_month"):
        return name if layout.is_by_period else COUNTED_MONTH
    if name == "ar_maskerad":
        return "is_masked"
    if name == "ar_total":
        return "NULL"
    if name == "aldersgrupp":
        return _age_group()
    return name if name in fields else "NULL"


def _age_group() -> str:
    whens = []
    for group in AGE_GROUPS:
        highest = group.partition("-")[2]
        if highest:
            whens.append(f"WHEN alder <= {highest} THEN '{group}'")
        else:
            whens.append(f"WHEN alder IS NOT NULL THEN '{group}'")
    return f"CASE {' '.join(whens)} END"


def total_flag(layout: Layout) -> str:
    """Return SQL of whether a row counts in its unit's total.

    A total of the producer's own goes before the sum of the parts: parts count only
    where the file has no total for the same unit in any of the same months.
    """
    totals = DATASETS[layout.dataset].own_total_columns
    is_total = " AND ".join(f"staged.fact_{name} IS NULL" for name in totals)
    same = " AND ".join(
        f"own.{column} IS NOT DISTINCT FROM staged.{column}"
        for column in (
            key_column(layout, name)
            for name in layout.key
            if name not in (*totals, "period")
        )
    )
    own_total = " AND ".join(f"own.fact_{name} IS NULL" for name in totals)
    return (
        f"({is_total} OR NOT EXISTS (SELECT 1 FROM staged AS own WHERE {own_total} "
        f"AND own.fault IS NULL AND {same} "
        "AND own.fact_first_month <= staged.fact_last_month "
        "AND staged.fact_first_month <= own.fact_last_month))"
    )
