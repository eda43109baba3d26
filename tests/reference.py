"""The roll-up once more: slow, obvious, plain Python, written from the contract.

It knows nothing of the SQL. Rows come in as typed values, counts are exact fractions,
and every outcome is worked out by looking through all the facts again.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from fractions import Fraction
from functools import cache
from math import exp, factorial, fsum, lgamma, log, log1p, sqrt
from typing import Any

from kpi.definitions import Definitions, Indicator
from kpi.measures import Condition, KoladaMeasure, ReportedMeasure, RowsMeasure
from kpi.period import Period, PeriodKind, month_number
from kpi.targets import Target

Z = 1.959963984540054
MASKED = "MSK"
OPEN, FOREVER = date(1, 1, 1), date(9999, 12, 31)
ITEMS = ("h1", "h2", "h3", "h4", "k1", "k2", "k3", "k4")


# The rows of the source files, typed.


@dataclass(frozen=True)
class Unit:
    """A unit during a time."""

    id: str
    name: str
    kind: str
    parent: str | None
    since: date = OPEN
    until: date = FOREVER
    successor: str | None = None
    kolada: str | None = None


@dataclass(frozen=True)
class Maximum:
    """A maximum lead time in force; `is_own` is the region's own register."""

    svf: str
    ending: str
    is_extended: bool
    days: int | None
    since: date = OPEN
    until: date = FOREVER
    is_own: bool = True


@dataclass(frozen=True)
class Case:
    id: str
    unit: str
    svf: str
    suspected: date
    ended: date | None = None
    code: str | None = None
    is_extended: bool = False
    deviation: str | None = None
    sex: str | None = None
    age: int | None = None


@dataclass(frozen=True)
class Inclusion:
    period: str
    unit: str
    svf: str | None
    treated: float | str
    expected: float | str


@dataclass(frozen=True)
class Contact:
    id: str
    unit: str
    day: date
    care_form: str
    age: int
    medicines: int
    sex: str | None = None
    codes: tuple[str, ...] = ()
    has_list: bool | None = None


@dataclass(frozen=True)
class Survey:
    period: str
    unit: str
    survey: str
    dimension: str
    svf: str | None
    answers: int | str
    score: float | str | None


@dataclass(frozen=True)
class Hygiene:
    day: date
    unit: str
    profession: str | None
    items: tuple[bool | None, ...]


@dataclass(frozen=True)
class Prevalence:
    day: date
    unit: str
    measured: str
    observed: int | str
    meeting: int | str


@dataclass(frozen=True)
class Reported:
    indicator: str
    unit: str
    period: str
    numerator: float | str | None = None
    denominator: float | str | None = None
    value: float | str | None = None
    slag: str | None = None


@dataclass(frozen=True)
class Public:
    """A region's yearly value in Kolada."""

    kpi: str
    region: str
    year: int
    value: float


@dataclass(frozen=True)
class Sources:
    """Everything that a region has handed in."""

    units: tuple[Unit, ...]
    maxima: tuple[Maximum, ...] = ()
    cases: tuple[Case, ...] = ()
    inclusions: tuple[Inclusion, ...] = ()
    contacts: tuple[Contact, ...] = ()
    surveys: tuple[Survey, ...] = ()
    hygiene: tuple[Hygiene, ...] = ()
    prevalences: tuple[Prevalence, ...] = ()
    reported: tuple[Reported, ...] = ()
    public: tuple[Public, ...] = ()

    def _repr_pretty_(self, printer: Any, is_within: bool) -> None:
        # All of it is more than anybody reads, and more than Hypothesis writes.
        printer.text(f"Sources of {len(self.units)} units")


# The unit tree.


def way_up(units: Iterable[Unit], unit: str, day: date) -> list[str] | None:
    """Return the unit and every unit above it on a day; None if there is no way."""
    way: list[str] = []
    at: str | None = unit
    while at is not None:
        row = next((u for u in units if u.id == at and u.since <= day <= u.until), None)
        if row is None or at in way:
            return None
        way.append(at)
        at = row.parent
    return way


def last_day_of(units: Iterable[Unit], unit: str) -> date | None:
    """Return the last day on which the unit has a way up."""
    units = list(units)
    ends = sorted({row.until for row in units}, reverse=True)
    return next((day for day in ends if way_up(units, unit, day)), None)


def successors(units: Iterable[Unit], unit: str) -> set[str]:
    """Return the units that replaced it, those that replaced them, and so on."""
    units = list(units)
    found: set[str] = set()
    waiting = [unit]
    while waiting:
        at = waiting.pop()
        for row in units:
            if row.id == at and row.successor and row.successor not in found:
                found.add(row.successor)
                waiting.append(row.successor)
    return found


def stands_for(units: Iterable[Unit], unit: str, day: date) -> str | None:
    """Return who counts a row of a unit on a day: itself, or whoever took over.

    The row of the unit that ended last before the day says who took over, and so on.
    """
    units = list(units)
    passed: set[str] = set()
    at: str | None = unit
    while at is not None and at not in passed:
        rows = [row for row in units if row.id == at]
        if any(row.since <= day <= row.until for row in rows):
            return at if way_up(units, at, day) else None
        passed.add(at)
        ended = [row for row in rows if row.until < day]
        at = max(ended, key=lambda row: row.until).successor if ended else None
    return None


def days_of_change(units: Iterable[Unit], period: Period) -> list[date]:
    """Return the days of a period on which someone may be there who was not before."""
    days = {period.first_day, *(row.since for row in units)}
    days |= {row.until + timedelta(1) for row in units if row.until < FOREVER}
    return sorted(day for day in days if period.first_day <= day <= period.last_day)


def heirs(units: Iterable[Unit], way: list[str]) -> set[str]:
    """Return the units under which the history of those on the way also shows."""
    units = list(units)
    found: set[str] = set()
    for one in way:
        found |= successors(units, one)
    return found - set(way)


# Facts: a row's columns as the definitions name them, and where and when it counts.


@dataclass(frozen=True)
class Fact:
    dataset: str
    unit: str
    day: date
    first: int
    last: int
    columns: dict[str, Any]
    is_masked: bool = False
    is_total: bool = True
    unit_in_file: str = ""
    is_lost: bool = False


ENDINGS = {
    "50": "kirurgi",
    "52": "lakemedel",
    "54": "stralning",
    "58": "palliativ",
    "59": "annan",
    "60": "exspektans",
    "73": "ingen_ytterligare_atgard",
}


def ending_of(case: Case) -> str | None:
    """Return which ending of the lead-time measure a case has, if any."""
    suffix = case.code[-2:] if case.code else None
    if case.svf == "allvarliga_ospecifika_symtom" and suffix in ("72", "78"):
        return "avslutande_samtal"
    return ENDINGS.get(suffix or "")


def maximum_in_force(case: Case, maxima: Iterable[Maximum]) -> int | None:
    """Return the maximum lead time on the day the case ended."""
    if case.ended is None:
        return None
    in_force = [
        one
        for one in maxima
        if one.svf == case.svf
        and one.ending == ending_of(case)
        and one.is_extended == case.is_extended
        and one.since <= case.ended <= one.until
        and one.days is not None
    ]
    own = [one.days for one in in_force if one.is_own]
    shipped = [one.days for one in in_force if not one.is_own]
    return next(iter(own + shipped), None)


def age_group(age: int | None) -> str | None:
    if age is None:
        return None
    if age <= 17:
        return "0-17"
    if age <= 64:
        return "18-64"
    if age <= 74:
        return "65-74"
    return "75-84" if age <= 84 else "85-"


