"""What the answer about a control chart holds, and what can be asked of it."""

from app.api.fields import Field, number, perhaps, text
from app.api.parameters import LANG, THE_INDICATOR, THE_UNIT
from app.outcome.fields import CHARTS, COUNTS, QUARTER
from kpi.period import PeriodKind
from kpi.spc.choice import Why
from kpi.spc.points import Assurance, Variation, Way

OF_SPC = (THE_INDICATOR, THE_UNIT, QUARTER, LANG)
POINTS = (
    text("period", "The point's period."),
    *COUNTS,
    number("target", "In force in the period."),
    number("centre", "Centre line."),
    number("lower", "Lower limit; without a chart, of the 95 % interval."),
    number("upper", "Upper limit; without a chart, of the 95 % interval."),
    Field("signals", "array", "Rules that the point breaks.", is_plain=False),
    perhaps("way", "Where the first signal points.", tuple(Way)),
    perhaps("variation", "What the point says.", tuple(Variation)),
    Field("segment", "integer", "Which part between breaks, from 0."),
)
SPC = (
    text("indicator", "Id of the indicator."),
    text("unit", "Id of the unit (HSA-id)."),
    perhaps("period_kind", "Length of the periods charted.", tuple(PeriodKind)),
    perhaps("chart", "Which chart fits; none where there are too few points.", CHARTS),
    perhaps("why", "Why that chart.", tuple(Why)),
    number("target", "The last fixed one, in the indicator's own unit."),
    perhaps("variation", "What the last point says.", tuple(Variation)),
    perhaps("assurance", "What the target can expect.", tuple(Assurance)),
)
"""Beside `points`, a list of `POINTS`."""
