"""Finding the source files and learning what form each of them has."""

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from etl.machine import printable
from etl.sources import LAYOUTS
from etl.sources.layout import Layout
from kpi.errors import SourceError

_CHUNK = 1 << 20
_NAME = re.compile(r"[^\W\d][\w ./%()-]{0,60}")
# With the letter as macOS writes it too: an a, and two dots that stand alone.
_ADDITIONS = re.compile("till(a|ä|a\u0308)gg", re.IGNORECASE)
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


@dataclass(slots=True)
class Found:
    """What lies in a sources folder.

    Attributes:
        files: Those that a layout knows, by name.
        unknown: Names that no layout knows.
        faults: A sentence for each file that cannot be opened or named.
    """

    files: list[SourceFile] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)


def find_files(sources: Path) -> Found:
    """Return the source files of a folder, the names that no layout knows, and faults.

    Sorted by name. A file whose content another one of the same producer already has
    is left out: the same file again changes nothing.

    Raises:
        SourceError: the folder does not exist.
    """
    if not sources.is_dir():
        raise SourceError(
            f"{sources} is not a folder; give one with --sources, or put files there"
        )
    found = Found()
    known: dict[tuple[str, str, str], SourceFile] = {}
    for path in sorted(path for path in sources.rglob("*") if path.is_file()):
        if _IGNORED.fullmatch(path.name):
            continue
        name = printable(path.relative_to(sources).as_posix())
        layout = layout_of(path)
        if layout is None:
            found.unknown.append(name)
            continue
        if printable(path) != str(path):
            found.faults.append(
                f"{name}: the name is not UTF-8, as from an old zip file; rename it"
            )
            continue
        try:
            file = describe(path, name, layout)
        except OSError as error:
            found.faults.append(
                f"{name}: cannot be read: {error.strerror}; give whoever builds the "
                "right to read it"
            )
            continue
        known.setdefault((file.producer, layout.dataset, file.sha256), file)
    found.files += known.values()
    return found


def layout_of(path: Path) -> Layout | None:
    """Return the layout that a path's folder and name belong to, if any."""
    layout = next(
        (one for one in LAYOUTS if one.matches(path.parent.name, path.name)), None
    )
    if layout and layout.observation and _ADDITIONS.search(printable(path.stem)):
        return layout.of_additions()
    return layout


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
            f"{_shown(header)}; add it to the export"
        )
    if faults:
        raise SourceError(*faults)
    return {name: at for name, at in positions.items() if name in known}


def missing_columns(file: SourceFile, header: Iterable[str]) -> list[str]:
    """Return the optional columns of the layout that the file does without."""
    written = {name.casefold() for name in header}
    return [one.name for one in file.layout.fields if one.name not in written]


def _shown(header: tuple[str, ...]) -> str:
    """Return column names for a message; a row taken for a header is not repeated."""
    names = [name if _NAME.fullmatch(name) else "(not a name)" for name in header]
    return ", ".join(names) or "nothing"


def extra_columns(file: SourceFile, header: Iterable[str]) -> list[str]:
    """Return the columns that the layout does not know, which are ignored."""
    known = {one.name for one in file.layout.fields}
    extra = (name for name in header if name and name.casefold() not in known)
    return [name if _NAME.fullmatch(name) else "(not a name)" for name in extra]
