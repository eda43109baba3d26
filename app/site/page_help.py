"""The answers about a page, folded at its top."""

from dash.development.base_component import Component

from app.design.components import link
from app.design.help import numbered
from app.site import texts, tour
from app.site.page_answers import PAGES
from app.web import html
from app.words import answers
from app.words.answers import Answer


def page_help(page: str) -> Component:
    """Return the answers about a page, closed until asked for.

    Args:
        page: A key of `app.site.page_answers.PAGES`.
    """
    return html.Details(
        [
            html.Summary(answers.PAGE_HELP),
            html.Dl([part for one in PAGES[page] for part in _answered(one)]),
            html.P(
                [
                    link(answers.MORE_HELP, "/om"),
                    " · ",
                    link(texts.TOUR, tour.start_href()),
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
