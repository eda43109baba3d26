"""Small demos of two regions with their own plans alone, and what tells them apart."""

import fcntl
import html
import io
import os
import re
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from urllib.parse import parse_qsl, urljoin, urlsplit
from zipfile import ZipFile

from app.words import text
from app.words.language import LANGUAGES, speaking
from kpi.activities import load_activities
from kpi.definitions import load_definitions

ROOT = Path(__file__).resolve().parent.parent
AS_OF = date(2026, 10, 15)
DEFINITIONS = load_definitions(ROOT / "indicators.yaml")
ACTIVITIES = load_activities(ROOT / "data/reference/activities.yaml", DEFINITIONS)
_SHORTEST = 18
"""Letters of words that only one plan can have; shorter ones are anybody's."""


@dataclass(frozen=True)
class DemoRegion:
    """A region with a demo of its own plans."""

    name: str
    kolada_id: str
    top: str

    @property
    def plans(self):
        """Its plans, as they ship."""
        return [plan for plan in DEFINITIONS.plans if plan.region == self.kolada_id]


BLEKINGE = DemoRegion("blekinge", "0010", "SE2321000081-DEMO001")
KRONOBERG = DemoRegion("kronoberg", "0007", "SE2321000065-DEMO001")
BOTH = (BLEKINGE, KRONOBERG)


