"""What people write beside the agreed form, where it can mean one thing only.

`Ja` for J, `Kvinna` for K, a pathway by name, `18.3.2024`, `kv 3 2026`, `mars 2026`.
What may mean two things is no form here: `2026-3` may be a month or a quarter, and
`3/4/2024` is a day only in a file where another date shows which comes first.
"""

import re
from collections.abc import Iterable, Mapping

from sqlalchemy import Connection

from etl.folding import folded, folded_in_sql

_YES = ("J", "JA", "1", "TRUE", "SANT", "Y", "YES")
_NO = ("N", "NEJ", "0", "FALSE", "FALSKT", "NO")

_MONTHS = tuple(
    tuple(words.split())
    for words in (
        *("januari jan january", "februari feb february", "mars mar march"),
        *("april apr", "maj may", "juni jun june", "juli jul july"),
        *("augusti aug august", "september sep sept", "oktober okt oct october"),
        *("november nov", "december dec"),
    )
)
MONTH_WORD = "|".join(
    sorted((word for words in _MONTHS for word in words), key=len)[::-1]
)
_YEAR = "[12][0-9]{3}"
_CLOCK = "([ ,]+(kl[.]? ?)?([01]?[0-9]|2[0-3])[:.][0-5][0-9]([:.][0-5][0-9])?)?"
_EITHER_ORDER = f"([0-9]{{1,2}})[/-]([0-9]{{1,2}})[/-]({_YEAR}){_CLOCK}"


def names_in(name: str) -> list[str]:
    """Return a name, and what stands before and within its brackets: `Myelom (MM)`."""
    within = re.fullmatch(r"(.+?)\s*\((.+)\)", name)
    return [name, *(within.groups() if within else ())]


def code_of(text: str, codes: Mapping[str, str]) -> str:
    """Return SQL of the code that a text names; NULL for none.

    Args:
        text: SQL of the text.
        codes: What a code is called -> the code; see `codes_by_name`.
    """
    whens = " ".join(
        f"WHEN '{name}' THEN '{code}'"
        for name, code in {folded(name): code for name, code in codes.items()}.items()
        if name
    )
    return f"CASE {folded_in_sql(text)} {whens} END"


def codes_by_name(names: Mapping[str, Iterable[str]]) -> dict[str, str]:
    """Return what codes are called -> the code; a name of several codes is none's.

    Args:
        names: Code -> what it is called beside itself.
    """
    by_folded: dict[str, set[str]] = {}
    for code, called in names.items():
        for name in (code, *called):
            by_folded.setdefault(folded(name), set()).add(code)
    return {
        name: code
        for code, called in names.items()
        for name in (code, *called)
        if len(by_folded[folded(name)]) == 1
    }


ANSWERS = {word: "J" for word in _YES} | {word: "N" for word in _NO}
"""How people write yes and no, in capitals -> as J and N."""


def yes_or_no(text: str) -> str:
    """Return SQL of true for a yes, false for a no, NULL for anything else."""
    written = f"upper({text})"
    yes = " ".join(f"WHEN '{word}' THEN true" for word in _YES)
    no = " ".join(f"WHEN '{word}' THEN false" for word in _NO)
    return f"CASE {written} {yes} {no} END"


def day_of(text: str, is_day_first: bool | None) -> str:
    """Return SQL of the day that a text names in everyday form; NULL for none.

    Args:
        text: SQL of the text.
        is_day_first: What `3/4/2024` is in the file: the third of April, or the fourth
            of March; None where the file does not settle it.
    """
    written = _spaced(text)
    # Where year, month and day stand in each form.
    named = f"([0-9]{{1,2}})[.]?[ -]({MONTH_WORD})[.]?[ -]({_YEAR}){_CLOCK}"
    forms = {
        f"([0-9]{{1,2}})[.] ?([0-9]{{1,2}})[.] ?({_YEAR}){_CLOCK}": (3, 2, 1),
        f"({_YEAR})[/-]([0-9]{{1,2}})[/-]([0-9]{{1,2}}){_CLOCK}": (1, 2, 3),
        named: (3, 2, 1),
    }
    if is_day_first is not None:
        forms[_EITHER_ORDER] = (3, 2, 1) if is_day_first else (3, 1, 2)
    whens = []
    for form, places in forms.items():
        year, month, day = (
            f"regexp_extract({written}, '^{form}$', {place})" for place in places
        )
        if form == named:
            month = _month_number(month)
        whens.append(
            f"WHEN regexp_full_match({written}, '{form}') "
            f"THEN TRY_CAST(concat_ws('-', {year}, {month}, {day}) AS DATE)"
        )
    return f"CASE {' '.join(whens)} END"


def _day_first_seen(texts: Iterable[str]) -> str:
    """Return SQL that aggregates whether some of the texts say that the day is first.

    Two columns, `is_day_first` and `is_month_first`: some text can be read only so.
    """
    texts = list(texts)
    first, second = (
        [
            f"TRY_CAST(regexp_extract({text}, '^ *{_EITHER_ORDER} *$', {n}) AS INTEGER)"
            for text in texts
        ]
        for n in (1, 2)
    )
    return (
        f"coalesce(bool_or(greatest({', '.join(first)}) > 12), false) AS is_day_first, "
        f"coalesce(bool_or(greatest({', '.join(second)}) > 12), false) "
        "AS is_month_first"
    )


