"""`/api/v1/funnel`: units of one kind compared."""

from typing import NamedTuple

from app.api.answer import Address, Answer, Listed
from app.api.named import named_indicator, quarter_of
from app.api.parameters import LANG, THE_INDICATOR, Given
from app.columns import Field, integer, number, of, perhaps, text
from app.outcome.answer import COUNTS, QUARTER, UNIT_KIND
from app.pages.funnel.find import Compared, compared_in
from app.queries.frame import read_frame
from app.queries.outcomes import OutcomeRow
from app.queries.reader import Reader
from app.queries.units import UnitRow
from kpi.definitions import Indicator
from kpi.funnel import Funnel, FunnelPoint, Place
from kpi.funnel_limits import Method
from kpi.model import UnitKind
from kpi.ranking import Ranked


class _Whole(NamedTuple):
    indicator: Indicator
    compared: Compared
    funnel: Funnel | None
    centre: float | None


class _PlaceRow(NamedTuple):
    unit: UnitRow
    row: OutcomeRow
    point: FunnelPoint
    rank: Ranked | None
    per: float


def _limit(name: str, about: str) -> Field:
    return number(name, about, lambda row: row.per * getattr(row.point, name))


_PLACE = (
    text("unit", "Id of the unit (HSA-id).", read="unit.unit_id"),
    text("unit_name", "Its name.", read="unit.name"),
    *COUNTS,
    Field(
        "is_whole",
        "boolean",
        "Whether the period is over and every month of it is in.",
        "row.is_whole",
    ),
    number("lower", "Lower bound of the value's own 95 % interval.", "row.lower"),
    number("upper", "Upper bound of it.", "row.upper"),
    _limit("lower_998", "Lower 99.8 % limit, in the indicator's own unit."),
    _limit("lower_95", "Lower 95 % limit."),
    _limit("upper_95", "Upper 95 % limit."),
    _limit("upper_998", "Upper 99.8 % limit."),
    *of(
        "point",
        text("place", "Where the unit lies.", Place),
        number("z", "Deviation from the whole in standard errors."),
        number("p", "Two-sided probability of so large a deviation."),
    ),
    *of(
        "rank",
        integer("rank", "1 is best; null if neutral."),
        integer("rank_best", "Of its approximate 95 % interval.", "best"),
        integer("rank_worst", "Of its approximate 95 % interval.", "worst"),
    ),
)
_WHOLE = (
    text("indicator", "Id of the indicator.", read="indicator.id"),
    *of(
        "compared",
        text("period", "The period compared; the latest measured one of the quarter."),
        perhaps("unit_kind", "The kind of unit compared.", UnitKind, "kind"),
    ),
    perhaps("method", "How the limits were worked out.", Method, "funnel.method"),
    number("centre", "The units' own whole, sum over sum."),
    *of(
        "funnel.dispersion",
        Field(
            "is_widened", "boolean", "Whether limits are widened.", "is_used", (), True
        ),
        number("phi", "Over-dispersion; null with fewer than 10 units."),
    ),
    integer("hidden", "Units without a shown value.", "compared.comparison.hidden"),
)


def funnel(reader: Reader, given: Given) -> Answer:
    """Return the comparison of units of one kind."""
    frame = read_frame(reader)
    indicator = named_indicator(frame, given["indicator"])
    compared = compared_in(
        reader, frame, indicator, quarter_of(frame, given), given["unit_kind"]
    )
    per, comparison = float(indicator.per or 100), compared.comparison
    limits = comparison.funnel if comparison else None
    centre = per * limits.target if limits else None
    places = comparison.places if comparison else ()
    rows = [_PlaceRow(at.unit, at.row, at.point, at.rank, per) for at in places]
    whole = _Whole(indicator, compared, limits, centre)
    return Answer(frame.build, {"units": rows}, whole)


FUNNEL = Address(
    "funnel",
    "Units of one kind compared: funnel limits, and ranks with their interval.",
    (THE_INDICATOR, QUARTER, UNIT_KIND, LANG),
    funnel,
    _WHOLE,
    (Listed("units", "Place", _PLACE),),
)
