"""How the text of a CSV file is written, and a plain copy of one that is not plain."""

import codecs
import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from etl.files.find import SourceFile
from kpi.errors import SourceError

BLANK = "\x02"
"""First cell of what was a blank line, in a plain copy."""

_CHUNK = 1 << 20
_DELIMITERS = ";,\t"
_BLANK_WITHIN = re.compile(rb"(?:\r\n|\r|\n)(?:\r\n|\r|\n)(?=[^\r\n])")


@dataclass(frozen=True, slots=True)
class TextForm:
    """How a CSV file is written.

    Attributes:
        encoding: `utf-8`, `utf-8-sig` or `cp1252`.
        delimiter: One of `;`, `,` and tab.
        header: The column names as they stand.
        new_line: What ends every line, a line feed, or a return and one.
        is_plain: The engine can read the file as it is. Otherwise it is in CP1252 (for
            which DuckDB wants an extension from the network), its lines end in several
            ways, or blank lines stand between its rows.
    """

    encoding: str
    delimiter: str
    header: tuple[str, ...]
    new_line: str
    is_plain: bool


def text_form(file: SourceFile) -> TextForm:
    """Read a CSV file through once and return how it is written.

    Raises:
        SourceError: it is empty, or not text in UTF-8 or CP1252.
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
    encoding = _encoding(file, start)
    first_line = start.decode(encoding, errors="replace").splitlines()[0]
    delimiter = max(_DELIMITERS, key=lambda one: _recognised(first_line, one, file))
    new_line = _new_line(file.path)
    return TextForm(
        encoding,
        delimiter,
        _header(first_line, delimiter),
        new_line or "\n",
        new_line is not None and encoding != "cp1252",
    )


def write_plain(file: SourceFile, form: TextForm, target: Path) -> None:
    """Write a copy in UTF-8 with one kind of line ends and blank lines marked.

    A line within quotes is part of a cell, and stays as it is.
    """
    is_quoted = False
    with (
        file.path.open(encoding=form.encoding, newline="") as reader,
        target.open("w", encoding="utf-8", newline="") as writer,
    ):
        for line in reader:
            cells = line.rstrip("\r\n")
            is_blank = not cells and not is_quoted
            is_quoted ^= cells.count('"') % 2 == 1
            if is_quoted:
                writer.write(line)
            else:
                writer.write(f"{BLANK if is_blank else cells}\n")


def _chunks(path: Path) -> Iterator[bytes]:
    with path.open("rb") as stream:
        while chunk := stream.read(_CHUNK):
            yield chunk


def _encoding(file: SourceFile, start: bytes) -> str:
    encoding = "utf-8-sig" if start.startswith(codecs.BOM_UTF8) else "utf-8"
    fault = _decoding_fault(file, encoding)
    if fault is None:
        return encoding
    cp1252_fault = _decoding_fault(file, "cp1252")
    if cp1252_fault is None:
        return "cp1252"
    raise SourceError(
        f"{file.name}: expected text in UTF-8 or CP1252; as UTF-8 {fault}, "
        f"as CP1252 {cp1252_fault}; export it again as UTF-8"
    )


def _decoding_fault(file: SourceFile, encoding: str) -> str | None:
    decoder = codecs.getincrementaldecoder(encoding)()
    done = 0
    for chunk in _chunks(file.path):
        if (nul := chunk.find(b"\0")) >= 0:
            return f"byte {done + nul + 1} is NUL, as in a file that is not text"
        if chunk.isascii() and not decoder.getstate()[0]:
            done += len(chunk)
            continue
        try:
            decoder.decode(chunk)
        except UnicodeDecodeError as error:
            at = done + error.start + 1
            return f"byte {at} is {error.object[error.start]:#04x}"
        done += len(chunk)
    try:
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return "the last character is cut off"
    return None


def _new_line(path: Path) -> str | None:
    """Return what ends every line; None if that varies, or blank lines stand within."""
    line_feeds = returns = pairs = 0
    before = b""
    for chunk in _chunks(path):
        kept = before[-4:]
        joined = kept + chunk
        has_returns = b"\r" in joined
        # The pattern is dear, and a blank line without returns is easily looked for.
        is_feed = np.frombuffer(joined, dtype=np.uint8) == ord("\n")
        is_suspect = has_returns or (is_feed[1:] & is_feed[:-1]).any()
        if is_suspect and _BLANK_WITHIN.search(joined):
            return None
        line_feeds += int(np.count_nonzero(is_feed[len(kept) :]))
        if has_returns:
            returns += chunk.count(b"\r")
            ends_apart = before.endswith(b"\r") and chunk.startswith(b"\n")
            pairs += chunk.count(b"\r\n") + ends_apart
        before = chunk
    if returns == 0:
        return "\n"
    return "\r\n" if line_feeds == returns == pairs else None


def _header(line: str, delimiter: str) -> tuple[str, ...]:
    cells = next(csv.reader([line], delimiter=delimiter), [])
    return tuple(cell.strip().strip("\ufeff") for cell in cells)


def _recognised(line: str, delimiter: str, file: SourceFile) -> tuple[int, int]:
    known = {one.name for one in file.layout.fields}
    header = _header(line, delimiter)
    return sum(name.casefold() in known for name in header), len(header)
