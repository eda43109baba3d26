"""The rules in SQL are the kernel's rules; what it reads, Python reads the same."""

import math
import re
from datetime import date, time
from itertools import combinations
from pathlib import Path

import duckdb
import pytest
from hypothesis import HealthCheck, Phase, example, given, settings
from hypothesis import strategies as st

from etl.count.scripts import run_script
from etl.sources.layout import Field, FieldType
from etl.sources.surveys import PREM
from etl.take.cast import Setting, months_of, value_of, written_period
from etl.take.persons import MACROS, cell_with_a_person
from kpi.assessment import assess, assess_so_far
from kpi.intervals import byar_interval, poisson_interval, wilson_interval
from kpi.model import Direction, Kind
from kpi.period import Period, PeriodKind
from kpi.warehouse import draft_engine
from tests.strategies import near_texts, periods

SETTING = Setting({"brost": ("Bröstcancer",), "lunga": ()}, date(2026, 1, 31))
MANY = settings(
    max_examples=15,
    derandomize=True,
    suppress_health_check=list(HealthCheck),
    phases=[Phase.explicit, Phase.generate],
)
"""Every example is a list of many, put to the database in one query.

No shrinking: a failure names the one text or row that it is about.
"""


def many(strategy):
    return st.lists(strategy, min_size=50, max_size=300)


@pytest.fixture(scope="module")
def rules(tmp_path_factory):
    path = tmp_path_factory.mktemp("rules") / "rules.duckdb"
    engine = draft_engine(path, memory_limit="1GB", threads=1)
    with engine.connect() as connection:
        run_script(connection, "0_rules.sql")
        yield connection
    engine.dispose()


def asked(connection, sql, rows):
    """Return the answers of an SQL expression over rows with columns a, b, c ..."""
    names = [chr(ord("a") + n) for n in range(len(rows[0]))]
    unnested = ", ".join(f"unnest(?) AS {name}" for name in names)
    columns = [list(column) for column in zip(*rows, strict=True)]
    query = f"SELECT {sql} FROM (SELECT {unnested})"
    return [tuple(row) for row in connection.exec_driver_sql(query, tuple(columns))]


# Intervals and judging.


@st.composite
def shares(draw):
    denominator = draw(st.one_of(st.integers(1, 50), st.integers(1, 10**7)))
    numerator = draw(st.one_of(st.integers(0, denominator), st.just(denominator)))
    fraction = draw(st.sampled_from((0.0, 0.0, 0.25, 0.5)))
    return float(max(0.0, numerator - fraction)), float(denominator)


@MANY
@given(many(shares()))
def test_wilson_in_sql_is_wilson_in_the_kernel(rules, rows):
    answers = asked(rules, "wilson_lower(a, b), wilson_upper(a, b)", rows)
    for (numerator, denominator), answer in zip(rows, answers, strict=True):
        kernel = wilson_interval(numerator, denominator)
        assert [float(one) for one in answer] == pytest.approx(kernel, abs=1e-12)


@MANY
@given(many(st.floats(0, 1e6)))
@example([0.1] * 10 + [1e9 / 3, 1e-9])
def test_a_sum_is_exact_and_the_same_in_every_order(rules, amounts):
    found = {
        asked(rules, "exact_sum(a)", [(one,) for one in some])[0][0]
        for some in (amounts, amounts[::-1], sorted(amounts))
    }
    assert len(found) == 1
    assert found.pop() == pytest.approx(math.fsum(amounts), rel=1e-15, abs=1e-15)


@MANY
@given(many(st.one_of(st.integers(0, 30), st.integers(0, 10**7)).map(float)))
def test_byar_in_sql_is_byar_in_the_kernel(rules, counts):
    rows = [(count,) for count in counts]
    answers = asked(rules, "byar_lower(a), byar_upper(a)", rows)
    for count, answer in zip(counts, answers, strict=True):
        assert [float(one) for one in answer] == pytest.approx(
            byar_interval(count), rel=1e-12, abs=1e-12
        )


