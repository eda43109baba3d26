"""The page of one indicator in words; its charts have modules of their own."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from app.address import Selection
from app.outcome.basis import INCOMPLETE
from app.outcome.latest import read_kind
from app.outcome.words import OutcomeWords, relative_shortfall, target_words
from app.queries.outcomes import OutcomeRow
from app.queries.units import UnitTree
from app.words import headings, not_found, text
from app.words.language import gettext as _
from app.words.language import lazy_gettext as _l
from kpi.alphabet import swedish
from kpi.assessment import SHOWN, Reason, Status
from kpi.charting import UNMEASURED, kinds_in_order
from kpi.coverage import months_of_target
from kpi.definitions import Indicator, Plan
from kpi.model import Lifecycle
from kpi.period import Period, PeriodKind, kind_of_months
from kpi.targets import Target
from kpi.vocabulary import REGION_NAMES, Level

NUMBERS = _l("Siffrorna")
TARGETS = _l("Målvärden")
ALL_REGIONS = _l("Alla regioner i Kolada")
REGIONS_RANKED = _l("Antal regioner")


def is_not_measured_yet(indicator: Indicator, rows: Iterable[OutcomeRow]) -> bool:
    """Say whether an indicator is under development and has nothing to show."""
    is_waiting = indicator.lifecycle is Lifecycle.UNDER_DEVELOPMENT
    return is_waiting and all(row.status == Status.UNDER_DEVELOPMENT for row in rows)


def kinds_of(indicator: Indicator, rows: Iterable[OutcomeRow]) -> list[PeriodKind]:
    """Return the kinds of period that have values, in their usual order."""
    measured = {row.period_kind for row in rows if row.status not in UNMEASURED}
    return [kind for kind in PeriodKind if kind in measured] or [
        kinds_in_order(indicator)[0]
    ]


def chosen_kind(
    indicator: Indicator, selection: Selection, rows: Sequence[OutcomeRow]
) -> PeriodKind:
    """Return the kind of period to show; one that there are rows of."""
    kinds = {row.period_kind for row in rows}
    usual = read_kind(indicator, rows)
    measured = kinds_of(indicator, rows)
    # What is told for other periods only is shown in the shortest of them.
    usual = usual if usual in measured else measured[0]
    wanted = [selection.kind, usual, *PeriodKind]
    return next(PeriodKind(kind) for kind in wanted if kind in kinds)


def way_to_reported(row: OutcomeRow, rows: Sequence[OutcomeRow]) -> PeriodKind | None:
    """Return the kind of period that has values where this one's can have none."""
    if row.status != Status.OTHER_PERIODS or row.reported_as is None:
        return None
    kind = PeriodKind(row.reported_as)
    has_values = any(
        outcome.period_kind == kind and outcome.value is not None for outcome in rows
    )
    return kind if has_values else None


def chosen_row(
    selection: Selection, rows: Sequence[OutcomeRow], until: Period
) -> OutcomeRow:
    """Return the outcome to show: of the period asked for, else the latest measured.

    Args:
        selection: With the period asked for, if any.
        rows: All of one kind, oldest first, at least one.
        until: The period looked at where none was asked for.
    """
    if selection.period is not None:
        for row in rows:
            if row.period == selection.period:
                return row
        until = Period.parse(selection.period)
    past = [row for row in rows if row.last_month <= until.last] or list(rows[:1])
    measured = [row for row in past if row.status not in UNMEASURED]
    return (measured or past)[-1]


@dataclass(frozen=True, slots=True)
class TargetLine:
    """One target as it is or was in force."""

    words: str
    level: str
    holds_for: str
    holds_when: str
    plan: str
    section: str


def target_history(
    indicator: Indicator,
    names: text.ValueNames,
    units: UnitTree,
    plans: Sequence[Plan],
    own_region: str | None,
) -> list[TargetLine]:
    """Return every target, the latest first.

    Args:
        indicator: Whose targets.
        names: What values of dimensions are called.
        units: To name the unit of a target.
        plans: That set targets; a local one holds in its plan's region.
        own_region: Of the unit looked at; None if it lies in none.
    """
    titles = {plan.id: text.plan_name(plan, own_region) for plan in plans}
    regions = {plan.id: plan.region for plan in plans}
    ordered = sorted(
        indicator.targets,
        key=lambda target: (-target.since.first, target.level, target.svf or ""),
    )
    return [
        TargetLine(
            _aim(indicator, target),
            headings.LEVEL_WORDS[target.level],
            _holds_for(target, names, units, regions[target.plan], own_region),
            _from_until(target.since, target.until),
            titles[target.plan],
            target.section,
        )
        for target in ordered
    ]


