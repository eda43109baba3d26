"""The regions that a demo can be of: their units, and the levels they are set to.

Hospitals, and the clinics that county hospitals have, carry their names. Health
centres, wards and dental clinics have invented names, so that no real one is given
invented results. The units that something happens to (`etl.demo.stories`) are called
the same in every region.
"""

from dataclasses import dataclass

from etl.demo.levels import BLEKINGE_LEVELS, KRONOBERG_LEVELS, Levels
from kpi.definitions import Definitions
from kpi.model import UnitKind


@dataclass(frozen=True, slots=True)
class Seat:
    """A unit of a region's first ones, placed under another by name."""

    kind: UnitKind
    name: str
    under: str
    specialty: str = ""


@dataclass(frozen=True, slots=True)
class Region:
    """A region that a demo is of.

    Attributes:
        kolada_id: Of the region.
        organisation: Its number, as HSA-ids begin; the rest of an id cannot exist.
        seats: Its units: parents before children and every kind early, so that each
            beginning, from eight units on, is a region that makes sense, and a unit
            keeps its id when more are added.
        near, special, dental: The areas that still more units are put under.
        blekinges: How many of Blekinge it makes with all its seats, by its people.
        counties: Where its patients live: its own county first, then the neighbours.
        levels: What it is set to.
        is_of_own_plans: Whether only what its own plans name is reported.
    """

    kolada_id: str
    organisation: str
    seats: tuple[Seat, ...]
    near: str
    special: str
    dental: str
    blekinges: float
    counties: tuple[str, str, str, str]
    levels: Levels
    is_of_own_plans: bool

    @property
    def hsa_prefix(self) -> str:
        """What every id of a unit begins with."""
        return f"SE{self.organisation}-DEMO"

    @property
    def unknown_units(self) -> tuple[str, str]:
        """Two ids that no register has."""
        return f"{self.hsa_prefix}99901", f"{self.hsa_prefix}99902"

    def reported_of(self, definitions: Definitions) -> Definitions:
        """Return the definitions with the indicators that the region reports."""
        if not self.is_of_own_plans:
            return definitions
        own = {plan.id for plan in definitions.plans if plan.region == self.kolada_id}
        named = [
            indicator
            for indicator in definitions.indicators
            if own & {place.plan for place in indicator.plans}
        ]
        return definitions.model_copy(update={"indicators": named})


FORENSIC_PSYCHIATRY, CHILD_PSYCHIATRY = "rattspsykiatri", "barnpsykiatri"
"""Specialties that Blekinge's demo has no clinic of."""

SURGERY, _MEDICINE = "Kirurgkliniken", "Medicinkliniken"
RENAMED_WARD = "Geriatrik- och medicinavdelningen"
MOVED_WARD = "Ortopedavdelningen"
MERGED_CENTRE, TAKING_OVER = "Vårdcentralen Solgläntan", "Vårdcentralen Eklunden"

STOPPING_CENTRE = "Vårdcentralen Strandängen"
SILENT_CENTRES = ("Vårdcentralen Skogsbrynet", "Vårdcentralen Kvarnbacken")
GAP_CENTRE = "Vårdcentralen Hamnhöjden"
SLOW_CLINIC = "Kvinnokliniken"
LATE_CLINIC = _MEDICINE
IMPROVING_WARD = "Kirurgavdelningen"

_BLEKINGE, _NEAR, _SPECIAL, _DENTAL = (
    "Region Blekinge",
    "Nära vård",
    "Specialiserad vård",
    "Tandvård",
)
_EAST = "Blekingesjukhuset Karlskrona"
_WEST = "Blekingesjukhuset Karlshamn"

