"""What a request may ask for: one list, read by the parser and by OpenAPI."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import Any, Protocol

from app.address import UNIT_ID, YES
from app.api.faults import RequestFault
from app.words.language import LANGUAGES
from app.words.language import gettext as _
from app.words.language import lazy_gettext as _l
from kpi.datasets import DIMENSIONS
from kpi.definitions import QUESTIONS, THEMES, Indicator
from kpi.period import Period, PeriodKind

_INDICATOR = re.compile(r"[a-z][a-z0-9_]*")
_BUILD = re.compile(r"[0-9A-Za-z_.:-]{1,80}")
_QUARTER = "[12][0-9]{3}[QKqk][1-4]"
_PARTS = "[QKqk][1-4]|[Tt][1-3]|[Hh][12]|-(0[1-9]|1[0-2])"
PERIOD_PATTERN = f"^([12][0-9]{{3}}({_PARTS})?|[Rr]12-{_QUARTER})$"
QUARTER_PATTERN = f"^(R12-|r12-)?{_QUARTER}$"
"""A quarter, or the twelve months up to its end."""
_VALUES_AT_MOST = 200
MOST_ROWS = 1_000_000

_PERIOD = _l(
    "en period, till exempel 2026Q1, 2026K1, 2026-03, 2026T1, 2026H1, 2026 eller "
    "R12-2026Q1"
)

Given = dict[str, Any]
"""Of every parameter: what was given, a list of values if it takes several."""


class Arguments(Protocol):
    """The query string: Flask's `request.args`, or anything like it."""

    def getlist(self, key: str) -> list[str]:
        """Return every value of a key."""
        ...

    def keys(self) -> Iterable[str]:
        """Return every key once."""
        ...


@dataclass(frozen=True, slots=True)
class Parameter:
    """One parameter of the query string.

    Attributes:
        name: In the query string.
        about: What it does, in English.
        takes: What can be given; `{limits}` stands for the limits.
        read: Turns the text of one value into what it means, or raises ValueError.
        schema: JSON Schema of one value.
        is_list: Whether several values can be given, repeated or with commas.
        limits: The words it knows, or the highest number.
        is_required: Whether nothing is answered without it.
    """

    name: str
    about: str
    takes: str
    read: Callable[[str], Any]
    schema: dict[str, Any]
    is_list: bool = False
    limits: str = ""
    is_required: bool = False

    def expected(self) -> str:
        """Say what can be given, in the language now spoken."""
        return self.takes.format(limits=self.limits)


def matching(pattern: re.Pattern[str], upper: bool = False) -> Callable[[str], str]:
    """Return what reads a text of a pattern, perhaps whatever its case."""

    def read(text: str) -> str:
        written = text.upper() if upper else text
        if not pattern.fullmatch(written):
            raise ValueError(text)
        return written

    return read


def _word(words: Iterable[str]) -> Callable[[str], str]:
    known = frozenset(words)

    def read(text: str) -> str:
        if text not in known:
            raise ValueError(text)
        return text

    return read


def _whole_number(least: int, most: int) -> Callable[[str], int]:
    def read(text: str) -> int:
        # "²".isdigit() is true and int("²") raises
        if not (text.isascii() and text.isdigit() and least <= int(text[:9]) <= most):
            raise ValueError(text)
        return int(text[:9])

    return read


def one_of(
    name: str, about: str, words: Iterable[str], is_list: bool = False
) -> Parameter:
    """Return a parameter that takes a few words only."""
    known = [str(word) for word in words]
    schema: dict[str, object] = {"type": "string", "enum": known}
    takes, limits = _l("någon av {limits}"), ", ".join(known)
    return Parameter(name, about, takes, _word(known), schema, is_list, limits)


def periods(name: str, about: str, is_list: bool = False) -> Parameter:
    """Return a parameter that takes a period of any kind."""
    schema: dict[str, object] = {
        "type": "string",
        "pattern": PERIOD_PATTERN,
        "examples": ["2026Q1", "2026"],
    }
    return Parameter(name, about, _PERIOD, Period.parse, schema, is_list)


