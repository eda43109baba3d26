"""The program in a process of its own, what a browser asks it, and a browser."""

import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import Browser, Playwright

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


def free() -> int:
    """Return a port that nothing listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


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
    port = free()
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
    from tests.conftest import CHROMIUM

    return playwright.chromium.launch(
        executable_path=CHROMIUM,
        args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
    )
