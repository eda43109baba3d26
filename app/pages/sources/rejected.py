"""Rejected rows, to be mended by those who gave them: on the page, and as files."""

from collections.abc import Mapping

from dash.development.base_component import Component

from app.address import SOURCES as PATH
from app.address import address
from app.api.answer import Address, Answer, Book, Download, Listed
from app.api.faults import RequestFault
from app.api.named import chosen_build
from app.api.parameters import LIMIT, OF_LISTS, OFFSET, Given, Parameter, one_of
from app.api.workbook import AS_COUNT, MOST_ROWS, build_facts, workbook
from app.columns import BUILD, Col, in_answer, perhaps
from app.columns import integer as whole_number
from app.columns import text as words_of
from app.design.components import link, section, table
from app.design.paging import PAGE_SIZE, page, pager
from app.pages.sources import codes
from app.pages.sources.columns import DATASET, FILES, ROWS
from app.pages.sources.words import (
    COLUMN,
    FILE,
    NO_REJECTIONS,
    PRODUCER,
    REASON,
    REJECTIONS,
    ROW,
    VALUE,
)
from app.queries.frame import Frame
from app.queries.reader import Reader
from app.queries.rejected import (
    ProducerCount,
    ReasonCount,
    Rejected,
    RejectionRow,
    rejecting_producers,
    rejection_count,
    rejection_reasons,
    rejections,
    unplaced_rows,
)
from app.web import html
from app.words import charts, downloads, text
from app.words.language import gettext as _
from app.words.language import lazy_gettext as _l
from app.words.language import ngettext
from kpi.vocabulary import DatasetName, Rejection

_LIST = "list"
_FILTERS = ("build", "load", "dataset", "reason", "producer", _LIST)


_SEND_BACK = _l("Att skicka tillbaka till den som levererade")
_LONGEST_NAME = 200


def _name(written: str) -> str:
    name = written.strip()
    if not 0 < len(name) <= _LONGEST_NAME:
        raise ValueError(written)
    return name


def _list_address(params: Mapping[str, str | None]) -> str:
    return f"{address(PATH, params)}#lista"


def _shown_value(rejection: RejectionRow) -> str:
    if rejection.column_name is None:
        return text.NO_VALUE
    return _value(rejection) or _("tomt")


def _value(rejection: RejectionRow) -> str | None:
    if rejection.value is None and rejection.is_personal:
        return _("Visas inte: uppgiften gäller en person.")
    return rejection.value


def _reason(rejection: RejectionRow) -> str:
    return str(codes.REJECTED_FOR.get(rejection.reason, rejection.reason))


def _shown_reason(rejection: RejectionRow) -> Component:
    reason = [html.Span(_reason(rejection))]
    if rejection.message:
        # As the log of the build has it, so that the two can be compared.
        reason.append(html.Span(f" {rejection.message}", lang="en", className="below"))
    return html.Div(reason, className="stacked")


COLUMNS = (
    words_of("dataset", "Of source rows.", DatasetName),
    words_of("producer", "Folder of the file."),
    Col(
        FILE,
        "file",
        is_heading=True,
        fields=words_of("file", "The file, and the sheet where several were read."),
        cell="file",
        width=34,
    ),
    Col(
        ROW,
        lambda rejection: str(rejection.row_number),
        is_number=True,
        fields=whole_number("row", "Its number in the file, from 1.", "row_number"),
        cell="row_number",
        form=AS_COUNT,
        width=8,
    ),
    Col(
        COLUMN,
        lambda rejection: rejection.column_in_file or _("hela raden"),
        fields=perhaps(
            "column",
            "The column as the file calls it; null for the row.",
            read="column_in_file",
        ),
        cell=lambda rejection: rejection.column_in_file or _("hela raden"),
        width=22,
    ),
    Col(
        VALUE,
        _shown_value,
        fields=perhaps("value", "As it stands there; null if it is about a person."),
        cell=_value,
        width=22,
    ),
    Col(
        REASON,
        _shown_reason,
        fields=words_of("reason", "Why the row was rejected.", Rejection),
        cell=_reason,
        width=34,
    ),
    Col(
        _l("Väntat"),
        fields=perhaps(
            "message",
            "What was found and what was expected, in English, as the log has it; null "
            "if it tells of a person.",
        ),
        cell="message",
        width=80,
    ),
    BUILD,
)
"""Of rejected rows: the page says what was expected under the reason."""

DATASET_OF_ROWS = one_of("dataset", "Only rows of this dataset.", DatasetName)
REASON_OF_ROWS = one_of("reason", "Only rows rejected for this reason.", Rejection)
PRODUCER_OF_ROWS = Parameter(
    "producer",
    "Only rows of this producer, the folder of its files.",
    _l("namnet på en källa, högst 200 tecken"),
    _name,
    {"type": "string", "maxLength": 200},
)
OF_REJECTIONS = (DATASET_OF_ROWS, REASON_OF_ROWS, PRODUCER_OF_ROWS, *OF_LISTS)


