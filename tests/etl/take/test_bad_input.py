"""Rows that cannot be facts: each becomes a rejection that says where, what and why."""

import time
from datetime import date

import pytest

from kpi.errors import MalbildError
from tests.etl.rows import (
    CLINIC,
    REGION,
    SECOND_CLINIC,
    Built,
    Row,
    Sources,
    case,
    contact,
    inclusion,
    maximum,
    observation,
    prem,
    prevalence,
    reported,
    tree,
    unit,
)

CLOSED = "SE2321000081-TEST13"
LATER = "SE2321000081-TEST14"
UNKNOWN = "SE2321000081-TEST99"

Rejected = tuple[str, str, str]

ABROAD = {
    "2026-03-28T23:00:00.000Z": "2026-03-29",
    "2026-03-31T22:00:00.000Z": "2026-04-01",
    "2026-03-31 21:59:59+00": "2026-03-31",
    "2026-03-31T23:30-0100": "2026-04-01",
    "20260401T0030+0300": "2026-03-31",
    "2026-01-31T23:00:00Z": "2026-02-01",
    "2026-07-01T00:30:00+02:00": "2026-07-01",
}
"""A time somewhere -> the day in Sweden then."""

SVF: list[tuple[Row, Rejected | None]] = [
    (case("ok"), None),
    (case("open", datum_avslut="", kva_avslut=""), None),
    (case("ok"), ("fall_id", "ok", "duplicate")),
    (case(""), ("fall_id", "", "missing_value")),
    (case("UNK"), ("fall_id", "UNK", "missing_value")),
    (
        case("neg", datum_avslut="2025-12-31"),
        ("datum_avslut", "2025-12-31", "negative_lead_time"),
    ),
    (
        case("unknown", enhet_id=UNKNOWN),
        ("enhet_id", UNKNOWN, "unknown_unit"),
    ),
    (
        case("noid", enhet_id="Kirurgen"),
        ("enhet_id", "Kirurgen", "not_a_unit_id"),
    ),
    (case("lower", enhet_id=CLINIC.lower()), None),
    (
        case("closed", enhet_id=CLOSED),
        ("enhet_id", CLOSED, "unit_not_in_force"),
    ),
    (
        case("later", enhet_id=LATER),
        ("enhet_id", LATER, "unit_not_in_force"),
    ),
    (
        case("future", datum_avslut="2026-11-02"),
        ("datum_avslut", "2026-11-02", "future_date"),
    ),
    (case("today", datum_avslut="2026-11-01"), None),
    (case("today2", datum_avslut=" 2026-11-01"), None),  # judged in full
    (case("oldest", datum_valgrundad_misstanke="1990-01-01"), None),
    (case("oldest2", datum_valgrundad_misstanke=" 1990-01-01"), None),
    (
        case("older", datum_valgrundad_misstanke="1989-12-31"),
        ("datum_valgrundad_misstanke", "1989-12-31", "out_of_range"),
    ),
    (case("svf", svf="brist"), ("svf", "brist", "unknown_code")),
    (case("start", kva_start="VG950"), ("kva_start", "VG950", "unknown_code")),
    (case("end", kva_avslut="VG999"), ("kva_avslut", "VG999", "unknown_code")),
    (case("end2", kva_avslut=""), ("kva_avslut", "", "missing_value")),
    (case("end3", datum_avslut="-"), ("datum_avslut", "-", "missing_value")),
    (case("sex", kon="X"), ("kon", "X", "unknown_code")),
    (case("age", alder="-1"), ("alder", "-1", "out_of_range")),
    (case("age2", alder="126"), ("alder", "126", "out_of_range")),
    (case("yes", utokad_utredning="jo"), ("utokad_utredning", "jo", "unknown_code")),
    (case("dev", avvikelse="SoV"), ("avvikelse", "SoV", "unknown_code")),
    (case("dev2", avvikelse="NULL"), ("avvikelse", "NULL", "unknown_code")),
    (case("start2", kva_start="10"), ("kva_start", "10", "unknown_code")),
    (case("end4", kva_avslut="NULL"), ("kva_avslut", "NULL", "unknown_code")),
    (case("end5", kva_avslut="Op 50"), ("kva_avslut", "Op 50", "unknown_code")),
    (case("end6", kva_avslut="vg950\u200b"), None),
    # dates in both forms, with and without a time
    (case("d1", datum_avslut="20260129"), None),
    (case("d2", datum_avslut="2026-01-29T08:15:00"), None),
    (case("d3", datum_avslut="2026-01-29 08:15"), None),
    # and one that says how far from UTC it is: a day in Sweden
    *(
        (case(f"u{place}", datum_avslut=written), None)
        for place, written in enumerate(ABROAD)
    ),
    *(
        (
            case(f"d-{number}", datum_avslut=written),
            ("datum_avslut", written, "not_a_date"),
        )
        for number, written in enumerate(
            (
                "2026-02-30",
                "20260230",
                "2026-13-01",
                "2025-02-29",
                "29.1.26",
                "29/1",
                "29/13/2026",
                "260129",
                "46051",
                "2026-01-29x",
                "i går",
            )
        )
    ),
    # text that would be code elsewhere
    (case("'; DROP TABLE svf_fall; --"), None),
    (case('=HYPERLINK("http://x")'), None),
    (case("sql", svf="' OR 1=1 --"), ("svf", "' OR 1=1 --", "unknown_code")),
    (
        case("tokens", kon="UNK", alder="INV", avvikelse="-", utokad_utredning="MSK"),
        None,
    ),
]


