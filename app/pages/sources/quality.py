"""The parts of `/underlag` about what is wrong, mended or missing."""

from collections.abc import Mapping
from functools import partial

from dash.development.base_component import Component

from app.address import address, indicator_address, unit_address
from app.columns import Col
from app.design.components import Choice, filter_bar, link, section, table
from app.design.help import answer
from app.design.paging import PAGE_SIZE, page, pager
from app.pages.sources import codes
from app.pages.sources.columns import DATASET, FILES, ROWS
from app.pages.sources.coverage import Cell, UnitCoverage, unit_coverage
from app.pages.sources.words import (
    COLUMN,
    CORRECTIONS,
    COVERAGE,
    FILE,
    FINDINGS,
    GAP_SYMBOL,
    LOSSES,
    NO_REJECTIONS,
    NOT_YET_SYMBOL,
    PERIOD,
    REASON,
    REJECTIONS,
    ROW,
    SHOW,
    UNIT,
    VALUE,
)
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
    ReasonCount,
    Rejected,
    RejectionRow,
    corrections,
    rejection_count,
    rejection_reasons,
    rejections,
    unplaced_rows,
)
from app.web import html
from app.words import language, text
from app.words.language import gettext as _
from app.words.language import lazy_gettext as _l
from app.words.language import ngettext
from kpi.vocabulary import OF_A_FILE

PATH = "/underlag"
_LIST = "list"
_FILTERS = ("build", "load", "dataset", "reason", _LIST)


def rejections_section(
    reader: Reader, frame: Frame, params: Mapping[str, str]
) -> Component:
    """Return why rows were rejected, and the rows themselves if asked for."""
    counted = rejection_reasons(reader)
    if not counted:
        return section(REJECTIONS, html.P(NO_REJECTIONS), id="avvisade")
    carried = {"build": params.get("build")}

    def reason(reason_count: ReasonCount) -> Component:
        wanted = {
            **carried,
            "dataset": reason_count.dataset,
            "reason": reason_count.reason,
            _LIST: "1",
        }
        words = codes.REJECTED_FOR.get(reason_count.reason, reason_count.reason)
        return link(words, f"{address(PATH, wanted)}#lista")

    columns = (
        Col(REASON, reason, is_heading=True),
        DATASET,
        FILES,
        ROWS,
    )
    every = f"{address(PATH, {**carried, _LIST: '1'})}#lista"
    is_listed = any(params.get(name) for name in (_LIST, "reason", "load"))
    return section(
        REJECTIONS,
        html.P(
            _("En rad som inte går att räkna avvisas med ett skäl. Ingen rad tappas.")
        ),
        *(
            html.P(
                ngettext(
                    "{dataset}: {number} avvisad rad kan inte hänföras till en enhet, "
                    "period och mätning.",
                    "{dataset}: {number} avvisade rader kan inte hänföras till en "
                    "enhet, period och mätning.",
                    count,
                ).format(dataset=str(codes.DATASET[dataset]), number=text.count(count))
            )
            for dataset, count in unplaced_rows(reader).items()
        ),
        table(REJECTIONS, columns, counted),
        html.P(link(_("Visa alla avvisade rader"), every)),
        _rejected_rows(reader, frame, params) if is_listed else None,
        id="avvisade",
    )


def _rejected_rows(
    reader: Reader, frame: Frame, params: Mapping[str, str]
) -> Component | None:
    which = Rejected(params.get("dataset"), params.get("reason"), params.get("load"))
    count = rejection_count(reader, which)
    if not count:
        return html.P(NO_REJECTIONS, id="lista")
    at = page(params.get("page"), count)
    rejected = rejections(reader, which, first=at.first, most=PAGE_SIZE)
    carried = {name: params[name] for name in _FILTERS if params.get(name)}
    words = REJECTIONS
    return html.Div(
        [
            table(words, _REJECTED, rejected),
            pager(at, PATH, carried, "lista"),
        ],
        id="lista",
    )


def _rejected_value(rejection: RejectionRow) -> str:
    if rejection.column_name is None:
        return text.NO_VALUE
    if rejection.value is None and rejection.is_personal:
        return _("Visas inte: uppgiften gäller en person.")
    return rejection.value or _("tomt")


