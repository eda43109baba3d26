"""Every quotation of the catalogue, looked for in what is quoted of its plan.

`test_plan_texts.py` holds that against the documents, where they are.
"""

import re
from pathlib import Path

import pytest
import yaml

from kpi.activities import load_activities
from kpi.definitions import load_definitions

ROOT = Path(__file__).parents[2]
DEFINITIONS = load_definitions(ROOT / "indicators.yaml")
ACTIVITIES = load_activities(ROOT / "data/reference/activities.yaml", DEFINITIONS)
PLANS = [document.plan for document in ACTIVITIES.documents]
PLACES = [
    (indicator.id, place)
    for indicator in DEFINITIONS.indicators
    for place in (*indicator.plans, indicator.internal_control)
    if place
]


def squeezed(text):
    """Return the letters of a text: without spaces, hyphens and marks."""
    return re.sub(r"[\s\-\u00ad\u2010-\u2015*]+", "", text)


def quoted_of(plan):
    """Return all that is quoted of a plan, in its order."""
    sections = ACTIVITIES.document(plan).sections
    words = [quote.sv for section in sections for quote in section.intro]
    words += [quote.sv for each in ACTIVITIES.of_plan(plan) for quote in each.quotes]
    return squeezed(" ".join(words))


@pytest.mark.parametrize("plan", PLANS)
def test_a_quotation_stands_in_the_plan_letter_by_letter(plan):
    text = quoted_of(plan)
    missing = [
        (indicator, place.section, place.quotation)
        for indicator, place in PLACES
        if place.plan == plan and squeezed(place.quotation) not in text
    ]
    assert missing == []


def test_a_changed_letter_is_noticed():
    text = quoted_of("cancer_blekinge")
    assert squeezed("Apotekare rapporterar på cancerrådet 1 ggr/år.") in text
    assert squeezed("Apotekare rapporterar på cancerrådet 2 ggr/år.") not in text


def test_a_quotation_is_short():
    assert [one for _, one in PLACES if len(one.quotation) > 160] == []


@pytest.mark.parametrize(
    ("file", "key"),
    [
        ("indicators.yaml", "indicators"),
        ("data/reference/activities.yaml", "activities"),
    ],
)
def test_any_reader_of_yaml_reads_the_catalogue(file, key):
    read = yaml.safe_load((ROOT / file).read_text(encoding="utf-8"))
    assert len(read[key]) >= 108
    assert all(type(one["id"]) is str for one in read[key])
    rules = {target["rule"] for one in read[key] for target in one.get("targets", ())}
    assert rules <= {">=", "<=", "=", "better_than_last_year", "better_rank_than"}
