"""`data/limits.yaml`: how much a build may lose before somebody has to say why."""

from pathlib import Path

from pydantic import Field

from kpi.model import Model
from kpi.strict import validated
from kpi.yaml_lines import yaml_document


class Limits(Model):
    """What a build may lose and still be published unasked.

    Shares are in per cent. What is lost counts from the build before; the first two
    hold for the first build too.

    Attributes:
        file_rejected_per_cent: Rows of a file that may be rejected.
        register_rejected_rows: Rows of a file of the unit register that may be.
        units_silent_per_cent: Of the units with facts in a dataset, those without any
            in the new build, from which on it is refused.
        facts_lost_per_cent: Of the facts of a dataset, from which on.
        values_lost_per_cent: Of the values shown for a unit, from which on.
        values_at_least: How many values a unit must have had for that to be asked.
        values_moved_per_cent: Of an indicator's values that were shown before, those
            that have moved beyond their intervals, from which on; None never refuses.
    """

    file_rejected_per_cent: float = Field(default=20, ge=0, le=100)
    register_rejected_rows: int = Field(default=0, ge=0)
    units_silent_per_cent: float = Field(default=20, gt=0, le=100)
    facts_lost_per_cent: float = Field(default=50, gt=0, le=100)
    values_lost_per_cent: float = Field(default=50, gt=0, le=100)
    values_at_least: int = Field(default=10, ge=1)
    values_moved_per_cent: float | None = Field(default=None, gt=0, le=100)


def load_limits(path: Path) -> Limits:
    """Read the limits; those of the program if there is no such file.

    Raises:
        DefinitionError: every fault with its line.
    """
    if not path.exists():
        return Limits()
    document = yaml_document(path)
    if document.value is None:
        return Limits()
    return validated(document, Limits)
