"""The part of `docs/api.md` that is made from the declarations."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from urllib.parse import urlencode

from app.api.answer import Address, Download
from app.api.parameters import Parameter
from app.columns import HEAD, Field
from app.site.rooms import ADDRESSES, DOWNLOADS, HEALTH
from app.words.language import speaking

PAGE = Path("docs/api.md")
_BEGIN = "<!-- Made from the declarations by `python -m app docs`; do not edit. -->\n"
_END = "<!-- Made until here. -->\n"


def page(written: str) -> str:
    """Return a page with what is declared in its place.

    Raises:
        ValueError: the page has no place for it.
    """
    before, begin, rest = written.partition(_BEGIN)
    _, end, after = rest.partition(_END)
    if not (begin and end):
        raise ValueError(f"{PAGE}: expected the lines {_BEGIN!r} and {_END!r}")
    return "".join((before, begin, made(), end, after))


def made() -> str:
    """Return every address with what it takes and what it answers, in English."""
    with speaking("en"):
        parts = [*map(_address, ADDRESSES), *map(_download, DOWNLOADS), _health()]
        return "".join(f"{line}\n" for part in parts for line in part)


def _address(address: Address) -> Iterator[str]:
    yield from _asked(address.name, address, address.paths)
    yield from _table("field", "type", "what it is")
    for field in (*HEAD, *address.fields):
        yield _row(field.name, _type(field), _about(field))
    for listed in address.lists:
        for field in listed.fields:
            yield _row(f"{listed.name}[].{field.name}", _type(field), _about(field))


def _download(download: Download) -> Iterator[str]:
    return _asked(f"{download.name}.xlsx", download, (download.path,))


def _health() -> Iterator[str]:
    yield from ("", "### health", "", "Whether the warehouse can be read.", "")
    yield f"`{HEALTH}` answers 200 with build and schema version, otherwise 503."


def _asked(
    title: str, declared: Address | Download, paths: Iterable[str]
) -> Iterator[str]:
    required = {
        parameter.name: parameter.schema["examples"][0]
        for parameter in declared.parameters
        if parameter.is_required
    }
    query = f"?{urlencode(required)}" if required else ""
    yield from ("", f"### {title}", "", declared.about, "")
    yield ", ".join(f"`{path}{query}`" for path in paths)
    yield from _table("parameter", "what it does", "what it takes")
    for parameter in declared.parameters:
        yield _row(parameter.name, parameter.about, _takes(parameter))


def _takes(parameter: Parameter) -> str:
    several = ", or several" if parameter.is_list else ""
    return f"{parameter.expected()}{several}"


def _type(field: Field) -> str:
    return f"{field.type} or null" if field.is_nullable else field.type


def _about(field: Field) -> str:
    words = f" One of {', '.join(field.words)}." if field.words else ""
    return f"{field.about}{words}"


def _table(*titles: str) -> Iterator[str]:
    yield from ("", f"| {' | '.join(titles)} |", f"|{' --- |' * len(titles)}")


def _row(name: str, *cells: str) -> str:
    return f"| `{name}` | {' | '.join(cells)} |"
