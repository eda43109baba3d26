"""What the visitor chose, read from the address and written back to it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from functools import lru_cache
from urllib.parse import quote, quote_plus

from kpi.assessment import Status
from kpi.datasets import DIMENSIONS
from kpi.definitions import QUESTIONS, THEMES
from kpi.model import Area
from kpi.period import Period, PeriodKind

UNIT_ID = re.compile(r"SE(16)?[0-9]{10}-[0-9A-Z]+")
IDENTIFIER = re.compile(r"[a-z][a-z0-9_]{0,79}")
SORTS = ("gap",)
YES = "yes"
DEVIATIONS = "/analys"
CONTROL_CHART, FUNNEL = "/analys/styrdiagram", "/analys/jamforelse"
CONTRIBUTIONS = "/analys/bidrag"
PATHWAY = "/analys/forlopp"
STEPS = "/steg"
PLANS = "/handlingsplaner"
SOURCES = "/underlag"
INCIDENTS = "/avvikelser"


@dataclass(frozen=True, slots=True)
class Selection:
    """A choice; None where nothing was chosen or what the address said made no sense.

    Attributes:
        unit: The unit's id, upper case.
        period: In its written form, such as `2026Q3`.
        status: A word of `kpi.assessment.Status`.
        plan: The plan's id.
        responsible: The name of the responsible role in Swedish.
        area: A word of `kpi.model.Area`.
        theme: A word of `kpi.definitions.Theme`.
        question: A word of `kpi.definitions.Question`.
        internal_control: `yes` for what belongs to internal control only.
        kind: The kind of period on the indicator's page.
        unit_kind: Which kind of unit to show or to compare.
        by: A dimension.
        sort: How to sort the overview.
    """

    unit: str | None = None
    period: str | None = None
    status: str | None = None
    plan: str | None = None
    responsible: str | None = None
    area: str | None = None
    theme: str | None = None
    question: str | None = None
    internal_control: str | None = None
    kind: str | None = None
    unit_kind: str | None = None
    by: str | None = None
    sort: str | None = None

    @classmethod
    def read(cls, params: Mapping[str, str]) -> "Selection":
        """Read query parameters; what is not understood is left out."""
        return cls(
            unit=unit_id(params.get("unit")),
            period=period_text(params.get("period")),
            status=_one_of(params.get("status"), tuple(Status)),
            plan=identifier(params.get("plan")),
            responsible=_free_text(params.get("responsible")),
            area=_one_of(params.get("area"), tuple(Area)),
            theme=_one_of(params.get("theme"), THEMES),
            question=_one_of(params.get("question"), QUESTIONS),
            internal_control=_one_of(params.get("internal_control"), (YES,)),
            kind=_one_of(params.get("kind"), tuple(PeriodKind)),
            unit_kind=identifier(params.get("unit_kind")),
            by=_one_of(params.get("by"), DIMENSIONS),
            sort=_one_of(params.get("sort"), SORTS),
        )

    def but(self, **changes: str | None) -> "Selection":
        """Return the selection with these choices instead."""
        return replace(self, **changes)

    def params(self) -> dict[str, str]:
        """Return what was chosen as query parameters, in a fixed order."""
        pairs = ((field.name, getattr(self, field.name)) for field in fields(self))
        return {name: value for name, value in pairs if value is not None}

    def quarter(self, default: Period) -> Period:
        """Return the quarter chosen: the one that holds the period's last month."""
        if self.period is None:
            return default
        return Period.holding(PeriodKind.QUARTER, Period.parse(self.period).last_day)


def unit_id(text: str | None) -> str | None:
    """Return a unit id as it is kept, upper case; None if it cannot be one."""
    written = (text or "").strip().upper()
    return written if UNIT_ID.fullmatch(written) else None


def identifier(text: str | None) -> str | None:
    """Return the text if it can be an id of the definitions."""
    return text if text and IDENTIFIER.fullmatch(text) else None


def period_text(text: str | None) -> str | None:
    """Return a period in its kept form; None if it is not one."""
    try:
        return str(Period.parse(text or ""))
    except ValueError:
        return None


def _one_of(text: str | None, words: tuple[str, ...]) -> str | None:
    return str(text) if text in words else None


def _free_text(text: str | None) -> str | None:
    written = (text or "").strip()
    return written if 0 < len(written) <= 200 else None


def address(path: str, params: Mapping[str, str | None]) -> str:
    """Return an address within the application."""
    # As `urlencode`, but a page leads to the same few names hundreds of times.
    given = [f"{name}={_quoted(value)}" for name, value in params.items() if value]
    return f"{path}?{'&'.join(given)}" if given else path


@lru_cache(4096)
def _quoted(value: str) -> str:
    return quote_plus(str(value))


@lru_cache(4096)
def _step(name: str) -> str:
    """Return a name as one step of a path."""
    return quote(name, safe="")


def overview_address(selection: Selection) -> str:
    """Return the address of the overview."""
    return address("/", selection.params())


def heatmap_address(selection: Selection) -> str:
    """Return the address of the map of statuses."""
    return address("/karta", selection.params())


def indicator_address(
    indicator: str, unit: str | None = None, period: str | None = None, **more: str
) -> str:
    """Return the address of an indicator's page."""
    path = f"/indikator/{_step(indicator)}"
    return address(path, {"unit": unit, "period": period, **more})


def unit_address(unit: str, period: str | None = None) -> str:
    """Return the address of a unit's page."""
    return address(f"/enhet/{_step(unit)}", {"period": period})


def lineage_address(
    indicator: str, unit: str, period: str, by: str = "", by_value: str = ""
) -> str:
    """Return the address of the rows and files behind an outcome."""
    params = {"indicator": indicator, "unit": unit, "period": period}
    return address(f"{SOURCES}/utfall", params | {"by": by, "by_value": by_value})


def rejections_address(dataset: str) -> str:
    """Return the address of the rejected rows of a dataset."""
    return f"{address(SOURCES, {'dataset': dataset, 'list': '1'})}#lista"


def deviations_address(period: str, unit: str | None = None) -> str:
    """Return the address of a quarter's deviations, those of a unit if one is given."""
    return address(DEVIATIONS, {"unit": unit, "period": period})


def control_chart_address(indicator: str, unit: str, period: str | None = None) -> str:
    """Return the address of the control chart of an indicator in a unit."""
    params = {"indicator": indicator, "unit": unit, "period": period}
    return address(CONTROL_CHART, params)


def funnel_address(
    indicator: str, period: str | None = None, unit_kind: str | None = None
) -> str:
    """Return the address of the comparison of units of one kind."""
    params = {"indicator": indicator, "period": period, "unit_kind": unit_kind}
    return address(FUNNEL, params)


def plans_address(indicator: str, unit: str, period: str) -> str:
    """Return the address of what the plans say of an indicator."""
    return address(PLANS, {"indicator": indicator, "unit": unit, "period": period})


def contributions_address(indicator: str, unit: str, period: str) -> str:
    """Return the address of the parts that a gap or a change comes from."""
    params = {"indicator": indicator, "unit": unit, "period": period}
    return address(CONTRIBUTIONS, params)
