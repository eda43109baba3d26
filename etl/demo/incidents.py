"""Incident reports by category, of every clinic: `matningar/avvikelser*.csv`.

A clinic tells its categories apart, quarter by quarter, and gives no total; of what led
to lex Maria, seldom more than one, it gives the total and the categories there are.
"""

from collections.abc import Iterator

import numpy as np
import pandas as pd

from etl.demo import dirt
from etl.demo.regions import GAP_CENTRE
from etl.demo.scope import Scope
from etl.demo.stories import HANDLES_INCIDENTS_LATE
from etl.demo.units import Unit
from kpi.definitions import Definitions, Indicator
from kpi.model import UnitKind
from kpi.period import Period

REPORTS = "incident_reports"
IN_TIME = "incidents_handled_in_time"
LEX_MARIA = "incidents_led_to_lex_maria"
INCIDENTS = (REPORTS, IN_TIME, LEX_MARIA)
"""The indicators that the file is of."""

_COLUMNS = ("indikator", "enhet_id", "period", "slag", "taljare", "namnare")
_SIZE = {UnitKind.CLINIC: 1.0, UnitKind.HEALTH_CENTRE: 0.35, UnitKind.DENTAL: 0.15}
_A_YEAR, _LEX_MARIA_A_YEAR = 5200, 26
"""Of a region of Blekinge's size; made up."""
_GROWTH_A_YEAR = 0.05
_HANDLED_IN_TIME, _HANDLED_LATE = 0.79, 0.42
_TIME_RAN_OUT = 0.94
"""Of a quarter's reports; the rest are handled in the next."""
_SHARES = {
    "diagnos_behandling": (0.21, 0.46),
    "lakemedel": (0.13, 0.12),
    "omvardnad": (0.12, 0.08),
    "fall": (0.17, 0.13),
    "vardrelaterad_infektion": (0.05, 0.06),
    "vardovergang": (0.09, 0.08),
    "dokumentation": (0.12, 0.04),
    "medicinteknik": (0.05, 0.02),
    "annat": (0.06, 0.01),
}
"""Category -> its share of reports, and of what led to lex Maria."""
_GAP_QUARTERS_BACK = 2
_UNUSUAL = 0.03
"""The share of a category that the demo does not know, beside those that it does."""


def incident_rows(scope: Scope, definitions: Definitions) -> pd.DataFrame:
    """Return the rows of the file; none where the definitions lack the indicators."""
    defined = {indicator.id: indicator for indicator in definitions.indicators}
    parts = [pd.DataFrame(columns=_COLUMNS, dtype=object)]
    if set(INCIDENTS) <= set(defined):
        parts += _parts(scope, defined[REPORTS])
    frame = pd.concat(parts, ignore_index=True)
    rng = scope.stream("avvikelser dirt")
    dirt.put(frame, "slag", ["hot_och_vald"], rng, frame["slag"] == "annat")
    dirt.lower_case(frame, "enhet_id", rng, 0.02)
    return frame


def _parts(scope: Scope, reports: Indicator) -> Iterator[pd.DataFrame]:
    rng = scope.stream("avvikelser")
    categories = tuple(reports.categories)
    usual, serious = np.array(
        [_SHARES.get(name, (_UNUSUAL, _UNUSUAL)) for name in categories]
    ).T
    units = [unit for unit in scope.units if unit.kind in _SIZE]
    sizes = np.array([_SIZE[unit.kind] for unit in units])
    sizes *= np.exp(rng.normal(0, 0.3, len(units)))
    for unit, part in zip(units, sizes / sizes.sum(), strict=True):
        quarters = _quarters(scope, unit)
        years_left = np.array([scope.last.last - q.last for q in quarters]) / 12
        reported = rng.poisson(
            scope.size
            * (_A_YEAR / 4)
            * part
            * np.outer(1 - _GROWTH_A_YEAR * years_left, usual * _apart(rng, categories))
        )
        due = rng.binomial(reported, _TIME_RAN_OUT)
        in_time = rng.binomial(due, _level(scope, unit, quarters, rng)[:, None])
        led = rng.poisson(
            scope.size * (_LEX_MARIA_A_YEAR / 4) * part * serious,
            (len(quarters), len(categories)),
        )
        yield _by_category(REPORTS, unit, quarters, categories, reported)
        shares = _by_category(IN_TIME, unit, quarters, categories, in_time, due)
        yield shares[shares["namnare"] != "0"]
        yield _totals(LEX_MARIA, unit, quarters, led.sum(axis=1))
        by_category = _by_category(LEX_MARIA, unit, quarters, categories, led)
        yield by_category[by_category["taljare"] != "0"]


def _quarters(scope: Scope, unit: Unit) -> tuple[Period, ...]:
    """Return the quarters that a unit has delivered; one has left one out."""
    gap = scope.last.shifted(-_GAP_QUARTERS_BACK) if unit.name == GAP_CENTRE else None
    return tuple(
        quarter
        for quarter in scope.quarters
        if unit.is_open(quarter) and quarter != gap
    )


def _apart(rng: np.random.Generator, categories: tuple[str, ...]) -> np.ndarray:
    """Return how much more common each category is in a unit than elsewhere."""
    return np.exp(rng.normal(0, 0.35, len(categories)))


def _level(
    scope: Scope, unit: Unit, quarters: tuple[Period, ...], rng: np.random.Generator
) -> np.ndarray:
    """Return which share a unit handles in time, by quarter."""
    usual = np.full(len(quarters), np.clip(rng.normal(_HANDLED_IN_TIME, 0.07), 0.5, 1))
    if unit.name == HANDLES_INCIDENTS_LATE.subject:
        since = HANDLES_INCIDENTS_LATE.since(scope)
        usual[[quarter.first >= since.first for quarter in quarters]] = _HANDLED_LATE
    return usual


def _by_category(
    indicator: str,
    unit: Unit,
    quarters: tuple[Period, ...],
    categories: tuple[str, ...],
    numerator: np.ndarray,
    denominator: np.ndarray | None = None,
) -> pd.DataFrame:
    """Return a row for each quarter and category; the arrays are of that shape."""
    of = "" if denominator is None else denominator.ravel().astype(str)
    return pd.DataFrame(
        {
            "indikator": indicator,
            "enhet_id": unit.id,
            "period": np.repeat(
                [str(quarter) for quarter in quarters], len(categories)
            ),
            "slag": np.tile(categories, len(quarters)),
            "taljare": numerator.ravel().astype(str),
            "namnare": of,
        },
        dtype=object,
    )


def _totals(
    indicator: str, unit: Unit, quarters: tuple[Period, ...], numerator: np.ndarray
) -> pd.DataFrame:
    """Return a row for each quarter, of all categories."""
    return _by_category(indicator, unit, quarters, ("alla",), numerator)
