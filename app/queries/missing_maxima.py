"""Which maximum lead times the registers of a build lack."""

from dataclasses import dataclass

from app.queries.counted import is_active
from app.queries.kept import kept
from app.queries.reader import Reader
from kpi.missing_maxima import (
    FACTS,
    MissingMaximum,
    Without,
    last_ended,
    missing_maxima,
    twelve_months,
    without_maximum,
)
from kpi.period import Period


@dataclass(frozen=True, slots=True)
class Missing:
    """What is missing, by the pathways that ended in twelve months.

    Attributes:
        months: None where no pathway has ended.
        maxima: Those that leave out most cases first.
    """

    months: Period | None
    maxima: tuple[MissingMaximum, ...]


@kept
def missing(reader: Reader, minimum: int) -> Missing:
    """Return the missing maxima of a build; fewer cases than the minimum not told."""
    are_active = is_active(reader, FACTS)
    last = reader.connection.execute(last_ended(are_active)).scalar()
    if last is None:
        return Missing(None, ())
    months = twelve_months(last)
    rows = reader.connection.execute(without_maximum(are_active, months))
    maxima = missing_maxima([Without(*row) for row in rows], minimum)
    return Missing(months, tuple(maxima))
