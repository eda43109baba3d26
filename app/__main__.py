"""`python -m app`: serve the dashboard; `python -m app docs`: write its reference."""

import argparse
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from app import server

WAREHOUSE = Path("data/warehouse.duckdb")
"""The same as `kpi.warehouse.DEFAULT_PATH`, which `app.server` says not to import."""

HOST = "127.0.0.1"
PORT = 8050


def main(arguments: Sequence[str] | None = None) -> int:
    """Serve until told to stop; return the exit code."""
    chosen = _parser().parse_args(arguments)
    if chosen.command == "docs":
        return _docs(chosen.check)
    path: Path = chosen.warehouse
    check = _check_begun(path)
    server.preload()  # meanwhile
    if os.waitstatus_to_exitcode(os.waitpid(check, 0)[1]):
        return 1
    try:
        listener = server.listening_socket(chosen.host, chosen.port)
    except (OSError, UnicodeError) as error:
        why = error.strerror if isinstance(error, OSError) else "not a name of a host"
        return _refused(
            f"cannot listen on {chosen.host}, port {chosen.port}: {why}; "
            "stop the program that uses it or choose another with --host or --port"
        )
    if not server.is_loopback(listener):
        print(
            f"Warning: on {chosen.host} others on the network can reach the "
            "dashboard; there is no sign-in yet.",
            file=sys.stderr,
        )
    address = server.address(listener, chosen.host)
    server.serve(path.resolve(), listener, f"Målbild: {address}")
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m app", description=__doc__)
    parser.add_argument(
        "--warehouse",
        type=Path,
        default=WAREHOUSE,
        metavar="FILE",
        help="built by `python -m etl build` (default: %(default)s)",
    )
    parser.add_argument("--host", default=HOST, help="default: %(default)s")
    parser.add_argument(
        "--port", type=_port, default=PORT, help="0 for any free one; %(default)s"
    )
    commands = parser.add_subparsers(dest="command", metavar="docs")
    docs = commands.add_parser("docs", help="write what docs/api.md says of addresses")
    docs.add_argument("--check", action="store_true", help="say whether it is stale")
    return parser


def _port(text: str) -> int:
    if not (text.isascii() and text.isdigit() and int(text) <= 65535):
        raise argparse.ArgumentTypeError(f"expected 0-65535, got {text!r}")
    return int(text)


def _docs(is_check: bool) -> int:
    from app.site import reference

    written = reference.PAGE.read_text(encoding="utf-8")
    page = reference.page(written)
    if not is_check:
        reference.PAGE.write_text(page, encoding="utf-8")
        print(reference.PAGE)
    elif page != written:
        return _refused(f"{reference.PAGE} is stale; run `python -m app docs`")
    return 0


def _check_begun(path: Path) -> int:
    """Begin to check that the warehouse can be served; return the process that does.

    It prints what is wrong and exits with 1, or exits with 0. A process of its own: see
    `app.server` on DuckDB and forks.
    """
    child = os.fork()
    if child:
        return child
    from kpi.errors import WarehouseError
    from kpi.warehouse import Warehouse

    code = 1
    try:
        Warehouse(path).engine()
        code = 0
    except WarehouseError as error:
        _refused(str(error))
    finally:
        sys.stderr.flush()
        os._exit(code)


def _refused(message: str) -> int:
    print(message, file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main())
