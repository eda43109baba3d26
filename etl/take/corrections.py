"""Declared corrections: known errors of a source, mended openly and for a time."""

from datetime import date
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Self

from pydantic import Field, model_validator

from etl.files.find import SourceFile
from etl.quoting import sql_text
from kpi.errors import DefinitionError
from kpi.model import Identifier, Model
from kpi.strict import validated
from kpi.yaml_lines import yaml_document

_Cells = dict[str, str | int | float]


class Correction(Model):
    """One known error of a source.

    Attributes:
        file: Path under the sources folder; `*` stands for any text.
        where: Column -> text that a row must have, compared without case.
        set: Column -> the text to read instead.
        reject: Turn the rows into rejections instead.
        reason: What is wrong and how it is known.
        told: Who at the producer was told, and when.
        rows: How many rows are expected to be met.
        found: Column -> the text these rows are expected to have.
        until: Last day the correction may be used; then the source should be right.
    """

    id: Identifier
    file: str
    where: _Cells = Field(min_length=1)
    set: _Cells = Field(default_factory=dict)
    reject: bool = False
    reason: str = Field(min_length=10)
    told: str = Field(min_length=5)
    rows: int = Field(ge=1)
    found: _Cells = Field(default_factory=dict)
    until: date

    @model_validator(mode="after")
    def _does_one_thing(self) -> Self:
        if bool(self.set) == self.reject:
            raise ValueError("expected either `set` or `reject: true`")
        return self

    def applies_to(self, file: SourceFile) -> bool:
        """Say whether the correction is about this file."""
        return fnmatchcase(file.name.casefold(), self.file.casefold())

    @property
    def noticed(self) -> list[str]:
        """The columns whose text is kept as it was found."""
        return list(dict.fromkeys((*self.set, *self.found)))

    def marks(self, number: int) -> list[str]:
        """Return the columns that `corrected` adds for the correction."""
        return [
            f"correction_{number}",
            *(f"found_{number}_{name}" for name in self.noticed),
        ]

    def condition(self) -> str:
        """Return SQL that is true for the raw rows the correction is about."""
        return " AND ".join(
            f"lower(trim(coalesce(raw_{name}, ''))) = lower({sql_text(value)})"
            for name, value in self.where.items()
        )


class Corrections(Model):
    """The whole of `data/corrections.yaml`."""

    corrections: list[Correction] = Field(default_factory=list)


def load_corrections(path: Path, as_of: date) -> list[Correction]:
    """Read and check the declared corrections; none if there is no such file.

    Raises:
        DefinitionError: every fault with its line, such as one past its end.
    """
    if not path.exists():
        return []
    document = yaml_document(path)
    corrections = validated(document, Corrections).corrections
    faults = []
    seen: set[str] = set()
    for number, correction in enumerate(corrections):
        at = ("corrections", number)
        if correction.until < as_of:
            faults.append(
                document.fault(
                    (*at, "until"),
                    f"{correction.id} ended on {correction.until}; see whether the "
                    "source has been mended, then remove the correction "
                    "or move its end",
                )
            )
        if correction.id in seen:
            faults.append(
                document.fault((*at, "id"), f"{correction.id!r} stands twice")
            )
        seen.add(correction.id)
    if faults:
        raise DefinitionError(*faults)
    return corrections


def check_columns(corrections: list[Correction], file: SourceFile) -> None:
    """Check that corrections name columns the file's layout knows.

    Raises:
        DefinitionError: a column is unknown.
    """
    known = {field.name for field in file.layout.fields}
    faults = [
        f"data/corrections.yaml: {correction.id}: {file.name} has no column {name!r}; "
        f"expected one of {', '.join(sorted(known))}"
        for correction in corrections
        for name in (*correction.where, *correction.set, *correction.found)
        if name not in known
    ]
    if faults:
        raise DefinitionError(*faults)


def corrected(raw: str, corrections: list[Correction]) -> str:
    """Return SQL of the raw rows after the corrections that apply to their file.

    Adds `correction_<n>`, true where the n-th was met, and `found_<n>_<column>`, the
    text it replaced.
    """
    for number, correction in enumerate(corrections):
        met = correction.condition()
        replaced = ", ".join(
            f"CASE WHEN {met} THEN {sql_text(value)} ELSE raw_{name} END AS raw_{name}"
            for name, value in correction.set.items()
        )
        replaced_texts = "".join(
            f", raw_{name} AS found_{number}_{name}" for name in correction.noticed
        )
        star = f"* REPLACE ({replaced})" if replaced else "*"
        raw = (
            f"SELECT {star}, {met} AS correction_{number}{replaced_texts} FROM ({raw})"
        )
    return raw
