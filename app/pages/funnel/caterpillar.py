"""Units in the order of their values: what the chart draws and what it says."""

from app.address import control_chart_address
from app.outcome.chart import Chart, axis_of, axis_words, plain, tick_words
from app.outcome.comparison import aim_of
from app.outcome.words import value_words
from app.pages.funnel.caterpillar_figure import (
    MOST_NAMED,
    CaterpillarUnit,
    Whole,
    caterpillar_figure,
)
from app.pages.funnel.find import Comparison, UnitPlace
from app.pages.funnel.words import (
    WIDENED,
    left_out,
    place_among,
    sentence,
    whole_level,
    whole_line,
)
from app.words import text
from app.words.language import gettext as _
from app.words.language import ngettext
from kpi.definitions import Indicator
from kpi.funnel import Place


def caterpillar_shown(
    indicator: Indicator, comparison: Comparison, kinds: str
) -> Chart:
    """Return units of one kind by value, best first, with their intervals."""
    level = whole_level(indicator, comparison)
    aim = aim_of(indicator, [place.row for place in comparison.places])
    drawn = [level, *([aim.level] if aim else [])]
    for place in comparison.places:
        bounds = (place.row.value, place.row.lower, place.row.upper)
        drawn += [bound for bound in bounds if bound is not None]
    axis = axis_of(indicator, drawn)
    whole = Whole(level, whole_line(text.value(indicator, level)))
    units = [_unit(indicator, place) for place in comparison.places]
    figure = caterpillar_figure(units, axis, tick_words(indicator, axis), whole, aim)
    is_named = len(units) <= MOST_NAMED
    parts = (
        _(
            "Varje punkt är en enhets värde, med sitt 95 %-intervall. Romber är "
            "enheter utanför 95 %-gränsen i trattdiagrammet."
        )
        if is_named
        else _(
            "Kurvan är enheternas värden i ordning, och strecken deras 95 %-intervall. "
            "Blå streck är enheter utanför 95 %-gränsen i trattdiagrammet."
        )
    )
    about = [str(parts)]
    if comparison.funnel.dispersion.is_used:
        about.append(str(WIDENED))
    first = sum(place.rank.best == 1 for place in comparison.places if place.rank)
    if first:
        about.append(
            ngettext(
                "{number} enhet kan vara den bästa.",
                "{number} enheter kan mycket väl vara den bästa.",
                first,
            ).format(number=first)
        )
    if comparison.hidden:
        about.append(left_out(comparison.hidden))
    about += axis_words(indicator, axis)
    return Chart(figure, sentence(indicator, comparison, kinds), " ".join(about))


def _unit(indicator: Indicator, placed: UnitPlace) -> CaterpillarUnit:
    row, name = placed.row, plain(placed.unit.name)
    place = (
        _("plats {place}").format(
            place=place_among(placed.rank.rank, placed.rank.best, placed.rank.worst)
        )
        if placed.rank
        else ""
    )
    value = value_words(indicator, row)
    interval = text.interval(indicator, row.lower, row.upper)
    lines = [f"<b>{name}</b>", value, interval, place]
    return CaterpillarUnit(
        name=name,
        words="<br>".join(line for line in lines if line),
        value=row.value or 0.0,
        lower=row.lower,
        upper=row.upper,
        is_apart=placed.point.place is not Place.INSIDE,
        href=control_chart_address(indicator.id, placed.unit.unit_id),
    )