def case_columns(case: Case, maxima: Iterable[Maximum]) -> dict[str, Any]:
    """Count a case as the lead-time measure does."""
    ending, maximum = ending_of(case), maximum_in_force(case, maxima)
    days = (case.ended - case.suspected).days if case.ended else None
    is_measured = ending is not None and (
        ending != "ingen_ytterligare_atgard" or maximum is not None
    )
    return {
        "svf": case.svf,
        "avvikelse": case.deviation,
        "kon": case.sex,
        "aldersgrupp": age_group(case.age),
        "ledtid_dagar": days,
        "max_dagar": maximum,
        "ar_matbart_avslut": is_measured,
        "ingar_i_ledtid": is_measured and maximum is not None,
        "inom_max": days is not None and maximum is not None and days <= maximum,
        "ar_oppen": case.ended is None,
        "ar_startad_behandling": (case.code or "")[-2:]
        in ("50", "52", "54", "58", "59", "60"),
    }


def facts_of(sources: Sources, definitions: Definitions) -> list[Fact]:
    """Return the rows that count; those that are lost are rejections."""
    return [
        *_case_facts(sources),
        *_inclusion_facts(sources),
        *_contact_facts(sources),
        *_survey_facts(sources),
        *_hygiene_facts(sources),
        *_prevalence_facts(sources),
        *_reported_facts(sources, definitions),
    ]


def _on(
    sources: Sources, dataset: str, unit: str, day: date, columns: dict, **more: Any
) -> Iterator[Fact]:
    counted = stands_for(sources.units, unit, day)
    more["is_lost"] = more.get("is_lost", False) or counted is None
    month = month_number(day)
    yield Fact(dataset, counted or unit, day, month, month, columns, **more)


def _during(
    sources: Sources, dataset: str, unit: str, written: str, columns: dict, **more: Any
) -> Iterator[Fact]:
    """A period counts where the unit stood on its last day, or on the unit's own.

    If it was not there at all, the first of its successors that was stands for it.
    """
    units, period = sources.units, Period.parse(written)
    days = days_of_change(units, period)
    counted: str | None = unit
    if not any(way_up(units, unit, day) for day in days):
        heirs = (stands_for(units, unit, day) for day in days)
        counted = next((one for one in heirs if one), None)
    ended = (counted and last_day_of(units, counted)) or OPEN
    day = min(period.last_day, ended)
    is_lost = more.pop("is_lost", False) or (
        ended < period.first_day or not way_up(units, counted or unit, day)
    )
    place = (counted or unit, day, period.first, period.last)
    yield Fact(dataset, *place, columns, unit_in_file=unit, is_lost=is_lost, **more)


def _case_facts(sources: Sources) -> Iterator[Fact]:
    for case in sources.cases:
        is_lost = case.ended is not None and case.ended < case.suspected
        day = case.ended or case.suspected
        columns = case_columns(case, sources.maxima)
        place = (case.unit, day, columns)
        yield from _on(sources, "svf_fall", *place, is_lost=is_lost)


def _inclusion_facts(sources: Sources) -> Iterator[Fact]:
    for row in sources.inclusions:
        has_total = any(
            other.svf is None and (other.unit, other.period) == (row.unit, row.period)
            for other in sources.inclusions
        )
        columns = {
            "svf": row.svf,
            "antal_svf_behandling": row.treated,
            "beraknat_antal_cancerfall": row.expected,
        }
        yield from _during(
            sources,
            "svf_inklusion",
            row.unit,
            row.period,
            columns,
            is_masked=MASKED in (row.treated, row.expected),
            is_total=row.svf is None or not has_total,
        )


def _contact_facts(sources: Sources) -> Iterator[Fact]:
    for row in sources.contacts:
        columns = {
            "vardform": row.care_form,
            "antal_lakemedel": row.medicines,
            "kva_kod": " ".join(row.codes) or None,
            "lakemedelslista": row.has_list,
            "alder": row.age,
            "kon": row.sex,
            "aldersgrupp": age_group(row.age),
        }
        yield from _on(sources, "kontakter", row.unit, row.day, columns)


def _survey_facts(sources: Sources) -> Iterator[Fact]:
    for row in sources.surveys:
        has_total = any(
            other.svf is None
            and (other.unit, other.period, other.survey, other.dimension)
            == (row.unit, row.period, row.survey, row.dimension)
            for other in sources.surveys
        )
        is_masked = MASKED in (row.answers, row.score)
        points = None
        if not is_masked:
            points = Fraction(row.score or 0) * Fraction(row.answers)
        columns = {
            "enkat": row.survey,
            "dimension": row.dimension,
            "svf": row.svf,
            "antal_svar": row.answers,
            "poang_summa": points,
        }
        yield from _during(
            sources,
            "prem",
            row.unit,
            row.period,
            columns,
            is_masked=is_masked,
            is_total=row.svf is None or not has_total,
        )


def _hygiene_facts(sources: Sources) -> Iterator[Fact]:
    for row in sources.hygiene:
        items = dict(zip(ITEMS, row.items, strict=True))
        columns = {
            "yrkeskategori": row.profession,
            "alla_ratt": all(one is not False for one in row.items),
            "hygien_ratt": all(one is not False for one in row.items[:4]),
            "kladsel_ratt": all(one is not False for one in row.items[4:]),
        }
        yield from _on(sources, "bhk", row.unit, row.day, columns)
        for item, is_right in items.items():
            if is_right is not None:
                columns = {
                    "moment": item,
                    "ratt": is_right,
                    "yrkeskategori": row.profession,
                }
                yield from _on(sources, "bhk_moment", row.unit, row.day, columns)


def _prevalence_facts(sources: Sources) -> Iterator[Fact]:
    for row in sources.prevalences:
        columns = {
            "matning": row.measured,
            "antal_observerade": row.observed,
            "antal_uppfyller": row.meeting,
        }
        is_masked = MASKED in (row.observed, row.meeting)
        yield from _on(sources, "ppm", row.unit, row.day, columns, is_masked=is_masked)


def _reported_facts(sources: Sources, definitions: Definitions) -> Iterator[Fact]:
    for row in sources.reported:
        kind = definitions.indicator(row.indicator).kind
        cells = (row.numerator, row.denominator, row.value)
        is_counted = row.numerator not in (None, MASKED, 0)
        # Events of nobody are a rejection.
        is_of_nobody = kind in ("rate", "mean") and is_counted and row.denominator == 0
        # The value of a category cannot be added to another's.
        is_value_of_category = (
            row.slag is not None
            and kind != "count"
            and MASKED not in cells
            and None in (row.numerator, row.denominator)
        )
        is_lost = is_of_nobody or is_value_of_category
        columns: dict[str, Any] = {"indikator": row.indicator, "slag": row.slag}
        if MASKED not in cells:
            numerator, denominator, value = cells
            if kind == "count":
                columns["taljare"] = value if numerator is None else numerator
            elif numerator is not None and denominator is not None:
                columns |= {"taljare": numerator, "namnare": denominator}
            else:
                columns["varde"] = value
        yield from _during(
            sources,
            "matningar",
            row.unit,
            row.period,
            columns,
            is_masked=MASKED in cells,
            is_lost=is_lost,
            is_total=row.slag is None or not _has_total(row, sources.reported),
        )


def _has_total(row: Reported, rows: Iterable[Reported]) -> bool:
    """Say whether the unit gives a total in any of the months of a category's row."""
    months = Period.parse(row.period)
    return any(
        other.slag is None
        and (other.unit, other.indicator) == (row.unit, row.indicator)
        and Period.parse(other.period).first <= months.last
        and months.first <= Period.parse(other.period).last
        for other in rows
    )


# What a fact adds to an indicator.


