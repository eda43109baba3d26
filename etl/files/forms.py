"""How the text of a CSV file is written, and a plain copy of one that is not plain."""

import codecs
import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from unicodedata import normalize

import numpy as np

from etl.files.find import SourceFile
from etl.files.header import header_at, missing_in
from etl.folding import folded
from kpi.errors import SourceError

BLANK = "\x02"
"""First cell of what was a blank line, in a plain copy."""

_CHUNK = 1 << 20
_DELIMITERS = ";,\t"
_HEAD = 20
"""Lines from the top among which a header is looked for."""
_LONGEST_CELL = 4_000_000
_LINE_END = re.compile(rb"\r\n|\r|\n")
_BLANK_WITHIN = re.compile(rb"(?:\r\n|\r|\n)(?:\r\n|\r|\n)(?=[^\r\n])")
_LONE_RETURN = re.compile("\r(?!\n)")
_SEP = re.compile(r'"?sep=([;,\t])"?\s*', re.IGNORECASE)
_WHOLE_QUOTES = re.compile(rb'(?:^|[;,\t\r\n])"[^"]*"(?=[;,\t\r\n]|$)')
# Marks that are put on the letter before them, and signs that stand for a letter.
_PARTED = re.compile(rb"\xcc[\x80-\xbf]|\xcd[\x80-\xaf]|\xe2\x84[\xaa\xab]")


@dataclass(frozen=True, slots=True)
class TextForm:
    """How a CSV file is written.

    Attributes:
        encoding: `utf-8`, `utf-8-sig` or `cp1252`.
        delimiter: One of `;`, `,` and tab.
        head: The first lines, each as its cells; the first of them is the header.
        lines_above: Above the header: they say how the file is written (`sep=;`), or
            are titles that a mapping passes over.
        new_line: What ends every line, a line feed, or a return and one.
        is_plain: The engine can read the file as it is. Otherwise it is in CP1252 (for
            which DuckDB wants an extension from the network), its lines end in several
            ways, blank lines stand between its rows, or its quotation marks are such
            that the engine takes only line feeds with them.
        has_quotes: Whether a quotation mark stands anywhere in it.
        is_composed: Whether every letter is written as one sign.
        ends_whole: Whether the last line has an end, as in most files that are whole.
    """

    encoding: str
    delimiter: str
    head: tuple[tuple[str, ...], ...]
    lines_above: int
    new_line: str
    is_plain: bool
    has_quotes: bool
    is_composed: bool
    ends_whole: bool

    @property
    def header(self) -> tuple[str, ...]:
        """The column names as they stand, but for what is empty at its end."""
        return self.head[0]


def text_form(file: SourceFile) -> TextForm:
    """Read a CSV file through once and return how it is written.

    Raises:
        SourceError: it is empty, or not text in UTF-8 or CP1252, or in both.
    """
    start = next(_chunks(file.path), b"")
    encoding = encoding_of(file)
    lines = start.decode(encoding, errors="replace").splitlines()[: _HEAD + 1]
    sep = _SEP.fullmatch(lines[0])
    lines = lines[1:] if sep else lines
    if sep:
        delimiter = sep[1]
    else:
        delimiter = max(_DELIMITERS, key=lambda sign: _recognised(lines, sign, file))
    head = _head(lines, delimiter)
    titles = header_at(file, head)
    lines_above = int(sep is not None) + titles
    # Titles may have blank lines between them; the engine passes over both.
    survey = _survey(file.path, _end_of_line(start, lines_above) if titles else 0)
    return TextForm(
        encoding,
        delimiter,
        head[titles:],
        lines_above,
        survey.new_line or "\n",
        is_plain=survey.new_line is not None
        and encoding != "cp1252"
        and not (survey.new_line == "\r\n" and survey.has_odd_quotes),
        has_quotes=survey.has_quotes,
        is_composed=survey.is_composed or encoding == "cp1252",
        ends_whole=survey.ends_whole,
    )


