"""Will the year's target be met? One indicator in one unit, from this year and last."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from app.outcome.charted import is_counted
from app.queries.outcomes import OutcomeRow
from kpi.assessment import JUDGED, SHOWN, Reason, Status
from kpi.definitions import Frequency, Indicator
from kpi.forecast import Forecast, Outlook, Tally, cases_expected, forecast
from kpi.model import Kind
from kpi.period import MONTHS_IN, Period, PeriodKind
from kpi.targets import Rule

LEAST_CASES = 10
"""With fewer so far this year a probability would say more of last year than this."""

_PARTS: dict[Frequency, tuple[PeriodKind, ...]] = {
    "monthly": (PeriodKind.MONTH, PeriodKind.QUARTER),
    "every_second_month": (PeriodKind.QUARTER,),
    "quarterly": (PeriodKind.MONTH, PeriodKind.QUARTER),
    "tertially": (PeriodKind.TERTIAL,),
    "half_yearly": (PeriodKind.HALF,),
}
"""What to add a year up from: the shortest first, longer ones where it is hidden."""

_SILENT = (Status.NOT_REPORTED, Status.REJECTED)
_EMPTY = (Status.NOT_MEASURED, Status.PAUSED)


class Silence(StrEnum):
    """Why nothing is forecast."""

    NOT_A_SHARE = "not_a_share"
    NO_TARGET = "no_target"
    MEASURED_ONCE = "measured_once"
    NOT_A_SUM = "not_a_sum"
    NO_COUNTS = "no_counts"
    NOT_SHOWN = "not_shown"
    PARTS_MISSING = "parts_missing"
    NOTHING_YET = "nothing_yet"
    FEW_CASES = "few_cases"
    BREAK = "break"
    LAST_YEAR_UNKNOWN = "last_year_unknown"


@dataclass(frozen=True, slots=True)
class Basis:
    """What a forecast rests on.

    Attributes:
        so_far: This year's counts.
        until: The last period that they hold.
        waiting: The periods of the year without data yet, oldest first.
        last_year: All of last year's counts; None where they are not known or not
            comparable.
        found: The forecast.
    """

    so_far: Tally
    until: Period
    waiting: tuple[Period, ...]
    last_year: Tally | None
    forecast: Forecast


@dataclass(frozen=True, slots=True)
class YearOutlook:
    """How a year stands.

    Attributes:
        year: The year.
        row: Its outcome, so far if it is not over; None if there is none.
        outlook: None where nothing can be said.
        silence: Why; None where something is.
        basis: What is forecast; None for a year that is over.
    """

    year: Period
    row: OutcomeRow | None
    outlook: Outlook | None = None
    silence: Silence | None = None
    basis: Basis | None = None


def year_outlook(
    indicator: Indicator, rows: Sequence[OutcomeRow], year: Period, reach: int
) -> YearOutlook:
    """Say whether a year's target has been, or will be, met.

    Args:
        indicator: With the breaks of the unit's region only.
        rows: Its totals in the unit, of all lengths.
        year: The year.
        reach: The last month with data that is over.
    """
    by_period = {row.period: row for row in rows}
    row = by_period.get(str(year))

    def silent(why: Silence) -> YearOutlook:
        return YearOutlook(year, row, silence=why)

    if indicator.kind is not Kind.PROPORTION:
        return silent(Silence.NOT_A_SHARE)
    if row is None or row.target is None:
        return silent(Silence.NOTHING_YET if row is None else Silence.NO_TARGET)
    if indicator.frequency not in _PARTS:
        return silent(Silence.MEASURED_ONCE)
    if year.last <= reach:
        if row.status not in JUDGED:
            is_shown = row.value is not None
            return silent(Silence.PARTS_MISSING if is_shown else Silence.NOT_SHOWN)
        is_met = row.status == Status.MET
        return YearOutlook(year, row, Outlook.MET if is_met else Outlook.NOT_MET)
    if indicator.averaged_over_time:
        return silent(Silence.NOT_A_SUM)
    if _breaks_after(indicator, year.first, year.last):
        return silent(Silence.BREAK)
    why = Silence.NOTHING_YET
    for kind in _PARTS[indicator.frequency]:
        basis = _basis(indicator, by_period, row, year, kind, reach)
        if isinstance(basis, Basis):
            return YearOutlook(year, row, basis.forecast.outlook, basis=basis)
        # Not everything is told in periods of every length.
        why = why if basis is Silence.NOTHING_YET else basis
    return silent(why)


def _breaks_after(indicator: Indicator, first: int, last: int) -> bool:
    """Say whether values of the first month and the last cannot be compared."""
    return any(first < break_.since.first <= last for break_ in indicator.breaks)


def _basis(
    indicator: Indicator,
    by_period: Mapping[str, OutcomeRow],
    row: OutcomeRow,
    year: Period,
    kind: PeriodKind,
    reach: int,
) -> Basis | Silence:
    """Return the forecast from periods of one length, or why there is none."""
    periods = [
        Period.numbered(kind, year.year, number + 1)
        for number in range(12 // MONTHS_IN[kind])
    ]
    waiting, counted, reported = [], [], []
    for period in periods:
        outcome = by_period.get(str(period))
        if period.last > reach or (outcome and outcome.status in _SILENT):
            waiting.append(period)
        elif outcome is None:
            return Silence.NOTHING_YET
        elif outcome.value is not None and not outcome.is_whole:
            return Silence.PARTS_MISSING
        elif outcome.status in SHOWN or _is_empty(outcome):
            counted.append(outcome)
            reported.append(period)
        else:
            return Silence.NOT_SHOWN
    if not reported:
        return Silence.NOTHING_YET
    if not is_counted(indicator, counted):
        return Silence.NO_COUNTS
    so_far = _sum(counted)
    if so_far.denominator < max(LEAST_CASES, indicator.minimum_denominator):
        return Silence.FEW_CASES
    before = [period.year_before() for period in waiting]
    # A break between then and now: as many cases as then is no guess any more.
    if before and _breaks_after(indicator, before[0].first, year.first):
        return Silence.BREAK
    known = {period: _cases(by_period.get(str(period))) for period in before}
    remaining = cases_expected(waiting, known)
    if not remaining:
        return Silence.LAST_YEAR_UNKNOWN
    last_year = _last_year(indicator, by_period, year)
    rule: Rule | None = row.target_rule  # type: ignore[assignment]
    outlook = forecast(
        so_far, remaining, row.target, rule, indicator.direction, last_year
    )
    if outlook is None:
        return Silence.NO_TARGET
    return Basis(so_far, reported[-1], tuple(waiting), last_year, outlook)


def _last_year(
    indicator: Indicator, by_period: Mapping[str, OutcomeRow], year: Period
) -> Tally | None:
    before = year.year_before()
    row = by_period.get(str(before))
    if row is None or row.status not in SHOWN or not row.is_whole:
        return None
    if not is_counted(indicator, [row]):
        return None
    if _breaks_after(indicator, before.first, year.first):
        return None
    return _sum([row])


def _is_empty(row: OutcomeRow) -> bool:
    return row.status in _EMPTY or row.reason == Reason.NO_CASES


def _cases(row: OutcomeRow | None) -> float | None:
    """Return how many cases a period had; None where it is not known."""
    if row is None or (row.value is not None and not row.is_whole):
        return None
    return 0 if _is_empty(row) else row.denominator


def _sum(rows: Iterable[OutcomeRow]) -> Tally:
    rows = list(rows)
    return Tally(
        round(sum(outcome.numerator or 0 for outcome in rows)),
        round(sum(outcome.denominator or 0 for outcome in rows)),
    )
