"""The SQL roll-up and the plain-Python reference give the same outcomes."""

import csv
import tempfile
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pytest
from hypothesis import HealthCheck, Phase, given, settings

from etl.files.find import describe, find_files
from etl.settings import REFERENCE
from etl.sources.svf import LEAD_TIMES
from etl.steps import Steps
from etl.store.catalogue import load_catalogue
from etl.store.pipeline import build
from kpi.definitions import load_definitions
from tests import reference as ref
from tests import strategies
from tests.reference import (
    MASKED,
    Contact,
    Prevalence,
    Reported,
    Sources,
    Survey,
    Unit,
)
from tests.strategies import AS_OF, NEIGHBOUR, REGION, unit_id

COMMON = """
    name: {sv: Namn, en: Name}
    why: {sv: Därför, en: Because}
    plans: [{plan: plan_blekinge, section: "1", quotation: mål}]
    area: cancer
    responsible: {sv: Någon, en: Someone}
    numerator: {sv: Täljare, en: Numerator}
    denominator: {sv: Nämnare, en: Denominator}
    unit: {sv: "%", en: "%"}
    review: {owner: {sv: A, en: A}, reviewed: 2026-01-15, next_review: 2027-01-15}
    unit_kinds: [region, sjukhus, klinik]
"""

DEFINITIONS = (
    """
plans:
  - id: plan_blekinge
    title: {sv: Plan, en: Plan}
    region: "0010"
    valid: "2025-2026"

indicators:
  - id: svf_lead_time
    kind: proportion
    direction: higher
    measure:
      dataset: svf_fall
      numerator: {where: {inom_max: true}}
      denominator: {where: {ingar_i_ledtid: true}}
    breakdowns: [{by: svf}, {by: sex}, {by: age_group}]
    frequency: monthly
    minimum_denominator: 2
    tolerance: 25
    targets:
      - {level: national, rule: ">=", value: 80, since: 2015*}
      - {level: local, rule: ">=", value: 50, since: 2024Q2, until: 2024Q4*}
      - {level: local, rule: ">=", value: 75, since: 2025Q1*}
      - {level: local, rule: ">=", value: 40, since: 2025Q1, svf: brost*}
      - {level: local, rule: ">=", value: 60, since: 2025Q1, unit: SE2321000081-T000*}
@
  - id: svf_lead_time_without_deviations
    kind: proportion
    direction: higher
    measure:
      dataset: svf_fall
      where: {avvikelse: {not_in: [PvV, MoV]}, svf: {in: [brost, prostata]}}
      numerator: {where: {inom_max: true}}
      denominator: {where: {ingar_i_ledtid: true}}
    breakdowns: [{by: svf}]
    frequency: quarterly
    minimum_denominator: 1
    tolerance: 0
@
  - id: svf_treated
    kind: count
    direction: higher
    measure: {dataset: svf_fall, numerator: {where: {ar_startad_behandling: true}}}
    breakdowns: [{by: svf}]
    breaks: [{since: 2025-02, text: {sv: Nytt., en: New.}}]
    frequency: quarterly
    minimum_denominator: 3
    tolerance: 1
    targets:
      - {level: local, rule: better_than_last_year, since: 2025Q1*}
      - {level: national, rule: "=", value: 4, since: 2025Q1*}
@
  - id: svf_inclusion
    kind: rate
    per: 100
    direction: higher
    measure:
      dataset: svf_inklusion
      numerator: {sum: antal_svf_behandling}
      denominator: {sum: beraknat_antal_cancerfall}
    breakdowns: [{by: svf}]
    frequency: quarterly
    minimum_denominator: 5
    tolerance: 5
    targets: [{level: national, rule: ">=", value: 70, since: 2015*}]
@
  - id: medication_reviews
    kind: proportion
    direction: higher
    measure:
      dataset: kontakter
      where: {alder: {at_least: 75}, antal_lakemedel: {at_least: 5}}
      numerator: {where: {kva_kod: {has_any: [XV015, XV016]}}}
      denominator: {}
    breakdowns: [{by: care_form}, {by: sex}]
    frequency: quarterly
    minimum_denominator: 1
    tolerance: 0
    targets: [{level: local, rule: better_than_last_year, since: 2025Q1*}]
@
  - id: prem_svf_overall
    kind: mean
    scale: [0, 100]
    direction: higher
    measure:
      dataset: prem
      where: {enkat: svf, dimension: helhetsintryck}
      numerator: {sum: poang_summa}
      denominator: {sum: antal_svar}
    breakdowns: [{by: dimension}, {by: svf}]
    frequency: tertially
    minimum_denominator: 30
    tolerance: 5
    targets:
      - {level: local, rule: better_than_last_year, since: 2025Q1*}
      - {level: national, rule: ">=", value: 80, since: 2024Q1*}
@
  - id: bhk_compliance
    kind: proportion
    direction: higher
    measure: {dataset: bhk, numerator: {where: {alla_ratt: true}}, denominator: {}}
    breakdowns:
      - {by: profession}
      - by: item
        measure:
          dataset: bhk_moment
          numerator: {where: {ratt: true}}
          denominator: {}
    frequency: yearly
    measured_in: [Q1, Q4]
    minimum_denominator: 4
    tolerance: 0
    targets: [{level: national, rule: ">=", value: 75, since: 2025*}]
@
  - id: pressure_ulcers
    kind: proportion
    direction: lower
    measure:
      dataset: ppm
      where: {matning: trycksar}
      numerator: {sum: antal_uppfyller}
      denominator: {sum: antal_observerade}
    frequency: yearly
    minimum_denominator: 4
    tolerance: 10
    targets: [{level: local, rule: "<=", value: 50, since: 2024*}]
@
  - id: agreed_share
    kind: proportion
    direction: higher
    measure: {dataset: matningar}
    frequency: quarterly
    minimum_denominator: 5
    tolerance: 5
    targets: [{level: local, rule: ">=", value: 55, since: 2024*}]
@
  - id: inhabitants_rate
    kind: rate
    per: 1000
    averaged_over_time: [denominator]
    direction: lower
    measure: {dataset: matningar}
    frequency: half_yearly
    minimum_denominator: 50
    tolerance: 3
    targets: [{level: local, rule: "<=", value: 30, since: 2024*}]
@
  - id: staff
    kind: count
    averaged_over_time: [numerator]
    direction: higher
    measure: {dataset: matningar}
    frequency: half_yearly
    minimum_denominator: 1
    tolerance: 0
    targets: [{level: local, rule: ">=", value: 5, since: 2024*}]
@
  - id: events
    kind: count
    direction: lower
    measure: {dataset: matningar}
    frequency: quarterly
    minimum_denominator: 1
    tolerance: 2
    targets:
      - {level: local, rule: "<=", value: 6, since: 2024*}
      - {level: national, rule: better_than_last_year, since: 2024*}
@
  - id: dispensed
    kind: count
    direction: higher
    measure: {dataset: matningar}
    frequency: monthly
    minimum_denominator: 1
    tolerance: 1
    targets:
      - {level: local, rule: ">=", value: 12, since: 2024, length: year*}
      - {level: national, rule: "=", value: 5, since: 2024*}
@
  - id: reports
    kind: count
    direction: neutral
    lifecycle: under_development
    measure: {dataset: matningar}
    frequency: quarterly
    minimum_denominator: 5
    tolerance: 0
@
  - id: incidents
    kind: count
    direction: neutral
    measure: {dataset: matningar}
    breakdowns:
      - by: category
        categories: &categories
          fall: {sv: Fall, en: Falls}
          annat: {sv: Annat, en: Other}
    frequency: quarterly
    minimum_denominator: 5
    tolerance: 0
@
  - id: in_time
    kind: proportion
    direction: higher
    measure: {dataset: matningar}
    breakdowns: [{by: category, categories: *categories}]
    frequency: quarterly
    minimum_denominator: 5
    tolerance: 5
    targets: [{level: local, rule: ">=", value: 80, since: 2024*}]
@
  - id: step_taken
    kind: milestone
    direction: higher
    measure: {dataset: matningar}
    frequency: yearly
    minimum_denominator: 1
    tolerance: 0
    targets: [{level: local, rule: "=", value: 1, since: 2025*}]
@
  - id: step_done
    kind: milestone
    direction: higher
    measure: {dataset: matningar}
    frequency: once
    minimum_denominator: 1
    tolerance: 0
    targets:
      - {level: local, rule: "=", value: 1, since: 2024Q2, until: 2024Q4*}
      - {level: local, rule: "=", value: 1, since: 2025Q2, until: 2025Q3*}
      - {level: national, rule: "=", value: 1, since: 2026*}
@
  - id: share_moved
    kind: proportion
    direction: higher
    measure: {dataset: matningar}
    frequency: once
    minimum_denominator: 3
    tolerance: 20
    targets:
      - {level: local, rule: ">=", value: 70, since: 2025, until: 2025*}
      - {level: national, rule: ">=", value: 60, since: 2024Q3*}
@
  - id: prem_svf_rank
    kind: rank
    direction: lower
    measure: {dataset: kolada, kpi: N79178, statistic: rank}
    frequency: yearly
    minimum_denominator: 1
    tolerance: 1
    targets: [{level: local, rule: better_rank_than, value: 2, since: 2024*}]
@
  - id: prem_svf_value
    kind: mean
    direction: higher
    lifecycle: paused
    measure: {dataset: kolada, kpi: N79178, statistic: value}
    frequency: yearly
    minimum_denominator: 1
    tolerance: 0
""".replace("@", COMMON)
    + COMMON
).replace("*}", ", plan: plan_blekinge, section: a}")