@MANY
@given(many(st.one_of(st.integers(0, 30), st.floats(0.01, 30)).map(float)))
def test_events_in_sql_are_events_in_the_kernel(rules, counts):
    rows = [(count,) for count in counts]
    answers = asked(rules, "poisson_lower(a), poisson_upper(a)", rows)
    for count, answer in zip(counts, answers, strict=True):
        assert [float(one) for one in answer] == pytest.approx(
            poisson_interval(count), rel=1e-12, abs=1e-12
        )


RULES = (">=", "<=", "=", "better_than_last_year", "better_rank_than")
NUMBERS = st.one_of(
    st.sampled_from([0.0, 0.1, 0.2, 0.3, 0.7, 0.8, 45.0, 50.0, 50.3, 55.0, 55.3, 60.0]),
    st.integers(0, 200).map(float),
    st.integers(0, 10_000).map(lambda n: n / 100),
)


@MANY
@given(
    many(
        st.tuples(
            NUMBERS,
            st.one_of(st.none(), NUMBERS),
            st.one_of(st.none(), st.sampled_from(RULES)),
            st.sampled_from([str(one) for one in Direction]),
            st.sampled_from([0.0, 0.1, 1.0, 5.0]),
        )
    )
)
def test_judging_in_sql_is_judging_in_the_kernel(rules, rows):
    answers = asked(
        rules,
        "assess(a, CAST(b AS DOUBLE), CAST(c AS VARCHAR), d, CAST(e AS DOUBLE))",
        rows,
    )
    for row, (answer,) in zip(rows, answers, strict=True):
        value, target, rule, direction, tolerance = row
        kernel = assess(value, target, rule, Direction(direction), tolerance)
        assert answer == kernel, row


@MANY
@given(
    many(
        st.tuples(
            NUMBERS,
            st.one_of(st.none(), NUMBERS),
            st.one_of(st.none(), st.sampled_from(RULES)),
            st.sampled_from([str(one) for one in Direction]),
            st.sampled_from([0.0, 0.1, 1.0, 5.0]),
            st.sampled_from([str(one) for one in Kind]),
            st.booleans(),
            st.booleans(),
        )
    )
)
def test_judging_so_far_in_sql_is_judging_so_far_in_the_kernel(rules, rows):
    answers = asked(
        rules,
        "assess_so_far(a, CAST(b AS DOUBLE), CAST(c AS VARCHAR), d, CAST(e AS DOUBLE),"
        " f, g, h)",
        rows,
    )
    for row, (answer,) in zip(rows, answers, strict=True):
        value, target, rule, direction, tolerance, kind, is_whole, only_grows = row
        kernel = assess_so_far(
            value,
            target,
            rule,
            Direction(direction),
            tolerance,
            kind=Kind(kind),
            is_whole=is_whole,
            only_grows=only_grows,
        )
        assert answer == kernel, row


# Periods.


def typed(texts, *columns):
    """Return what SQL makes of texts, once they are trimmed."""
    with duckdb.connect() as connection:
        return connection.execute(
            f"SELECT {', '.join(columns)} FROM (SELECT unnest(?) AS text_x)", [texts]
        ).fetchall()


PERIOD_LIKE = near_texts(
    [
        "[12][0-9]{3}[QK][1-4]",
        "[12][0-9]{3}-(0[1-9]|1[0-2])",
        "[12][0-9]{3}[TH][1-3]",
        "[12][0-9]{3}",
        "R12-[12][0-9]{3}Q[1-4]",
    ],
    "0123456789QKTHRqkth-² ",
)


@MANY
@given(many(PERIOD_LIKE))
@example(
    [
        "2026\u00b9",
        "2026q1",
        "q3 2026",
        "03 2026",
        "2026 - k 3",
        "2026Q5",
        "2026-13",
        "2026-00",
        "3026",
        "202６",
    ]
)
def test_a_period_is_read_in_sql_as_in_the_kernel(texts):
    for text, found in zip(texts, typed(texts, *months_of("text_x")), strict=True):
        assert found == months_in(text), text


def months_in(text):
    """Return the months of what a file may hold: no rolling periods, no spaces."""
    if text != text.strip() or not text.isascii():
        return None, None
    try:
        period = Period.parse(in_agreed_form(text.lower()))
    except ValueError:
        return None, None
    if period.kind is PeriodKind.ROLLING:
        return None, None
    return period.first, period.last


