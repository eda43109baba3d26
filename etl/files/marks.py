"""What the cells of a workbook show beyond their values, from the workbook's XML.

The library that reads values gives the same nothing for an empty cell, an error and a
formula without a saved value, and a bare number for a cell shown as per cent. Which
cell is which stands in the XML of its sheet. Few sheets have such cells: a cheap look
tells those that may, and only they are read through a second time.
"""

import re
import xml.etree.ElementTree as ET
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from operator import eq, ge, gt, le, lt, ne
from posixpath import join, normpath
from xml.parsers import expat
from zipfile import ZipFile

_CHUNK = 1 << 20
_OVERLAP = 64
"""Longer than any text a cheap look searches for."""

MOST_CELLS = 50_000_000
"""In the rectangle around a sheet's cells, which is set aside in memory as a whole."""

Place = tuple[int, int]
"""Row and column of a cell, both counted from 0."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet of cells.

    Attributes:
        name: On its tab.
        is_visible: Whether the tab is shown.
        part: Its name in the archive.
    """

    name: str
    is_visible: bool
    part: str


@dataclass(frozen=True, slots=True)
class Section:
    """How a number format shows the numbers that it is for.

    Attributes:
        when: Which numbers: a sign of comparison and what they are compared with; None
            for those that no other section is for.
        per_cents: How many signs of per cent are shown; each makes the number shown a
            hundred times larger.
        digits: At least so many of a whole number are shown, with zeros before it.
    """

    when: tuple[str, float] | None = None
    per_cents: int = 0
    digits: int = 0

    def is_for(self, number: float) -> bool:
        """Say whether the section shows a number."""
        return self.when is None or _COMPARED[self.when[0]](number, self.when[1])


_COMPARED: dict[str, Callable[[float, float], bool]] = {
    "<": lt,
    "<=": le,
    ">": gt,
    ">=": ge,
    "=": eq,
    "<>": ne,
}


@dataclass(frozen=True, slots=True)
class Format:
    """A number format under which a cell shows another text than its value.

    Attributes:
        sections: The first that is for a number shows it.
        period: `month`, `quarter` or `year` where a date is shown without its day.
    """

    sections: tuple[Section, ...] = (Section(),)
    period: str | None = None

    def section_for(self, number: float) -> Section:
        """Return how the format shows a number."""
        return next(
            (section for section in self.sections if section.is_for(number)),
            self.sections[-1],
        )

    @property
    def is_plain(self) -> bool:
        """Whether a cell says the same as its value."""
        return self.period is None and not any(
            section.per_cents or section.digits for section in self.sections
        )


@dataclass(frozen=True, slots=True)
class Book:
    """The sheets of a workbook and how its cells may be shown.

    Attributes:
        sheets: In the order of their tabs; those that are charts alone are left out.
        formats: Number of a cell's style -> its format, where that changes what it is.
        is_uncalculated: The program that wrote the file left its formulas to be worked
            out when it is opened, and a 0 for each of them until then.
    """

    sheets: tuple[Sheet, ...]
    formats: dict[str, Format]
    is_uncalculated: bool


@dataclass(slots=True)
class Marks:
    """What is to be known of a sheet beside the values of its cells.

    Attributes:
        rows, columns: How far its cells reach, at most; one far away makes both large.
        errors: Cell -> the error it shows, such as `#N/A`.
        formulas: Cell -> its formula, where no value of it was saved.
        formats: Cell -> how it is shown, where that changes what it says.
    """

    rows: int = 0
    columns: int = 0
    errors: dict[Place, str] = field(default_factory=dict)
    formulas: dict[Place, str] = field(default_factory=dict)
    formats: dict[Place, Format] = field(default_factory=dict)


