from datetime import date

import pytest

from app.pages.sources import codes
from app.pages.sources.lineage import page as lineage
from app.pages.sources.lineage.words import what_is_shown
from app.queries.behind import DETAILS, Question, behind
from app.queries.lineage import Sums, UnitSums, fact_rows, load_sums, sums, unit_sums
from app.queries.reader import open_reader
from app.words.language import speaking
from kpi import schema
from kpi.datasets import DATASETS
from kpi.period import Period
from tests import builders as make
from tests.app import rows
from tests.app.reading import headings, hrefs, of_type, row_starting, table_rows, words
from tests.app.visiting import page_of


@pytest.fixture(scope="module")
def filled(tmp_path_factory):
    return rows.warehouse(tmp_path_factory.mktemp("lineage"))


def page(warehouse, **changes):
    fine = {"indicator": "svf_lead_time", "unit": make.REGION, "period": "2026Q3"}
    return page_of(lineage, warehouse, fine | changes)


def question(unit=make.REGION, by="", by_value="", period="2026Q3", indicator=None):
    asked = indicator or make.indicator()
    return Question(asked, unit, Period.parse(period), by, by_value)


def section_words(part, title):
    for one in of_type(part, "Section"):
        if words(one.children[0]) == title:
            return one
    raise AssertionError(f"no section {title!r}")


def test_rows_add_up_to_the_outcome_worked_out_by_hand(filled):
    with open_reader(filled) as reader:
        for unit, numerator, denominator in (
            (make.REGION, 5, 8),
            (make.HOSPITAL, 5, 8),
            (make.CLINIC, 4, 6),
            (make.SECOND_CLINIC, 1, 2),
        ):
            found = sums(reader, behind(reader, question(unit)))
            assert (found.numerator, found.denominator) == (numerator, denominator)
            assert found.counted == denominator
            listed = fact_rows(
                reader,
                behind(reader, question(unit)),
                only_counted=True,
                first=0,
                most=50,
            )
            assert sum(one.numerator for one in listed) == numerator
            assert sum(one.denominator for one in listed) == denominator


def test_a_row_of_the_day_after_the_period_is_not_behind_it(tmp_path):
    later = rows.warehouse(tmp_path)
    days = (date(2026, 9, 30), date(2026, 10, 1))
    cases = [rows.case("a", 20 + at, datum=day) for at, day in enumerate(days)]
    rows.add(later, schema.FACTS["svf_fall"], *cases)
    with open_reader(later) as reader:
        found = sums(reader, behind(reader, question()))
    assert (found.numerator, found.denominator) == (6, 9)  # 5 of 8 and the first


def test_a_row_replaced_within_the_build_is_left_out_and_others_stay(filled):
    with open_reader(filled) as reader:
        found = fact_rows(
            reader, behind(reader, question()), only_counted=False, first=0, most=50
        )
    assert [(one.file, one.row_number) for one in found] == [
        ("svf/b.csv", 2),
        ("svf/b.csv", 3),
        *(("svf/a.csv", number) for number in (2, 3, 4, 5, 6, 7, 8)),
    ]


def test_units_and_files_share_out_the_same_rows(filled):
    with open_reader(filled) as reader:
        by_unit = unit_sums(reader, behind(reader, question()))
        by_file = load_sums(reader, behind(reader, question()))
    assert [(one.unit, one.sums.rows, one.sums.denominator) for one in by_unit] == [
        (make.CLINIC, 7, 6),
        (make.SECOND_CLINIC, 2, 2),
    ]
    assert [(one.file, one.sums.numerator) for one in by_file] == [
        ("svf/b.csv", 1),
        ("svf/a.csv", 4),
    ]


def test_the_page_shows_the_outcome_and_how_it_is_counted(filled):
    shown = page(filled)
    outcome = words(section_words(shown, "Utfallet"))
    assert "Utfall 62,5 %" in outcome
    assert "Täljare 5 Nämnare 8" in outcome
    assert "≥ 55 % (lokalt) · ≥ 80 % (nationellt)" in outcome
    how = words(section_words(shown, "Så här räknas det"))
    assert "Förlopp inom maximal ledtid" in how
    assert "Andelar räknas aldrig om till medelvärden" in how
    assert "Raderna summerar till 5 av 8, samma som utfallet." in words(shown)
    assert headings(shown)[0] == ("H1", "Ledtid i vårdförlopp")


