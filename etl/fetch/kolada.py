"""Comparable figures from Kolada (API v3) into `data/sources/kolada/`.

Kolada is open data without a key; say "Källa: Kolada" where its figures are shown.
Its figures are yearly. It gives neither rank nor direction.
"""

import json
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

import requests

from etl.fetch.client import JsonServer
from etl.fetch.kolada_answer import BOTH_SEXES, Figure, data_page, merged, titles
from etl.fetch.kolada_question import Selection, titles_question
from etl.fetch.pages import PageCache, pages, write_whole
from etl.fetch.patience import Patience
from kpi.errors import FetchError
from kpi.vocabulary import KOLADA_REGIONS

DEFAULT_BASE_URL = "https://api.kolada.se/v3"

# Told how many questions are done, of how many, and in words what happened now.
Progress = Callable[[int, int, str], None]


@dataclass(frozen=True, slots=True)
class FetchReport:
    """What a fetch brought.

    Attributes:
        path: The file that holds it.
        is_new: False if the latest file already said the same; nothing was written.
        values: Figures with a value.
        missing: Figures that Kolada has, but without a value.
        deleted: Records and values left out because Kolada has withdrawn them.
        other_genders: Values left out because they are for women or men alone.
        not_asked_for: Figures left out because nobody asked for them.
        kpis_without_values: Asked for, but without a value in any region and year.
        regions_without_title: Asked for, but not in Kolada's list of regions.
        requests: Sent to the server, attempts that failed included.
        pages_from_cache: Pages an earlier fetch had left.
        oldest_page: When the oldest of those was fetched; None if there were none.
    """

    path: Path
    is_new: bool
    values: int
    missing: int
    deleted: int
    other_genders: int
    not_asked_for: int
    kpis_without_values: tuple[str, ...]
    regions_without_title: tuple[str, ...]
    requests: int
    pages_from_cache: int
    oldest_page: datetime | None

    def lines(self) -> list[str]:
        """Return the report in sentences, the first one saying where the file is."""
        lines = [
            f"{self.path}: {self.values} values, {self.missing} missing"
            + ("" if self.is_new else "; the same as before, nothing was written"),
            f"Only values for both sexes together (gender {BOTH_SEXES}) are kept; "
            f"{self.other_genders} for women or men alone were left out",
        ]
        if self.deleted:
            lines.append(f"{self.deleted} withdrawn by Kolada were left out")
        if self.not_asked_for:
            lines.append(f"{self.not_asked_for} that nobody asked for were left out")
        if self.kpis_without_values:
            lines.append(f"No value at all: {', '.join(self.kpis_without_values)}")
        if self.regions_without_title:
            lines.append(f"No title: {', '.join(self.regions_without_title)}")
        if self.oldest_page is not None:
            lines.append(
                f"{self.pages_from_cache} pages are from the cache, the oldest "
                f"fetched {self.oldest_page:%Y-%m-%d %H:%M} UTC; fetch with refresh "
                "for newer ones"
            )
        return lines


def fetch_kolada(
    kpis: Sequence[str],
    regions: Sequence[str] | None,
    years: Sequence[int],
    *,
    out: Path,
    cache: Path,
    base_url: str = DEFAULT_BASE_URL,
    session: requests.Session | None = None,
    progress: Progress | None = None,
    refresh: bool = False,
    patience: Patience | None = None,
    now: datetime | None = None,
) -> FetchReport:
    """Fetch figures and the regions' titles into one file in Kolada's own form.

    An interrupted fetch, started again, goes on where it stopped. So does a finished
    one, which then has nothing left to ask for, until `refresh` is given.

    Args:
        kpis: Ids such as N79178.
        regions: Ids such as 0010; None for Riket and all 21 regions.
        years: Calendar years.
        out: Folder for the file, `kolada_<UTC time>_<hash of the content>.json`:
            in the order of their names, files are in the order of time.
        cache: Folder for the pages on the way.
        base_url: Where the API begins.
        session: For a proxy, certificate or header of one's own; it is not closed
            here. Without it one is opened and closed.
        progress: Told of every page and every wait.
        refresh: Forget every page in the cache first. If such a fetch is interrupted,
            it goes on without `refresh`.
        patience: Time-outs, attempts and pace.
        now: Time for the name of the file, with a time zone; None for the present.

    Raises:
        FetchError: something that cannot be asked for, a server that did not answer
            as agreed, or not a single value. No file is written then.
    """
    selection = Selection.of(
        kpis, KOLADA_REGIONS if regions is None else regions, years
    )
    base_url = base_url.rstrip("/")
    for folder in (out, cache):
        _make(folder)
    with ExitStack() as stack:
        if session is None:
            session = stack.enter_context(requests.Session())
            session.headers["User-Agent"] = "malbild (python-requests)"
        reading = _Reading(selection, base_url, progress)
        server = JsonServer(
            base_url,
            session,
            patience or Patience(),
            advice=(
                "check the network and the proxy (HTTPS_PROXY), or put a CSV with the "
                f"columns kpi;kolada_region_id;region;year;value in {out}/"
            ),
            on_wait=reading.tell,
        )
        page_cache = PageCache(cache)
        if refresh:
            page_cache.clear()
        reading.read_all(server, page_cache)

    by_cell = merged(reading.figures)
    figures = [by_cell[cell] for cell in selection.cells() if cell in by_cell]
    values = sum(figure.value is not None for figure in figures)
    kpis_with_values = {f.cell.kpi for f in figures if f.value is not None}
    if not values:
        raise FetchError(
            f"{base_url}: found no value for {selection.subject()}, expected at least "
            "one; check that these ids and years exist, and fetch with refresh"
        )
    names = {r: reading.titles[r] for r in selection.regions if r in reading.titles}
    path, is_new = _put(out, _content(base_url, figures, names), now)
    return FetchReport(
        path=path,
        is_new=is_new,
        values=values,
        missing=len(figures) - values,
        deleted=reading.left_out["deleted"],
        other_genders=reading.left_out["other_gender"],
        not_asked_for=len(by_cell) - len(figures),
        kpis_without_values=tuple(
            k for k in selection.kpis if k not in kpis_with_values
        ),
        regions_without_title=tuple(r for r in selection.regions if r not in names),
        requests=server.requests,
        pages_from_cache=page_cache.pages_read,
        oldest_page=page_cache.oldest,
    )


