"""The activities of the plans, as stored with a build."""

from functools import lru_cache

from sqlalchemy import Connection

from app.queries.definitions import definition_content
from kpi.activities import Activities


def activities(connection: Connection, build_id: str) -> Activities:
    """Return the activities a build was made with; none if it holds none."""
    content = definition_content(connection, build_id, "activities")
    return _parsed(content) if content else Activities(activities=[])


@lru_cache(maxsize=4)
def _parsed(content: str) -> Activities:
    return Activities.model_validate_json(content)
