"""The tables of the warehouse: what a build writes and the pages read.

Facts keep the column names of the files they come from, so that a number can be
followed back to a column without a dictionary. Everything worked out from facts is in
the program's own words.
"""

from functools import cache

from duckdb_sqlalchemy import Dialect
from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Connection,
    Date,
    DateTime,
    Double,
    Integer,
    LargeBinary,
    SmallInteger,
    String,
)
from sqlalchemy.schema import (
    CreateTable,
    ExecutableDDLElement,
    SetColumnComment,
    SetTableComment,
)

from kpi.fact_tables import BHK_ITEMS, FACTS, enheter, ledtider
from kpi.tables import key, metadata, table

__all__ = ["BHK_ITEMS", "FACTS", "create_tables", "enheter", "ledtider", "metadata"]

VERSION = 16
"""Of the tables. A warehouse of another version is built anew, never converted."""

build = table(
    "build",
    "One row per published build, oldest first by sequence.",
    Column("build_id", String, primary_key=True),
    key("sequence", Integer),
    key("schema_version", Integer),
    key("built_at", DateTime),
    Column("as_of", Date, nullable=False, comment="later days are in the future"),
    Column("first_month", Integer, comment="of all facts; kpi.period.month_number"),
    Column("last_month", Integer),
    Column("reach_first", Integer, comment="month that periods are laid out from"),
    Column("reach_last", Integer, comment="the last; also of rows that are rejected"),
    key("is_demo", Boolean),
)

definition = table(
    "definition",
    "The definitions a build was made with, as JSON: indicators, activities, pathways.",
    key("build_id"),
    key("name"),
    key("content"),
)

load = table(
    "load",
    "One row per source file taken in; kept as long as a build refers to it.",
    Column("load_id", String, primary_key=True),
    Column("sequence", Integer, nullable=False, comment="a higher one is newer"),
    key("producer"),
    key("dataset"),
    Column("file", String, nullable=False, comment="path under the sources folder"),
    key("sha256"),
    key("bytes", BigInteger),
    key("encoding"),
    Column("delimiter", String),
    key("received_at", DateTime),
    Column("rows", BigInteger, nullable=False, comment="facts + rejections"),
    Column("facts", BigInteger, nullable=False, comment="rows taken in"),
    key("rejections", BigInteger),
    Column("extra_columns", String, comment="unknown columns that were ignored"),
    Column("missing_columns", String, comment="optional ones, as `,one,two,`"),
    Column("first_day", Date),
    Column("last_day", Date),
    Column("mapping", String, comment="it was read by; None for a layout's own form"),
    Column(
        "rows_per_line",
        SmallInteger,
        nullable=False,
        comment="rows that a row of the file gives; row numbers count them",
    ),
    Column("recheck_on", Date, comment="first day a future row is no longer future"),
)

load_part = table(
    "load_part",
    "The sheets of a workbook that were read, where there are several: row numbers go "
    "on from one to the next.",
    key("load_id"),
    key("sheet"),
    Column("first_row", BigInteger, nullable=False, comment="number of its row 1"),
)

load_note = table(
    "load_note",
    "What a reader of the figures should know of a file, beside its rows.",
    key("load_id"),
    Column("check", String, nullable=False, comment="kpi.vocabulary.Finding"),
    Column("count", BigInteger),
    key("message"),
)

build_load = table(
    "build_load",
    "Which loads a build was made from.",
    key("build_id"),
    key("load_id"),
)

superseded = table(
    "superseded",
    "Facts replaced by a newer load of the same producer, unit and period or case.",
    key("load_id"),
    key("row_number", BigInteger),
    key("by_load_id"),
)

