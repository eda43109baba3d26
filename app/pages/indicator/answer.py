"""`/api/v1/indicators`: every indicator's definition."""

from app.api.answer import Answer, Record
from app.api.named import chosen_build
from app.pages.indicator.fields import INDICATORS
from app.queries.builds import Build
from app.queries.definitions import definitions
from app.queries.reader import Reader
from kpi.definitions import Indicator
from kpi.model import Text


def indicators(reader: Reader, build_id: str | None) -> Answer:
    """Return the definitions a build was made with."""
    reader = chosen_build(reader, build_id)
    build = reader.build
    defined = definitions(reader).indicators
    records = (_indicator(one, build) for one in defined)
    return Answer("indicators", build, INDICATORS, records)


def _indicator(one: Indicator, build: Build) -> Record:
    return {
        "id": one.id,
        **_in_both_languages("name", one.name),
        "area": one.area,
        "kind": str(one.kind),
        **_in_both_languages("unit", one.unit),
        "decimals": one.decimals,
        "per": one.per,
        "direction": str(one.direction),
        "lifecycle": str(one.lifecycle),
        "frequency": one.frequency,
        **_in_both_languages("numerator", one.numerator),
        **_in_both_languages("denominator", one.denominator),
        **_in_both_languages("why", one.why),
        **_in_both_languages("responsible", one.responsible),
        "minimum_denominator": one.minimum_denominator,
        "tolerance": one.tolerance,
        "dataset": one.measure.dataset if one.measure else None,
        "benchmark": one.benchmark.kpi if one.benchmark else None,
        "by": [breakdown.by for breakdown in one.breakdowns],
        "plans": [plan.model_dump(mode="json") for plan in one.plans],
        "targets": [target.model_dump(mode="json") for target in one.targets],
        "build": build.build_id,
    }


def _in_both_languages(name: str, words: Text | None) -> Record:
    return {
        name: words.sv if words else None,
        f"{name}_en": words.en if words else None,
    }
