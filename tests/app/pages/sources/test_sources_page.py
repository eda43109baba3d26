from datetime import date, datetime

import pytest

from app.design import paging
from app.pages.sources import page as sources
from app.pages.sources.coverage import Cell, unit_coverage
from app.pages.sources.find import is_as_expected
from app.queries.loads import CoverageRow
from app.words import headings as words_headings
from app.words.language import speaking
from kpi import schema
from kpi.period import Period, month_number
from tests import builders as make
from tests.app import rows
from tests.app.reading import headings, hrefs, of_type, row_starting, table_rows, words
from tests.app.visiting import page_of

EARLIER = "b0000"


def rejection(row_number, **changes):
    fine = {
        "load_id": "a",
        "row_number": row_number,
        "column_name": "datum_avslut",
        "value": "2026-02-30",
        "reason": "not_a_date",
        "message": "datum_avslut='2026-02-30': expected a date such as 2026-03-31",
    }
    return fine | changes


def loss(kind, **changes):
    names = ("dataset", "producer", "file", "unit", "indicator", "period", "count")
    fine = dict.fromkeys((*names, "before", "now", "accepted"))
    more = {"build_id": make.BUILD, "kind": kind, "is_beyond": False, "message": "x"}
    return fine | more | changes


REJECTIONS = [
    rejection(20),
    rejection(21),
    rejection(
        22,
        column_name="fall_id",
        value="fall-hemlig",
        reason="duplicate",
        message="the same as row 4; expected it once",
    ),
    rejection(
        23,
        column_name="enhet_id",
        value="SE1",
        reason="not_a_unit_id",
        message="enhet_id='SE1': expected an HSA-id; alder='97x': expected a number",
    ),
]


@pytest.fixture(scope="module")
def filled(tmp_path_factory):
    folder = tmp_path_factory.mktemp("sources")
    earlier = datetime(2026, 8, 1, 6, 0)  # noqa: DTZ001
    builds = [
        make.build(),
        make.build(build_id=EARLIER, sequence=0, built_at=earlier),
    ]
    warehouse = make.warehouse(folder, builds=builds)
    rows.add(
        warehouse,
        schema.load,
        rows.load("a", extra_columns="handlaggare", rows=12, facts=8, rejections=4),
        rows.load("elsewhere", sequence=9),
    )
    rows.add(warehouse, schema.build_load, *rows.in_build("a"))
    rows.add(warehouse, schema.rejection, *REJECTIONS)
    rows.add(
        warehouse,
        schema.correction,
        *(
            {
                "load_id": "a",
                "row_number": number,
                "correction_id": "wrong_year",
                "column_name": column,
                "found": found,
                "corrected": "2026-03-01",
                "reason": "Fel år i exporten",
                "told": "SVF-samordningen 2026-04-02",
            }
            for number, column, found in (
                (30, "datum_avslut", "2062-03-01"),
                (31, "datum_avslut", "2062-03-01"),
                (32, "alder", "97"),
            )
        ),
    )
    rows.add(
        warehouse,
        schema.coverage,
        *(
            {
                "build_id": make.BUILD,
                "dataset": dataset,
                "unit": make.CLINIC,
                "first_month": month,
                "last_month": month,
                "facts": facts,
            }
            for dataset, written, facts in (
                ("svf_fall", "2022-02", 1200),
                ("svf_fall", "2022-03", 34),
                ("svf_fall", "2022-07", 5),
                ("bhk", "2022-03", 40),
                ("bhk", "2022-09", 41),
            )
            for month in [Period.parse(written).first]
        ),
    )
    rows.add(
        warehouse,
        schema.finding,
        {
            "build_id": make.BUILD,
            "check": "coverage_gap",
            "indicator": None,
            "unit": make.CLINIC,
            "period": "2022Q2",
            "count": None,
            "message": "svf_fall: no rows, though there are before and after",
        },
        {
            "build_id": make.BUILD,
            "check": "brand_new_check",
            "indicator": "svf_lead_time",
            "unit": None,
            "period": None,
            "count": 3,
            "message": "something nobody has put into words yet",
        },
    )
    rows.add(
        warehouse,
        schema.loss,
        loss("file_gone", file="bhk/bhk_2.csv", before=1200, now=0),
        loss("unit_silent", dataset="bhk", unit=make.CLINIC, before=40, now=0),
        loss(
            "values_moved",
            indicator="svf_lead_time",
            unit=make.CLINIC,
            period="2026Q2",
            count=3,
            before=8.75,
            now=56,
            is_beyond=True,
            accepted="Fel fil togs bort",
        ),
    )
    return warehouse


