"""What is asked, what is guessed, and what is never repeated of a file."""

import csv
from contextlib import suppress
from datetime import date
from io import StringIO

import pytest
import yaml

from etl.__main__ import DONE, REFUSED, main
from etl.files.find import find_files
from etl.inspect.command import inspected
from etl.inspect.questions import shown
from etl.store.catalogue import load_catalogue
from kpi.errors import MalbildError
from tests.etl.mappings.test_mapped_files import named_tree
from tests.etl.rows import CLINIC, HOSPITAL, SHIPPED, Sources

PERSON = "19121212-1212"


@pytest.fixture
def sources(tmp_path):
    return Sources(tmp_path, named_tree())


@pytest.fixture
def inspect(sources, capsys):
    """Inspect a file; return the exit code, what was printed, and the mappings."""

    def of_file(path, *more):
        where = ["--sources", f"{sources.folder}", "--mappings", f"{sources.mappings}"]
        code = main(["inspect", f"{path}", *where, *more])
        printed = capsys.readouterr()
        drafts = "".join(
            file.read_text(encoding="utf-8")
            for file in sorted(sources.mappings.glob("*.yaml"))
        )
        return code, printed.out + printed.err, drafts

    return of_file


def entry_of(draft):
    return yaml.safe_load(draft)["files"][0]


def lines(rows):
    written = StringIO()
    csv.writer(written, delimiter=";").writerows(rows)
    return written.getvalue()


def test_the_register_is_shown_again_when_it_is_answered(sources, inspect):
    (sources.folder / "enheter/enheter.csv").unlink()
    rows = [
        ["HSA-id", "Enhetsnamn", "Enhetstyp", "Tillhör"],
        ["SE2321000081-R", "Region Norr", "Region", ""],
        ["SE2321000081-B", "Kirurgen", "Basenhet", "Region Norr"],
    ]
    path = sources.write("hsa/utdrag.csv", lines(rows))
    code, printed, draft = inspect(path)
    assert "1 questions" in printed
    sources.write_mapping("hsa", draft.replace("Basenhet: '?'", "Basenhet: klinik"))
    code, printed, _ = inspect(path)
    assert code == DONE
    assert "2 rows: 2 are taken in, 0 would be rejected" in printed


def test_a_dataset_that_is_none_is_refused_with_those_that_are(sources, inspect):
    path = sources.write("x/a.csv", lines([["Enhet", "Antal"], ["Kirurgen", "1"]]))
    code, printed, draft = inspect(path, "--dataset", "matning")
    assert (code, draft) == (REFUSED, "")
    assert "there is no dataset 'matning'; expected one of enheter, ledtider" in printed


def test_another_dataset_than_that_of_the_mapping_is_refused(sources, inspect):
    rows = [["Avdelning", "Antal", "Månad"], [CLINIC, "1", "2026-01"]]
    path = sources.write("x/a.csv", lines(rows))
    _, _, draft = inspect(path, "--dataset", "matningar")
    sources.write_mapping("x", draft.replace("'?'", "incident_reports"))
    code, printed, _ = inspect(path, "--dataset", "ppm")
    assert code == REFUSED
    assert "there is a mapping of the file already" in printed


def test_what_looks_like_nothing_is_not_drafted(sources, inspect):
    rows = [["Fordon", "Mil"], ["Volvo", "120"], ["Saab", "80"]]
    path = sources.write("bilar/a.csv", lines(rows))
    code, printed, draft = inspect(path)
    assert (code, draft) == (REFUSED, "")
    assert "it looks like no dataset" in printed
    code, _, draft = inspect(path, "--dataset", "matningar")
    assert code == DONE
    assert entry_of(draft)["dataset"] == "matningar"


def test_headings_in_two_rows_are_told(sources, inspect):
    rows = [
        ["Klinik", "jan-26", "", "feb-26", ""],
        ["", "Åter", "Ut", "Åter", "Ut"],
        ["Kirurgkliniken", 1, 10, 2, 12],
    ]
    path = sources.write_workbook("x/a.xlsx", [rows[1], *rows[2:]])
    code, printed, draft = inspect(path, "--dataset", "matningar")
    assert (code, draft) == (REFUSED, "")
    assert "the headings Åter, Ut stand several times" in printed


