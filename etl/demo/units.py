"""The demo's units: a region's own, some of them or a multiple, with a history."""

from dataclasses import dataclass
from datetime import date
from itertools import cycle

import pandas as pd

from etl.demo.regions import (
    LATE_CLINIC,
    MERGED_CENTRE,
    MOVED_WARD,
    RENAMED_WARD,
    SLOW_CLINIC,
    SURGERY,
    TAKING_OVER,
    Region,
    Seat,
)
from kpi.model import UnitKind
from kpi.period import Period

SMALLEST = 8
_OPENED = date(2010, 1, 1)


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


_CLINICS = (
    (SURGERY, "kirurgi"),
    (LATE_CLINIC, "medicin"),
    (SLOW_CLINIC, "kvinnosjukvard"),
    ("Öron-, näs- och halskliniken", "onh"),
    ("Ortopedkliniken", "ortopedi"),
    ("Infektions- och hudkliniken", "hud"),
    ("Akutkliniken", "akut"),
)


def demo_units(region: Region, number: int, last: Period) -> tuple[Unit, ...]:
    """Return so many units; the first ones are always the same.

    Raises:
        ValueError: fewer than eight, which would not make a region.
    """
    if number < SMALLEST:
        raise ValueError(f"expected at least {SMALLEST} units, got {number}")
    ids: dict[str, str] = {}
    specialties: dict[str, str] = {}
    units: list[Unit] = []
    seats = (*region.seats, *_more_seats(region, number - len(region.seats)))
    for seat in seats[:number]:
        ids[seat.name] = f"{region.hsa_prefix}{len(units) + 1:03}"
        closed = _merger(last) if seat.name == MERGED_CENTRE else None
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


def _more_seats(region: Region, number: int) -> list[Seat]:
    """Return whole hospitals with clinics, wards and health centres around them."""
    seats: list[Seat] = []
    hospital, clinic, count = "", "", 0
    specialties = cycle(_CLINICS)
    for place in cycle("HKAAKAAKAAKAAKAAKAKA" + "VVVVFVVVVFVVVVFVVVFV"):
        if len(seats) >= number:
            return seats
        count += 1
        match place:
            case "H":
                hospital = f"Sjukhus {count}"
                seats.append(Seat(UnitKind.HOSPITAL, hospital, region.special))
                specialties = cycle(_CLINICS)
            case "K":
                name, specialty = next(specialties)
                clinic = f"{name} {count}"
                seats.append(Seat(UnitKind.CLINIC, clinic, hospital, specialty))
            case "A":
                seats.append(Seat(UnitKind.WARD, f"Avdelning {count}", clinic))
            case "V":
                name = f"Vårdcentralen Demo {count}"
                seats.append(Seat(UnitKind.HEALTH_CENTRE, name, region.near))
            case "F":
                name = f"Folktandvården Demo {count}"
                seats.append(Seat(UnitKind.DENTAL, name, region.dental))
    return seats


def _merger(last: Period) -> date:
    return last.shifted(-5).last_day


def unit_register(
    region: Region, units: tuple[Unit, ...], last: Period
) -> pd.DataFrame:
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
            "ersatt_av": by_name[TAKING_OVER].id if unit.closed else "",
            "kolada_id": region.kolada_id if unit.kind is UnitKind.REGION else "",
        }
        before: dict[str, str] = {}
        if unit.name == RENAMED_WARD:
            before, since = {"namn": "Medicinavdelning 3"}, last.shifted(-7)
        elif unit.name == MOVED_WARD:
            before, since = {"overordnad": by_name[SURGERY].id}, last.shifted(-10)
        if before:
            rows.append(row | before | {"giltig_till": str(since.shifted(-1).last_day)})
            row["giltig_fran"] = str(since.first_day)
        rows.append(row)
    return pd.DataFrame(rows, dtype=object)
