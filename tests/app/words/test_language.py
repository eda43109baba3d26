"""The catalogue of English words: whole, current and true to the Swedish ones."""

import re
from io import BytesIO
from pathlib import Path

import pytest
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.pofile import read_po

from app.words import language, text
from app.words.language import gettext, lazy_gettext, ngettext, speaking
from kpi.model import Text

ROOT = Path(__file__).resolve().parents[3]
KEYWORDS = DEFAULT_KEYWORDS | {
    "_l": None,
    "lazy_gettext": None,
    "lazy_pgettext": ((1, "c"), 2),
}
PLACEHOLDER = re.compile(r"\{(\w*)")


def messages_in_code():
    found = extract_from_dir(str(ROOT / "app"), keywords=KEYWORDS)
    return {
        (context, message if isinstance(message, str) else tuple(message))
        for _, _, message, _, context in found
    }


@pytest.fixture(scope="module")
def catalogue():
    written = language.CATALOGUES / "en" / "LC_MESSAGES" / "messages.po"
    return [one for one in read_po(BytesIO(written.read_bytes())) if one.id]


def test_the_catalogue_holds_what_the_code_says_and_nothing_else(catalogue):
    written = {(one.context, one.id) for one in catalogue}
    in_code = messages_in_code()
    assert in_code - written == set(), "run `make messages` and translate"
    assert written - in_code == set(), "run `make messages`"
    assert len(written) > 500


def test_every_message_is_translated_by_a_person(catalogue):
    def is_whole(one):
        said = one.string if isinstance(one.string, tuple) else (one.string,)
        return all(said) and not one.fuzzy

    assert [one.id for one in catalogue if not is_whole(one)] == []


def test_a_translation_fills_in_what_the_message_fills_in(catalogue):
    def blanks(words):
        return set(PLACEHOLDER.findall(words))

    faults = []
    for one in catalogue:
        said = one.string if isinstance(one.string, tuple) else (one.string,)
        asked = one.id if isinstance(one.id, tuple) else (one.id,)
        wanted = set().union(*(blanks(form) for form in asked))
        # The singular may say "one" where the plural gives the number.
        faults += [one.id for form in said[-1:] if blanks(form) != wanted]
        faults += [one.id for form in said if blanks(form) - wanted]
    assert faults == []


def test_a_translation_is_not_the_swedish_words(catalogue):
    swedish = re.compile("[åäöÅÄÖ]")
    names = {"Målbild", "Källa: Kolada"}
    left = [
        one.string
        for one in catalogue
        if swedish.search("".join(one.string)) and not _is_a_name(one.string, names)
    ]
    assert left == []


def _is_a_name(said, names):
    words = said if isinstance(said, str) else " ".join(said)
    for name in names | {"Rådet för främjande av kommunala analyser", "KVÅ"}:
        words = words.replace(name, "")
    # A Swedish name in quotation marks is quoted on purpose.
    words = re.sub("“[^”]*”", "", words)
    return not re.search("[åäöÅÄÖ]", words)


def test_swedish_is_spoken_where_nothing_else_is_chosen():
    assert language.language() == "sv"
    assert gettext("Översikt") == "Översikt"


def test_a_constant_speaks_the_language_of_whoever_asks():
    message = lazy_gettext("Översikt")
    assert f"{message}!" == "Översikt!"
    with speaking("en"):
        assert f"{message}!" == "Overview!"
        assert message.to_plotly_json() == "Overview"
    assert str(message) == "Översikt"


def test_the_number_chooses_the_form():
    assert [ngettext("placering", "placeringar", n) for n in (1, 2)] == [
        "placering",
        "placeringar",
    ]
    with speaking("en"):
        one, many = (ngettext("placering", "placeringar", n) for n in (1, 2))
    assert (one, many) == ("place", "places")


def test_a_text_of_the_definitions_is_read_in_both_languages():
    text = Text(sv="Ledtid", en="Lead time")
    assert language.of(text) == "Ledtid"
    with speaking("en"):
        assert language.of(text) == "Lead time"


def test_an_unknown_language_is_swedish():
    with speaking("sv"):
        language.speak("tlh")
        assert language.language() == "sv"


def test_a_number_and_a_message_are_written_in_the_language_of_whoever_asks():
    for code, number, message in (
        ("sv", "1\xa0234,5", "Översikt"),
        ("en", "1,234.5", "Overview"),
        ("sv", "1\xa0234,5", "Översikt"),
    ):
        with speaking(code):
            assert text.number(1234.5, 1) == number
            assert gettext("Översikt") == message
