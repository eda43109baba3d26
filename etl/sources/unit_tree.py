"""The unit tree of a build: who belongs to whom, and when."""

from sqlalchemy import Connection

from etl.in_force import facts_in_force
from etl.labels import labelled
from etl.rejected import PLACE, REJECTED
from kpi.alphabet import swedish_sql
from kpi.errors import DefinitionError

_UNITS = """
INSERT INTO unit BY NAME
SELECT '{build}' AS build_id, enhet_id AS unit_id, namn AS name, typ AS kind,
    overordnad AS parent_id, giltig_fran AS valid_from,
    least(giltig_till, coalesce(lead(giltig_fran) OVER (
        PARTITION BY enhet_id ORDER BY giltig_fran) - 1, giltig_till)) AS valid_to,
    ersatt_av AS replaced_by, kolada_id,
    row_number() OVER (PARTITION BY enhet_id ORDER BY giltig_fran DESC) = 1
        AS is_current
FROM {active}
"""

# From the top down: a unit's time under its parent is cut where either changes.
_PATHS = """
CREATE OR REPLACE TEMP TABLE path AS
WITH RECURSIVE walk AS (
    SELECT unit_id, valid_from, valid_to, [unit_id] AS ancestors,
        [{name} || ' ' || unit_id] AS way
    FROM unit WHERE build_id = '{build}' AND parent_id IS NULL
    UNION ALL
    SELECT child.unit_id, greatest(child.valid_from, walk.valid_from),
        least(child.valid_to, walk.valid_to),
        list_append(walk.ancestors, child.unit_id),
        list_append(walk.way, {child_name} || ' ' || child.unit_id)
    FROM walk JOIN unit AS child ON child.parent_id = walk.unit_id
        AND child.build_id = '{build}'
        AND child.valid_from <= walk.valid_to AND walk.valid_from <= child.valid_to
    WHERE NOT list_contains(walk.ancestors, child.unit_id)
)
FROM walk
"""

_ANCESTORS = """
INSERT INTO unit_path BY NAME
SELECT '{build}' AS build_id, unit_id, valid_from, valid_to,
    unnest(ancestors) AS ancestor_id,
    len(ancestors) - unnest(range(1, len(ancestors) + 1)) AS distance,
    false AS is_succession
FROM path
"""

# The history of a unit, and of those below it, also shows under the unit that replaced
# it, and under the one that replaced that; the facts stay where they were.
_SUCCESSIONS = """
INSERT INTO unit_path BY NAME
WITH RECURSIVE heir AS (
    SELECT unit_id, replaced_by AS ancestor_id FROM unit
    WHERE build_id = '{build}' AND replaced_by IS NOT NULL
    UNION
    SELECT heir.unit_id, unit.replaced_by FROM heir JOIN unit
        ON unit.unit_id = heir.ancestor_id AND unit.build_id = '{build}'
    WHERE unit.replaced_by IS NOT NULL
)
SELECT DISTINCT '{build}' AS build_id, path.unit_id, path.valid_from, path.valid_to,
    heir.ancestor_id, 0 AS distance, true AS is_succession
FROM path JOIN heir ON list_contains(path.ancestors, heir.unit_id)
WHERE NOT list_contains(path.ancestors, heir.ancestor_id)
"""

_ORDER = """
UPDATE unit SET depth = drawn.depth, tree_order = drawn.tree_order
FROM (
    SELECT unit_id, len(ancestors) - 1 AS depth,
        row_number() OVER (ORDER BY way) AS tree_order
    FROM (
        SELECT *, row_number() OVER (PARTITION BY unit_id ORDER BY valid_to DESC) AS nth
        FROM path
    ) WHERE nth = 1
) AS drawn
WHERE unit.unit_id = drawn.unit_id AND unit.build_id = '{build}'
"""

# Who stands for a unit on the days after its end: the unit that replaced it, or the one
# that replaced that, whichever has a way up on the day.
_HEIRS = """
CREATE OR REPLACE TEMP TABLE register_heir AS
WITH RECURSIVE gap AS (
    SELECT unit_id, replaced_by, valid_to + 1 AS first_day,
        coalesce(lead(valid_from) OVER (
            PARTITION BY unit_id ORDER BY valid_from) - 1, DATE '9999-12-31')
            AS final_day
    FROM unit WHERE build_id = '{build}' AND valid_to < DATE '9999-12-31'
),
heir AS (
    SELECT unit_id, replaced_by, first_day, final_day, [unit_id] AS passed
    FROM gap WHERE replaced_by IS NOT NULL AND first_day <= final_day
    UNION ALL
    SELECT heir.unit_id, gap.replaced_by, greatest(heir.first_day, gap.first_day),
        least(heir.final_day, gap.final_day), list_append(passed, gap.unit_id)
    FROM heir JOIN gap ON gap.unit_id = heir.replaced_by
        AND gap.first_day <= heir.final_day AND heir.first_day <= gap.final_day
    WHERE gap.replaced_by IS NOT NULL AND NOT list_contains(passed, gap.unit_id)
)
SELECT heir.unit_id AS heir_of, greatest(first_day, valid_from) AS heir_from,
    least(final_day, valid_to) AS heir_to, path.unit_id AS heir_unit
FROM heir JOIN path ON path.unit_id = heir.replaced_by
    AND path.valid_from <= final_day AND first_day <= path.valid_to
"""

