"""The sections of the page, also those that belong to some indicators only."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from dash.development.base_component import Component

from app.address import Selection, contributions_address, indicator_address
from app.design.components import Column, Content, badge, link, section, table, ways_on
from app.design.help import answer
from app.outcome import comparison as outcome_comparison
from app.outcome.chart_figure import chart_figure, numbers_summary
from app.outcome.parts import lines, stacked, value_link
from app.outcome.ways import can_be_split, pathway_address
from app.outcome.words import OutcomeWords, outcome_words
from app.pages.indicator import public, texts
from app.pages.indicator import words as present
from app.pages.indicator.hygiene.section import hygiene_section
from app.pages.indicator.registration.section import registration_beside
from app.pages.indicator.surveys.section import survey_section
from app.queries.behind import Question
from app.queries.benchmarks import BenchmarkRow
from app.queries.builds import Build
from app.queries.frame import Frame
from app.queries.outcomes import OutcomeRow
from app.queries.reader import Reader
from app.queries.units import UnitRow, UnitTree
from app.web import html
from app.words import headings, text
from app.words.language import of
from kpi.definitions import Indicator
from kpi.model import Kind
from kpi.period import Period

# What holds help cannot be a paragraph, for help holds paragraphs.
_AS_PARAGRAPH = {"margin": "0 0 1rem"}


def ways_behind(indicator: Indicator, row: OutcomeRow) -> Component | None:
    """Return the ways to what an outcome comes from: its parts, and its steps."""
    ways = []
    if row.numerator is not None and can_be_split(indicator):
        parts = contributions_address(indicator.id, row.unit, row.period)
        ways.append((headings.CONTRIBUTIONS, parts))
    if steps := pathway_address(indicator, row.unit, row.period):
        ways.append((headings.PATHWAY_STEPS, steps))
    return ways_on(ways) if ways else None


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
    title = f"{texts.BREAKDOWN}: {name}, {text.period(row.period)}"
    own = [one for one in rows if one.period == row.period]
    if not own:
        return section(title, html.P(texts.NOT_BROKEN_DOWN))
    columns = (
        Column(text.capital(name), is_heading=True),
        Column(headings.VALUE, is_number=True),
        Column(headings.INTERVAL, is_number=True),
        Column(headings.NUMERATOR, is_number=True),
        Column(headings.DENOMINATOR, is_number=True),
        Column(headings.TARGET, is_number=True),
        Column(headings.STATUS),
    )
    cells = []
    for label, one in present.parts_in_order(indicator, selection.by, own, pathways):
        said = outcome_words(indicator, one)
        cells.append(
            [
                label,
                value_link(said),
                said.interval,
                *present.counts_shown(one),
                stacked(said.target, said.national) if said.target else "",
                stacked(badge(said.status), *_part_remarks(one, said)),
            ]
        )
    return section(title, table(title, columns, cells))


def _part_remarks(row: OutcomeRow, said: OutcomeWords) -> list[str]:
    # Of a shown part, which units have reported says nothing: few units have cases of
    # every kind.
    return [said.caution] if row.value is not None else present.remarks(row, said)


def comparison(
    indicator: Indicator,
    selection: Selection,
    rows: Sequence[OutcomeRow],
    units: UnitTree,
    row: OutcomeRow,
    build: Build,
    marks: Mapping[str, str],
) -> Component | None:
    """Return units of one kind compared, with links to the other kinds.

    `marks` holds, by unit, what else to remark on beside its outcome.
    """
    kinds = outcome_comparison.kinds_compared(rows, units)
    if not kinds:
        return None
    own = units.find(row.unit)
    most = max(kinds, key=lambda kind: kinds[kind])
    wanted = [selection.unit_kind, own.kind if own else None, most]
    kind = next(one for one in wanted if one in kinds)
    found = outcome_comparison.compared(
        indicator, rows, units, kind, row.unit, build, marks
    )
    kind_words = text.UNIT_KINDS.get(kind, kind)
    title = f"{texts.COMPARE}: {kind_words}, {text.period(row.period)}"
    params = selection.params() | {"period": row.period}
    others = [
        link(
            text.capital(text.UNIT_KINDS.get(one, one)),
            indicator_address(indicator.id, **(params | {"unit_kind": one})),
            **({"aria-current": "true"} if one == kind else {}),
        )
        for one in kinds
    ]
    return section(
        title,
        html.P(others, className="switch") if len(others) > 1 else None,
        html.Div(
            [f"{texts.COMPARE_CAUTION} ", answer("interval")],
            className="muted",
            style=_AS_PARAGRAPH,
        ),
        chart_figure(found.chart, "compare", None),
        _comparison_table(title, found.rows, row.period, indicator, marks),
    )


def _comparison_table(
    title: str,
    rows: Sequence[tuple[str, str, OutcomeWords]],
    period: str,
    indicator: Indicator,
    marks: Mapping[str, str],
) -> Component:
    columns = (
        Column(texts.UNIT, is_heading=True),
        Column(headings.VALUE, is_number=True),
        Column(headings.INTERVAL, is_number=True),
        Column(headings.STATUS),
    )
    cells = [
        [
            link(name, indicator_address(indicator.id, unit, period)),
            value_link(said),
            said.interval,
            stacked(badge(said.status), said.reason, said.caution, marks.get(unit, "")),
        ]
        for unit, name, said in rows
    ]
    return html.Details(
        [
            numbers_summary(),
            html.Div(table(title, columns, cells), id="compare-numbers"),
        ]
    )


def public_values(
    indicator: Indicator, rows: Sequence[BenchmarkRow], own_region: str | None
) -> Component | None:
    """Return the region among those it is compared with, then among all of them."""
    if not rows:
        return None
    newest = public.newest(rows)
    near = public.near(newest, own_region)
    about = indicator.benchmark
    name = of(about.name) if about else None
    remark = public.remark(indicator)
    return section(
        texts.BENCHMARK,
        html.P(f"{name}, {rows[-1].year}") if name else None,
        html.P(remark) if remark else None,
        _public_table(texts.REGIONS_NEAR, indicator, near, own_region),
        html.Details(
            [
                html.Summary(f"{texts.ALL_REGIONS}, {rows[-1].year}"),
                _public_table(texts.ALL_REGIONS, indicator, newest, own_region),
            ]
        )
        if len(newest) > len(near)
        else None,
        lines(public.rank_words(rows, own_region)[:4]) or None,
        html.P(texts.source(rows[-1].kpi), className="muted"),
    )


def _public_table(
    caption: str,
    indicator: Indicator,
    rows: Sequence[BenchmarkRow],
    own_region: str | None,
) -> Component:
    columns = (
        Column(headings.REGION, is_heading=True),
        Column(headings.VALUE, is_number=True),
        Column(headings.RANK, is_number=True),
    )
    cells = [
        [
            html.Strong(line.region) if line.is_own else line.region,
            line.value,
            line.place,
        ]
        for line in public.public_lines(indicator, rows, own_region)
    ]
    return table(f"{caption}, {rows[-1].year}", *_filled(columns, cells))


def _filled(
    columns: Sequence[Column], cells: Sequence[Sequence[Content]]
) -> tuple[list[Column], list[list[Content]]]:
    """Return a table without the columns that hold nothing in any row."""
    kept = [
        at
        for at in range(len(columns))
        if any(row[at] not in ("", text.NO_VALUE) for row in cells)
    ]
    return [columns[at] for at in kept], [[row[at] for at in kept] for row in cells]


def numbers(
    indicator: Indicator, rows: Sequence[OutcomeRow], build: Build
) -> Component:
    """Return every period's numbers, the latest first."""
    is_rank = indicator.kind is Kind.RANK
    columns = (
        Column(headings.PERIOD, is_heading=True),
        Column(headings.NUMERATOR, is_number=True),
        Column(
            texts.REGIONS_RANKED if is_rank else headings.DENOMINATOR,
            is_number=True,
        ),
        Column(headings.VALUE, is_number=True),
        Column(headings.INTERVAL, is_number=True),
        Column(headings.TARGET, is_number=True),
        Column(headings.STATUS),
        Column(headings.ROWS_BEHIND),
    )
    cells = []
    for row in reversed(rows):
        said = outcome_words(indicator, row, build)
        cells.append(
            [
                said.period,
                *present.counts_shown(row),
                said.value,
                said.interval,
                stacked(said.target, said.national) if said.target else "",
                stacked(badge(said.status), *present.remarks(row, said)),
                link(headings.SHOW_ROWS, said.rows_href),
            ]
        )
    return section(
        texts.NUMBERS,
        table(texts.NUMBERS, *_filled(columns, cells)),
        id="numbers",
    )


