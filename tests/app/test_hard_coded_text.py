"""No page says a word that is not in the catalogue, the long texts or the data.

The pages are drawn in a language where every message, and every run of words in a long
text, stands between ⟦ and ⟧. What is
left outside them must be names and texts of the data, numbers or symbols.
"""

import re
from io import BytesIO

import pytest
from babel.messages.pofile import read_po, write_po
from sqlalchemy import text as sql

from app.site.routes import shown
from app.words import glossary, language, prose, text
from app.words.glossary import terms
from kpi.warehouse import Warehouse
from tests.app.reading import components
from tests.pages import PAGES

READ_ALOUD = ("title", "aria-label", "alt", "label", "placeholder", "data-label")
WORD = re.compile(r"[A-Za-zÅÄÖåäöé]{2,}")
# Symbols of units, names of formats and standards, ids and times.
NOT_WORDS = {
    *("kB", "UTC", "CSV", "JSON", "API", "Excel", "PNG", "XLSX", "HSA", "utf", "kv"),
    *("OpenAPI", "WCAG", "Målbild", "Kolada", "Svenska", "English", "SHA", "PREM"),
}


@pytest.fixture
def marked(tmp_path, monkeypatch):
    """English, with every message and every long text marked."""
    written = language.CATALOGUES / "en" / "LC_MESSAGES" / "messages.po"
    catalogue = read_po(BytesIO(written.read_bytes()), locale="en")
    for one in catalogue:
        if one.id:
            many = isinstance(one.id, tuple)
            said = tuple(f"⟦{form}⟧" for form in one.string) if many else None
            one.string = said or f"⟦{one.string}⟧"
    folder = tmp_path / "en" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    with (folder / "messages.po").open("wb") as file:
        write_po(file, catalogue)
    language._catalogue.cache_clear()
    language._in_words.cache_clear()
    monkeypatch.setattr(language, "CATALOGUES", tmp_path)
    prose.read.cache_clear()
    glossary._terms.cache_clear()
    text._period.cache_clear()
    monkeypatch.setattr(prose, "_text", lambda words: f"⟦{words}⟧")
    with language.speaking("en"):
        yield
    language._catalogue.cache_clear()
    language._in_words.cache_clear()
    prose.read.cache_clear()
    glossary._terms.cache_clear()
    text._period.cache_clear()


@pytest.fixture(scope="module")
def data_words(demo_warehouse):
    """Every word of the warehouse's own texts and ids, and of the glossary."""
    found = set()
    for term in terms().values():
        found |= set(WORD.findall(f"{term.sv} {term.en}"))
    with Warehouse(demo_warehouse).connect() as connection:
        names = connection.execute(
            sql(
                "SELECT table_name, column_name FROM information_schema.columns "
                "WHERE data_type IN ('VARCHAR', 'JSON') "
                "AND table_name NOT LIKE 'fact%' AND table_name <> 'outcome'"
            )
        ).all()
        for table, column in names:
            rows = connection.execute(
                sql(f'SELECT DISTINCT "{column}" FROM "{table}" LIMIT 5000')
            )
            for (value,) in rows:
                found |= set(WORD.findall(str(value)))
    return found


def said(part):
    """Every string a visitor can see or hear."""
    if isinstance(part, str):
        yield part
    for one in components(part):
        properties = one.to_plotly_json()["props"]
        children = properties.get("children")
        for child in children if isinstance(children, list | tuple) else [children]:
            if child is not None and not hasattr(child, "_prop_names"):
                yield str(child)
        for name in READ_ALOUD:
            if properties.get(name):
                yield str(properties[name])
        if figure := properties.get("figure"):
            yield from in_figure(figure)


def in_figure(part):
    if isinstance(part, dict):
        for name, value in part.items():
            if name in ("text", "title", "ticktext", "hovertext"):
                yield from strings(value)
            else:
                yield from in_figure(value)
    elif isinstance(part, list):
        for one in part:
            yield from in_figure(one)


def strings(value):
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        for one in value:
            yield from strings(one)
    elif isinstance(value, dict):
        yield from in_figure({"text": value.get("text", "")})


def outside(words):
    """What stands outside ⟦ and ⟧, which may stand within each other."""
    depth, kept = 0, []
    for sign in words:
        depth += (sign == "⟦") - (sign == "⟧")
        kept.append(sign if depth == 0 and sign != "⟧" else " ")
    return "".join(kept)


def months():
    names = language.locale().months["format"]["wide"].values()
    return {*names, *(name[:3] for name in names)}  # short ones on an axis


@pytest.mark.parametrize("name", PAGES)
def test_every_word_of_a_page_is_in_the_catalogue_or_the_data(
    name, demo_warehouse, data_words, marked
):
    path, _, search = PAGES[name].partition("?")
    parts = shown(Warehouse(demo_warehouse), path, f"?{search}")
    known = data_words | NOT_WORDS | months()
    left = {
        words
        for part in parts
        for words in said(part)
        if set(WORD.findall(re.sub("<[^>]*>", " ", outside(words)))) - known
    }
    assert left == set()


def test_a_word_outside_the_catalogue_is_found(marked):
    assert outside("⟦Data till ⟦mars⟧⟧ och mer").split() == ["och", "mer"]
