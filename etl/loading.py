"""One source file -> facts, rejections and a line about the load itself."""

from dataclasses import dataclass

from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError

from etl.casting import Setting
from etl.corrections import Correction, check_columns, corrected, sql_text
from etl.facts import fact_columns, total_flag
from etl.files import SourceFile, extra_columns, missing_columns
from etl.layouts import Fault, Layout
from etl.persons import LUHN_MACRO, column_with_a_person
from etl.reading import Raw, first_line
from etl.repeats import find_repeats, reject_repeats
from etl.validation import faults_of, judged, no_longer_future
from kpi import schema
from kpi.errors import DefinitionError, SourceError

DECLARED = Fault("declared_error", "", "is_declared_wrong", "see the corrections")


@dataclass(frozen=True, slots=True)
class Load:
    """What became of a file: `rows` = `facts` + `rejections`."""

    load_id: str
    file: SourceFile
    rows: int
    facts: int
    rejections: int


def load_file(
    connection: Connection,
    file: SourceFile,
    raw: Raw,
    load_id: str,
    sequence: int,
    setting: Setting,
    corrections: list[Correction],
) -> Load:
    """Validate a file's rows and put them into the fact table or the rejections.

    Raises:
        SourceError: the file is refused as a whole, such as when it seems to hold a
            personnummer.
        DefinitionError: a correction did not find what it expects.
    """
    check_columns(corrections, file)
    connection.exec_driver_sql(LUHN_MACRO)
    _stage(connection, file, raw, setting, corrections)
    _refuse_persons(connection, file)
    _check_expectations(connection, file, corrections)
    find_repeats(connection, file.layout)
    rows, facts = _insert(connection, file.layout, load_id)
    _log_corrections(connection, file.layout, load_id, corrections)
    _log_load(connection, file, raw, load_id, sequence, rows, facts)
    return Load(load_id, file, rows, facts, rows - facts)


def _stage(
    connection: Connection,
    file: SourceFile,
    raw: Raw,
    setting: Setting,
    corrections: list[Correction],
) -> None:
    for number, relation in enumerate(raw.relations, 1):
        try:
            connection.exec_driver_sql(
                _staging(file.layout, relation, setting, corrections)
            )
            return
        except DBAPIError as error:
            if "CSV" not in str(error.orig):
                raise
            if number == len(raw.relations):
                raise SourceError(
                    f"{file.name}: the rows cannot be told apart: "
                    f"{first_line(error)}; expected one row per line and balanced "
                    "quotes; export the file again"
                ) from None


def _staging(
    layout: Layout, relation: str, setting: Setting, corrections: list[Correction]
) -> str:
    """Return SQL that makes `staged`: a row per source row, typed and judged."""
    relation = corrected(relation, corrections)
    wrong = [f"correction_{n}" for n, one in enumerate(corrections) if one.reject]
    relation = (
        f"SELECT *, {' OR '.join(wrong) or 'false'} AS is_declared_wrong "
        f"FROM ({relation})"
    )
    day = "counts_on" if layout.is_by_period else layout.derived.get("datum", "datum")
    faults = [DECLARED, *faults_of(layout, setting)]
    marks = "".join(
        f", {name}" for n, one in enumerate(corrections) for name in one.marks(n)
    )
    return f"""
        CREATE OR REPLACE TEMP TABLE staged AS
        SELECT row_number, fault, {column_with_a_person(layout)} AS person_column,
            {fact_columns(layout)},
            {_of_fault(faults, "column")} AS column_name,
            {_of_fault(faults, "value")} AS value,
            {_of_fault(faults, "reason")} AS reason,
            CASE WHEN fault IS NOT NULL THEN {_message(faults)} END AS message,
            {no_longer_future(layout, faults)} AS recheck_on{marks}
        FROM ({judged(layout, relation, setting, faults, day)})
    """


def _of_fault(faults: list[Fault], what: str) -> str:
    answers = {
        "column": lambda one: sql_text(one.column) if one.column else "NULL",
        "value": lambda one: f"raw_{one.column}" if one.column else "NULL",
        "reason": lambda one: sql_text(one.reason),
    }
    whens = " ".join(
        f"WHEN {number} THEN {answers[what](one)}" for number, one in enumerate(faults)
    )
    return f"CASE fault {whens} END"


def _message(faults: list[Fault]) -> str:
    """Return SQL of a sentence for every fault of a row, not only the first."""
    said = []
    for one in faults:
        if not one.column:
            words = sql_text(f"the row: expected {one.expected}")
        else:
            found = f"coalesce(raw_{one.column}, '')"
            before = sql_text(f"{one.column}='")
            after = sql_text(f"': expected {one.expected}")
            words = f"{before} || {found} || {after}"
        said.append(f"CASE WHEN {one.when} THEN {words} END")
    return f"concat_ws('; ', {', '.join(said)})"