def page(warehouse, **params):
    return page_of(sources, warehouse, params)


def test_a_file_is_told_with_its_rows_facts_and_rejections(filled):
    found = row_starting(page(filled), "svf/a.csv")
    assert found[1:] == [
        "Vårdförlopp, fall",
        "2026-10-05 07:30",
        "2026-07-01 – 2026-09-30",
        "12",
        "8",
        "4",
    ]


def test_the_files_and_their_age_are_summed_up_in_a_sentence_each(filled):
    said = words(page(filled))
    assert "4 av 12 rader i 1 fil är avvisade." in said
    assert "Den datamängd som bedöms är så ny som väntat." in said


def test_replaced_rows_have_a_column_where_there_are_any(filled, tmp_path):
    assert "Ersatta" not in words(page(filled))
    shown = page(rows.warehouse(tmp_path))
    assert row_starting(shown, "svf/old.csv")[-1] == "1"
    assert row_starting(shown, "svf/a.csv")[-1] == "0"
    assert "Ersatta rader finns också i en nyare fil" in words(shown)


def test_a_build_is_chosen_by_when_it_was_made(filled):
    (choice, _) = of_type(page(filled), "Select")
    assert [words(one) for one in choice.children] == [
        f"2026-11-01 06:15 (senaste), {make.BUILD}",
        f"2026-08-01 06:00, {EARLIER}",
    ]


def test_a_file_outside_the_build_is_not_shown(filled):
    assert "elsewhere" not in words(page(filled))


def test_one_file_has_its_checksum_and_the_columns_that_were_ignored(filled):
    said = words(page(filled, load="a"))
    assert "Kolumner som inte används handlaggare" in said
    assert "0" * 64 in said
    assert "Storlek 2 kB" in said


def test_rejections_are_counted_by_reason_and_lead_to_their_rows(filled):
    shown = page(filled)
    assert row_starting(shown, "Inte ett datum") == [
        "Inte ett datum",
        "Vårdförlopp, fall",
        "1",
        "2",
    ]
    assert "2026-02-30" not in words(shown)
    [way] = [one for one in hrefs(shown) if "reason=not_a_date" in one]
    assert way.endswith("#lista")
    listed = words(page(filled, reason="not_a_date", dataset="svf_fall"))
    assert "svf/a.csv 20 datum_avslut 2026-02-30 Inte ett datum" in listed
    assert "Rad 1–2 av 2" in listed


def test_a_rejected_value_about_a_person_is_not_shown(filled):
    listed = words(page(filled, list="1"))
    assert "Visas inte: uppgiften gäller en person." in listed
    assert "Rad 1–4 av 4" in listed
    for secret in rows.SECRETS:
        assert secret not in listed


@pytest.mark.parametrize(
    "column",
    ["fall_id", "kontakt_id", "kon", "alder", "aldersgrupp", "lan", "kommentar"],
)
def test_nothing_about_a_person_is_shown_in_value_or_message(tmp_path, column):
    secret = f"{column}='hemlig': expected something else"
    made = make.warehouse(tmp_path)
    rows.add(made, schema.load, rows.load("a"))
    rows.add(made, schema.build_load, *rows.in_build("a"))
    rows.add(
        made,
        schema.rejection,
        rejection(20, column_name=column, value="hemlig", message=secret),
        rejection(21, message=secret),
    )
    listed = words(page(made, list="1"))
    assert "Rad 1–2 av 2" in listed
    assert "hemlig" not in listed


