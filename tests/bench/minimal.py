"""The least that Dash can show, to compare with: a table, a line and a dropdown.

Served as our pages are: gunicorn with the same workers and threads, the same
compression. Run by `tests.bench.people`.
"""

import argparse
import socket

import dash
from dash import Input, Output, dcc, html
from flask import Flask
from gunicorn.app.base import BaseApplication

from app.web.delivery import deliver_small

UNITS = [f"Enhet {number}" for number in range(1, 11)]
ROWS = 20
POINTS = 24

CALLBACK = {
    "output": "..rows.children...line.figure..",
    "outputs": [
        {"id": "rows", "property": "children"},
        {"id": "line", "property": "figure"},
    ],
    "inputs": [{"id": "unit", "property": "value", "value": UNITS[3]}],
    "changedPropIds": ["unit.value"],
}
"""What the browser sends when another unit is chosen."""


def server() -> Flask:
    """Return the page with its only callback."""
    app = dash.Dash("minimal", serve_locally=True)
    app.layout = html.Div(
        [
            dcc.Dropdown(UNITS, UNITS[0], id="unit"),
            html.Table(html.Tbody(id="rows")),
            dcc.Graph(id="line"),
        ]
    )

    @app.callback(
        Output("rows", "children"), Output("line", "figure"), Input("unit", "value")
    )
    def show(unit: str) -> tuple[list[html.Tr], dict[str, object]]:
        base = UNITS.index(unit)
        values = [(base + 7 * number) % 100 for number in range(POINTS)]
        rows = [
            html.Tr([html.Td(f"Indikator {number}"), html.Td(values[number])])
            for number in range(ROWS)
        ]
        line = {"type": "scatter", "x": list(range(POINTS)), "y": values}
        return rows, {"data": [line], "layout": {"title": {"text": unit}}}

    deliver_small(app.server)
    return app.server


class _Server(BaseApplication):
    def __init__(self, listener: socket.socket, workers: int, threads: int) -> None:
        self._listener, self._workers, self._threads = listener, workers, threads
        super().__init__()

    def load_config(self) -> None:
        for name, value in {
            "bind": f"fd://{self._listener.fileno()}",
            "worker_class": "gthread",
            "workers": self._workers,
            "threads": self._threads,
            "keepalive": 75,
            "loglevel": "warning",
            "control_socket_disable": True,
        }.items():
            self.cfg.set(name, value)

    def load(self) -> Flask:
        return server()


def main() -> None:
    """Serve until told to stop."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--threads", type=int, default=8)
    chosen = parser.parse_args()
    listener = socket.create_server(("127.0.0.1", chosen.port), backlog=256)
    listener.set_inheritable(True)
    _Server(listener, chosen.workers, chosen.threads).run()


if __name__ == "__main__":
    main()
