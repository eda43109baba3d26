"""`/api/v1/hygiene`: hygiene items by profession, as they are on the page."""

from collections.abc import Iterator
from dataclasses import replace
from typing import NamedTuple

from app.api.answer import Address, Answer, Listed
from app.api.named import named_indicator, named_unit
from app.api.parameters import LANG, THE_INDICATOR, THE_UNIT, Given, periods
from app.columns import Field, integer, number, of, perhaps, text, written
from app.pages.indicator.hygiene.find import Grid, Share, grid, items_of
from app.queries.behind import Question
from app.queries.frame import read_frame
from app.queries.hygiene import item_counts
from app.queries.reader import Reader
from kpi.schema import BHK_ITEMS

_OF_ITEMS = replace(
    THE_INDICATOR,
    about="One counted from hygiene items; required.",
    schema=THE_INDICATOR.schema | {"examples": ["bhk_compliance"]},
)
_PERIOD = periods("period", "Of any kind; the latest quarter without it.")


class _CellRow(NamedTuple):
    item: str
    is_whole: bool
    profession: str | None
    share: Share | None
    is_hidden: bool


_ASKED = (
    text("indicator", "Id of the indicator.", read="indicator.id"),
    text("unit", "Id of the unit (HSA-id)."),
    written("period", "The period counted."),
    Field(
        "minimum",
        "integer",
        "Fewest observations that are shown.",
        "indicator.minimum_denominator",
    ),
)
_CELL = (
    text("item", "The item.", BHK_ITEMS),
    Field("is_whole", "boolean", "All professions together."),
    perhaps(
        "profession",
        "As in the file; null for the whole, and for professions that stand together.",
    ),
    *of(
        "share",
        integer(
            "numerator",
            "Observations in which it was correct; null unless shown.",
            "correct",
        ),
        integer(
            "denominator",
            "Observations in which it applied; null unless shown.",
            "observed",
        ),
        number("value", "Per cent, 0-100."),
        number("lower", "Lower bound of the 95 % interval."),
        number("upper", "Upper bound of the 95 % interval."),
    ),
    Field(
        "is_hidden",
        "boolean",
        "Too few, or hidden so that another cannot be worked out; otherwise a cell "
        "without value has no observations.",
    ),
)


def hygiene(reader: Reader, given: Given) -> Answer:
    """Return hygiene items by profession."""
    frame = read_frame(reader)
    indicator = named_indicator(frame, given["indicator"])
    unit = named_unit(frame, given["unit"])
    period = given["period"] or frame.build.latest_quarter()
    items = items_of(indicator)
    question = Question(indicator, unit.unit_id, period)
    counts = item_counts(reader, question, items) if items else []
    cells = _cells(grid(counts, items, indicator.minimum_denominator))
    return Answer(frame.build, {"cells": cells}, question)


HYGIENE = Address(
    "hygiene",
    "Hygiene items by profession in a unit and period.",
    (_OF_ITEMS, THE_UNIT, _PERIOD, LANG),
    hygiene,
    _ASKED,
    (Listed("cells", "Cell", _CELL),),
)
ANSWERS = (HYGIENE,)


def _cells(table: Grid) -> Iterator[_CellRow]:
    for row in table.rows:
        is_hidden = row.whole is None and any(cell.is_hidden for cell in row.cells)
        yield _CellRow(row.item, True, None, row.whole, is_hidden)
        for cell in row.cells:
            profession, share = cell.profession, cell.share
            yield _CellRow(cell.item, False, profession, share, cell.is_hidden)
