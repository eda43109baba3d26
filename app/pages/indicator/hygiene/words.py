"""Hygiene items by profession in words."""

from dataclasses import dataclass

from app.pages.indicator.hygiene.find import Cell, Grid, ItemRow, Share
from app.words import text
from app.words.language import gettext as _
from app.words.language import lazy_gettext as _l
from kpi.definitions import Indicator

EVERY_PROFESSION = _l("Alla yrken")


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
        return _("För få observationer för att visa något moment.")
    share, whole = lowest.share, lowest.whole
    if share.correct == share.observed:
        return _("Alla moment som visas är {share}.").format(
            share=text.value(indicator, share.value)
        )
    of_whole = str(EVERY_PROFESSION)
    profession = _profession(lowest.profession) if whole else of_whole
    sentence = _(
        "Lägst: {item}, {profession}, {share} ({counts}, 95 %-intervall {interval})."
    ).format(
        item=_item(lowest.item),
        profession=profession.lower(),
        share=text.value(indicator, share.value),
        counts=_counts(share.correct, share.observed),
        interval=text.interval(indicator, share.lower, share.upper),
    )
    if whole is None:
        return sentence
    is_below = share.upper < whole.value
    words = (
        _("Hela intervallet ligger under momentets {whole} för alla yrken.")
        if is_below
        else _(
            "Intervallet rymmer momentets {whole} för alla yrken: skillnaden kan bero "
            "på slumpen."
        )
    )
    return f"{sentence} {words.format(whole=text.value(indicator, whole.value))}"


def _notes(indicator: Indicator, grid: Grid) -> list[str]:
    sentences = [
        _(
            "Andelen observationer där momentet gjordes rätt, av dem där det var "
            "aktuellt. Under andelen står antal och 95 %-intervall."
        ),
        _(
            "Utfallet överst räknar en observation som rätt bara om alla moment i "
            "tabellen var rätt. Därför är det ofta lägre än momenten var för sig."
        ),
    ]
    if grid.lowest:
        sentences.append(
            _(
                "Den lägsta av många rutor är ofta lägst delvis av en slump. Se om den "
                "är det i fler perioder."
            )
        )
    if grid.has_hidden:
        sentences.append(
            _(
                "En ruta med färre än {minimum} observationer visas inte. För att den "
                "inte ska gå att räkna ut ur radens summa döljs även den minsta rutan "
                "bredvid, så att minst två är dolda och tillsammans har minst "
                "{minimum} observationer."
            ).format(minimum=text.count(indicator.minimum_denominator))
        )
    return sentences


def _item(item: str) -> str:
    return text.dimension_value("item", item, {})


def _profession(profession: str | None) -> str:
    if profession is None:
        return _("Andra och okända yrken")
    return text.dimension_value("profession", profession, {})


def _cells(indicator: Indicator, row: ItemRow) -> tuple[CellWords, ...]:
    is_hidden = row.whole is None and any(cell.is_hidden for cell in row.cells)
    whole = _cell(indicator, row.whole, is_hidden)
    return (whole, *(_of_profession(indicator, cell) for cell in row.cells))


def _of_profession(indicator: Indicator, cell: Cell) -> CellWords:
    return _cell(indicator, cell.share, cell.is_hidden)


def _cell(indicator: Indicator, share: Share | None, is_hidden: bool) -> CellWords:
    if share is None:
        why = _("visas inte") if is_hidden else _("inga observationer")
        return CellWords(text.NO_VALUE, (str(why),))
    below = (
        _counts(share.correct, share.observed),
        text.interval(indicator, share.lower, share.upper),
    )
    return CellWords(text.value(indicator, share.value), below)


def _counts(correct: int, observed: int) -> str:
    """Return how many of how many."""
    words = _("{correct} av {observed}")
    return words.format(correct=text.count(correct), observed=text.count(observed))
