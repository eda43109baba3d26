"""Funnel limits, over-dispersion and places; beside FunnelPlotR on its medpar data."""

from fractions import Fraction
from math import asin, comb, pi, sin, sqrt
from time import process_time

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpi.counted import Counted
from kpi.funnel import (
    WINSORISED,
    WINSORISED_OF_FEW,
    Adjustment,
    Place,
    funnel,
)
from kpi.funnel_limits import EXACT_METHODS, Method, funnel_limits
from kpi.model import Kind
from tests.kpi.conformance import (
    Comparison,
    agreeing,
    largest_difference,
    needs_oracle,
    oracle,
)

SHARE, RATE = Kind.PROPORTION, Kind.RATE
FAR = (Place.FAR_BELOW, Place.FAR_ABOVE)


def counted(pairs):
    return [Counted(f"u{at}", x, n) for at, (x, n) in enumerate(pairs)]


def parts_of(reference):
    columns = (reference[name] for name in ("group", "numerator", "denominator"))
    return [Counted(*row) for row in zip(*columns, strict=True)]


# Beside FunnelPlotR.

LIMITS = {
    "95LCL": "lower_95",
    "95UCL": "upper_95",
    "99LCL": "lower_998",
    "99UCL": "upper_998",
}
FOLDED = (
    "FunnelPlotR lets the sine past its top, so that the upper limit of a unit with "
    "very few cases comes down again; ours stays at 100 %"
)


def of_the_whole(reference, name, found):
    """Compare phi, tau² and who lies outside the widened 99.8 % limits."""
    summed = oracle(f"f_medpar_{name}_sum")
    flags = [
        (point.place in FAR, bool(theirs))
        for point, theirs in zip(found.points, reference["outlier"], strict=True)
    ]
    numbers = [
        (found.dispersion.phi, summed["phi"][0]),
        (found.dispersion.tau_squared, summed["tau2"][0]),
    ]
    return Comparison(
        f"FunnelPlotR, medpar, {name}",
        "phi, tau² and units outside the widened 99.8 % limits",
        len(numbers),
        largest_difference(numbers),
        len(flags),
        agreeing(flags),
    )


def _column(widened, name):
    """Return the reference's name of a limit: LCL95, and widened OD95LCL."""
    return f"OD{name}" if widened else name[2:] + name[:2]


def of_the_limits(reference, widened, found, is_folded=lambda point, column: False):
    """Return pairs of ours and theirs, limit by limit."""
    return [
        (getattr(point, ours), reference[_column(widened, theirs)][at])
        for theirs, ours in LIMITS.items()
        for at, point in enumerate(found.points)
        if not is_folded(point, theirs)
    ]


def folds(target, tau_squared):
    """Say of which upper limits the angle goes past a quarter turn."""
    tails = {"95UCL": 1.959964, "99UCL": 3.090232}

    def is_folded(point, column):
        spread = sqrt(1 / (4 * point.denominator) + tau_squared)
        return asin(sqrt(target)) + tails.get(column, 0) * spread > pi / 2

    return is_folded


def proportions_compared():
    reference = oracle("f_medpar_pr_source")
    parts = parts_of(reference)
    plain = funnel(parts, SHARE, None, Method.ARCSINE, Adjustment.NEVER)
    widened = funnel(parts, SHARE, None, Method.ARCSINE, Adjustment.ALWAYS)
    z = [
        (point.z, theirs)
        for point, theirs in zip(plain.points, reference["Uzscore"], strict=True)
    ]
    tau_squared = widened.dispersion.tau_squared
    pairs = of_the_limits(reference, False, plain, folds(plain.target, 0))
    pairs += of_the_limits(reference, True, widened, folds(widened.target, tau_squared))
    return [
        of_the_whole(reference, "pr", widened),
        Comparison(
            "FunnelPlotR, medpar, pr",
            "arcsine limits, plain and widened",
            len(pairs),
            largest_difference(pairs),
            deviations=f"{432 - len(pairs)} limits are left out: {FOLDED}",
        ),
        Comparison("FunnelPlotR, medpar, pr", "z", len(z), largest_difference(z)),
    ]


