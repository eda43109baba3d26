"""The mappings of a folder, read and held to what the datasets can be."""

import re
from collections.abc import Iterator, Mapping, Sequence
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from etl.folding import folded
from etl.mappings.model import (
    COUNTED,
    UNANSWERED,
    Cases,
    Cell,
    Cells,
    FileMapping,
    Mapped,
    Producer,
)
from etl.sources.layout import Field, FieldType, Layout
from etl.sources.units import HSA_ID
from kpi.errors import DefinitionError
from kpi.strict import validated
from kpi.vocabulary import DatasetName
from kpi.yaml_lines import Location, yaml_document


def schema_of_mappings() -> dict[str, Any]:
    """Return the JSON Schema of a mapping file, for editors."""
    return Producer.model_json_schema(by_alias=True)


def load_mappings(
    folder: Path,
    pathways: Sequence[str],
    indicators: Mapping[str, tuple[str, ...]],
) -> list[Mapped]:
    """Return the mappings of a folder; none if there is no such folder.

    Args:
        folder: With a YAML file for each producer.
        pathways: The known slugs of `svf`.
        indicators: Id of every indicator that is reported -> its categories.

    Raises:
        DefinitionError: every fault of every file, with its line.
    """
    faults: list[str] = []
    mappings: list[Mapped] = []
    for path in sorted(folder.glob("*.y*ml")) if folder.is_dir() else []:
        try:
            mappings += load_mapping(path, pathways, indicators)
        except DefinitionError as error:
            faults += error.faults
    if faults:
        raise DefinitionError(*faults)
    return mappings


def load_mapping(
    path: Path,
    pathways: Sequence[str],
    indicators: Mapping[str, tuple[str, ...]],
) -> list[Mapped]:
    """Return the mappings of one file; see `load_mappings`.

    Raises:
        DefinitionError: every fault with its line.
    """
    document = yaml_document(path)
    producer = validated(document, Producer)
    codes = {"@svf": tuple(pathways), "indikator": tuple(indicators)}
    faults = [
        document.fault(at, message) for at, message in _unit_faults(producer.units, ())
    ]
    for number, mapping in enumerate(producer.files):
        at = ("files", number)
        faults += [
            document.fault((*at, *place), message)
            for place, message in _faults(mapping, codes)
        ]
    if faults:
        raise DefinitionError(*faults)
    return [
        Mapped(
            path,
            mapping.model_copy(update={"units": {**producer.units, **mapping.units}}),
        )
        for mapping in producer.files
    ]


_Faults = Iterator[tuple[Location, str]]


def _faults(mapping: FileMapping, codes: Mapping[str, tuple[str, ...]]) -> _Faults:
    yield from _unit_faults(mapping.units, ())
    groups: list[tuple[Location, Cells]] = [(("columns",), mapping.columns)]
    groups += [(("each_row", n), cells) for n, cells in enumerate(mapping.each_row)]
    is_known = True
    for at, cells in groups:
        for name, cell in cells.items():
            if name not in {field.name for field in mapping.layout.fields}:
                is_known = False
                yield (*at, name), _no_column(mapping.layout, name)
                continue
            for message in _cell_faults(mapping.layout.column(name), cell, codes):
                yield (*at, name), message
    if not is_known:
        return
    for heading in mapping.headings:
        if heading != UNANSWERED and not folded(heading):
            yield (
                ("columns",),
                f"the heading {heading!r} has no letter or digit to know it by; give "
                "the column another name in the export",
            )
    for n, cells in enumerate(mapping.rows):
        missing = [
            field.name
            for field in mapping.layout.fields
            if field.is_required and field.name not in cells
        ]
        if missing:
            yield (
                ("each_row", n) if mapping.each_row else ("columns",),
                f"no column says where {', '.join(missing)} is found, which every row "
                f"of {mapping.dataset} needs",
            )
    if mapping.cases:
        yield from _case_faults(mapping, mapping.cases)
    if mapping.additions and not mapping.layout.observation:
        yield ("additions",), f"{mapping.dataset} has no observations to add to"


def _no_column(layout: Layout, name: str) -> str:
    names = [field.name for field in layout.fields]
    near = get_close_matches(name, names, n=1)
    meant = f"did you mean {near[0]!r}?" if near else f"it has {', '.join(names)}"
    return f"{layout.dataset} has no column {name!r}; {meant}"


def _cell_faults(
    field: Field, cell: Cell, codes: Mapping[str, tuple[str, ...]]
) -> Iterator[str]:
    words = (*cell.headings, *cell.values.values(), cell.constant)
    if UNANSWERED in words:
        yield f"{UNANSWERED!r} is a question; put what is right in its place"
        return
    if (cell.per or cell.year) and field.type is not FieldType.PERIOD:
        yield "only a period has `per` and `year`"
    constants = [text for text in (cell.constant,) if text is not None]
    for text in (*constants, *filter(None, cell.values.values())):
        expected = _expected(field, text, codes)
        if expected:
            yield f"{text!r} can be no {field.name}; expected {expected}"


def _expected(field: Field, text: str, codes: Mapping[str, tuple[str, ...]]) -> str:
    """Return what a text should be instead; empty if it can be what it is."""
    if field.type is FieldType.UNIT and not re.fullmatch(HSA_ID, text):
        return "an HSA-id such as SE2321000081-DEMO001"
    known = codes.get(field.name, ())
    if field.type is FieldType.CODE:
        known = tuple(
            code
            for listed in field.codes
            for code in (codes["@svf"] if listed == "@svf" else (listed,))
        )
    elif field.type is FieldType.YES_NO:
        known = ("J", "N")
    elif field.type is FieldType.ITEM:
        known = ("1", "0", "NA")
    if not known or text in known:
        return ""
    near = get_close_matches(text, known, n=1)
    if near:
        return f"one such as {near[0]!r}"
    return f"one of {', '.join(known[:20])}{' ...' if len(known) > 20 else ''}"


def _case_faults(mapping: FileMapping, cases: Cases) -> _Faults:
    cells = mapping.columns
    if mapping.dataset != DatasetName.REPORTED:
        yield ("cases",), f"expected `dataset: {DatasetName.REPORTED}`"
        return
    if mapping.each_row:
        yield ("each_row",), "a row is one case; expected no `each_row`"
    for name in (COUNTED, "namnare", "varde"):
        if name in cells:
            yield ("columns", name), "cases are counted; expected no such column"
    if "period" in cells and cells["period"].per is None:
        yield ("columns", "period"), "expected `per`, such as `per: month`"
    if cases.case == UNANSWERED:
        message = f"{UNANSWERED!r} is a question; put the heading there, or no line"
        yield ("cases", "case"), message
    for message in filter(None, map(_not_a_unit, cases.units)):
        yield ("cases", "units"), message


def _unit_faults(units: Mapping[str, str], at: Location) -> _Faults:
    for name, unit in units.items():
        if unit == UNANSWERED:
            message = f"{UNANSWERED!r} is a question; put the id of the unit there"
            yield (*at, "units", name), message
        elif message := _not_a_unit(unit):
            yield (*at, "units", name), message


def _not_a_unit(id: str) -> str:
    if re.fullmatch(HSA_ID, id):
        return ""
    return f"{id!r} is no id of a unit; expected an HSA-id such as SE2321000081-DEMO001"
