"""`/underlag/utfall`: the units, files and rows behind one outcome."""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import NamedTuple
from urllib.parse import quote

from dash.development.base_component import Component

from app.address import (
    SOURCES,
    address,
    identifier,
    indicator_address,
    lineage_address,
    period_text,
    unit_address,
    unit_id,
)
from app.columns import Col
from app.design.components import (
    Content,
    badge,
    facts,
    heading,
    link,
    notice,
    section,
    table,
)
from app.design.visit import Visit
from app.outcome.parts import outcome_badge
from app.outcome.words import OutcomeWords, outcome_words
from app.pages.sources import codes
from app.pages.sources.lineage import words as present
from app.pages.sources.lineage.rows import View, rows_section
from app.pages.sources.lineage.words import (
    DENOMINATOR,
    FILES_BEHIND,
    NO_ROWS,
    NUMERATOR,
    OUTCOME,
    STATUS,
    UNITS_BEHIND,
    reporting_units,
)
from app.pages.sources.words import BUILD, FILE, PRODUCER, RECEIVED, UNIT
from app.queries.behind import Question, behind, dataset_of
from app.queries.definitions import value_names
from app.queries.lineage import (
    LoadSums,
    UnitSums,
    UnknownOutcome,
    load_sums,
    outcome_at,
    outcomes_at,
    sums,
    unit_sums,
)
from app.queries.outcomes import OutcomeRow
from app.queries.unknown import UnknownBuild
from app.web import html
from app.words import headings, language, text
from app.words.language import gettext as _
from app.words.language import lazy_gettext as _l
from kpi.assessment import Status
from kpi.measures import KoladaMeasure
from kpi.model import Kind
from kpi.period import Period

PATH = "/underlag/utfall"
NAME = _l("Underlag för ett utfall")
HELP = "help"


def content(visit: Visit) -> Component:
    """Return the page's main content."""
    try:
        visit = visit.in_build_chosen()
    except UnknownBuild:
        # Its indicator and unit are those of a build, so they are not known either.
        raise UnknownOutcome from None
    question, outcome = _asked(visit)
    reader, frame, params = visit.reader, visit.frame, visit.params
    rows = behind(reader, question)
    total = sums(reader, rows)
    units = unit_sums(reader, rows)
    outcomes = outcomes_at(reader, question, [unit.unit for unit in units])
    view = View(
        frame,
        value_names(reader),
        question,
        outcome,
        total,
        present.what_is_shown(question, outcome, total, units, outcomes),
        params.get("build"),
    )
    withheld = view.shown.withheld
    return html.Div(
        [
            _heading(view),
            _outcome(view),
            _how(question),
            notice(withheld) if withheld else None,
            _units(view, units, outcomes),
            _files(view, load_sums(reader, rows)),
            rows_section(reader, view, rows, params),
        ]
    )


def _asked(visit: Visit) -> tuple[Question, OutcomeRow]:
    """Return which outcome an address names, and the outcome itself.

    Raises:
        UnknownOutcome: there is none.
    """
    frame, params = visit.frame, visit.params
    indicator = frame.indicator(identifier(params.get("indicator")))
    unit = frame.units.find(unit_id(params.get("unit")))
    period = period_text(params.get("period"))
    if indicator is None or unit is None or period is None:
        raise UnknownOutcome(indicator, unit)
    question = Question(
        indicator,
        unit.unit_id,
        Period.parse(period),
        params.get("by", ""),
        params.get("by_value", ""),
        frame.units.kolada_id(unit.unit_id),
    )
    outcome = outcome_at(visit.reader, question)
    if outcome is None:
        raise UnknownOutcome(indicator, unit)
    return question, outcome


def _heading(view: View) -> Component:
    question = view.question
    parts = [view.frame.units.name(question.unit), text.period_words(question.period)]
    if question.by:
        dimension = text.DIMENSION.get(question.by, question.by)
        value = text.dimension_value(question.by, question.by_value, view.names)
        parts.append(f"{dimension}: {value}")
    sources = address(SOURCES, {"build": view.build})
    way: list[Content] = [link(headings.SOURCES, sources), NAME]
    return heading(language.of(question.indicator.name), ", ".join(parts), over=way)


def _outcome(view: View) -> Component:
    outcome, build = view.outcome, view.frame.build
    words = outcome_words(view.question.indicator, outcome, build)
    targets = " · ".join(_filled(words.target, words.national))
    return section(
        _("Utfallet"),
        facts(
            [
                (OUTCOME, f"{words.value} {words.unit}".strip()),
                (_("95 %-intervall"), words.interval),
                (NUMERATOR, _shown(outcome.numerator)),
                (_denominator(view.question), _shown(outcome.denominator)),
                (_("Mål"), targets),
                (STATUS, outcome_badge(words)),
                (
                    _("Anmärkning"),
                    " ".join(_filled(_reason(outcome, words), words.caution)),
                ),
                (
                    _("Rapporterande enheter"),
                    reporting_units(outcome.units_reporting, outcome.units_expected),
                ),
                (
                    BUILD,
                    f"{build.build_id}, {text.moment(build.built_at)} UTC",
                ),
            ]
        ),
        html.P(link(_("Till raderna"), "#rader")),
    )


