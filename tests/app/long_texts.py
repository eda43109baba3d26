"""Every long text of the program, and its words as they are written."""

from pathlib import Path

from app.words.prose import Section, read

APP = Path(__file__).resolve().parents[2] / "app"


def long_texts():
    """Return the files, by what they belong to: {"app/…/page": {"sv": path}}."""
    files = {}
    for path in sorted(APP.rglob("*.md")):
        name, _, code = path.stem.rpartition(".")
        belongs_to = (path.parent / name).relative_to(APP.parent).as_posix()
        files.setdefault(belongs_to, {})[code] = path
    return files


def texts_in(path):
    """Yield every run of words of a text: headings, and what stands between fields."""
    yield from _words(read(path))


def _words(part):
    if isinstance(part, str):
        yield part
    elif isinstance(part, tuple):
        for inner in part:
            yield from _words(inner)
    elif isinstance(part, Section):
        yield part.title
        yield from _words(part.blocks + part.sections)
    else:
        for name in getattr(part, "__slots__", ()):
            if name not in ("href", "name"):
                yield from _words(getattr(part, name))
