"""Random periods, counts, texts and whole folders of source files for Hypothesis."""

import random
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from hypothesis import assume
from hypothesis import strategies as st

from kpi.period import Period, PeriodKind
from tests import reference as ref
from tests.reference import MASKED, Sources, Unit

CALENDAR = [kind for kind in PeriodKind if kind is not PeriodKind.ROLLING]


def calendar_periods() -> st.SearchStrategy[Period]:
    days = st.dates(date(1000, 1, 1), date(2999, 12, 31))
    return st.builds(Period.holding, st.sampled_from(CALENDAR), days)


def rolling_periods() -> st.SearchStrategy[Period]:
    quarters = st.integers(1001 * 4, 2999 * 4 + 3)
    return quarters.map(lambda q: Period(PeriodKind.ROLLING, q * 3 - 9, q * 3 + 2))


def periods() -> st.SearchStrategy[Period]:
    return st.one_of(calendar_periods(), rolling_periods())


@st.composite
def proportions(draw: st.DrawFn, most: int = 10**9) -> tuple[int, int]:
    denominator = draw(st.integers(1, most))
    return draw(st.integers(0, denominator)), denominator


def near_texts(patterns: list[str], alphabet: str) -> st.SearchStrategy[str]:
    """Texts of a form, the same with one character changed, and any at all."""
    fine = st.one_of([st.from_regex(one, fullmatch=True) for one in patterns])

    @st.composite
    def nearly(draw: st.DrawFn) -> str:
        text = draw(fine)
        at = draw(st.integers(0, max(0, len(text) - 1)))
        new = draw(st.text(alphabet, max_size=2))
        return text[:at] + new + text[at + draw(st.integers(0, 1)) :]

    return st.one_of(fine, nearly(), st.text(alphabet, max_size=12))


# Whole folders of source files.

REGION, NEIGHBOUR = "SE2321000081-T900", "SE2321000081-T901"
FIRST, LAST = date(2024, 1, 1), date(2025, 12, 31)
AS_OF = date(2026, 1, 31)
PATHWAYS = (
    "brost",
    "prostata",
    "tjock_andtarm",
    "lunga",
    "allvarliga_ospecifika_symtom",
)
SUFFIXES = ("50", "50", "52", "52", "54", "58", "60", "70", "72", "73", "74", "78")
CUTS = (date(2024, 5, 1), date(2024, 8, 17), date(2025, 1, 1), date(2025, 6, 30))
PROFESSIONS = ("lakare", "sjukskoterska", None)
QUARTERS = [f"{year}Q{n}" for year in (2024, 2025) for n in (1, 2, 3, 4)]
MONTHS = [f"{year}-{n:02}" for year in (2024, 2025) for n in range(1, 13)]


REPORTED = (
    *("agreed_share", "inhabitants_rate", "reports", "staff"),
    *("events", "dispensed"),
)


def unit_id(number: int) -> str:
    return f"SE2321000081-T{number:03}"


@st.composite
def trees(draw: st.DrawFn) -> tuple[Unit, ...]:
    """One or two regions and units below them that are moved, renamed and merged."""
    renamed = draw(st.sampled_from((None, *CUTS)))
    units = [Unit(REGION, "Region", "region", None, kolada="0010")]
    if renamed:
        units = [
            Unit(
                REGION,
                "Landsting",
                "region",
                None,
                until=renamed - timedelta(1),
                kolada="0010",
            ),
            Unit(REGION, "Region", "region", None, since=renamed, kolada="0010"),
        ]
    tops = [REGION]
    neighbour = draw(st.sampled_from(("none", "none", "beside", "within")))
    if neighbour != "none":
        parent = REGION if neighbour == "within" else None
        units.append(Unit(NEIGHBOUR, "Granne", "region", parent, kolada="0007"))
        tops.append(NEIGHBOUR)
    ids = [unit_id(n) for n in range(draw(st.integers(2, 6)))]
    below: dict[str, list[str]] = {top: [top, top] for top in tops}
    if neighbour == "within":
        # a unit may move into the region within the other, and out of it
        below[REGION] = below[NEIGHBOUR] = [REGION, NEIGHBOUR, REGION, NEIGHBOUR]
    for one in ids:
        # it stays below the same top: local targets are the region's
        above = below[draw(st.sampled_from(tops))]
        units += _history(draw, one, above, ids)
        above.append(one)
    for one in ids:
        assume(ref.last_day_of(units, one) is not None)
    return tuple(units)


