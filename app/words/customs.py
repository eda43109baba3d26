"""How numbers, shares and months are written in a language.

Worked out once for each language: a page holds thousands of numbers.
"""

from dataclasses import dataclass
from functools import cache

from app.words.language import language, locale


@dataclass(frozen=True, slots=True)
class Customs:
    """What Babel knows of a language, ready to use.

    Attributes:
        group: Between thousands.
        decimal: Before decimals.
        per_cent: What follows a share.
        months: Their names, January first.
    """

    group: str
    decimal: str
    per_cent: str
    months: tuple[str, ...]


def customs() -> Customs:
    """Return the customs of the language now spoken."""
    return _customs_of(language())


@cache
def _customs_of(_language: str) -> Customs:
    spoken = locale()
    symbols = spoken.number_symbols["latn"]
    names = spoken.months["format"]["wide"]
    return Customs(
        symbols["group"],
        symbols["decimal"],
        spoken.percent_formats[None].suffix[0],
        tuple(names[number] for number in range(1, 13)),
    )
