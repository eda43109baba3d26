"""The activities of the plans, as stored with a build."""

from functools import lru_cache

from app.queries.definitions import definition_content
from app.queries.frame import Frame
from app.queries.reader import Reader
from kpi.activities import Activities
from kpi.model import Text


def activities(reader: Reader) -> Activities:
    """Return what a build holds of the plans' documents; nothing if it holds none."""
    content = definition_content(reader, "activities")
    return _parsed(content) if content else Activities(activities=[])


def responsible(
    reader: Reader, frame: Frame, region: str | None
) -> dict[str, list[Text]]:
    """Return whom the plans of a region make responsible, by indicator.

    Args:
        reader: The door to the data.
        frame: Knows which plans are whose.
        region: By its id in Kolada; None, of no region, lets every plan count.

    Returns:
        Names of roles; none where only plans of other regions name any. An indicator
        that no plan makes anyone responsible for is left out.
    """
    plans = {
        plan.id for plan in frame.definitions.plans if region in (None, plan.region)
    }
    return activities(reader).responsible(plans)


@lru_cache(maxsize=4)
def _parsed(content: str) -> Activities:
    return Activities.model_validate_json(content)
