"""Every quotation of the catalogue, looked for in the plan it is said to be from."""

import html
import re
from pathlib import Path

import pytest
import yaml

from kpi.definitions import load_definitions

ROOT = Path(__file__).parents[2]
DOCUMENTS = ROOT.parent / "shared/documents"
FILES = {
    "medicines_blekinge": "000_*.txt",
    "medication_review_audit_blekinge": "001_*.txt",
    "cancer_blekinge": "002_*.txt",
    "patient_safety_kronoberg": "003_*.txt",
}
DEFINITIONS = load_definitions(ROOT / "indicators.yaml")
PLACES = [
    (indicator.id, place)
    for indicator in DEFINITIONS.indicators
    for place in (*indicator.plans, indicator.internal_control)
    if place
]


def squeezed(text):
    """Return the letters of a text: without markup, spaces and hyphens."""
    bare = html.unescape(re.sub(r"<[^>]+>", " ", text))
    return re.sub(r"[\s\-\u00ad\u2010-\u2015*]+", "", bare)


def document(plan):
    found = sorted(DOCUMENTS.glob(FILES[plan]))
    if not found:
        pytest.skip(f"the document of {plan} is not at {DOCUMENTS}/{FILES[plan]}")
    return squeezed(found[0].read_text(encoding="utf-8"))


@pytest.mark.parametrize("plan", FILES)
def test_a_quotation_stands_in_the_plan_letter_by_letter(plan):
    text = document(plan)
    missing = [
        (indicator, place.section, place.quotation)
        for indicator, place in PLACES
        if place.plan == plan and squeezed(place.quotation) not in text
    ]
    assert missing == []


def test_a_changed_letter_is_noticed():
    text = document("cancer_blekinge")
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
