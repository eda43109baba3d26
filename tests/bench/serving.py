"""The program in a process of its own, and a browser to measure it from."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, Playwright

ROOT = Path(__file__).resolve().parent.parent.parent


@contextmanager
def serving(*options: str) -> Iterator[str]:
    """Start the program, give its address, and stop it.

    Args:
        *options: Of the program, beside its port.
    """
    from tests.conftest import free_port

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
    from tests.conftest import CHROMIUM

    return playwright.chromium.launch(
        executable_path=CHROMIUM,
        args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
    )
