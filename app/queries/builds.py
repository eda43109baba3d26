"""A build: what a warehouse holds one or more of, and what everything is read from."""

from dataclasses import dataclass
from datetime import date, datetime

from kpi.period import Period, PeriodKind, quarter_of, quarters_between


@dataclass(frozen=True, slots=True)
class Build:
    """A published build; months as `kpi.period.month_number`, None without facts."""

    build_id: str
    sequence: int
    built_at: datetime
    as_of: date
    first_month: int | None
    last_month: int | None
    is_demo: bool

    def quarters(self) -> list[Period]:
        """Return the quarters that can be chosen, oldest first.

        The quarter still running at `as_of` is among them if it has facts.
        """
        if self.first_month is None or self.last_month is None:
            return []
        return quarters_between(self.first_month, self.last_month)

    def latest_quarter(self) -> Period:
        """Return the latest quarter that was over when the build was made."""
        running = Period.holding(PeriodKind.QUARTER, self.as_of)
        over = running if self.as_of == running.last_day else running.shifted(-1)
        if self.last_month is None:
            return over
        return min(over, quarter_of(self.last_month), key=lambda period: period.first)
