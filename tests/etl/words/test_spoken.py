"""What is printed is Swedish in a Swedish terminal, and else as it was written."""

import csv
import io
import re
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl import __main__ as command_line
from etl.__main__ import DONE, REFUSED, WRONG_CALL, main
from etl.commands import inspect_file
from etl.steps import Steps
from etl.words.catalogue import swedish
from etl.words.spoken import is_swedish, spoken, spoken_lines
from tests.etl.rows import AS_OF, SHIPPED, Sources, case, cases
from tests.etl.take.test_bad_input import FILES, register

ROOT = Path(__file__).parents[3]
SETTINGS = ("LC_ALL", "LC_MESSAGES", "LANG")


@pytest.fixture(autouse=True)
def _in_the_project(monkeypatch):
    monkeypatch.chdir(ROOT)


@pytest.fixture
def terminal(monkeypatch):
    """Sets what a terminal says of its language."""

    def set_to(**settings):
        for name in SETTINGS:
            monkeypatch.delenv(name, raising=False)
        for name, value in settings.items():
            monkeypatch.setenv(name, value)

    return set_to


@pytest.fixture
def in_swedish(terminal):
    terminal(LANG="sv_SE.UTF-8")


ENGLISH_TERMINALS = [{}, {"LANG": "C"}, {"LANG": "en_GB.UTF-8"}, {"LANG": ""}]


@pytest.mark.parametrize(
    ("settings", "expected"),
    [
        *((settings, False) for settings in ENGLISH_TERMINALS),
        ({"LANG": "sv_SE.UTF-8"}, True),
        ({"LANG": "sv"}, True),
        ({"LANG": "SV_FI"}, True),
        ({"LANG": "en_GB.UTF-8", "LC_MESSAGES": "sv_SE"}, True),
        ({"LANG": "sv_SE", "LC_MESSAGES": "en_GB"}, False),
        ({"LANG": "sv_SE", "LC_MESSAGES": "sv_SE", "LC_ALL": "C"}, False),
        ({"LANG": "en_GB", "LC_MESSAGES": "en_GB", "LC_ALL": "sv_SE"}, True),
        ({"LANG": "sv_SE", "LC_ALL": ""}, True),
    ],
)
def test_the_first_setting_that_is_there_says_the_language(
    terminal, settings, expected
):
    terminal(**settings)
    assert is_swedish() is expected


# Sentences


def test_a_sentence_is_known_by_its_shape_and_its_values_stay(in_swedish):
    line = "ppm/the row.csv:1: missing column antal; found a value, kon; "
    assert spoken(f"{line}add it to the export") == (
        "ppm/the row.csv:1: kolumnen antal saknas; hittade a value, kon; "
        "lägg till den i exporten"
    )


def test_all_faults_of_a_row_are_told_whatever_stands_in_its_cells(in_swedish):
    kon, alder, datum = "Kön -> kon='a value; the row: b'", "alder=''", "datum='3/4/26'"
    assert spoken(
        f"row 3: {kon}: expected one of K, M; {alder}: expected a value; the cell "
        f"holds an error; {datum}: expected a day since 1990 (no date in the file "
        "settles which is the day and which the month)"
    ) == (
        f"rad 3: {kon}: väntade något av K, M; {alder}: väntade ett värde; cellen "
        f"har ett fel; {datum}: väntade en dag från och med 1990 (inget datum i filen "
        "avgör vad som är dag och vad som är månad)"
    )


def test_the_longest_sentence_goes_first(in_swedish):
    whole = "the file is empty; export it again"
    assert spoken("the file is empty") == "filen är tom"
    assert spoken(whole) == "filen är tom; exportera den igen"
    a_value = "a value; this is how other programs write that there is none"
    assert spoken(f"x='-': expected {a_value}") == (
        "x='-': väntade ett värde; så här skriver andra program att det inte finns "
        "något"
    )


def test_a_value_may_hold_what_parts_the_sentence(in_swedish):
    value = "y': expected a whole number; z"
    assert spoken(f"x='{value}': expected a value") == f"x='{value}': väntade ett värde"


