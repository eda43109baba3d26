"""Who may import whom, how long a module may be, and what never stands in a file."""

import ast
import re
import subprocess
from functools import cache
from pathlib import Path

import pytest

from tests.lengths import LONGEST, longer_than

ROOT = Path(__file__).resolve().parent.parent
PACKAGES = ("kpi", "etl", "app")
KERNEL = {
    *("pydantic", "sqlalchemy", "yaml", "duckdb", "duckdb_sqlalchemy"),
    *("numpy", "scipy"),
}
MAY_IMPORT = {
    "kpi": KERNEL,
    "etl": {
        *("kpi", "pandas", "numpy", "python_calamine", "requests", "urllib3"),
        *("tqdm", "xlsxwriter", "pydantic", "sqlalchemy", "yaml", "babel"),
    },
    "app": {
        *("kpi", "dash", "plotly", "flask", "flask_compress", "werkzeug", "gunicorn"),
        *("sqlalchemy", "xlsxwriter", "pydantic", "babel", "markdown_it"),
    },
}
TOP_LEVEL = {
    *("app", "etl", "kpi", "data", "assets", "tests", "docs"),
    *("indicators.yaml", "pyproject.toml", "README.md", "Makefile"),
}


def standard_library():
    import sys

    return {*sys.stdlib_module_names, "__future__"}


def modules(package):
    return sorted((ROOT / package).rglob("*.py"))


def named(path):
    return path.relative_to(ROOT).as_posix()


ALL_MODULES = [path for package in PACKAGES for path in modules(package)]


@cache
def tree_of(path):
    return ast.parse(path.read_text(encoding="utf-8"))


def imports_of(path):
    """Return the top names a module imports, wherever in it the import stands."""
    found = set()
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.Import):
            found |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: import by the whole name"
            found.add((node.module or "").partition(".")[0])
    return found


@pytest.mark.parametrize("package", PACKAGES)
def test_a_package_imports_only_what_it_may(package):
    allowed = MAY_IMPORT[package] | {package} | standard_library()
    faults = {
        named(path): sorted(imports_of(path) - allowed)
        for path in modules(package)
        if imports_of(path) - allowed
    }
    assert faults == {}


@pytest.mark.parametrize(
    ("package", "other"),
    [("kpi", "etl"), ("kpi", "app"), ("etl", "app"), ("app", "etl"), ("kpi", "tests")],
)
def test_a_package_keeps_away_from_another(package, other):
    assert [named(p) for p in modules(package) if other in imports_of(p)] == []


def test_every_package_is_looked_at():
    assert all(len(modules(package)) > 10 for package in PACKAGES)


def test_no_module_is_longer_than_a_person_reads_at_once():
    assert longer_than(LONGEST) == {}


def test_a_module_is_named_after_its_subject():
    vague = re.compile(r"(utils?|helpers?|common|misc)")
    parts = {part for path in ALL_MODULES for part in path.relative_to(ROOT).parts}
    assert [one for one in parts if vague.fullmatch(one.removesuffix(".py"))] == []


# A floor holds rooms that do not import each other, and a room imports from every floor
# below its own. Above them stand `server` and `__main__`, below them `kpi`.
FLOORS = (
    {"site"},
    {"pages"},
    {"outcome"},
    {"design", "api"},
    {"queries", "web"},
    {"words", "address", "columns"},
)
MAY_LEAD_TO = {"server": {"site", "web"}, "__main__": {"server", "site"}}
MAY_LEAD_TO |= {
    room: set().union(*FLOORS[at + 1 :])
    for at, floor in enumerate(FLOORS)
    for room in floor
}


def app_modules_of(path):
    """Return the modules and packages of app that a module imports, by whole names."""
    found = set()
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {f"{node.module}.{alias.name}" for alias in node.names}
    return {name for name in found if name.partition(".")[0] == "app"}


def room_of(path):
    """Return the room that a module of app stands in; for one in none, its own name."""
    return path.relative_to(ROOT / "app").parts[0].removesuffix(".py")


def test_every_room_stands_on_a_floor():
    rooms = {room_of(path) for path in modules("app")} - {"__init__"}
    assert rooms == set(MAY_LEAD_TO)