BUILD = Parameter(
    "build",
    "Id of an earlier build; the newest without it.",
    _l("id för ett bygge"),
    matching(_BUILD),
    {"type": "string", "pattern": f"^{_BUILD.pattern}$"},
)
INDICATOR = Parameter(
    "indicator",
    "Only these indicators; several with commas or repeated.",
    _l("id för indikatorer, se /api/v1/indicators"),
    matching(_INDICATOR),
    {
        "type": "string",
        "pattern": f"^{_INDICATOR.pattern}$",
        "examples": ["svf_lead_time"],
    },
    is_list=True,
)
UNIT = Parameter(
    "unit",
    "Only these units; several with commas or repeated.",
    _l("id för enheter, se /api/v1/units"),
    matching(UNIT_ID, upper=True),
    {
        "type": "string",
        "pattern": "^[Ss][Ee](16)?[0-9]{10}-[0-9A-Za-z]+$",
        "examples": ["SE2321000081-DEMO001"],
    },
    is_list=True,
)
THE_INDICATOR = replace(
    INDICATOR, about="The indicator; required.", is_list=False, is_required=True
)
THE_UNIT = replace(UNIT, about="The unit; the region without it.", is_list=False)
THE_UNIT_AND_BELOW = replace(
    UNIT, about="This unit and all below it; the region without it.", is_list=False
)
PERIOD = periods("period", "Only these periods; several with commas.", is_list=True)
FROM = periods(
    "from", "No period that begins earlier; of the same kind unless `kind` is given."
)
TO = periods(
    "to", "No period that ends later; of the same kind unless `kind` is given."
)
BY = one_of(
    "by", "Outcomes broken down by this dimension; only totals without it.", DIMENSIONS
)
KIND = one_of(
    "kind",
    "Only periods of these kinds; several with commas or repeated.",
    PeriodKind,
    is_list=True,
)
LIMIT = Parameter(
    "limit",
    "At most this many outcomes.",
    _l("ett heltal från 1 till {limits}"),
    _whole_number(1, MOST_ROWS),
    {"type": "integer", "minimum": 1, "maximum": MOST_ROWS},
    limits=str(MOST_ROWS),
)
OFFSET = Parameter(
    "offset",
    "Leave out this many outcomes first.",
    _l("ett heltal från 0"),
    _whole_number(0, 999_999_999),
    {"type": "integer", "minimum": 0},
)

LANG = one_of(
    "lang",
    "Language of the words for people: errors, and all of a workbook. Without it the "
    "API takes the first of these that Accept-Language names, otherwise English; a "
    "workbook is in the language its visitor reads, Swedish unless another is chosen.",
    LANGUAGES,
)

THEME = one_of(
    "theme", "Only what stands under this prerequisite or focus area.", THEMES
)
QUESTION = one_of("question", "Only what answers this question.", QUESTIONS)
INTERNAL_CONTROL = one_of(
    "internal_control", "Only what a plan puts under internal control.", (YES,)
)

OF_LISTS = (BUILD, LANG)
OF_INDICATORS = (THEME, QUESTION, INTERNAL_CONTROL, *OF_LISTS)
OF_OUTCOMES = (
    INDICATOR,
    THEME,
    QUESTION,
    INTERNAL_CONTROL,
    UNIT,
    PERIOD,
    FROM,
    TO,
    BY,
    KIND,
    *OF_LISTS,
    LIMIT,
    OFFSET,
)


def is_asked_for(indicator: Indicator, given: Given) -> bool:
    """Say whether an indicator stands under the theme, question ... asked for."""
    wants_internal_control = given["internal_control"] is not None
    return indicator.stands_under(
        given["theme"], given["question"], wants_internal_control
    )


def given_of(arguments: Arguments, parameters: tuple[Parameter, ...]) -> Given:
    """Read a query string: a parameter's only value or None; of a list, its values.

    Raises:
        RequestFault: a parameter is unknown, repeated or not what it should be.
    """
    names = {parameter.name for parameter in parameters}
    for name in arguments.keys():
        if name not in names:
            expected = _("någon av parametrarna {names}")
            raise RequestFault(
                name, name, expected.format(names=", ".join(sorted(names)))
            )
    return {
        parameter.name: _given(parameter, arguments.getlist(parameter.name))
        for parameter in parameters
    }


def _given(parameter: Parameter, written: list[str]) -> Any:
    values = _values(parameter, written)
    if parameter.is_list:
        return tuple(values)
    return values[0] if values else None


def _values(parameter: Parameter, written: list[str]) -> list[Any]:
    # An empty value is no choice: that is what an untouched form field sends.
    texts = [text for text in (value.strip() for value in written) if text]
    if parameter.is_list:
        texts = [value.strip() for text in texts for value in text.split(",")]
    elif len(texts) > 1:
        raise RequestFault(parameter.name, ", ".join(texts), _("ett värde, inte flera"))
    if len(texts) > _VALUES_AT_MOST:
        expected = _("högst {number} värden").format(number=_VALUES_AT_MOST)
        raise RequestFault(parameter.name, str(len(texts)), expected)
    values = []
    for text in texts:
        try:
            values.append(parameter.read(text))
        except ValueError:
            expected = parameter.expected()
            raise RequestFault(parameter.name, text[:100], expected) from None
    return list(dict.fromkeys(values))
