"""The tables of the warehouse: what a build writes and the pages read.

Facts keep the column names of the files they come from, so that a number can be
followed back to a column without a dictionary. Everything worked out from facts is in
the program's own words.
"""

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Date,
    DateTime,
    Double,
    Integer,
    MetaData,
    SmallInteger,
    String,
    Table,
)

from kpi.datasets import DATASETS, ColumnType

VERSION = 4
"""Of the tables. A warehouse of another version is built anew, never converted."""

metadata = MetaData()


def _table(name: str, comment: str, *columns: Column) -> Table:
    return Table(name, metadata, *columns, comment=comment)


def _key(name: str, type_: type = String) -> Column:
    return Column(name, type_, nullable=False)


build = _table(
    "build",
    "One row per published build, oldest first by sequence.",
    Column("build_id", String, primary_key=True),
    _key("sequence", Integer),
    _key("schema_version", Integer),
    _key("built_at", DateTime),
    Column("as_of", Date, nullable=False, comment="later days are in the future"),
    Column("first_month", Integer, comment="of all facts; kpi.period.month_number"),
    Column("last_month", Integer),
    _key("is_demo", Boolean),
)

definition = _table(
    "definition",
    "The definitions a build was made with, as JSON: indicators, activities, pathways.",
    _key("build_id"),
    _key("name"),
    _key("content"),
)

load = _table(
    "load",
    "One row per source file taken in; kept as long as a build refers to it.",
    Column("load_id", String, primary_key=True),
    Column("sequence", Integer, nullable=False, comment="a higher one is newer"),
    _key("producer"),
    _key("dataset"),
    Column("file", String, nullable=False, comment="path under the sources folder"),
    _key("sha256"),
    _key("bytes", BigInteger),
    _key("encoding"),
    Column("delimiter", String),
    _key("received_at", DateTime),
    Column("rows", BigInteger, nullable=False, comment="facts + rejections"),
    _key("facts", BigInteger),
    _key("rejections", BigInteger),
    Column("extra_columns", String, comment="unknown columns that were ignored"),
    Column("missing_columns", String, comment="optional ones, as `,one,two,`"),
    Column("first_day", Date),
    Column("last_day", Date),
    Column("recheck_on", Date, comment="first day a future row is no longer future"),
)

build_load = _table(
    "build_load",
    "Which loads a build was made from.",
    _key("build_id"),
    _key("load_id"),
)

superseded = _table(
    "superseded",
    "Facts replaced by a newer load of the same producer, unit and period or case.",
    _key("load_id"),
    _key("row_number", BigInteger),
    _key("by_load_id"),
)

rejection = _table(
    "rejection",
    "One row per source row that did not become a fact; its first fault in columns.",
    _key("load_id"),
    _key("row_number", BigInteger),
    Column("column_name", String),
    Column("value", String),
    _key("reason"),
    Column("message", String, nullable=False, comment="every fault of the row"),
)

correction = _table(
    "correction",
    "Declared corrections as they were applied, one row per source row.",
    _key("load_id"),
    _key("row_number", BigInteger),
    _key("correction_id"),
    _key("column_name"),
    Column("found", String),
    Column("corrected", String),
    _key("reason"),
    _key("told"),
)

unit = _table(
    "unit",
    "One row per unit and time with the same name, kind and parent.",
    _key("build_id"),
    _key("unit_id"),
    _key("name"),
    _key("kind"),
    Column("parent_id", String),
    Column("valid_from", Date, nullable=False, comment="inclusive; 0001-01-01 = open"),
    Column("valid_to", Date, nullable=False, comment="inclusive; 9999-12-31 = open"),
    Column("replaced_by", String),
    Column("kolada_id", String),
    Column("is_current", Boolean, comment="its name and place are the unit's latest"),
    Column("tree_order", Integer, comment="position of the unit in the drawn tree"),
    Column("depth", Integer, comment="0 for the region"),
)

unit_path = _table(
    "unit_path",
    "One row per unit, time with an unchanged way to the top, and unit on that way.",
    _key("build_id"),
    _key("unit_id"),
    _key("valid_from", Date),
    _key("valid_to", Date),
    _key("ancestor_id"),
    Column("distance", Integer, nullable=False, comment="0 for the unit itself"),
    Column("is_succession", Boolean, comment="ancestor is a successor of the unit"),
)

outcome = _table(
    "outcome",
    "One row per build, indicator, unit, period and value of a dimension.",
    _key("build_id"),
    _key("indicator"),
    _key("unit"),
    _key("period_kind"),
    _key("period"),
    _key("first_month", Integer),
    _key("last_month", Integer),
    Column("by", String, nullable=False, comment="dimension; empty = the total"),
    Column("by_value", String, nullable=False, comment="empty = the total"),
    Column("numerator", Double, comment="None unless shown"),
    Column("denominator", Double, comment="None unless shown"),
    Column("value", Double, comment="in the indicator's own unit; None unless shown"),
    Column("lower", Double, comment="95 % interval, same unit as value"),
    Column("upper", Double),
    Column("target", Double, comment="judged by: the local one, else the national"),
    Column("target_rule", String),
    Column("target_level", String),
    Column("status", String, nullable=False, comment="kpi.assessment.Status"),
    Column("national_target", Double, comment="where a local target goes before it"),
    Column("national_rule", String),
    Column("national_status", String),
    Column("reason", String, comment="kpi.assessment.Reason; None if fully shown"),
    Column("units_reporting", SmallInteger, comment="units with facts in the period"),
    Column("units_expected", SmallInteger, comment="units with facts within a year"),
    Column("has_predecessors", Boolean, comment="holds facts of units it replaced"),
)