_SEATS_BLEKINGE = (
    Seat(UnitKind.REGION, _BLEKINGE, ""),
    Seat(UnitKind.AREA, _NEAR, _BLEKINGE, "primarvard"),
    Seat(UnitKind.AREA, _SPECIAL, _BLEKINGE),
    Seat(UnitKind.HOSPITAL, _EAST, _SPECIAL),
    Seat(UnitKind.CLINIC, SURGERY, _EAST, "kirurgi"),
    Seat(UnitKind.CLINIC, _MEDICINE, _EAST, "medicin"),
    Seat(UnitKind.HEALTH_CENTRE, TAKING_OVER, _NEAR),
    Seat(UnitKind.WARD, RENAMED_WARD, _MEDICINE),
    Seat(UnitKind.CLINIC, SLOW_CLINIC, _EAST, "kvinnosjukvard"),
    Seat(UnitKind.HEALTH_CENTRE, STOPPING_CENTRE, _NEAR),
    Seat(UnitKind.WARD, IMPROVING_WARD, SURGERY),
    Seat(UnitKind.HEALTH_CENTRE, GAP_CENTRE, _NEAR),
    Seat(UnitKind.CLINIC, "Öron-, näs- och halskliniken", _EAST, "onh"),
    Seat(UnitKind.AREA, _DENTAL, _BLEKINGE, "tandvard"),
    Seat(UnitKind.DENTAL, "Folktandvården Björken", _DENTAL),
    Seat(UnitKind.HOSPITAL, _WEST, _SPECIAL),
    Seat(UnitKind.CLINIC, "Medicinkliniken Karlshamn", _WEST, "medicin"),
    Seat(UnitKind.CLINIC, "Ortopedkliniken", _EAST, "ortopedi"),
    Seat(UnitKind.WARD, MOVED_WARD, "Ortopedkliniken"),
    Seat(UnitKind.HEALTH_CENTRE, SILENT_CENTRES[0], _NEAR),
    Seat(UnitKind.CLINIC, "Akutkliniken", _EAST, "akut"),
    Seat(UnitKind.CLINIC, "Onkologiska enheten", _EAST, "onkologi"),
    Seat(UnitKind.HEALTH_CENTRE, MERGED_CENTRE, _NEAR),
    Seat(UnitKind.CLINIC, "Infektions- och hudkliniken", _EAST, "hud"),
    Seat(UnitKind.WARD, "Infektionsavdelningen", "Infektions- och hudkliniken"),
    Seat(UnitKind.CLINIC, "Psykiatriska kliniken", _WEST, "psykiatri"),
    Seat(UnitKind.WARD, "Psykiatriavdelningen", "Psykiatriska kliniken"),
    Seat(UnitKind.HEALTH_CENTRE, SILENT_CENTRES[1], _NEAR),
    Seat(UnitKind.WARD, "Hjärtavdelningen", _MEDICINE),
    Seat(UnitKind.WARD, "Medicinavdelningen", "Medicinkliniken Karlshamn"),
    Seat(UnitKind.HEALTH_CENTRE, "Vårdcentralen Ängslyckan", _NEAR),
    Seat(UnitKind.DENTAL, "Folktandvården Enen", _DENTAL),
    Seat(UnitKind.CLINIC, "Barn- och ungdomskliniken", _EAST, "barn"),
    Seat(UnitKind.WARD, "Gynekologiavdelningen", SLOW_CLINIC),
    Seat(UnitKind.HEALTH_CENTRE, "Vårdcentralen Fyrbacken", _NEAR),
    Seat(UnitKind.HEALTH_CENTRE, "Vårdcentralen Åkroken", _NEAR),
    Seat(UnitKind.WARD, "Rehabiliteringsavdelningen", "Medicinkliniken Karlshamn"),
    Seat(UnitKind.HEALTH_CENTRE, "Vårdcentralen Tallmon", _NEAR),
    Seat(UnitKind.HEALTH_CENTRE, "Vårdcentralen Sjöbrinken", _NEAR),
    Seat(UnitKind.DENTAL, "Folktandvården Rönnen", _DENTAL),
)

