"""One source file -> facts, rejections and a line about the load itself."""

from dataclasses import dataclass

from sqlalchemy import Connection

from etl.files.find import SourceFile
from etl.files.header import extra_columns, missing_columns
from etl.files.raw import Raw
from etl.labels import labelled
from etl.quoting import sql_text
from etl.sources import FACT_TABLES, UNIT_FACTS
from etl.sources.layout import Layout
from etl.steps import Steps
from etl.take.case_counts import refuse_unknown_units, write_counts
from etl.take.cast import Setting
from etl.take.corrections import Correction, check_columns
from etl.take.facts import subject, total_flag
from etl.take.notes import note_file
from etl.take.refusals import refuse_hidden_rows, refuse_persons
from etl.take.repeats import find_repeats, reject_repeats
from etl.take.stage import stage
from kpi import schema
from kpi.datasets import DATASETS
from kpi.errors import DefinitionError


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
    steps: Steps,
) -> Load:
    """Validate a file's rows and put them into the fact table or the rejections.

    Its steps are timed without being shown, where the name of the file stands.

    Raises:
        SourceError: the file is refused as a whole, such as when it seems to hold a
            personnummer.
        DefinitionError: a correction did not find what it expects.
    """
    check_columns(corrections, file)
    if file.cases and file.mapped:
        refuse_unknown_units(connection, file.cases, file.mapped.path)
    with steps.step("read, cast and judge", is_shown=False):
        stage(connection, file, raw, setting, corrections)
        refuse_persons(connection, file, raw)
        refuse_hidden_rows(connection, file)
        _check_expectations(connection, file, corrections)
    with steps.step("find repeats", is_shown=False):
        find_repeats(connection, file)
    with steps.step("write facts", is_shown=False):
        rows, facts = _insert(connection, file, raw, load_id)
    if file.layout.is_of_unit:
        _note_carried(connection, load_id)
    _log_corrections(connection, file.layout, load_id, corrections)
    _log_load(connection, file, raw, load_id, sequence, rows, facts)
    note_file(connection, file, raw, load_id, rows)
    return Load(load_id, file, rows, facts, rows - facts)


@labelled("hold corrections to what they expect", reads=("judged",))
def _check_expectations(
    connection: Connection, file: SourceFile, corrections: list[Correction]
) -> None:
    faults = []
    for number, correction in enumerate(corrections):
        met = f"SELECT * FROM judged WHERE correction_{number}"
        rows = connection.exec_driver_sql(f"SELECT count(*) FROM ({met})").scalar()
        where = f"data/corrections.yaml: {correction.id}: {file.name}"
        if rows != correction.rows:
            faults.append(
                f"{where}: expected {correction.rows} rows where {correction.where}, "
                f"found {rows}; see whether the source has changed"
            )
        for name, expected in correction.found.items():
            text = connection.exec_driver_sql(
                f"SELECT found_{number}_{name} FROM ({met}) WHERE "
                f"trim(coalesce(found_{number}_{name}, '')) <> {sql_text(expected)}"
                " LIMIT 1"
            ).scalar()
            if text is not None:
                faults.append(
                    f"{where}: expected {name}={str(expected)!r}, found {text!r}; "
                    "see whether the source has been mended"
                )
    if faults:
        raise DefinitionError(*faults)


@labelled(
    "write facts and rejections",
    reads=("staged", "keyed", "judged", "repeated", "place"),
    writes=(*FACT_TABLES, "rejection"),
)
def _insert(
    connection: Connection, file: SourceFile, raw: Raw, load_id: str
) -> tuple[int, int]:
    """Write facts and rejections; return the number of rows, and of those taken in."""
    layout = file.layout
    if file.cases:
        # The header's row: the last but one before the first of the relation.
        header = raw.first_row - raw.rows_per_line
        facts = write_counts(connection, file.cases, load_id, header)
    else:
        facts = _insert_facts(connection, layout, load_id)
    _insert_rejections(connection, layout, load_id)
    rows = connection.exec_driver_sql("SELECT count(*) FROM keyed").scalar()
    assert rows is not None
    return rows, facts