def ratios_compared():
    reference, lines = oracle("f_medpar_sr_source"), oracle("f_medpar_sr_limits")
    parts, ratio = parts_of(reference), Method.STANDARDISED_RATIO
    plain = funnel(parts, RATE, None, ratio, Adjustment.NEVER)
    widened = funnel(parts, RATE, None, ratio)
    z = [
        (point.z, theirs)
        for point, theirs in zip(plain.points, reference["Uzscore"], strict=True)
    ]
    pairs = of_the_limits(reference, False, plain) + of_the_limits(
        reference, True, widened
    )
    drawn = []
    for tau_squared, prefix in ((0.0, ""), (widened.dispersion.tau_squared, "od")):
        ours = funnel_limits(lines["number_seq"], RATE, 1.0, ratio, tau_squared)
        for column, theirs in (
            (ours.lower_95, "ll95"),
            (ours.upper_95, "ul95"),
            (ours.lower_998, "ll998"),
            (ours.upper_998, "ul998"),
        ):
            # As parts of the limit: the widest is 20 times the target.
            relative = column / np.array(lines[prefix + theirs])
            drawn += [(one, 1.0) for one in relative.tolist()]
    name = "FunnelPlotR, medpar, sr"
    return [
        of_the_whole(reference, "sr", widened),
        Comparison(name, "limits of units", len(pairs), largest_difference(pairs)),
        Comparison(
            name, "limits drawn, relative", len(drawn), largest_difference(drawn)
        ),
        Comparison(name, "z", len(z), largest_difference(z)),
    ]


def our_own_compared():
    """Compare what we show, exact limits, with FunnelPlotR's arcsine limits."""
    reference = oracle("f_medpar_pr_source")
    found = funnel(parts_of(reference), SHARE, None, Method.EXACT, Adjustment.NEVER)
    pairs = of_the_limits(reference, False, found)
    flags = [
        (point.place is not Place.INSIDE, not low <= point.value <= high)
        for point, low, high in zip(
            found.points, reference["LCL95"], reference["UCL95"], strict=True
        )
    ]
    return Comparison(
        "FunnelPlotR, medpar, pr",
        "what we show, exact limits, beside arcsine ones; units outside 95 %",
        len(pairs),
        largest_difference(pairs),
        len(flags),
        agreeing(flags),
        "an exact limit is further out where units have few cases",
    )


def comparisons():
    return [*proportions_compared(), *ratios_compared(), our_own_compared()]


@needs_oracle
def test_limits_z_phi_and_outliers_are_those_of_funnelplotr():
    found = proportions_compared() + ratios_compared()
    assert [one for one in found if not one.is_in_full] == []
    assert sum(one.points for one in found) > 9000
    assert sum(one.flags_compared for one in found) == 108


@needs_oracle
def test_the_published_exact_limits_are_as_far_from_arcsine_as_others_found():
    # 2.7 points at the upper and 6.2 at the lower 99.8 % limit of the medpar data
    reference = oracle("f_medpar_pr_source")
    parts, never = parts_of(reference), Adjustment.NEVER
    found = funnel(parts, SHARE, None, Method.SPIEGELHALTER, never)
    for ours, theirs, apart in (
        ("upper_998", "UCL99", 0.027),
        ("lower_998", "LCL99", 0.062),
    ):
        pairs = [
            (getattr(point, ours), limit)
            for point, limit in zip(found.points, reference[theirs], strict=True)
        ]
        assert largest_difference(pairs) == pytest.approx(apart, abs=0.0005)


