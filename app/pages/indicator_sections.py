"""The sections of an indicator's page."""

from collections.abc import Sequence

from dash import dcc, html
from dash.development.base_component import Component

from app import text, text_indicator, text_pages
from app.components import Column, badge, facts, link, section, table
from app.figures.frame import Figure
from app.outcome_parts import lines, stacked, value_link
from app.presenters import indicator as present
from app.presenters.outcome import OutcomeWords, outcome_words
from app.presenters.overview import benchmark_value
from app.queries.frame import Frame
from app.queries.outcomes import BenchmarkRow, OutcomeRow
from app.queries.units import UnitTree
from app.selection import Selection, indicator_address
from kpi.definitions import Definitions, Indicator
from kpi.model import Kind

_GRAPH = {
    "displayModeBar": False,
    "displaylogo": False,
    "responsive": True,
    "showTips": False,
}


def chart(figure: Figure, words: str, id: str) -> Component:
    """Return a chart with what it shows in a sentence."""
    height = figure["layout"]["height"]
    graph = dcc.Graph(figure=figure, config=_GRAPH, style={"height": f"{height}px"})
    return html.Figure(
        [html.Div(graph, role="img", **{"aria-label": words}), html.Figcaption(words)],
        id=id,
        className="graph",
    )


def breakdown(
    indicator: Indicator,
    selection: Selection,
    row: OutcomeRow,
    rows: Sequence[OutcomeRow],
    pathways: dict[str, str],
) -> Component | None:
    """Return the outcome of the period by the dimension chosen."""
    if selection.by is None:
        return None
    name = text.DIMENSION[selection.by]
    title = f"{text_indicator.BREAKDOWN}: {name}, {text.period(row.period)}"
    own = [one for one in rows if one.period == row.period]
    if not own:
        return section(title, html.P(text_indicator.NOT_BROKEN_DOWN))
    columns = (
        Column(text.capital(name), is_heading=True),
        Column(text_pages.VALUE, is_number=True),
        Column(text_pages.INTERVAL, is_number=True),
        Column(text_pages.NUMERATOR, is_number=True),
        Column(text_pages.DENOMINATOR, is_number=True),
        Column(text_pages.TARGET, is_number=True),
        Column(text_pages.STATUS),
    )
    cells = []
    for one in own:
        said = outcome_words(indicator, one)
        label = text.dimension_value(selection.by, one.by_value, pathways)
        cells.append(
            [
                label,
                value_link(said),
                said.interval,
                *present.counts_shown(one),
                stacked(said.target, said.national) if said.target else "",
                # Of a shown part, which units have reported says nothing: few
                # units have cases of every kind.
                stacked(
                    badge(said.status),
                    "" if one.value is not None else said.reason,
                    said.caution,
                ),
            ]
        )
    return section(title, table(title, columns, cells))


def comparison(
    indicator: Indicator,
    selection: Selection,
    rows: Sequence[OutcomeRow],
    units: UnitTree,
    row: OutcomeRow,
) -> Component | None:
    """Return units of one kind compared, with links to the other kinds."""
    kinds = present.kinds_compared(rows, units)
    if not kinds:
        return None
    own = units.find(row.unit)
    wanted = [selection.unit_kind, own.kind if own else None, kinds[-1]]
    kind = next(one for one in wanted if one in kinds)
    found = present.compared(indicator, rows, units, kind, row.unit)
    kind_words = text.UNIT_KINDS.get(kind, kind)
    title = f"{text_indicator.COMPARE}: {kind_words}, {text.period(row.period)}"
    params = selection.params() | {"period": row.period}
    others = [
        link(
            text.capital(text.UNIT_KINDS.get(one, one)),
            indicator_address(indicator.id, **(params | {"unit_kind": one})),
            **({"aria-current": "true"} if one == kind else {}),
        )
        for one in kinds
    ]
    picture = chart(found.figure, found.sentence, "compare") if found.figure else None
    return section(
        title,
        html.P(others, className="switch") if len(others) > 1 else None,
        html.P(text_indicator.COMPARE_CAUTION, className="muted"),
        picture,
        _comparison_table(title, found.rows, row.period, indicator),
    )


def _comparison_table(
    title: str,
    rows: Sequence[tuple[str, str, OutcomeWords]],
    period: str,
    indicator: Indicator,
) -> Component:
    columns = (
        Column(text_indicator.UNIT, is_heading=True),
        Column(text_pages.VALUE, is_number=True),
        Column(text_pages.INTERVAL, is_number=True),
        Column(text_pages.STATUS),
    )
    cells = [
        [
            link(name, indicator_address(indicator.id, unit, period)),
            value_link(said),
            said.interval,
            stacked(badge(said.status), said.reason),
        ]
        for unit, name, said in rows
    ]
    return html.Details(
        [html.Summary(text_indicator.AS_TABLE), table(title, columns, cells)]
    )


