"""Long texts as parts of a page: what Markdown says, with the fields filled in."""

from collections.abc import Mapping
from operator import itemgetter

from dash.development.base_component import Component

from app.columns import Col
from app.design.components import Content, heading, link, section, table
from app.web import html
from app.words import prose
from app.words.prose import (
    Block,
    Code,
    Field,
    Line,
    Link,
    List,
    Paragraph,
    Section,
    Strong,
    Table,
)

Fields = Mapping[str, Content]
"""What is filled in, by name. A paragraph that is one field becomes what it holds."""


def page(written: Section, filled: Fields, *below: Component) -> Component:
    """Return a whole page: its heading and lead, and a section for each heading.

    Args:
        written: The text; what stands before its first section is the lead.
        filled: A value for each of its fields, and for nothing else.
        *below: What the page has between its heading and the first section.
    """
    if (fields := set(prose.fields(written))) != set(filled):
        raise ValueError(
            f"{written.title}: the text has the fields {sorted(fields)}, "
            f"the page fills in {sorted(filled)}"
        )
    # A message is not text itself until it is asked for.
    filled = {
        name: content if isinstance(content, Component | list | tuple) else str(content)
        for name, content in filled.items()
    }
    lead = [_lead(block, written.title, filled) for block in written.blocks]
    parts = [_section(part, filled) for part in written.sections]
    return html.Div([heading(written.title, *lead), *below, *parts])


def _lead(block: Block, title: str, filled: Fields) -> Content:
    if not isinstance(block, Paragraph):
        raise ValueError(f"{title}: expected paragraphs before the first section")
    return _together(block.line, filled)


def _section(written: Section, filled: Fields) -> Component:
    return section(
        written.title,
        *blocks(written, filled),
        *(_section(part, filled) for part in written.sections),
        id=written.id,
        level=written.level,
    )


def blocks(written: Section, filled: Fields) -> list[str | Component]:
    """Return what stands below a heading, before the first heading below that."""
    parts: list[str | Component] = []
    for block in written.blocks:
        content = _block(block, written.title, filled)
        parts += [content] if isinstance(content, str | Component) else content
    return parts


def _block(block: Block, caption: str, filled: Fields) -> Content:
    match block:
        case Paragraph((Field(name),)) if not isinstance(filled[name], str):
            return filled[name]
        case Paragraph(line):
            return _paragraph(line, filled)
        case List(items, is_numbered):
            rows = [html.Li(_together(item, filled)) for item in items]
            # Ways on look as they do on every page.
            look = {"className": "links"} if all(map(_is_link, items)) else {}
            return (html.Ol if is_numbered else html.Ul)(rows, **look)
        case Table(titles, rows):
            columns = [
                Col(title, itemgetter(at), is_heading=not at)
                for at, title in enumerate(titles)
            ]
            cells = [[_together(cell, filled) for cell in row] for row in rows]
            return table(caption, columns, cells)


def _is_link(item: Line) -> bool:
    return len(item) == 1 and isinstance(item[0], Link)


def _paragraph(line: Line, filled: Fields) -> Component:
    # What is filled in may be more than words, and then does not fit in a paragraph.
    holds_more = any(
        isinstance(part, Field) and not isinstance(filled[part.name], str)
        for part in line
    )
    return (html.Div if holds_more else html.P)(_together(line, filled))


def _together(line: Line, filled: Fields) -> Content:
    """Return a line with its fields filled in, as text where that is all it is."""
    parts: list[str | Component] = []
    for part in line:
        content = _part(part, filled)
        for inner in [content] if isinstance(content, str | Component) else content:
            if isinstance(inner, str) and parts and isinstance(parts[-1], str):
                parts[-1] += inner
            else:
                parts.append(inner)
    return parts[0] if len(parts) == 1 else parts


def _part(part: str | Field | Strong | Link | Code, filled: Fields) -> Content:
    match part:
        case str():
            return part
        case Field(name):
            return filled[name]
        case Strong(line):
            return html.Strong(_together(line, filled))
        case Link(line, href):
            return link(_together(line, filled), href)
        case Code(letters):
            return html.Code(letters)
