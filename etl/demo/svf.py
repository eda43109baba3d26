"""Cases of standardised cancer pathways: when they start, how and when they end.

A case's end is drawn first and its start follows from the lead time, so the counts of a
quarter and the share within the maximum belong to the period the measure uses. Cases
that end after the demo's last day and had started by then are the open ones.
"""

from collections.abc import Sequence
from statistics import NormalDist

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from etl.demo.leadtimes import Maximum, demo_maxima
from etl.demo.levels import in_year
from etl.demo.pathways import (
    CLOSING_TALK,
    MEASURED,
    PATHWAYS,
    STARTED_TREATMENT,
    UNSPECIFIC,
    Pathway,
)
from etl.demo.scope import Scope
from etl.demo.stories import CASE_MIX_SHIFTS, SLOW_FIRST_VISITS
from etl.demo.workdays import drawn_workdays
from kpi.period import Period

OTHER_ENDINGS = {"78": 88.0, "72": 3.0, "74": 4.5, "76": 3.0, "70": 1.5}
_STARTED_PER_TREATED = 3.3
_SPREAD = 0.45
"""Standard deviation of the logarithm of the lead time."""
_EXTENDED_SHARE, _EXTENDED_AFTER = 0.12, 0.45
_EXTENDED_EASE = -0.7
_EXTRA_WAIT_DAYS = 7
_QUARTERS_AFTER = 2


def demo_cases(scope: Scope) -> pd.DataFrame:
    """Return one row per case, sorted by start; typed columns of `svf_fall`.

    Dates are datetime64[D] with NaT for none; `kva_avslut` holds only the suffix.
    """
    years = range(scope.years.start, scope.years.stop + 1)
    levels = {
        year: _fractions(in_year(scope.region.levels.within_maximum, year))
        for year in years
    }
    maxima = demo_maxima()
    parts = [
        _pathway_cases(
            scope,
            pathway,
            {year: levels[year][pathway.id] for year in years},
            [maximum for maximum in maxima if maximum.svf == pathway.id],
        )
        for pathway in PATHWAYS
    ]
    cases = pd.concat(parts, ignore_index=True)
    return cases.sort_values("start", kind="stable", ignore_index=True)


def _logistic(value: float) -> float:
    return 1 / (1 + float(np.exp(-value)))


def _fractions(region: float) -> dict[str, tuple[float, float]]:
    """Return per pathway the share within the maximum, ordinary and extended.

    Weighted by expected cases they make the region's share, which is found by halving:
    a sum of logistic curves has no inverse on paper.
    """
    low, high = -6.0, 6.0
    for _ in range(60):
        middle = (low + high) / 2
        reached = total = 0.0
        for pathway in PATHWAYS:
            weight = _measured_a_quarter(pathway)
            ordinary = _logistic(middle + pathway.ease)
            extended = _logistic(middle + pathway.ease + _EXTENDED_EASE)
            reached += weight * (
                ordinary * (1 - _EXTENDED_SHARE) + extended * _EXTENDED_SHARE
            )
            total += weight
        low, high = (middle, high) if reached / total < region else (low, middle)
    return {
        pathway.id: (
            _logistic(middle + pathway.ease),
            _logistic(middle + pathway.ease + _EXTENDED_EASE),
        )
        for pathway in PATHWAYS
    }


def _measured_a_quarter(pathway: Pathway) -> float:
    return pathway.expected_a_quarter * pathway.inclusion