def test_headings_with_line_breaks_stay_in_their_comment(sources, inspect):
    rows = [
        ["Mät\ndatum: x", "Avdelning", "Antal\npatienter", "Ort\nfiles: [] # '?'"],
        [20260318, "Kirurgkliniken", 20, 2],
    ]
    path = sources.write_workbook("ppm/ppm.xlsx", rows)
    code, _, draft = inspect(path, "--dataset", "ppm")
    assert code == DONE
    assert set(yaml.safe_load(draft)) == {"files"}
    assert "Ort files: [] # '?'" in draft
    assert entry_of(draft)["columns"]["antal_observerade"] == "Antal\npatienter"


def test_a_heading_that_is_a_question_is_no_open_one(sources, inspect):
    rows = [["Nr", "Avdelning", "Datum", "Typ?"], ["1", CLINIC, "2026-01-02", "fall"]]
    path = sources.write("synergi/avvikelser.csv", lines(rows))
    _, printed, draft = inspect(path, "--dataset", "matningar")
    asked = [line for line in draft.splitlines() if "'?'" in line.partition("#")[0]]
    assert f"{len(asked)} questions" in printed
    assert all("#" in line for line in asked)


def many(number, text):
    return [text.format(n) for n in range(number)]


@pytest.mark.parametrize(
    ("heading", "texts"),
    [
        # Many different, long, names, digits of a personnummer, about a patient.
        ("Händelsetyp", many(41, "Typ {}")),
        (
            "Händelsetyp",
            ["Föll på väg till köket och slog i huvudet mot " + "x" * 9] * 9,
        ),
        ("Händelsetyp", ["Anna Andersson", "Berg, Bo", "Eva-Lena Ek", "fall"]),
        ("Händelsetyp", ["fall", f"fall {PERSON}", "fall 191212121213"]),
        ("Typ av patient", ["AA", "BB"]),
    ],
)
def test_what_could_be_about_people_is_not_drafted(sources, inspect, heading, texts):
    rows = [["Nr", "Enhet", "Händelsedatum", heading]]
    rows += [[n, CLINIC, "2026-01-02", text] for n, text in enumerate(texts)]
    path = sources.write("synergi/avvikelser.csv", lines(rows))
    _, _, draft = inspect(path, "--dataset", "matningar")
    repeated = [text for text in {*texts} - {"fall"} if text in draft]
    assert repeated == []


def test_patients_in_a_column_of_units_are_not_drafted(sources, inspect):
    rows = [["Nr", "Enhet", "Händelsedatum"]]
    people = ["Anna Andersson", "Bo Berg", "Cecilia Ceder", "David Dal"]
    rows += [[n, name, "2026-01-02"] for n, name in enumerate(people)]
    path = sources.write("synergi/avvikelser.csv", lines(rows))
    _, printed, draft = inspect(path, "--dataset", "matningar")
    assert [name for name in people if name in draft] == []
    assert "4 texts under 'Enhet' are not listed" in printed


def test_columns_about_patients_are_not_shown(sources, inspect):
    rows = [["Nr", "Enhet", "Händelsedatum", "Patient", "Beskrivning"]]
    rows += [[1, CLINIC, "2026-01-02", "Anna Andersson", f"Patienten {'föll ' * 20}"]]
    path = sources.write("synergi/avvikelser.csv", lines(rows))
    _, printed, draft = inspect(path, "--dataset", "matningar")
    assert "Anna" not in printed + draft
    assert "Patienten" not in printed + draft


@pytest.mark.parametrize(
    ("name", "sheet", "heading"),
    [
        (f"lexmaria/{PERSON}.xlsx", "A", "Dag"),
        ("lexmaria/a.xlsx", PERSON, "Dag"),
        ("lexmaria/a.xlsx", "A", f"Dag {PERSON}"),
    ],
)
def test_a_personnummer_in_a_name_is_refused(sources, inspect, name, sheet, heading):
    rows = [["Sjukhus", heading], ["Lasarettet Norr", "2026-01-02"]]
    path = sources.write_workbook(name, {sheet: rows, "B": [["text"]]})
    code, printed, draft = inspect(path, "--dataset", "matningar")
    assert (code, draft) == (REFUSED, "")
    assert "name looks like a personnummer (not repeated here)" in printed
    if PERSON not in name:
        assert PERSON not in printed