def test_a_sentence_may_end_with_several(in_swedish):
    assert spoken(
        "a.csv:1: missing column kon; found x; the column names stand on row 3, and "
        "the header must be row 1; remove the rows above it"
    ) == (
        "a.csv:1: kolumnen kon saknas; hittade x; kolumnnamnen står på rad 3, och "
        "rubrikraden ska vara rad 1; ta bort raderna ovanför"
    )


def test_what_stands_in_the_place_of_a_name_is_told(in_swedish):
    header = "expected, (not a name), kon"
    assert spoken(
        f"a.csv:1: missing column x; found {header}; mend m.yaml, or the export"
    ) == (
        "a.csv:1: kolumnen x saknas; hittade expected, (inget namn), kon; rätta m.yaml "
        "eller exporten"
    )


def test_codes_to_choose_from_are_never_lost(in_swedish):
    asked = "what is 'op'? oppen, sluten"
    assert spoken(asked) == "vad är 'op'? oppen, sluten"
    assert spoken(f"{asked} perhaps oppen") == "vad är 'op'? oppen, sluten kanske oppen"
    assert spoken("x: no pathway is 'b'; did you mean 'a'?") == (
        "x: okänt värde för vårdförlopp: 'b'; menades 'a'?"
    )


def test_a_row_is_placed_in_its_sheet_and_hides_what_is_of_a_person(in_swedish):
    place = "sheet 'Blad', row 7, column alder"
    assert spoken(f"a.xlsx: not_a_number 2; {place} (not repeated here)") == (
        "a.xlsx: 2 × inte ett tal; bladet 'Blad', rad 7, kolumnen alder "
        "(upprepas inte här)"
    )


@pytest.mark.parametrize(
    "line",
    [
        "",
        "svf/svf_fall.csv",
        "something new: that nobody has translated; and more",
        "Invalid Input Error: CSV, sniffing",
        "  row, sheet",
        "Kommentar: rows",
        "row over there",
        "a.csv: no_code 2; something new",
        "rad 3: redan på svenska",
    ],
)
def test_a_line_that_nobody_has_translated_is_told_as_it_is(in_swedish, line):
    assert spoken(line) == spoken_lines(line) == line


@given(st.text(alphabet=":;'(), ->\nabåRöw3{}", max_size=60))
def test_no_text_is_lost_or_breaks_it(text):
    words = swedish().read(f"svf='{text}': expected a whole number")
    assert words == f"svf='{text}': väntade ett heltal"


def test_a_row_at_fault_in_every_column_is_read_at_once(in_swedish):
    faults = "; ".join(f"c{n}='x': expected a whole number" for n in range(30))
    assert spoken(faults) == faults.replace(
        "expected a whole number", "väntade ett heltal"
    )
    assert len(swedish()._readings) < 1000


# What commands print


def build(sources, *more):
    return main(
        [
            "build",
            *("--sources", str(sources.folder)),
            *("--warehouse", str(sources.warehouse)),
            *("--as-of", "2026-11-01"),
            *more,
        ]
    )


def test_a_refused_file_is_told_in_swedish(in_swedish, tmp_path, capsys):
    sources = Sources(tmp_path)
    sources.write("svf/svf_fall.csv", b"")
    sources.write("bhk/bhk.csv", "matdatum;enhet_id\n")
    assert build(sources, "--quiet") == REFUSED
    lines = sorted(capsys.readouterr().err.splitlines())
    assert lines[0].startswith("bhk/bhk.csv:1: kolumnen yrkeskategori, h1, ")
    assert lines[0].endswith(
        "saknas; hittade matdatum, enhet_id; lägg till den i exporten"
    )
    assert lines[1:] == [
        "godtogs inte: 2 fel",
        "svf/svf_fall.csv: filen är tom; väntade en rubrikrad; exportera den igen",
    ]