def test_a_row_names_its_file_number_unit_day_and_whether_it_counts(filled):
    listed = section_words(page(filled, unit=make.CLINIC), "Rader bakom utfallet")
    (table,) = of_type(listed, "Table")
    first, *_, last = table_rows(table)
    assert first == [
        "svf/a.csv",
        "2",
        "Kirurgkliniken",
        "2026-08-03",
        "30",
        "Ja",
        "Ja",
    ]
    assert last[1] == "7"
    assert last[-3:] == ["51", "Nej", "Ja"]


def test_the_pathway_of_a_row_is_shown_only_where_all_rows_are_of_it(filled):
    # in a larger sum it would show the few cases of a rare pathway
    every = section_words(page(filled, unit=make.CLINIC), "Rader bakom utfallet")
    assert "Lunga" not in words(every)
    one = page(filled, by="svf", by_value="lunga")
    (table,) = of_type(section_words(one, "Rader bakom utfallet"), "Table")
    assert str(codes.DETAIL["svf"]) in words(table)
    assert str(codes.DETAIL["svf"]) not in words(every)


def test_rows_that_were_tried_but_not_counted_are_one_choice_away(filled):
    counted = page(filled, unit=make.CLINIC)
    assert "Visar Bara räknade rader (6) Alla rader som prövats (7)" in words(counted)
    [way] = [href for href in hrefs(counted) if "rows=all" in href]
    assert way.endswith("#rader")
    every = section_words(
        page(filled, unit=make.CLINIC, rows="all"), "Rader bakom utfallet"
    )
    assert table_rows(of_type(every, "Table")[0])[-1][-3:] == ["30", "Nej", "Nej"]


def test_a_unit_with_too_few_shows_no_numbers_and_no_rows_under_its_name(filled):
    shown = page(filled)
    assert row_starting(shown, "Kvinnokliniken") == [
        "Kvinnokliniken",
        "visas inte",
        "visas inte",
        "–",
        "< För få fall",
    ]
    listed = section_words(shown, "Rader bakom utfallet")
    assert "Kvinnokliniken" not in words(listed)
    hidden = [
        row for row in table_rows(of_type(listed, "Table")[0]) if "b.csv" in row[0]
    ]
    assert [row[1:] for row in hidden] == [
        [number, "Enhet som inte visas", *["visas inte"] * 4] for number in ("2", "3")
    ]


def test_of_a_total_beside_its_units_no_few_cases_can_be_worked_out(filled):
    shown = page(filled)
    assert row_starting(shown, "Kirurgkliniken")[1:4] == ["visas inte"] * 2 + ["–"]
    assert "döljs även den minsta enheten bredvid" in words(shown)
    assert "döljs även" not in words(page(filled, unit=make.CLINIC))


@pytest.mark.parametrize(
    ("sizes", "few", "hidden"),
    [
        ({"a": 20, "b": 9, "c": 2}, {"c"}, {"b", "c"}),
        ({"a": 20, "b": 9, "c": 2}, set(), {"b", "c"}),
        ({"a": 20, "b": 3, "c": 2}, {"b", "c"}, {"b", "c"}),
        ({"a": 20, "b": 9, "c": 8}, {"b"}, {"b", "c"}),
        ({"a": 20, "b": 9, "c": 0}, set(), set()),
        ({make.REGION: 2, "a": 20, "b": 9}, set(), set()),
    ],
)
def test_beside_a_hidden_unit_the_smallest_other_is_hidden_too(sizes, few, hidden):
    own = [make.outcome(unit=one, status="too_few") for one in few]
    units = [UnitSums(one, Sums(size, size, 0, 1, size)) for one, size in sizes.items()]
    whole = Sums(99, 99, 0, 50, 99)
    told = what_is_shown(question(), make.outcome(), whole, units, own)
    assert told.hidden_units == hidden


def test_a_file_with_too_few_rows_shows_no_sums(filled):
    files = section_words(page(filled), "Filer bakom utfallet")
    for row in table_rows(of_type(files, "Table")[0]):
        # a.csv too: what is left of the whole would be b.csv
        assert row[-2:] == ["visas inte", "visas inte"]


@pytest.mark.parametrize(
    "choice",
    [{"unit": make.SECOND_CLINIC}, {"by": "svf", "by_value": "brost"}],
)
def test_too_few_withholds_units_sums_and_rows_but_names_the_files(filled, choice):
    shown = page(filled, **choice)
    assert "för få fall för att visa antal och rader" in words(shown)
    files = section_words(shown, "Filer bakom utfallet")
    assert table_rows(of_type(files, "Table")[0]) == [
        ["svf/b.csv", "svf", "2026-10-05 07:30"]
    ]
    assert not of_type(section_words(shown, "Rader bakom utfallet"), "Table")
    assert "Enheter bakom utfallet" not in words(shown)
    assert "2026-08-03" not in words(shown)


