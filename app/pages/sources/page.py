"""`/underlag`: the files the figures rest on, and what is wrong or missing in them."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial

from dash.development.base_component import Component

from app.address import SOURCES, address
from app.columns import Col
from app.design.components import (
    Choice,
    facts,
    filter_bar,
    heading,
    link,
    links,
    mark,
    notice,
    section,
    table,
)
from app.design.visit import Visit
from app.outcome.parts import stacked
from app.pages.sources import answer
from app.pages.sources.columns import DATASET, FACTS, FILES, ROWS
from app.pages.sources.find import (
    expected_from,
    fewest,
    is_as_expected,
    months_between,
)
from app.pages.sources.handing_in import TEMPLATE_FILE, handing_in_section
from app.pages.sources.maxima import MISSING, PLACE, maxima_section
from app.pages.sources.quality import (
    corrections_section,
    coverage_section,
    findings_section,
    losses_section,
)
from app.pages.sources.rejected import (
    REJECTIONS_FILE,
    ROWS_REJECTED,
    rejections_section,
)
from app.pages.sources.words import (
    BUILD,
    BUILDS,
    CORRECTIONS,
    COVERAGE,
    FILE,
    FINDINGS,
    FRESHNESS,
    HANDING_IN,
    LOADS,
    LOSSES,
    MISSING_MAXIMA,
    PERIOD,
    PRODUCER,
    RECEIVED,
    REJECTIONS,
    ROWS_LABEL,
    SHOW,
    as_new,
)
from app.queries.builds import Build
from app.queries.frame import Frame
from app.queries.loads import (
    CarriedRow,
    FreshnessRow,
    LoadRow,
    carried,
    freshness,
    loads,
    superseded_counts,
)
from app.queries.reader import Reader, builds
from app.web import html
from app.words import headings, text
from app.words.language import gettext as _
from app.words.language import ngettext
from kpi.datasets import DATASETS

PATH = SOURCES
NAME = headings.SOURCES
HELP = "help"
ANSWERS = (answer.BUILDS, answer.LOSSES, answer.FINDINGS, MISSING, ROWS_REJECTED)
DOWNLOADS = (REJECTIONS_FILE, TEMPLATE_FILE)
_BREAKS_ANYWHERE = {"overflowWrap": "anywhere"}

_PLACES = (
    (FRESHNESS, "farskhet"),
    (LOADS, "filer"),
    (REJECTIONS, "avvisade"),
    (CORRECTIONS, "rattelser"),
    (COVERAGE, "tackning"),
    (MISSING_MAXIMA, PLACE),
    (FINDINGS, "kontroller"),
    (LOSSES, "forra"),
    (HANDING_IN, "lamna"),
    (BUILDS, "byggen"),
)


def content(visit: Visit) -> Component:
    """Return the page's main content."""
    visit = visit.in_build_chosen()
    reader, frame, params = visit.reader, visit.frame, visit.params
    every = builds(reader)
    dataset = params.get("dataset")
    is_unknown = dataset is not None and dataset not in DATASETS
    handing_in = handing_in_section(reader)
    if is_unknown:
        params = {name: value for name, value in params.items() if name != "dataset"}
    return html.Div(
        [
            heading(
                headings.SOURCES,
                _(
                    "Varje siffra kommer från rader i filer. Här ser du vilka filer "
                    "som har lästs in, vad som har avvisats och var det saknas data."
                ),
            ),
            _build_choice(every, frame.build),
            notice(_("Datamängden finns inte. Alla visas.")) if is_unknown else None,
            html.Nav(
                links(
                    (words, f"#{place}")
                    for words, place in _PLACES
                    if handing_in or words is not HANDING_IN
                ),
                **{"aria-label": headings.ON_THIS_PAGE},
            ),
            _freshness(reader, frame),
            _loads(reader, frame, params),
            rejections_section(reader, frame, params),
            corrections_section(reader, frame),
            coverage_section(reader, frame, params),
            maxima_section(reader, frame),
            findings_section(reader, frame),
            losses_section(reader, frame),
            handing_in,
            _builds(every, frame.build),
        ]
    )


