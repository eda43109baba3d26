"""Tiny source folders: rows that are fine but for the changes, and what they become.

Functions named after a file's rows (`case`, `contact`, ...) give one row; `Sources`
writes rows to files and builds a warehouse; `Built` reads it.
"""

import csv
import io
import os
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from itertools import count as counter
from pathlib import Path
from textwrap import dedent
from typing import Any

import xlsxwriter
import yaml
from scipy.optimize import brentq
from scipy.stats import binom
from sqlalchemy import text

from etl.commands import build_warehouse
from kpi.warehouse import Warehouse

AS_OF = date(2026, 11, 1)
SHIPPED = Path(__file__).parents[2] / "indicators.yaml"

REGION = "SE2321000081-TEST0"
HOSPITAL = "SE2321000081-TEST1"
OTHER_HOSPITAL = "SE2321000081-TEST2"
CLINIC = "SE2321000081-TEST11"
SECOND_CLINIC = "SE2321000081-TEST12"
OTHER_CLINIC = "SE2321000081-TEST21"

Row = dict[str, str]
_ids = counter(1)


def unit(enhet_id: str, typ: str, overordnad: str = "", **changes: str) -> Row:
    fine = {
        "enhet_id": enhet_id,
        "namn": f"Enhet {enhet_id[-2:]}",
        "typ": typ,
        "overordnad": overordnad,
        "giltig_fran": "",
        "giltig_till": "",
        "ersatt_av": "",
        "kolada_id": "",
    }
    return fine | changes


def tree() -> list[Row]:
    """A region of Kolada id 0010 with two hospitals, two clinics in one of them."""
    return [
        unit(REGION, "region", kolada_id="0010"),
        unit(HOSPITAL, "sjukhus", REGION),
        unit(OTHER_HOSPITAL, "sjukhus", REGION),
        unit(CLINIC, "klinik", HOSPITAL),
        unit(SECOND_CLINIC, "klinik", HOSPITAL),
        unit(OTHER_CLINIC, "klinik", OTHER_HOSPITAL),
    ]


def case(fall_id: str, **changes: str) -> Row:
    """A breast cancer case: 28 days from suspicion to surgery, 35 allowed."""
    fine = {
        "fall_id": fall_id,
        "enhet_id": CLINIC,
        "svf": "brost",
        "kva_start": "VG910",
        "datum_valgrundad_misstanke": "2026-01-01",
        "datum_avslut": "2026-01-29",
        "kva_avslut": "VG950",
        "utokad_utredning": "N",
        "avvikelse": "",
        "kon": "K",
        "alder": "60",
    }
    return fine | changes


def cases(count: int, days: int, ended: str, **changes: str) -> list[Row]:
    """Return cases with this lead time that ended on this day, each with its own id."""
    suspected = date.fromisoformat(ended) - timedelta(days=days)
    fine = {"datum_valgrundad_misstanke": f"{suspected}", "datum_avslut": ended}
    return [case(f"fall-{next(_ids)}", **(fine | changes)) for _ in range(count)]


def maximum(svf: str, avslut: str, max_dagar: str, **changes: str) -> Row:
    fine = {
        "svf": svf,
        "avslut": avslut,
        "utokad_utredning": "N",
        "max_dagar": max_dagar,
        "giltig_fran": "2015-01-01",
        "giltig_till": "",
        "kalla": "lokalt beslut",
    }
    return fine | changes


def inclusion(period: str, treated: str, expected: str, **changes: str) -> Row:
    fine = {
        "period": period,
        "enhet_id": REGION,
        "svf": "alla",
        "antal_svf_behandling": treated,
        "beraknat_antal_cancerfall": expected,
    }
    return fine | changes


def contact(kontakt_id: str, **changes: str) -> Row:
    """A contact at which a review was due, and none was made."""
    fine = {
        "kontakt_id": kontakt_id,
        "enhet_id": CLINIC,
        "datum": "2026-02-10",
        "vardform": "oppen",
        "alder": "80",
        "antal_lakemedel": "7",
        "kon": "K",
        "kva_kod": "",
        "lakemedelsberattelse": "",
        "lakemedelslista": "",
    }
    return fine | changes


def contacts(count: int, **changes: str) -> list[Row]:
    """Return contacts, each with its own id."""
    return [contact(f"kontakt-{next(_ids)}", **changes) for _ in range(count)]


