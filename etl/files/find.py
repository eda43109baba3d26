"""Finding the source files and learning what form each of them has."""

import hashlib
import os
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from unicodedata import normalize

from etl.machine import printable
from etl.mappings.model import Cases, Mapped
from etl.sources import LAYOUTS
from etl.sources.layout import Layout
from kpi.errors import SourceError
from kpi.vocabulary import SHIPPED, Finding

_CHUNK = 1 << 20
# With the letter as macOS writes it too: an a, and two dots that stand alone.
_ADDITIONS = re.compile("till(a|ä|a\u0308)gg", re.IGNORECASE)
# What a region decides may lie beside its files; it is read, and is no source.
_IGNORED = re.compile(
    r"readme(\..*)?|\..*|~\$.*|thumbs\.db|region\.yaml", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file as received.

    Attributes:
        path: Where it is.
        name: Its path under the sources folder, with `/`.
        producer: Its folder under the sources folder.
        layout: What its rows become.
        mapped: The mapping that it is read by; None if it has the layout's own form.
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
    mapped: Mapped | None = None

    @property
    def table(self) -> Layout:
        """The layout of the table in the file itself."""
        return self.mapped.mapping.table if self.mapped else self.layout

    @property
    def cases(self) -> Cases | None:
        """How its rows are counted where each is a case; None where they are not."""
        return self.mapped.mapping.cases if self.mapped else None


@dataclass(frozen=True, slots=True)
class Unread:
    """A file in the folder that was not read.

    Attributes:
        name: Its path under the sources folder.
        finding: `FILE_IGNORED` or `FILE_TWICE`.
        why: And what to do, in words.
    """

    name: str
    finding: Finding
    why: str

    def __str__(self) -> str:
        """Return a line for a person."""
        what = "left out" if self.finding is Finding.FILE_TWICE else "ignored"
        return f"{what}: {self.name}: {self.why}"


@dataclass(slots=True)
class SourceFolder:
    """What lies in a sources folder.

    Attributes:
        files: Those that a layout knows, by name.
        unread: What else lies there.
        faults: A sentence for each file that cannot be opened or named, and for what
            cannot be reached and could hold rows: a folder that may not be read, a link
            to nothing.
    """

    files: list[SourceFile] = field(default_factory=list)
    unread: list[Unread] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)


def find_files(sources: Path, mappings: Sequence[Mapped] = ()) -> SourceFolder:
    """Return the source files of a folder, what else lies there, and faults.

    Sorted by name. Links are followed, but for one that leads back to where it stands.

    Args:
        sources: The folder.
        mappings: For the files that are not in a layout's own form; what one of them
            names is read by it alone, once for each dataset.

    Raises:
        SourceError: the folder does not exist.
    """
    if not sources.is_dir():
        raise SourceError(
            f"{sources} is not a folder; give one with --sources, or put files there"
        )
    folder = SourceFolder()
    for path, wrong in sorted(_within(sources, (sources.resolve(),))):
        if _IGNORED.fullmatch(path.name) and not path.is_dir():
            continue
        name = normalize("NFC", printable(path.relative_to(sources).as_posix()))
        meant = [mapped for mapped in mappings if mapped.mapping.fits(name)]
        layout = meant[0].mapping.layout if meant else layout_of(path)
        if layout and "/." in f"/{name}":
            why = "a folder whose name begins with a dot is hidden, such as one of old "
            why += "copies; give it another name if its files are to count"
            folder.unread.append(Unread(name, Finding.FILE_IGNORED, why))
            continue
        if wrong and (layout or path.is_dir() or path.is_symlink()):
            folder.faults.append(f"{name}: {wrong}")
            continue
        if layout is None or wrong:
            why = wrong or _why_no_layout(path)
            folder.unread.append(Unread(name, Finding.FILE_IGNORED, why))
            continue
        if printable(path) != str(path):
            folder.faults.append(
                f"{name}: the name is not UTF-8, as from an old zip file; rename it"
            )
            continue
        faults = _unreadable_by(name, meant)
        if faults:
            folder.faults += faults
            continue
        try:
            file = describe(path, name, layout)
            folder.files += [
                replace(file, layout=mapped.mapping.layout, mapped=mapped)
                for mapped in meant
            ] or [file]
        except OSError as error:
            folder.faults.append(
                f"{name}: cannot be read: {error.strerror}; give whoever builds the "
                "right to read it"
            )
    return folder


