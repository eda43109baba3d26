"""The demo's units: a region of Blekinge's size, or a multiple of it, with a history.

The clinics carry the names that a county hospital's clinics have. Health centres, wards
and dental clinics have invented names, so that no real one is given invented results.
"""

from dataclasses import dataclass
from datetime import date
from itertools import cycle

import pandas as pd

from kpi.model import UnitKind
from kpi.period import Period

SMALLEST = 8
FULL_SIZE = 40
_HSA_PREFIX = "SE2321000081-DEMO"
_OPENED = date(2010, 1, 1)

UNKNOWN_UNITS = (f"{_HSA_PREFIX}99901", f"{_HSA_PREFIX}99902")


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit as it is at the end of the demo.

    Attributes:
        id: HSA-id with a local part that cannot exist.
        parent: Id of the unit above; empty for the region.
        specialty: What care it gives, by which it takes part in pathways, surveys and
            indicators; empty for those above the clinics.
        closed: Its last day; None if it is still there.
    """

    id: str
    name: str
    kind: UnitKind
    parent: str
    specialty: str = ""
    closed: date | None = None

    def is_open(self, period: Period) -> bool:
        """Say whether it is there during the whole period."""
        return self.closed is None or period.last_day <= self.closed


@dataclass(frozen=True, slots=True)
class _Seat:
    """A unit of the first forty, placed under another by name."""

    kind: UnitKind
    name: str
    under: str
    specialty: str = ""


REGION, _NEAR, _SPECIAL, _DENTAL = (
    "Region Blekinge",
    "Nära vård",
    "Specialiserad vård",
    "Tandvård",
)
_EAST = "Blekingesjukhuset Karlskrona"
_WEST = "Blekingesjukhuset Karlshamn"
_SURGERY, _MEDICINE = "Kirurgkliniken", "Medicinkliniken"
_RENAMED_WARD = "Geriatrik- och medicinavdelningen"
_MOVED_WARD = "Ortopedavdelningen"
_MERGED_CENTRE, _TAKING_OVER = "Vårdcentralen Solgläntan", "Vårdcentralen Eklunden"

STOPPING_CENTRE = "Vårdcentralen Strandängen"
SILENT_CENTRES = ("Vårdcentralen Skogsbrynet", "Vårdcentralen Kvarnbacken")
GAP_CENTRE = "Vårdcentralen Hamnhöjden"
SLOW_CLINIC = "Kvinnokliniken"
LATE_CLINIC = _MEDICINE
IMPROVING_WARD = "Kirurgavdelningen"

# Parents before children and every kind early: each beginning of the list, from eight
# units on, is a region that makes sense, and a unit keeps its id when more are added.
_SEATS = (
    _Seat(UnitKind.REGION, REGION, ""),
    _Seat(UnitKind.AREA, _NEAR, REGION, "primarvard"),
    _Seat(UnitKind.AREA, _SPECIAL, REGION),
    _Seat(UnitKind.HOSPITAL, _EAST, _SPECIAL),
    _Seat(UnitKind.CLINIC, _SURGERY, _EAST, "kirurgi"),
    _Seat(UnitKind.CLINIC, _MEDICINE, _EAST, "medicin"),
    _Seat(UnitKind.HEALTH_CENTRE, _TAKING_OVER, _NEAR),
    _Seat(UnitKind.WARD, _RENAMED_WARD, _MEDICINE),
    _Seat(UnitKind.CLINIC, SLOW_CLINIC, _EAST, "kvinnosjukvard"),
    _Seat(UnitKind.HEALTH_CENTRE, STOPPING_CENTRE, _NEAR),
    _Seat(UnitKind.WARD, IMPROVING_WARD, _SURGERY),
    _Seat(UnitKind.HEALTH_CENTRE, GAP_CENTRE, _NEAR),
    _Seat(UnitKind.CLINIC, "Öron-, näs- och halskliniken", _EAST, "onh"),
    _Seat(UnitKind.AREA, _DENTAL, REGION, "tandvard"),
    _Seat(UnitKind.DENTAL, "Folktandvården Björken", _DENTAL),
    _Seat(UnitKind.HOSPITAL, _WEST, _SPECIAL),
    _Seat(UnitKind.CLINIC, "Medicinkliniken Karlshamn", _WEST, "medicin"),
    _Seat(UnitKind.CLINIC, "Ortopedkliniken", _EAST, "ortopedi"),
    _Seat(UnitKind.WARD, _MOVED_WARD, "Ortopedkliniken"),
    _Seat(UnitKind.HEALTH_CENTRE, SILENT_CENTRES[0], _NEAR),
    _Seat(UnitKind.CLINIC, "Akutkliniken", _EAST, "akut"),
    _Seat(UnitKind.CLINIC, "Onkologiska enheten", _EAST, "onkologi"),
    _Seat(UnitKind.HEALTH_CENTRE, _MERGED_CENTRE, _NEAR),
    _Seat(UnitKind.CLINIC, "Infektions- och hudkliniken", _EAST, "hud"),
    _Seat(UnitKind.WARD, "Infektionsavdelningen", "Infektions- och hudkliniken"),
    _Seat(UnitKind.CLINIC, "Psykiatriska kliniken", _WEST, "psykiatri"),
    _Seat(UnitKind.WARD, "Psykiatriavdelningen", "Psykiatriska kliniken"),
    _Seat(UnitKind.HEALTH_CENTRE, SILENT_CENTRES[1], _NEAR),
    _Seat(UnitKind.WARD, "Hjärtavdelningen", _MEDICINE),
    _Seat(UnitKind.WARD, "Medicinavdelningen", "Medicinkliniken Karlshamn"),
    _Seat(UnitKind.HEALTH_CENTRE, "Vårdcentralen Ängslyckan", _NEAR),
    _Seat(UnitKind.DENTAL, "Folktandvården Enen", _DENTAL),
    _Seat(UnitKind.CLINIC, "Barn- och ungdomskliniken", _EAST, "barn"),
    _Seat(UnitKind.WARD, "Gynekologiavdelningen", SLOW_CLINIC),
    _Seat(UnitKind.HEALTH_CENTRE, "Vårdcentralen Fyrbacken", _NEAR),
    _Seat(UnitKind.HEALTH_CENTRE, "Vårdcentralen Åkroken", _NEAR),
    _Seat(UnitKind.WARD, "Rehabiliteringsavdelningen", "Medicinkliniken Karlshamn"),
    _Seat(UnitKind.HEALTH_CENTRE, "Vårdcentralen Tallmon", _NEAR),
    _Seat(UnitKind.HEALTH_CENTRE, "Vårdcentralen Sjöbrinken", _NEAR),
    _Seat(UnitKind.DENTAL, "Folktandvården Rönnen", _DENTAL),
)

_CLINICS = (
    (_SURGERY, "kirurgi"),
    (_MEDICINE, "medicin"),
    (SLOW_CLINIC, "kvinnosjukvard"),
    ("Öron-, näs- och halskliniken", "onh"),
    ("Ortopedkliniken", "ortopedi"),
    ("Infektions- och hudkliniken", "hud"),
    ("Akutkliniken", "akut"),
)


def demo_units(number: int, last: Period) -> tuple[Unit, ...]:
    """Return so many units; the first ones are always the same.

    Raises:
        ValueError: fewer than eight, which would not make a region.
    """
    if number < SMALLEST:
        raise ValueError(f"expected at least {SMALLEST} units, got {number}")
    ids: dict[str, str] = {}
    specialties: dict[str, str] = {}
    units: list[Unit] = []
    for seat in (*_SEATS, *_more_seats(number - FULL_SIZE))[:number]:
        ids[seat.name] = f"{_HSA_PREFIX}{len(units) + 1:03}"
        closed = _merger(last) if seat.name == _MERGED_CENTRE else None
        above = ids.get(seat.under, "")
        # A ward belongs to its clinic's specialty, a health centre to its area's.
        specialties[seat.name] = seat.specialty or specialties.get(seat.under, "")
        units.append(
            Unit(
                ids[seat.name],
                seat.name,
                seat.kind,
                above,
                specialties[seat.name],
                closed,
            )
        )
    return tuple(units)


def _more_seats(number: int) -> list[_Seat]:
    """Return whole hospitals with clinics, wards and health centres around them."""
    seats: list[_Seat] = []
    hospital, clinic, count = "", "", 0
    specialties = cycle(_CLINICS)
    for place in cycle("HKAAKAAKAAKAAKAAKAKA" + "VVVVFVVVVFVVVVFVVVFV"):
        if len(seats) >= number:
            return seats
        count += 1
        match place:
            case "H":
                hospital = f"Sjukhus {count}"
                seats.append(_Seat(UnitKind.HOSPITAL, hospital, _SPECIAL))
                specialties = cycle(_CLINICS)
            case "K":
                name, specialty = next(specialties)
                clinic = f"{name} {count}"
                seats.append(_Seat(UnitKind.CLINIC, clinic, hospital, specialty))
            case "A":
                seats.append(_Seat(UnitKind.WARD, f"Avdelning {count}", clinic))
            case "V":
                name = f"Vårdcentralen Demo {count}"
                seats.append(_Seat(UnitKind.HEALTH_CENTRE, name, _NEAR))
            case "F":
                name = f"Folktandvården Demo {count}"
                seats.append(_Seat(UnitKind.DENTAL, name, _DENTAL))
    return seats


def _merger(last: Period) -> date:
    return last.shifted(-5).last_day


def unit_register(units: tuple[Unit, ...], last: Period) -> pd.DataFrame:
    """Return the rows of `enheter/`: one per unit and time with the same facts.

    Three units have a history: one was renamed, one moved to another clinic, and one
    was merged into another.
    """
    by_name = {unit.name: unit for unit in units}
    rows = []
    for unit in units:
        row = {
            "enhet_id": unit.id,
            "namn": unit.name,
            "typ": str(unit.kind),
            "overordnad": unit.parent,
            "giltig_fran": str(_OPENED),
            "giltig_till": "" if unit.closed is None else str(unit.closed),
            "ersatt_av": by_name[_TAKING_OVER].id if unit.closed else "",
            "kolada_id": "0010" if unit.kind is UnitKind.REGION else "",
        }
        before: dict[str, str] = {}
        if unit.name == _RENAMED_WARD:
            before, since = {"namn": "Medicinavdelning 3"}, last.shifted(-7)
        elif unit.name == _MOVED_WARD:
            before, since = {"overordnad": by_name[_SURGERY].id}, last.shifted(-10)
        if before:
            rows.append(row | before | {"giltig_till": str(since.shifted(-1).last_day)})
            row["giltig_fran"] = str(since.first_day)
        rows.append(row)
    return pd.DataFrame(rows, dtype=object)