def _history(
    draw: st.DrawFn, unit: str, above: list[str], ids: list[str]
) -> list[Unit]:
    cuts = sorted(draw(st.sets(st.sampled_from(CUTS), max_size=2)))
    ends = draw(st.sampled_from((None, None, date(2025, 3, 14), date(2025, 9, 30))))
    starts = draw(st.sampled_from((None, None, None, date(2024, 2, 10))))
    kind = draw(st.sampled_from(("klinik", "sjukhus", "omrade")))
    others = [one for one in ids if one != unit]
    successor = draw(st.sampled_from((None, *others))) if ends else None
    cuts = [one for one in cuts if ends is None or one < ends]
    edges = [starts or ref.OPEN, *cuts]
    last = [*(one - timedelta(1) for one in cuts), ends or ref.FOREVER]
    return [
        Unit(
            unit,
            f"Enhet {unit[-3:]} {number}",
            kind,
            draw(st.sampled_from(above)),
            since,
            until,
            successor if number == len(edges) - 1 else None,
        )
        for number, (since, until) in enumerate(zip(edges, last, strict=True))
    ]


@st.composite
def sources(draw: st.DrawFn) -> Sources:
    """Everything a small region hands in; sizes and tree by draw, rows at random."""
    units = draw(trees())
    size = draw(st.integers(10, 40))
    until = draw(st.sampled_from((LAST, LAST, date(2025, 10, 31))))
    dice = random.Random(draw(st.integers(0, 2**32)))
    places = sorted({one.id for one in units})
    maxima = _maxima(dice)
    told = Sources(
        units,
        maxima,
        tuple(_case(dice, n, places, maxima) for n in range(3 * size)),
        _inclusions(dice, places),
        tuple(_contact(dice, n, places) for n in range(3 * size)),
        _surveys(dice, places),
        tuple(_observation(dice, places) for _ in range(2 * size)),
        _prevalences(dice, places, size),
        _reported(dice, places),
        _public(dice),
    )
    by_category = [row for place in places for row in _by_category(dice, place)]
    told = replace(told, reported=(*told.reported, *by_category))
    return _told_until(until, told)


def _told_until(until: date, sources: Sources) -> Sources:
    """Return what is about days and periods that end by a day: a year may go on."""

    def is_told(row: Any) -> bool:
        day = getattr(row, "day", None) or getattr(row, "ended", None)
        period = getattr(row, "period", None)
        if period:
            day = Period.parse(period).last_day
        return day is None or day <= until

    kept = {
        name: tuple(filter(is_told, getattr(sources, name)))
        for name in (
            *("cases", "inclusions", "contacts", "surveys", "hygiene"),
            *("prevalences", "reported"),
        )
    }
    return replace(sources, **kept)


def _maxima(dice: random.Random) -> tuple[ref.Maximum, ...]:
    """The region's own: where the shipped register has none, or for all time."""
    own = [
        ref.Maximum("prostata", "kirurgi", False, dice.randint(10, 60)),
        ref.Maximum("brost", "exspektans", False, 40, until=date(2024, 12, 31)),
        ref.Maximum("brost", "exspektans", False, 30, since=date(2025, 1, 1)),
        ref.Maximum("brost", "ingen_ytterligare_atgard", False, 33),
        ref.Maximum("allvarliga_ospecifika_symtom", "avslutande_samtal", False, 22),
        ref.Maximum("lunga", "palliativ", False, None),
    ]
    return tuple(one for one in own if dice.random() < 0.7)


def _day(dice: random.Random) -> date:
    return FIRST + timedelta(dice.randrange((LAST - FIRST).days + 1))