def small_warehouse(folder, region):
    """Return the region's small demo, built once for all test workers in a folder."""
    from etl.commands import build_warehouse
    from etl.demo import write_demo
    from etl.demo.regions import REGIONS

    shared = folder.parent if os.environ.get("PYTEST_XDIST_WORKER") else folder
    path = shared / f"{region.name}.duckdb"
    with (shared / f"{region.name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not path.exists():
            sources = shared / f"demo-{region.name}"
            shape = replace(REGIONS[region.name], is_of_own_plans=True)
            write_demo(sources, DEFINITIONS, region=shape, units=16, years=2)
            build_warehouse(sources, path, ROOT / "indicators.yaml", as_of=AS_OF)
    return path


def plain(words):
    """Return words as they are compared: small letters, single spaces."""
    return " ".join(words.replace("\u00ad", "").split()).casefold()


def strings(thing, leaving_out=()):
    """Yield every text in what JSON can hold, but for some fields; their names too."""
    if isinstance(thing, dict):
        for name, value in thing.items():
            if name not in leaving_out:
                yield str(name)
                yield from strings(value, leaving_out)
    elif isinstance(thing, list):
        for value in thing:
            yield from strings(value, leaving_out)
    elif isinstance(thing, str):
        yield thing


def said_by(region):
    """Return every text of a region's plans and of what follows them up."""
    plans = {plan.id for plan in region.plans}
    there: list[object] = [plan.model_dump(mode="json") for plan in region.plans]
    for indicator in DEFINITIONS.indicators:
        if not any(place.plan in plans for place in indicator.plans):
            continue
        written = indicator.model_dump(mode="json", exclude={"measure", "chart"})
        for name in ("plans", "targets", "plan_notes"):
            written[name] = [each for each in written[name] if each["plan"] in plans]
        regions = (None, region.kolada_id)
        written["breaks"] = [b for b in written["breaks"] if b["region"] in regions]
        there.append(written)
    of_plan = [a for a in ACTIVITIES.activities if a.plan in plans]
    named = {role for activity in of_plan for role in activity.every_role}
    for part in (
        *(each for each in ACTIVITIES.documents if each.plan in plans),
        *of_plan,
        *(role for role in ACTIVITIES.roles if role.id in named),
    ):
        there.append(part.model_dump(mode="json"))
    # Pathways are every region's.
    return {plain(words) for words in strings(there, leaving_out=("svf",))}


def only_of(region, other):
    """Return what stands only in the other region's plans: ids, and words.

    Returns:
        Ids, to be looked for whole; and words, to be looked for anywhere.
    """
    ours, theirs = said_by(region), said_by(other)
    every = "\n".join(ours)
    new = {words for words in theirs - ours if words not in every}
    ids = {words for words in new if re.fullmatch(r"[a-z0-9]+(_[a-z0-9]+)+", words)}
    ids -= _VOCABULARY
    phrases = {words for words in new - ids if len(words) >= _SHORTEST}
    if not any(section.theme for d in _documents(region) for section in d.sections):
        for code in LANGUAGES:
            with speaking(code):
                of_themes = (*text.THEME.values(), *text.QUESTION.values())
                phrases |= {plain(str(words)) for words in of_themes}
    names = {f"region {other.name}", f"{other.name}s", f"{other.name}'s"}
    return ids, phrases | names


def _documents(region):
    plans = {plan.id for plan in region.plans}
    return [each for each in ACTIVITIES.documents if each.plan in plans]


_VOCABULARY = {
    "ended_goal",
    "not_met",
    "under_development",
    "patient_safety",
    "better_rank_than",
    "better_than_last_year",
    "prioritised_activity",
}
"""Words of the program that the demo of one region happens not to need."""


@dataclass
class Crawled:
    """What was asked for, with what status, and the first address of each text."""

    statuses: dict[str, int]
    texts: dict[str, str]

    def telling(self, ids, phrases):
        """Return which of these stand anywhere; ids only as whole words."""
        every = "\n".join(self.texts)
        told = set(re.findall(r"\w+", every)) & ids
        return told | {words for words in phrases if words in every}

    def where(self, told):
        """Return at which address each of these stands first, and in which words."""
        return [
            next(
                (words, self.texts[text], text[:160])
                for text in self.texts
                if words in text
            )
            for words in sorted(told)
        ]


_SAME_WHATEVER_IS_BUILT = "/api/v1/openapi.json"
_WHERE_AND_WHEN = {"unit", "period"}
_ID = re.compile(r"(?<=/enhet/)[^/]+|(?<=DEMO)\d+")


def crawl(client, seeds, language):
    """Ask for every address that another leads to, once for each set of choices.

    Every indicator's page is one; units are all alike, and one of them is enough.
    """
    client.get(f"/?lang={language}")
    queue, asked, statuses, texts = deque(seeds), set(), {}, {}
    while queue:
        address = queue.popleft().partition("#")[0]
        place = urlsplit(address)
        choices = dict(parse_qsl(place.query))
        form = (_ID.sub("", place.path), *sorted({*choices} - _WHERE_AND_WHEN))
        is_ours = address.startswith("/") and not address.startswith(_NOT_PAGES)
        is_preference = any(name in choices for name in ("lang", "theme", "tur"))
        if choices.get("view") in ("normal", "presentation"):
            is_preference = True
        if not is_ours or is_preference or form in asked:
            continue
        asked.add(form)
        answer = client.get(address)
        statuses[address] = answer.status_code
        if place.path != _SAME_WHATEVER_IS_BUILT:
            for words in texts_of(answer):
                texts.setdefault(plain(words), address)
        queue.extend(urljoin(address, link) for link in links_of(answer))
    return Crawled(statuses, texts)


_NOT_PAGES = ("//", "/assets/", "/_dash", "/finns-inte")
_BLOCK = re.compile(r"</?(?:p|li|td|th|dd|dt|div|option|h\d|section|summary)\b[^>]*>")
_TAG = re.compile(r"<[^>]*>")
_ATTRIBUTE = re.compile(r'\s(?:href|id|title|value|aria-label|alt)="([^"]*)"')
_LINK = re.compile(r'\s(?:href|data-address)="([^"]*)"')


def texts_of(answer) -> Iterator[str]:
    """Yield the texts of a page, an answer, or a file, each once or more."""
    if answer.is_json:
        yield from strings(answer.json)
    elif answer.mimetype == "text/html":
        page = answer.get_data(as_text=True)
        for block in _BLOCK.split(page):
            yield html.unescape(_TAG.sub("", block))
        yield from map(html.unescape, _ATTRIBUTE.findall(page))
    elif answer.data[:2] == b"PK":
        with ZipFile(io.BytesIO(answer.data)) as book:
            for name in book.namelist():
                if name.endswith(".xml"):
                    yield from map(html.unescape, _TAG.split(book.read(name).decode()))
    else:
        yield from re.split("[;\r\n]", answer.get_data(as_text=True))


def links_of(answer):
    """Return the addresses that an answer leads to."""
    if answer.mimetype == "text/html":
        return map(html.unescape, _LINK.findall(answer.get_data(as_text=True)))
    if answer.is_json:
        return [words for words in strings(answer.json) if words.startswith("/")]
    return []