@needs_oracle
def test_arcsine_limits_place_units_outside_that_chance_explains_and_ours_do_not():
    # Such as none of 3 where 34 % is usual, which comes up with 28 %.
    reference = oracle("f_medpar_pr_source")
    found = funnel(parts_of(reference), SHARE, None, Method.EXACT, Adjustment.NEVER)
    bounds = zip(reference["LCL95"], reference["UCL95"], strict=True)
    differing = {
        (point.numerator, point.denominator)
        for point, (low, high) in zip(found.points, bounds, strict=True)
        if (point.place is Place.INSIDE) == (not low <= point.value <= high)
    }
    assert differing == {(0, 3), (1, 1), (2, 2), (3, 20)}
    slow = {
        (x, n): min(
            sum(
                comb(n, k) * found.target**k * (1 - found.target) ** (n - k) for k in ks
            )
            for ks in (range(x + 1), range(x, n + 1))
        )
        for x, n in differing
    }
    assert min(slow.values()) > 0.025
    ours = our_own_compared()
    assert (ours.flags_compared, ours.flags_agreeing) == (54, 49)
    assert ours.deviations


@needs_oracle
def test_where_funnelplotr_folds_its_limit_ours_is_all():
    reference = oracle("f_medpar_pr_source")
    found = funnel(parts_of(reference), SHARE, None, Method.ARCSINE, Adjustment.NEVER)
    at = reference["denominator"].index(1)
    angle = asin(sqrt(found.target)) + 1.959964 / 2
    assert reference["UCL95"][at] == pytest.approx(sin(angle) ** 2, abs=1e-9)
    assert reference["UCL95"][at] < found.points[at].upper_95 == 1.0


# Exact limits.


def test_the_published_interpolation_by_hand():
    # Of 20 at 50 %, 5 or fewer come up with 0.02069 and 6 or fewer with 0.05766:
    # (6 - (0.05766 - 0.025) / 0.03696) / 20
    found = funnel_limits([20], SHARE, 0.5, Method.SPIEGELHALTER)
    assert found.lower_95[0] == pytest.approx(0.25582, abs=5e-5)


def test_the_exact_interpolation_by_hand():
    # Mid-p of 5: (0.00591 + 0.02069) / 2; of 6: (0.02069 + 0.05766) / 2.
    found = funnel_limits([20], SHARE, 0.5)
    step = (0.039177 - 0.025) / (0.039177 - 0.013302)
    assert found.lower_95[0] == pytest.approx((6 - step) / 20, abs=5e-5)
    assert found.upper_95[0] == pytest.approx(1 - found.lower_95[0])


def slow_limit(cases, target, p, method):
    """Walk up the exact distribution function from no cases."""
    so_far, before, count = Fraction(0), Fraction(0), 0
    while True:
        own = comb(cases, count) * target**count * (1 - target) ** (cases - count)
        here = so_far + (own if method is Method.SPIEGELHALTER else own / 2)
        if here >= p:
            return max(0, count - (here - p) / (here - before)) / cases
        so_far, before, count = so_far + own, here, count + 1
        if count > cases:
            return Fraction(1)


@given(
    st.integers(1, 60),
    st.integers(1, 99),
    st.sampled_from([Method.EXACT, Method.SPIEGELHALTER]),
)
def test_exact_limits_are_those_of_the_slow_way(cases, per_cent, method):
    found = funnel_limits([cases], SHARE, per_cent / 100, method)
    for p, limit in (
        ("0.001", found.lower_998),
        ("0.025", found.lower_95),
        ("0.975", found.upper_95),
        ("0.999", found.upper_998),
    ):
        slow = slow_limit(cases, Fraction(per_cent, 100), Fraction(p), method)
        assert limit[0] == pytest.approx(min(1.0, float(slow)), abs=1e-9)


def test_a_rate_has_the_limits_of_a_share_so_rare_that_it_is_poisson():
    rare = funnel_limits([10_000_000], SHARE, 1e-6)
    rate = funnel_limits([10.0], RATE, 1.0)
    for name in ("lower_998", "lower_95", "upper_95", "upper_998"):
        assert getattr(rare, name)[0] * 1e6 == pytest.approx(
            getattr(rate, name)[0], rel=1e-4
        )


