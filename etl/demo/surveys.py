"""Survey answers by unit, period and dimension: `prem/prem*.csv`."""

from collections.abc import Iterator

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from etl.demo import dirt
from etl.demo.levels import in_year
from etl.demo.pathways import PATHWAYS
from etl.demo.scope import Scope
from etl.demo.writing import decimal_text
from kpi.model import UnitKind
from kpi.period import Period, PeriodKind

DIMENSIONS = {
    "helhetsintryck": 0.0,
    "emotionellt_stod": -1.5,
    "delaktighet_involvering": -2.5,
    "respekt_bemotande": 6.0,
    "kontinuitet_koordinering": -3.5,
    "information_kunskap": -4.5,
    "tillganglighet": 1.0,
}
"""Dimension -> index points above the overall impression."""

_ANSWERS_A_QUARTER = 90.0
_SPREAD_OF_AN_ANSWER = 9.0
"""In index points; less than persons differ, so that a year stays near its level."""
_PATHWAYS_APART = 8
_EXPORTED_FROM, _MASKED_BELOW = 3, 4
"""Answers: a pathway with fewer is left out of the export, or its score masked."""

_OTHER_SURVEYS = (
    ("primarvard", (UnitKind.HEALTH_CENTRE,), 0, 78.8, 120.0),
    ("oppen", (UnitKind.CLINIC,), 1, 89.0, 90.0),
    ("sluten", (UnitKind.WARD,), 1, 89.3, 45.0),
)
"""Survey, kinds of unit, year modulo two, score 0-100, answers per unit."""
_EMERGENCY_SPECIALTY = "akut"
_EMERGENCY_SCORE, _EMERGENCY_ANSWERS = 84.0, 160.0


def survey_rows(scope: Scope) -> pd.DataFrame:
    """Return the rows of the file: cancer pathways first, then the other surveys."""
    parts = [*_pathway_parts(scope), *_other_parts(scope)]
    frame = pd.concat(parts, ignore_index=True)
    rng = scope.stream("prem dirt")
    dirt.lower_case(frame, "enhet_id", rng, 0.02)
    # Not in the totals: one lost row of the largest clinic is most of a quarter.
    is_part = frame["svf"] != ""
    dirt.put(frame, "enhet_id", list(scope.region.unknown_units), rng, is_part)
    dirt.put(frame, "poang", ["-", "UNK", "104,2"], rng, is_part)
    frame = dirt.with_repeated_row(frame, rng)
    # Not in the layout; exports often hold more than was asked for.
    frame["utskick_version"] = "2023-11"
    return frame


def _survey_periods(scope: Scope) -> tuple[Period, ...]:
    """Return quarters, and months in the last year, when the export went monthly."""
    quarters = [period for period in scope.quarters if period.year < scope.last.year]
    january = Period.numbered(PeriodKind.MONTH, scope.last.year, 1)
    months = (scope.last.last - january.first) + 1
    return (*quarters, *(january.shifted(step) for step in range(months)))