def plain_day(text: str, is_day_first: bool | None) -> str:
    """Return SQL of a text with the commonest everyday days as `2026-03-18`.

    Cheaper than `day_of`, and the same where it changes anything: a day, a month and a
    year of four digits with dots between them, or as the file settles it with strokes.
    """
    forms = ["%d.%m.%Y"]
    if is_day_first is not None:
        forms.append("%d/%m/%Y" if is_day_first else "%m/%d/%Y")
    days = ", ".join(f"try_strptime({text}, '{form}')" for form in forms)
    day = f"CAST(CAST(coalesce({days}) AS DATE) AS VARCHAR)"
    # A year of two digits is read as one of the first century.
    return f"coalesce(nullif(greatest({day}, '1'), '1'), {text})"


def settled_day_first(
    connection: Connection, texts: Iterable[str], relation: str
) -> bool | None:
    """Return whether `3/4/2024` is the third of April in some rows.

    Another date settles it, in any column: after the twelfth there is but one way.

    Args:
        connection: To the draft.
        texts: SQL of the texts that may be dates.
        relation: SQL of the rows.

    Returns:
        None where nothing settles it, or both ways occur.
    """
    is_day, is_month = connection.exec_driver_sql(
        f"SELECT {_day_first_seen(texts)} FROM ({relation})"
    ).one()
    return None if is_day == is_month else bool(is_day)


def may_be_either(text: str) -> str:
    """Return SQL that holds for a day whose order only the file can settle."""
    return f"regexp_full_match({text}, '{_EITHER_ORDER}')"


MONTH_OR_QUARTER = "[12][0-9]{3}[-/ ][1-4]|[1-4][-/ ][12][0-9]{3}"
"""What may be a month or a quarter, as a pattern."""


def months_of_everyday(text: str) -> list[tuple[str, int, str, str]]:
    """Return the everyday forms of a period.

    Args:
        text: SQL of the text.

    Returns:
        For each form SQL that holds for it, how many months it has, and SQL of its
        year and of its number within the year.
    """
    written = _spaced(text)
    parts = {
        ("kvartal|kv|q|k", "[1-4]"): 3,
        ("tertial|t", "[1-3]"): 4,
        ("halvår|halvar|h", "[12]"): 6,
    }
    forms: list[tuple[str, int, int, int]] = []
    for (words, number), months in parts.items():
        named = f"(?:{words})[.]?[ -]?({number})"
        forms.append((f"{named}[ ,/-]+({_YEAR})", months, 2, 1))
        forms.append((f"({_YEAR})[ ,/-]*{named}", months, 1, 2))
    two_digits = "0[1-9]|1[0-2]"
    forms.append((f"({two_digits})[-/. ]({_YEAR})", 1, 2, 1))
    forms.append((f"({_YEAR})/?({two_digits})", 1, 1, 2))
    found = [
        (
            f"regexp_full_match({written}, '{form}')",
            months,
            f"CAST(regexp_extract({written}, '^{form}$', {year}) AS INTEGER)",
            f"CAST(regexp_extract({written}, '^{form}$', {number}) AS INTEGER)",
        )
        for form, months, year, number in forms
    ]
    # As spreadsheets show a month: `jan-26`.
    for form, year, word in (
        (f"({MONTH_WORD})[.]?[ /-]*({_YEAR}|[0-9]{{2}})", 2, 1),
        (f"({_YEAR})[ /-]*({MONTH_WORD})[.]?", 1, 2),
    ):
        digits = f"regexp_extract({written}, '^{form}$', {year})"
        found.append(
            (
                f"regexp_full_match({written}, '{form}')",
                1,
                f"CAST(CASE WHEN strlen({digits}) = 2 THEN '20' ELSE '' END "
                f"|| {digits} AS INTEGER)",
                _month_number(f"regexp_extract({written}, '^{form}$', {word})"),
            )
        )
    whole_year = f"(?:helår|helar|år|ar) ?({_YEAR})"
    found.append(
        (
            f"regexp_full_match({written}, '{whole_year}')",
            12,
            f"CAST(regexp_extract({written}, '^{whole_year}$', 1) AS INTEGER)",
            "1",
        )
    )
    return found


def _spaced(text: str) -> str:
    """Return SQL of a text in lower case, with spaces that may break."""
    return f"lower(replace({text}, '\u00a0', ' '))"


def _month_number(word: str) -> str:
    """Return SQL of the number of a month, from 1, by the first letters of its name."""
    firsts: dict[str, int] = {}
    for number, words in enumerate(_MONTHS, 1):
        firsts |= {name[:3]: number for name in words}
    whens = " ".join(f"WHEN '{first}' THEN {n}" for first, n in firsts.items())
    return f"CASE left({word}, 3) {whens} END"
