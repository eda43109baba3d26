"""Published yearly levels that the demo is set to, for Blekinge.

Source: Kolada, https://www.kolada.se. Years without a published value (the demo's last)
continue the series.
"""

WITHIN_MAXIMUM = {
    2020: 0.50,
    2021: 0.38,
    2022: 0.28,
    2023: 0.30,
    2024: 0.34,
    2025: 0.40,
    2026: 0.44,
}
"""N79198: cancer pathways within the maximum lead time, fraction. 2026 is made up."""

INCLUSION = {
    2018: 0.664,
    2019: 0.667,
    2020: 0.753,
    2021: 0.723,
    2022: 0.839,
    2023: 0.805,
    2024: 0.805,
    2025: 0.815,
    2026: 0.82,
}
"""N70643: inclusion in cancer pathways, fraction. 2025 and 2026 are made up."""

PATIENT_SCORE = {
    2018: 87.8,
    2019: 88.3,
    2022: 85.8,
    2023: 84.2,
    2024: 85.4,
    2025: 84.7,
    2026: 85.6,
}
"""N79178: overall impression of the pathway, 0-100. 2026 is made up."""

ALL_EIGHT = {2022: 0.706, 2023: 0.714, 2024: 0.735, 2025: 0.755, 2026: 0.78}
"""U70418: hygiene and dress correct in all steps, fraction. 2024- are made up."""


def in_year(levels: dict[int, float], year: int) -> float:
    """Return the level of a year; the latest one before it, or else the first."""
    earlier = [each for each in levels if each <= year]
    return levels[max(earlier, default=min(levels))]
