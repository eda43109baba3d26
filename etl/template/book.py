"""The workbook of a template: rows, and help for whoever fills it in.

The first sheet has exactly the headings of the layout, so that the workbook is read as
it stands when it lies in the folder of the dataset. The others are marked as not to be
read (`etl.sources.beside`) and protected, without a password, so that nobody writes
there by mistake. The example of a row stands there too: among the rows it would be
taken for one.
"""

import io
from collections.abc import Sequence
from datetime import UTC, date, datetime

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import Worksheet

from etl.sources.beside import mark_of
from etl.sources.layout import Field, FieldType, Layout
from etl.template import words
from etl.template.allowed import Ground, choices, form, must_be_filled, needed
from kpi.definitions import Indicator
from kpi.vocabulary import DatasetName

ROWS, ABOUT, UNITS, VALUES, INDICATORS = (
    "Rader",
    "Förklaringar",
    "Enheter",
    "Värden",
    "Indikatorer",
)
_Sheet = tuple[Sequence[str], Sequence[Sequence[str]], Sequence[int]]
"""Headings, lines and widths of columns."""
_CHECKED = 5000
"""Rows below the heading in which cells are checked as they are filled in."""
_SINCE, _UNTIL = date(1900, 1, 2), date(2199, 12, 31)
_AS_TEXT = (FieldType.TEXT, FieldType.PERIOD, FieldType.WORDS, FieldType.UNIT)
"""Excel would make a day of `2026-03`, and 8 of `08`."""


def file_name(layout: Layout) -> str:
    """Return what a template is called, without its ending; the layout knows it."""
    return f"{layout.dataset}_mall"


def template(layout: Layout, ground: Ground) -> bytes:
    """Return a workbook of a layout, without rows; always the same bytes."""
    written = io.BytesIO()
    with xlsxwriter.Workbook(written, {"in_memory": True}) as book:
        # Without a fixed date the workbook holds the time it was made.
        book.set_properties(
            {
                "title": f"Målbild: {words.TITLES[layout.dataset]}",
                "created": datetime(2020, 1, 1, tzinfo=UTC),
            }
        )
        _Writer(book, layout, ground).write()
    return written.getvalue()