def number(written: str, *, is_number: bool = True) -> tuple[Row, Rejected | None]:
    """A value between 0 and 100 000, or none; the period makes the row its own."""
    fault = ("varde", written, "not_a_number")
    return reported("lex_maria", "", varde=written), None if is_number else fault


NUMBERS = [
    *map(
        number,
        (
            "7",
            "7,5",
            "7.5",
            "+7",
            "007",
            "1 234",
            "1\u00a0234",
            "1\u202f234,5",
            "12 345",
        ),
    ),
    *(
        number(one, is_number=False)
        for one in (
            *(
                "1.234,5",
                "1,234.5",
                "²",
                "1e5",
                "1E5",
                "0x1F",
                "inf",
                "nan",
                "7,",
                ",7",
            ),
            *("12 34", "1 2345", "7 %", "sju", "½", "٣", "1_000", "--7", "7-", "=1+1"),
            *("1.2.3", "1'234", "<5"),
        )
    ),
]

REPORTED: list[tuple[Row, Rejected | None]] = [
    (reported("my_care_plan", "2026Q1", taljare="3", namnare="9"), None),
    (
        reported("my_care_plan", "2026Q1", taljare="4", namnare="9"),
        ("indikator", "my_care_plan", "duplicate"),
    ),
    # the month lies inside a quarter that is there already
    (
        reported("my_care_plan", "2026-02", taljare="3", namnare="9"),
        ("period", "2026-02", "overlapping_period"),
    ),
    (reported("my_care_plan", "2026k2", taljare="3", namnare="9"), None),
    (
        reported("my_care_plan", "2026Q4", taljare="3", namnare="9"),
        None,
    ),
    (
        reported("my_care_plan", "2027Q1", taljare="3", namnare="9"),
        ("period", "2027Q1", "future_date"),
    ),
    *(
        (
            reported("my_care_plan", period, taljare="3", namnare="9"),
            ("period", period, "not_a_period"),
        )
        for period in (
            "2025Q5",
            "2025T4",
            "2025H3",
            "2025-13",
            "kv 5 2025",
            "25Q1",
            "2025-3",
        )
    ),
    (
        reported("no_such_thing", "2025Q1", varde="1"),
        ("indikator", "no_such_thing", "unknown_indicator"),
    ),
    (
        reported("svf_lead_time", "2025Q1", varde="1"),
        ("indikator", "svf_lead_time", "unknown_indicator"),
    ),
    (reported("my_care_plan", "2025Q1"), ("varde", "", "missing_value")),
    (
        reported("my_care_plan", "2025Q1", taljare="3"),
        ("varde", "", "missing_value"),
    ),
    (
        reported("my_care_plan", "2025Q1", taljare="10", namnare="9"),
        ("taljare", "10", "numerator_over_denominator"),
    ),
    (
        reported("my_care_plan", "2025Q1", taljare="-1", namnare="9"),
        ("taljare", "-1", "out_of_range"),
    ),
    (
        reported("my_care_plan", "2025Q1", varde="100,1"),
        ("varde", "100,1", "out_of_range"),
    ),
    (
        reported("my_care_plan", "2025Q1", taljare="3", namnare="9", varde="50"),
        ("varde", "50", "contradiction"),
    ),
    (reported("my_care_plan", "2025Q2", taljare="3", namnare="9", varde="33,3"), None),
    # closed on the last of 2024, so it can report that year and not 2026
    (
        reported("my_care_plan", "2024Q4", enhet_id=CLOSED, taljare="3", namnare="9"),
        None,
    ),
    (
        reported("my_care_plan", "2026Q1", enhet_id=CLOSED, taljare="3", namnare="9"),
        ("enhet_id", CLOSED, "unit_not_in_force"),
    ),
    (
        reported("my_care_plan", "2025Q4", enhet_id=LATER, taljare="3", namnare="9"),
        ("enhet_id", LATER, "unit_not_in_force"),
    ),
]

