"""Faults in how facts are written, as real exports have them.

A few of each, so that the demo has rejections with reasons, and values that are unusual
but fine. Nothing here refuses a whole file.
"""

import numpy as np
import pandas as pd

FUTURE_DATE = "2062-03-01"
MASKED, UNKNOWN, NO_VALUE = "MSK", "UNK", "-"


def lower_case(
    frame: pd.DataFrame, column: str, rng: np.random.Generator, share: float
) -> None:
    """Write a share of a column in lower case, in place."""
    chosen = rng.random(len(frame)) < share
    frame.loc[chosen, column] = frame.loc[chosen, column].str.lower()


def put(
    frame: pd.DataFrame,
    column: str,
    values: list[str],
    rng: np.random.Generator,
    among: pd.Series | None = None,
) -> None:
    """Put each value in one row of its own, in place; too few rows take fewer.

    `among` says of each row whether it may be chosen; all may if it is None.
    """
    candidates = frame.index if among is None else frame.index[among]
    rows = rng.permutation(len(candidates))[: len(values)]
    frame.loc[candidates[rows], column] = values[: len(rows)]


def with_repeated_row(frame: pd.DataFrame, rng: np.random.Generator) -> pd.DataFrame:
    """Return the frame with one of its rows once more at the end."""
    again = frame.iloc[[int(rng.integers(len(frame)))]]
    return pd.concat([frame, again], ignore_index=True)


def compact_dates(dates: np.ndarray, times: np.ndarray) -> np.ndarray:
    """Return dates of the form `YYYY-MM-DD` as `YYYYMMDD`, some with a time of day."""
    compact = np.char.replace(dates.astype(str), "-", "")
    return np.where(times, np.char.add(compact, " 08:15"), compact).astype(object)
