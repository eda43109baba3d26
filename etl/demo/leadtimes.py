"""`svf/ledtider`: a maximum lead time for every pathway and ending.

The found ones keep their source; the rest are made up and say so.
"""

from dataclasses import dataclass
from datetime import date

import pandas as pd

from etl.demo.pathways import MEASURED, PATHWAYS, UNSPECIFIC, Pathway

SYNTHETIC = "Syntetiskt demovärde"
_SINCE = date(2015, 1, 1)
_DAYS_MORE = {"J": 1.35, "N": 1.0}
"""Extended investigation adds a third where no value was found (39 -> 53 days)."""

_RELATIVE_TO_USUAL = {
    "kirurgi": 1.0,
    "lakemedel": 1.0,
    "stralning": 1.1,
    "palliativ": 0.7,
    "annan": 1.0,
    "exspektans": 0.9,
}


@dataclass(frozen=True, slots=True)
class Maximum:
    """A maximum lead time in force, in calendar days.

    Attributes:
        extended: `J` after extended investigation, otherwise `N`.
        until: Its last day; None if still in force.
    """

    svf: str
    ending: str
    extended: str
    days: int
    source: str = SYNTHETIC
    since: date = _SINCE
    until: date | None = None


@dataclass(frozen=True, slots=True)
class _Found:
    """Values read in a version of a pathway document, in force during a time."""

    svf: str
    days: dict[str, int]
    source: str
    extended: str = "N"
    since: date = _SINCE
    until: date | None = None


_COLON = "Standardiserat vårdförlopp tjock- och ändtarmscancer, 2018-10-30"
_BLADDER = "Standardiserat vårdförlopp cancer i urinblåsan, 2018"
_COLON_DAYS = {"kirurgi": 39, "lakemedel": 39, "stralning": 39, "annan": 39}
_COLON_LONG = {"kirurgi": 53, "lakemedel": 53, "stralning": 53, "annan": 53}
_BLADDER_DAYS = {
    "ingen_ytterligare_atgard": 22,
    "kirurgi": 37,
    "lakemedel": 39,
    "stralning": 43,
}

_FOUND = (
    _Found("aml", {"lakemedel": 6}, "Standardiserat vårdförlopp AML, 2018",
           until=date(2018, 12, 31)),
    _Found("aml", {"lakemedel": 9}, "Standardiserat vårdförlopp AML, 2019",
           since=date(2019, 1, 1)),
    _Found("huvud_hals", {"palliativ": 18},
           "Standardiserat vårdförlopp huvud- och halscancer, 2018"),
    _Found("prostata", {"kirurgi": 60, "stralning": 60, "palliativ": 28,
                        "exspektans": 28},
           "Standardiserat vårdförlopp prostatacancer, 2016", until=date(2023, 9, 18)),
    _Found("prostata", {"kirurgi": 61, "stralning": 61, "palliativ": 30,
                        "exspektans": 30}, SYNTHETIC, since=date(2023, 9, 19)),
    _Found("urinblasa_urinvagar", {ending: days - 2 for ending, days
                                   in _BLADDER_DAYS.items()},
           _BLADDER, until=date(2018, 1, 31)),
    _Found("urinblasa_urinvagar", _BLADDER_DAYS, _BLADDER, since=date(2018, 2, 1)),
    _Found(UNSPECIFIC, {"avslutande_samtal": 22},
           "Standardiserat vårdförlopp allvarliga ospecifika symtom, 2019"),
    _Found("brost", dict.fromkeys(_RELATIVE_TO_USUAL, 28),
           "Nationellt kvalitetsregister för bröstcancer, indikatordefinition"),
    _Found("lymfom", {"lakemedel": 18, "stralning": 26, "exspektans": 16},
           "Standardiserat vårdförlopp lymfom, 2018-10-30", until=date(2019, 12, 31)),
    _Found("lymfom", {"lakemedel": 28, "stralning": 36, "exspektans": 26}, SYNTHETIC,
           since=date(2020, 1, 1)),
    _Found("tjock_andtarm", _COLON_DAYS | {"palliativ": 25,
                                           "ingen_ytterligare_atgard": 25}, _COLON),
    _Found("tjock_andtarm", _COLON_LONG | {"palliativ": 39}, _COLON, extended="J"),
    _Found("kll", {"lakemedel": 22}, "Standardiserat vårdförlopp KLL, 2018",
           until=date(2019, 12, 31)),
    _Found("kll", {"lakemedel": 30}, SYNTHETIC, since=date(2020, 1, 1)),
    _Found("vulva", {"kirurgi": 30, "stralning": 34, "lakemedel": 27, "palliativ": 20},
           "Standardiserat vårdförlopp vulvacancer, 2017-10-31"),
)  # fmt: skip


def demo_maxima() -> tuple[Maximum, ...]:
    """Return every maximum; no two overlap for the same ending."""
    return tuple(maximum for pathway in PATHWAYS for maximum in _of(pathway))


def _of(pathway: Pathway) -> list[Maximum]:
    maximums = [
        Maximum(
            source_row.svf,
            ending,
            source_row.extended,
            days,
            source_row.source,
            source_row.since,
            source_row.until,
        )
        for source_row in _FOUND
        if source_row.svf == pathway.id
        for ending, days in source_row.days.items()
    ]
    covered = {(maximum.ending, maximum.extended) for maximum in maximums}
    ordinary = {
        maximum.ending: maximum.days for maximum in maximums if maximum.until is None
    }
    made_up = [
        Maximum(
            pathway.id,
            ending,
            extended,
            round(ordinary.get(ending, pathway.max_days * relative) * more),
        )
        for ending, relative in _endings(pathway).items()
        for extended, more in _DAYS_MORE.items()
        if (ending, extended) not in covered
    ]
    return sorted(
        maximums + made_up,
        key=lambda maximum: (maximum.ending, maximum.extended, maximum.since),
    )


def _endings(pathway: Pathway) -> dict[str, float]:
    if pathway.id == UNSPECIFIC:
        return {"avslutande_samtal": 1.0}
    if "73" in pathway.endings:
        return _RELATIVE_TO_USUAL | {MEASURED["73"]: 0.65}
    return _RELATIVE_TO_USUAL


def leadtime_rows(maxima: tuple[Maximum, ...]) -> pd.DataFrame:
    """Return the rows of `svf/ledtider`."""
    return pd.DataFrame(
        [
            {
                "svf": maximum.svf,
                "avslut": maximum.ending,
                "utokad_utredning": maximum.extended,
                "max_dagar": str(maximum.days),
                "giltig_fran": str(maximum.since),
                "giltig_till": "" if maximum.until is None else str(maximum.until),
                "kalla": maximum.source,
            }
            for maximum in maxima
        ],
        dtype=object,
    )
