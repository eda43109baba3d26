"""Indicators that the producer has counted already."""

from dataclasses import replace

from sqlalchemy import Connection

from etl.labels import labelled
from etl.sources.layout import Fault, Field, FieldType, Layout, optional
from etl.stating import state
from kpi.definition_parts import EVERY_CATEGORY
from kpi.definitions import Definitions
from kpi.measures import ReportedMeasure
from kpi.model import Kind
from kpi.vocabulary import DatasetName, Rejection

_COUNTS = "(taljare IS NOT NULL AND (namnare IS NOT NULL OR counted_kind = 'count'))"
_SLAG = f"nullif(lower(text_slag), '{EVERY_CATEGORY}')"
_SCALE = (
    "CASE counted_kind WHEN 'proportion' THEN 100 WHEN 'rate' THEN counted_per"
    " ELSE 1 END"
)
# What rounding can do to a value with so many decimals as are written.
_ROUNDING = (
    "0.5 / pow(10, length(regexp_extract(text_varde, '[.,]([0-9]+)', 1)))"
    " + 1e-9 * greatest(1, abs(varde))"
)
_CONTRADICTS = (
    "CASE WHEN counted_kind <> 'count' AND namnare = 0 THEN varde <> 0"
    " ELSE abs(CASE WHEN counted_kind = 'count' THEN taljare"
    f" ELSE taljare / namnare * {_SCALE} END - varde) > {_ROUNDING} END"
)


@labelled("state what producers count", writes=("counted_indicator",))
def state_counted(
    connection: Connection, definitions: Definitions
) -> list[list[object]]:
    """State which indicators producers report, and what values they can have."""
    rows: list[list[object]] = []
    for indicator in definitions.indicators:
        if not isinstance(indicator.measure, ReportedMeasure):
            continue
        lowest, highest = indicator.scale or (0.0, 1e15)
        if indicator.kind is Kind.PROPORTION:
            lowest, highest = 0.0, 100.0
        if indicator.kind is Kind.MEAN and indicator.scale is None:
            lowest = -highest  # such as a mean of temperatures or balances
        scale = [indicator.per, lowest, highest]
        categories = list(indicator.categories)
        rows.append([indicator.id, str(indicator.kind), *scale, categories])
    state(
        connection,
        "counted_indicator",
        "counted_id VARCHAR, counted_kind VARCHAR, counted_per INTEGER, "
        "counted_lowest DOUBLE, counted_highest DOUBLE, counted_slag VARCHAR[]",
        rows,
    )
    return rows


REPORTED = Layout(
    dataset=DatasetName.REPORTED,
    pattern=r"matningar/.*",
    fields=(
        Field("indikator"),
        Field("enhet_id", FieldType.UNIT),
        Field("period", FieldType.PERIOD),
        replace(
            optional("slag"),
            about=f"one of the indicator's `categories`, or {EVERY_CATEGORY}",
        ),
        optional("taljare", FieldType.NUMBER, may_be_masked=True, is_count=True),
        optional(
            "namnare", FieldType.NUMBER, lowest=0, may_be_masked=True, is_count=True
        ),
        optional("varde", FieldType.NUMBER, may_be_masked=True),
        optional("kommentar"),
    ),
    faults=(
        Fault(
            Rejection.UNKNOWN_INDICATOR,
            "indikator",
            "counted_id IS NULL",
            "the id of an indicator with `dataset: matningar`, of a plan in use or in "
            "`further_indicators` of data/region.yaml",
        ),
        Fault(
            Rejection.UNKNOWN_CODE,
            "slag",
            f"{_SLAG} IS NOT NULL AND NOT list_contains(counted_slag, {_SLAG})",
            "one of the indicator's categories in indicators.yaml, or nothing",
            "'it has ' || coalesce("
            "nullif(array_to_string(counted_slag, ', '), ''), 'none')",
        ),
        # Categories are added up where the unit has no total of its own.
        Fault(
            Rejection.MISSING_VALUE,
            "taljare",
            f"{_SLAG} IS NOT NULL AND counted_kind <> 'count'"
            f" AND NOT is_masked AND NOT {_COUNTS} AND text_varde IS NOT NULL",
            "taljare and namnare; the values of categories cannot be added up",
        ),
        Fault(
            Rejection.MISSING_VALUE,
            "varde",
            f"NOT is_masked AND NOT {_COUNTS} AND text_varde IS NULL",
            "taljare and namnare, or varde",
        ),
        Fault(
            Rejection.NUMERATOR_OVER_DENOMINATOR,
            "taljare",
            "counted_kind = 'proportion' AND taljare > namnare",
            "at most namnare",
        ),
        # Events of nobody would raise every sum that they are part of.
        Fault(
            Rejection.NUMERATOR_OVER_DENOMINATOR,
            "taljare",
            "counted_kind IN ('rate', 'mean') AND taljare <> 0 AND namnare = 0",
            "0 where namnare is 0",
        ),
        Fault(
            Rejection.OUT_OF_RANGE,
            "taljare",
            "taljare < 0 AND counted_kind <> 'mean'",
            "0 or more",
        ),
        Fault(
            Rejection.OUT_OF_RANGE,
            "varde",
            "varde NOT BETWEEN counted_lowest AND counted_highest",
            "a value the indicator can have: 0-100 for a share, within its scale for a"
            " mean that has one, 0 or more for all but means",
        ),
        Fault(
            Rejection.OUT_OF_RANGE,
            "taljare",
            "counted_kind = 'mean' AND namnare > 0"
            " AND taljare / namnare NOT BETWEEN counted_lowest AND counted_highest",
            "a sum of scores on the indicator's scale",
        ),
        Fault(
            Rejection.CONTRADICTION,
            "varde",
            f"{_COUNTS} AND {_CONTRADICTS}",
            "the value of taljare and namnare, rounded as it is written, or nothing",
        ),
    ),
    derived={
        "indikator": "counted_id",
        "slag": _SLAG,
        # Counts go before a value: only counts can be added up.
        "varde": f"CASE WHEN {_COUNTS} OR counted_kind = 'count' THEN NULL"
        " ELSE varde END",
        "taljare": "CASE WHEN counted_kind = 'count' THEN coalesce(taljare, varde)"
        f" WHEN {_COUNTS} THEN taljare END",
        "namnare": f"CASE WHEN {_COUNTS} THEN namnare END",
    },
    joins="LEFT JOIN counted_indicator ON counted_id = lower(text_indikator)",
    lookup=state_counted,
    key=("indikator", "enhet_id", "slag", "period"),
    replaces=("indikator", "enhet_id"),
    adds_up="taljare",
)
