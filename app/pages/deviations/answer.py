"""`/api/v1/deviations`, `/spc` and `/funnel`: what the analysis pages draw."""

from collections.abc import Sequence
from typing import Any

from flask import Blueprint, Flask, Response, jsonify, request
from sqlalchemy import Connection

from app.api import spoken
from app.api.answer import Answer, Record, whole
from app.api.named import named_indicator, named_unit
from app.api.parameters import Given, Parameter, given_of
from app.api.protocol import PREFIX
from app.api.respond import as_json, as_table, conditional, handle_faults
from app.outcome.asked import Asked, deviations, judged_within, reach
from app.outcome.deviations import Judged, Order, detectable_gap_of
from app.outcome.series import UnitSeries, unit_series
from app.pages.deviations.fields import DEVIATIONS, OF_DEVIATIONS, OF_FUNNEL, OF_SPC
from app.pages.funnel.find import Comparison, UnitPlace, compared_in
from app.pages.indicator.hygiene.answer import hygiene
from app.pages.indicator.outlook.answer import forecast_record
from app.pages.indicator.outlook.fields import OF_FORECAST
from app.pages.indicator.outlook.find import year_outlook
from app.pages.pathway.answer import answer_pathway
from app.queries.frame import Frame, read_frame
from app.queries.outcomes import OutcomeRow, outcomes_of
from app.queries.units import UnitRow
from kpi.definitions import Indicator
from kpi.period import Period, PeriodKind
from kpi.warehouse import Warehouse


def register_analysis(server: Flask, warehouse: Warehouse) -> None:
    """Add the addresses of the analysis to a server."""
    api = Blueprint("analysis", __name__)

    def listed(is_csv: bool = False) -> Response:
        given = given_of(request.args, OF_DEVIATIONS)
        with warehouse.connect() as connection:
            answer = _deviations(connection, given)
        # Already read, so the connection need not stay open while it is sent.
        response = as_table(answer, "deviations.csv") if is_csv else as_json(answer)
        return conditional(response, answer.build)

    def drawn(parameters: tuple[Parameter, ...], make: Any) -> Response:
        given = given_of(request.args, parameters)
        with warehouse.connect() as connection:
            frame = read_frame(connection)
            content = make(connection, frame, given)
        head = {"build": frame.build.build_id, "is_demo": frame.build.is_demo}
        return conditional(jsonify(head | content), frame.build)

    add = api.add_url_rule
    add(f"{PREFIX}/deviations", "deviations", listed)
    as_csv = {"is_csv": True}
    add(f"{PREFIX}/deviations.csv", "deviations_csv", listed, defaults=as_csv)
    add(f"{PREFIX}/spc", "spc", lambda: drawn(OF_SPC, _spc))
    add(f"{PREFIX}/funnel", "funnel", lambda: drawn(OF_FUNNEL, _funnel))
    add(f"{PREFIX}/forecast", "forecast", lambda: drawn(OF_FORECAST, _forecast))
    add(f"{PREFIX}/hygiene", "hygiene", lambda: hygiene(warehouse))
    add(f"{PREFIX}/pathway", "pathway", lambda: answer_pathway(warehouse))
    spoken.answer_in(api, spoken.of_api)
    handle_faults(api)
    server.register_blueprint(api)


def _quarter(frame: Frame, given: Given) -> Period:
    asked: Period | None = given["period"]
    if asked is None:
        return frame.build.latest_quarter()
    return Period.holding(PeriodKind.QUARTER, asked.last_day)


def _deviations(connection: Connection, given: Given) -> Answer:
    frame = read_frame(connection)
    found = found_in(connection, frame, given)
    build_id = frame.build.build_id
    records = (_deviation(one) | {"build": build_id} for one in found)
    return Answer("deviations", frame.build, DEVIATIONS, records)


def asked_in(frame: Frame, given: Given) -> Asked:
    """Return which deviations a request asks for.

    Raises:
        RequestFault: the unit is not known.
    """
    return Asked(
        _quarter(frame, given),
        named_unit(frame, given["unit"]),
        given["unit_kind"],
        given["area"],
        Order(given["sort"] or Order.PATIENTS),
    )


