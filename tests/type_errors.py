"""What the type checker finds, held against the modules known not to be clean yet.

`pyproject.toml` lists those, each with its number of errors. Every other module has
none, and a number may only fall: errors beyond it fail, and so does a number that is
higher than it need be. `--list` prints the list as it could be now.
"""

import re
import sys
import tomllib
from collections.abc import Mapping
from pathlib import Path

from mypy import api

ROOT = Path(__file__).resolve().parent.parent
_ERROR = re.compile(r"^(?P<module>[^:]+):\d+: error: ")


def listed() -> dict[str, int]:
    """Return the modules that are not clean yet, and how many errors each may have."""
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)["tool"]["malbild"]["type_errors"]


def errors_by_module(report: str) -> dict[str, list[str]]:
    """Return the lines of the checker's report that are errors, by module."""
    errors: dict[str, list[str]] = {}
    for line in report.splitlines():
        if match := _ERROR.match(line):
            errors.setdefault(match["module"], []).append(line)
    return errors


def faults(errors: Mapping[str, list[str]], allowed: Mapping[str, int]) -> list[str]:
    """Return what to mend: errors that are not allowed, numbers that are too high."""
    lines = []
    for module in sorted({*errors, *allowed}):
        number, most = len(errors.get(module, ())), allowed.get(module, 0)
        if number > most:
            lines += errors[module]
            lines.append(f"{module}: {number} errors, expected at most {most}")
        elif number < most:
            what = f'write "{module}" = {number}' if number else f'take out "{module}"'
            lines.append(
                f"{module}: {most} errors are listed in pyproject.toml; {what}"
            )
    return lines


def main() -> int:
    """Check the types of the program; print what to mend, and how much is left."""
    report, refusal, status = api.run(["--config-file", str(ROOT / "pyproject.toml")])
    if status not in (0, 1):  # it did not come to an end
        print(report + refusal)
        return status
    errors = errors_by_module(report)
    if "--list" in sys.argv:
        print(*(f'"{name}" = {len(errors[name])}' for name in sorted(errors)), sep="\n")
        return 0
    lines = faults(errors, listed())
    for line in lines:
        print(line)
    left = sum(len(found) for found in errors.values())
    print(f"types: {left} errors in {len(errors)} modules")
    return 1 if lines else 0


if __name__ == "__main__":
    sys.exit(main())
