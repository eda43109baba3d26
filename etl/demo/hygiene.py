"""Observed hygiene and dress (`bhk/`) and point prevalence on wards (`ppm/`)."""

from collections.abc import Callable
from datetime import date

import numpy as np
import pandas as pd

from etl.demo import dirt
from etl.demo.levels import in_year
from etl.demo.scope import Scope
from etl.demo.stories import IMPROVES_AFTER_ACTION
from etl.demo.units import Unit
from etl.demo.writing import date_text
from kpi.model import UnitKind

ITEMS = ("h1", "h2", "h3", "h4", "k1", "k2", "k3", "k4")

# Hands before work are the weakest step by far, dress the strongest.
_FIRST_FAULT = np.array([0.44, 0.17, 0.09, 0.12, 0.03, 0.08, 0.04, 0.03])
_FURTHER_FAULT = np.array([0.16, 0.12, 0.08, 0.08, 0.03, 0.05, 0.04, 0.02])
_NOT_APPLICABLE = np.array([0, 0, 0.22, 0.18, 0, 0, 0, 0])
_PROFESSIONS = ("sjukskoterska", "underskoterska", "lakare", "ovrig")
_PROFESSION_SHARE = (0.36, 0.40, 0.14, 0.10)
_PROFESSION_EASE = np.array([0.02, 0.02, -0.10, -0.02])
_OBSERVED_KINDS = (
    UnitKind.WARD,
    UnitKind.CLINIC,
    UnitKind.HEALTH_CENTRE,
    UnitKind.DENTAL,
)
_WEEKS = (12, 20, 37, 49)
"""Weeks of a year's measurements; every unit takes part in the first two."""
_BEFORE_ACTION, _AFTER_ACTION = 0.58, 0.88


def observation_rows(scope: Scope, year: int) -> pd.DataFrame:
    """Return one year's observations: one row per observed person."""
    rng = scope.stream(f"bhk {year}")
    level = _levels(scope)
    cells = _occasions(rng, scope, scope.of_kind(*_OBSERVED_KINDS), year, 0.75)
    counts = np.clip(rng.poisson(21, len(cells)), 10, 40)
    cell = np.repeat(np.arange(len(cells)), counts)
    profession = rng.choice(len(_PROFESSIONS), len(cell), p=_PROFESSION_SHARE)
    share = np.array([level(unit, day) for unit, day in cells])[cell]
    share = np.clip(share + _PROFESSION_EASE[profession], 0.05, 0.99)
    days = np.array([day for _, day in cells], dtype="datetime64[D]")[cell]
    ids = np.array([unit.id for unit, _ in cells], dtype=object)[cell]
    frame = pd.DataFrame(
        {
            "matdatum": date_text(days),
            "enhet_id": ids,
            "yrkeskategori": np.array(_PROFESSIONS, dtype=object)[profession],
        },
        dtype=object,
    )
    answers = _answers(rng, share)
    for place, item in enumerate(ITEMS):
        frame[item] = answers[:, place]
    if year == scope.last.year - 1:
        dirt.lower_case(frame, "enhet_id", rng, 0.03)
        dirt.put(frame, "h1", ["NA", "2"], rng)
        dirt.put(frame, "k2", ["-"], rng)
        dirt.put(frame, "enhet_id", list(scope.region.unknown_units[:1]), rng)
    if year == scope.last.year:
        frame.columns = [name.upper() for name in frame.columns]
    return frame


def _levels(scope: Scope) -> Callable[[Unit, date], float]:
    """Return the share of fully correct observations of a unit on a day, 0-1."""
    drawn = scope.stream("bhk levels").normal(0, 0.06, len(scope.units))
    drawn -= drawn.mean()
    habit: dict[str, float] = {
        unit.id: drawn[place] for place, unit in enumerate(scope.units)
    }
    improves = IMPROVES_AFTER_ACTION.since(scope).first_day

    def level(unit: Unit, day: date) -> float:
        if unit.name == IMPROVES_AFTER_ACTION.subject:
            return _AFTER_ACTION if day >= improves else _BEFORE_ACTION
        return in_year(scope.region.levels.all_eight, day.year) + habit[unit.id]

    return level


