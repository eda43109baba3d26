"""What a mapping says: the YAML of a producer in `data/mappings/`, read strictly.

A mapping names the files of a producer and says where each column of a dataset is found
in them. It changes the form of what stands there, never the rules it is held to.
"""

import re
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from fnmatch import fnmatchcase
from functools import cached_property
from pathlib import Path
from typing import Annotated, Self

from pydantic import AfterValidator, BeforeValidator, Field, model_validator

from etl.folding import folded
from etl.sources import LAYOUTS
from etl.sources import layout as layouts
from etl.sources.layout import FieldType, Layout
from kpi.model import Model
from kpi.vocabulary import DatasetName

UNANSWERED = "?"
"""What a drafted mapping has where a person must say what is right."""

_LAYOUTS: dict[str, Layout] = {
    layout.dataset: layout for layout in LAYOUTS if layout.dataset != DatasetName.KOLADA
}
MAPPABLE = tuple(_LAYOUTS)
"""Names of the datasets that a mapping can give the rows of."""
COUNTED = "taljare"
"""The column that counts cases."""


def _dataset(written: object) -> str:
    if written not in _LAYOUTS:
        raise ValueError(f"expected one of {', '.join(_LAYOUTS)}")
    return str(written)


def _as_text(written: object) -> object:
    """Return a number or a truth value of YAML as the text that stands in a cell."""
    if isinstance(written, bool):
        return str(written).lower()
    if isinstance(written, date) and not isinstance(written, datetime):
        # YAML takes 2026-03-18 without quotation marks for a day.
        return written.isoformat()
    return str(written) if isinstance(written, int | float) else written


def _texts(written: object) -> object:
    if not isinstance(written, dict):
        return written
    return {_as_text(key): _as_text(value) for key, value in written.items()}


def _answered(written: object) -> object:
    if written == UNANSWERED:
        raise ValueError(
            f"{UNANSWERED!r} is a question; put true or false in its place"
        )
    return written


_Flag = Annotated[bool, BeforeValidator(_answered, json_schema_input_type=bool)]
_Written = str | int | float | bool
_Text = Annotated[str, BeforeValidator(_as_text, json_schema_input_type=_Written)]
_Codes = Annotated[
    dict[str, str],
    BeforeValidator(_texts, json_schema_input_type=dict[str, _Written]),
]


class Per(StrEnum):
    """What a number or a day in a column of periods stands for."""

    MONTH = "month"
    QUARTER = "quarter"
    TERTIAL = "tertial"
    HALF_YEAR = "half_year"
    YEAR = "year"

    @property
    def months(self) -> int:
        """How many months it has."""
        return _MONTHS[self]


_MONTHS = {
    Per.MONTH: 1,
    Per.QUARTER: 3,
    Per.TERTIAL: 4,
    Per.HALF_YEAR: 6,
    Per.YEAR: 12,
}


def _per(written: object) -> object:
    if isinstance(written, str) and written in {*Per}:
        return Per(written)
    raise ValueError(f"expected one of {', '.join(Per)}, got {written!r}")


class Cell(Model):
    """Where the text of a column is found: in one of three places.

    Attributes:
        heading: Under this heading of the file.
        sheet: It is the name of the sheet.
        constant: It is the same in every row.
        values: What stands there -> what it is called in the dataset; compared without
            case and marks. `''` is an empty cell. What is not listed stays as it is.
        within: What is around the text, `*` for the text itself, such as `* %`.
        per: Of a period: a number is the number of such a part of `year`, and a day
            lies in such a part.
        year: Of a period: the year, or the heading it stands under.
    """

    heading: _Text | None = None
    sheet: bool = False
    constant: _Text | None = None
    values: _Codes = Field(default_factory=dict)
    within: str = ""
    per: Annotated[Per, BeforeValidator(_per, json_schema_input_type=Per)] | None = None
    year: _Text | None = None

    @model_validator(mode="after")
    def _is_found_in_one_place(self) -> Self:
        places = (self.heading is not None, self.sheet, self.constant is not None)
        if sum(places) != 1:
            raise ValueError("expected one of `heading`, `sheet: true` and `constant`")
        if self.within and self.within.count("*") != 1:
            raise ValueError(f"within: expected one `*`, got {self.within!r}")
        return self

    @property
    def year_heading(self) -> str | None:
        """The heading that the year stands under; None for a year as it is."""
        is_year = self.year is None or re.fullmatch("[0-9]{4}", self.year)
        return None if is_year else self.year

    @property
    def headings(self) -> tuple[str, ...]:
        """The headings that it needs."""
        return tuple(filter(None, (self.heading, self.year_heading)))

    @property
    def is_as_written(self) -> bool:
        """Whether the text is taken as it stands under its heading."""
        changes = (self.values, self.within, self.per, self.year)
        return self.heading is not None and not any(changes)


def _cell(written: object) -> object:
    """Take a text for a heading."""
    written = _as_text(written)
    return {"heading": written} if isinstance(written, str) else written


Cells = dict[
    str, Annotated[Cell, BeforeValidator(_cell, json_schema_input_type=str | Cell)]
]
"""Column of the dataset -> where it is found; a text is a heading."""


class Cases(Model):
    """Each row is a case, and the cases of a unit and period are counted.

    Attributes:
        case: The heading that tells cases apart; a case that stands again counts once.
        zeros: Whether a unit of the file without a case in a period had none, from the
            first to the last period of the file.
        units: Units that the file tells of, also if none of its cases is theirs.
    """

    case: _Text | None = None
    zeros: _Flag
    units: list[str] = Field(default_factory=list)


