from fractions import Fraction
from math import ceil

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpi.contributions import change_by_part, gap_by_part
from kpi.counted import Counted
from kpi.gap import cases_to_target
from kpi.model import Direction, Kind

SHARE, RATE = Kind.PROPORTION, Kind.RATE
HIGHER, LOWER = Direction.HIGHER, Direction.LOWER


def parts(**counts):
    return [Counted(name, met, cases) for name, (met, cases) in counts.items()]


def cases_of(gap):
    return {one.part.name: (one.cases, one.whole_cases) for one in gap.contributions}


# Gaps.


def test_a_gap_by_hand():
    # 112 of 160 where 80 % is 128: 16 short. Each at 80 %: 8, 48, 72.
    found = gap_by_part(
        parts(medicin=(5, 10), kirurg=(38, 60), kvinno=(69, 90)), SHARE, 80, HIGHER
    )
    assert (found.cases, found.whole_cases) == (16, 16)
    names = [one.part.name for one in found.contributions]
    assert names == ["kirurg", "kvinno", "medicin"]
    assert cases_of(found) == {"kirurg": (10, 10), "kvinno": (3, 3), "medicin": (3, 3)}
    shares = [one.share for one in found.contributions]
    assert shares == [10 / 16, 3 / 16, 3 / 16]
    so_far = [one.cumulative_share for one in found.contributions]
    assert so_far == [10 / 16, 13 / 16, 1.0]


def test_a_part_with_cases_to_spare_lessens_the_gap_and_has_no_share_of_it():
    found = gap_by_part(parts(ahead=(10, 10), behind=(4, 10)), SHARE, 80, HIGHER)
    assert found.cases == 2
    assert cases_of(found) == {"behind": (4, 4), "ahead": (-2, -2)}
    assert [one.share for one in found.contributions] == [1.0, 0.0]
    assert [one.cumulative_share for one in found.contributions] == [1.0, 1.0]


def test_whole_cases_add_up_where_each_one_rounded_would_not():
    # 3 parts are 0.8 of a case short each: 2.4 in all, so 3 whole cases.
    found = gap_by_part(parts(a=(0, 1), b=(0, 1), c=(0, 1)), SHARE, 80, HIGHER)
    assert found.cases == Fraction("2.4")
    assert [one.whole_cases for one in found.contributions] == [1, 1, 1]
    # 4 parts 0.3 short: 1.2 in all, 2 whole cases, and not 4 or 0.
    four = parts(a=(0, 1), b=(0, 1), c=(0, 1), d=(0, 1))
    found = gap_by_part(four, SHARE, 30, HIGHER)
    assert sorted(one.whole_cases for one in found.contributions) == [0, 0, 1, 1]


def test_too_many_events_are_the_gap_where_lower_is_better():
    # 2 per 1 000 of 5 000 are 10 events; 13 are 3 too many.
    found = gap_by_part(parts(a=(9, 2000), b=(4, 3000)), RATE, 2, LOWER, per=1000)
    assert (found.cases, found.whole_cases) == (3, 3)
    assert cases_of(found) == {"a": (5, 5), "b": (-2, -2)}


def test_where_nobody_is_behind_nobody_has_a_share():
    found = gap_by_part(parts(a=(9, 10), b=(10, 10)), SHARE, 80, HIGHER)
    assert (found.cases, found.whole_cases) == (-3, -3)
    assert [one.cumulative_share for one in found.contributions] == [0.0, 0.0]


def test_a_whole_without_cases_has_no_gap():
    assert gap_by_part([], SHARE, 80, HIGHER) is None
    assert gap_by_part(parts(a=(0, 0)), SHARE, 80, HIGHER) is None


def test_a_neutral_indicator_has_no_gap():
    with pytest.raises(ValueError, match="no wrong side of a target"):
        gap_by_part(parts(a=(1, 2)), SHARE, 80, Direction.NEUTRAL)