def _insert_facts(connection: Connection, layout: Layout, load_id: str) -> int:
    table = schema.metadata.tables[layout.dataset]
    names = [column.name for column in table.columns if column.name not in ("load_id",)]
    values = [
        _total_flag(connection, layout)
        if name == "ar_total"
        else (name if name == "row_number" else f"fact_{name}")
        for name in names
    ]
    # To look every row up among none costs as much as among many.
    once = ""
    if connection.exec_driver_sql("SELECT count(*) FROM repeated").scalar():
        once = "AND row_number NOT IN (SELECT row_number FROM repeated)"
    # Facts carry their row's number; several threads write when none need be in order.
    connection.exec_driver_sql("SET preserve_insertion_order = false")
    facts = connection.exec_driver_sql(
        f"INSERT INTO {table.name} (load_id, {', '.join(names)}) "
        f"SELECT '{load_id}', {', '.join(values)} FROM staged "
        f"WHERE fault IS NULL {once}"
    ).scalar()
    connection.exec_driver_sql("SET preserve_insertion_order = true")
    return int(facts or 0)


def _insert_rejections(connection: Connection, layout: Layout, load_id: str) -> None:
    connection.exec_driver_sql(
        f"""INSERT INTO rejection BY NAME
        SELECT '{load_id}' AS load_id, row_number,
            nullif(column_name, '') AS column_name, heading, value, reason, message,
            own_unit AS unit, own_first_month AS first_month,
            own_last_month AS last_month, {subject(layout)} AS subject
        FROM judged WHERE fault IS NOT NULL"""
    )
    reject_repeats(connection, layout, load_id)


def _total_flag(connection: Connection, layout: Layout) -> str:
    # As with repeats: most files tell nothing apart, and then every row is a total.
    parts = [f"fact_{name}" for name in DATASETS[layout.dataset].own_total_columns]
    number = connection.exec_driver_sql(
        f"SELECT count(coalesce({', '.join(parts)})) FROM staged"
    ).scalar()
    return total_flag(layout) if number else "true"


@labelled(
    "note what counts for successors",
    reads=("judged", "repeated"),
    writes=("carried",),
)
def _note_carried(connection: Connection, load_id: str) -> None:
    # A row under the id of a unit that has ended is never plain.
    connection.exec_driver_sql(
        f"""INSERT INTO carried
        SELECT '{load_id}', unit_in_file, fact_enhet_id, count(*)
        FROM judged
        WHERE fault IS NULL AND unit_in_file <> fact_enhet_id
            AND row_number NOT IN (SELECT row_number FROM repeated)
        GROUP BY ALL ORDER BY ALL"""
    )


@labelled("note corrections", reads=("judged",), writes=("correction",))
def _log_corrections(
    connection: Connection, layout: Layout, load_id: str, corrections: list[Correction]
) -> None:
    for number, correction in enumerate(corrections):
        changes: dict[str, str | int | float | None] = {**correction.set} or {"": None}
        for name, value in changes.items():
            replaced = f"found_{number}_{name}" if name else "NULL"
            new = sql_text(value) if name else "'rejected'"
            connection.exec_driver_sql(
                f"INSERT INTO correction SELECT '{load_id}', row_number, "
                f"'{correction.id}', '{name}', {replaced}, {new}, "
                f"{sql_text(correction.reason)}, {sql_text(correction.told)} "
                f"FROM judged WHERE correction_{number}"
            )


@labelled("note the load", reads=(*UNIT_FACTS, "judged"), writes=("load",))
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
    recheck = connection.exec_driver_sql("SELECT min(recheck_on) FROM judged").scalar()
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
            "mapping": file.mapped.path.name if file.mapped else None,
            "rows_per_line": raw.rows_per_line,
            "recheck_on": recheck,
        },
    )
