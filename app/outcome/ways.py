"""Which pages tell more of an outcome: its parts, its peers, its steps."""

from app.address import PATHWAY, address
from app.queries.cells import measure_by
from kpi.definitions import Indicator
from kpi.measures import RowsMeasure
from kpi.model import Kind
from kpi.steps import is_step

WITHOUT = "pvv_mov"
_IN_TIME, _WAITED_FOR = "inom_max", "avvikelse"


def pathway_address(indicator: Indicator, unit: str, period: str) -> str:
    """Return the address of the steps behind a lead time; empty for other measures."""
    measure = indicator.measure
    if not isinstance(measure, RowsMeasure) or _IN_TIME not in measure.numerator.where:
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
