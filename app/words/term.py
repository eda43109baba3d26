"""A word of the field, and where it is explained."""

from dataclasses import dataclass

from app.words.language import language


@dataclass(frozen=True, slots=True)
class Term:
    """A word of the field.

    Attributes:
        sv: The Swedish word.
        en: The English word.
        meaning: What it means, in the language of whoever asks.
    """

    sv: str
    en: str
    meaning: str

    @property
    def word(self) -> str:
        """The word in the language now spoken."""
        return self.en if language() == "en" else self.sv


def anchor(id: str) -> str:
    """Return the id of a term's row in the glossary of `/om`."""
    return f"ord-{id}"
