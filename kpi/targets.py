"""Targets: what is aimed at, by whom, for what, and from when until when."""

from typing import Literal, Self, get_args

from pydantic import Field, model_validator

from kpi.model import Identifier, Model, PeriodField, Word
from kpi.period import Period, PeriodKind
from kpi.vocabulary import Level

Rule = Literal[">=", "<=", "=", "better_than_last_year", "better_rank_than"]
RULES: tuple[Rule, ...] = get_args(Rule)


_BEYOND: dict[Rule, str] = {">=": "above", "<=": "below", "better_rank_than": "below"}
"""On which side of the value there is more to aim at."""


class Aim(Model):
    """What is aimed at, for what and when, whoever has decided it.

    Attributes:
        rule: How the outcome is compared. `better_than_last_year` compares with the
            same period one year earlier and needs to be strictly better;
            `better_rank_than` needs a strictly smaller rank.
        value: In the indicator's own unit; None for `better_than_last_year`.
        stretch: A level beyond it that is hoped for; it is told, and judges nothing.
        since: First period it holds.
        until: Last period it holds; None if it still does.
        svf: The pathway it is for; None for all.
        unit: The unit it is for (enhet_id); None for all.
        length: The kind of period it is for, where others have no target; None leaves
            it to `kpi.coverage.months_of_target`.
    """

    rule: Rule
    value: float | None = None
    stretch: float | None = None
    since: PeriodField
    until: PeriodField | None = None
    svf: Identifier | None = None
    unit: str | None = Field(None, pattern=r"^SE(16)?\d{10}-[0-9A-Z]+$")
    length: PeriodKind | None = Field(None, strict=False)

    @model_validator(mode="after")
    def _makes_sense(self) -> Self:
        if (self.value is None) != (self.rule == "better_than_last_year"):
            raise ValueError(
                "better_than_last_year takes its value from the data; remove `value`"
                if self.value is not None
                else f"the rule {self.rule!r} needs a value"
            )
        if self.until is not None and self.until.last < self.since.first:
            raise ValueError(f"until {self.until} lies before since {self.since}")
        if self.stretch is not None:
            self._refuse_stretch(self.stretch)
        return self

    def _refuse_stretch(self, stretch: float) -> None:
        side = _BEYOND.get(self.rule)
        if side is None or self.value is None:
            raise ValueError(f"the rule {self.rule!r} has no level beyond its value")
        is_beyond = stretch > self.value if side == "above" else stretch < self.value
        if not is_beyond:
            raise ValueError(
                f"expected stretch {side} value {self.value:g}, got {stretch:g}"
            )

    @property
    def held(self) -> str:
        """When it holds: `2025`, `2024–2026`, or `2024–` if it still does."""
        if self.until == self.since:
            return str(self.since)
        return f"{self.since}–{self.until or ''}"

    def is_in_force(self, period: Period) -> bool:
        """Say whether the target judges the period: by the period's last month."""
        ends = self.until.last if self.until else None
        return self.since.first <= period.last and (ends is None or period.last <= ends)


class Target(Aim):
    """One target of an indicator.

    Attributes:
        level: National or local; both may be in force side by side.
        plan: The plan that sets it; a target holds in that plan's region.
        section: Where in the plan.
    """

    level: Level = Word
    plan: Identifier
    section: str = Field(min_length=1)
