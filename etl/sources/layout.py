"""What a source file may hold: its columns, what is a fault, what is worked out.

A layout says it in names and SQL over one row; `etl.take.judge` turns it into queries.
In that SQL a column's own name is its typed value (NULL if it has none or cannot be
read), and `text_<name>` is the text as it stands in the file, cleaned.

What rows are checked against beyond themselves are registers: temporary tables that a
layout states when its own files are in (`register`), or that are made from the
definitions before its files are read (`lookup`).
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum

from sqlalchemy import Connection

from kpi.definitions import Definitions
from kpi.vocabulary import DatasetName, Rejection

KVA_CODE = "[A-Z]{2}[0-9]{3}"
"""What a code of KVÅ looks like, such as XV015."""


class FieldType(StrEnum):
    """How the text of a column is read."""

    TEXT = "text"
    UNIT = "unit"
    CODE = "code"
    WORDS = "words"
    DATE = "date"
    PERIOD = "period"
    INTEGER = "integer"
    NUMBER = "number"
    YES_NO = "yes_no"
    ITEM = "item"


@dataclass(frozen=True, slots=True)
class Field:
    """A column of a source file.

    Attributes:
        name: As in the file.
        type: How its text is read.
        is_required: The file is refused without the column.
        needs_value: A row is rejected without a value in it.
        codes: What a CODE may be, in the spelling that is kept.
        lowest, highest: Bounds of a number, inclusive.
        may_be_future: Whether a DATE may lie after the day of the build.
        may_be_masked: Whether MSK makes a masked fact instead of a missing value.
        about: What whoever exports it should know, beyond its codes and bounds.
        is_count: Whether a number says how many, and mostly is whole.
        names: Code -> what people write for it, beside the code itself.
        heading: What a file calls the column, where its mapping says so; empty for a
            file that calls it by its name.
    """

    name: str
    type: FieldType = FieldType.TEXT
    is_required: bool = True
    needs_value: bool = True
    codes: tuple[str, ...] = ()
    lowest: float | None = None
    highest: float | None = None
    may_be_future: bool = False
    may_be_masked: bool = False
    about: str = ""
    is_count: bool = False
    names: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    heading: str = ""

    @property
    def in_file(self) -> str:
        """What a file calls the column."""
        return self.heading or self.name


SEXES = {"K": ("kvinna",), "M": ("man",)}
"""Names of the codes of `kon`."""

NOT_APPLICABLE = ("NA", "EJ TILLÄMPLIGT", "EJ AKTUELLT", "INTE AKTUELLT")
"""What an ITEM is where there was nothing to do, in capitals."""

FORMS_OF_CARE = {
    "oppen": ("öppen vård", "öppenvård"),
    "sluten": ("sluten vård", "slutenvård"),
}
"""Names of codes of care."""

PSEUDONYM = "a pseudonym that stays the same; tells rows apart, and is never shown"
"""Of ids of patients' cases and contacts."""


def optional(
    name: str,
    type: FieldType = FieldType.TEXT,
    *,
    codes: tuple[str, ...] = (),
    lowest: float | None = None,
    highest: float | None = None,
    may_be_future: bool = False,
    may_be_masked: bool = False,
    is_count: bool = False,
    names: Mapping[str, tuple[str, ...]] | None = None,
) -> Field:
    """Return a column that a file may do without."""
    return Field(
        name,
        type,
        is_required=False,
        needs_value=False,
        codes=codes,
        lowest=lowest,
        highest=highest,
        may_be_future=may_be_future,
        may_be_masked=may_be_masked,
        is_count=is_count,
        names=names or {},
    )


@dataclass(frozen=True, slots=True)
class Fault:
    """A rule on one row that makes it a rejection.

    Attributes:
        reason: What is counted and has words on the pages.
        column: Which column is named in the rejection.
        when: SQL that is true where the row is at fault.
        expected: What was expected instead, in words.
        known: SQL of what is known of what was found; empty or NULL for nothing.
    """

    reason: Rejection
    column: str
    when: str
    expected: str
    known: str = ""


