"""A demo: synthetic source files for a region such as Blekinge or Kronoberg.

The files follow the source layouts exactly, at the level of published figures, with
stories to find (`etl.demo.stories`) and faults to reject (`etl.demo.dirt`). The same
arguments give the same bytes. Only `kolada/` holds real, published values.
"""

from pathlib import Path

import pandas as pd

from etl.demo.hygiene import observation_rows, prevalence_rows
from etl.demo.incidents import incident_rows
from etl.demo.kolada import kolada_rows
from etl.demo.leadtimes import demo_maxima, leadtime_rows
from etl.demo.medicines import contact_rows
from etl.demo.regions import BLEKINGE, Region
from etl.demo.reported_files import reported_tables
from etl.demo.scope import Scope, quarters_until
from etl.demo.surveys import survey_rows
from etl.demo.svf import demo_cases
from etl.demo.svf_files import case_rows, inclusion_rows
from etl.demo.units import demo_units, unit_register
from etl.demo.writing import COMMAS, TABS_CP1252, USUAL, WITH_BOM, Dialect, write
from kpi.definitions import Definitions
from kpi.period import Period
from kpi.vocabulary import DatasetName

LAST = Period.parse("2026Q3")
_EVERY_PLAN = """\
# The demo shows what every plan asks for, whatever region it is of.
plans_in_use: all
"""
_OWN_PLANS = """\
# The demo is of this region, and of its own plans alone.
kolada_id: "{kolada_id}"
"""


def write_demo(
    out: Path,
    definitions: Definitions,
    *,
    region: Region = BLEKINGE,
    units: int | None = None,
    years: int = 5,
    seed: int = 1,
    last: Period = LAST,
) -> dict[str, int]:
    """Write the demo's files under a sources folder, and what its region decides.

    Args:
        out: The folder; made if it does not exist.
        definitions: Every active indicator that is reported already counted gets rows;
            in a region of its own plans (`Region.is_of_own_plans`) those they name, and
            only files that they are counted from.
        region: Whose shape it has.
        units: How many units, at least 8; volumes grow with them. None for the
            region's own.
        years: Calendar years, of which the last ends with `last`.
        seed: Another seed gives another region of the same kind.
        last: The last quarter with data.

    Returns:
        Relative file name -> number of rows in it.

    Raises:
        ValueError: too few units or years, or `last` is not a quarter.
    """
    number = len(region.seats) if units is None else units
    scope = Scope(
        region, demo_units(region, number, last), quarters_until(last, years), seed
    )
    definitions = region.reported_of(definitions)
    written: dict[str, int] = {}

    asked_for = {name for each in definitions.indicators for name in each.datasets}

    def put(
        name: str,
        frame: pd.DataFrame,
        dialect: Dialect = USUAL,
        dataset: DatasetName | None = None,
    ) -> None:
        is_asked_for = dataset in asked_for or not region.is_of_own_plans
        if dataset is None or is_asked_for:
            written[name] = write(out / name, frame, dialect)

    out.mkdir(parents=True, exist_ok=True)
    decided = _OWN_PLANS if region.is_of_own_plans else _EVERY_PLAN
    (out / "region.yaml").write_text(
        decided.format(kolada_id=region.kolada_id), encoding="utf-8"
    )
    put("enheter/enheter_demo.csv", unit_register(region, scope.units, last), WITH_BOM)
    put("svf/ledtider_demo.csv", leadtime_rows(demo_maxima()), TABS_CP1252)
    cases = demo_cases(scope)
    put(
        "svf/svf_inklusion_demo.csv",
        inclusion_rows(cases, scope),
        dataset=DatasetName.INCLUSION,
    )
    for year in scope.years:
        put(f"svf/svf_fall_demo_{year}.csv", case_rows(cases, scope, year))
        put(f"lakemedel/kontakter_demo_{year}.csv", contact_rows(scope, year))
        observed = observation_rows(scope, year)
        put(f"bhk/bhk_demo_{year}.csv", observed, dataset=DatasetName.BHK)
    put("prem/prem_demo.csv", survey_rows(scope), dataset=DatasetName.PREM)
    put("ppm/ppm_demo.csv", prevalence_rows(scope), COMMAS, DatasetName.PPM)
    reported, dental = reported_tables(scope, definitions)
    put("matningar/matningar_demo.csv", reported)
    put("matningar/matningar_demo_tandvard.xlsx", dental)
    incidents = incident_rows(scope, definitions)
    if len(incidents) or not region.is_of_own_plans:
        put("matningar/avvikelser_demo.csv", incidents)
    put("kolada/kolada_demo.csv", kolada_rows())
    return written