def _pathway_cases(
    scope: Scope,
    pathway: Pathway,
    fractions: dict[int, tuple[float, float]],
    maxima: list[Maximum],
) -> pd.DataFrame:
    rng = scope.stream(f"svf_fall {pathway.id}")
    after = tuple(scope.last.shifted(step + 1) for step in range(_QUARTERS_AFTER))
    quarters = (*scope.quarters, *after)
    quarter, measured = _counts(rng, scope, pathway, quarters)
    number = len(quarter)
    end = drawn_workdays(rng, quarters, quarter)

    shift = CASE_MIX_SHIFTS.place(scope)
    is_after = (pathway.id == CASE_MIX_SHIFTS.subject) & (quarter >= shift)
    extended = rng.random(number) < np.where(is_after, _EXTENDED_AFTER, _EXTENDED_SHARE)
    suffix = _suffixes(rng, pathway, measured, is_after)
    maximum = _maximum(maxima, suffix, extended, end)
    wobble = rng.normal(0, 0.1, len(quarters))[quarter]
    year = np.array([period.year for period in quarters])[quarter]
    lead = _lead_times(rng, fractions, year, extended, wobble, maximum)

    clinics = scope.with_specialty(pathway.specialty)
    where = _places(rng, len(clinics), number)
    is_slow_clinic = np.array(
        [unit.name == SLOW_FIRST_VISITS.subject for unit in clinics]
    )
    is_slow = is_slow_clinic[where] & (quarter >= SLOW_FIRST_VISITS.place(scope))
    waited = np.where(is_slow, _EXTRA_WAIT_DAYS, 0)

    steps = _steps(rng, lead, measured)
    start = end - (lead + waited)
    within = lead + waited <= maximum
    frame = pd.DataFrame(
        {
            "unit": np.array([unit.id for unit in clinics])[where],
            "svf": pathway.id,
            "prefix": pathway.prefix,
            "start": start,
            **{name: start + days + waited for name, days in steps.items()},
            "end": end,
            "suffix": suffix,
            "extended": np.where(extended, "J", "N"),
            **_person(rng, pathway, scope.region.counties, number),
            "deviation": _deviations(rng, within | ~measured),
        }
    )
    return _seen_on(frame, np.datetime64(scope.last_day))


def _places(rng: np.random.Generator, clinics: int, number: int) -> np.ndarray:
    """Return which clinic takes each case; of two, the first is much the larger."""
    weights = [0.7, 0.3] if clinics == 2 else np.full(clinics, 1 / clinics)
    return rng.choice(clinics, number, p=weights)


def _counts(
    rng: np.random.Generator,
    scope: Scope,
    pathway: Pathway,
    quarters: tuple[Period, ...],
) -> tuple[np.ndarray, np.ndarray]:
    """Return for each case its quarter's place and whether its ending is measured."""
    inclusion = np.array(
        [in_year(scope.region.levels.inclusion, period.year) for period in quarters]
    )
    expected = _measured_a_quarter(pathway) * scope.size * inclusion
    # Ended without further action is measured, but is no start of treatment; the
    # inclusion counts starts, so there must be more cases than it.
    started = sum(pathway.endings.get(ending, 0) for ending in STARTED_TREATMENT)
    if started:
        expected = expected * sum(pathway.endings.values()) / started
    unmeasured = expected * (_STARTED_PER_TREATED - 1)
    if pathway.id == UNSPECIFIC:
        unmeasured = expected * 0.08
    counts = np.concatenate([rng.poisson(expected), rng.poisson(unmeasured)])
    places = np.arange(len(quarters))
    quarter = np.repeat(np.concatenate([places, places]), counts)
    measured = np.arange(len(quarter)) < counts[: len(quarters)].sum()
    return quarter, measured


def _suffixes(
    rng: np.random.Generator,
    pathway: Pathway,
    measured: np.ndarray,
    is_after_shift: np.ndarray,
) -> np.ndarray:
    unmeasured = {
        suffix: weight
        for suffix, weight in OTHER_ENDINGS.items()
        if pathway.id != UNSPECIFIC or suffix not in CLOSING_TALK
    }
    shifted = pathway.endings | {"58": pathway.endings.get("58", 0) * 2}

    def drawn(endings: dict[str, float]) -> np.ndarray:
        weights = np.array(list(endings.values()))
        return rng.choice(list(endings), len(measured), p=weights / weights.sum())

    ordinary, later, outside = drawn(pathway.endings), drawn(shifted), drawn(unmeasured)
    return np.where(measured, np.where(is_after_shift, later, ordinary), outside)


