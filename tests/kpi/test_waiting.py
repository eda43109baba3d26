import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpi.waiting import Wait, waiting_curve
from tests.kpi.conformance import Comparison, largest_difference

# Freireich et al. (1963), Blood 21, 699-716: weeks in remission of leukaemia; + is
# still in remission.
MERCAPTOPURINE = "6 6 6 6+ 7 9+ 10 10+ 11+ 13 16 17+ 19+ 20+ 22 23 25+ 32+ 32+ 34+ 35+"
PLACEBO = "1 1 2 2 3 4 4 5 5 8 8 8 8 11 11 12 12 15 17 22 23"

# Klein & Moeschberger (2003), table 4.1: days, at risk, ended, estimate, standard
# error; the log-log interval is Stata's (`sts list`) of the same data.
PUBLISHED = [
    (6, 21, 3, 0.8571, 0.0764, 0.6197, 0.9516),
    (7, 17, 1, 0.8067, 0.0869, 0.5631, 0.9228),
    (10, 15, 1, 0.7529, 0.0963, 0.5032, 0.8894),
    (13, 12, 1, 0.6902, 0.1068, 0.4316, 0.8491),
    (16, 11, 1, 0.6275, 0.1141, 0.3675, 0.8049),
    (22, 7, 1, 0.5378, 0.1282, 0.2678, 0.7468),
    (23, 6, 1, 0.4482, 0.1346, 0.1881, 0.6801),
]


def waits(text):
    return [Wait(float(one.rstrip("+")), "+" not in one) for one in text.split()]


def comparisons():
    curve = waiting_curve(waits(MERCAPTOPURINE))
    pairs = []
    for step, (*_, estimate, error, lower, upper) in zip(
        curve.steps, PUBLISHED, strict=True
    ):
        pairs += [
            (round(step.waiting, 4), estimate),
            (round(step.standard_error, 4), error),
            (round(step.lower, 4), lower),
            (round(step.upper, 4), upper),
        ]
    return [
        Comparison(
            "Freireich et al. (1963), 6-MP; Klein & Moeschberger (2003), table 4.1",
            "Kaplan-Meier, Greenwood and log-log interval, to four decimals",
            len(pairs),
            largest_difference(pairs),
        )
    ]


def test_the_published_example_comes_out_as_published():
    assert [one for one in comparisons() if not one.is_in_full] == []
    steps = waiting_curve(waits(MERCAPTOPURINE)).steps
    counts = [(step.days, step.at_risk, step.ended) for step in steps]
    assert counts == [row[:3] for row in PUBLISHED]


def test_the_published_medians():
    treated = waiting_curve(waits(MERCAPTOPURINE))
    assert treated.days_until(0.5) == 23
    assert treated.interval_of_days_until(0.5) == (13, None)
    placebo = waiting_curve(waits(PLACEBO))
    assert placebo.days_until(0.5) == 8
    assert placebo.interval_of_days_until(0.5) == (4, 11)


def test_the_90th_percentile_is_unknown_while_too_many_are_open():
    treated = waiting_curve(waits(MERCAPTOPURINE))
    assert treated.days_until(0.9) is None
    assert treated.interval_of_days_until(0.9) == (None, None)
    placebo = waiting_curve(waits(PLACEBO))
    assert placebo.days_until(0.9) == 17
    assert placebo.days_until(1.0) == 23
    # The interval has no upper end when nobody is left.
    assert placebo.interval_of_days_until(1.0) == (23, None)


def test_those_at_risk():
    curve = waiting_curve(waits(MERCAPTOPURINE))
    assert curve.at_risk([0, 6, 6.5, 10, 20, 35, 36]) == (21, 21, 17, 15, 8, 1, 0)


def test_without_open_cases_it_is_the_fraction_that_waits_longer():
    days = [one.days for one in waits(PLACEBO)]
    curve = waiting_curve(waits(PLACEBO))
    for day in range(25):
        longer = sum(one > day for one in days) / len(days)
        assert curve.waiting_after(day) == pytest.approx(longer, abs=1e-12)
    assert curve.steps[-1].waiting == 0
    assert curve.steps[-1].lower is None
    # With none open, no wait is cut off, so the restricted mean is the mean.
    assert curve.mean_within(23)[0] == pytest.approx(sum(days) / len(days))


def test_the_restricted_mean_by_hand():
    # 1 of 4 ends on day 2, one is open at 3, one of the 2 left ends on day 5.
    curve = waiting_curve([Wait(2, True), Wait(3, False), Wait(5, True), Wait(9, True)])
    mean, error = curve.mean_within(6)
    assert mean == pytest.approx(2 + 0.75 * 3 + 0.375)
    # (0.75 * 3 + 0.375)² / (4 * 3) + 0.375² / (2 * 1)
    assert error**2 == pytest.approx(2.625**2 / 12 + 0.375**2 / 2)
    assert curve.mean_within(1) == (1, 0)
    assert curve.mean_within(9)[0] == pytest.approx(2 + 0.75 * 3 + 0.375 * 4)


