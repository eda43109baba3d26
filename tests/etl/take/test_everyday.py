"""What people write beside the agreed forms is read as it is meant, or asked about."""

import random
import re
from collections.abc import Callable
from datetime import date
from unicodedata import normalize

import duckdb
import pytest

from etl.folding import folded, folded_in_sql
from etl.sources.layout import SEXES, Field, FieldType
from etl.sources.units import UNITS
from etl.take.cast import Setting, months_of, value_of, written_period
from kpi.errors import MalbildError
from kpi.period import Period
from tests.etl.rows import (
    CLINIC,
    SECOND_CLINIC,
    Built,
    Row,
    Sources,
    case,
    cases,
    contact,
    contacts,
    inclusion,
    observation,
    prem,
    prevalence,
    reported,
)

NAMES = {
    "brost": ("Bröstcancer", "Breast cancer"),
    "aml": ("Akut myeloisk leukemi (AML)",),
    "huvud_hals": ("Huvud- och halscancer",),
}


def read(
    type_: FieldType, text: str, is_day_first: bool | None = None, **more: object
) -> object:
    setting = Setting(NAMES, date(2026, 11, 1), is_day_first)
    sql = value_of(Field("x", type_, **more), setting)  # type: ignore[arg-type]
    with duckdb.connect() as connection:
        [(value,)] = connection.execute(
            f"SELECT {sql} FROM (SELECT ? AS text_x)", [text]
        ).fetchall()
    return value


def period_read(text: str) -> str | None:
    months = ", ".join(months_of("x"))
    with duckdb.connect() as connection:
        [(first, period)] = connection.execute(
            f"SELECT first_month, {written_period()} "
            f"FROM (SELECT {months} FROM (SELECT ? AS x))",
            [text],
        ).fetchall()
    return period if first is not None else None


DAYS = {
    "18.3.2024": "2024-03-18",
    "18.03.2024 14.07": "2024-03-18",
    "18. 3. 2024": "2024-03-18",
    "2024/03/18": "2024-03-18",
    "2024-3-18": "2024-03-18",
    "18 mars 2024": "2024-03-18",
    "1 Maj 2024 kl 9.30": "2024-05-01",
    "18-okt-2024": "2024-10-18",
    "29.2.2024": "2024-02-29",
    "29.2.2023": None,
    "31.4.2024": None,
    "18.3.24": None,
    "mars 2024": None,
    "18/3": None,
    "2024-13-01": None,
    "18.3.2024 och 19.3.2024": None,
}


@pytest.mark.parametrize("text", DAYS)
def test_a_day_is_read_where_it_can_be_one_day_only(text):
    day = DAYS[text]
    assert read(FieldType.DATE, text) == (date.fromisoformat(day) if day else None)


@pytest.mark.parametrize("text", ["3/4/2024", "03-04-2024", "3/4/2024 10:15"])
def test_which_of_two_numbers_is_the_day_is_what_the_file_says(text):
    assert read(FieldType.DATE, text) is None
    assert read(FieldType.DATE, text, is_day_first=True) == date(2024, 4, 3)
    assert read(FieldType.DATE, text, is_day_first=False) == date(2024, 3, 4)


PERIODS = {
    "kv 3 2026": "2026Q3",
    "Kv3 2026": "2026Q3",
    "kv\u00a03 2026": "2026Q3",
    "2026 kv 1": "2026Q1",
    "2026-Q3": "2026Q3",
    "Q3 2026": "2026Q3",
    "kvartal 2, 2025": "2025Q2",
    "tertial 1 2026": "2026T1",
    "T2 2025": "2025T2",
    "halvår 1 2026": "2026H1",
    "helår 2025": "2025",
    "jan-26": "2026-01",
    "mars 2026": "2026-03",
    "2026 mars": "2026-03",
    "Sept. 2025": "2025-09",
    "oktober -25": "2025-10",
    "May 2026": "2026-05",
    "202603": "2026-03",
    "03/2026": "2026-03",
    "2026/12": "2026-12",
    # a month or a quarter, a month or a year, a day, another thing
    "3/2026": None,
    "2026-3": None,
    "26-03": None,
    "2026-05-01": None,
    "maj": None,
    "kv 5 2026": None,
    "tertial 4 2026": None,
    "kv 3": None,
    "mars 26 2026": None,
}


