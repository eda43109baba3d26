"""Hygiene items by profession in words."""

from dataclasses import dataclass

from app.pages.indicator.hygiene import texts
from app.pages.indicator.hygiene.find import Cell, Grid, ItemRow, Share
from app.words import text
from kpi.definitions import Indicator


@dataclass(frozen=True, slots=True)
class CellWords:
    """A share as it is read, with what stands below it."""

    value: str
    below: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class GridWords:
    """Items by profession as a table.

    Attributes:
        finding: The lowest cell in a sentence, and what its interval says.
        columns: The professions, after the column of all of them.
        rows: (item, its cells: all professions first).
        notes: How it is counted and what is hidden.
    """

    finding: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, tuple[CellWords, ...]], ...]
    notes: tuple[str, ...]


def grid_words(indicator: Indicator, grid: Grid) -> GridWords:
    """Return items by profession in words."""
    return GridWords(
        _finding(indicator, grid),
        tuple(_profession(profession) for profession in grid.professions),
        tuple((_item(row.item), _cells(indicator, row)) for row in grid.rows),
        tuple(_notes(indicator, grid)),
    )


def _finding(indicator: Indicator, grid: Grid) -> str:
    lowest = grid.lowest
    if lowest is None:
        return str(texts.NOTHING_SHOWN)
    share, whole = lowest.share, lowest.whole
    if share.correct == share.observed:
        return texts.all_correct(text.value(indicator, share.value))
    of_whole = str(texts.EVERY_PROFESSION)
    profession = _profession(lowest.profession) if whole else of_whole
    sentence = texts.lowest(
        _item(lowest.item),
        profession.lower(),
        text.value(indicator, share.value),
        texts.counts(share.correct, share.observed),
        text.interval(indicator, share.lower, share.upper),
    )
    if whole is None:
        return sentence
    is_below = share.upper < whole.value
    compare = texts.below_whole if is_below else texts.holds_whole
    return f"{sentence} {compare(text.value(indicator, whole.value))}"


def _notes(indicator: Indicator, grid: Grid) -> list[str]:
    sentences = [str(texts.COUNTED), str(texts.ALL_AT_ONCE)]
    if grid.lowest:
        sentences.append(str(texts.ONE_OF_MANY))
    if grid.has_hidden:
        sentences.append(texts.hidden(indicator.minimum_denominator))
    return sentences


def _item(item: str) -> str:
    return text.dimension_value("item", item, {})


def _profession(profession: str | None) -> str:
    if profession is None:
        return str(texts.OTHER_PROFESSIONS)
    return text.dimension_value("profession", profession, {})


def _cells(indicator: Indicator, row: ItemRow) -> tuple[CellWords, ...]:
    is_hidden = row.whole is None and any(cell.is_hidden for cell in row.cells)
    whole = _cell(indicator, row.whole, is_hidden)
    return (whole, *(_of_profession(indicator, cell) for cell in row.cells))


def _of_profession(indicator: Indicator, cell: Cell) -> CellWords:
    return _cell(indicator, cell.share, cell.is_hidden)


def _cell(indicator: Indicator, share: Share | None, is_hidden: bool) -> CellWords:
    if share is None:
        why = texts.HIDDEN if is_hidden else texts.NO_OBSERVATIONS
        return CellWords(text.NO_VALUE, (str(why),))
    below = (
        texts.counts(share.correct, share.observed),
        text.interval(indicator, share.lower, share.upper),
    )
    return CellWords(text.value(indicator, share.value), below)