def test_a_name_that_tells_the_time_is_no_pattern(sources, inspect):
    rows = [["Klinik", "jan", "feb"], ["Kirurgkliniken", "1", "2"]]
    path = sources.write("bred/fall 2026 v3.csv", lines(rows))
    _, _, draft = inspect(path, "--dataset", "matningar")
    entry = entry_of(draft)
    assert entry["pattern"] == "bred/fall 2026 v3.csv"
    assert [row["period"]["constant"] for row in entry["each_row"]] == [
        "jan 2026",
        "feb 2026",
    ]


def test_what_changes_from_file_to_file_is_left_open_in_the_pattern(sources, inspect):
    rows = [["Klinik", "Månad", "Antal"], ["Kirurgkliniken", "2026-01", "2"]]
    path = sources.write("x/avvikelser jan-sep 2026_1.csv", lines(rows))
    _, _, draft = inspect(path, "--dataset", "matningar")
    assert entry_of(draft)["pattern"] == "x/avvikelser *.csv"


def test_months_without_a_year_are_asked_about_each(sources, inspect):
    rows = [["Klinik", "jan", "feb"], ["Kirurgkliniken", "1", "2"]]
    path = sources.write("bred/fall.csv", lines(rows))
    _, printed, draft = inspect(path, "--dataset", "matningar")
    periods = [row["period"]["constant"] for row in entry_of(draft)["each_row"]]
    assert periods == ["?", "?"]
    assert "3 questions" in printed


def test_a_year_beside_its_months_is_their_sum(sources, inspect):
    rows = [["Klinik", "2026-01", "2026-02", "2026"], ["Kirurgkliniken", "1", "2", "3"]]
    path = sources.write("bred/fall.csv", lines(rows))
    _, printed, draft = inspect(path, "--dataset", "matningar")
    assert [row["taljare"] for row in entry_of(draft)["each_row"]] == [
        "2026-01",
        "2026-02",
    ]
    assert "not read: 2026" in printed


def test_two_columns_of_units_are_asked_about(sources, inspect):
    rows = [["Kontakt-id", "Remitterande enhet", "Utförande enhet", "Besöksdatum"]]
    rows += [["1", "Okänd ett", "Okänd två", "2026-01-02"]]
    path = sources.write("cosmic/kontakter.csv", lines(rows))
    _, printed, draft = inspect(path, "--dataset", "kontakter")
    assert entry_of(draft)["columns"]["enhet_id"] == "?"
    assert "which heading is enhet_id? Remitterande enhet, Utförande enhet" in printed


def test_a_mark_or_nothing_is_asked_about(sources, inspect):
    heads = ["Datum", "Avdelning", "Yrke", "Före", "Efter", "Handskar", "Förkläde"]
    heads += ["Arbetsdräkt", "Naglar", "Ringar", "Hår"]
    rows = [heads, ["2026-01-02", CLINIC, "ssk", *"XXXXXXXX"], ["2026-01-02", CLINIC]]
    path = sources.write("x/bhk.csv", lines(rows))
    _, _, draft = inspect(path)
    assert entry_of(draft)["columns"]["h1"] == {
        "heading": "Före",
        "values": {"X": "?", "": "?"},
    }
    assert "'': '?'  # what is an empty cell? 1, 0, NA" in draft


def test_sheets_called_after_units_tell_the_unit(sources, inspect):
    rows = [["Månad", "Antal"], ["2026-01", "2"]]
    path = sources.write_workbook(
        "x/a.xlsx", {"Kirurgkliniken": rows, "Lasarettet Norr": rows}
    )
    _, _, draft = inspect(path, "--dataset", "matningar")
    assert entry_of(draft)["columns"]["enhet_id"] == {"sheet": True}