def prem(period: str, antal_svar: str, poang: str, **changes: str) -> Row:
    fine = {
        "period": period,
        "enhet_id": CLINIC,
        "enkat": "svf",
        "dimension": "helhetsintryck",
        "svf": "",
        "antal_svar": antal_svar,
        "poang": poang,
    }
    return fine | changes


def observation(items: str = "11111111", **changes: str) -> Row:
    """Return one observed person; `items` are h1-h4 and k1-k4, `-` = not applicable."""
    names = ("h1", "h2", "h3", "h4", "k1", "k2", "k3", "k4")
    answers = ("NA" if one == "-" else one for one in items)
    fine = {
        "matdatum": "2026-03-10",
        "enhet_id": CLINIC,
        "yrkeskategori": "sjukskoterska",
        **dict(zip(names, answers, strict=True)),
    }
    return fine | changes


def prevalence(observed: str, meeting: str, **changes: str) -> Row:
    fine = {
        "matdatum": "2026-03-10",
        "enhet_id": CLINIC,
        "matning": "trycksar",
        "antal_observerade": observed,
        "antal_uppfyller": meeting,
    }
    return fine | changes


def reported(indikator: str, period: str, **changes: str) -> Row:
    fine = {
        "indikator": indikator,
        "enhet_id": CLINIC,
        "period": period,
        "slag": "",
        "taljare": "",
        "namnare": "",
        "varde": "",
        "kommentar": "",
    }
    return fine | changes


def kolada(kpi: str, region: str, year: str, value: str) -> Row:
    return {
        "kpi": kpi,
        "kolada_region_id": region,
        "region": f"Region {region}" if region != "0000" else "Riket",
        "year": year,
        "value": value,
    }


def wilson(x: float, n: float) -> tuple[float, float]:
    """Return the interval as Newcombe (1998) writes it, method 3, in per cent."""
    z, p = 1.959964, x / n
    middle = p + z**2 / (2 * n)
    half = z * (p * (1 - p) / n + z**2 / (4 * n**2)) ** 0.5
    scale = 100 / (1 + z**2 / n)
    return scale * (middle - half), scale * (middle + half)


def mid_p(x: int, n: int) -> tuple[float, float]:
    """Return the interval as Lancaster (1961) defines it, in per cent."""

    def bound(met: int) -> float:
        if met == n:
            return 100.0

        def tails(p: float) -> float:
            return (binom.cdf(met - 1, n, p) + binom.cdf(met, n, p)) / 2 - 0.025

        return 100 * brentq(tails, 1e-12, 1 - 1e-12, xtol=1e-14)

    return 100 - bound(n - x), bound(x)


def byar(x: float) -> tuple[float, float]:
    """Return the interval of a count as Breslow & Day (1987) write it, page 69."""
    z, y = 1.959964, x + 1
    lower = x * (1 - 1 / (9 * x) - z / (3 * x**0.5)) ** 3
    return lower, y * (1 - 1 / (9 * y) + z / (3 * y**0.5)) ** 3


def csv_text(rows: Iterable[Row], delimiter: str = ";", newline: str = "\n") -> str:
    rows = list(rows)
    written = io.StringIO()
    writer = csv.writer(written, delimiter=delimiter, lineterminator=newline)
    writer.writerow(rows[0])
    writer.writerows(row.values() for row in rows)
    return written.getvalue()


PLAN = {
    "id": "cancer_blekinge",
    "title": {"sv": "Cancerplan", "en": "Cancer plan"},
    "region": "0010",
    "valid": "2024–2026",
}


def indicator(id: str, **changes: Any) -> dict[str, Any]:
    """Return the definition of a reported proportion, without targets."""
    words = {"sv": "Provmått", "en": "Trial measure"}
    fine = {
        "id": id,
        "name": words,
        "why": words,
        "plans": [
            {"plan": "cancer_blekinge", "section": "Mål 5", "quotation": "ledtidsmål"}
        ],
        "area": "cancer",
        "responsible": words,
        "numerator": words,
        "denominator": words,
        "kind": "proportion",
        "unit": {"sv": "%", "en": "%"},
        "direction": "higher",
        "measure": {"dataset": "matningar"},
        "frequency": "quarterly",
        "unit_kinds": ["region", "sjukhus", "klinik"],
        "minimum_denominator": 5,
        "tolerance": 0,
        "review": {
            "owner": words,
            "reviewed": date(2026, 1, 15),
            "next_review": date(2027, 1, 15),
        },
    }
    return fine | changes