def found_in(connection: Connection, frame: Frame, given: Given) -> Sequence[Judged]:
    """Return the rows that a request asks for, in their order."""
    asked = asked_in(frame, given)
    if given["view"] == "matrix":
        return judged_within(connection, frame, asked)
    return deviations(connection, frame, asked)


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
        **_outcome(row),
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


def _outcome(row: OutcomeRow) -> Record:
    return {
        "numerator": whole(row.numerator),
        "denominator": whole(row.denominator),
        "value": row.value,
    }


def _totals(
    connection: Connection, frame: Frame, given: Given
) -> tuple[Indicator, UnitRow, Sequence[OutcomeRow]]:
    """Return what a request names, with the breaks of its region, and its totals."""
    indicator = named_indicator(frame, given["indicator"])
    unit = named_unit(frame, given["unit"])
    build_id = frame.build.build_id
    rows = outcomes_of(connection, build_id, indicator.id, unit.unit_id)
    return indicator.in_region(frame.units.kolada_id(unit.unit_id)), unit, rows


def _spc(connection: Connection, frame: Frame, given: Given) -> Record:
    indicator, unit, rows = _totals(connection, frame, given)
    last_month = min(_quarter(frame, given).last, reach(frame.build))
    found = unit_series(indicator, rows, last_month)
    chart = found.chart if found else None
    return {
        "indicator": indicator.id,
        "unit": unit.unit_id,
        "period_kind": found.kind if found else None,
        "chart": found.choice.chart if found else None,
        "why": found.choice.why if found else None,
        "target": found.target if found else None,
        "variation": chart.variation if chart else None,
        "assurance": chart.assurance if chart else None,
        "points": [_point(found, at) for at in range(len(found.rows))] if found else [],
    }


def _point(found: UnitSeries, at: int) -> Record:
    row = found.rows[at]
    point = found.chart.points[at] if found.chart else None
    return {
        "period": row.period,
        **_outcome(row),
        "target": row.target,
        "centre": point.limits.centre if point else None,
        "lower": point.limits.lower if point else row.lower,
        "upper": point.limits.upper if point else row.upper,
        "signals": list(point.signals) if point else [],
        "way": point.way if point else None,
        "variation": point.variation if point else None,
        "segment": sum(start <= at for start in found.series.breaks),
    }


def _forecast(connection: Connection, frame: Frame, given: Given) -> Record:
    indicator, unit, rows = _totals(connection, frame, given)
    asked: Period = given["period"] or frame.build.latest_quarter()
    year = Period.numbered(PeriodKind.YEAR, asked.year, 1)
    found = year_outlook(indicator, rows, year, reach(frame.build))
    return forecast_record(indicator, unit, found)


def _funnel(connection: Connection, frame: Frame, given: Given) -> Record:
    indicator = named_indicator(frame, given["indicator"])
    asked = compared_in(
        connection, frame, indicator, _quarter(frame, given), given["unit_kind"]
    )
    found = asked.comparison
    return {
        "indicator": indicator.id,
        "period": asked.period,
        "unit_kind": asked.kind,
        **(_whole(indicator, found) if found else _NO_FUNNEL),
    }


_NO_FUNNEL: Record = {
    "method": None,
    "centre": None,
    "is_widened": None,
    "phi": None,
    "hidden": None,
    "units": [],
}


def _whole(indicator: Indicator, found: Comparison) -> Record:
    per, dispersion = float(indicator.per or 100), found.funnel.dispersion
    return {
        "method": found.funnel.method,
        "centre": per * found.funnel.target,
        "is_widened": dispersion.is_used,
        "phi": dispersion.phi,
        "hidden": found.hidden,
        "units": [_place(one, per) for one in found.places],
    }


def _place(one: UnitPlace, per: float) -> Record:
    point, rank = one.point, one.rank
    return {
        "unit": one.unit.unit_id,
        "unit_name": one.unit.name,
        **_outcome(one.row),
        "lower": one.row.lower,
        "upper": one.row.upper,
        "lower_998": per * point.lower_998,
        "lower_95": per * point.lower_95,
        "upper_95": per * point.upper_95,
        "upper_998": per * point.upper_998,
        "place": point.place,
        "z": point.z,
        "p": point.p,
        "rank": rank.rank if rank else None,
        "rank_best": rank.best if rank else None,
        "rank_worst": rank.worst if rank else None,
    }
