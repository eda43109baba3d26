"""What was tried for the goals that are not met, and the floors that were found.

Numbers are from when it was tried, each against the same run without it.
"""


def _told(text: str) -> str:
    return " ".join(text.split())


READABLE = _told(
    """the answer comes after 10 to 20 ms; the floor is the first paint: on a busy
    machine 300 to 360 ms, where the same page without its content takes 140 to 186.
    Tried and kept: the page in the first answer, scripts that run after the paint,
    one style sheet, trend lines within the page. Tried without gain: style within
    the page, `content-visibility`, letters not fetched ahead (painted 14 % earlier,
    but laid out twice), cheaper selectors one by one, Dash started later."""
)
TASK = _told(
    """the longest task is Dash making the parts of the page; the pages are sent as
    HTML so that it has few."""
)
SWITCH = _told(
    """about 25 ms are Dash and React, 12 ms style and layout, the rest frames and the
    way to the server and back: without any style sheet 67 ms were left of 71. Tried
    and kept: pages as HTML (seven seconds before that), no rule that asks the whole
    page."""
)
SWITCH_CHART = _told(
    """the numbers are there first; each chart takes plotly 17 to 29 ms more, in a
    frame of its own. Tried and kept: the drawing handed on from page to page
    instead of made anew, and no style rule that asks the whole page (plotly
    measures words 30 times while it draws, and each time all was styled again: 340
    ms, now 165)."""
)
QUERIES = _told(
    """kept: every quarter judged in the build (the list of deviations took 0.5 to 0.9
    s), the totals once more unit by unit with a key that DuckDB can pass over parts
    by (a unit of 2 000 in 2 to 9 ms instead of 50 to 100), elements made in a tenth
    of the time, wishes as lists instead of conditions, builds, definitions and
    units read once for each warehouse. Floors: 3 ms for the smallest page, 0.5 ms
    for any sorted statement, 1 to 1.5 ms to plan a correlated one, 7 µs for each
    cell of a map. Tried without gain: faster formatting of numbers, one order of
    rows for all pages (one kind of page gets five times slower). Left: smaller row
    groups (a series in 1.4 ms instead of 2.4), and pages of a nation that list
    every unit at once."""
)
PEOPLE = _told(
    """visitors and server share two processors, and every visitor asks for another
    indicator, unit and quarter each time. Kept: all that the section above says,
    and pages drawn once for the first answer and the callback. Workers and threads:
    see docs/decisions.md."""
)
MEMORY = _told(
    """each worker keeps the 64 pages it drew last, and DuckDB what it has read of the
    file, up to its limit. It levels out: 607, 647, 666 and 671 MB after 40, 80, 120
    and 160 seconds of the same visits."""
)
PEERS = _told(
    """two workers hold the program each, one for a processor, where Streamlit is one
    process; one worker takes about half of it and answers fewer
    (docs/decisions.md)."""
)
