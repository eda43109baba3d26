"""Rejected rows where they stand, as SQL that repeats nothing about a person."""

from kpi.datasets import PERSONAL, TELLS_OF_A_PERSON

REJECTED = """(
    SELECT rejection.*, sheet, line - coalesce(first_row, 1) + 1 AS row_in_part
    FROM (
        SELECT rejection.*, row_number // rows_per_line AS line
        FROM rejection JOIN load USING (load_id)
    ) AS rejection
    ASOF LEFT JOIN load_part ON load_part.load_id = rejection.load_id
        AND line >= load_part.first_row
)"""
"""Relation of `rejection`, with the sheet where several of a workbook were read, and
the number of each row there: the numbers in `rejection` go on from one to the next."""

PLACE = "coalesce('sheet ''' || sheet || ''', ', '') || 'row ' || row_in_part"
"""Where a row of `REJECTED` stands in its file, in words."""

_PERSONAL = ", ".join(f"'{name}'" for name in sorted(PERSONAL))
IS_OF_A_PERSON = f"""(coalesce(column_name IN ({_PERSONAL}), false)
    OR regexp_matches(message, '{TELLS_OF_A_PERSON}'))"""
"""Holds for a row of `REJECTED` whose message repeats what is of a person."""

TOLD = f"""{PLACE} || CASE WHEN {IS_OF_A_PERSON}
        THEN ', column ' || coalesce(heading, column_name) || ' (not repeated here)'
    ELSE ': ' || message END"""
"""A row of `REJECTED` in words: where it stands, and what is wrong with it."""

FIRST_REJECTED = f"arg_min({TOLD}, row_number)"
"""Aggregates rows of `REJECTED`: the first of them, in words."""
