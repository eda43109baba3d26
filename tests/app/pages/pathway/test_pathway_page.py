from datetime import date

import flask
import pytest

from app.outcome.ways import pathway_address
from app.pages.pathway import page as page_module
from app.pages.pathway.find import Question, pathway
from app.queries.reader import open_reader
from app.site.api import register_api
from app.words.language import speaking
from kpi.period import Period
from tests import builders as make
from tests.app import rows
from tests.app.pathways import case, waiting, warehouse
from tests.app.reading import (
    components,
    hrefs,
    of_type,
    row_starting,
    table_rows,
    words,
)
from tests.app.visiting import page_of
from tests.builders import CLINIC, HOSPITAL, REGION, SECOND_CLINIC

JULY, LAST_JULY = date(2026, 7, 1), date(2025, 7, 1)

# Days from the suspicion to visit, conference, decision and end. By step:
#   visit      10 12 14 16 18 40: median 15, nine in ten 18 + 0.5 * 22 = 29
#   conference  5  5  5  5  –  5: one without date
#   decision    2  2  3  4  –  9: median 3, nine in ten 4 + 0.6 * 5 = 7
#   start      13 12 10 25 21 36: median 17
#   whole      30 31 32 50 51 90: median 41; 3 of 6 within 40, 3 of the 5 without PvV
ENDED = [
    case("L-1", JULY, 10, 15, 17, 30),
    case("L-2", JULY, 12, 17, 19, 31),
    case("L-3", JULY, 14, 19, 22, 32),
    case("L-4", JULY, 16, 21, 25, 50, avvikelse="VoV"),
    case("L-5", JULY, 18, None, 30, 51),
    case("L-6", JULY, 40, 45, 54, 90, avvikelse="PvV"),
]
BEFORE = [case(f"F-{at}", LAST_JULY, 10, 11, 12, 13) for at in range(5)]
# Of these nothing but how long they wait is told.
CENSORED = [
    case("C-1", JULY, 3, None, None, 35, ending="misstanke_avskriven"),
    case("C-2", JULY, 3, None, None, 20, ending="patientens_val"),
    case("C-3", JULY, 3, None, None, 9, ending="kriterier_ej_uppfyllda"),
]
OPEN = [
    waiting("O-1", 18),  # 2 days left to 20, 22 to 40
    waiting("O-2", 20),  # today is the last day
    waiting("O-3", 27),  # 20 has passed; 13 left to 40
    waiting("O-4", 41),  # 40 passed yesterday
    waiting("O-5", 41, utokad_utredning=True),  # 19 left to 60
    waiting("O-6", 18, avvikelse="MoV"),
]
# A pathway that got slower, from 2-7 days to 20-25; nobody has an earlier conference.
SLOWER = [
    case(
        f"B-{year}-{at}", date(year, 7, 1), first + at % 6, None, None, 40, svf="brost"
    )
    for year, first in ((2024, 2), (2025, 2), (2026, 20))
    for at in range(30)
]
LONG = [
    waiting(f"P-{at:02}", 29 + at, svf="brost", unit=SECOND_CLINIC) for at in range(55)
]
UNKNOWN = [waiting(f"M-{at}", 10, svf="melanom", unit=SECOND_CLINIC) for at in range(5)]
RARE = [
    waiting("V-1", 29, svf="vulva", unit=SECOND_CLINIC),
    case("V-2", JULY, 1, 2, 3, 4, svf="vulva", unit=SECOND_CLINIC),
]
# The conference of every other one is registered 5 days before the visit.
BACKWARDS = [
    case(f"W-{at}", JULY, 9, day, 15, 20, svf="melanom", unit=SECOND_CLINIC)
    for at in range(5)
    for day in (4, 12)
]
# Too few in their quarter, though the pathway is known well at the unit.
FEW = [case(f"E-{at}", date(2026, 1, 5), 9, 12, 15, 40) for at in range(2)]
CASES = [
    *ENDED,
    *FEW,
    *BEFORE,
    *CENSORED,
    *OPEN,
    *SLOWER,
    *LONG,
    *UNKNOWN,
    *RARE,
    *BACKWARDS,
]


@pytest.fixture(scope="module")
def filled(tmp_path_factory):
    return warehouse(tmp_path_factory.mktemp("pathways"), CASES)


@pytest.fixture(scope="module")
def client(filled):
    server = flask.Flask("test")
    register_api(server, filled)
    return server.test_client()


def page(warehouse, svf="lunga", unit=CLINIC, period="2026Q3", **params):
    asked = {"svf": svf, "unit": unit, "period": period} | params
    return page_of(page_module, warehouse, asked)


