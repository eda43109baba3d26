"""Templates filled in as by Excel: numbers as numbers, days in the column's style."""

import io
import re
import zipfile
from collections.abc import Iterable, Mapping
from datetime import date
from xml.sax.saxutils import escape

from xlsxwriter.utility import xl_col_to_name

from etl.sources.layout import FieldType, Layout

_SHEET = "xl/worksheets/sheet1.xml"
_NUMBER = re.compile(r"-?(0|[1-9][0-9]*)([.,][0-9]+)?")
_NUMBERS = (FieldType.INTEGER, FieldType.NUMBER)


def filled(template: bytes, layout: Layout, rows: Iterable[Mapping[str, str]]) -> bytes:
    """Return a template with rows below its headings, each a mapping of columns."""
    written = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(template)) as before,
        zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as after,
    ):
        for name in before.namelist():
            content = before.read(name)
            if name == _SHEET:
                content = _with_rows(content.decode(), layout, rows).encode()
            after.writestr(name, content)
    return written.getvalue()


def _with_rows(sheet: str, layout: Layout, rows: Iterable[Mapping[str, str]]) -> str:
    styles: dict[int, str] = {}
    for first, last, style in re.findall(
        r'<col min="(\d+)" max="(\d+)"[^>]*? style="(\d+)"', sheet
    ):
        styles |= dict.fromkeys(range(int(first), int(last) + 1), style)
    body = "".join(
        f'<row r="{number}">'
        + "".join(
            _cell(
                f"{xl_col_to_name(at)}{number}",
                styles.get(at + 1, "0"),
                field.type,
                row[field.name],
            )
            for at, field in enumerate(layout.fields)
            if row.get(field.name)
        )
        + "</row>"
        for number, row in enumerate(rows, 2)
    )
    assert sheet.count("</sheetData>") == 1
    return sheet.replace("</sheetData>", f"{body}</sheetData>")


def _cell(place: str, style: str, type_: FieldType, text: str) -> str:
    if type_ in _NUMBERS and _NUMBER.fullmatch(text):
        number = text.replace(",", ".")
        return f'<c r="{place}" s="{style}"><v>{number}</v></c>'
    if type_ is FieldType.DATE and (day := _day(text)):
        days = (day - date(1899, 12, 30)).days
        return f'<c r="{place}" s="{style}"><v>{days}</v></c>'
    words = f'<is><t xml:space="preserve">{escape(text)}</t></is>'
    return f'<c r="{place}" s="{style}" t="inlineStr">{words}</c>'


def _day(text: str) -> date | None:
    """Return the day that Excel would make of a text; None if it stays text."""
    try:
        return date.fromisoformat(text) if len(text) == 10 else None
    except ValueError:
        return None
