"""How those who count by hand hand in figures: the way, and the templates for it."""

from dataclasses import replace
from http import HTTPStatus

from dash.development.base_component import Component

from app.address import address
from app.api.answer import Book, Download
from app.api.faults import RequestFault
from app.api.parameters import Given, one_of
from app.columns import Col
from app.design.components import section, table
from app.pages.sources import codes
from app.pages.sources.words import HANDING_IN
from app.queries.reader import Reader
from app.queries.templates import template_of, templates
from app.web import html
from app.words.language import gettext as _
from app.words.language import lazy_gettext as _l
from kpi.vocabulary import DatasetName

_WITH_TEMPLATE = [name for name in DatasetName if name is not DatasetName.BHK_ITEMS]
_DATASET = one_of("dataset", "Whose rows it is for; required.", _WITH_TEMPLATE)
DATASET = replace(
    _DATASET,
    is_required=True,
    schema=_DATASET.schema | {"examples": [str(DatasetName.PPM)]},
)


def template_book(reader: Reader, given: Given) -> Book:
    """Return the template of a dataset.

    Raises:
        RequestFault: no dataset is named, or it has no template.
    """
    dataset = given["dataset"]
    content = template_of(reader, dataset) if dataset else None
    if content is None:
        expected = DATASET.expected()
        raise RequestFault("dataset", dataset or "", expected, HTTPStatus.NOT_FOUND)
    return Book(content, reader.build, f"{dataset}_mall")


TEMPLATE_FILE = Download(
    "template",
    "A workbook in Swedish to fill in by hand, with the newest build's units.",
    (DATASET,),
    template_book,
)


def handing_in_section(reader: Reader) -> Component | None:
    """Return how to hand in figures counted by hand; None without any template."""
    there = set(templates(reader))
    rows = [dataset for dataset in codes.DATASET if dataset in there]
    if not rows:
        return None
    columns = (
        Col(_l("Uppgifter"), lambda dataset: codes.DATASET[dataset], is_heading=True),
        Col(_l("Mall"), _file),
    )
    return section(
        HANDING_IN,
        html.P(
            _("För den som räknar för hand och inte har ett system som lämnar filer.")
        ),
        html.Ol([html.Li(step) for step in _steps()]),
        table(_("Mallar att fylla i"), columns, rows, shows_caption=True),
        id="lamna",
    )


def _steps() -> tuple[str, ...]:
    return (
        _(
            "Hämta mallen. Skriv på bladet Rader: bladet Förklaringar säger vad varje "
            "kolumn betyder och visar ett exempel. Enheter och koder väljs i listor."
        ),
        _(
            "Skriv aldrig personnummer, eller något annat som visar vem en patient är. "
            "En fil med personnummer läses inte alls."
        ),
        _(
            "Spara filen som Excel-arbetsbok och skicka den till den som sköter "
            "Målbild i er region. Lämna bladens namn och rubrikerna som de är."
        ),
        _(
            "Filen läses in som den är. Rader som går att räkna syns i utfallen efter "
            "nästa bygge. Övriga rader står på den här sidan, med vad som var fel."
        ),
        _(
            "Blev något fel? Rätta och skicka en ny fil: den ersätter vad den gamla "
            "hade om samma enhet och tid."
        ),
    )


def _file(dataset: str) -> Component:
    words = _("Hämta (Excel)")
    return html.A(
        words,
        href=address(TEMPLATE_FILE.path, {"dataset": dataset}),
        download=f"{dataset}_mall.xlsx",
        **{"aria-label": f"{codes.DATASET[dataset]}: {words}"},
    )