verdict = _table(
    "verdict",
    "One row per build, quarter, indicator and unit: the outcome that stands for the "
    "quarter, and what the control chart up to it says.",
    _key("build_id"),
    Column("quarter", String, nullable=False, comment="the one looked at, 2026Q3"),
    _key("indicator"),
    _key("unit"),
    *(
        Column(one.name, one.type, nullable=one.nullable, comment=one.comment)
        for one in outcome.c
        if one.name not in ("build_id", "indicator", "unit", "by", "by_value")
    ),
    Column("missed", SmallInteger, comment="periods in a row, up to the outcome's own"),
    Column("series_kind", String, comment="of the chart's periods; None: it is old"),
    Column("chart", String, comment="kpi.spc.points.ChartKind"),
    Column("why", String, comment="kpi.spc.choice.Why"),
    Column("variation", String, comment="of the last point; None without a chart"),
    Column("assurance", String, comment="kpi.spc.points.Assurance"),
    Column("false_alarms", Double, comment="how probable the signal is by chance"),
    Column("points", SmallInteger, comment="measured after the last break"),
    Column("met", SmallInteger, comment="of them; None unless hit or miss"),
)

benchmark = _table(
    "benchmark",
    "Kolada values of indicators that name one; rank 1 is best.",
    _key("build_id"),
    _key("indicator"),
    _key("kpi"),
    _key("kolada_region_id"),
    _key("region"),
    _key("year", SmallInteger),
    _key("value", Double),
    Column("rank", SmallInteger, comment="ties share the better; None for Riket"),
    Column("regions", SmallInteger, comment="how many were ranked"),
)

coverage = _table(
    "coverage",
    "How many facts each unit has itself per dataset and month.",
    _key("build_id"),
    _key("dataset"),
    _key("unit"),
    _key("first_month", Integer),
    _key("last_month", Integer),
    _key("facts", BigInteger),
)

finding = _table(
    "finding",
    "What the checks noticed without stopping the build.",
    _key("build_id"),
    Column("check", String, nullable=False, comment="its name in etl/checks.py"),
    Column("indicator", String),
    Column("unit", String),
    Column("period", String),
    Column("count", BigInteger),
    _key("message"),
)

_TYPES = {
    ColumnType.TEXT: String,
    ColumnType.WORDS: String,
    ColumnType.NUMBER: Double,
    ColumnType.DATE: Date,
    ColumnType.FLAG: Boolean,
}
_KEYS = {
    "svf_fall": ("fall_id",),
    "kontakter": ("kontakt_id",),
    "matningar": ("indikator", "kommentar"),
    "kolada": ("kpi", "kolada_region_id", "region"),
}


def _facts(dataset_id: str) -> Table:
    """Return the table of a dataset: where each row stands, then its columns."""
    dataset = DATASETS[dataset_id]
    is_of_unit = dataset_id != "kolada"
    months = [_key("first_month", Integer), _key("last_month", Integer)]
    place = [_key("enhet_id"), *months]
    place.append(Column("datum", Date, nullable=False, comment="its day in the tree"))
    if is_of_unit and not dataset.dated_by:
        place.append(Column("period", String, nullable=False))
    if dataset_id == "kolada":
        place = [_key("year", SmallInteger)]
    if dataset.is_counted:
        place.append(Column("ar_maskerad", Boolean, comment="MSK in the file"))
    if dataset.own_totals:
        place.append(Column("ar_total", Boolean, comment="counts in the unit's total"))
    return _table(
        dataset_id,
        f"Facts of {dataset_id}: one row per accepted source row.",
        _key("load_id"),
        _key("row_number", BigInteger),
        *(Column(name, String) for name in _KEYS.get(dataset_id, ())),
        *place,
        *(Column(name, _TYPES[one.type]) for name, one in dataset.columns.items()),
    )


BHK_ITEMS = ("h1", "h2", "h3", "h4", "k1", "k2", "k3", "k4")

enheter = _table(
    "enheter",
    "Facts of enheter: one row per unit and time, as the file says.",
    _key("load_id"),
    _key("row_number", BigInteger),
    _key("enhet_id"),
    _key("namn"),
    _key("typ"),
    Column("overordnad", String),
    _key("giltig_fran", Date),
    _key("giltig_till", Date),
    Column("ersatt_av", String),
    Column("kolada_id", String),
)

ledtider = _table(
    "ledtider",
    "Facts of ledtider: maximum lead times and when they are in force.",
    _key("load_id"),
    _key("row_number", BigInteger),
    _key("svf"),
    _key("avslut"),
    _key("utokad_utredning", Boolean),
    Column("max_dagar", Integer, comment="None = a place to fill in"),
    _key("giltig_fran", Date),
    _key("giltig_till", Date),
    Column("kalla", String),
)

FACTS = {name: _facts(name) for name in DATASETS if name != "bhk_moment"}
for _item in BHK_ITEMS:
    FACTS["bhk"].append_column(Column(_item, Boolean, comment="None = not applicable"))
