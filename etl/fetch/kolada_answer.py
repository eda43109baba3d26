"""What Kolada's v3 answers say: figures of a KPI, region and year; titles of regions.

Fields beside those named here are ignored, and a field that may be left out is not
missed. What must be there in a certain form is refused when it is not: a figure that
was guessed cannot be told from one that was published.
"""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated, Literal, Self, TypeVar

from pydantic import (
    AfterValidator,
    BaseModel,
    Field,
    TypeAdapter,
    ValidationError,
    ValidationInfo,
    field_validator,
    model_validator,
)

from kpi.errors import FetchError

BOTH_SEXES = "T"
MISSING = "Missing"

_MOST_FAULTS_TOLD = 10

T = TypeVar("T")


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


def _filled(text: str) -> str:
    # A least length as a constraint would refuse a text that holds half a letter.
    if not text:
        raise ValueError("empty")
    return text


_Text = Annotated[str, AfterValidator(_filled)]


class _Deletable(BaseModel):
    isdeleted: Literal[None, False, True] = None
    is_deleted: Literal[None, False, True] = None  # what v2 said

    @model_validator(mode="wrap")
    @classmethod
    def _only_if_not_deleted(
        cls, written: object, read: Callable[[object], Self]
    ) -> Self:
        """Read nothing more of what is withdrawn: the rest need not be as agreed."""
        flags = ("isdeleted", "is_deleted")
        if isinstance(written, dict) and True in map(written.get, flags):
            return cls.model_construct(isdeleted=True)
        return read(written)


class _Value(_Deletable):
    gender: _Text
    value: float | None = Field(None, strict=True, allow_inf_nan=False)
    status: str | None = None

    @field_validator("value", "status", mode="wrap")
    @classmethod
    def _as_written(
        cls, written: object, check: Callable[[object], object], info: ValidationInfo
    ) -> object:
        """Check what is kept, and change nothing: 85 stays 85, not 85.0."""
        if info.data.get("gender") == BOTH_SEXES:
            check(written)
        return written


class _Record(_Deletable):
    kpi: _Text
    # As a number, 0010 would be 10: an id that has lost its noughts names no region.
    municipality: str = Field(pattern="^[0-9]{4}$")
    period: str = Field(pattern="^[0-9]{4}$", coerce_numbers_to_str=True)
    values: list[_Value]


class _Title(_Deletable):
    id: _Text
    title: _Text


_RECORDS = TypeAdapter(list[_Record])
_TITLES = TypeAdapter(list[_Title])

# What is expected, by field or else by pydantic's name of the fault, if not a text.
_EXPECTED = {
    "period": "a year such as 2025",
    "values": "a list",
    "value": "a number or null",
    "literal_error": "true or false",
    "model_type": "an object",
    "string_pattern_mismatch": "four digits such as 0010",
}


def data_page(values: list[object], url: str) -> DataPage:
    """Return what a page of `/data` says.

    Raises:
        FetchError: records that are not as agreed; the first ten faults are named.
    """
    page = DataPage([], Counter())
    records = _read(_RECORDS, values, url)
    for number, record in enumerate(records):
        if record.isdeleted:
            page.left_out["deleted"] += 1
            continue
        cell = Cell(record.kpi, record.municipality, int(record.period))
        for place, value in enumerate(record.values):
            if value.isdeleted:
                page.left_out["deleted"] += 1
            elif value.gender != BOTH_SEXES:
                page.left_out["other_gender"] += 1
            else:
                found_at = f"{url}: values[{number}].values[{place}]"
                page.figures.append(_figure(cell, value, found_at))
    return page


def titles(values: list[object], url: str) -> dict[str, str]:
    """Return the title of each region on a page of `/municipality`.

    Raises:
        FetchError: records that are not as agreed; the first ten faults are named.
    """
    regions = _read(_TITLES, values, url)
    return {region.id: region.title for region in regions if not region.isdeleted}


def merged(figures: list[Figure]) -> dict[Cell, Figure]:
    """Return one figure for each cell.

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
    if faults:
        raise FetchError(*_first(faults))
    return by_cell


def _figure(cell: Cell, value: _Value, found_at: str) -> Figure:
    status = value.status or ""
    if value.value is None:
        status = status or MISSING
    if status.casefold() == MISSING.casefold():
        return Figure(cell, None, MISSING, found_at)
    return Figure(cell, value.value, status, found_at)


def _read(form: TypeAdapter[T], values: list[object], url: str) -> T:
    try:
        return form.validate_python(values)
    except ValidationError as error:
        faults = [
            f"{url}: values{_fault(fault['loc'], fault['type'], fault['input'])}"
            for fault in error.errors()
        ]
        raise FetchError(*_first(faults)) from None


def _fault(place: tuple[int | str, ...], kind: str, written: object) -> str:
    """Say in our own words what pydantic has found."""
    where = "".join(f"[{x}]" if isinstance(x, int) else f".{x}" for x in place)
    expected = _EXPECTED.get(str(place[-1])) or _EXPECTED.get(kind, "a text")
    got = None if kind == "missing" else written
    return f"{where}: expected {expected}, got {got!r}"


def _first(faults: list[str]) -> list[str]:
    more = len(faults) - _MOST_FAULTS_TOLD
    if more <= 0:
        return faults
    return [*faults[:_MOST_FAULTS_TOLD], f"and {more} more faults like these"]
