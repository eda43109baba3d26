"""The parts of `/underlag` about what is wrong, mended or missing."""

from collections.abc import Mapping
from functools import partial

from dash.development.base_component import Component

from app.address import SOURCES as PATH
from app.address import indicator_address, unit_address
from app.columns import Col
from app.design.components import Choice, filter_bar, link, section, table
from app.design.help import answer
from app.pages.sources import codes
from app.pages.sources.columns import ROWS
from app.pages.sources.coverage import Cell, UnitCoverage, unit_coverage
from app.pages.sources.words import (
    COLUMN,
    CORRECTIONS,
    COVERAGE,
    FILE,
    FINDINGS,
    GAP_SYMBOL,
    LOSSES,
    NOT_YET_SYMBOL,
    PERIOD,
    REASON,
    SHOW,
    UNIT,
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
    corrections,
)
from app.web import html
from app.words import language, text
from app.words.language import gettext as _
from app.words.language import lazy_gettext as _l
from kpi.vocabulary import OF_A_FILE

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
