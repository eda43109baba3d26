"""Which plans a region uses, and the catalogue without the others.

What stands only in a plan that is not in use is not in the build, so that no page,
list, count or file needs to leave it out.
"""

from collections.abc import Collection, Iterable

from kpi.activities import Activities
from kpi.definitions import Definitions, Indicator, Plan
from kpi.measures import KoladaMeasure
from kpi.model import Text
from kpi.overlay import DECISIONS
from kpi.region import Region
from kpi.targets import Target
from kpi.vocabulary import Level

NATIONAL = "national_targets"
"""The plan of national targets that are known from a plan not in use."""

TARGETS_ALONE = frozenset({NATIONAL, DECISIONS})
"""What is a plan only so that targets belong to one, and has no document."""

_WHOLE_COUNTRY = "gäller i hela landet"


def regions_of(region: Region, registered: Collection[str]) -> set[str]:
    """Return the ids of the regions that are built: by its own word, or the register's.

    Args:
        region: What the region has decided.
        registered: The ids in Kolada that the register of units has.
    """
    return {region.kolada_id} if region.kolada_id else {*registered}


def plans_in_use(
    definitions: Definitions, region: Region, registered: Collection[str]
) -> frozenset[str] | None:
    """Return the ids of the plans that are used; None for every plan.

    Those that the region has chosen, with its own; if it has chosen none, those of the
    region itself. Every plan, if nothing says which region it is.

    Args:
        definitions: With every plan.
        region: What the region has decided.
        registered: The ids in Kolada that the register of units has.
    """
    regions = regions_of(region, registered)
    if region.uses_every_plan or (region.plans_in_use is None and not regions):
        return None
    of_region = {plan.id for plan in definitions.plans if plan.region in regions}
    if region.plans_in_use is None:
        return frozenset(of_region)
    shipped = _shipped(definitions, region)
    return frozenset({*region.plans_in_use, *(of_region - shipped)})


def narrowed(
    definitions: Definitions,
    activities: Activities,
    region: Region,
    registered: Collection[str],
) -> tuple[Definitions, Activities]:
    """Return definitions and activities of the plans in use alone.

    An indicator of several plans stays with those in use, and with what is said of
    them. A national target stays wherever it is quoted, since it holds everywhere. A
    region that uses no shipped plan gets the indicators that are no single region's
    (`is_shared`).

    Args:
        definitions: With every plan, and what the region decides laid over them.
        activities: Likewise.
        region: What the region has decided.
        registered: The ids in Kolada that the register of units has.
    """
    plans = plans_in_use(definitions, region, registered)
    if plans is None:
        return definitions, activities
    used = [plan for plan in definitions.plans if plan.id in plans]
    regions = regions_of(region, registered)
    home = min(regions or {plan.region for plan in used}, default=None)
    has_none = not plans & _shipped(definitions, region)
    divided = {
        document.plan
        for document in activities.documents
        if any(section.theme for section in document.sections)
    }
    indicators = [
        _of_plans(_under_themes(indicator, plans, divided), plans, regions, home)
        for indicator in definitions.indicators
        if not indicator.plans
        or any(place.plan in plans for place in indicator.plans)
        or indicator.id in region.used_beside_plans
        or (has_none and is_shared(indicator, definitions.plans))
    ]
    if home and any(_is_of(NATIONAL, indicator.targets) for indicator in indicators):
        title = Text(sv="Nationella mål", en="National targets")
        used.append(Plan(id=NATIONAL, title=title, region=home, valid=None))
    left = Definitions.model_construct(plans=used, indicators=indicators)
    said = activities.within(left)
    named = {role for activity in said.activities for role in activity.every_role}
    roles = [role for role in said.roles if role.id in named]
    return left, said.model_copy(update={"roles": roles})


def is_shared(indicator: Indicator, plans: Iterable[Plan]) -> bool:
    """Say whether an indicator is no single region's.

    It has a national target, public values to compare with, or plans of several
    regions.

    Args:
        indicator: With all its places in plans.
        plans: All there are.
    """
    regions = {plan.id: plan.region for plan in plans}
    return (
        any(target.level is Level.NATIONAL for target in indicator.targets)
        or indicator.benchmark is not None
        or isinstance(indicator.measure, KoladaMeasure)
        or len({regions[place.plan] for place in indicator.plans}) > 1
    )


def uses_a_shipped_plan(
    definitions: Definitions, region: Region, registered: Collection[str]
) -> bool:
    """Say whether any plan in use is one that ships; the arguments as above."""
    plans = plans_in_use(definitions, region, registered)
    return plans is None or bool(plans & _shipped(definitions, region))


def _shipped(definitions: Definitions, region: Region) -> set[str]:
    every = {plan.id for plan in definitions.plans}
    return every - {plan.id for plan in region.own_plans} - {DECISIONS}


def _of_plans(
    indicator: Indicator,
    plans: Collection[str],
    regions: Collection[str],
    home: str | None,
) -> Indicator:
    """Return an indicator as the plans in use have it, in the regions that use them."""
    control = indicator.internal_control
    places = [place for place in indicator.plans if place.plan in plans]
    targets = (_kept(target, plans, home) for target in indicator.targets)
    changes = {
        "plans": places,
        "plan_notes": [note for note in indicator.plan_notes if note.plan in plans],
        "internal_control": control if control and control.plan in plans else None,
        "targets": [target for target in targets if target is not None],
        "breaks": [
            break_
            for break_ in indicator.breaks
            if not regions or break_.region is None or break_.region in regions
        ],
    }
    if indicator.plans and not places:
        # They say what a plan does not say, which is nothing to who has no such plan.
        changes |= {"own": None, "own_parts": []}
    return indicator.model_copy(update=changes)


def _under_themes(
    indicator: Indicator, plans: Collection[str], divided: Collection[str]
) -> Indicator:
    """Return an indicator without themes, if those are of a plan that is not in use.

    Args:
        indicator: With all its places in plans.
        plans: Those in use.
        divided: The plans that are divided by themes.
    """
    by_theme = {place.plan for place in indicator.plans} & {*divided}
    if not by_theme or by_theme & {*plans}:
        return indicator
    return indicator.model_copy(update={"themes": []})


def _kept(target: Target, plans: Collection[str], home: str | None) -> Target | None:
    """Return a target if it stays; a national one from its plan to that of its own."""
    if target.plan in plans:
        return target
    if target.level is not Level.NATIONAL or home is None:
        return None
    return target.model_copy(update={"plan": NATIONAL, "section": _WHOLE_COUNTRY})


def _is_of(plan: str, targets: Iterable[Target]) -> bool:
    return any(target.plan == plan for target in targets)