def target(value: float | None, since: str, **changes: Any) -> dict[str, Any]:
    fine: dict[str, Any] = {
        "level": "local",
        "rule": ">=",
        "since": since,
        "plan": "cancer_blekinge",
        "section": "Mål 5",
    }
    if value is not None:
        fine["value"] = value
    return fine | changes


NO_VALUE = (None, None, None, None, None)


class Built:
    """A warehouse that has been built, and questions to it."""

    def __init__(self, path: Path, result: Any) -> None:
        self.path = path
        self.result = result
        self.build_id = result.build_id
        self._warehouse = Warehouse(path)

    def rows(self, sql: str, **values: Any) -> list[tuple[Any, ...]]:
        with self._warehouse.connect() as connection:
            return [tuple(row) for row in connection.execute(text(sql), values)]

    def outcome(
        self,
        indicator: str,
        unit: str,
        period: str,
        by: str = "",
        by_value: str = "",
        build_id: str | None = None,
    ) -> Mapping[str, Any]:
        """Return one outcome by column; KeyError if there is none."""
        with self._warehouse.connect() as connection:
            found = (
                connection.execute(
                    text(
                        "SELECT * FROM outcome WHERE build_id = :build_id AND indicator"
                        " = :indicator AND unit = :unit AND period = :period"
                        ' AND "by" = :by AND by_value = :by_value'
                    ),
                    {
                        "build_id": build_id or self.build_id,
                        "indicator": indicator,
                        "unit": unit,
                        "period": period,
                        "by": by,
                        "by_value": by_value,
                    },
                )
                .mappings()
                .all()
            )
        if len(found) != 1:
            raise KeyError(f"{len(found)} outcomes of {indicator} {unit} {period} {by}")
        return dict(found[0])

    def counts(self, *key: str) -> tuple[float | None, float | None]:
        """Return numerator and denominator of an outcome."""
        one = self.outcome(*key)
        return one["numerator"], one["denominator"]

    def shown(self, *key: str) -> tuple[Any, ...]:
        """Return numerator, denominator, value and bounds of an outcome."""
        one = self.outcome(*key)
        return tuple(
            one[name]
            for name in ("numerator", "denominator", "value", "lower", "upper")
        )

    def status(self, *key: str) -> tuple[str, str | None]:
        """Return status and reason of an outcome."""
        one = self.outcome(*key)
        return one["status"], one["reason"]

    def load(self, file: str) -> tuple[int, int, int]:
        """Return rows, facts and rejections of a file in this build."""
        [found] = self.rows(
            "SELECT rows, facts, rejections FROM load JOIN build_load USING (load_id)"
            " WHERE build_id = :build_id AND file = :file",
            build_id=self.build_id,
            file=file,
        )
        return found

    def rejections(self, file: str) -> list[tuple[Any, ...]]:
        """Return row number, column, value and reason of a file's rejections."""
        return self.rows(
            "SELECT row_number, column_name, value, reason FROM rejection"
            " JOIN load USING (load_id) JOIN build_load USING (load_id)"
            " WHERE build_id = :build_id AND file = :file ORDER BY row_number",
            build_id=self.build_id,
            file=file,
        )

    def messages(self, file: str) -> list[str]:
        return [
            row[0]
            for row in self.rows(
                "SELECT message FROM rejection JOIN load USING (load_id)"
                " JOIN build_load USING (load_id)"
                " WHERE build_id = :build_id AND file = :file ORDER BY row_number",
                build_id=self.build_id,
                file=file,
            )
        ]

    def exported(self, build_id: str | None = None) -> str:
        """Return the outcomes of a build as CSV, in order."""
        rows = self.rows(
            "SELECT * FROM outcome WHERE build_id = :build_id"
            ' ORDER BY indicator, unit, period_kind, period, "by", by_value',
            build_id=build_id or self.build_id,
        )
        written = io.StringIO()
        csv.writer(written).writerows(rows)
        return written.getvalue()