def test_counts_that_are_no_share_have_no_gap():
    with pytest.raises(ValueError, match="a: not a proportion: 3 of 2"):
        gap_by_part(parts(a=(3, 2)), SHARE, 80, HIGHER)


counts = st.integers(0, 300).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))
many = st.dictionaries(st.sampled_from("abcdefghijkl"), counts, min_size=1)
targets = st.integers(0, 1000).map(lambda tenths: tenths / 10)
directions = st.sampled_from([HIGHER, LOWER])


@given(many, targets, directions)
def test_contributions_add_up_to_the_gap_of_the_whole(drawn, target, direction):
    found = gap_by_part(parts(**drawn), SHARE, target, direction)
    met = sum(one for one, _ in drawn.values())
    cases = sum(one for _, one in drawn.values())
    if cases == 0:
        assert found is None
        return
    assert sum(one.cases for one in found.contributions) == found.cases
    assert sum(one.whole_cases for one in found.contributions) == found.whole_cases
    rule = ">=" if direction is HIGHER else "<="
    assert max(0, found.whole_cases) == abs(cases_to_target(met, cases, target, rule))
    for one in found.contributions:
        assert one.cases - 1 < one.whole_cases < one.cases + 1


@given(many, targets, directions)
def test_the_largest_comes_first_and_the_shares_add_up(drawn, target, direction):
    found = gap_by_part(parts(**drawn), SHARE, target, direction)
    if found is None:
        return
    in_order = [one.cases for one in found.contributions]
    assert in_order == sorted(in_order, reverse=True)
    last = found.contributions[-1].cumulative_share
    assert last == (1.0 if in_order[0] > 0 else 0.0)


@given(many, targets, directions)
def test_a_part_without_cases_contributes_nothing(drawn, target, direction):
    without = gap_by_part(parts(**drawn), SHARE, target, direction)
    found = gap_by_part(parts(**drawn, zz=(0, 0)), SHARE, target, direction)
    if without is None:
        assert found is None
        return
    assert cases_of(found) == {**cases_of(without), "zz": (0, 0)}


@given(many, targets, directions, st.integers(1, 9))
def test_so_many_times_the_cases_is_so_many_times_the_gap(
    drawn, target, direction, times
):
    scaled = {name: (times * x, times * n) for name, (x, n) in drawn.items()}
    one = gap_by_part(parts(**drawn), SHARE, target, direction)
    other = gap_by_part(parts(**scaled), SHARE, target, direction)
    if one is None:
        return
    assert other.cases == times * one.cases
    assert other.whole_cases == ceil(times * one.cases)
    for here, there in zip(one.contributions, other.contributions, strict=True):
        assert there.cases == times * here.cases
        assert there.share == here.share


@given(many, targets)
def test_it_does_not_matter_what_a_rate_is_per(drawn, target):
    one = gap_by_part(parts(**drawn), RATE, target, HIGHER, per=100)
    other = gap_by_part(parts(**drawn), RATE, target * 10, HIGHER, per=1000)
    if one is None:
        return
    # target * 10 may round; a tenth of a tenth does not
    assert float(other.cases) == pytest.approx(float(one.cases), abs=1e-6)


# Changes.


def test_a_change_of_rate_and_mix_by_hand():
    # a: 80 % of half -> 90 % of a quarter; b: 40 % of half -> 50 % of three quarters.
    # The whole stays at 60 %: both do better, but more are cared for where it is worse.
    before = parts(a=(40, 50), b=(20, 50))
    now = parts(a=(90, 100), b=(150, 300))
    found = change_by_part(now, before, SHARE)
    assert found.change == 0
    # rate: 0.1 * 0.375 + 0.1 * 0.625; mix: -0.25 * (0.85 - 0.6) + 0.25 * (0.45 - 0.6)
    assert found.rate == Fraction("0.1")
    assert found.mix == Fraction("-0.1")
    assert [one.rate for one in found.shifts] == [Fraction("0.0375"), Fraction(1, 16)]
    assert [one.mix for one in found.shifts] == [Fraction(-1, 16), Fraction("-0.0375")]
    assert found.rate * found.cases == 40  # in cases of the later period