class _Writer:
    """Writes the sheets of one workbook."""

    def __init__(
        self, book: xlsxwriter.Workbook, layout: Layout, ground: Ground
    ) -> None:
        self.book, self.layout, self.ground = book, layout, ground
        self.heading = book.add_format({"bold": True, "bottom": 1, "text_wrap": True})
        self.wrapped = book.add_format({"text_wrap": True, "valign": "top"})
        self.choices = {
            field.name: choices(layout, field, ground) for field in layout.fields
        }

    def write(self) -> None:
        rows = self.book.add_worksheet(ROWS)
        self._about()
        ranges: dict[str, str] = {}
        if self.ground.units:
            last = self._beside(UNITS, *self._units())
            ranges = {
                field.name: f"='{UNITS}'!$A$3:$A${last}"
                for field in self.layout.fields
                if field.type is FieldType.UNIT
            }
        if self.layout.dataset == DatasetName.REPORTED and self.ground.reported:
            self._beside(INDICATORS, *_indicators(self.ground.reported))
        ranges |= self._values(without=ranges)
        self._rows(rows, ranges)
        rows.activate()

    def _rows(self, sheet: Worksheet, ranges: dict[str, str]) -> None:
        plain = {"bold": True, "bottom": 1, "bg_color": "#E6E6E6"}
        must = self.book.add_format(
            plain | {"bg_color": "#1F4E79", "font_color": "#FFFFFF"}
        )
        may = self.book.add_format(plain)
        text = self.book.add_format({"num_format": "@"})
        day = self.book.add_format({"num_format": "yyyy-mm-dd"})
        told = words.COLUMNS[self.layout.dataset]
        for at, field in enumerate(self.layout.fields):
            is_needed = must_be_filled(self.layout, field)
            form_of_cells = text if field.type in _AS_TEXT else None
            if field.type is FieldType.DATE:
                form_of_cells = day
            sheet.set_column(at, at, max(14, len(field.name) + 3), form_of_cells)
            sheet.write_string(0, at, field.name, must if is_needed else may)
            lead = "Måste fyllas i. " if is_needed else ""
            sheet.write_comment(0, at, lead + told[field.name].meaning)
            if rule := _rule(field, ranges.get(field.name)):
                sheet.data_validation(1, at, _CHECKED, at, rule)
        sheet.freeze_panes(1, 0)

    def _about(self) -> None:
        told = words.COLUMNS[self.layout.dataset]
        lines = [
            (
                field.name,
                told[field.name].meaning,
                needed(self.layout, field),
                form(field, self.choices[field.name]),
                told[field.name].example,
            )
            for field in self.layout.fields
        ]
        headings = (
            *("Kolumn", "Betyder", "Måste fyllas i", "Skrivs så"),
            "Exempel (räknas inte)",
        )
        self._beside(ABOUT, headings, lines, (26, 60, 12, 44, 30), self._how())

    def _how(self) -> tuple[str, ...]:
        layout = self.layout
        return (
            f"Målbild: {words.TITLES[layout.dataset]}",
            f"Skriv på bladet {ROWS}, en rad för {words.ROW_IS[layout.dataset]}. Ändra "
            "inte rubrikerna. Mörka rubriker måste ha ett värde i varje rad.",
            "Skriv aldrig personnummer, namn på patienter eller annat som visar vem "
            "någon är. En fil med personnummer läses inte alls.",
            f"Spara som Excel-arbetsbok (.xlsx) och lämna till den som sköter Målbild. "
            f"Filen läggs i mappen {layout.folder} och läses in som den är; rader som "
            "inte går att läsa kommer tillbaka med skäl.",
        )

    def _units(
        self,
    ) -> _Sheet:
        lines = [
            (unit.id, unit.name, unit.kind, unit.above) for unit in self.ground.units
        ]
        return ("Id", "Namn", "Typ", "Hör till"), lines, (28, 40, 14, 40)

    def _values(self, without: dict[str, str]) -> dict[str, str]:
        """Write what can be chosen, a column for each; return where it stands."""
        listed = {
            name: values
            for name, values in self.choices.items()
            if values and name not in without
        }
        if not listed:
            return {}
        longest = max(map(len, listed.values()))
        lines = [
            tuple(values[n] if n < len(values) else "" for values in listed.values())
            for n in range(longest)
        ]
        self._beside(VALUES, tuple(listed), lines, (30,) * len(listed))
        return {
            name: f"='{VALUES}'!${column}$3:${column}${len(values) + 2}"
            for column, (name, values) in zip(
                map(xl_col_to_name, range(len(listed))), listed.items(), strict=True
            )
        }

    def _beside(
        self,
        name: str,
        headings: Sequence[str],
        lines: Sequence[Sequence[str]],
        widths: Sequence[int],
        before: Sequence[str] = (),
    ) -> int:
        """Write a sheet that is not read; return the number of its last row."""
        sheet = self.book.add_worksheet(name)
        end = 2 + len(before) + len(lines)
        for at, width in enumerate(widths):
            sheet.set_column(at, at, width)
        sheet.write_string(0, 0, mark_of(end, len(headings)))
        for at, sentence in enumerate(before, 1):
            sheet.write_string(at, 0, sentence)
        top = 1 + len(before)
        for at, cells in enumerate((headings, *lines), top):
            style = self.heading if at == top else self.wrapped
            _write_cells(sheet, at, cells, style)
        sheet.freeze_panes(top + 1, 0)
        sheet.protect()
        return end


def _write_cells(
    sheet: Worksheet, at: int, cells: Sequence[str], style: Format
) -> None:
    for position, cell in enumerate(cells):
        if cell:
            sheet.write_string(at, position, cell, style)


def _indicators(
    indicators: Sequence[Indicator],
) -> _Sheet:
    headings = ("Id", "Namn", "Täljare", "Nämnare", "Enhet", "Slag")
    lines = [
        (
            indicator.id,
            indicator.name.sv,
            indicator.numerator.sv,
            indicator.denominator.sv if indicator.denominator else "",
            indicator.unit.sv,
            ", ".join(indicator.categories),
        )
        for indicator in indicators
    ]
    return headings, lines, (38, 48, 48, 48, 16, 40)


def _rule(field: Field, place: str | None) -> dict[str, object] | None:
    """Return what Excel checks as a cell is filled in; None for nothing."""
    if place:
        return {
            "validate": "list",
            "source": place,
            "error_title": "Inte i listan",
            "error_message": "Välj ett värde i listan, eller lämna cellen tom.",
        }
    # What is unusual may be right: a sign of a masked number, or a day as text.
    doubt: dict[str, object] = {"criteria": "between", "error_type": "warning"}
    if field.type is FieldType.DATE:
        return doubt | {
            "validate": "date",
            "minimum": _SINCE,
            "maximum": _UNTIL,
            "error_title": "Är det ett datum?",
            "error_message": "Väntat: ett datum, till exempel 2026-03-18.",
        }
    if field.type in (FieldType.INTEGER, FieldType.NUMBER):
        bound = 1e15
        return doubt | {
            "validate": "integer" if field.type is FieldType.INTEGER else "decimal",
            "minimum": -bound if field.lowest is None else field.lowest,
            "maximum": bound if field.highest is None else field.highest,
            "error_title": "Är talet rätt?",
            "error_message": f"Väntat: {form(field, ())}.",
        }
    return None
