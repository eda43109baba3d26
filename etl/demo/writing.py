"""Frames of text -> files that are the same to the byte every time."""

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pandas as pd


@dataclass(frozen=True, slots=True)
class Dialect:
    """How a CSV file is written."""

    separator: str = ";"
    encoding: str = "utf-8"


USUAL = Dialect()
WITH_BOM = Dialect(encoding="utf-8-sig")
TABS_CP1252 = Dialect("\t", "cp1252")
COMMAS = Dialect(",")


def write(path: Path, frame: pd.DataFrame, dialect: Dialect = USUAL) -> int:
    """Write a frame of text as CSV, or as a workbook by its suffix; return the rows."""
    path.parent.mkdir(parents=True, exist_ok=True)
    if path.suffix == ".xlsx":
        _write_workbook(path, frame)
    else:
        frame.to_csv(
            path,
            sep=dialect.separator,
            encoding=dialect.encoding,
            index=False,
            lineterminator="\n",
        )
    return len(frame)


def _write_workbook(path: Path, frame: pd.DataFrame) -> None:
    with pd.ExcelWriter(path, engine="xlsxwriter") as writer:
        # Without a fixed date the workbook holds the time it was made.
        writer.book.set_properties({"created": datetime(2020, 1, 1, tzinfo=UTC)})
        frame.to_excel(writer, sheet_name="Mätningar", index=False)


def date_text(days: np.ndarray) -> np.ndarray:
    """Return dates (datetime64[D]) as text; NaT becomes an empty text."""
    text = days.astype("datetime64[D]").astype("U10")
    return np.where(np.isnat(days), "", text).astype(object)


def decimal_text(numbers: np.ndarray, decimals: int, comma: bool = False) -> np.ndarray:
    """Return numbers as text with so many decimals."""
    if not numbers.size:
        return numbers.astype(object)  # which the functions of text cannot take
    text = np.char.mod(f"%.{decimals}f", np.asarray(numbers, dtype=float))
    return (np.char.replace(text, ".", ",") if comma else text).astype(object)


def serial_text(prefix: str, first: int, count: int, digits: int) -> np.ndarray:
    """Return pseudonyms in order: the prefix and a number of so many digits."""
    numbers = np.char.mod(f"%0{digits}d", np.arange(first, first + count))
    return np.char.add(prefix, numbers).astype(object)