def write_plain(file: SourceFile, form: TextForm, target: Path) -> None:
    """Write a copy in UTF-8 with one kind of line ends and blank lines marked.

    A line break within quotes is part of a cell, and stays there. A quotation mark
    within a cell that does not begin with one is a sign like any other.

    Raises:
        SourceError: a cell begins with a quotation mark and never ends, or goes on
            after the mark that ends it.
    """
    csv.field_size_limit(_LONGEST_CELL)
    with (
        file.path.open(encoding=form.encoding, newline="") as reader,
        target.open("w", encoding="utf-8", newline="") as writer,
    ):
        rows = csv.reader(reader, delimiter=form.delimiter, strict=True)
        copy = csv.writer(writer, delimiter=form.delimiter, lineterminator="\n")
        try:
            for cells in rows:
                # The engine takes a lone return in a cell for the end of a row.
                whole = [_LONE_RETURN.sub("\n", cell) for cell in cells]
                copy.writerow(whole or [BLANK])
        except csv.Error as error:
            raise SourceError(
                f"{file.name}:{rows.line_num}: the rows cannot be told apart "
                f"({error}); expected one row per line and balanced quotes: a cell "
                "that begins with a quotation mark ends with one, and has every mark "
                "between them doubled; export the file again"
            ) from None


def _chunks(path: Path) -> Iterator[bytes]:
    with path.open("rb") as stream:
        while chunk := stream.read(_CHUNK):
            yield chunk


def encoding_of(file: SourceFile) -> str:
    """Return the encoding of a text: `utf-8`, `utf-8-sig` or `cp1252`.

    Raises:
        SourceError: it is empty, or not text in UTF-8 or CP1252, or in both.
    """
    start = next(_chunks(file.path), b"")
    if not start.removeprefix(codecs.BOM_UTF8):
        raise SourceError(
            f"{file.name}: the file is empty; expected a header row; export it again"
        )
    if start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        raise SourceError(
            f"{file.name}: the text is UTF-16; expected UTF-8 or CP1252; "
            "save it as `CSV UTF-8`"
        )
    is_marked = start.startswith(codecs.BOM_UTF8)
    encoding = "utf-8-sig" if is_marked else "utf-8"
    fault = _decoding_fault(file, encoding)
    if fault is None:
        return encoding
    if is_marked or (not fault.is_nul and _is_mostly_utf_8(file.path)):
        raise SourceError(
            f"{file.name}:{fault.line}: expected text in one encoding; it is UTF-8, "
            f"but {fault.words}; it may be cut off, or put together of files in "
            "several encodings; export it again as UTF-8"
        )
    cp1252_fault = _decoding_fault(file, "cp1252") or _letters_elsewhere(file.path)
    if cp1252_fault is None:
        return "cp1252"
    raise SourceError(
        f"{file.name}:{cp1252_fault.line}: expected text in UTF-8 or CP1252; as UTF-8 "
        f"{fault.words}, as CP1252 {cp1252_fault.words}; export it again as UTF-8"
    )


_SEQUENCE = re.compile(
    rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}"
)
_BEYOND_ASCII = re.compile(rb"[\x80-\xff]")
# In CP1252 letters that Swedish does without: the first of them begins å, ä and ö in
# UTF-8, the others no-break spaces and what Word makes of dashes and quotation marks.
_ONLY_IN_UTF_8 = re.compile(rb"\xc3|\xc2[\xa0-\xbf]|\xe2[\x80-\x82][\x80-\xbf]")
# In a word these are å, ä and ö as MS-DOS and older Macs write them, and signs such as
# a dagger in CP1252. A quotation mark may follow a word there.
_ELSEWHERE = re.compile(rb"[A-Za-z](?:[\x86\x8c]|[\x84\x8a\x94\x9a][A-Za-z])")
_SWEDISH = re.compile(rb"[\xc4\xc5\xd6\xe4\xe5\xf6]")


def _is_mostly_utf_8(path: Path) -> bool:
    """Return whether a text that is not UTF-8 was meant to be, but for some bytes."""
    whole = stray = 0
    for chunk in _chunks(path):
        if chunk.isascii():
            continue
        if _ONLY_IN_UTF_8.search(chunk):
            return True
        sequences = [len(sequence) for sequence in _SEQUENCE.findall(chunk)]
        whole += len(sequences)
        stray += len(_BEYOND_ASCII.findall(chunk)) - sum(sequences)
    return whole > stray


def _letters_elsewhere(path: Path) -> "_DecodingFault | None":
    """Return where å, ä or ö seems to be as a Mac or MS-DOS writes it, if it is."""
    done, line = 0, 1
    first: _DecodingFault | None = None
    for chunk in _chunks(path):
        if _SWEDISH.search(chunk):
            return None
        if first is None and (letter := _ELSEWHERE.search(chunk)):
            at = letter.start() + 1
            words = (
                f"byte {done + at + 1} is {chunk[at]:#04x}, a sign within a word, as "
                "in text of a Mac or of MS-DOS"
            )
            first = _DecodingFault(line + chunk.count(b"\n", 0, at), words)
        done += len(chunk)
        line += chunk.count(b"\n")
    return first


