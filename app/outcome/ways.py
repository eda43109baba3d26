"""Which pages tell more of an outcome: its parts, its peers, its steps."""

from app.address import INCIDENTS, PATHWAY, address
from app.queries.cells import measure_by
from kpi.definitions import Indicator
from kpi.measures import RowsMeasure
from kpi.model import Kind
from kpi.steps import is_step

WITHOUT = "pvv_mov"
_WITHIN, _WAITED_FOR = "inom_max", "avvikelse"

REPORTS = "incident_reports"
IN_TIME = "incidents_handled_in_time"
LEX_MARIA = "incidents_led_to_lex_maria"
OF_INCIDENTS = (REPORTS, IN_TIME, LEX_MARIA)
"""The indicators that the overview of incident reports is made of."""


def incidents_address(indicator: str, unit: str, period: str) -> str:
    """Return the address of incidents by category; empty for other measures."""
    if indicator not in OF_INCIDENTS:
        return ""
    return address(INCIDENTS, {"unit": unit, "period": period})


def pathway_address(indicator: Indicator, unit: str, period: str) -> str:
    """Return the address of the steps behind a lead time; empty for other measures."""
    measure = indicator.measure
    if not isinstance(measure, RowsMeasure) or _WITHIN not in measure.numerator.where:
        return ""
    without = WITHOUT if _WAITED_FOR in measure.where else None
    params = {"unit": unit, "period": period, "without": without}
    return address(PATHWAY, params)


def can_be_split(indicator: Indicator) -> bool:
    """Say whether an indicator is a share or a rate of counts that the build holds.

    What is known of a step may be of another period than the one looked at.
    """
    is_kind = indicator.kind in (Kind.PROPORTION, Kind.RATE)
    has_counts = is_kind and measure_by(indicator, ()) is not None
    return has_counts and not is_step(indicator)


def has_funnel(kind: Kind) -> bool:
    """Say whether units can be compared in a funnel: by counts, not by scores."""
    return kind in (Kind.PROPORTION, Kind.RATE)
