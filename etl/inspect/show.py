"""What a file is and what would be read of it, in lines for a person."""

from collections.abc import Iterator

from sqlalchemy import Connection

from etl.files.find import SourceFile
from etl.inspect.draft import Draft
from etl.inspect.guess import Guess
from etl.inspect.private import LONGEST, is_about_a_person
from etl.inspect.questions import shown
from etl.inspect.survey import Column, Survey
from etl.rejected import REJECTED, TOLD
from etl.take.facts import fact_names
from kpi.datasets import PERSONAL

_EXAMPLES = 3
_LONGEST = 24
_FIRST_ROWS = 5
_MOST_REJECTED = 20
_MOST_OF_A_REASON = 5
_NOT_OF_THE_FILE = frozenset(
    ("first_month", "last_month", "ar_maskerad", "ar_total", "enhet_i_filen")
)


def surveyed(
    connection: Connection, survey: Survey, guesses: list[Guess]
) -> Iterator[str]:
    """Give what a file is: its form, its tables and columns, and what it may be."""
    yield f"{survey.path}: {survey.form}"
    for table in survey.tables:
        where = f"sheet {table.sheet!r}: " if table.sheet else ""
        yield f"{where}headings on row {table.header_row}, {table.rows} rows looked at"
        for column in table.columns:
            yield f"  {shown([column.heading])}: {_examples(connection, column)}"
    if survey.unread:
        yield f"sheets without a table, or hidden: {shown(survey.unread)}"
    yield "it looks like"
    for guess in guesses[:3]:
        columns = ", ".join(
            f"{name} = {shown([column.heading])}"
            for name, column in guess.columns.items()
        )
        fit = f"{100 * guess.fit:.0f}"
        yield f"  {guess.layout.dataset} ({fit}): {columns or 'nothing'}"


def _examples(connection: Connection, column: Column) -> str:
    """Return the commonest texts of a column, unless one could be of a person."""
    texts = [text for text, _ in column.texts.most_common(_EXAMPLES)]
    if not texts:
        return "empty"
    if is_about_a_person(column.heading):
        return "could be about people (not repeated here)"
    sees_one = connection.exec_driver_sql(
        "SELECT bool_or(has_person(text)) "
        "FROM (SELECT unnest(CAST(? AS VARCHAR[])) AS text)",
        (list(column.texts)[:1000],),
    ).scalar()
    if sees_one:
        return (
            "looks like a personnummer (not repeated here); leave it out of the export"
        )
    if any(len(text) > LONGEST for text in texts):
        return f"{len(column.texts)} different texts (not repeated here)"
    if len(column.texts) > 0.9 * column.filled > 20:
        return f"{len(column.texts)} different"
    examples = ", ".join(
        text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…" for text in texts
    )
    more = len(column.texts) - len(texts)
    return f"{examples}{f' and {more} more' if more > 0 else ''}"


def asked(draft: Draft) -> Iterator[str]:
    """Give the questions of a draft, a line each."""
    for number, question in enumerate(draft.questions, 1):
        place = ".".join(map(str, question.at))
        yield f"  {number}. {place}: {question.asked}"


def read_of(connection: Connection, file: SourceFile) -> Iterator[str]:
    """Give what was read of a file: the first rows, and what was rejected.

    Values about a person are left out.
    """
    names = [name for name in fact_names(file.layout) if name not in _NOT_OF_THE_FILE]
    named = [name for name in names if name not in PERSONAL]
    columns = ", ".join(f'CAST("{name}" AS VARCHAR)' for name in named)
    rows = connection.exec_driver_sql(
        f"SELECT row_number // rows_per_line, {columns} FROM {file.layout.dataset} "
        "JOIN load USING (load_id) WHERE sha256 = ? AND file = ? "
        f"ORDER BY row_number LIMIT {_FIRST_ROWS}",
        (file.sha256, file.name),
    ).all()
    yield "the first rows, as they are read"
    for number, *values in rows:
        cells = ", ".join(
            f"{name}={value}"
            for name, value in zip(named, values, strict=True)
            if value is not None
        )
        yield f"  row {number}: {cells}"
    yield from _left_out(connection, file)
    yield from _rejected(connection, file)


def _left_out(connection: Connection, file: SourceFile) -> Iterator[str]:
    """Give how many rows there are, and how many a mapping leaves out, and why."""
    counts = connection.exec_driver_sql(
        "SELECT rows, facts, rejections FROM load WHERE sha256 = ? AND file = ?",
        (file.sha256, file.name),
    ).one()
    yield "{} rows: {} are taken in, {} would be rejected".format(*counts)
    notes = connection.exec_driver_sql(
        "SELECT coalesce(count || ' ', '') || message FROM load_note "
        "JOIN load USING (load_id) WHERE sha256 = ? AND file = ? ORDER BY ALL",
        (file.sha256, file.name),
    ).scalars()
    for note in notes:
        yield f"to be known: {note}"


def _rejected(connection: Connection, file: SourceFile) -> Iterator[str]:
    """Give the first rejected row of every message, a few for each reason."""
    rejected = connection.exec_driver_sql(
        f"""SELECT told, number FROM (
            SELECT arg_min({TOLD}, row_number) AS told, count(*) AS number,
                min(row_number) AS first_row_of_it, row_number() OVER (
                    PARTITION BY reason, column_name ORDER BY min(row_number)) AS nth
            FROM {REJECTED} JOIN load USING (load_id) WHERE sha256 = ? AND file = ?
            GROUP BY reason, column_name, message
        ) WHERE nth <= {_MOST_OF_A_REASON} ORDER BY first_row_of_it
        LIMIT {_MOST_REJECTED}""",
        (file.sha256, file.name),
    ).all()
    for told, number in rejected:
        if number > 1:
            yield f"  {told} (and {number - 1} rows like it)"
        else:
            yield f"  {told}"