PROFESSIONS = (
    *("NULL", "na", " N/A ", "(null)", "NaN", ".", "?", "None", "–", "n.a."),
    "Nanny",
)
"""Of which the last alone is one; the others say in words that there is none."""
GAPS = (
    *(" ", "  ", ",", "; ", "|", "/", "\t", "\n", "\r\n", "\u00a0", "\u202f", "\u200b"),
    *("\u2028", "\ufeff", " / "),
)
"""What stands between codes in one cell."""

OTHERS: dict[str, list[tuple[Row, Rejected | None]]] = {
    "svf/svf_fall_lan.csv": [
        *((case(f"county{one}", lan=one), None) for one in ("8", "08", "10", "-", "")),
        *(
            (case(f"no county{one}", lan=one), ("lan", one, "unknown_code"))
            for one in ("Kalmar län", "NULL", "080", "H", ".")
        ),
    ],
    "lakemedel/kontakter.csv": [
        (contact("a"), None),
        (contact("a"), ("kontakt_id", "a", "duplicate")),
        (contact("b", datum="2026-11-02"), ("datum", "2026-11-02", "future_date")),
        (contact("c", datum=""), ("datum", "", "missing_value")),
        (contact("d", vardform="dagvård"), ("vardform", "dagvård", "unknown_code")),
        (contact("e", alder="sjuttio"), ("alder", "sjuttio", "not_a_number")),
        (
            contact("f", antal_lakemedel="4,5"),
            ("antal_lakemedel", "4,5", "not_a_number"),
        ),
        (contact("g", alder="75,0"), None),
        (contact("h", alder=""), ("alder", "", "missing_value")),
        (contact("i", alder="MSK"), ("alder", "MSK", "missing_value")),
        *(
            (contact(f"code{place}", kva_kod=written), None)
            for place, written in enumerate(
                (
                    *("XV015", "xv015", " XV015 ", "QV012", "XV015\u200b"),
                    *(f"XV015{gap}XV016" for gap in GAPS),
                )
            )
        ),
        *(
            (
                contact(f"no code{place}", kva_kod=written),
                ("kva_kod", written, "unknown_code"),
            )
            for place, written in enumerate(
                ("NULL", "NA", ".", "Ja", "XV15", "XV0155", "XV015 Ja", "XV 015")
            )
        ),
        (contact("empty", kva_kod="-"), None),
        (contact("NULL"), ("kontakt_id", "NULL", "missing_value")),
        (contact("–"), ("kontakt_id", "–", "missing_value")),
        # an error as LibreOffice writes it
        (contact("Err:502"), ("kontakt_id", "Err:502", "cell_error")),
        (
            contact("j", lakemedelslista="Fel:522"),
            ("lakemedelslista", "Fel:522", "cell_error"),
        ),
    ],
    "bhk/bhk.csv": [
        (observation("11--1111"), None),
        (observation("-1111111"), ("h1", "NA", "unknown_code")),
        (observation("1111-111"), ("k1", "NA", "unknown_code")),
        (observation() | {"h3": "2"}, ("h3", "2", "unknown_code")),
        (observation() | {"h4": ""}, ("h4", "", "missing_value")),
        (observation(matdatum="x"), ("matdatum", "x", "not_a_date")),
        *((observation(yrkeskategori=one), None) for one in PROFESSIONS),
    ],
    "ppm/ppm.csv": [
        (prevalence("9", "9"), None),
        (prevalence("9", "8"), ("enhet_id", CLINIC, "duplicate")),
        (
            prevalence("9", "10", matdatum="2026-01-01"),
            ("antal_uppfyller", "10", "numerator_over_denominator"),
        ),
        (
            prevalence("-9", "0", matdatum="2026-01-02"),
            ("antal_observerade", "-9", "out_of_range"),
        ),
        (
            prevalence("9", "", matdatum="2026-01-03"),
            ("antal_uppfyller", "", "missing_value"),
        ),
        (prevalence("9", "1", matning="sår"), ("matning", "sår", "unknown_code")),
    ],
    "prem/prem.csv": [
        (prem("2026Q1", "30", "100"), None),
        (prem("2026-03", "30", "100"), ("period", "2026-03", "overlapping_period")),
        (prem("2026-03", "30", "80", svf="brost"), None),
        (prem("2025Q1", "30", "100,1"), ("poang", "100,1", "out_of_range")),
        (prem("2025Q1", "30", ""), ("poang", "", "missing_value")),
        (prem("2025Q1", "30", "80", enkat="tand"), ("enkat", "tand", "unknown_code")),
        (prem("2025Q1", "30", "80", dimension="x"), ("dimension", "x", "unknown_code")),
    ],
    "svf/svf_inklusion.csv": [
        (inclusion("2026Q1", "9", "10"), None),
        (inclusion("2026", "9", "10", svf="brost"), None),
        (
            inclusion("2026Q2", "-9", "10"),
            ("antal_svf_behandling", "-9", "out_of_range"),
        ),
        (
            inclusion("2026Q2", "9", "UNK"),
            ("beraknat_antal_cancerfall", "UNK", "missing_value"),
        ),
    ],
    "svf/ledtider.csv": [
        (maximum("brost", "kirurgi", "28", giltig_till="2026-06-30"), None),
        (
            maximum("brost", "kirurgi", "20", giltig_fran="2026-06-30"),
            ("giltig_fran", "2026-06-30", "overlapping_period"),
        ),
        (maximum("lunga", "operation", "28"), ("avslut", "operation", "unknown_code")),
        (maximum("lunga", "kirurgi", "tio"), ("max_dagar", "tio", "not_a_number")),
        (
            maximum("lunga", "kirurgi", "9", giltig_till="2014-12-31"),
            ("giltig_till", "2014-12-31", "period_backwards"),
        ),
    ],
}


