"""A YAML document -> a model, or every fault with its line."""

import re
from collections.abc import Iterator, Mapping, Sequence
from difflib import get_close_matches
from typing import Any, TypeVar

from pydantic import ValidationError

from kpi.datasets import DATASETS
from kpi.errors import DefinitionError
from kpi.model import Model
from kpi.yaml_lines import YamlDocument

M = TypeVar("M", bound=Model)

_DECIMAL_COMMA = re.compile(r"-?[0-9]+,[0-9]+")
_OTHER_WORDS = {
    "due": "until",
    "deadline": "until",
    "end": "until",
    "to": "until",
    "from": "since",
    "start": "since",
    "target": "value",
}
"""Words that people try, and the keys that are called so here."""


def validated(
    document: YamlDocument, model: type[M], context: Mapping[str, bool] | None = None
) -> M:
    """Return the document as a model, or raise every fault with its line.

    Args:
        document: What is written.
        model: What it should be.
        context: To validate it in, such as `SWEDISH_ALONE`.
    """
    try:
        return model.model_validate(document.value, context=dict(context or {}))
    except ValidationError as error:
        faults = []
        for fault in error.errors(include_url=False):
            message = _sentence(fault["msg"], fault["input"])
            if fault["type"] == "extra_forbidden":
                message += _meant(model, fault["loc"])
            faults.append(document.fault(_as_written(fault["loc"]), message))
        raise DefinitionError(*faults) from None


def _as_written(location: tuple[str | int, ...]) -> tuple[str | int, ...]:
    # pydantic names the member of a union it tried; the file has no such key.
    unions = {"plain", "condition", *DATASETS}
    plain_parts = [part for part in location[:-1] if part not in unions]
    return (*plain_parts, *location[-1:])


def _sentence(message: str, value: object) -> str:
    message = message.removeprefix("Value error, ")
    shown = repr(value)
    if isinstance(value, str) and _DECIMAL_COMMA.fullmatch(value):
        return f"{message}, got {shown}; write {value.replace(',', '.')}"
    if isinstance(value, dict | list) or shown in message or len(shown) > 80:
        return message
    return f"{message}, got {shown}"


def _meant(model: type[Model], location: tuple[str | int, ...]) -> str:
    """Return what to write instead of a key that the model does not know."""
    *above, key = location
    keys = sorted(_keys_at(model.model_json_schema(by_alias=True), above))
    other = _OTHER_WORDS.get(str(key))
    near = get_close_matches(str(key), keys, n=1)
    if other in keys:
        return f"; did you mean `{other}`?"
    if near:
        return f"; did you mean `{near[0]}`?"
    return f"; expected one of {', '.join(keys)}"


def _keys_at(schema: dict[str, Any], location: Sequence[str | int]) -> set[str]:
    """Return the keys that a JSON Schema allows at a location."""

    def choices(node: dict[str, Any]) -> Iterator[dict[str, Any]]:
        if "$ref" in node:
            node = schema["$defs"][node["$ref"].rpartition("/")[2]]
        alternatives = [*node.get("anyOf", ()), *node.get("oneOf", ())]
        for alternative in alternatives:
            yield from choices(alternative)
        if not alternatives:
            yield node

    def within(node: dict[str, Any], part: str | int) -> Iterator[dict[str, Any]]:
        for choice in choices(node):
            if isinstance(part, int) and "items" in choice:
                yield choice["items"]
            elif part in choice.get("properties", ()):
                yield choice["properties"][part]
            elif isinstance(choice.get("additionalProperties"), dict):
                yield choice["additionalProperties"]

    nodes = [schema]
    for part in location:
        # What leads nowhere is the name of a union's member, which is not in the file.
        nodes = [child for node in nodes for child in within(node, part)] or nodes
    return {
        key
        for n in nodes
        for choice in choices(n)
        for key in choice.get("properties", ())
    }


def repeated_ids(document: YamlDocument, key: str) -> Iterator[str]:
    """Find ids that stand twice in a document that has other faults as well."""
    value = document.value
    listed = value.get(key) if isinstance(value, dict) else None
    seen: set[str] = set()
    for number, item in enumerate(listed if isinstance(listed, list) else []):
        written = item.get("id") if isinstance(item, dict) else None
        if isinstance(written, str) and written in seen:
            yield document.fault((key, number, "id"), f"{written!r} is defined twice")
        elif isinstance(written, str):
            seen.add(written)
