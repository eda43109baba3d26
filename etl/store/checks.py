"""Queries on a finished draft: those that must return no rows, and those that inform.

They read the temporary tables of the roll-up as well as the tables that are published,
so that a sum is compared with the parts it was made from.
"""

from sqlalchemy import Connection

from etl.files.find import Unread
from etl.in_force import facts_in_force
from etl.labels import labelled
from kpi.errors import CheckError
from kpi.vocabulary import Finding

# name -> what is wrong, and a query that gives a row per fault.
MUST_BE_EMPTY: dict[str, tuple[str, str]] = {
    "rows_add_up": (
        "facts and rejections do not add up to the rows of a file",
        """SELECT file, rows, facts, rejections FROM load
        WHERE rows <> facts + rejections
            OR rejections <> (SELECT count(*) FROM rejection
                WHERE rejection.load_id = load.load_id)""",
    ),
    "totals_agree": (
        "the sum over the top units is not the sum of what the units report",
        """SELECT * FROM (
            SELECT indicator, nr, sum(numerator) AS parts,
                sum(denominator) AS parts_of
            FROM unit_sum JOIN series USING (series) JOIN rule USING (indicator)
            -- Stocks of units that were there for a part of the time are no plain sum.
            WHERE "by" = '' AND has_counts
                AND NOT averages_numerator AND NOT averages_denominator
            GROUP BY ALL) AS below
        JOIN (
            SELECT indicator, nr,
                sum(numerator) - sum(coalesce(inherited, 0)) AS top,
                sum(denominator) - sum(coalesce(inherited_of, 0)) AS top_of
            FROM total JOIN line USING (line)
            WHERE "by" = '' AND has_counts AND unit IN (SELECT unit_id FROM unit
                WHERE parent_id IS NULL
                AND build_id = (SELECT build_id FROM this_build))
            GROUP BY ALL) AS above USING (indicator, nr)
        WHERE abs(parts - top) > 1e-6 * greatest(1, abs(parts))
            OR abs(parts_of - top_of) > 1e-6 * greatest(1, abs(parts_of))""",
    ),
    "no_share_outside_0_100": (
        "a share lies outside 0-100",
        """SELECT indicator, unit, period, value
        FROM outcome JOIN rule USING (indicator)
        WHERE build_id = (SELECT build_id FROM this_build)
            AND kind = 'proportion' AND value NOT BETWEEN 0 AND 100""",
    ),
    "interval_holds_value": (
        "a value lies outside its interval",
        """SELECT indicator, unit, period, lower, value, upper FROM outcome
        WHERE build_id = (SELECT build_id FROM this_build)
            AND (value < lower - 1e-9 OR value > upper + 1e-9)""",
    ),
    "no_future_period": (
        "an outcome for a period that has not begun",
        """SELECT indicator, unit, period FROM outcome
        WHERE build_id = (SELECT build_id FROM this_build) AND value IS NOT NULL
            AND make_date(first_month // 12, first_month % 12 + 1, 1)
                > (SELECT as_of FROM build
                    WHERE build_id = (SELECT build_id FROM this_build))""",
    ),
    "one_row_each": (
        "an outcome stands twice",
        """SELECT indicator, unit, period, "by", by_value FROM outcome
        WHERE build_id = (SELECT build_id FROM this_build)
        GROUP BY ALL HAVING count(*) > 1""",
    ),
    "a_value_or_a_reason": (
        "an outcome has neither value nor reason, or hides one it should not",
        """SELECT indicator, unit, period, status, reason FROM outcome
        WHERE build_id = (SELECT build_id FROM this_build) AND (
            (value IS NULL AND reason IS NULL)
            OR (status <> 'planned' AND (value IS NULL) = (status IN
                ('met', 'near', 'not_met', 'no_target', 'not_judged')))
            OR (value IS NULL
                AND (numerator IS NOT NULL OR denominator IS NOT NULL)))""",
    ),
}

