"""What a cell of a template may hold: what can be chosen, and how it is written."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from etl.folding import folded
from etl.sources.hygiene import MAY_NOT_APPLY
from etl.sources.layout import Field, FieldType, Layout
from kpi.definitions import Indicator
from kpi.measures import ReportedMeasure
from kpi.vocabulary import NATION, REGION_NAMES, DatasetName, Rejection


@dataclass(frozen=True, slots=True)
class UnitLine:
    """A unit as the template lists it.

    Attributes:
        id: Its HSA-id.
        name: Of the unit.
        kind: `kpi.model.UnitKind`.
        above: Name of the unit above; empty for the region, and where it is not known.
    """

    id: str
    name: str
    kind: str
    above: str


@dataclass(frozen=True, slots=True)
class Ground:
    """What templates are made for.

    Attributes:
        units: Those in force, in the order of the tree; empty if they are not known.
        pathways: The known slugs of `svf`, and the names of each.
        indicators: Every indicator of the region.
    """

    units: Sequence[UnitLine]
    pathways: Mapping[str, tuple[str, ...]]
    indicators: Sequence[Indicator]

    @property
    def reported(self) -> list[Indicator]:
        """The indicators whose rows somebody counts before they are handed in."""
        return [
            indicator
            for indicator in self.indicators
            if isinstance(indicator.measure, ReportedMeasure)
        ]


def choices(layout: Layout, field: Field, ground: Ground) -> list[str]:
    """Return what can be chosen in a column, in order; empty if it is no choice."""
    match field.type:
        case FieldType.UNIT:
            return [unit.id for unit in ground.units]
        case FieldType.YES_NO:
            return ["Ja", "Nej"]
        case FieldType.ITEM:
            return ["1", "0", *(["NA"] if field.name in MAY_NOT_APPLY else [])]
        case FieldType.CODE:
            listed: list[str] = []
            for code in field.codes:
                listed += _pathways(ground) if code == "@svf" else [code]
            return listed
    if (layout.dataset, field.name) == (DatasetName.REPORTED, "indikator"):
        return [indicator.id for indicator in ground.reported]
    if (layout.dataset, field.name) == (DatasetName.KOLADA, "kolada_region_id"):
        return [NATION, *REGION_NAMES]
    return []


def _pathways(ground: Ground) -> list[str]:
    """Return the pathways by name, but for names that several have."""
    firsts = {slug: (*names, slug)[0] for slug, names in ground.pathways.items()}
    number = Counter(folded(name) for name in firsts.values())
    return [
        name if number[folded(name)] == 1 else slug for slug, name in firsts.items()
    ]


_ALWAYS, _SOMETIMES, _NEVER = "Ja", "Ibland", "Nej"


def needed(layout: Layout, field: Field) -> str:
    """Return whether a cell must be filled in, in a word."""
    if field.needs_value:
        return _ALWAYS
    conditions = [
        fault.when
        for fault in layout.faults
        if fault.reason is Rejection.MISSING_VALUE and fault.column == field.name
    ]
    if f"text_{field.name} IS NULL" in conditions:
        return _ALWAYS
    return _SOMETIMES if conditions else _NEVER


def must_be_filled(layout: Layout, field: Field) -> bool:
    """Say whether every row must have a value in the column."""
    return needed(layout, field) == _ALWAYS


def form(field: Field, listed: Sequence[str]) -> str:
    """Return how a cell of a column is written.

    Args:
        field: Of the layout.
        listed: What can be chosen, if anything.
    """
    words = _FORMS.get(field.type, "Text")
    bounds = _bounds(field)
    parts = [f"{words}{bounds}"]
    if field.type is FieldType.UNIT:
        parts = ["Ett id på bladet Enheter" if listed else "Ett HSA-id"]
    elif listed and field.type in (FieldType.TEXT, FieldType.CODE):
        parts = [f"Ett av {len(listed)} värden på bladet Värden"]
    if field.may_be_masked:
        parts.append("MSK om talet finns men inte får lämnas ut")
    if field.type is FieldType.DATE and not field.may_be_future:
        parts.append("inte i framtiden")
    return "; ".join(parts)


_FORMS = {
    FieldType.TEXT: "Text",
    FieldType.WORDS: "KVÅ-koder, till exempel XV015",
    FieldType.DATE: "Datum, till exempel 2026-03-18",
    FieldType.PERIOD: "Månad 2026-03, kvartal 2026Q1, tertial 2026T1, halvår 2026H1 "
    "eller år 2026",
    FieldType.INTEGER: "Heltal",
    FieldType.NUMBER: "Tal, gärna med decimaler",
    FieldType.YES_NO: "Ja eller Nej",
    FieldType.ITEM: "1 eller 0",
}


def _bounds(field: Field) -> str:
    if field.lowest is None and field.highest is None:
        return ""
    if field.highest is None:
        return f", minst {field.lowest:g}"
    return f", {field.lowest or 0:g}–{field.highest:g}"