def _reason(outcome: OutcomeRow, words: OutcomeWords) -> str:
    """Return the reason in words, unless it says no more than the status."""
    is_said = outcome.reason == outcome.status and outcome.status != Status.TOO_FEW
    return "" if is_said else words.reason


def _denominator(question: Question) -> str:
    is_rank = question.indicator.kind is Kind.RANK
    return _("Antal regioner") if is_rank else DENOMINATOR


def _shown(count: float | None) -> str:
    return "" if count is None else text.count(count)


def _filled(*words: str) -> list[str]:
    return [str(word) for word in words if word]


def _how(question: Question) -> Component:
    indicator = question.indicator
    dataset = dataset_of(indicator, question.by)
    href = indicator_address(indicator.id, question.unit, str(question.period))
    return section(
        _("Så här räknas det"),
        facts(
            [
                (NUMERATOR, language.of(indicator.numerator)),
                (
                    DENOMINATOR,
                    language.of(indicator.denominator) if indicator.denominator else "",
                ),
                (_("Beräkning"), present.formula(indicator)),
                (
                    _("Datamängd"),
                    codes.DATASET.get(dataset, dataset) if dataset else "",
                ),
                (
                    _("Visas från"),
                    _("{count} fall").format(
                        count=text.count(indicator.minimum_denominator)
                    )
                    if indicator.minimum_denominator > 1
                    else "",
                ),
            ]
        ),
        html.P(_("Placeringen räknas på alla regioners värden i Kolada samma år."))
        if indicator.kind is Kind.RANK
        else None,
        html.P(link(_("Hela definitionen"), href)),
    )


def _is_public(question: Question) -> bool:
    return isinstance(question.indicator.measure, KoladaMeasure)


def _units(
    view: View, units: Sequence[UnitSums], outcomes: Sequence[OutcomeRow]
) -> Component | None:
    if view.shown.withheld or not units or _is_public(view.question):
        return None
    of_unit = {outcome.unit: outcome for outcome in outcomes}
    columns = (
        Col(UNIT, "name", is_heading=True),
        Col(NUMERATOR, "numerator", is_number=True),
        Col(DENOMINATOR, "denominator", is_number=True),
        Col(OUTCOME, "value", is_number=True),
        Col(STATUS, "status"),
    )
    rows = [_unit_row(view, unit, of_unit) for unit in units]
    hidden = _(
        "En enhet med färre än {minimum} fall visas inte. För att den inte ska gå att "
        "räkna ut ur summan döljs även den minsta enheten bredvid, så att minst två är "
        "dolda och tillsammans har minst {minimum} fall."
    ).format(minimum=text.count(view.question.indicator.minimum_denominator))
    return section(
        UNITS_BEHIND,
        table(UNITS_BEHIND, columns, rows),
        html.P(hidden, className="muted") if view.shown.hidden_units else None,
    )


class _UnitCells(NamedTuple):
    """A unit as a row."""

    name: Component
    numerator: str
    denominator: str
    value: str | Component
    status: str | Component


def _unit_row(
    view: View, sums: UnitSums, of_unit: Mapping[str, OutcomeRow]
) -> _UnitCells:
    question = view.question
    is_hidden = sums.unit in view.shown.hidden_units
    name = link(
        view.frame.units.name(sums.unit), unit_address(sums.unit, str(question.period))
    )
    amounts = present.amounts(question.indicator, sums.sums, is_hidden)
    outcome = of_unit.get(sums.unit)
    if outcome is None:
        return _UnitCells(name, *amounts, text.NO_VALUE, "")
    words = outcome_words(question.indicator, outcome, view.frame.build)
    href = lineage_address(
        question.indicator.id,
        sums.unit,
        str(question.period),
        question.by,
        question.by_value,
    )
    if view.build:
        href = f"{href}&build={quote(view.build)}"
    is_shown = words.value != text.NO_VALUE and not is_hidden
    value = link(words.value, href) if is_shown else text.NO_VALUE
    return _UnitCells(name, *amounts, value, badge(Status(outcome.status)))


def _files(view: View, files: Sequence[LoadSums]) -> Component:
    indicator, shown = view.question.indicator, view.shown
    if not files:
        return section(FILES_BEHIND, html.P(NO_ROWS))

    def file(load: LoadSums) -> Component:
        href = address(SOURCES, {"load": load.load_id, "build": view.build})
        return link(load.file, f"{href}#filer")

    def amount(at: int, load: LoadSums) -> str:
        is_few = present.load_is_few(indicator, load, view.total)
        return present.amounts(indicator, load.sums, is_few)[at]

    shows_sums = not (shown.withheld or _is_public(view.question))
    sums = (
        Col(NUMERATOR, partial(amount, 0), is_number=True),
        Col(DENOMINATOR, partial(amount, 1), is_number=True),
    )
    columns = (
        Col(FILE, file, is_heading=True),
        Col(PRODUCER, "producer"),
        Col(RECEIVED, lambda load: text.moment(load.received_at)),
        *(sums if shows_sums else ()),
    )
    return section(FILES_BEHIND, table(FILES_BEHIND, columns, files))
