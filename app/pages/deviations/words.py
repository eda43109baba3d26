"""Deviations in words: the rows of `/analys`."""

from dataclasses import dataclass

from app.address import (
    contributions_address,
    control_chart_address,
    funnel_address,
    indicator_address,
)
from app.outcome import analysis_texts
from app.outcome.deviations import Judged
from app.outcome.ways import can_be_split, has_funnel, pathway_address
from app.outcome.words import OutcomeWords, outcome_words
from app.queries.builds import Build
from app.queries.verdicts import Verdict
from app.words import text
from app.words.language import lazy_gettext as _l
from app.words.language import of
from kpi.period import Period
from kpi.spc.points import ChartKind, Variation

SIGN_MATRIX = _l("Styrdiagrammens tecken")


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
        evidence.append(analysis_texts.evidence(deviation.evidence))
    if deviation.p is not None:
        evidence.append(analysis_texts.chance(deviation.p))
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
        duration=analysis_texts.in_a_row(deviation.missed, deviation.kind),
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
        return str(analysis_texts.NO_NEW_POINT)
    if verdict.variation:
        return ""
    if verdict.chart is ChartKind.NONE:
        return analysis_texts.few_points(verdict.points)
    return str(analysis_texts.ALIKE)
