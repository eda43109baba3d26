"""A guide in two languages says the same in both: a change in one is in the other.

Words cannot be compared. All else can, section by section: headings, code, tables,
items of lists, names in code, words of the screen, links and pictures.
"""

import re
from collections import Counter
from dataclasses import dataclass

import pytest

from tests.test_docs import (
    DOCS,
    anchors,
    bold_in,
    code_spans_in,
    fences,
    links_in,
    prose,
)

SWEDISH = {
    path.name.replace(".sv.md", ".md"): path.name for path in DOCS.glob("*.sv.md")
}
ENGLISH = {swedish: english for english, swedish in SWEDISH.items()}


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and the prose below it, up to the next."""

    level: int
    title: str
    text: str


def sections(page):
    """Return the sections of a page; it begins with its title."""
    before, *parts = re.split(r"^(#+) (.+)$", prose(DOCS / page), flags=re.MULTILINE)
    assert before == ""
    triples = zip(parts[::3], parts[1::3], parts[2::3], strict=True)
    return [Section(len(marks), title, text) for marks, title, text in triples]


def blocks(page):
    """Return the code of a page without comments, which are in the page's language."""
    return [
        re.sub(r"(^|\s+)#.*$", "", code, flags=re.M) for code in fences(DOCS / page)
    ]


def tables(text):
    """Return (rows, columns) of each table, with its headings."""
    found = re.findall(r"(?:^\|.*\n)+", text, re.MULTILINE)
    return [(table.count("\n"), table.partition("\n")[0].count("|")) for table in found]


def items(text):
    """Return the marks of the items of lists: `-`, or a number."""
    return re.findall(r"^ *(-|\d+\.) ", text, re.MULTILINE)


def destinations(page):
    """Return how to name where a link leads, so that it is the same in both languages.

    A heading is its place on its page. The Swedish page of a pair links to Swedish
    pages where there are any.
    """
    counterpart = (
        ENGLISH if page in ENGLISH else {english: english for english in SWEDISH}
    )

    def destination(target):
        file, _, anchor = target.partition("#")
        file = file or page
        if file not in SWEDISH and file not in ENGLISH:
            return target
        place = anchors(DOCS / file).index(anchor) if anchor else 0
        return f"{counterpart.get(file, f'{file}, in the other language')}#{place}"

    return destination


def named(page, text):
    """Return all that a section names, whatever the order of its words."""
    return {
        "tables": tables(text),
        "items": items(text),
        "code": sorted(code_spans_in(text)),
        "words of the screen": sorted(bold_in(text)),
        "links": sorted(map(destinations(page), links_in(text))),
    }


def only_in_one(there, here):
    """Return what either list has and the other has not, or not as often."""
    there, here = Counter(there), Counter(here)
    return [*(there - here)], [*(here - there)]


@pytest.mark.parametrize(("english", "swedish"), SWEDISH.items())
class TestPair:
    def test_both_have_the_same_headings(self, english, swedish):
        levels = [
            [section.level for section in sections(page)] for page in (english, swedish)
        ]
        assert levels[0] == levels[1]
        assert len(levels[0]) > 5

    def test_both_have_the_same_code_but_for_comments(self, english, swedish):
        assert blocks(swedish) == blocks(english) != []

    def test_each_section_names_the_same_in_both(self, english, swedish):
        pairs = zip(sections(english), sections(swedish), strict=True)
        differ = [
            (ours.title, theirs.title, what, *only_in_one(there, here))
            for ours, theirs in pairs
            for (what, there), here in zip(
                named(english, ours.text).items(),
                named(swedish, theirs.text).values(),
                strict=True,
            )
            if there != here
        ]
        assert differ == []


def test_the_operator_and_the_analyst_read_swedish():
    assert {"operator.md", "analyst.md"} <= set(SWEDISH)
