"""Parts of a page as HTML, so that the browser draws them at once.

Dash's renderer keeps a state for each component it is sent, and tells every one of them
when a page is exchanged: with the thousands of a long table that takes many seconds.
What no callback speaks of is therefore sent as HTML, made here from the same
components; charts and stores stay components.
"""

import re
from collections.abc import Callable
from functools import cache, lru_cache, partial
from html import escape
from typing import Any

from dash.development.base_component import Component

_HTML = "dash_html_components"
_VOID = frozenset({"br", "hr", "img"})
_CAPITAL = re.compile("[A-Z]")
_SPELLED = {"className": "class", "htmlFor": "for"}
"""Where HTML spells an attribute otherwise; the rest only in lower case."""
_NO_ATTRIBUTES = frozenset(
    {
        *("children", "_prop_names", "_valid_wildcard_attributes"),
        *("available_properties", "available_wildcard_properties"),
    }
)
"""What a component holds besides its attributes."""


class Markup(Component):
    """HTML to put in the page as it is; `assets/15-markup.js` draws it.

    Only `solid` makes these: it escapes every text.
    """

    _children_props: list[str] = []
    _base_nodes: list[str] = []
    _namespace = "malbild_components"
    _type = "Markup"
    _prop_names = ["id", "html"]
    available_properties = _prop_names
    available_wildcard_properties: list[str] = []
    _valid_wildcard_attributes: list[str] = []

    html: str

    def __init__(self, html: str) -> None:
        # Dash looks for a package of our namespace on the disk, for each property.
        vars(self).update(html=html)


class Kept(Component):
    """A part of many pages that is written as HTML once; only `written` makes these.

    Args:
        children: The part itself.
        html: The same as it stands in a page.
    """

    _children_props: list[str] = []
    _base_nodes: list[str] = []
    _namespace = _HTML
    _type = "Kept"
    _prop_names = ["children", "html"]
    available_properties = _prop_names
    available_wildcard_properties: list[str] = []
    _valid_wildcard_attributes: list[str] = []

    html: str

    def __init__(self, children: Any, html: str) -> None:
        vars(self).update(children=children, html=html)


class Drawing(Component):
    """A small picture within a page, as SVG.

    Args:
        lines: SVG elements of numbers and of our own names only; not escaped.
        size: Width and height, in CSS pixels.
        alt: What it shows.
        className: For the style sheet.
    """

    _children_props: list[str] = []
    _base_nodes: list[str] = []
    _namespace = _HTML
    _type = "Drawing"
    _prop_names = ["lines", "size", "alt", "className"]
    available_properties = _prop_names
    available_wildcard_properties: list[str] = []
    _valid_wildcard_attributes: list[str] = []

    lines: str
    size: tuple[int, int]
    alt: str
    className: str

    def __init__(
        self, lines: str, size: tuple[int, int], alt: str, className: str
    ) -> None:
        vars(self).update(lines=lines, size=size, alt=alt, className=className)

    def svg(self) -> str:
        """Return the picture as it stands in a page."""
        width, height = self.size
        return (
            f'<svg class="{self.className}" role="img" aria-label="{escape(self.alt)}" '
            f'width="{width}" height="{height}" viewBox="0 0 {width} {height}">'
            f"{self.lines}</svg>"
        )


def solid(part: Any) -> Any:
    """Return a part of a page with as few components as can be.

    Args:
        part: A component, words, None, or a list of such.

    Returns:
        The same, with each of the largest parts that hold nothing but HTML components
        as one `Markup`.
    """
    if isinstance(part, list | tuple):
        return [solid(child) for child in part]
    if not isinstance(part, Component) or not _tag(type(part)):
        return part
    written: list[str] = []
    try:
        _write(part, written.append, _refuse)
    except NotHtmlError as error:
        return _apart(part, error.way)
    return Markup("".join(written))


def written(part: Any) -> Kept:
    """Return a part of HTML alone that stands in many places, to be kept.

    Args:
        part: A component, words, or a list of such.

    Raises:
        NotHtmlError: only scripts can draw it, and they would draw it for each page.
    """
    html: list[str] = []
    _write(part, html.append, _refuse)
    return Kept(part, "".join(html))


