"""The overview: every indicator of a unit in a period, in words."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from operator import attrgetter

from app.address import YES, Selection, indicator_address
from app.outcome.benchmark import benchmark_caveat, benchmark_words
from app.outcome.deviations import Judged
from app.outcome.groups import in_groups, theme_title
from app.outcome.latest import shown_in, trend_of
from app.outcome.over_time import status_words
from app.outcome.signs import Signs, signs
from app.outcome.words import OutcomeWords, Trend, is_untargeted, outcome_words, trend
from app.queries.benchmarks import BenchmarkRow
from app.queries.builds import Build
from app.queries.outcomes import OutcomeRow
from app.words import text
from app.words.language import gettext as _
from app.words.language import ngettext, of
from kpi.assessment import JUDGED, Status
from kpi.definitions import THEMES, Indicator
from kpi.model import Text
from kpi.period import Period, PeriodKind
from kpi.steps import is_step
from kpi.vocabulary import NATION

_NOT_MEASURED_AT_ALL = (Status.UNDER_DEVELOPMENT, Status.PAUSED)


@dataclass(frozen=True, slots=True)
class Line:
    """A row of the overview.

    Attributes:
        indicator: Its definition.
        href: Its page, with the unit and period chosen.
        words: Its outcome; None if the unit has none at all.
        trend: Its trend line; None without outcomes.
        signs: What its control chart says; None where there is none.
        benchmarks: Values to compare with, each in words.
        caveat: In what they are another measure; empty where they are the same.
        responsible: The roles that answer for it, each by its name.
    """

    indicator: Indicator
    href: str
    words: OutcomeWords | None
    trend: Trend | None
    signs: Signs | None
    benchmarks: list[str]
    caveat: str
    responsible: list[Text]


@dataclass(frozen=True, slots=True)
class Group:
    """Rows under one heading.

    Attributes:
        title: The heading.
        lines: The rows to look at first: with a target, or with a problem.
        untargeted: Rows that have no target to be held against; folded, since they
            are most of them.
        waiting: Indicators that are not measured yet, or not at present; they are
            named only, so that they do not hide the others.
    """

    title: str
    lines: list[Line]
    untargeted: list[Line]
    waiting: list[Line]


_OF_STEPS = JUDGED | {Status.PLANNED, Status.NOT_REPORTED}
"""What is told of a step, one quarter after the other."""


@dataclass(frozen=True, slots=True)
class Change:
    """An indicator whose status is another than in the period before."""

    name: str
    href: str
    before: Status
    before_words: str
    after: Status
    after_words: str
    value: str
    period: str


def lines(
    indicators: Sequence[Indicator],
    unit: str,
    period: Period,
    rows: dict[str, list[OutcomeRow]],
    benchmarks: Iterable[BenchmarkRow],
    judged: Mapping[str, Judged],
    roles: Mapping[str, list[Text]],
    build: Build | None = None,
) -> list[Line]:
    """Return a line for each indicator that the unit has or is expected to have.

    Args:
        indicators: All there are.
        unit: The unit's id.
        period: The one looked at.
        rows: The unit's outcomes by indicator, oldest first.
        benchmarks: Public values to stand beside them.
        judged: What their control charts say, by indicator.
        roles: Who answers for them by the region's plans, by indicator.
        build: The build the outcomes are from, to tell of periods still going on.
    """
    public: dict[str, list[BenchmarkRow]] = defaultdict(list)
    for benchmark in benchmarks:
        public[benchmark.indicator].append(benchmark)
    made = (
        _line(
            indicator,
            unit,
            period,
            rows.get(indicator.id, []),
            public[indicator.id],
            judged.get(indicator.id),
            roles.get(indicator.id, []),
            build,
        )
        for indicator in indicators
    )
    # Nothing is expected of a unit before it opened or after it closed.
    return [line for line in made if line.words]


def _line(
    indicator: Indicator,
    unit: str,
    period: Period,
    rows: list[OutcomeRow],
    public: list[BenchmarkRow],
    judged: Judged | None,
    roles: list[Text],
    build: Build | None,
) -> Line:
    row = shown_in(indicator, period, rows)
    return Line(
        indicator=indicator,
        href=_way(indicator, unit, period),
        words=outcome_words(indicator, row, build) if row else None,
        trend=trend(indicator, trend_of(indicator, period, rows)),
        signs=signs(judged, period),
        benchmarks=[
            benchmark_words(indicator, benchmark)
            for benchmark in sorted(
                public, key=lambda benchmark: benchmark.kolada_region_id != NATION
            )
        ],
        caveat=benchmark_caveat(indicator) if public else "",
        responsible=indicator.answered_by(roles),
    )


def _way(indicator: Indicator, unit: str, period: Period) -> str:
    """Return the indicator's page, of the period looked at."""
    if period.kind is PeriodKind.QUARTER:
        return indicator_address(indicator.id, unit, str(period))
    return indicator_address(indicator.id, unit, str(period), kind=str(period.kind))