def test_a_new_part_and_one_that_has_ended_change_the_mix_alone():
    before = parts(old=(5, 10), stays=(10, 10))
    now = parts(new=(0, 10), stays=(10, 10))
    found = change_by_part(now, before, SHARE)
    assert found.change == Fraction(-1, 4)
    assert found.rate == 0
    assert found.mix == Fraction(-1, 4)
    mixes = {one.name: one.mix for one in found.shifts}
    # middle of the wholes: 0.625. new: 0.5 * (0 - 0.625); old: -0.5 * (0.5 - 0.625)
    assert mixes == {
        "new": Fraction("-0.3125"),
        "old": Fraction("0.0625"),
        "stays": 0,
    }


def test_a_period_without_cases_has_no_change():
    assert change_by_part(parts(a=(0, 0)), parts(a=(1, 2)), SHARE) is None
    assert change_by_part(parts(a=(1, 2)), [], SHARE) is None


def test_a_part_named_twice_is_refused():
    twice = [Counted("a", 1, 2), Counted("a", 1, 3)]
    with pytest.raises(ValueError, match="expected each part once"):
        change_by_part(twice, parts(a=(1, 2)), SHARE)


def whole(drawn):
    cases = sum(n for _, n in drawn.values())
    return Fraction(sum(x for x, _ in drawn.values()), cases) if cases else None


@given(many, many)
def test_rate_and_mix_are_the_whole_change(now, before):
    found = change_by_part(parts(**now), parts(**before), SHARE)
    if whole(now) is None or whole(before) is None:
        assert found is None
        return
    assert found.change == whole(now) - whole(before)
    assert found.rate + found.mix == found.change
    assert found.rate == sum(one.rate for one in found.shifts)


@given(many, many)
def test_rate_and_mix_are_those_of_kitagawas_formula(now, before):
    both = {name for name, (_, n) in now.items() if n and before.get(name, (0, 0))[1]}
    now = {name: now[name] for name in sorted(both)}
    before = {name: before[name] for name in sorted(both)}
    if not both:
        return
    cases_now = sum(n for _, n in now.values())
    cases_before = sum(n for _, n in before.values())
    rate = mix = Fraction(0)
    for name in both:
        r1, r0 = Fraction(*now[name]), Fraction(*before[name])
        w1 = Fraction(now[name][1], cases_now)
        w0 = Fraction(before[name][1], cases_before)
        rate += (r1 - r0) * (w1 + w0) / 2
        mix += (w1 - w0) * (r1 + r0) / 2
    found = change_by_part(parts(**now), parts(**before), SHARE)
    assert (found.rate, found.mix) == (rate, mix)


@given(many, many)
def test_a_part_without_cases_changes_nothing(now, before):
    found = change_by_part(parts(**now), parts(**before), SHARE)
    wider = change_by_part(parts(**now, zz=(0, 0)), parts(**before), SHARE)
    if found is None:
        assert wider is None
        return
    assert wider.shifts[:-1] == found.shifts
    assert (wider.shifts[-1].rate, wider.shifts[-1].mix) == (0, 0)


@given(many, many, st.integers(1, 9))
def test_the_size_of_a_period_does_not_matter_to_its_fractions(now, before, times):
    scaled = {name: (times * x, times * n) for name, (x, n) in now.items()}
    found = change_by_part(parts(**now), parts(**before), SHARE)
    larger = change_by_part(parts(**scaled), parts(**before), SHARE)
    if found is not None:
        assert larger.shifts == found.shifts


@given(many, many)
def test_the_way_back_is_the_same_with_the_signs_turned(now, before):
    there = change_by_part(parts(**now), parts(**before), SHARE)
    back = change_by_part(parts(**before), parts(**now), SHARE)
    if there is not None:
        assert (back.rate, back.mix) == (-there.rate, -there.mix)