def _apart(part: Any, way: set[int]) -> Any:
    """Return a part that is no HTML as a whole, with what stands beside it as HTML.

    Args:
        part: On the way to what only scripts can draw, or beside it.
        way: The ids of the components on it; what is beside them is tried by itself.
    """
    if isinstance(part, list | tuple):
        return [_apart(child, way) for child in part]
    if id(part) not in way:
        return solid(part)
    part.children = _apart(part.children, way)
    return part


class NotHtmlError(Exception):
    """Only scripts can draw this.

    Attributes:
        way: The ids of the HTML components that it stands within.
    """

    def __init__(self) -> None:
        self.way: set[int] = set()


def _refuse(part: Component, write: "_Write") -> None:
    raise NotHtmlError


def html_of(part: object) -> str:
    """Return a part of a page as HTML; every text and attribute is escaped.

    What only scripts can draw, such as a chart, leaves its place empty.
    """
    written: list[str] = []
    _write(part, written.append, _leave_place)
    return "".join(written)


def _leave_place(part: Component, write: "_Write") -> None:
    if style := getattr(part, "style", None):
        write(f'<div style="{_escaped(_written(style))}"></div>')


_Write = Callable[[str], None]
_Otherwise = Callable[[Component, _Write], None]
"""What is done at a component that is no HTML."""


def _write(part: Any, write: _Write, otherwise: _Otherwise) -> None:
    # The kinds of part, the most frequent first: a page has thousands.
    kind: type = type(part)
    if kind is str:
        write(_text(part))
    elif kind is list or kind is tuple:
        for child in part:
            if type(child) is str:
                write(_text(child))
            elif child is not None:
                _write(child, write, otherwise)
    elif _is_component(kind):
        _write_element(part, write, otherwise)
    elif part is not None:
        write(_text(str(part)))


@cache
def _is_component(kind: type) -> bool:
    # Asking an object costs ten times as much: Component is an abstract class.
    return issubclass(kind, Component)


def _write_element(part: Component, write: _Write, otherwise: _Otherwise) -> None:
    # Types are compared: asking a component what it is goes through an abstract class.
    kind = type(part)
    tag = _tag(kind)
    if not tag:
        if kind is Markup:
            write(f'<div class="markup">{vars(part)["html"]}</div>')
        else:
            otherwise(part, write)
        return
    if kind is Drawing:
        write(part.svg())  # type: ignore[attr-defined]
        return
    if kind is Kept:
        write(vars(part)["html"])
        return
    # Dash's own to_plotly_json() tries every property that an element might have, which
    # took half the time of a page; what it was given are its attributes.
    given = vars(part)
    start = f"<{tag}"
    for name, spelled in _spelled(tuple(given)):
        value = given[name]
        # None and False leave an attribute out, as in Dash; what aria says, it says.
        if value is None or value is False:
            continue
        if value is True:
            start += f" {spelled}"
        else:
            sentence = value if type(value) is str else _written(value)
            start += f' {spelled}="{_escaped(sentence)}"'
    if tag in _VOID:
        write(f"{start}>")
        return
    children = given.get("children")
    if type(children) is str:
        write(f"{start}>{_text(children)}</{tag}>")
        return
    write(f"{start}>")
    if children is not None:
        try:
            _write(children, write, otherwise)
        except NotHtmlError as error:
            error.way.add(id(part))
            raise
    write(f"</{tag}>")


@cache
def _tag(kind: type[Component]) -> str:
    """Return what HTML calls a component; empty for one that is no HTML."""
    is_html = getattr(kind, "_namespace", None) == _HTML
    return kind._type.lower() if is_html else ""


@cache
def _spelled(names: tuple[str, ...]) -> list[tuple[str, str]]:
    """Return the attributes in the order they are written, and how HTML spells them."""
    return [
        (name, _SPELLED.get(name) or name.lower())
        for name in sorted(set(names) - _NO_ATTRIBUTES)
    ]


def _written(value: object) -> str:
    if isinstance(value, dict):
        return ";".join(f"{_hyphened(key)}:{setting}" for key, setting in value.items())
    return str(value)


_escaped = lru_cache(4096)(escape)
"""An attribute; most of a page are the same few, and so are its words."""

_text = lru_cache(4096)(partial(escape, quote=False))
"""Words between tags."""


def _hyphened(name: str) -> str:
    return _CAPITAL.sub(lambda match: f"-{match[0].lower()}", name)
