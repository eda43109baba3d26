"""The order of names: å, ä and ö come after z, capitals do not matter, 2 before 10."""

import re

_LAST, _AFTER_Z = "åäö", "{|}"
_LETTERS = str.maketrans(_LAST, _AFTER_Z)
_DIGITS = 9
"""As many as numbers in names are filled up to, so that they sort as numbers."""


def swedish(word: str) -> str:
    """Return what to sort a word by."""
    letters = word.lower().translate(_LETTERS)
    return re.sub("[0-9]+", lambda match: match[0].zfill(_DIGITS), letters)


def swedish_sql(column: str) -> str:
    """Return SQL for what to sort a column of words by."""
    letters = f"translate(lower({column}), '{_LAST}', '{_AFTER_Z}')"
    filled = f"regexp_replace({letters}, '([0-9]+)', '{'0' * _DIGITS}\\1', 'g')"
    # Longer numbers keep the digits they have: only the zeros before them are cut.
    cut = f"0{{0,{_DIGITS}}}([0-9]{{{_DIGITS},}})"
    return f"regexp_replace({filled}, '{cut}', '\\1', 'g')"
