"""An answer of the Kolada API v3, as JSON -> one relation of text."""

from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError

from etl.files.find import SourceFile
from etl.files.raw import Note, Raw, cells_of, first_line, in_engine, relation
from etl.sources.kolada import KOLADA
from kpi.errors import SourceError
from kpi.vocabulary import Finding

_HEADER = ("kpi", "kolada_region_id", "region", "year", "value")
_LEAST_BUFFER = 1 << 24
"""Bytes beyond the answer itself; the engine sets aside twice what it may be long."""
_RECORD = (
    "a record with kpi, municipality, period and a list of values, each with gender "
    "(T, K or M) and value"
)


_WHOLE = "format = 'unstructured', records = 'false', columns = {answer: 'JSON'}"
_TYPED = (
    "format = 'auto', columns = {values: 'STRUCT(kpi VARCHAR, municipality VARCHAR, "
    'period VARCHAR, values STRUCT(gender VARCHAR, "value" VARCHAR, '
    "isdeleted BOOLEAN)[])[]', municipalities: 'STRUCT(id VARCHAR, title VARCHAR)[]'}"
)
_RECORDS = """
    SELECT coalesce(
        list_contains(list_transform(one.values, lambda it: it.gender), 'T'), false
    ) AS has_total
    FROM (SELECT unnest(values) AS one FROM {source})
"""
_FIGURES = """
    WITH answer AS MATERIALIZED (FROM {source}),
    region AS (SELECT unnest(municipalities, recursive := true) FROM answer),
    record AS (SELECT unnest(values) AS one FROM answer),
    figure AS (
        SELECT one.kpi AS kpi, one.municipality AS municipality,
            one.period AS period, unnest(one.values) AS figure FROM record
    )
    SELECT kpi, municipality, title, period, figure."value" AS written
    FROM figure LEFT JOIN region ON region.id = municipality
    WHERE figure.gender = 'T' AND NOT coalesce(figure.isdeleted, false)
"""
_WRONG = """
    SELECT nth FROM (
        SELECT unnest(CAST(answer->'values' AS JSON[])) AS one,
            generate_subscripts(CAST(answer->'values' AS JSON[]), 1) AS nth
        FROM {source})
    WHERE coalesce(json_type(one->'values'), '') <> 'ARRAY'
        OR (one->>'kpi') IS NULL OR (one->>'municipality') IS NULL
        OR (one->>'period') IS NULL
        OR coalesce(list_bool_or(list_transform(
            TRY_CAST(one->'values' AS JSON[]),
            lambda figure: coalesce(figure->>'gender', '') NOT IN ('T', 'K', 'M')
                OR NOT json_exists(figure, '$.value')
        )), false)
"""
# JSON may write a small number with an exponent, which no other file may.
_NUMBER = (
    "CASE WHEN contains(lower(written), 'e') THEN coalesce(regexp_replace("
    "format('{:.15f}', TRY_CAST(written AS DOUBLE)), '[.]?0+$', ''), written) "
    "ELSE written END"
)
_CELLS = cells_of(
    KOLADA,
    {
        "kpi": "kpi",
        "kolada_region_id": "municipality",
        "region": "nfc_normalize(coalesce(title, ''))",
        "year": "period",
        "value": f"coalesce({_NUMBER}, '')",
    },
    [],
)


def read_answer(connection: Connection, file: SourceFile) -> Raw:
    """Return a relation of the values of both sexes together in an answer.

    Raises:
        SourceError: the file is no such answer, or a record of it is not as agreed.
    """
    if not file.size:
        raise _no_answer(file, "the file is empty")
    buffer = f"maximum_object_size = {file.size + _LEAST_BUFFER}"
    whole, typed = (
        f"read_json({in_engine(file.path)}, {how}, {buffer})"
        for how in (_WHOLE, _TYPED)
    )
    try:
        _check(connection, file, whole)
        without_total = connection.exec_driver_sql(
            f"SELECT count(*) FROM ({_RECORDS.format(source=typed)}) "
            "WHERE NOT has_total"
        ).scalar()
    except DBAPIError as error:
        raise _no_answer(file, first_line(error)) from None
    notes: tuple[Note, ...] = ()
    if without_total:
        message = (
            "records without a value of both sexes together (gender T) were left out"
        )
        notes = (Note(Finding.NO_TOTAL, message, without_total),)
    values = relation(_CELLS, f"({_FIGURES.format(source=typed)})")
    return Raw("utf-8", None, _HEADER, [values], notes=notes)


def _no_answer(file: SourceFile, what: str) -> SourceError:
    return SourceError(
        f"{file.name}: cannot be read as an answer of the Kolada API v3: {what}; "
        "fetch it again with `python -m etl fetch kolada`"
    )


def _check(connection: Connection, file: SourceFile, source: str) -> None:
    """Look at an answer as it stands: the engine takes what it does not find for none.

    Raises:
        SourceError: where it departs from what was agreed.
    """
    shapes = connection.exec_driver_sql(
        "SELECT json_type(answer), json_type(answer->'values'), "
        f"coalesce(answer->>'next_url', answer->>'next_page', '') FROM {source}"
    ).all()
    if [tuple(row[:2]) for row in shapes] != [("OBJECT", "ARRAY")]:
        raise _no_answer(file, "expected one object with a list of `values`")
    if shapes[0][2]:
        raise _no_answer(
            file, "it is one page of several, and names the next; expected all of them"
        )
    wrong, first = connection.exec_driver_sql(
        f"SELECT count(*), min(nth) FROM ({_WRONG.format(source=source)})"
    ).one()
    if wrong:
        raise _no_answer(
            file,
            f"{wrong} of its `values`, the first of them number {first}, are not "
            f"{_RECORD}",
        )