@pytest.mark.parametrize("text", PERIODS)
def test_a_period_is_read_where_it_can_be_one_period_only(text):
    assert period_read(text) == PERIODS[text]


CODES = [
    *((FieldType.YES_NO, text, True) for text in ("J", "Ja", "JA", "1", "sant")),
    *((FieldType.YES_NO, text, False) for text in ("n", "Nej", "0", "FALSKT")),
    *((FieldType.YES_NO, text, None) for text in ("jo", "kanske", "2", "x")),
    *((FieldType.ITEM, text, True) for text in ("1", "Ja", "TRUE")),
    (FieldType.ITEM, "Nej", False),
]


@pytest.mark.parametrize(("type_", "text", "value"), CODES)
def test_yes_and_no_are_read_in_words_and_figures(type_, text, value):
    assert read(type_, text) is value


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        ("Bröstcancer", "brost"),
        ("BREAST CANCER", "brost"),
        ("Akut myeloisk leukemi", "aml"),
        ("AML", "aml"),
        ("Huvud- och halscancer", "huvud_hals"),
        ("huvud & hals", "huvud_hals"),
        ("Huvud-/halscancer", "huvud_hals"),
        ("cancer", None),
        ("bröst och lunga", None),
    ],
)
def test_a_pathway_is_known_by_its_names(text, slug):
    assert read(FieldType.CODE, text, codes=("@svf",)) == slug


def test_a_name_of_two_codes_is_none_of_them():
    names = {"K": ("okänd",), "M": ("okänd", "man")}
    assert read(FieldType.CODE, "Man", codes=("K", "M"), names=names) == "M"
    assert read(FieldType.CODE, "Okänd", codes=("K", "M"), names=names) is None
    assert read(FieldType.CODE, "Kvinna", codes=("K", "M"), names=SEXES) == "K"


@pytest.mark.parametrize(
    "text",
    ["Överordnad enhet", "Kön (K/M)", " Enhet-ID ", "H 1", "Æ och å", "Mot & med", "&"],
)
def test_words_are_folded_alike_in_python_and_in_the_engine(text):
    with duckdb.connect() as connection:
        [(in_engine,)] = connection.execute(
            f"SELECT {folded_in_sql('x')} FROM (SELECT ? AS x)", [text]
        ).fetchall()
    assert in_engine == folded(text)


# Whole files.


def observed(items: str, first: int, end: int) -> list[Row]:
    days = [f"2026-02-{day}" for day in range(first, end)]
    return [observation(items, matdatum=day) for day in days]


def files() -> dict[str, list[Row]]:
    """Return rows in the agreed forms that every dataset of counts is worked out of."""
    reviews = [*contacts(7, kva_kod="XV015"), *contacts(4, vardform="sluten", kon="M")]
    return {
        "svf/svf_fall.csv": [
            *cases(6, 20, "2026-03-18"),
            *cases(5, 40, "2026-04-02", utokad_utredning="J", kon="M"),
            *cases(7, 20, "2025-12-30", enhet_id=SECOND_CLINIC),
        ],
        "svf/svf_inklusion.csv": [
            inclusion("2026Q1", "70", "100"),
            inclusion("2026Q1", "30", "40", svf="brost"),
        ],
        "lakemedel/kontakter.csv": reviews,
        "bhk/bhk.csv": [*observed("11--1111", 11, 19), *observed("10111111", 20, 25)],
        "ppm/ppm.csv": [prevalence("30", "27", matdatum="2026-03-05")],
        "prem/prem.csv": [
            prem("2026Q1", "40", "85,5"),
            prem("2026Q1", "35", "80", dimension="delaktighet_involvering"),
        ],
        "matningar/m.csv": [
            reported("my_care_plan", "2026Q1", taljare="30", namnare="40"),
            reported("lex_maria", "2025", enhet_id=CLINIC, varde="3"),
        ],
    }


def one_way(rng: random.Random, *ways: str) -> str:
    return rng.choice(ways)


