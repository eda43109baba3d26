"""The order of names: å, ä and ö come after z, and capitals do not matter."""

_LAST, _AFTER_Z = "åäö", "{|}"
_LETTERS = str.maketrans(_LAST, _AFTER_Z)


def swedish(word: str) -> str:
    """Return what to sort a word by."""
    return word.lower().translate(_LETTERS)


def swedish_sql(column: str) -> str:
    """Return SQL for what to sort a column of words by."""
    return f"translate(lower({column}), '{_LAST}', '{_AFTER_Z}')"