# Writing what a region hands in.


def cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "J" if value else "N"
    return str(value).replace(".", ",") if isinstance(value, float) else str(value)


def write(folder: Path, name: str, header: str, rows: Iterable[Iterable[Any]]) -> None:
    path = folder / f"{name}.csv"
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, delimiter=";", lineterminator="\n")
        writer.writerow(header.split())
        writer.writerows([cell(one) for one in row] for row in rows)


def write_all(folder: Path, sources: Sources) -> None:
    write(
        folder,
        "enheter/enheter",
        "enhet_id namn typ overordnad giltig_fran giltig_till ersatt_av kolada_id",
        (
            (
                u.id,
                u.name,
                u.kind,
                u.parent,
                None if u.since == ref.OPEN else u.since,
                None if u.until == ref.FOREVER else u.until,
                u.successor,
                u.kolada,
            )
            for u in sources.units
        ),
    )
    own = [m for m in sources.maxima if m.is_own]
    if own:
        write(
            folder,
            "svf/ledtider",
            "svf avslut utokad_utredning max_dagar giltig_fran giltig_till",
            (
                (
                    m.svf,
                    m.ending,
                    m.is_extended,
                    m.days,
                    date(2000, 1, 1) if m.since == ref.OPEN else m.since,
                    None if m.until == ref.FOREVER else m.until,
                )
                for m in own
            ),
        )
    if sources.cases:
        write(
            folder,
            "svf/svf_fall",
            "fall_id enhet_id svf kva_start datum_valgrundad_misstanke datum_avslut"
            " kva_avslut utokad_utredning avvikelse kon alder",
            (
                (
                    c.id,
                    c.unit,
                    c.svf,
                    "VC010",
                    c.suspected,
                    c.ended,
                    c.code,
                    c.is_extended,
                    c.deviation,
                    c.sex,
                    c.age,
                )
                for c in sources.cases
            ),
        )
    if sources.inclusions:
        write(
            folder,
            "svf/svf_inklusion",
            "period enhet_id svf antal_svf_behandling beraknat_antal_cancerfall",
            (
                (r.period, r.unit, r.svf or "alla", r.treated, r.expected)
                for r in sources.inclusions
            ),
        )
    if sources.contacts:
        write(
            folder,
            "lakemedel/kontakter",
            "kontakt_id enhet_id datum vardform alder antal_lakemedel kon kva_kod"
            " lakemedelslista",
            (
                (
                    c.id,
                    c.unit,
                    c.day,
                    c.care_form,
                    c.age,
                    c.medicines,
                    c.sex,
                    " ".join(c.codes),
                    c.has_list,
                )
                for c in sources.contacts
            ),
        )
    if sources.surveys:
        write(
            folder,
            "prem/prem",
            "period enhet_id enkat dimension svf antal_svar poang",
            (
                (s.period, s.unit, s.survey, s.dimension, s.svf, s.answers, s.score)
                for s in sources.surveys
            ),
        )
    if sources.hygiene:
        write(
            folder,
            "bhk/bhk",
            "matdatum enhet_id yrkeskategori h1 h2 h3 h4 k1 k2 k3 k4",
            (
                (
                    h.day,
                    h.unit,
                    h.profession,
                    *("NA" if one is None else int(one) for one in h.items),
                )
                for h in sources.hygiene
            ),
        )
    if sources.prevalences:
        write(
            folder,
            "ppm/ppm",
            "matdatum enhet_id matning antal_observerade antal_uppfyller",
            (
                (p.day, p.unit, p.measured, p.observed, p.meeting)
                for p in sources.prevalences
            ),
        )
    if sources.reported:
        write(
            folder,
            "matningar/matningar",
            "indikator enhet_id period slag taljare namnare varde",
            (
                (
                    *(r.indicator, r.unit, r.period, r.slag),
                    *(r.numerator, r.denominator, r.value),
                )
                for r in sources.reported
            ),
        )
    if sources.public:
        write(
            folder,
            "kolada/kolada",
            "kpi kolada_region_id region year value",
            ((p.kpi, p.region, p.region, p.year, p.value) for p in sources.public),
        )


