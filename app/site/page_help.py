"""The answers about a page, folded at its top."""

from dash.development.base_component import Component

from app import text_frame, tour
from app.design.components import link
from app.design.help import numbered
from app.text_page_help import PAGES
from app.web import html
from app.words import answers
from app.words.answers import Answer


def page_help(page: str) -> Component:
    """Return the answers about a page, closed until asked for.

    Args:
        page: A key of `app.text_page_help.PAGES`.
    """
    return html.Details(
        [
            html.Summary(answers.PAGE_HELP),
            html.Dl([part for one in PAGES[page] for part in _answered(one)]),
            html.P(
                [
                    link(answers.MORE_HELP, "/om"),
                    " · ",
                    link(text_frame.TOUR, tour.start_href()),
                ]
            ),
        ],
        className="page-help",
    )


def _answered(one: Answer) -> list[Component]:
    is_steps = one.question is answers.WHAT_NOW
    said = (
        numbered(one.paragraphs)
        if is_steps
        else [html.P(paragraph) for paragraph in one.paragraphs]
    )
    return [html.Dt(one.question), html.Dd(said)]
