"""Columns of tables, each declared once: for page, API, CSV and Excel."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from operator import attrgetter
from typing import Any

Read = Callable[[Any], Any]
"""Takes what an answer found, or one row of a list, and returns what stands in a place.

Given as text it is an attribute, or one of another such as `row.target`, which is None
where anything on the way is.
"""


@dataclass(frozen=True, slots=True)
class Field:
    """One key of an answer, and one column of its CSV.

    Attributes:
        name: Of the key and of the column.
        type: A JSON Schema type.
        about: What it is, with its unit.
        read: From a row. The name, if empty.
        words: All the values it can have, where they are few.
        is_nullable: Whether null is possible; the CSV cell is then empty.
        is_optional: Whether it is only there when a request asks for it.
    """

    name: str
    type: str
    about: str
    read: str | Read = ""
    words: tuple[str, ...] = ()
    is_nullable: bool = False
    is_optional: bool = False

    @property
    def is_plain(self) -> bool:
        """Whether it fits a CSV cell; lists and objects do not."""
        return self.type not in ("array", "object")

    def reading(self) -> Read:
        """Return what reads the field from a row."""
        return reading(self.read or self.name)

    def schema(self) -> dict[str, object]:
        """Return the JSON Schema of the value."""
        schema: dict[str, object] = {"description": self.about}
        schema["type"] = [self.type, "null"] if self.is_nullable else self.type
        if self.words:
            schema["enum"] = [*self.words, *([None] if self.is_nullable else [])]
        return schema


@dataclass(frozen=True, slots=True)
class Col:
    """A column that people read: on a page, in an Excel file, or in both.

    Attributes:
        title: Its heading in both.
        show: What the page shows of a row; None if it has no such column.
        is_number: Whether the page sets it as numbers.
        hint: What the heading says when it is pointed at.
        is_heading: Whether it names the row.
        fields: The same in the API and its CSV.
        cell: What an Excel file holds of a row, a number or a text; None if it has no
            such column.
        form: How Excel draws its numbers.
        width: In Excel, in characters.
    """

    title: str
    show: str | Read | None = None
    is_number: bool = False
    hint: str | None = None
    is_heading: bool = False
    fields: Field | tuple[Field, ...] = ()
    cell: str | Read | None = None
    form: Mapping[str, object] = field(default_factory=dict)
    width: int = 13


Columns = Sequence[Field | Col]
"""All that is declared of a table, in order; a field alone is for programs only."""


def on_page(columns: Columns) -> list[tuple[Col, Read]]:
    """Return the columns that a page shows, each with what reads it."""
    people = (col for col in columns if isinstance(col, Col))
    return [(col, reading(col.show)) for col in people if col.show is not None]


def in_file(columns: Columns) -> list[tuple[Col, Read]]:
    """Return the columns of an Excel file, each with what reads it."""
    people = (col for col in columns if isinstance(col, Col))
    return [(col, reading(col.cell)) for col in people if col.cell is not None]


def in_answer(columns: Columns) -> tuple[Field, ...]:
    """Return the fields of an answer, which are the columns of its CSV."""
    parts = (column.fields if isinstance(column, Col) else column for column in columns)
    return tuple(
        field
        for part in parts
        for field in ((part,) if isinstance(part, Field) else part)
    )


def reading(read: str | Read) -> Read:
    """Return what reads a row."""
    return read if callable(read) else _along(read)


def _along(path: str) -> Read:
    first, *others = path.split(".")
    if not others:
        return attrgetter(first)
    at_once = attrgetter(path)

    def read(row: Any) -> Any:
        try:
            return at_once(row)  # a list may have many rows, and most have it all
        except AttributeError:
            value = getattr(row, first)
            for name in others:
                if value is None:
                    return None
                value = getattr(value, name)
            return value

    return read


def of(path: str, *fields: Field) -> tuple[Field, ...]:
    """Return fields that are read from what a row has, and are null if it has none."""
    return tuple(replace(field, read=_beyond(path, field)) for field in fields)


def _beyond(path: str, field: Field) -> str | Read:
    if not callable(field.read):
        return f"{path}.{field.read or field.name}"
    there, read = _along(path), field.read

    def beyond(row: Any) -> Any:
        part = there(row)
        return None if part is None else read(part)

    return beyond


def text(
    name: str, about: str, words: Iterable[str] = (), read: str | Read = ""
) -> Field:
    """Return a field of text that is always there."""
    return Field(name, "string", about, read, tuple(words))


def perhaps(
    name: str, about: str, words: Iterable[str] = (), read: str | Read = ""
) -> Field:
    """Return a field of text, or null."""
    return Field(name, "string", about, read, tuple(words), is_nullable=True)


def number(name: str, about: str, read: str | Read = "") -> Field:
    """Return a field of a number, or null."""
    return Field(name, "number", about, read, is_nullable=True)


def integer(name: str, about: str, read: str | Read = "") -> Field:
    """Return a field of a whole number, or null."""
    return Field(name, "integer", about, read, is_nullable=True)


def written(name: str, about: str, read: str = "") -> Field:
    """Return a field of a day or a period, as text."""
    return of(read or name, text(name, about, read=str))[0]


def count(name: str, about: str, attribute: str = "") -> Field:
    """Return a field of a count, or null: a whole number if it is one."""
    read = attrgetter(attribute or name)
    return number(name, about, lambda row: whole(read(row)))


def in_both_languages(
    name: str, about: str, is_nullable: bool = False
) -> tuple[Field, Field]:
    """Return a field in Swedish, and the same in English."""
    swedish, english = f"{about}, in Swedish.", f"{about}, in English."
    return (
        Field(name, "string", swedish, f"{name}.sv", is_nullable=is_nullable),
        Field(f"{name}_en", "string", english, f"{name}.en", is_nullable=is_nullable),
    )


def whole(count: float | None) -> float | int | None:
    """Return a count as a whole number if it is one; a sum of scores may not be."""
    return int(count) if count is not None and float(count).is_integer() else count


BUILD = text("build", "Id of the build the answer was read from.")
"""Of every record of a list; read from the answer, not from the row."""
HEAD = (
    text("build", "Id of the build that was read.", read="build.build_id"),
    Field("is_demo", "boolean", "Synthetic demo data.", "build.is_demo"),
)
"""What every answer in JSON begins with; read from the answer."""
