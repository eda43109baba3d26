"""What the roll-up's SQL needs of the definitions, as temporary tables."""

from sqlalchemy import Connection

from etl.labels import labelled
from etl.stating import state
from kpi.datasets import DATASETS
from kpi.definitions import Definitions, Indicator

_FOREVER = 9999 * 12 + 11


@labelled(
    "state what the definitions ask",
    writes=("this_build", "rule", "applies", "target"),
)
def state_rules(
    connection: Connection, build_id: str, definitions: Definitions
) -> None:
    """Put what the SQL needs of the definitions into tables."""
    regions = {plan.id: plan.region for plan in definitions.plans}
    state(connection, "this_build", "build_id VARCHAR", [(build_id,)])
    state(
        connection,
        "rule",
        "indicator VARCHAR, kind VARCHAR, per INTEGER, scale_lowest DOUBLE, "
        "scale_highest DOUBLE, minimum INTEGER, tolerance DOUBLE, direction VARCHAR, "
        "lifecycle VARCHAR, months_expected INTEGER, measured_quarters VARCHAR[], "
        "averages_numerator BOOLEAN, averages_denominator BOOLEAN, "
        "is_counted BOOLEAN, is_by_period BOOLEAN",
        [_rule(one) for one in definitions.indicators],
    )
    state(
        connection,
        "applies",
        "indicator VARCHAR, unit_kind VARCHAR",
        [
            (one.id, str(kind))
            for one in definitions.indicators
            for kind in one.unit_kinds
        ],
    )
    state(
        connection,
        "target",
        "indicator VARCHAR, level VARCHAR, rule VARCHAR, value DOUBLE, "
        "first_month INTEGER, last_month INTEGER, svf VARCHAR, unit VARCHAR, "
        "region VARCHAR",
        [
            (
                one.id,
                str(target.level),
                target.rule,
                target.value,
                target.since.first,
                target.until.last if target.until else _FOREVER,
                target.svf,
                target.unit,
                regions[target.plan],
            )
            for one in definitions.indicators
            for target in one.targets
        ],
    )


def _rule(one: Indicator) -> tuple[object, ...]:
    scale = one.scale or (None, None)
    dataset = DATASETS[one.measure.dataset] if one.measure else None
    return (
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
    )
