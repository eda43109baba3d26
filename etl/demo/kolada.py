"""Published yearly values of regions: the only real figures in the demo.

Source: Kolada, https://www.kolada.se (Källa: Kolada). A value that was not read there
is left out, never filled in.
"""

import pandas as pd

_REGIONS = {
    "0000": "Riket",
    "0001": "Stockholm",
    "0003": "Uppsala",
    "0004": "Sörmland",
    "0005": "Östergötland",
    "0006": "Jönköpings län",
    "0007": "Kronoberg",
    "0008": "Kalmar",
    "0009": "Gotland",
    "0010": "Blekinge",
    "0012": "Skåne",
    "0013": "Halland",
    "0014": "Västra Götalandsregionen",
    "0017": "Värmland",
    "0018": "Örebro län",
    "0019": "Västmanland",
    "0020": "Dalarna",
    "0021": "Gävleborg",
    "0022": "Västernorrland",
    "0023": "Jämtland Härjedalen",
    "0024": "Västerbotten",
    "0025": "Norrbotten",
}

_BLEKINGE, _KRONOBERG, _SWEDEN = "0010", "0007", "0000"

_SCORE_2025 = {
    "0025": 90.9,
    "0001": 89.2,
    "0023": 88.7,
    "0022": 88.2,
    "0008": 88.2,
    "0021": 87.5,
    "0005": 87.3,
    "0013": 87.2,
    "0006": 86.9,
    "0017": 86.7,
    "0012": 86.6,
    "0000": 86.4,
    "0003": 86.3,
    "0019": 86.2,
    "0020": 86.0,
    "0024": 85.9,
    "0018": 85.8,
    "0009": 85.5,
    "0004": 85.2,
    "0007": 85.2,
    "0010": 84.7,
    "0014": 84.2,
}

# (KPI, region, first year, values of the years from it).
_SERIES = (
    ("N79178", _BLEKINGE, 2023, (84.2, 85.4)),
    ("N79198", _BLEKINGE, 2020, (50, 38, 28, 30, 34, 40)),
    ("N79198", _KRONOBERG, 2020, (43, 45, 33, 32, 40, 49)),
    ("N79198", _SWEDEN, 2025, (47,)),
    ("N70643", _BLEKINGE, 2018, (66.4, 66.7, 75.3, 72.3, 83.9, 80.5, 80.5)),
    ("N70643", _KRONOBERG, 2024, (97.2,)),
    ("N70643", _SWEDEN, 2024, (82.3,)),
)

# KPI -> (year, Blekinge), (year, Kronoberg), (year, Riket): the latest of each.
_LATEST = {
    "U71451": ((2024, 78.5), (2024, 83.0), (2024, 80.1)),
    "N79174": ((2023, 89.0), (2023, 89.4), (2023, 90.1)),
    "N79521": ((2023, 89.3), (2023, 87.5), (2023, 89.1)),
    "N79171": ((2024, 84.4), (2024, 85.4), (2024, 83.7)),
    "U70418": ((2023, 71.4), (2023, 83.0), (2023, 77.0)),
    "U79093": ((2023, 11.0), (2021, 11.4), (2023, 13.7)),
    "N79180": ((2023, 7.1), (2021, 7.2), (2023, 10.3)),
    "U79132": ((2023, 32.4), (2021, 36.9), (2023, 36.2)),
    "N70641": ((2022, 23.3), (2023, 9.2), (2023, 10.7)),
    "N70642": ((2022, 12.5), (2023, 5.1), (2023, 5.8)),
    "N79181": ((2025, 83.4), (2025, 98.4), (2025, 84.1)),
    "N79175": ((2024, 14.7), (2024, 14.9), (2024, 14.0)),
    "U70425": ((2025, 8.3), (2025, 0.8), (2025, 5.1)),
    "U79149": ((2025, 5.8), (2025, 0.0), (2025, 2.9)),
    "U79134": ((2025, 2.3), (2025, 3.6), (2025, 1.9)),
    "N79179": ((2025, 82.4), (2025, 89.3), (2025, 88.5)),
    "N79173": ((2025, 83.3), (2025, 82.7), (2025, 86.0)),
    "N79221": ((2024, 71.2), (2025, 75.3), (2024, 68.7)),
    "N79223": ((2024, 73.7), (2025, 82.2), (2024, 59.0)),
    "U79092": ((2025, 15.0), None, (2025, 17.0)),
    "U79062": ((2025, 97.3), (2025, 97.7), (2025, 90.2)),
    "U79063": ((2025, 100.0), (2025, 98.6), (2025, 97.6)),
    "U79071": ((2025, 48.8), (2025, 77.3), (2025, 87.0)),
    "U79073": ((2025, 96.0), (2025, 99.0), (2025, 96.5)),
    "U70465": ((2025, 96.2), (2025, 100.0), (2025, 85.2)),
    "N79176": ((2025, 6.7), (2025, 6.4), (2025, 4.7)),
    "U79135": ((2024, 156.5), (2024, 103.1), (2024, 103.8)),
    "U79133": ((2024, 531.6), (2024, 551.1), (2024, 562.2)),
    "U20462": ((2024, 2605.6), (2024, 3198.6), (2024, 3434.4)),
}


def kolada_rows() -> pd.DataFrame:
    """Return one row per KPI, region and year, sorted."""
    rows = [("N79178", region, 2025, score) for region, score in _SCORE_2025.items()]
    for kpi, region, first, values in _SERIES:
        rows += [
            (kpi, region, first + step, value) for step, value in enumerate(values)
        ]
    for kpi, latest in _LATEST.items():
        regions = (_BLEKINGE, _KRONOBERG, _SWEDEN)
        rows += [
            (kpi, region, *newest)
            for region, newest in zip(regions, latest, strict=True)
            if newest is not None
        ]
    return pd.DataFrame(
        [
            {
                "kpi": kpi,
                "kolada_region_id": region,
                "region": _REGIONS[region],
                "year": str(year),
                "value": f"{value:g}",
            }
            for kpi, region, year, value in sorted(rows)
        ],
        dtype=object,
    )
