"""A unit's own indicators as cards: outcome, trend and place among its peers."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from operator import itemgetter

from app.address import indicator_address
from app.outcome.card import Card
from app.outcome.comparison import side_by_side
from app.outcome.deviations import Judged
from app.outcome.groups import in_groups
from app.outcome.latest import shown_in, trend_of
from app.outcome.signs import signs
from app.outcome.words import is_untargeted, outcome_words, trend
from app.queries.builds import Build
from app.queries.outcomes import OutcomeRow, StatusRow
from app.words import text
from app.words.language import gettext as _
from app.words.language import ngettext, of
from kpi.assessment import Status
from kpi.charting import UNMEASURED
from kpi.definitions import Indicator
from kpi.model import Direction, Kind
from kpi.period import Period

_WORST_FIRST = (
    Status.NOT_MET,
    Status.NEAR,
    Status.MET,
    Status.NOT_JUDGED,
    Status.PLANNED,
    Status.NO_TARGET,
    Status.TOO_FEW,
    Status.MASKED,
    Status.REJECTED,
)


@dataclass(frozen=True, slots=True)
class Place:
    """A unit's place among the units of its kind that have a value.

    Attributes:
        rank: 1 is best; units with the same value share the better place.
        units: How many have a value, this one included.
        is_shared: Whether another has the same value.
        overlapping: How many of the others have an interval that overlaps this one's;
            None if the value has no interval.
    """

    rank: int
    units: int
    is_shared: bool
    overlapping: int | None


@dataclass(frozen=True, slots=True)
class Cards:
    """The unit's cards, worst first.

    Attributes:
        first: Those to look at first: with a target, or with a problem.
        untargeted: The others by the titles of their groups, perhaps under several;
            folded, since they are most of them.
    """

    first: list[Card]
    untargeted: list[tuple[str, list[Card]]]

    def every(self) -> list[Card]:
        """Return all of them, each once."""
        folded = {card.href: card for _, some in self.untargeted for card in some}
        return [*self.first, *folded.values()]


def cards(
    indicators: Sequence[Indicator],
    unit: str,
    quarter: Period,
    rows: dict[str, list[OutcomeRow]],
    peers: Iterable[StatusRow],
    peer_words: str,
    judged: Mapping[str, Judged],
    build: Build,
    named: Callable[[str], str],
) -> Cards:
    """Return a card for each indicator the unit has ever reported, worst first.

    Args:
        indicators: All there are.
        unit: The unit's id.
        quarter: The quarter looked at.
        rows: The unit's outcomes by indicator, oldest first.
        peers: Outcomes of the units to compare with; itself may be among them.
        peer_words: What units of its kind are called, in the plural.
        judged: What their control charts say, by indicator.
        build: The build the outcomes are from.
        named: Gives the name of a unit by its id.
    """
    beside: dict[str, list[StatusRow]] = defaultdict(list)
    for peer in peers:
        beside[peer.indicator].append(peer)
    first: list[Card] = []
    untargeted: list[tuple[Indicator, Card]] = []
    for indicator in indicators:
        outcomes = rows.get(indicator.id, [])
        row = shown_in(indicator, quarter, outcomes)
        if row is None or Status(row.status) not in _WORST_FIRST:
            continue
        place = place_among(indicator, row, beside[indicator.id])
        words = outcome_words(indicator, row, build, named)
        card = Card(
            name=of(indicator.name),
            href=indicator_address(indicator.id, unit, str(quarter)),
            words=words,
            trend=trend(indicator, trend_of(indicator, quarter, outcomes)),
            signs=signs(judged.get(indicator.id), quarter),
            place=_place_words(place, peer_words),
            latest=_latest(outcomes),
            is_older=row.period != str(quarter),
        )
        if is_untargeted(words):
            untargeted.append((indicator, card))
        else:
            first.append(card)
    first.sort(key=lambda card: _WORST_FIRST.index(card.words.status))
    groups = in_groups(untargeted, itemgetter(0))
    return Cards(first, [(title, [card for _, card in some]) for title, some in groups])


def without_value(
    indicators: Sequence[Indicator],
    unit: str,
    quarter: Period,
    rows: dict[str, list[OutcomeRow]],
) -> list[tuple[str, str]]:
    """Return (name and why, address) of the indicators that make no card."""
    named = []
    for indicator in indicators:
        row = shown_in(indicator, quarter, rows.get(indicator.id, []))
        if row is not None and Status(row.status) not in _WORST_FIRST:
            words = f"{of(indicator.name)}: {text.STATUS[Status(row.status)].lower()}"
            named.append((words, indicator_address(indicator.id, unit, str(quarter))))
    return named


def place_among(
    indicator: Indicator, row: OutcomeRow, peers: Iterable[StatusRow]
) -> Place | None:
    """Return the place of an outcome among the same period's of its peers.

    None where neither way is better, where the outcome is not shown, where it is a
    plain count, which follows the size of the unit, and where there is nobody to
    compare with.
    """
    if row.value is None or indicator.direction is Direction.NEUTRAL:
        return None
    if indicator.kind in (Kind.COUNT, Kind.MILESTONE):
        return None
    same = [
        peer for peer in peers if peer.period == row.period and peer.unit != row.unit
    ]
    beside: list[OutcomeRow | StatusRow] = side_by_side(indicator, [row, *same])
    others = [peer for peer in beside if peer is not row]
    if not others or len(others) == len(beside):
        return None
    sign = -1 if indicator.direction is Direction.LOWER else 1
    values = [sign * peer.value for peer in others if peer.value is not None]
    value_here = sign * row.value
    better = sum(value > value_here for value in values)
    overlapping = None
    if row.lower is not None and row.upper is not None:
        overlapping = sum(_overlaps(row.lower, row.upper, peer) for peer in others)
    return Place(better + 1, len(others) + 1, value_here in values, overlapping)


def _overlaps(lower: float, upper: float, other: OutcomeRow | StatusRow) -> bool:
    if other.lower is None or other.upper is None:
        return False
    return other.lower <= upper and lower <= other.upper


def _place_words(place: Place | None, peer_words: str) -> str:
    if place is None:
        return ""
    words = _place(place.rank, place.units, peer_words, place.is_shared)
    if place.overlapping is None:
        return words
    return f"{words}; {overlapping_words(place.overlapping)}"


def _latest(rows: Sequence[OutcomeRow]) -> str:
    measured = [row for row in rows if row.status not in UNMEASURED]
    return (
        _("Senaste utfall: {period}").format(period=text.period(measured[-1].period))
        if measured
        else ""
    )


def latest_month(rows: dict[str, list[OutcomeRow]]) -> int | None:
    """Return the last month the unit has a value for; None without any."""
    months = [
        row.last_month
        for outcomes in rows.values()
        for row in outcomes
        if row.value is not None
    ]
    return max(months, default=None)


def ended_on(day: str, follower: str | None) -> str:
    """Say when a unit ended, and which one goes on with its outcomes."""
    if follower is None:
        return _("upphörd {day}").format(day=day)
    words = _("upphörd {day}, följs under {follower}")
    return words.format(day=day, follower=follower)


def _place(rank: int, units: int, kinds: str, is_shared: bool) -> str:
    """Return a place among units: `Plats 3 av 11 vårdcentraler`."""
    words = _("Plats {rank} av {units} {kinds}")
    if is_shared:
        words = _("Delad plats {rank} av {units} {kinds}")
    return words.format(rank=rank, units=units, kinds=kinds)


def overlapping_words(number: int) -> str:
    """Say how uncertain the place is."""
    if number == 0:
        return _("inget annat intervall överlappar")
    return ngettext(
        "intervallet överlappar {number} annan",
        "intervallet överlappar {number} andra",
        number,
    ).format(number=number)


def older_words(number: int) -> str:
    """Say how many outcomes are not of the quarter itself; empty for none."""
    if not number:
        return ""
    return ngettext(
        "{number} av dem mäts mer sällan eller har ett äldre utfall: kortet säger när.",
        "{number} av dem mäts mer sällan eller har ett äldre utfall: korten säger när.",
        number,
    ).format(number=number)


def without_value_words(number: int) -> str:
    """Say how many indicators have no value."""
    return ngettext(
        "{number} indikator utan värde", "{number} indikatorer utan värde", number
    ).format(number=number)
