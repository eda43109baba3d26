"""Our style sheets and our scripts, each sent as one file named by its contents.

A browser asks for two files instead of twenty, and keeps them for good: a change of
contents is another name.
"""

import hashlib
from dataclasses import dataclass
from pathlib import Path

from flask import Flask, Response

ASSETS = Path(__file__).resolve().parents[2] / "assets"


@dataclass(frozen=True, slots=True)
class Bundle:
    """Files of one kind after each other, in the order of their names.

    Attributes:
        address: Where it is served.
        content: What is in it.
        mimetype: Its kind.
    """

    address: str
    content: bytes
    mimetype: str


def bundle(ending: str, mimetype: str) -> Bundle:
    """Return the files of `assets/` with an ending (`css`, `js`) as one."""
    files = sorted(ASSETS.glob(f"*.{ending}"))
    content = b"\n".join(file.read_bytes() for file in files)
    name = hashlib.sha256(content).hexdigest()[:8]
    return Bundle(f"/assets/malbild.{name}.{ending}", content, mimetype)


def register_bundle(server: Flask, made: Bundle) -> None:
    """Serve a bundle at its address."""

    def send() -> Response:
        return Response(made.content, mimetype=made.mimetype)

    server.add_url_rule(made.address, made.address, send)