def within(shown, id):
    (one,) = [x for x in components(shown) if getattr(x, "id", "") == id]
    return one


def listed(shown, id):
    (found,) = of_type(within(shown, id), "Table")
    return table_rows(found)


def facts(shown):
    return {
        words(one.children[0]): words(one.children[1])
        for part in of_type(shown, "Dl")
        for one in part.children
    }


def told(shown, id):
    return words(
        next(
            x
            for x in components(within(shown, id))
            if getattr(x, "className", "") == "chart-title"
        )
    )


# The steps.


def test_each_step_is_told_with_its_median_and_nine_in_ten(filled):
    shown = page(filled)
    steps = table_rows(of_type(within(shown, "steps"), "Table")[0])
    assert steps == [
        ["Välgrundad misstanke till första besök", *"6 15 29 10 0 0".split()],
        ["Första besök till multidisciplinär konferens", *"5 5 5 1 1 0".split()],
        ["Multidisciplinär konferens till behandlingsbeslut", *"5 3 7 1 1 0".split()],
        ["Behandlingsbeslut till start av behandling", *"6 17 30,5 1 0 0".split()],
        ["Hela förloppet", *"6 41 70,5 13 0 0".split()],
    ]


def test_the_whole_is_held_against_the_maximum_with_and_without_pvv(filled):
    said = facts(page(filled))
    assert said["Inom maximal ledtid (nationellt mått)"] == "50,0 % (3 av 6)"
    local = (
        "Inom maximal ledtid, utan patientvald (PvV) eller medicinskt orsakad väntan "
        "(MoV): lokalt mått"
    )
    assert said[local] == "60,0 % (3 av 5)"


def test_the_maxima_are_those_of_the_regions_own_register_in_force(filled):
    shown = page(filled)
    assert row_starting(shown, "Kirurgi") == ["Kirurgi", "40", "60"]
    assert row_starting(shown, "Palliativ vård") == ["Palliativ vård", "20", "–"]


def test_where_most_days_go_is_told_beside_the_year_before(filled):
    assert told(page(filled), "steps") == (
        "Mest tid går från behandlingsbeslut till start av behandling: i median 17 "
        "dagar (kv 3 2026). Det är 16 dagar längre än ett år tidigare (1 dag), men "
        "skillnaden kan bero på slumpen."
    )


def test_a_change_that_many_cases_share_is_not_called_chance(filled):
    # 5 each of 20-25 days against 5 each of 2-7.
    assert told(page(filled, "brost"), "steps") == (
        "Mest tid går från välgrundad misstanke till första besök: i median 22,5 dagar "
        "(kv 3 2026). Det är 18 dagar längre än ett år tidigare (4,5 dagar)."
    )


def test_years_on_either_side_of_a_break_are_not_compared(filled):
    assert told(page(filled, "brost", period="2025Q3"), "steps") == (
        "Mest tid går från välgrundad misstanke till första besök: i median 4,5 dagar "
        "(kv 3 2025). Jämförs inte med ett år tidigare: brott i serien kv 2 2025."
    )


@pytest.mark.parametrize(
    ("quarter", "is_broken"), [("2026Q2", False), ("2026Q1", True)]
)
def test_a_break_counts_if_it_came_after_the_earlier_period_began(
    filled, quarter, is_broken
):
    # The break of the lead time is in 2025Q2.
    with open_reader(filled) as reader:
        asked = Question(CLINIC, Period.parse(quarter))
        found = pathway(reader, asked)
    assert found.broken == (Period.parse("2025Q2") if is_broken else None)


def test_steps_that_are_equally_long_are_told_as_equally_long(tmp_path):
    # The second is long for more cases, but no longer in the middle.
    cases = [
        case(f"T-{at}", JULY, 8, 16 + more, 17 + more, 18 + more)
        for at, more in enumerate((0, 0, 0, 5, 9))
    ]
    shown = page(warehouse(tmp_path, cases))
    assert told(shown, "steps") == (
        "Mest tid går från välgrundad misstanke till första besök och från första "
        "besök till multidisciplinär konferens: i median 8 dagar vardera (kv 3 2026)."
    )


def test_dates_that_are_missing_are_counted_and_never_filled_in(filled):
    shown = page(filled, "brost")
    row = row_starting(shown, "Första besök till multidisciplinär konferens")
    assert row[1:] == ["för få", "för få", "för få", "för få", "för få", "för få"]


def test_dates_in_the_wrong_order_are_counted_apart(filled):
    shown = page(filled, "melanom", SECOND_CLINIC)
    row = row_starting(shown, "Första besök till multidisciplinär konferens")
    assert row[1:] == ["5", "3", "3", "för få", "0", "5"]


