"""The parts of `/underlag` about what is wrong, mended or missing."""

from collections.abc import Mapping

from dash.development.base_component import Component

from app.address import address, indicator_address, unit_address
from app.design.components import Choice, Column, filter_bar, link, section, table
from app.design.help import answer
from app.design.paging import PAGE_SIZE, page, pager
from app.pages.sources import codes, texts
from app.pages.sources.coverage import Cell, unit_coverage
from app.queries.frame import Frame
from app.queries.loads import (
    FindingRow,
    LossRow,
    coverage,
    covered_datasets,
    findings,
    losses,
)
from app.queries.reader import Reader
from app.queries.rejected import (
    Rejected,
    RejectionRow,
    corrections,
    rejection_count,
    rejection_reasons,
    rejections,
)
from app.web import html
from app.words import language, text

PATH = "/underlag"
_LIST = "list"
_FILTERS = ("build", "load", "dataset", "reason", _LIST)


def rejections_section(
    reader: Reader, frame: Frame, params: Mapping[str, str]
) -> Component:
    """Return why rows were rejected, and the rows themselves if asked for."""
    counted = rejection_reasons(reader)
    if not counted:
        return section(texts.REJECTIONS, html.P(texts.NO_REJECTIONS), id="avvisade")
    columns = [
        Column(texts.REASON, is_heading=True),
        Column(texts.DATASET_COLUMN),
        Column(texts.FILES, is_number=True),
        Column(texts.ROWS, is_number=True),
    ]
    kept = {"build": params.get("build")}
    rows = []
    for one in counted:
        wanted = {**kept, "dataset": one.dataset, "reason": one.reason, _LIST: "1"}
        words = codes.REJECTED_FOR.get(one.reason, one.reason)
        rows.append(
            [
                link(words, f"{address(PATH, wanted)}#lista"),
                codes.DATASET.get(one.dataset, one.dataset),
                text.count(one.files),
                text.count(one.rows),
            ]
        )
    every = f"{address(PATH, {**kept, _LIST: '1'})}#lista"
    is_listed = any(params.get(name) for name in (_LIST, "reason", "load"))
    return section(
        texts.REJECTIONS,
        html.P(texts.REJECTIONS_LEAD),
        table(texts.REJECTIONS, columns, rows),
        html.P(link(texts.ALL_REJECTIONS, every)),
        _rejected_rows(reader, frame, params) if is_listed else None,
        id="avvisade",
    )


def _rejected_rows(
    reader: Reader, frame: Frame, params: Mapping[str, str]
) -> Component | None:
    which = Rejected(params.get("dataset"), params.get("reason"), params.get("load"))
    count = rejection_count(reader, which)
    if not count:
        return html.P(texts.NO_REJECTIONS, id="lista")
    at = page(params.get("page"), count)
    found = rejections(reader, which, first=at.first, most=PAGE_SIZE)
    columns = [
        Column(texts.FILE, is_heading=True),
        Column(texts.ROW, is_number=True),
        Column(texts.COLUMN),
        Column(texts.VALUE),
        Column(texts.REASON),
    ]
    kept = {name: params[name] for name in _FILTERS if params.get(name)}
    words = texts.REJECTIONS
    return html.Div(
        [
            table(words, columns, [_rejected_row(one) for one in found]),
            pager(at, PATH, kept, "lista"),
        ],
        id="lista",
    )


def _rejected_row(one: RejectionRow) -> list[str | Component]:
    value: str | Component = one.value or texts.EMPTY
    if one.column_name is None:
        value = text.NO_VALUE
    elif one.value is None and one.is_personal:
        value = texts.PERSONAL
    reason: list[Component] = [
        html.Span(codes.REJECTED_FOR.get(one.reason, one.reason))
    ]
    if one.message:
        # As the log of the build has it, so that the two can be compared.
        reason.append(html.Span(f" {one.message}", lang="en", className="below"))
    return [
        one.file,
        str(one.row_number),
        one.column_name or texts.WHOLE_ROW,
        value,
        html.Div(reason, className="stacked"),
    ]


def corrections_section(reader: Reader, frame: Frame) -> Component:
    """Return the declared corrections that were applied."""
    found = corrections(reader)
    if not found:
        return section(
            texts.CORRECTIONS,
            html.P(texts.NO_CORRECTIONS),
            id="rattelser",
        )
    columns = [
        Column(texts.CORRECTION, is_heading=True),
        Column(texts.FILE),
        Column(texts.COLUMN),
        Column(texts.FOUND),
        Column(texts.CORRECTED),
        Column(texts.ROWS, is_number=True),
        Column(texts.REASON),
        Column(texts.TOLD),
    ]
    rows = [
        [
            one.correction_id,
            one.file,
            one.column_name,
            one.found or text.NO_VALUE,
            one.corrected or text.NO_VALUE,
            text.count(one.rows),
            html.Span(one.reason, lang="sv"),
            html.Span(one.told, lang="sv"),
        ]
        for one in found
    ]
    return section(
        texts.CORRECTIONS,
        html.P(texts.CORRECTIONS_LEAD),
        table(texts.CORRECTIONS, columns, rows),
        id="rattelser",
    )