def _build_choice(every: list[Build], chosen: Build) -> Component:
    newest = _("senaste")
    options = [
        (
            build.build_id,
            text.moment(build.built_at)
            + (f" ({newest}), " if build is every[0] else ", ")
            + build.build_id,
        )
        for build in every
    ]
    choice = Choice("build", BUILD, options, chosen.build_id)
    return filter_bar(PATH, [choice], SHOW)


def _freshness(reader: Reader, frame: Frame) -> Component:
    between = months_between(frame.definitions.indicators)
    reach = frame.build.latest_quarter().last
    columns = (
        replace(DATASET, is_heading=True),
        Col(
            _("Så ny som väntat?"),
            lambda freshness: _as_expected(
                freshness, between.get(freshness.dataset), reach
            ),
            hint=_(
                "Om uppgifterna når den senaste period som är slut, av den kortaste "
                "längd som något mått ur datamängden mäts med."
            ),
        ),
        Col(
            _("Senaste fil (UTC)"), lambda freshness: text.moment(freshness.received_at)
        ),
        Col(_("Från"), lambda freshness: text.day(freshness.first_day)),
        Col(_("Till"), lambda freshness: text.day(freshness.last_day)),
        FILES,
        FACTS,
    )
    freshness_rows = freshness(reader)
    words = FRESHNESS
    return section(
        words,
        html.P(_told(freshness_rows, between, reach)),
        table(words, columns, freshness_rows),
        id="farskhet",
    )


def _told(
    freshness_rows: Sequence[FreshnessRow], between: Mapping[str, int], reach: int
) -> str | None:
    judged = [
        is_as_expected(freshness_row.last_day, reach, between[freshness_row.dataset])
        for freshness_row in freshness_rows
        if freshness_row.last_day and freshness_row.dataset in between
    ]
    return as_new(judged.count(False), len(judged)) if judged else None


def _as_expected(
    freshness_row: FreshnessRow, months: int | None, reach: int
) -> str | Component:
    if months is None or freshness_row.last_day is None:
        return _("bedöms inte")
    if is_as_expected(freshness_row.last_day, reach, months):
        return mark("badge-met", "✓", _("Som väntat"))
    since = _("väntat: {month} eller senare").format(
        month=text.month(expected_from(reach, months))
    )
    return stacked(mark("badge-near", "!", _("Äldre än väntat")), since)


def _loads(reader: Reader, frame: Frame, params: Mapping[str, str]) -> Component:
    every_load = loads(reader)
    if not every_load:
        return section(LOADS, html.P(_("Inga filer har lästs in.")), id="filer")
    replaced = superseded_counts(reader)
    build = params.get("build")
    columns = [
        Col(FILE, partial(_file, build), is_heading=True),
        DATASET,
        Col(RECEIVED, lambda load: _unbroken(text.moment(load.received_at))),
        Col(PERIOD, _days),
        ROWS,
        FACTS,
        Col(_("Avvisade"), partial(_rejected, build), is_number=True),
    ]
    if replaced:
        columns.append(
            Col(
                _("Ersatta"),
                lambda load: text.count(replaced.get(load.load_id, 0)),
                is_number=True,
            )
        )
    chosen = [load for load in every_load if load.load_id == params.get("load")]
    return section(
        LOADS,
        html.P(
            [
                ngettext(
                    "{rejected} av {rows} rader i {files} fil är avvisade.",
                    "{rejected} av {rows} rader i {files} filer är avvisade.",
                    len(every_load),
                ).format(
                    rejected=text.number(sum(load.rejections for load in every_load)),
                    rows=text.number(sum(load.rows for load in every_load)),
                    files=len(every_load),
                ),
                " ",
                _("Godkända och avvisade rader är tillsammans alla rader i filen."),
            ]
        ),
        html.P(_("Ersatta rader finns också i en nyare fil och räknas därifrån."))
        if replaced
        else None,
        *(_one_load(load) for load in chosen),
        table(LOADS, columns, every_load),
        _carried(reader, frame),
        id="filer",
    )


