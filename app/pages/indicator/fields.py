"""What the answer about definitions holds."""

from app.api.fields import (
    BUILD,
    Field,
    in_both_languages,
    integer,
    perhaps,
    text,
)
from kpi.model import Direction, Kind, Lifecycle

INDICATORS = (
    text("id", "Id of the indicator; never changes."),
    *in_both_languages("name", "Name"),
    text("area", "Area of the plans."),
    text("kind", "How the value comes out of its counts.", tuple(Kind)),
    *in_both_languages("unit", "The indicator's own unit of measure"),
    Field("decimals", "integer", "How many decimals the pages show."),
    integer("per", "1000 for a rate per 1 000; null for other kinds."),
    text("direction", "Which way is better.", tuple(Direction)),
    text("lifecycle", "Whether it is measured at present.", tuple(Lifecycle)),
    text("frequency", "How often it is measured."),
    *in_both_languages("numerator", "The numerator in words"),
    *in_both_languages("denominator", "The denominator in words", is_nullable=True),
    *in_both_languages("why", "Why it matters"),
    *in_both_languages("responsible", "Role that answers for it"),
    Field("minimum_denominator", "integer", "A smaller denominator is not shown."),
    Field("tolerance", "number", "How far from the target still counts as near."),
    perhaps("dataset", "Dataset it is counted from; null if not measured yet."),
    perhaps("benchmark", "Id in Kolada of the value it is compared with."),
    Field("by", "array", "Dimensions it is broken down by.", is_plain=False),
    Field("plans", "array", "Plans and sections it comes from.", is_plain=False),
    Field("targets", "array", "Every target, past and present.", is_plain=False),
    BUILD,
)
