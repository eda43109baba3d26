"""A finished draft beside the build before it: what is lost, and what is too much.

Each query gives a row per loss: where it is, how much there was and is, what to say,
and whether it is beyond the limits. Without a build before, only what a file loses of
itself is found.
"""

from sqlalchemy import Connection, select

from etl.labels import labelled
from etl.rejected import FIRST_REJECTED, REJECTED
from etl.sources import LAYOUTS
from etl.store.limits import Limits
from kpi import schema
from kpi.errors import LossError
from kpi.vocabulary import DECIDED, SHIPPED, DatasetName, Loss

# A share of rejected rows that somebody has accepted wavers a little from file to file.
_ACCEPTED_RISE_PER_CENT = 5

_LOADS = """
WITH before AS (
    SELECT load.* FROM build_load JOIN load USING (load_id)
    WHERE build_id = '{last}' AND producer NOT IN ({not_sent})
),
now AS (
    SELECT load.* FROM build_load JOIN load USING (load_id)
    WHERE build_id = '{this}' AND producer NOT IN ({not_sent})
)
"""

# `known`: the same file, or what was called so, in the build before; a loss that was
# published then is not asked about again.
_REJECTED = (
    _LOADS
    + """,
known AS (
    SELECT now.load_id, max(before.rejections) AS rejections,
        max(100.0 * before.rejections / greatest(before.rows, 1)) AS per_cent
    FROM now JOIN before ON before.dataset = now.dataset
        AND (before.sha256 = now.sha256 OR before.file = now.file)
    GROUP BY now.load_id
),
usual AS (
    SELECT producer, dataset,
        100.0 * sum(rejections) / greatest(sum(rows), 1) AS per_cent
    FROM before GROUP BY ALL
),
reason AS (
    SELECT load_id, reason, count(*) AS rows,
        {first_rejected} AS example
    FROM {rejected} WHERE load_id IN (SELECT load_id FROM now) GROUP BY ALL
),
rejected AS (
    SELECT now.*, 100.0 * now.rejections / now.rows AS per_cent,
        string_agg(reason || ' ' || reason.rows, ', '
            ORDER BY reason.rows DESC, reason) AS reasons,
        arg_max(example, (reason.rows, reason)) AS example
    FROM now JOIN reason USING (load_id) GROUP BY ALL
),
told AS (
    SELECT rejected.*, known.per_cent AS known_per_cent,
        known.rejections AS known_rejections, usual.per_cent AS usual_per_cent,
        file || ': ' || rejected.rejections || ' of ' || rows
            || ' rows rejected (' || reasons || '); ' || example AS message
    FROM rejected LEFT JOIN known USING (load_id)
    LEFT JOIN usual USING (producer, dataset)
)
SELECT dataset, producer, file, NULL AS unit, NULL AS indicator, NULL AS period,
    rejections AS count, rows AS before, facts AS now, message,
"""
)

_ADVICE = " ".join(
    f"WHEN dataset = '{layout.dataset}' THEN '; if it only adds, put tillagg in its "
    f"name and {layout.observation} in every row, of older files too'"
    for layout in LAYOUTS
    if layout.observation
)

_SAME_OUTCOME = " AND ".join(
    f'old."{name}" = new."{name}"'
    for name in ("indicator", "unit", "period_kind", "period", "by", "by_value")
)