class Sources:
    """A folder of source files; it has a unit register from the start.

    Every plan is used, whatever region the units are of, unless `decide` says so.
    """

    def __init__(self, folder: Path, units: Iterable[Row] | None = None) -> None:
        self.folder = folder / "sources"
        self.warehouse = folder / "warehouse.duckdb"
        self.corrections = folder / "corrections.yaml"
        self.limits = folder / "limits.yaml"
        self.mappings = folder / "mappings"
        self.definitions = SHIPPED
        self.folder.mkdir(parents=True, exist_ok=True)
        self._clock = 1_790_000_000
        self.write("enheter/enheter.csv", tree() if units is None else units)
        self.decide("plans_in_use: all")

    @property
    def region(self) -> Path:
        """Where the region's decisions are written."""
        return self.folder / "region.yaml"

    def decide(self, written: str) -> None:
        """Let the region decide this, as YAML, and nothing else."""
        self.region.write_text(dedent(written), encoding="utf-8")

    def write(self, name: str, content: Iterable[Row] | str | bytes) -> Path:
        """Write a file that is a minute newer than the one written before."""
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if isinstance(content, bytes):
            path.write_bytes(content)
        else:
            written = content if isinstance(content, str) else csv_text(content)
            path.write_bytes(written.encode())
        self._clock += 60
        os.utime(path, (self._clock, self._clock))
        return path

    def write_mapping(self, producer: str, written: str) -> Path:
        """Write the mapping of a producer, as YAML that is indented as it stands."""
        path = self.mappings / f"{producer}.yaml"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(dedent(written), encoding="utf-8")
        return path

    def write_workbook(
        self,
        name: str,
        rows: Iterable[Iterable[object]] | Mapping[str, Iterable[Iterable[object]]],
    ) -> Path:
        """Write typed cells to the first sheet of a workbook, or to sheets by name."""
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        options = {"default_date_format": "yyyy-mm-dd"}
        sheets = rows if isinstance(rows, Mapping) else {"Sheet1": rows}
        with xlsxwriter.Workbook(str(path), options) as workbook:
            for sheet_name, rows_of_sheet in sheets.items():
                sheet = workbook.add_worksheet(sheet_name)
                for row_number, row in enumerate(rows_of_sheet):
                    for column, cell in enumerate(row):
                        if isinstance(cell, date):
                            sheet.write_datetime(row_number, column, cell)  # type: ignore[arg-type]
                        else:
                            sheet.write(row_number, column, cell)
        self._clock += 60
        os.utime(path, (self._clock, self._clock))
        return path

    def define(self, *indicators: Mapping[str, Any]) -> None:
        """Add indicators to the shipped ones, by YAML alone."""
        added = yaml.safe_dump(list(indicators), allow_unicode=True, sort_keys=False)
        indented = "".join(f"  {line}\n" for line in added.splitlines())
        self.definitions = self.folder.parent / "indicators.yaml"
        self.definitions.write_text(
            SHIPPED.read_text(encoding="utf-8") + indented, encoding="utf-8"
        )

    def define_alone(
        self, *indicators: Mapping[str, Any], plan: Mapping[str, Any] = PLAN
    ) -> None:
        """Let there be these indicators only, of one plan."""
        alone = {"plans": [dict(plan)], "indicators": list(indicators)}
        self.definitions = self.folder.parent / "indicators.yaml"
        self.definitions.write_text(yaml.safe_dump(alone, allow_unicode=True))

    def build(
        self, as_of: date = AS_OF, accepted: str | None = "Provas med fel i raderna"
    ) -> Built:
        """Build; what it loses is accepted unless the test is about that."""
        result, _ = build_warehouse(
            self.folder,
            self.warehouse,
            self.definitions,
            as_of=as_of,
            corrections=self.corrections,
            limits=self.limits,
            mappings=self.mappings,
            accepted=accepted,
        )
        return Built(self.warehouse, result)


def everything(folder: Path) -> Sources:
    """Return sources with a file of nearly every layout."""
    sources = Sources(folder)
    rows = [case(f"f{n}", datum_avslut=f"2026-01-{20 + n}") for n in range(10)]
    sources.write("svf/svf_fall.csv", rows)
    kontakter = [row | {"kontakt_id": f"{n}"} for n, row in enumerate(contacts(8))]
    sources.write("lakemedel/kontakter.csv", kontakter)
    sources.write("bhk/bhk.csv", [observation()] * 6)
    sources.write("ppm/ppm.csv", [prevalence("20", "3")])
    sources.write(
        "prem/prem.csv",
        [
            prem("2026Q1", "40", "80,1"),
            prem("2026Q1", "37", "77,7", enhet_id=SECOND_CLINIC),
        ],
    )
    sources.write(
        "matningar/m.csv",
        [reported("my_care_plan", "2026Q1", taljare="7", namnare="20")],
    )
    sources.write("kolada/k.csv", [kolada("N79178", "0010", "2025", "84.7")])
    return sources
