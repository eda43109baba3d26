"""The activities of the plans, as stored with a build."""

from functools import lru_cache

from app.queries.definitions import definition_content
from app.queries.reader import Reader
from kpi.activities import Activities


def activities(reader: Reader) -> Activities:
    """Return what a build holds of the plans' documents; nothing if it holds none."""
    content = definition_content(reader, "activities")
    return _parsed(content) if content else Activities(activities=[])


@lru_cache(maxsize=4)
def _parsed(content: str) -> Activities:
    return Activities.model_validate_json(content)
