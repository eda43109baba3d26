"""Which addresses are asked for: another selection each time."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import parse_qsl, urlencode, urlsplit

import duckdb

from app.api.protocol import PREFIX
from app.site.openapi import description

PATHWAYS = ("prostata", "brost", "tjock_andtarm", "melanom", "lunga", "lymfom")
_OF_ONE = {"indicator_by_item", "contributions"}
"""Pages about one kind of indicator, which is kept."""


@dataclass(frozen=True, slots=True)
class Selection:
    """An outcome that has a value: what a visitor could have chosen."""

    indicator: str
    unit: str
    period: str


def selections(path: Path, number: int, indicator: str = "") -> list[Selection]:
    """Return as many selections as asked for, quarter after quarter.

    Args:
        path: The warehouse.
        number: How many.
        indicator: Only of this one, if there is any such.
    """
    file = duckdb.connect(str(path), read_only=True)
    found = file.execute(
        """WITH numbered AS (
            SELECT indicator, unit, period, row_number() OVER (
                PARTITION BY period ORDER BY hash(indicator, unit, period)) AS nth
            FROM outcome WHERE "by" = '' AND value IS NOT NULL
                AND (period_kind = 'quarter' OR $only <> '')
                AND ($only = '' OR indicator = $only)
        )
        SELECT indicator, unit, period FROM numbered
        ORDER BY nth, period DESC LIMIT $number""",
        {"only": indicator, "number": number},
    ).fetchall()
    file.close()
    return [Selection(*row) for row in found]


def addresses(path: Path, name: str, address: str, number: int) -> list[str]:
    """Return a page's address for so many selections.

    Where a kept indicator has too few, it is asked for where it has no value as well.
    """
    parts = urlsplit(address)
    given = dict(parse_qsl(parts.query))
    *_, last = parts.path.split("/")
    is_one = name.startswith("indicator_") or name in _OF_ONE
    kept = (given.get("indicator") or last) if is_one else ""
    found = (selections(path, number, kept) + selections(path, number))[:number]
    return [
        _address(parts.path, given, one, at, bool(kept)) for at, one in enumerate(found)
    ]


def _address(
    path: str, given: dict[str, str], chosen: Selection, at: int, is_kept: bool
) -> str:
    place, slash, last = path.rpartition("/")
    if place == "/indikator":
        last = last if is_kept else chosen.indicator
    elif place == "/enhet":
        last = chosen.unit
    new = dict(given)
    if place == "/indikator" or "unit" in given:
        new["unit"] = chosen.unit
    if "indicator" in given:
        new["indicator"] = chosen.indicator
    if "svf" in given:
        new["svf"] = PATHWAYS[at % len(PATHWAYS)]
    rolling = "R12-" if given.get("period", "").startswith("R12-") else ""
    new["period"] = rolling + chosen.period
    return f"{place}{slash}{last}?{urlencode(new)}"


def api_addresses(path: Path, number: int) -> Iterator[tuple[str, list[str]]]:
    """Yield every address of the API that is read, for so many selections."""
    for route, node in description()["paths"].items():
        known = {one["name"] for one in node["get"].get("parameters", ())}
        name = route.rpartition("/")[2].partition(".")[0]
        kept = "bhk_compliance" if name == "hygiene" else ""
        if name == "contributions":
            kept = "svf_lead_time"
        asked = []
        found = selections(path, number, kept)
        for at, one in enumerate(found):
            wanted = {
                "indicator": one.indicator,
                "unit": one.unit,
                "period": one.period,
                "svf": PATHWAYS[at % len(PATHWAYS)] if name == "pathway" else None,
            }
            if name == "outcomes":
                del wanted["indicator"]  # a unit's quarter, as a page links to it
            query = {
                key: value for key, value in wanted.items() if key in known and value
            }
            asked.append(f"{route}?{urlencode(query)}" if query else route)
        yield route.removeprefix(PREFIX), asked
