"""What the answers about outcomes hold, and what can be asked of them."""

from app.api.fields import (
    BUILD,
    integer,
    number,
    perhaps,
    text,
)
from app.api.parameters import one_of, periods
from kpi.assessment import Reason, Status
from kpi.model import UnitKind
from kpi.period import PeriodKind
from kpi.spc.points import ChartKind

QUARTER = periods("period", "The quarter that holds its end; the latest without it.")
UNIT_KIND = one_of("unit_kind", "Only units of this kind.", UnitKind)
CHARTS = tuple(ChartKind)
COUNTS = (
    number("numerator", "Null unless the outcome is shown."),
    number("denominator", "Null unless the outcome is shown."),
    number("value", "In the indicator's own unit; shares are 0-100."),
)

_STATUSES = tuple(Status)
_RULES = (">=", "<=", "=", "better_than_last_year", "better_rank_than")
_LEVELS = ("local", "national")

OUTCOMES = (
    text("indicator", "Id of the indicator."),
    text("unit", "Id of the unit (HSA-id)."),
    text("period", "2026Q1, 2026-03, 2026T1, 2026H1, 2026 or R12-2026Q1."),
    text("period_kind", "How long the period is.", tuple(PeriodKind)),
    text("by", "Dimension the outcome is broken down by; empty for the total."),
    text("by_value", "Value of that dimension; empty for the total."),
    number("numerator", "Whole where it counts; null unless the outcome is shown."),
    number("denominator", "Whole where it counts; null unless shown or without one."),
    number("value", "In the indicator's own unit, unrounded; shares are 0-100."),
    number("lower", "Lower bound of the 95 % interval, in the same unit."),
    number("upper", "Upper bound of the 95 % interval, in the same unit."),
    number("target", "The outcome is judged by it, in the same unit."),
    perhaps("target_rule", "How value and target are compared.", _RULES),
    perhaps("target_level", "Who has set the target.", _LEVELS),
    text("status", "What can be said of the outcome.", _STATUSES),
    perhaps("reason", "Why it is not shown, or what to know of it.", tuple(Reason)),
    number("national_target", "Where a local target goes before it."),
    perhaps("national_rule", "How it is compared.", _RULES),
    perhaps("national_status", "Judged by the national target.", _STATUSES),
    integer("units_reporting", "Units with facts in the period."),
    integer("units_expected", "Units with facts within a year."),
    BUILD,
)
