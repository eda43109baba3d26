"""English sentences -> Swedish ones, by their shape.

A sentence of the catalogue has gaps, `{0}`, `{1}` ..., in the order in which they stand
in English. What stands in a gap is a value and is never translated, unless the Swedish
sentence says that it is words:

    {0:sv}     a sentence in turn, if the catalogue knows it; otherwise as it is
    {0:codes}  reasons of rejections, each with a number or without; nothing else fits
    {0:names}  names with commas between; what stands in place of one is a sentence
    {0:n}      a number; nothing else fits

A line may be read in several ways. What counts is the reading that explains most of its
letters: so a longer sentence goes before a shorter one, and several sentences that are
joined by `; ` before one whose gap would hold the others.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

CATALOGUE = Path(__file__).parent / "sv.po"
CODE = "code"
"""Context of reasons of rejections, which are words in a `codes` gap and in tables."""

_GAP = re.compile(r"\{(\d+)(?::(sv|codes|names|n))?\}")
_JOINT = "; "
_NO_JOINT = f"(?:(?!{_JOINT}).)"
_PLACE = re.compile(r": | -> ")
_LONGEST = 8000
"""Letters of a line; a longer one is read by nobody, and would take long to look up."""


@dataclass(frozen=True, slots=True)
class Reading:
    """A line as Swedish, and how many of its letters the catalogue explains."""

    letters: int
    words: str


@dataclass(frozen=True, slots=True)
class _Sentence:
    """A sentence with gaps, in both languages."""

    swedish: str
    kinds: dict[int, str]
    letters: int
    surest: str
    shapes: tuple[re.Pattern[str], ...]

    @classmethod
    def of(cls, english: str, swedish: str) -> "_Sentence":
        pieces = tuple(_GAP.split(english)[::3])
        kinds = {int(gap[1]): gap[2] for gap in _GAP.finditer(swedish) if gap[2]}
        exact = [re.escape(piece) for piece in pieces]
        # Where a gap ends may be told from either side.
        shapes = ["(.*?)".join(exact), "(.*)".join(exact)]
        if not pieces[0] and 0 not in kinds:
            # A value that comes first is a name or a place, not the sentence before.
            shapes = [s.replace("(.*", f"({_NO_JOINT}*", 1) for s in shapes]
        return cls(
            swedish,
            kinds,
            sum(letter.isalnum() for piece in pieces for letter in piece),
            max(pieces, key=len),
            tuple(re.compile(s, re.DOTALL) for s in dict.fromkeys(shapes)),
        )

    def fillings(self, line: str) -> Iterator[tuple[str, ...]]:
        """Give what stands in the gaps, in each way in which the line fits."""
        if self.surest in line:
            fits = (shape.fullmatch(line) for shape in self.shapes)
            yield from dict.fromkeys(match.groups() for match in fits if match)


@dataclass(slots=True)
class Catalogue:
    """Sentences in both languages, and reasons of rejections."""

    sentences: list[_Sentence]
    codes: dict[str, str]
    _readings: dict[str, Reading | None] = field(default_factory=dict)

    def read(self, line: str) -> str | None:
        """Return a line in Swedish; None if the catalogue does not know it."""
        if len(line) > _LONGEST:
            return None
        self._readings.clear()
        reading = self._reading(line)
        return reading.words if reading else None

    def cell(self, text: str) -> str:
        """Return what stands in a cell of a table in Swedish, if it is words."""
        return self.codes.get(text) or self.read(text) or text

    def _reading(self, line: str) -> Reading | None:
        if line not in self._readings:
            self._readings[line] = None
            readings = (*self._whole(line), *self._joined(line), *self._placed(line))
            best = max(readings, key=lambda reading: reading.letters, default=None)
            self._readings[line] = best
        return self._readings[line]

    def _whole(self, line: str) -> Iterator[Reading]:
        """Give the line as one sentence."""
        for sentence in self.sentences:
            for values in sentence.fillings(line):
                reading = self._filled(sentence, values)
                if reading and reading.letters:
                    yield reading

    def _filled(self, sentence: _Sentence, values: tuple[str, ...]) -> Reading | None:
        letters, words = sentence.letters, list(values)
        for gap, kind in sentence.kinds.items():
            value = values[gap]
            match kind:
                case "n":
                    if not value.isdecimal():
                        return None
                case "codes":
                    listed = self._listed_codes(value)
                    if listed is None:
                        return None
                    words[gap] = listed
                    letters += len(value)
                case "names":
                    words[gap] = ", ".join(map(self._name, value.split(", ")))
                case _:
                    if inner := self._reading(value):
                        words[gap] = inner.words
                        letters += inner.letters
        filled = _GAP.sub(lambda gap: words[int(gap[1])], sentence.swedish)
        return Reading(letters, filled)

    def _name(self, text: str) -> str:
        inner = self._reading(text) if text[:1] == "(" or text == "nothing" else None
        return inner.words if inner else text

    def _listed_codes(self, text: str) -> str | None:
        listed = []
        for part in text.split(", "):
            code, space, number = part.partition(" ")
            if code not in self.codes or (space and not number.isdecimal()):
                return None
            words = self.codes[code]
            listed.append(f"{number} × {words}" if number else words)
        return ", ".join(listed)

    def _joined(self, line: str) -> Iterator[Reading]:
        """Give the line as two sentences, the first as short as it can be."""
        at = line.find(_JOINT)
        while at >= 0:
            first = self._reading(line[:at])
            others = first and self._reading(line[at + len(_JOINT) :])
            if first and others:
                yield Reading(
                    first.letters + others.letters,
                    f"{first.words}{_JOINT}{others.words}",
                )
                return
            at = line.find(_JOINT, at + 1)

    def _placed(self, line: str) -> Iterator[Reading]:
        """Give the line as a sentence after the place that it is of."""
        for mark in _PLACE.finditer(line.partition(_JOINT)[0]):
            after = line[mark.end() :]
            # One word alone may as well be a value.
            sentence = self._reading(after) if " " in after else None
            if sentence:
                place = self._reading(line[: mark.start()])
                yield Reading(
                    sentence.letters + (place.letters if place else 0),
                    f"{place.words if place else line[: mark.start()]}"
                    f"{mark[0]}{sentence.words}",
                )


@cache
def swedish() -> Catalogue:
    """Return the catalogue, read once."""
    # Only a Swedish terminal waits for the library.
    from babel.messages.pofile import read_po

    with CATALOGUE.open("rb") as written:
        messages = [message for message in read_po(written, locale="sv") if message.id]
    return Catalogue(
        [
            _Sentence.of(str(message.id), str(message.string))
            for message in messages
            if message.string and message.context != CODE
        ],
        {
            str(message.id): str(message.string)
            for message in messages
            if message.context == CODE
        },
    )