def test_a_loss_says_in_swedish_how_to_publish_it(in_swedish, tmp_path, capsys):
    sources = Sources(tmp_path)
    sources.write("svf/svf_fall.csv", [*cases(3, 9, "2026-01-20"), case("a", svf="x")])
    assert build(sources, "--quiet") == REFUSED
    first, refused, how, command = capsys.readouterr().err.splitlines()
    assert first.startswith(
        "svf/svf_fall.csv: 1 av 4 rader avvisade (1 × okänd kod); rad 5: svf='x': "
        "väntade ett vårdförlopp i data/reference/svf.csv"
    )
    assert refused == "godtogs inte: 1 fel"
    assert how.startswith("ingenting har publicerats: bygget skulle förlora mer än")
    assert command.endswith('--accept "SKÄL"')


def test_a_summary_is_told_in_swedish_in_columns(in_swedish, tmp_path, capsys):
    sources = Sources(tmp_path)
    sources.write("svf/svf_fall.csv", [*cases(8, 10, "2026-01-20"), case("b", svf="y")])
    sources.write("svf/anteckning.txt", "fri text")
    assert build(sources) == DONE
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].split() == ["fil", "rader", "godkända", "avvisade"]
    at = next(n for n, line in enumerate(lines) if "filer" in line)
    assert {len(line) for line in lines[: at + 1]} == {len(lines[0])}
    assert "         1  okänd kod" in lines
    assert any(
        line.startswith("inte läst: svf/anteckning.txt: ingen dat") for line in lines
    )
    assert any(re.fullmatch(" +[0-9.]+  summera och bedöm", line) for line in lines)
    assert re.fullmatch(r"bygge \w+: publicerat \(3 nya filer\)", lines[-1])
    assert build(sources) == DONE
    assert "ingenting har ändrats; det fortsätter att gälla" in capsys.readouterr().out


def test_a_check_without_faults_says_so_in_swedish(in_swedish, capsys):
    assert main(["check"]) == DONE
    first, plans, *others = capsys.readouterr().out.splitlines()
    assert plans.startswith("planer som används: ")
    assert re.fullmatch(
        r"indicators.yaml: \d+ indikatorer, \d+ aktiviteter, \d+ rättelser: inga fel",
        first,
    )
    assert all(line.startswith("att känna till: ") for line in others)


@pytest.fixture
def export(tmp_path):
    sources = Sources(tmp_path)
    rows = "Enhet;Mätdag;Sort;Antal\nKlinik 34;2026-03-31;sår;3\n"
    return sources, sources.write("mat/uttag.csv", rows)


def inspected(sources, path):
    where = ["--sources", f"{sources.folder}", "--mappings", f"{sources.mappings}"]
    assert main(["inspect", f"{path}", "--dataset", "ppm", *where]) == DONE


def test_what_inspect_asks_is_in_swedish(in_swedish, export, capsys):
    inspected(*export)
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].endswith("uttag.csv: CSV, utf-8, ';' mellan cellerna")
    assert "rubriker på rad 1, 1 rader har setts igenom" in lines
    assert "den ser ut som" in lines
    asked = [line.partition(": ")[2] for line in lines if re.match(r"  \d+\. ", line)]
    assert "vilken enhet? dess id, eller ingen rad där dess rader inte ska med" in asked
    assert lines[-1].startswith("kör sedan `python -m etl inspect ")


def test_a_person_is_asked_in_swedish(in_swedish, monkeypatch, capsys):
    prompts = []
    monkeypatch.setattr("builtins.input", lambda prompt: prompts.append(prompt) or "2")
    question = "is 3/4/2024 the third of April? true or false"
    assert command_line._asked(question, ("true", "false")) == "false"
    assert capsys.readouterr().out.splitlines() == [
        "? är 3/4/2024 den tredje april? true eller false",
        "  1. true",
        "  2. false",
    ]
    assert prompts == ["  (retur lämnar det öppet) > "]


class Screen(io.StringIO):
    """A terminal, as far as a progress bar asks."""

    def isatty(self):
        return True