def test_the_local_view_leaves_out_pvv_and_mov_and_says_so(filled):
    shown = page(filled, without="pvv_mov")
    assert "Lokal vy utan PvV och MoV" in words(shown)
    assert row_starting(shown, "Hela förloppet")[1:3] == ["5", "32"]
    lead_times = [row[1] for row in listed(shown, "ended")]
    assert lead_times == ["51", "50", "32", "31", "30"]
    # National all the same.
    said = facts(shown)
    assert said["Inom maximal ledtid (nationellt mått)"] == "50,0 % (3 av 6)"
    # one of the two that have waited for 18 days is MoV
    assert [row[3] for row in listed(shown, "soon")] == ["20", "18"]
    assert "Lokal vy" not in words(page(filled)).replace("(lokal vy)", "")


# The curve.


def test_the_curve_is_that_of_another_program(filled, client):
    theirs = pytest.importorskip("statsmodels.duration.survfunc")
    began = [*ENDED, *CENSORED[:2], *(one for one in OPEN if began_in_time(one))]
    until = date(2026, 9, 30)
    days = [
        ((one["datum_avslut"] or until) - one["datum_valgrundad_misstanke"]).days
        for one in began
    ]
    ended = [int(not one["ar_oppen"]) for one in began]
    curve = theirs.SurvfuncRight(days, ended)
    asked = {"svf": "lunga", "unit": CLINIC, "period": "2026Q3"}
    given = client.get("/api/v1/pathway", query_string=asked).json
    assert given["suspected"] == len(began)
    assert len(given["curve"]) > 5
    for point in given["curve"]:
        before = [
            share
            for day, share in zip(curve.surv_times, curve.surv_prob, strict=True)
            if day <= point["days"]
        ]
        assert point["waiting"] == pytest.approx(100 * (before or [1.0])[-1])
        assert point["at_risk"] == sum(day >= point["days"] for day in days) >= 5
    # Only 4 cases have waited 50 days, so the median is not told.
    assert (curve.quantile(0.5), given["median"]) == (50, None)
    asked = {"svf": "brost", "unit": CLINIC, "period": "2026Q3"}
    given = client.get("/api/v1/pathway", query_string=asked).json
    assert given["median"] == theirs.SurvfuncRight([40] * 30, [1] * 30).quantile(0.5)


def began_in_time(one):
    return one["datum_valgrundad_misstanke"] >= date(2026, 7, 1)


def test_nothing_is_read_off_beyond_the_curve(filled, client):
    # Of 14 cases 6 end, and fewer than 5 have waited so long as the last of them.
    shown = facts(page(filled))
    assert shown["Nio av tio väntar inte längre"] == "så långt når inte kurvan"
    asked = {"svf": "brost", "unit": SECOND_CLINIC, "period": "2026Q3"}
    # All of them are open.
    assert client.get("/api/v1/pathway", query_string=asked).json["median"] is None
    said = words(of_type(page(filled, "brost", SECOND_CLINIC), "Figure"))
    assert "Färre än hälften har börjat behandlas eller fått ett annat besked" in said


def test_the_sentence_of_the_curve_is_true_of_a_plain_count_of_the_cases(tmp_path):
    # All are followed longer than the maximum of 28 days. Of 24 16 have ended by day
    # 20, half of those by another answer, and 8 wait after day 28.
    april = date(2026, 4, 1)
    cases = [
        *(case(f"D-{at}", april, 2, None, None, 20, svf="brost") for at in range(8)),
        *(
            case(
                f"A-{at}",
                april,
                *(2, None, None, 10),
                svf="brost",
                ending="misstanke_avskriven",
            )
            for at in range(8)
        ),
        *(case(f"S-{at}", april, 2, None, None, 35, svf="brost") for at in range(4)),
        *(case(f"O-{at}", april, 2, None, None, None, svf="brost") for at in range(4)),
    ]
    shown = page(warehouse(tmp_path, cases), "brost", period="2026Q2")
    said = told(shown, "curve")
    assert said.startswith(
        "Hälften har börjat behandlas eller fått ett annat besked inom 20 dagar (95 %-"
        "intervall 10–"
    )
    assert said.endswith(
        "33 % väntar fortfarande efter 28 dagar, den maximala ledtiden."
    )


