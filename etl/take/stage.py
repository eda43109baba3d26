"""The rows of one file, typed and judged: the temporary relation `staged`.

Rows go two ways. `taken` holds every row of the file in its order, with the facts of
those that are plain; the others keep their text, and are judged in full in `judged`.
`keyed` is the rows of `staged` with their keys alone, which cost no join.
"""

from collections.abc import Callable
from dataclasses import replace

from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError

from etl.files.find import SourceFile
from etl.files.raw import FLAGS, OTHER_CELLS, UNSEEN, Raw, first_line
from etl.labels import labelled
from etl.quoting import sql_text
from etl.sources.layout import Fault, FieldType, Layout
from etl.take.cast import Setting
from etl.take.corrections import Correction, corrected
from etl.take.everyday import settled_day_first
from etl.take.facts import fact_columns, fact_names, key_column
from etl.take.judge import (
    faults_of,
    has_thousandths,
    judged,
    no_longer_future,
    place_of,
)
from etl.take.persons import MACROS, cell_with_a_person, cell_with_nine_digits
from etl.take.plain import Span, plain_rows
from kpi.errors import SourceError
from kpi.vocabulary import Rejection

DECLARED = Fault(
    Rejection.DECLARED_ERROR, "", "is_declared_wrong", "see the corrections"
)


@labelled(
    "read, cast and judge rows",
    reads=(
        *("workbook_rows", "register_unit", "register_span", "register_end"),
        *("lead_time_in_force", "counted_indicator", "share_kpi", "register_heir"),
    ),
    writes=(
        *("is_luhn_valid", "has_person", "names_person", "place"),
        *("taken", "judged", "staged", "keyed"),
    ),
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
    for macro in (*MACROS, _place_macro(raw)):
        connection.exec_driver_sql(macro)
    spans = _spans(connection, setting) if file.layout.is_dated else []
    fault = ""
    for relation in raw.relations:
        try:
            connection.exec_driver_sql(
                _taking(file.layout, raw, relation, setting, corrections, spans)
            )
            break
        except DBAPIError as error:
            if "CSV" not in str(error.orig):
                raise
            fault = first_line(error)
    else:
        raise SourceError(
            f"{file.name}: the rows cannot be told apart: {fault}; expected one row "
            "per line and balanced quotes; export the file again"
        )
    if setting.is_day_first is None:
        is_day_first = _is_day_first(connection, file.layout, (FieldType.DATE,))
        setting = replace(setting, is_day_first=is_day_first)
    else:
        _refuse_the_other_order(connection, file, setting.is_day_first)
    connection.exec_driver_sql(_judging(file, raw, setting, corrections))
    connection.exec_driver_sql(_joining(file.layout, raw))
    connection.exec_driver_sql(_keying(file.layout, raw))


def _refuse_the_other_order(
    connection: Connection, file: SourceFile, is_day_first: bool
) -> None:
    """Refuse a file whose days can only be read otherwise than its mapping says.

    The others would be read as days that they are not.

    Raises:
        SourceError: some settle it, and none as the mapping has it.
    """
    times = (FieldType.DATE, FieldType.PERIOD)
    settled = _is_day_first(connection, file.layout, times)
    if file.mapped and settled is not None and settled != is_day_first:
        if settled:
            raise SourceError(
                f"{file.name}: {file.mapped.path} says that the month comes first, and "
                "some dates of the file can only be read with the day first; mend "
                "`day_first`, or those dates"
            )
        raise SourceError(
            f"{file.name}: {file.mapped.path} says that the day comes first, and some "
            "dates of the file can only be read with the month first; mend "
            "`day_first`, or those dates"
        )


def _is_day_first(
    connection: Connection, layout: Layout, types: tuple[FieldType, ...]
) -> bool | None:
    """Return whether `3/4/2024` is the third of April; None if not settled."""
    dates = [
        f"cells[{number}]"
        for number, field in enumerate(layout.fields, 1)
        if field.type in types
    ]
    if not dates:
        return None
    return settled_day_first(
        connection, dates, "SELECT cells FROM taken WHERE NOT is_plain"
    )


def _day(layout: Layout) -> str:
    return "counts_on" if layout.is_by_period else layout.derived.get("datum", "datum")


def _cell_names(layout: Layout) -> list[str]:
    fields = [f"raw_{field.name}" for field in layout.fields]
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
    raw: Raw,
    relation: str,
    setting: Setting,
    corrections: list[Correction],
    spans: list[Span],
) -> str:
    """Return SQL that makes `taken`; its rowid is the row's place in the file."""
    met = [f"coalesce({correction.condition()}, false)" for correction in corrections]
    relation = (
        f"SELECT *, {' OR '.join(met) or 'false'} AS is_corrected FROM ({relation})"
    )
    rows, values = f"SELECT *, false AS is_plain FROM ({relation})", ""
    if layout.is_dated:
        rows = plain_rows(layout, relation, setting, spans)
        values = "".join(f", {field.name}" for field in layout.fields)
    flags = (f"CAST({name} AS VARCHAR)" for name in FLAGS)
    texts = (f"file_{name}" for name in raw.rewritten)
    cells = ", ".join((*_cell_names(layout), *flags, *texts))
    return f"""
        CREATE OR REPLACE TEMP TABLE taken AS
        SELECT is_plain, CASE WHEN NOT is_plain THEN [{cells}] END AS cells{values}
        FROM ({rows})
    """


