"""The server: pages, API and exports behind gunicorn.

Nothing here imports DuckDB until a worker does: it starts a thread when it is imported,
a fork takes along only what it knows of that thread, and a worker then aborts when it
is told to stop.
"""

import gc
import importlib
import ipaddress
import logging
import multiprocessing
import os
import socket
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from gunicorn.app.base import BaseApplication

if TYPE_CHECKING:
    from flask import Flask
    from gunicorn.workers.base import Worker

# A page is Python work under the interpreter's lock, so a process per core; more than
# four would cost memory (about 150 MB each) that a region's visitors do not need.
WORKERS = min(4, os.cpu_count() or 1)
# Within a process queries run side by side (DuckDB lets go of the lock); eight is
# also the number of connections a warehouse keeps ready.
THREADS = 8
# A worker that has said nothing for so long is replaced; the longest answer, a full
# workbook, is written by a thread and does not silence its worker.
TIMEOUT_SECONDS = 60
# How long a request under way may take to finish when the server is told to stop.
GRACE_SECONDS = 5
# Longer than the idle time of common reverse proxies, so that it is they who hang up.
KEEP_ALIVE_SECONDS = 75
_BACKLOG = 256
# A page makes tens of thousands of short-lived objects in no circles: looking for
# circles after every 700 of them, the default, took a third of the map's time.
OBJECTS_BETWEEN_COLLECTIONS = 50_000
# For the workers' signs of life: on a slow disk they would seem to be dead.
_SHARED_MEMORY = "/dev/shm"


def preload() -> None:
    """Import what every worker needs, once, before they are forked: half the start."""
    for name in ("dash", "flask", "sqlalchemy", "xlsxwriter", "kpi.definitions"):
        importlib.import_module(name)


def wsgi(path: Path) -> "Flask":
    """Return pages, API, exports and headers for a warehouse, for any WSGI server."""
    from app.site.api import register_api, register_exports
    from app.site.routes import create_app
    from app.web.delivery import deliver_small
    from app.web.security import add_security_headers
    from app.web.timing import register_timing
    from kpi.warehouse import Warehouse

    warehouse = Warehouse(path)
    app = create_app(warehouse)
    register_timing(app.server)
    register_api(app.server, warehouse)
    register_exports(app.server, warehouse)
    add_security_headers(app.server)
    deliver_small(app.server)
    # Dash learns which scripts it has when it first names them in a page. A worker that
    # is asked for a script before that would answer 500.
    with app.server.test_request_context():
        app._generate_scripts_html()
    server: Flask = app.server
    return server


def collect_seldom() -> None:
    """Let the collector of circular garbage look seldom, and never at what stays."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(OBJECTS_BETWEEN_COLLECTIONS)


def listening_socket(host: str, port: int) -> socket.socket:
    """Return a socket that listens; port 0 takes any free one.

    Opened here and not by gunicorn, which tries a taken port for five seconds.

    Raises:
        OSError: the address is taken, not allowed or not of this machine.
    """
    family, _, _, _, address = socket.getaddrinfo(
        host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
    )[0]
    listener = socket.socket(family, socket.SOCK_STREAM)
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(address)
        listener.listen(_BACKLOG)
    except OSError:
        listener.close()
        raise
    listener.set_inheritable(True)
    return listener


def is_loopback(listener: socket.socket) -> bool:
    """Say whether only this machine can reach the socket."""
    return ipaddress.ip_address(listener.getsockname()[0]).is_loopback


def address(listener: socket.socket, host: str) -> str:
    """Return the address to open in a browser."""
    port = listener.getsockname()[1]
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


def serve(path: Path, listener: socket.socket, announcement: str) -> None:
    """Serve until told to stop (SIGTERM or SIGINT); leaves by SystemExit.

    Args:
        path: The warehouse file.
        listener: From `listening_socket`.
        announcement: Printed on a line of its own once every worker can answer.
    """
    _Server(path, listener, announcement).run()


class _Server(BaseApplication):
    """gunicorn, told its settings by the program instead of a file."""

    def __init__(self, path: Path, listener: socket.socket, announcement: str) -> None:
        self._path = path
        self._listener = listener
        self._announcement = announcement
        self._starting = multiprocessing.Value("i", WORKERS)  # shared with the workers
        super().__init__()

    def load_config(self) -> None:
        settings = {
            "bind": f"fd://{self._listener.detach()}",
            "worker_class": "gthread",
            "workers": WORKERS,
            "threads": THREADS,
            "timeout": TIMEOUT_SECONDS,
            "graceful_timeout": GRACE_SECONDS,
            "keepalive": KEEP_ALIVE_SECONDS,
            "loglevel": "warning",
            "control_socket_disable": True,
            "proc_name": "malbild",
            "post_worker_init": self._announce,
        }
        if os.path.isdir(_SHARED_MEMORY):
            settings["worker_tmp_dir"] = _SHARED_MEMORY
        for name, value in settings.items():
            self.cfg.set(name, value)

    def load(self) -> Any:  # gunicorn writes the type of a WSGI program otherwise
        logging.captureWarnings(True)
        server = wsgi(self._path)
        collect_seldom()
        return server

    def _announce(self, _: "Worker") -> None:
        # Not before the last one: a worker told to stop while it starts is a failure.
        with self._starting.get_lock():
            self._starting.value -= 1
            is_last = self._starting.value == 0
        if is_last:
            sys.stdout.write(f"{self._announcement}\n")
            sys.stdout.flush()