def _listed(written: object) -> object:
    return [written] if isinstance(written, str) else written


_Texts = Annotated[
    list[_Text], BeforeValidator(_listed, json_schema_input_type=str | list[str])
]


class FileMapping(Model):
    """How the files of a kind are read.

    Attributes:
        pattern: Path under the sources folder; `*` stands for any text.
        dataset: What their rows are.
        sheets: Names of the sheets to read, `*` for any text; None for every sheet
            that has the headings.
        header_row: Number of the row of headings; None for the first that has them.
        ignore: How rows begin that are none, such as `Summa`.
        day_first: Whether 3/4/2024 is the third of April; None if the file says so.
        additions: Whether a file only adds observations, or mends some.
        columns: Where each column is found.
        each_row: What each row gives, where it gives several: the columns that differ.
        cases: How cases are counted; None if the rows are counts already.
        units: What the files call a unit -> its id, beside the names in the register.
    """

    pattern: str = Field(min_length=1)
    dataset: Annotated[str, AfterValidator(_dataset)]
    sheets: _Texts | None = None
    header_row: int | None = Field(default=None, ge=1, le=20)
    ignore: _Texts = Field(default_factory=list)
    day_first: _Flag | None = None
    additions: bool = False
    columns: Cells = Field(min_length=1)
    each_row: list[Cells] = Field(default_factory=list)
    cases: Cases | None = None
    units: _Codes = Field(default_factory=dict)

    @property
    def layout(self) -> Layout:
        """The layout of what its rows become."""
        layout = _LAYOUTS[self.dataset]
        return layout.of_additions() if self.additions else layout

    @cached_property
    def rows(self) -> tuple[Cells, ...]:
        """What each row of a file gives: one or several times every column."""
        return tuple({**self.columns, **cells} for cells in self.each_row or [{}])

    @cached_property
    def headings(self) -> tuple[str, ...]:
        """The headings that a file must have, each once."""
        case = [self.cases.case] if self.cases and self.cases.case else []
        by_folded = {
            folded(heading): heading
            for cells in self.rows
            for cell in cells.values()
            for heading in cell.headings
        }
        by_folded |= {folded(heading): heading for heading in case}
        return tuple(by_folded.values())

    @cached_property
    def table(self) -> Layout:
        """The table in the file itself, a column for each of the headings.

        It is named by the headings in the form in which they are compared.
        """
        fed = {
            folded(cell.heading): (self.layout.column(name), cell)
            for cells in self.rows
            for name, cell in cells.items()
            if cell.heading
        }
        fields = []
        for heading in self.headings:
            field, cell = fed.get(folded(heading), (None, None))
            is_time = field and field.type in (FieldType.DATE, FieldType.PERIOD)
            fields.append(
                layouts.Field(
                    folded(heading),
                    field.type if field and is_time else FieldType.TEXT,
                    needs_value=bool(
                        field
                        and cell
                        and field.needs_value
                        and cell.is_as_written
                        and not self.each_row
                    ),
                    heading=heading,
                )
            )
        return Layout(
            self.layout.dataset, self.layout.pattern, tuple(fields), suffixes=_SUFFIXES
        )

    def fits(self, name: str) -> bool:
        """Say whether a file of this path under the sources folder is meant."""
        return fnmatchcase(name.casefold(), self.pattern.casefold())

    def takes_sheet(self, name: str) -> bool:
        """Say whether a sheet of this name is read."""
        return self.sheets is None or any(
            fnmatchcase(name.casefold(), sheet.casefold()) for sheet in self.sheets
        )

    @cached_property
    def years(self) -> frozenset[int]:
        """The years that it says of all rows, whatever stands in a file; often none."""
        texts = [
            text
            for cells in self.rows
            for name in _TIMES & {*cells}
            for text in (cells[name].constant, cells[name].year)
        ]
        years = (re.match("20[0-9]{2}", text) for text in texts if text)
        return frozenset(int(year[0]) for year in years if year)

    @property
    def period_months(self) -> int | None:
        """How many months every period has, as `per` says; None where it does not."""
        lengths = {cells["period"].per for cells in self.rows if "period" in cells}
        per = lengths.pop() if len(lengths) == 1 else None
        return per.months if per else None

    @property
    def uses_sheets(self) -> bool:
        """Whether the name of a sheet is a value."""
        return any(cell.sheet for cells in self.rows for cell in cells.values())


_TIMES = {"period", "datum", "matdatum"}
"""Columns of when a row counts."""
_SUFFIXES = (".csv", ".txt", ".tsv", ".xlsx")
"""Of files that a mapping can read."""


class Producer(Model):
    """The whole of a file in `data/mappings/`.

    Attributes:
        units: What its files call a unit -> its id.
        files: Its kinds of files.
    """

    units: _Codes = Field(default_factory=dict)
    files: list[FileMapping] = Field(min_length=1)


@dataclass(frozen=True, slots=True)
class Mapped:
    """A mapping and where it stands.

    Attributes:
        path: The YAML file.
        mapping: What it says, with the units of its producer.
    """

    path: Path
    mapping: FileMapping

    @property
    def digest(self) -> str:
        """What changes when the mapping does."""
        return self.mapping.model_dump_json()