@pytest.mark.parametrize(
    ("written", "count", "shown"),
    [
        ("1", 0, (1, 0, 1)),
        ("2", 50, (1, 0, 1)),  # fifty rows are one page
        ("2", 51, (2, 50, 2)),
        ("3", 100, (2, 50, 2)),
        ("0", 100, (1, 0, 2)),
        ("²", 100, (1, 0, 2)),
        (None, 100, (1, 0, 2)),
    ],
)
def test_the_nearest_page_there_is_is_shown(written, count, shown):
    found = paging.page(written, count)
    assert (found.number, found.first, found.last_number) == shown


def test_corrections_say_what_was_mended_why_and_who_was_told(filled):
    corrected = section_named(page(filled), "Rättelser")
    every = table_rows(of_type(corrected, "Table")[0])
    assert every == [
        [
            "wrong_year",
            "svf/a.csv",
            "alder",
            "–",
            "–",
            "1",
            "Fel år i exporten",
            "SVF-samordningen 2026-04-02",
        ],
        [
            "wrong_year",
            "svf/a.csv",
            "datum_avslut",
            "2062-03-01",
            "2026-03-01",
            "2",
            "Fel år i exporten",
            "SVF-samordningen 2026-04-02",
        ],
    ]


def section_named(part, title):
    for one in of_type(part, "Section"):
        if words(one.children[0]) == title:
            return one
    raise AssertionError(f"no section {title!r}")


def test_coverage_marks_a_gap_with_symbol_and_word(filled):
    covered = section_named(page(filled), "Täckning")
    [row] = table_rows(of_type(covered, "Table")[0])
    # 1 200 + 34 in the first quarter, nothing in the second, 5 in the third
    assert row[:5] == [
        "Kirurgkliniken",
        "1 234",
        "✗ saknas",
        "5",
        "· ej rapporterat",
    ]


def test_a_dataset_that_does_not_exist_is_told_and_all_are_shown(filled):
    shown = page(filled, dataset="nope", list="1")
    assert "Datamängden finns inte. Alla visas." in words(shown)
    assert "Rad 1–4 av 4" in words(shown)
    for fine in ({}, {"dataset": "bhk"}, {"dataset": "kolada"}):
        assert "Datamängden finns inte" not in words(page(filled, **fine))


def test_coverage_has_help_beside_it(filled):
    covered = section_named(page(filled), "Täckning")
    assert "Hjälp: Har alla rapporterat?" in names_of_buttons(covered)


def names_of_buttons(part):
    return [str(getattr(one, "aria-label", "")) for one in of_type(part, "Button")]


def test_coverage_of_another_dataset_can_be_chosen(filled):
    covered = section_named(page(filled, dataset="bhk"), "Täckning")
    [row] = table_rows(of_type(covered, "Table")[0])
    # measured now and then: a quarter without is no gap
    assert row[1:4] == ["40", "· ej rapporterat", "41"]


def test_an_empty_quarter_is_a_gap_only_between_two_with_data():
    first = Period.parse("2026Q1")
    quarters = [first.shifted(number) for number in range(5)]
    facts = [CoverageRow("u", quarters[number].first, 7) for number in (1, 3)]
    [found] = unit_coverage("kontakter", quarters, ["v", "u"], facts)
    assert found.cells == (Cell.NOTHING, 7, Cell.GAP, 7, Cell.NOTHING)


def test_findings_are_in_swedish_and_a_new_check_is_not_lost(filled):
    shown = page(filled)
    gap = row_starting(shown, "Uppehåll i rapporteringen (Vårdförlopp, fall)")
    assert gap[2:4] == ["Kirurgkliniken", "kv 2 2022"]
    unworded = row_starting(shown, "something nobody has put into words yet")
    assert (unworded[1], unworded[4]) == ("Ledtid i vårdförlopp", "3")


