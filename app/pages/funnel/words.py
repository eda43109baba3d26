"""Units compared in a funnel: what it draws and what it says."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from app.address import control_chart_address
from app.design.figures.axis import value_axis
from app.outcome import analysis_words
from app.outcome.chart import Chart, axis_of, axis_words, plain, tick_words
from app.outcome.words import OutcomeWords, outcome_words, value_words
from app.pages.funnel.figure import FunnelDot, FunnelLines, LineEnd, funnel_figure
from app.pages.funnel.find import Comparison, UnitPlace
from app.words import text
from app.words.language import gettext as _
from app.words.language import lazy_gettext as _l
from app.words.language import ngettext
from kpi.definitions import Indicator
from kpi.funnel import FEWEST, Place
from kpi.funnel_limits import funnel_limits
from kpi.model import Direction

_STEPS = 120
"""Sizes at which the limits are worked out; more could not be told apart."""
_FAR = (Place.FAR_BELOW, Place.FAR_ABOVE)
_BEYOND = (Place.BELOW, Place.ABOVE)
_HIGH = (Place.ABOVE, Place.FAR_ABOVE)
_MOST_NAMED = 3
"""Units outside the limits; of more, the table tells."""

WIDENED = _l(
    "Gränserna är vidgade efter hur mycket enheterna brukar skilja sig. Av enheter som "
    "inte skiljer sig mer än så ligger ungefär 95 % innanför de streckade gränserna "
    "och ungefär 99 % innanför de heldragna."
)
_PLACES: dict[Place, str] = {
    Place.FAR_BELOW: _l("Under 99,8 %-gränsen"),
    Place.BELOW: _l("Under 95 %-gränsen"),
    Place.INSIDE: _l("Innanför gränserna"),
    Place.ABOVE: _l("Över 95 %-gränsen"),
    Place.FAR_ABOVE: _l("Över 99,8 %-gränsen"),
}


@dataclass(frozen=True, slots=True)
class PlaceWords:
    """A unit in the funnel as a row of its table."""

    unit: str
    href: str
    outcome: OutcomeWords
    numerator: str
    denominator: str
    limits_95: str
    limits_998: str
    place: str
    rank: str


def sentence(indicator: Indicator, comparison: Comparison, kinds: str) -> str:
    """Return which units stand out from the whole, by rule from the numbers."""
    places, number = comparison.places, len(comparison.places)
    far = [place for place in places if place.point.place in _FAR]
    beyond = [place for place in places if place.point.place in _BEYOND]
    whole = text.value(indicator, whole_level(indicator, comparison))
    units = _with_sides(indicator, far)
    sentences = [stand_out(number, kinds, whole, len(far), units)]
    if parts := sum(not place.row.is_whole for place in places):
        sentences.append(_lack_months(parts, number))
    if beyond:
        units = _with_sides(indicator, beyond)
        sentences.append(_may_be_chance(number, units))
    dispersion = comparison.funnel.dispersion
    if dispersion.is_needed:
        sentences.append(_("Enheterna varierar mer än slumpen förklarar."))
    elif dispersion.phi is None and (far or beyond):
        sentences.append(
            _(
                "Med färre än {fewest} enheter går det inte att säga om de varierar "
                "mer än slumpen förklarar. Gör de det ligger fler utanför gränserna än "
                "slumpen ger."
            ).format(fewest=FEWEST)
        )
    return " ".join(sentences)


def _lack_months(parts: int, number: int) -> str:
    """Say that what is compared is not of whole periods."""
    if parts == number:
        return _("Ingen av dem har rapporterat hela perioden, så bilden kan ändras.")
    words = ngettext(
        "{parts} av dem har inte rapporterat hela perioden.",
        "{parts} av dem har inte rapporterat hela perioden.",
        parts,
    )
    return words.format(parts=parts)


def whole_level(indicator: Indicator, comparison: Comparison) -> float:
    """Return the value of all units together, in the indicator's own unit."""
    return float(indicator.per or 100) * comparison.funnel.target


def _with_sides(indicator: Indicator, some: list[UnitPlace]) -> str:
    """Name a few units with their sides; count more by side."""
    sides = [_side(place.point.place in _HIGH, indicator.direction) for place in some]
    if len(some) <= _MOST_NAMED:
        named = zip(some, sides, strict=True)
        return text.listed(f"{o.unit.name} ({side})" for o, side in named)
    return text.listed(
        f"{text.number(number)} {side}" for side, number in Counter(sides).items()
    )


def funnel_shown(indicator: Indicator, comparison: Comparison, kinds: str) -> Chart:
    """Return the funnel of units of one kind."""
    per = float(indicator.per or 100)
    lines = _lines(indicator, comparison, per)
    dots = [
        _dot(indicator, place)
        for place in sorted(
            comparison.places, key=lambda place: place.point.denominator
        )
    ]
    # Limits of the smallest sizes would squeeze everything else together.
    smallest = min(dot.size for dot in dots)
    drawn = [
        level
        for at, size in enumerate(lines.sizes)
        if size >= smallest
        for level in (lines.lower_998[at], lines.upper_998[at])
    ]
    axis = axis_of(indicator, [*drawn, *(dot.value for dot in dots)])
    across = value_axis([0.0, lines.sizes[-1]], is_whole=True)
    widths = [text.number(tick) for tick in across.ticks]
    whole = whole_line(text.value(indicator, lines.centre))
    ends = [
        LineEnd("nation", lines.centre, f"─ {whole}"),
        LineEnd("nation", lines.upper_998[-1], "─ " + _("Gräns 99,8 %")),
        LineEnd("nation", lines.upper_95[-1], "╌ " + _("Gräns 95 %")),
    ]
    figure = funnel_figure(
        dots,
        lines,
        axis,
        tick_words(indicator, axis),
        ends,
        (across, widths, _("Antal fall (nämnare)")),
    )
    about = [*_about(comparison), *axis_words(indicator, axis)]
    return Chart(figure, sentence(indicator, comparison, kinds), " ".join(about), ends)


