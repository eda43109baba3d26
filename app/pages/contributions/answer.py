"""`/api/v1/contributions`: what the page of contributions shows."""

from collections.abc import Iterator

from flask import Response, jsonify, request

from app.api.answer import Answer, Record, whole
from app.api.faults import RequestFault
from app.api.named import named_indicator, named_unit
from app.api.parameters import Given, given_of
from app.api.respond import as_table, conditional
from app.outcome.ways import can_be_split
from app.pages.contributions.fields import OF_CONTRIBUTIONS, PARTS
from app.pages.contributions.find import contributions_in
from app.pages.contributions.found import Asked, Found, ways_of
from app.pages.contributions.parts import FEW, Part, estimate_of
from app.pages.contributions.words import Names, evidence_of
from app.queries.cells import OWN, UNIT, UNKNOWN
from app.queries.definitions import pathway_names
from app.queries.frame import Frame, read_frame
from app.queries.reader import Reader, open_reader
from app.words.language import gettext as _
from kpi.counted import Counted
from kpi.datasets import DIMENSIONS
from kpi.warehouse import Warehouse


def answer_contributions(warehouse: Warehouse, is_csv: bool = False) -> Response:
    """Answer a request for the parts that a gap or a change comes from.

    Raises:
        RequestFault: a parameter is not what it should be, or names nothing known.
    """
    given = given_of(request.args, OF_CONTRIBUTIONS)
    with open_reader(warehouse) as reader:
        frame = read_frame(reader)
        found = _found(reader, frame, given)
        pathways = pathway_names(reader)
    build_id = frame.build.build_id
    named = _parts(found, Names(frame.units, pathways))
    parts = (one | {"build": build_id} for one in named)
    if is_csv:
        answer = Answer("contributions", frame.build, PARTS, parts)
        response = as_table(answer, "contributions.csv")
    else:
        head = {"build": build_id, "is_demo": frame.build.is_demo}
        response = jsonify(head | _whole(found) | {"parts": list(parts)})
    return conditional(response, frame.build)


def _found(reader: Reader, frame: Frame, given: Given) -> Found:
    indicator = named_indicator(frame, given["indicator"])
    unit = named_unit(frame, given["unit"])
    where = {name: given[name] for name in DIMENSIONS if given[name]}
    ways = ways_of(indicator) if can_be_split(indicator) else ()
    for name, way in [*((one, one) for one in where), ("by", given["by"])]:
        if ways and way and way not in ways:
            expected = _("någon av {limits}").format(limits=", ".join(ways))
            raise RequestFault(name, way, expected)
    found = contributions_in(
        reader,
        frame,
        Asked(
            indicator.in_region(frame.units.kolada_id(unit.unit_id)),
            unit,
            given["period"] or frame.build.latest_quarter(),
            given["since"],
            given["by"],
            where,
        ),
    )
    if given["since"] and found.row and not found.is_since_asked:
        expected = _("en tidigare period med utfall, av samma längd")
        raise RequestFault("since", str(given["since"]), expected)
    return found


def _whole(found: Found) -> Record:
    asked, split, aim = found.asked, found.split, found.target_row
    gap, change = (split.gap, split.change) if split else (None, None)
    is_gap = gap is not None and aim is not None
    return {
        "indicator": asked.indicator.id,
        "unit": asked.unit.unit_id,
        "period": found.row.period if found.row else str(asked.period),
        "since": found.before.period if found.before else None,
        "by": asked.by,
        "where": dict(asked.where),
        "why": found.why,
        "target": aim.target if is_gap else None,
        "target_rule": aim.target_rule if is_gap else None,
        "cases": float(split.cases) if split else None,
        "whole_cases": gap.whole_cases if gap else None,
        "rate": float(change.cases * change.rate) if change else None,
        "mix": float(change.cases * change.mix) if change else None,
        **_counts(found, split.now if split else None),
        **_before(found, split.before if split else None),
        "pooled": split.pooled if split else None,
        "not_reported": [one.unit_id for one in found.silent],
    }


def _parts(found: Found, names: Names) -> Iterator[Record]:
    split = found.split
    for one in split.parts if split else ():
        kind = _kind(found, one)
        yield {
            "part": one.name if kind == "part" else "",
            "part_kind": kind,
            "name": str(names.part(found.asked, one.name, split.pooled)),
            "cases": float(one.cases),
            "whole_cases": one.whole_cases,
            "rate": None if one.rate is None else float(one.rate),
            "mix": None if one.mix is None else float(one.mix),
            "cumulative_share": one.cumulative_share,
            **_counts(found, one.now),
            **_before(found, one.before),
            "evidence": evidence_of(found, one.now) if split.gap else None,
        }


def _kind(found: Found, part: Part) -> str:
    if part.name == FEW:
        return "few"
    if found.asked.by == UNIT:
        return "own" if part.name in (OWN, found.asked.unit.unit_id) else "part"
    return "unknown" if part.name == UNKNOWN else "part"


def _counts(found: Found, part: Counted | None) -> Record:
    own = estimate_of(found.asked.indicator, part) if part else None
    return {
        "numerator": whole(part.numerator) if part else None,
        "denominator": whole(part.denominator) if part else None,
        "value": own.value if own else None,
        "lower": own.lower if own else None,
        "upper": own.upper if own else None,
    }


def _before(found: Found, part: Counted | None) -> Record:
    own = _counts(found, part)
    return {
        f"{name}_before": own[name] for name in ("numerator", "denominator", "value")
    }