_VAXJO, _LJUNGBY = "Centrallasarettet Växjö", "Lasarettet Ljungby"
_SURGERY_LJUNGBY, _MEDICINE_LJUNGBY = (
    "Kirurg- och ortopedkliniken Ljungby",
    "Medicinkliniken Ljungby",
)
_ADULT_PSYCHIATRY = "Vuxenpsykiatriska kliniken"
_FORENSIC_CLINIC = "Rättspsykiatriska regionkliniken"
_PRIMARY, _HOSPITALS, _FORENSIC = (
    "Primärvård, psykiatri och rehabilitering",
    "Sjukhusvård",
    "Rättspsykiatri",
)
_CENTRES_KRONOBERG = (
    *("Ängslyckan", "Fyrbacken", "Åkroken", "Tallmon", "Sjöbrinken", "Björkhagen"),
    *("Klövern", "Lindallén", "Norrgläntan", "Blåklinten", "Stenbrinken", "Furulid"),
    *("Källviken", "Smedjebacken", "Vitsippan", "Kyrkängen", "Granliden", "Ekdungen"),
    *("Svanholmen", "Mossbacken", "Lyckebo", "Hagmarken", "Åsgläntan", "Västerbacken"),
    *("Rosendungen", "Hasselbo", "Ljungheden"),
)
"""Invented, as all health centres are; with those of the stories they are 33."""
_DENTAL_KRONOBERG = (
    *("Björken", "Enen", "Rönnen", "Alen", "Asken", "Boken", "Eken", "Granen"),
    *("Hasseln", "Häggen", "Linden", "Lönnen", "Oxeln", "Poppeln", "Sälgen"),
    *("Tallen", "Videt"),
)