def test_names_of_indicators_are_asked_about(sources, inspect):
    rows = [["Nyckeltal", "Klinik", "Månad", "Antal"]]
    rows += [["Avvikelserapporter", "Kirurgkliniken", "2026-01", "2"]]
    path = sources.write("x/a.csv", lines(rows))
    _, printed, draft = inspect(path)
    assert entry_of(draft)["columns"]["indikator"]["values"] == {
        "Avvikelserapporter": "?"
    }
    assert "which indicator is 'Avvikelserapporter'?" in printed


def test_a_unit_is_known_by_its_words_in_any_order(sources, inspect):
    rows = [["Klinik", "Månad", "Antal"], ["Norr lasarettet", "2026-01", "2"]]
    path = sources.write("x/a.csv", lines(rows))
    _, printed, _ = inspect(path, "--dataset", "matningar")
    assert f"perhaps {HOSPITAL}, Lasarettet Norr" in printed


def test_units_whose_names_begin_like_a_sum_are_rows(sources, inspect):
    rows = [["Klinik", "Månad", "Antal"], ["Medelpads vårdcentral", "2026-01", "2"]]
    rows += [["Källared", "2026-01", "2"], ["Summa", "", "4"], ["", "Totalt", "4"]]
    path = sources.write("x/a.csv", lines(rows))
    _, _, draft = inspect(path, "--dataset", "matningar")
    entry = entry_of(draft)
    assert entry["ignore"] == ["Summa", "Totalt"]
    assert [*entry["units"]] == ["Medelpads vårdcentral", "Källared"]


def test_what_is_not_read_is_told(sources, inspect):
    rows = [
        ["Klinik", "Månad", "Antal", "Färg"],
        ["Kirurgkliniken", "2026-01", "2", "röd"],
    ]
    path = sources.write_workbook("x/a.xlsx", {"A": rows, "Läs mig": [["text"]]})
    _, printed, _ = inspect(path, "--dataset", "matningar")
    assert "not read: Färg" in printed
    assert "without a column: slag, namnare, varde, kommentar" in printed
    assert "sheets without a table, or hidden: Läs mig" in printed


def test_rows_rejected_for_the_same_are_told_once(sources, inspect):
    rows = [["Klinik", "Månad", "Antal"], ["Summa", "", "9"]]
    rows += [["Kirurgkliniken", "2026-01", "2"], *[["Okänd", "2026-01", "2"]] * 30]
    path = sources.write("x/a.csv", lines(rows))
    sources.write_mapping(
        "x",
        """
        files:
          - pattern: x/a.csv
            dataset: matningar
            ignore: Summa
            columns:
              indikator: {constant: incident_reports}
              enhet_id: Klinik
              period: Månad
              taljare: Antal
        """,
    )
    _, printed, _ = inspect(path)
    assert "31 rows: 1 are taken in, 30 would be rejected" in printed
    assert "to be known: 1 rows were left out, as `ignore`" in printed
    assert printed.count("'Okänd'") == 1
    assert "(and 29 rows like it)" in printed


@pytest.mark.parametrize("heading", ["ÄrendeID", "Avvikelsenr", "Ärende", "Nr"])
def test_rows_of_the_same_case_are_known_by_its_number(sources, inspect, heading):
    rows = [[heading, "Enhet", "Händelsedatum"]]
    rows += [["A1", CLINIC, "2026-01-02"], ["A1", CLINIC, "2026-01-02"]]
    rows += [["A2", CLINIC, "2026-01-03"]]
    path = sources.write("synergi/avvikelser.csv", lines(rows))
    _, _, draft = inspect(path, "--dataset", "matningar")
    assert entry_of(draft)["cases"]["case"] == heading