@dataclass(frozen=True, slots=True)
class Layout:
    """One kind of source file.

    Attributes:
        dataset: Name of the fact table.
        pattern: Of the path's last two parts, without its ending.
        fields: The columns read; others are ignored and named in the load report.
        faults: Rules on one row, beyond what the fields say themselves.
        terms: Name -> SQL that the terms after it, `joins` and `derived` ask for under
            that name; it is worked out once a row.
        derived: Fact column -> SQL that works it out.
        joins: SQL that joins registers needed by `derived` or `faults`.
        key: Fact columns that may stand once in a file.
        replaces: Fact columns that say which older facts a newer file replaces.
        replaces_period: Whether only facts of overlapping months are replaced.
        replaces_also: SQL over `old` and `new` facts that also makes a replacement.
        observation: Fact column that tells one observation from all others; a file of
            additions replaces only the same observation. Empty if there is none.
        adds_up: Fact column that is NULL where a row is never added to others; rows
            may overlap in time then.
        suffixes: Of the files.
        register: Called with the connection and the build's id when all files of the
            layout are in; states what rows of layouts after it are checked against.
        leans_on: Datasets whose registers the rows are checked against, beside units.
        lookup: States what the definitions say of the rows before any is read, and
            returns it; files are read again when it changes.
        is_shared: Whether a row means the same whoever gives it; otherwise a newer file
            replaces only its own producer's facts.
        is_ground: Whether a fault in its files ends the build at once, since every row
            after them would be at fault.
    """

    dataset: DatasetName
    pattern: str
    fields: tuple[Field, ...]
    faults: tuple[Fault, ...] = ()
    terms: dict[str, str] = field(default_factory=dict)
    derived: dict[str, str] = field(default_factory=dict)
    joins: str = ""
    key: tuple[str, ...] = ()
    replaces: tuple[str, ...] = ("enhet_id",)
    replaces_period: bool = True
    replaces_also: str = ""
    observation: str = ""
    adds_up: str | None = None
    suffixes: tuple[str, ...] = (".csv", ".xlsx")
    register: Callable[[Connection, str], None] | None = None
    leans_on: tuple[DatasetName, ...] = ()
    lookup: Callable[[Connection, Definitions], object] | None = None
    is_shared: bool = False
    is_ground: bool = False

    def matches(self, folder: str, name: str) -> bool:
        """Say whether a file in this folder with this name has the layout."""
        stem, dot, suffix = name.rpartition(".")
        has_ending = f"{dot}{suffix}".casefold() in self.suffixes
        return has_ending and self.fits(folder, stem)

    def fits(self, folder: str, stem: str) -> bool:
        """Say whether a file of this name without its ending has the layout."""
        return bool(re.fullmatch(self.pattern, f"{folder}/{stem}".casefold()))

    @property
    def folder(self) -> str:
        """The folder its files lie in."""
        return self.example.partition("/")[0]

    @property
    def example(self) -> str:
        """What its files are called, `*` for any text."""
        # Of several folders the first is a region's own.
        pattern = re.sub(r"\((\w+)\|[^)]*\)", r"\1", self.pattern)
        return f"{pattern.replace('.*', '*')}{self.suffixes[0]}"

    def of_additions(self) -> "Layout":
        """Return the layout of files that only add observations, or mend some.

        What an older file has of the same unit and month without telling observations
        apart is replaced as ever: it may be the same, and would be counted twice.
        """
        return replace(
            self,
            fields=tuple(
                replace(field, is_required=True, needs_value=True)
                if field.name == self.observation
                else field
                for field in self.fields
            ),
            key=(self.observation,),
            replaces=(self.observation,),
            replaces_period=False,
            replaces_also=f"old.{self.observation} IS NULL "
            "AND old.enhet_id = new.enhet_id "
            "AND new.first_month <= old.last_month "
            "AND old.first_month <= new.last_month",
        )

    @property
    def required(self) -> tuple[str, ...]:
        """The columns a file is refused without."""
        return tuple(field.name for field in self.fields if field.is_required)

    def column(self, name: str) -> Field:
        """Return the column of this name."""
        return next(field for field in self.fields if field.name == name)

    def placed(self, rows: str, day: str) -> str:
        """Return SQL of typed rows with the day they count on, and the terms."""
        for name, value in {"counts_on": day, **self.terms}.items():
            rows = f"SELECT *, {value} AS {name} FROM ({rows})"
        return rows

    @property
    def has_pathways(self) -> bool:
        """Whether a column holds a pathway, so that the known ones matter."""
        return any("@svf" in field.codes for field in self.fields)

    @property
    def is_of_unit(self) -> bool:
        """Whether its rows are facts of units in the register."""
        return any(field.type is FieldType.UNIT for field in self.fields)

    @property
    def has_validity(self) -> bool:
        """Whether its rows say from when until when they hold."""
        return any(field.name == "giltig_fran" for field in self.fields)

    @property
    def is_by_period(self) -> bool:
        """Whether its rows carry a reported period instead of a day."""
        return any(field.type is FieldType.PERIOD for field in self.fields)

    @property
    def is_dated(self) -> bool:
        """Whether its rows are facts of units, each on a day."""
        return self.is_of_unit and not self.is_by_period
