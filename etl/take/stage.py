"""The rows of one file, typed and judged: the temporary relation `staged`.

Rows go two ways. `taken` holds every row of the file in its order, with the facts of
those that are plain; the others keep their text, and are judged in full in `judged`.
`keyed` is the rows of `staged` with their keys alone, which cost no join.
"""

from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError

from etl.files.find import SourceFile
from etl.files.read import OTHER_CELLS, Raw, first_line
from etl.labels import labelled
from etl.sources.layout import Fault, FieldType, Layout
from etl.take.cast import Setting
from etl.take.corrections import Correction, corrected, sql_text
from etl.take.facts import fact_columns, fact_names, key_column
from etl.take.judge import faults_of, judged, no_longer_future, place_of
from etl.take.persons import LUHN_MACRO, column_with_a_person
from etl.take.plain import Span, plain_rows
from kpi.errors import SourceError
from kpi.vocabulary import Rejection

DECLARED = Fault(
    Rejection.DECLARED_ERROR, "", "is_declared_wrong", "see the corrections"
)

_FLAGS = ("too_short", "too_long", "is_blank")


@labelled(
    "read, cast and judge rows",
    reads=(
        *("workbook_rows", "register_unit", "register_span", "register_end"),
        *("lead_time_in_force", "counted_indicator", "share_kpi", "register_heir"),
    ),
    writes=("has_luhn_valid", "taken", "judged", "staged", "keyed"),
)
def stage(
    connection: Connection,
    file: SourceFile,
    raw: Raw,
    setting: Setting,
    corrections: list[Correction],
) -> None:
    """Make `staged`: a row per row of the file, typed, with its fault if it has one.

    Raises:
        SourceError: the engine cannot tell the rows apart.
    """
    connection.exec_driver_sql(LUHN_MACRO)
    spans = _spans(connection, setting) if file.layout.is_dated else []
    for number, relation in enumerate(raw.relations, 1):
        try:
            connection.exec_driver_sql(
                _taking(file.layout, relation, setting, corrections, spans)
            )
            break
        except DBAPIError as error:
            if "CSV" not in str(error.orig):
                raise
            if number == len(raw.relations):
                raise SourceError(
                    f"{file.name}: the rows cannot be told apart: "
                    f"{first_line(error)}; expected one row per line and balanced "
                    "quotes; export the file again"
                ) from None
    connection.exec_driver_sql(_judging(file.layout, setting, corrections))
    connection.exec_driver_sql(_joining(file.layout))
    connection.exec_driver_sql(_keying(file.layout))


def _day(layout: Layout) -> str:
    return "counts_on" if layout.is_by_period else layout.derived.get("datum", "datum")


def _cell_names(layout: Layout) -> list[str]:
    fields = [f"raw_{one.name}" for one in layout.fields]
    return [*fields, f"raw_{OTHER_CELLS}"]


def _spans(connection: Connection, setting: Setting) -> list[Span]:
    rows = connection.exec_driver_sql(
        f"""SELECT path_unit, arg_max(path_from, days), arg_max(path_to, days)
        FROM (SELECT *, least(path_to, DATE '{setting.as_of}') - path_from AS days
            FROM register_span)
        GROUP BY ALL ORDER BY ALL"""
    )
    return [Span(*row) for row in rows]


def _taking(
    layout: Layout,
    relation: str,
    setting: Setting,
    corrections: list[Correction],
    spans: list[Span],
) -> str:
    """Return SQL that makes `taken`; its rowid is the row's place in the file."""
    met = [f"coalesce({one.condition()}, false)" for one in corrections]
    relation = (
        f"SELECT *, {' OR '.join(met) or 'false'} AS is_corrected FROM ({relation})"
    )
    rows, values = f"SELECT *, false AS is_plain FROM ({relation})", ""
    if layout.is_dated:
        rows = plain_rows(layout, relation, setting, spans)
        values = "".join(f", {one.name}" for one in layout.fields)
    flags = (f"CAST({name} AS VARCHAR)" for name in _FLAGS)
    cells = ", ".join((*_cell_names(layout), *flags))
    return f"""
        CREATE OR REPLACE TEMP TABLE taken AS
        SELECT is_plain, CASE WHEN NOT is_plain THEN [{cells}] END AS cells{values}
        FROM ({rows})
    """