def coverage_section(
    reader: Reader, frame: Frame, params: Mapping[str, str]
) -> Component:
    """Return units by quarters for one dataset."""
    datasets = covered_datasets(reader)
    if not datasets:
        words = html.P(texts.NO_COVERAGE)
        return section(texts.COVERAGE, words, id="tackning")
    wanted = params.get("dataset")
    default = "svf_fall" if "svf_fall" in datasets else datasets[0]
    dataset = wanted if wanted in datasets else default
    quarters = frame.build.quarters()
    units = [one.unit_id for one in frame.units]
    rows = coverage(reader, dataset)
    found = unit_coverage(dataset, quarters, units, rows)
    columns = [Column(texts.UNIT, is_heading=True)]
    columns += [Column(text.period_words(one), is_number=True) for one in quarters]
    caption = texts.coverage_of(codes.DATASET.get(dataset, dataset))
    options = [(one, codes.DATASET.get(one, one)) for one in datasets]
    kept = {"build": params["build"]} if params.get("build") else {}
    body = [
        [
            link(frame.units.name(one.unit), unit_address(one.unit)),
            *(_coverage_cell(cell) for cell in one.cells),
        ]
        for one in found
    ]
    return section(
        texts.COVERAGE,
        # No paragraph, for help holds paragraphs.
        html.Div(
            [f"{texts.COVERAGE_LEAD} ", answer("coverage")],
            style={"margin": "0 0 1rem"},
        ),
        filter_bar(
            f"{PATH}#tackning",
            [Choice("dataset", texts.DATASET_FIELD, options, dataset)],
            texts.SHOW,
            kept,
        ),
        html.P(texts.coverage_key(), className="muted"),
        table(caption, columns, body, reflows=False, shows_caption=True),
        id="tackning",
    )


def _coverage_cell(cell: int | Cell) -> str | Component:
    match cell:
        case Cell.GAP:
            words = f"{texts.GAP_SYMBOL} {texts.GAP}"
            return html.Span(words, className="badge badge-not_met")
        case Cell.NOTHING:
            return html.Span(
                [
                    html.Span(texts.NOT_YET_SYMBOL, **{"aria-hidden": "true"}),
                    html.Span(texts.NOT_YET, className="visually-hidden"),
                ],
                # Else the hidden words count for the width of the whole page.
                style={"position": "relative"},
            )
        case _:
            return text.count(cell)


def findings_section(reader: Reader, frame: Frame) -> Component:
    """Return what the checks noticed without stopping the build."""
    found = findings(reader)
    if not found:
        words = html.P(texts.NO_FINDINGS)
        return section(texts.FINDINGS, words, id="kontroller")
    columns = [
        Column(texts.CHECK, is_heading=True),
        Column(texts.INDICATOR),
        Column(texts.UNIT),
        Column(texts.PERIOD),
        Column(texts.COUNT, is_number=True),
    ]
    return section(
        texts.FINDINGS,
        html.P(texts.FINDINGS_LEAD),
        table(texts.FINDINGS, columns, [_finding(frame, one) for one in found]),
        id="kontroller",
    )


def _finding(frame: Frame, one: FindingRow) -> list[str | Component]:
    subject, colon, _ = one.message.partition(":")
    known = codes.CHECKS.get(one.check)
    # A check without words of its own speaks as in the log of the build.
    check: str | Component = known or html.Span(one.message, lang="en")
    if known and colon:
        check = f"{known} ({codes.DATASET.get(subject, subject)})"
    return [
        check,
        *_place(frame, one),
        "" if one.count is None else text.count(one.count),
    ]


def _place(frame: Frame, one: FindingRow | LossRow) -> list[str | Component]:
    """Return cells for the indicator, the unit and the period, empty for none."""
    indicator = frame.indicator(one.indicator)
    name: str | Component = one.indicator or ""
    if indicator:
        name = link(language.of(indicator.name), indicator_address(indicator.id))
    unit: str | Component = ""
    if one.unit:
        unit = link(frame.units.name(one.unit), unit_address(one.unit))
    return [name, unit, text.period(one.period) if one.period else ""]


def losses_section(reader: Reader, frame: Frame) -> Component:
    """Return what there was more of in the build before, and why that was accepted."""
    found = losses(reader)
    if not found:
        return section(texts.LOSSES, html.P(texts.NO_LOSSES), id="forra")
    columns = [
        Column(texts.LOSS, is_heading=True),
        Column(texts.WHERE),
        Column(texts.INDICATOR),
        Column(texts.UNIT),
        Column(texts.PERIOD),
        Column(texts.COUNT, is_number=True),
        Column(texts.BEFORE, is_number=True),
        Column(texts.AFTER, is_number=True),
        Column(texts.ACCEPTED),
    ]
    return section(
        texts.LOSSES,
        html.P(texts.LOSSES_LEAD),
        table(texts.LOSSES, columns, [_loss(frame, one) for one in found]),
        id="forra",
    )


def _loss(frame: Frame, one: LossRow) -> list[str | Component]:
    dataset = codes.DATASET.get(one.dataset or "", one.dataset)
    accepted: str | Component = texts.WITHIN_LIMITS
    if one.accepted:
        accepted = html.Span(one.accepted, lang="sv")
    indicator = frame.indicator(one.indicator)
    before, now = (
        text.value(indicator, amount) if indicator else text.count(amount)
        for amount in (one.before, one.now)
    )
    return [
        codes.LOSSES.get(one.kind, one.kind),
        one.file or dataset or "",
        *_place(frame, one),
        "" if one.count is None else text.count(one.count),
        before,
        now,
        accepted,
    ]