def test_progress_is_told_in_swedish_and_files_by_their_names(in_swedish, monkeypatch):
    screen = Screen()
    monkeypatch.setattr(sys, "stderr", screen)
    steps = Steps(10, is_quiet=False)
    with steps.reading("check", 5), steps.step("sum and judge"):
        pass
    steps.close()
    assert "check: " in screen.getvalue()
    assert "summera och bedöm: " in screen.getvalue()
    assert [*steps.seconds] == ["sum and judge"]


def test_the_library_is_loaded_for_swedish_alone():
    script = "import sys, etl.commands, etl.__main__; print('babel' in sys.modules)"
    call = [sys.executable, "-c", script]
    assert subprocess.check_output(call, text=True).strip() == "False"


def test_a_wrong_call_and_help_are_told_in_swedish(in_swedish, capsys):
    with pytest.raises(SystemExit) as left:
        main(["demo", "--units", "3"])
    assert left.value.code == WRONG_CALL
    faults = capsys.readouterr().err
    assert faults.startswith("användning: python -m etl demo [-h]")
    assert faults.endswith(
        "python -m etl demo: fel: argumentet --units: väntade 8 eller mer, fick 3\n"
    )
    with pytest.raises(SystemExit) as left:
        main(["--help"])
    assert left.value.code == DONE
    told = capsys.readouterr().out
    assert "-h, --help  visa den här hjälpen och avsluta" in told
    assert "build     källfiler -> publicerat datalager" in told


# Rows, all that tests have of bad ones


def test_every_rejected_row_is_told_in_swedish(tmp_path):
    sources = Sources(tmp_path, register())
    for name, rows in FILES.items():
        sources.write(name, [row for row, _ in rows])
    built = sources.build()
    messages = {message for name in FILES for message in built.messages(name)}
    assert len(messages) > 60
    words = {message: swedish().read(message) or "" for message in messages}
    english = re.compile(r"\b(expected|the|is|which|it|same|row|a|or|of|and)\b")
    left = {
        message: told
        for message, told in words.items()
        if not told or english.search(re.sub("'[^']*'", "", told))
    }
    assert left == {}


# What stays as it is


@pytest.mark.parametrize("settings", ENGLISH_TERMINALS)
def test_elsewhere_every_line_is_as_it_was_written(
    terminal, settings, export, tmp_path, capsys
):
    terminal(**settings)
    sources, path = export
    lines = inspect_file(
        path,
        sources=sources.folder,
        mappings=tmp_path / "other",
        as_of=AS_OF,
        dataset="ppm",
    )
    written = "\n".join(lines).replace(f"{tmp_path / 'other'}", f"{sources.mappings}")
    inspected(sources, path)
    assert capsys.readouterr().out == f"{written}\n"
    assert "which unit? its id, or no line where its rows are not wanted" in written
    assert spoken("refused: 2 faults") == "refused: 2 faults"


def test_files_are_the_same_in_every_terminal(terminal, export, tmp_path, capsys):
    sources, path = export
    sources.write("svf/svf_fall.csv", [case("b", svf="y"), case("c", kon="Z")])
    written = []
    for settings in ({"LANG": "C"}, {"LANG": "sv_SE.UTF-8"}):
        terminal(**settings)
        inspected(sources, path)
        [mapping] = sources.mappings.glob("*.yaml")
        target = tmp_path / "rejected.csv"
        call = ["check", "--definitions", str(SHIPPED), "--rejected", str(target)]
        assert main([*call, "--sources", str(sources.folder)]) == DONE
        written.append((mapping.read_bytes(), target.read_bytes()))
        mapping.unlink()
    assert written[0] == written[1]
    assert "ingenting har sparats" in capsys.readouterr().out
    with target.open(encoding="utf-8-sig", newline="") as reader:
        rows = list(csv.DictReader(reader, delimiter=";"))
    assert [row["reason"] for row in rows] == ["unknown_code", "unknown_code"]
    assert rows[0]["message"].startswith("svf='y': expected a pathway of data/")
