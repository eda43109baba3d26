"""The map: one status for every indicator and unit in a quarter."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from app.address import indicator_address
from app.outcome import analysis_words
from app.outcome.unit_lines import Groups, lines_by_group
from app.outcome.words import value_words
from app.queries.units import UnitRow
from app.queries.verdicts import VerdictRow
from app.words import text
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
    verdicts: Iterable[VerdictRow],
) -> Groups[Cell]:
    """Return the map; indicators that no unit has measured yet are left out."""
    places = {
        (verdict.outcome.indicator, verdict.outcome.unit): verdict
        for verdict in verdicts
    }
    lines = []
    period = str(quarter)
    for indicator in indicators:
        cells = [
            _cell(indicator, period, places.get((indicator.id, unit.unit_id)))
            for unit in units
        ]
        if any(cell and cell.status not in _UNMEASURED for cell in cells):
            lines.append((indicator, cells))
    return lines_by_group(lines, quarter)


def _cell(indicator: Indicator, period: str, judged: VerdictRow | None) -> Cell | None:
    if judged is None or judged.outcome.reason == Reason.NEVER_REPORTED:
        return None
    row, verdict = judged.outcome, judged.verdict
    status = Status(row.status)
    words = str(text.STATUS[status])
    if row.value is not None:
        words = f"{words}, {value_words(indicator, row)}"
    if row.period != period:
        words = f"{words} ({text.period(row.period)})"
    signal = verdict.variation if verdict else None
    if signal in (Variation.COMMON_CAUSE, Variation.FAR_OUT):
        signal = None
    if signal:
        words = f"{words}. {analysis_words.VARIATION_WORDS[signal]}"
    href = indicator_address(indicator.id, row.unit, period)
    return Cell(status, signal, words, href)
