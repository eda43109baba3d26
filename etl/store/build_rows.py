"""What a build says of itself: which loads it stands on, and what they reach."""

from collections.abc import Iterator
from datetime import UTC, date, datetime

from sqlalchemy import Connection

from etl.in_force import datasets_with_facts, facts_in_force
from etl.labels import labelled
from etl.sources import UNIT_FACTS
from etl.stating import state
from etl.store.catalogue import Catalogue
from etl.store.leaning import LEANING
from kpi import schema
from kpi.definitions import Definitions
from kpi.meant import Fault


@labelled("make tables, and forget half a build")
def make_tables(connection: Connection, build_id: str) -> None:
    """Make the tables that are not there, and leave nothing of an earlier attempt."""
    schema.create_tables(connection)
    for table in schema.metadata.sorted_tables:
        if "build_id" in table.c:
            connection.exec_driver_sql(
                f"DELETE FROM \"{table.name}\" WHERE build_id = '{build_id}'"
            )


@labelled("see what registers are made of", reads=("build_load", "load"))
def loads_of(connection: Connection, build_id: str, dataset: str) -> list[str]:
    """Return the loads of a dataset that the build stands on, oldest first."""
    return list(
        connection.exec_driver_sql(
            "SELECT load_id FROM build_load JOIN load USING (load_id) "
            f"WHERE build_id = '{build_id}' AND dataset = '{dataset}' "
            "ORDER BY sequence"
        ).scalars()
    )


@labelled("see which regions the register has", reads=("unit",))
def regions_registered(connection: Connection, build_id: str) -> set[str]:
    """Return the ids in Kolada of the regions that the register of units has."""
    return set(
        connection.exec_driver_sql(
            f"SELECT DISTINCT kolada_id FROM unit WHERE build_id = '{build_id}' "
            "AND kolada_id IS NOT NULL"
        ).scalars()
    )


@labelled("look up the units of targets", reads=("unit",))
def targets_of_unknown_units(
    connection: Connection, build_id: str, catalogue: Catalogue
) -> list[str]:
    """Return a sentence for every target of a unit that the register does not have.

    Targets of another region's plans are not looked up: its units are not here.
    """
    register = connection.exec_driver_sql(
        f"SELECT DISTINCT unit_id, kolada_id FROM unit WHERE build_id = '{build_id}'"
    ).all()
    units = {unit for unit, _ in register}
    regions = {region for _, region in register if region is not None}
    return [
        sentence
        for part in catalogue.parts
        for at, message in _unknown_units(part.definitions, units, regions)
        for sentence in part.fault(at, message)
    ]


def _unknown_units(
    definitions: Definitions, units: set[str], regions: set[str]
) -> Iterator[Fault]:
    plans = {plan.id: plan.region for plan in definitions.plans}
    for number, indicator in enumerate(definitions.indicators):
        for position, target in enumerate(indicator.targets):
            if (
                target.unit is not None
                and target.unit not in units
                and (not regions or plans[target.plan] in regions)
            ):
                yield (
                    ("indicators", number, "targets", position, "unit"),
                    f"{target.unit!r} is not a unit in the register; mend the id, or "
                    "add the unit to enheter/enheter*",
                )


@labelled("let the build stand on the load", writes=("build_load",))
def stand_on(connection: Connection, build_id: str, load_id: str) -> None:
    """Make a load one of those that the build stands on."""
    connection.exec_driver_sql(
        "INSERT INTO build_load VALUES (?, ?)", (build_id, load_id)
    )


@labelled(
    "write the build's own row",
    reads=("unit",),
    writes=("build", "definition", "review"),
)
def write_build_row(
    connection: Connection,
    build_id: str,
    catalogue: Catalogue,
    as_of: date,
    sequence: int,
) -> None:
    """Store what the build is made with: its day, its number, its definitions."""
    connection.execute(
        schema.build.insert(),
        {
            "build_id": build_id,
            "sequence": sequence,
            "schema_version": schema.VERSION,
            "built_at": datetime.now(UTC).replace(tzinfo=None, microsecond=0),
            "as_of": as_of,
            "is_demo": bool(
                connection.exec_driver_sql(
                    "SELECT count(*) FROM unit WHERE unit_id LIKE '%-DEMO%' "
                    f"AND build_id = '{build_id}'"
                ).scalar()
            ),
        },
    )
    stored = catalogue.documents()
    if catalogue.leaning.decided:
        stored[LEANING] = catalogue.leaning.written()
    for name, content in stored.items():
        connection.execute(
            schema.definition.insert(),
            {"build_id": build_id, "name": name, "content": content},
        )
    state(
        connection,
        "review",
        "indicator VARCHAR, next_review DATE",
        [
            (indicator.id, indicator.review.next_review)
            for indicator in catalogue.definitions.indicators
            if indicator.review
        ],
    )


@labelled(
    "note what the facts reach",
    reads=(*UNIT_FACTS, "build_load", "load", "superseded", "reach"),
    writes=("coverage", "build"),
)
def note_coverage(connection: Connection, build_id: str) -> None:
    """Store which units have facts of what and when, and the months of the build."""
    with_facts = datasets_with_facts(connection, build_id)
    for dataset in (name for name in UNIT_FACTS if name in with_facts):
        connection.exec_driver_sql(
            f"""INSERT INTO coverage
            SELECT '{build_id}', '{dataset}', enhet_id, first_month,
                last_month, count(*)
            FROM {facts_in_force(connection, dataset, build_id)} GROUP BY ALL"""
        )
    connection.exec_driver_sql(
        # Without a fact there are still periods, if only to say that all was rejected.
        f"""UPDATE build SET first_month = facts.first_month,
            last_month = facts.last_month,
            reach_first = facts.reach_first, reach_last = facts.reach_last
        FROM (SELECT coalesce(min(coverage.first_month), any_value(reach.first_month))
                AS first_month,
            coalesce(max(coverage.last_month), any_value(reach.last_month))
                AS last_month,
            any_value(reach.first_month) AS reach_first,
            any_value(reach.last_month) AS reach_last
            FROM reach LEFT JOIN coverage ON build_id = '{build_id}') AS facts
        WHERE build_id = '{build_id}'"""
    )
