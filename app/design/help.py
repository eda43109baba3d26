"""Help where it is needed: words explained, and what to do about a status.

A button and the box it opens stand beside each other, so they need no ids and can be
repeated on a page. `assets/65-help.js` opens and closes the boxes.
"""

from collections.abc import Sequence

from dash.development.base_component import Component

from app.design import prose
from app.design.components import badge, link
from app.web import html
from app.words import answers, text
from app.words.glossary import terms
from app.words.language import gettext as _
from app.words.term import anchor
from kpi.assessment import Status


def term(id: str, words: str | None = None) -> Component:
    """Return a word that tells what it means when it is chosen.

    Args:
        id: Of the term in the glossary.
        words: How the term is written here; the glossary's own word if not given.
    """
    known = terms()[id]
    button = html.Button(
        words or known.word,
        type="button",
        className="term",
        **{"aria-expanded": "false", "data-term": id},
    )
    meaning = [
        html.Strong(known.word, className="popover-title"),
        html.Span(known.meaning),
        link(_("Mer i ordlistan"), f"/om#{anchor(id)}"),
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
            "aria-label": _("Hjälp: {subject}").format(subject=title),
        },
    )
    parts = [
        paragraph if isinstance(paragraph, Component) else html.P(paragraph)
        for paragraph in paragraphs
    ]
    head = html.P(title, className="popover-title")
    box = html.Div([head, *parts], className="popover", role="note", hidden=True)
    return _with_box(button, box)


def answer(id: str) -> Component:
    """Return a question mark with one of the answers that many pages need."""
    written = answers.shared()[id]
    return help_button(written.title, *prose.blocks(written, {}))


def status_help(status: Status) -> Component:
    """Return a question mark that tells what a status means and what to do about it."""
    return help_button(
        text.STATUS[status],
        answers.STATUS_MEANS[status],
        html.P(_("Vad gör jag nu?"), className="popover-title"),
        numbered(answers.NEXT_STEPS[status]),
    )


def status_legend(statuses: Sequence[Status]) -> list[Component]:
    """Return each status with its help, as items of a legend."""
    return [html.Li([badge(status), status_help(status)]) for status in statuses]


def script_words() -> Component:
    """Return the words of the scripts, hidden in the frame of every page."""
    words = {f"data-{name}": words for name, words in answers.SCRIPT_WORDS.items()}
    return html.Div(id="script-words", hidden=True, **words)


def numbered(steps: Sequence[str]) -> Component:
    """Return what to do, in order."""
    return html.Ol([html.Li(step) for step in steps])


def _with_box(button: Component, box: Component) -> Component:
    return html.Span([button, box], className="with-popover")