def test_rows_are_not_shown_by_sex_or_age(filled):
    shown = page(filled, by="sex", by_value="K")
    listed = section_words(shown, "Rader bakom utfallet")
    assert "efter kön eller ålder" in words(listed)
    assert not of_type(listed, "Table")
    assert row_starting(shown, "Kirurgkliniken")[1:3] == ["visas inte"] * 2


def test_nothing_that_identifies_a_person_is_on_any_page(filled):
    for choice in ({}, {"rows": "all"}, {"by": "svf", "by_value": "lunga"}):
        said = words(page(filled, **choice))
        for secret in rows.SECRETS:
            assert secret not in said


def test_no_detail_is_a_column_about_a_person():
    personal = {"fall_id", "kontakt_id", "kon", "alder", "aldersgrupp", "lan"}
    assert set(DETAILS) == set(DATASETS)
    for columns in DETAILS.values():
        assert not personal & set(columns)


def test_from_a_unit_the_way_goes_on_to_its_own_rows(filled):
    shown = page(filled, unit=make.CLINIC)
    ways = [href for href in hrefs(shown) if href.startswith("/underlag/utfall")]
    assert any(f"unit={make.CLINIC}" in href for href in ways)


def test_an_earlier_build_is_kept_on_the_way(filled):
    shown = page(filled, build=make.BUILD)
    for way in hrefs(shown):
        if way.startswith("/underlag?") or way.startswith("/underlag/utfall?"):
            assert f"build={make.BUILD}" in way


def test_the_way_to_the_sources_leads_to_the_build_that_is_shown(filled):
    assert "/underlag" in hrefs(page(filled))
    assert f"/underlag?build={make.BUILD}" in hrefs(page(filled, build=make.BUILD))


@pytest.mark.parametrize(
    ("status", "reason", "note"),
    [
        ("not_measured", "not_measured", None),
        ("masked", "masked", None),
        ("not_reported", "never_reported", "Enheten har aldrig rapporterat."),
        ("not_reported", "no_cases", "Inga fall under perioden."),
    ],
)
def test_a_note_does_not_repeat_the_status(tmp_path, status, reason, note):
    outcome = make.hidden(status=status, reason=reason)
    shown = page(make.warehouse(tmp_path, [outcome]))
    told = dict(facts_of(section_words(shown, "Utfallet")))
    assert told.get("Anmärkning") == note


def facts_of(part):
    for one in of_type(part, "Dl"):
        for pair in one.children:
            name, content = pair.children
            yield words(name), words(content)


def test_the_page_speaks_english(filled):
    with speaking("en"):
        shown = page(filled)
        said = words(shown)
    assert headings(shown)[0] == ("H1", "Ledtid i vårdförlopp (en)")
    assert "The rows add up to 5 of 8, the same as the outcome." in said
    assert "Numerator Förlopp inom maximal ledtid (en)" in said
    with speaking("en"):
        of_clinic = page(filled, unit=make.CLINIC)
        (table,) = of_type(section_words(of_clinic, "Rows behind the outcome"), "Table")
        assert table_rows(table)[0][-2:] == ["Yes", "Yes"]


def test_the_dimension_is_told(filled):
    shown = page(filled, by="svf", by_value="lunga")
    assert "Region Demo, kv 3 2026, vårdförlopp: Lunga" in words(shown)
    assert "5 av 7" in words(shown)


@pytest.mark.parametrize(
    "change",
    [
        {"indicator": "no_such"},
        {"unit": "SE2321000081-NO"},
        {"period": "2019Q1"},
        {"period": "kvartal"},
        {"by": "svf", "by_value": "no"},
        {"by": "nonsense"},
        {"build": "b9999"},
    ],
)
def test_what_does_not_exist_is_told_with_a_way_on(filled, change):
    shown = page(filled, **change)
    assert headings(shown) == [("H1", "Utfallet finns inte")]
    assert "/" in hrefs(shown)


@pytest.mark.parametrize("change", [{"period": "2019Q1"}, {"by": "nonsense"}])
def test_what_does_not_exist_leads_to_the_indicator_where_that_does(filled, change):
    shown = page(filled, **change)
    ways = {words(one): one.href for one in of_type(shown, "A")}
    assert ways["Ledtid i vårdförlopp, Region Demo"] == (
        f"/indikator/svf_lead_time?unit={make.REGION}"
    )
    assert ways["Till översikten"] == "/"


