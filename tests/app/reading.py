"""Reading a page's components the way a visitor reads the page."""

from collections.abc import Iterator

from dash.development.base_component import Component


def components(part: object) -> Iterator[Component]:
    """Yield a component and all it holds, in the order they are read."""
    if isinstance(part, list | tuple):
        for one in part:
            yield from components(one)
    elif isinstance(part, Component):
        yield part
        yield from components(getattr(part, "children", None))


def words(part: object) -> str:
    """Return the text of a component, with single plain spaces."""
    return " ".join(" ".join(_words(part)).split())


def _words(part: object) -> Iterator[str]:
    if isinstance(part, list | tuple):
        for one in part:
            yield from _words(one)
    elif isinstance(part, Component):
        yield from _words(getattr(part, "children", None))
    elif part is not None:
        yield str(part)


def of_type(part: object, name: str) -> list[Component]:
    return [one for one in components(part) if type(one).__name__ == name]


def hrefs(part: object) -> list[str]:
    return [one.href for one in of_type(part, "A")]


def headings(part: object) -> list[tuple[str, str]]:
    """Return (level, words) of every heading in order."""
    return [
        (type(one).__name__, words(one))
        for one in components(part)
        if type(one).__name__ in ("H1", "H2", "H3", "H4", "H5")
    ]


def table_rows(table: Component) -> list[list[str]]:
    """Return the words of a table's body, row by row."""
    return [
        [words(cell) for cell in _listed(row.children)]
        for body in of_type(table, "Tbody")
        for row in of_type(body, "Tr")
    ]


def _listed(children: object) -> list:
    return children if isinstance(children, list) else [children]


def row_starting(part: object, name: str) -> list[str]:
    """Return the first table row whose first cell says this."""
    for table in of_type(part, "Table"):
        for row in table_rows(table):
            if row[0] == name:
                return row
    raise AssertionError(f"no row {name!r}")