def _unreadable_by(name: str, meant: Sequence[Mapped]) -> list[str]:
    """Return why the mappings that name a file cannot read it."""
    faults = []
    for mapped in meant:
        suffix = f".{name.rpartition('.')[2]}".casefold()
        suffixes = mapped.mapping.table.suffixes
        if suffix not in suffixes:
            faults.append(
                f"{name}: {mapped.path} names it, and reads files with the ending "
                f"{', '.join(suffixes)}; save it as one of them"
            )
        elif mapped.mapping.uses_sheets and suffix != ".xlsx":
            faults.append(
                f"{name}: {mapped.path} takes the name of its sheet, and it has no "
                "sheets; expected a workbook (.xlsx)"
            )
        years = _years_in(name)
        if years and mapped.mapping.years and years.isdisjoint(mapped.mapping.years):
            said = ", ".join(map(str, sorted(mapped.mapping.years)))
            faults.append(
                f"{name}: {mapped.path} says that its rows are of {said}, and its name "
                f"tells {', '.join(map(str, sorted(years)))}; give it an entry of its "
                "own there, or mend the name"
            )
    for dataset, count in Counter(m.mapping.dataset for m in meant).items():
        if count > 1:
            paths = sorted({str(mapped.path) for mapped in meant})
            faults.append(
                f"{name}: {count} mappings name it for {dataset} ({', '.join(paths)}); "
                "expected one; make their patterns narrower"
            )
    return faults


def _years_in(name: str) -> set[int]:
    """Return the years that a file's name tells of.

    A whole day is when it was exported, and it may tell of the year before.
    """
    years = {int(year) for year in re.findall(r"(?<![0-9])20[0-9]{2}(?![0-9])", name)}
    days = re.findall(rf"(?<![0-9])(20[0-9]{{2}}){_MONTH_AND_DAY}(?![0-9])", name)
    for year, *_ in days:
        years |= {int(year), int(year) - 1}
    return years


_MONTH_AND_DAY = "([-_.]?)(0[1-9]|1[0-2])\\2(0[1-9]|[12][0-9]|3[01])"


def _within(folder: Path, above: tuple[Path, ...]) -> Iterator[tuple[Path, str]]:
    """Give every file below a folder, and what is wrong with it as a file, if anything.

    `above` is the way to the folder: a link that leads back to it is not followed.
    """
    try:
        with os.scandir(folder) as entries:
            paths = [Path(entry.path) for entry in entries]
    except OSError as error:
        yield (
            folder,
            f"the folder may not be read ({error.strerror}); expected one that whoever "
            "runs the build may read; change its rights",
        )
        return
    for path in paths:
        if path.is_dir():
            way = path.resolve()
            if way not in above:
                yield from _within(path, (*above, way))
        elif path.is_file():
            yield path, ""
        elif path.is_symlink():
            yield (
                path,
                f"a link to {os.readlink(path)}, where nothing is; mend the link, see "
                "whether a share is mounted, or remove it",
            )
        else:
            yield path, "not a file but a pipe, a socket or a device; remove it"


_AS_WORKBOOK = (".xls", ".xlsm", ".xlsb", ".xltx", ".ods", ".fods", ".numbers")
_PACKED = (".gz", ".zip", ".7z", ".rar", ".bz2", ".xz", ".zst")


def _why_no_layout(path: Path) -> str:
    """Return why a file is not read, and what to do that it will be."""
    folder, suffix = path.parent.name, path.suffix.casefold()
    stem = path.stem
    if suffix in _PACKED:
        stem = Path(stem).stem
    fitting = [layout for layout in LAYOUTS if layout.fits(folder, stem)]
    if fitting:
        endings = " or ".join(
            sorted({n for layout in fitting for n in layout.suffixes})
        )
        advice = f"give it the ending {endings} if that is what it is"
        if suffix in _PACKED:
            advice = "unpack it"
        elif suffix in _AS_WORKBOOK:
            advice = "open it and save it as .xlsx"
        return f"expected the ending {endings}, found {suffix or 'none'}; {advice}"
    expected = [
        layout.example for layout in LAYOUTS if layout.folder == folder.casefold()
    ]
    if not expected:
        expected = [layout.example for layout in LAYOUTS]
    return (
        "no layout knows this folder and name; expected "
        f"{', '.join(sorted(set(expected)))}; rename it if it holds such rows"
    )


def first_of_each(files: list[SourceFile]) -> tuple[list[SourceFile], list[Unread]]:
    """Return the files without those whose bytes an earlier one has, and these.

    What ships with the program is compared with nothing: a region may have it as its
    own.

    Args:
        files: In the order in which they were received.
    """
    first: dict[tuple[str, str], SourceFile] = {}
    first_files, copies = [], []
    for file in files:
        key = file.layout.dataset, file.sha256
        if file.producer == SHIPPED or first.setdefault(key, file) is file:
            first_files.append(file)
            continue
        why = (
            f"the same bytes as {first[key].name}, which was read; counted once; "
            "remove one of them"
        )
        copies.append(Unread(file.name, Finding.FILE_TWICE, why))
    return first_files, copies


def layout_of(path: Path) -> Layout | None:
    """Return the layout that a path's folder and name belong to, if any."""
    layout = next(
        (layout for layout in LAYOUTS if layout.matches(path.parent.name, path.name)),
        None,
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
