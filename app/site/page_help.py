"""The answers about a page, folded at its top."""

from dash.development.base_component import Component

from app import html, text_frame, text_help, tour
from app.components import link
from app.help import numbered
from app.text_help import Answer
from app.text_page_help import PAGES


def page_help(page: str) -> Component:
    """Return the answers about a page, closed until asked for.

    Args:
        page: A key of `app.text_page_help.PAGES`.
    """
    return html.Details(
        [
            html.Summary(text_help.PAGE_HELP),
            html.Dl([part for one in PAGES[page] for part in _answered(one)]),
            html.P(
                [
                    link(text_help.MORE_HELP, "/om"),
                    " · ",
                    link(text_frame.TOUR, tour.start_href()),
                ]
            ),
        ],
        className="page-help",
    )


def _answered(one: Answer) -> list[Component]:
    is_steps = one.question is text_help.WHAT_NOW
    said = (
        numbered(one.paragraphs)
        if is_steps
        else [html.P(paragraph) for paragraph in one.paragraphs]
    )
    return [html.Dt(one.question), html.Dd(said)]
