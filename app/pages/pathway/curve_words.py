"""The curve of those who still wait: what it draws and what it says."""

from collections.abc import Sequence
from dataclasses import dataclass

from app.design.figures.axis import value_axis
from app.outcome.chart import Chart
from app.pages.pathway import texts
from app.pages.pathway.figure import WaitingDot, WaitingStep, waiting_figure
from app.pages.pathway.find import Pathway
from app.words import text
from kpi.waiting import Curve, Step

_EVERY = 7
"""Days between the points to read off."""


@dataclass(frozen=True, slots=True)
class Point:
    """A day of the curve.

    Attributes:
        days: Since the suspicion.
        waiting: Fraction that still waits, 0-1.
        lower: Of its 95 % interval; None where it has none.
        upper: Of the same.
        at_risk: Cases that had waited so long.
    """

    days: int
    waiting: float
    lower: float | None
    upper: float | None
    at_risk: int


def curve_points(found: Pathway) -> list[Point]:
    """Return the curve week by week, as far as enough cases have waited."""
    curve = found.curve
    if curve is None:
        return []
    days = range(0, found.reach + 1, _EVERY)
    cases = curve.at_risk(days)
    return [
        Point(day, *_at(curve, day), number)
        for day, number in zip(days, cases, strict=True)
    ]


def _at(curve: Curve, day: int) -> tuple[float, float | None, float | None]:
    step = _step(curve, day)
    return (step.waiting, step.lower, step.upper) if step else (1.0, None, None)


def _step(curve: Curve, day: float) -> Step | None:
    return next((one for one in reversed(curve.steps) if one.days <= day), None)


def curve_shown(found: Pathway) -> Chart | None:
    """Return the curve; None with too few cases."""
    curve = found.curve
    if curve is None:
        return None
    steps = [_drawn(one) for one in curve.steps if one.days <= found.reach]
    if not steps or steps[0].days > 0:
        steps.insert(0, WaitingStep(0, 100.0, 100.0, 100.0))
    lines = [(days, texts.maximum_line(days)) for days in ends(found)]
    days = value_axis([0.0, found.reach, *(day for day, _ in lines)], is_whole=True)
    shares = value_axis([0.0, 100.0], 100.0)
    figure = waiting_figure(
        steps,
        found.reach,
        [_dot(one) for one in curve_points(found)],
        lines,
        (days, str(texts.WAITING_AXIS)),
        (shares, [text.per_cent(tick, 0) for tick in shares.ticks]),
    )
    about = texts.curve_about(text.day(found.today), found.minimum)
    return Chart(figure, sentence(found), about)


def ends(found: Pathway) -> list[int]:
    """Return the shortest and the longest maximum of the pathway; one if alike."""
    days = sorted({one.days for one in found.maxima})
    return days if len(days) < 3 else [days[0], days[-1]]


def sentence(found: Pathway) -> str:
    """Return what the curve shows, by rule from the numbers."""
    curve = found.curve
    if curve is None:
        return ""
    median = found.days_until(0.5)
    if median is None:
        said = [texts.not_half()]
    else:
        said = [texts.half_answered(median, *found.median_interval())]
    days = ends(found)
    for day, which in zip(days, _which(days), strict=True):
        share = curve.waiting_after(day)
        if share is not None and day <= found.reach:
            said.append(texts.waits_longer(share, day, which))
    return " ".join(said)


def _which(days: Sequence[int]) -> tuple[str, ...]:
    return ("shortest", "longest") if len(days) == 2 else ("only",) * len(days)


def _drawn(one: Step) -> WaitingStep:
    def whole(share: float | None) -> float | None:
        return None if share is None else 100 * share

    return WaitingStep(one.days, 100 * one.waiting, whole(one.lower), whole(one.upper))


def _dot(one: Point) -> WaitingDot:
    words = [
        f"<b>{texts.some_days(one.days)}</b>",
        text.per_cent(100 * one.waiting),
    ]
    if one.lower is not None:
        words.append(interval(one))
    return WaitingDot(one.days, 100 * one.waiting, "<br>".join(words))


def interval(one: Point) -> str:
    """Return the interval of a point; empty without one."""
    if one.lower is None or one.upper is None:
        return ""
    low = text.number(100 * one.lower, 1)
    return f"{low}{text.DASH}{text.per_cent(100 * one.upper)}"