def public_values(
    indicator: Indicator, rows: Sequence[BenchmarkRow], own_region: str | None
) -> Component | None:
    """Return the region's place among all regions, and all of them as a table."""
    if not rows:
        return None
    latest = rows[-1].year
    newest = [row for row in rows if row.year == latest]
    columns = (
        Column(text_pages.REGION, is_heading=True),
        Column(text_pages.VALUE, is_number=True),
        Column(text_pages.RANK, is_number=True),
    )
    cells = [
        [
            html.Strong(row.region)
            if row.kolada_region_id == own_region
            else row.region,
            benchmark_value(indicator, row),
            text_pages.rank(row.rank, row.regions) if row.rank else "",
        ]
        for row in newest
    ]
    about = indicator.benchmark
    title = f"{text_indicator.ALL_REGIONS}, {latest}"
    return section(
        text_indicator.BENCHMARK,
        html.P(about.name.sv) if about else None,
        lines(present.rank_words(rows, own_region)[:4]) or None,
        html.Details([html.Summary(title), table(title, columns, cells)]),
        html.P(f"{text_indicator.BENCHMARK_SOURCE}, {rows[-1].kpi}", className="muted"),
    )


def numbers(indicator: Indicator, rows: Sequence[OutcomeRow]) -> Component:
    """Return every period's numbers, the latest first."""
    columns = (
        Column(text_pages.PERIOD, is_heading=True),
        Column(text_pages.NUMERATOR, is_number=True),
        Column(text_pages.DENOMINATOR, is_number=True),
        Column(text_pages.VALUE, is_number=True),
        Column(text_pages.INTERVAL, is_number=True),
        Column(text_pages.TARGET, is_number=True),
        Column(text_pages.STATUS),
        Column(text_pages.ROWS_BEHIND),
    )
    cells = []
    for row in reversed(rows):
        said = outcome_words(indicator, row)
        cells.append(
            [
                said.period,
                *present.counts_shown(row),
                said.value,
                said.interval,
                stacked(said.target, said.national) if said.target else "",
                stacked(badge(said.status), said.reason),
                link(text_pages.SHOW_ROWS, said.rows_href),
            ]
        )
    return section(
        text_indicator.NUMBERS, table(text_indicator.NUMBERS, columns, cells)
    )


def definition(indicator: Indicator, definitions: Definitions) -> Component:
    """Return the definition in words."""
    plans = {plan.id: plan.title.sv for plan in definitions.plans}
    is_count = indicator.kind is Kind.COUNT
    review = indicator.review
    tolerance = text.number(
        indicator.tolerance, 0 if indicator.tolerance % 1 == 0 else 1
    )
    unit = text.difference_unit(indicator)
    pairs = (
        (text_indicator.NUMERATOR, indicator.numerator.sv),
        (
            text_indicator.DENOMINATOR,
            indicator.denominator.sv if indicator.denominator else None,
        ),
        (text_indicator.UNIT_OF_MEASURE, indicator.unit.sv),
        (text_indicator.DIRECTION, text.DIRECTION[indicator.direction]),
        (text_indicator.FREQUENCY, text.FREQUENCY[indicator.frequency]),
        (
            text_indicator.MINIMUM,
            text_indicator.minimum(indicator.minimum_denominator, is_count),
        ),
        (
            text_indicator.TOLERANCE,
            text_indicator.tolerance(f"{tolerance} {unit}")
            if indicator.tolerance
            else None,
        ),
        (text_indicator.RESPONSIBLE, indicator.responsible.sv),
        (
            text_indicator.PLANS,
            lines([f"{plans[one.plan]}, {one.section}" for one in indicator.plans]),
        ),
        (
            text_indicator.THEMES,
            lines(
                [text.AREA[indicator.area], *(text.THEME[t] for t in indicator.themes)]
            ),
        ),
        (
            text_indicator.QUESTION,
            text.QUESTION[indicator.question] if indicator.question else None,
        ),
        (
            text_indicator.BREAKS,
            lines(
                [
                    f"{text.period_words(one.since)}: {one.text.sv}"
                    for one in indicator.breaks
                ]
            ),
        ),
        (text_indicator.NOTE, indicator.note.sv if indicator.note else None),
        (
            text_indicator.REVIEW,
            text_indicator.reviewed(
                review.owner.sv, text.day(review.reviewed), text.day(review.next_review)
            ),
        ),
    )
    return section(text_indicator.DEFINITION, facts(pairs))


def targets(frame: Frame, indicator: Indicator, pathways: dict[str, str]) -> Component:
    """Return every target there is and has been."""
    plans = {plan.id: plan.title.sv for plan in frame.definitions.plans}
    history = present.target_history(indicator, pathways, frame.units, plans)
    if not history:
        return section(text_indicator.TARGETS, html.P(text_indicator.NO_TARGETS))
    columns = (
        Column(text_pages.TARGET, is_heading=True),
        Column(text_pages.LEVEL),
        Column(text_pages.HOLDS_FOR),
        Column(text_pages.HOLDS_WHEN),
        Column(text_pages.SET_IN),
    )
    cells = [
        [one.words, one.level, one.holds_for, one.holds_when, one.set_in]
        for one in history
    ]
    return section(
        text_indicator.TARGETS, table(text_indicator.TARGETS, columns, cells)
    )