@dataclass(frozen=True)
class Addition:
    """What one fact adds to an indicator's total or to a value of a dimension.

    Counts come whole or not at all: without them the fact only says that there is
    something masked, or a value that cannot be added up.
    """

    indicator: str
    by: str
    by_value: str
    unit: str
    day: date
    first: int
    last: int
    numerator: Fraction | None = None
    denominator: Fraction | None = None
    value: float | None = None
    among: float | None = None
    is_masked: bool = False
    is_public: bool = False

    @property
    def is_counted(self) -> bool:
        return self.numerator is not None


def _meets(where: dict[str, Any], columns: dict[str, Any]) -> bool:
    return all(_fits(condition, columns[name]) for name, condition in where.items())


def _fits(condition: Any, found: Any) -> bool:
    if not isinstance(condition, Condition):
        return found is not None and found == condition
    if condition.present is not None:
        return (found is not None) == condition.present
    if condition.not_in is not None:
        return found not in condition.not_in
    if found is None:
        return False
    if condition.is_in is not None:
        return found in condition.is_in
    if condition.has_any is not None:
        return any(code in found.split(" ") for code in condition.has_any)
    if condition.at_least is not None:
        return found >= condition.at_least
    return found <= condition.at_most


DIMENSIONS = {
    "svf": "svf",
    "sex": "kon",
    "age_group": "aldersgrupp",
    "care_form": "vardform",
    "dimension": "dimension",
    "profession": "yrkeskategori",
    "item": "moment",
}
COUNTED = ("svf_inklusion", "prem", "ppm")
HAS_OWN_TOTALS = ("svf_inklusion", "prem")
BY_PERIOD = ("svf_inklusion", "prem", "matningar")


def additions_of(
    sources: Sources, definitions: Definitions, facts: list[Fact]
) -> list[Addition]:
    """Return what every fact adds to every indicator."""
    found: list[Addition] = []
    for indicator in definitions.indicators:
        measure = indicator.measure
        if isinstance(measure, RowsMeasure):
            found += _counted(indicator, "", measure, facts)
            for one in indicator.breakdowns:
                found += _counted(indicator, one.by, one.measure or measure, facts)
        elif isinstance(measure, ReportedMeasure):
            found += _reported(indicator, facts)
        elif isinstance(measure, KoladaMeasure):
            found += _public(indicator, sources)
    return found


def _counted(
    indicator: Indicator, by: str, measure: RowsMeasure, facts: list[Fact]
) -> Iterator[Addition]:
    lifted = DIMENSIONS.get(by)
    where = {name: one for name, one in measure.where.items() if name != lifted}
    for fact in facts:
        if fact.dataset != measure.dataset:
            continue
        of_totals = fact.dataset in HAS_OWN_TOTALS and by != "svf"
        if of_totals and not fact.is_total:
            continue
        by_value = fact.columns[lifted] if lifted else ""
        is_about = _meets(where, fact.columns) and by_value is not None
        if fact.dataset in COUNTED and not is_about:
            continue
        numerator, denominator = Fraction(0), Fraction(0)
        if is_about and not fact.is_masked:
            is_in = measure.denominator is None or _meets(
                measure.denominator.where, fact.columns
            )
            if is_in and measure.denominator:
                denominator = _amount(measure.denominator.sum, fact)
            if is_in and _meets(measure.numerator.where, fact.columns):
                numerator = _amount(measure.numerator.sum, fact)
        counted = denominator if measure.denominator else numerator
        if by and fact.dataset not in COUNTED and counted == 0:
            continue  # a value of a dimension that has no cases is not shown at all
        place = (indicator.id, by, by_value, fact.unit, fact.day, fact.first, fact.last)
        if fact.is_masked:
            yield Addition(*place, is_masked=True)
        else:
            yield Addition(
                *place, numerator, denominator if measure.denominator else None
            )


def _amount(column: str | None, fact: Fact) -> Fraction:
    return Fraction(1) if column is None else Fraction(fact.columns[column] or 0)


def _reported(indicator: Indicator, facts: list[Fact]) -> Iterator[Addition]:
    own = _reports_of(indicator, facts)
    for fact in own:
        if _cannot_be_added(fact, own):
            continue
        if fact.is_total:
            yield _as_reported(indicator, "", "", fact)
        if fact.columns["slag"] is not None:
            yield _as_reported(indicator, "category", fact.columns["slag"], fact)


def _as_reported(indicator: Indicator, by: str, by_value: str, fact: Fact) -> Addition:
    columns = fact.columns
    place = (indicator.id, by, by_value, fact.unit, fact.day, fact.first, fact.last)
    if fact.is_masked:
        return Addition(*place, is_masked=True)
    if "varde" in columns:
        return Addition(*place, value=columns["varde"])
    denominator = columns.get("namnare")
    return Addition(
        *place,
        Fraction(columns["taljare"]),
        None if denominator is None else Fraction(denominator),
    )


def _reports_of(indicator: Indicator, facts: list[Fact]) -> list[Fact]:
    return [one for one in facts if one.columns.get("indikator") == indicator.id]


def _cannot_be_added(fact: Fact, facts: list[Fact]) -> bool:
    """Say whether a row of an ended unit cannot be added to what others report."""
    if fact.unit_in_file == fact.unit:
        return False
    place = (fact.unit, fact.first, fact.last)
    beside = [one for one in facts if (one.unit, one.first, one.last) == place]
    if fact not in beside or len({one.unit_in_file for one in beside}) == 1:
        return False
    return "varde" in fact.columns or any(
        "varde" in one.columns for one in beside if one.unit_in_file == one.unit
    )


def _public(indicator: Indicator, sources: Sources) -> Iterator[Addition]:
    measure = indicator.measure
    assert isinstance(measure, KoladaMeasure)
    for unit in sorted({(u.id, u.kolada) for u in sources.units if u.kolada}):
        for row in sources.public:
            if (row.kpi, row.region) != (measure.kpi, unit[1]):
                continue
            value, among = row.value, None
            if measure.statistic == "rank":
                others = [
                    one.value
                    for one in sources.public
                    if (one.kpi, one.year) == (row.kpi, row.year)
                    and one.region != "0000"
                ]
                if len(others) < 3:  # one or two regions are no ranking
                    continue
                value, among = 1 + sum(v > row.value for v in others), len(others)
            year = Period.parse(str(row.year))
            day = last_day_of(sources.units, unit[0])
            assert day is not None
            yield Addition(
                indicator.id,
                "",
                "",
                unit[0],
                day,
                year.first,
                year.last,
                value=value,
                among=among,
                is_public=True,
            )


# Rows that are lost: where they would have counted.


@dataclass(frozen=True)
class Loss:
    indicator: str
    unit: str
    day: date
    first: int
    last: int


SUBJECTS = {"ppm": ("matning",), "prem": ("enkat", "dimension")}


def losses_of(
    sources: Sources, definitions: Definitions, facts: list[Fact]
) -> list[Loss]:
    """Return the rows that each indicator has lost."""
    found = []
    for indicator in definitions.indicators:
        measure = indicator.measure
        own = _reports_of(indicator, [one for one in facts if not one.is_lost])
        for fact in facts:
            if isinstance(measure, RowsMeasure):
                is_about = fact.dataset == measure.dataset and all(
                    fact.columns[name] == measure.where.get(name)
                    for name in SUBJECTS.get(fact.dataset, ())
                )
            else:
                is_about = fact.columns.get("indikator") == indicator.id
            if not is_about or not (fact.is_lost or _cannot_be_added(fact, own)):
                continue
            day = _last_stood(sources.units, fact.unit, fact.last)
            place = (indicator.id, fact.unit, day, fact.first, fact.last)
            found.append(Loss(*place))
    return found


