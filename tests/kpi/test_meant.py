"""Targets that cannot be meant, and those that may be a slip."""

import pytest

from kpi.definitions import Definitions
from kpi.meant import targets_not_meant, targets_to_doubt
from tests import builders as make

OTHER_PLAN = make.PLAN | {"id": "patient_safety_kronoberg", "region": "0007"}
SAME_REGION = make.PLAN | {"id": "medicines_blekinge"}
PERCENT = {"sv": "%", "en": "%"}
REPORTS = {"sv": "rapporter", "en": "reports"}
INDEX = {"sv": "index 0–100", "en": "index 0–100"}
REPORTED = {"dataset": "matningar"}


def definitions(targets, **changes):
    indicator = make.indicator(
        targets=[make.target(**one) for one in targets], **changes
    )
    plans = [make.PLAN, OTHER_PLAN, SAME_REGION]
    return Definitions.model_validate({"plans": plans, "indicators": [indicator]})


def faults(*targets, **changes):
    found = targets_not_meant(definitions(targets, **changes))
    return [(at[3:], message) for at, message in found]


def doubts(*targets, **changes):
    return [message for _, message in targets_to_doubt(definitions(targets, **changes))]


@pytest.mark.parametrize("value", [-1, 100.5, 600])
def test_a_share_lies_within_a_hundred(value):
    ((_, key), message) = faults({"value": value})[0]
    assert key == "value"
    assert message == (
        f"expected at least 0 and at most 100, as outcomes are, got {value:g}"
    )


@pytest.mark.parametrize("value", [0, 1, 1.5, 60, 100])
def test_a_share_that_can_be_is_taken(value):
    assert faults({"value": value}) == []


@pytest.mark.parametrize("value", [0.6, 0.999, 0.01])
def test_a_fraction_in_place_of_per_cent_is_a_fault_where_higher_is_better(value):
    [(_, message)] = faults({"value": value})
    assert message == (
        f"expected %, where {value:g} would be next to nothing; write {100 * value:g} "
        "if that is meant"
    )


def test_a_fraction_may_be_meant_where_lower_is_better_and_is_doubted():
    lower = {"value": 0.5, "rule": "<="}
    assert faults(lower, direction="lower") == []
    assert doubts(lower, direction="lower") == [
        "0.5 is 0.5 %; if a share is meant, write 50"
    ]


@pytest.mark.parametrize(("value", "is_doubted"), [(0, False), (1, True), (2, False)])
def test_one_per_cent_is_doubted(value, is_doubted):
    assert bool(doubts({"value": value})) is is_doubted


def test_an_index_to_a_hundred_is_as_per_cent():
    index = {"kind": "mean", "scale": [0, 100], "unit": INDEX}
    [(_, message)] = faults({"value": 0.815}, **index)
    assert "write 81.5 if that is meant" in message
    [(_, message)] = faults({"value": 101}, **index)
    assert "at most 100" in message


def counts(**changes):
    count = {"kind": "count", "unit": REPORTS, "denominator": None, "breakdowns": []}
    return count | {"measure": REPORTED} | changes


@pytest.mark.parametrize(("value", "is_fault"), [(-1, True), (0, False), (0.5, False)])
def test_a_count_is_not_below_nothing(value, is_fault):
    assert bool(faults({"value": value}, **counts())) is is_fault
    assert doubts({"value": value}, **counts()) == []


@pytest.mark.parametrize(("value", "is_fault"), [(0, False), (1, False), (2, True)])
def test_a_milestone_is_reached_or_not(value, is_fault):
    milestone = counts(kind="milestone")
    assert bool(faults({"value": value, "rule": "="}, **milestone)) is is_fault


@pytest.mark.parametrize(
    ("direction", "rule", "expected"),
    [
        ("higher", "<=", ">="),
        ("lower", ">=", "<="),
        ("higher", ">=", None),
        ("lower", "<=", None),
        ("higher", "=", None),
        ("lower", "=", None),
    ],
)
def test_a_rule_goes_the_way_that_is_better(direction, rule, expected):
    found = faults({"value": 60, "rule": rule}, direction=direction)
    if expected is None:
        assert found == []
    else:
        [((_, key), message)] = found
        assert key == "rule"
        assert message.startswith(f"'{rule}' where {direction} is better would call ")
        assert f"expected '{expected}'" in message


def test_a_target_for_a_pathway_needs_outcomes_by_pathway():
    assert faults({"svf": "brost"}, breakdowns=[{"by": "svf"}]) == []
    [((_, key), message)] = faults({"svf": "brost"}, breakdowns=[])
    assert key == "svf"
    assert "outcomes are not given by pathway" in message


def test_of_two_targets_from_the_same_period_none_goes_before_the_other():
    one, other = {"value": 50}, {"value": 60}
    assert faults(one, other) == [
        (
            (1, "since"),
            "2026Q1 is also where target 1 begins, for the same units; one of them has "
            "to go",
        )
    ]
    assert len(faults(one, other | {"plan": "medicines_blekinge"})) == 1


@pytest.mark.parametrize(
    "changes",
    [
        {"since": "2026Q2"},
        {"level": "national"},
        {"unit": make.CLINIC},
        {"svf": "brost"},
        {"plan": "patient_safety_kronoberg"},
    ],
    ids=str,
)
def test_targets_that_differ_stand_side_by_side(changes):
    assert faults({"value": 50}, {"value": 60} | changes) == []


def test_national_targets_are_rivals_whatever_plan_they_stand_in():
    one = {"level": "national"}
    assert len(faults(one, one | {"plan": "patient_safety_kronoberg"})) == 1
