"""What is quoted stands in the plans' documents, and all of a document is quoted."""

import re
from functools import cache
from pathlib import Path

import pytest

from kpi.activities import load_activities
from kpi.definitions import load_definitions

ROOT = Path(__file__).parents[2]
FOLDER = ROOT.parent / "shared/documents"
ACTIVITIES = load_activities(
    ROOT / "data/reference/activities.yaml", load_definitions(ROOT / "indicators.yaml")
)
PLANS = [document.plan for document in ACTIVITIES.documents]

pytestmark = pytest.mark.skipif(
    not FOLDER.is_dir(), reason="the documents of the plans are not here"
)

LABELS = set(
    """aktivitetsplan ansvar av deltagare från för insats mål målbild mått mätetal
    nuläge och planerade prioriterade aktiviteter region kronoberg status
    stödfunktion tidplan
    uppföljning vision visionen det övergripande målet""".split()
)
"""The words of the tables' heads and of the page headings."""


def plain(text):
    """Return words without what is layout: lines, hyphens at their ends, marks."""
    text = re.sub(r"-\n+(?=[a-zåäö])", "", text)
    text = re.sub(r"<(https?://[^>]*)>", r"\1", text)
    text = re.sub(r"</?[a-z]+[^<>]*>", " ", text)
    text = re.sub(r"^#+ ", "", text.replace("*", ""), flags=re.MULTILINE)
    return " ".join(text.split())


@cache
def document(plan):
    """Return the text of a plan's document: the one with most of its quotations."""
    statements = [plain(activity.quote.sv) for activity in ACTIVITIES.of_plan(plan)]
    texts = [plain(path.read_text(encoding="utf-8")) for path in FOLDER.iterdir()]
    return max(texts, key=lambda text: sum(quote in text for quote in statements))


@pytest.mark.parametrize("plan", PLANS)
def test_every_quotation_stands_in_the_document(plan):
    text = document(plan)
    missing = [
        (activity.id, quote.sv)
        for activity in ACTIVITIES.of_plan(plan)
        for quote in activity.quotes
        if plain(quote.sv) not in text
    ]
    assert missing == []


@pytest.mark.parametrize("plan", PLANS)
def test_headings_stand_as_in_the_document_with_its_numbers(plan):
    text = document(plan)
    about = ACTIVITIES.document(plan)
    assert plain(about.title.sv) in text
    for section in about.sections:
        # In capitals or not is a matter of layout.
        heading = f"{section.number or ''} {section.name.sv}".strip()
        assert plain(heading).casefold() in text.casefold(), section.id
        for quote in section.intro:
            assert plain(quote.sv) in text, section.id


@pytest.mark.parametrize("plan", PLANS)
def test_what_a_document_says_of_itself_is_told_as_it_stands(plan):
    text, about = document(plan), ACTIVITIES.document(plan)
    title = about.subtitle and about.subtitle.sv
    facts = [
        title,
        about.number,
        about.diary_number,
        about.revision,
        about.next_revision,
    ]
    people = [who.sv for who in (about.decided_by, about.responsible) if who]
    for fact in [*facts, *people]:
        assert fact is None or fact in text
    assert about.date in text.replace("–", "-")


@pytest.mark.parametrize("plan", PLANS)
def test_no_line_of_a_document_is_left_out(plan):
    about = ACTIVITIES.document(plan)
    quoted = [
        quote.sv
        for quotes in (
            [about.title],
            *(activity.quotes for activity in ACTIVITIES.of_plan(plan)),
            *([section.name, *section.intro] for section in about.sections),
        )
        for quote in quotes
    ]
    text = document(plan)
    # Before the first statement there are a front page and a list of contents.
    left = text[text.index(plain(ACTIVITIES.of_plan(plan)[0].quote.sv)) :]
    for quote in sorted(map(plain, quoted), key=len, reverse=True):
        left = re.sub(re.escape(quote), " ", left, flags=re.IGNORECASE)
    words = set(re.findall(r"[^\W\d_]{2,}", left.casefold()))
    assert words - LABELS == set()


@pytest.mark.parametrize("plan", PLANS)
def test_what_stands_under_a_heading_is_in_the_order_of_the_document(plan):
    text, about = document(plan), ACTIVITIES.document(plan)
    introduced, at = set(), 0
    for activity in ACTIVITIES.of_plan(plan):
        quotes = [activity.quote]
        for section in about.way_to(activity.section):
            if section.id not in introduced:
                quotes[-1:-1] = section.intro
                introduced.add(section.id)
        for quote in quotes:
            next_at = text.find(plain(quote.sv), at)
            assert next_at >= 0, (activity.id, quote.sv)
            at = next_at
