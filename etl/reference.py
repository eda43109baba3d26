"""Pages made from the definitions, so that readers and editors never see old ones."""

import json
from collections.abc import Mapping
from pathlib import Path

from etl import settings
from etl.mappings.read import schema_of_mappings
from etl.plan_lines import load_plan_lines, plans_page
from etl.sources import LAYOUTS
from etl.sources.layout import Field
from kpi.activities import load_activities
from kpi.datasets import DATASETS
from kpi.definitions import Definitions, Indicator, load_definitions
from kpi.measures import Aggregate, Condition, KoladaMeasure, RowsMeasure, Where
from kpi.model import Text
from kpi.region import region_schema
from kpi.targets import Target
from kpi.vocabulary import REGION_NAMES, Level

DOCS = Path("docs")
_NOTE = "<!-- Made from the definitions by `python -m etl docs`; do not edit. -->"
_AREAS = {
    "cancer": "Cancer",
    "medicines": "Läkemedel / Medicines",
    "patient_safety": "Patientsäkerhet / Patient safety",
}


def pages(definitions_path: Path) -> dict[Path, str]:
    """Return every generated page and what it should say.

    Raises:
        DefinitionError: the definitions have faults, or a line of a plan is lost.
    """
    definitions = load_definitions(definitions_path)
    return {
        DOCS / "indicators.md": _indicators(definitions),
        DOCS / "datasets.md": _datasets(),
        DOCS / "plans.md": _plans(),
        DOCS / "indicators.schema.json": _written(
            Definitions.model_json_schema(by_alias=True)
        ),
        DOCS / "mappings.schema.json": _written(schema_of_mappings()),
        DOCS / "region.schema.json": _written(region_schema()),
    }


def write_pages(definitions_path: Path) -> list[Path]:
    """Write the generated pages and return their paths."""
    written = pages(definitions_path)
    DOCS.mkdir(exist_ok=True)
    for path, content in written.items():
        path.write_text(content, encoding="utf-8")
    return list(written)


def stale_pages(definitions_path: Path) -> list[Path]:
    """Return the generated pages that do not say what the definitions say."""
    return [
        path
        for path, content in pages(definitions_path).items()
        if not path.exists() or path.read_text(encoding="utf-8") != content
    ]


def _plans() -> str:
    # Of the plans' own catalogue, whatever definitions the other pages are of.
    definitions = load_definitions(settings.ROOT / settings.DEFINITIONS)
    activities = load_activities(settings.REFERENCE / "activities.yaml", definitions)
    lines = load_plan_lines(settings.REFERENCE / "plan_lines.csv", activities)
    page = plans_page(lines, activities, definitions)
    return "\n".join([_NOTE, *page]) + "\n"


def _written(schema: Mapping[str, object]) -> str:
    return json.dumps(schema, ensure_ascii=False, indent=1) + "\n"


def _indicators(definitions: Definitions) -> str:
    lines = [
        _NOTE,
        "# Indikatorer / Indicators",
        "",
        f"{len(definitions.indicators)} indikatorer ur {len(definitions.plans)} "
        "planer. Swedish first, English in italics.",
        "",
        "| Plan | Id | Region | Gäller |",
        "| --- | --- | --- | --- |",
    ]
    lines += [
        f"| {plan.title.sv} | `{plan.id}` | {REGION_NAMES[plan.region]} | "
        f"{plan.valid or ''} |"
        for plan in definitions.plans
    ]
    lines += ["", _reviews(definitions), "", _own_measures(definitions)]
    regions = {plan.id: REGION_NAMES[plan.region] for plan in definitions.plans}
    area = None
    for indicator in definitions.indicators:
        if indicator.area != area:
            area = indicator.area
            lines += ["", f"## {_AREAS[area]}"]
        lines += ["", *_indicator(indicator, regions)]
    return "\n".join(lines) + "\n"


def _reviews(definitions: Definitions) -> str:
    every = definitions.indicators
    missing = sum(indicator.review is None for indicator in every)
    return (
        f"{missing} av {len(every)} definitioner är inte granskade. "
        f"*{missing} of {len(every)} definitions are not reviewed.*"
    )


def _own_measures(definitions: Definitions) -> str:
    names = ", ".join(
        f"`{indicator.id}`" for indicator in definitions.indicators if indicator.own
    )
    return (
        f"Målbilds egna, som ingen plan har / Målbild's own, in no plan: {names}. "
        "Den region som inte vill ha ett av dem skriver `switched_off: [id]` i "
        "`data/region.yaml`."
    )


