"""Every message that a person may read in a terminal has a Swedish sentence."""

import re
from functools import cache
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from app.pages.sources.codes import REJECTED_FOR
from etl.words.catalogue import CATALOGUE, CODE, swedish
from kpi.vocabulary import Rejection
from tests.etl.words.messages import ROOT, sentences

GAP = re.compile(r"\{(\d+)(?::\w+)?\}")
OF_PYDANTIC = re.compile("(Input|String|List|Dictionary) should |Field req|Extra inp")
MAY_BE_LEFT_OUT = {
    "refused: {0} fault{1}",  # the same in Swedish for one fault and for several
    "Input should be a valid dictionary or instance of {0}",  # a name in our code
}


@cache
def messages():
    with CATALOGUE.open("rb") as written:
        return [message for message in read_po(written, locale="sv") if message.id]


def english():
    return {message.id for message in messages() if message.context != CODE}


def core(piece):
    """Return the longest text of a piece between its gaps, without its joints."""
    return max(re.split(r"\{\d*\}", piece), key=len).strip(" ,;:('`?")


def longest_part(words):
    """Return the longest text of a sentence that the code has in one piece."""
    return max(re.split(r"\{\d\}|^1 | perhaps |[;,:|'\"\\]", words), key=len).strip()


def test_every_message_has_a_swedish_sentence():
    whole = english()
    missing = {
        sentence.words: sentence.place
        for sentence in sentences()
        if sentence.words not in whole
        and not (
            sentence.is_piece and any(core(sentence.words) in words for words in whole)
        )
    }
    entries = "\n".join(
        f'\n# {place}\nmsgid "{escaped(words)}"\nmsgstr ""'
        for words, place in missing.items()
    )
    assert not missing, (
        f"{len(missing)} messages without Swedish; add them to etl/words/sv.po (of a "
        f"piece of a sentence, the whole sentence):\n{entries}"
    )


def escaped(words):
    return words.replace("\\", "\\\\").replace('"', '\\"')


def test_what_is_looked_for_is_found():
    words = {sentence.words for sentence in sentences()}
    assert len(words) > 400
    assert {
        "{0}: missing column {1}; found {2}; {3}",  # of an f-string
        "a whole number",  # of a fault of a row
        "no date in the file settles which is the day and which the month",  # in SQL
        "which month? such as 2026-01",  # asked
        "write synthetic source files",  # help
    } <= words


def test_every_sentence_is_translated_and_nothing_stands_twice():
    assert [message.id for message in messages() if not message.string] == []
    written = CATALOGUE.read_text("utf-8")
    assert len(re.findall("^msgid ", written, re.MULTILINE)) == len(messages())


def test_swedish_has_the_gaps_of_the_english():
    different = {
        message.id: message.string
        for message in messages()
        if {gap[1] for gap in GAP.finditer(message.string)}
        != {gap[1] for gap in GAP.finditer(message.id)}
    }
    assert different.keys() <= MAY_BE_LEFT_OUT, different
    for words, translation in different.items():
        assert set(GAP.findall(translation)) < set(GAP.findall(words))


def test_gaps_that_touch_are_kept_together():
    # Nothing in a line tells where the first of them ends.
    touching = re.compile(r"\{(\d+)(?::\w+)?\}(?=\{(\d+))")
    for message in messages():
        assert touching.findall(message.string) == touching.findall(message.id)


def test_gaps_are_numbered_from_the_left():
    for message in messages():
        numbers = [int(gap) for gap in GAP.findall(message.id)]
        assert numbers == [*range(len(numbers))], message.id


def test_the_catalogue_holds_no_sentence_that_nobody_says():
    import argparse

    paths = [*(ROOT / "etl").rglob("*.py"), *(ROOT / "kpi").rglob("*.py")]
    paths.append(Path(argparse.__file__))
    written = "\n".join(path.read_text("utf-8") for path in paths)
    written = re.sub(r"""["']\s*(\|\|)?\s*f?["']""", "", written)
    endings = {words for words in english() if words.startswith(".csv or")}
    forgotten = [
        words
        for words in english() - endings
        if not OF_PYDANTIC.match(words) and longest_part(words) not in written
    ]
    assert forgotten == []


def test_reasons_are_told_as_on_the_pages():
    codes = swedish().codes
    assert codes.keys() == {*Rejection}
    for code, words in REJECTED_FOR.items():
        assert codes[code].casefold() == str(words).casefold()


def test_swedish_can_be_printed_where_a_terminal_has_latin_1_alone():
    for message in messages():
        message.string.encode("latin-1")


@pytest.mark.parametrize("room", ["etl", "kpi"])
def test_both_packages_are_looked_at(room):
    assert sum(s.place.startswith(room) for s in sentences()) > 50
