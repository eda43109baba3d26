"""What is given out: records one by one, and their fields."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from app.api.as_csv import Cell
from app.api.fields import Field
from app.queries.builds import Build

Record = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Answer:
    """What is given out: records one by one, and the build they were read from.

    Attributes:
        name: Of the list in JSON and of the file in CSV.
        fields: The keys of every record, in order.
        records: Can be gone through once.
    """

    name: str
    build: Build
    fields: tuple[Field, ...]
    records: Iterator[Record]

    def columns(self) -> tuple[str, ...]:
        """Return the names of the keys that fit a table."""
        return tuple(one.name for one in self.fields if one.is_plain)

    def cells(self) -> Iterator[list[Cell]]:
        """Yield the records as rows of a table."""
        columns = self.columns()
        for record in self.records:
            yield [record[name] for name in columns]


def whole(count: float | None) -> float | int | None:
    """Return a count as a whole number if it is one; a sum of scores may not be."""
    return int(count) if count is not None and float(count).is_integer() else count
