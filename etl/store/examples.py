"""One of many rejected rows, in words; nothing that is about a person is repeated."""

from kpi.datasets import PERSONAL, TELLS_OF_A_PERSON

_PERSONAL = ", ".join(f"'{name}'" for name in sorted(PERSONAL))
IS_OF_A_PERSON = f"""(coalesce(column_name IN ({_PERSONAL}), false)
    OR regexp_matches(message, '{TELLS_OF_A_PERSON}'))"""
"""SQL that holds for a row of `rejection` whose message repeats what is of a person."""

FIRST_REJECTED = f"""arg_min('row ' || row_number || CASE WHEN {IS_OF_A_PERSON}
        THEN ', column ' || column_name || ' (not repeated here)'
    ELSE ': ' || message END, row_number)"""
"""SQL that aggregates rows of `rejection`."""
