"""Care contacts at which a medication review may be due: `lakemedel/kontakter*.csv`."""

import numpy as np
import pandas as pd

from etl.demo import dirt
from etl.demo.regions import GAP_CENTRE, IMPROVING_WARD, SILENT_CENTRES
from etl.demo.scope import Scope
from etl.demo.stories import STOPS_REGISTERING, SYSTEM_CHANGE
from etl.demo.units import Unit
from etl.demo.workdays import drawn_workdays
from etl.demo.writing import date_text, serial_text
from kpi.model import UnitKind
from kpi.period import Period

_A_QUARTER = {UnitKind.HEALTH_CENTRE: 300.0, UnitKind.WARD: 130.0}
_HOME_CARE_SHARE = 0.08
_NOT_DUE_SHARE = 0.15
_OTHER_CODES = ("AV034", "AW005")
_GAP_QUARTERS_BACK = 6


def contact_rows(scope: Scope, year: int) -> pd.DataFrame:
    """Return the rows of one year's file, sorted by date."""
    rng = scope.stream(f"kontakter {year}")
    units = scope.of_kind(*_A_QUARTER)
    sizes = np.exp(scope.stream("kontakter sizes").normal(0, 0.3, len(units)))
    rates = _rates(scope, units)
    cells = [
        (unit, number, place)
        for number, unit in enumerate(units)
        for place, quarter in enumerate(scope.quarters)
        if quarter.year == year and _reports(unit, quarter, scope)
    ]
    expected = [_A_QUARTER[unit.kind] * sizes[number] for unit, number, _ in cells]
    cell = np.repeat(np.arange(len(cells)), rng.poisson(expected))
    quarters = [scope.quarters[place] for _, _, place in cells]
    days = drawn_workdays(rng, quarters, cell)
    order = np.argsort(days, kind="stable")
    cell, days, number = cell[order], days[order], len(cell)

    is_ward = np.array([unit.kind is UnitKind.WARD for unit, _, _ in cells])[cell]
    rate = np.array([rates[number][place] for _, number, place in cells])[cell]
    report_share = np.array([_report_share(*cell_key[:2]) for cell_key in cells])[cell]
    ids = np.array([unit.id for unit, _, _ in cells], dtype=object)
    age, medicines = _due(rng, number)
    home = rng.random(number) < _HOME_CARE_SHARE
    frame = pd.DataFrame(
        {
            "kontakt_id": serial_text(f"K-{year}-", 1, number, 7),
            "enhet_id": ids[cell],
            "datum": date_text(days),
            "vardform": np.where(
                is_ward, "sluten", np.where(home, "hemsjukvard", "oppen")
            ),
            "alder": np.char.mod("%d", age),
            "antal_lakemedel": np.char.mod("%d", medicines),
            "kon": np.where(rng.random(number) < 0.57, "K", "M"),
            "kva_kod": _codes(rng, rate),
            "lakemedelsberattelse": _yes_no(rng, is_ward, report_share),
            "lakemedelslista": _yes_no(rng, is_ward, report_share - 0.08),
        },
        dtype=object,
    )
    return _soiled(frame, scope, year)


def _reports(unit: Unit, quarter: Period, scope: Scope) -> bool:
    is_gap = quarter == scope.last.shifted(-_GAP_QUARTERS_BACK)
    return unit.is_open(quarter) and not (unit.name == GAP_CENTRE and is_gap)


def _rates(scope: Scope, units: tuple[Unit, ...]) -> np.ndarray:
    """Return the share of due contacts with a review, `(units, quarters)`.

    0 to 1; -1 where the unit registers no code of any kind.
    """
    rng = scope.stream("kontakter rates")
    steps = np.arange(len(scope.quarters))
    is_centre = np.array([unit.kind is UnitKind.HEALTH_CENTRE for unit in units])
    low, high = np.where(is_centre, 0.2, 0.3), np.where(is_centre, 0.62, 0.55)
    rates = rng.uniform(low, high)[:, None] + 0.004 * steps
    rates += rng.normal(0, 0.025, rates.shape)
    rates[:, steps == SYSTEM_CHANGE.place(scope)] *= 0.6
    rates = np.clip(rates, 0.02, 0.95)
    for number, unit in enumerate(units):
        if unit.name in SILENT_CENTRES:
            rates[number] = -1
        if unit.name == STOPS_REGISTERING.subject:
            rates[number, steps >= STOPS_REGISTERING.place(scope)] = -1
    return rates


def _due(rng: np.random.Generator, number: int) -> tuple[np.ndarray, np.ndarray]:
    """Return age and number of medicines; most contacts are due, some just are not."""
    age = 75 + np.minimum(rng.gamma(2.2, 4.0, number), 27).astype(int)
    medicines = 5 + rng.poisson(3.6, number)
    not_due = rng.random(number) < _NOT_DUE_SHARE
    is_young = rng.random(number) < 0.5
    age = np.where(not_due & is_young, rng.integers(60, 75, number), age)
    medicines = np.where(not_due & ~is_young, rng.integers(0, 5, number), medicines)
    return age, medicines


def _codes(rng: np.random.Generator, rate: np.ndarray) -> np.ndarray:
    number = len(rate)
    kind = rng.choice(["XV015", "XV016", "XV015 XV016"], number, p=[0.84, 0.1, 0.06])
    review = np.where(rng.random(number) < rate, kind, "")
    has_other = (rng.random(number) < 0.05) & (rate >= 0)
    other_code = np.where(has_other, rng.choice(_OTHER_CODES, number), "")
    return np.char.strip(np.char.add(np.char.add(review, " "), other_code)).astype(
        object
    )


def _report_share(unit: Unit, number: int) -> float:
    """Return the share of discharges with a medicine report, 0-1."""
    return 0.94 if unit.name == IMPROVING_WARD else 0.62 + 0.03 * (number % 9)


def _yes_no(
    rng: np.random.Generator, is_asked: np.ndarray, share: np.ndarray
) -> np.ndarray:
    answer = np.where(rng.random(len(is_asked)) < share, "J", "N")
    return np.where(is_asked, answer, "").astype(object)


def _soiled(frame: pd.DataFrame, scope: Scope, year: int) -> pd.DataFrame:
    rng = scope.stream(f"kontakter dirt {year}")
    if year == scope.last.year - 1:
        dirt.lower_case(frame, "enhet_id", rng, 0.02)
        dirt.put(frame, "kon", [dirt.MASKED] * 4 + [dirt.NO_VALUE] * 3, rng)
        dirt.put(frame, "antal_lakemedel", [dirt.UNKNOWN] * 3 + ["-2", "fem"], rng)
        dirt.put(frame, "enhet_id", list(scope.region.unknown_units), rng)
        return dirt.with_repeated_row(frame, rng)
    if year == scope.last.year:
        times = rng.random(len(frame)) < 0.5
        frame["datum"] = dirt.compact_dates(frame["datum"].to_numpy(), times)
        dirt.put(frame, "datum", [dirt.FUTURE_DATE, f"{year}-02-30"], rng)
    return frame