def _carried(reader: Reader, frame: Frame) -> Component | None:
    """Return which rows count for another unit than the one they name."""
    carried_rows = carried(reader)
    if not carried_rows:
        return None
    name = frame.units.name
    columns = [
        Col(FILE, "file", is_heading=True),
        Col(
            _("Enhet i filen"),
            lambda carried: stacked(name(carried.unit), carried.unit),
        ),
        Col(
            _("Räknas för"),
            lambda carried: stacked(name(carried.successor), carried.successor),
        ),
        Col(ROWS_LABEL, partial(_rows_carried, frame), is_number=True),
    ]
    words = _("Rader som räknas för en efterträdare")
    return html.Div(
        [
            html.H3(words),
            html.P(
                _(
                    "Raderna är daterade efter det att enheten har upphört. De räknas "
                    "för den enhet som enligt enhetsregistret har tagit över."
                )
            ),
            table(words, columns, carried_rows),
        ]
    )


def _rows_carried(frame: Frame, carried_row: CarriedRow) -> str:
    """Return how many rows, but for few where each is a patient's."""
    if not DATASETS[carried_row.dataset].is_counted and carried_row.rows < fewest(
        frame.definitions.indicators, carried_row.dataset
    ):
        return _("några")
    return text.count(carried_row.rows)


def _file(build: str | None, load: LoadRow) -> Component:
    return link(load.file, f"{_load_address(build, load)}#filer")


def _rejected(build: str | None, load: LoadRow) -> str | Component:
    rejected = text.count(load.rejections)
    if not load.rejections:
        return rejected
    return link(rejected, f"{_load_address(build, load)}#avvisade")


def _load_address(build: str | None, load: LoadRow) -> str:
    return address(PATH, {"build": build, "load": load.load_id})


def _days(load: LoadRow) -> str | Component:
    if load.first_day is None and load.last_day is None:
        return text.NO_VALUE
    first, last = text.day(load.first_day), text.day(load.last_day)
    # May break between the days, not within them.
    return html.Span([_unbroken(f"{first} {text.DASH}"), " ", _unbroken(last)])


def _unbroken(words: str) -> Component:
    return html.Span(words, className="nowrap")


def _one_load(load: LoadRow) -> Component:
    return html.Div(
        [
            html.H3(load.file),
            facts(
                [
                    (PRODUCER, load.producer),
                    (RECEIVED, text.moment(load.received_at)),
                    (
                        _("Storlek"),
                        f"{text.count(-(-load.bytes // 1000))}{text.NO_BREAK}kB",
                    ),
                    (_("Teckenkodning"), load.encoding),
                    (_("Kolumner som inte används"), load.extra_columns or _("Inga")),
                    (
                        _("Kontrollsumma"),
                        html.Code(load.sha256, style=_BREAKS_ANYWHERE),
                    ),
                ]
            ),
        ]
    )


def _builds(every: list[Build], shown: Build) -> Component:
    def show(build: Build) -> str | Component:
        if build.build_id == shown.build_id:
            return _("visas nu")
        return link(SHOW, address(PATH, {"build": build.build_id}))

    columns = (
        Col(BUILD, "build_id", is_heading=True),
        Col(_("Skapat (UTC)"), lambda build: text.moment(build.built_at)),
        Col(_("Räknat till och med"), lambda build: text.day(build.as_of)),
        Col(_("Data till och med"), _through),
        Col(SHOW, show),
    )
    return section(
        BUILDS,
        html.P(
            _(
                "Ett bygge är alla utfall räknade vid ett tillfälle. Tidigare byggen "
                "finns kvar, så att det som har visats går att följa upp."
            )
        ),
        table(BUILDS, columns, every),
        id="byggen",
    )


def _through(build: Build) -> str:
    return text.NO_VALUE if build.last_month is None else text.month(build.last_month)
