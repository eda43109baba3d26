"""Long texts, written as Markdown beside what shows them: one file for each language.

`page.sv.md` and `page.en.md` belong to `page.py`. A file is read once, to a tree of the
few things below; whoever shows it makes elements of them. Whatever else Markdown knows,
HTML above all, is refused with its line, so no text can become markup. `{name}` is a
field that the page fills in after the text has been read: what is filled in is never
read as Markdown. `{#place}` at the end of a heading names its place on the page.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path

from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode

from app.words import language

KNOWN = "headings, paragraphs, lists, tables, links, bold and `code`"

_FIELD = re.compile(r"\{([a-z_]+)\}")
_TITLE = re.compile(r"(?P<words>.+?)(?: \{#(?P<id>[\w-]+)\})?")
# HTML is read as HTML, to be refused: otherwise it would be shown as text.
_MARKDOWN = MarkdownIt("commonmark", {"html": True}).enable("table")


@dataclass(frozen=True, slots=True)
class Field:
    """Where the page fills something in."""

    name: str


@dataclass(frozen=True, slots=True)
class Strong:
    """Words that weigh more."""

    parts: "Line"


@dataclass(frozen=True, slots=True)
class Link:
    """Words that lead somewhere."""

    parts: "Line"
    href: str


@dataclass(frozen=True, slots=True)
class Code:
    """Letters to be taken as they stand."""

    letters: str


Line = tuple[str | Field | Strong | Link | Code, ...]
"""What stands in a paragraph, an item or a cell."""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph."""

    line: Line


@dataclass(frozen=True, slots=True)
class List:
    """A list: one line for each item."""

    items: tuple[Line, ...]
    is_numbered: bool


@dataclass(frozen=True, slots=True)
class Table:
    """A table: its headings, and rows of as many cells."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Line, ...], ...]


Block = Paragraph | List | Table
"""What stands below a heading."""


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and what stands below it, up to the next as high; a whole text is one.

    Attributes:
        title: The heading.
        id: Its place on the page, if it has one.
        level: 1 for the heading of the whole text.
        blocks: What stands before the first heading below it.
        sections: The parts with headings of their own, one level down.
    """

    title: str
    id: str | None
    level: int
    blocks: tuple[Block, ...]
    sections: tuple["Section", ...]


def beside(module: str, name: str | None = None) -> Section:
    """Return a text that stands beside a module, in the language now spoken.

    Args:
        module: The module's `__file__`.
        name: Of the text; not given, the module's own.
    """
    path = Path(module)
    return read(path.with_name(f"{name or path.stem}.{language.language()}.md"))


@cache
def read(path: Path) -> Section:
    """Return the text of a file.

    Raises:
        ValueError: It holds something else than what is known here.
    """
    tree = SyntaxTreeNode(_MARKDOWN.parse(path.read_text(encoding="utf-8")))
    if not tree.children:
        raise ValueError(f"{path}:1: expected a heading of level 1, got nothing")
    try:
        return _section(tree.children, 1)
    except _UnknownError as fault:
        raise ValueError(f"{path}:{fault}") from None


def only_words(section: Section) -> str:
    """Return what stands below a heading, if that is one paragraph of plain words.

    Raises:
        ValueError: It is something else.
    """
    match section.blocks:
        case (Paragraph((str(words),)),):
            return words
    raise ValueError(f"{section.title}: expected one paragraph of plain words")


def fields(part: object) -> Iterator[str]:
    """Yield the name of every field of a text, or of a part of one."""
    match part:
        case Field(name):
            yield name
        case tuple():
            for inner in part:
                yield from fields(inner)
        case Section() | Paragraph() | List() | Table() | Strong() | Link():
            for attribute in part.__slots__:
                yield from fields(getattr(part, attribute))


class _UnknownError(ValueError):
    """Something that is not known here, after the line where it stands."""

    def __init__(self, node: SyntaxTreeNode, expected: str, got: str) -> None:
        block = node
        while block.parent and not block.map:
            block = block.parent
        line = block.map[0] + 1 if block.map else 1
        super().__init__(f"{line}: expected {expected}, got {got!r}")


def _section(nodes: Sequence[SyntaxTreeNode], level: int) -> Section:
    head, *body = nodes
    if head.tag != f"h{level}":
        raise _UnknownError(head, f"a heading of level {level}", head.tag or head.type)
    starts = [at for at, node in enumerate(body) if node.tag == f"h{level + 1}"]
    starts.append(len(body))
    title = _TITLE.fullmatch(head.children[0].content)
    if not title or not all(node.type == "text" for node in head.children[0].children):
        raise _UnknownError(head, "plain words in a heading", head.children[0].content)
    return Section(
        title=_text(title["words"]),
        id=title["id"],
        level=level,
        blocks=tuple(_block(node) for node in body[: starts[0]]),
        sections=tuple(
            _section(body[start:end], level + 1) for start, end in pairwise(starts)
        ),
    )


def _block(node: SyntaxTreeNode) -> Block:
    match node.type:
        case "paragraph":
            return Paragraph(_line(node.children[0]))
        case "bullet_list" | "ordered_list":
            items = tuple(_item(item) for item in node.children)
            return List(items, is_numbered=node.type == "ordered_list")
        case "table":
            columns, *rows = (
                tuple(_line(cell.children[0]) for cell in row.children)
                for part in node.children
                for row in part.children
            )
            return Table(tuple(_plain(node, title) for title in columns), tuple(rows))
    raise _UnknownError(node, KNOWN, node.type)


def _item(node: SyntaxTreeNode) -> Line:
    if [inner.type for inner in node.children] != ["paragraph"]:
        raise _UnknownError(node, "one paragraph in each item", node.type)
    return _line(node.children[0].children[0])


def _plain(node: SyntaxTreeNode, line: Line) -> str:
    match line:
        case (str(words),):
            return words
    raise _UnknownError(node, "plain words above a column", str(line))


def _line(node: SyntaxTreeNode) -> Line:
    """Return what stands in a node; words go on over the end of a line of the file."""
    parts: list[str | Field | Strong | Link | Code] = []
    words = ""
    for inner in node.children:
        if inner.type in ("text", "softbreak"):
            words += inner.content if inner.type == "text" else " "
            continue
        parts += _filled_in(node, words)
        words = ""
        match inner.type:
            case "strong":
                parts.append(Strong(_line(inner)))
            case "link":
                parts.append(Link(_line(inner), str(inner.attrs["href"])))
            case "code_inline":
                parts.append(Code(inner.content))
            case _:
                raise _UnknownError(inner, KNOWN, inner.type)
    return (*parts, *_filled_in(node, words))


def _filled_in(node: SyntaxTreeNode, words: str) -> Iterator[str | Field]:
    """Yield words and the fields between them."""
    # re.split puts the names of the fields between the words.
    for at, part in enumerate(_FIELD.split(words)):
        if at % 2:
            yield Field(part)
        elif re.search("[{}]", part):
            raise _UnknownError(node, "a field such as {name}", part)
        elif part:
            yield _text(part)


def _text(words: str) -> str:
    return language.unbroken(words)