class _Reading:
    """The questions of a fetch, and what their answers have said so far."""

    def __init__(
        self, selection: Selection, base_url: str, progress: Progress | None
    ) -> None:
        self._questions = selection.questions(base_url)
        self._titles_question = titles_question(base_url)
        self._progress = progress
        self._done = 0
        self.figures: list[Figure] = []
        self.left_out: Counter[str] = Counter()
        self.titles: dict[str, str] = {}

    def tell(self, what: str) -> None:
        if self._progress:
            self._progress(self._done, len(self._questions) + 1, what)

    def read_all(self, server: JsonServer, cache: PageCache) -> None:
        for question in self._questions:
            for page in pages(server, cache, question, data_page):
                self.figures += page.figures
                self.left_out += page.left_out
                self.tell(f"{len(self.figures)} figures so far")
            self._done += 1
        for region_titles in pages(server, cache, self._titles_question, titles):
            self.titles |= region_titles
        self._done += 1
        self.tell(f"{len(self.figures)} figures, {len(self.titles)} titles")


def _make(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise FetchError(
            f"{folder}: expected a folder that can be written to, got {error}; choose "
            "another or change its rights"
        ) from error


def _content(base_url: str, figures: Iterable[Figure], names: dict[str, str]) -> bytes:
    """Return the file: one record a line, so that two files are easily compared.

    It holds nothing but what was answered, no time and no count of attempts, so the
    same answers give the same bytes.
    """
    records = [
        {
            "kpi": figure.cell.kpi,
            "municipality": figure.cell.region,
            "period": figure.cell.year,
            "values": [
                {
                    "gender": BOTH_SEXES,
                    "status": figure.status,
                    "value": figure.value,
                    "isdeleted": False,
                }
            ],
        }
        for figure in figures
    ]
    municipalities = [{"id": region, "title": names[region]} for region in names]
    head = json.dumps({"source": base_url, "genders": [BOTH_SEXES]})
    return (
        f'{head[:-1]},\n"municipalities": {_one_a_line(municipalities)},\n'
        f'"values": {_one_a_line(records)}}}\n'
    ).encode("utf-8", "backslashreplace")  # half a surrogate pair: JSON's own escape


def _one_a_line(items: Sequence[Mapping[str, object]]) -> str:
    lines = (json.dumps(item, ensure_ascii=False) for item in items)
    return "[\n" + ",\n".join(lines) + "\n]"


def _put(out: Path, content: bytes, now: datetime | None) -> tuple[Path, bool]:
    """Put the content in a file of its own unless the latest one says the same.

    A file once received is never changed: a figure that was shown can still be
    followed back to what Kolada said then.
    """
    latest = max(out.glob("kolada_*.json"), default=None)
    if latest is not None and latest.read_bytes() == content:
        return latest, False
    time = (now or datetime.now(UTC)).astimezone(UTC)
    digest = sha256(content).hexdigest()[:8]
    path = out / f"kolada_{time:%Y%m%dT%H%M%SZ}_{digest}.json"
    write_whole(path, content)
    return path, True
