"""Incident reports by category: how many, handled in time, led to lex Maria."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from operator import attrgetter

from app.outcome.ways import IN_TIME, LEX_MARIA, OF_INCIDENTS, REPORTS
from app.queries.frame import Frame
from app.queries.outcomes import OutcomeRow, totals_and_parts
from app.queries.reader import Reader
from app.queries.units import UnitRow
from kpi.assessment import Reason, Status
from kpi.charting import UNMEASURED
from kpi.definitions import Indicator
from kpi.model import Text
from kpi.period import Period, PeriodKind
from kpi.suppression import withheld

BY = "category"
EVERY = ""
"""In the place of a category: all of them."""
_QUARTERS = 5
"""Back to the same quarter of the year before, which is the first of them."""


@dataclass(frozen=True, slots=True)
class Measured:
    """An outcome, and what it is an outcome of."""

    indicator: Indicator
    row: OutcomeRow


@dataclass(frozen=True, slots=True)
class Line:
    """The incidents of a category, or of all, in a unit and quarter.

    Attributes:
        unit: Whose.
        quarter: When.
        category: Its id; empty for all of them.
        name: What it is called; None for all of them.
        reports: How many were reported. Here as below None without an outcome.
        before: How many in the same quarter of the year before.
        change: How many more there are now; None where the two cannot be compared.
        in_time: The share handled in time.
        lex_maria: How many led to lex Maria.
        lex_maria_year: The same of the twelve months that end with the quarter, since
            those of a quarter are often too few to be shown.
    """

    unit: UnitRow
    quarter: Period
    category: str
    name: Text | None
    reports: Measured | None
    before: Measured | None
    change: float | None
    in_time: Measured | None
    lex_maria: Measured | None
    lex_maria_year: Measured | None

    @property
    def measured(self) -> tuple[Measured, ...]:
        """The outcomes of the quarter that there are."""
        of_quarter = (self.reports, self.in_time, self.lex_maria)
        return tuple(outcome for outcome in of_quarter if outcome)


Lines = Mapping[str, Line]
"""Category -> its line; first all of them together."""


@dataclass(frozen=True, slots=True)
class Overview:
    """The incidents of a unit and of the units below it.

    Attributes:
        unit: Whose.
        quarter: The quarter looked at.
        indicators: Those of `OF_INCIDENTS` that are defined.
        own: Lines of the unit by quarter, the earliest first, and category.
        below: Lines of the units directly below in the quarter, by unit and category.
        names: What the categories that there are lines of are called, in the order of
            the definition: None is all of them together, and comes first.
    """

    unit: UnitRow
    quarter: Period
    indicators: tuple[Indicator, ...]
    own: Mapping[Period, Lines]
    below: Mapping[str, Lines]
    names: Mapping[str, Text | None]

    @property
    def lines(self) -> list[Line]:
        """Every line: the unit's, then those of the units below.

        None where the build has none of the indicators.
        """
        if not self.indicators:
            return []
        groups = (*self.own.values(), *self.below.values())
        return [line for lines in groups for line in lines.values()]

    @property
    def is_empty(self) -> bool:
        """Whether nothing of the unit has been delivered for any of the quarters."""
        return not any(map(_is_told, self.own.values()))

    @property
    def now(self) -> Lines:
        """The unit's lines in the quarter looked at."""
        return self.own[self.quarter]


def overview(reader: Reader, frame: Frame, unit: UnitRow, quarter: Period) -> Overview:
    """Return the incidents of a unit up to a quarter, and of the units below in it."""
    known = (frame.indicator(name) for name in OF_INCIDENTS)
    region = frame.units.kolada_id(unit.unit_id)
    indicators = tuple(indicator.in_region(region) for indicator in known if indicator)
    quarters = tuple(quarter.shifted(step) for step in range(1 - _QUARTERS, 1))
    units = [unit, *frame.units.children(unit.unit_id)]
    of_year = {quarter: _year_until(quarter) for quarter in quarters}
    periods = {*quarters, *(quarter.year_before() for quarter in quarters)}
    rows = totals_and_parts(
        reader,
        [indicator.id for indicator in indicators],
        [unit.unit_id for unit in units],
        [str(period) for period in (*periods, *of_year.values())],
        BY,
    )
    outcomes = _Outcomes(indicators, _protected(indicators, rows, unit.unit_id))
    own = {quarter: outcomes.lines(unit, quarter) for quarter in quarters}
    below = {child.unit_id: outcomes.lines(child, quarter) for child in units[1:]}
    below = {child: lines for child, lines in below.items() if _is_expected(lines)}
    there = {
        category for lines in (*own.values(), *below.values()) for category in lines
    }
    names = {
        category: name for category, name in outcomes.names.items() if category in there
    }
    return Overview(unit, quarter, indicators, own, below, names)


def _year_until(quarter: Period) -> Period:
    return Period(PeriodKind.ROLLING, quarter.last - 11, quarter.last)