def _occasions(
    rng: np.random.Generator,
    scope: Scope,
    units: tuple[Unit, ...],
    year: int,
    share: float,
) -> list[tuple[Unit, date]]:
    """Return who measured when; the share is of those after the first two weeks."""
    days = [date.fromisocalendar(year, week, 3) for week in _WEEKS]
    takes_part = rng.random((len(units), len(days))) < share
    return [
        (unit, day)
        for unit, row in zip(units, takes_part, strict=True)
        for place, day in enumerate(days)
        if (place < 2 or row[place])
        and day <= scope.last_day
        and (unit.closed is None or day <= unit.closed)
    ]


def _answers(rng: np.random.Generator, share: np.ndarray) -> np.ndarray:
    """Return `1`, `0` or `NA`, `(observations, items)`.

    Whether everything was right is drawn first and the faults after it, so the share
    of fully correct observations is the wanted one and faults come together, as the
    published item rates and their composite require.
    """
    number = len(share)
    not_applicable = rng.random((number, len(ITEMS))) < _NOT_APPLICABLE
    is_faulty = rng.random(number) >= share
    weights = np.where(not_applicable, 0.0, _FIRST_FAULT)
    bounds = np.cumsum(weights, axis=1) / weights.sum(axis=1, keepdims=True)
    first = (rng.random((number, 1)) > bounds).sum(axis=1)
    faults = rng.random((number, len(ITEMS))) < _FURTHER_FAULT
    faults[np.arange(number), np.minimum(first, len(ITEMS) - 1)] = True
    faults &= is_faulty[:, None]
    return np.where(not_applicable, "NA", np.where(faults, "0", "1")).astype(object)


def prevalence_rows(scope: Scope) -> pd.DataFrame:
    """Return point-prevalence measurements on wards, four kinds of them.

    Hospital-acquired pressure ulcers are among all pressure ulcers of the day.
    """
    rng = scope.stream("ppm")
    cells = [
        cell
        for year in scope.years
        for cell in _occasions(rng, scope, scope.of_kind(UnitKind.WARD), year, 0.5)
    ]
    days = np.array([day for _, day in cells], dtype="datetime64[D]")
    years = np.array([day.year for _, day in cells]) - scope.years.start
    inpatients = rng.integers(15, 29, len(cells))
    ulcers = rng.binomial(inpatients, np.maximum(0.125 - 0.006 * years, 0.08))
    lines = rng.integers(6, 20, len(cells))
    catheters = rng.integers(3, 9, len(cells))
    better = np.minimum(0.02 * years, 0.1)
    measured = {
        "trycksar": (inpatients, ulcers),
        "trycksar_sjukhusforvarvade": (inpatients, rng.binomial(ulcers, 0.64)),
        "infarter": (lines, rng.binomial(lines, 0.80 + better)),
        "urinkateter": (catheters, rng.binomial(catheters, 0.72 + better)),
    }
    parts = [
        pd.DataFrame(
            {
                "matdatum": date_text(days),
                "enhet_id": [unit.id for unit, _ in cells],
                "matning": kind,
                "antal_observerade": observed.astype(str),
                "antal_uppfyller": meeting.astype(str),
            },
            dtype=object,
        )
        for kind, (observed, meeting) in measured.items()
    ]
    frame = pd.concat(parts, ignore_index=True)
    frame = frame.sort_values(["matdatum", "enhet_id"], kind="stable")
    frame = frame.reset_index(drop=True)
    dirt.put(frame, "antal_uppfyller", ["99", dirt.MASKED], rng)
    dirt.put(frame, "matning", ["fallskador"], rng)
    return frame
