"""The headings that indicators stand under: areas, and themes of patient safety."""

from collections.abc import Callable, Iterable
from typing import TypeVar

from app.words import text
from kpi.definitions import THEMES, Indicator, Theme
from kpi.model import Area

_T = TypeVar("_T")
_AREAS = {area: nth for nth, area in enumerate(Area)}
_THEMES = {theme: nth for nth, theme in enumerate(THEMES)}
_Place = tuple[int, int]
"""Of an area, and in it of a theme; -1 where it stands under the area itself."""


def theme_title(theme: Theme) -> str:
    """Return the heading of a prerequisite or focus area."""
    return f"{text.AREA[Area.PATIENT_SAFETY]}: {text.THEME[theme]}"


def in_groups(
    things: Iterable[_T], indicator_of: Callable[[_T], Indicator]
) -> list[tuple[str, list[_T]]]:
    """Return (heading, what stands under it), in the order of the headings.

    What belongs to an area and to themes, or to several themes, stands under each.
    """
    groups: dict[_Place, list[_T]] = {}
    for thing in things:
        for place in _places(indicator_of(thing)):
            groups.setdefault(place, []).append(thing)
    return [(_title(place), groups[place]) for place in sorted(groups)]


def _places(indicator: Indicator) -> list[_Place]:
    safety = _AREAS[Area.PATIENT_SAFETY]
    places = [(safety, _THEMES[theme]) for theme in indicator.themes]
    if indicator.area is not Area.PATIENT_SAFETY or not places:
        places.append((_AREAS[indicator.area], -1))
    return places


def _title(place: _Place) -> str:
    area, theme = place
    return str(text.AREA[list(Area)[area]]) if theme < 0 else theme_title(THEMES[theme])