def day_written(rng: random.Random, text: str) -> str:
    if not text:
        return text
    year, month, day = (int(part) for part in text.split("-"))
    name = ("jan", "feb", "mars", "april", "maj", "juni")[(month - 1) % 6]
    named = f"{day} {name} {year}" if month <= 6 else text
    return one_way(
        rng,
        text,
        f"{day}.{month}.{year}",
        f"{day:02}.{month:02}.{year} 08.15",
        # Only where the day can be told from the month.
        f"{day}/{month}/{year}" if day > 12 else text,
        f"{year}/{month:02}/{day:02}",
        named,
    )


def period_written(rng: random.Random, text: str) -> str:
    period = Period.parse(text)
    if "Q" in text:
        words = (
            f"kv {period.number} {period.year}",
            f"{period.year} kv{period.number}",
        )
        return one_way(rng, text, *words, f"Kvartal {period.number}, {period.year}")
    return one_way(rng, text, f"helår {text}")


WRITTEN: dict[str, Callable[[random.Random, str], str]] = {
    **dict.fromkeys(("matdatum", "datum"), day_written),
    **dict.fromkeys(("datum_valgrundad_misstanke", "datum_avslut"), day_written),
    "period": period_written,
    "svf": lambda rng, text: (
        one_way(rng, "brost", "Bröstcancer", "BRÖSTCANCER") if text == "brost" else text
    ),
    "kon": lambda rng, text: one_way(rng, text, {"K": "Kvinna", "M": "Man"}[text]),
    "utokad_utredning": lambda rng, text: one_way(
        rng, text, *(("Ja", "1") if text == "J" else ("Nej", "0"))
    ),
    "vardform": lambda rng, text: one_way(
        rng, text, *(("Öppenvård",) if text == "oppen" else ("Sluten vård",))
    ),
    "dimension": lambda rng, text: one_way(
        rng,
        text,
        text.capitalize().replace("delaktighet_", "delaktighet och ").replace("_", " "),
    ),
    **dict.fromkeys(
        ("h1", "h2", "h3", "h4", "k1", "k2", "k3", "k4"),
        lambda rng, text: one_way(
            rng, text, {"1": "Ja", "0": "Nej", "NA": "Ej tillämpligt"}[text]
        ),
    ),
}
HEADINGS = {
    "enhet_id": ("Enhet ID", "ENHET-ID"),
    "kon": ("Kön",),
    "datum_valgrundad_misstanke": ("Datum välgrundad misstanke",),
    "antal_lakemedel": ("Antal läkemedel",),
    "utokad_utredning": ("Utökad utredning",),
    "taljare": ("Täljare",),
    "namnare": ("Nämnare",),
    "varde": ("Värde",),
    "poang": ("Poäng",),
}


def disguised(rng: random.Random, rows: list[Row]) -> list[Row]:
    """Return the rows as people could have written them."""
    headings = {
        name: one_way(rng, name, *HEADINGS.get(name, (name.capitalize(),)))
        for name in rows[0]
    }
    return [
        {
            headings[name]: WRITTEN.get(name, lambda rng, text: text)(rng, text)
            for name, text in row.items()
        }
        for row in rows
    ]


def outcomes(built: Built) -> list[tuple[object, ...]]:
    return built.rows(
        "SELECT * EXCLUDE (build_id) FROM outcome"
        " WHERE build_id = :build_id ORDER BY ALL",
        build_id=built.build_id,
    )


@pytest.fixture(scope="module")
def agreed(tmp_path_factory: pytest.TempPathFactory) -> Built:
    sources = Sources(tmp_path_factory.mktemp("agreed"))
    for name, rows in files().items():
        sources.write(name, rows)
    return sources.build()


def test_the_agreed_files_are_whole_and_have_values(agreed):
    assert agreed.rows("SELECT sum(rejections) FROM load") == [(0,)]
    assert agreed.counts("my_care_plan", CLINIC, "2026Q1") == (30, 40)
    assert agreed.counts("bhk_compliance", CLINIC, "2026Q1") == (8, 13)
    assert agreed.counts("svf_lead_time", CLINIC, "2026Q1") == (6, 6)


