"""Are codes registered at all? A unit that registers none has no rate to be read."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from app.queries.outcomes import OutcomeRow, StatusRow
from app.queries.units import UnitRow, UnitTree
from kpi.assessment import Status
from kpi.counted import Counted
from kpi.definitions import Definitions, Indicator
from kpi.measures import Condition, RowsMeasure
from kpi.model import Kind

_COULD_HOLD_CODES = (Status.TOO_FEW, Status.MASKED)


@dataclass(frozen=True, slots=True)
class Silent:
    """A unit that has registered no code in the period.

    Attributes:
        since: The first of the periods in a row without any, as far as can be told.
        is_always: Whether no period before it had any either.
    """

    unit: UnitRow
    since: str
    is_always: bool


@dataclass(frozen=True, slots=True)
class Registering:
    """A unit's rate with its registration.

    Attributes:
        rate: Its outcome of the rate; None if it has none.
        registration: Share of the contacts with any code at all; None if it has none.
        silent: Units at the bottom of the tree, in this one, without a single code.
        known: How many such units there are with a registration to show.
    """

    unit: UnitRow
    rate: OutcomeRow | None
    registration: OutcomeRow | None
    silent: tuple[str, ...]
    known: int


@dataclass(frozen=True, slots=True)
class Registration:
    """How a unit and those directly below it register in a period.

    Attributes:
        whole: The unit, with all below it.
        below: The units directly below it that have a rate or a registration.
        rest: The rate of the units that do register; None without silent units, and
            where too few cases remain.
    """

    whole: Registering
    below: tuple[Registering, ...]
    rest: Counted | None


def registration_of(definitions: Definitions, indicator: Indicator) -> Indicator | None:
    """Return the indicator that tells whether codes are registered where one is needed.

    None for an indicator that is not counted from codes.
    """
    if _asks_for_codes(indicator.measure, "has_any"):
        for other in definitions.indicators:
            if (
                _asks_for_codes(other.measure, "present")
                and other.kind is Kind.PROPORTION
            ):
                return other
    return None


def _asks_for_codes(measure: object, how: str) -> bool:
    if not isinstance(measure, RowsMeasure) or measure.dataset != "kontakter":
        return False
    condition = measure.numerator.where.get("kva_kod")
    return isinstance(condition, Condition) and getattr(condition, how) is not None


def is_silent(row: OutcomeRow | None) -> bool:
    """Say whether an outcome of the registration is that there is none at all."""
    return row is not None and row.value == 0


def registration(
    indicator: Indicator,
    units: UnitTree,
    unit: UnitRow,
    rates: Iterable[OutcomeRow],
    registrations: Iterable[OutcomeRow],
) -> Registration:
    """Put a rate and its registration beside each other.

    Args:
        indicator: The rate.
        units: All of them.
        unit: The one looked at.
        rates: Every unit's outcome of the period.
        registrations: The same of the registration.
    """
    rate = {row.unit: row for row in rates}
    registered = {row.unit: row for row in registrations}
    children: dict[str | None, list[UnitRow]] = defaultdict(list)
    for each in units:
        children[each.parent_id].append(each)

    def of_unit(member: UnitRow) -> Registering:
        lowest = _lowest(member, children, registered)
        return Registering(
            member,
            rate.get(member.unit_id),
            registered.get(member.unit_id),
            tuple(key for key in lowest if is_silent(registered[key])),
            len(lowest),
        )

    registering = of_unit(unit)
    below = [of_unit(child) for child in children[unit.unit_id]]
    return Registration(
        registering,
        tuple(child for child in below if child.known or _has_value(child.rate)),
        _rest(indicator, registering, [rate.get(key) for key in registering.silent]),
    )


def _has_value(row: OutcomeRow | None) -> bool:
    return row is not None and row.value is not None


def _lowest(
    top: UnitRow,
    children: Mapping[str | None, Sequence[UnitRow]],
    registered: Mapping[str, OutcomeRow],
) -> list[str]:
    """Return the lowest units with a registration to show, so that none holds another.

    The cases of a unit that another has replaced are that one's as well.
    """
    lowest, waiting = [], [top]
    while waiting:
        unit = waiting.pop()
        shown = [
            child
            for child in children.get(unit.unit_id, ())
            if _has_value(registered.get(child.unit_id))
            and not _has_value(registered.get(child.replaced_by or ""))
        ]
        if shown:
            waiting += reversed(shown)
        elif _has_value(registered.get(unit.unit_id)):
            lowest.append(unit.unit_id)
    return lowest


def _rest(
    indicator: Indicator, registering: Registering, silent: Sequence[OutcomeRow | None]
) -> Counted | None:
    rows = [row for row in silent if row and row.denominator is not None]
    if (
        not rows
        or len(rows) < len(silent)
        or indicator.kind is not Kind.PROPORTION
        or registering.rate is None
        or registering.rate.denominator is None
    ):
        return None
    numerator = (registering.rate.numerator or 0) - sum(
        row.numerator or 0 for row in rows
    )
    denominator = registering.rate.denominator - sum(
        row.denominator or 0 for row in rows
    )
    if denominator < indicator.minimum_denominator:
        return None
    return Counted(registering.unit.unit_id, numerator, denominator)


def silent_since(unit: UnitRow, rows: Sequence[StatusRow]) -> Silent:
    """Return since when a unit has registered no code.

    A period in which nothing was reported had no codes either; one that is hidden may
    have had some, so nothing is said of what lies before it.

    Args:
        unit: Silent in the last of the periods.
        rows: Its registration in periods of one length, oldest first.
    """
    since, is_always = rows[-1].period, True
    for row in reversed(rows):
        if row.value or row.status in _COULD_HOLD_CODES:
            is_always = False
            break
        if row.value == 0:
            since = row.period
    return Silent(unit, since, is_always)
