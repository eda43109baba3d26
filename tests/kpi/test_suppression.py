import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpi.suppression import withheld


@pytest.mark.parametrize(
    ("counts", "hidden"),
    [
        ([6, 10, 2], {0, 2}),  # 2 alone is 18 - 16; with 6 it is one of 8
        ([4, 10, 2], {0, 2}),  # two small ones are 6 together
        ([2, 10, 2], {0, 1, 2}),  # and 4 are still too few
        ([2, 0, 10], {0, 2}),  # a zero hides nothing
        ([5, 5, 5], set()),  # exactly the minimum is enough
        ([3], {0}),
        ([0, 0], set()),
        ([], set()),
    ],
)
def test_what_is_hidden_worked_out_by_hand(counts, hidden):
    assert withheld(counts, 5) == hidden


COUNTS = st.lists(st.integers(0, 40), max_size=8)


@given(COUNTS, st.integers(1, 12))
def test_nobody_can_subtract_the_way_to_a_small_count(counts, minimum):
    hidden = withheld(counts, minimum)
    shown = [one for at, one in enumerate(counts) if at not in hidden]
    assert all(one == 0 or one >= minimum for one in shown)
    left = sum(counts) - sum(shown)
    assert all(counts[at] > 0 for at in hidden)
    if hidden and sum(counts) >= minimum:
        assert len(hidden) > 1
        assert left >= minimum


@given(COUNTS, st.integers(1, 12))
def test_no_more_is_hidden_than_that_takes(counts, minimum):
    hidden = withheld(counts, minimum)
    beside = [at for at in hidden if counts[at] >= minimum]
    if not beside:
        return
    last = max(beside, key=counts.__getitem__)
    rest = [counts[at] for at in hidden if at != last]
    assert len(rest) < 2 or sum(rest) < minimum


@given(COUNTS, st.integers(1, 12))
def test_a_part_without_cases_changes_nothing(counts, minimum):
    assert withheld([*counts, 0], minimum) == withheld(counts, minimum)
