from datetime import date

import pytest

from kpi.errors import DefinitionError
from kpi.yaml_lines import yaml_document


def read(folder, text):
    path = folder / "file.yaml"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return yaml_document(path)


def faults_of(folder, text):
    with pytest.raises(DefinitionError) as caught:
        read(folder, text)
    return [one.replace(f"{folder}/", "") for one in caught.value.faults]


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("no", "no"),
        ("yes", "yes"),
        ("on", "on"),
        ("NO", "NO"),
        ("010", "010"),
        ("0x1F", "0x1F"),
        ("12:30", "12:30"),
        ("1_000", "1_000"),
        ("1e3", "1e3"),
        (".5", ".5"),
        (".inf", ".inf"),
        ("83,4", "83,4"),
        ("True", "True"),
        ("true", True),
        ("false", False),
        ("12", 12),
        ("-3", -3),
        ("0", 0),
        ("83.4", 83.4),
        ("-0.5", -0.5),
        ("2026-03-31", date(2026, 3, 31)),
        ("2026-03", "2026-03"),
        ("null", None),
        ("~", None),
        ("", None),
        ('"12"', "12"),
        ("2026Q1", "2026Q1"),
    ],
)
def test_only_plain_forms_become_anything_but_text(tmp_path, written, value):
    found = read(tmp_path, f"key: {written}\n").value["key"]
    assert found == value
    assert type(found) is type(value)


def test_an_empty_file_holds_nothing(tmp_path):
    assert read(tmp_path, "").value is None
    assert read(tmp_path, "# only a comment\n").value is None


def test_every_value_knows_its_line(tmp_path):
    document = read(tmp_path, "a:\n  - x: 1\n    y: [2,\n      3]\nb: 4\n")
    assert document.line_of(("a",)) == 1
    assert document.line_of(("a", 0, "x")) == 2
    assert document.line_of(("a", 0, "y", 1)) == 4
    assert document.line_of(("b",)) == 5


def test_what_is_missing_has_the_line_of_what_it_is_missing_from(tmp_path):
    document = read(tmp_path, "a:\n  - x: 1\n")
    assert document.line_of(("a", 0, "y", "z")) == 2
    assert document.line_of(("c",)) == 1
    assert document.fault(("a", 0, "y"), "no").endswith("file.yaml:2: a.0.y: no")
    assert document.fault((), "no").endswith("file.yaml:1: (file): no")


def test_every_key_that_stands_twice_is_named_with_its_line(tmp_path):
    assert faults_of(tmp_path, "a: 1\nb:\n  - {c: 1, c: 2}\na: 3\n") == [
        "file.yaml:3: b.0.c: the key 'c' stands twice; keep one",
        "file.yaml:4: a: the key 'a' stands twice; keep one",
    ]


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("a: 1\nb: [1, 2\n", 3),
        ("a: 'x\n", 2),
        ("a: 1\n b: 2\n", 2),
        ("a: *nobody\n", 1),
        ("a: 1\n\tb: 2\n", 2),
        ("a: !!python/object:os.x {}\n", 1),
        ("a: 1\n---\nb: 2\n", 2),
    ],
)
def test_what_is_not_yaml_is_refused_with_its_line(tmp_path, text, line):
    (fault,) = faults_of(tmp_path, text)
    assert fault.startswith(f"file.yaml:{line}: not valid YAML: ")


@pytest.mark.parametrize("text", ["a: 1\nb: 2026-02-30\n", "a: 1\nb: 2026-13-01\n"])
def test_a_day_that_does_not_exist_is_refused_with_its_line(tmp_path, text):
    (fault,) = faults_of(tmp_path, text)
    assert fault.startswith("file.yaml:2: ")


@pytest.mark.parametrize(
    "text",
    [
        "a: \x01\n",
        "[a]: 1\n",
        "{[a, b]: 1}\n",
        "? {a: b}\n: 1\n",
        "a: &a [*a]\n",
    ],
)
def test_odd_yaml_is_refused_in_words_and_not_with_a_traceback(tmp_path, text):
    assert faults_of(tmp_path, text)


def test_a_file_that_is_missing_is_said_to_be(tmp_path):
    with pytest.raises(DefinitionError, match=r"gone\.yaml does not exist"):
        yaml_document(tmp_path / "gone.yaml")


def test_text_in_another_encoding_is_refused(tmp_path):
    (fault,) = faults_of(tmp_path, "namn: Målbild".encode("cp1252"))
    assert "file.yaml: expected UTF-8" in fault


def test_a_file_is_read_anew_when_its_text_has_changed(tmp_path):
    first = read(tmp_path, "a: 1")
    assert read(tmp_path, "a: 1") is first
    assert read(tmp_path, "\na: 2").value == {"a": 2}
    assert read(tmp_path, "\na: 2").line_of(("a",)) == 2
    assert read(tmp_path, "a: 1").value == {"a": 1}
