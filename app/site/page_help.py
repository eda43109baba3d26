"""The answers about a page, folded at its top."""

from collections.abc import Iterator
from dataclasses import replace
from types import ModuleType

from dash.development.base_component import Component

from app.design import prose
from app.design.components import link
from app.site import tour
from app.site.tour import TOUR
from app.web import html
from app.words import answers
from app.words.language import gettext as _
from app.words.prose import Section, beside, fields


def page_help(module: ModuleType) -> Component:
    """Return the answers about a page, closed until asked for.

    Args:
        module: A page with `HELP`, the name of the text beside it. Each section is a
            question and its answer; a field in it is an answer that several pages
            have, and follows it.
    """
    written = beside(str(module.__file__), module.HELP)
    return html.Details(
        [
            html.Summary(written.title),
            html.Dl(
                [
                    part
                    for question in _questions(written)
                    for part in (
                        html.Dt(question.title),
                        html.Dd(prose.blocks(question, {})),
                    )
                ]
            ),
            html.P(
                [
                    link(_("Så räknas siffrorna, status och ordlista"), "/om"),
                    " · ",
                    link(TOUR, tour.start_href()),
                ]
            ),
        ],
        className="page-help",
    )


def _questions(written: Section) -> Iterator[Section]:
    shared = answers.shared()
    for question in written.sections:
        written_here = [block for block in question.blocks if not any(fields(block))]
        yield replace(question, blocks=tuple(written_here))
        yield from (shared[name] for name in fields(question.blocks))