FINDINGS: dict[Finding, str] = {
    Finding.COVERAGE_GAP: """
        SELECT NULL AS indicator, enhet AS unit, CAST(gap // 4 AS VARCHAR) || 'Q'
            || CAST(gap % 4 + 1 AS VARCHAR) AS period, NULL::BIGINT AS count,
            dataset || ': no rows, though there are before and after' AS message
        FROM (
            SELECT dataset, unit AS enhet, unnest(list_filter(
                range(min(first_month) // 3, max(last_month) // 3),
                q -> NOT list_contains(list(DISTINCT first_month // 3), q))) AS gap
            FROM coverage WHERE build_id = (SELECT build_id FROM this_build)
                AND dataset IN ('svf_fall', 'kontakter', 'svf_inklusion')
            GROUP BY ALL)""",
    Finding.NO_KNOWN_MAXIMUM: """
        SELECT 'svf_lead_time' AS indicator, NULL AS unit, NULL AS period,
            count(*) AS count,
            svf || ': ended, but the register has no maximum in force' AS message
        FROM {svf_fall} WHERE ar_matbart_avslut AND NOT ingar_i_ledtid GROUP BY svf""",
    Finding.REVIEW_OVERDUE: """
        SELECT indicator, NULL AS unit, NULL AS period, NULL::BIGINT AS count,
            'its definition should have been looked over by '
                || CAST(next_review AS VARCHAR) AS message
        FROM review WHERE next_review < (SELECT as_of FROM build
            WHERE build_id = (SELECT build_id FROM this_build))""",
    Finding.NO_DATA: """
        SELECT indicator, NULL AS unit, NULL AS period, NULL::BIGINT AS count,
            'active, but no file has anything for it' AS message
        FROM rule WHERE lifecycle = 'active'
            AND indicator NOT IN (SELECT indicator FROM part)""",
    Finding.REPORTED_AT_TWO_LEVELS: """
        SELECT lower_part.indicator, upper_part.unit_id AS unit, NULL AS period,
            count(DISTINCT (lower_part.unit_id, lower_part.first_month)) AS count,
            'both the unit and units below it report; the sums hold both' AS message
        FROM part AS lower_part
        JOIN unit_path ON unit_path.unit_id = lower_part.unit_id
            AND unit_path.valid_from = lower_part.path_from AND distance > 0
            AND NOT is_succession
            AND unit_path.build_id = (SELECT build_id FROM this_build)
        JOIN part AS upper_part ON upper_part.unit_id = unit_path.ancestor_id
            AND upper_part.indicator = lower_part.indicator
            AND upper_part.first_month = lower_part.first_month
            AND upper_part."by" = '' AND lower_part."by" = ''
        JOIN rule ON rule.indicator = lower_part.indicator
        WHERE NOT lower_part.is_public AND lower_part.numerator IS NOT NULL
            AND upper_part.numerator IS NOT NULL AND rule.is_counted
        GROUP BY lower_part.indicator, upper_part.unit_id""",
}


@labelled(
    "check the draft",
    reads=(
        *("load", "rejection", "unit_sum", "series", "total", "line", "unit"),
        *("this_build", "outcome", "rule", "build"),
    ),
)
def check(connection: Connection) -> None:
    """Raise what is wrong with a finished draft, all of it at once.

    Raises:
        CheckError: at least one query returned rows.
    """
    faults = []
    for name, (what, query) in MUST_BE_EMPTY.items():
        rows = connection.exec_driver_sql(f"{query} LIMIT 5").all()
        faults += [f"check {name}: {what}: {tuple(row)}" for row in rows]
    if faults:
        raise CheckError(*faults, "nothing was published; report this as a fault")


@labelled(
    "note findings",
    reads=(
        *("coverage", "this_build", "review", "build", "rule", "part", "unit_path"),
        *("svf_fall", "build_load", "superseded", "load", "load_note"),
    ),
    writes=("finding",),
)
def note_findings(connection: Connection, build_id: str) -> None:
    """Store what a reader should know of the data, without stopping the build.

    Args:
        connection: To the draft.
        build_id: Of the build.
    """
    connection.exec_driver_sql(
        f"""INSERT INTO finding
        SELECT build_id, "check", NULL, NULL, NULL, count, file || ': ' || message
        FROM load_note JOIN build_load USING (load_id) JOIN load USING (load_id)
        WHERE build_id = '{build_id}'"""
    )
    cases = facts_in_force(connection, "svf_fall", build_id)
    for name, query in FINDINGS.items():
        rows = query.format(svf_fall=cases)
        connection.exec_driver_sql(
            f"INSERT INTO finding SELECT (SELECT build_id FROM this_build), '{name}', "
            f"indicator, unit, period, count, message FROM ({rows})"
        )


@labelled("note what was not read", writes=("finding",))
def note_unread(connection: Connection, build_id: str, unread: list[Unread]) -> None:
    """Store what lay among the source files and was not read.

    Args:
        connection: To the draft.
        build_id: Of the build.
        unread: Such files.
    """
    for file in unread:
        connection.exec_driver_sql(
            "INSERT INTO finding VALUES (?, ?, NULL, NULL, NULL, NULL, ?)",
            (build_id, file.finding, f"{file.name}: {file.why}"),
        )
