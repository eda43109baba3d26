"""Hygiene items by profession: which cells can be shown, and which is the lowest."""

from collections import Counter
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from app.queries.hygiene import ItemCount
from kpi.definitions import Indicator
from kpi.intervals import share_intervals
from kpi.measures import RowsMeasure
from kpi.schema import BHK_ITEMS
from kpi.suppression import withheld

_ITEMS_OF = {
    "alla_ratt": BHK_ITEMS,
    "hygien_ratt": BHK_ITEMS[:4],
    "kladsel_ratt": BHK_ITEMS[4:],
}
_MOST_PROFESSIONS = 5
"""More in columns of their own would not fit on a screen; the rest stand together."""
_Key = TypeVar("_Key", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Share:
    """Of the observations in which an item was applicable, those where it was correct.

    Attributes:
        lower: Of the 95 % interval, 0-100.
        upper: The same.
    """

    correct: int
    observed: int
    lower: float
    upper: float

    @property
    def value(self) -> float:
        """The share, 0-100."""
        return 100 * self.correct / self.observed


@dataclass(frozen=True, slots=True)
class Cell:
    """An item in a profession.

    Attributes:
        item: One of `kpi.schema.BHK_ITEMS`.
        profession: None for the professions beyond the largest ones, and no known one.
        share: None unless shown.
        is_hidden: Withheld; otherwise a cell without share has no observations.
    """

    item: str
    profession: str | None
    share: Share | None
    is_hidden: bool


@dataclass(frozen=True, slots=True)
class ItemRow:
    """An item: all professions together, None if they are too few, and each of them."""

    item: str
    whole: Share | None
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Grid:
    """Items by profession; every row has a cell for each profession, in this order."""

    professions: tuple[str | None, ...]
    rows: tuple[ItemRow, ...]

    @property
    def lowest(self) -> "Lowest | None":
        """The lowest share shown; of equal ones that with most observations.

        Of a profession, unless what is hidden leaves only an item's whole so low.
        """
        shown = [
            Lowest(row.item, cell.profession, cell.share, row.whole)
            for row in self.rows
            for cell in row.cells
            if cell.share
        ]
        wholes = [
            Lowest(row.item, None, row.whole, None) for row in self.rows if row.whole
        ]
        return min([*shown, *wholes], key=_lowest_first, default=None)

    @property
    def has_hidden(self) -> bool:
        """Whether any cell is withheld."""
        return any(cell.is_hidden for row in self.rows for cell in row.cells)


@dataclass(frozen=True, slots=True)
class Lowest:
    """The lowest share: of an item in a profession, or of the item itself.

    Attributes:
        whole: The item's share of all professions; None where it is the lowest itself.
    """

    item: str
    profession: str | None
    share: Share
    whole: Share | None


def _lowest_first(lowest: Lowest) -> tuple[float, bool, int]:
    return lowest.share.value, lowest.whole is None, -lowest.share.observed


def items_of(indicator: Indicator) -> tuple[str, ...]:
    """Return the items an indicator is about; none if it is not about hygiene items."""
    measure = indicator.measure
    if not isinstance(measure, RowsMeasure) or measure.dataset != "bhk":
        return ()
    return next(
        (
            _ITEMS_OF[column]
            for column in measure.numerator.where
            if column in _ITEMS_OF
        ),
        (),
    )


def grid(counts: Iterable[ItemCount], items: Sequence[str], minimum: int) -> Grid:
    """Arrange counts by item and profession, and hide what is too few.

    A reader knows an item's total of all professions, so the smallest cell beside a
    hidden one is hidden as well (`kpi.suppression`). The items of a profession add up
    to no number that is shown anywhere.

    Args:
        counts: Of a unit and period.
        items: The rows, in order.
        minimum: Fewest observations to show.
    """
    sizes: Counter[str] = Counter()
    correct: Counter[tuple[str, str | None]] = Counter()
    observed: Counter[tuple[str, str | None]] = Counter()
    counts = list(counts)
    for count in counts:
        if count.profession:
            sizes[count.profession] += count.observed
    largest = sorted(sizes, key=lambda profession: (-sizes[profession], profession))[
        :_MOST_PROFESSIONS
    ]
    for count in counts:
        key = (count.item, count.profession if count.profession in largest else None)
        correct[key] += count.correct
        observed[key] += count.observed
    professions: list[str | None] = [*largest]
    if any(key[1] is None and number for key, number in observed.items()):
        professions.append(None)
    shares = _shares(correct, observed)
    whole_correct, whole_observed = _whole(correct), _whole(observed)
    wholes = _shares(whole_correct, whole_observed)
    rows = []
    for item in items:
        keys = [(item, profession) for profession in professions]
        hidden = withheld([observed[key] for key in keys], minimum)
        cells = [
            Cell(*key, None if at in hidden else shares.get(key), at in hidden)
            for at, key in enumerate(keys)
        ]
        is_enough = whole_observed[item] >= minimum
        whole = wholes.get(item) if is_enough else None
        rows.append(ItemRow(item, whole, tuple(cells)))
    return Grid(tuple(professions), tuple(rows))


def _whole(numbers: Mapping[tuple[str, str | None], int]) -> Counter[str]:
    """Return the numbers of each item, of all professions."""
    found: Counter[str] = Counter()
    for (item, _profession), number in numbers.items():
        found[item] += number
    return found


def _shares(
    correct: Mapping[_Key, int], observed: Mapping[_Key, int]
) -> dict[_Key, Share]:
    """Return the shares of what was observed, their intervals worked out at once."""
    keys = [key for key, number in observed.items() if number]
    bounds = share_intervals(
        [correct[key] for key in keys], [observed[key] for key in keys]
    )
    return {
        key: Share(correct[key], observed[key], 100 * float(lower), 100 * float(upper))
        for key, lower, upper in zip(keys, *bounds, strict=True)
    }
