"""`/api/v1/pathway`: the cancer pathways step by step, as they are on the page.

Aggregates only: the cases one by one are on the page alone.
"""

from http import HTTPStatus

from flask import Response, jsonify, request

from app.api.answer import Record
from app.api.faults import RequestFault
from app.api.named import named_unit
from app.api.parameters import given_in, only
from app.api.respond import conditional
from app.pages.pathway.curve_words import curve_points
from app.pages.pathway.fields import OF_PATHWAY
from app.pages.pathway.find import DAYS_AHEAD, Asked, Pathway, pathway
from app.queries.definitions import pathway_names
from app.queries.frame import read_frame
from app.queries.pathway import StepTime
from app.queries.pathway_cases import Group
from app.queries.reader import open_reader
from app.words.language import gettext as _
from kpi.warehouse import Warehouse


def answer_pathway(warehouse: Warehouse) -> Response:
    """Answer a request for the pathways step by step.

    Raises:
        RequestFault: a parameter is not what it should be, or names nothing known.
    """
    given = given_in(request.args, OF_PATHWAY)
    with open_reader(warehouse) as reader:
        frame = read_frame(reader)
        unit = named_unit(frame, only(given, "unit"))
        known = pathway_names(reader)
        svf = only(given, "svf")
        if svf and svf not in known:
            expected = _("någon av {limits}").format(limits=", ".join(sorted(known)))
            raise RequestFault("svf", svf, expected, HTTPStatus.NOT_FOUND)
        asked = Asked(
            unit.unit_id,
            only(given, "period") or frame.build.latest_quarter(),
            svf,
            only(given, "without") is not None,
            int(only(given, "days") or DAYS_AHEAD[0]),
        )
        found = pathway(reader, asked)
    head = {"build": frame.build.build_id, "is_demo": frame.build.is_demo}
    return conditional(jsonify(head | _whole(asked, found)), frame.build)


def _whole(asked: Asked, found: Pathway) -> Record:
    now, curve = found.now, found.curve
    national, local = now.national, now.local
    lower, upper = found.median_interval()
    steps = zip(now.steps, found.before.steps, strict=True)
    return {
        "svf": asked.svf,
        "unit": asked.unit,
        "period": str(asked.period),
        "is_local": asked.is_local,
        "today": found.today.isoformat(),
        "minimum": found.minimum,
        "ended": _shown(found, now.cases),
        "within": _shown(found, national.within, national.counted),
        "counted": _shown(found, national.counted),
        "within_local": _shown(found, local.within, local.counted),
        "counted_local": _shown(found, local.counted),
        "suspected": curve.waited[0] if curve else None,
        "median": found.days_until(0.5),
        "median_lower": lower,
        "median_upper": upper,
        "days": asked.days,
        **{f"open_{one}": _shown(found, found.counts[one]) for one in Group},
        "steps": [_step(found, one, before) for one, before in steps],
        "curve": [
            {
                "days": one.days,
                "waiting": 100 * one.waiting,
                "lower": None if one.lower is None else 100 * one.lower,
                "upper": None if one.upper is None else 100 * one.upper,
                "at_risk": one.at_risk,
            }
            for one in curve_points(found)
        ],
        "maxima": [
            {"ending": one.ending, "is_extended": one.is_extended, "days": one.days}
            for one in found.maxima
        ],
    }


def _shown(found: Pathway, number: int, among: int | None = None) -> int | None:
    """Return a number unless it, or what it is counted among, is too small."""
    base = number if among is None else among
    return None if 0 < base < found.minimum else number


def _step(found: Pathway, one: StepTime, before: StepTime) -> Record:
    is_few = found.is_few(one.cases)
    return {
        "step": one.step,
        "cases": _shown(found, one.cases),
        "median": None if is_few else one.median,
        "p90": None if is_few else one.p90,
        "missing": None if is_few else one.missing,
        "backwards": None if is_few else one.backwards,
        "median_before": None if found.is_few(before.cases) else before.median,
    }
