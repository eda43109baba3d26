"""A file's form -> one relation of text: nothing is interpreted here."""

from pathlib import Path

from sqlalchemy import Connection

from etl.files.answer import read_answer
from etl.files.find import SourceFile
from etl.files.lines import read_lines
from etl.files.raw import Raw
from etl.files.workbook import read_workbook
from etl.labels import labelled


@labelled("look at the file", writes=("workbook_rows",))
def read(connection: Connection, file: SourceFile, scratch: Path) -> Raw:
    """Return a relation of the file's rows.

    Raises:
        SourceError: the file as a whole cannot be taken in.
    """
    suffix = file.path.suffix.casefold()
    if suffix == ".xlsx":
        return read_workbook(connection, file, scratch)
    if suffix == ".json":
        return read_answer(connection, file)
    return read_lines(file, scratch)
