"""What all charts share: colours, axes and fonts."""

from typing import Any

Figure = dict[str, Any]

# Each is at least 3:1 against both the light and the dark page.
VALUE, BAND = "#2f7fc1", "rgba(47,127,193,0.22)"
LOCAL, NATIONAL, OWN = "#b8651b", "#8a6fb5", "#3b8a7c"
NATION = MUTED = "#7d8794"


def layout(suffix: str, height: int, is_upright: bool = True) -> Figure:
    """Return the layout of a chart; upright ones have their numbers on the left."""
    numbers = {"ticksuffix": suffix, "gridcolor": "rgba(125,135,148,0.3)"}
    numbers |= {"zeroline": False, "automargin": True}
    labels = {"showgrid": False, "automargin": True, "zeroline": False}
    labels |= {"tickangle": 0}
    return {
        "height": height,
        "margin": {"l": 48, "r": 24, "t": 40, "b": 40},
        "separators": ",\N{NO-BREAK SPACE}",
        "font": {"family": "system-ui, sans-serif", "size": 13, "color": "#17202a"},
        "paper_bgcolor": "#ffffff",
        "plot_bgcolor": "#ffffff",
        "hoverlabel": {"align": "left"},
        "hovermode": "closest",
        "dragmode": False,
        "showlegend": is_upright,
        "legend": {"orientation": "h", "x": 0, "y": 0}
        | {"yref": "container", "yanchor": "bottom"},
        "xaxis": labels | {"fixedrange": True} if is_upright else numbers,
        "yaxis": numbers | {"fixedrange": True} if is_upright else labels,
    }