def _place_macro(raw: Raw) -> str:
    """Return SQL of how a row is named: by its number, and its sheet if it has one."""
    line = f"(number // {raw.rows_per_line})"
    words = f"'row ' || {line}"
    if len(raw.parts) > 1:
        whens = " ".join(
            f"WHEN {line} >= {part.first_row} "
            f"THEN 'row ' || ({line} - {part.first_row - 1}) || "
            f"{sql_text(f' of the sheet {part.name}')}"
            for part in reversed(raw.parts)
        )
        words = f"CASE {whens} END"
    return f"CREATE OR REPLACE TEMP MACRO place(number) AS {words}"


def _judging(
    file: SourceFile, raw: Raw, setting: Setting, corrections: list[Correction]
) -> str:
    """Return SQL that makes `judged`: the rows not plain, each with its faults."""
    layout = file.layout
    names = [*_cell_names(layout), *FLAGS, *(f"file_{name}" for name in raw.rewritten)]
    cells = [
        f"cells[{n}]{'::BOOLEAN' if FLAGS.get(name) == 'false' else ''} AS {name}"
        for n, name in enumerate(names, 1)
    ]
    relation = (
        f"SELECT * FROM (SELECT rowid + {raw.first_row} AS row_number, "
        f"{', '.join(cells)} FROM taken WHERE NOT is_plain) "
        "WHERE NOT is_blank AND left_out IS NULL"
    )
    relation = corrected(relation, corrections)
    wrong = [
        f"correction_{n}"
        for n, correction in enumerate(corrections)
        if correction.reject
    ]
    relation = (
        f"SELECT *, {' OR '.join(wrong) or 'false'} AS is_declared_wrong "
        f"FROM ({relation})"
    )
    faults = [DECLARED, *faults_of(layout, setting)]
    marks = "".join(
        f", {name}"
        for n, correction in enumerate(corrections)
        for name in correction.marks(n)
    )
    return f"""
        CREATE OR REPLACE TEMP TABLE judged AS
        SELECT row_number, fault, ends_early, holds_rows,
            {cell_with_a_person(layout)} AS person_cell,
            {cell_with_nine_digits(layout)} AS nine_cell,
            {has_thousandths(layout)} AS has_thousandths,
            {_of_unit(layout)}{fact_columns(layout)},
            {_of_fault(faults, _column_of)} AS column_name,
            {_of_fault(faults, lambda fault: _heading_of(fault, raw))} AS heading,
            {_of_fault(faults, lambda fault: _value_of(fault, raw))} AS value,
            {_of_fault(faults, lambda fault: sql_text(fault.reason))} AS reason,
            CASE WHEN fault IS NOT NULL THEN {_message(faults, raw)} END AS message,
            {place_of(layout, _day(layout))},
            {no_longer_future(layout, faults)} AS recheck_on{marks}
        FROM ({judged(layout, relation, setting, faults, _day(layout))})
    """


