"""Nothing that identifies a person may come in: what a personnummer looks like."""

from etl.files.read import OTHER_CELLS
from etl.sources.layout import Field, FieldType, Layout

# A person's number: date of birth (day + 60 for samordningsnummer) and four digits.
PERSON = (
    r"(^|[^0-9A-Za-z])(19|20)?[0-9]{2}(0[1-9]|1[0-2])"
    r"(0[1-9]|[12][0-9]|3[01]|6[1-9]|[78][0-9]|9[01])[-+]?[0-9]{4}($|[^0-9A-Za-z])"
)


def column_with_a_person(layout: Layout) -> str:
    """Return SQL of the column of a judged row with what looks like a personnummer.

    A date of birth and four digits, Luhn-valid: nothing a region's identifiers for
    units, codes or pseudonyms should look like. NULL where no column does.
    """
    suspects = [(one.name, _can_hide_one(one)) for one in layout.fields]
    suspects.append((OTHER_CELLS, "true"))
    cases = [
        f"CASE WHEN length(raw_{name}) >= 10 AND {condition} "
        f"THEN CASE WHEN regexp_matches(raw_{name}, '{PERSON}') "
        f"AND has_luhn_valid(raw_{name}) THEN '{name}' END END"
        for name, condition in suspects
    ]
    return f"coalesce({', '.join(cases)})"


def _can_hide_one(field: Field) -> str:
    """Return SQL that is false where a cell was read as something else, and whole.

    The pattern is dear: a cell that is a date, a known unit or a code is let be.
    """
    name = field.name
    match field.type:
        case FieldType.CODE | FieldType.YES_NO | FieldType.ITEM:
            return f"{name} IS NULL"
        case FieldType.DATE:
            return f"({name} IS NULL OR length(raw_{name}) > 10)"
        case FieldType.PERIOD:
            return "first_month IS NULL"
        case FieldType.UNIT:
            return "known_unit IS NULL"
    return "true"


# One match takes the separator on both its sides, so each of them is doubled first.
_DOUBLED = PERSON.replace("[-+]?", "[-+]{0,2}")
LUHN_MACRO = f"""
CREATE OR REPLACE TEMP MACRO has_luhn_valid(written) AS (
    list_bool_or(list_transform(
        regexp_extract_all(
            regexp_replace(written, '([^0-9A-Za-z])', '\\1\\1', 'g'), '{_DOUBLED}'
        ),
        candidate -> list_sum(list_transform(
            string_split(right(regexp_replace(candidate, '[^0-9]', '', 'g'), 10), ''),
            (digit, place) -> CASE WHEN place % 2 = 1
                THEN CAST(digit AS INTEGER) * 2 // 10 + CAST(digit AS INTEGER) * 2 % 10
                ELSE CAST(digit AS INTEGER) END
        )) % 10 = 0
    ))
)
"""
