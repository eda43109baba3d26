"""Days on which care is given."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from kpi.period import Period


def drawn_workdays(
    rng: np.random.Generator, periods: Sequence[Period], place: np.ndarray
) -> np.ndarray:
    """Return a day from Monday to Friday, datetime64[D], in each place's period."""
    first: NDArray[np.datetime64] = np.array(
        [period.first_day for period in periods], dtype="datetime64[D]"
    )
    past = np.array(
        [period.shifted(1).first_day for period in periods], "datetime64[D]"
    )
    number = np.busday_count(first, past)
    chosen: NDArray[np.int64] = rng.integers(0, number[place])
    return np.busday_offset(first[place], chosen, roll="forward")
