"""`/api/v1/forecast`: whether a year's target has been, or will be, met."""

from app.api.answer import Record
from app.api.parameters import Given
from app.outcome.answer import totals_of
from app.outcome.asked import reach
from app.pages.indicator.outlook.find import YearOutlook, year_outlook
from app.queries.frame import Frame
from app.queries.reader import Reader
from app.queries.units import UnitRow
from kpi.definitions import Indicator
from kpi.period import Period, PeriodKind


def forecast_record(indicator: Indicator, unit: UnitRow, found: YearOutlook) -> Record:
    """Return how a year stands, with the numbers that it was reckoned from."""
    row, basis = found.row, found.basis
    last = basis.last_year if basis else None
    return {
        "indicator": indicator.id,
        "unit": unit.unit_id,
        "period": str(found.year),
        "target": row.target if row else None,
        "target_rule": row.target_rule if row else None,
        "outlook": found.outlook,
        "silence": found.silence,
        "numerator": basis.so_far.numerator if basis else None,
        "denominator": basis.so_far.denominator if basis else None,
        "until": str(basis.until) if basis else None,
        "remaining": basis.found.remaining if basis else None,
        "bound": basis.found.bound if basis else None,
        "is_at_least": basis.found.is_at_least if basis else None,
        "probability": basis.found.probability if basis else None,
        "last_year_numerator": last.numerator if last else None,
        "last_year_denominator": last.denominator if last else None,
        "prior_cases": basis.found.prior_cases if basis else None,
    }


def forecast(reader: Reader, frame: Frame, given: Given) -> Record:
    """Return whether a year's target will be met."""
    indicator, unit, rows = totals_of(reader, frame, given)
    asked: Period = given["period"] or frame.build.latest_quarter()
    year = Period.numbered(PeriodKind.YEAR, asked.year, 1)
    found = year_outlook(indicator, rows, year, reach(frame.build))
    return forecast_record(indicator, unit, found)
