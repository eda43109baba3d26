from urllib.parse import parse_qsl, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.address import (
    SORTS,
    Selection,
    identifier,
    indicator_address,
    lineage_address,
    overview_address,
    period_text,
    unit_address,
    unit_id,
)
from kpi.assessment import Status
from kpi.datasets import DIMENSIONS
from kpi.model import Area
from kpi.period import Period, PeriodKind

maybe = st.none() | st.from_regex(r"[a-z][a-z0-9_]{0,20}", fullmatch=True)
periods = st.builds(
    lambda kind, year, number: str(Period.numbered(kind, year, number)),
    st.sampled_from([PeriodKind.QUARTER, PeriodKind.YEAR]),
    st.integers(1000, 2999),
    st.just(1),
)
selections = st.builds(
    Selection,
    unit=st.none() | st.from_regex(r"SE[0-9]{10}-[0-9A-Z]{1,9}", fullmatch=True),
    period=st.none() | periods,
    status=st.none() | st.sampled_from([str(one) for one in Status]),
    plan=maybe,
    responsible=st.none()
    | st.text(min_size=1, max_size=60).map(str.strip).filter(bool),
    area=st.none() | st.sampled_from([*Area]),
    kind=st.none() | st.sampled_from([str(one) for one in PeriodKind]),
    unit_kind=maybe,
    by=st.none() | st.sampled_from(DIMENSIONS),
    sort=st.none() | st.sampled_from(SORTS),
)


@given(selections)
def test_a_selection_survives_the_way_through_the_address(selection):
    query = urlsplit(overview_address(selection)).query
    assert Selection.read(dict(parse_qsl(query))) == selection


@given(st.dictionaries(st.sampled_from(list(Selection().__slots__)), st.text()))
def test_nothing_a_visitor_writes_in_the_address_is_a_fault(params):
    kept = Selection.read(params).params()
    assert Selection.read(kept).params() == kept


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("SE2321000081-DEMO001", "SE2321000081-DEMO001"),
        ("se2321000081-o42956", "SE2321000081-O42956"),
        ("SE2321000081", None),
        ("<script>", None),
        ("", None),
        (None, None),
    ],
)
def test_unit_ids_are_checked_and_kept_in_upper_case(written, expected):
    assert unit_id(written) == expected


@pytest.mark.parametrize(
    ("written", "expected"),
    [("2026K1", "2026Q1"), ("r12-2026q1", "R12-2026Q1"), ("2026Q5", None), ("", None)],
)
def test_periods_are_checked_and_kept_in_their_own_form(written, expected):
    assert period_text(written) == expected


def test_an_id_of_the_definitions_has_only_small_letters():
    assert identifier("svf_lead_time") == "svf_lead_time"
    assert identifier("../etc") is None
    assert identifier("A") is None


@pytest.mark.parametrize(
    ("period", "quarter"),
    [
        ("2026Q1", "2026Q1"),
        ("2025", "2025Q4"),
        ("2026-02", "2026Q1"),
        ("R12-2026Q1", "2026Q1"),
        ("2026T1", "2026Q2"),
        (None, "2026Q3"),
    ],
)
def test_any_period_leads_to_the_quarter_of_its_last_month(period, quarter):
    default = Period.parse("2026Q3")
    assert str(Selection(period=period).quarter(default)) == quarter


@pytest.mark.parametrize(("length", "is_read"), [(0, False), (200, True), (201, False)])
def test_a_role_is_read_up_to_two_hundred_letters(length, is_read):
    written = "å" * length
    found = Selection.read({"responsible": f" {written} "}).responsible
    assert found == (written if is_read else None)


def test_addresses_leave_out_what_was_not_chosen():
    assert overview_address(Selection()) == "/"
    assert unit_address("SE1-A") == "/enhet/SE1-A"
    assert indicator_address("a", "SE1-A") == "/indikator/a?unit=SE1-A"
    assert (
        lineage_address("a", "SE1-A", "2026Q1")
        == "/underlag/utfall?indicator=a&unit=SE1-A&period=2026Q1"
    )
    assert lineage_address("a", "SE1-A", "2026Q1", "sex", "K").endswith(
        "&by=sex&by_value=K"
    )
