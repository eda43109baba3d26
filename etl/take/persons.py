"""Nothing that identifies a person may come in: what a personnummer looks like."""

from collections.abc import Sequence

from sqlalchemy import Connection

from etl.files.raw import CELL_GAP, OTHER_CELLS
from etl.sources.layout import Field, FieldType, Layout

# What may part digits: a sign of addition, spaces, dots, dashes of any kind, and signs
# without a width.
_GAP = (
    r"[-+.\s\x{A0}\x{AD}\x{2000}-\x{2015}\x{202F}\x{205F}\x{2060}\x{2212}"
    r"\x{FE58}\x{FE63}\x{FEFF}\x{FF0D}]"
)
# Month and day of birth (day + 60 for samordningsnummer).
_MONTH_DAY = r"(0[1-9]|1[0-2])(0[1-9]|[12][0-9]|3[01]|6[1-9]|[78][0-9]|9[01])"
_WITHIN = (
    rf"(^|[^0-9A-Za-z])(19|20)?[0-9]{{2}}{_MONTH_DAY}{_GAP}{{0,3}}"
    r"[0-9]{4}($|[^0-9A-Za-z])"
)
# The only digits of a cell, parted or beside letters in any way.
_ALONE = (
    rf"(^|{CELL_GAP})[^0-9{CELL_GAP}]*((1_9|2_0)_)?[0-9]_[0-9]_(0_[1-9]|1_[0-2])_"
    r"(0_[1-9]|[12]_[0-9]|3_[01]|6_[1-9]|[78]_[0-9]|9_[01])_[0-9]_[0-9]_[0-9]_[0-9]"
    rf"[^0-9{CELL_GAP}]*($|{CELL_GAP})"
).replace("_", f"{_GAP}*")
# As a number that has lost its first zero, of somebody born in 2000-2009.
_NINE = rf"[0-9]{_MONTH_DAY}[0-9]{{4}}"
NINE_DIGITS = rf"(^|{CELL_GAP})[0-9]{{9}}($|{CELL_GAP})"
PERSON = f"({_WITHIN})|({_ALONE})|(^{_NINE}$)"
# A day and a time of day have as many digits as a person's number.
_TIME = "20[0-9]{2}-[0-9]{2}-[0-9]{2}[ T]([01][0-9]|2[0-3])[.][0-5][0-9]"
_TIME_IN_A_NAME = (
    "20(1[5-9]|[2-9][0-9])-?[0-9]{2}-?[0-9]{2}[ T_-]?([01][0-9]|2[0-3])[.]?[0-5][0-9]"
)

LEAST = 9
"""Digits, and so signs, that a person's number has at least."""


def cell_with_a_person(layout: Layout) -> str:
    """Return SQL of the place of a judged row's cell that looks like a personnummer.

    A date of birth and four digits, Luhn-valid: nothing a region's identifiers for
    units, codes or pseudonyms should look like. Places are counted from 1: those of the
    layout's fields, then those of the cells in `raw_other_cells`. NULL for none.
    """
    looks_so = (
        f"CASE WHEN strlen(cell) > {LEAST} AND "
        f"regexp_matches(cell, '({_WITHIN})|({_ALONE})') THEN names_person(cell) END"
    )
    return _first_cell(layout, looks_so, ())


def cell_with_nine_digits(layout: Layout) -> str:
    """Return SQL of the place of a cell with a personnummer without its first zero.

    Many numbers of nine digits look so by chance, one of some two hundred: whether it
    is one, the whole column says. Places are as in `cell_with_a_person`.
    """
    looks_so = (
        f"CASE WHEN strlen(cell) >= {LEAST} AND regexp_full_match(trim(cell), "
        f"'{_NINE}') THEN is_luhn_valid(trim(cell)) END"
    )
    return _first_cell(layout, looks_so, (FieldType.INTEGER, FieldType.NUMBER))


