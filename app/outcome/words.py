"""One outcome in words: what every page says of it in the same way."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from app.address import indicator_address, lineage_address
from app.outcome.basis import basis_words, is_incomplete
from app.outcome.over_time import ended_words, status_words, step_words
from app.outcome.sparkline import TrendPoint, sparkline
from app.queries.builds import Build
from app.queries.outcomes import OutcomeRow
from app.words import headings, text
from app.words.language import gettext as _
from app.words.language import of
from kpi.assessment import JUDGED, SHOWN, Reason, Status, shortfall
from kpi.charting import NOT_EXPECTED
from kpi.coverage import grows_with_time
from kpi.definitions import Indicator
from kpi.evidence import Estimate
from kpi.gap import cases_to_target
from kpi.model import Kind
from kpi.period import Period, PeriodKind, month_number
from kpi.targets import Rule

_OF_OTHER_PERIODS = {
    Reason.NO_COUNTS: headings.no_counts,
    Reason.NOT_NESTED: headings.not_nested,
}
"""Why there is a value for periods of another length only, with which."""


@dataclass(frozen=True, slots=True)
class OutcomeWords:
    """An outcome as it is read; empty text where there is nothing to say.

    Attributes:
        value: With its unit if that is short; a dash without a value.
        unit: The unit where it is written beside the value.
        interval: 95 %.
        target: With its rule.
        national: The national target where a local one goes before it.
        gap: Value less target, with its sign.
        gap_unit: What the gap is counted in.
        cases: How many more or fewer would have met the target.
        status: The word kept in the database.
        status_words: What it is called of this indicator.
        reason: Why there is no value, or what to know of it.
        caution: That the difference may be chance.
        basis: What the outcome rests on, where that is not all that was delivered.
        is_incomplete: Whether rows that were delivered are not in it.
        period: In words.
        rank_of_gap: How far on the wrong side, in parts of the target; for sorting.
            None if there is nothing to compare.
        href: The indicator's page.
        rows_href: The rows and files behind the number.
    """

    value: str
    unit: str
    interval: str
    target: str
    national: str
    gap: str
    gap_unit: str
    cases: str
    status: Status
    status_words: str
    reason: str
    caution: str
    basis: tuple[str, ...]
    is_incomplete: bool
    period: str
    rank_of_gap: float | None
    href: str
    rows_href: str


def outcome_words(
    indicator: Indicator,
    row: OutcomeRow,
    build: Build | None = None,
    named: Callable[[str], str] = str,
) -> OutcomeWords:
    """Return an outcome in words.

    Args:
        indicator: What it is an outcome of.
        row: The outcome.
        build: The build it is from, which knows how far the data reach; None where
            the period is known to be over.
        named: Gives the name of a unit by its id.
    """
    status = Status(row.status)
    decimals = _decimals(indicator, row)
    is_shown = status in SHOWN and row.value is not None
    gap = _gap(indicator, row, decimals)
    return OutcomeWords(
        value=text.value(indicator, row.value, decimals) if is_shown else text.NO_VALUE,
        unit=text.unit_after(indicator, row.denominator) if is_shown else "",
        interval=text.interval(indicator, row.lower, row.upper),
        target=_target(indicator, row),
        national=_national(indicator, row),
        gap=gap,
        gap_unit=_gap_unit(indicator, row) if gap else "",
        cases=_cases(indicator, row),
        status=status,
        status_words=status_words(indicator, status),
        reason=_remark(indicator, row, build),
        caution=_caution(row),
        basis=tuple(basis_words(indicator, row, named)),
        is_incomplete=is_incomplete(row),
        period=text.period(row.period),
        rank_of_gap=relative_shortfall(indicator, row),
        href=indicator_address(row.indicator, row.unit, row.period),
        rows_href=lineage_address(
            row.indicator, row.unit, row.period, row.by, row.by_value
        ),
    )


def value_words(indicator: Indicator, row: OutcomeRow) -> str:
    """Return the value alone, as `outcome_words` has it, of a row that is shown."""
    return text.value(indicator, row.value, targets=(row.target, row.national_target))


def reason_words(indicator: Indicator, row: OutcomeRow) -> str:
    """Return why an outcome has no value, or what to know of it; empty for nothing."""
    if row.reason is None:
        is_told = row.has_predecessors and row.value is not None
        return _("Räknar in enheter som den har ersatt.") if is_told else ""
    reason = Reason(row.reason)
    if reason is Reason.TOO_FEW:
        is_count = indicator.kind is Kind.COUNT
        return headings.minimum(indicator.minimum_denominator, is_count)
    if reason in _OF_OTHER_PERIODS and row.reported_as:
        kind = text.PER_PERIOD[PeriodKind(row.reported_as)]
        return _OF_OTHER_PERIODS[reason](str(kind))
    if reason is Reason.UNITS_MISSING:
        return headings.units_missing(row.units_reporting, row.units_expected)
    return str(text.REASON[reason])


def _remark(indicator: Indicator, row: OutcomeRow, build: Build | None) -> str:
    reached = build and _reach_words(row, build)
    # How far the data reach says already that the period is not over.
    is_told = reached and row.reason == Reason.ONGOING
    ended = target_words(indicator, row.ended_target, row.ended_rule)
    sentences = (
        *step_words(indicator, row),
        reached,
        "" if is_told else reason_words(indicator, row),
        ended_words(row, ended),
    )
    return " ".join(sentence for sentence in sentences if sentence)


def _reach_words(row: OutcomeRow, build: Build) -> str:
    """Return how far the data reach, where that is not to the period's end."""
    if build.last_month is None or row.status in NOT_EXPECTED or row.is_whole:
        return ""
    is_over = Period.parse(row.period).last_day <= build.as_of
    if not is_over:
        return _("Pågår, t.o.m. {month}.").format(
            month=text.month(min(build.last_month, month_number(build.as_of)))
        )
    if row.last_month > build.last_month:
        return f"{headings.data_through(build.last_month)}."
    return ""