def _lines(indicator: Indicator, comparison: Comparison, per: float) -> FunnelLines:
    whole = comparison.funnel
    most = max(funnel_point.denominator for funnel_point in whole.points)
    least = min(funnel_point.denominator for funnel_point in whole.points)
    low = max(1.0, least / 2)
    steps = (low * (most / low) ** (at / _STEPS) for at in range(_STEPS + 1))
    sizes = sorted({float(round(step)) for step in steps})
    extra = whole.dispersion.tau_squared if whole.dispersion.is_used else 0.0
    limits = funnel_limits(sizes, whole.kind, whole.target, whole.method, extra)
    return FunnelLines(
        sizes,
        (per * limits.lower_998).tolist(),
        (per * limits.lower_95).tolist(),
        (per * limits.upper_95).tolist(),
        (per * limits.upper_998).tolist(),
        per * whole.target,
    )


def _dot(indicator: Indicator, placed: UnitPlace) -> FunnelDot:
    name = f"<b>{plain(placed.unit.name)}</b>"
    value = value_words(indicator, placed.row)
    interval = text.interval(indicator, placed.row.lower, placed.row.upper)
    place = str(_PLACES[placed.point.place])
    return FunnelDot(
        size=placed.point.denominator,
        value=placed.row.value or 0.0,
        words="<br>".join([name, value, interval, place]),
        is_outside=placed.point.place is not Place.INSIDE,
        href=control_chart_address(indicator.id, placed.unit.unit_id),
    )


def _about(comparison: Comparison) -> list[str]:
    dispersion = comparison.funnel.dispersion
    made = (
        WIDENED
        if dispersion.is_used
        else _(
            "Av enheter som inte skiljer sig från helheten ligger minst 95 % innanför "
            "de streckade gränserna och minst 99,8 % innanför de heldragna. Gränserna "
            "är exakta, efter binomial- eller Poissonfördelningen."
        )
    )
    sentences = [
        str(made),
        _(
            "Ju fler fall, desto smalare. Romber är enheter utanför den streckade "
            "gränsen."
        ),
    ]
    if comparison.hidden:
        sentences.append(left_out(comparison.hidden))
    return sentences


def places_in_words(
    indicator: Indicator, places: Iterable[UnitPlace]
) -> list[PlaceWords]:
    """Return the numbers of units in the funnel, in the order given."""
    per = float(indicator.per or 100)
    return [_in_words(indicator, place, per) for place in places]


def _in_words(indicator: Indicator, place: UnitPlace, per: float) -> PlaceWords:
    point, rank = place.point, place.rank
    return PlaceWords(
        unit=place.unit.name,
        href=control_chart_address(indicator.id, place.unit.unit_id),
        outcome=outcome_words(indicator, place.row),
        numerator=text.count(point.numerator),
        denominator=text.count(point.denominator),
        limits_95=text.interval(indicator, per * point.lower_95, per * point.upper_95),
        limits_998=text.interval(
            indicator, per * point.lower_998, per * point.upper_998
        ),
        place=str(_PLACES[point.place]),
        rank=place_among(rank.rank, rank.best, rank.worst) if rank else "",
    )


def whole_line(value: str) -> str:
    """Return what stands at the line of the whole."""
    return _("Helheten {value}").format(value=value)


def _side(is_high: bool, direction: Direction) -> str:
    """Return on which side of the whole a unit lies, as its indicator judges it."""
    match direction:
        case Direction.NEUTRAL:
            return _("högre") if is_high else _("lägre")
        case _:
            is_better = is_high is (direction is Direction.HIGHER)
            return _("bättre") if is_better else _("sämre")


def stand_out(number: int, kinds: str, whole: str, far: int, units: str) -> str:
    """Say how many units lie outside the 99.8 % limits, and which.

    Args:
        number: Units compared.
        kinds: What they are called.
        whole: The value of them all together.
        far: Outside the limits.
        units: Those, with their sides.
    """
    if far:
        words = ngettext(
            "{far} av {number} {kinds} sticker ut från helheten, {whole}: {units}.",
            "{far} av {number} {kinds} sticker ut från helheten, {whole}: {units}.",
            far,
        )
    else:
        words = _("Ingen av {number} {kinds} sticker ut från helheten, {whole}.")
    return words.format(number=number, kinds=kinds, whole=whole, far=far, units=units)


def _may_be_chance(number: int, units: str) -> str:
    """Say which units lie outside the 95 % limits only, and how many chance puts there.

    Args:
        number: Units compared.
        units: Those outside, with their sides.
    """
    words = _(
        "Utanför 95 %-gränsen, vilket kan bero på slumpen (högst ungefär {expected} av "
        "{number} väntas): {units}."
    )
    expected = analysis_words.about(0.05 * number)
    return words.format(expected=expected, number=number, units=units)


def place_among(rank: int, best: int, worst: int) -> str:
    """Return a rank with its interval: `3 (1–6)`."""
    return f"{rank} ({best}{text.DASH}{worst})"


def left_out(number: int) -> str:
    """Say how many units have no value to show."""
    words = ngettext(
        "{number} enhet utan värde att visa är inte med.",
        "{number} enheter utan värde att visa är inte med.",
        number,
    )
    return words.format(number=number)
