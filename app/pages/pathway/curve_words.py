"""The curve of those who still wait: what it draws and what it says."""

from collections.abc import Sequence
from dataclasses import dataclass

from app.design.figures.axis import value_axis
from app.outcome.chart import Chart
from app.pages.pathway.figure import WaitingDot, WaitingStep, waiting_figure
from app.pages.pathway.find import Pathway
from app.pages.pathway.words import half_answered, some_days, waits_longer
from app.words import text
from app.words.language import gettext as _
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


def curve_points(pathway: Pathway) -> list[Point]:
    """Return the curve week by week, as far as enough cases have waited."""
    curve = pathway.curve
    if curve is None:
        return []
    days = range(0, pathway.reach + 1, _EVERY)
    cases = curve.at_risk(days)
    return [
        Point(day, *_at(curve, day), number)
        for day, number in zip(days, cases, strict=True)
    ]


def _at(curve: Curve, day: int) -> tuple[float, float | None, float | None]:
    step = _step(curve, day)
    return (step.waiting, step.lower, step.upper) if step else (1.0, None, None)


def _step(curve: Curve, day: float) -> Step | None:
    return next((step for step in reversed(curve.steps) if step.days <= day), None)


def curve_shown(pathway: Pathway) -> Chart | None:
    """Return the curve; None with too few cases."""
    curve = pathway.curve
    if curve is None:
        return None
    steps = [_drawn(step) for step in curve.steps if step.days <= pathway.reach]
    if not steps or steps[0].days > 0:
        steps.insert(0, WaitingStep(0, 100.0, 100.0, 100.0))
    lines = [
        (days, _("Högst {days}").format(days=some_days(days))) for days in ends(pathway)
    ]
    days = value_axis([0.0, pathway.reach, *(day for day, __ in lines)], is_whole=True)
    shares = value_axis([0.0, 100.0], 100.0)
    figure = waiting_figure(
        steps,
        pathway.reach,
        [_dot(point) for point in curve_points(pathway)],
        lines,
        (days, _("Dagar sedan välgrundad misstanke")),
        (shares, [text.per_cent(tick, 0) for tick in shares.ticks]),
    )
    about = _(
        "Kurvan visar hur stor andel av fallen med misstanke i perioden som "
        "fortfarande väntar, skattad enligt Kaplan–Meier. Väntan är slut när "
        "behandlingen startar eller förloppet avslutas på annat sätt, till exempel för "
        "att misstanken avskrivs; därför är dagarna andra än i Stegen, som bara räknar "
        "avslut som ledtiden mäts till. Bandet är 95 %-intervall. Öppna fall räknas så "
        "länge de hade väntat {today}. Kurvan slutar där färre än {minimum} fall har "
        "väntat."
    ).format(today=text.day(pathway.today), minimum=pathway.minimum)
    return Chart(figure, sentence(pathway), about)


def ends(pathway: Pathway) -> list[int]:
    """Return the shortest and the longest maximum of the pathway; one if alike."""
    days = sorted({maximum.days for maximum in pathway.maxima})
    return days if len(days) < 3 else [days[0], days[-1]]


def sentence(pathway: Pathway) -> str:
    """Return what the curve shows, by rule from the numbers."""
    curve = pathway.curve
    if curve is None:
        return ""
    median = pathway.days_until(0.5)
    if median is None:
        sentences = [
            _(
                "Färre än hälften har börjat behandlas eller fått ett annat besked så "
                "långt kurvan når."
            )
        ]
    else:
        sentences = [half_answered(median, *pathway.median_interval())]
    days = ends(pathway)
    for day, which in zip(days, _which(days), strict=True):
        share = curve.waiting_after(day)
        if share is not None and day <= pathway.reach:
            sentences.append(waits_longer(share, day, which))
    return " ".join(sentences)


def _which(days: Sequence[int]) -> tuple[str, ...]:
    return ("shortest", "longest") if len(days) == 2 else ("only",) * len(days)


def _drawn(step: Step) -> WaitingStep:
    def whole(share: float | None) -> float | None:
        return None if share is None else 100 * share

    return WaitingStep(
        step.days, 100 * step.waiting, whole(step.lower), whole(step.upper)
    )


def _dot(point: Point) -> WaitingDot:
    words = [
        f"<b>{some_days(point.days)}</b>",
        text.per_cent(100 * point.waiting),
    ]
    if point.lower is not None:
        words.append(interval(point))
    return WaitingDot(point.days, 100 * point.waiting, "<br>".join(words))


def interval(point: Point) -> str:
    """Return the interval of a point; empty without one."""
    if point.lower is None or point.upper is None:
        return ""
    low = text.number(100 * point.lower, 1)
    return f"{low}{text.DASH}{text.per_cent(100 * point.upper)}"
