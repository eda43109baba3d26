"""Published yearly levels that the demo is set to, by region.

Source: Kolada, https://www.kolada.se. Years without a published value (the demo's last)
continue the series.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Levels:
    """What a region is set to, by year.

    Attributes:
        within_maximum: N79198: cancer pathways within the maximum lead time, fraction.
        inclusion: N70643: inclusion in cancer pathways, fraction.
        patient_score: N79178: overall impression of the pathway, 0-100.
        all_eight: U70418: hygiene and dress correct in all steps, fraction.
        reported: Indicator that is reported already counted -> its level, where that is
            another than `etl.demo.reported_levels` has.
    """

    within_maximum: Mapping[int, float]
    inclusion: Mapping[int, float]
    patient_score: Mapping[int, float]
    all_eight: Mapping[int, float]
    reported: Mapping[str, float] = field(default_factory=dict)


BLEKINGE_LEVELS = Levels(
    # 2026 is made up.
    within_maximum={
        2020: 0.50,
        2021: 0.38,
        2022: 0.28,
        2023: 0.30,
        2024: 0.34,
        2025: 0.40,
        2026: 0.44,
    },
    # 2025 and 2026 are made up.
    inclusion={
        2018: 0.664,
        2019: 0.667,
        2020: 0.753,
        2021: 0.723,
        2022: 0.839,
        2023: 0.805,
        2024: 0.805,
        2025: 0.815,
        2026: 0.82,
    },
    # 2026 is made up.
    patient_score={
        2018: 87.8,
        2019: 88.3,
        2022: 85.8,
        2023: 84.2,
        2024: 85.4,
        2025: 84.7,
        2026: 85.6,
    },
    # 2024- are made up.
    all_eight={
        2022: 0.706,
        2023: 0.714,
        2024: 0.735,
        2025: 0.755,
        2026: 0.78,
    },
)

KRONOBERG_LEVELS = Levels(
    # 2026 is made up.
    within_maximum={
        2020: 0.43,
        2021: 0.45,
        2022: 0.33,
        2023: 0.32,
        2024: 0.40,
        2025: 0.49,
        2026: 0.51,
    },
    # 2025 and 2026 are made up.
    inclusion={
        2018: 0.851,
        2019: 0.885,
        2020: 0.796,
        2021: 0.816,
        2022: 0.857,
        2023: 0.876,
        2024: 0.972,
        2025: 0.96,
        2026: 0.96,
    },
    # 2026 is made up.
    patient_score={
        2018: 86.3,
        2019: 85.9,
        2022: 86.9,
        2023: 85.5,
        2024: 85.8,
        2025: 85.2,
        2026: 85.6,
    },
    # 2024- are made up.
    all_eight={
        2021: 0.854,
        2022: 0.852,
        2023: 0.83,
        2024: 0.835,
        2025: 0.84,
        2026: 0.845,
    },
    # N70641 9.2 (2023), and of them N70642 5.1; U70425 0.8, U79149 0 and U79134 3.6
    # (2025); U79092 18 (2016).
    reported={
        "adverse_events_injuries_somatic": 9.2,
        "adverse_events_preventable_somatic": 55,
        "overcrowding_somatic": 0.8,
        "overcrowding_psychiatric": 0,
        "displaced_patients_somatic": 3.6,
        "readmission_30_days": 18,
    },
)


def in_year(levels: Mapping[int, float], year: int) -> float:
    """Return the level of a year; the latest one before it, or else the first."""
    earlier = [each for each in levels if each <= year]
    return levels[max(earlier, default=min(levels))]
