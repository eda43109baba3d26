"""What belongs to some indicators only: hygiene items, registration, surveys."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from dash.development.base_component import Component
from sqlalchemy import Connection

from app.pages.indicator.hygiene.section import hygiene_section
from app.pages.indicator.registration.section import registration_beside
from app.pages.indicator.surveys.section import survey_section
from app.queries.behind import Question
from app.queries.benchmarks import BenchmarkRow
from app.queries.frame import Frame
from app.queries.outcomes import OutcomeRow
from app.queries.units import UnitRow
from kpi.definitions import Indicator
from kpi.period import Period


@dataclass(frozen=True, slots=True)
class Depth:
    """Parts of an indicator's page.

    Attributes:
        warning: To stand beside the outcome.
        section: Of its own subject.
        marks: What to remark on in lists, by unit.
    """

    warning: Component | None = None
    section: Component | None = None
    marks: Mapping[str, str] = field(default_factory=dict)


def depth(
    connection: Connection,
    frame: Frame,
    indicator: Indicator,
    unit: UnitRow,
    row: OutcomeRow,
    beside: Sequence[OutcomeRow],
    benchmarks: Sequence[BenchmarkRow],
) -> Depth:
    """Return the parts of a page that the indicator's subject asks for.

    Args:
        connection: To the warehouse.
        frame: What was read first.
        indicator: The one shown.
        unit: The same.
        row: The outcome that is shown.
        beside: Every unit's outcome in the same period.
        benchmarks: Every region's public values.
    """
    found = registration_beside(connection, frame, indicator, unit, row, beside)
    if found:
        return Depth(found.warning, found.section, found.marks)
    build_id, period = frame.build.build_id, Period.parse(row.period)
    question = Question(build_id, indicator, unit.unit_id, period)
    region = frame.units.kolada_id(unit.unit_id)
    return Depth(
        section=hygiene_section(connection, question)
        or survey_section(connection, build_id, indicator, row, benchmarks, region)
    )