def register() -> list[Row]:
    return [
        *tree(),
        unit(CLOSED, "klinik", REGION, giltig_till="2024-12-31"),
        unit(LATER, "klinik", REGION, giltig_fran="2026-11-01"),
    ]


def numbered() -> list[tuple[Row, Rejected | None]]:
    """Give every number a month of its own, back from October 2026."""
    given = []
    for place, (row, fault) in enumerate(NUMBERS):
        year, month = divmod(2026 * 12 + 9 - place, 12)
        given.append((row | {"period": f"{year}-{month + 1:02}"}, fault))
    return given


FILES = {
    "svf/svf_fall.csv": SVF,
    "matningar/numbers.csv": numbered(),
    "b/matningar/reported.csv": REPORTED,
    **OTHERS,
}


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    sources = Sources(tmp_path_factory.mktemp("bad"), register())
    for name, rows in FILES.items():
        sources.write(name, [row for row, _ in rows])
    return sources.build()


@pytest.mark.parametrize("file", FILES)
def test_each_row_is_a_fact_or_a_rejection_with_its_reason(built, file):
    rows = FILES[file]
    expected = [
        (place, *fault) for place, (_, fault) in enumerate(rows, start=2) if fault
    ]
    assert built.rejections(file) == expected
    assert built.load(file) == (len(rows), len(rows) - len(expected), len(expected))


def test_a_message_says_what_was_found_and_what_was_expected(built):
    told = built.messages("svf/svf_fall.csv")
    assert told[0] == "the same as row 2; expected it once"
    assert (
        "datum_avslut='2025-12-31': expected a day on or after"
        " datum_valgrundad_misstanke" in told
    )
    assert (
        f"enhet_id='{UNKNOWN}': expected a unit in enheter/enheter*.csv; add it there"
        in told
    )


def test_every_fault_of_a_row_is_named_not_only_the_first(tmp_path):
    sources = Sources(tmp_path)
    sources.write("svf/svf_fall.csv", [case("a", svf="x", kon="Y", enhet_id=UNKNOWN)])
    [told] = sources.build().messages("svf/svf_fall.csv")
    for part in ("svf='x'", "kon='Y'", f"enhet_id='{UNKNOWN}'"):
        assert part in told