_SEATS_KRONOBERG = (
    Seat(UnitKind.REGION, "Region Kronoberg", ""),
    Seat(UnitKind.AREA, _PRIMARY, "Region Kronoberg", "primarvard"),
    Seat(UnitKind.AREA, _HOSPITALS, "Region Kronoberg"),
    Seat(UnitKind.HOSPITAL, _VAXJO, _HOSPITALS),
    Seat(UnitKind.CLINIC, SURGERY, _VAXJO, "kirurgi"),
    Seat(UnitKind.CLINIC, _MEDICINE, _VAXJO, "medicin"),
    Seat(UnitKind.HEALTH_CENTRE, TAKING_OVER, _PRIMARY),
    Seat(UnitKind.WARD, RENAMED_WARD, _MEDICINE),
    Seat(UnitKind.CLINIC, SLOW_CLINIC, _VAXJO, "kvinnosjukvard"),
    Seat(UnitKind.HEALTH_CENTRE, STOPPING_CENTRE, _PRIMARY),
    Seat(UnitKind.WARD, IMPROVING_WARD, SURGERY),
    Seat(UnitKind.HEALTH_CENTRE, GAP_CENTRE, _PRIMARY),
    Seat(UnitKind.AREA, _DENTAL, "Region Kronoberg", "tandvard"),
    Seat(UnitKind.DENTAL, f"Folktandvården {_DENTAL_KRONOBERG[0]}", _DENTAL),
    Seat(UnitKind.HOSPITAL, _LJUNGBY, _HOSPITALS),
    Seat(UnitKind.CLINIC, _MEDICINE_LJUNGBY, _LJUNGBY, "medicin"),
    Seat(UnitKind.WARD, "Medicinavdelningen Ljungby", _MEDICINE_LJUNGBY),
    Seat(UnitKind.CLINIC, _ADULT_PSYCHIATRY, _PRIMARY, "psykiatri"),
    Seat(UnitKind.WARD, "Psykiatriavdelningen", _ADULT_PSYCHIATRY),
    Seat(UnitKind.AREA, _FORENSIC, "Region Kronoberg"),
    Seat(UnitKind.CLINIC, _FORENSIC_CLINIC, _FORENSIC, FORENSIC_PSYCHIATRY),
    Seat(UnitKind.WARD, "Rättspsykiatriska avdelningen", _FORENSIC_CLINIC),
    Seat(UnitKind.CLINIC, "Ortopedkliniken", _VAXJO, "ortopedi"),
    Seat(UnitKind.WARD, MOVED_WARD, "Ortopedkliniken"),
    Seat(UnitKind.HEALTH_CENTRE, SILENT_CENTRES[0], _PRIMARY),
    Seat(UnitKind.HEALTH_CENTRE, SILENT_CENTRES[1], _PRIMARY),
    Seat(UnitKind.HEALTH_CENTRE, MERGED_CENTRE, _PRIMARY),
    Seat(UnitKind.CLINIC, "Öron-, näs- och halskliniken", _VAXJO, "onh"),
    Seat(UnitKind.CLINIC, "Akutkliniken", _VAXJO, "akut"),
    Seat(UnitKind.CLINIC, "Akutkliniken Ljungby", _LJUNGBY, "akut"),
    Seat(UnitKind.CLINIC, _SURGERY_LJUNGBY, _LJUNGBY, "kirurgi"),
    Seat(UnitKind.WARD, "Kirurg- och ortopedavdelningen Ljungby", _SURGERY_LJUNGBY),
    Seat(UnitKind.CLINIC, "Onkologkliniken", _VAXJO, "onkologi"),
    Seat(UnitKind.CLINIC, "Hudkliniken", _VAXJO, "hud"),
    Seat(UnitKind.CLINIC, "Infektionskliniken", _VAXJO, "infektion"),
    Seat(UnitKind.WARD, "Infektionsavdelningen", "Infektionskliniken"),
    Seat(UnitKind.CLINIC, "Barn- och ungdomskliniken", _VAXJO, "barn"),
    Seat(UnitKind.WARD, "Barnavdelningen", "Barn- och ungdomskliniken"),
    Seat(UnitKind.WARD, "Gynekologiavdelningen", SLOW_CLINIC),
    Seat(UnitKind.WARD, "Hjärtavdelningen", _MEDICINE),
    Seat(UnitKind.WARD, "Strokeavdelningen", _MEDICINE),
    Seat(UnitKind.WARD, "Lungavdelningen", _MEDICINE),
    Seat(UnitKind.WARD, "Urologavdelningen", SURGERY),
    Seat(UnitKind.WARD, "Akutpsykiatriska avdelningen", _ADULT_PSYCHIATRY),
    Seat(
        UnitKind.CLINIC,
        "Barn- och ungdomspsykiatriska kliniken",
        _PRIMARY,
        CHILD_PSYCHIATRY,
    ),
    *(
        Seat(UnitKind.HEALTH_CENTRE, f"Vårdcentralen {name}", _PRIMARY)
        for name in _CENTRES_KRONOBERG
    ),
    *(
        Seat(UnitKind.DENTAL, f"Folktandvården {name}", _DENTAL)
        for name in _DENTAL_KRONOBERG[1:]
    ),
)

BLEKINGE = Region(
    kolada_id="0010",
    organisation="2321000081",
    seats=_SEATS_BLEKINGE,
    near=_NEAR,
    special=_SPECIAL,
    dental=_DENTAL,
    blekinges=1.0,
    counties=("10", "07", "08", "12"),
    levels=BLEKINGE_LEVELS,
    is_of_own_plans=False,
)
KRONOBERG = Region(
    kolada_id="0007",
    organisation="2321000065",
    seats=_SEATS_KRONOBERG,
    near=_PRIMARY,
    special=_HOSPITALS,
    dental=_DENTAL,
    blekinges=1.3,
    counties=("07", "06", "10", "08"),
    levels=KRONOBERG_LEVELS,
    is_of_own_plans=True,
)
REGIONS = {"blekinge": BLEKINGE, "kronoberg": KRONOBERG}
"""By what a person calls them on the command line."""
