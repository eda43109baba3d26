"""Two regions that use their own plans alone: nothing of one is shown in the other."""

import re
from urllib.parse import urlencode

import pytest

from app.server import wsgi
from app.site.rooms import ADDRESSES, DOWNLOADS, PAGES, every_path
from tests.regions import (
    BLEKINGE,
    BOTH,
    DEFINITIONS,
    KRONOBERG,
    crawl,
    only_of,
    plain,
)

ENTRANCES = (
    *(page.PATH for page in PAGES if hasattr(page, "PATH")),
    "/api/v1/",
    "/api/v1/openapi.json",
    *(path for address in ADDRESSES for path in address.paths),
    *(download.path for download in DOWNLOADS),
)


HYGIENE = "/api/v1/hygiene"
NEED_A_QUESTION = {
    HYGIENE,
    "/api/v1/spc",
    "/api/v1/funnel",
    "/api/v1/forecast",
    "/api/v1/contributions",
    "/api/v1/contributions.csv",
    "/export/template.xlsx",
}


@pytest.fixture(scope="module", params=BOTH, ids=lambda region: region.name)
def region(request):
    return request.param


@pytest.fixture(scope="module")
def client(region, region_warehouses):
    return wsgi(region_warehouses[region.name]).test_client()


@pytest.fixture(scope="module", params=["sv", "en"])
def crawled(client, region, request):
    question = {"indicator": "svf_lead_time", "unit": region.top, "period": "2026Q3"}
    of_one = [
        f"{path}?{urlencode({name: question[name] for name in known})}"
        for address in ADDRESSES
        if (known := question.keys() & {each.name for each in address.parameters})
        for path in address.paths
    ]
    return crawl(client, [*of_one, *ENTRANCES], request.param)


def test_nothing_of_the_other_regions_plans_is_at_any_address(region, crawled):
    (other,) = set(BOTH) - {region}
    ids, words = only_of(region, other)
    assert len(ids) > 80
    assert len(words) > 300
    assert crawled.where(crawled.telling(ids, words)) == []


def test_every_address_was_asked_for_and_answered(region, crawled):
    asked = {address.partition("?")[0] for address in crawled.statuses}
    assert set(ENTRANCES) <= asked
    assert set(every_path()) <= asked
    plans = {plan.id for plan in region.plans}
    named = {
        f"/indikator/{indicator.id}"
        for indicator in DEFINITIONS.indicators
        if plans & {place.plan for place in indicator.plans}
    }
    assert named <= asked
    refused = {path for path, status in crawled.statuses.items() if status != 200}
    # Without a question, or where lead times have nothing to say.
    assert {path.partition("?")[0] for path in refused} == NEED_A_QUESTION
    assert {path for path in refused if "?" in path and HYGIENE not in path} == set()


def test_what_is_looked_for_is_seen_where_it_is(region, crawled):
    """The region's own plans, by the same means."""
    (other,) = set(BOTH) - {region}
    ids, words = only_of(other, region)
    named = crawled.telling(ids, words)
    assert {plan.id for plan in region.plans} <= named
    assert len(named & ids) > len(ids) / 2


@pytest.mark.parametrize("path", ["/", "/handlingsplaner"])
def test_a_page_offers_the_regions_own_plans_and_no_other(region, client, path):
    page = client.get(path).text
    (choice,) = re.findall(r'<select[^>]*name="plan"[^>]*>(.*?)</select>', page)
    offered = [value for value in re.findall(r'value="([^"]*)"', choice) if value]
    assert sorted(offered) == sorted(plan.id for plan in region.plans)


def test_the_plans_page_and_the_api_have_each_plan_of_the_region(region, client):
    page = plain(client.get("/handlingsplaner").text)
    for plan in region.plans:
        assert f'id="{plan.id}"' in page
    answer = client.get("/api/v1/plans").json["plans"]
    own = {plan.id for plan in region.plans}
    assert {statement["plan"] for statement in answer} == own
    indicators = client.get("/api/v1/indicators").json["indicators"]
    assert {place["plan"] for each in indicators for place in each["plans"]} == own


def test_the_steps_are_those_of_the_regions_plans(region, client):
    own = {plan.id: plan.title.sv for plan in region.plans}
    with_steps = {
        target.plan
        for indicator in DEFINITIONS.indicators
        for target in indicator.targets
        if indicator.frequency == "once" and target.plan in own
    }
    answer = client.get("/api/v1/steps").json["steps"]
    assert {step["plan"] for step in answer} == with_steps
    page = client.get("/steg").text
    assert all(own[plan] in page for plan in with_steps)
    way = 'href="/steg?'
    assert (way in client.get("/handlingsplaner").text) == bool(with_steps)
    if not with_steps:
        assert "Det finns inga steg" in page
        assert 'href="/handlingsplaner">Vad som står i planerna' in page


def test_the_choices_are_of_what_there_is(client, region):
    page = client.get("/").text
    has_themes = region is KRONOBERG
    for name in ("theme", "question", "internal_control"):
        assert (f'name="{name}"' in page) is has_themes
    map_page = client.get("/karta").text
    assert ('value="patient_safety"' in map_page) is has_themes
    assert ("area=patient_safety" in client.get("/analys").text) is has_themes


def test_a_choice_that_leaves_nothing_can_be_left(client):
    page = client.get("/?question=is_care_safe_now").text
    assert '<option selected value="is_care_safe_now"' in page


def test_templates_are_of_what_an_indicator_is_counted_from(client, region):
    offered = set(
        re.findall(r"template\.xlsx\?dataset=(\w+)", client.get("/underlag").text)
    )
    of_both = {"enheter", "ledtider", "svf_fall", "kontakter", "prem", "matningar"}
    of_one = {"svf_inklusion"} if region is BLEKINGE else {"bhk", "ppm"}
    assert offered == of_both | of_one | {"kolada"}
    other = "bhk" if region is BLEKINGE else "svf_inklusion"
    assert client.get(f"/export/template.xlsx?dataset={other}").status_code == 404


def test_incident_reports_are_told_as_nobodys_where_no_plan_has_them(client, region):
    page = client.get("/avvikelser").text
    rows = client.get("/api/v1/incidents").json["incidents"]
    nobodys = "Ingen plan som används här följer upp avvikelserapporter."
    assert (nobodys in page) is (region is BLEKINGE)
    assert bool(rows) is (region is KRONOBERG)