def test_the_numbers_that_were_read_are_right(built):
    found = built.rows(
        "SELECT taljare FROM matningar JOIN load USING (load_id)"
        " WHERE file = 'matningar/numbers.csv' ORDER BY row_number"
    )
    assert [one for (one,) in found] == [7, 7.5, 7.5, 7, 7, 1234, 1234, 1234.5, 12345]


def test_codes_are_told_apart_whatever_stands_between_them(built):
    found = built.rows(
        "SELECT kva_kod, count(*) FROM kontakter WHERE kontakt_id LIKE 'code%'"
        " GROUP BY ALL ORDER BY 1"
    )
    assert found == [("QV012", 1), ("XV015", 4), ("XV015 XV016", len(GAPS))]


def test_a_word_for_no_value_is_no_profession(built):
    found = built.rows(
        "SELECT yrkeskategori, count(*) FROM bhk WHERE yrkeskategori IS DISTINCT FROM"
        " 'sjukskoterska' GROUP BY ALL ORDER BY 1"
    )
    assert found == [("nanny", 1), (None, len(PROFESSIONS) - 1)]


def test_a_county_is_the_same_with_and_without_its_first_zero(built):
    found = built.rows(
        "SELECT lan, count(*) FROM svf_fall WHERE fall_id LIKE 'county%' GROUP BY ALL"
        " ORDER BY 1"
    )
    assert found == [("08", 2), ("10", 1), (None, 2)]


def test_a_time_of_day_is_cut_off(built):
    found = built.rows(
        "SELECT fall_id, CAST(datum_avslut AS VARCHAR) FROM svf_fall"
        " WHERE fall_id IN ('d1', 'd2', 'd3') ORDER BY 1"
    )
    assert found == [(one, "2026-01-29") for one in ("d1", "d2", "d3")]


def test_a_time_abroad_is_the_day_in_sweden(built):
    found = built.rows(
        "SELECT CAST(datum_avslut AS VARCHAR) FROM svf_fall WHERE fall_id LIKE 'u_'"
        " ORDER BY fall_id"
    )
    assert [day for (day,) in found] == list(ABROAD.values())


def test_counts_with_three_decimals_are_told(tmp_path):
    sources = Sources(tmp_path)
    measured = {"taljare": "1,234", "namnare": "2.345"}
    sources.write(
        "matningar/m.csv",
        [
            reported("my_care_plan", "2026Q1", **measured),
            reported("my_care_plan", "2026Q2", varde="83,123"),
            reported("my_care_plan", "2026Q3", taljare="1,5", namnare="2,25"),
        ],
    )
    sources.write(
        "ppm/ppm.csv",
        [prevalence("20", "3"), prevalence("1.000", "0", matdatum="2026-04-01")],
    )
    sources.write("svf/svf_inklusion.csv", [inclusion("2026Q1", "1.234", "1234")])
    built = sources.build()
    found = built.rows(
        "SELECT message, count FROM finding WHERE \"check\" = 'fractional_count'"
        " ORDER BY message"
    )
    assert [(message.partition(":")[0], message[-5:], n) for message, n in found] == [
        ("matningar/m.csv", "row 2", 1),
        ("ppm/ppm.csv", "row 3", 1),
        ("svf/svf_inklusion.csv", "row 2", 1),
    ]


def test_text_that_looks_like_code_is_kept_as_it_stands(built):
    found = built.rows(
        "SELECT fall_id FROM svf_fall WHERE fall_id LIKE '%DROP%' OR fall_id LIKE '=%'"
        " ORDER BY 1"
    )
    assert found == [("'; DROP TABLE svf_fall; --",), ('=HYPERLINK("http://x")',)]


def test_facts_and_rejections_are_the_rows_of_every_file(built):
    for _, rows, facts, rejections in built.rows(
        "SELECT file, rows, facts, rejections FROM load"
    ):
        assert rows == facts + rejections


# Units