def in_agreed_form(text):
    """Return `q3 2026`, `2026 - k 3`, `03 2026` and `202603` in the agreed form."""
    match re.findall("[a-z]+|[0-9]+", text):
        case [("q" | "k" | "t" | "h") as letter, number, year]:
            is_apart = re.fullmatch(f"{letter}[ -]?{number}[ -]+{year}", text)
            return f"{year}{letter}{number}" if is_apart else text
        case [year, ("q" | "k" | "t" | "h") as letter, number]:
            is_apart = re.fullmatch(f"{year}[ -]*{letter}[ -]?{number}", text)
            return f"{year}{letter}{number}" if is_apart else text
        case [month, year] if re.fullmatch("[0-9]{2}[ -][0-9]{4}", text):
            return f"{year}-{month}"
        case [digits] if re.fullmatch("[0-9]{6}", text):
            return f"{digits[:4]}-{digits[4:]}"
    return text


@MANY
@given(many(periods().filter(lambda one: one.kind is not PeriodKind.ROLLING)))
def test_a_period_is_written_in_sql_as_in_the_kernel(some):
    months = [(one.first, one.last) for one in some]
    with duckdb.connect() as connection:
        written = connection.execute(
            f"SELECT {written_period()} FROM"
            " (SELECT unnest(?) AS first_month, unnest(?) AS last_month)",
            [list(column) for column in zip(*months, strict=True)],
        ).fetchall()
    assert [one for (one,) in written] == [str(one) for one in some]


@MANY
@given(st.tuples(st.integers(2015, 2028), st.integers(0, 35)))
def test_the_periods_of_a_build_are_named_as_in_the_kernel(tmp_path, reach):
    year, months = reach
    first = year * 12 + 5
    path = Path(tmp_path) / f"{year}-{months}.duckdb"
    engine = draft_engine(path, memory_limit="1GB", threads=1)
    with engine.connect() as connection:
        connection.exec_driver_sql(
            "CREATE OR REPLACE TEMP TABLE part AS SELECT false AS is_public,"
            f" {first} AS first_month, {first + months} AS last_month"
        )
        connection.exec_driver_sql(
            "CREATE OR REPLACE TEMP TABLE left_out AS SELECT '' AS remark,"
            f" {first} AS first_month, {first} AS last_month WHERE false"
        )
        connection.exec_driver_sql(
            "CREATE OR REPLACE TEMP TABLE given_reach"
            " (first_month INTEGER, last_month INTEGER)"
        )
        run_script(connection, "1_periods.sql")
        rows = connection.exec_driver_sql(
            "SELECT period_kind, period, first_month, last_month FROM period"
        ).all()
    engine.dispose()
    for kind, written, start, end in rows:
        assert Period(PeriodKind(kind), start, end) == Period.parse(written)
    kinds = {kind for kind, *_ in rows}
    assert {"month", "quarter", "tertial", "year"} <= kinds
    assert len({written for _, written, *_ in rows}) == len(rows)


# Numbers and dates.


def cast(type_, texts):
    sql = value_of(Field("x", type_), SETTING)
    return [value for (value,) in typed(texts, sql)]


GAP = "[ \u00a0\u202f]"
WHOLE = re.compile(f"[-+]?([0-9]+|[0-9]{{1,3}}({GAP}[0-9]{{3}})+)")
DECIMAL = re.compile(f"{WHOLE.pattern}([.,][0-9]+)?")


def as_number(text):
    """Read a number as the contract says: decimal comma or point, spaced thousands."""
    if not DECIMAL.fullmatch(text):
        return None
    number = float(re.sub(GAP, "", text).replace(",", "."))
    return number if abs(number) < 1e15 else None


NUMBER_LIKE = near_texts(
    [r"[-+]?[0-9]{1,7}([.,][0-9]{1,4})?", r"[0-9]{1,3}([ \xa0\u202f][0-9]{3}){1,3}"],
    "0123456789 ,.-+eExX_²\u00a0\u202finfa",
)