# Building, and comparing every outcome.

DETAILS = (
    "numerator",
    "denominator",
    "value",
    "lower",
    "upper",
    "target",
    "target_rule",
    "target_level",
    "status",
    "national_target",
    "national_status",
    "reason",
    "has_predecessors",
    "is_whole",
    "same_months_before",
    "reported_as",
    "reported_in",
    "ended_in",
    "ended_target",
    "ended_rule",
)


def built(folder: Path, sources: Sources) -> dict[ref.Key, dict[str, Any]]:
    """Return the outcomes of a build of files that hold these rows."""
    write_all(folder / "sources", sources)
    # A target may only be for a unit that there is.
    unit = max(one.id for one in sources.units).upper()
    written = DEFINITIONS.replace("SE2321000081-T000", unit)
    (folder / "indicators.yaml").write_text(written, encoding="utf-8")
    (folder / "activities.yaml").write_text("activities: []\n", encoding="utf-8")
    catalogue = load_catalogue(
        folder / "indicators.yaml",
        AS_OF,
        activities=folder / "activities.yaml",
        corrections=folder / "corrections.yaml",
    )
    found = find_files(folder / "sources")
    assert (found.unread, found.faults) == ([], [])
    shipped = REFERENCE / "ledtider.csv"
    found.files.append(describe(shipped, "reference/ledtider.csv", LEAD_TIMES))
    warehouse = folder / "warehouse.duckdb"
    why = "Slumpade rader, varav många avvisas"
    build(catalogue, found, warehouse, AS_OF, Steps(), why)
    names = ("indicator", "unit", "period", "by", "by_value", *DETAILS)
    columns = ", ".join(f'"{name}"' for name in names)
    with duckdb.connect(str(warehouse), read_only=True) as connection:
        rows = connection.execute(f"SELECT {columns} FROM outcome").fetchall()
    return {row[:5]: dict(zip(DETAILS, row[5:], strict=True)) for row in rows}