def book_of(archive: ZipFile) -> Book:
    """Return a workbook's sheets and formats.

    Raises:
        KeyError: a part of the archive that a workbook has is missing.
        xml.etree.ElementTree.ParseError: a part is not XML.
    """
    [main] = [
        relation
        for relation in _related(archive, "_rels/.rels", "")
        if relation.kind == "officeDocument"
    ]
    folder, _, name = main.part.rpartition("/")
    related = _related(archive, f"{folder}/_rels/{name}.rels".lstrip("/"), folder)
    by_id = {relation.id: relation for relation in related}
    root = ET.fromstring(archive.read(main.part))
    sheets = []
    for element in _all(root, "sheet"):
        [to] = [value for key, value in element.items() if key.endswith("}id")]
        if by_id[to].kind == "worksheet":
            is_visible = element.get("state", "visible") == "visible"
            sheets.append(Sheet(element.get("name", ""), is_visible, by_id[to].part))
    styles = [relation.part for relation in related if relation.kind == "styles"]
    is_uncalculated = any(
        element.get("fullCalcOnLoad") in ("1", "true")
        for element in _all(root, "calcPr")
    )
    return Book(
        tuple(sheets),
        _formats(archive.read(styles[0])) if styles else {},
        is_uncalculated,
    )


def has_cells(archive: ZipFile, sheet: Sheet) -> bool:
    """Return whether any cell of a sheet is filled or formatted."""
    with archive.open(sheet.part) as stream:
        start = stream.read(_CHUNK)
    return _CELL.search(start) is not None


def marks_of(archive: ZipFile, book: Book, sheet: Sheet) -> Marks:
    """Return how far a sheet reaches and which of its cells are not what they hold.

    Of a sheet that reaches further than `MOST_CELLS` the cells with a text are measured
    one by one: a format alone fills no memory.

    Raises:
        xml.parsers.expat.ExpatError: the sheet is not XML.
    """
    marks, is_marked = _cheap_look(archive, book, sheet)
    if is_marked or marks.rows * marks.columns > MOST_CELLS:
        return _Reading(book).marks(archive, sheet)
    return marks


# Parts of the archive


@dataclass(frozen=True, slots=True)
class _Relation:
    id: str
    kind: str
    part: str


def _related(archive: ZipFile, part: str, folder: str) -> list[_Relation]:
    return [
        _Relation(
            element.get("Id", ""),
            element.get("Type", "").rpartition("/")[2],
            normpath(join("/", folder, element.get("Target", ""))).lstrip("/"),
        )
        for element in ET.fromstring(archive.read(part))
    ]


def _all(root: ET.Element, name: str) -> Iterator[ET.Element]:
    # Two namespaces are in use, the older one and that of ISO 29500 Strict.
    return root.iterfind(f".//{{*}}{name}")


# Number formats

_QUOTED = re.compile(r'"[^"]*"|\\.|_.|\*.')
_BRACKETS = re.compile(r"\[[^\]]*\]")
"""Parts of a number format that are no letters of it: quoted, escaped, in brackets."""
_WHEN = re.compile(r"\[(<=|>=|<>|<|>|=)(-?\d+(?:\.\d+)?)\]")
_PER_CENT = Format((Section(per_cents=1),))
_BUILT_IN = {"9": _PER_CENT, "10": _PER_CENT, "17": Format(period="month")}


def _formats(styles: bytes) -> dict[str, Format]:
    root = ET.fromstring(styles)
    written = {
        element.get("numFmtId", ""): _format(element.get("formatCode", ""))
        for element in _all(root, "numFmt")
    }
    known, usual = {**_BUILT_IN, **written}, Format()
    return {
        str(number): shown
        for cells in _all(root, "cellXfs")
        for number, element in enumerate(cells)
        if not (shown := known.get(element.get("numFmtId", "0"), usual)).is_plain
    }


def _format(code: str) -> Format:
    """Return what a number format shows: `0.0%` a share, `mmm-yy` a month."""
    written = _QUOTED.sub("", code).lower().split(";")[:_MOST_SECTIONS]
    sections = [
        _section(section, nth, len(written)) for nth, section in enumerate(written)
    ]
    letters = set(_BRACKETS.sub("", written[0]))
    period = None
    if "y" in letters and not letters & set("dhs0#?"):
        period = next((word for sign, word in _SHOWN if sign in letters), "year")
    return Format(tuple(sections), period)


_MOST_SECTIONS = 3
"""Of numbers; a fourth is for text."""
_SHOWN = (("q", "quarter"), ("m", "month"))


def _section(written: str, nth: int, among: int) -> Section:
    """Return a section of a format; those without a condition have the usual ones."""
    usual = [None, (">=", 0.0), (">", 0.0)][among - 1] if nth == 0 else ("<", 0.0)
    when = None if 0 < nth == among - 1 else usual
    if condition := _WHEN.search(written):
        when = condition[1], float(condition[2])
    letters = _BRACKETS.sub("", written).strip()
    digits = len(letters) if len(letters) > 1 and set(letters) == {"0"} else 0
    return Section(when, letters.count("%"), digits)


