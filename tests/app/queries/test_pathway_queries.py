"""The pathways as the warehouse counts them, against plain Python on random cases."""

from datetime import date, timedelta
from itertools import pairwise
from statistics import median

import pytest

from app.queries import pathway as ask
from app.queries import pathway_cases as ask_cases
from app.queries.outcomes import outcomes_in
from app.queries.pathway import Cases, Step
from app.queries.pathway_cases import Group, Listing
from app.queries.reader import open_reader
from kpi.period import Period, month_number
from kpi.waiting import waiting_curve
from kpi.warehouse import Warehouse
from tests.app.pathways import (
    REGISTER,
    TODAY,
    case,
    random_cases,
    waiting,
    warehouse,
)
from tests.builders import CLINIC, REGION, SECOND_CLINIC

DRAWN = random_cases(700)
MINIMUM = 12
PERIODS = [Period.parse("2026Q3"), Period.parse("2025Q3")]
EDGES = (
    "datum_valgrundad_misstanke",
    "datum_forsta_besok",
    "datum_mdk",
    "datum_behandlingsbeslut",
    "datum_avslut",
)
CHOICES = [
    Cases(REGION),
    Cases(REGION, "lunga"),
    Cases(CLINIC, None, True),
    Cases(SECOND_CLINIC, "brost"),
    Cases(SECOND_CLINIC, "vulva", True),
]


@pytest.fixture(scope="module")
def filled(tmp_path_factory):
    return warehouse(tmp_path_factory.mktemp("drawn"), DRAWN)


def are_chosen(cases):
    return [
        one
        for one in DRAWN
        if one["avslut"] != "kriterier_ej_uppfyllda"
        and cases.unit in (REGION, one["enhet_id"])
        and cases.svf in (None, one["svf"])
        and not (cases.is_local and one["avvikelse"] in ("PvV", "MoV"))
    ]


def ended(cases, period):
    return [
        one
        for one in are_chosen(cases)
        if one["ar_matbart_avslut"]
        and period.first_day <= one["datum_avslut"] <= period.last_day
    ]


def days_of(one, since, until):
    if one[since] is None or one[until] is None:
        return None
    return (one[until] - one[since]).days


def nine_in_ten(values):
    place = 0.9 * (len(values) - 1)
    low = int(place)
    high = min(low + 1, len(values) - 1)
    ordered = sorted(values)
    return ordered[low] + (place - low) * (ordered[high] - ordered[low])


def slow_step(some, since, until):
    days = [days_of(one, since, until) for one in some]
    there = [one for one in days if one is not None and one >= 0]
    return (
        len(there),
        median(there) if there else None,
        pytest.approx(nine_in_ten(there)) if there else None,
        sum(one is None for one in days),
        sum(one is not None and one < 0 for one in days),
    )


def as_told(one):
    return (one.cases, one.median, one.p90, one.missing, one.backwards)


@pytest.mark.parametrize("cases", CHOICES)
def test_steps_are_what_plain_python_counts(filled, cases):
    with open_reader(filled) as reader:
        found = ask.taken_in(reader, cases, PERIODS)
    for period, taken in zip(PERIODS, found, strict=True):
        some = ended(cases, period)
        assert taken.cases == len(some)
        pairs = [*pairwise(EDGES), (EDGES[0], EDGES[-1])]
        assert [one.step for one in taken.steps] == list(Step)
        assert [as_told(one) for one in taken.steps] == [
            slow_step(some, *pair) for pair in pairs
        ]


@pytest.mark.parametrize("cases", CHOICES)
def test_both_views_of_the_measure_are_told_whichever_is_asked_for(filled, cases):
    with open_reader(filled) as reader:
        (found,) = ask.taken_in(reader, cases, PERIODS[:1])
    for is_local, told in ((False, found.national), (True, found.local)):
        view = Cases(cases.unit, cases.svf, is_local)
        counted = [one for one in ended(view, PERIODS[0]) if one["ingar_i_ledtid"]]
        assert told.counted == len(counted)
        assert told.within == sum(one["inom_max"] for one in counted)


@pytest.mark.parametrize("cases", CHOICES)
def test_waits_are_what_plain_python_counts(filled, cases):
    period = Period.parse("R12-2026Q3")
    expected = {}
    for one in are_chosen(cases):
        since = one["datum_valgrundad_misstanke"]
        if period.first_day <= since <= period.last_day:
            days = ((one["datum_avslut"] or TODAY) - since).days
            key = days, not one["ar_oppen"]
            expected[key] = expected.get(key, 0) + 1
    with open_reader(filled) as reader:
        found = ask.waits(reader, cases, period, TODAY)
    assert {(one.days, one.is_ended): one.cases for one in found} == expected
    assert len(found) == len(expected)


@pytest.mark.parametrize("cases", CHOICES[:3])
def test_the_curve_of_cases_all_followed_is_the_plain_share_still_waiting(
    filled, cases
):
    # The last of them was suspected 183 days before TODAY, and none ended that late.
    period = Period.parse("2026Q1")
    waited = []
    for one in are_chosen(cases):
        if period.first_day <= one["datum_valgrundad_misstanke"] <= period.last_day:
            whole = days_of(one, EDGES[0], EDGES[-1])
            waited.append(float("inf") if whole is None else whole)
    with open_reader(filled) as reader:
        curve = waiting_curve(ask.waits(reader, cases, period, TODAY))
    for day in range(183):
        still = sum(days > day for days in waited)
        assert curve.waiting_after(day) == pytest.approx(still / len(waited))