def _pathway_parts(scope: Scope) -> Iterator[pd.DataFrame]:
    """Yield the clinics' totals, then their large pathways apart."""
    rng = scope.stream("prem svf")
    pairs = [
        (clinic.id, pathway)
        for pathway in PATHWAYS
        for clinic in scope.with_specialty(pathway.specialty)
    ]
    shares = {
        pathway.id: len(scope.with_specialty(pathway.specialty)) for pathway in PATHWAYS
    }
    clinics = list(dict.fromkeys(clinic for clinic, _ in pairs))
    clinic = np.array([clinics.index(unit) for unit, _ in pairs])
    weight = np.array(
        [pathway.yearly_cases / shares[pathway.id] for _, pathway in pairs]
    )
    expected = weight / weight.sum() * _ANSWERS_A_QUARTER * scope.size

    periods = _survey_periods(scope)
    quarters = np.array([(period.last - period.first + 1) / 3 for period in periods])
    level = np.array(
        [in_year(scope.region.levels.patient_score, period.year) for period in periods]
    )
    level += rng.normal(0, 0.3, len(periods))
    better = rng.normal(0, 1.2, len(clinics))
    # Answer for answer the clinics even out to the region's level.
    better -= better[clinic] @ weight / weight.sum()
    answers = rng.poisson(np.outer(quarters, expected))
    scores = _scores(rng, level[:, None] + better[clinic], answers)

    belongs = np.equal.outer(clinic, np.arange(len(clinics))).astype(float)
    total = answers @ belongs
    summed = np.einsum("tpd,tp,pc->tcd", scores, answers, belongs, optimize=True)
    names = np.array([str(period) for period in periods], dtype=object)
    ids = np.array(clinics, dtype=object)
    time, place = np.nonzero(total)
    mean = summed[time, place] / total[time, place, None]
    yield _rows(names[time], ids[place], "svf", "", total[time, place], mean)

    large = sorted(PATHWAYS, key=lambda pathway: -pathway.yearly_cases)[
        :_PATHWAYS_APART
    ]
    is_apart = np.array([pathway in large for _, pathway in pairs])
    slugs = np.array([pathway.id for _, pathway in pairs], dtype=object)
    time, place = np.nonzero((answers >= _EXPORTED_FROM) & is_apart)
    yield _rows(
        names[time],
        ids[clinic[place]],
        "svf",
        slugs[place],
        answers[time, place],
        scores[time, place],
    )


def _scores(
    rng: np.random.Generator, level: NDArray[np.float64], answers: NDArray[np.int_]
) -> np.ndarray:
    """Return scores 0-100, a last axis of dimensions; few answers spread widely."""
    noise = rng.normal(0, 1, (*answers.shape, len(DIMENSIONS)))
    spread = _SPREAD_OF_AN_ANSWER / np.sqrt(np.maximum(answers, 1))
    above: NDArray[np.float64] = np.array(list(DIMENSIONS.values()))
    return np.clip(level[..., None] + above + noise * spread[..., None], 0, 100)


def _rows(
    period: np.ndarray,
    unit: np.ndarray,
    survey: str,
    svf: np.ndarray | str,
    answers: np.ndarray,
    scores: np.ndarray,
) -> pd.DataFrame:
    """Return a row per element and dimension; `scores` is `(elements, dimensions)`."""
    each = len(DIMENSIONS)
    shown = decimal_text(scores, 1, comma=True)
    if not isinstance(svf, str):
        shown[answers < _MASKED_BELOW] = dirt.MASKED
    return pd.DataFrame(
        {
            "period": np.repeat(period, each),
            "enhet_id": np.repeat(unit, each),
            "enkat": survey,
            "dimension": np.tile(np.array(list(DIMENSIONS), dtype=object), len(period)),
            "svf": svf if isinstance(svf, str) else np.repeat(svf, each),
            "antal_svar": np.repeat(np.char.mod("%d", answers.astype(int)), each),
            "poang": shown.ravel(),
        },
        dtype=object,
    )


def _other_parts(scope: Scope) -> Iterator[pd.DataFrame]:
    rng = scope.stream("prem other")
    emergency = tuple(
        unit
        for unit in scope.of_kind(UnitKind.CLINIC)
        if unit.specialty == _EMERGENCY_SPECIALTY
    )
    surveys = [
        (name, scope.of_kind(*kinds), parity, score, answers)
        for name, kinds, parity, score, answers in _OTHER_SURVEYS
    ]
    surveys.append(("akut", emergency, 0, _EMERGENCY_SCORE, _EMERGENCY_ANSWERS))
    for year in scope.years:
        period = Period.numbered(PeriodKind.YEAR, year, 1)
        # A survey of the year is made in the autumn, and known when the year has ended.
        if period.last > scope.last.last:
            continue
        for name, units, parity, score, answers in surveys:
            taking_part = [unit.id for unit in units if unit.is_open(period)]
            if year % 2 != parity or not taking_part:
                continue
            number = np.maximum(rng.poisson(answers, len(taking_part)), 1)
            unit_score = score + rng.normal(0, 2.0, len(taking_part))
            yield _rows(
                np.full(len(taking_part), str(year), dtype=object),
                np.array(taking_part, dtype=object),
                name,
                "",
                number,
                _scores(rng, unit_score, number),
            )