# Sheets

_ROW = re.compile(rb'row [^>]*?\br="(\d+)"')
_WIDE = re.compile(rb'r="([A-Z]{2,3})\d')
_CELL = re.compile(rb"<(?:\w+:)?c[\s/>]")
_UNUSUAL = (b"\0", b"'", b" =", b"= ")
"""Not in a sheet as Excel writes it; one that has them is read through."""
_MARKED = (b't="e"', b"<f>", b"<f ", b"<f/", b":f>", b":f ", b":f/")
_LETTERS = 26


def _cheap_look(archive: ZipFile, book: Book, sheet: Sheet) -> tuple[Marks, bool]:
    """Return how far the sheet reaches, and whether any cell may have a mark."""
    marks = Marks(columns=_LETTERS)
    signs = (
        *_UNUSUAL,
        *_MARKED,
        *(f's="{number}"'.encode() for number in book.formats),
    )
    before = b""
    with archive.open(sheet.part) as stream:
        while chunk := stream.read(_CHUNK):
            text = before + chunk
            if any(sign in text for sign in signs):
                return marks, True
            # Rows stand in order: the last of them reaches furthest.
            last = max(text.rfind(b"<row "), text.rfind(b":row "))
            if last >= 0 and (row := _ROW.search(text, last)):
                marks.rows = max(marks.rows, int(row[1]))
            for letters in set(_WIDE.findall(text)):
                marks.columns = max(marks.columns, _column(letters.decode()) + 1)
            before = text[-_OVERLAP:]
    return marks, marks.rows == 0


def _column(letters: str) -> int:
    """Return a column's number, counted from 0: A is 0, AA is 26."""
    number = 0
    for letter in letters:
        number = number * _LETTERS + ord(letter) - ord("A") + 1
    return number - 1


class _Reading:
    """One reading through a sheet, for the cells with a mark."""

    def __init__(self, book: Book) -> None:
        self._book = book
        self._marks = Marks()
        self._row = self._column = -1
        self._type = self._style = ""
        self._has_formula = False
        self._texts: dict[str, list[str]] = {}
        self._listening: list[str] | None = None

    def marks(self, archive: ZipFile, sheet: Sheet) -> Marks:
        parser = expat.ParserCreate(namespace_separator=" ")
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._text
        with archive.open(sheet.part) as stream:
            parser.ParseFile(stream)
        return self._marks

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        name = name.rpartition(" ")[2]
        if name == "row":
            # Where a cell stands need not be said: then it is the next one.
            self._row = int(attributes.get("r", self._row + 2)) - 1
            self._column = -1
        elif name == "c":
            letters = attributes.get("r", "").rstrip("0123456789")
            self._column = _column(letters) if letters else self._column + 1
            self._type = attributes.get("t", "n")
            self._style = attributes.get("s", "0")
            self._has_formula = False
            self._texts = {"f": [], "v": []}
        elif name in self._texts:
            self._has_formula |= name == "f"
            self._listening = self._texts[name]

    def _text(self, text: str) -> None:
        if self._listening is not None:
            self._listening.append(text)

    def _end(self, name: str) -> None:
        self._listening = None
        if name.endswith(" c"):
            self._cell()

    def _cell(self) -> None:
        marks, place = self._marks, (self._row, self._column)
        value, formula = "".join(self._texts["v"]), "".join(self._texts["f"])
        self._texts = {}
        if value or self._type == "inlineStr":
            marks.rows = max(marks.rows, self._row + 1)
            marks.columns = max(marks.columns, self._column + 1)
        if self._type == "e":
            marks.errors[place] = value
        elif self._has_formula and self._is_unsaved(value):
            marks.formulas[place] = f"={formula}"
        elif self._type in ("n", "d") and value and self._style in self._book.formats:
            marks.formats[place] = self._book.formats[self._style]

    def _is_unsaved(self, value: str) -> bool:
        if self._book.is_uncalculated:
            return value in ("", "0")
        # A formula whose value is an empty text says so.
        return not value and self._type != "str"
