"""What the answers hold: one list, read by JSON, CSV and the OpenAPI description."""

from dataclasses import dataclass

from kpi.assessment import Reason, Status
from kpi.model import Direction, Kind, Lifecycle, UnitKind
from kpi.period import PeriodKind


@dataclass(frozen=True, slots=True)
class Field:
    """One key of an answer, and one column of its CSV.

    Attributes:
        name: Of the key and of the column.
        type: A JSON Schema type.
        about: What it is, with its unit.
        is_nullable: Whether null is possible; the CSV cell is then empty.
        words: All the values it can have, where they are few.
        is_plain: Whether it fits a CSV cell; lists and objects do not.
    """

    name: str
    type: str
    about: str
    is_nullable: bool = False
    words: tuple[str, ...] = ()
    is_plain: bool = True

    def schema(self) -> dict[str, object]:
        """Return the JSON Schema of the value."""
        schema: dict[str, object] = {"description": self.about}
        schema["type"] = [self.type, "null"] if self.is_nullable else self.type
        if self.words:
            schema["enum"] = [*self.words, *([None] if self.is_nullable else [])]
        return schema


def text(name: str, about: str, words: tuple[str, ...] = ()) -> Field:
    """Return a field of text that is always there."""
    return Field(name, "string", about, words=words)


def perhaps(name: str, about: str, words: tuple[str, ...] = ()) -> Field:
    """Return a field of text, or null."""
    return Field(name, "string", about, is_nullable=True, words=words)


def number(name: str, about: str) -> Field:
    """Return a field of a number, or null."""
    return Field(name, "number", about, is_nullable=True)


def integer(name: str, about: str) -> Field:
    """Return a field of a whole number, or null."""
    return Field(name, "integer", about, is_nullable=True)


_STATUSES = tuple(Status)
_RULES = (">=", "<=", "=", "better_than_last_year", "better_rank_than")
_LEVELS = ("local", "national")


def _both(name: str, about: str, is_nullable: bool = False) -> tuple[Field, Field]:
    return (
        Field(name, "string", f"{about}, in Swedish.", is_nullable),
        Field(f"{name}_en", "string", f"{about}, in English.", is_nullable),
    )


_BUILD = text("build", "Id of the build the answer was read from.")

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
    _BUILD,
)

UNITS = (
    text("unit", "Id of the unit (HSA-id)."),
    text("name", "Name of the unit, in Swedish."),
    text("kind", "What kind of unit.", tuple(UnitKind)),
    perhaps("parent", "Id of the unit above; null for the region."),
    integer("depth", "0 for the region."),
    perhaps("valid_from", "First day; null if it has always been."),
    perhaps("valid_to", "Last day; null if it still is."),
    perhaps("replaced_by", "Id of the unit that took over."),
    perhaps("kolada_id", "Id in Kolada of a region."),
    _BUILD,
)

INDICATORS = (
    text("id", "Id of the indicator; never changes."),
    *_both("name", "Name"),
    text("area", "Area of the plans."),
    text("kind", "How the value comes out of its counts.", tuple(Kind)),
    *_both("unit", "The indicator's own unit of measure"),
    Field("decimals", "integer", "How many decimals the pages show."),
    integer("per", "1000 for a rate per 1 000; null for other kinds."),
    text("direction", "Which way is better.", tuple(Direction)),
    text("lifecycle", "Whether it is measured at present.", tuple(Lifecycle)),
    text("frequency", "How often it is measured."),
    *_both("numerator", "The numerator in words"),
    *_both("denominator", "The denominator in words", is_nullable=True),
    *_both("why", "Why it matters"),
    *_both("responsible", "Role that answers for it"),
    Field("minimum_denominator", "integer", "A smaller denominator is not shown."),
    Field("tolerance", "number", "How far from the target still counts as near."),
    perhaps("dataset", "Dataset it is counted from; null if not measured yet."),
    perhaps("benchmark", "Id in Kolada of the value it is compared with."),
    Field("by", "array", "Dimensions it is broken down by.", is_plain=False),
    Field("plans", "array", "Plans and sections it comes from.", is_plain=False),
    Field("targets", "array", "Every target, past and present.", is_plain=False),
    _BUILD,
)
