"""What several test modules share: the demo, built once, and a browser on it."""

import fcntl
import gc
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import pytest
from hypothesis import settings

from tests.lengths import LONG, longer_than
from tests.pages import NOWHERE

ROOT = Path(__file__).resolve().parent.parent
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
AS_OF = date(2026, 10, 15)
SLOWEST = Path("tests/test_every_page.py")

# Messages are read in English, whatever the terminal of whoever runs the tests speaks.
os.environ["LC_ALL"] = "C.UTF-8"

# A machine that is busy, or numpy when it is first called, is slow; that is no fault.
settings.register_profile("patient", deadline=None)
settings.load_profile("patient")


def pytest_report_header():
    """Name the long modules; said, not raised: a whole may be better than halves."""
    return [
        f"{name} has {number} lines; is it still one subject?"
        for name, number in longer_than(LONG).items()
    ]


def pytest_collection_modifyitems(items):
    """Begin with the file that takes longest, then those that build and open pages.

    A file stays with one worker, and the others would wait for one that is left at the
    end.
    """
    items.sort(key=lambda item: turn(item.path.relative_to(ROOT)))


def turn(path):
    """Return whether a file of tests comes first, in the middle or last: 0, 1 or 2."""
    if path == SLOWEST:
        return 0
    return 2 if path.parts[1] in ("app", "kpi") else 1


def pytest_collection_finish():
    """Let the collector of circular garbage look seldom, and never at what stays.

    As the server does; to look at all that is imported took an eighth of a small build.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000)


@pytest.fixture(autouse=True)
def swedish():
    """Every test begins as a new visitor, whatever the last one chose."""
    from app.words import language

    language.speak(language.SOURCE)


@pytest.fixture(scope="session")
def demo_warehouse(tmp_path_factory):
    """The warehouse that `make run` shows, built once for all test workers."""
    from etl.commands import build_warehouse
    from etl.demo import write_demo
    from kpi.definitions import load_definitions

    shared = tmp_path_factory.getbasetemp()
    if os.environ.get("PYTEST_XDIST_WORKER"):
        shared = shared.parent
    warehouse = shared / "demo.duckdb"
    with (shared / "demo.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not warehouse.exists():
            sources = shared / "demo"
            write_demo(sources, load_definitions(ROOT / "indicators.yaml"))
            build_warehouse(sources, warehouse, ROOT / "indicators.yaml", as_of=AS_OF)
    return warehouse


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.fixture(scope="session")
def region_warehouses(tmp_path_factory):
    """Small demos of regions that use their own plans alone, by the region's name."""
    from tests.regions import BOTH, small_warehouse

    folder = tmp_path_factory.getbasetemp()
    return {region.name: small_warehouse(folder, region) for region in BOTH}


@pytest.fixture(scope="session")
def demo_server(demo_warehouse):
    """The address of the program as it runs in production, on the demo."""
    with served(demo_warehouse) as address:
        yield address


@contextmanager
def served(warehouse):
    """The address of the program as it runs in production, on a warehouse."""
    port = free_port()
    server = subprocess.Popen(
        [
            sys.executable,
            "-m",
            "app",
            "--warehouse",
            warehouse,
            "--port",
            f"{port}",
        ],
        cwd=ROOT,
        stdout=subprocess.DEVNULL,
    )
    address = f"http://127.0.0.1:{port}"
    try:
        for _ in range(100):
            try:
                urllib.request.urlopen(f"{address}/healthz", timeout=2).close()
                break
            except (urllib.error.URLError, ConnectionError, TimeoutError):
                assert server.poll() is None, "the server stopped while starting"
                time.sleep(0.1)
        yield address
    finally:
        server.terminate()
        server.wait(timeout=15)


@pytest.fixture(scope="session")
def chromium():
    if CHROMIUM is None:
        pytest.skip("no chromium on this machine; `make test` installs it where it can")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=CHROMIUM,
            args=[
                "--no-sandbox",
                "--disable-gpu",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--no-first-run",
            ],
        )
        yield browser
        browser.close()


@contextmanager
def visitor(browser, address, **window):
    """A browser of its own: cookies, and the files it keeps."""
    context = browser.new_context(base_url=address, locale="sv-SE", **window)
    context.set_default_timeout(15_000)
    yield context
    context.close()


@contextmanager
def watched_page(browser, address, **window):
    """The only page of a new visitor; it fails the test as `watched` says."""
    with (
        visitor(browser, address, **window) as context,
        watched(context, address) as page,
    ):
        yield page


@contextmanager
def watched(context, address):
    """A page that fails the test on a request elsewhere or an error in the console."""
    page = context.new_page()
    noticed = []
    page.on(
        "console",
        lambda message: (
            noticed.append(message.text)
            if message.type == "error" and not message.location["url"].endswith(NOWHERE)
            else None
        ),
    )
    page.on("pageerror", lambda error: noticed.append(str(error)))
    page.on(
        "request",
        lambda request: (
            noticed.append(f"a request for {request.url}")
            if not request.url.startswith((address, "data:", "blob:"))
            else None
        ),
    )
    yield page
    page.close()
    assert noticed == []


@pytest.fixture
def page(chromium, demo_server):
    window = {"width": 1280, "height": 900}
    with watched_page(chromium, demo_server, viewport=window) as page:
        yield page
