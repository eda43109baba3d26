"""Periods in headings, in the names of sheets, and in that of the file."""

import re
from collections import Counter
from collections.abc import Sequence

from etl.take.everyday import MONTH_WORD
from kpi.period import Period

_YEAR = re.compile(r"(?<![0-9])20[0-9]{2}(?![0-9])")
_MONTH = re.compile(
    rf"({MONTH_WORD})[.]?([ -]*(20[0-9]{{2}}|[0-9]{{2}}))?", re.IGNORECASE
)
_QUARTER = re.compile(r"(kv|kvartal|q|k) ?[1-4]([ -]*20[0-9]{2})?", re.IGNORECASE)
_CHANGING = re.compile(
    rf"[0-9][0-9_.-]*|(?<![^\W_])({MONTH_WORD})(?![^\W_])[.]?", re.IGNORECASE
)


def months_in(text: str) -> int | None:
    """Return how many months a period has; None for a text that names none."""
    text = text.strip()
    if _MONTH.fullmatch(text):
        return 1
    if _QUARTER.fullmatch(text):
        return 3
    try:
        period = Period.parse(text)
    except ValueError:
        return None
    return period.last - period.first + 1


def are_periods(names: Sequence[str]) -> bool:
    """Say whether there are names, and each is a period."""
    return bool(names) and all(map(months_in, names))


def periods_among(headings: Sequence[str]) -> list[str]:
    """Return the headings that are periods, all of one length: the commonest.

    A year beside its months is their sum, and would be counted once more.
    """
    lengths = Counter(filter(None, map(months_in, headings)))
    if not lengths or max(lengths.values()) < 2:
        return []
    usual = min(lengths, key=lambda months: (-lengths[months], months))
    return [heading for heading in headings if months_in(heading) == usual]


def with_periods(headings: Sequence[str]) -> list[str]:
    """Return the headings of what was counted in a period: `Utskrivna jan-26`.

    None, where they tell of one period alone.
    """
    periods: dict[str, str] = {}
    for heading in headings:
        words = heading.split()
        ends = (words[-2:], words[-1:], words[:2], words[:1])
        names = [" ".join(end) for end in ends if len(end) < len(words)]
        period = next(filter(months_in, names), "")
        if period:
            periods[heading] = period
    return [*periods] if len({*periods.values()}) > 1 else []


def have_years(periods: Sequence[str]) -> bool:
    """Say whether every one of some periods tells its year."""
    return all(
        _YEAR.search(period) or re.search("(?<![0-9])[0-9]{2}$", period)
        for period in periods
    )


def year_in(name: str) -> int | None:
    """Return the year that the name of a file tells, if it is one."""
    years = set(_YEAR.findall(name))
    return int(years.pop()) if len(years) == 1 else None


def pattern_of(name: str, is_of_one_time: bool) -> str:
    """Return the pattern of a file's path: what changes from file to file as `*`.

    Args:
        name: The path, under the sources folder.
        is_of_one_time: Whether its mapping says of which time all rows are: then it is
            of no file of another time, and the name stays as it is.
    """
    folder, _, file = name.rpartition("/")
    stem, dot, ending = file.rpartition(".")
    if is_of_one_time:
        # A mark for any text would be read as one.
        stem = re.sub(r"[*?\[\]]", "?", stem)
    else:
        stem = re.sub(r"\*([ ,_&-]*\*)+", "*", _CHANGING.sub("*", stem))
    return f"{folder}/{stem}{dot}{ending}"