# What a message says of a unit that has no place in the tree on the day of a row.
_KNOWN = """
CREATE OR REPLACE TEMP TABLE register_unit AS
SELECT unit_id AS known_unit, min(path.valid_from) AS known_from,
    max(path.valid_to) AS known_to,
    arg_max(replaced_by, unit.valid_from) FILTER (replaced_by IS NOT NULL)
        AS known_successor
FROM path JOIN unit USING (unit_id)
WHERE build_id = '{build}'
GROUP BY ALL
"""


@labelled(
    "build the unit tree",
    reads=("enheter", "build_load", "superseded"),
    writes=(
        *("unit", "unit_path", "path"),
        *("register_unit", "register_span", "register_end", "register_heir"),
    ),
)
def build_register(connection: Connection, build_id: str) -> None:
    """Fill `unit` and `unit_path` of a build, and what files are checked against.

    Args:
        connection: To the draft.
        build_id: Of the build.

    Raises:
        DefinitionError: there are no units, or some do not hang together.
    """
    active = facts_in_force(connection, "enheter", build_id)
    connection.exec_driver_sql(_UNITS.format(build=build_id, active=active))
    faults = _faults(connection, build_id)
    if faults:
        raise DefinitionError(*_rejected(connection, build_id), *faults)
    for statement in (_PATHS, _ANCESTORS, _SUCCESSIONS, _ORDER):
        connection.exec_driver_sql(
            statement.format(
                build=build_id,
                name=swedish_sql("name"),
                child_name=swedish_sql("child.name"),
            )
        )
    unreached = connection.exec_driver_sql(
        f"SELECT DISTINCT unit_id FROM unit WHERE build_id = '{build_id}' "
        "AND unit_id NOT IN (SELECT unit_id FROM path) ORDER BY 1"
    ).scalars()
    faults = [
        f"enheter: enhet_id={unit!r}: no way up to a region at any time; the units "
        "above it form a circle, or exist at other times; mend `overordnad`"
        for unit in unreached
    ]
    if faults:
        raise DefinitionError(*_rejected(connection, build_id), *faults)
    for statement in (
        _KNOWN.format(build=build_id),
        _HEIRS.format(build=build_id),
        "CREATE OR REPLACE TEMP TABLE register_span AS SELECT unit_id AS path_unit, "
        "valid_from AS path_from, valid_to AS path_to FROM path",
        "CREATE OR REPLACE TEMP TABLE register_end AS SELECT unit_id AS ended_unit, "
        "max(valid_to) AS ended FROM path GROUP BY ALL",
    ):
        connection.exec_driver_sql(statement)


@labelled(
    "tell which units were rejected",
    reads=("rejection", "load", "build_load", "load_part"),
)
def _rejected(connection: Connection, build_id: str) -> list[str]:
    """Return why rows of the register were rejected: units may be missing for it."""
    rows = connection.exec_driver_sql(
        f"""SELECT file || ': ' || {PLACE} || ': ' || message
        FROM {REJECTED} JOIN load USING (load_id) JOIN build_load USING (load_id)
        WHERE build_id = '{build_id}' AND dataset = 'enheter'
        ORDER BY sequence, row_number"""
    )
    return list(rows.scalars())


def _faults(connection: Connection, build_id: str) -> list[str]:
    count = connection.exec_driver_sql(
        f"SELECT count(*) FROM unit WHERE build_id = '{build_id}'"
    ).scalar()
    if not count:
        return [
            "enheter: no units; put the unit register in enheter/enheter*.csv "
            "(columns enhet_id; namn; typ; overordnad)"
        ]
    faults = []
    for column, what in (("parent_id", "overordnad"), ("replaced_by", "ersatt_av")):
        missing = connection.exec_driver_sql(
            f"SELECT DISTINCT unit_id, {column} FROM unit WHERE build_id = '{build_id}'"
            f" AND {column} IS NOT NULL AND {column} NOT IN "
            f"(SELECT unit_id FROM unit WHERE build_id = '{build_id}') ORDER BY 1"
        )
        faults += [
            f"enheter: enhet_id={unit!r}: {what}={missing_unit!r} is not a unit in the "
            "register; add it or mend the id"
            for unit, missing_unit in missing
        ]
    return faults
