"""`/api/v1/spc`: one indicator in one unit as a control chart."""

from collections.abc import Iterator
from typing import NamedTuple

from app.api.answer import Address, Answer, Listed
from app.api.named import quarter_of
from app.api.parameters import LANG, THE_INDICATOR, THE_UNIT, Given
from app.columns import Field, number, of, perhaps, text
from app.outcome.answer import COUNTS, QUARTER, totals_of
from app.outcome.question import reach
from app.outcome.series import UnitSeries, breaks_in, unit_series
from app.queries.frame import read_frame
from app.queries.outcomes import OutcomeRow
from app.queries.reader import Reader
from app.queries.units import UnitRow
from kpi.definitions import Indicator
from kpi.period import PeriodKind
from kpi.spc.choice import Why
from kpi.spc.points import Assurance, ChartKind, Limits, Point, Variation, Way


class _Charted(NamedTuple):
    indicator: Indicator
    unit: UnitRow
    series: UnitSeries | None

    @property
    def breaks(self) -> list[str]:
        """Return the periods of the breaks within the series, as written."""
        if self.series is None:
            return []
        every = breaks_in(self.indicator, self.series)
        return [str(break_.since) for break_ in every]


class _PointRow(NamedTuple):
    row: OutcomeRow
    point: Point | None
    bounds: Limits | OutcomeRow
    segment: int


_POINT = (
    text("period", "The point's period.", read="row.period"),
    *COUNTS,
    number("target", "In force in the period.", "row.target"),
    number("centre", "Centre line.", "point.limits.centre"),
    *of(
        "bounds",
        number("lower", "Lower limit; without a chart, of the 95 % interval."),
        number("upper", "Upper limit; without a chart, of the 95 % interval."),
    ),
    Field(
        "signals",
        "array",
        "Rules that the point breaks.",
        lambda row: list(row.point.signals) if row.point else [],
    ),
    *of(
        "point",
        perhaps("way", "Where the first signal points.", Way),
        perhaps("variation", "What the point says.", Variation),
    ),
    Field("segment", "integer", "Which part between breaks, from 0."),
)
_CHARTED = (
    text("indicator", "Id of the indicator.", read="indicator.id"),
    text("unit", "Id of the unit (HSA-id).", read="unit.unit_id"),
    *of(
        "series",
        perhaps("period_kind", "Length of the periods charted.", PeriodKind, "kind"),
        perhaps(
            "chart",
            "Which chart fits; none where there are too few points.",
            ChartKind,
            "choice.chart",
        ),
        perhaps("why", "Why that chart.", Why, "choice.why"),
        number("target", "The last fixed one, in the indicator's own unit."),
    ),
    Field(
        "breaks",
        "array",
        "Since which periods values are not comparable with those before, as written.",
        lambda charted: charted.breaks,
    ),
    *of(
        "series.chart",
        perhaps("variation", "What the last point says.", Variation),
        perhaps("assurance", "What the target can expect.", Assurance),
    ),
)


def control_chart(reader: Reader, given: Given) -> Answer:
    """Return the control chart of an indicator in a unit."""
    frame = read_frame(reader)
    indicator, unit, rows = totals_of(reader, frame, given)
    last_month = min(quarter_of(frame, given).last, reach(frame.build))
    series = unit_series(indicator, rows, last_month)
    points = _points(series) if series else []
    return Answer(frame.build, {"points": points}, _Charted(indicator, unit, series))


SPC = Address(
    "spc",
    "One indicator in one unit as a control chart: limits, signals, verdicts.",
    (THE_INDICATOR, THE_UNIT, QUARTER, LANG),
    control_chart,
    _CHARTED,
    (Listed("points", "Point", _POINT),),
)


def _points(series: UnitSeries) -> Iterator[_PointRow]:
    for at, row in enumerate(series.rows):
        point = series.chart.points[at] if series.chart else None
        segment = sum(start <= at for start in series.series.breaks)
        yield _PointRow(row, point, point.limits if point else row, segment)