def test_faults_of_units_are_rejections(tmp_path):
    rows = [
        *tree(),
        unit("klinik 7", "klinik", REGION),
        unit("SE2321000081-TEST31", "enhet", REGION),
        unit("SE2321000081-TEST32", "klinik"),
        unit("SE2321000081-TEST33", "klinik", "SE2321000081-TEST33"),
        unit(
            "SE2321000081-TEST34",
            "klinik",
            REGION,
            giltig_fran="2026-01-01",
            giltig_till="2025-12-31",
        ),
        unit("SE2321000081-TEST35", "klinik", REGION, giltig_till="2025-12-31"),
        unit("SE2321000081-TEST35", "klinik", REGION, giltig_fran="2025-12-31"),
        unit("SE2321000081-TEST36", "klinik", REGION, kolada_id="10"),
        unit(CLINIC, "klinik", REGION),
        # a municipality, and a sign that nobody sees
        unit("SE2321000081-TEST37", "klinik", REGION, kolada_id="1080"),
        unit("SE2321000081-\u200bTEST38", "klinik", REGION),
    ]
    built = Sources(tmp_path, rows).build()
    assert [one[1:] for one in built.rejections("enheter/enheter.csv")] == [
        ("enhet_id", "klinik 7", "not_a_unit_id"),
        ("typ", "enhet", "unknown_code"),
        ("overordnad", "", "missing_value"),
        ("overordnad", "SE2321000081-TEST33", "own_parent"),
        ("giltig_till", "2025-12-31", "period_backwards"),
        ("giltig_fran", "2025-12-31", "overlapping_period"),
        ("kolada_id", "10", "not_a_kolada_id"),
        ("enhet_id", CLINIC, "duplicate"),
        ("kolada_id", "1080", "not_a_region"),
        ("enhet_id", "SE2321000081-\u200bTEST38", "not_a_unit_id"),
    ]
    assert built.load("enheter/enheter.csv") == (17, 7, 10)
    assert built.messages("enheter/enheter.csv")[-1].startswith(
        "enhet_id='SE2321000081-(sign without width)TEST38': expected an HSA-id"
    )


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"overordnad": UNKNOWN}, f"overordnad='{UNKNOWN}' is not a unit"),
        ({"ersatt_av": UNKNOWN}, f"ersatt_av='{UNKNOWN}' is not a unit"),
        ({"overordnad": SECOND_CLINIC}, "no way up to a region"),
    ],
)
def test_units_that_do_not_hang_together_refuse_the_build(tmp_path, changes, said):
    rows = tree()
    rows[3] |= changes
    rows[4] |= {"overordnad": CLINIC}
    with pytest.raises(MalbildError, match=said):
        Sources(tmp_path, rows).build()


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"kolada_id": "10"}, "kolada_id='10': expected four digits such as 0010"),
        ({"overordnad": "NULL"}, "overordnad='NULL': expected an HSA-id"),
        ({"typ": "Region/LT"}, "typ='Region/LT': expected one of region, "),
        ({"namn": "n/a"}, "namn='n/a': expected a value"),
    ],
)
def test_a_rejected_unit_tells_why_the_units_below_it_have_none(
    tmp_path, changes, said
):
    rows = tree()
    rows[0] |= changes
    with pytest.raises(MalbildError) as caught:
        Sources(tmp_path, rows).build()
    assert caught.value.faults[0].startswith(f"enheter/enheter.csv: row 2: {said}")
    assert any("is not a unit in the register" in one for one in caught.value.faults)


# What should be seen before it does harm


def test_a_slip_in_the_century_is_no_fact_and_stretches_no_history(tmp_path):
    sources = Sources(tmp_path)
    sources.write(
        "lakemedel/kontakter.csv", [contact("a", datum="1726-01-05"), contact("b")]
    )
    started = time.perf_counter()
    built = sources.build()
    assert built.load("lakemedel/kontakter.csv") == (2, 1, 1)
    assert time.perf_counter() - started < 30


def test_a_number_beyond_all_counting_is_a_rejection_not_a_broken_build(tmp_path):
    sources = Sources(tmp_path)
    sources.write(
        "matningar/m.csv",
        [
            reported("lex_maria", "2026Q1", taljare="9" * 400),
            reported("my_care_plan", "2026Q1", taljare="1", namnare="9" * 400),
            reported("my_care_plan", "2026Q2", taljare="3", namnare="9"),
        ],
    )
    assert sources.build().load("matningar/m.csv") == (3, 1, 2)


def test_a_row_rejected_as_future_becomes_a_fact_when_its_day_has_come(tmp_path):
    sources = Sources(tmp_path)
    sources.write("svf/svf_fall.csv", [case("a"), case("b", datum_avslut="2026-11-05")])
    assert sources.build(date(2026, 11, 4)).load("svf/svf_fall.csv") == (2, 1, 1)
    assert sources.build(date(2026, 11, 5)).load("svf/svf_fall.csv") == (2, 2, 0)