def _indicator(indicator: Indicator, regions: Mapping[str, str]) -> list[str]:
    rows = [
        ("Varför", f"{indicator.why.sv} *{indicator.why.en}*"),
        ("Täljare", f"{indicator.numerator.sv} *{indicator.numerator.en}*"),
    ]
    if indicator.denominator:
        rows.append(
            ("Nämnare", f"{indicator.denominator.sv} *{indicator.denominator.en}*")
        )
    plans = "<br>".join(
        f"`{place.plan}` {place.section}: ”{place.quotation}”"
        for place in indicator.plans
    )
    rows.append(("Hör till" if indicator.own else "Planen skriver", plans))
    if indicator.own:
        rows.append(("Målbilds egen definition", _both(indicator.own)))
    rows += [("Valt här", _both(part)) for part in indicator.chosen_here]
    if indicator.internal_control:
        place = indicator.internal_control
        rows.append(("Internkontroll", f"{place.section}: ”{place.quotation}”"))
    if indicator.responsible:
        rows.append(("Ansvar", _both(indicator.responsible)))
    rows += [
        ("Slag", _kind(indicator)),
        ("Räknas", _counted(indicator)),
        ("Mäts", _measured(indicator)),
        (
            "Visas",
            f"minst {indicator.minimum_denominator} i nämnaren; "
            f"enheter: {', '.join(indicator.unit_kinds)}",
        ),
        (
            "Mål",
            "<br>".join(_target(target, regions) for target in indicator.targets)
            or "inget",
        ),
    ]
    if indicator.tolerance:
        within = f"inom {indicator.tolerance:g}; regionens egen gräns, inte planens"
        rows.append(("Nära målet", within))
    if indicator.chart:
        rows.append(("Styrdiagram", indicator.chart))
    if indicator.benchmark:
        last = (
            f", till {indicator.benchmark.last_year}"
            if indicator.benchmark.last_year
            else ""
        )
        note = indicator.benchmark.note
        caveat = f". {_both(note)}" if note else ""
        rows.append(("Jämförs med", f"Kolada {indicator.benchmark.kpi}{last}{caveat}"))
    rows += [
        ("Brott", f"{b.since}: {b.text.sv} *{b.text.en}*") for b in indicator.breaks
    ]
    if indicator.notes:
        swedish = " ".join(note.sv for note in indicator.notes)
        english = " ".join(note.en for note in indicator.notes)
        rows.append(("Att veta", f"{swedish} *{english}*"))
    if review := indicator.review:
        when = f"senast {review.reviewed}, nästa {review.next_review}"
        rows.append(("Granskas", f"{review.owner.sv}; {when}"))
    return [
        f"### {indicator.name.sv}",
        "",
        f"`{indicator.id}` · *{indicator.name.en}*",
        "",
        "| | |",
        "| --- | --- |",
        *(f"| {label} | {_cell(text)} |" for label, text in rows),
    ]


def _cell(text: str) -> str:
    return " ".join(text.replace("|", "\\|").split())


def _both(words: Text) -> str:
    return f"{words.sv} *{words.en}*"


def _kind(indicator: Indicator) -> str:
    if not indicator.is_decided:
        return "inte bestämt"
    return f"{indicator.kind}, {indicator.unit.sv}; riktning {indicator.direction}"


def _measured(indicator: Indicator) -> str:
    if not indicator.is_decided:
        return str(indicator.lifecycle)
    quarters = f" ({', '.join(indicator.measured_in)})" if indicator.measured_in else ""
    return f"{indicator.frequency}{quarters}; {indicator.lifecycle}"


def _target(target: Target, regions: Mapping[str, str]) -> str:
    value = "" if target.value is None else f" {target.value:g}"
    if target.stretch is not None:
        value += f", gärna {target.stretch:g}"
    only = "".join(
        f", {what} {which}"
        for what, which in (("svf", target.svf), ("enhet", target.unit))
        if which
    )
    whose = "" if target.level is Level.NATIONAL else f" {regions[target.plan]}"
    return (
        f"{target.level}{whose} {target.rule}{value}{only}, {target.held} "
        f"(`{target.plan}` {target.section})"
    )


def _counted(indicator: Indicator) -> str:
    measure = indicator.measure
    if measure is None:
        return "ännu inte"
    if isinstance(measure, KoladaMeasure):
        return f"`kolada` {measure.kpi}, {measure.statistic}"
    if not isinstance(measure, RowsMeasure):
        slag = ", ".join(f"`{name}`" for name in indicator.categories)
        return f"`matningar`; per category, `slag`: {slag}" if slag else "`matningar`"
    sentence = f"`{measure.dataset}`"
    if measure.where:
        sentence += f" där {_where(measure.where)}"
    sentence += f"; täljare: {_aggregate(measure.numerator)}"
    if measure.denominator:
        sentence += f"; nämnare: {_aggregate(measure.denominator)}"
    if indicator.breakdowns:
        sentence += f"; per {', '.join(part.by for part in indicator.breakdowns)}"
    return sentence