def chosen(all_lines: Sequence[Line], selection: Selection) -> list[Line]:
    """Return the lines that pass the filters."""
    return [
        line
        for line in all_lines
        if _passes(selection.status, _status_word(line))
        and (
            selection.responsible is None
            or selection.responsible in {role.sv for role in line.responsible}
        )
        and _passes(selection.area, line.indicator.area)
        and (
            selection.plan is None
            or selection.plan in {place.plan for place in line.indicator.plans}
        )
        and line.indicator.stands_under(
            selection.theme, selection.question, selection.internal_control == YES
        )
    ]


def _passes(wanted: str | None, value: str | None) -> bool:
    return wanted is None or wanted == value


def _status_word(line: Line) -> str | None:
    return str(line.words.status) if line.words else None


def grouped(some_lines: Sequence[Line], selection: Selection) -> list[Group]:
    """Return lines under their areas and themes, or as one list by gap."""
    if selection.sort == "gap":
        by_gap = sorted(some_lines, key=_gap_order)
        return [
            _group(
                _("Alla indikatorer, störst avvikelse i förhållande till målet först"),
                by_gap,
                selection,
            )
        ]
    only = [theme_title(theme) for theme in THEMES if theme == selection.theme]
    return [
        _group(title, its_lines, selection)
        for title, its_lines in in_groups(some_lines, attrgetter("indicator"))
        if not only or title in only
    ]


def _group(title: str, some_lines: list[Line], selection: Selection) -> Group:
    if selection.status is not None:
        return Group(title, some_lines, [], [])
    kinds: dict[str, list[Line]] = {"lines": [], "untargeted": [], "waiting": []}
    for line in some_lines:
        kinds[_kind(line, selection)].append(line)
    return Group(title, **kinds)


def _kind(line: Line, selection: Selection) -> str:
    if _has(line, _NOT_MEASURED_AT_ALL):
        return "waiting"
    is_folded = selection.sort is None and line.words and is_untargeted(line.words)
    return "untargeted" if is_folded else "lines"


def _has(line: Line, statuses: Sequence[Status]) -> bool:
    return line.words is not None and line.words.status in statuses


def _gap_order(line: Line) -> tuple[int, float]:
    rank = line.words.rank_of_gap if line.words else None
    return (1, 0.0) if rank is None else (0, -rank)


def beside_the_plan(some_lines: Sequence[Line], selection: Selection) -> str:
    """Say how many of a plan's indicators the plan does not have; empty without any."""
    ours = sum(line.indicator.own is not None for line in some_lines)
    if selection.plan is None or not ours:
        return ""
    return ngettext(
        "{number} av dem är Målbilds egen och står inte i planen. ",
        "{number} av dem är Målbilds egna och står inte i planen. ",
        ours,
    ).format(number=ours)


def furthest(some_lines: Sequence[Line], most: int = 5) -> list[Line]:
    """Return the lines furthest from their targets, for their size, the worst first."""
    missed = [
        line
        for line in some_lines
        if line.words and line.words.status == Status.NOT_MET and line.words.rank_of_gap
    ]
    return sorted(missed, key=_gap_order)[:most]


def totals(some_lines: Iterable[Line]) -> Counter[Status]:
    """Return how many indicators have each status."""
    return Counter(line.words.status for line in some_lines if line.words)


def changes(
    indicators: Sequence[Indicator],
    unit: str,
    period: Period,
    rows: dict[str, list[OutcomeRow]],
) -> list[Change] | None:
    """Return the indicators judged now and a period ago, with another answer.

    A yearly figure that arrives, or a target that is new, is no change in care; a step
    that is reached, or whose day has passed, is one. None where no indicator was judged
    in both periods.
    """
    changed, compared = [], False
    for indicator in indicators:
        outcomes = rows.get(indicator.id, [])
        after = shown_in(indicator, period, outcomes)
        before = shown_in(indicator, period.shifted(-1), outcomes)
        if not (after and before) or after.period == before.period:
            continue
        statuses = {Status(after.status), Status(before.status)}
        if not statuses <= (_OF_STEPS if is_step(indicator) else JUDGED):
            continue
        compared = True
        if len(statuses) == 2:
            changed.append(
                Change(
                    name=of(indicator.name),
                    href=_way(indicator, unit, period),
                    before=Status(before.status),
                    before_words=status_words(indicator, Status(before.status)),
                    after=Status(after.status),
                    after_words=status_words(indicator, Status(after.status)),
                    value=outcome_words(indicator, after).value,
                    period=text.period(after.period),
                )
            )
    return changed if compared else None