@dataclass(frozen=True, slots=True)
class Depth:
    """Parts of an indicator's page.

    Attributes:
        warning: To stand beside the outcome.
        section: Of its own subject.
        marks: What to remark on in lists, by unit.
    """

    warning: Component | None = None
    section: Component | None = None
    marks: Mapping[str, str] = field(default_factory=dict)


def depth(
    reader: Reader,
    frame: Frame,
    indicator: Indicator,
    unit: UnitRow,
    row: OutcomeRow,
    beside: Sequence[OutcomeRow],
    benchmarks: Sequence[BenchmarkRow],
) -> Depth:
    """Return the parts of a page that the indicator's subject asks for.

    Args:
        reader: What to read.
        frame: What was read first.
        indicator: The one shown.
        unit: The same.
        row: The outcome that is shown.
        beside: Every unit's outcome in the same period.
        benchmarks: Every region's public values.
    """
    found = registration_beside(reader, frame, indicator, unit, row, beside)
    if found:
        return Depth(found.warning, found.section, found.marks)
    period = Period.parse(row.period)
    question = Question(indicator, unit.unit_id, period)
    region = frame.units.kolada_id(unit.unit_id)
    return Depth(
        section=hygiene_section(reader, question)
        or survey_section(reader, indicator, row, benchmarks, region)
    )
