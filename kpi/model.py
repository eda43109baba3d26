"""The building blocks shared by every definition model."""

from enum import StrEnum
from typing import Annotated

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    PlainSerializer,
    ValidationInfo,
    WithJsonSchema,
    model_validator,
)

from kpi.period import EXPECTED, Period
from kpi.vocabulary import REGION_NAMES
from kpi.vocabulary import Area as Area


class Model(BaseModel):
    """A frozen model that knows all its keys and converts no types."""

    model_config = ConfigDict(frozen=True, strict=True, extra="forbid")


SWEDISH_ALONE = "swedish_alone"
"""A context to validate in: where there is no English, the Swedish is shown."""


class Text(Model):
    """Words in both languages of the pages."""

    sv: str = Field(min_length=1)
    en: str = Field(min_length=1)

    @model_validator(mode="before")
    @classmethod
    def _in_swedish_alone(cls, written: object, info: ValidationInfo) -> object:
        if not (info.context or {}).get(SWEDISH_ALONE):
            return written
        if isinstance(written, str):
            return {"sv": written, "en": written}
        if isinstance(written, dict) and "sv" in written and "en" not in written:
            return written | {"en": written["sv"]}
        return written


def _period(written: object) -> Period:
    if isinstance(written, Period):
        return written
    if isinstance(written, int):
        written = str(written)  # a bare year is a number in YAML
    if not isinstance(written, str):
        raise ValueError(f"expected a period such as {EXPECTED}, got {written!r}")
    return Period.parse(written)


PeriodField = Annotated[
    Period,
    BeforeValidator(_period),
    PlainSerializer(str, return_type=str),
    WithJsonSchema({"type": ["string", "integer"], "examples": ["2026Q1", 2026]}),
]

Identifier = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$")]


def _region(id: str) -> str:
    if id not in REGION_NAMES:
        raise ValueError(f"expected a region's id in Kolada such as 0010, got {id!r}")
    return id


KoladaRegion = Annotated[str, Field(pattern=r"^\d{4}$"), AfterValidator(_region)]


class Direction(StrEnum):
    """Which way is better. Neutral: neither, such as the number of reports made."""

    HIGHER = "higher"
    LOWER = "lower"
    NEUTRAL = "neutral"


class Kind(StrEnum):
    """How an indicator's value comes out of its counts."""

    PROPORTION = "proportion"
    RATE = "rate"
    MEAN = "mean"
    COUNT = "count"
    RANK = "rank"
    MILESTONE = "milestone"


class Lifecycle(StrEnum):
    """Whether an indicator is measured at present.

    What is switched off is not built and not shown: a region does without it.
    """

    ACTIVE = "active"
    UNDER_DEVELOPMENT = "under_development"
    PAUSED = "paused"
    SWITCHED_OFF = "switched_off"


class UnitKind(StrEnum):
    """What kind of unit in the organisation; the words of the source files."""

    REGION = "region"
    AREA = "omrade"
    HOSPITAL = "sjukhus"
    CLINIC = "klinik"
    HEALTH_CENTRE = "vardcentral"
    WARD = "avdelning"
    DENTAL = "folktandvard"


Word = Field(strict=False)  # an enumeration is written as its word