@MANY
@given(many(NUMBER_LIKE))
@example(["inf", "nan", "1e5", "1_000", "²", "٣", "--1", "1.000.000", "1,5,5", "5,"])
@example(["9" * 400])
def test_a_number_is_read_in_sql_as_the_contract_says(texts):
    for text, found in zip(texts, cast(FieldType.NUMBER, texts), strict=True):
        expected = as_number(text)
        assert found == expected or found == pytest.approx(expected), text


@MANY
@given(many(NUMBER_LIKE))
@example(["1,0", "1.00", "1,5", "0012", "-3", "1 000,0"])
def test_a_whole_number_is_read_in_sql_as_the_contract_says(texts):
    for text, found in zip(texts, cast(FieldType.INTEGER, texts), strict=True):
        number = as_number(text)
        is_whole = number is not None and number.is_integer()
        if is_whole and abs(number) < 10**15:
            assert found == number, text
        elif not is_whole:
            assert found is None, text


def as_day(text):
    """Read a day: as the contract writes it with or without a time, or with dashes."""
    agreed = re.fullmatch(r"([0-9]{4})(-?)([0-9]{2})\2([0-9]{2})([T ](.*))?", text)
    clock = "([01]?[0-9]|2[0-3])[:.][0-5][0-9]([:.][0-5][0-9])?"
    everyday = re.fullmatch(
        r"([12][0-9]{3})([-/])([0-9]{1,2})[-/]([0-9]{1,2})"
        rf"([ ,]+(kl[.]? ?)?{clock})?",
        text,
    )
    for written in filter(None, (agreed, everyday)):
        try:
            if written is agreed and written[6]:
                time.fromisoformat(written[6].strip())
            return date(int(written[1]), int(written[3]), int(written[4]))
        except ValueError:
            continue
    return None


DAY_LIKE = near_texts(
    [
        "(19|20)[0-9]{2}-(0[1-9]|1[0-2])-([0-2][0-9]|3[01])",
        "(19|20)[0-9]{2}(0[1-9]|1[0-2])([0-2][0-9]|3[01])",
        "2026-0[1-9]-[0-2][0-9][T ]([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9])?",
    ],
    "0123456789-",
)


@MANY
@given(many(DAY_LIKE))
@example(["2026-02-29", "2024-02-29", "2026-3-1", "26-03-01", "2026/03/01", "20261301"])
@example(
    ["2026-09-06 2:25:44", "2026-9-6 07.05", "2026-09-06 29:25", "2026-09-06 kl 7.5"]
)
def test_a_day_is_read_in_sql_as_the_contract_says(texts):
    found = cast(FieldType.DATE, texts)
    for text, day in zip(texts, found, strict=True):
        assert day == as_day(text), text


@pytest.mark.parametrize(
    "text",
    [
        "infinity",
        "-infinity",
        "epoch",
        "today",
        "0044-03-15 (BC)",
        "00000101",
        "12026-03-31",
        "2026-03-31 till 2026-04-02",
        "20260331 eller senare",
        "2026-03-31T25:99",
    ],
)
def test_what_is_not_one_day_is_no_date(text):
    assert cast(FieldType.DATE, [text]) == [None]


@pytest.mark.parametrize(
    "text",
    [
        "2026-03-31T12:30",
        "2026-03-31 00:00:00",
        "20260331 12:30",
        "2026-03-31T00:00:00.000",
    ],
)
def test_the_time_of_day_is_cut_off(text):
    assert cast(FieldType.DATE, [text]) == [date(2026, 3, 31)]


# Nobody's personnummer comes in.


def luhn(digits):
    total = 0
    for place, digit in enumerate(digits):
        doubled = int(digit) * (2 if place % 2 == 0 else 1)
        total += doubled // 10 + doubled % 10
    return total % 10 == 0


GAPS = "-+. \u00a0\u2013\u2212\u200b"
"""What may part the digits of a number: some of the signs that may."""


def is_person(digits):
    """Say whether ten digits, or twelve with the century, are somebody's number."""
    if len(digits) == 12 and digits[:2] in ("19", "20"):
        digits = digits[2:]
    if len(digits) != 10:
        return False
    month, day = int(digits[2:4]), int(digits[4:6])
    is_day = 1 <= month <= 12 and (1 <= day <= 31 or 61 <= day <= 91)
    return is_day and luhn(digits)