@pytest.mark.parametrize("kind", [SHARE, RATE])
def test_limits_of_many_cases_are_near_the_normal_ones(kind):
    found = funnel_limits([1e6], kind, 0.3)
    spread = sqrt(0.3 * (0.7 if kind is SHARE else 1) / 1e6)
    assert found.lower_95[0] == pytest.approx(0.3 - 1.959964 * spread, rel=1e-5)
    assert found.upper_998[0] == pytest.approx(0.3 + 3.090232 * spread, rel=1e-5)


# Places.

kinds = st.sampled_from([SHARE, RATE])
many_counts = st.lists(
    st.integers(1, 200).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))),
    min_size=1,
    max_size=40,
)


@given(many_counts, kinds)
def test_limits_place_and_p_agree(pairs, kind):
    found = funnel(counted(pairs), kind, None, Method.EXACT, Adjustment.NEVER)
    for point in found.points:
        assert (
            0 <= point.lower_998 <= point.lower_95 <= point.upper_95 <= point.upper_998
        )
        if min(abs(point.p - 0.05), abs(point.p - 0.002)) > 1e-9:
            assert (point.place is not Place.INSIDE) == (point.p < 0.05)
            assert (point.place in FAR) == (point.p < 0.002)
        is_above = point.value > found.target
        assert (point.z > 0) == (is_above and point.p < 1)


@given(many_counts, st.sampled_from(list(Adjustment)))
def test_those_who_do_not_meet_mirror_those_who_do(pairs, adjustment):
    mirror = {
        Place.FAR_BELOW: Place.FAR_ABOVE,
        Place.BELOW: Place.ABOVE,
        Place.INSIDE: Place.INSIDE,
        Place.ABOVE: Place.BELOW,
        Place.FAR_ABOVE: Place.FAR_BELOW,
    }
    one = funnel(counted(pairs), SHARE, None, Method.EXACT, adjustment)
    others = counted([(n - x, n) for x, n in pairs])
    other = funnel(others, SHARE, None, Method.EXACT, adjustment)
    assert other.dispersion.is_used == one.dispersion.is_used
    for here, there in zip(one.points, other.points, strict=True):
        if min(abs(here.p - 0.05), abs(here.p - 0.002)) > 1e-9:
            assert there.place is mirror[here.place]
        assert there.lower_95 == pytest.approx(1 - here.upper_95, abs=1e-9)
        assert there.p == pytest.approx(here.p, abs=1e-9)


@given(many_counts, kinds)
def test_a_unit_without_cases_changes_nothing(pairs, kind):
    parts = counted(pairs)
    assert funnel([Counted("empty", 0, 0), *parts], kind) == funnel(parts, kind)


@pytest.mark.parametrize("method", [Method.EXACT, Method.SPIEGELHALTER])
@pytest.mark.parametrize("kind", [SHARE, RATE])
def test_no_sizes_have_no_limits(kind, method):
    limits = funnel_limits([], kind, 0.5, method)
    assert limits.lower_998.size == limits.upper_998.size == 0


def test_units_without_cases_have_no_funnel():
    assert funnel([], SHARE) is None
    assert funnel([Counted("empty", 0, 0)], SHARE) is None


@pytest.mark.parametrize("met", [0, 1])
def test_where_all_or_none_meet_it_nobody_is_outside(met):
    found = funnel(counted([(met * n, n) for n in range(1, 30)]), SHARE)
    assert {point.place for point in found.points} == {Place.INSIDE}
    assert {point.p for point in found.points} == {1.0}


def test_one_unit_with_all_cases_met_is_no_outlier_but_is_by_the_published_way():
    parts = counted([(1, 1), (83, 100)])
    assert funnel(parts, SHARE, 0.83).points[0].place is Place.INSIDE
    published = funnel(parts, SHARE, 0.83, Method.SPIEGELHALTER)
    assert published.points[0].place is Place.FAR_ABOVE


