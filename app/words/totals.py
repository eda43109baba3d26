"""The line of how many indicators meet their target, and how many do not."""

from collections.abc import Mapping

from app.words import text
from app.words.headings import indicators
from app.words.language import gettext as _
from app.words.language import ngettext
from kpi.assessment import Status

TOTALLED = (
    *(Status.NOT_MET, Status.NEAR, Status.MET),
    *(Status.NOT_JUDGED, Status.PLANNED, Status.NO_TARGET),
)
"""The statuses that are counted, in order; those that are left have no value."""


def totals_line(number: int, counts: Mapping[Status, int]) -> str:
    """Return how many indicators there are, meet their target, and so on."""
    numbers = [counts.get(status, 0) for status in TOTALLED]
    messages = (
        _("{number} når inte målet"),
        _("{number} nära målet"),
        _("{number} når målet"),
        _("{number} kan inte bedömas än"),
        _("{number} planerade"),
        _("{number} utan målvärde"),
        _("{number} utan värde"),
    )
    every = zip(messages, (*numbers, number - sum(numbers)), strict=True)
    sentences = [words.format(number=count) for words, count in every if count]
    if not sentences:
        return f"{indicators(number)}."
    totals = text.listed(sentences)
    return ngettext(
        "{number} indikator: {totals}.", "{number} indikatorer: {totals}.", number
    ).format(number=number, totals=totals)
