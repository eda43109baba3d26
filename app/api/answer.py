"""What is declared of an address, and what is found when it is asked."""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from operator import attrgetter
from typing import Any

from app.api.parameters import Given, Parameter
from app.api.protocol import PREFIX
from app.columns import BUILD, HEAD, Field, Read
from app.queries.builds import Build
from app.queries.reader import Reader
from kpi.as_csv import Cell

Record = dict[str, Any]

_JSON = json.JSONEncoder(ensure_ascii=False)


@dataclass(frozen=True, slots=True)
class Answer:
    """What was found for a request; the fields declared know how to read it.

    Attributes:
        build: What it was read from.
        rows: By the name of the list; each can be gone through once.
        whole: What the fields beside the lists are read from.
        added: Names of optional fields that the request asks for.
        is_written: Whether the rows are `Written` already.
        file_name: Of a file, without ending; the name of the address if empty.
    """

    build: Build
    rows: Mapping[str, Iterable[Any]] = field(default_factory=dict)
    whole: Any = None
    added: tuple[str, ...] = ()
    is_written: bool = False
    file_name: str = ""


@dataclass(frozen=True, slots=True)
class Written:
    """A row as it is sent, kept where everybody who asks of a build is told the same.

    Attributes:
        record: Its JSON.
        cells: Those of a table.
    """

    record: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Listed:
    """A list in an answer: a record of each row, all with the same fields.

    Attributes:
        name: Of the list in JSON.
        record: What the description calls one record.
        fields: In the order of the record and of the columns.
    """

    name: str
    record: str
    fields: tuple[Field, ...]

    def records(self, answer: Answer) -> Iterator[Record]:
        """Return a record of each row, one at a time."""
        record = _record_of(self._fields_in(answer), answer)
        return map(record, answer.rows[self.name])

    def texts(self, answer: Answer) -> Iterator[str]:
        """Return the record of each row as JSON, one at a time."""
        if answer.is_written:
            return (row.record for row in answer.rows[self.name])
        return map(_JSON.encode, self.records(answer))

    def written(self, answer: Answer) -> list[Written]:
        """Return the rows as they are sent; they are gone through twice."""
        return [
            Written(record, tuple(cells))
            for record, cells in zip(
                self.texts(answer), self.cells(answer), strict=True
            )
        ]

    def columns(self, answer: Answer) -> tuple[str, ...]:
        """Return the names of the fields that fit a table."""
        return tuple(field.name for field in self._fields_in(answer) if field.is_plain)

    def cells(self, answer: Answer) -> Iterator[Sequence[Cell]]:
        """Return the rows as those of a table, one at a time."""
        if answer.is_written:
            return (row.cells for row in answer.rows[self.name])
        plain = [field for field in self._fields_in(answer) if field.is_plain]
        record = _record_of(plain, answer)
        return (list(record(row).values()) for row in answer.rows[self.name])

    def _fields_in(self, answer: Answer) -> list[Field]:
        return [
            field
            for field in self.fields
            if not field.is_optional or field.name in answer.added
        ]


def _record_of(fields: Sequence[Field], answer: Answer) -> Callable[[Any], Record]:
    """Return what makes a record of a row.

    What the row has itself is read at once, which takes half as long; where a part on
    the way is missing, each field is read by itself.
    """
    readings = _readings(fields, answer)
    paths = {
        field.name: field.read or field.name
        for field in fields
        if not callable(field.read) and field is not BUILD
    }
    if len(paths) < 2:  # of a single name an attrgetter gives no tuple
        return lambda row: {name: read(row) for name, read in readings}
    at_once = attrgetter(*paths.values())
    by_function = [(name, read) for name, read in readings if name not in paths]
    empty: Record = dict.fromkeys(field.name for field in fields)

    def record(row: Any) -> Record:
        values = empty.copy()
        try:
            values.update(zip(paths, at_once(row), strict=True))
        except AttributeError:
            values.update((name, read(row)) for name, read in readings)
            return values
        for name, read in by_function:
            values[name] = read(row)
        return values

    return record


def _readings(fields: Iterable[Field], answer: Answer) -> list[tuple[str, Read]]:
    build_id = answer.build.build_id
    return [
        (field.name, (lambda _: build_id) if field is BUILD else field.reading())
        for field in fields
    ]


@dataclass(frozen=True, slots=True)
class Address:
    """One address of the API, as JSON and perhaps as CSV.

    Attributes:
        name: The last part of its path.
        about: What it answers, in a sentence.
        parameters: What a request may ask for.
        make: Returns what is found for a request, or raises `RequestFault`.
        fields: Beside the lists; without any, the answer is its list, sent as it is
            read.
        lists: The lists in the answer.
        has_csv: Whether the first list can be had as CSV.
    """

    name: str
    about: str
    parameters: tuple[Parameter, ...]
    make: Callable[[Reader, Given], Answer]
    fields: tuple[Field, ...] = ()
    lists: tuple[Listed, ...] = ()
    has_csv: bool = False

    @property
    def path(self) -> str:
        """Where it is answered as JSON."""
        return f"{PREFIX}/{self.name}"

    @property
    def paths(self) -> tuple[str, ...]:
        """Everywhere it is answered."""
        return (self.path, f"{self.path}.csv") if self.has_csv else (self.path,)

    def head(self, answer: Answer) -> Record:
        """Return what an answer says of itself."""
        return {name: read(answer) for name, read in _readings(HEAD, answer)}

    def content(self, answer: Answer) -> Record:
        """Return the fields beside the lists, and the lists."""
        beside = {
            name: read(answer.whole) for name, read in _readings(self.fields, answer)
        }
        return beside | {
            listed.name: list(listed.records(answer)) for listed in self.lists
        }


@dataclass(frozen=True, slots=True)
class Book:
    """An Excel file.

    Attributes:
        content: Its bytes.
        build: What it was read from.
        name: Of the file, without ending.
    """

    content: bytes
    build: Build
    name: str


@dataclass(frozen=True, slots=True)
class Download:
    """One address of Excel files.

    Attributes:
        name: Of the file in the address, without ending.
        about: What it holds, in a sentence.
        parameters: What a request may ask for.
        make: Returns the file for a request, or raises `RequestFault`.
    """

    name: str
    about: str
    parameters: tuple[Parameter, ...]
    make: Callable[[Reader, Given], Book]

    @property
    def path(self) -> str:
        """Where it is."""
        return f"/export/{self.name}.xlsx"
