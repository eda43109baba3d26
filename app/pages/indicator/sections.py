"""The sections of the page, also those that belong to some indicators only."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from dash.development.base_component import Component

from app.address import (
    Selection,
    contributions_address,
    indicator_address,
    rejections_address,
)
from app.columns import Col
from app.design.components import filled, link, section, table, ways_on
from app.design.help import answer
from app.outcome import comparison as outcome_comparison
from app.outcome.chart_figure import chart_figure, numbers_summary
from app.outcome.comparison import ComparedLine
from app.outcome.parts import (
    lines,
    outcome_badge,
    rows_link,
    stacked,
    target_cell,
    value_link,
)
from app.outcome.ways import can_be_split, incidents_address, pathway_address
from app.outcome.words import OutcomeWords, outcome_words
from app.pages.indicator import public
from app.pages.indicator import words as present
from app.pages.indicator.hygiene.section import hygiene_section
from app.pages.indicator.registration.section import registration_beside
from app.pages.indicator.surveys.section import survey_section
from app.pages.indicator.words import ALL_REGIONS, NUMBERS, REGIONS_RANKED
from app.queries.behind import Question, dataset_of
from app.queries.benchmarks import BenchmarkRow
from app.queries.builds import Build
from app.queries.frame import Frame
from app.queries.outcomes import OutcomeRow
from app.queries.reader import Reader
from app.queries.rejected import unplaced_rows
from app.queries.units import UnitRow, UnitTree
from app.web import html
from app.words import headings, text
from app.words.language import gettext as _
from app.words.language import lazy_gettext as _l
from app.words.language import ngettext, of
from kpi.assessment import Status
from kpi.counting import rows_of
from kpi.definitions import Indicator
from kpi.model import Kind
from kpi.period import Period
from kpi.vocabulary import Remark

# What holds help cannot be a paragraph, for help holds paragraphs.
_AS_PARAGRAPH = {"margin": "0 0 1rem"}


def ways_behind(
    indicator: Indicator, row: OutcomeRow, to_plans: Sequence[tuple[str, str]]
) -> Component | None:
    """Return the ways to what is behind an outcome: plans, parts, steps, categories."""
    ways = [*to_plans]
    if row.numerator is not None and can_be_split(indicator):
        parts = contributions_address(indicator.id, row.unit, row.period)
        ways.append((headings.CONTRIBUTIONS, parts))
    if steps := pathway_address(indicator, row.unit, row.period):
        ways.append((headings.PATHWAY_STEPS, steps))
    if incidents := incidents_address(indicator.id, row.unit, row.period):
        ways.append((headings.INCIDENTS_BY_CATEGORY, incidents))
    return ways_on(ways) if ways else None


def rejections_behind(
    reader: Reader, indicator: Indicator, row: OutcomeRow
) -> Component | None:
    """Return the way to the rejected rows, where some are or may be of the outcome."""
    dataset = dataset_of(indicator, "")
    if dataset is None:
        return None
    dataset = rows_of(dataset)
    unplaced = unplaced_rows(reader, dataset).get(dataset, 0)
    is_rejected = any(part.kind == Remark.REJECTED_ROWS for part in row.rests_on())
    if not (unplaced or is_rejected or row.status == Status.REJECTED):
        return None
    sentence = ""
    if unplaced:
        words = ngettext(
            "{number} avvisad rad i källan kan inte hänföras till en enhet och period.",
            "{number} avvisade rader i källan kan inte hänföras till en enhet och "
            "period.",
            unplaced,
        )
        sentence = words.format(number=text.count(unplaced)) + " "
    way = link(_("Visa avvisade rader"), rejections_address(dataset))
    return html.P([sentence, way], className="muted")


class _Line(NamedTuple):
    """An outcome as a row of a table, and what it is called there."""

    name: str
    row: OutcomeRow
    words: OutcomeWords


def _numerator(line: _Line) -> str:
    return present.counts_shown(line.row)[0]


def _denominator(line: _Line) -> str:
    return present.counts_shown(line.row)[1]


_INTERVAL = Col(headings.INTERVAL, "words.interval", is_number=True)
_NUMERATOR = Col(headings.NUMERATOR, _numerator, is_number=True)
_TARGET = Col(headings.TARGET, lambda line: target_cell(line.words), is_number=True)


def breakdown(
    indicator: Indicator,
    selection: Selection,
    row: OutcomeRow,
    rows: Sequence[OutcomeRow],
    names: text.ValueNames,
) -> Component | None:
    """Return the outcome of the period by the dimension chosen."""
    if selection.by is None:
        return None
    name = text.DIMENSION[selection.by]
    title = _("Uppdelning") + f": {name}, {text.period(row.period)}"
    outcomes = [outcome for outcome in rows if outcome.period == row.period]
    if not outcomes:
        return section(title, html.P(_("Inga uppdelade utfall finns för perioden.")))
    columns = (
        Col(text.capital(name), "name", is_heading=True),
        Col(headings.VALUE, lambda line: value_link(line.words), is_number=True),
        _INTERVAL,
        _NUMERATOR,
        Col(headings.DENOMINATOR, _denominator, is_number=True),
        _TARGET,
        Col(headings.STATUS, _part_status),
    )
    parts = present.parts_in_order(indicator, selection.by, outcomes, names)
    lines_of_parts = [
        _Line(label, outcome, outcome_words(indicator, outcome))
        for label, outcome in parts
    ]
    return section(title, table(title, columns, lines_of_parts))


def _part_status(line: _Line) -> Component:
    # Of a shown part, which units have reported says nothing: few units have cases of
    # every kind.
    is_shown = line.row.value is not None
    remarks = (
        [line.words.caution] if is_shown else present.remarks(line.row, line.words)
    )
    return stacked(outcome_badge(line.words), *remarks)


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
    unit = units.find(row.unit)
    most = max(kinds, key=lambda kind: kinds[kind])
    wanted = [selection.unit_kind, unit.kind if unit else None, most]
    kind = next(kind for kind in wanted if kind in kinds)
    comparison = outcome_comparison.compared(
        indicator, rows, units, kind, row.unit, build, marks
    )
    kind_words = text.UNIT_KINDS.get(kind, kind)
    title = _("Jämför enheter") + f": {kind_words}, {text.period(row.period)}"
    params = selection.params() | {"period": row.period}
    others = [
        link(
            text.capital(text.UNIT_KINDS.get(other, other)),
            indicator_address(indicator.id, **(params | {"unit_kind": other})),
            **({"aria-current": "true"} if other == kind else {}),
        )
        for other in kinds
    ]
    return section(
        title,
        html.P(others, className="switch") if len(others) > 1 else None,
        html.Div(
            [
                _(
                    "Intervallen visar osäkerheten. Enheter vars intervall överlappar "
                    "kan inte säkert rangordnas."
                )
                + " ",
                answer("interval"),
            ],
            className="muted",
            style=_AS_PARAGRAPH,
        ),
        chart_figure(comparison.chart, "compare", None),
        _comparison_table(title, comparison.rows, row.period, indicator, marks),
    )


def _comparison_table(
    title: str,
    rows: Sequence[ComparedLine],
    period: str,
    indicator: Indicator,
    marks: Mapping[str, str],
) -> Component:
    def name(line: ComparedLine) -> Component:
        return link(line.name, indicator_address(indicator.id, line.unit, period))

    def status(line: ComparedLine) -> Component:
        worded, mark = line.words, marks.get(line.unit, "")
        return stacked(outcome_badge(worded), worded.reason, worded.caution, mark)

    columns = (
        Col(_("Enhet"), name, is_heading=True),
        Col(headings.VALUE, lambda line: value_link(line.words), is_number=True),
        _INTERVAL,
        Col(headings.STATUS, status),
    )
    return html.Details(
        [
            numbers_summary(),
            html.Div(table(title, columns, rows), id="compare-numbers"),
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
        _("Jämfört med riket"),
        html.P(f"{name}, {rows[-1].year}") if name else None,
        html.P(remark) if remark else None,
        _public_table(
            _("Riket, bäst, och regionerna närmast i rang"), indicator, near, own_region
        ),
        html.Details(
            [
                html.Summary(f"{ALL_REGIONS}, {rows[-1].year}"),
                _public_table(ALL_REGIONS, indicator, newest, own_region),
            ]
        )
        if len(newest) > len(near)
        else None,
        lines(public.rank_words(rows, own_region)[:4]) or None,
        html.P(_("Källa: Kolada, {kpi}").format(kpi=rows[-1].kpi), className="muted"),
    )


def _public_table(
    caption: str,
    indicator: Indicator,
    rows: Sequence[BenchmarkRow],
    own_region: str | None,
) -> Component:
    regions = public.public_lines(indicator, rows, own_region)
    caption = f"{caption}, {rows[-1].year}"
    return table(caption, filled(_PUBLIC, regions), regions)


def _region(line: public.PublicLine) -> Component | str:
    return html.Strong(line.region) if line.is_own else line.region


_PUBLIC = (
    Col(_l("Region"), _region, is_heading=True),
    Col(headings.VALUE, "value", is_number=True),
    Col(_l("Placering"), "place", is_number=True),
)


def numbers(
    indicator: Indicator, rows: Sequence[OutcomeRow], build: Build
) -> Component:
    """Return every period's numbers, the latest first."""
    is_rank = indicator.kind is Kind.RANK
    among = REGIONS_RANKED if is_rank else headings.DENOMINATOR
    columns = (
        Col(headings.PERIOD, "name", is_heading=True),
        _NUMERATOR,
        Col(among, _denominator, is_number=True),
        Col(headings.VALUE, "words.value", is_number=True),
        _INTERVAL,
        _TARGET,
        Col(headings.STATUS, _status),
        Col(headings.ROWS_BEHIND, lambda line: rows_link(line.words)),
    )
    worded_rows = [
        (row, outcome_words(indicator, row, build))
        for row in reversed(rows)
        # Of a step that nobody had told of, once is enough.
        if row is rows[-1] or row.status != Status.PLANNED or row.value is not None
    ]
    periods = [_Line(worded.period, row, worded) for row, worded in worded_rows]
    return section(
        NUMBERS,
        table(NUMBERS, filled(columns, periods), periods),
        id="numbers",
    )


def _status(line: _Line) -> Component:
    return stacked(outcome_badge(line.words), *present.remarks(line.row, line.words))


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
    registration = registration_beside(reader, frame, indicator, unit, row, beside)
    if registration:
        return Depth(registration.warning, registration.section, registration.marks)
    period = Period.parse(row.period)
    question = Question(indicator, unit.unit_id, period)
    region = frame.units.kolada_id(unit.unit_id)
    return Depth(
        section=hygiene_section(reader, question)
        or survey_section(reader, indicator, row, benchmarks, region)
    )
