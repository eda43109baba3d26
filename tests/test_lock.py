"""What is installed is what is locked, whatever is published later."""

import re
import tomllib
from importlib import metadata
from itertools import chain, product
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parent.parent
LOCKS = sorted(ROOT.glob("requirements*.txt"))
INSTALLED = ("requirements.txt", "requirements-test.txt")
"""The locks whose packages tests run with, so that their requirements can be read."""

PYTHONS = ("3.11", "3.12", "3.13", "3.14")
SYSTEMS = (("linux", "Linux"), ("darwin", "Darwin"))
MACHINES = ("x86_64", "aarch64", "arm64")
_PIN = re.compile(
    r"^(?P<name>[\w.-]+)(?:\[(?P<extras>[\w,-]+)\])?==(?P<version>[^\s;]+) \\$", re.M
)


def locked(name):
    """Return of each package in a lock its version and the extras that are locked."""
    text = (ROOT / name).read_text(encoding="utf-8")
    return {
        canonicalize_name(pin["name"]): (
            pin["version"],
            set((pin["extras"] or "").split(",")) - {""},
        )
        for pin in _PIN.finditer(text)
    }


def environments(extra):
    """Yield every kind of machine that the program is said to run on."""
    for python, (platform, system), machine in product(PYTHONS, SYSTEMS, MACHINES):
        yield {
            "extra": extra,
            "python_version": python,
            "python_full_version": f"{python}.0",
            "sys_platform": platform,
            "platform_system": system,
            "platform_machine": machine,
            "os_name": "posix",
        }


def asked(requirement, extras):
    """Whether a requirement holds on any of the machines, with any of the extras."""
    if requirement.marker is None:
        return True
    if "extra" in str(requirement.marker) and not extras:
        return False
    return any(
        requirement.marker.evaluate(environment)
        for environment in chain.from_iterable(map(environments, {"", *extras}))
    )


def missing(requirement, lock):
    """Say what a lock lacks of a requirement; None if it is there, extras included."""
    name = canonicalize_name(requirement.name)
    if name not in lock:
        return f"{requirement} is not locked"
    version, extras = lock[name]
    if not requirement.specifier.contains(version, prereleases=True):
        return f"{requirement} is locked as {version}"
    if more := requirement.extras - extras:
        return f"{requirement} is locked without {sorted(more)}"
    return None


def requirements_of(package, extras):
    stated = map(Requirement, metadata.requires(package) or [])
    return [requirement for requirement in stated if asked(requirement, extras)]


@pytest.mark.parametrize("name", INSTALLED)
def test_a_lock_is_whole(name):
    lock = locked(name)
    assert len(lock) > 20
    faults = {
        f"{package}: {fault}"
        for package, (_, extras) in lock.items()
        for requirement in requirements_of(package, extras)
        if (fault := missing(requirement, lock))
    }
    assert faults == set()


@pytest.mark.parametrize("path", LOCKS, ids=lambda path: path.name)
def test_what_the_project_asks_for_is_locked(path):
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    extra = path.stem.removeprefix("requirements").removeprefix("-")
    named = project["dependencies"] + (
        project["optional-dependencies"][extra] if extra else []
    )
    lock = locked(path.name)
    faults = {fault for text in named if (fault := missing(Requirement(text), lock))}
    assert faults == set(), "run `make lock`"


def test_a_requirement_that_is_not_locked_is_noticed():
    lock = {"coverage": ("7.17.3", set()), "pytest": ("9.2.0", set())}
    faults = {
        text: missing(Requirement(text), lock)
        for text in ("coverage[toml]>=7", "coverage>=8", "pluggy>=1.5", "pytest>=9")
    }
    assert faults == {
        "coverage[toml]>=7": "coverage[toml]>=7 is locked without ['toml']",
        "coverage>=8": "coverage>=8 is locked as 7.17.3",
        "pluggy>=1.5": "pluggy>=1.5 is not locked",
        "pytest>=9": None,
    }


@pytest.mark.parametrize("path", LOCKS, ids=lambda path: path.name)
def test_every_package_of_a_lock_has_its_hashes(path):
    text = path.read_text(encoding="utf-8")
    pins = re.findall(r"^[\w.-]+.*$", text, re.M)
    assert len(pins) == len(locked(path.name)), "each pinned with == and a hash"
    followed = re.findall(r"==.* \\\n +--hash=sha256:[0-9a-f]{64}", text)
    assert len(followed) == len(pins)


@pytest.mark.parametrize("path", LOCKS, ids=lambda path: path.name)
def test_the_locks_agree(path):
    """They are installed into one environment, one after another."""
    run, other = locked("requirements.txt"), locked(path.name)
    both = run.keys() & other.keys()
    assert {name: run[name][0] for name in both} == {
        name: other[name][0] for name in both
    }
    if path.name != "requirements-bench.txt":
        return
    # The programs compared with have an environment of their own, which is whole too.
    assert run.keys() <= other.keys()


def test_only_what_is_locked_is_installed():
    """No dependency is looked for at an index, and nothing is built from source."""
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8").replace("\\\n", " ")
    recipes = re.findall(r"(?:pip install|\$\(INSTALL\))[^\n]*", makefile)
    install = next(line for line in recipes if line.startswith("pip install"))
    assert all(
        option in install
        for option in ("--require-hashes", "--no-deps", "--only-binary :all:")
    )
    others = [line for line in recipes if line not in (install,)]
    assert len([line for line in others if line.startswith("$(INSTALL)")]) == 4
    # What makes the locks is the one thing that takes what is newest.
    assert [line.split()[-1] for line in others if line.startswith("pip")] == [
        "pip-tools"
    ]
