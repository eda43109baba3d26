"""Help where it is needed: words explained, what to do about a status, page help.

A button and the box it opens stand beside each other, so they need no ids and can be
repeated on a page. `assets/65-help.js` opens and closes the boxes.
"""

from collections.abc import Sequence

from dash.development.base_component import Component

from app import html, text, text_frame, text_help, tour
from app.components import badge, link
from app.glossary import anchor
from app.text_glossary import TERMS
from app.text_help import ANSWERS, Answer
from app.text_page_help import PAGES
from kpi.assessment import Status


def term(id: str, words: str | None = None) -> Component:
    """Return a word that tells what it means when it is chosen.

    Args:
        id: Of the term in the glossary.
        words: How the term is written here; the glossary's own word if not given.
    """
    known = TERMS[id]
    button = html.Button(
        words or known.word,
        type="button",
        className="term",
        **{"aria-expanded": "false", "data-term": id},
    )
    meaning = [
        html.Strong(known.word, className="popover-title"),
        html.Span(known.meaning),
        link(text_help.GLOSSARY_LINK, f"/om#{anchor(id)}"),
    ]
    # Spans, since a word to explain may stand within a paragraph.
    box = html.Span(meaning, className="popover", role="note", hidden=True)
    return _with_box(button, box)


def help_button(title: str, *paragraphs: str | Component) -> Component:
    """Return a question mark that opens an explanation.

    Args:
        title: What is explained; heads the box and names the button.
        *paragraphs: The explanation.
    """
    button = html.Button(
        "?",
        type="button",
        className="help",
        **{
            "aria-expanded": "false",
            "aria-label": str(text_help.HELP_WITH).format(subject=title),
        },
    )
    said = [one if isinstance(one, Component) else html.P(one) for one in paragraphs]
    head = html.P(title, className="popover-title")
    box = html.Div([head, *said], className="popover", role="note", hidden=True)
    return _with_box(button, box)


def answer(id: str) -> Component:
    """Return a question mark with one of the answers that many pages need."""
    one = ANSWERS[id]
    return help_button(one.question, *one.paragraphs)


def status_help(status: Status) -> Component:
    """Return a question mark that tells what a status means and what to do about it."""
    return help_button(
        text.STATUS[status],
        text_help.STATUS_MEANS[status],
        html.P(text_help.WHAT_NOW, className="popover-title"),
        _steps(text_help.NEXT_STEPS[status]),
    )


def status_legend(statuses: Sequence[Status]) -> list[Component]:
    """Return each status with its help, as items of a legend."""
    return [html.Li([badge(one), status_help(one)]) for one in statuses]


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


def script_words() -> Component:
    """Return the words of the scripts, hidden in the frame of every page."""
    words = {f"data-{name}": said for name, said in text_help.SCRIPT_WORDS.items()}
    return html.Div(id="script-words", hidden=True, **words)


def _answered(one: Answer) -> list[Component]:
    is_steps = one.question is text_help.WHAT_NOW
    said = (
        _steps(one.paragraphs)
        if is_steps
        else [html.P(paragraph) for paragraph in one.paragraphs]
    )
    return [html.Dt(one.question), html.Dd(said)]


def _steps(steps: Sequence[str]) -> Component:
    return html.Ol([html.Li(step) for step in steps])


def _with_box(button: Component, box: Component) -> Component:
    return html.Span([button, box], className="with-popover")