def test_what_nobody_has_waited_is_not_known():
    curve = waiting_curve(waits(MERCAPTOPURINE))
    assert curve.waiting_after(35) == pytest.approx(0.4482, abs=5e-5)
    assert curve.waiting_after(36) is None
    assert curve.mean_within(36) is None
    assert waiting_curve(waits(PLACEBO)).waiting_after(100) == 0


def test_the_median_of_an_even_number_lies_between_the_middle_two():
    curve = waiting_curve([Wait(day, True) for day in (1, 2, 5, 9)])
    assert curve.days_until(0.5) == 3.5
    still_open = waiting_curve([Wait(1, True), Wait(4, False)])
    assert still_open.days_until(0.5) == 1


def test_nobody_has_ended_yet():
    curve = waiting_curve([Wait(3, False), Wait(8, False)])
    assert curve.steps == ()
    assert curve.waiting_after(8) == 1
    assert curve.days_until(0.5) is None
    assert curve.mean_within(5) == (5, 0)


def test_leaving_out_open_cases_would_shorten_the_wait():
    cases = waits(MERCAPTOPURINE)
    ended = [one for one in cases if one.is_ended]
    assert waiting_curve(ended).days_until(0.5) < waiting_curve(cases).days_until(0.5)


def test_without_cases_there_is_no_curve_and_no_wait_is_negative():
    assert waiting_curve([]) is None
    with pytest.raises(ValueError, match="expected 0 or more days, got -1"):
        waiting_curve([Wait(3, True), Wait(-1, True)])


cases = st.lists(
    st.builds(Wait, st.integers(0, 60), st.booleans()), min_size=1, max_size=60
)


@pytest.fixture(scope="module")
def statsmodels():
    return pytest.importorskip("statsmodels.duration.survfunc")


@given(drawn=cases)
def test_the_curve_agrees_with_another_program(statsmodels, drawn):
    curve = waiting_curve(drawn)
    if not any(one.is_ended for one in drawn):
        return
    theirs = statsmodels.SurvfuncRight(
        [one.days for one in drawn], [int(one.is_ended) for one in drawn]
    )
    found = [(step.days, step.at_risk, step.ended) for step in curve.steps]
    expected = zip(theirs.surv_times, theirs.n_risk, theirs.n_events, strict=True)
    assert found == [row for row in expected if row[2]]
    for step in curve.steps:
        at = list(theirs.surv_times).index(step.days)
        assert step.waiting == pytest.approx(theirs.surv_prob[at], abs=1e-12)
        if step.standard_error is not None:
            assert step.standard_error == pytest.approx(
                theirs.surv_prob_se[at], abs=1e-12
            )


counted = st.lists(
    st.builds(Wait, st.integers(0, 60), st.booleans(), st.integers(1, 9)),
    min_size=1,
    max_size=20,
)


@given(counted, st.integers(0, 70))
def test_cases_counted_by_day_are_as_many_cases_one_by_one(drawn, day):
    apart = [Wait(one.days, one.is_ended) for one in drawn for _ in range(one.cases)]
    together, one_by_one = waiting_curve(drawn), waiting_curve(apart)
    assert together == one_by_one
    longer = sum(one.days >= day for one in apart)
    assert together.at_risk([day]) == (longer,)


def slow_waiting(drawn, day):
    """Multiply, day by day, the fraction of those at risk that does not end."""
    waiting = 1.0
    for today in range(day + 1):
        at_risk = sum(one.days >= today for one in drawn)
        ended = sum(one.days == today and one.is_ended for one in drawn)
        if at_risk:
            waiting *= 1 - ended / at_risk
    return waiting


@given(cases, st.integers(0, 60))
def test_the_curve_is_that_of_the_slow_way(drawn, day):
    found = waiting_curve(drawn).waiting_after(day)
    if found is not None:
        assert found == pytest.approx(slow_waiting(drawn, day), abs=1e-12)


@given(cases, st.integers(0, 60))
def test_the_restricted_mean_is_the_sum_of_every_day(drawn, day):
    found = waiting_curve(drawn).mean_within(day)
    if found is not None:
        slow = sum(slow_waiting(drawn, today) for today in range(day))
        assert found[0] == pytest.approx(slow, abs=1e-9)


@given(cases)
def test_fewer_and_fewer_wait_and_the_interval_holds_the_estimate(drawn):
    last = 1.0
    for step in waiting_curve(drawn).steps:
        assert 0 <= step.waiting < last
        last = step.waiting
        if step.lower is not None:
            assert 0 <= step.lower <= step.waiting <= step.upper <= 1


@given(cases, st.integers(2, 9))
def test_weeks_or_days_do_not_matter(drawn, times):
    one = waiting_curve(drawn)
    other = waiting_curve([Wait(times * case.days, case.is_ended) for case in drawn])
    assert [step.waiting for step in other.steps] == [s.waiting for s in one.steps]
    median = one.days_until(0.5)
    assert other.days_until(0.5) == (None if median is None else times * median)
