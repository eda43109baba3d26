"""A YAML document -> a model, or every fault with its line."""

from collections.abc import Iterator
from typing import TypeVar

from pydantic import ValidationError

from kpi.datasets import DATASETS
from kpi.errors import DefinitionError
from kpi.model import Model
from kpi.yaml_lines import YamlDocument

M = TypeVar("M", bound=Model)


def validated(document: YamlDocument, model: type[M]) -> M:
    """Return the document as a model, or raise every fault with its line."""
    try:
        return model.model_validate(document.value)
    except ValidationError as error:
        raise DefinitionError(
            *(
                document.fault(
                    _as_written(one["loc"]), _sentence(one["msg"], one["input"])
                )
                for one in error.errors(include_url=False)
            )
        ) from None


def _as_written(location: tuple[str | int, ...]) -> tuple[str | int, ...]:
    # pydantic names the member of a union it tried; the file has no such key.
    unions = {"plain", "condition", *DATASETS}
    kept = [part for part in location[:-1] if part not in unions]
    return (*kept, *location[-1:])


def _sentence(message: str, found: object) -> str:
    message = message.removeprefix("Value error, ")
    shown = repr(found)
    if isinstance(found, dict | list) or shown in message or len(shown) > 80:
        return message
    return f"{message}, got {shown}"


def repeated_ids(document: YamlDocument, key: str) -> Iterator[str]:
    """Find ids that stand twice in a document that has other faults as well."""
    value = document.value
    listed = value.get(key) if isinstance(value, dict) else None
    seen: set[str] = set()
    for number, one in enumerate(listed if isinstance(listed, list) else []):
        written = one.get("id") if isinstance(one, dict) else None
        if isinstance(written, str) and written in seen:
            yield document.fault((key, number, "id"), f"{written!r} is defined twice")
        elif isinstance(written, str):
            seen.add(written)
