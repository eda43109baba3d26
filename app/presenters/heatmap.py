"""The map: one status for every indicator and unit in a quarter."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from app import text, text_analysis, text_pages
from app.analysis.deviations import Judged
from app.presenters.by_unit import Groups, lines_by_group
from app.presenters.latest import shown_in
from app.queries.outcomes import StatusRow
from app.queries.units import UnitRow
from app.selection import indicator_address
from kpi.assessment import Reason, Status
from kpi.definitions import Indicator
from kpi.period import Period
from kpi.spc.points import Variation

_UNMEASURED = (Status.UNDER_DEVELOPMENT, Status.PAUSED)


@dataclass(frozen=True, slots=True)
class Cell:
    """A status of one indicator in one unit, and where it leads.

    Attributes:
        signal: What its control chart signals; None where nothing has changed or
            nobody can tell.
    """

    status: Status
    signal: Variation | None
    words: str
    href: str


def map_groups(
    indicators: Iterable[Indicator],
    units: Sequence[UnitRow],
    quarter: Period,
    rows: Iterable[StatusRow],
    judged: Iterable[Judged] = (),
) -> Groups[Cell]:
    """Return the map; indicators that no unit has measured yet are left out."""
    signals = {
        (one.indicator.id, one.unit.unit_id): one.variation
        for one in judged
        if one.variation is not Variation.COMMON_CAUSE
    }
    found: dict[tuple[str, str], list[StatusRow]] = defaultdict(list)
    for row in rows:
        found[row.indicator, row.unit].append(row)
    lines = []
    for one in indicators:
        cells = [
            _cell(one, unit, quarter, found.get((one.id, unit.unit_id), []), signals)
            for unit in units
        ]
        if any(cell and cell.status not in _UNMEASURED for cell in cells):
            lines.append((one, cells))
    return lines_by_group(lines, quarter)


def _cell(
    indicator: Indicator,
    unit: UnitRow,
    quarter: Period,
    rows: list[StatusRow],
    signals: Mapping[tuple[str, str], Variation | None],
) -> Cell | None:
    row = shown_in(indicator, quarter, rows)
    if row is None or row.reason == Reason.NEVER_REPORTED:
        return None
    status = Status(row.status)
    words = str(text.STATUS[status])
    if row.value is not None:
        words = f"{words}, {text.value(indicator, row.value)}"
    if row.period != str(quarter):
        words = text_pages.of_period(words, text.period(row.period))
    signal = signals.get((indicator.id, unit.unit_id))
    if signal:
        words = f"{words}. {text_analysis.VARIATION_WORDS[signal]}"
    href = indicator_address(indicator.id, unit.unit_id, str(quarter))
    return Cell(status, signal, words, href)
