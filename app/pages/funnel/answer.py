"""`/api/v1/funnel`: units of one kind compared."""

from app.api.answer import Record
from app.api.named import named_indicator, quarter_of
from app.api.parameters import Given
from app.outcome.answer import counts_of
from app.pages.funnel.find import Comparison, UnitPlace, compared_in
from app.queries.frame import Frame
from app.queries.reader import Reader
from kpi.definitions import Indicator

_NO_FUNNEL: Record = {
    "method": None,
    "centre": None,
    "is_widened": None,
    "phi": None,
    "hidden": None,
    "units": [],
}


def funnel(reader: Reader, frame: Frame, given: Given) -> Record:
    """Return the comparison of units of one kind."""
    indicator = named_indicator(frame, given["indicator"])
    asked = compared_in(
        reader, frame, indicator, quarter_of(frame, given), given["unit_kind"]
    )
    found = asked.comparison
    return {
        "indicator": indicator.id,
        "period": asked.period,
        "unit_kind": asked.kind,
        **(_whole(indicator, found) if found else _NO_FUNNEL),
    }


def _whole(indicator: Indicator, found: Comparison) -> Record:
    per, dispersion = float(indicator.per or 100), found.funnel.dispersion
    return {
        "method": found.funnel.method,
        "centre": per * found.funnel.target,
        "is_widened": dispersion.is_used,
        "phi": dispersion.phi,
        "hidden": found.hidden,
        "units": [_place(one, per) for one in found.places],
    }


def _place(one: UnitPlace, per: float) -> Record:
    point, rank = one.point, one.rank
    return {
        "unit": one.unit.unit_id,
        "unit_name": one.unit.name,
        **counts_of(one.row),
        "lower": one.row.lower,
        "upper": one.row.upper,
        "lower_998": per * point.lower_998,
        "lower_95": per * point.lower_95,
        "upper_95": per * point.upper_95,
        "upper_998": per * point.upper_998,
        "place": point.place,
        "z": point.z,
        "p": point.p,
        "rank": rank.rank if rank else None,
        "rank_best": rank.best if rank else None,
        "rank_worst": rank.worst if rank else None,
    }
