"""Errors of types are counted down, module by module."""

from tests.type_errors import ROOT, errors_by_module, faults, listed

REPORT = """\
app/charts.py:5: error: Name "a" is not defined  [name-defined]
app/charts.py:5: note: a note is no error
app/charts.py:9: error: Missing return statement  [return]
kpi/gap.py:2: error: Unused "type: ignore" comment  [unused-ignore]
Found 3 errors in 2 files (checked 10 source files)
"""


def test_errors_are_counted_by_module_and_notes_are_not():
    errors = errors_by_module(REPORT)
    assert {module: len(lines) for module, lines in errors.items()} == {
        "app/charts.py": 2,
        "kpi/gap.py": 1,
    }


def test_as_many_errors_as_are_listed_are_no_fault():
    errors = errors_by_module(REPORT)
    assert faults(errors, {"app/charts.py": 2, "kpi/gap.py": 1}) == []


def test_a_module_that_is_not_listed_has_no_errors():
    errors = errors_by_module(REPORT)
    assert faults(errors, {"app/charts.py": 2}) == [
        'kpi/gap.py:2: error: Unused "type: ignore" comment  [unused-ignore]',
        "kpi/gap.py: 1 errors, expected at most 0",
    ]


def test_a_number_never_rises():
    errors = errors_by_module(REPORT)
    assert faults(errors, {"app/charts.py": 1, "kpi/gap.py": 1})[-1] == (
        "app/charts.py: 2 errors, expected at most 1"
    )


def test_a_number_that_is_too_high_is_to_be_lowered():
    errors = errors_by_module(REPORT)
    assert faults(errors, {"app/charts.py": 3, "kpi/gap.py": 1}) == [
        "app/charts.py: 3 errors are listed in pyproject.toml; "
        'write "app/charts.py" = 2'
    ]


def test_a_module_that_is_clean_leaves_the_list():
    assert faults({}, {"kpi/gap.py": 1}) == [
        'kpi/gap.py: 1 errors are listed in pyproject.toml; take out "kpi/gap.py"'
    ]


def test_every_module_on_the_list_exists_and_has_errors():
    modules = listed()
    assert [name for name in modules if not (ROOT / name).is_file()] == []
    assert [name for name, number in modules.items() if number < 1] == []
