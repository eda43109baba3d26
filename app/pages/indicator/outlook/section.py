"""How sure an outcome is, and whether the year's target will be met."""

from collections.abc import Sequence

from dash.development.base_component import Component

from app.design.components import Content, facts, link, section
from app.outcome import analysis_words
from app.outcome.question import reach
from app.outcome.series import unit_series
from app.outcome.sign_parts import assurance_badge, variation_badge
from app.outcome.signs import Signs, series_signs
from app.pages.indicator.outlook import words as present
from app.pages.indicator.outlook.find import year_outlook
from app.queries.builds import Build
from app.queries.outcomes import OutcomeRow
from app.web import html
from app.words.language import gettext as _
from kpi.definitions import Indicator
from kpi.period import Period, PeriodKind


def signs_beside(
    indicator: Indicator, row: OutcomeRow, totals: Sequence[OutcomeRow], build: Build
) -> Signs | None:
    """Return what the control chart says beside an outcome; None without one.

    Args:
        indicator: With the breaks of the unit's region only.
        row: The outcome that is shown.
        totals: Every outcome of the indicator in the unit.
        build: The build they are from.
    """
    last_day = Period.parse(row.period).last_day
    quarter = Period.holding(PeriodKind.QUARTER, last_day)
    series = unit_series(indicator, totals, min(quarter.last, reach(build)))
    beside = PeriodKind(row.period_kind)
    return series_signs(indicator, series, quarter, beside)


def certainty(
    indicator: Indicator, row: OutcomeRow, signs: Signs | None
) -> Component | None:
    """Return three answers: is it sure, has it changed, is the target kept?"""
    evidence = present.evidence_words(indicator, row)
    if evidence is None and signs is None:
        return None
    sure: Content | None = None
    if evidence:
        sure = html.Div([html.Strong(evidence.word), f". {' '.join(evidence.more)}"])
    return facts(
        [
            (analysis_words.EVIDENCE, sure),
            *(_answers(signs) if signs else []),
        ]
    )


def _answers(signs: Signs) -> list[tuple[str, Component | None]]:
    way = link(analysis_words.TO_CHART, signs.href)
    changed = html.Div([variation_badge(signs.variation), " ", way])
    assured = None
    if signs.assurance:
        assured = html.Div(
            [assurance_badge(signs.assurance), f" {signs.basis}".rstrip()]
        )
    return [(analysis_words.VARIATION, changed), (analysis_words.ASSURANCE, assured)]


def outlook(
    indicator: Indicator, row: OutcomeRow, totals: Sequence[OutcomeRow], build: Build
) -> Component | None:
    """Return whether the target will be met in the year that the outcome lies in.

    Args:
        indicator: With the breaks of the unit's region only.
        row: The outcome that is shown.
        totals: Every outcome of the indicator in the unit.
        build: The build they are from.
    """
    year = Period.numbered(PeriodKind.YEAR, Period.parse(row.period).year, 1)
    outlook = year_outlook(indicator, totals, year, reach(build))
    worded = present.outlook_words(indicator, outlook)
    if worded is None:
        return None
    return section(
        worded.title,
        html.P(
            [html.Strong(worded.answer), *(f" {sentence}" for sentence in worded.more)]
        ),
        html.Details([html.Summary(_("Så är det räknat")), facts(worded.method)])
        if worded.method
        else None,
        id="outlook",
    )
