"""What Kolada's v3 answers say: figures of a KPI, region and year; titles of regions.

Fields beside those named here are ignored, and a field that may be left out is not
missed. What must be there in a certain form is refused when it is not: a figure that
was guessed cannot be told from one that was published.
"""

import re
import sys
from collections import Counter
from dataclasses import dataclass

from kpi.errors import FetchError

BOTH_SEXES = "T"
MISSING = "Missing"

_MOST_FAULTS_TOLD = 10
_REGION = re.compile(r"[0-9]{4}")
_YEAR = re.compile(r"[0-9]{4}")


@dataclass(frozen=True, slots=True, order=True)
class Cell:
    """What a figure is about."""

    kpi: str
    region: str
    year: int


@dataclass(frozen=True, slots=True)
class Figure:
    """A cell's figure for both sexes together.

    Attributes:
        cell: KPI, region and year.
        value: In the KPI's own unit; None if Kolada has none.
        status: Kolada's own word, `Missing` where there is no value, else mostly empty.
        found_at: Where in which answer, for messages.
    """

    cell: Cell
    value: float | int | None
    status: str
    found_at: str


@dataclass(frozen=True, slots=True)
class DataPage:
    """A page of `/data`.

    Attributes:
        figures: For both sexes together.
        left_out: How many were left out, by reason: `deleted`, `other_gender`.
    """

    figures: list[Figure]
    left_out: Counter[str]


class _OddError(ValueError):
    """Something in an answer that is not as agreed."""


def data_page(values: list[object], url: str) -> DataPage:
    """Return what a page of `/data` says.

    Raises:
        FetchError: records that are not as agreed; the first ten are named.
    """
    figures: list[Figure] = []
    left_out: Counter[str] = Counter()
    faults: list[str] = []
    for index, record in enumerate(values):
        where = f"{url}: values[{index}]"
        try:
            _read_record(record, where, figures, left_out)
        except _OddError as odd:
            faults.append(f"{where}{odd}")
    _refuse(faults)
    return DataPage(figures, left_out)


def titles(values: list[object], url: str) -> dict[str, str]:
    """Return the title of each region on a page of `/municipality`.

    Raises:
        FetchError: records that are not as agreed; the first ten are named.
    """
    found: dict[str, str] = {}
    faults: list[str] = []
    for index, record in enumerate(values):
        try:
            if not _is_deleted(_object(record)):
                found[_text(record, "id")] = _text(record, "title")
        except _OddError as odd:
            faults.append(f"{url}: values[{index}]{odd}")
    _refuse(faults)
    return found


def merged(figures: list[Figure]) -> dict[Cell, Figure]:
    """Return one figure for each cell, in the order of the cells.

    A cell may come twice, as pages shift when something is published between two of
    them; both must say the same.

    Raises:
        FetchError: two answers differ.
    """
    by_cell: dict[Cell, Figure] = {}
    faults: list[str] = []
    for figure in figures:
        first = by_cell.setdefault(figure.cell, figure)
        if (first.value, first.status) != (figure.value, figure.status):
            faults.append(
                f"{figure.found_at}: {figure.cell.kpi}, {figure.cell.region}, "
                f"{figure.cell.year}: found {figure.value!r} {figure.status!r}, "
                f"expected {first.value!r} {first.status!r} as at {first.found_at}; "
                "Kolada may have published meanwhile: fetch again with refresh"
            )
    _refuse(faults)
    return dict(sorted(by_cell.items()))


def _read_record(
    record: object, where: str, figures: list[Figure], left_out: Counter[str]
) -> None:
    fields = _object(record)
    if _is_deleted(fields):
        left_out["deleted"] += 1
        return
    cell = Cell(_text(fields, "kpi"), _region(fields), _year(fields))
    values = fields.get("values")
    if not isinstance(values, list):
        raise _OddError(f".values: expected a list, got {values!r}")
    for index, value in enumerate(values):
        inside = f".values[{index}]"
        try:
            one = _object(value)
            if _is_deleted(one):
                left_out["deleted"] += 1
            elif _text(one, "gender") != BOTH_SEXES:
                left_out["other_gender"] += 1
            else:
                figures.append(Figure(cell, *_value(one), where + inside))
        except _OddError as odd:
            raise _OddError(f"{inside}{odd}") from odd


def _value(fields: dict[str, object]) -> tuple[float | int | None, str]:
    value, status = fields.get("value"), fields.get("status") or ""
    if not isinstance(status, str):
        raise _OddError(f".status: expected a text, got {status!r}")
    if value is not None and (
        isinstance(value, bool)
        or not isinstance(value, int | float)
        or not abs(value) <= sys.float_info.max
    ):
        raise _OddError(f".value: expected a number or null, got {value!r}")
    if status.casefold() == MISSING.casefold():
        return None, MISSING
    return value, status if value is not None else status or MISSING


def _object(found: object) -> dict[str, object]:
    if not isinstance(found, dict):
        raise _OddError(f": expected an object, got {found!r}")
    return found


def _text(fields: dict[str, object], name: str) -> str:
    found = fields.get(name)
    if not isinstance(found, str) or not found:
        raise _OddError(f".{name}: expected a text, got {found!r}")
    return found


def _region(fields: dict[str, object]) -> str:
    found = _text(fields, "municipality")
    # As a number, 0010 would be 10: an id that has lost its noughts names no region.
    if not _REGION.fullmatch(found):
        raise _OddError(
            f".municipality: expected four digits such as 0010, got {found!r}"
        )
    return found


def _year(fields: dict[str, object]) -> int:
    found = fields.get("period")
    if isinstance(found, bool) or not _YEAR.fullmatch(str(found)):
        raise _OddError(f".period: expected a year such as 2025, got {found!r}")
    return int(str(found))


def _is_deleted(fields: dict[str, object]) -> bool:
    # v3 says isdeleted, v2 said is_deleted.
    for name in ("isdeleted", "is_deleted"):
        found = fields.get(name)
        if found not in (None, False, True):
            raise _OddError(f".{name}: expected true or false, got {found!r}")
        if found:
            return True
    return False


def _refuse(faults: list[str]) -> None:
    more = len(faults) - _MOST_FAULTS_TOLD
    if more > 0:
        faults = [*faults[:_MOST_FAULTS_TOLD], f"and {more} more faults like these"]
    if faults:
        raise FetchError(*faults)
