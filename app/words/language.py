"""The language a visitor reads, and the words of the program in it.

The words are written in Swedish where they are used; every other language has a
catalogue in `translations/`, read once. `make messages` brings the catalogues up to
date with the code.
"""

import io
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache, lru_cache
from pathlib import Path
from typing import cast

from babel import Locale
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import LazyProxy, NullTranslations, Translations

from kpi.model import Text

SOURCE = "sv"
LANGUAGES: dict[str, str] = {"sv": "Svenska", "en": "English"}
"""Codes, and what each language calls itself."""

CATALOGUES = Path(__file__).parent / "translations"
_LOCALES = {"sv": "sv_SE", "en": "en_GB"}

_language: ContextVar[str] = ContextVar("language", default=SOURCE)


def language() -> str:
    """Return the code of the language now spoken."""
    return _language.get()


def speak(code: str) -> None:
    """Speak a language for the rest of the request; an unknown one is Swedish."""
    _language.set(code if code in LANGUAGES else SOURCE)


@contextmanager
def speaking(code: str) -> Iterator[None]:
    """Speak a language within the block."""
    before = _language.set(code)
    try:
        yield
    finally:
        _language.reset(before)


def locale() -> Locale:
    """Return the customs of the language now spoken: numbers, dates, names."""
    return _locale(_language.get())


@cache
def _locale(code: str) -> Locale:
    return Locale.parse(_LOCALES[code])


@cache
def _catalogue(code: str) -> NullTranslations:
    if code == SOURCE:
        return NullTranslations()
    # Compiled when first needed: a compiled file beside the written one could be stale.
    with (CATALOGUES / code / "LC_MESSAGES" / "messages.po").open("rb") as written:
        compiled = io.BytesIO()
        write_mo(compiled, read_po(written, locale=code))
    compiled.seek(0)
    return Translations(compiled)


def gettext(message: str) -> str:
    """Return a Swedish message in the language now spoken."""
    return _in_words(_language.get(), message)


# A page says thousands of messages, and the catalogue is slower than what it says.
@lru_cache(4096)
def _in_words(code: str, message: str) -> str:
    return unbroken(_catalogue(code).ugettext(message))


def ngettext(singular: str, plural: str, number: float) -> str:
    """Return the form of a message that goes with a number."""
    catalogue = _catalogue(_language.get())
    # Its annotation says int, but the rule of a plural compares any number.
    return unbroken(catalogue.ungettext(singular, plural, cast(int, number)))


def pgettext(context: str, message: str) -> str:
    """Return a message whose translation depends on where it stands."""
    return unbroken(_catalogue(_language.get()).upgettext(context, message))


class _Lazy(LazyProxy):
    """A message that is put in words when it is used, not when it is written down."""

    def __str__(self) -> str:
        # Past the proxy's memory, which would keep one language: pages have thousands.
        words: str = self._func(*self._args)
        return words

    def to_plotly_json(self) -> str:
        """Return the words; this is what Dash asks of what it sends."""
        return str(self)


def lazy_gettext(message: str) -> str:
    """Return a message that speaks the language of whoever asks, for constants.

    It stands in for text (f-strings, methods, Dash properties), except in
    `str.join`, and where a library insists on `str`: write `str(message)` there.
    """
    return _Lazy(gettext, message, enable_cache=False)  # type: ignore[return-value]


def lazy_pgettext(context: str, message: str) -> str:
    """Return the like of `lazy_gettext` for a message with a context."""
    return _Lazy(pgettext, context, message, enable_cache=False)  # type: ignore[return-value]


def of(words: Text) -> str:
    """Return a text of the definitions in the language now spoken."""
    return unbroken(words.en if _language.get() == "en" else words.sv)


def unbroken(words: str) -> str:
    """Keep a number and its per cent sign on one line."""
    return words.replace(" %", "\xa0%")
