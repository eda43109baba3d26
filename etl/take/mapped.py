"""A file in its producer's form -> the rows of a dataset's own form, by its mapping."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError

from etl.files.find import SourceFile
from etl.files.raw import FIRST_TEXT, FLAGS, OTHER_CELLS, SPACES, Raw
from etl.folding import folded
from etl.in_force import facts_in_force
from etl.labels import labelled
from etl.mappings.model import COUNTED, Cell, FileMapping
from etl.mappings.texts import raw, rewritten, written
from etl.quoting import sql_text
from etl.sources.layout import NOT_APPLICABLE, Field, FieldType
from etl.take.cast import Setting, day_in, names_of
from etl.take.everyday import ANSWERS, plain_day, settled_day_first
from kpi.vocabulary import DatasetName

UNITS_ABOVE = ("overordnad", "ersatt_av")
"""Columns of the register that lead to other units of it."""


class LeftOut(StrEnum):
    """Why a mapping leaves a row out."""

    IGNORED = "ignored"
    SAME_CASE = "same_case"


@dataclass(frozen=True, slots=True)
class UnitNames:
    """What files may call units.

    Attributes:
        ids: Name -> id, of the names that one unit has.
        shared: Name -> ids, of the names that several have.
    """

    ids: Mapping[str, str]
    shared: Mapping[str, tuple[str, ...]]


@labelled("learn the names of units", reads=("build_load", "superseded", "enheter"))
def unit_names(connection: Connection, build_id: str) -> UnitNames:
    """Return what the units of the register are called, now and before."""
    register = facts_in_force(connection, DatasetName.UNITS, build_id)
    return _names(connection, f"SELECT namn, enhet_id FROM {register}")


def _names(connection: Connection, relation: str) -> UnitNames:
    rows = connection.exec_driver_sql(
        f"SELECT DISTINCT trim(namn), upper(trim(enhet_id)) FROM ({relation}) "
        "WHERE trim(namn) <> '' AND trim(enhet_id) <> '' ORDER BY ALL"
    ).all()
    by_folded: dict[str, set[str]] = {}
    for name, unit in rows:
        by_folded.setdefault(folded(name), set()).add(unit)
    single = {name: unit for name, unit in rows if len(by_folded[folded(name)]) == 1}
    return UnitNames(
        # Most files have ids, which are then known as fast as names.
        single | {unit: unit for _, unit in rows},
        {
            name: tuple(sorted(units))
            for name, units in by_folded.items()
            if len(units) > 1
        },
    )


def mapped_rows(
    connection: Connection,
    file: SourceFile,
    own: Raw,
    names: UnitNames | None,
    setting: Setting,
) -> Raw:
    """Return what a file's own table gives in the form of its dataset.

    Args:
        connection: To the draft.
        file: Which has a mapping.
        own: What was read of it.
        names: Of the units in the register; None for the register itself, which names
            its units.
        setting: What the rows are judged against.
    """
    assert file.mapped
    mapping = file.mapped.mapping
    width = len(mapping.rows)
    return replace(
        own,
        relations=_relations(connection, mapping, own, names, setting),
        first_row=own.first_row * width,
        rows_per_line=width,
        headings=_headings(mapping),
        rewritten=_rewritten_fields(mapping),
    )


def _headings(mapping: FileMapping) -> dict[str, tuple[str, ...]]:
    """Return what the file calls each field, in each of the rows that a row gives."""
    return {
        field.name: tuple(
            (cells[field.name].heading or "") if field.name in cells else ""
            for cells in mapping.rows
        )
        for field in mapping.layout.fields
    }


def _rewritten_fields(mapping: FileMapping) -> tuple[str, ...]:
    return tuple(
        name
        for name in _found_fields(mapping)
        if _has_other_forms(mapping.layout.column(name))
        or any(not cells[name].is_as_written for cells in mapping.rows if name in cells)
    )


def _found_fields(mapping: FileMapping) -> list[str]:
    """Return the fields that the mapping finds in some of the rows that a row gives."""
    return [
        field.name
        for field in mapping.layout.fields
        if any(field.name in cells for cells in mapping.rows)
    ]


def _has_other_forms(field: Field) -> bool:
    """Say whether texts of a column are brought into the agreed form."""
    others = (FieldType.CODE, FieldType.YES_NO, FieldType.ITEM, FieldType.DATE)
    return _names_units(field) or field.type in others


def _names_units(field: Field) -> bool:
    """Say whether a column may hold the names of units instead of their ids."""
    return field.type is FieldType.UNIT or field.name in UNITS_ABOVE


def _relations(
    connection: Connection,
    mapping: FileMapping,
    own: Raw,
    names: UnitNames | None,
    setting: Setting,
) -> Iterator[str]:
    for relation in own.relations:
        try:
            yield _relation(connection, mapping, relation, names, setting)
        except DBAPIError as error:
            # The engine cannot read the file by this relation; it says so once more.
            if "CSV" not in str(error.orig):
                raise
            yield relation


def _relation(
    connection: Connection,
    mapping: FileMapping,
    relation: str,
    names: UnitNames | None,
    setting: Setting,
) -> str:
    """Return SQL of the rows of a file's own table in the form of the dataset."""
    is_day_first = mapping.day_first
    days = [
        written(cell)
        for cells in mapping.rows
        for cell in cells.values()
        if cell.per and not cell.year
    ]
    if days and is_day_first is None:
        is_day_first = settled_day_first(connection, days, relation)

    def day_of(text: str) -> str:
        return day_in(text, is_day_first)

    if names is None:
        names = _names_in_file(connection, mapping, relation, day_of)
    units = {**names.ids, **mapping.units}

    def text_of(name: str, cell: Cell) -> str:
        field = mapping.layout.column(name)
        text = rewritten(cell, _known_texts(field, units, setting), day_of)
        if field.type is FieldType.DATE:
            return plain_day(text, setting.is_day_first)
        return text

    columns = []
    for field in mapping.layout.fields:
        texts = [
            text_of(field.name, cells[field.name]) if field.name in cells else _NOTHING
            for cells in mapping.rows
        ]
        columns.append(f"{_nth(texts)} AS raw_{field.name}")
    if mapping.cases:
        at = [field.name for field in mapping.layout.fields].index(COUNTED)
        columns[at] = f"'1' AS raw_{COUNTED}"
    for name in _rewritten_fields(mapping):
        texts = [
            written(cells[name]) if name in cells else _NOTHING
            for cells in mapping.rows
        ]
        columns.append(f"{_nth(texts)} AS file_{name}")
    flags = {name: name for name in FLAGS}
    flags["is_blank"] = f"is_blank OR {_is_empty(mapping)}"
    flags["unsaved"] = _unsaved(mapping)
    flags["left_out"] = _left_out(mapping)
    columns += [f"{sql} AS {name}" for name, sql in flags.items()]
    # The engine reads with one thread where it unnests.
    nth = "0" if len(mapping.rows) == 1 else f"unnest(range({len(mapping.rows)}))"
    rows = f"SELECT *, {nth} AS nth FROM ({relation})"
    if mapping.cases and mapping.cases.case:
        indicator = text_of("indikator", mapping.columns["indikator"])
        rows = _numbered(rows, raw(mapping.cases.case), indicator, _is_ignored(mapping))
    return f"SELECT {', '.join(columns)}, raw_{OTHER_CELLS} FROM ({rows})"


