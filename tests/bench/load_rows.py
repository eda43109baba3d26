"""Made-up rows to load: care contacts and pathway cases, written by DuckDB."""

from pathlib import Path

import duckdb

UNITS = 40
NEW_ROWS = 10_000
CONTACTS_SHARE = 0.75

REGISTER = [
    "enhet_id;namn;typ;overordnad;giltig_fran;kolada_id",
    "SE2321000081-B000;Region;region;;2010-01-01;0010",
    *(
        f"SE2321000081-B{n:03};Central {n};vardcentral;SE2321000081-B000;2010-01-01;"
        for n in range(1, UNITS + 1)
    ),
]

# The faults are such that DuckDB can cast every cell, and so read the file at all.
# hash() instead of random(): the same rows every time, however many threads write them.
_UNIT = f"""CASE WHEN roll(n, 1, 20000) = 0 THEN 'SE2321000081-UNKNOWN'
    ELSE 'SE2321000081-B' || lpad((1 + roll(n, 2, {UNITS}))::VARCHAR, 3, '0') END"""
_CONTACTS = f"""
SELECT '{{series}}-' || lpad(n::VARCHAR, 9, '0') AS kontakt_id, {_UNIT} AS enhet_id,
    CASE WHEN roll(n, 3, 20000) = 0 THEN DATE '2031-01-01' ELSE day END AS datum,
    ['oppen', 'sluten', 'hemsjukvard'][1 + roll(n, 4, 3)] AS vardform,
    60 + roll(n, 5, 40) AS alder,
    CASE WHEN roll(n, 6, 20000) = 0 THEN 999 ELSE roll(n, 7, 15) END
        AS antal_lakemedel,
    ['K', 'M'][1 + roll(n, 8, 2)] AS kon,
    ['', '', 'XV015', 'XV016', 'XV015 XV016', 'AV034'][1 + roll(n, 9, 6)] AS kva_kod,
    ['', 'J', 'N'][1 + roll(n, 10, 3)] AS lakemedelsberattelse,
    ['', 'J', 'N'][1 + roll(n, 11, 3)] AS lakemedelslista
FROM dated
"""
_CASES = f"""
SELECT '{{series}}-' || lpad(n::VARCHAR, 9, '0') AS fall_id, {_UNIT} AS enhet_id,
    pathway AS svf, letter || '910' AS kva_start, day AS datum_valgrundad_misstanke,
    -- A few end before they began, and some have not ended.
    CASE WHEN roll(n, 3, 20000) = 0 THEN day - 1 WHEN roll(n, 4, 20) > 0
        THEN day + 5 + roll(n, 5, 70) END AS datum_avslut,
    CASE WHEN datum_avslut IS NOT NULL THEN letter || '9'
        || ['50', '52', '54', '70', '78'][1 + roll(n, 6, 5)] END AS kva_avslut,
    ['J', 'N', 'N'][1 + roll(n, 7, 3)] AS utokad_utredning,
    ['K', 'M'][1 + roll(n, 8, 2)] AS kon, 30 + roll(n, 9, 60) AS alder
FROM (
    SELECT *, ['brost', 'lunga', 'prostata'][kind] AS pathway,
        ['VA', 'VB', 'VC'][kind] AS letter
    FROM (SELECT *, 1 + roll(n, 10, 3) AS kind FROM dated)
)
"""
_COPY = """
COPY (
    WITH dated AS (
        SELECT n, DATE '{first}' + (n * {days} // {rows})::INTEGER AS day
        FROM range({rows}) AS series(n)
    )
    {select}
) TO '{path}' (HEADER, DELIMITER ';', QUOTE '"')
"""


def contacts_in(sources: Path) -> Path:
    """Return where the contacts are."""
    return sources / "lakemedel" / "kontakter.csv"


def cases_in(sources: Path) -> Path:
    """Return where the pathway cases are."""
    return sources / "svf" / "svf_fall.csv"


def write_sources(sources: Path, rows: int) -> None:
    """Write a unit register and so many rows, three in four of them contacts."""
    for name in ("enheter", "lakemedel", "svf"):
        (sources / name).mkdir(parents=True)
    (sources / "enheter" / "enheter.csv").write_text("\n".join(REGISTER) + "\n")
    contacts = int(rows * CONTACTS_SHARE)
    _write(contacts_in(sources), _CONTACTS, "K", "2022-01-01", contacts)
    _write(cases_in(sources), _CASES, "S", "2022-01-01", rows - contacts, 1400)


def write_new_file(sources: Path) -> None:
    """Write one more file of contacts, of the last months."""
    late = contacts_in(sources).with_name("kontakter_new.csv")
    _write(late, _CONTACTS, "N", "2026-04-01", NEW_ROWS, 90)


def _write(
    path: Path, select: str, series: str, first: str, rows: int, days: int = 1551
) -> None:
    memory = duckdb.connect()
    memory.execute(
        "CREATE MACRO roll(n, salt, sides) AS (hash(n, salt) % sides)::INTEGER"
    )
    filled = select.format(series=series)
    memory.execute(
        _COPY.format(select=filled, first=first, days=days, rows=rows, path=path)
    )