def _aggregate(aggregate: Aggregate) -> str:
    what = f"summan av `{aggregate.sum}`" if aggregate.sum else "antal rader"
    return f"{what} där {_where(aggregate.where)}" if aggregate.where else what


def _where(where: Where) -> str:
    return " och ".join(
        f"`{name}` {_condition(condition)}" for name, condition in where.items()
    )


def _condition(condition: object) -> str:
    if not isinstance(condition, Condition):
        return f"= {json.dumps(condition, ensure_ascii=False)}"
    keys = condition.model_dump(by_alias=True, exclude_none=True)
    return ", ".join(f"{key} {value}" for key, value in keys.items())


def _datasets() -> str:
    lines = [
        _NOTE,
        "# Datasets",
        "",
        "What source files may hold, and what conditions in `indicators.yaml` may "
        "refer to.",
        "",
        "Headings are known whatever their case, accents and spaces: `Överordnad` is "
        "`overordnad`, `Enhet ID` is `enhet_id`. Cells may hold what people write, "
        "where it can mean one thing only:",
        "",
        "- a code in words: `Ja` and `Nej`, `Kvinna` and `Man`, `Strålning`, a pathway "
        "by its name in `data/reference/svf.csv`, and the words in brackets below;",
        "- a date as `2026-03-18`, `20260318`, `18.3.2026`, `18 mars 2026` or "
        "`2026/3/18`, with or without a time; `18/3/2026` where some date of the file "
        "shows which of its numbers is the day, since `3/4/2026` alone does not;",
        "- a period as `2026Q3`, `2026-03`, `2026T1`, `2026H1` or `2026`, and as "
        "`kv 3 2026`, `tertial 1 2026`, `halvår 1 2026`, `helår 2026`, `mars 2026`, "
        "`jan-26` or `202603`; `2026-3` may be a month or a quarter, and is asked "
        "about.",
        "",
        "`python -m etl template ppm` writes a workbook with the headings of `ppm`, to "
        "be filled in by hand.",
    ]
    for layout in LAYOUTS:
        lines += [
            "",
            f"## {layout.dataset}",
            "",
            f"Files: `{layout.pattern.replace('.*', '*')}` "
            f"({', '.join(layout.suffixes)}). "
            + (f"One row per {', '.join(layout.key)}." if layout.key else ""),
            "",
            "| column | read as | required | value needed | codes or bounds |",
            "| --- | --- | --- | --- | --- |",
        ]
        for field in layout.fields:
            codes = ", ".join(_code(field, code) for code in field.codes)
            bounds = codes or _bounds(field.lowest, field.highest)
            bounds = bounds or field.about
            lines.append(
                f"| {field.name} | {field.type} | {'yes' if field.is_required else ''} "
                f"| {'yes' if field.needs_value else ''} | {bounds} |"
            )
        if layout.observation:
            lines += [
                "",
                f"A file with `tillagg` in its name only adds: it needs "
                f"`{layout.observation}` in every row, and replaces rows with the same "
                "one. Rows of the same unit and month that have none are replaced, as "
                "they might be the same.",
            ]
        dataset = DATASETS.get(layout.dataset)
        if dataset:
            lines += ["", "Conditions may refer to:", ""]
            lines += [
                f"- `{name}` ({column.type}): {column.meaning}"
                + (", worked out when the file is read" if column.is_derived else "")
                for name, column in dataset.columns.items()
            ]
        if dataset and dataset.dimensions:
            named = ", ".join(f"`{name}`" for name in dataset.dimensions)
            lines += ["", f"Dimensions: {named}."]
        for name in dataset.own_total_columns if dataset else ():
            lines += [
                "",
                f"A row without `{name}`, or of `alla`, is a total of the unit's own. "
                "Where its file has one of any of the same months, the unit's parts "
                "are not added up: the total goes before their sum.",
            ]
    return "\n".join(lines) + "\n"


def _code(field: Field, code: str) -> str:
    """Return a code with what people write for it."""
    names = ", ".join(field.names.get(code, ()))
    return f"{code} ({names})" if names else code


def _bounds(lowest: float | None, highest: float | None) -> str:
    if lowest is None and highest is None:
        return ""
    parts = ("" if bound is None else f"{bound:g}" for bound in (lowest, highest))
    return "–".join(parts)
