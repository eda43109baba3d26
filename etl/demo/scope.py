"""What a demo covers: its units, its quarters, and its streams of random numbers."""

import zlib
from dataclasses import dataclass
from datetime import date

import numpy as np

from etl.demo.regions import Region
from etl.demo.units import Unit
from kpi.model import UnitKind
from kpi.period import Period, PeriodKind


@dataclass(frozen=True, slots=True)
class Scope:
    """What a demo covers.

    Attributes:
        region: Whose units they are.
        quarters: In order; the last one ends the demo.
        seed: Every file's own stream of random numbers starts from it.
    """

    region: Region
    units: tuple[Unit, ...]
    quarters: tuple[Period, ...]
    seed: int

    @property
    def first_day(self) -> date:
        """The first day of the first quarter."""
        return self.quarters[0].first_day

    @property
    def last_day(self) -> date:
        """The last day of the last quarter."""
        return self.quarters[-1].last_day

    @property
    def last(self) -> Period:
        """The last quarter."""
        return self.quarters[-1]

    @property
    def years(self) -> range:
        """The calendar years, of which the last may be unfinished."""
        return range(self.quarters[0].year, self.last.year + 1)

    @property
    def size(self) -> float:
        """How many Blekinges the units make."""
        return self.region.blekinges * len(self.units) / len(self.region.seats)

    def of_kind(self, *kinds: UnitKind) -> tuple[Unit, ...]:
        """Return the units of these kinds."""
        return tuple(unit for unit in self.units if unit.kind in kinds)

    def with_specialty(self, specialty: str) -> tuple[Unit, ...]:
        """Return the clinics of a specialty, or where its patients go instead."""
        for wanted in (specialty, "medicin"):
            clinics = self.of_kind(UnitKind.CLINIC)
            if of_specialty := [unit for unit in clinics if unit.specialty == wanted]:
                return tuple(of_specialty)
        raise ValueError("a demo without a medical clinic has nowhere to send patients")

    def stream(self, name: str) -> np.random.Generator:
        """Return the random numbers of one part of the demo.

        Streams are children of the seed known by name and not by number, so a new
        file leaves every other file as it was.
        """
        key = zlib.crc32(name.encode())
        return np.random.default_rng(
            np.random.SeedSequence(self.seed, spawn_key=(key,))
        )


def quarters_until(last: Period, years: int) -> tuple[Period, ...]:
    """Return the quarters from January, `years - 1` years before the last one's year.

    Raises:
        ValueError: the last period is not a quarter, or there are no years.
    """
    if last.kind is not PeriodKind.QUARTER:
        raise ValueError(f"expected a quarter such as 2026Q3, got {str(last)!r}")
    if years < 1:
        raise ValueError(f"expected at least one year, got {years}")
    first = Period.numbered(PeriodKind.QUARTER, last.year - years + 1, 1)
    number = (last.first - first.first) // 3 + 1
    return tuple(first.shifted(step) for step in range(number))
