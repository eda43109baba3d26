"""What the answers hold: one list, read by JSON, CSV and the OpenAPI description."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Field:
    """One key of an answer, and one column of its CSV.

    Attributes:
        name: Of the key and of the column.
        type: A JSON Schema type.
        about: What it is, with its unit.
        is_nullable: Whether null is possible; the CSV cell is then empty.
        words: All the values it can have, where they are few.
        is_plain: Whether it fits a CSV cell; lists and objects do not.
    """

    name: str
    type: str
    about: str
    is_nullable: bool = False
    words: tuple[str, ...] = ()
    is_plain: bool = True

    def schema(self) -> dict[str, object]:
        """Return the JSON Schema of the value."""
        schema: dict[str, object] = {"description": self.about}
        schema["type"] = [self.type, "null"] if self.is_nullable else self.type
        if self.words:
            schema["enum"] = [*self.words, *([None] if self.is_nullable else [])]
        return schema


def text(name: str, about: str, words: tuple[str, ...] = ()) -> Field:
    """Return a field of text that is always there."""
    return Field(name, "string", about, words=words)


def perhaps(name: str, about: str, words: tuple[str, ...] = ()) -> Field:
    """Return a field of text, or null."""
    return Field(name, "string", about, is_nullable=True, words=words)


def number(name: str, about: str) -> Field:
    """Return a field of a number, or null."""
    return Field(name, "number", about, is_nullable=True)


def integer(name: str, about: str) -> Field:
    """Return a field of a whole number, or null."""
    return Field(name, "integer", about, is_nullable=True)


def in_both_languages(
    name: str, about: str, is_nullable: bool = False
) -> tuple[Field, Field]:
    """Return a field in Swedish, and the same in English."""
    return (
        Field(name, "string", f"{about}, in Swedish.", is_nullable),
        Field(f"{name}_en", "string", f"{about}, in English.", is_nullable),
    )


BUILD = text("build", "Id of the build the answer was read from.")