def test_a_unit_far_from_a_given_target_is_placed_far():
    found = funnel(counted([(50, 100), (80, 100), (99, 100)]), SHARE, 0.8)
    places = [point.place for point in found.points]
    assert places == [Place.FAR_BELOW, Place.INSIDE, Place.FAR_ABOVE]
    assert found.points[0].z < -3.09 < 3.09 < found.points[2].z


# Over-dispersion.


def spread_out(times, units=40):
    """Return units that alternate about one half, `times` standard errors away."""
    away = round(times * sqrt(1000 * 0.25))
    return counted([(500 + away * (-1) ** at, 1000) for at in range(units)])


def test_units_that_vary_more_than_chance_widen_the_limits_and_it_is_said():
    found = funnel(spread_out(4), SHARE)
    assert found.dispersion.is_needed
    assert found.dispersion.is_used
    # Nothing is cut off such units, and phi is given back what is cut off normal ones.
    given_back = WINSORISED + WINSORISED_OF_FEW / 40
    assert found.dispersion.phi == pytest.approx(16 / given_back, rel=0.02)
    assert {point.place for point in found.points} == {Place.INSIDE}
    plain = funnel(spread_out(4), SHARE, None, Method.EXACT, Adjustment.NEVER)
    assert plain.dispersion.is_needed
    assert not plain.dispersion.is_used
    assert {point.place for point in plain.points} == set(FAR)


def test_units_that_vary_as_by_chance_keep_their_limits():
    found = funnel(spread_out(0.8), SHARE)
    assert not found.dispersion.is_needed
    assert not found.dispersion.is_used


def test_a_little_too_much_is_used_only_on_demand():
    parts = spread_out(0.95)
    phi = funnel(parts, SHARE).dispersion.phi
    assert 1 < phi < 1 + 2.4 * sqrt(2 / 40)
    assert not funnel(parts, SHARE).dispersion.is_used
    always = funnel(parts, SHARE, None, Method.EXACT, Adjustment.ALWAYS)
    assert always.dispersion.is_used


@pytest.mark.parametrize("adjustment", list(Adjustment))
def test_of_few_units_nobody_can_say_how_dispersed_they_are(adjustment):
    found = funnel(spread_out(4, units=9), SHARE, None, Method.EXACT, adjustment)
    assert found.dispersion.phi is None
    assert not found.dispersion.is_used


def test_a_few_extreme_units_do_not_widen_the_limits_for_the_rest():
    parts = [*spread_out(0.8), Counted("out", 900, 1000)]
    found = funnel(parts, SHARE, 0.5)
    assert not found.dispersion.is_used
    assert found.points[-1].place is Place.FAR_ABOVE


def test_chance_alone_seldom_looks_over_dispersed():
    dice = np.random.default_rng(7)
    needed = 0
    for _ in range(300):
        cases = dice.integers(20, 400, 50)
        met = dice.binomial(cases, 0.8)
        pairs = zip(met.tolist(), cases.tolist(), strict=True)
        needed += funnel(counted(pairs), SHARE).dispersion.is_needed
    assert needed / 300 < 0.05


def of_units(dice, kind, cases, share, spread, units):
    """Units of about so many cases, that differ by `spread` (logit, for events log)."""
    sizes = dice.integers(round(0.7 * cases), round(1.3 * cases) + 1, units)
    apart = spread * dice.standard_normal(units)
    if kind is RATE:
        counts = dice.poisson(sizes * share * np.exp(apart))
    else:
        odds = share / (1 - share) * np.exp(apart)
        counts = dice.binomial(sizes, odds / (1 + odds))
    return counted(list(zip(counts.tolist(), sizes.tolist(), strict=True)))


