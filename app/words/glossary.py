"""The glossary: each word of the field in both languages, and what it means.

The words are the headings of `glossary.sv.md` and `glossary.en.md`, each with its name.
"""

from functools import cache
from pathlib import Path

from app.words.language import LANGUAGES, language
from app.words.prose import Section, only_words, read
from app.words.term import Term


def terms() -> dict[str, Term]:
    """Return the terms by their names; what they mean is in the language spoken."""
    return _terms(language())


@cache
def _terms(code: str) -> dict[str, Term]:
    written = {other: _by_name(other) for other in LANGUAGES}
    return {
        name: Term(
            sv=written["sv"][name].title,
            en=written["en"][name].title,
            meaning=only_words(section),
        )
        for name, section in written[code].items()
    }


def _by_name(code: str) -> dict[str, Section]:
    text = read(Path(__file__).with_suffix(f".{code}.md"))
    return {part.id: part for part in text.sections if part.id}
