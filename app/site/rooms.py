"""What each room brings: its pages, its addresses for programs, its files.

A room is one line in `ROOMS`, and routes, help, the API with its index and description,
and the documentation follow. A module listed there may have:

- a page: `PATH` or `PATH_TEMPLATE`, `NAME`, `content(visit)`, and `HELP` if it has any;
- `ANSWERS`, addresses of the API; `DOWNLOADS`, those of Excel files.
"""

from importlib import import_module
from types import ModuleType

from app.api.answer import Address, Download

ROOMS = (
    "pages.overview.page",
    "pages.map.page",
    "pages.indicator.page",
    "pages.unit.page",
    "pages.unit.tree",
    "pages.sources.page",
    "pages.sources.lineage.page",
    "pages.plans.page",
    "pages.steps.page",
    "pages.incidents.page",
    "pages.about.page",
    "outcome.export",
    "pages.deviations.page",
    "pages.chart.page",
    "pages.funnel.page",
    "pages.indicator.outlook.answer",
    "pages.contributions.page",
    "pages.indicator.hygiene.answer",
    "pages.pathway.page",
    "pages.accessibility.page",
    "pages.style.page",
)
"""Modules of `app`, in the order of the API's index."""

_MODULES = tuple(import_module(f"app.{name}") for name in ROOMS)
PAGES: tuple[ModuleType, ...] = tuple(
    module for module in _MODULES if hasattr(module, "content")
)
ADDRESSES: tuple[Address, ...] = tuple(
    address for module in _MODULES for address in getattr(module, "ANSWERS", ())
)
DOWNLOADS: tuple[Download, ...] = tuple(
    file for module in _MODULES for file in getattr(module, "DOWNLOADS", ())
)
HEALTH = "/healthz"


def every_path() -> list[str]:
    """Return every address for programs that is declared."""
    paths = [path for address in ADDRESSES for path in address.paths]
    return [*paths, *(download.path for download in DOWNLOADS), HEALTH]
