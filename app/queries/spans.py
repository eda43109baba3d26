"""Which periods to read of which indicators, and the same as rows of a query."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ARRAY, Boolean, Integer, String, Subquery, func, literal, select

from kpi.period import PeriodKind


@dataclass(frozen=True, slots=True)
class Span:
    """Which periods to read for which indicators; each has one span of a kind.

    Attributes:
        kind: The kind of period.
        indicators: Their ids.
        first_month: Of the last months of the periods, the first one.
        last_month: And the last one.
        only_measured: Whether rows that were not measured are left out.
    """

    kind: PeriodKind
    indicators: tuple[str, ...]
    first_month: int
    last_month: int
    only_measured: bool = False


_SPAN = {
    **{"indicator": String, "period_kind": String},
    **{"first_month": Integer, "last_month": Integer, "only_measured": Boolean},
}


def listed(spans: Sequence[Span]) -> Subquery:
    """Return the spans as rows, one to an indicator.

    Said as lists, not as conditions of each span: DuckDB takes longer to plan those
    than to read the outcomes.
    """
    rows = [
        (name, str(span.kind), span.first_month, span.last_month, span.only_measured)
        for span in spans
        for name in span.indicators
    ]
    lists = zip(*rows, strict=True) if rows else ((),) * len(_SPAN)
    return select(
        *(
            func.unnest(literal(list(values), ARRAY(kind))).label(name)
            for (name, kind), values in zip(_SPAN.items(), lists, strict=True)
        )
    ).subquery("span")
