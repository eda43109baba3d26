"""What all charts of outcomes share: their words, their points and their axis."""

from collections.abc import Sequence
from dataclasses import dataclass

from app.design.figures.axis import Axis, rank_axis, value_axis, yes_no_axis
from app.design.figures.ends import End
from app.design.figures.frame import Figure
from app.outcome.words import OutcomeWords, target_number, target_words
from app.words import charts, text
from app.words.language import gettext as _
from kpi.definitions import Indicator
from kpi.model import Kind


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart with its words.

    Attributes:
        figure: To draw; None without a value.
        title: What it shows, by rule from the numbers.
        about: What its parts are, in sentences.
        ends: What its lines are called, where they cannot stand at their ends.
    """

    figure: Figure | None
    title: str
    about: str
    ends: Sequence[End] = ()


def told(name: str, worded: OutcomeWords) -> str:
    """Return what the pointer and the screen reader are told of a point."""
    status = text.STATUS[worded.status]
    lines = [name, worded.value, worded.interval, worded.target, status, worded.reason]
    return "<br>".join(str(line) for line in lines if line)


def axis_of(
    indicator: Indicator, drawn: Sequence[float], places: int | None = None
) -> Axis:
    """Return the axis of an indicator's values; `places` is the last one of a rank."""
    if indicator.kind is Kind.MILESTONE:
        return yes_no_axis()
    if indicator.kind is Kind.RANK:
        return rank_axis(drawn, places)
    most = indicator.scale[1] if indicator.scale else None
    if indicator.unit.sv == text.PER_CENT:
        most = 100.0
    return value_axis(drawn, most, is_whole=indicator.kind is Kind.COUNT)


def tick_words(indicator: Indicator, axis: Axis) -> list[str]:
    """Return the numbers of an axis in words."""
    if indicator.kind is Kind.RANK:
        return [text.number(tick) for tick in axis.ticks]
    step = axis.ticks[1] - axis.ticks[0] if len(axis.ticks) > 1 else 1.0
    places = next(
        number for number in range(6) if round(step, number) == round(step, 6)
    )
    return [text.value(indicator, tick, places) for tick in axis.ticks]


def axis_words(indicator: Indicator, axis: Axis) -> list[str]:
    """Return what to know of an axis, if anything."""
    is_other = indicator.kind in (Kind.RANK, Kind.MILESTONE)
    if axis.begins_at_zero or is_other:
        return []
    return [
        _("Axeln börjar vid {value}, inte vid noll.").format(
            value=tick_words(indicator, axis)[0]
        )
    ]


def aim_label(
    indicator: Indicator, level: float, rule: str | None, set_by: str | None
) -> str:
    """Return what stands at the line of a target."""
    if rule in ("better_rank_than", "better_than_last_year"):
        return text.capital(target_words(indicator, level, rule))
    return charts.target_label(set_by, target_number(indicator, level))


def plain(name: str) -> str:
    """Return a name for a text of a chart, where Plotly reads a few tags."""
    return name.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
