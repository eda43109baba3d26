"""Definitions, outcomes and warehouses that are fine but for the changes."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import insert

from app.queries.outcomes import OutcomeRow
from etl.judge.verdicts import judge
from kpi import schema
from kpi.definitions import Definitions, Indicator
from kpi.period import Period
from kpi.tables import unit_key
from kpi.warehouse import Warehouse, draft_engine

REGION = "SE2321000081-DEMO001"
HOSPITAL = "SE2321000081-DEMO010"
CLINIC = "SE2321000081-DEMO020"
SECOND_CLINIC = "SE2321000081-DEMO021"
ENDED_CLINIC = "SE2321000081-DEMO029"
BUILD = "b0001"
OPEN, NEVER_ENDS = date(1, 1, 1), date(9999, 12, 31)

PLAN = {
    "id": "cancer_blekinge",
    "title": {"sv": "Aktivitetsplan cancer", "en": "Cancer plan"},
    "region": "0010",
    "valid": "2024–2026",
}


def words(swedish: str) -> dict[str, str]:
    return {"sv": swedish, "en": f"{swedish} (en)"}


def target(**changes: Any) -> dict[str, Any]:
    fine = {
        "level": "local",
        "rule": ">=",
        "value": 55.0,
        "since": "2026Q1",
        "plan": "cancer_blekinge",
        "section": "Mål 5",
    }
    return fine | changes


def indicator(**changes: Any) -> Indicator:
    fine: dict[str, Any] = {
        "id": "svf_lead_time",
        "name": words("Ledtid i vårdförlopp"),
        "why": words("Ingen ska vänta i onödan."),
        "plans": [
            {
                "plan": "cancer_blekinge",
                "section": "Mål 5",
                "quotation": "Lokalt ledtidsmål 55% 2026",
            }
        ],
        "area": "cancer",
        "responsible": words("LPO cancer"),
        "numerator": words("Förlopp inom maximal ledtid"),
        "denominator": words("Alla avslutade förlopp"),
        "kind": "proportion",
        "unit": words("%") | {"en": "%"},
        "decimals": 1,
        "direction": "higher",
        "measure": {
            "dataset": "svf_fall",
            "numerator": {"where": {"inom_max": True}},
            "denominator": {"where": {"ingar_i_ledtid": True}},
        },
        "breakdowns": [{"by": "svf"}, {"by": "sex"}],
        "frequency": "quarterly",
        "unit_kinds": ["region", "sjukhus", "klinik"],
        "minimum_denominator": 5,
        "tolerance": 5.0,
        "targets": [
            target(level="national", value=80.0, since="2015"),
            target(),
        ],
        "benchmark": {"kpi": "N79198", "name": words("Ledtid i SVF")},
        "breaks": [{"since": "2025Q2", "text": words("Nytt journalsystem")}],
        "review": {
            "owner": words("Analysenheten"),
            "reviewed": date(2026, 1, 15),
            "next_review": date(2027, 1, 15),
        },
    }
    return Indicator.model_validate(fine | changes)


def yearly(**changes: Any) -> Indicator:
    """Return an indicator that has data in year periods only."""
    fine: dict[str, Any] = {
        "id": "prem_svf_rank",
        "name": words("Nationell placering"),
        "kind": "rank",
        "unit": words("placering"),
        "decimals": 0,
        "direction": "lower",
        "denominator": None,
        "measure": {"dataset": "kolada", "kpi": "N79178", "statistic": "rank"},
        "breakdowns": [],
        "frequency": "yearly",
        "unit_kinds": ["region"],
        "minimum_denominator": 1,
        "tolerance": 0.0,
        "targets": [target(rule="better_rank_than", value=20.0, since="2025")],
        "benchmark": None,
        "breaks": [],
    }
    return indicator(**(fine | changes))


def outcome(**changes: Any) -> OutcomeRow:
    """Return an outcome; first and last month follow the period."""
    fine: dict[str, Any] = {
        "indicator": "svf_lead_time",
        "unit": REGION,
        "period": "2026Q3",
        "by": "",
        "by_value": "",
        "numerator": 42.0,
        "denominator": 100.0,
        "value": 42.0,
        "lower": 32.8,
        "upper": 51.8,
        "target": 55.0,
        "target_rule": ">=",
        "target_level": "local",
        "status": "not_met",
        "national_target": 80.0,
        "national_rule": ">=",
        "national_status": "not_met",
        "reason": None,
        "units_reporting": 2,
        "units_expected": 2,
        "has_predecessors": False,
        "is_whole": True,
        "same_months_before": None,
        "reported_as": None,
    }
    row = fine | changes
    period = Period.parse(row["period"])
    place = {
        "period_kind": str(period.kind),
        "first_month": period.first,
        "last_month": period.last,
    }
    return OutcomeRow(**(place | row))


def hidden(**changes: Any) -> OutcomeRow:
    """Return an outcome without a value."""
    nothing = dict.fromkeys(
        ("numerator", "denominator", "value", "lower", "upper", "is_whole")
    )
    fine = {"status": "not_reported", "reason": "not_reported"}
    return outcome(**(nothing | fine | changes))


def unit(unit_id: str, name: str, kind: str, **changes: Any) -> dict[str, Any]:
    fine = {
        "build_id": BUILD,
        "unit_id": unit_id,
        "name": name,
        "kind": kind,
        "parent_id": None,
        "valid_from": OPEN,
        "valid_to": NEVER_ENDS,
        "replaced_by": None,
        "kolada_id": None,
        "is_current": True,
        "tree_order": 0,
        "depth": 0,
    }
    return fine | changes


UNITS = (
    unit(REGION, "Region Demo", "region", kolada_id="0010"),
    unit(HOSPITAL, "Sjukhuset", "sjukhus", parent_id=REGION, tree_order=1, depth=1),
    unit(CLINIC, "Kirurgkliniken", "klinik", parent_id=HOSPITAL, tree_order=2, depth=2),
    unit(
        SECOND_CLINIC,
        "Kvinnokliniken",
        "klinik",
        parent_id=HOSPITAL,
        tree_order=3,
        depth=2,
    ),
    unit(
        ENDED_CLINIC,
        "Gamla kliniken",
        "klinik",
        parent_id=HOSPITAL,
        tree_order=4,
        depth=2,
        valid_to=date(2024, 12, 31),
        replaced_by=CLINIC,
    ),
)


def benchmark(**changes: Any) -> dict[str, Any]:
    fine = {
        "build_id": BUILD,
        "indicator": "svf_lead_time",
        "kpi": "N79198",
        "kolada_region_id": "0000",
        "region": "Riket",
        "year": 2025,
        "value": 47.0,
        "rank": None,
        "regions": 21,
    }
    return fine | changes


def build(**changes: Any) -> dict[str, Any]:
    fine = {
        "build_id": BUILD,
        "sequence": 1,
        "schema_version": schema.VERSION,
        "built_at": datetime(2026, 11, 1, 6, 15),  # noqa: DTZ001
        "as_of": date(2026, 11, 1),
        "first_month": Period.parse("2022Q1").first,
        "last_month": Period.parse("2026Q3").last,
        "is_demo": True,
    }
    return fine | changes


def warehouse(
    folder: Path,
    outcomes: Iterable[OutcomeRow] = (),
    indicators: Iterable[Indicator] = (),
    benchmarks: Iterable[Mapping[str, Any]] = (),
    units: Iterable[Mapping[str, Any]] = UNITS,
    builds: Iterable[Mapping[str, Any]] = (),
    plans: Iterable[Any] = (PLAN,),
    templates: Mapping[str, bytes] = {},
) -> Warehouse:
    """Write a warehouse with these rows and open it.

    Without indicators it has `indicator()` and `yearly()`.
    """
    path = folder / "warehouse.duckdb"
    definitions = Definitions.model_validate(
        {
            "plans": list(plans),
            "indicators": list(indicators) or [indicator(), yearly()],
        }
    )
    content = [
        {
            "build_id": BUILD,
            "name": "indicators",
            "content": definitions.model_dump_json(by_alias=True),
        }
    ]
    stored = [{"build_id": BUILD} | row._asdict() for row in outcomes]
    of_units = [
        row | {"unit_key": unit_key(row["unit"])} for row in stored if row["by"] == ""
    ]
    published = list(builds) or [build()]
    engine = draft_engine(path, memory_limit="1GB", threads=1)
    with engine.begin() as connection:
        schema.create_tables(connection)
        for table, rows in (
            (schema.build, published),
            (schema.definition, content),
            (schema.unit, list(units)),
            (schema.outcome, stored),
            (schema.unit_outcome, of_units),
            (schema.benchmark, list(benchmarks)),
            (
                schema.template,
                [
                    {"dataset": name, "content": book}
                    for name, book in templates.items()
                ],
            ),
        ):
            if rows:
                connection.execute(insert(table), rows)
        for one in published:
            judge(connection, one["build_id"], definitions, one["as_of"])
    engine.dispose()
    return Warehouse(path)
