"""Kolada's yearly values: benchmarks, ranks among regions, and outcomes of regions."""

from sqlalchemy import Connection, select

from etl.count.parts import STANDING
from etl.in_force import datasets_with_facts
from etl.labels import labelled
from etl.stating import state
from kpi.active import is_active
from kpi.definitions import Definitions, Indicator
from kpi.measures import KoladaMeasure
from kpi.model import Direction, Kind
from kpi.schema import FACTS
from kpi.vocabulary import NATION


@labelled(
    "take public values",
    reads=("kolada", "load", "unit", *STANDING),
    writes=("wanted_kpi", "benchmark", "part"),
)
def take_public(
    connection: Connection, build_id: str, definitions: Definitions
) -> None:
    """Take Kolada's yearly values, and ranks among regions, and keep benchmarks."""
    facts = FACTS["kolada"]
    wanted = _kolada_wanted(definitions)
    if not wanted or facts.name not in datasets_with_facts(connection, build_id):
        return
    state(
        connection,
        "wanted_kpi",
        "indicator VARCHAR, kpi VARCHAR, is_lower_better BOOLEAN, is_ranked BOOLEAN",
        wanted,
    )
    active = select(facts).where(is_active(facts, build_id))
    compiled = active.compile(connection, compile_kwargs={"literal_binds": True})
    # Competition ranking: ties share the better place. Riket is not a region, and one
    # or two regions are no ranking.
    connection.exec_driver_sql(
        f"""INSERT INTO benchmark BY NAME
        WITH figure AS (
            SELECT DISTINCT indicator, wanted_kpi.kpi, kolada_region_id, region, year,
                value, is_ranked, CASE WHEN is_lower_better THEN -value ELSE value END
                AS goodness, kolada_region_id <> '{NATION}' AS is_region
            FROM ({compiled}) AS kolada JOIN wanted_kpi USING (kpi)
        )
        SELECT '{build_id}' AS build_id, indicator, kpi, kolada_region_id,
            coalesce(region, kolada_region_id) AS region, year, value,
            CASE WHEN is_comparable THEN rank() OVER (
                PARTITION BY indicator, year, is_region ORDER BY goodness DESC) END
                AS rank,
            CASE WHEN is_comparable THEN regions END AS regions
        FROM (
            SELECT *, count(*) OVER (PARTITION BY indicator, year, is_region)
                AS regions, is_region AND is_ranked AND regions >= 3 AS is_comparable
            FROM figure
        )"""
    )
    for indicator in definitions.indicators:
        if isinstance(indicator.measure, KoladaMeasure):
            _take_one_public(connection, build_id, indicator)


def _take_one_public(
    connection: Connection, build_id: str, indicator: Indicator
) -> None:
    assert isinstance(indicator.measure, KoladaMeasure)
    is_rank = indicator.measure.statistic == "rank"
    value, among = ("rank", "regions") if is_rank else ("value", "NULL")
    connection.exec_driver_sql(
        f"""INSERT INTO part
        SELECT indicator, region.unit_id, path.valid_from, year * 12, year * 12 + 11,
            '', '', NULL, {among}, {value}, false, true
        FROM benchmark
        JOIN (SELECT DISTINCT unit_id, kolada_id FROM unit
            WHERE build_id = '{build_id}') AS region
            ON region.kolada_id = kolada_region_id
        JOIN (SELECT unit_id, max(valid_from) AS valid_from FROM unit_path
            WHERE build_id = '{build_id}' AND distance = 0 AND NOT is_succession
            GROUP BY unit_id) AS path ON path.unit_id = region.unit_id
        WHERE benchmark.build_id = '{build_id}' AND indicator = '{indicator.id}'
            AND {value} IS NOT NULL"""
    )


def _kolada_wanted(definitions: Definitions) -> list[tuple[str, str, bool, bool]]:
    wanted = []
    for indicator in definitions.indicators:
        kpi = indicator.benchmark.kpi if indicator.benchmark else None
        is_lower_better = indicator.direction is Direction.LOWER
        if isinstance(indicator.measure, KoladaMeasure):
            kpi = indicator.measure.kpi
            # A low rank is good whatever the figure behind it; the figures that are
            # ranked in the plans are better the higher.
            if indicator.kind is Kind.RANK:
                is_lower_better = False
        if kpi:
            wanted.append(
                (
                    indicator.id,
                    kpi,
                    is_lower_better,
                    indicator.direction is not Direction.NEUTRAL,
                )
            )
    return wanted