def test_words_in_another_language_than_the_page_say_so(filled):
    shown = page(filled, list="1")
    english = [words(one) for one in of_type(shown, "Span") if is_in(one, "en")]
    assert "datum_avslut='2026-02-30': expected a date such as 2026-03-31" in english
    assert "something nobody has put into words yet" in english
    swedish = [words(one) for one in of_type(shown, "Span") if is_in(one, "sv")]
    assert "Fel år i exporten" in swedish


def is_in(part, code):
    return getattr(part, "lang", None) == code


def test_reasons_and_checks_are_told_in_english(filled):
    with speaking("en"):
        said = words(page(filled, list="1"))
    assert "Not a date datum_avslut='2026-02-30'" in said
    assert "Gap in the reporting (Cancer pathways, cases)" in said
    assert "Inte ett datum" not in said


def test_one_row_is_not_told_as_a_span():
    assert words_headings.page_of(1, 1, 1) == "Rad 1 av 1"
    assert words_headings.page_of(51, 60, 60) == "Rad 51–60 av 60"


def test_freshness_tells_how_far_a_dataset_reaches(filled):
    assert row_starting(page(filled), "Vårdförlopp, fall")[1:] == [
        "✓ Som väntat",
        "2026-10-05 07:30",
        "2026-07-01",
        "2026-09-30",
        "1",
        "8",
    ]


def test_a_source_is_as_new_as_the_last_period_that_was_over():
    september = month_number(date(2026, 9, 1))
    for day, months, expected in (
        (date(2026, 7, 1), 3, True),
        (date(2026, 6, 30), 3, False),
        (date(2026, 8, 31), 1, False),
        (date(2025, 1, 1), 12, True),
        (date(2024, 12, 31), 12, False),
    ):
        assert is_as_expected(day, september, months) is expected


def test_what_was_lost_since_the_build_before_is_told_with_why(filled):
    listed = section_named(page(filled), "Jämfört med förra bygget")
    clinic = "Kirurgkliniken"
    assert table_rows(of_type(listed, "Table")[0]) == [
        [
            "Värden har flyttat sig utanför sina intervall",
            *("", "Ledtid i vårdförlopp", clinic, "kv 2 2026", "3"),
            *("8,8 %", "56,0 %", "Fel fil togs bort"),
        ],
        [
            "Filen är borta",
            *("bhk/bhk_2.csv", "", "", "", "", "1 200", "0", "inom gränserna"),
        ],
        [
            "Enheten har inga rader kvar",
            *("Basala hygienrutiner och klädregler", "", clinic, "", ""),
            *("40", "0", "inom gränserna"),
        ],
    ]
    assert "bara om någon anger varför" in words(listed)
    with speaking("en"):
        listed = section_named(page(filled), "Compared with the build before")
        assert "The file is gone" in words(listed)


def test_every_build_is_listed_newest_first(filled):
    listed = section_named(page(filled), "Tidigare byggen")
    assert table_rows(of_type(listed, "Table")[0]) == [
        ["b0001", "2026-11-01 06:15", "2026-11-01", "september 2026", "visas nu"],
        ["b0000", "2026-08-01 06:00", "2026-11-01", "september 2026", "Visa"],
    ]
    assert "/underlag?build=b0000" in hrefs(listed)


def test_an_unknown_build_is_told_with_those_there_are(filled):
    shown = page(filled, build="b9999")
    assert headings(shown) == [("H1", "Bygget finns inte")]
    assert hrefs(shown) == ["/underlag?build=b0001", "/underlag?build=b0000"]


def test_an_empty_warehouse_says_so_in_every_part(tmp_path):
    said = words(page(make.warehouse(tmp_path)))
    for nothing in (
        "Inga filer har lästs in.",
        "Inga rader har avvisats.",
        "Inga rättelser har gjorts.",
        "Inga enheter har rapporterat till datamängden.",
        "Kontrollerna har inget att anmärka på.",
        "Inget har gått förlorat sedan bygget före.",
    ):
        assert nothing in said
