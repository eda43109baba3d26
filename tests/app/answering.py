"""A measure in the plans of two regions, which name others as responsible for it."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from kpi import schema
from kpi.warehouse import Warehouse
from tests import builders as make
from tests.app import rows

_WHO = {
    "cancer_blekinge": ("Verksamhetschefer och processledare", ["head", "leader"]),
    "theirs": ("Regional analysgrupp", ["group"]),
}


def answered(
    folder: Path,
    region: str,
    outcomes: Sequence[Mapping[str, Any]] = (make.outcome(),),
    indicators: Sequence[Mapping[str, Any]] = (make.indicator(responsible=None),),
) -> Warehouse:
    """Return a warehouse of a region: 0010 has the one plan, 0007 the other."""
    plans = (make.PLAN, make.PLAN | {"id": "theirs", "region": "0007"})
    units = [make.unit(make.REGION, "Region Demo", "region", kolada_id=region)]
    made = make.warehouse(folder, outcomes, indicators, plans=plans, units=units)
    stored = {
        "documents": [
            {
                "plan": plan,
                "region": "Region",
                "title": make.words("Plan"),
                "date": "2025-11",
                "date_kind": "document",
                "sections": [{"id": f"goals_of_{plan}", "name": make.words("Mål")}],
            }
            for plan in _WHO
        ],
        "roles": [
            {"id": "head", "name": make.words("Verksamhetschef")},
            {"id": "leader", "name": make.words("Processledare")},
            {"id": "group", "name": make.words("Analysgruppen")},
        ],
        "activities": [
            {
                "id": f"goal_of_{plan}",
                "plan": plan,
                "section": f"goals_of_{plan}",
                "kind": "goal",
                "quote": make.words("Ledtiderna ska kortas"),
                "responsible": [make.words(who)],
                "roles": roles,
                "followed_up_by": ["svf_lead_time"],
            }
            for plan, (who, roles) in _WHO.items()
        ],
    }
    place = {"build_id": make.BUILD, "name": "activities"}
    rows.add(made, schema.definition, place | {"content": json.dumps(stored)})
    return made