def cells_with_nine_digits(place: int, layout: Layout) -> str:
    """Return SQL of how many numbers of nine digits a column has, and of persons.

    Of the rows in `taken`, where cells of plain rows stand typed.

    Args:
        place: As in `cell_with_nine_digits`.
        layout: Of the file.
    """
    if place > len(layout.fields):
        nth = place - len(layout.fields)
        text = f"string_split(cells[{len(layout.fields) + 1}], '{CELL_GAP}')[{nth}]"
    else:
        text = f"cells[{place}]"
        if layout.is_dated:
            name = layout.fields[place - 1].name
            text = f"coalesce({text}, CAST({name} AS VARCHAR))"
    return (
        "SELECT count(*), count(*) FILTER (regexp_full_match(cell, "
        f"'{_NINE}') AND is_luhn_valid(cell)) FROM (SELECT trim({text}) AS cell "
        f"FROM taken) WHERE regexp_full_match(cell, '[0-9]{{{LEAST}}}')"
    )


def whose_name_is_of_a_person(
    connection: Connection, names: Sequence[tuple[str, str]]
) -> str | None:
    """Return whose name looks like a personnummer, the first of them; None for none.

    Args:
        connection: Which has the `MACROS`.
        names: Whose it is, in words, and the name: of a file, a sheet or a column.
    """
    looks_so = connection.exec_driver_sql(
        f"SELECT has_person(regexp_replace(name, '{_TIME_IN_A_NAME}', ' x ', 'g')) "
        "FROM (SELECT unnest(CAST(? AS VARCHAR[])) AS name)",
        ([name for _, name in names],),
    ).scalars()
    whose = (owner for (owner, _), is_so in zip(names, looks_so, strict=True) if is_so)
    return next(whose, None)


def _first_cell(layout: Layout, looks_so: str, without: tuple[FieldType, ...]) -> str:
    # One expression for all cells: to plan one for each costs more than to ask it.
    cells = ", ".join(
        "NULL"
        if field.type in without
        else f"CASE WHEN {_can_hide_one(field)} THEN raw_{field.name} END"
        for field in layout.fields
    )
    extra_cells = f"string_split(raw_{OTHER_CELLS}, '{CELL_GAP}')"
    return (
        f"nullif(list_position(list_transform(list_concat([{cells}], {extra_cells}), "
        f"lambda cell: {looks_so}), true), 0)"
    )


def _can_hide_one(field: Field) -> str:
    """Return SQL that is false where a cell was read as something else, and whole.

    The pattern is dear: a cell that is a date, a known unit or a code is let be.
    """
    name = field.name
    match field.type:
        case FieldType.CODE | FieldType.YES_NO | FieldType.ITEM | FieldType.WORDS:
            return f"{name} IS NULL"
        case FieldType.DATE:
            return f"{name} IS NULL"
        case FieldType.PERIOD:
            return "first_month IS NULL"
        case FieldType.UNIT:
            return "known_unit IS NULL"
    return "true"


# One match takes the separator on both its sides, so each of them is doubled first.
_DOUBLED = _WITHIN.replace("{0,3}", "{0,6}")
MACROS = (
    """
CREATE OR REPLACE TEMP MACRO is_luhn_valid(digits) AS (
    list_sum(list_transform(
        string_split(lpad(right(digits, 10), 10, '0'), ''),
        lambda digit, place: CASE WHEN place % 2 = 1
            THEN CAST(digit AS INTEGER) * 2 // 10 + CAST(digit AS INTEGER) * 2 % 10
            ELSE CAST(digit AS INTEGER) END
    )) % 10 = 0
)
""",
    f"""
CREATE OR REPLACE TEMP MACRO has_person(written) AS (
    coalesce(list_bool_or(list_transform(
        regexp_extract_all(
            regexp_replace(written, '([^0-9A-Za-z])', '\\1\\1', 'g'), '{_DOUBLED}'
        ),
        lambda candidate: is_luhn_valid(regexp_replace(candidate, '[^0-9]', '', 'g'))
    )), false)
    OR (regexp_full_match(written, '{_ALONE}')
        AND is_luhn_valid(regexp_replace(written, '[^0-9]', '', 'g')))
)
""",
    f"""
CREATE OR REPLACE TEMP MACRO names_person(written) AS (
    has_person(regexp_replace(written, '{_TIME}', ' x ', 'g'))
)
""",
)