def _rejected_for(rejection: RejectionRow) -> Component:
    reason = [html.Span(codes.REJECTED_FOR.get(rejection.reason, rejection.reason))]
    if rejection.message:
        # As the log of the build has it, so that the two can be compared.
        reason.append(html.Span(f" {rejection.message}", lang="en", className="below"))
    return html.Div(reason, className="stacked")


_REJECTED = (
    Col(FILE, "file", is_heading=True),
    Col(ROW, lambda rejection: str(rejection.row_number), is_number=True),
    Col(COLUMN, lambda rejection: rejection.column_name or _("hela raden")),
    Col(VALUE, _rejected_value),
    Col(REASON, _rejected_for),
)


_CORRECTIONS = (
    Col(_l("Rättelse"), "correction_id", is_heading=True),
    Col(FILE, "file"),
    Col(COLUMN, "column_name"),
    Col(_l("Stod"), lambda correction: correction.found or text.NO_VALUE),
    Col(_l("Rättat till"), lambda correction: correction.corrected or text.NO_VALUE),
    ROWS,
    Col(REASON, lambda correction: html.Span(correction.reason, lang="sv")),
    Col(_l("Meddelat"), lambda correction: html.Span(correction.told, lang="sv")),
)


def corrections_section(reader: Reader, frame: Frame) -> Component:
    """Return the declared corrections that were applied."""
    correction_rows = corrections(reader)
    if not correction_rows:
        return section(
            CORRECTIONS,
            html.P(_("Inga rättelser har gjorts.")),
            id="rattelser",
        )
    return section(
        CORRECTIONS,
        html.P(_("Kända fel i källan som har rättats vid inläsningen.")),
        table(CORRECTIONS, _CORRECTIONS, correction_rows),
        id="rattelser",
    )


def coverage_section(
    reader: Reader, frame: Frame, params: Mapping[str, str]
) -> Component:
    """Return units by quarters for one dataset."""
    datasets = covered_datasets(reader)
    if not datasets:
        words = html.P(_("Inga enheter har rapporterat till datamängden."))
        return section(COVERAGE, words, id="tackning")
    wanted = params.get("dataset")
    default = "svf_fall" if "svf_fall" in datasets else datasets[0]
    dataset = wanted if wanted and wanted in datasets else default
    quarters = frame.build.quarters()
    units = [each.unit_id for each in frame.units]
    rows = coverage(reader, dataset)
    unit_coverages = unit_coverage(dataset, quarters, units, rows)

    def unit(row: UnitCoverage) -> Component:
        return link(frame.units.name(row.unit), unit_address(row.unit))

    columns = [Col(UNIT, unit, is_heading=True)]
    columns += [
        Col(text.period_words(period), partial(_coverage_cell, at), is_number=True)
        for at, period in enumerate(quarters)
    ]
    caption = _("Antal rader per enhet och kvartal: {dataset}").format(
        dataset=codes.DATASET.get(dataset, dataset)
    )
    options = [(each, codes.DATASET.get(each, each)) for each in datasets]
    carried = {"build": params["build"]} if params.get("build") else {}
    return section(
        COVERAGE,
        # No paragraph, for help holds paragraphs.
        html.Div(
            [
                _(
                    "Antal rader per enhet och kvartal. Ett uppehåll har data både "
                    "före och efter."
                )
                + " ",
                answer("coverage"),
            ],
            style={"margin": "0 0 1rem"},
        ),
        filter_bar(
            f"{PATH}#tackning",
            [Choice("dataset", _("Datamängd"), options, dataset)],
            SHOW,
            carried,
        ),
        html.P(
            _(
                "{gap} saknas: uppehåll mellan två kvartal med data. {not_yet} ej "
                "rapporterat: före den första eller efter den senaste rapporten."
            ).format(gap=GAP_SYMBOL, not_yet=NOT_YET_SYMBOL),
            className="muted",
        ),
        table(caption, columns, unit_coverages, reflows=False, shows_caption=True),
        id="tackning",
    )