def _case(
    dice: random.Random, number: int, places: list[str], maxima: tuple
) -> ref.Case:
    pathway = dice.choice(PATHWAYS)
    ended, suffix = _day(dice), dice.choice(SUFFIXES)
    extended = dice.random() < 0.2
    draft = ref.Case("", "", pathway, ended, ended, f"VC0{suffix}", extended)
    most = ref.maximum_in_force(draft, (*maxima, *shipped_maxima())) or 28
    days = dice.choice((-1, 0, most - 1, most, most, most + 1, 90))
    is_open = dice.random() < 0.1
    return ref.Case(
        f"F{number}",
        dice.choice(places),
        pathway,
        ended - timedelta(days),
        None if is_open else ended,
        None if is_open else f"VC0{suffix}",
        extended,
        dice.choice((None, None, "PvV", "MoV", "VoV")),
        dice.choice(("K", "M", None)),
        dice.choice((None, 17, 18, 64, 65, 74, 75, 84, 85)),
    )


def _inclusions(dice: random.Random, places: list[str]) -> tuple[ref.Inclusion, ...]:
    found = []
    for place in places:
        for period in dice.sample(QUARTERS, 3):
            for pathway in (None, "brost", "lunga"):
                if dice.random() < 0.6:
                    treated = dice.choice((0, 1, 7, 8, 14.5, 20, MASKED))
                    expected = dice.choice((0, 5, 10, 20, 20.5, MASKED))
                    found.append(
                        ref.Inclusion(period, place, pathway, treated, expected)
                    )
    return tuple(found)


def _contact(dice: random.Random, number: int, places: list[str]) -> ref.Contact:
    codes = ((), (), ("XV015",), ("XV016",), ("AV043", "XV015"), ("XV105",))
    return ref.Contact(
        f"K{number}",
        dice.choice(places),
        _day(dice),
        dice.choice(("oppen", "sluten", "hemsjukvard")),
        dice.choice((74, 75, 80, 85)),
        dice.choice((4, 5, 6)),
        dice.choice(("K", "M", None)),
        dice.choice(codes),
        dice.choice((True, False, None)),
    )


def _surveys(dice: random.Random, places: list[str]) -> tuple[ref.Survey, ...]:
    found = []
    for place in places:
        for period in dice.sample([*QUARTERS, "2024T1", "2025T3"], 4):
            if any(_overlap(period, o.period) and o.unit == place for o in found):
                continue
            for dimension in ("helhetsintryck", "tillganglighet"):
                for pathway in (None, "brost"):
                    if dice.random() < 0.6:
                        answers = dice.choice((0, 12, 30, 40, MASKED))
                        score = dice.choice((0, 50, 62.5, 80, 100, MASKED))
                        found.append(
                            ref.Survey(
                                period,
                                place,
                                "svf",
                                dimension,
                                pathway,
                                answers,
                                None if answers == 0 else score,
                            )
                        )
    return tuple(found)


def _overlap(one: str, other: str) -> bool:
    a, b = Period.parse(one), Period.parse(other)
    return a != b and a.first <= b.last and b.first <= a.last


def _observation(dice: random.Random, places: list[str]) -> ref.Hygiene:
    items: list[bool | None] = [dice.random() < 0.9 for _ in range(8)]
    for at in (2, 3):
        if dice.random() < 0.3:
            items[at] = None
    return ref.Hygiene(
        _day(dice), dice.choice(places), dice.choice(PROFESSIONS), tuple(items)
    )


