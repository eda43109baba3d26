"""The layouts of the files that regions export, one module per producer."""

from collections.abc import Iterable

from etl.sources.hygiene import BHK, PPM
from etl.sources.kolada import KOLADA
from etl.sources.layout import Layout
from etl.sources.medicines import CONTACTS
from etl.sources.reported import REPORTED
from etl.sources.surveys import PREM
from etl.sources.svf import CASES, INCLUSION, LEAD_TIMES
from etl.sources.units import UNITS
from kpi.definitions import Indicator
from kpi.vocabulary import DatasetName

LAYOUTS: tuple[Layout, ...] = (
    UNITS,
    LEAD_TIMES,
    CASES,
    INCLUSION,
    CONTACTS,
    PREM,
    BHK,
    PPM,
    REPORTED,
    KOLADA,
)
"""In the order they are loaded: registers before the facts that lean on them."""

FACT_TABLES = tuple(layout.dataset for layout in LAYOUTS)
"""Where the rows of each layout end up."""

UNIT_FACTS = tuple(layout.dataset for layout in LAYOUTS if layout.is_of_unit)
"""Those of them that hold facts of units, each on a day or of a period."""


def layouts_of(indicators: Iterable[Indicator]) -> list[Layout]:
    """Return the layouts of the files that indicators are counted from, in order."""
    datasets = (indicator.datasets for indicator in indicators)
    needed: set[str] = {UNITS.dataset}.union(*datasets)
    if DatasetName.BHK_ITEMS in needed:
        needed.add(DatasetName.BHK)
    for layout in LAYOUTS:
        if layout.dataset in needed:
            needed.update(layout.leans_on)
    return [layout for layout in LAYOUTS if layout.dataset in needed]
