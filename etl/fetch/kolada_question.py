"""What is asked of Kolada: ids and years, cut into addresses the API accepts."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import product, starmap

from etl.fetch.kolada_answer import Cell
from etl.fetch.pages import Question
from kpi.errors import FetchError

# The API refuses more ids than this in one part of the path, and larger pages.
MAX_IDS = 25
PER_PAGE = 5000

_KPI = re.compile(r"[A-Z][0-9]{5}")
_REGION = re.compile(r"[0-9]{4}")
_FIRST_YEAR, _LAST_YEAR = 1900, 2100


@dataclass(frozen=True, slots=True)
class Selection:
    """Every combination of some KPIs, regions and years.

    Each is sorted and without repeats, so that the same question has the same
    addresses, under which its pages are kept.
    """

    kpis: tuple[str, ...]
    regions: tuple[str, ...]
    years: tuple[int, ...]

    @classmethod
    def of(
        cls, kpis: Sequence[str], regions: Sequence[str], years: Sequence[int]
    ) -> "Selection":
        """Return the question for ids and years in any order.

        Raises:
            FetchError: something that Kolada cannot be asked for. An id becomes part
                of an address, so nothing but an id may pass.
        """
        faults = [
            f"kpis: expected an id such as N79178, got {kpi!r}"
            for kpi in kpis
            if not _KPI.fullmatch(str(kpi))
        ]
        faults += [
            f"regions: expected an id such as 0010, got {region!r}"
            for region in regions
            if not isinstance(region, str) or not _REGION.fullmatch(region)
        ]
        faults += [
            f"years: expected a year such as 2025, got {year!r}"
            for year in years
            if not isinstance(year, int) or not _FIRST_YEAR <= year <= _LAST_YEAR
        ]
        faults += [
            f"{name}: expected at least one, got none"
            for name, values in (
                ("kpis", kpis),
                ("regions", regions),
                ("years", years),
            )
            if not values
        ]
        if faults:
            raise FetchError(*faults)
        return cls(
            tuple(sorted(set(kpis))),
            tuple(sorted(set(regions))),
            tuple(sorted(set(years))),
        )

    def cells(self) -> Iterator[Cell]:
        """Return what figures are asked for, in order."""
        return starmap(Cell, product(self.kpis, self.regions, self.years))

    def subject(self) -> str:
        """Return in words what is asked for."""
        return _subject(self.kpis, self.regions, self.years)

    def questions(self, base_url: str) -> list[Question]:
        """Return the addresses to ask at, in a fixed order."""
        chunks = product(*(_chunks(p) for p in (self.kpis, self.regions, self.years)))
        return [
            Question(
                f"{base_url}/data/kpi/{_listed(kpis)}/municipality/{_listed(regions)}"
                f"/year/{_listed(years)}?per_page={PER_PAGE}",
                _subject(kpis, regions, years),
            )
            for kpis, regions, years in chunks
        ]


def titles_question(base_url: str) -> Question:
    """Return where the titles of Riket and the regions are asked for."""
    return Question(
        f"{base_url}/municipality?region_type=L&per_page={PER_PAGE}",
        "titles of regions",
    )


def _chunks(items: Sequence[object]) -> Iterator[Sequence[object]]:
    for start in range(0, len(items), MAX_IDS):
        yield items[start : start + MAX_IDS]


def _listed(items: Sequence[object]) -> str:
    return ",".join(str(item) for item in items)


def _subject(
    kpis: Sequence[object], regions: Sequence[object], years: Sequence[object]
) -> str:
    return f"kpi {_listed(kpis)}; region {_listed(regions)}; year {_listed(years)}"
