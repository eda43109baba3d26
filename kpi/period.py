"""Months, quarters, tertials, half-years, years and rolling twelve months."""

import re
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import lru_cache


class PeriodKind(StrEnum):
    """How long a period is; the value is the word kept in the database."""

    MONTH = "month"
    QUARTER = "quarter"
    TERTIAL = "tertial"
    HALF = "half"
    YEAR = "year"
    ROLLING = "rolling"


MONTHS_IN = {
    PeriodKind.MONTH: 1,
    PeriodKind.QUARTER: 3,
    PeriodKind.TERTIAL: 4,
    PeriodKind.HALF: 6,
    PeriodKind.YEAR: 12,
    PeriodKind.ROLLING: 12,
}

_LETTERS = {
    "Q": PeriodKind.QUARTER,
    "K": PeriodKind.QUARTER,
    "T": PeriodKind.TERTIAL,
    "H": PeriodKind.HALF,
}
_PARTED = re.compile(r"([12][0-9]{3})([QKTHqkth])([1-9])")
_MONTH = re.compile(r"([12][0-9]{3})-([0-9]{2})")
_YEAR = re.compile(r"[12][0-9]{3}")
_ROLLING = re.compile(r"[Rr]12-([12][0-9]{3})[QKqk]([1-4])")

EXPECTED = "2026Q1, 2026K1, 2026-03, 2026T1, 2026H1, 2026 or R12-2026Q1"


def month_number(day: date) -> int:
    """Return months since year 0, so that months can be counted and compared."""
    return day.year * 12 + day.month - 1


def last_month_over(day: date) -> int:
    """Return the last month that is over at the end of the day."""
    following = day + timedelta(days=1)
    return month_number(following) - 1


@dataclass(frozen=True, slots=True)
class Period:
    """A run of whole calendar months.

    Attributes:
        kind: Which kind of period it is.
        first: Its first month, as `month_number`.
        last: Its last month, inclusive.
    """

    kind: PeriodKind
    first: int
    last: int

    @classmethod
    def parse(cls, text: str) -> "Period":
        """Read a period as written in files, URLs and definitions.

        Raises:
            ValueError: the text is not a period.
        """
        return _parsed(text)

    @classmethod
    def numbered(cls, kind: PeriodKind, year: int, number: int) -> "Period":
        """Return the period with this number (from 1) within its year."""
        months = MONTHS_IN[kind]
        first = year * 12 + (number - 1) * months
        return cls(kind, first, first + months - 1)

    @classmethod
    def holding(cls, kind: PeriodKind, day: date) -> "Period":
        """Return the calendar period of this kind that holds the day."""
        if kind is PeriodKind.ROLLING:
            raise ValueError("a day lies in twelve rolling periods, not in one")
        number = (day.month - 1) // MONTHS_IN[kind] + 1
        return cls.numbered(kind, day.year, number)

    @property
    def year(self) -> int:
        """The year the period ends in."""
        return self.last // 12

    @property
    def number(self) -> int:
        """Which one of its kind within the year, from 1; for R12 its quarter."""
        months = 3 if self.kind is PeriodKind.ROLLING else MONTHS_IN[self.kind]
        return self.last % 12 // months + 1

    @property
    def first_day(self) -> date:
        """The period's first day."""
        return date(self.first // 12, self.first % 12 + 1, 1)

    @property
    def last_day(self) -> date:
        """The period's last day."""
        after = self.last + 1
        return date(after // 12, after % 12 + 1, 1) - timedelta(days=1)

    def shifted(self, periods: int) -> "Period":
        """Return the period this many steps later, or earlier if negative.

        A rolling period steps by quarters.
        """
        months = 3 if self.kind is PeriodKind.ROLLING else MONTHS_IN[self.kind]
        step = months * periods
        return Period(self.kind, self.first + step, self.last + step)

    def year_before(self) -> "Period":
        """Return the same period one year earlier."""
        return Period(self.kind, self.first - 12, self.last - 12)

    def holds(self, other: "Period") -> bool:
        """Say whether every month of the other period is one of this one's."""
        return self.first <= other.first and other.last <= self.last

    def __str__(self) -> str:
        """Return the written form, which is also the form kept in the database."""
        match self.kind:
            case PeriodKind.MONTH:
                return f"{self.year}-{self.number:02}"
            case PeriodKind.QUARTER:
                return f"{self.year}Q{self.number}"
            case PeriodKind.TERTIAL:
                return f"{self.year}T{self.number}"
            case PeriodKind.HALF:
                return f"{self.year}H{self.number}"
            case PeriodKind.YEAR:
                return f"{self.year}"
            case PeriodKind.ROLLING:
                return f"R12-{self.year}Q{self.number}"


@lru_cache(4096)  # a page reads the same few hundreds of times
def _parsed(text: str) -> Period:
    written = text.strip()
    if match := _PARTED.fullmatch(written):
        kind = _LETTERS[match[2].upper()]
        number = int(match[3])
        if number <= 12 // MONTHS_IN[kind]:
            return Period.numbered(kind, int(match[1]), number)
    elif match := _MONTH.fullmatch(written):
        if 1 <= int(match[2]) <= 12:
            return Period.numbered(PeriodKind.MONTH, int(match[1]), int(match[2]))
    elif match := _YEAR.fullmatch(written):
        return Period.numbered(PeriodKind.YEAR, int(written), 1)
    elif match := _ROLLING.fullmatch(written):
        last = int(match[1]) * 12 + int(match[2]) * 3 - 1
        return Period(PeriodKind.ROLLING, last - 11, last)
    raise ValueError(f"expected a period such as {EXPECTED}, got {text!r}")


def quarter_of(month: int) -> Period:
    """Return the quarter that holds a month."""
    return Period.numbered(PeriodKind.QUARTER, month // 12, month % 12 // 3 + 1)


def kind_of_months(months: int) -> PeriodKind:
    """Return what a period so many months long is; twelve are a year.

    Raises:
        KeyError: no kind of period is so long.
    """
    # A year, which comes first, goes before twelve rolling months.
    return {MONTHS_IN[kind]: kind for kind in reversed(PeriodKind)}[months]


def quarters_between(first: int, last: int) -> list[Period]:
    """Return the quarters that hold months, oldest first.

    Args:
        first: The first month, as `month_number`.
        last: The last one, not before it.
    """
    begin = quarter_of(first)
    count = (quarter_of(last).first - begin.first) // 3 + 1
    return [begin.shifted(number) for number in range(count)]
