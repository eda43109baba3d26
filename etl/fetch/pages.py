"""Pages of an API: fetched one after the other, kept so that a fetch can go on.

A page is kept as soon as it has been understood, under a name made from its address.
A fetch that is interrupted and started again asks only for what it does not have.
"""

import hashlib
import json
import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeVar

from etl.fetch.client import JsonServer
from kpi.errors import FetchError

MAX_PAGES = 500

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Question:
    """An address, and in words what is asked for there."""

    url: str
    subject: str


class PageCache:
    """The pages kept in a folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.pages_read = 0
        self.oldest: datetime | None = None

    def read(self, url: str) -> object | None:
        """Return the page kept for an address; None if there is none to be used."""
        path = self._path(url)
        try:
            content = json.loads(path.read_bytes())
            written = datetime.fromtimestamp(path.stat().st_mtime, UTC)
        except (OSError, ValueError):
            # Damaged from outside, as we only ever put whole files there: ask again.
            return None
        if not isinstance(content, dict) or content.get("url") != url:
            return None
        self.pages_read += 1
        self.oldest = min(written, self.oldest or written)
        return content.get("page")

    def keep(self, url: str, page: object) -> None:
        """Keep a page, whole or not at all."""
        content = json.dumps({"url": url, "page": page})
        write_whole(self._path(url), content.encode())

    def clear(self) -> None:
        """Forget every page, so that a fetch never mixes old pages with new ones."""
        for path in self._folder.glob("page_*.json"):
            path.unlink(missing_ok=True)

    def _path(self, url: str) -> Path:
        name = hashlib.sha256(url.encode()).hexdigest()[:32]
        return self._folder / f"page_{name}.json"


def pages(
    server: JsonServer,
    cache: PageCache,
    question: Question,
    understood: Callable[[list[object], str], T],
) -> Iterator[T]:
    """Yield what is understood of each page that answers a question.

    Args:
        server: Asked for the pages that the cache does not hold.
        cache: Pages of an earlier, interrupted fetch.
        question: The first page, and what is asked for there.
        understood: Turns a page's `values` and its address into what is wanted, or
            raises FetchError.

    Raises:
        FetchError: a page that is not as agreed, or pages without end.
    """
    seen: set[str] = set()
    following: str | None = question.url
    while following is not None:
        here = following
        if here in seen or len(seen) >= MAX_PAGES:
            raise FetchError(
                f"{here}: expected the pages to come to an end, but "
                f"next_url goes on after {len(seen)} pages"
                + (", back to one already read" if here in seen else "")
                + "; the API may have changed its paging"
            )
        seen.add(here)
        cached = cache.read(here)
        page = server.json(here, question.subject) if cached is None else cached
        values, next_url = _agreed(page, here)
        result = understood(values, here)
        # An empty last page can still carry a next_url.
        following = server.checked(next_url, here) if values and next_url else None
        if cached is None:
            cache.keep(here, page)
        if values:
            yield result


def _agreed(page: object, url: str) -> tuple[list[object], str | None]:
    """Return the values and the next address of a page."""
    if not isinstance(page, dict) or not isinstance(page.get("values"), list):
        content = sorted(page) if isinstance(page, dict) else type(page).__name__
        raise FetchError(
            f"{url}: found {content!r}, expected an object with a list `values`; the "
            "API may have changed, or base_url is not its address"
        )
    next_url = page.get("next_url")
    if next_url is not None and not isinstance(next_url, str):
        raise FetchError(f"{url}: next_url: expected an address, got {next_url!r}")
    return page["values"], next_url


def write_whole(path: Path, content: bytes) -> None:
    """Put a file in place at once, so that nobody ever reads half of it.

    Raises:
        FetchError: the file cannot be written.
    """
    # Not .json: a build that runs meanwhile must not take it for a source file.
    draft = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    try:
        with draft.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        os.replace(draft, path)
    except OSError as error:
        raise FetchError(
            f"{path}: cannot be written ({error}); check the folder's rights and the "
            "space left"
        ) from error
    finally:
        draft.unlink(missing_ok=True)
