"""The long texts say the same in every language, as far as a program can tell."""

import re

import pytest

from app.server import wsgi
from app.words.language import LANGUAGES
from app.words.prose import Code, Field, Link, List, Section, Strong, Table, read
from tests.app.long_texts import APP, long_texts, texts_in

TEXTS = long_texts()
OTHERS = [code for code in LANGUAGES if code != "sv"]
SWEDISH = re.compile("[åäöÅÄÖ]")
NAMES = ("Målbild", "Rådet för främjande av kommunala analyser")


def shape(part):
    """Return what a text is made of, without its words."""
    match part:
        case Section(_, place, level, blocks, sections):
            return (level, place, shape(blocks), shape(sections))
        case Strong(line):
            return ("strong", shape(line))
        case Link(line, href):
            return (href, shape(line))
        case Field() | Code():
            return part
        case List(items, is_numbered):
            return (is_numbered, shape(items))
        case Table(columns, rows):
            return (len(columns), shape(rows))
        case tuple():
            if _is_line(part):
                # Where these stand among the words differs by language.
                inner = [one for one in part if not isinstance(one, str)]
                return sorted(map(repr, map(shape, inner)))
            return [shape(inner) for inner in part]
    return (type(part).__name__, shape(part.line))


def _is_line(parts):
    return any(isinstance(part, str | Field | Strong | Link | Code) for part in parts)


def test_there_are_long_texts():
    assert {"app/pages/about/page", "app/pages/map/help", "app/words/answers"} <= set(
        TEXTS
    )


@pytest.mark.parametrize("name", TEXTS)
def test_a_text_is_there_in_every_language_beside_its_module(name):
    assert set(TEXTS[name]) == set(LANGUAGES)
    module = APP.parent / name
    assert module.with_suffix(".py").exists() or module.with_name("page.py").exists()


@pytest.mark.parametrize("code", OTHERS)
@pytest.mark.parametrize("name", TEXTS)
def test_headings_links_tables_lists_and_fields_are_the_same(name, code):
    assert shape(read(TEXTS[name][code])) == shape(read(TEXTS[name]["sv"]))


def links(part):
    """Yield the address of every link in a text."""
    if isinstance(part, Link):
        yield part.href
    elif isinstance(part, tuple):
        for inner in part:
            yield from links(inner)
    else:
        for name in getattr(part, "__slots__", ()):
            yield from links(getattr(part, name))


def test_every_link_within_the_program_leads_to_a_page_or_to_the_api(demo_warehouse):
    texts = [path for files in TEXTS.values() for path in files.values()]
    within = {
        href for path in texts for href in links(read(path)) if href.startswith("/")
    }
    assert len(within) > 3
    client = wsgi(demo_warehouse).test_client()
    answers = {href: client.get(href).status_code for href in within}
    assert answers == dict.fromkeys(within, 200)


@pytest.mark.parametrize("code", OTHERS)
@pytest.mark.parametrize("name", TEXTS)
def test_a_translation_is_not_the_swedish_words(name, code):
    left = []
    for words in texts_in(TEXTS[name][code]):
        plain = re.sub("“[^”]*”", "", words)  # a Swedish name that is quoted
        for known in NAMES:
            plain = plain.replace(known, "")
        if SWEDISH.search(plain):
            left.append(words)
    assert left == []


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("## A", "## A\n\n## B"),
        ("## A {#a}", "## A"),
        ("## A", "### A"),
        ("x {a}", "x {b}"),
        ("x {a}", "x"),
        ("[x](/a)", "[x](/b)"),
        ("- x", "- x\n- y"),
        ("**x** y", "x y"),
        ("x", "x\n\ny"),
    ],
)
def test_a_difference_is_seen(tmp_path, one, other):
    level = "# T\n\n" if "###" not in one + other else "# T\n\n## S\n\n"
    shapes = []
    for name, written in (("one", one), ("other", other)):
        path = tmp_path / f"{name}.md"
        path.write_text(level + written, encoding="utf-8")
        shapes.append(shape(read(path)))
    assert shapes[0] != shapes[1]


def test_words_may_stand_in_another_order(tmp_path):
    shapes = []
    for name, written in (("one", "{a} x **y**"), ("other", "**y** x {a}")):
        path = tmp_path / f"{name}.md"
        path.write_text(f"# T\n\n## S\n\n{written}", encoding="utf-8")
        shapes.append(shape(read(path)))
    assert shapes[0] == shapes[1]