def test_the_chart_and_its_table_have_the_same_numbers(filled, client):
    shown = page(filled)
    asked = {"svf": "lunga", "unit": CLINIC, "period": "2026Q3"}
    given = client.get("/api/v1/pathway", query_string=asked).json["curve"]
    (graph,) = of_type(shown, "Graph")
    drawn = next(one for one in graph.figure["data"] if one["name"] == "value")
    assert drawn["x"] == [one["days"] for one in given]
    assert drawn["y"] == pytest.approx([one["waiting"] for one in given])
    table = listed(shown, "numbers")
    assert [int(row[0]) for row in table] == drawn["x"]
    assert table[0] == ["0", "100,0 %", "", "14"]
    assert [int(row[3]) for row in table] == [one["at_risk"] for one in given]


def test_the_shortest_and_the_longest_maximum_are_lines_in_the_curve(filled):
    (graph,) = of_type(page(filled), "Graph")
    lines = graph.figure["layout"]["shapes"]
    assert [one["x0"] for one in lines] == [20, 60]
    said = words(of_type(page(filled), "Figure"))
    assert "väntar fortfarande efter 20 dagar, den kortaste maximala ledtiden." in said


# Open cases.


def test_open_cases_are_listed_by_the_days_left_to_their_next_maximum(filled):
    shown = page(filled)
    found = listed(shown, "soon")
    assert [row[0] for row in found] == ["1", "2", "3"]
    assert [row[3] for row in found] == ["20", "18", "18"]
    assert found[1] == [
        "2",
        "Lungcancer",
        "Kirurgkliniken",
        "18",
        "2",
        "Palliativ vård: 2 dagar kvar Kirurgi: 22 dagar kvar",
        "Första besök",
    ]
    assert found[0][3:6] == [
        "20",
        "0",
        "Palliativ vård: 0 dagar kvar Kirurgi: 20 dagar kvar",
    ]
    assert told(shown, "open") == (
        "Av 6 öppna fall passerar 3 en maximal ledtid inom 7 dagar, och 1 har redan "
        "passerat sin sista."
    )


def test_a_longer_look_ahead_finds_those_that_one_maximum_has_passed(filled):
    waited = [row[3] for row in listed(page(filled, days="14"), "soon")]
    assert waited == ["20", "18", "18", "27"]
    assert page(filled, days="8").children  # an unknown number is 7


def test_cases_past_every_maximum_are_listed_apart(filled):
    (found,) = listed(page(filled), "passed")
    assert "Dagar över" in words(within(page(filled), "passed"))
    assert "Dagar över" not in words(within(page(filled), "soon"))
    assert found[:5] == ["1", "Lungcancer", "Kirurgkliniken", "41", "1"]
    assert found[5] == (
        "Palliativ vård: passerad för 21 dagar sedan Kirurgi: passerad för 1 dag sedan"
    )


def test_open_cases_without_a_maximum_are_counted(filled):
    said = words(within(page(filled, "melanom", SECOND_CLINIC), "open"))
    assert "5 öppna fall saknar maximal ledtid i registret" in said


def test_days_are_counted_until_the_last_day_the_files_tell_of(filled):
    assert "Räknat till och med 2026-09-30" in words(page(filled))


def test_long_lists_come_a_page_at_a_time_and_each_by_itself(filled):
    asked = {"svf": "brost", "unit": SECOND_CLINIC}
    first, second = page(filled, **asked), page(filled, page_passed="2", **asked)
    # The longest first: 29 + 54 days of 28.
    assert len(listed(first, "passed")) == 50
    assert listed(first, "passed")[0][:5:4] == ["1", "55"]
    assert [row[:5:4] for row in listed(second, "passed")] == [
        ["51", "5"],
        ["52", "4"],
        ["53", "3"],
        ["54", "2"],
        ["55", "1"],
    ]
    beyond = page(filled, page_passed="99", **asked)
    assert listed(beyond, "passed") == listed(second, "passed")
    assert any("page_passed=2" in href for href in hrefs(first))


def test_each_list_has_a_pager_of_its_own_name(filled):
    labels = [getattr(one, "aria-label") for one in of_type(page(filled), "Nav")]
    assert [one for one in labels if one.endswith(": Sidor")] == [
        "Passerar en maximal ledtid inom 7 dagar: Sidor",
        "Har passerat sin sista maximala ledtid: Sidor",
        "Avslutade fall: Sidor",
    ]


# Ended cases, and what nobody may see.


def test_ended_cases_are_listed_with_their_maximum_and_their_steps(filled):
    found = listed(page(filled), "ended")
    assert found[0] == ["1", "90", "40", "nej", "40", "5", "9", "36"]
    assert found[1] == ["2", "51", "40", "nej", "18", "–", "–", "21"]
    assert [row[1] for row in found] == ["90", "51", "50", "32", "31", "30"]


def test_among_many_pathways_no_case_tells_which_one_it_is_of(filled):
    shown = page(filled, svf="")
    found = listed(shown, "ended")
    assert all(len(row) == 7 for row in found)
    assert "Välj ett vårdförlopp" in words(shown)


