"""One address of every page, as the browser tests visit them on the demo data."""

from docs.pictures import wait_until_drawn

NOWHERE = "/finns-inte"
"""Leads to no page; the browser notes in its console that the server says 404."""

REGION = "SE2321000081-DEMO001"

PAGES = {
    "overview": "/?period=2026Q3",
    "map": "/karta?period=2026Q3",
    "indicator": "/indikator/svf_lead_time?period=2026Q3",
    "indicator_by_item": "/indikator/bhk_compliance?by=item&period=2026Q3",
    "indicator_rank": "/indikator/prem_svf_rank",
    "indicator_registration": "/indikator/medication_reviews?period=2026Q3",
    "indicator_survey": "/indikator/prem_svf_overall?period=2026Q3",
    "indicator_waiting": "/indikator/delayed_diagnoses_svf",
    "units": "/enhet",
    "unit": f"/enhet/{REGION}?period=2026Q3",
    "analysis": "/analys?period=2026Q3",
    "signs": "/analys?period=2026Q3&view=matrix",
    "control_chart": (
        "/analys/styrdiagram?indicator=svf_lead_time&unit=SE2321000081-DEMO005"
        "&period=2026Q3"
    ),
    "funnel": "/analys/jamforelse?indicator=printed_medicine_list&period=2026Q3",
    "pathway": "/analys/forlopp?svf=brost&period=R12-2026Q3",
    "contributions": (
        "/analys/bidrag?indicator=svf_lead_time&unit=SE2321000081-DEMO005"
        "&period=R12-2026Q3&svf=prostata"
    ),
    "caterpillar": (
        "/analys/jamforelse?indicator=printed_medicine_list&period=2026Q3"
        "&chart=caterpillar"
    ),
    "sources": "/underlag",
    "lineage": f"/underlag/utfall?indicator=svf_lead_time&unit={REGION}&period=2026Q3",
    "plans": "/handlingsplaner",
    "steps": "/steg",
    "incidents": "/avvikelser?unit=SE2321000081-DEMO004&period=2026Q3",
    "about": "/om",
    "accessibility": "/tillganglighet",
    "style": "/stil",
    "nowhere": NOWHERE,
}


def opened(page, path):
    """Open a page and wait until everything on it has come."""
    page.goto(path)
    wait_until_drawn(page)
