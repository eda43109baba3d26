"""The activities of the plans, as stored with a build."""

from functools import lru_cache

from app.queries.definitions import definition_content, definitions
from app.queries.kept import kept
from app.queries.reader import Reader
from kpi.activities import Activities, Activity
from kpi.model import Text


def activities(reader: Reader) -> Activities:
    """Return what a build holds of the plans' documents; nothing if it holds none."""
    content = definition_content(reader, "activities")
    return _parsed(content) if content else Activities(activities=[])


def answered_for(reader: Reader, region: str | None) -> dict[str, list[Activity]]:
    """Return, by indicator, the statements of a region's plans that say who answers.

    Args:
        reader: Of the build looked at.
        region: Whose plans, by its id in Kolada; None for every plan.
    """
    plans = {
        plan.id for plan in definitions(reader).plans if region in (None, plan.region)
    }
    return activities(reader).answered_for(plans)


@kept
def roles_answering(reader: Reader, region: str | None) -> dict[str, list[Text]]:
    """Return, by indicator, the roles that answer for it by a region's plans.

    All wordings of a role are one. The arguments are those of `answered_for`.
    """
    names = {role.id: role.name for role in activities(reader).roles}
    return {
        indicator: list(
            dict.fromkeys(names[role] for one in statements for role in one.roles)
        )
        for indicator, statements in answered_for(reader, region).items()
    }


@lru_cache(maxsize=4)
def _parsed(content: str) -> Activities:
    return Activities.model_validate_json(content)