def _judging(layout: Layout, setting: Setting, corrections: list[Correction]) -> str:
    """Return SQL that makes `judged`: the rows not plain, each with its faults."""
    names = _cell_names(layout)
    cells = [f"cells[{n}] AS {name}" for n, name in enumerate(names, 1)]
    cells += [
        f"CAST(cells[{n}] AS BOOLEAN) AS {name}"
        for n, name in enumerate(_FLAGS, len(names) + 1)
    ]
    # The header is row 1.
    relation = (
        f"SELECT * FROM (SELECT rowid + 2 AS row_number, {', '.join(cells)} "
        "FROM taken WHERE NOT is_plain) WHERE NOT is_blank"
    )
    relation = corrected(relation, corrections)
    wrong = [f"correction_{n}" for n, one in enumerate(corrections) if one.reject]
    relation = (
        f"SELECT *, {' OR '.join(wrong) or 'false'} AS is_declared_wrong "
        f"FROM ({relation})"
    )
    faults = [DECLARED, *faults_of(layout, setting)]
    marks = "".join(
        f", {name}" for n, one in enumerate(corrections) for name in one.marks(n)
    )
    return f"""
        CREATE OR REPLACE TEMP TABLE judged AS
        SELECT row_number, fault, {column_with_a_person(layout)} AS person_column,
            {_of_unit(layout)}{fact_columns(layout)},
            {_of_fault(faults, "column")} AS column_name,
            {_of_fault(faults, "value")} AS value,
            {_of_fault(faults, "reason")} AS reason,
            CASE WHEN fault IS NOT NULL THEN {_message(faults)} END AS message,
            {place_of(layout, _day(layout))},
            {no_longer_future(layout, faults)} AS recheck_on{marks}
        FROM ({judged(layout, relation, setting, faults, _day(layout))})
    """


def _joining(layout: Layout) -> str:
    facts = ", ".join(f"fact_{name}" for name in fact_names(layout))
    unit = "unit_in_file, " if layout.is_of_unit else ""
    judged_rows = f"SELECT row_number, fault, {unit}{facts} FROM judged"
    if not layout.is_dated:
        return f"CREATE OR REPLACE TEMP VIEW staged AS {judged_rows}"
    texts = "".join(
        f", {one.name} AS text_{one.name}"
        for one in layout.fields
        if one.type is FieldType.TEXT
    )
    plain = (
        "SELECT *, enhet_id AS counted_unit, rowid + 2 AS row_number, "
        f"NULL::INTEGER AS fault, false AS is_masked{texts} FROM taken WHERE is_plain"
    )
    rows = layout.placed(plain, _day(layout))
    return (
        f"CREATE OR REPLACE TEMP VIEW staged AS SELECT row_number, fault, "
        f"{_of_unit(layout)}{fact_columns(layout)} FROM ({rows}) {layout.joins} "
        f"UNION ALL {judged_rows}"
    )


def _of_unit(layout: Layout) -> str:
    return "enhet_id AS unit_in_file, " if layout.is_of_unit else ""


def _keying(layout: Layout) -> str:
    columns = [key_column(layout, name) for name in layout.key]
    keys = ", ".join(["row_number", "fault", *columns])
    if not layout.is_dated or set(layout.key) & set(layout.derived):
        return f"CREATE OR REPLACE TEMP VIEW keyed AS SELECT {keys} FROM staged"
    own = f", {fact_columns(layout, layout.key)}" if layout.key else ""
    return (
        "CREATE OR REPLACE TEMP VIEW keyed AS "
        f"SELECT rowid + 2 AS row_number, NULL::INTEGER AS fault{own} "
        f"FROM taken WHERE is_plain UNION ALL SELECT {keys} FROM judged"
    )


def _of_fault(faults: list[Fault], what: str) -> str:
    answers = {
        "column": lambda one: sql_text(one.column) if one.column else "NULL",
        "value": lambda one: f"raw_{one.column}" if one.column else "NULL",
        "reason": lambda one: sql_text(one.reason),
    }
    whens = " ".join(
        f"WHEN {number} THEN {answers[what](one)}" for number, one in enumerate(faults)
    )
    return f"CASE WHEN fault IS NOT NULL THEN CASE fault {whens} END END"


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
            if one.known:
                words += f" || coalesce(' (' || ({one.known}) || ')', '')"
        said.append(f"CASE WHEN {one.when} THEN {words} END")
    return f"concat_ws('; ', {', '.join(said)})"
