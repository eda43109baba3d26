"""The program in a process of its own, what a browser asks it, and a browser."""

import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection, HTTPException
from json import dumps
from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import Browser, Playwright

from tests.conftest import CHROMIUM, free_port

ROOT = Path(__file__).resolve().parent.parent.parent

CALLBACK = "/_dash-update-component"
"""Where the browser asks for what stands on a page."""

_PARTS = ("menu", "preferences", "banner", "main", "tour", "footer", "page-title")


def page_asked(address: str) -> dict[str, object]:
    """Return what the browser sends to `CALLBACK` for the page at an address."""
    outputs = [
        {"id": part, "property": "data" if part == "page-title" else "children"}
        for part in _PARTS
    ]
    written = [f"{one['id']}.{one['property']}" for one in outputs]
    path, search = urlsplit(address).path, urlsplit(address).query
    return {
        "output": f"..{'...'.join(written)}..",
        "outputs": outputs,
        "inputs": [
            {"id": "address", "property": "pathname", "value": path},
            {"id": "address", "property": "search", "value": search and f"?{search}"},
        ],
        "changedPropIds": ["address.pathname"],
    }


def memory_mb(process: int) -> float:
    """Return what a process and those it started hold, shared pages shared out."""
    kilobytes = 0
    for one in _and_below(process):
        try:
            said = Path(f"/proc/{one}/smaps_rollup").read_text()
        except (FileNotFoundError, ProcessLookupError):
            continue
        kilobytes += sum(
            int(line.split()[1])
            for line in said.splitlines()
            if line.startswith("Pss:")
        )
    return kilobytes / 1000


def _and_below(process: int) -> Iterator[int]:
    yield process
    for children in Path(f"/proc/{process}/task").glob("*/children"):
        for child in children.read_text().split():
            yield from _and_below(int(child))


@contextmanager
def serving(*options: str) -> Iterator[str]:
    """Start the program, give its address, and stop it.

    Args:
        *options: Of the program, beside its port.
    """
    port = free_port()
    server = subprocess.Popen(
        [sys.executable, "-m", "app", "--port", f"{port}", *options],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        assert server.stdout is not None
        server.stdout.readline()  # the address, once a page can be answered
        yield f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait(timeout=15)


def launched(playwright: Playwright) -> Browser:
    """Return the browser that the tests use."""
    return playwright.chromium.launch(
        executable_path=CHROMIUM,
        args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
    )


class Visitor:
    """Somebody with a browser that keeps its connection."""

    def __init__(self, port: int) -> None:
        self._connection = HTTPConnection("127.0.0.1", port, timeout=30)

    def get(self, address: str) -> float:
        """Return the milliseconds that an address took."""
        return self._took("GET", address, None)

    def callback(self, asked: object) -> float:
        """Return the milliseconds that a callback took."""
        return self._took("POST", CALLBACK, dumps(asked))

    def _took(self, method: str, address: str, body: str | None) -> float:
        headers = {"Accept-Encoding": "br", "Content-Type": "application/json"}
        began = time.perf_counter()
        self._connection.request(method, address, body, headers)
        answer = self._connection.getresponse()
        answer.read()
        if answer.status != 200:
            raise HTTPException(f"{address}: {answer.status}")
        return 1000 * (time.perf_counter() - began)


@contextmanager
def ours(warehouse: Path, workers: int, threads: int) -> Iterator[tuple[int, int]]:
    """Serve our pages; give the port and the process."""
    begin = (
        "import sys; from app import __main__, server; "
        f"server.WORKERS, server.THREADS = {workers}, {threads}; "
        "sys.exit(__main__.main(sys.argv[1:]))"
    )
    with served([sys.executable, "-c", begin, "--warehouse", str(warehouse)]) as it:
        yield it


@contextmanager
def minimal_page(workers: int, threads: int) -> Iterator[tuple[int, int]]:
    """Serve the minimal page; give the port and the process."""
    command = [sys.executable, "-m", "tests.bench.minimal"]
    sizes = ["--workers", f"{workers}", "--threads", f"{threads}"]
    with served([*command, *sizes]) as it:
        yield it


@contextmanager
def served(
    command: list[str], port_option: str = "--port={port}"
) -> Iterator[tuple[int, int]]:
    """Start a server on a port of its own; give the port and the process."""
    port = free_port()
    process = subprocess.Popen(
        [*command, port_option.format(port=port)], cwd=ROOT, stdout=subprocess.DEVNULL
    )
    try:
        _await(port)
        yield port, process.pid
    finally:
        process.terminate()
        process.wait(timeout=30)


def _await(port: int) -> None:
    for _ in range(600):
        try:
            Visitor(port).get("/")
            return
        except (OSError, HTTPException):
            time.sleep(0.1)
    raise TimeoutError(f"nothing answers on port {port}")
