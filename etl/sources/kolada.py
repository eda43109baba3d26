"""Kolada: yearly values of regions, as CSV or as the JSON of its API."""

from sqlalchemy import Connection

from etl.labels import labelled
from etl.sources.layout import Fault, Field, FieldType, Layout
from kpi.definitions import Definitions, Indicator
from kpi.measures import KoladaMeasure
from kpi.model import Kind
from kpi.vocabulary import KOLADA_REGIONS, DatasetName, Rejection


@labelled("state which public figures are shares", writes=("share_kpi",))
def state_shares(connection: Connection, definitions: Definitions) -> list[str]:
    """State which Kolada figures are shares, 0-100."""
    published = (
        _published(indicator)
        for indicator in definitions.indicators
        if indicator.kind is Kind.PROPORTION
    )
    shares = sorted({kpi for kpi in published if kpi is not None})
    connection.exec_driver_sql(
        "CREATE OR REPLACE TEMP TABLE share_kpi AS "
        f"SELECT unnest(CAST({shares!r} AS VARCHAR[])) AS share_id"
    )
    return shares


def _published(indicator: Indicator) -> str | None:
    """Return the Kolada figure that an indicator is, or is compared with."""
    if isinstance(indicator.measure, KoladaMeasure):
        return indicator.measure.kpi
    return indicator.benchmark.kpi if indicator.benchmark else None


KOLADA = Layout(
    dataset=DatasetName.KOLADA,
    pattern=r"kolada/.*",
    fields=(
        Field("kpi"),
        Field("kolada_region_id"),
        Field("region", needs_value=False),
        Field("year", FieldType.INTEGER, lowest=1970, highest=2100),
        Field("value", FieldType.NUMBER),
    ),
    faults=(
        Fault(
            Rejection.UNKNOWN_CODE,
            "kpi",
            "NOT regexp_full_match(text_kpi, '[NU][0-9]{5}')",
            "a Kolada id such as N79198",
        ),
        Fault(
            Rejection.UNKNOWN_CODE,
            "kolada_region_id",
            "NOT regexp_full_match(text_kolada_region_id, '[0-9]{4}')",
            "four digits such as 0010",
        ),
        Fault(
            Rejection.NOT_A_REGION,
            "kolada_region_id",
            "regexp_full_match(text_kolada_region_id, '[0-9]{4}')"
            f" AND text_kolada_region_id NOT IN {KOLADA_REGIONS}",
            "a region, 0001-0025, or 0000 for Sweden; municipalities are not compared",
        ),
        Fault(
            Rejection.FUTURE_DATE,
            "year",
            "year > date_part('year', as_of)",
            "a year that has begun",
        ),
        Fault(
            Rejection.OUT_OF_RANGE,
            "value",
            "share_id IS NOT NULL AND value NOT BETWEEN 0 AND 100",
            "a share, 0-100",
        ),
    ),
    joins="LEFT JOIN share_kpi ON share_id = text_kpi",
    lookup=state_shares,
    is_shared=True,
    key=("kpi", "kolada_region_id", "year"),
    replaces=("kpi", "kolada_region_id", "year"),
    replaces_period=False,
    suffixes=(".csv", ".xlsx", ".json"),
)
