"""What the roll-up's SQL needs of the definitions, as temporary tables."""

from sqlalchemy import Connection

from kpi.datasets import DATASETS
from kpi.definitions import Definitions

_FOREVER = 9999 * 12 + 11


def state_rules(
    connection: Connection, build_id: str, definitions: Definitions
) -> None:
    """Put what the SQL needs of the definitions into tables."""
    for statement in (
        "CREATE OR REPLACE TEMP TABLE this_build (build_id VARCHAR)",
        f"INSERT INTO this_build VALUES ('{build_id}')",
        "CREATE OR REPLACE TEMP TABLE rule (indicator VARCHAR, kind VARCHAR, "
        "per INTEGER, scale_lowest DOUBLE, scale_highest DOUBLE, minimum INTEGER, "
        "tolerance DOUBLE, direction VARCHAR, lifecycle VARCHAR, "
        "months_expected INTEGER, measured_quarters VARCHAR[], "
        "averages_numerator BOOLEAN, averages_denominator BOOLEAN, "
        "is_counted BOOLEAN, is_by_period BOOLEAN)",
        "CREATE OR REPLACE TEMP TABLE applies (indicator VARCHAR, unit_kind VARCHAR)",
        "CREATE OR REPLACE TEMP TABLE target (indicator VARCHAR, level VARCHAR, "
        "rule VARCHAR, value DOUBLE, first_month INTEGER, last_month INTEGER, "
        "svf VARCHAR, unit VARCHAR, region VARCHAR)",
    ):
        connection.exec_driver_sql(statement)
    regions = {plan.id: plan.region for plan in definitions.plans}
    for one in definitions.indicators:
        scale = one.scale or (None, None)
        dataset = DATASETS[one.measure.dataset] if one.measure else None
        connection.exec_driver_sql(
            "INSERT INTO rule VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                one.id,
                str(one.kind),
                one.per,
                *scale,
                one.minimum_denominator,
                one.tolerance,
                str(one.direction),
                str(one.lifecycle),
                one.months_expected(),
                list(one.measured_in),
                "numerator" in one.averaged_over_time,
                "denominator" in one.averaged_over_time,
                dataset is not None and dataset.is_counted,
                dataset is not None and dataset.is_counted and not dataset.dated_by,
            ),
        )
        for kind in one.unit_kinds:
            connection.exec_driver_sql(
                "INSERT INTO applies VALUES (?, ?)", (one.id, str(kind))
            )
        for target in one.targets:
            connection.exec_driver_sql(
                "INSERT INTO target VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (
                    one.id,
                    target.level,
                    target.rule,
                    target.value,
                    target.since.first,
                    target.until.last if target.until else _FOREVER,
                    target.svf,
                    target.unit,
                    regions[target.plan],
                ),
            )