def test_rows_come_fifty_a_page(tmp_path):
    many = make.outcome(unit=make.CLINIC, numerator=60.0, denominator=60.0)
    filled = make.warehouse(tmp_path, [many])
    rows.add(filled, schema.load, rows.load("a"))
    rows.add(filled, schema.build_load, *rows.in_build("a"))
    rows.add(filled, schema.unit_path, *rows.PATHS)
    cases = [rows.case("a", number) for number in range(2, 62)]
    rows.add(filled, schema.FACTS["svf_fall"], *cases)
    first = page(filled, unit=make.CLINIC)
    assert "Rad 1–50 av 60" in words(first)
    [following] = [href for href in hrefs(first) if "page=2" in href]
    assert following.endswith("#rader")
    second = section_words(
        page(filled, unit=make.CLINIC, page="2"), "Rader bakom utfallet"
    )
    assert len(table_rows(of_type(second, "Table")[0])) == 10
    assert "Rad 51–60 av 60" in words(page(filled, unit=make.CLINIC, page="99"))
    assert "Rad 1–50 av 60" in words(page(filled, unit=make.CLINIC, page="²"))


def test_a_reported_measure_leads_to_its_rows(tmp_path):
    reported = make.indicator(
        id="appointed_nurse",
        measure={"dataset": "matningar"},
        breakdowns=[],
        minimum_denominator=1,
    )
    own = make.outcome(
        indicator="appointed_nurse", unit=make.CLINIC, numerator=9.0, denominator=12.0
    )
    filled = make.warehouse(tmp_path, [own], indicators=[reported])
    rows.add(filled, schema.load, rows.load("m", dataset="matningar"))
    rows.add(filled, schema.build_load, *rows.in_build("m"))
    rows.add(filled, schema.unit_path, *rows.PATHS)
    quarter = Period.parse("2026Q3")
    fact = {
        "load_id": "m",
        "indikator": "appointed_nurse",
        "kommentar": "Stina var sjuk",
        "enhet_id": make.CLINIC,
        "first_month": quarter.first,
        "last_month": quarter.last,
        "datum": quarter.last_day,
        "period": "2026Q3",
        "ar_maskerad": False,
        "ar_total": True,
        "varde": None,
    }
    rows.add(
        filled,
        schema.FACTS["matningar"],
        fact | {"row_number": 2, "taljare": 9.0, "namnare": 12.0},
        fact | {"row_number": 3, "taljare": 1.0, "namnare": 1.0, "indikator": "other"},
    )
    shown = page(filled, indicator="appointed_nurse", unit=make.CLINIC)
    listed = section_words(shown, "Rader bakom utfallet")
    assert table_rows(of_type(listed, "Table")[0]) == [
        ["svf/m.csv", "2", "Kirurgkliniken", "2026Q3", "9", "12"]
    ]
    assert "Stina" not in words(shown)


def test_a_rank_rests_on_every_regions_value(tmp_path):
    rank = make.outcome(
        indicator="prem_svf_rank",
        period="2025",
        numerator=None,
        denominator=3.0,
        value=2.0,
        lower=None,
        upper=None,
    )
    filled = make.warehouse(tmp_path, [rank])
    rows.add(filled, schema.load, rows.load("k", dataset="kolada", file="kolada/k.csv"))
    rows.add(filled, schema.build_load, *rows.in_build("k"))
    fact = {"load_id": "k", "kpi": "N79178", "year": 2025, "ar_maskerad": False}
    columns = set(schema.FACTS["kolada"].c.keys())
    facts = [
        {"kolada_region_id": code, "region": name, "value": value, "row_number": number}
        for number, (code, name, value) in enumerate(
            (
                ("0000", "Riket", 86.0),
                ("0010", "Blekinge", 84.7),
                ("0007", "Kronoberg", 85.2),
                ("0012", "Skåne", 80.0),
            ),
            start=2,
        )
    ]
    rows.add(
        filled,
        schema.FACTS["kolada"],
        *({k: v for k, v in (fact | one).items() if k in columns} for one in facts),
    )
    shown = page(filled, indicator="prem_svf_rank", period="2025")
    listed = section_words(shown, "Rader bakom utfallet")
    regions = [(row[2], row[4]) for row in table_rows(of_type(listed, "Table")[0])]
    assert regions == [("Blekinge", "84,7"), ("Kronoberg", "85,2"), ("Skåne", "80,0")]
    assert "alla regioners värden" in words(shown)