@dataclass(frozen=True, slots=True)
class _DecodingFault:
    line: int
    words: str
    is_nul: bool = False


def _decoding_fault(file: SourceFile, encoding: str) -> _DecodingFault | None:
    decoder = codecs.getincrementaldecoder(encoding)()
    done, line = 0, 1
    for chunk in _chunks(file.path):
        if (nul := chunk.find(b"\0")) >= 0:
            words = f"byte {done + nul + 1} is NUL, as in a file that is not text"
            return _DecodingFault(line + chunk.count(b"\n", 0, nul), words, True)
        waiting = len(decoder.getstate()[0])
        if not chunk.isascii() or waiting:
            try:
                decoder.decode(chunk)
            except UnicodeDecodeError as error:
                at = done - waiting + error.start + 1
                line += error.object.count(b"\n", 0, error.start)
                words = f"byte {at} is {error.object[error.start]:#04x}"
                return _DecodingFault(line, words)
        done += len(chunk)
        line += chunk.count(b"\n")
    try:
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return _DecodingFault(line, f"the last character is cut off at byte {done}")
    return None


@dataclass(slots=True)
class _Survey:
    """What the bytes of a whole file say; `new_line` is None where it varies."""

    new_line: str | None = None
    has_quotes: bool = False
    has_odd_quotes: bool = False
    is_composed: bool = True
    ends_whole: bool = False


def _end_of_line(start: bytes, number: int) -> int:
    """Return where in the first bytes of a file a line ends, counted from 1."""
    ends = [end.end() for end in islice(_LINE_END.finditer(start), number)]
    return ends[-1]


def _survey(path: Path, first: int) -> _Survey:
    """Look through a file: its line ends, blank lines, quotation marks and letters.

    Args:
        path: Of the file.
        first: Where to begin, in bytes.
    """
    survey = _Survey()
    line_feeds = returns = pairs = 0
    has_blank_within = False
    before = b""
    for chunk in _chunks(path):
        chunk, first = chunk[first:], 0
        tail = before[-4:]
        joined = tail + chunk
        if quotes := chunk.count(b'"'):
            survey.has_quotes = True
            whole = _WHOLE_QUOTES.findall(chunk)
            survey.has_odd_quotes |= quotes != 2 * len(whole)
        if not chunk.isascii() and _PARTED.search(joined):
            survey.is_composed = False
        has_returns = b"\r" in joined
        # The pattern is dear, and a blank line without returns is easily looked for.
        is_feed = np.frombuffer(joined, dtype=np.uint8) == ord("\n")
        is_suspect = has_returns or (is_feed[1:] & is_feed[:-1]).any()
        has_blank_within |= bool(is_suspect and _BLANK_WITHIN.search(joined))
        line_feeds += int(np.count_nonzero(is_feed[len(tail) :]))
        if has_returns:
            returns += chunk.count(b"\r")
            ends_apart = before.endswith(b"\r") and chunk.startswith(b"\n")
            pairs += chunk.count(b"\r\n") + ends_apart
        before = chunk
    survey.ends_whole = before.endswith((b"\n", b"\r"))
    if not has_blank_within:
        if returns == 0:
            survey.new_line = "\n"
        elif line_feeds == returns == pairs:
            survey.new_line = "\r\n"
    return survey


def _head(lines: list[str], delimiter: str) -> tuple[tuple[str, ...], ...]:
    return tuple(_names(line, delimiter) for line in lines) or ((),)


def _names(line: str, delimiter: str) -> tuple[str, ...]:
    cells = next(csv.reader([line], delimiter=delimiter), [])
    names = [normalize("NFC", cell.strip().strip("\ufeff")) for cell in cells]
    # Programs that end every line with a delimiter give the last column no name.
    while names and not names[-1]:
        del names[-1]
    return tuple(names)


def _recognised(
    lines: list[str], delimiter: str, file: SourceFile
) -> tuple[int, int, int]:
    known = {field.name for field in file.table.fields}
    head = _head(lines, delimiter)
    header = head[header_at(file, head)]
    return (
        sum(folded(name) in known for name in header),
        sum(not missing_in(file.table, row) for row in head),
        len(header),
    )