def _maximum(
    maxima: list[Maximum], suffix: np.ndarray, extended: np.ndarray, end: np.ndarray
) -> np.ndarray:
    """Return days per case; the usual maximum for endings that have none."""
    days = np.full(len(suffix), min(maximum.days for maximum in maxima))
    for maximum in maxima:
        if maximum.svf == UNSPECIFIC:
            has_ending = np.isin(suffix, CLOSING_TALK)
        else:
            code = next(
                key for key, value in MEASURED.items() if value == maximum.ending
            )
            has_ending = suffix == code
        applies = has_ending & (extended == (maximum.extended == "J"))
        applies &= end >= np.datetime64(maximum.since)
        if maximum.until is not None:
            applies &= end <= np.datetime64(maximum.until)
        days[applies] = maximum.days
    return days


def _lead_times(
    rng: np.random.Generator,
    fractions: dict[int, tuple[float, float]],
    year: np.ndarray,
    extended: np.ndarray,
    wobble: np.ndarray,
    maximum: np.ndarray,
) -> np.ndarray:
    """Return days, lognormal with the median that puts the wanted share within."""
    quantile = np.zeros(len(year))
    for each, pair in fractions.items():
        for kind, fraction in enumerate(pair):
            mask = (year == each) & (extended == bool(kind))
            quantile[mask] = NormalDist().inv_cdf(fraction)
    drawn = rng.standard_normal(len(year)) - quantile - wobble
    days: NDArray[np.float64] = np.floor((maximum + 1) * np.exp(_SPREAD * drawn))
    return np.clip(days, 0, 365).astype(int)


def _steps(
    rng: np.random.Generator, lead: np.ndarray, measured: np.ndarray
) -> dict[str, np.ndarray]:
    """Return days from the start to each step in between, in order; NaT for none."""
    visit = np.floor(lead * rng.beta(3, 7, len(lead)))
    conference = visit + np.floor((lead - visit) * rng.beta(4, 4, len(lead)))
    decision = conference + np.floor((lead - conference) * rng.beta(3, 6, len(lead)))
    has_visit = rng.random(len(lead)) < 0.97
    has_conference = rng.random(len(lead)) < np.where(measured, 0.9, 0.15)
    has_decision = rng.random(len(lead)) < np.where(measured, 0.96, 0.05)

    def days(number: np.ndarray, has: np.ndarray) -> np.ndarray:
        in_days = number.astype("timedelta64[D]")
        return np.where(has, in_days, np.timedelta64("NaT", "D"))

    return {
        "visit": days(visit, has_visit),
        "conference": days(conference, has_conference),
        "decision": days(decision, has_decision),
    }


def _person(
    rng: np.random.Generator,
    pathway: Pathway,
    counties: Sequence[str],
    number: int,
) -> dict[str, np.ndarray]:
    age = np.clip(np.rint(rng.normal(pathway.age, 11, number)), 18, 99)
    is_woman = rng.random(number) < pathway.share_women
    county = rng.choice(counties, number, p=[0.94, 0.02, 0.01, 0.03])
    return {
        "sex": np.where(is_woman, "K", "M"),
        "age": age.astype(int),
        "county": county,
    }


def _deviations(rng: np.random.Generator, is_fine: np.ndarray) -> np.ndarray:
    kind = rng.choice(["PvV", "MoV", "VoV"], len(is_fine), p=[0.3, 0.3, 0.4])
    has = rng.random(len(is_fine)) < np.where(is_fine, 0.02, 0.15)
    return np.where(has, kind, "")


def _seen_on(cases: pd.DataFrame, day: np.datetime64) -> pd.DataFrame:
    """Return the cases as known on a day: those started, with what had happened."""
    seen = cases[cases["start"] <= day].copy()
    for step in ("visit", "conference", "decision", "end"):
        seen[step] = seen[step].mask(seen[step] > day)
    seen["suffix"] = seen["suffix"].where(seen["end"].notna(), "")
    is_open = seen["end"].isna()
    seen.loc[is_open, "deviation"] = ""
    return seen