def expected(folder: Path, sources: Sources) -> dict[ref.Key, ref.Outcome]:
    definitions = load_definitions(folder / "indicators.yaml")
    maxima = (*sources.maxima, *strategies.shipped_maxima())
    return ref.outcomes_of(replace(sources, maxima=maxima), definitions, AS_OF)


def differences(sources: Sources) -> list[str]:
    """Build and return every detail in which build and reference differ."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        found, wanted = built(folder, sources), expected(folder, sources)
    said = [f"only in the reference: {key}" for key in sorted({*wanted} - {*found})]
    said += [f"only in the build: {key}" for key in sorted({*found} - {*wanted})]
    for key in sorted({*found} & {*wanted}):
        for name in DETAILS:
            one, other = found[key][name], getattr(wanted[key], name)
            if not is_same(one, other):
                said.append(f"{key} {name}: built {one!r}, reference {other!r}")
    return said


def is_same(one: Any, other: Any) -> bool:
    if one is None or other is None or isinstance(one, str | bool):
        return one == other
    return float(one) == pytest.approx(float(other), rel=1e-9, abs=1e-9)


@settings(
    max_examples=6,
    derandomize=True,
    suppress_health_check=list(HealthCheck),
    phases=[Phase.generate],  # shrinking would build for many minutes
)
@given(strategies.sources())
def test_build_and_reference_agree_on_every_outcome(sources):
    found = differences(sources)
    assert not found, "\n".join([f"{len(found)} differences", *found[:20]])


# One thing at a time: what random sources have shown to be easy to get wrong.

TOP = Unit(REGION, "Region", "region", None, kolada="0010")
ONE, OTHER, BELOW = unit_id(1), unit_id(2), unit_id(3)
NEW_YEAR, YEARS_END = date(2025, 1, 1), date(2024, 12, 31)


def clinic(unit, parent=REGION, **changes):
    return Unit(unit, "Klinik", "klinik", parent, **changes)


def agreed(period, *cells):
    return Reported("agreed_share", ONE, period, *cells)


def contacts(unit, day=date(2024, 5, 1)):
    return tuple(Contact(f"K{n}", unit, day, "oppen", 80, 6) for n in range(3))


def survey(period, answers, score):
    return Survey(period, ONE, "svf", "helhetsintryck", None, answers, score)


ALONE = {
    "a masked numerator takes its denominator with it": Sources(
        (TOP, clinic(ONE)),
        reported=(agreed("2025Q1", 5, 10), agreed("2025Q2", MASKED, 100)),
    ),
    "a masked denominator takes its numerator with it": Sources(
        (TOP, clinic(ONE)),
        reported=(agreed("2025-01", 9, MASKED), agreed("2025-02", 5, 5)),
    ),
    "a value without a numerator adds nothing to the sums": Sources(
        (TOP, clinic(ONE)),
        reported=(agreed("2025Q1", 5, 10), agreed("2025Q2", None, 100, 80)),
    ),
    "a reported value is a report and no missing unit": Sources(
        (TOP, clinic(ONE)), reported=(Reported("step_taken", ONE, "2025", value=1),)
    ),
    "no known cases beside masked ones are not called no cases": Sources(
        (TOP, clinic(ONE)),
        prevalences=(
            Prevalence(date(2025, 1, 2), ONE, "trycksar", 0, 0),
            Prevalence(date(2025, 2, 2), ONE, "trycksar", MASKED, MASKED),
        ),
    ),
    "a stock is not doubled when the unit is renamed": Sources(
        (
            TOP,
            clinic(ONE, until=date(2025, 6, 30)),
            clinic(ONE, since=date(2025, 7, 1)),
        ),
        reported=tuple(Reported("staff", ONE, f"2025Q{n}", 10) for n in (1, 2, 3, 4)),
    ),
    "a merged unit brings the history of the units that were below it": Sources(
        (
            TOP,
            clinic(ONE, until=YEARS_END, successor=OTHER),
            clinic(OTHER),
            clinic(BELOW, ONE, until=YEARS_END),
            clinic(BELOW, OTHER, since=NEW_YEAR),
        ),
        contacts=contacts(BELOW),
    ),
    "a region may be replaced by another": Sources(
        (
            Unit(REGION, "Före", "region", None, until=YEARS_END, successor=NEIGHBOUR),
            Unit(NEIGHBOUR, "Efter", "region", None, since=NEW_YEAR),
        ),
        contacts=contacts(REGION),
    ),
    "a unit that has closed has nothing to report of a later year": Sources(
        (TOP, clinic(ONE, until=date(2024, 3, 31)), clinic(OTHER)),
        reported=(agreed("2025Q3", 5, 10), agreed("2024Q1", 5, 10)),
    ),
    "a unit that closes within a period still counts in it": Sources(
        (TOP, clinic(ONE, until=date(2025, 2, 10))), reported=(agreed("2025Q1", 5, 10),)
    ),
    "the same mean as last year is not better, however it is rounded": Sources(
        (TOP, clinic(ONE)),
        surveys=(survey("2024Q1", 37, 83.4), survey("2025Q1", 53, 83.4)),
    ),
}


@pytest.mark.parametrize("sources", ALONE.values(), ids=ALONE.keys())
def test_build_and_reference_agree_on(sources):
    assert differences(sources) == []