def test_what_tells_cases_apart_is_asked_where_nothing_looks_so(sources, inspect):
    rows = [["Enhet", "Händelsedatum", "Färg"], [CLINIC, "2026-01-02", "röd"]]
    path = sources.write("synergi/avvikelser.csv", lines(rows))
    _, printed, draft = inspect(path, "--dataset", "matningar")
    assert entry_of(draft)["cases"] == {"case": "?", "zeros": "?"}
    assert "which heading tells cases apart? Färg" in printed
    sources.write_mapping(
        "synergi",
        draft.replace("constant: '?'", "constant: incident_reports").replace(
            "zeros: '?'", "zeros: true"
        ),
    )
    code, printed, _ = inspect(path)
    assert code == REFUSED
    assert "'?' is a question; put the heading there, or no line" in printed


def answered(sources, path, dataset, answers):
    """Return the draft of a file where a person is asked in a terminal."""
    catalogue = load_catalogue(
        SHIPPED, date(2026, 12, 1), mappings=sources.mappings, region=sources.region
    )
    asked = inspected(
        path,
        catalogue,
        find_files(sources.folder),
        sources=sources.folder,
        mappings=sources.mappings,
        as_of=date(2026, 12, 1),
        dataset=dataset,
        ask=lambda question, _: next(
            (answer for words, answer in answers.items() if words in question), ""
        ),
    )
    with suppress(MalbildError):
        list(asked)
    [mapping] = sources.mappings.glob("*.yaml")
    return entry_of(mapping.read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    ("answer", "zeros"),
    [
        *[("true", True), ("ja", True), ("J", True), ("True", True), ("yes", True)],
        *[("false", False), ("Nej", False), ("n", False), ("kanske", "?"), ("", "?")],
    ],
)
def test_yes_and_no_are_understood_and_nothing_else(sources, answer, zeros):
    rows = [["Nr", "Enhet", "Händelsedatum"], ["1", CLINIC, "2026-01-02"]]
    path = sources.write("synergi/avvikelser.csv", lines(rows))
    entry = answered(sources, path, "matningar", {"without a case": answer})
    assert entry["cases"]["zeros"] is zeros or entry["cases"]["zeros"] == zeros == "?"


def test_an_answer_may_be_what_stands_in_the_file(sources):
    rows = [["Avdelning", "Antal patienter", "Med trycksår"], [CLINIC, "20", "2"]]
    path = sources.write("ppm/ppm.csv", lines(rows))
    answers = {"matdatum": "{constant: 2026-03-18}", "matning": "trycksar"}
    entry = answered(sources, path, "ppm", answers)
    assert entry["columns"]["matdatum"] == {"constant": date(2026, 3, 18)}
    assert entry["columns"]["matning"] == {"constant": "trycksar"}


def test_several_counts_for_each_month_are_no_totals_of_all(sources, inspect):
    rows = [["Klinik", "Åter jan 2026", "Ut jan 2026", "Åter feb 2026", "Antal totalt"]]
    rows += [["Kirurgkliniken", 1, 10, 2, 3]]
    path = sources.write_workbook("x/a.xlsx", rows)
    _, printed, draft = inspect(path, "--dataset", "matningar")
    entry = entry_of(draft)
    assert {*entry["columns"]} == {"indikator", "enhet_id", "period"}
    assert "cases" not in entry
    assert (
        "Åter jan 2026, Ut jan 2026, Åter feb 2026 tell of several periods" in printed
    )


def test_two_numbers_of_cases_are_asked_about(sources, inspect):
    rows = [
        ["Nr", "ÄrendeID", "Enhet", "Händelsedatum"],
        ["1", "A", CLINIC, "2026-01-02"],
    ]
    path = sources.write("synergi/avvikelser.csv", lines(rows))
    _, _, draft = inspect(path, "--dataset", "matningar")
    assert entry_of(draft)["cases"]["case"] == "?"


def test_what_stands_in_a_question_is_one_line_of_signs_that_are_seen():
    assert shown(["a\x1b[31m\n b", "c" * 61]) == f"a [31m b, {'c' * 59}…"


def test_a_column_for_each_month_is_known_for_what_it_is(sources, inspect):
    rows = [["Verksamhet", "jan 2026", "feb 2026"], ["Okänd", "1", "2"]]
    path = sources.write("bred/bred.csv", lines(rows))
    code, _, draft = inspect(path)
    assert code == DONE
    assert entry_of(draft)["dataset"] == "matningar"