LOSSES: dict[Loss, str] = {
    Loss.REGISTER_REJECTED: _REJECTED
    + f"""rejections > {{register_rejected_rows}} AS is_beyond
    FROM told WHERE dataset = '{DatasetName.UNITS}'
        AND rejections > coalesce(known_rejections, 0)""",
    Loss.FILE_REJECTED: _REJECTED
    + f"""per_cent > {{file_rejected_per_cent}} AS is_beyond
    FROM told WHERE dataset <> '{DatasetName.UNITS}'
        AND (per_cent > {{file_rejected_per_cent}}
            OR per_cent > usual_per_cent + {_ACCEPTED_RISE_PER_CENT})
        AND per_cent > coalesce(known_per_cent + {_ACCEPTED_RISE_PER_CENT}, 0)""",
    Loss.PRODUCER_GONE: _LOADS
    + """SELECT dataset, producer, NULL AS file, NULL AS unit, NULL AS indicator,
        NULL AS period, count(*) AS count, sum(facts) AS before, 0 AS now,
        producer || ': every file of ' || dataset || ' is gone: '
            || string_agg(file, ', ' ORDER BY file)
            || '; see whether the folder is there and may be read' AS message,
        true AS is_beyond
    FROM before GROUP BY producer, dataset
    HAVING (producer, dataset) NOT IN (SELECT (producer, dataset) FROM now)
        AND NOT bool_and((dataset, sha256) IN (SELECT (dataset, sha256) FROM now))""",
    Loss.FILE_GONE: _LOADS
    + """SELECT dataset, producer, file, NULL AS unit, NULL AS indicator,
        NULL AS period, NULL::BIGINT AS count, facts AS before, 0 AS now,
        file || ': was in the build before and is gone, with ' || facts || ' facts'
            AS message, false AS is_beyond
    FROM before WHERE (dataset, sha256) NOT IN (SELECT (dataset, sha256) FROM now)
        AND file NOT IN (SELECT file FROM now)
        AND (producer, dataset) IN (SELECT (producer, dataset) FROM now)""",
    Loss.MORE_REPLACED: _LOADS
    + f""",
fresh AS (
    SELECT * FROM now
    WHERE (dataset, sha256) NOT IN (SELECT (dataset, sha256) FROM before)
),
replaced AS (
    SELECT superseded.load_id, row_number,
        arg_min(now.load_id, now.sequence) AS by_load_id
    FROM superseded JOIN now ON now.load_id = superseded.by_load_id
    WHERE superseded.load_id IN (SELECT load_id FROM now)
        AND superseded.load_id IN (SELECT load_id FROM superseded
            WHERE by_load_id IN (SELECT load_id FROM fresh))
    GROUP BY ALL
),
newer AS (
    SELECT by_load_id, count(*) AS rows,
        string_agg(DISTINCT older.file, ', ' ORDER BY older.file) AS files
    FROM replaced JOIN now AS older ON older.load_id = replaced.load_id
    GROUP BY by_load_id
)
SELECT dataset, producer, file, NULL AS unit, NULL AS indicator, NULL AS period,
    NULL::BIGINT AS count, newer.rows AS before, facts AS now,
    file || ': brings ' || facts || ' rows and replaces ' || newer.rows || ' of '
        || files || '; see whether it is the whole of its units and months'
        || CASE {_ADVICE} ELSE '' END AS message, false AS is_beyond
FROM fresh JOIN newer ON newer.by_load_id = fresh.load_id
WHERE newer.rows > facts""",
    Loss.UNIT_SILENT: """
    WITH reach AS (
        SELECT dataset, unit, coalesce(sum(facts) FILTER (build_id = '{last}'), 0)
            AS before, coalesce(sum(facts) FILTER (build_id = '{this}'), 0) AS now
        FROM coverage WHERE build_id IN ('{last}', '{this}') GROUP BY ALL
    ),
    share AS (
        SELECT dataset, count(*) AS units, sum(now) AS facts,
            count(*) FILTER (now = 0) AS silent
        FROM reach WHERE before > 0 GROUP BY dataset
    )
    SELECT dataset, NULL AS producer, NULL AS file, unit, NULL AS indicator,
        NULL AS period, NULL::BIGINT AS count, before, now,
        dataset || ': ' || unit || ' had ' || CAST(before AS BIGINT)
            || ' facts and has none; ' || silent || ' of ' || units
            || ' units have none any more' AS message,
        100.0 * silent / units >= {units_silent_per_cent} AS is_beyond
    FROM reach JOIN share USING (dataset) WHERE before > 0 AND now = 0 AND facts > 0""",
    Loss.FACTS_LOST: """
    SELECT dataset, NULL AS producer, NULL AS file, NULL AS unit, NULL AS indicator,
        NULL AS period, NULL::BIGINT AS count,
        coalesce(sum(facts) FILTER (build_id = '{last}'), 0) AS before,
        coalesce(sum(facts) FILTER (build_id = '{this}'), 0) AS now,
        dataset || ': ' || CAST(before AS BIGINT) || ' facts have become '
            || CAST(now AS BIGINT) AS message, true AS is_beyond
    FROM coverage WHERE build_id IN ('{last}', '{this}') GROUP BY dataset
    HAVING before > 0 AND 100 * (before - now) >= {facts_lost_per_cent} * before""",
    Loss.VALUES_LOST: f"""
    SELECT NULL AS dataset, NULL AS producer, NULL AS file, old.unit,
        NULL AS indicator, NULL AS period, NULL::BIGINT AS count,
        count(*) AS before, count(new.value) AS now,
        old.unit || ': of ' || count(*) || ' values that were shown '
            || count(new.value) || ' are left' AS message, true AS is_beyond
    FROM outcome AS old LEFT JOIN outcome AS new
        ON {_SAME_OUTCOME} AND new.build_id = '{{this}}'
    WHERE old.build_id = '{{last}}' AND old."by" = '' AND old.value IS NOT NULL
        AND old.indicator IN (SELECT indicator FROM rule WHERE lifecycle = 'active')
    GROUP BY old.unit
    HAVING before >= {{values_at_least}}
        AND 100 * (before - now) >= {{values_lost_per_cent}} * before""",
    Loss.VALUES_MOVED: f"""
    WITH pair AS (
        SELECT old.indicator, old.unit, old.period, old.value AS before,
            new.value AS now, abs(new.value - old.value) AS by_how_much,
            new.lower > old.upper OR new.upper < old.lower AS is_apart
        FROM outcome AS old JOIN outcome AS new ON {_SAME_OUTCOME}
        WHERE old.build_id = '{{last}}' AND new.build_id = '{{this}}'
            AND old."by" = '' AND old.value IS NOT NULL AND new.value IS NOT NULL
    ),
    moved AS (
        SELECT indicator, count(*) AS values, count(*) FILTER (is_apart) AS count,
            arg_max(pair, by_how_much) FILTER (is_apart) AS most
        FROM pair GROUP BY indicator HAVING count(*) FILTER (is_apart) > 0
    )
    SELECT NULL AS dataset, NULL AS producer, NULL AS file, most.unit, indicator,
        most.period, count, most.before, most.now,
        indicator || ': ' || count || ' of ' || values || ' values that were shown '
            || 'have moved beyond their intervals; most: ' || most.unit || ' '
            || most.period || ', ' || round(most.before, 1) || ' is now '
            || round(most.now, 1) AS message,
        coalesce(100.0 * count / values >= {{values_moved_per_cent}}, false)
            AS is_beyond
    FROM moved""",
}