_NOTHING = "NULL::VARCHAR"


def _known_texts(
    field: Field, units: Mapping[str, str], setting: Setting
) -> Mapping[str, str]:
    """Return what people write in a column -> the agreed form.

    They would be understood in full judgement too, which is slow for many rows.
    """
    if _names_units(field):
        return units
    match field.type:
        case FieldType.CODE:
            return _in_every_case(names_of(field, setting))
        case FieldType.YES_NO:
            return _in_every_case(ANSWERS)
        case FieldType.ITEM:
            items = {word: _ITEMS[answer] for word, answer in ANSWERS.items()}
            return _in_every_case(items | dict.fromkeys(NOT_APPLICABLE, "NA"))
    return {}


_ITEMS = {"J": "1", "N": "0"}


def _in_every_case(texts: Mapping[str, str]) -> dict[str, str]:
    """Return texts as most people write them, the commonest first."""
    return {
        written: code
        for write in (str.capitalize, str.lower, str.upper, str)
        for text, code in texts.items()
        for written in (write(text),)
    }


def _names_in_file(
    connection: Connection,
    mapping: FileMapping,
    relation: str,
    day_of: Callable[[str], str],
) -> UnitNames:
    """Return what a register calls its units."""
    columns = ", ".join(
        f"{rewritten(mapping.columns[name], {}, day_of)} AS {name}"
        for name in ("namn", "enhet_id")
    )
    return _names(connection, f"SELECT {columns} FROM ({relation})")


