"""What the control charts say: a cell for each indicator and unit."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from app.address import control_chart_address
from app.outcome import analysis_words
from app.outcome.deviations import Judged
from app.outcome.unit_lines import Groups, lines_by_group
from app.pages.deviations.words import no_chart_words
from app.queries.units import UnitRow
from kpi.period import Period
from kpi.spc.points import Variation

NO_CHART = "–"


@dataclass(frozen=True, slots=True)
class SignCell:
    """What the chart of one indicator in one unit says.

    Attributes:
        symbols: Of variation and assurance; a dash without a chart.
        words: The same, to be read.
        variation: None without a chart.
        href: The control chart.
    """

    symbols: str
    words: str
    variation: Variation | None
    href: str


@dataclass(frozen=True, slots=True)
class SignMatrix:
    """Indicators by unit, those only of which at least one series can be judged.

    Attributes:
        units: In the order of the tree.
        groups: The lines under their headings.
    """

    units: Sequence[UnitRow]
    groups: Groups[SignCell]

    @property
    def number(self) -> int:
        """How many series are judged."""
        return sum(
            cell is not None and cell.variation is not None
            for _, lines in self.groups
            for line in lines
            for cell in line.cells
        )


def sign_matrix(
    deviations: Iterable[Judged], units: Iterable[UnitRow], quarter: Period
) -> SignMatrix:
    """Return what the charts of these series say."""
    by_place = {
        (deviation.indicator.id, deviation.unit.unit_id): deviation
        for deviation in deviations
    }
    charted = [deviation for deviation in by_place.values() if deviation.variation]
    with_chart = {deviation.unit.unit_id for deviation in charted}
    shown = [unit for unit in units if unit.unit_id in with_chart]
    # Of regions with breaks of their own, any stands for the definition.
    indicators = {deviation.indicator.id: deviation.indicator for deviation in charted}
    lines = (
        (
            indicator,
            [
                _cell(by_place.get((indicator.id, unit.unit_id)), quarter)
                for unit in shown
            ],
        )
        for indicator in indicators.values()
    )
    return SignMatrix(shown, lines_by_group(lines, quarter))


def _cell(deviation: Judged | None, quarter: Period) -> SignCell | None:
    if deviation is None:
        return None
    unit = deviation.unit.unit_id
    href = control_chart_address(deviation.indicator.id, unit, str(quarter))
    if deviation.verdict is None or deviation.variation is None:
        return SignCell(NO_CHART, no_chart_words(deviation.verdict), None, href)
    symbols = analysis_words.VARIATION_SYMBOL[deviation.variation]
    words = str(analysis_words.VARIATION_WORDS[deviation.variation])
    if assurance := deviation.verdict.assurance:
        symbols += analysis_words.ASSURANCE_SYMBOL[assurance]
        words += f", {str(analysis_words.ASSURANCE_WORDS[assurance]).lower()}"
    return SignCell(symbols, words, deviation.variation, href)
