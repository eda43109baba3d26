"""How answers travel to the browser."""

import hashlib
import re

import brotli
import pytest

from app.server import wsgi
from app.web.bundles import ASSETS


@pytest.fixture(scope="module")
def client(demo_warehouse):
    return wsgi(demo_warehouse).test_client()


def get(client, path, encoding="br"):
    return client.get(path, headers={"Accept-Encoding": encoding}, buffered=True)


def scripts(client):
    page = client.get("/").get_data(as_text=True)
    return re.findall(r'href="(/_dash-component-suites/[^"]+)"', page)


def test_a_script_is_compressed_and_says_the_same(client):
    path = max(scripts(client), key=lambda one: len(client.get(one).data))
    plain, small = client.get(path), get(client, path)
    assert plain.headers.get("Content-Encoding") is None
    assert small.headers["Content-Encoding"] == "br"
    assert brotli.decompress(small.data) == plain.data
    assert len(small.data) < 0.4 * len(plain.data)


def test_scripts_and_assets_are_compressed_once(client, monkeypatch):
    paths = [scripts(client)[0], "/assets/favicon.svg"]
    first = [get(client, path).data for path in paths]
    monkeypatch.setattr("flask_compress.flask_compress._compress_data", None)
    assert [get(client, path).data for path in paths] == first


def test_what_changes_is_compressed_each_time(client):
    this_quarter = get(client, "/api/v1/outcomes?period=2026Q3")
    other = get(client, "/api/v1/outcomes?period=2025Q1")
    assert this_quarter.headers["Content-Encoding"] == "br"
    assert brotli.decompress(this_quarter.data) != brotli.decompress(other.data)


def test_csv_is_compressed_while_it_is_sent(client):
    plain = client.get("/api/v1/outcomes.csv?period=2026Q3")
    small = get(client, "/api/v1/outcomes.csv?period=2026Q3")
    assert small.headers["Content-Encoding"] == "br"
    assert brotli.decompress(small.data) == plain.data


def test_a_browser_that_knows_no_compression_gets_plain_answers(client):
    plain = get(client, "/api/v1/indicators", "identity")
    assert plain.headers.get("Content-Encoding") is None
    assert "Accept-Encoding" in plain.headers["Vary"]


def test_a_workbook_is_compressed_already(client):
    assert "Content-Encoding" not in get(client, "/export/outcomes.xlsx").headers


def test_assets_are_kept_for_good_under_their_version(client):
    page = client.get("/").get_data(as_text=True)
    assets = re.findall(r'(?:src|href)="(/assets/[^"]+\.(?:css|js|woff2)[^"]*)"', page)
    assert [path.rpartition(".")[2] for path in assets] == ["woff2", "css", "js"]
    for path in assets:
        assert "immutable" in get(client, path).headers["Cache-Control"], path
    for path in ("/assets/10-tokens.css", "/assets/none.0123abcd.css"):
        answer = get(client, path, "identity")
        assert "immutable" not in answer.headers.get("Cache-Control", ""), path


def test_the_name_of_the_face_says_what_is_in_it():
    (face,) = (ASSETS / "fonts").glob("inter.*.woff2")
    content = hashlib.sha256(face.read_bytes()).hexdigest()
    assert face.name == f"inter.{content[:8]}.woff2"
    assert face.name in (ASSETS / "00-fonts.css").read_text(encoding="utf-8")


def test_a_bundle_holds_every_file_in_order_and_is_named_by_what_it_holds(client):
    page = client.get("/").get_data(as_text=True)
    for ending in ("css", "js"):
        (path,) = re.findall(rf'"(/assets/malbild\.[^"]+\.{ending})"', page)
        content = client.get(path).data
        files = sorted(ASSETS.glob(f"*.{ending}"))
        assert content == b"\n".join(file.read_bytes() for file in files)
        assert path.split(".")[1] == hashlib.sha256(content).hexdigest()[:8]


def test_no_script_stands_in_a_page(client):
    page = client.get("/").get_data(as_text=True)
    tags = re.findall(r"<script[^>]*>", page)
    assert len(tags) == 2
    assert all(" src=" in tag or 'type="application/json"' in tag for tag in tags)
    assert "unsafe-inline" not in client.get("/").headers[
        "Content-Security-Policy"
    ].replace("style-src 'self' 'unsafe-inline'", "")
