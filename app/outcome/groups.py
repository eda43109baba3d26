"""The headings that indicators stand under: areas, and themes of safety."""

from app.words import text
from kpi.definitions import Indicator
from kpi.model import Area


def group_title(indicator: Indicator) -> str:
    """Return the heading an indicator stands under."""
    area = str(text.AREA[indicator.area])
    if indicator.area != "patient_safety" or not indicator.themes:
        return area
    return f"{area}: {text.THEME[indicator.themes[0]]}"


def group_order(indicator: Indicator) -> tuple[int, int]:
    """Return where an indicator's group stands: by area, then by theme."""
    themes = list(text.THEME)
    theme = themes.index(indicator.themes[0]) if indicator.themes else len(themes)
    is_safety = indicator.area == "patient_safety"
    return list(Area).index(indicator.area), theme if is_safety else 0
