"""Text as a file has it -> text as a dataset has it, as SQL.

A text that a mapping says nothing of stays as it is, and is read and judged like any
other.
"""

import re
from collections.abc import Callable, Mapping

from etl.folding import folded, folded_in_sql
from etl.mappings.model import Cell, Per
from etl.quoting import sql_text

_NUMBERED = {
    Per.MONTH: "{year} || '-' || lpad({number}, 2, '0')",
    Per.QUARTER: "{year} || 'Q' || {number}",
    Per.TERTIAL: "{year} || 'T' || {number}",
    Per.HALF_YEAR: "{year} || 'H' || {number}",
    Per.YEAR: "{year}",
}
_HOLDING = {
    Per.MONTH: "strftime({day}, '%Y-%m')",
    Per.QUARTER: "year({day}) || 'Q' || quarter({day})",
    Per.TERTIAL: "year({day}) || 'T' || ((month({day}) + 3) // 4)",
    Per.HALF_YEAR: "year({day}) || 'H' || ((month({day}) + 5) // 6)",
    Per.YEAR: "CAST(year({day}) AS VARCHAR)",
}
_YEAR = "[12][0-9]{3}"
_TELLING = "[<>≤≥=+±~?!%]|^ *[-−–][0-9]|[0-9][.,][0-9]"
"""Signs that change what a text says, which a comparison of words takes away."""
_FEW = 16
"""So many names are faster compared one by one than looked up."""


def raw(heading: str) -> str:
    """Return the name of the column of a file's own table under a heading."""
    return f"raw_{folded(heading)}"


def written(cell: Cell) -> str:
    """Return SQL of a column's text as it stands in the file."""
    if cell.heading is not None:
        return raw(cell.heading)
    if cell.sheet:
        return "sheet"
    assert cell.constant is not None
    return sql_text(cell.constant)


def rewritten(
    cell: Cell, names: Mapping[str, str], day_of: Callable[[str], str]
) -> str:
    """Return SQL of a column's text as the dataset has it.

    Args:
        cell: Where it is found.
        names: What the file may call a code or a unit -> the code, or the unit's id.
        day_of: Text as SQL -> the day that it names, as SQL.
    """
    text = written(cell)
    if cell.constant is not None:
        return text
    if cell.within:
        text = _taken_out(text, cell.within)
    if names or cell.values:
        text = looked_up(text, {**names, **cell.values})
    if cell.year_heading:
        return _in_year(text, cell.per, raw(cell.year_heading))
    if cell.year:
        return _in_year(text, cell.per, sql_text(cell.year))
    return _of_day(text, cell.per, day_of) if cell.per else text


def looked_up(text: str, codes: Mapping[str, str]) -> str:
    """Return SQL of the code of a text; the text itself where it has none.

    Most texts stand exactly as they are listed; others are compared without case and
    marks. A name that would then be several codes' is none's. Where a sign changes what
    is said, as in `<90`, `-1` or `C+`, only the very text will do.
    """
    exact = {name: code for name, code in codes.items() if name}
    alike: dict[str, set[str]] = {}
    for name, code in exact.items():
        if not re.search(_TELLING, name):
            alike.setdefault(folded(name), set()).add(code)
    single = {name: min(found) for name, found in alike.items() if len(found) == 1}
    single.pop("", None)
    is_words = f"NOT regexp_matches({text}, {sql_text(_TELLING)})"
    empty = sql_text(codes[""]) if "" in codes else text
    otherwise = text
    if single:
        code = _code(folded_in_sql(text), single)
        otherwise = f"coalesce(CASE WHEN {is_words} THEN {code} END, {text})"
    # To fold a text is dear, and most are empty or exactly as they are listed.
    otherwise = (
        f"CASE WHEN {text} IS NULL OR trim({text}) = '' THEN {empty} "
        f"ELSE {otherwise} END"
    )
    return f"coalesce({_code(text, exact)}, {otherwise})" if exact else otherwise


def _code(text: str, codes: Mapping[str, str]) -> str:
    if len(codes) <= _FEW:
        whens = " ".join(
            f"WHEN {sql_text(name)} THEN {sql_text(code)}"
            for name, code in codes.items()
        )
        return f"CASE {text} {whens} END"
    # A CASE would compare every row with every name.
    names = ", ".join(map(sql_text, codes))
    listed = ", ".join(map(sql_text, codes.values()))
    return f"[{listed}][enum_code(TRY_CAST({text} AS ENUM({names}))) + 1]"


def _taken_out(text: str, within: str) -> str:
    before, _, after = within.partition("*")
    holds = " AND ".join(
        (
            f"starts_with({text}, {sql_text(before)})",
            f"ends_with({text}, {sql_text(after)})",
            f"length({text}) >= {len(before) + len(after)}",
        )
    )
    taken = (
        f"substr({text}, {len(before) + 1}, "
        f"length({text}) - {len(before) + len(after)})"
    )
    return f"CASE WHEN {holds} THEN {taken} ELSE {text} END"


def _in_year(text: str, per: Per | None, year: str) -> str:
    trimmed, its_year = f"trim({text})", f"trim({year})"
    whens = [f"WHEN regexp_matches({text}, '{_YEAR}') THEN {text}"]
    if per:
        number = _NUMBERED[per].format(year=its_year, number=trimmed)
        whens.append(f"WHEN regexp_full_match({trimmed}, '[0-9]{{1,2}}') THEN {number}")
    return f"CASE {' '.join(whens)} ELSE {text} || ' ' || {its_year} END"


def _of_day(text: str, per: Per, day_of: Callable[[str], str]) -> str:
    # A month as a period of its own lies in its quarter, as its first day does.
    days = ", ".join(
        day_of(day) for day in (text, f"{text} || '-01'", f"'1 ' || {text}")
    )
    day = f"coalesce({days})"
    return f"coalesce({_HOLDING[per].format(day=f'({day})')}, {text})"