def _prevalences(
    dice: random.Random, places: list[str], size: int
) -> tuple[ref.Prevalence, ...]:
    found: dict[Any, ref.Prevalence] = {}
    for _ in range(size):
        observed = dice.choice((0, 4, 10, 20))
        row = ref.Prevalence(
            _day(dice),
            dice.choice(places),
            dice.choice(("trycksar", "infarter")),
            dice.choice((observed, observed, MASKED)),
            dice.choice((0, observed // 2, observed, MASKED)),
        )
        found[row.day, row.unit, row.measured] = row
    return tuple(found.values())


def _reported(dice: random.Random, places: list[str]) -> tuple[ref.Reported, ...]:
    found = []
    for place in places:
        for indicator in REPORTED:
            chosen = dice.choice((QUARTERS, MONTHS, ["2024", "2025H1", "2025H2"]))
            # Some leave nothing out, and some leave out most.
            number = dice.choice((3, len(chosen) - 1, len(chosen)))
            for period in dice.sample(chosen, number):
                found.append(_one_reported(dice, indicator, place, period))
        if dice.random() < 0.5:
            found.append(ref.Reported("step_taken", place, "2025", value=1))
        chosen = dice.choice((QUARTERS, MONTHS, ["2024", "2025H1", "2025H2"]))
        for period in dice.sample(chosen, dice.choice((0, 1, 3))):
            value = dice.choice((0, 1, 1, MASKED))
            found.append(ref.Reported("step_done", place, period, value=value))
        for period in dice.sample(chosen, dice.choice((0, 1, 3))):
            counts = dice.choice(((3, 4), (0, 0), (5, 10), (1, 1)))
            found.append(ref.Reported("share_moved", place, period, *counts))
    return tuple(found)


def _by_category(dice: random.Random, place: str) -> Iterator[ref.Reported]:
    """Yield categories of a unit, some with a total beside them or instead."""
    for indicator in ("incidents", "in_time"):
        chosen = dice.choice((QUARTERS, MONTHS))
        for period in dice.sample(chosen, dice.choice((0, 2, len(chosen)))):
            for category in (None, "fall", "annat"):
                if dice.random() < 0.4:
                    continue
                if indicator == "incidents":
                    number = dice.choice((0, 3, 5, 12, MASKED))
                    yield ref.Reported(indicator, place, period, number, slag=category)
                elif dice.random() < 0.2:
                    # Of a category this is a rejection.
                    value = dice.choice((50, MASKED))
                    yield ref.Reported(
                        indicator, place, period, value=value, slag=category
                    )
                else:
                    counts = dice.choice(((3, 4), (0, 0), (5, 10), (3, MASKED)))
                    yield ref.Reported(indicator, place, period, *counts, slag=category)


def _one_reported(
    dice: random.Random, indicator: str, place: str, period: str
) -> ref.Reported:
    if indicator in ("reports", "staff", "events", "dispensed"):
        number = dice.choice((0, 1, 4, 5, 12, MASKED))
        if dice.random() < 0.5 and number != MASKED:
            return ref.Reported(indicator, place, period, value=number)
        return ref.Reported(indicator, place, period, number)
    if indicator == "inhabitants_rate":
        return ref.Reported(
            indicator, place, period, dice.randint(0, 9), dice.choice((0, 100, 250))
        )
    counts = dice.choice(((3, 4), (0, 0), (5, 10), (MASKED, 100), (3, MASKED)))
    if dice.random() < 0.3:
        value = dice.choice((50, 75, 82.5, MASKED))
        return ref.Reported(indicator, place, period, None, 100, value)
    return ref.Reported(indicator, place, period, *counts)


def _public(dice: random.Random) -> tuple[ref.Public, ...]:
    return tuple(
        ref.Public("N79178", region, year, dice.choice((79.5, 80.0, 81.25)))
        for region in ("0000", "0007", "0010", "0001", "0003")
        for year in (2019, 2024, 2025)
        if dice.random() < 0.9
    )


def shipped_maxima() -> tuple[ref.Maximum, ...]:
    """Return the register that ships with the project."""
    global _shipped
    if _shipped is None:
        path = Path(__file__).parent.parent / "data" / "reference" / "ledtider.csv"
        lines = path.read_text(encoding="utf-8-sig").splitlines()
        names = lines[0].split(";")
        rows = [dict(zip(names, line.split(";"), strict=True)) for line in lines[1:]]
        _shipped = tuple(
            ref.Maximum(
                row["svf"],
                row["avslut"],
                row["utokad_utredning"] == "J",
                int(row["max_dagar"]) if row["max_dagar"] else None,
                date.fromisoformat(row["giltig_fran"] or "0001-01-01"),
                date.fromisoformat(row["giltig_till"] or "9999-12-31"),
                is_own=False,
            )
            for row in rows
        )
    return _shipped


_shipped: tuple[ref.Maximum, ...] | None = None