def _wanted(given: Given) -> Rejected:
    return Rejected(given["dataset"], given["reason"], None, given["producer"])


def answer_rejections(reader: Reader, given: Given) -> Answer:
    """Return the rejected rows asked for."""
    reader = chosen_build(reader, given["build"])
    rows = rejections(
        reader, _wanted(given), first=given["offset"] or 0, most=given["limit"]
    )
    return Answer(reader.build, {"rejections": rows})


def rejections_workbook(reader: Reader, given: Given) -> Book:
    """Return the rejected rows asked for as a file.

    Raises:
        RequestFault: they are more than a file holds.
    """
    reader = chosen_build(reader, given["build"])
    which = _wanted(given)
    number = rejection_count(reader, which)
    if number > MOST_ROWS:
        expected = _(
            "högst {number} rader i en arbetsbok: välj en källa eller ett skäl, eller "
            "hämta CSV"
        ).format(number=MOST_ROWS)
        raise RequestFault("producer", str(number), expected)
    params = {name: given[name] for name in ("dataset", "reason", "producer")}
    about = [
        (PRODUCER, which.producer or downloads.ALL),
        (downloads.ROWS, text.count(number)),
        (_("Adress till samma vy"), _list_address({**params, _LIST: "1"})),
        *build_facts(reader.build),
    ]
    rows = rejections(reader, which)
    title = str(REJECTIONS)
    return workbook(reader.build, "rejections", title, COLUMNS, rows, about)


ROWS_REJECTED = Address(
    "rejections",
    "Rows of the source files that became no facts, and why.",
    (*OF_REJECTIONS, LIMIT, OFFSET),
    answer_rejections,
    lists=(Listed("rejections", "Rejection", in_answer(COLUMNS)),),
    has_csv=True,
)
REJECTIONS_FILE = Download(
    "rejections",
    "Rejected rows as an Excel file, to send back to whoever gave them.",
    OF_REJECTIONS,
    rejections_workbook,
)


def rejections_section(
    reader: Reader, frame: Frame, params: Mapping[str, str]
) -> Component:
    """Return why rows were rejected, and the rows themselves if asked for."""
    counted = rejection_reasons(reader)
    if not counted:
        return section(REJECTIONS, html.P(NO_REJECTIONS), id="avvisade")
    carried = {"build": params.get("build")}

    def reason(reason_count: ReasonCount) -> Component:
        place = {"dataset": reason_count.dataset, "reason": reason_count.reason}
        words = codes.REJECTED_FOR.get(reason_count.reason, reason_count.reason)
        return link(words, _list_address({**carried, **place, _LIST: "1"}))

    columns = (
        Col(REASON, reason, is_heading=True),
        DATASET,
        FILES,
        ROWS,
    )
    every = _list_address({**carried, _LIST: "1"})
    is_listed = any(params.get(name) for name in (_LIST, "reason", "load", "producer"))
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
        html.H3(_SEND_BACK),
        table(_SEND_BACK, _producers(params), rejecting_producers(reader)),
        _rejected_rows(reader, frame, params) if is_listed else None,
        id="avvisade",
    )


def _rejected_rows(
    reader: Reader, frame: Frame, params: Mapping[str, str]
) -> Component | None:
    which = Rejected(
        params.get("dataset"),
        params.get("reason"),
        params.get("load"),
        params.get("producer"),
    )
    count = rejection_count(reader, which)
    if not count:
        return html.P(NO_REJECTIONS, id="lista")
    at = page(params.get("page"), count)
    rejected = list(rejections(reader, which, first=at.first, most=PAGE_SIZE))
    carried = {name: params[name] for name in _FILTERS if params.get(name)}
    return html.Div(
        [
            table(REJECTIONS, COLUMNS, rejected),
            pager(at, PATH, carried, "lista"),
        ],
        id="lista",
    )


def _producers(params: Mapping[str, str]) -> tuple[Col, ...]:
    """Return the columns of the table of producers: how many, and their files."""

    def of(producer: ProducerCount) -> dict[str, str | None]:
        return {"producer": producer.producer, "build": params.get("build")}

    def files(producer: ProducerCount) -> Component:
        kinds = (
            (charts.CSV, ROWS_REJECTED.paths[-1]),
            (charts.XLSX, REJECTIONS_FILE.path),
        )
        return html.Span(
            [
                part
                for words, path in kinds
                for part in (
                    html.A(
                        words,
                        href=address(path, of(producer)),
                        download=f"rejections.{path.rpartition('.')[2]}",
                        **{"aria-label": f"{producer.producer}: {words}"},
                    ),
                    " ",
                )
            ]
        )

    def listed(producer: ProducerCount) -> Component:
        return link(producer.producer, _list_address(of(producer)))

    return (
        Col(PRODUCER, listed, is_heading=True),
        FILES,
        ROWS,
        Col(_l("Hämta"), files),
    )