def _is_told(lines: Lines) -> bool:
    outcomes = (outcome for line in lines.values() for outcome in line.measured)
    return any(outcome.row.status not in UNMEASURED for outcome in outcomes)


def _is_expected(lines: Lines) -> bool:
    """Say whether a unit has delivered, or should have: a gap is shown as a gap."""
    return any(line.measured for line in lines.values())


class _Outcomes:
    """Outcomes by what they are of."""

    def __init__(
        self, indicators: Sequence[Indicator], rows: Iterable[OutcomeRow]
    ) -> None:
        self._indicators = {indicator.id: indicator for indicator in indicators}
        self._rows = {
            (row.indicator, row.unit, row.period, row.by_value): row for row in rows
        }
        self.names: dict[str, Text | None] = {EVERY: None}
        for indicator in indicators:
            self.names |= indicator.categories

    def lines(self, unit: UnitRow, quarter: Period) -> Lines:
        """Return all categories together, and each that has an outcome."""
        lines = (self._line(unit, quarter, category) for category in self.names)
        return {
            line.category: line
            for line in lines
            if line.category == EVERY or line.measured
        }

    def _line(self, unit: UnitRow, quarter: Period, category: str) -> Line:
        def of(
            indicator: str, period: Period = quarter, category: str = category
        ) -> Measured | None:
            row = self._rows.get((indicator, unit.unit_id, str(period), category))
            return Measured(self._indicators[indicator], row) if row else None

        before = quarter.year_before()
        reports, reports_before = of(REPORTS), of(REPORTS, before)
        wholes = of(REPORTS, category=EVERY), of(REPORTS, before, EVERY)
        return Line(
            unit,
            quarter,
            category,
            self.names[category],
            reports=reports,
            before=reports_before,
            change=_change(reports, reports_before)
            if _change(*wholes) is not None
            else None,
            in_time=of(IN_TIME),
            lex_maria=of(LEX_MARIA),
            lex_maria_year=of(LEX_MARIA, _year_until(quarter)),
        )


def _change(now: Measured | None, then: Measured | None) -> float | None:
    """Return how many more there are now; None where the two cannot be compared.

    Where a unit or a month is missing in either, the sums are of other wholes; of a
    category that is told of all categories together.
    """
    if now is None or then is None:
        return None
    since, until = Period.parse(then.row.period), Period.parse(now.row.period)
    if now.indicator.breaks_parting(since, until):
        return None
    if any(row.reason or not row.is_whole for row in (now.row, then.row)):
        return None
    if now.row.value is None or then.row.value is None:
        return None
    return now.row.value - then.row.value


def _protected(
    indicators: Sequence[Indicator], rows: Iterable[OutcomeRow], top: str
) -> list[OutcomeRow]:
    """Return the rows with so many hidden that what is too few cannot be worked out.

    Categories stand beside their total, and units below under their sum: a single one
    that is hidden is what is left of it (`kpi.suppression`).

    Args:
        indicators: Each with its minimum.
        rows: Of a unit and those directly below it.
        top: The id of the unit.
    """
    fewest = {indicator.id: indicator.minimum_denominator for indicator in indicators}
    protected, before = list(rows), None
    while protected != before:
        before = protected
        for group_of, is_whole in (
            (attrgetter("indicator", "unit", "period"), lambda row: not row.by),
            (
                attrgetter("indicator", "by_value", "period"),
                lambda row: row.unit == top,
            ),
        ):
            groups: dict[object, list[OutcomeRow]] = defaultdict(list)
            for row in protected:
                groups[group_of(row)].append(row)
            protected = [
                row
                for group in groups.values()
                for row in _without_a_rest(group, is_whole, fewest[group[0].indicator])
            ]
    return protected


def _without_a_rest(
    rows: Sequence[OutcomeRow], is_whole: Callable[[OutcomeRow], bool], fewest: int
) -> list[OutcomeRow]:
    """Return the rows, parts hidden where what is left of the whole is too few."""
    whole = next((_cases(row) for row in rows if is_whole(row)), None)
    if whole is None:
        return list(rows)
    parts = [row for row in rows if not is_whole(row) and _cases(row) is not None]
    counts = [_cases(row) or 0 for row in parts]
    rest = max(whole - sum(counts), 0)
    hidden = {parts[at] for at in withheld([*counts, rest], fewest) if at < len(parts)}
    return [_hidden(row) if row in hidden else row for row in rows]


def _cases(row: OutcomeRow) -> int | None:
    """Return how many an outcome is of, as its minimum counts; None if not shown."""
    cases = row.numerator if row.denominator is None else row.denominator
    return None if cases is None else round(cases)


def _hidden(row: OutcomeRow) -> OutcomeRow:
    return row._replace(
        numerator=None,
        denominator=None,
        value=None,
        lower=None,
        upper=None,
        status=str(Status.TOO_FEW),
        reason=str(Reason.TOO_FEW),
    )
