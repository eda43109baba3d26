"""The section of a survey's dimensions on an indicator's page."""

from collections.abc import Sequence

from dash.development.base_component import Component

from app.columns import Col
from app.design.components import section, table
from app.outcome.parts import stacked, value_link
from app.pages.indicator.surveys.find import dimension_of
from app.pages.indicator.surveys.words import DimensionWords, survey_words
from app.queries.benchmarks import BenchmarkRow
from app.queries.outcomes import OutcomeRow, parts_in
from app.queries.reader import Reader
from app.web import html
from app.words import text
from app.words.language import gettext as _
from app.words.language import lazy_gettext as _l
from kpi.definitions import Indicator
from kpi.period import Period


def _score(dimension_words: DimensionWords) -> Component:
    worded = dimension_words.outcome
    return stacked(value_link(worded), worded.interval or worded.reason)


_COLUMNS = (
    Col(_l("Frågeområde"), "name", is_heading=True),
    Col(_l("Poäng"), _score, is_number=True),
    Col(_l("Svar"), "answers", is_number=True),
)


def survey_section(
    reader: Reader,
    indicator: Indicator,
    row: OutcomeRow,
    benchmarks: Sequence[BenchmarkRow],
    region: str | None,
) -> Component | None:
    """Return a survey by dimension; None for an indicator that is of none.

    Args:
        reader: What to read.
        indicator: Of one dimension.
        row: Its outcome that is shown.
        benchmarks: Every region's public values of it.
        region: The region that the unit lies in.
    """
    if dimension_of(indicator) is None:
        return None
    rows = parts_in(reader, indicator.id, row.unit, row.period, "dimension")
    if not rows:
        return None
    year = Period.parse(row.period).year
    worded = survey_words(indicator, rows, benchmarks, region, year)
    title = _("Frågeområden") + f", {text.period(row.period)}"
    few = _("Färre än {number} svar visas inte.").format(
        number=text.count(indicator.minimum_denominator)
    )
    whose = _(
        "Poängen är enhetens egna svar i perioden. Regionernas värden och placeringen "
        "är årsvärden ur Kolada."
    )
    about = f"{whose} {worded.public} {few}"
    return section(
        title,
        html.P(worded.finding, className="chart-title") if worded.finding else None,
        html.P(worded.place) if worded.place else None,
        html.P(worded.regions) if worded.regions else None,
        table(title, _COLUMNS, worded.rows),
        html.P(about, className="muted"),
        id="fragor",
    )