def holds_person(text):
    """Look at every stretch that stands free from letters and digits, and at the whole.

    Before the last four digits there may be three gaps. Where a number is all the
    digits there are, any two of them may be parted, and letters may touch it.
    """
    free = f" {text} "
    stretches = [(start, end) for start, end in combinations(range(len(free)), 2)]
    for start, end in stretches:
        if re.match("[0-9A-Za-z]", free[start]) or re.match("[0-9A-Za-z]", free[end]):
            continue
        found = re.fullmatch(
            f"([0-9]{{6,8}})[{GAPS}]{{0,3}}([0-9]{{4}})", free[start + 1 : end]
        )
        if found and is_person(found[1] + found[2]):
            return True
    places = [at for at, sign in enumerate(text) if sign in "0123456789"]
    if not places:
        return False
    digits = "".join(
        sign for sign in text[places[0] : places[-1] + 1] if sign not in GAPS
    )
    return digits.isdecimal() and is_person(digits)


@st.composite
def person_like(draw):
    """A date of birth, three digits and the right or another check digit, in a text."""
    day = draw(st.dates(date(1910, 1, 1), date(2025, 12, 31)))
    shift = draw(st.sampled_from((0, 60)))
    short = f"{day:%y%m}{day.day + shift:02}{draw(st.integers(0, 999)):03}"
    check = next(d for d in "0123456789" if luhn(short + d))
    if draw(st.booleans()):
        check = draw(st.sampled_from("0123456789"))
    dash = draw(st.sampled_from(("", "-", "+", " - ", "\u2013", "\u00a0", "----")))
    century = draw(st.sampled_from(("", f"{day:%Y}"[:2])))
    before = draw(
        st.sampled_from(("", "pat ", "x", "å", "1", "-", "nr:", "8112189876 "))
    )
    after = draw(
        st.sampled_from(("", " ring", "x", "å", "0", "-1", ";", " 8112189875"))
    )
    return f"{before}{century}{short[:6]}{dash}{short[6:]}{check}{after}"


@MANY
@given(
    many(st.one_of(person_like(), near_texts([r"[0-9]{6}-[0-9]{4}"], "0123456789-+ x")))
)
@example(["811218-9876", "19811218-9876", "8112189876", "811278-9873", "811218-9875"])
@example(["121212-1213-811218-9876"])
def test_a_personnummer_is_found_in_sql_as_by_hand(texts):
    with duckdb.connect() as connection:
        for macro in MACROS:
            connection.execute(macro)
        found = connection.execute(
            "SELECT has_person(x) FROM (SELECT unnest(?) AS x)", [texts]
        ).fetchall()
    for text, (answer,) in zip(texts, found, strict=True):
        assert bool(answer) == holds_person(text), text


@pytest.mark.parametrize(
    "written",
    ["811218-9876", "8112189876", "198112189876", "19811218-9876", "0101011237"],
)
@pytest.mark.parametrize(
    ("name", "read_as"),
    [("antal_svar", "number"), ("poang", "number"), ("svf", "code")],
)
def test_a_personnummer_is_seen_in_a_column_of_any_type(written, name, read_as):
    assert holds_person(written)
    fields = {one.name: one for one in PREM.fields}
    columns = [
        f"{one} AS {column}"
        for column, field in fields.items()
        for one in [value_of(field, SETTING)]
        if one is not None
    ]
    cells = [
        f"{repr(written) if column == name else 'NULL::VARCHAR'} AS {kind}_{column}"
        for column in fields
        for kind in ("raw", "text")
    ]
    with duckdb.connect() as connection:
        for macro in MACROS:
            connection.execute(macro)
        place = connection.execute(
            f"SELECT {cell_with_a_person(PREM)} FROM (SELECT *, {', '.join(columns)},"
            f" NULL::INTEGER AS first_month, NULL AS known_unit FROM"
            f" (SELECT {', '.join(cells)}, '' AS raw_other_cells))"
        ).fetchone()
    assert [*fields][place[0] - 1] == name
