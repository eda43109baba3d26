"""The rows behind one outcome: file and row number, and whether they are counted."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial

from dash.development.base_component import Component

from app.address import address
from app.columns import Col, Read, on_page
from app.design.components import Content, link, section, table
from app.design.paging import PAGE_SIZE, page, pager
from app.outcome.parts import stacked
from app.pages.sources import codes
from app.pages.sources.lineage import words as present
from app.pages.sources.lineage.words import HIDDEN, NO_ROWS, ROWS_BEHIND
from app.pages.sources.words import FILE, ROW, UNIT, VALUE
from app.queries.behind import DETAILS, Behind, Question, dataset_of
from app.queries.frame import Frame
from app.queries.lineage import FactRow, Sums, fact_rows
from app.queries.outcomes import OutcomeRow
from app.queries.reader import Reader
from app.web import html
from app.words import text
from app.words.language import gettext as _
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
        names: What values of dimensions are called.
        question: Which outcome.
        outcome: The outcome itself.
        total: What its rows add up to.
        shown: What may be shown of them.
        build: The earlier build that was asked for; None for the newest.
    """

    frame: Frame
    names: text.ValueNames
    question: Question
    outcome: OutcomeRow
    total: Sums
    shown: present.Behind
    build: str | None


def rows_section(
    reader: Reader, view: View, rows: Behind | None, params: Mapping[str, str]
) -> Component:
    """Return the rows, a page at a time, or why they are not shown."""
    if view.shown.rows_withheld:
        return _section(html.P(view.shown.rows_withheld))
    question, total = view.question, view.total
    only_counted = params.get("rows") != _EVERY
    count = total.counted if only_counted else total.rows
    carried = {name: params[name] for name in _KEPT if params.get(name)}
    at = page(params.get("page"), count)
    facts = fact_rows(
        reader,
        rows,
        only_counted=only_counted,
        first=at.first,
        most=PAGE_SIZE,
    )
    sentence = present.agreement(question.indicator, view.outcome, total)
    choice = _choice(carried, only_counted, total)
    if not facts:
        return _section(choice, html.P(NO_ROWS))
    return _section(
        html.P(sentence) if sentence else None,
        choice,
        table(ROWS_BEHIND, _columns(view, facts), facts),
        pager(at, _PATH, carried, ANCHOR),
    )


def _section(*children: Component | None) -> Component:
    return section(ROWS_BEHIND, *children, id=ANCHOR)


def _choice(
    parameters: Mapping[str, str], only_counted: bool, total: Sums
) -> Component | None:
    if total.counted == total.rows:
        return None
    parts: list[Component] = []
    for words, rows, count in (
        (_("Bara räknade rader"), None, total.counted),
        (_("Alla rader som prövats"), _EVERY, total.rows),
    ):
        href = address(_PATH, {**parameters, "rows": rows})
        is_here = only_counted == (rows is None)
        more = {"aria-current": "true"} if is_here else {}
        sentence = f"{words} ({text.count(count)})"
        parts.append(link(sentence, f"{href}#{ANCHOR}", **more))
    return html.P([html.Span(_("Visar")), *parts], className="switch")


def _may_be_shown(question: Question, name: str) -> bool:
    """Say whether a detail tells something, and no more than the outcome itself.

    Which pathway a case belongs to would show the few of a rare one within a larger
    sum; so would its maximum. Among the rows of one pathway's outcome all are alike.
    """
    if name == "slag":
        return bool(question.indicator.categories)
    is_case_of_pathway = name in ("svf", "max_dagar") and _is_case(question)
    return not is_case_of_pathway or question.by == "svf"


def _is_case(question: Question) -> bool:
    dataset = dataset_of(question.indicator, question.by)
    return dataset in DATASETS and not DATASETS[dataset].is_counted


def _columns(view: View, facts: Sequence[FactRow]) -> list[Col]:
    question = view.question
    is_public = all(fact_row.numerator is None for fact_row in facts) and any(
        fact_row.value is not None for fact_row in facts
    )
    names = DETAILS.get(dataset_of(question.indicator, question.by) or "", ())
    details = [
        Col(
            codes.DETAIL[name],
            partial(_detail, view.names, name, at),
            is_number=name.endswith("_dagar"),
        )
        for at, name in enumerate(names)
        if _may_be_shown(question, name)
    ]
    if is_public:
        amounts = [Col(VALUE, lambda row: text.number(row.value, 1), True)]
    else:
        # Of a case it is yes or no.
        is_case = _is_case(question)
        amounts = [
            Col(title, partial(_amount, name, is_case), is_number=not is_case)
            for title, name in (
                (_("I täljaren"), "numerator"),
                (_("I nämnaren"), "denominator"),
            )
        ]
    return [
        Col(FILE, lambda row: html.Span(row.file, className="path")),
        Col(ROW, lambda row: str(row.row_number), True, is_heading=True),
        Col(_("Region") if is_public else UNIT, partial(_place, view)),
        # Of a hidden unit nothing more: its file and number still lead whoever has the
        # file to the row.
        *(
            replace(column, show=partial(_unless_hidden, view, read))
            for column, read in on_page(
                [Col(_("Dag eller period"), "when"), *details, *amounts]
            )
        ),
    ]


def _place(view: View, row: FactRow) -> str | Component:
    if row.place in view.shown.hidden_units:
        return _("Enhet som inte visas")
    name = view.frame.units.name(row.place)
    return (
        stacked(name, _("i filen: {unit}").format(unit=row.under))
        if row.under
        else name
    )


def _unless_hidden(view: View, read: Read, row: FactRow) -> Content:
    return HIDDEN if row.place in view.shown.hidden_units else read(row)


def _amount(name: str, is_case: bool, row: FactRow) -> str:
    return present.row_amount(row, getattr(row, name), is_case)


def _detail(names: text.ValueNames, name: str, at: int, row: FactRow) -> str:
    value = row.details[at]
    if value is None:
        return text.NO_VALUE
    if isinstance(value, float | int):
        return text.count(value)
    dimension = codes.DIMENSION_OF_DETAIL.get(name)
    if dimension:
        return text.dimension_value(dimension, str(value), names)
    return str(value)