@labelled(
    "compare with the build before",
    reads=(
        *("build", "build_load", "load", "load_part", "rejection", "superseded"),
        *("coverage", "outcome", "rule"),
    ),
    writes=("loss",),
)
def note_losses(
    connection: Connection,
    build_id: str,
    last_build_id: str | None,
    limits: Limits,
    accepted: str | None,
) -> None:
    """Store what a build has less of than the one before it, and how it is taken.

    Args:
        connection: To the draft, whose outcomes are judged.
        build_id: Of the build.
        last_build_id: Of the build before; None if there is none.
        limits: What is too much.
        accepted: Why what is beyond the limits is published; None if nobody says.
    """
    written = {
        name: "NULL" if limit is None else limit
        for name, limit in limits.model_dump().items()
    }
    # Files of one's own are not fewer than those of the demo before them.
    last = connection.exec_driver_sql(
        f"""SELECT last.build_id FROM build AS last, build AS this
        WHERE last.build_id = '{last_build_id or ""}' AND this.build_id = '{build_id}'
            AND (this.is_demo OR NOT last.is_demo)"""
    ).scalar()
    names = {
        "this": build_id,
        "not_sent": f"'{SHIPPED}', '{DECIDED}'",
        "last": last or "",
        "rejected": REJECTED,
        "first_rejected": FIRST_REJECTED,
        **written,
    }
    for kind, query in LOSSES.items():
        connection.exec_driver_sql(
            f"""INSERT INTO loss
            SELECT '{build_id}', '{kind}', dataset, producer, file, unit, indicator,
                period, count, before, now, is_beyond,
                CASE WHEN is_beyond THEN CAST(? AS VARCHAR) END, message
            FROM ({query.format_map(names)}) ORDER BY is_beyond DESC, message""",
            (accepted,),
        )


def refuse_losses(connection: Connection, build_id: str) -> None:
    """Raise what a build loses beyond the limits, unless somebody has said why.

    Raises:
        LossError: every loss that nobody has accepted.
    """
    table = schema.loss.c
    messages = (
        connection.execute(
            select(table.message).where(
                table.build_id == build_id, table.is_beyond, table.accepted.is_(None)
            )
        )
        .scalars()
        .all()
    )
    if messages:
        raise LossError(*messages)


def losses_told(connection: Connection, build_id: str) -> list[str]:
    """Return a line for every loss of a build, for the table that closes it."""
    table = schema.loss.c
    rows = connection.execute(
        select(table.message, table.accepted).where(table.build_id == build_id)
    )
    return [
        f"accepted ({accepted}): {message}" if accepted else message
        for message, accepted in rows
    ]
