"""Activities of a small plan, stored with a warehouse."""

import json

from kpi import schema
from kpi.activities import Activities
from tests import builders as make
from tests.app import rows

OTHER = make.PLAN | {
    "id": "safety",
    "title": {"sv": "Säkerhetsplan", "en": "Safety plan"},
    "region": "0007",
    "valid": "2025–",
}


def activity(at, **changes):
    fine = {
        "id": f"goal_{at}",
        "plan": "cancer_blekinge",
        "section": "process",
        "kind": "goal",
        "number": str(at),
        "quote": make.words(f"Ledtiderna ska kortas {at}"),
        "followed_up_by": [{"indicator": "svf_lead_time"}],
    }
    return fine | changes


ACTIVITIES = [
    activity(
        1,
        activities=[make.words("Mötas varje månad")],
        responsible=[make.words("Verksamhetschefer och LPPL.")],
        roles=["verksamhetschef", "lppl"],
        timeline=make.words("Q3 2026"),
        since="2026Q3",
        until="2026Q3",
        status="ongoing",
        status_quote=make.words("Pågående"),
        proposed=[{"indicator": "prem_svf_rank", "why": make.words("Liknar")}],
        remark=make.words("Vår kommentar"),
    ),
    activity(
        2,
        responsible=[make.words("LPO")],
        roles=["lppl"],
        support=[make.words("Berörd verksamhetschef")],
        support_roles=["verksamhetschef"],
        followed_up_by=[],
    ),
    activity(
        3,
        section="appendix",
        kind="ended_goal",
        timeline=make.words("under 2025"),
        since="2025",
        until="2025",
        status="replaced",
        status_quote=make.words("Omformulerat"),
        replaced_by="goal_1",
        followed_up_by=[
            {"indicator": "svf_lead_time", "svf": "brost", "period": "2025"},
            {"indicator": "svf_lead_time", "period": "2025"},
            {"indicator": "svf_lead_time", "period": "2024"},
        ],
    ),
    activity(
        4,
        plan="safety",
        section="safety_measures",
        kind="measure",
        number=None,
        quote=make.words("Ledtider SVF"),
    ),
    activity(
        5,
        plan="safety",
        section="safety_measures",
        kind="measure",
        number=None,
        part_of="goal_4",
        quote=make.words("Per vårdförlopp"),
        followed_up_by=[],
    ),
]


def section(id, name, **changes):
    return {"id": id, "name": make.words(name)} | changes


DOCUMENTS = [
    {
        "plan": "safety",
        "region": "Region Annan",
        "title": make.words("Säkerhetsplanen"),
        "diary_number": "25HSN1",
        "date": "2025-11-03",
        "date_kind": "document",
        "sections": [
            section("safety_all", "Uppföljning"),
            section(
                "safety_5",
                "Fokusområde",
                number="5",
                part_of="safety_all",
                theme="focus_5",
            ),
            section(
                "safety_measures",
                "Mätetal",
                number="5.1",
                part_of="safety_5",
                intro=[make.words("Planen mäter")],
            ),
        ],
    },
    {
        "plan": "cancer_blekinge",
        "region": "Region Demo",
        "title": make.words("Cancerplanen"),
        "revision": "Revision 03",
        "responsible": make.words("LSG Hälsodata"),
        "decided_by": make.words("Regiondirektör"),
        "next_revision": "2028",
        "date": "2025-11",
        "date_kind": "revision",
        "sections": [
            section("chain", "Vårdkedjan"),
            section("process", "Patientprocessen", part_of="chain"),
            section("appendix", "Bilaga 1"),
        ],
    },
]
ROLES = [
    {"id": "lppl", "name": make.words("LPPL")},
    {"id": "verksamhetschef", "name": make.words("Verksamhetschef")},
]
OUTCOMES = (
    make.outcome(),
    make.outcome(period="2025", value=40.0, target=50.0, national_target=None),
    make.outcome(
        period="2025",
        by="svf",
        by_value="brost",
        value=30.0,
        target=20.0,
        status="met",
        national_target=None,
    ),
)


def warehouse(folder, outcomes=OUTCOMES, activities=ACTIVITIES, **changes):
    changes = {"plans": [make.PLAN, OTHER]} | changes
    filled = make.warehouse(folder, outcomes, **changes)
    stored = Activities.model_validate_json(
        json.dumps({"documents": DOCUMENTS, "roles": ROLES, "activities": activities})
    )
    for name, content in (
        ("activities", stored.model_dump_json()),
        (
            "pathways",
            json.dumps([{"slug": "brost", "namn": "Bröst", "namn_en": "Breast"}]),
        ),
    ):
        place = {"build_id": make.BUILD, "name": name, "content": content}
        rows.add(filled, schema.definition, place)
    return filled
