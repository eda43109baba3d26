"""Waiting times with open cases: Kaplan-Meier, and what follows from it."""

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import accumulate
from math import exp, log, sqrt

from kpi.intervals import Z95


@dataclass(frozen=True, slots=True)
class Wait:
    """One case: how long it took, or has taken until now. Or several that are alike.

    Attributes:
        days: 0 or more.
        is_ended: False for a case that is still open, or that left for a reason that
            says nothing of how much longer it would have taken.
        cases: How many.
    """

    days: float
    is_ended: bool
    cases: int = 1


@dataclass(frozen=True, slots=True)
class Step:
    """A day on which some case ended.

    Attributes:
        days: Since the start.
        at_risk: Cases that had waited so long, those that end this day included.
        ended: Cases that ended this day.
        waiting: Estimated fraction still waiting after this day, 0-1.
        standard_error: Of `waiting`, by Greenwood; None when nobody is left.
        lower: Of its 95 % interval on the log-log scale; None when nobody is left.
        upper: Of the same.
    """

    days: float
    at_risk: int
    ended: int
    waiting: float
    standard_error: float | None
    lower: float | None
    upper: float | None


@dataclass(frozen=True, slots=True)
class Curve:
    """How many still wait after so many days.

    Attributes:
        steps: The days on which some case ended, in order.
        waits: The days on which some case ended or was last seen open, in order.
        waited: For each of them, how many cases had waited so long.
    """

    steps: tuple[Step, ...]
    waits: tuple[float, ...]
    waited: tuple[int, ...]

    def waiting_after(self, days: float) -> float | None:
        """Return the fraction that waits longer than so many days.

        None beyond the longest wait, if that case is still open: nobody knows.
        """
        before = bisect_right([step.days for step in self.steps], days)
        waiting = self.steps[before - 1].waiting if before else 1.0
        is_known = days <= self.waits[-1] or waiting == 0
        return waiting if is_known else None

    def days_until(self, fraction: float) -> float | None:
        """Return after how many days this fraction has ended: 0.5 is the median.

        Where the curve lies level at exactly that fraction, the middle of the level
        stretch, as the median of an even number of values; as R's survival does.
        None if so many have not ended yet.
        """
        left = 1 - fraction
        for number, step in enumerate(self.steps):
            if step.waiting < left - _SAME:
                return step.days
            if step.waiting <= left + _SAME:
                rest = self.steps[number + 1 :]
                return (step.days + rest[0].days) / 2 if rest else step.days
        return None

    def interval_of_days_until(
        self, fraction: float
    ) -> tuple[float | None, float | None]:
        """Return the 95 % interval of `days_until`; None for an end not reached.

        Source:
            Brookmeyer & Crowley (1982), Biometrics 38, 29-41: the days at which the
            curve's own interval holds the fraction.
        """
        left = 1 - fraction
        # When nobody is left, the lower bound is 0 and the upper one is not known.
        low = (
            step.days for step in self.steps if step.lower is None or step.lower <= left
        )
        high = (step.days for step in self.steps if step.upper and step.upper <= left)
        return next(low, None), next(high, None)

    def mean_within(self, days: float) -> tuple[float, float] | None:
        """Return the mean days waited within so many days, and its standard error.

        The restricted mean (RMST): a wait that goes on longer counts as `days`, so open
        cases do not spoil it. None if the curve is not known so far.

        Source:
            Klein & Moeschberger (2003), Survival Analysis, 2nd ed., section 4.5.
        """
        if self.waiting_after(days) is None:
            return None
        steps = [step for step in self.steps if step.days < days]
        edges = [step.days for step in steps] + [days]
        area = edges[0]
        rests = []
        for step, since, until in zip(steps, edges[:-1], edges[1:], strict=True):
            rests.append(step.waiting * (until - since))
            area += rests[-1]
        spread, rest = 0.0, 0.0
        for step, more in zip(reversed(steps), reversed(rests), strict=True):
            rest += more
            if step.at_risk > step.ended:
                spread += (
                    rest**2 * step.ended / (step.at_risk * (step.at_risk - step.ended))
                )
        return area, sqrt(spread)

    def at_risk(self, days: Sequence[float]) -> tuple[int, ...]:
        """Return how many cases had waited at least so many days, for each number."""
        places = (bisect_left(self.waits, day) for day in days)
        return tuple((*self.waited, 0)[at] for at in places)


_SAME = 1e-9


def waiting_curve(cases: Iterable[Wait]) -> Curve | None:
    """Return the Kaplan-Meier estimate of how long cases wait.

    Open cases count for as long as they have waited. Leaving them out makes waits look
    shorter than they are, most of all when many wait long.

    Args:
        cases: Ended and open, one by one or counted by day. A case open on the day
            others end was still at risk.

    Returns:
        None without cases.

    Raises:
        ValueError: a wait of less than no days.

    Source:
        Kaplan & Meier (1958), J. Am. Stat. Assoc. 53(282), 457-481; Greenwood's
        variance; interval on the log-log scale: Kalbfleisch & Prentice (2002), The
        Statistical Analysis of Failure Time Data, 2nd ed., section 1.4. Checked against
        the 6-MP arm of Freireich et al. (1963), Blood 21, 699-716.
    """
    left: Counter[float] = Counter()
    ended: Counter[float] = Counter()
    for wait in cases:
        left[wait.days] += wait.cases
        if wait.is_ended:
            ended[wait.days] += wait.cases
    waits = sorted(left)
    if not waits:
        return None
    if not waits[0] >= 0:
        raise ValueError(f"expected 0 or more days, got {waits[0]}")
    waited = tuple(accumulate(left[days] for days in reversed(waits)))[::-1]
    waited_until = dict(zip(waits, waited, strict=True))
    steps = []
    waiting, greenwood = 1.0, 0.0
    for days, number in sorted(ended.items()):
        at_risk = waited_until[days]
        still = at_risk - number
        waiting *= still / at_risk
        if still == 0:
            steps.append(Step(days, at_risk, number, 0.0, None, None, None))
            continue
        greenwood += number / (at_risk * still)
        error = sqrt(greenwood)
        # The interval of log(-log(waiting)), turned back; it keeps within 0 and 1.
        width = Z95 * error / abs(log(waiting))
        lower, upper = (waiting ** exp(sign * width) for sign in (1, -1))
        steps.append(
            Step(days, at_risk, number, waiting, waiting * error, lower, upper)
        )
    return Curve(tuple(steps), tuple(waits), waited)