def estimate(row: OutcomeRow) -> Estimate | None:
    """Return a value with its interval; None without one."""
    if row.value is None or row.lower is None or row.upper is None:
        return None
    return Estimate(row.value, row.lower, row.upper)


def interval_holds(row: OutcomeRow, level: float) -> bool:
    """Say whether a level lies within an outcome's interval; False without one."""
    if row.lower is None or row.upper is None:
        return False
    return row.lower <= level <= row.upper


def relative_shortfall(indicator: Indicator, row: OutcomeRow) -> float | None:
    """Return how far an outcome is on the wrong side, in parts of its target.

    Indicators have different units, so their gaps are compared as shares.
    """
    if row.value is None or row.target is None or row.target_rule is None:
        return None
    rule: Rule = row.target_rule  # type: ignore[assignment]
    short = shortfall(row.value, row.target, rule, indicator.direction)
    return short / (abs(row.target) or 1.0)


def target_words(indicator: Indicator, target: float | None, rule: str | None) -> str:
    """Return a target with its rule; empty if there is none."""
    if rule is None:
        return ""
    if rule == "better_than_last_year":
        if target is None:
            return headings.rule(rule, "")
        return _("bättre än i fjol ({value})").format(
            value=text.value(indicator, target)
        )
    words = target_number(indicator, target)
    # A milestone is reached or not; "= ja" says no more than "ja".
    return words if indicator.kind is Kind.MILESTONE else headings.rule(rule, words)


def target_number(indicator: Indicator, level: float | None) -> str:
    """Return a target as it is written, with as many decimals as it has: `55 %`."""
    decimals = next(
        (
            places
            for places in range(6)
            if level is None or round(level, places) == level
        ),
        6,
    )
    return text.value(indicator, level, decimals)


def _target(indicator: Indicator, row: OutcomeRow) -> str:
    words = target_words(indicator, row.target, row.target_rule)
    if words and row.target_level:
        return headings.beside(row.target_level, words)
    return words


def _national(indicator: Indicator, row: OutcomeRow) -> str:
    words = target_words(indicator, row.national_target, row.national_rule)
    return headings.beside("national", words) if words else ""


def _decimals(indicator: Indicator, row: OutcomeRow) -> int:
    return text.places(indicator, row.value, targets=(row.target, row.national_target))