def test_a_room_imports_only_from_the_floors_below():
    upwards = {
        (named(path), name)
        for path in modules("app")
        for name in app_modules_of(path)
        if (room := name.split(".")[1]) != room_of(path)
        and room not in MAY_LEAD_TO[room_of(path)]
    }
    assert upwards == set()


def test_no_subject_imports_from_another():
    pages = ROOT / "app" / "pages"
    subjects = {
        path.name for path in pages.iterdir() if (path / "__init__.py").exists()
    }
    assert len(subjects) > 10
    across = {
        (named(path), name)
        for subject in subjects
        for path in (pages / subject).rglob("*.py")
        for name in app_modules_of(path)
        if name.startswith("app.pages.") and name.split(".")[2] != subject
    }
    assert across == set()
    # Whatever stands beside the rooms would be a way around them.
    assert [path.name for path in pages.glob("*.py")] == ["__init__.py"]


def test_every_room_opens_with_a_sentence_that_says_what_it_holds():
    rooms = {path.parent for path in modules("app")}
    silent = []
    for room in sorted(rooms):
        face = room / "__init__.py"
        said = face.exists() and ast.get_docstring(ast.parse(face.read_text("utf-8")))
        if not said or not re.match(r"[A-Z`].{20,}[.:]", said.splitlines()[0]):
            silent.append(named(room))
    assert silent == []


# To how long the warehouse takes.
LISTENS = {"app/web/timing.py": {"Engine", "event"}}
# How one comes to a connection, and what one asks it.
SEES = {"connection", "connect", "raw_connection"}
ASKS = {"execute", "scalar", "scalars", "exec_driver_sql", "stream"}
OF_A_DATABASE = {"connection", "Connection", "Engine", "Session"}


def sqlalchemy_names_in(path):
    """Return what a module takes from SQLAlchemy."""
    return {
        alias.name
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.ImportFrom)
        and (node.module or "").partition(".")[0] == "sqlalchemy"
        for alias in node.names
    } | {
        alias.name
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.Import)
        for alias in node.names
        if alias.name.partition(".")[0] == "sqlalchemy"
    }


def connections_in(path):
    """Return how a module comes to a connection, or asks it something."""
    return {
        node.attr
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.Attribute) and node.attr in SEES | ASKS
    }


def outside_queries():
    return [path for path in modules("app") if room_of(path) != "queries"]


def test_only_the_queries_see_a_connection():
    elsewhere = {
        named(path): sorted(other)
        for path in outside_queries()
        if (
            other := (sqlalchemy_names_in(path) - LISTENS.get(named(path), set()))
            | connections_in(path)
        )
    }
    assert elsewhere == {}


def words_of(arguments):
    """Return what a function's arguments are called, and every word of their types."""
    return set(re.findall(r"\w+", ast.unparse(arguments)))


def questions_of(path):
    """Yield the functions and methods of a module that other modules may call."""
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.FunctionDef) and not node.name.startswith("_"):
            yield node


def test_no_query_takes_a_bare_connection():
    bare = [
        f"{named(path)}: {one.name}"
        for path in modules("app")
        if room_of(path) == "queries"
        for one in questions_of(path)
        if words_of(one.args) & OF_A_DATABASE
    ]
    assert bare == []


def test_what_asks_the_warehouse_is_given_a_reader():
    asked = {
        one.name: words_of(one.args)
        for path in modules("app")
        if room_of(path) == "queries"
        for one in questions_of(path)
        if any(
            isinstance(node, ast.Attribute) and node.attr == "execute"
            for node in ast.walk(one)
        )
    }
    assert len(asked) > 30
    assert {name for name, words in asked.items() if "Reader" not in words} == set()


def test_the_pages_hold_no_sql_text():
    pattern = re.compile(r"\b(exec_driver_sql|SELECT\s+\S+[\s\S]*\bFROM)\b")
    assert [
        named(path)
        for path in outside_queries()
        if pattern.search(path.read_text(encoding="utf-8"))
    ] == []


# The repository as a whole.


def files():
    """Return every file that is, or would be, in the repository."""
    listed = subprocess.run(
        ["git", "ls-files", "-co", "--exclude-standard", "-z"],
        cwd=ROOT,
        capture_output=True,
        check=True,
        text=True,
    ).stdout
    paths = (ROOT / name for name in listed.split("\0") if name)
    return sorted(path for path in paths if path.is_file())


