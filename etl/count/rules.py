"""What the roll-up's SQL needs of the definitions, as temporary tables."""

from datetime import date

from sqlalchemy import Connection

from etl.labels import labelled
from etl.stating import state
from kpi.coverage import (
    adds_up,
    grows_with_time,
    may_be_dated,
    months_of_target,
    only_grows,
)
from kpi.datasets import DATASETS
from kpi.definitions import Definitions, Indicator
from kpi.measures import KoladaMeasure
from kpi.period import last_month_over
from kpi.steps import due, is_step
from kpi.targets import Target

FOREVER = 9999 * 12 + 11
"""The last month of what has no end."""


@labelled(
    "state what the definitions ask",
    writes=("this_build", "rule", "applies", "target", "break"),
)
def state_rules(
    connection: Connection, build_id: str, definitions: Definitions, as_of: date
) -> None:
    """Put what the SQL needs of the definitions into tables."""
    regions = {plan.id: plan.region for plan in definitions.plans}
    state(
        connection,
        "this_build",
        "build_id VARCHAR, last_month_over INTEGER",
        [(build_id, last_month_over(as_of))],
    )
    state(
        connection,
        "rule",
        "indicator VARCHAR, kind VARCHAR, per INTEGER, scale_lowest DOUBLE, "
        "scale_highest DOUBLE, minimum INTEGER, tolerance DOUBLE, direction VARCHAR, "
        "lifecycle VARCHAR, months_expected INTEGER, measured_quarters VARCHAR[], "
        "averages_numerator BOOLEAN, averages_denominator BOOLEAN, "
        "is_counted BOOLEAN, is_by_period BOOLEAN, may_be_dated BOOLEAN, "
        "is_step BOOLEAN, grows_with_time BOOLEAN, adds_up BOOLEAN, "
        "only_grows BOOLEAN, is_published BOOLEAN",
        [_rule(indicator) for indicator in definitions.indicators],
    )
    state(
        connection,
        "applies",
        "indicator VARCHAR, unit_kind VARCHAR",
        [
            (indicator.id, str(kind))
            for indicator in definitions.indicators
            for kind in indicator.unit_kinds
        ],
    )
    state(
        connection,
        "target",
        "indicator VARCHAR, level VARCHAR, rule VARCHAR, value DOUBLE, "
        "first_month INTEGER, last_month INTEGER, months INTEGER, svf VARCHAR, "
        "unit VARCHAR, region VARCHAR",
        [
            (
                indicator.id,
                str(target.level),
                target.rule,
                target.value,
                target.since.first,
                _last_month(indicator, target),
                months_of_target(indicator, target),
                target.svf,
                target.unit,
                regions[target.plan],
            )
            for indicator in definitions.indicators
            for target in indicator.targets
        ],
    )
    state(
        connection,
        "break",
        "indicator VARCHAR, since INTEGER, region VARCHAR",
        [
            (indicator.id, break_.since.first, break_.region)
            for indicator in definitions.indicators
            for break_ in indicator.breaks
        ],
    )


def _last_month(indicator: Indicator, target: Target) -> int:
    if is_step(indicator):
        return due(target).last
    return target.until.last if target.until else FOREVER


def _rule(indicator: Indicator) -> tuple[object, ...]:
    scale = indicator.scale or (None, None)
    dataset = DATASETS[indicator.measure.dataset] if indicator.measure else None
    is_by_period = dataset is not None and dataset.is_counted and not dataset.dated_by
    return (
        indicator.id,
        str(indicator.kind),
        indicator.per,
        *scale,
        indicator.minimum_denominator,
        indicator.tolerance,
        str(indicator.direction),
        str(indicator.lifecycle),
        indicator.months_expected(),
        list(indicator.measured_in),
        "numerator" in indicator.averaged_over_time,
        "denominator" in indicator.averaged_over_time,
        dataset is not None and dataset.is_counted,
        is_by_period,
        may_be_dated(indicator),
        is_step(indicator),
        grows_with_time(indicator),
        is_by_period and adds_up(indicator),
        only_grows(indicator),
        isinstance(indicator.measure, KoladaMeasure),
    )
