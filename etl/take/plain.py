"""Rows that are plainly right, told by cheap tests: most rows of most files.

A row is plain only where its text can be read in one way and no rule is broken. All
others, right or wrong, are judged in full by `etl.take.judge`; a test too strict here
costs time and never a row.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from etl.files.raw import OTHER_CELLS
from etl.sources.layout import KVA_CODE, Field, FieldType, Layout
from etl.take.cast import NO_WORDS, Setting, codes_of
from etl.take.judge import NO_VALUE, OLDEST, begins_and_ends_seen
from etl.take.persons import LEAST, NINE_DIGITS, PERSON

_LONGEST_TOKEN = max(map(len, (*NO_VALUE, *NO_WORDS)))
_FEW = 1000
"""So many whole numbers are told apart faster as words than by reading digits."""


@dataclass(frozen=True, slots=True)
class Span:
    """The longest time that a unit's way up has been the same."""

    unit: str
    first: date
    last: date


def plain_rows(layout: Layout, raw: str, setting: Setting, spans: list[Span]) -> str:
    """Return SQL of the rows of a file, typed, with `is_plain` for those to trust.

    The typed columns of a row that is not plain mean nothing. The rows come in the
    order of the file, which a join would not keep.

    Args:
        layout: Of the file; its rows are facts of units, each on a day.
        raw: SQL of the raw rows, as `etl.files.read` gives them, with `is_corrected`.
        setting: What the rows are judged against.
        spans: Of the units in the register.
    """
    columns = [
        column
        for field in layout.fields
        for column in (
            f"nullif(raw_{field.name}, '') AS text_{field.name}",
            f"{_value(field, setting, spans)} AS {field.name}",
        )
    ]
    place = "enum_code(enhet_id) + 1"
    firsts = ", ".join(f"DATE '{span.first}'" for span in spans)
    lasts = ", ".join(f"DATE '{span.last}'" for span in spans)
    day = layout.derived.get("datum", "datum")
    conditions = [
        "NOT (too_short OR too_long OR ends_early OR holds_rows)",
        "NOT (is_blank OR is_corrected) AND left_out IS NULL",
        "coalesce(unsaved, ',') = ','",
        *(condition for field in layout.fields for condition in _conditions(field)),
        f"(raw_{OTHER_CELLS} = '' OR ({_names_nobody(OTHER_CELLS)} "
        f"AND NOT regexp_matches(raw_{OTHER_CELLS}, '{NINE_DIGITS}')))",
        *(f"NOT coalesce({fault.when}, false)" for fault in layout.faults),
        f"{day} BETWEEN [{firsts}][{place}] AND [{lasts}][{place}]",
    ]
    return (
        f"SELECT *, coalesce({' AND '.join(conditions)}, false) AS is_plain "
        f"FROM (SELECT *, {', '.join(columns)}, DATE '{setting.as_of}' AS as_of "
        f"FROM ({raw}))"
    )


def _value(field: Field, setting: Setting, spans: list[Span]) -> str:
    text = f"raw_{field.name}"
    match field.type:
        case FieldType.UNIT:
            return _one_of(text, [span.unit for span in spans])
        case FieldType.CODE:
            return _one_of(text, codes_of(field, setting))
        case FieldType.DATE:
            return f"TRY_CAST({text} AS DATE)"
        case FieldType.INTEGER if _is_one_of_few(field):
            words = (str(n) for n in range(int(field.highest or 0) + 1))
            return f"CAST(enum_code({_one_of(text, words)}) AS SMALLINT)"
        case FieldType.INTEGER:
            return f"TRY_CAST({text} AS INTEGER)"
        case FieldType.NUMBER:
            return f"CAST(TRY_CAST({text} AS INTEGER) AS DOUBLE)"
        case FieldType.YES_NO:
            return f"CASE {text} WHEN 'J' THEN true WHEN 'N' THEN false END"
        case FieldType.ITEM:
            return f"CASE {text} WHEN '1' THEN true WHEN '0' THEN false END"
    return f"nullif({text}, '')"


def _one_of(text: str, words: Iterable[str]) -> str:
    """Return SQL of a text as one of a few words, which then take a byte or two."""
    listed = ", ".join(f"'{fromkey}'" for fromkey in dict.fromkeys(words))
    return f"TRY_CAST({text} AS ENUM({listed}))" if listed else "NULL"


def _is_one_of_few(field: Field) -> bool:
    return field.lowest == 0 and field.highest is not None and field.highest < _FEW


def _conditions(field: Field) -> list[str]:
    """Return SQL that holds where a cell can be read in one way and breaks no rule."""
    name, text = field.name, f"raw_{field.name}"
    conditions = []
    match field.type:
        case FieldType.TEXT:
            conditions = [_is_whole(name), _names_nobody(name)]
        case FieldType.WORDS:
            conditions = [
                f"regexp_full_match({text}, '{KVA_CODE}( {KVA_CODE})*')",
            ]
        case FieldType.DATE:
            # One that is written back the same way was read right.
            conditions = [f"CAST({name} AS VARCHAR) = {text}", f"strlen({text}) = 10"]
            if not field.may_be_future:
                conditions.append(f"{name} BETWEEN {OLDEST} AND as_of")
        case FieldType.INTEGER if _is_one_of_few(field):
            conditions = [f"{name} IS NOT NULL"]
        case FieldType.INTEGER | FieldType.NUMBER:
            conditions = [
                f"CAST(TRY_CAST({text} AS INTEGER) AS VARCHAR) = {text}",
                f"strlen({text}) < 10",
            ]
            if field.lowest is not None:
                conditions.append(f"{name} >= {field.lowest}")
            if field.highest is not None:
                conditions.append(f"{name} <= {field.highest}")
        case FieldType.UNIT | FieldType.CODE | FieldType.YES_NO:
            conditions = [f"{name} IS NOT NULL"]
        case FieldType.ITEM:
            conditions = [f"{text} IN ('1', '0', 'NA')"]
    holds = " AND ".join(conditions)
    if field.needs_value:
        return [f"({holds})"]
    return [f"({text} IS NULL OR {text} = '' OR ({holds}))"]


def _is_whole(name: str) -> str:
    """Return SQL that holds where trimming changes nothing and no token stands.

    Nor an error, which begins with a number sign or has a colon. No token ends in a
    digit, as most identifiers do.
    """
    text = f"raw_{name}"
    return (
        f"(unicode(right({text}, 1)) BETWEEN {ord('0')} AND {ord('9')} "
        f"OR strlen({text}) > {_LONGEST_TOKEN}) "
        f"AND unicode({text}) <> {ord('#')} AND NOT contains({text}, ':') "
        f"AND {begins_and_ends_seen(text)}"
    )


def _names_nobody(name: str) -> str:
    text = f"raw_{name}"
    return f"(strlen({text}) < {LEAST} OR NOT regexp_matches({text}, '{PERSON}'))"