rejection = table(
    "rejection",
    "One row per source row that did not become a fact; its first fault in columns.",
    key("load_id"),
    key("row_number", BigInteger),
    Column("column_name", String),
    Column("heading", String, comment="of the column, where a mapping names it"),
    Column("value", String),
    key("reason"),
    Column("message", String, nullable=False, comment="every fault of the row"),
    Column("unit", String, comment="for which it would count; None if unreadable"),
    Column("first_month", Integer, comment="of its day or period; None if unreadable"),
    Column("last_month", Integer),
    Column("subject", String, comment="what it measures, where a file holds several"),
)

unplaced = table(
    "unplaced",
    "Rejected rows that belong to no outcome: unit, period or measure is not readable.",
    key("build_id"),
    key("dataset"),
    Column("subject", String, comment="as in rejection; None if unreadable"),
    Column("unit", String, comment="None if unreadable"),
    key("rows", BigInteger),
)

carried = table(
    "carried",
    "Rows of a file under the id of an ended unit that count for its successor.",
    key("load_id"),
    Column("unit", String, nullable=False, comment="as the file has it"),
    Column("successor", String, nullable=False, comment="whose facts they are"),
    key("rows", BigInteger),
)

correction = table(
    "correction",
    "Declared corrections as they were applied, one row per source row.",
    key("load_id"),
    key("row_number", BigInteger),
    key("correction_id"),
    key("column_name"),
    Column("found", String),
    Column("corrected", String),
    key("reason"),
    key("told"),
)

unit = table(
    "unit",
    "One row per unit and time with the same name, kind and parent.",
    key("build_id"),
    key("unit_id"),
    key("name"),
    key("kind"),
    Column("parent_id", String),
    Column("valid_from", Date, nullable=False, comment="inclusive; 0001-01-01 = open"),
    Column("valid_to", Date, nullable=False, comment="inclusive; 9999-12-31 = open"),
    Column("replaced_by", String),
    Column("kolada_id", String),
    Column("is_current", Boolean, comment="its name and place are the unit's latest"),
    Column("tree_order", Integer, comment="position of the unit in the drawn tree"),
    Column("depth", Integer, comment="0 for the region"),
)

unit_path = table(
    "unit_path",
    "One row per unit, time with an unchanged way to the top, and unit on that way.",
    key("build_id"),
    key("unit_id"),
    key("valid_from", Date),
    key("valid_to", Date),
    key("ancestor_id"),
    Column("distance", Integer, nullable=False, comment="0 for the unit itself"),
    Column("is_succession", Boolean, comment="ancestor is a successor of the unit"),
)

outcome = table(
    "outcome",
    "One row per build, indicator, unit, period and value of a dimension.",
    key("build_id"),
    key("indicator"),
    key("unit"),
    key("period_kind"),
    key("period"),
    key("first_month", Integer),
    key("last_month", Integer),
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
    Column("is_whole", Boolean, comment="over, and every month in; None without value"),
    Column(
        "same_months_before",
        Double,
        comment="a year earlier, of the months of what is not whole; None: not known",
    ),
    Column("reported_as", String, comment="kind of period of what does not fit in it"),
    Column("reported_in", String, comment="earlier period that a step is known from"),
    Column("ended_in", String, comment="last period of a target that was not met"),
    Column("ended_target", Double, comment="the target that ended so"),
    Column("ended_rule", String),
    Column(
        "basis", String, comment="kpi.basis: what to know of its rows; None: nothing"
    ),
)

unit_outcome = outcome.to_metadata(metadata, name="unit_outcome")
unit_outcome.comment = "Totals of outcome once more, unit by unit, for a unit's pages."
unit_outcome.append_column(
    Column("unit_key", String, nullable=False, comment="kpi.tables.unit_key of unit")
)