def _last_stood(units: Iterable[Unit], unit: str, month: int) -> date:
    """Return the last day with a way up, no later than the month; else the first."""
    units = list(units)
    end = date(month // 12, month % 12 + 1, 1) + timedelta(31)
    end = end.replace(day=1) - timedelta(1)
    days = sorted({end, *(row.until for row in units if row.until <= end)})
    stood = [day for day in days if way_up(units, unit, day)]
    if stood:
        return stood[-1]
    later = sorted({row.since for row in units})
    return next(day for day in later if way_up(units, unit, day))


# Periods.


def reach_of(additions: list[Addition], losses: list[Loss]) -> tuple[int, int] | None:
    """Return the first and last month to tell of; what is lost may be the latest."""
    own = [one for one in additions if not one.is_public]
    since = min((one.first for one in own), default=0)
    told = [*own, *(one for one in losses if one.first >= since)]
    if not told:
        return None
    return min(one.first for one in told), max(one.last for one in told)


def periods_of(additions: list[Addition], losses: list[Loss]) -> list[Period]:
    """Return every period that outcomes are worked out for."""
    reach = reach_of(additions, losses)
    found: set[Period] = set()
    if reach:
        first, last = reach
        for month in range(first, last + 1):
            day = date(month // 12, month % 12 + 1, 1)
            for kind in ("month", "quarter", "tertial", "half", "year"):
                found.add(Period.holding(PeriodKind(kind), day))
            quarter = Period.holding(PeriodKind.QUARTER, day)
            if quarter.last - 11 >= first // 3 * 3:
                found.add(Period(PeriodKind.ROLLING, quarter.last - 11, quarter.last))
    for one in additions:
        if one.is_public:
            found.add(Period.numbered(PeriodKind.YEAR, one.first // 12, 1))
    return sorted(found, key=lambda one: (one.kind, one.first))


# Outcomes.


@dataclass
class Outcome:
    numerator: Fraction | None = None
    denominator: Fraction | float | None = None
    value: Fraction | float | None = None
    lower: float | None = None
    upper: float | None = None
    target: Fraction | float | None = None
    target_rule: str | None = None
    target_level: str | None = None
    status: str = ""
    national_target: Fraction | float | None = None
    national_status: str | None = None
    reason: str | None = None
    has_predecessors: bool = False
    is_whole: bool | None = None
    same_months_before: Fraction | None = None
    reported_as: str | None = None
    reported_in: str | None = None
    ended_in: str | None = None
    ended_target: Fraction | float | None = None
    ended_rule: str | None = None
    is_aimed: bool = False


Key = tuple[str, str, str, str, str]
"""Indicator, unit, written period, dimension, its value."""


@dataclass
class _Sum:
    """What reaches a unit in a period.

    Attributes:
        additions: Each with whether it comes from a unit that this one replaced.
        months: Unit -> months it has counts for in the period, wherever it stood.
        covered: Unit -> the months that its reports cover, all of them where nothing
            that it was to report is missing. Only of units with counts, and of what is
            reported by period.
        told: Unit -> the months that its reports cover and nothing else.
        lived: Unit -> the months of the period that it existed in.
        is_partial: Whether a unit lacks something of what it was to report.
        is_given: Of each addition reported by period: whether its unit has given the
            period as the value of a term, or as all of its terms.
        left_out: Lengths in months of what does not nest in the period.
        lacks_totals: Whether a number lacks that of a unit that was expected.
        lacks_units: Whether such a unit has told nothing, not even a part.
    """

    additions: list[tuple[Addition, bool]] = field(default_factory=list)
    months: dict[str, int] = field(default_factory=dict)
    covered: dict[str, set[int]] = field(default_factory=dict)
    told: dict[str, set[int]] = field(default_factory=dict)
    lived: dict[str, set[int]] = field(default_factory=dict)
    is_partial: bool = False
    is_given: list[bool] = field(default_factory=list)
    left_out: set[int] = field(default_factory=set)
    lacks_totals: bool = False
    lacks_units: bool = False

    def counted(self) -> list[Addition]:
        return [one for one, _ in self.additions if one.is_counted]

    def is_masked(self) -> bool:
        return any(one.is_masked for one, _ in self.additions)

    def has_value_only(self) -> bool:
        return any(one.value is not None for one, _ in self.additions)


def outcomes_of(
    sources: Sources, definitions: Definitions, as_of: date
) -> dict[Key, Outcome]:
    """Return every outcome that a build of these sources, on a day, is to have."""
    every = facts_of(sources, definitions)
    facts = [fact for fact in every if not fact.is_lost]
    additions = additions_of(sources, definitions, facts)
    losses = losses_of(sources, definitions, every)
    periods = periods_of(additions, losses)
    lost = _lost(sources, losses, periods)
    sums = _sums(sources, definitions, additions, periods)
    found: dict[Key, Outcome] = {}
    told = reach_of(additions, losses)
    _, reach = told or (0, 0)
    over = month_number(as_of + timedelta(1)) - 1
    for indicator in definitions.indicators:
        own = {key: one for key, one in sums.items() if key[0] == indicator.id}
        monthly = _since_monthly(indicator, own)
        keys = {
            *(key for key, one in own.items() if one.additions),
            *_grid(indicator, sources, told, periods, monthly),
        }
        missing = _units_expected(indicator, sources, additions, periods, own)
        for key in keys:
            found[key] = _valued(indicator, key, own.get(key, _Sum()))
            if found[key].value is not None:
                life = life_of(sources.units, key[1])
                found[key].is_whole = _is_whole(indicator, key, own, life, over, reach)
                found[key].same_months_before = _same_months(
                    indicator, key, own, sources, missing, over, reach
                )
            is_by_month = key[1] in monthly
            _explain(indicator, key, found[key], own, missing, key in lost, is_by_month)
        for key in keys:
            _aim(indicator, key, found, sources)
            if is_step(indicator):
                _judge_step(indicator, key, found[key], sources, key in lost, over)
        aimed: dict[tuple[str, ...], list[tuple[Period, Outcome]]] = defaultdict(list)
        for key in keys:
            if found[key].is_aimed:
                series = (*key[:2], *key[3:])
                aimed[series].append((Period.parse(key[2]), found[key]))
        for key in keys:
            series = (*key[:2], *key[3:])
            _tell_of_ended(Period.parse(key[2]), found[key], aimed[series])
    return found


def is_step(indicator: Indicator) -> bool:
    return indicator.frequency == "once"


def _sums(
    sources: Sources,
    definitions: Definitions,
    additions: list[Addition],
    periods: list[Period],
) -> dict[Key, _Sum]:
    found: dict[Key, _Sum] = defaultdict(_Sum)
    reports: dict[tuple[str, str, str, str], list[Addition]] = defaultdict(list)
    halved = {one.indicator for one in additions if one.last - one.first == 5}
    halved |= {one.id for one in definitions.indicators if one.months_expected() == 6}
    halved -= {one.id for one in definitions.indicators if is_step(one)}
    for one in additions:
        reports[one.indicator, one.unit, one.by, one.by_value].append(one)
    ways: dict[tuple[str, date], tuple[list[str], set[str]]] = {}

    def seen_in(one: Addition) -> Iterator[tuple[str, bool]]:
        place = (one.unit, one.day)
        if place not in ways:
            way = way_up(sources.units, *place) or []
            ways[place] = way, heirs(sources.units, way)
        above, later = ways[place]
        yield from ((unit, False) for unit in above)
        yield from ((unit, True) for unit in later)

    for (name, of_unit, by, by_value), own in reports.items():
        indicator = definitions.indicator(name)
        life = life_of(sources.units, of_unit)
        for period in periods:
            if period.kind == "half" and name not in halved:
                continue
            near = [
                one
                for one in own
                if one.first <= period.last and period.first <= one.last
            ]
            if is_step(indicator):
                past = [one for one in own if one.last <= period.last]
                last = max((_reported_when(one) for one in past), default=None)
                near = [one for one in past if _reported_when(one) == last]
                near = [] if period.kind == "month" else near
            if not near:
                continue
            found_here = _UnitReports(indicator, own, near, period, life)
            for one in found_here.left_out:
                for unit, _ in seen_in(one):
                    summed = found[name, unit, str(period), by, by_value]
                    summed.left_out.add(one.last - one.first + 1)
            for one in found_here.inside:
                for unit, is_heir in seen_in(one):
                    summed = found[name, unit, str(period), by, by_value]
                    _add(summed, one, is_heir, found_here)
    return found


def _lost(sources: Sources, losses: list[Loss], periods: list[Period]) -> set[Key]:
    """Return the totals that have lost rows."""
    found = set()
    for one in losses:
        way = way_up(sources.units, one.unit, one.day) or []
        for unit in (*way, *heirs(sources.units, way)):
            for period in periods:
                if period.first <= one.first and one.last <= period.last:
                    found.add((one.indicator, unit, str(period), "", ""))
    return found


def _add(summed: _Sum, one: Addition, is_heir: bool, reports: "_UnitReports") -> None:
    summed.additions.append((one, is_heir))
    summed.months[one.unit] = len(
        {
            month
            for other in reports.inside
            if other.is_counted
            for month in range(other.first, other.last + 1)
        }
    )
    if reports.is_by_months:
        summed.is_given.append(reports.is_given)
    if reports.is_by_months and one.is_counted:
        summed.covered[one.unit] = reports.covered
        summed.told[one.unit] = reports.told
        summed.lived[one.unit] = reports.lived
        summed.is_partial |= not reports.is_complete


def _nests(one: Addition, period: Period) -> bool:
    """Say whether reports of this length can be laid end to end in the period."""
    months = one.last - one.first + 1
    starts = range(period.first, period.last + 1)
    laid = [at for at in starts if at % months == 0 and at + months - 1 <= period.last]
    length = period.last - period.first + 1
    return one.first in laid and len(laid) * months == length


class _UnitReports:
    """What a unit has of an indicator in a period, wherever it stood.

    Attributes:
        inside: What is part of the period.
        left_out: What has some of its months, and cannot be part of it.
        covered: The months that are reported.
        told: The same, but nothing for what is only taken to be reported.
        lived: The months of the period that the unit existed in.
        is_complete: Whether nothing is missing of what it was to report.
        is_given: Whether reports as long as a term cover all of its life in the period.
    """

    def __init__(
        self,
        indicator: Indicator,
        own: list[Addition],
        near: list[Addition],
        period: Period,
        life: tuple[int, int],
    ) -> None:
        dataset = indicator.measure.dataset if indicator.measure else ""
        self.unit = own[0].unit
        self.is_by_months = dataset in BY_PERIOD or bool(indicator.averaged_over_time)
        self.left_out = [one for one in near if not _nests(one, period)]
        self.inside = [
            one for one in near if period.first <= one.first and one.last <= period.last
        ]
        if is_step(indicator):
            self.left_out, self.inside = [], near
        every = set(range(period.first, period.last + 1))
        told = {
            (one.first, one.last)
            for one in self.inside
            if one.is_counted or one.is_masked
        }
        self.covered = {at for first, last in told for at in range(first, last + 1)}
        self.told = set(self.covered)
        self.lived = {month for month in every if life[0] <= month <= life[1]}
        is_filled = self.lived <= self.covered
        term = min(12, indicator.months_expected())
        given = {
            at
            for one in self.inside
            for at in range(one.first, one.last + 1)
            if one.last - one.first + 1 >= term
        }
        self.is_given = may_be_dated(indicator) and self.lived <= given
        terms: dict[int, set[int]] = defaultdict(set)
        for one in own:
            terms[one.first // indicator.months_expected()].add(one.first)
        is_dated = may_be_dated(indicator) and all(len(t) == 1 for t in terms.values())
        promised = len(every) // indicator.months_expected()
        self.is_complete = is_filled or (is_dated and len(told) >= promised)
        self.is_complete |= is_step(indicator)
        if self.is_complete:
            self.covered = every
        if self.is_by_months and self.left_out and not is_filled:
            self.inside = []


def life_of(units: Iterable[Unit], unit: str) -> tuple[int, int]:
    """Return a unit's first and last month."""
    rows = [row for row in units if row.id == unit]
    return (
        month_number(min(row.since for row in rows)),
        month_number(max(row.until for row in rows)),
    )


def grows(indicator: Indicator) -> bool:
    """Say whether twice the time has twice the value."""
    if "numerator" in indicator.averaged_over_time:
        return False
    return indicator.kind == "count" or "denominator" in indicator.averaged_over_time


def may_be_dated(indicator: Indicator) -> bool:
    return indicator.months_expected() not in (1, 3) and not grows(indicator)


def _since_monthly(indicator: Indicator, sums: dict[Key, _Sum]) -> dict[str, int]:
    """Return the first month of units that have had a quarter of reported months."""
    months: dict[str, set[int]] = defaultdict(set)
    for (_, unit, written, by, _value), summed in sums.items():
        period = Period.parse(written)
        if period.kind == "month" and not by and summed.additions:
            months[unit].add(period.first)
    return {
        unit: min(own)
        for unit, own in months.items()
        if any({at, at + 1, at + 2} <= own for at in own if at % 3 == 0)
    }


def _is_whole(
    indicator: Indicator,
    key: Key,
    sums: dict[Key, _Sum],
    life: tuple[int, int],
    over: int,
    reach: int,
) -> bool:
    """Say whether a period is over and its total stands for all of its months."""
    if isinstance(indicator.measure, KoladaMeasure):
        return True
    period = Period.parse(key[2])
    is_by_period = indicator.measure and indicator.measure.dataset in BY_PERIOD
    given = sums.get(key, _Sum()).is_given
    last = min(period.last, life[1])  # nothing comes of a unit that is no more
    is_over = last <= (over if is_by_period else min(over, reach))
    if not is_over and not (given and is_by_period and all(given)):
        return False
    total = sums.get((*key[:3], "", ""), _Sum())
    if total.lacks_units if key[3] else total.lacks_totals:
        return False
    if not total.is_partial:
        return True
    wanted = {
        month
        for month in range(period.first, period.last + 1)
        if life[0] <= month <= life[1]
    }
    known = set().union(*total.covered.values())
    return not grows(indicator) and wanted <= known


def _same_months(
    indicator: Indicator,
    key: Key,
    sums: dict[Key, _Sum],
    sources: Sources,
    expected: dict[Key, int],
    over: int,
    reach: int,
) -> Fraction | None:
    """Return what the months of a period that is not whole had a year before."""
    period, summed = Period.parse(key[2]), sums.get(key, _Sum())
    born, gone = life_of(sources.units, key[1])
    if key[3] or not summed.counted() or summed.is_masked():
        return None
    if _is_whole(indicator, key, sums, (born, gone), over, reach):
        return None
    if _is_broken(indicator, period.year_before(), sources.units, key[1]):
        return None
    reporting = {one.unit for one, _ in summed.additions if not one.is_masked}
    is_less = len(reporting) < expected.get(key, 0)
    has_lived = born <= period.first - 12 and period.last <= gone
    if grows(indicator) and (is_less or not has_lived):
        return None
    is_by_period = indicator.measure and indicator.measure.dataset in BY_PERIOD
    months = set(range(period.first, min(period.last, over, reach) + 1))
    if is_by_period:
        months = set().union(*summed.told.values())
        for unit, told in summed.told.items():
            first, last = life_of(sources.units, unit)
            if not {one for one in months if first <= one <= last} <= told:
                return None
    wanted = {one - 12 for one in months}
    for kind in ("month", "quarter", "tertial", "half") if is_by_period else ("month",):
        pieces = [
            other
            for other, one in sums.items()
            if (*other[:2], other[3]) == (*key[:2], "")
            and Period.parse(other[2]).kind == kind
            and set(_months_of(other[2])) <= wanted
            and one.counted()
        ]
        held = {at for other in pieces for at in _months_of(other[2])}
        if not pieces or (is_by_period and held != wanted):
            continue
        whole = all(
            _is_whole(indicator, other, sums, (born, gone), over, reach)
            and not sums[other].is_masked()
            for other in pieces
        )
        if not whole:
            continue
        amounts = [Fraction(0), Fraction(0)]
        for other in pieces:
            one = sums[other]
            size = len(list(_months_of(other[2])))
            totals = _totals(indicator, one.counted(), one)
            for at, name in enumerate(("numerator", "denominator")):
                is_mean = name in indicator.averaged_over_time
                weight = Fraction(size, len(wanted)) if is_mean else 1
                amounts[at] += (totals[at] or 0) * weight
        return _shown_of(indicator, *amounts)
    return None


def _months_of(written: str) -> range:
    period = Period.parse(written)
    return range(period.first, period.last + 1)


def _shown_of(
    indicator: Indicator, numerator: Fraction, denominator: Fraction
) -> Fraction | None:
    least = indicator.minimum_denominator
    if indicator.kind == "count":
        return None if 0 < numerator < least else numerator
    if denominator == 0 or denominator < least:
        return None
    factor = {"proportion": 100, "rate": indicator.per}.get(indicator.kind, 1)
    return Fraction(factor or 1) * numerator / denominator


def _is_broken(
    indicator: Indicator, before: Period, units: tuple[Unit, ...], unit: str
) -> bool:
    """Say whether a break lies between a period and the same one a year later."""
    home = _region_of(units, unit)
    return any(
        before.first < one.since.first <= before.last + 12
        for one in indicator.breaks
        if one.region is None or home in (None, one.region)
    )


def _grid(
    indicator: Indicator,
    sources: Sources,
    reach: tuple[int, int] | None,
    periods: list[Period],
    monthly: dict[str, int],
) -> Iterator[Key]:
    """Every period of every unit that is to have the indicator."""
    if reach is None:
        return
    first, last = reach
    for unit in {row.id for row in sources.units}:
        rows = [row for row in sources.units if row.id == unit]
        if max(rows, key=lambda row: row.since).kind not in indicator.unit_kinds:
            continue
        born = month_number(min(row.since for row in rows))
        gone = month_number(max(row.until for row in rows))
        for period in periods:
            if period.last < max(born, first) or period.first > min(gone, last):
                continue
            is_monthly = indicator.lifecycle == "active" and (
                indicator.frequency == "monthly"
                or period.first >= monthly.get(unit, 10**6)
            )
            is_half_yearly = indicator.frequency == "half_yearly"
            is_wanted = {"month": is_monthly, "half": is_half_yearly}
            if is_wanted.get(period.kind, True):
                yield (indicator.id, unit, str(period), "", "")


def _units_expected(
    indicator: Indicator,
    sources: Sources,
    additions: list[Addition],
    periods: list[Period],
    sums: dict[Key, _Sum],
) -> dict[Key, int]:
    """Count the units that exist in a period and had facts in it or a year before.

    A number lacks those of them that have told no total, and its parts those that have
    told nothing at all; it is marked so.
    """
    is_by_period = indicator.measure and indicator.measure.dataset in BY_PERIOD
    adds_up = indicator.kind == "count" and is_by_period and not is_step(indicator)
    quarters: dict[str, set[int]] = defaultdict(set)
    for one in additions:
        if one.indicator == indicator.id and not one.by and not one.is_public:
            quarters[one.unit] |= set(range(one.first // 3, one.last // 3 + 1))
    telling: dict[tuple[str, str], set[str]] = defaultdict(set)
    for (_, place, written, by, _value), summed in sums.items():
        if any(one.unit == place for one in summed.counted()):
            telling[place, written].add(by)
    found: dict[Key, int] = defaultdict(int)
    for period in periods:
        months = period.last - period.first + 1
        is_short = period.kind == "month" or months < indicator.months_expected()
        if is_short and not adds_up:
            continue
        near = set(range(period.first // 3 - 4, period.last // 3 + 1))
        for unit, known in quarters.items():
            if known & near:
                told = telling[unit, str(period)]
                for above in _above_during(sources.units, unit, period):
                    key = (indicator.id, above, str(period), "", "")
                    found[key] += 1
                    if adds_up and "" not in told:
                        total = sums.setdefault(key, _Sum())
                        total.lacks_totals = True
                        total.lacks_units |= not told
    return found


def _above_during(units: tuple[Unit, ...], unit: str, period: Period) -> set[str]:
    """Return the units above at any time in a period; ways change on such days."""
    days = {period.first_day, period.last_day}
    days |= {row.since for row in units}
    days |= {row.until + timedelta(1) for row in units if row.until < FOREVER}
    return {
        above
        for day in days
        if period.first_day <= day <= period.last_day
        for above in way_up(units, unit, day) or []
    }


def _valued(indicator: Indicator, key: Key, summed: _Sum) -> Outcome:
    outcome = Outcome(has_predecessors=any(late for _, late in summed.additions))
    counted = summed.counted()
    if not counted:
        own = [
            one
            for one, is_heir in summed.additions
            if one.value is not None
            and not is_heir
            and one.unit == key[1]
            and (is_step(indicator) or _is_exactly(one, key[2]))
        ]
        if own and indicator.lifecycle != "paused":
            outcome.value, outcome.denominator = own[0].value, own[0].among
        return outcome
    numerator, denominator = _totals(indicator, counted, summed)
    if indicator.kind == "count":
        outcome.value = numerator
        is_hidden = 0 < numerator < indicator.minimum_denominator
        outcome.reason = "too_few" if is_hidden else None
    else:
        assert denominator is not None
        outcome.reason = "no_cases" if denominator == 0 else None
        if 0 < denominator < indicator.minimum_denominator:
            outcome.reason = "too_few"
        if denominator:
            factor = {"proportion": 100, "rate": indicator.per}.get(indicator.kind, 1)
            outcome.value = Fraction(factor or 1) * numerator / denominator
    if outcome.reason or indicator.lifecycle == "paused":
        outcome.value = None
        return outcome
    outcome.numerator, outcome.denominator = numerator, denominator
    outcome.lower, outcome.upper = _interval(indicator, numerator, denominator)
    return outcome


def _is_exactly(one: Addition, written: str) -> bool:
    period = Period.parse(written)
    same = (one.first, one.last) == (period.first, period.last)
    return same and period.kind != "rolling"


def _totals(
    indicator: Indicator, counted: list[Addition], summed: _Sum
) -> tuple[Fraction, Fraction | None]:
    """Sum; a stock is averaged over all the months its unit gave it for.

    A unit that moved within the period so gives each unit above it its share of time,
    and one that closed or opened in it the share of time that it existed in.
    """
    lived = summed.lived
    together = len(set().union(*lived.values()))
    sums = {"numerator": Fraction(0), "denominator": Fraction(0)}
    for name in sums:
        for one in counted:
            amount = getattr(one, name) or Fraction(0)
            if name in indicator.averaged_over_time:
                length = one.last - one.first + 1
                amount *= Fraction(length, summed.months[one.unit])
                amount *= Fraction(len(lived[one.unit]), together)
            sums[name] += amount
    return (
        sums["numerator"],
        None if indicator.kind == "count" else sums["denominator"],
    )


def _interval(
    indicator: Indicator, numerator: Fraction, denominator: Fraction | None
) -> tuple[float | None, float | None]:
    match indicator.kind:
        case "count":
            return events(numerator)
        case "rate":
            lower, upper = events(numerator)
            per = (indicator.per or 1) / float(denominator or 1)
            return lower * per, upper * per
        case "proportion":
            lower, upper = of_cases(numerator, denominator or Fraction(1))
            return 100 * lower, 100 * upper
        case "mean" if indicator.scale:
            low, high = indicator.scale
            width = Fraction(high) - Fraction(low)
            share = (numerator - Fraction(low) * (denominator or 1)) / width
            lower, upper = wilson(float(share), float(denominator or 1))
            return low + (high - low) * lower, low + (high - low) * upper
        case _:
            return None, None


def of_cases(met: Fraction, cases: Fraction) -> tuple[float, float]:
    """Return the mid-p interval of whole cases, else Wilson's."""
    if met.denominator > 1 or cases.denominator > 1 or not 0 <= met <= cases:
        return wilson(float(met), float(cases))
    return 1 - most_share(int(cases - met), int(cases)), most_share(
        int(met), int(cases)
    )


@cache
def most_share(met: int, cases: int) -> float:
    """Halve the shares until the lower tail, half of the last count in it, is 2.5 %."""
    if met == cases:
        return 1.0
    ways = [
        lgamma(cases + 1) - lgamma(one + 1) - lgamma(cases - one + 1)
        for one in range(met + 1)
    ]
    low, high = 0.0, 1.0
    for _ in range(55):
        middle = (low + high) / 2
        terms = [
            exp(way + one * log(middle) + (cases - one) * log1p(-middle))
            for one, way in enumerate(ways)
        ]
        is_more = fsum(terms) - terms[-1] / 2 > 0.025
        low, high = (middle, high) if is_more else (low, middle)
    return low


def events(number: Fraction) -> tuple[float, float]:
    """Return the exact interval of fewer than ten events, else Byar's."""
    if number >= 10 or number.denominator > 1:
        return byar(float(number))
    return rarest(int(number), is_lower=True), rarest(int(number), is_lower=False)


@cache
def rarest(number: int, is_lower: bool) -> float:
    """Halve the means until so many events or more (or fewer) come up in 2.5 %."""
    low, high = 0.0, 40.0
    for _ in range(60):
        mean = (low + high) / 2
        most = number - 1 if is_lower else number
        tail = fsum(exp(-mean) * mean**one / factorial(one) for one in range(most + 1))
        is_more = 1 - tail < 0.025 if is_lower else tail > 0.025
        low, high = (mean, high) if is_more else (low, mean)
    return low if number or not is_lower else 0.0


def wilson(x: float, n: float) -> tuple[float, float]:
    """Solve (x/n - p)^2 = z^2 p (1 - p) / n for p."""
    a, b, c = 1 + Z * Z / n, -(2 * x / n + Z * Z / n), (x / n) ** 2
    root = sqrt(max(b * b - 4 * a * c, 0.0))
    return (-b - root) / (2 * a), (-b + root) / (2 * a)


def byar(x: float) -> tuple[float, float]:
    """Return Breslow and Day's formula, term by term."""
    lower = 0.0 if x == 0 else x * (1 - 1 / (9 * x) - Z / (3 * x**0.5)) ** 3
    y = x + 1
    return max(lower, 0.0), y * (1 - 1 / (9 * y) + Z / (3 * y**0.5)) ** 3


# Targets, status and reasons.


def _aim(
    indicator: Indicator, key: Key, found: dict[Key, Outcome], sources: Sources
) -> None:
    outcome = found[key]
    period = Period.parse(key[2])
    before = found.get((key[0], key[1], str(period.year_before()), *key[3:]))
    if before and not _is_comparable(indicator, key, before, sources):
        before = None
    chosen: dict[str, tuple[str, Any]] = {}
    for level in ("local", "national"):
        fitting = [
            one
            for one in indicator.targets
            if one.level == level
            and _is_for(one, key, period, sources.units)
            and _has_length(indicator, one, period)
        ]
        if fitting:
            best = max(
                fitting,
                key=lambda one: (
                    one.unit is not None,
                    one.svf is not None,
                    one.since.first,
                ),
            )
            value = best.value
            if best.rule == "better_than_last_year":
                value = before.value if before else None
            chosen[level] = best.rule, value
    if is_step(indicator):
        return
    outcome.is_aimed = bool(chosen)
    for level in ("national", "local"):  # the local one goes before
        if level in chosen:
            rule, value = chosen[level]
            is_known = value is not None
            outcome.target = value
            outcome.target_rule = rule if is_known else None
            outcome.target_level = level if is_known else None
    national = chosen.get("national") if "local" in chosen else None
    if national and national[1] is not None:
        outcome.national_target = national[1]
        if outcome.value is not None:
            outcome.national_status = _judge_so_far(indicator, outcome, *national[::-1])
    if not outcome.status:
        outcome.status = _judge_so_far(
            indicator, outcome, outcome.target, outcome.target_rule
        )


def _reported_when(one: Addition) -> tuple[int, int]:
    return one.last, one.first


def _judge_step(
    indicator: Indicator,
    key: Key,
    outcome: Outcome,
    sources: Sources,
    has_lost: bool,
    over: int,
) -> None:
    """Give a step the next target due, or the last, and say how far it has come."""
    period = Period.parse(key[2])
    hidden = ("paused", "under_development", "too_few", "masked")
    status, reason = outcome.status, outcome.reason
    for level in ("local", "national"):
        fitting = [
            (
                one.unit is not None,
                one.svf is not None,
                (one.until or one.since).last,
                one,
            )
            for one in indicator.targets
            if one.level == level and _is_for(one, key, None, sources.units)
        ]
        if not fitting:
            continue
        most = max(one[:2] for one in fitting)
        days = {one[2]: one[3] for one in fitting if one[:2] == most}
        ahead = [day for day in days if day >= period.last]
        day = min(ahead) if ahead else max(days)
        target = days[day]
        is_due = day <= min(period.last, over)
        is_met = (
            outcome.value is not None
            and judge(indicator, outcome.value, target.value, target.rule) == "met"
        )
        come = "planned"
        if is_met or (is_due and outcome.value is not None):
            come = judge(indicator, outcome.value, target.value, target.rule)
        elif is_due:
            come = "not_reported"
        if outcome.target is not None and level == "national" and outcome.is_aimed:
            outcome.national_target = target.value
            outcome.national_status = come if outcome.value is not None else None
            continue
        outcome.target, outcome.target_rule = target.value, target.rule
        outcome.target_level, outcome.is_aimed = level, True
        if status in hidden:
            continue
        outcome.status = come
        if come == "planned" and outcome.value is None:
            outcome.reason = "planned"
        elif come == "not_reported" and has_lost and reason != "no_counts":
            outcome.status = outcome.reason = "rejected"
    if outcome.target is None and outcome.value is None and status not in hidden:
        is_told = reason == "no_counts"
        outcome.status = "not_reported" if is_told else "not_measured"
        outcome.reason = reason if is_told else "not_measured"


def _tell_of_ended(
    period: Period, outcome: Outcome, aimed: list[tuple[Period, Outcome]]
) -> None:
    """Tell of the last target of earlier periods, if it was not met when it ended.

    Args:
        period: Of the outcome.
        outcome: What is told of.
        aimed: Those of its series that have a target, with their periods.
    """
    if outcome.is_aimed:
        return
    before = [
        (other, earlier)
        for other, earlier in aimed
        if other.kind == period.kind and other.first < period.first
    ]
    if not before:
        return
    last, ended = max(before, key=lambda pair: pair[0].first)
    if ended.status in ("near", "not_met"):
        outcome.ended_in = str(last)
        outcome.ended_target = ended.target
        outcome.ended_rule = ended.target_rule


def _is_comparable(
    indicator: Indicator, key: Key, before: Outcome, sources: Sources
) -> bool:
    """Say whether an outcome is of the same months as the one a year later."""
    period = Period.parse(key[2])
    born, gone = life_of(sources.units, key[1])
    has_lived = born <= period.first - 12 and period.last <= gone
    is_broken = _is_broken(indicator, period.year_before(), sources.units, key[1])
    is_same = bool(before.is_whole) and not is_broken
    return is_same and (has_lived or not grows(indicator))


LENGTHS = {"month": 1, "quarter": 3, "tertial": 4, "half": 6, "year": 12, "rolling": 12}


def _has_length(indicator: Indicator, target: Target, period: Period) -> bool:
    if target.length is not None:
        return LENGTHS[period.kind] == LENGTHS[target.length]
    if not grows(indicator) or target.rule == "better_than_last_year":
        return True
    wanted = max(n for n in LENGTHS.values() if n <= indicator.months_expected())
    return LENGTHS[period.kind] == wanted


def _judge_so_far(
    indicator: Indicator, outcome: Outcome, target: Any, rule: str | None
) -> str:
    """Judge what is whole, or what would have the same answer were it more."""
    now = judge(indicator, outcome.value, target, rule)
    if outcome.is_whole or now == "no_target":
        return now
    value, aim = _decimal(outcome.value), _decimal(target)
    is_counted = indicator.kind == "count" and grows(indicator)
    if is_counted or indicator.kind == "milestone":
        later = [value, value + Fraction(1, 10**6), max(value, aim), value + 10**9]
        if indicator.kind == "milestone":
            later = [value, Fraction(1)]
        answers = {judge(indicator, one, target, rule) for one in later}
        if answers == {"met"} or "met" not in answers:
            return now
    return "not_judged"


def _is_for(
    target: Target, key: Key, period: Period | None, units: tuple[Unit, ...]
) -> bool:
    """Say whether a target is for a unit and part, and in force in a period, if any."""
    until = target.until.last if target.until else 10**6
    if period and not target.since.first <= period.last <= until:
        return False
    if target.svf is not None and (key[3], key[4]) != ("svf", target.svf):
        return False
    if target.unit is not None and target.unit != key[1]:
        return False
    home = _region_of(units, key[1])
    return target.level == "national" or home in (None, REGION_OF_PLAN[target.plan])


REGION_OF_PLAN = {"plan_blekinge": "0010"}


def _region_of(units: tuple[Unit, ...], unit: str) -> str | None:
    day = last_day_of(units, unit)
    way = way_up(units, unit, day) if day else None
    ids = {row.id: row.kolada for row in units if row.kolada}
    return next((ids[one] for one in way or () if one in ids), None)


def judge(indicator: Indicator, value: Any, target: Any, rule: str | None) -> str:
    """Compare exactly: 0.7 is within 0.1 of 0.8."""
    if target is None or rule is None:
        return "no_target"
    value, target = _decimal(value), _decimal(target)
    short = target - value
    if rule in ("<=", "better_rank_than"):
        short = value - target
    elif rule == "=":
        short = abs(value - target)
    elif rule == "better_than_last_year" and indicator.direction == "lower":
        short = value - target
    needs_more = rule in ("better_rank_than", "better_than_last_year")
    if short < 0 or (short == 0 and not needs_more):
        return "met"
    tolerance = _decimal(indicator.tolerance)
    return "near" if 0 < tolerance and short <= tolerance else "not_met"


def _decimal(number: Any) -> Fraction:
    return number if isinstance(number, Fraction) else Fraction(str(number))


def _explain(
    indicator: Indicator,
    key: Key,
    outcome: Outcome,
    sums: dict[Key, _Sum],
    expected: dict[Key, int],
    has_lost: bool,
    is_by_month: bool,
) -> None:
    """Say why there is no value, or what to know of the one there is."""
    summed = sums.get(key, _Sum())
    reason = outcome.reason
    own_values = {
        one.last - one.first + 1
        for one, is_heir in summed.additions
        if one.value is not None and not is_heir and one.unit == key[1]
    }
    if outcome.value is None:
        lengths = own_values or summed.left_out
        outcome.reported_as = KINDS[max(lengths)] if lengths else None
    if indicator.lifecycle == "paused":
        outcome.status = outcome.reason = "paused"
        return
    if outcome.value is not None:
        reporting = {
            one.unit
            for one, _ in summed.additions
            if one.is_counted or one.value is not None
        }
        if summed.is_masked():
            outcome.reason = "partly_masked"
        elif summed.is_partial or sums.get((*key[:3], "", ""), _Sum()).is_partial:
            outcome.reason = "periods_missing"
        elif len(reporting) < expected.get(key, 0):
            outcome.reason = "units_missing"
        elif not outcome.is_whole and not is_step(indicator):
            outcome.reason = "ongoing"
        if is_step(indicator):
            last = max((one for one, _ in summed.additions), key=_reported_when)
            number = (last.last // 12, last.first % 12 // (last.last - last.first + 1))
            kind = PeriodKind(KINDS[last.last - last.first + 1])
            written = str(Period.numbered(kind, number[0], number[1] + 1))
            outcome.reported_in = None if written == key[2] else written
        return
    ever = any(k[1] == key[1] and not k[3] and v.additions for k, v in sums.items())
    if indicator.lifecycle == "under_development":
        outcome.status = outcome.reason = "under_development"
    elif reason == "too_few":
        outcome.status = "too_few"
    elif summed.is_masked():
        outcome.status = outcome.reason = "masked"
    elif reason == "no_cases":
        outcome.status = "too_few"
    elif is_step(indicator):
        outcome.reason = (
            "no_counts"
            if summed.has_value_only()
            else "not_reported"
            if ever
            else "never_reported"
        )
        outcome.reported_as = None
    elif summed.has_value_only():
        outcome.status = "other_periods" if own_values else "not_reported"
        outcome.reason = "no_counts"
    elif not is_measured_in(indicator, Period.parse(key[2]), is_by_month):
        outcome.status = outcome.reason = "not_measured"
    elif has_lost:
        outcome.status = outcome.reason = "rejected"
    elif summed.left_out:
        outcome.status, outcome.reason = "other_periods", "not_nested"
    else:
        outcome.status = "not_reported"
        outcome.reason = "not_reported" if ever else "never_reported"


KINDS = {1: "month", 3: "quarter", 4: "tertial", 6: "half", 12: "year"}


def is_measured_in(indicator: Indicator, period: Period, is_by_month: bool) -> bool:
    """Say whether a period is long enough, or the right quarter, to have a value."""
    if indicator.measured_in and period.kind in ("month", "quarter"):
        return f"Q{period.last % 12 // 3 + 1}" in indicator.measured_in
    if period.kind == "month" and is_by_month:
        return True
    return period.last - period.first + 1 >= indicator.months_expected()