def _joining(layout: Layout, raw: Raw) -> str:
    facts = ", ".join(f"fact_{name}" for name in fact_names(layout))
    unit = "unit_in_file, " if layout.is_of_unit else ""
    judged_rows = f"SELECT row_number, fault, {unit}{facts} FROM judged"
    if not layout.is_dated:
        return f"CREATE OR REPLACE TEMP VIEW staged AS {judged_rows}"
    texts = "".join(
        f", {field.name} AS text_{field.name}"
        for field in layout.fields
        if field.type is FieldType.TEXT
    )
    plain = (
        f"SELECT *, enhet_id AS counted_unit, rowid + {raw.first_row} AS row_number, "
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


def _keying(layout: Layout, raw: Raw) -> str:
    columns = [key_column(layout, name) for name in layout.key]
    keys = ", ".join(["row_number", "fault", *columns])
    if not layout.is_dated or set(layout.key) & set(layout.derived):
        return f"CREATE OR REPLACE TEMP VIEW keyed AS SELECT {keys} FROM staged"
    plain_keys = f", {fact_columns(layout, layout.key)}" if layout.key else ""
    return (
        "CREATE OR REPLACE TEMP VIEW keyed AS "
        f"SELECT rowid + {raw.first_row} AS row_number, NULL::INTEGER AS fault"
        f"{plain_keys} FROM taken WHERE is_plain UNION ALL SELECT {keys} FROM judged"
    )


def _of_fault(faults: list[Fault], answer: Callable[[Fault], str]) -> str:
    """Return SQL of what there is to say of the first fault of a row."""
    whens = " ".join(
        f"WHEN {number} THEN {answer(fault)}" for number, fault in enumerate(faults)
    )
    return f"CASE WHEN fault IS NOT NULL THEN CASE fault {whens} END END"


def _column_of(fault: Fault) -> str:
    return sql_text(fault.column) if fault.column else "NULL"


def _value_of(fault: Fault, raw: Raw) -> str:
    """Return SQL of what stands in the file."""
    if not fault.column:
        return "NULL"
    return f"{'file' if fault.column in raw.rewritten else 'raw'}_{fault.column}"


def _heading_of(fault: Fault, raw: Raw) -> str:
    """Return SQL of what the file calls the column; NULL where it is called so."""
    headings = raw.headings.get(fault.column, ())
    if not any(headings):
        return "NULL"
    if len(set(headings)) == 1:
        return sql_text(headings[0])
    listed = ", ".join(map(sql_text, headings))
    return f"nullif([{listed}][row_number % {raw.rows_per_line} + 1], '')"


def _message(faults: list[Fault], raw: Raw) -> str:
    """Return SQL of a sentence for every fault of a row, not only the first."""
    sentences = []
    for nth, fault in enumerate(faults, 1):
        if not fault.column:
            words = sql_text(f"the row: expected {fault.expected}")
        else:
            # What is wrong may be a sign that nobody sees.
            cell = (
                f"regexp_replace(coalesce({_value_of(fault, raw)}, ''), '[{UNSEEN}]', "
                "'(sign without width)', 'g')"
            )
            before = sql_text(f"{fault.column}='")
            if raw.headings:
                before = (
                    f"coalesce({_heading_of(fault, raw)} || ' -> ', '') || {before}"
                )
            after = sql_text(f"': expected {fault.expected}")
            words = f"{before} || {cell} || {after}"
            if fault.known:
                words += f" || coalesce(' (' || ({fault.known}) || ')', '')"
        sentences.append(f"CASE WHEN is_wrong[{nth}] THEN {words} END")
    return f"concat_ws('; ', {', '.join(sentences)})"
