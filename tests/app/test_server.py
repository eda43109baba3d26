import os
import signal
import socket
import subprocess
import sys
import urllib.request
from contextlib import contextmanager
from pathlib import Path

import pytest

from app import server
from app.__main__ import WAREHOUSE, main
from app.server import wsgi
from kpi import schema
from kpi.warehouse import DEFAULT_PATH
from tests import builders as make

ROOT = Path(__file__).resolve().parents[2]
WAIT_SECONDS = 60


@pytest.fixture(scope="module")
def warehouse(tmp_path_factory):
    return make.warehouse(tmp_path_factory.mktemp("server"), [make.outcome()])


@contextmanager
def started(*arguments):
    """Start the program as a visitor does, and stop it whatever happens."""
    process = subprocess.Popen(
        [sys.executable, "-m", "app", *map(str, arguments)],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    try:
        yield process
    finally:
        if process.poll() is None:
            process.terminate()
            process.wait(WAIT_SECONDS)
        process.stdout.close()
        process.stderr.close()


def answer(address):
    with urllib.request.urlopen(address, timeout=WAIT_SECONDS) as response:
        return response.status, response.read().decode(), response.headers


def test_it_says_where_it_listens_serves_and_stops_when_told(warehouse):
    with started("--warehouse", warehouse.path, "--port", "0") as process:
        line = process.stdout.readline()
        assert line.startswith("Målbild: http://127.0.0.1:")
        address = line.removeprefix("Målbild: ").strip()
        status, body, _ = answer(f"{address}/healthz")
        assert (status, make.BUILD in body) == (200, True)
        assert answer(f"{address}/")[0] == 200
        assert answer(f"{address}/api/v1/outcomes")[0] == 200
        process.send_signal(signal.SIGTERM)
        assert process.wait(WAIT_SECONDS) == 0
        assert process.stdout.read() == ""
        assert process.stderr.read() == ""


def test_it_stops_on_control_c(warehouse):
    with started("--warehouse", warehouse.path, "--port", "0") as process:
        process.stdout.readline()
        os.killpg(process.pid, signal.SIGINT)
        assert process.wait(WAIT_SECONDS) == 0
        assert process.stderr.read() == ""


def refused(*arguments):
    done = subprocess.run(
        [sys.executable, "-m", "app", *map(str, arguments)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=WAIT_SECONDS,
        check=False,
    )
    return done.returncode, done.stderr


def test_a_port_that_is_taken_is_refused_in_words(warehouse):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        code, said = refused("--warehouse", warehouse.path, "--port", port)
    assert code == 1
    assert said.startswith(f"cannot listen on 127.0.0.1, port {port}: ")
    assert "--port" in said
    assert "Traceback" not in said


def test_a_missing_warehouse_is_refused_with_the_next_step(tmp_path):
    code, said = refused("--warehouse", tmp_path / "none.duckdb")
    assert code == 1
    assert "none.duckdb does not exist; run `python -m etl build`" in said
    assert "Traceback" not in said


def test_a_warehouse_of_another_version_is_refused(tmp_path):
    builds = [make.build(schema_version=schema.VERSION + 1)]
    other = make.warehouse(tmp_path, builds=builds)
    code, said = refused("--warehouse", other.path)
    assert code == 1
    assert f"expected {schema.VERSION}" in said


@pytest.mark.parametrize("arguments", [["--port", "http"], ["--port", "70000"], ["-x"]])
def test_a_wrong_call_ends_with_2(arguments, capsys):
    with pytest.raises(SystemExit) as stopped:
        main(arguments)
    assert stopped.value.code == 2
    assert "usage: python -m app" in capsys.readouterr().err


def test_others_on_the_network_are_warned_of(warehouse):
    with started(
        "--warehouse", warehouse.path, "--host", "0.0.0.0", "--port", "0"
    ) as it:
        assert "http://0.0.0.0:" in it.stdout.readline()
        it.terminate()
        it.wait(WAIT_SECONDS)
        assert "there is no sign-in yet" in it.stderr.read()


@pytest.mark.parametrize(("host", "is_own"), [("127.0.0.1", True), ("0.0.0.0", False)])
def test_only_loopback_is_for_this_machine_alone(host, is_own):
    with server.listening_socket(host, 0) as listener:
        assert server.is_loopback(listener) is is_own


def test_an_address_of_version_6_stands_in_brackets():
    try:
        listener = server.listening_socket("::1", 0)
    except OSError:
        pytest.skip("this machine has no IPv6")
    with listener:
        port = listener.getsockname()[1]
        assert server.address(listener, "::1") == f"http://[::1]:{port}"
        assert server.is_loopback(listener)


def test_the_default_warehouse_is_the_one_that_is_built():
    assert WAREHOUSE == DEFAULT_PATH


def test_starting_the_server_does_not_import_duckdb_before_the_workers():
    code = (
        "import sys; from app import server; import app.__main__; server.preload(); "
        "print('duckdb' in sys.modules, 'pandas' in sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.strip() == "False False"


@pytest.fixture(scope="module")
def client(warehouse):
    return wsgi(warehouse.path).test_client()


@pytest.mark.parametrize(
    "path", ["/", "/healthz", "/api/v1/outcomes", "/api/v1/outcomes?by=x", "/nix.css"]
)
def test_every_answer_has_the_security_headers(client, path):
    headers = client.get(path).headers
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert "geolocation=()" in headers["Permissions-Policy"]
    assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]


def test_only_files_from_here_may_run(client):
    policy = client.get("/").headers["Content-Security-Policy"].split("; ")
    assert "script-src 'self'" in policy
    assert "default-src 'self'" in policy
    assert "object-src 'none'" in policy
    assert "base-uri 'self'" in policy
    assert "form-action 'self'" in policy
    assert not any("http" in one for one in policy)


def test_pages_api_and_exports_are_one_application(client):
    for path in ("/", "/api/v1/", "/healthz", "/export/outcomes.xlsx"):
        assert client.get(path).status_code == 200


def test_a_warehouse_that_disappears_is_503_and_comes_back(tmp_path):
    own = make.warehouse(tmp_path)
    client = wsgi(own.path).test_client()
    away = own.path.rename(tmp_path / "away.duckdb")
    assert client.get("/healthz").status_code == 503
    away.rename(own.path)
    assert client.get("/healthz").status_code == 200