def _coverage_cell(at: int, row: UnitCoverage) -> str | Component:
    match cell := row.cells[at]:
        case Cell.GAP:
            words = f"{GAP_SYMBOL} " + _("saknas")
            return html.Span(words, className="badge badge-not_met")
        case Cell.NOTHING:
            return html.Span(
                [
                    html.Span(NOT_YET_SYMBOL, **{"aria-hidden": "true"}),
                    html.Span(_("ej rapporterat"), className="visually-hidden"),
                ],
                # Else the hidden words count for the width of the whole page.
                style={"position": "relative"},
            )
        case _:
            return text.count(cell)


_COUNT = Col(
    _l("Antal"),
    lambda row: "" if row.count is None else text.count(row.count),
    is_number=True,
)


def findings_section(reader: Reader, frame: Frame) -> Component:
    """Return what the checks noticed without stopping the build."""
    noticed = findings(reader)
    if not noticed:
        words = html.P(_("Kontrollerna har inget att anmärka på."))
        return section(FINDINGS, words, id="kontroller")
    columns = (
        Col(_("Kontroll"), _check, is_heading=True),
        *_place(frame),
        _COUNT,
    )
    return section(
        FINDINGS,
        html.P(
            _("Sådant som är värt att känna till, men som inte hindrar publicering.")
        ),
        table(FINDINGS, columns, noticed),
        id="kontroller",
    )


def _check(finding: FindingRow) -> str | Component:
    subject, colon, __ = finding.message.partition(":")
    known = codes.CHECKS.get(finding.check)
    if not known:
        # A check without words of its own speaks as in the log of the build.
        return html.Span(finding.message, lang="en")
    if finding.check in OF_A_FILE:
        # As the log of the build has it, so that the two can be compared.
        log = html.Span(f" {finding.message}", lang="en", className="below")
        return html.Div([html.Span(known), log], className="stacked")
    return f"{known} ({codes.DATASET.get(subject, subject)})" if colon else known


def _place(frame: Frame) -> tuple[Col, ...]:
    """Return columns of the indicator, the unit and the period, empty for none."""

    def indicator(row: FindingRow | LossRow) -> str | Component:
        defined = frame.indicator(row.indicator)
        if defined is None:
            return row.indicator or ""
        return link(language.of(defined.name), indicator_address(defined.id))

    def unit(row: FindingRow | LossRow) -> str | Component:
        if not row.unit:
            return ""
        return link(frame.units.name(row.unit), unit_address(row.unit))

    return (
        Col(_("Indikator"), indicator),
        Col(UNIT, unit),
        Col(PERIOD, lambda row: text.period(row.period) if row.period else ""),
    )


def losses_section(reader: Reader, frame: Frame) -> Component:
    """Return what there was more of in the build before, and why that was accepted."""
    lost = losses(reader)
    if not lost:
        return section(
            LOSSES,
            html.P(_("Inget har gått förlorat sedan bygget före.")),
            id="forra",
        )

    def amount(loss: LossRow, amount: float | None) -> str:
        indicator = frame.indicator(loss.indicator)
        return text.value(indicator, amount) if indicator else text.count(amount)

    columns = (
        Col(
            _("Vad"),
            lambda loss: codes.LOSSES.get(loss.kind, loss.kind),
            is_heading=True,
        ),
        Col(_("Var"), _where),
        *_place(frame),
        _COUNT,
        Col(_("Före"), lambda loss: amount(loss, loss.before), is_number=True),
        Col(_("Efter"), lambda loss: amount(loss, loss.now), is_number=True),
        Col(_("Publicerat ändå, för att"), _accepted),
    )
    return section(
        LOSSES,
        html.P(
            _(
                "Här står vad som har blivit mindre eller ändrats sedan bygget före. "
                "Ett bygge som tappar mer än gränserna tillåter publiceras bara om "
                "någon anger varför."
            )
        ),
        table(LOSSES, columns, lost),
        id="forra",
    )


def _where(loss: LossRow) -> str:
    return loss.file or codes.DATASET.get(loss.dataset or "", loss.dataset) or ""


def _accepted(loss: LossRow) -> str | Component:
    if loss.accepted:
        return html.Span(loss.accepted, lang="sv")
    return _("inom gränserna")