def test_cases_of_a_pathway_that_is_rare_at_the_unit_are_never_listed(filled, client):
    for unit in (REGION, HOSPITAL, SECOND_CLINIC):
        for svf in ("", "vulva"):
            for page_passed in ("1", "2"):
                shown = page(filled, svf, unit, "R12-2026Q3", page_passed=page_passed)
                tables = [table_rows(one) for one in of_type(shown, "Table")]
                listed_cases = [
                    row for table in tables for row in table if row[0] == "1"
                ]
                # neither the one that waits nor the one of four days that ended
                assert not any("Vulvacancer" in row for row in listed_cases)
                assert not any(row[1] == "4" for row in listed_cases)
    assert "För få fall för att visas" in words(page(filled, "vulva", REGION))
    asked = {"svf": "vulva", "period": "R12-2026Q3"}
    given = client.get("/api/v1/pathway", query_string=asked).json
    told = ("ended", "within", "counted", "suspected", "median")
    assert [given[one] for one in told] == [None] * 5
    assert {one["median"] for one in given["steps"]} == {None}
    assert given["curve"] == []


def test_a_quarter_with_too_few_cases_tells_nothing_of_them(filled, client):
    shown = page(filled, period="2026Q1")
    assert "För få fall för att visas" in words(within(shown, "steps"))
    assert "ended" not in {getattr(one, "id", "") for one in components(shown)}
    asked = {"svf": "lunga", "unit": CLINIC, "period": "2026Q1"}
    given = client.get("/api/v1/pathway", query_string=asked).json
    assert (given["ended"], given["within"], given["counted"]) == (None, None, None)


def test_what_tells_who_a_patient_is_never_reaches_the_page(filled, client):
    shown = words(page(filled, svf="", unit=REGION))
    assert rows.SECRETS[2] not in shown.split()
    given = client.get("/api/v1/pathway").get_data(as_text=True)
    assert not any(one["fall_id"] in given for one in CASES)
    assert not any(one["fall_id"] in shown.split() for one in CASES)


def test_suspicions_that_were_not_well_founded_are_in_no_account(filled):
    assert facts(page(filled))["Fall med misstanke i perioden"] == "14"


# The address.


def test_one_pathway_is_shown_for_twelve_months_unless_a_quarter_is_asked_for(filled):
    shown = page_of(page_module, filled, {"svf": "lunga"})
    assert words(of_type(shown, "H1")) == (
        "Lungcancer: Region Demo, 12 mån t.o.m. kv 3 2026"
    )
    whole = page_of(page_module, filled, {})
    assert words(of_type(whole, "H1")) == "Alla vårdförlopp: Region Demo, kv 3 2026"
    asked = {"svf": "lunga", "kind": "quarter"}
    quarter = page_of(page_module, filled, asked)
    assert words(of_type(quarter, "H1")) == "Lungcancer: Region Demo, kv 3 2026"


def test_what_does_not_exist_is_told(filled, client):
    assert "Vårdförloppet finns inte." in words(page(filled, "finns_inte"))
    unknown = page(filled, unit="SE2321000081-NOPE")
    assert "NOPE" in words(unknown)
    for query in ("period=2026", "days=9", "without=all", "page=2"):
        assert client.get(f"/api/v1/pathway?{query}").status_code == 400
    for query in ("svf=nope", "unit=SE2321000081-NOPE"):
        assert client.get(f"/api/v1/pathway?{query}").status_code == 404


def test_a_period_without_cases_says_so(filled):
    assert "Inga förlopp har avslutats i perioden" in words(
        page(filled, period="2023Q1")
    )


def test_the_page_leads_on_to_the_indicator(filled):
    found = hrefs(page(filled))
    assert f"/indikator/svf_lead_time?unit={CLINIC}&period=2026Q3" in found


def test_lead_times_lead_here_in_the_view_they_count(filled):
    where = {"avvikelse": {"not_in": ["PvV", "MoV"]}}
    national = make.indicator()
    local = make.indicator(measure=national.measure.model_dump() | {"where": where})
    way = f"/analys/forlopp?unit={CLINIC}&period=2026Q3"
    assert pathway_address(national, CLINIC, "2026Q3") == way
    assert pathway_address(local, CLINIC, "2026Q3") == f"{way}&without=pvv_mov"
    assert pathway_address(make.yearly(), CLINIC, "2026") == ""


def test_the_page_speaks_english(filled):
    with speaking("en"):
        assert "Lungcancer (en)" in words(of_type(page(filled), "H1"))