verdict = table(
    "verdict",
    "One row per build, quarter, indicator and unit: the outcome that stands for the "
    "quarter, and what the control chart up to it says.",
    key("build_id"),
    Column("quarter", String, nullable=False, comment="the one looked at, 2026Q3"),
    key("indicator"),
    key("unit"),
    *(
        Column(
            column.name, column.type, nullable=column.nullable, comment=column.comment
        )
        for column in outcome.c
        if column.name not in ("build_id", "indicator", "unit", "by", "by_value")
    ),
    Column("missed", SmallInteger, comment="periods in a row, up to the outcome's own"),
    Column("series_kind", String, comment="of the chart's periods; None: it is old"),
    Column("chart", String, comment="kpi.spc.points.ChartKind"),
    Column("why", String, comment="kpi.spc.choice.Why"),
    Column("variation", String, comment="of the last point; None if not judged"),
    Column("assurance", String, comment="kpi.spc.points.Assurance"),
    Column("false_alarms", Double, comment="how probable the signal is by chance"),
    Column("points", SmallInteger, comment="measured after the last break"),
    Column("aimed", SmallInteger, comment="of them: held against a target of theirs"),
    Column("met", SmallInteger, comment="of those; None, as they, unless hit or miss"),
)

benchmark = table(
    "benchmark",
    "Kolada values of indicators that name one; rank 1 is best.",
    key("build_id"),
    key("indicator"),
    key("kpi"),
    key("kolada_region_id"),
    key("region"),
    key("year", SmallInteger),
    key("value", Double),
    Column("rank", SmallInteger, comment="ties share the better; None for Riket"),
    Column("regions", SmallInteger, comment="how many were ranked"),
)

coverage = table(
    "coverage",
    "How many facts each unit has itself per dataset and month.",
    key("build_id"),
    key("dataset"),
    key("unit"),
    key("first_month", Integer),
    key("last_month", Integer),
    key("facts", BigInteger),
)

finding = table(
    "finding",
    "What the checks noticed without stopping the build.",
    key("build_id"),
    Column("check", String, nullable=False, comment="its name in etl/store/checks.py"),
    Column("indicator", String),
    Column("unit", String),
    Column("period", String),
    Column("count", BigInteger),
    key("message"),
)

loss = table(
    "loss",
    "What a build has less of than the one before it, or has otherwise.",
    key("build_id"),
    Column("kind", String, nullable=False, comment="kpi.vocabulary.Loss"),
    Column("dataset", String),
    Column("producer", String),
    Column("file", String),
    Column("unit", String),
    Column("indicator", String),
    Column("period", String),
    Column("count", BigInteger, comment="how many; None where `now` says it"),
    Column("before", Double, comment="rows, facts, values or a value, by its kind"),
    Column("now", Double, comment="of what `before` counts, or the value it is now"),
    Column("is_beyond", Boolean, nullable=False, comment="more than the limits allow"),
    Column("accepted", String, comment="why it was published all the same"),
    key("message"),
)

template = table(
    "template",
    "Workbooks to fill in by hand, as the newest build makes them; one per dataset.",
    Column("dataset", String, primary_key=True),
    Column("content", LargeBinary, nullable=False, comment="an Excel workbook"),
)


def create_tables(connection: Connection) -> None:
    """Create the tables that are not there, with what is said of them and of columns.

    In one statement: one for each table and comment takes four times the time, and a
    small build then a twentieth more.
    """
    names = connection.exec_driver_sql(
        "SELECT table_name FROM duckdb_tables() "
        "WHERE database_name = current_database() AND schema_name = current_schema()"
    )
    present = set(names.scalars())
    missing = [ddl for name, ddl in _ddl().items() if name not in present]
    if missing:
        connection.exec_driver_sql("".join(missing))


@cache
def _ddl() -> dict[str, str]:
    """Return the SQL that creates each table, by its name; no table needs another."""
    # In the usual style of parameters a sign of per cent is doubled.
    dialect = Dialect(paramstyle="qmark")
    tables: dict[str, str] = {}
    for made in metadata.sorted_tables:
        parts: list[ExecutableDDLElement] = [CreateTable(made), SetTableComment(made)]
        parts += [SetColumnComment(column) for column in made.c if column.comment]
        tables[made.name] = "".join(
            f"{part.compile(dialect=dialect)};\n" for part in parts
        )
    return tables