def _refuse_persons(connection: Connection, file: SourceFile) -> None:
    found = connection.exec_driver_sql(
        "SELECT row_number, person_column FROM staged WHERE person_column IS NOT NULL"
        " ORDER BY row_number LIMIT 3"
    ).all()
    if found:
        where = "; ".join(f"row {row}, column {column}" for row, column in found)
        raise SourceError(
            f"{file.name}: a value looks like a personnummer ({where}; not repeated "
            "here); expected no personal identity; remove the column or replace it "
            "by a pseudonym"
        )


def _check_expectations(
    connection: Connection, file: SourceFile, corrections: list[Correction]
) -> None:
    faults = []
    for number, one in enumerate(corrections):
        met = f"SELECT * FROM staged WHERE correction_{number}"
        rows = connection.exec_driver_sql(f"SELECT count(*) FROM ({met})").scalar()
        where = f"data/corrections.yaml: {one.id}: {file.name}"
        if rows != one.rows:
            faults.append(
                f"{where}: expected {one.rows} rows where {one.where}, found {rows}; "
                "see whether the source has changed"
            )
        for name, expected in one.found.items():
            other = connection.exec_driver_sql(
                f"SELECT found_{number}_{name} FROM ({met}) WHERE "
                f"trim(coalesce(found_{number}_{name}, '')) <> {sql_text(expected)}"
                " LIMIT 1"
            ).scalar()
            if other is not None:
                faults.append(
                    f"{where}: expected {name}={str(expected)!r}, found {other!r}; "
                    "see whether the source has been mended"
                )
    if faults:
        raise DefinitionError(*faults)


def _insert(connection: Connection, layout: Layout, load_id: str) -> tuple[int, int]:
    table = schema.metadata.tables[layout.dataset]
    names = [one.name for one in table.columns if one.name not in ("load_id",)]
    values = [
        total_flag(layout)
        if name == "ar_total"
        else (name if name == "row_number" else f"fact_{name}")
        for name in names
    ]
    facts = connection.exec_driver_sql(
        f"INSERT INTO {table.name} (load_id, {', '.join(names)}) "
        f"SELECT '{load_id}', {', '.join(values)} FROM staged "
        "WHERE fault IS NULL AND row_number NOT IN (SELECT row_number FROM repeated) "
    ).scalar()
    connection.exec_driver_sql(
        f"""INSERT INTO rejection
        SELECT '{load_id}', row_number, nullif(column_name, ''), value, reason, message
        FROM staged WHERE fault IS NOT NULL"""
    )
    reject_repeats(connection, layout, load_id)
    rows = connection.exec_driver_sql("SELECT count(*) FROM staged").scalar()
    assert rows is not None
    assert facts is not None
    return rows, facts


def _log_corrections(
    connection: Connection, layout: Layout, load_id: str, corrections: list[Correction]
) -> None:
    for number, one in enumerate(corrections):
        changes = dict(one.set) or {"": None}
        for name, value in changes.items():
            found = f"found_{number}_{name}" if name else "NULL"
            new = sql_text(value) if name else "'rejected'"
            connection.exec_driver_sql(
                f"INSERT INTO correction SELECT '{load_id}', row_number, "
                f"'{one.id}', '{name}', {found}, {new}, {sql_text(one.reason)}, "
                f"{sql_text(one.told)} FROM staged WHERE correction_{number}"
            )


def _log_load(
    connection: Connection,
    file: SourceFile,
    raw: Raw,
    load_id: str,
    sequence: int,
    rows: int,
    facts: int,
) -> None:
    first = last = None
    if any(c.name == "datum" for c in schema.metadata.tables[file.layout.dataset].c):
        first, last = connection.exec_driver_sql(
            f"SELECT min(datum), max(datum) FROM {file.layout.dataset} "
            f"WHERE load_id = '{load_id}'"
        ).one()
    recheck = connection.exec_driver_sql("SELECT min(recheck_on) FROM staged").scalar()
    connection.execute(
        schema.load.insert(),
        {
            "load_id": load_id,
            "sequence": sequence,
            "producer": file.producer,
            "dataset": file.layout.dataset,
            "file": file.name,
            "sha256": file.sha256,
            "bytes": file.size,
            "encoding": raw.encoding,
            "delimiter": raw.delimiter,
            "received_at": file.received_at,
            "rows": rows,
            "facts": facts,
            "rejections": rows - facts,
            "extra_columns": ", ".join(extra_columns(file, raw.header)) or None,
            "missing_columns": f",{','.join(missing_columns(file, raw.header))},",
            "first_day": first,
            "last_day": last,
            "recheck_on": recheck,
        },
    )