MACHINE_PATH = re.compile(
    r"(?<![\w./-])/(?:home|root|work|workspace|Users|mnt|private)/[\w.-]+|[A-Z]:\\Users\\"
)
REGISTRY = re.compile(
    r"--(?:extra-)?index-url|--trusted-host|--find-links|\b(?:artifactory|nexus|devpi)\b"
    r"|https?://(?!pypi\.org)[\w.-]+/(?:[\w.-]+/)*simple\b"
)


def lines_with(pattern):
    found = []
    for path in files():
        if path == Path(__file__).resolve():
            continue
        text = path.read_bytes().decode("utf-8", errors="ignore")
        for number, line in enumerate(text.splitlines(), 1):
            if pattern.search(line):
                found.append(f"{named(path)}:{number}: {line.strip()[:100]}")
    return found


def test_no_file_names_a_path_of_somebodys_machine():
    assert lines_with(MACHINE_PATH) == []


def test_no_file_names_a_package_registry():
    assert lines_with(REGISTRY) == []


def test_the_top_level_holds_what_was_agreed():
    names = {path.relative_to(ROOT).parts[0] for path in files()}
    other = {
        one
        for one in names - TOP_LEVEL
        if not one.startswith(".") and not re.fullmatch(r"requirements.*\.txt", one)
    }
    assert other == set()


# The rooms of etl.

ETL_ON_TOP = {
    *("in_force", "labels", "machine", "rejected", "settings", "stating", "steps"),
    *("folding", "quoting"),
}
"""Modules beside the rooms that every room may use: which facts count, what a step
reads and writes, where things are, few rows as a table, what a build is doing, what the
machine refuses, and texts as they are compared and as SQL."""

ETL_ROOMS = {
    "sources": set(),
    "mappings": {"sources"},
    "files": {"mappings", "sources"},
    "take": {"files", "mappings", "sources"},
    "count": set(),
    "judge": set(),
    "template": {"files", "sources"},
    "store": {
        *("count", "files", "judge", "mappings", "sources", "take", "template"),
    },
    "inspect": {"files", "mappings", "sources", "store", "take"},
    "fetch": set(),
    "demo": set(),
    "words": set(),
}
"""Room -> the other rooms it may import from. Only the commands see them all."""


def rooms_of_etl():
    return sorted(path.parent.name for path in (ROOT / "etl").glob("*/__init__.py"))


def names_imported_from_etl(path):
    """Return the first name below `etl` of each import: a room or a module on top."""
    names = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            modules_named = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module == "etl":
            modules_named = [f"etl.{alias.name}" for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            modules_named = [node.module or ""]
        else:
            continue
        names |= {name.split(".")[1] for name in modules_named if name[:4] == "etl."}
    return names


def test_every_room_of_etl_has_its_place_in_the_order():
    assert rooms_of_etl() == sorted(ETL_ROOMS)


@pytest.mark.parametrize("room", ETL_ROOMS)
def test_a_room_of_etl_imports_only_from_rooms_it_may(room):
    allowed = ETL_ROOMS[room] | ETL_ON_TOP | {room}
    faults = {
        named(path): sorted(names_imported_from_etl(path) - allowed)
        for path in (ROOT / "etl" / room).rglob("*.py")
        if names_imported_from_etl(path) - allowed
    }
    assert faults == {}


@pytest.mark.parametrize("name", sorted(ETL_ON_TOP))
def test_what_every_room_of_etl_may_use_uses_no_room(name):
    # Words are of no room: those of what a build is doing are printed as it does it.
    allowed = ETL_ON_TOP | {"words"}
    assert names_imported_from_etl(ROOT / "etl" / f"{name}.py") <= allowed


def test_words_are_found_where_lines_are_printed_and_nowhere_else():
    users = {
        named(path)
        for path in modules("etl")
        if "words" in names_imported_from_etl(path) and path.parent.name != "words"
    }
    assert users == {"etl/__main__.py", "etl/commands.py", "etl/steps.py"}


@pytest.mark.parametrize("room", ETL_ROOMS)
def test_a_room_of_etl_opens_with_what_it_holds(room):
    written = (ROOT / "etl" / room / "__init__.py").read_text(encoding="utf-8")
    sentence = (ast.get_docstring(ast.parse(written)) or "").partition("\n")[0]
    assert sentence.endswith(".")
    assert len(sentence.split()) > 5
