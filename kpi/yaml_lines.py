"""YAML read strictly: no repeated keys, no surprising types, and line numbers."""

import re
from collections.abc import Hashable
from datetime import date
from functools import lru_cache
from itertools import pairwise
from pathlib import Path
from typing import Any

import yaml

from kpi.errors import DefinitionError

Location = tuple[str | int, ...]

_ID = re.compile(r"[a-z][a-z0-9_]*")
_WHOLE, _DIGITS = re.compile(r"-?[0-9]+"), re.compile(r"[0-9]+")


class _StrictLoader(yaml.CSafeLoader):
    """Knows true/false, decimal numbers, null and dates; all else is text.

    YAML 1.1 reads `no` as false, `010` as 8 and `12:30` as 750.
    """

    yaml_implicit_resolvers = {}


for _tag, _pattern, _first in (
    ("bool", r"true|false", "tf"),
    ("int", r"-?(0|[1-9][0-9]*)", "-0123456789"),
    ("float", r"-?(0|[1-9][0-9]*)\.[0-9]+", "-0123456789"),
    ("timestamp", r"[0-9]{4}-[0-9]{2}-[0-9]{2}", "0123456789"),
    ("null", r"null|~|", "n~\0"),
):
    _StrictLoader.add_implicit_resolver(
        f"tag:yaml.org,2002:{_tag}", re.compile(f"^(?:{_pattern})$"), list(_first)
    )
_StrictLoader.add_implicit_resolver("tag:yaml.org,2002:null", re.compile("^$"), [""])


def _day(loader: yaml.SafeLoader, node: yaml.ScalarNode) -> date:
    try:
        return date.fromisoformat(node.value)
    except ValueError as error:
        raise yaml.constructor.ConstructorError(
            problem=f"{node.value!r} is not a day: {error}",
            problem_mark=node.start_mark,
        ) from None


_StrictLoader.add_constructor("tag:yaml.org,2002:timestamp", _day)


def yaml_document(path: Path) -> "YamlDocument":
    """Read a YAML file.

    Raises:
        DefinitionError: it is not there, or is no YAML as it is read here.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        raise DefinitionError(f"{path} does not exist") from None
    except UnicodeDecodeError as error:
        raise DefinitionError(f"{path}: expected UTF-8, {error}") from None
    return _document(path, text)


# By its text: what ships is read for every build of a process, a tenth of a small one.
@lru_cache(maxsize=8)
def _document(path: Path, text: str) -> "YamlDocument":
    return YamlDocument(path, text)


class YamlDocument:
    """The values of a YAML file and the line each of them stands on.

    Args:
        path: The file, for messages.
        text: What stands in it.

    Attributes:
        value: Shared with whoever reads the same; never changed.
    """

    def __init__(self, path: Path, text: str) -> None:
        self.path = path
        self.lines: dict[Location, int] = {}
        self._ids: dict[Location, str] = {}
        self.value: Any = self._read(text)

    def _read(self, text: str) -> Any:
        loader = _StrictLoader(text)
        try:
            node = loader.get_single_node()
            faults = self._walk(node, ())
            if faults:
                raise DefinitionError(*faults)
            return loader.construct_document(node) if node else None
        except yaml.reader.ReaderError as error:
            raise DefinitionError(
                f"{self.path}: not valid YAML: {error.reason} at character "
                f"{error.position + 1}"
            ) from None
        except yaml.MarkedYAMLError as error:
            line = error.problem_mark.line + 1 if error.problem_mark else 1
            raise DefinitionError(
                f"{self.path}:{line}: not valid YAML: {error.problem}"
            ) from None
        finally:
            loader.dispose()

    def _walk(
        self, node: yaml.Node | None, at: Location, above: tuple[int, ...] = ()
    ) -> list[str]:
        if node is None:
            return []
        if id(node) in above:
            return [f"{self.path}:{node.start_mark.line + 1}: refers to itself"]
        above = (*above, id(node))
        self.lines.setdefault(at, node.start_mark.line + 1)
        faults: list[str] = []
        if isinstance(node, yaml.SequenceNode):
            for position, item in enumerate(node.value):
                faults += self._walk(item, (*at, position), above)
        elif isinstance(node, yaml.MappingNode):
            self._note_id(node, at)
            faults += self._decimal_commas(node, at)
            seen: set[Hashable] = set()
            for key, value in node.value:
                line = key.start_mark.line + 1
                if not isinstance(key, yaml.ScalarNode):
                    faults.append(
                        f"{self.path}:{line}: {self._dotted(at)}: expected a word as "
                        "key"
                    )
                    continue
                if key.value in seen:
                    faults.append(
                        f"{self.path}:{line}: {self._dotted((*at, key.value))}: "
                        f"the key {key.value!r} stands twice; keep one"
                    )
                seen.add(key.value)
                self.lines[(*at, key.value)] = line
                faults += self._walk(value, (*at, key.value), above)
        return faults

    def _note_id(self, node: yaml.MappingNode, at: Location) -> None:
        for key, value in node.value:
            if key.value == "id" and _ID.fullmatch(str(value.value)):
                self._ids[at] = value.value

    def _decimal_commas(self, node: yaml.MappingNode, at: Location) -> list[str]:
        """Find `{value: 1,5}`, which YAML reads as `value: 1` and a key `5`."""
        faults = []
        for (key, whole), (part, rest) in pairwise(node.value):
            is_number = _WHOLE.fullmatch(str(whole.value))
            if is_number and _DIGITS.fullmatch(str(part.value)) and rest.value == "":
                faults.append(
                    f"{self.path}:{part.start_mark.line + 1}: "
                    f"{self._dotted((*at, key.value))}: expected a decimal point, got "
                    f"a comma; write {whole.value}.{part.value}"
                )
        return faults

    def line_of(self, at: Location) -> int:
        """Return the line of the innermost known part of a location."""
        while at and at not in self.lines:
            at = at[:-1]
        return self.lines.get(at, 1)

    def fault(self, at: Location, message: str) -> str:
        """Return a message with file, line and dotted location.

        What has an id stands under it: `indicators.svf_lead_time.targets.0`.
        """
        return f"{self.path}:{self.line_of(at)}: {self._dotted(at)}: {message}"

    def _dotted(self, at: Location) -> str:
        named = (
            self._ids.get(at[: depth + 1], str(part)) if isinstance(part, int) else part
            for depth, part in enumerate(at)
        )
        return ".".join(named) or "(file)"
