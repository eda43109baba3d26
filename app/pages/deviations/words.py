"""Deviations in words: the rows of `/analys`."""

from dataclasses import dataclass

from app.address import (
    contributions_address,
    control_chart_address,
    funnel_address,
    indicator_address,
)
from app.outcome import analysis_words
from app.outcome.deviations import Judged, Order, Signals
from app.outcome.ways import can_be_split, has_funnel, pathway_address
from app.outcome.words import OutcomeWords, outcome_words
from app.queries.builds import Build
from app.queries.verdicts import Verdict
from app.words import headings, text
from app.words.language import gettext as _
from app.words.language import lazy_gettext as _l
from app.words.language import ngettext, of
from kpi.period import Period, PeriodKind
from kpi.spc.choice import FEWEST_FOR_RUNS
from kpi.spc.points import ChartKind, Variation

SIGN_MATRIX = _l("Styrdiagrammens tecken")

DEVIATIONS_HEADING = _l("Avvikelser")
ORDERS: dict[Order, str] = {
    Order.PATIENTS: _l("Flest fall till målet först"),
    Order.EVIDENCE: _l("Säkrast först"),
    Order.DURATION: _l("Varat längst först"),
}


@dataclass(frozen=True, slots=True)
class DeviationWords:
    """A deviation as it is read; empty text where there is nothing to say.

    Attributes:
        judged: The deviation itself.
        outcome: Its outcome and target.
        period: The outcome's period, where it is not the quarter asked for.
        cases: How many more or fewer would have met the target, with its sign.
        evidence: What the interval says, then how often chance would do it.
        variation: None where there is no chart.
        no_chart: Why it is not judged.
        duration: For how many periods in a row.
    """

    judged: Judged
    name: str
    unit: str
    href: str
    outcome: OutcomeWords
    period: str
    cases: str
    evidence: tuple[str, ...]
    variation: Variation | None
    no_chart: str
    duration: str
    chart_href: str
    funnel_href: str
    parts_href: str
    steps_href: str


def deviation_words(deviation: Judged, quarter: Period, build: Build) -> DeviationWords:
    """Return a deviation in words."""
    indicator, row = deviation.indicator, deviation.row
    evidence = []
    if deviation.evidence:
        evidence.append(analysis_words.evidence(deviation.evidence))
    if deviation.p is not None:
        evidence.append(_chance(deviation.p))
    is_other = row.period != str(quarter)
    return DeviationWords(
        judged=deviation,
        name=of(indicator.name),
        unit=deviation.unit.name,
        href=indicator_address(indicator.id, row.unit, row.period),
        outcome=outcome_words(indicator, row, build),
        period=text.period(row.period) if is_other else "",
        cases=text.signed(deviation.cases, 0) if deviation.cases else "",
        evidence=tuple(evidence),
        variation=deviation.variation,
        no_chart=no_chart_words(deviation.verdict),
        duration=_in_a_row(deviation.missed, deviation.kind),
        chart_href=control_chart_address(indicator.id, row.unit, str(quarter)),
        funnel_href=funnel_address(indicator.id, str(quarter), deviation.unit.kind)
        if has_funnel(indicator.kind)
        else "",
        parts_href=contributions_address(indicator.id, row.unit, row.period)
        if can_be_split(indicator) and row.numerator is not None
        else "",
        steps_href=pathway_address(indicator, row.unit, row.period),
    )


def no_chart_words(verdict: Verdict | None) -> str:
    """Return why a series is not judged in the quarter; empty if it is."""
    if verdict is None:
        return _("Ingen ny mätpunkt")
    if verdict.variation:
        return ""
    if verdict.chart is ChartKind.NONE:
        return ngettext(
            "Kan inte bedömas: {number} mätpunkt av minst {fewest}",
            "Kan inte bedömas: {number} mätpunkter av minst {fewest}",
            verdict.points,
        ).format(number=verdict.points, fewest=FEWEST_FOR_RUNS)
    return _("Kan inte bedömas: för många mätpunkter är lika")


def _chance(p: float) -> str:
    """Say how often chance alone would bring a value so far from the target."""
    if p < 0.001:
        return _("slumpen: mer sällan än 1 gång på 1\xa0000")
    if p < 0.3:
        times = text.number(round(1 / p))
        return _("slumpen: ungefär 1 gång på {times}").format(times=times)
    times = text.number(round(10 * p))
    return _("slumpen: ungefär {times} gånger av 10").format(times=times)


def _in_a_row(number: int, kind: PeriodKind) -> str:
    """Say how many periods in a row the target has not been met; empty for none."""
    if not number:
        return ""
    match kind:
        case PeriodKind.QUARTER:
            words = ngettext("{number} kvartal", "{number} kvartal", number)
        case PeriodKind.TERTIAL:
            words = ngettext("{number} tertial", "{number} tertial", number)
        case PeriodKind.HALF:
            words = ngettext("{number} halvår", "{number} halvår", number)
        case _:
            words = ngettext("{number} år", "{number} år", number)
    return words.format(number=number)


def number_found(number: int, indicators: int) -> str:
    """Say how many deviations there are, and in how many indicators."""
    return _("{deviations} i {indicators}.").format(
        deviations=ngettext("{number} avvikelse", "{number} avvikelser", number).format(
            number=number
        ),
        indicators=headings.indicators(indicators),
    )


def seen_above(number: int) -> str:
    """Say how many deviations are part of another one; empty for none."""
    if not number:
        return ""
    words = ngettext(
        "{number} av dem ingår i en annan på en högre nivå: en kliniks fall räknas "
        "också i sjukhuset och regionen.",
        "{number} av dem ingår i en annan på en högre nivå: en kliniks fall räknas "
        "också i sjukhuset och regionen.",
        number,
    )
    return words.format(number=number)


def signals_words(counted: Signals) -> str:
    """Say how many series signal, and how many would by chance alone."""
    if not counted.charts:
        return _("Ingen serie är lång nog för att visa om något har förändrats.")
    words = _(
        "Av {charts} serier som går att bedöma har {changed} ändrats: {worse} har "
        "blivit sämre och {better} bättre. Slumpen ensam skulle ge ungefär {by_chance} "
        "ändringar, åt båda hållen tillsammans."
    )
    return words.format(
        charts=counted.charts,
        changed=counted.worse + counted.better,
        worse=counted.worse,
        better=counted.better,
        by_chance=analysis_words.about(counted.by_chance),
    )