def _nth(texts: list[str]) -> str:
    """Return SQL of the text in each of the rows that a row of the file gives."""
    if len(set(texts)) == 1:
        return texts[0]
    whens = " ".join(f"WHEN {n} THEN {text}" for n, text in enumerate(texts))
    return f"CASE nth {whens} END"


def _is_empty(mapping: FileMapping) -> str:
    """Return SQL that holds where nothing stands under the headings of a row's own."""
    empty = []
    for cells in mapping.each_row:
        texts = ", ".join(
            raw(heading) for cell in cells.values() for heading in cell.headings
        )
        empty.append(
            f"trim(concat_ws('', {texts}), '{SPACES}') = ''" if texts else "false"
        )
    return _nth(empty) if empty else "false"


def _unsaved(mapping: FileMapping) -> str:
    """Return SQL of the fields with a formula without a value, from the headings."""
    texts = []
    for cells in mapping.rows:
        fields = " || ".join(
            f"CASE WHEN contains(unsaved, ',{folded(heading)},') THEN '{name},' "
            "ELSE '' END"
            for name, cell in cells.items()
            for heading in cell.headings
        )
        texts.append(f"',' || {fields}" if fields else "','")
    return f"CASE WHEN unsaved <> ',' THEN {_nth(texts)} ELSE unsaved END"


def _is_ignored(mapping: FileMapping) -> str:
    """Return SQL that holds for a row that begins as one that is none.

    Words are whole: `Summa` is no `Summarum`, and `Total` no `Totalrehab`.
    """
    begins = [
        f"(starts_with({_FIRST}, {sql_text(start)}) AND NOT regexp_matches("
        f"substr({_FIRST}, {len(start)}, 2), '^[\\p{{L}}\\p{{N}}]{{2}}$'))"
        for start in (start.strip().lower() for start in mapping.ignore)
        if start
    ]
    return f"coalesce({' OR '.join(begins)}, false)" if begins else "false"


_FIRST = f"lower(trim({FIRST_TEXT}, '{SPACES}'))"


def _left_out(mapping: FileMapping) -> str:
    """Return SQL of why a row is left out; NULL for one that is not."""
    whens = ""
    if mapping.ignore:
        whens += f" WHEN {_is_ignored(mapping)} THEN '{LeftOut.IGNORED}'"
    if mapping.cases and mapping.cases.case:
        whens += f" WHEN is_again THEN '{LeftOut.SAME_CASE}'"
    return f"CASE{whens} END" if whens else _NOTHING


def _numbered(rows: str, case: str, indicator: str, is_ignored: str) -> str:
    """Return SQL of rows in their order, with whether their case stood before.

    A case counts once for each indicator that it is of; a row that is none is no case.
    """
    same = f"trim({case}), {indicator}, {is_ignored}"
    return (
        f"SELECT *, trim({case}) <> '' AND place > min(place) OVER "
        f"(PARTITION BY {same}) AS is_again "
        f"FROM (SELECT *, row_number() OVER () AS place FROM ({rows})) ORDER BY place"
    )
