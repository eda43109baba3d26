"""Every address for programs: the subjects' own, and those of none."""

from app.api.answer import Address, Download
from app.outcome.answer import OUTCOMES
from app.outcome.export import OUTCOMES_FILE
from app.pages.chart.answer import SPC
from app.pages.contributions.answer import CONTRIBUTIONS
from app.pages.deviations.answer import DEVIATIONS
from app.pages.deviations.export import DEVIATIONS_FILE
from app.pages.funnel.answer import FUNNEL
from app.pages.indicator.answer import INDICATORS
from app.pages.indicator.hygiene.answer import HYGIENE
from app.pages.indicator.outlook.answer import FORECAST
from app.pages.pathway.answer import PATHWAY
from app.pages.unit.answer import UNITS

ADDRESSES: tuple[Address, ...] = (
    INDICATORS,
    UNITS,
    OUTCOMES,
    DEVIATIONS,
    SPC,
    FUNNEL,
    FORECAST,
    CONTRIBUTIONS,
    HYGIENE,
    PATHWAY,
)
DOWNLOADS: tuple[Download, ...] = (OUTCOMES_FILE, DEVIATIONS_FILE)
HEALTH = "/healthz"


def every_path() -> list[str]:
    """Return every address that is declared."""
    paths = [path for address in ADDRESSES for path in address.paths]
    return [*paths, *(download.path for download in DOWNLOADS), HEALTH]