def _aim(indicator: Indicator, target: Target) -> str:
    words = target_words(indicator, target.value, target.rule)
    if target.stretch is not None:
        hoped_for = target_words(indicator, target.stretch, target.rule)
        words = _("{target}, gärna {more}").format(target=words, more=hoped_for)
    months = months_of_target(indicator, target)
    if months is None:
        return words
    return _("{target} {kind}").format(
        target=words, kind=str(text.PER_PERIOD[kind_of_months(months)])
    )


def _holds_for(
    target: Target,
    names: text.ValueNames,
    units: UnitTree,
    region: str,
    own_region: str | None,
) -> str:
    """Return whom a target holds for; a local one that it does not hold here."""
    is_national = target.level is Level.NATIONAL
    parts = [_("alla regioner") if is_national else REGION_NAMES[region]]
    if target.svf:
        parts.append(text.dimension_value("svf", target.svf, names))
    if target.unit:
        parts.append(units.name(target.unit))
    words = ", ".join(parts)
    is_elsewhere = not is_national and own_region not in (None, region)
    return _("{whom}; gäller inte här").format(whom=words) if is_elsewhere else words


def counts_shown(row: OutcomeRow) -> tuple[str, str]:
    """Return numerator and denominator; a dash where the outcome is not shown."""
    if row.status not in SHOWN:
        return text.NO_VALUE, text.NO_VALUE
    return text.count(row.numerator), text.count(row.denominator)


def remarks(row: OutcomeRow, worded: OutcomeWords) -> list[str]:
    """Return what to know of an outcome beside its status, without repeating it."""
    is_told = False
    if row.reason is not None and row.reason == row.status:
        # That the period is not over, say, is more than its status tells.
        is_told = worded.reason == str(text.REASON[Reason(row.reason)])
    incomplete = f"! {INCOMPLETE}" if worded.is_incomplete else ""
    sentences = ("" if is_told else worded.reason, worded.caution, incomplete)
    return [sentence for sentence in sentences if sentence]


def parts_in_order(
    indicator: Indicator,
    by: str,
    rows: Iterable[OutcomeRow],
    names: text.ValueNames,
) -> list[tuple[str, OutcomeRow]]:
    """Return the parts of a breakdown, named and in the order to read them in.

    Pathways stand with the one furthest from its target first; other dimensions have
    an order of their own, such as age; categories have that of the definition.
    """
    if by == "category":
        places = {name: place for place, name in enumerate(indicator.categories)}
        rows = sorted(rows, key=lambda row: places.get(row.by_value, len(places)))
    named = [(text.dimension_value(by, row.by_value, names), row) for row in rows]
    if by != "svf":
        return named

    def place(part: tuple[str, OutcomeRow]) -> tuple[bool, float, str]:
        short = relative_shortfall(indicator, part[1])
        return part[1].value is None, -(short or 0.0), swedish(part[0])

    return sorted(named, key=place)


def other_period(
    selection: Selection, row: OutcomeRow, rows: Sequence[OutcomeRow]
) -> str:
    """Return that another period is shown than was asked for; empty if it is right.

    A quarter leads to the year that holds for it, which is what was asked for.
    """
    if selection.period is None or selection.period == row.period:
        return ""
    wanted = Period.parse(selection.period)
    is_within = rows[0].first_month <= wanted.last and wanted.first <= _reach(rows[-1])
    if is_within and wanted.kind != row.period_kind:
        return ""
    return not_found.other_period(text.period_words(wanted), text.period(row.period))


def _reach(last: OutcomeRow) -> int:
    # The last year's value stands for the year after it.
    return last.last_month + 12


def _from_until(since: Period, until: Period | None) -> str:
    """Say when a target holds."""
    first = text.period_words(since)
    if until is None:
        return _("från {first}").format(first=first)
    last = text.period_words(until)
    return first if first == last else f"{first}{text.NO_BREAK}{text.DASH} {last}"


def minimum(number: int, is_count: bool) -> str:
    """Say how few are too few to show."""
    if not is_count:
        return _("Nämnare under {number} visas inte.").format(number=text.count(number))
    if number == 1:
        return _("Alla antal visas.")
    return headings.minimum(number, is_count)
