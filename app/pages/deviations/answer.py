"""`/api/v1/deviations`: every deviation of a quarter."""

from collections.abc import Sequence

from app.api.answer import Answer, Record
from app.api.named import named_unit, quarter_of
from app.api.parameters import Given
from app.outcome.answer import counts_of
from app.outcome.asked import Asked, deviations, judged_within
from app.outcome.deviations import Judged, Order, detectable_gap_of
from app.pages.deviations.fields import DEVIATIONS
from app.queries.frame import Frame, read_frame
from app.queries.reader import Reader


def answer_deviations(reader: Reader, given: Given) -> Answer:
    """Return the deviations asked for."""
    frame = read_frame(reader)
    found = found_in(reader, frame, given)
    build_id = frame.build.build_id
    records = (_deviation(one) | {"build": build_id} for one in found)
    return Answer("deviations", frame.build, DEVIATIONS, records)


def asked_in(frame: Frame, given: Given) -> Asked:
    """Return which deviations a request asks for.

    Raises:
        RequestFault: the unit is not known.
    """
    return Asked(
        quarter_of(frame, given),
        named_unit(frame, given["unit"]),
        given["unit_kind"],
        given["area"],
        Order(given["sort"] or Order.PATIENTS),
    )


def found_in(reader: Reader, frame: Frame, given: Given) -> Sequence[Judged]:
    """Return the rows that a request asks for, in their order."""
    asked = asked_in(frame, given)
    if given["view"] == "matrix":
        return judged_within(reader, frame, asked)
    return deviations(reader, frame, asked)


def _deviation(one: Judged) -> Record:
    row, verdict = one.row, one.verdict
    return {
        "indicator": one.indicator.id,
        "indicator_name": one.indicator.name.sv,
        "unit": row.unit,
        "unit_name": one.unit.name,
        "unit_kind": one.unit.kind,
        "period": row.period,
        "period_kind": row.period_kind,
        **counts_of(row),
        "lower": row.lower,
        "upper": row.upper,
        "target": row.target,
        "target_rule": row.target_rule,
        "target_level": row.target_level,
        "status": row.status,
        "reason": row.reason,
        "cases": one.cases,
        "evidence": one.evidence,
        "detectable_gap": detectable_gap_of(one.indicator, row),
        "p": one.p,
        "chart": verdict.chart if verdict else None,
        "variation": one.variation,
        "assurance": verdict.assurance if verdict else None,
        "missed": one.missed,
    }