def _gap(indicator: Indicator, row: OutcomeRow, decimals: int) -> str:
    if row.status not in JUDGED or row.value is None or row.target is None:
        return ""
    if indicator.kind is Kind.MILESTONE:
        return ""
    return text.signed(row.value - row.target, decimals)


def _gap_unit(indicator: Indicator, row: OutcomeRow) -> str:
    # What is counted stands beside the value; "−1 dialoger" is no Swedish.
    if indicator.kind is Kind.COUNT or row.value is None or row.target is None:
        return ""
    return text.difference_unit(indicator, row.value - row.target)


def _cases(indicator: Indicator, row: OutcomeRow) -> str:
    if indicator.unit.sv != text.PER_CENT or row.status not in JUDGED:
        return ""
    rule: Rule | None = row.target_rule  # type: ignore[assignment]
    more = cases_to_target(
        row.numerator, row.denominator, row.target, rule, indicator.direction
    )
    return headings.cases(more or 0)


def _caution(row: OutcomeRow) -> str:
    """Return a caution where the target lies within the interval, met or missed."""
    if row.status not in JUDGED or row.target in (None, row.value):
        return ""
    is_within = interval_holds(row, row.target or 0.0)
    return str(headings.UNDECIDED) if is_within else ""


@dataclass(frozen=True, slots=True)
class Trend:
    """The lines of a trend, if there are any, and what they show in a sentence."""

    lines: str
    alt: str


def trend(indicator: Indicator, rows: Sequence[OutcomeRow]) -> Trend:
    """Return the trend line of an indicator's outcomes, oldest first.

    Fewer than two values make no lines. Values from before a break are not told.
    """
    points = _points(indicator, rows)
    values = [
        (text.period(row.period), value_words(indicator, row))
        for row in _since_break(indicator, rows)
        # A part of a year is no end to tell of a line of years.
        if row.value is not None and row.is_whole
    ]
    last = rows[-1] if rows else None
    target = target_words(indicator, last.target, last.target_rule) if last else None
    alt = headings.trend_alt(of(indicator.name), values, target or None)
    is_line = sum(trend_point.value is not None for trend_point in points) > 1
    return Trend(sparkline(points) if is_line else "", alt)


def _since_break(indicator: Indicator, rows: Sequence[OutcomeRow]) -> list[OutcomeRow]:
    """Return the rows from the last break that has a value after it."""
    newest = max((row.last_month for row in rows if row.value is not None), default=0)
    breaks = [break_.since.first for break_ in indicator.breaks]
    since = max((break_ for break_ in breaks if break_ <= newest), default=0)
    return [row for row in rows if row.last_month >= since]


def _points(indicator: Indicator, rows: Sequence[OutcomeRow]) -> list[TrendPoint]:
    """Return what to draw.

    The line has a gap where a period should have been measured, and where values
    before and after are not comparable. Targets are of the level that holds now: a
    local one that follows on a national one is not a target that was lowered.
    """
    points: list[TrendPoint] = []
    level = next((row.target_level for row in reversed(rows) if row.target_level), None)
    for row in rows:
        if row.status == Status.NOT_MEASURED:
            continue
        step = max(row.last_month - row.first_month + 1, indicator.months_expected())
        if points and (
            row.last_month - points[-1].month > step
            or _is_broken(indicator, points[-1].month, row.last_month)
        ):
            points.append(TrendPoint(row.last_month - 1, None, None))
        target = row.target if row.target_level == level else None
        # Beside whole periods a sum of some months would be a fall.
        is_drawn = row.is_whole or not grows_with_time(indicator)
        value = row.value if is_drawn else None
        points.append(TrendPoint(row.last_month, value, target))
    return points


def _is_broken(indicator: Indicator, after: int, until: int) -> bool:
    return any(after < break_.since.first <= until for break_ in indicator.breaks)


def is_untargeted(words: OutcomeWords) -> bool:
    """Say whether an outcome can wait: no target, and nothing is wrong with it.

    A value that should be there and is not is a problem, with a target or without.
    """
    return not words.target and words.status in (
        Status.NO_TARGET,
        Status.NOT_MEASURED,
        Status.OTHER_PERIODS,
    )