@pytest.mark.parametrize("seed", range(3))
def test_the_same_rows_in_everyday_forms_give_the_same_outcomes(agreed, tmp_path, seed):
    rng = random.Random(seed)
    sources = Sources(tmp_path)
    for name, rows in files().items():
        sources.write(name, disguised(rng, rows))
    built = sources.build()
    rejected = built.rows(
        "SELECT file, message FROM rejection JOIN load USING (load_id)"
    )
    assert rejected == []
    assert outcomes(built) == outcomes(agreed)


def slashed(*days: str) -> list[Row]:
    return [contact(f"c{n}", datum=day) for n, day in enumerate(days)]


@pytest.mark.parametrize(
    ("days", "months"),
    [
        (("3/4/2026", "18/3/2026"), {"2026-04", "2026-03"}),
        (("3/4/2026", "3/18/2026"), {"2026-03"}),
    ],
)
def test_one_date_settles_which_number_is_the_day_in_all_of_the_file(
    tmp_path, days, months
):
    sources = Sources(tmp_path)
    sources.write("lakemedel/kontakter.csv", slashed(*days))
    built = sources.build()
    assert built.rejections("lakemedel/kontakter.csv") == []
    counted = built.rows("SELECT DISTINCT strftime(datum, '%Y-%m') FROM kontakter")
    assert {month for (month,) in counted} == months


@pytest.mark.parametrize(
    "days", [("3/4/2026", "4/5/2026"), ("18/3/2026", "3/18/2026", "3/4/2026")]
)
def test_what_a_file_does_not_settle_is_asked_about_and_never_guessed(tmp_path, days):
    sources = Sources(tmp_path)
    sources.write("lakemedel/kontakter.csv", [*slashed(*days), contact("iso")])
    built = sources.build()
    file = "lakemedel/kontakter.csv"
    assert [reason for *_, reason in built.rejections(file)] == ["not_a_date"] * len(
        days
    )
    assert all(
        message.endswith(
            "(no date in the file settles which is the day and which the month)"
        )
        for message in built.messages(file)
    )


def test_a_date_settles_it_in_another_column_too(tmp_path):
    sources = Sources(tmp_path)
    fine = case("a", datum_valgrundad_misstanke="3/1/2026", datum_avslut="29/1/2026")
    sources.write("svf/svf_fall.csv", [fine])
    built = sources.build()
    assert built.rows("SELECT ledtid_dagar FROM svf_fall") == [(26,)]


def test_a_month_that_may_be_a_quarter_is_asked_about(tmp_path):
    sources = Sources(tmp_path)
    row = reported("my_care_plan", "2026-3", taljare="30", namnare="40")
    sources.write("matningar/m.csv", [row])
    built = sources.build()
    [message] = built.messages("matningar/m.csv")
    assert "it may be a month or a quarter; write 2026-03 or 2026Q3" in message


@pytest.mark.parametrize(
    ("written", "kind"),
    [
        ("Förvaltning", "omrade"),
        ("VERKSAMHETSOMRÅDE", "omrade"),
        ("Vårdcentral", "vardcentral"),
        ("Hälsocentral", "vardcentral"),
        ("Lasarett", "sjukhus"),
        ("Vårdavdelning", "avdelning"),
    ],
)
def test_a_unit_is_of_the_kind_that_its_region_calls_it(written, kind):
    [typ] = [field for field in UNITS.fields if field.name == "typ"]
    assert read(FieldType.CODE, written, codes=typ.codes, names=typ.names) == kind


@pytest.mark.parametrize("written", ["Mottagning", "Enhet", "Verksamhet", "Centrum"])
def test_a_kind_that_could_be_several_is_none(written):
    [typ] = [field for field in UNITS.fields if field.name == "typ"]
    assert read(FieldType.CODE, written, codes=typ.codes, names=typ.names) is None


def test_two_headings_of_one_column_are_a_fault(tmp_path):
    sources = Sources(tmp_path)
    sources.write("ppm/ppm.csv", [prevalence("30", "27") | {"Enhet ID": CLINIC}])
    with pytest.raises(MalbildError, match="'Enhet ID' stands twice"):
        sources.build()


def test_letters_parted_in_two_signs_are_the_same_words():
    assert folded(normalize("NFD", "Överordnad")) == folded("Överordnad")
    assert re.fullmatch("[a-z_]+", folded("Överordnad (nytt)"))
