"""Indicators that arrive already counted: `matningar/`.

Every active one gets rows, from the units lowest in the tree among those expected to
have it: a fact counts for every unit above too, so a parent that reported beside its
children would be counted twice.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from etl.demo.incidents import INCIDENTS
from etl.demo.reported_levels import Play, play_of, played
from etl.demo.reported_when import quarter_due, reporting_periods, reporting_units
from etl.demo.scope import Scope
from etl.demo.units import Unit
from etl.demo.writing import decimal_text
from kpi.definitions import Definitions, Indicator
from kpi.measures import ReportedMeasure
from kpi.model import Direction, Kind, Lifecycle
from kpi.period import Period
from kpi.steps import is_step

_USUAL_NUMBER = 45.0
_DAYS_A_MONTH = 30.4
_SMALL_COUNT = 30
"""Up to here a count is a handful that people decide on, not chance."""
_GAP_QUARTERS_BACK = 9
_NEVER = 10_000
"""As many quarters late: not in any demo."""


def reported_indicators(definitions: Definitions) -> list[Indicator]:
    """Return the active indicators that are reported already counted.

    Those of incidents have a file of their own.
    """
    return [
        indicator
        for indicator in definitions.indicators
        if isinstance(indicator.measure, ReportedMeasure)
        and indicator.lifecycle is Lifecycle.ACTIVE
        and indicator.id not in INCIDENTS
    ]


@dataclass(frozen=True, slots=True)
class _Grid:
    """Who reports when; the arrays have one element per row to be written.

    Attributes:
        unit: Place of the unit among the reporting ones.
        period: Place of the period among the reporting ones.
        years_left: Years from the period to the last one; what is left to improve.
        months: Length of the period.
        size: How large the unit is, relative to its like.
    """

    units: tuple[Unit, ...]
    periods: tuple[Period, ...]
    unit: NDArray[np.int_]
    period: NDArray[np.int_]
    years_left: NDArray[np.float64]
    months: NDArray[np.int_]
    size: NDArray[np.float64]

    def apart(self, rng: np.random.Generator, spread: float) -> np.ndarray:
        """Return how rows differ: each unit for good, and each row by chance."""
        units = rng.normal(0, spread, len(self.units))
        return units[self.unit] + rng.normal(0, spread / 3, len(self.unit))


def _grid(
    rng: np.random.Generator, scope: Scope, indicator: Indicator, play: Play
) -> _Grid:
    units = reporting_units(scope, indicator, play)
    periods = reporting_periods(scope, indicator)
    # One unit misses one quarter, and nobody says why.
    gap = scope.last.shifted(-_GAP_QUARTERS_BACK)
    pairs = [
        (place, number)
        for place, unit in enumerate(units)
        for number, period in enumerate(periods)
        if unit.is_open(period) and not (place == 1 and gap.holds(period))
    ]
    unit, period = np.array(pairs).reshape(-1, 2).T
    sizes = np.exp(rng.normal(0, 0.35, len(units)))
    years_left = (
        np.array([periods[-1].last - period_drawn.last for period_drawn in periods])
        / 12
    )
    months = np.array(
        [period_drawn.last - period_drawn.first + 1 for period_drawn in periods]
    )
    return _Grid(
        units, periods, unit, period, years_left[period], months[period], sizes[unit]
    )


def reported_rows(scope: Scope, indicator: Indicator) -> pd.DataFrame:
    """Return an indicator's rows, as text.

    Raises:
        ValueError: it is a rank, which is computed and never reported.
    """
    play = play_of(indicator, scope.region.levels)
    rng = scope.stream(f"matningar {play.part_of or indicator.id}")
    grid = _grid(rng, scope, indicator, play)
    numerator = denominator = value = np.full(len(grid.unit), "", dtype=object)
    match indicator.kind:
        case Kind.PROPORTION if play.part_of:
            whole = _proportion(
                rng, grid, indicator, played(play.part_of, scope.region.levels)
            )
            stream = scope.stream(f"matningar {indicator.id}")
            part = stream.binomial(whole[0], play.level / 100)
            numerator, denominator = _whole(part), _whole(whole[1])
        case Kind.PROPORTION:
            counts = _proportion(rng, grid, indicator, play)
            numerator, denominator = (_whole(count) for count in counts)
        case Kind.RATE:
            numerator, denominator = _rate(rng, grid, indicator, play)
        case Kind.MEAN:
            total, answers = _mean(rng, grid, indicator, play)
            numerator, denominator = decimal_text(total, 1), _whole(answers)
        case Kind.COUNT:
            value = _whole(_count(rng, grid, indicator, play.level * scope.size))
        case Kind.MILESTONE:
            day = quarter_due(scope, indicator) if is_step(indicator) else None
            value = _whole(_milestone(rng, grid, day))
        case Kind.RANK:
            raise ValueError(f"{indicator.id}: a rank is computed, never reported")
    ids = np.array([unit.id for unit in grid.units], dtype=object)
    periods = np.array([str(period) for period in grid.periods], dtype=object)
    return pd.DataFrame(
        {
            "indikator": indicator.id,
            "enhet_id": ids[grid.unit],
            "period": periods[grid.period],
            "taljare": numerator,
            "namnare": denominator,
            "varde": value,
            "kommentar": "",
        },
        dtype=object,
    )


def _whole(numbers: np.ndarray) -> np.ndarray:
    return np.char.mod("%d", np.asarray(numbers, dtype=np.int64)).astype(object)


def _better(indicator: Indicator) -> int:
    return {Direction.HIGHER: 1, Direction.LOWER: -1}.get(indicator.direction, 0)


def _numbers(rng: np.random.Generator, grid: _Grid, play: Play) -> np.ndarray:
    if play.is_exact:
        return np.full(len(grid.unit), int(play.number or 1))
    expected = _USUAL_NUMBER if play.number is None else play.number
    return np.maximum(rng.poisson(expected * grid.size), 1)


def _proportion(
    rng: np.random.Generator, grid: _Grid, indicator: Indicator, play: Play
) -> tuple[np.ndarray, np.ndarray]:
    level = np.clip(play.level / 100, 0.005, 0.995)
    moved = -0.1 * _better(indicator) * grid.years_left
    odds = np.log(level / (1 - level)) + moved + grid.apart(rng, 0.35)
    number = _numbers(rng, grid, play)
    return rng.binomial(number, 1 / (1 + np.exp(-odds))), number


def _rate(
    rng: np.random.Generator, grid: _Grid, indicator: Indicator, play: Play
) -> tuple[np.ndarray, np.ndarray]:
    """Return, as text, events and what they are counted per.

    Where the numerator is an average per day, such as of overcrowding, it has
    decimals; otherwise it is a number of events in the period.
    """
    number = _numbers(rng, grid, play)
    moved = np.exp(-0.03 * _better(indicator) * grid.years_left)
    level = play.level / (indicator.per or 1)
    expected = level * moved * np.exp(grid.apart(rng, 0.2)) * number
    if "numerator" in indicator.averaged_over_time:
        days = grid.months * _DAYS_A_MONTH
        return decimal_text(rng.poisson(expected * days) / days, 2), _whole(number)
    return _whole(rng.poisson(expected)), _whole(number)


def _mean(
    rng: np.random.Generator, grid: _Grid, indicator: Indicator, play: Play
) -> tuple[np.ndarray, np.ndarray]:
    """Return the sum of scores and the number of answers."""
    answers = _numbers(rng, grid, play)
    low, high = indicator.scale or (0.0, 2 * play.level)
    moved = -0.008 * (high - low) * _better(indicator) * grid.years_left
    score = play.level + moved + grid.apart(rng, 0.035 * (high - low))
    return np.round(np.clip(score, low, high) * answers, 1), answers


def _count(
    rng: np.random.Generator, grid: _Grid, indicator: Indicator, a_year: float
) -> np.ndarray:
    moved = np.maximum(1 - 0.06 * _better(indicator) * grid.years_left, 0)
    expected = a_year / len(grid.units) * grid.months / 12 * moved
    if len(grid.units) == 1 and a_year <= _SMALL_COUNT:
        return np.maximum(np.rint(expected), 1)
    return rng.poisson(expected * grid.size)


def _milestone(rng: np.random.Generator, grid: _Grid, day: Period | None) -> np.ndarray:
    """Return 1 where it is reached.

    Args:
        rng: Of the indicator.
        grid: Who reports when.
        day: The quarter that a step is due in; it is reached a quarter before or after,
            or not at all. None for what is done again and again.
    """
    if day is None:
        return grid.period >= len(grid.periods) // 2
    late = rng.choice([-1, 0, 1, _NEVER])
    return np.array(
        [grid.periods[at].last >= day.last + 3 * late for at in grid.period]
    )


def reported_parts(scope: Scope, definitions: Definitions) -> list[pd.DataFrame]:
    """Return the rows of every active indicator, a frame each."""
    return [
        reported_rows(scope, indicator)
        for indicator in reported_indicators(definitions)
    ]