@pytest.mark.parametrize("units", [10, 20, 60])
@pytest.mark.parametrize(
    ("kind", "cases", "share"),
    [
        *((SHARE, cases, share) for cases, share in ((20, 0.95), (30, 0.97))),
        *((SHARE, cases, share) for cases, share in ((60, 0.975), (20, 0.9))),
        *((SHARE, 60, 0.8), (RATE, 1000, 0.002), (RATE, 1000, 0.01)),
    ],
)
def test_units_all_alike_are_seldom_called_over_dispersed(kind, cases, share, units):
    dice = np.random.default_rng(units)
    funnels = [
        funnel(of_units(dice, kind, cases, share, 0, units), kind) for _ in range(200)
    ]
    assert sum(one.dispersion.is_needed for one in funnels) <= 17  # 4.1 %, 3 errors
    places = [point.place for one in funnels for point in one.points]
    assert sum(place is not Place.INSIDE for place in places) <= 0.055 * len(places)
    assert sum(place in FAR for place in places) <= 0.005 * len(places)


@pytest.mark.parametrize("units", [20, 60])
@pytest.mark.parametrize(
    ("kind", "cases", "share", "spread"),
    [(SHARE, 300, 0.8, 0.3), (SHARE, 100, 0.8, 0.6), (RATE, 1000, 0.05, 0.3)],
)
def test_widened_limits_hold_what_they_say(kind, cases, share, spread, units):
    """About 95 and 99 % within them, where nobody is special."""
    dice = np.random.default_rng(units)
    outside, far, number = 0, 0, 0
    for _ in range(150):
        found = funnel(of_units(dice, kind, cases, share, spread, units), kind)
        outside += sum(point.place is not Place.INSIDE for point in found.points)
        far += sum(point.place in FAR for point in found.points)
        number += units
    assert outside / number == pytest.approx(0.05, abs=0.015)
    assert far / number < 0.01


@given(many_counts, kinds, st.sampled_from([0.0001, 0.01, 0.1]))
def test_widened_limits_are_never_within_the_exact_ones(pairs, kind, tau_squared):
    sizes = [cases for _, cases in pairs]
    target = sum(met for met, _ in pairs) / sum(sizes)
    for method in EXACT_METHODS:
        exact = funnel_limits(sizes, kind, target, method)
        wide = funnel_limits(sizes, kind, target, method, tau_squared)
        for name in ("lower_998", "lower_95"):
            assert (getattr(wide, name) <= getattr(exact, name)).all()
        for name in ("upper_95", "upper_998"):
            assert (getattr(wide, name) >= getattr(exact, name)).all()


@given(many_counts, kinds)
def test_of_widened_limits_place_and_p_agree_too(pairs, kind):
    found = funnel(counted(pairs), kind, None, Method.EXACT, Adjustment.ALWAYS)
    for point in found.points:
        if min(abs(point.p - 0.05), abs(point.p - 0.002)) > 1e-9:
            assert (point.place is not Place.INSIDE) == (point.p < 0.05)
            assert (point.place in FAR) == (point.p < 0.002)


def test_units_without_a_miss_are_not_outside_widened_limits():
    """Units all alike at 97.5 %: 70 of 70 lay above an upper limit of 99.94 %."""
    dice = np.random.default_rng(16)
    sizes = dice.integers(42, 79, 40)
    counts = dice.binomial(sizes, 0.975)
    parts = counted(list(zip(counts.tolist(), sizes.tolist(), strict=True)))
    for adjustment in Adjustment:
        found = funnel(parts, SHARE, None, Method.EXACT, adjustment)
        above = [one for one in found.points if one.place is Place.ABOVE]
        assert not any(one.numerator == one.denominator for one in above)


@pytest.mark.parametrize("units", [10, 20, 60, 200])
def test_winsorising_leaves_of_phi_what_is_given_back(units):
    z = np.random.default_rng(units).standard_normal((20_000, units))
    low, high = np.quantile(z, (0.1, 0.9), axis=1)[:, :, None]
    left = (np.clip(z, low, high) ** 2).mean()
    assert left == pytest.approx(WINSORISED + WINSORISED_OF_FEW / units, abs=0.008)


