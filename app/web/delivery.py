"""How answers travel: small, and once where they stay the same."""

import re

from flask import Flask, Request, Response, request
from flask_compress import Compress

_SCRIPTS = "/_dash-component-suites/"
_ASSETS = "/assets/"
_VERSION = re.compile(r"\.[0-9a-f]{8}\.\w+$")
_FOR_GOOD = "public, max-age=31536000, immutable"


def deliver_small(server: Flask) -> None:
    """Send answers compressed, and let browsers keep what has its version in its name.

    Scripts and assets are compressed once per process; all else as it is sent.
    """
    server.config |= {
        # Brotli makes the chart library a fifth smaller than gzip does.
        "COMPRESS_ALGORITHM": ["br", "gzip"],
        "COMPRESS_ALGORITHM_STREAMING": ["br", "deflate"],
        "COMPRESS_BR_LEVEL": 5,
        "COMPRESS_CACHE_BACKEND": _Compressed,
        "COMPRESS_CACHE_KEY": _file,
        "COMPRESS_MIMETYPES": [
            *("text/html", "text/css", "text/csv", "text/javascript"),
            *("application/javascript", "application/json", "image/svg+xml"),
        ],
    }
    Compress(server)
    server.after_request(_keep)


def _file(a_request: Request) -> str:
    """Return what a compressed answer is kept under; empty for one that is not kept."""
    return a_request.path if a_request.path.startswith((_SCRIPTS, _ASSETS)) else ""


class _Compressed:
    """Files that have been compressed: as many as there are."""

    def __init__(self) -> None:
        self._contents: dict[str, bytes] = {}

    def get(self, key: str) -> bytes | None:
        return self._contents.get(key)

    def set(self, key: str, content: bytes) -> None:
        if not key.endswith(";"):  # the algorithm, ";" and what `_file` says
            self._contents[key] = content


def _keep(response: Response) -> Response:
    """Let a browser keep an asset whose address says which version it is."""
    has_version = _VERSION.search(request.path)
    if request.path.startswith(_ASSETS) and has_version and response.status_code < 400:
        response.headers["Cache-Control"] = _FOR_GOOD
        # As a whole and not as a stream, so that it is compressed once.
        response.direct_passthrough = False
        response.make_sequence()
    return response
