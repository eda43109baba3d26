"""What is planted in the demo for pages and methods to find.

Stories are changes in what happens; dirt (`etl.demo.dirt`) is faults in how it is
written down. Both are placed by quarter counted back from the last one.
"""

from dataclasses import dataclass

from etl.demo.regions import (
    IMPROVING_WARD,
    LATE_CLINIC,
    SLOW_CLINIC,
    STOPPING_CENTRE,
)
from etl.demo.scope import Scope
from kpi.period import Period


@dataclass(frozen=True, slots=True)
class Story:
    """A change that was planted.

    Attributes:
        id: Short name.
        subject: The name of the unit, or the slug of the pathway, it happens to; empty
            for the whole region.
        quarters_back: Its first quarter, counted back from the demo's last.
        text: What happens, in a sentence.
    """

    id: str
    subject: str
    quarters_back: int
    text: str

    def since(self, scope: Scope) -> Period:
        """Return the quarter it begins in."""
        return scope.last.shifted(-self.quarters_back)

    def place(self, scope: Scope) -> int:
        """Return that quarter's place among the demo's, negative if before them."""
        return len(scope.quarters) - 1 - self.quarters_back


SLOW_FIRST_VISITS = Story(
    "slow_first_visits",
    SLOW_CLINIC,
    5,
    "First visits of all pathways come seven days later, and lead times with them.",
)
STOPS_REGISTERING = Story(
    "stops_registering",
    STOPPING_CENTRE,
    4,
    "No contact has any KVÅ code: the rate falls to nothing, the work may not.",
)
CASE_MIX_SHIFTS = Story(
    "case_mix_shifts",
    "tjock_andtarm",
    6,
    "Extended investigation goes from 12 to 45 per cent of cases and palliative "
    "endings double: the pathway falls although no stratum gets worse.",
)
IMPROVES_AFTER_ACTION = Story(
    "improves_after_action",
    IMPROVING_WARD,
    4,
    "All eight hygiene steps go from about 58 to about 88 per cent of observations.",
)
SYSTEM_CHANGE = Story(
    "system_change",
    "",
    7,
    "New record system: two in five medication reviews go unregistered for a quarter.",
)
HANDLES_INCIDENTS_LATE = Story(
    "handles_incidents_late",
    LATE_CLINIC,
    3,
    "Incidents handled in time go from about 79 to about 42 per cent.",
)

STORIES = (
    SLOW_FIRST_VISITS,
    STOPS_REGISTERING,
    CASE_MIX_SHIFTS,
    IMPROVES_AFTER_ACTION,
    SYSTEM_CHANGE,
    HANDLES_INCIDENTS_LATE,
)
