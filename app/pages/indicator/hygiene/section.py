"""The section of hygiene items by profession on an indicator's page."""

from operator import itemgetter

from dash.development.base_component import Component

from app.columns import Col, Read
from app.design.components import section, table
from app.outcome.parts import stacked
from app.pages.indicator.hygiene.find import grid, items_of
from app.pages.indicator.hygiene.words import EVERY_PROFESSION, grid_words
from app.queries.behind import Question
from app.queries.hygiene import item_counts
from app.queries.reader import Reader
from app.web import html
from app.words import text
from app.words.language import gettext as _


def hygiene_section(reader: Reader, question: Question) -> Component | None:
    """Return items by profession; None for an indicator that has none.

    Args:
        reader: What to read.
        question: The outcome that the page shows.
    """
    items = items_of(question.indicator)
    counts = item_counts(reader, question, items) if items else []
    if not counts:
        return None
    counted = grid(counts, items, question.indicator.minimum_denominator)
    worded = grid_words(question.indicator, counted)
    title = _("Moment och yrkeskategori") + f", {text.period_words(question.period)}"
    columns = [
        Col(_("Moment"), itemgetter(0), is_heading=True),
        *(
            Col(str(name), _share(at), is_number=True)
            for at, name in enumerate((EVERY_PROFESSION, *worded.columns))
        ),
    ]
    return section(
        title,
        html.P(worded.finding, className="chart-title"),
        table(title, columns, worded.rows),
        *(html.P(note, className="muted") for note in worded.notes),
        id="moment",
    )


def _share(at: int) -> Read:
    return lambda row: stacked(row[1][at].value, *row[1][at].below)