def test_a_rate_is_widened_on_the_square_root_scale():
    parts = counted([(100 + 60 * (-1) ** at, 50.0) for at in range(20)])
    found = funnel(parts, RATE)
    assert found.dispersion.is_used
    spread = sqrt(1 / 200 + found.dispersion.tau_squared)
    assert found.points[0].upper_95 == pytest.approx(
        (sqrt(found.target) + 1.959964 * spread) ** 2, rel=1e-6
    )
    wide = funnel_limits([1.0], RATE, 0.5, tau_squared=1.0)
    assert wide.lower_998[0] == 0


def test_a_ratio_without_events_counts_as_half_an_event():
    parts = counted([(10, 10.0)] * 12 + [(0, 4.0)])
    found = funnel(parts, RATE, None, Method.STANDARDISED_RATIO)
    assert found.target == 1.0
    assert found.points[-1].z == pytest.approx(np.log(0.5 / 4) * 2)


def test_a_ratio_to_another_target_is_one_to_more_expected():
    twice = funnel(
        counted([(x, 5.0) for x in range(3, 17)]),
        RATE,
        2.0,
        Method.STANDARDISED_RATIO,
    )
    once = funnel(
        counted([(x, 10.0) for x in range(3, 17)]),
        RATE,
        1.0,
        Method.STANDARDISED_RATIO,
    )
    for here, there in zip(twice.points, once.points, strict=True):
        assert here.z == pytest.approx(there.z)
        assert here.upper_95 == pytest.approx(2 * there.upper_95)


# What is refused.


@pytest.mark.parametrize(
    ("pairs", "kind", "message"),
    [
        ([(2, 1)], SHARE, "u0: not a proportion: 2 of 1"),
        ([(-1, 1)], RATE, "u0: not a rate: -1 of 1"),
        ([(1, 0)], RATE, "u0: not a rate: 1 of 0"),
        ([(float("nan"), 1)], SHARE, "u0: not a proportion: nan of 1"),
        ([(float("inf"), 1)], RATE, "u0: not a rate: inf of 1"),
        ([(1, 2)], Kind.MEAN, "expected a proportion or a rate, got 'mean'"),
        ([(1.5, 2)], SHARE, "expected whole counts"),
        ([(1, 2.5)], SHARE, "expected whole counts"),
        ([(1.5, 2)], RATE, "expected whole counts"),
    ],
)
def test_what_is_no_proportion_or_rate_has_no_funnel(pairs, kind, message):
    with pytest.raises(ValueError, match=message):
        funnel(counted(pairs), kind)


@pytest.mark.parametrize(
    ("kind", "target", "method", "message"),
    [
        (SHARE, 1.1, Method.EXACT, "a proportion has no target of 1.1"),
        (RATE, -1, Method.EXACT, "a rate has no target of -1"),
        (RATE, 1, Method.ARCSINE, "a rate has no limits by 'arcsine'"),
        (SHARE, 1, Method.STANDARDISED_RATIO, "a proportion has no limits by"),
        (RATE, 0, Method.STANDARDISED_RATIO, "compared with a target above 0"),
    ],
)
def test_a_target_or_method_that_does_not_fit_is_refused(kind, target, method, message):
    with pytest.raises(ValueError, match=message):
        funnel(counted([(1, 2)]), kind, target, method)
    with pytest.raises(ValueError, match=message):
        funnel_limits([2], kind, target, method)


def test_two_thousand_units_take_less_than_a_blink():
    dice = np.random.default_rng(2)
    cases = dice.integers(1, 5000, 2000)
    met = dice.binomial(cases, 0.83)
    parts = counted(zip(met.tolist(), cases.tolist(), strict=True))

    def seconds():
        start = process_time()
        funnel(parts, SHARE)
        return process_time() - start

    assert min(seconds() for _ in range(3)) < 0.2
