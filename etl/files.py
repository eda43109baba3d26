"""Finding the source files and learning what form each of them has."""

import codecs
import csv
import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from etl.layouts import Layout
from etl.sources import LAYOUTS
from kpi.errors import SourceError

_CHUNK = 1 << 20
_DELIMITERS = ";,\t"
_IGNORED = re.compile(r"readme(\..*)?|\..*|~\$.*|thumbs\.db", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file as received.

    Attributes:
        path: Where it is.
        name: Its path under the sources folder, with `/`.
        producer: Its folder under the sources folder.
        layout: What it may hold.
        sha256: Of its bytes; a file is known by it.
        size: In bytes.
        received_at: When the file was last written, UTC.
    """

    path: Path
    name: str
    producer: str
    layout: Layout
    sha256: str
    size: int
    received_at: datetime


@dataclass(frozen=True, slots=True)
class TextForm:
    """How the text of a CSV file is written.

    Attributes:
        encoding: `utf-8`, `utf-8-sig` or `cp1252`.
        delimiter: One of `;`, `,` and tab.
        header: The column names as they stand.
    """

    encoding: str
    delimiter: str
    header: tuple[str, ...]


def find_files(sources: Path) -> tuple[list[SourceFile], list[str]]:
    """Return the source files of a folder, and the names that no layout knows.

    Sorted by name. A file whose content another one of the same producer already has
    is left out: the same file again changes nothing.

    Raises:
        SourceError: the folder does not exist.
    """
    if not sources.is_dir():
        raise SourceError(
            f"{sources} is not a folder; give one with --sources, or put files there"
        )
    found: dict[tuple[str, str, str], SourceFile] = {}
    unknown = []
    for path in sorted(path for path in sources.rglob("*") if path.is_file()):
        name = path.relative_to(sources).as_posix()
        if _IGNORED.fullmatch(path.name):
            continue
        layout = layout_of(path)
        if layout is None:
            unknown.append(name)
            continue
        file = describe(path, name, layout)
        found.setdefault((file.producer, layout.dataset, file.sha256), file)
    return list(found.values()), unknown


def layout_of(path: Path) -> Layout | None:
    """Return the layout that a path's folder and name belong to, if any."""
    return next(
        (one for one in LAYOUTS if one.matches(path.parent.name, path.name)), None
    )


def describe(path: Path, name: str, layout: Layout) -> SourceFile:
    """Return a file with its checksum."""
    digest = hashlib.sha256()
    with path.open("rb") as stream:
        while chunk := stream.read(_CHUNK):
            digest.update(chunk)
    status = path.stat()
    return SourceFile(
        path,
        name,
        name.rpartition("/")[0],
        layout,
        digest.hexdigest(),
        status.st_size,
        datetime.fromtimestamp(int(status.st_mtime), UTC).replace(tzinfo=None),
    )


def text_form(file: SourceFile) -> TextForm:
    """Read a CSV file through once and return how it is written.

    Raises:
        SourceError: it is empty, or not text in UTF-8 or CP1252.
    """
    if file.size == 0:
        raise SourceError(
            f"{file.name}: the file is empty; expected a header row; export it again"
        )
    start = _first_bytes(file)
    if start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        raise SourceError(
            f"{file.name}: the text is UTF-16; expected UTF-8 or CP1252; "
            "save it as `CSV UTF-8`"
        )
    encoding = "utf-8-sig" if start.startswith(codecs.BOM_UTF8) else "utf-8"
    if fault := _decoding_fault(file, encoding):
        if cp1252_fault := _decoding_fault(file, "cp1252"):
            raise SourceError(
                f"{file.name}: expected text in UTF-8 or CP1252; as UTF-8 {fault}, "
                f"as CP1252 {cp1252_fault}; export it again as UTF-8"
            )
        encoding = "cp1252"
    first_line = start.decode(encoding, errors="replace").splitlines()[0]
    delimiter = max(_DELIMITERS, key=lambda one: _recognised(first_line, one, file))
    return TextForm(encoding, delimiter, _header(first_line, delimiter))


def _first_bytes(file: SourceFile) -> bytes:
    with file.path.open("rb") as stream:
        return stream.read(_CHUNK)


def _decoding_fault(file: SourceFile, encoding: str) -> str | None:
    decoder = codecs.getincrementaldecoder(encoding)()
    done = 0
    with file.path.open("rb") as stream:
        while chunk := stream.read(_CHUNK):
            if (nul := chunk.find(b"\0")) >= 0:
                return f"byte {done + nul + 1} is NUL, as in a file that is not text"
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


def _header(line: str, delimiter: str) -> tuple[str, ...]:
    cells = next(csv.reader([line], delimiter=delimiter), [])
    return tuple(cell.strip().strip("\ufeff") for cell in cells)


def _recognised(line: str, delimiter: str, file: SourceFile) -> tuple[int, int]:
    known = {one.name for one in file.layout.fields}
    header = _header(line, delimiter)
    return sum(name.casefold() in known for name in header), len(header)


def columns_in(file: SourceFile, header: Iterable[str]) -> dict[str, int]:
    """Return where each field of the layout stands in the header.

    Raises:
        SourceError: required columns are missing, or a name stands twice.
    """
    positions: dict[str, int] = {}
    faults = []
    known = {one.name for one in file.layout.fields}
    header = tuple(header)
    for position, written in enumerate(header):
        name = written.casefold()
        if name in positions and name in known:
            faults.append(
                f"{file.name}:1: the column {written!r} stands twice; keep one"
            )
        positions.setdefault(name, position)
    missing = [name for name in file.layout.required if name not in positions]
    if missing:
        faults.append(
            f"{file.name}:1: missing column {', '.join(missing)}; found "
            f"{', '.join(header) or 'nothing'}; add it to the export"
        )
    if faults:
        raise SourceError(*faults)
    return {name: at for name, at in positions.items() if name in known}


def extra_columns(file: SourceFile, header: Iterable[str]) -> list[str]:
    """Return the columns that the layout does not know, which are ignored."""
    known = {one.name for one in file.layout.fields}
    return [name for name in header if name and name.casefold() not in known]
