"""The rows behind one outcome: file and row number, and whether they are counted."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from dash.development.base_component import Component

from app.address import address
from app.design.components import Column, Content, link, section, table
from app.design.paging import PAGE_SIZE, page, pager
from app.pages.sources import codes, texts
from app.pages.sources.lineage import words as present
from app.queries.behind import DETAILS, Question, dataset_of
from app.queries.frame import Frame
from app.queries.lineage import FactRow, Sums, fact_rows
from app.queries.outcomes import OutcomeRow
from app.queries.reader import Reader
from app.web import html
from app.words import text
from kpi.datasets import DATASETS

ANCHOR = "rader"
_PATH = "/underlag/utfall"
_KEPT = ("indicator", "unit", "period", "by", "by_value", "build", "rows")
_EVERY = "all"


@dataclass(frozen=True, slots=True)
class View:
    """An outcome with what is needed to tell of it.

    Attributes:
        frame: The build, its definitions and units.
        pathways: Names of cancer pathways by id.
        question: Which outcome.
        outcome: The outcome itself.
        total: What its rows add up to.
        shown: What may be shown of them.
        build: The earlier build that was asked for; None for the newest.
    """

    frame: Frame
    pathways: Mapping[str, str]
    question: Question
    outcome: OutcomeRow
    total: Sums
    shown: present.Behind
    build: str | None


def rows_section(reader: Reader, view: View, params: Mapping[str, str]) -> Component:
    """Return the rows, a page at a time, or why they are not shown."""
    if view.shown.rows_withheld:
        return _section(html.P(view.shown.rows_withheld))
    question, total = view.question, view.total
    only_counted = params.get("rows") != _EVERY
    count = total.counted if only_counted else total.rows
    kept = {name: params[name] for name in _KEPT if params.get(name)}
    at = page(params.get("page"), count)
    found = fact_rows(
        reader,
        question,
        only_counted=only_counted,
        first=at.first,
        most=PAGE_SIZE,
    )
    told = present.agreement(question.indicator, view.outcome, total)
    choice = _choice(kept, only_counted, total)
    if not found:
        return _section(choice, html.P(texts.NO_ROWS))
    return _section(
        html.P(told) if told else None,
        choice,
        table(texts.ROWS_BEHIND, _columns(question, found), _rows(view, found)),
        pager(at, _PATH, kept, ANCHOR),
    )


def _section(*children: Component | None) -> Component:
    return section(texts.ROWS_BEHIND, *children, id=ANCHOR)


def _choice(
    kept: Mapping[str, str], only_counted: bool, total: Sums
) -> Component | None:
    if total.counted == total.rows:
        return None
    parts: list[Component] = []
    for words, rows, count in (
        (texts.ONLY_COUNTED, None, total.counted),
        (texts.EVERY_ROW, _EVERY, total.rows),
    ):
        href = address(_PATH, {**kept, "rows": rows})
        is_here = only_counted == (rows is None)
        more = {"aria-current": "true"} if is_here else {}
        told = f"{words} ({text.count(count)})"
        parts.append(link(told, f"{href}#{ANCHOR}", **more))
    return html.P([html.Span(texts.SHOWING), *parts], className="switch")


def _details(question: Question) -> tuple[str, ...]:
    names = DETAILS.get(dataset_of(question.indicator, question.by) or "", ())
    return tuple(name for name in names if _may_be_shown(question, name))


def _may_be_shown(question: Question, name: str) -> bool:
    """Say whether a detail tells no more than the outcome itself.

    Which pathway a case belongs to would show the few of a rare one within a larger
    sum; so would its maximum. Among the rows of one pathway's outcome all are alike.
    """
    is_case_of_pathway = name in ("svf", "max_dagar") and _is_case(question)
    return not is_case_of_pathway or question.by == "svf"


def _is_case(question: Question) -> bool:
    dataset = dataset_of(question.indicator, question.by)
    return dataset in DATASETS and not DATASETS[dataset].is_counted


def _columns(question: Question, found: Sequence[FactRow]) -> list[Column]:
    is_public = all(one.numerator is None for one in found) and any(
        one.value is not None for one in found
    )
    columns = [
        Column(texts.FILE),
        Column(texts.ROW, is_heading=True, is_number=True),
        Column(texts.REGION if is_public else texts.UNIT),
        Column(texts.DAY_OR_PERIOD),
    ]
    columns += [
        Column(codes.DETAIL[name], is_number=name.endswith("_dagar"))
        for name in _details(question)
    ]
    if is_public:
        return [*columns, Column(texts.VALUE, is_number=True)]
    # Of a case it is yes or no.
    is_number = not _is_case(question)
    return [
        *columns,
        Column(texts.IN_NUMERATOR, is_number=is_number),
        Column(texts.IN_DENOMINATOR, is_number=is_number),
    ]


def _rows(view: View, found: Sequence[FactRow]) -> list[list[Content]]:
    question = view.question
    shows_value = _columns(question, found)[-1].title == texts.VALUE
    is_case = _is_case(question)
    all_details = DETAILS.get(dataset_of(question.indicator, question.by) or "", ())
    shown_details = _details(question)
    rows: list[list[Content]] = []
    for one in found:
        place = view.frame.units.name(one.place)
        file = html.Span(one.file, className="path")
        row: list[Content] = [file, str(one.row_number), place, one.when]
        row += [
            _detail(view.pathways, name, detail)
            for name, detail in zip(all_details, one.details, strict=True)
            if name in shown_details
        ]
        row += _amounts(one, shows_value, is_case)
        if one.place in view.shown.hidden_units:
            # Its file and number still lead whoever has the file to the row.
            row[2:] = [
                texts.HIDDEN_UNIT,
                *[texts.HIDDEN] * (len(row) - 3),
            ]
        rows.append(row)
    return rows


def _amounts(row: FactRow, shows_value: bool, is_case: bool) -> list[str]:
    if shows_value:
        return [text.number(row.value, 1)]
    return [
        present.row_amount(row, amount, is_case)
        for amount in (row.numerator, row.denominator)
    ]


def _detail(pathways: Mapping[str, str], name: str, value: object) -> str:
    if value is None:
        return text.NO_VALUE
    if isinstance(value, float | int):
        return text.count(value)
    dimension = codes.DIMENSION_OF_DETAIL.get(name)
    if dimension:
        return text.dimension_value(dimension, str(value), pathways)
    return str(value)