@pytest.mark.parametrize("cases", CHOICES)
@pytest.mark.parametrize("step", [Step.CONFERENCE, Step.WHOLE])
def test_days_of_a_step_are_what_plain_python_counts(filled, cases, step):
    since, until = (EDGES[1], EDGES[2])
    if step is Step.WHOLE:
        since, until = EDGES[0], EDGES[-1]
    with open_reader(filled) as reader:
        found = ask.step_days(reader, cases, PERIODS, step)
    for period, waits in zip(PERIODS, found, strict=True):
        days = [days_of(one, since, until) for one in ended(cases, period)]
        apart = [one.days for one in waits for _ in range(one.cases)]
        there = [one for one in days if one is not None and one >= 0]
        assert sorted(apart) == sorted(there)


def is_known_well(one, until):
    alike = [
        other
        for other in DRAWN
        if (other["enhet_id"], other["svf"]) == (one["enhet_id"], one["svf"])
        and other["avslut"] != "kriterier_ej_uppfyllda"
        and until - 11 <= month_number(other["datum"]) <= until
    ]
    return len(alike) >= MINIMUM


def slow_group(one, within):
    waited = (TODAY - one["datum_valgrundad_misstanke"]).days
    maxima = REGISTER.get((one["svf"], one["utokad_utredning"]), {}).values()
    left = [days - waited for days in maxima]
    coming = [days for days in left if days >= 0]
    if not left:
        return Group.UNKNOWN, None
    if not coming:
        return Group.PASSED, max(left)
    return (Group.SOON if min(coming) < within else Group.LATER), min(coming)


@pytest.mark.parametrize("cases", CHOICES)
@pytest.mark.parametrize("within", [7, 14])
def test_open_cases_are_what_plain_python_finds(filled, cases, within):
    month = month_number(TODAY)
    expected = {group: [] for group in Group}
    for one in are_chosen(cases):
        if one["ar_oppen"] and is_known_well(one, month):
            group, left = slow_group(one, within)
            expected[group].append((left, one["fall_id"], one))
    listing = Listing(cases, MINIMUM, TODAY, within)
    with open_reader(filled) as reader:
        counts, found = ask_cases.open_cases(
            reader, listing, {Group.SOON: 0, Group.PASSED: 2}, 9
        )
    assert counts == {group: len(some) for group, some in expected.items()}
    for group, first in ((Group.SOON, 0), (Group.PASSED, 2)):
        shown = [one for one in found if one.group is group]
        in_order = sorted(expected[group], key=lambda one: one[:2])
        for number, one in enumerate(shown, first + 1):
            left, _, row = in_order[number - 1]
            assert (one.number, one.left) == (number, left)
            assert one.waited == (TODAY - row[EDGES[0]]).days
            assert one.reached == tuple(row[edge] is not None for edge in EDGES[1:4])
        assert len(shown) == len(in_order[first : first + 9])


@pytest.mark.parametrize("cases", CHOICES)
def test_ended_cases_are_what_plain_python_finds(filled, cases):
    period = PERIODS[0]
    some = [one for one in ended(cases, period) if is_known_well(one, period.last)]
    some.sort(key=lambda one: (-one["ledtid_dagar"], one["fall_id"]))
    listing = Listing(cases, MINIMUM, TODAY, 7)
    with open_reader(filled) as reader:
        count, found = ask_cases.ended_cases(reader, listing, period, 3, 10)
    assert count == len(some)
    assert [one.number for one in found] == [*range(4, 4 + len(some[3:13]))]
    for one, row in zip(found, some[3:13], strict=True):
        assert one.steps == tuple(days_of(row, *pair) for pair in pairwise(EDGES))
        is_counted = row["ingar_i_ledtid"]
        assert one.max_days == (row["max_dagar"] if is_counted else None)
        assert one.is_within == (row["inom_max"] if is_counted else None)


@pytest.mark.parametrize(("ended_on", "is_listed"), [((10, 1), True), ((9, 30), False)])
def test_a_pathway_is_known_well_by_the_cases_of_twelve_months(
    tmp_path, ended_on, is_listed
):
    end = date(2025, *ended_on)
    cases = [waiting(f"O-{at}", 19) for at in range(4)]
    cases.append(case("E", end - timedelta(20), 1, 2, 3, 20))
    listing = Listing(Cases(REGION), 5, TODAY, 7)
    with open_reader(warehouse(tmp_path, cases)) as reader:
        counts, _ = ask_cases.open_cases(reader, listing, {Group.SOON: 0}, 9)
    assert counts[Group.SOON] == (4 if is_listed else 0)


def test_the_random_cases_try_every_group():
    drawn = [one for one in DRAWN if one["ar_oppen"]]
    groups = {slow_group(one, 14)[0] for one in drawn if is_known_well(one, 24320)}
    assert groups == set(Group)
    assert not all(is_known_well(one, 24320) for one in DRAWN)


def test_on_the_demo_the_measure_is_that_of_the_indicators(demo_warehouse):
    period = Period.parse("2026Q3")
    national = "svf_lead_time"
    local = f"{national}_without_patient_and_medical_waiting"
    compared = 0
    with open_reader(Warehouse(demo_warehouse)) as reader:
        for indicator, is_local in ((national, False), (local, True)):
            for row in outcomes_in(reader, indicator, str(period)):
                if row.value is None:
                    continue
                cases = Cases(row.unit)
                (taken,) = ask.taken_in(reader, cases, [period])
                told = taken.local if is_local else taken.national
                assert (told.within, told.counted) == (row.numerator, row.denominator)
                compared += 1
    assert compared > 10
