"""`/api/v1/spc`: one indicator in one unit as a control chart."""

from app.api.answer import Record
from app.api.named import quarter_of
from app.api.parameters import Given
from app.outcome.answer import counts_of, totals_of
from app.outcome.asked import reach
from app.outcome.series import UnitSeries, unit_series
from app.queries.frame import Frame
from app.queries.reader import Reader


def control_chart(reader: Reader, frame: Frame, given: Given) -> Record:
    """Return the control chart of an indicator in a unit."""
    indicator, unit, rows = totals_of(reader, frame, given)
    last_month = min(quarter_of(frame, given).last, reach(frame.build))
    found = unit_series(indicator, rows, last_month)
    chart = found.chart if found else None
    return {
        "indicator": indicator.id,
        "unit": unit.unit_id,
        "period_kind": found.kind if found else None,
        "chart": found.choice.chart if found else None,
        "why": found.choice.why if found else None,
        "target": found.target if found else None,
        "variation": chart.variation if chart else None,
        "assurance": chart.assurance if chart else None,
        "points": [_point(found, at) for at in range(len(found.rows))] if found else [],
    }


def _point(found: UnitSeries, at: int) -> Record:
    row = found.rows[at]
    point = found.chart.points[at] if found.chart else None
    return {
        "period": row.period,
        **counts_of(row),
        "target": row.target,
        "centre": point.limits.centre if point else None,
        "lower": point.limits.lower if point else row.lower,
        "upper": point.limits.upper if point else row.upper,
        "signals": list(point.signals) if point else [],
        "way": point.way if point else None,
        "variation": point.variation if point else None,
        "segment": sum(start <= at for start in found.series.breaks),
    }
