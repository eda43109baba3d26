"""The Kolada client against a real server on this machine that plays Kolada."""

import hashlib
import json
import math
import re
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import product
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
import requests
from hypothesis import given
from hypothesis import strategies as st

from etl.fetch.client import JsonServer
from etl.fetch.kolada import fetch_kolada
from etl.fetch.kolada_answer import data_page
from etl.fetch.kolada_question import Selection
from etl.fetch.pages import MAX_PAGES, write_whole
from etl.fetch.patience import Patience
from kpi.errors import FetchError
from kpi.vocabulary import KOLADA_REGIONS

DATA = re.compile(r"/v3/data/kpi/([^/]*)/municipality/([^/]*)/year/([^/]*)")
NOON = datetime(2026, 8, 20, 12, tzinfo=UTC)


def record(kpi="N79178", region="0010", year=2025, value=84.7, **changes):
    one = {"gender": "T", "status": "", "value": value, "isdeleted": False}
    fine = {"kpi": kpi, "municipality": region, "period": year, "values": [one]}
    return fine | changes


def one_value(**changes):
    return {"gender": "T", "status": "", "value": 84.7, "isdeleted": False} | changes


class Reply:
    """An answer in full: status, body and headers."""

    def __init__(self, body=b"", status=200, after=None, **headers):
        self.body = body if isinstance(body, bytes) else json.dumps(body).encode()
        self.status = status
        self.headers = {name.replace("_", "-"): v for name, v in headers.items()}
        self.after = after  # called before the answer is sent


class Kolada:
    """Plays the API; `script` may answer before it does."""

    def __init__(self):
        self.paths: list[str] = []
        self.headers: list[dict[str, str]] = []
        self.script: Callable[[str, int], Reply | None] = lambda path, n: None
        self.values = {}  # cell -> record; any other cell has a figure of its own
        self.per_page = None  # the server's own limit
        self.empty_last_page = False
        self.order = 1
        self.titles = [{"id": i, "title": f"Region {i}"} for i in KOLADA_REGIONS]

    @property
    def data_paths(self):
        return [path for path in self.paths if "/data/" in path]

    def answer(self, path: str) -> Reply:
        self.paths.append(path)
        scripted = self.script(path, len(self.paths))
        if scripted is not None:
            return scripted
        parts = urlsplit(path)
        if parts.path == "/v3/municipality":
            return Reply({"values": self.titles, "next_url": None})
        query = parse_qs(parts.query)
        kpis, regions, years = (
            part.split(",") for part in DATA.fullmatch(parts.path).groups()
        )
        if max(len(kpis), len(regions), len(years)) > 25:
            return Reply({"detail": "at most 25"}, status=400)
        records = [
            self.values.get((k, r, int(y)), record(k, r, int(y), 50.5))
            for k, r, y in product(kpis, regions, years)
        ][:: self.order]
        size = min(int(query["per_page"][0]), self.per_page or 5000)
        page = int(query.get("page", ["1"])[0])
        shown = records[(page - 1) * size : page * size]
        following = page * size < len(records) or (self.empty_last_page and shown)
        next_url = f"{self.base}/{path[4:].split('&page')[0]}&page={page + 1}"
        return Reply({"values": shown, "next_url": next_url if following else None})


@contextmanager
def serving(kolada: Kolada) -> Iterator[Kolada]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            kolada.headers.append(dict(self.headers))
            reply = kolada.answer(self.path)
            if reply.after:
                reply.after()
            try:
                self.send_response(reply.status)
                reply.headers.setdefault("Content-Length", str(len(reply.body)))
                for name, value in reply.headers.items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(reply.body)
            except ConnectionError:
                pass  # the client has given up, as the test wants

        def log_message(self, *args):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = False  # so that closing it waits for its answers
    kolada.origin = f"http://127.0.0.1:{server.server_port}"
    kolada.base = f"{kolada.origin}/v3"
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    try:
        yield kolada
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@pytest.fixture(autouse=True)
def _no_proxy(monkeypatch):
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    monkeypatch.setenv("no_proxy", "127.0.0.1")


@pytest.fixture
def kolada():
    with serving(Kolada()) as playing:
        yield playing


class Time:
    """Waits that take no time, and a note of each."""

    def __init__(self):
        self.waits: list[float] = []
        self.now = 1000.0

    def sleep(self, seconds):
        self.waits.append(seconds)
        self.now += seconds


def patience(time=None, **changes):
    time = time or Time()
    fine = {
        "connect_seconds": 2,
        "read_seconds": 5,
        "tries": 4,
        "requests_per_second": math.inf,
        "sleep": time.sleep,
        "clock": lambda: time.now,
        "chance": lambda: 1.0,
    }
    return Patience(**(fine | changes))


@pytest.fixture
def fetch(kolada, tmp_path):
    def fetch(kpis=("N79178",), regions=("0010",), years=(2025,), **changes):
        fine = {
            "out": tmp_path / "out",
            "cache": tmp_path / "cache",
            "base_url": kolada.base,
            "patience": patience(),
            "now": NOON,
        }
        return fetch_kolada(kpis, regions, years, **(fine | changes))

    return fetch


def content(report):
    return json.loads(report.path.read_bytes())


def nothing_written(tmp_path):
    return list((tmp_path / "out").glob("*")) == []


# What is asked


def test_no_part_of_an_address_has_more_than_25_ids(kolada, fetch):
    kpis = [f"N{number:05}" for number in range(30)]
    report = fetch(kpis, None, range(2000, 2026))
    sizes = [
        tuple(part.count(",") + 1 for part in DATA.match(path).groups())
        for path in kolada.data_paths
        if "&page=" not in path
    ]
    assert sizes == [(k, 22, y) for k in (25, 5) for y in (25, 1)]
    assert report.values == 30 * 22 * 26
    assert all("per_page=5000" in path for path in kolada.data_paths)


@given(
    st.lists(st.integers(0, 99999), min_size=1, max_size=80),
    st.lists(st.sampled_from(KOLADA_REGIONS), min_size=1),
    st.lists(st.integers(1900, 2100), min_size=1, max_size=60),
)
def test_every_combination_is_asked_for_exactly_once(numbers, regions, years):
    kpis = [f"U{number:05}" for number in numbers]
    asked = Selection.of(kpis, regions, years)
    cells = []
    for question in asked.questions("https://api.kolada.se/v3"):
        path = urlsplit(question.url).path
        parts = [part.split(",") for part in DATA.fullmatch(path).groups()]
        assert max(map(len, parts)) <= 25
        cells += product(*parts)
    expected = product(set(kpis), set(regions), map(str, set(years)))
    assert sorted(cells) == sorted(expected)


def test_the_order_of_the_ids_and_repeats_do_not_change_what_is_asked(kolada, fetch):
    fetch(["N79178", "N70643"], ["0010", "0007"], [2025, 2024])
    before = len(kolada.paths)
    fetch(["N70643", "N79178", "N70643"], ["0007", "0010"], [2024, 2025])
    assert len(kolada.paths) == before


def test_all_regions_are_riket_and_the_21(kolada, fetch):
    assert len(KOLADA_REGIONS) == 22
    assert fetch(regions=None).values == 22


def test_everything_that_cannot_be_asked_for_is_named_at_once(kolada, fetch):
    with pytest.raises(FetchError) as error:
        fetch(["N79178", "../kpi", "N79178/.."], [10, "0010\n"], ["2025", 3000])
    assert error.value.faults == (
        "kpis: expected an id such as N79178, got '../kpi'",
        "kpis: expected an id such as N79178, got 'N79178/..'",
        "regions: expected an id such as 0010, got 10",
        "regions: expected an id such as 0010, got '0010\\n'",
        "years: expected a year such as 2025, got '2025'",
        "years: expected a year such as 2025, got 3000",
    )
    with pytest.raises(FetchError, match="kpis: expected at least one, got none"):
        fetch([])
    assert kolada.paths == []


# What is answered


def test_the_file_has_the_form_of_the_api_and_the_names_of_the_regions(kolada, fetch):
    kolada.titles = [
        {"id": "0010", "title": "Region Blekinge", "type": "L"},
        {"id": "0007", "title": "Region Kronoberg", "type": "L"},
        {"id": "0012", "title": "Region Skåne", "type": "L"},
    ]
    kolada.values["N79178", "0010", 2025] = record(value=84.7, count=1)
    report = fetch(["N79178"], ["0010", "0012"], [2025])
    assert content(report) == {
        "source": kolada.base,
        "genders": ["T"],
        "municipalities": [
            {"id": "0010", "title": "Region Blekinge"},
            {"id": "0012", "title": "Region Skåne"},
        ],
        "values": [record(value=84.7), record(region="0012", value=50.5)],
    }
    assert "Region Skåne" in report.path.read_text("utf-8")
    digest = hashlib.sha256(report.path.read_bytes()).hexdigest()[:8]
    assert report.path.name == f"kolada_20260820T120000Z_{digest}.json"


def test_a_region_without_a_title_is_told(kolada, fetch):
    kolada.titles = [{"id": "0010", "title": "Region Blekinge", "isdeleted": True}]
    report = fetch()
    assert report.regions_without_title == ("0010",)
    assert "No title: 0010" in report.lines()


def test_every_page_is_read(kolada, fetch):
    kolada.per_page = 3
    report = fetch(years=range(2016, 2026))
    assert report.values == 10
    assert len(kolada.data_paths) == 4


def test_an_empty_last_page_ends_the_paging_though_it_names_another(kolada, fetch):
    def script(path, number):
        if "page=2" in path:
            return Reply({"values": [], "next_url": "http://192.0.2.1/page/3"})

    kolada.script = script
    kolada.empty_last_page = True
    assert fetch(years=(2024, 2025)).values == 2
    assert len(kolada.data_paths) == 2


def test_a_next_url_without_a_host_is_of_this_host(kolada, fetch):
    def script(path, number):
        if number == 1:
            return Reply({"values": [record()], "next_url": "?page=2"})
        if path.endswith("?page=2"):
            return Reply({"values": [record(year=2024)]})

    kolada.script = script
    assert fetch(years=(2024, 2025)).values == 2


def test_deleted_missing_and_other_genders_are_told_apart(kolada, fetch):
    kolada.values |= {
        ("N79178", "0010", 2020): record(isdeleted=True),
        ("N79178", "0010", 2021): record(
            year=2021, values=[one_value(isdeleted=True), one_value(value=1)]
        ),
        ("N79178", "0010", 2022): record(
            year=2022, values=[one_value(value=None, status="Missing")]
        ),
        ("N79178", "0010", 2023): record(
            year=2023, values=[one_value(value=7.5, status="Missing")]
        ),
        ("N79178", "0010", 2024): record(year=2024, values=[one_value(value=None)]),
        ("N79178", "0010", 2025): record(
            values=[one_value(gender="K"), one_value(value=0), one_value(gender="M")]
        ),
    }
    report = fetch(years=range(2020, 2026))
    assert content(report)["values"] == [
        record(year=2021, value=1),
        record(year=2022, values=[one_value(value=None, status="Missing")]),
        record(year=2023, values=[one_value(value=None, status="Missing")]),
        record(year=2024, values=[one_value(value=None, status="Missing")]),
        record(year=2025, value=0),
    ]
    assert (report.values, report.missing) == (2, 3)
    assert (report.deleted, report.other_genders) == (2, 2)
    assert report.lines() == [
        f"{report.path}: 2 values, 3 missing",
        "Only values for both sexes together (gender T) are kept; 2 for women or men "
        "alone were left out",
        "2 withdrawn by Kolada were left out",
    ]


def test_a_kpi_without_any_value_and_figures_not_asked_for_are_told(kolada, fetch):
    kolada.values |= {
        ("N70643", "0010", 2025): record("N70643", value=None),
        ("N79198", "0010", 2025): record("N79198", region="0012"),
    }
    report = fetch(["N79178", "N70643", "N79198"])
    assert report.kpis_without_values == ("N70643", "N79198")
    assert report.not_asked_for == 1
    assert "No value at all: N70643, N79198" in report.lines()
    assert "1 that nobody asked for were left out" in report.lines()


def test_not_a_single_value_is_no_file(kolada, fetch, tmp_path):
    kolada.script = lambda path, number: Reply({"values": []})
    with pytest.raises(FetchError, match="found no value for kpi N79178; region 0010"):
        fetch()
    assert nothing_written(tmp_path)


def test_the_same_figure_on_two_pages_is_one_figure(kolada, fetch):
    kolada.script = lambda path, number: (
        Reply({"values": [record(), record()]}) if "/data/" in path else None
    )
    assert fetch().values == 1


def test_two_figures_for_the_same_cell_are_refused(kolada, fetch, tmp_path):
    kolada.script = lambda path, number: (
        Reply({"values": [record(), record(value=1)]}) if "/data/" in path else None
    )
    with pytest.raises(FetchError) as error:
        fetch()
    assert re.search(
        r"values\[1\]\.values\[0\]: N79178, 0010, 2025: found 1 '', expected 84.7 '' "
        r"as at .*values\[0\]\.values\[0\]; .* fetch again with refresh",
        str(error.value),
    )
    assert nothing_written(tmp_path)


@pytest.mark.parametrize(
    ("odd", "fault"),
    [
        ("text", ": expected an object, got 'text'"),
        (record(kpi=None), ".kpi: expected a text, got None"),
        (record(region=10), ".municipality: expected a text, got 10"),
        (
            record(region="10"),
            ".municipality: expected four digits such as 0010, got '10'",
        ),
        (record(year="2025K1"), ".period: expected a year such as 2025, got '2025K1'"),
        (record(year=True), ".period: expected a year such as 2025, got True"),
        (record(values=None), ".values: expected a list, got None"),
        (record(values=[3]), ".values[0]: expected an object, got 3"),
        (record(isdeleted="no"), ".isdeleted: expected true or false, got 'no'"),
        (record(is_deleted=[]), ".is_deleted: expected true or false, got []"),
        (
            record(value="84,7"),
            ".values[0].value: expected a number or null, got '84,7'",
        ),
        (record(value=True), ".values[0].value: expected a number or null, got True"),
        (
            record(value=float("inf")),
            ".values[0].value: expected a number or null, got inf",
        ),
        (
            record(values=[one_value(), one_value(gender=None)]),
            ".values[1].gender: expected a text, got None",
        ),
        (
            record(values=[one_value(status=3)]),
            ".values[0].status: expected a text, got 3",
        ),
    ],
)
def test_a_record_that_is_not_as_agreed_is_refused_with_its_place(odd, fault):
    with pytest.raises(FetchError) as error:
        data_page([record(), odd], "https://api.kolada.se/v3/data")
    assert str(error.value) == f"https://api.kolada.se/v3/data: values[1]{fault}"


def test_every_fault_of_a_record_is_told():
    values = [one_value(value="84,7"), one_value(status=3)]
    with pytest.raises(FetchError) as error:
        data_page([record(kpi="", year=None, values=values)], "url")
    assert error.value.faults == (
        "url: values[0].kpi: expected a text, got ''",
        "url: values[0].period: expected a year such as 2025, got None",
        "url: values[0].values[0].value: expected a number or null, got '84,7'",
        "url: values[0].values[1].status: expected a text, got 3",
    )


def test_what_is_left_out_need_not_be_as_agreed():
    women = one_value(gender="K", value="84,7", status=3)
    withdrawn = one_value(gender=None, value="84,7", isdeleted=True)
    page = data_page(
        [
            record(values=[women, withdrawn, one_value()]),
            {"isdeleted": True},
            {"is_deleted": True, "values": 3},
        ],
        "url",
    )
    assert [figure.value for figure in page.figures] == [84.7]
    assert page.left_out == {"other_gender": 1, "deleted": 3}


def test_a_field_that_may_be_left_out_is_not_missed():
    page = data_page([record(values=[{"gender": "T"}])], "url")
    assert [(f.value, f.status) for f in page.figures] == [(None, "Missing")]


def test_a_value_stays_as_it_was_written():
    values = (85, 84.7, 10**30)
    page = data_page([record(value=value) for value in values], "url")
    assert [repr(figure.value) for figure in page.figures] == [*map(repr, values)]


def test_a_region_without_a_name_for_itself_is_refused(kolada, fetch, tmp_path):
    kolada.titles = [{"id": "0010", "title": "Region Blekinge"}, {"id": "0012"}]
    with pytest.raises(
        FetchError, match=r"values\[1\].title: expected a text, got None"
    ):
        fetch()
    assert nothing_written(tmp_path)


def test_of_many_faults_ten_are_told(kolada, fetch, tmp_path):
    kolada.script = lambda path, number: Reply({"values": [None] * 5000})
    with pytest.raises(FetchError) as error:
        fetch()
    assert len(error.value.faults) == 11
    assert error.value.faults[-1] == "and 4990 more faults like these"
    assert nothing_written(tmp_path)
    assert list((tmp_path / "cache").iterdir()) == []


def test_a_year_in_quotes_is_a_year():
    assert data_page([record(year="2025")], "url").figures[0].cell.year == 2025


@pytest.mark.parametrize(
    ("body", "found"),
    [
        (b"<html>Log in to the proxy</html>", "found '<html>Log in to the proxy"),
        (b'{"values": [NaN]}', "expected JSON"),
        (b"\xff\xfe", "expected JSON"),
        (b"[" * 100_000, "expected JSON"),
        (b"", "found '', expected JSON"),
        (b"[]", "found 'list', expected an object with a list `values`"),
        (b'{"detail": "?"}', r"found \['detail'\], expected an object with a list"),
        (b'{"values": {}}', "expected an object with a list `values`"),
        (b'{"values": [], "next_url": 2}', "next_url: expected an address, got 2"),
    ],
)
def test_an_answer_that_is_not_the_agreed_json_is_refused(
    kolada, fetch, tmp_path, body, found
):
    kolada.script = lambda path, number: Reply(body)
    with pytest.raises(FetchError, match=found) as error:
        fetch()
    assert kolada.base in str(error.value)
    assert len(kolada.paths) == 1
    assert nothing_written(tmp_path)


# Where it does not go


@pytest.mark.parametrize(
    "address",
    [
        "http://192.0.2.1/v3/data?page=2",
        "http://127.0.0.1:1/v3/data?page=2",
        "https://{host}/v3/data?page=2",
        "http://user:secret@{host}/v3/data?page=2",
        "http://{host}@192.0.2.1/",
        "//192.0.2.1/v3/data",
        "file:///etc/passwd",
        "http://127.0.0.1:port/",
    ],
)
@pytest.mark.parametrize("how", ["next_url", "redirect"])
def test_an_address_elsewhere_is_not_followed(kolada, fetch, tmp_path, address, how):
    address = address.format(host=urlsplit(kolada.base).netloc)
    kolada.script = lambda path, number: (
        Reply({"values": [record()], "next_url": address})
        if how == "next_url"
        else Reply(status=302, Location=address)
    )
    with pytest.raises(FetchError, match="not followed") as error:
        fetch()
    assert f"points on to {address!r}, expected an address at {kolada.origin}" in str(
        error.value
    )
    assert len(kolada.paths) == 1
    assert nothing_written(tmp_path)


@pytest.mark.parametrize("how", ["next_url", "redirect"])
def test_an_address_that_is_none_is_refused(kolada, fetch, how):
    kolada.script = lambda path, number: (
        Reply({"values": [record()], "next_url": "http://[::1/"})
        if how == "next_url"
        else Reply(status=302, Location="http://[::1/")
    )
    with pytest.raises(FetchError, match=r"not followed|cannot be asked"):
        fetch()
    assert len(kolada.paths) == 1


def test_a_redirect_within_the_server_is_followed(kolada, fetch):
    def script(path, number):
        if number == 1:
            return Reply(status=307, Location=f"{path}&again=1")

    kolada.script = script
    assert fetch().values == 1


def test_redirects_without_end_are_given_up(kolada, fetch):
    kolada.script = lambda path, number: Reply(status=307, Location=path)
    with pytest.raises(FetchError, match="redirected more than 5 times"):
        fetch()
    assert len(kolada.paths) == 6


def test_a_server_that_calls_itself_http_is_asked_over_https_all_the_same():
    with requests.Session() as session:
        server = JsonServer(
            "https://api.kolada.se/v3",
            session,
            patience(),
            advice="",
            on_wait=lambda what: None,
        )
        page = "https://api.kolada.se/v3/data"
        assert server.checked("http://api.kolada.se/v3/data?page=2", page) == (
            "https://api.kolada.se/v3/data?page=2"
        )
        for other in ("http://api.kolada.se:8080/", "http://kolada.se/"):
            with pytest.raises(FetchError, match="not followed"):
                server.checked(other, page)


@pytest.mark.parametrize(
    "base_url",
    ["", "api.kolada.se/v3", "ftp://api.kolada.se", "https://a:b@api.kolada.se/v3"],
)
def test_a_base_address_that_cannot_be_asked_is_refused(fetch, base_url):
    with pytest.raises(FetchError, match="base_url: expected an http or https address"):
        fetch(base_url=base_url)


@pytest.mark.parametrize("circle", [1, 2, 3])
def test_pages_in_a_circle_are_refused(kolada, fetch, circle):
    def script(path, number):
        back = kolada.paths[0] if number == circle else f"?page={number + 1}"
        return Reply({"values": [record()], "next_url": back})

    kolada.script = script
    with pytest.raises(FetchError, match=f"after {circle} pages, back to one already"):
        fetch()
    assert len(kolada.paths) == circle


def test_pages_without_end_are_refused(kolada, fetch):
    def script(path, number):
        return Reply({"values": [record()], "next_url": f"?page={number + 1}"})

    kolada.script = script
    with pytest.raises(FetchError, match=f"goes on after {MAX_PAGES} pages"):
        fetch()
    assert len(kolada.paths) == MAX_PAGES


# Waiting and trying again


def first(*replies):
    """Give these answers first, then Kolada's own."""
    return lambda path, number: replies[number - 1] if number <= len(replies) else None


def test_too_many_requests_waits_as_long_as_it_is_told(kolada, fetch):
    time, told = Time(), []
    kolada.script = first(Reply(status=429, Retry_After="17"))
    report = fetch(
        patience=patience(time),
        progress=lambda done, total, what: told.append((done, total, what)),
    )
    assert report.values == 1
    assert report.requests == 3
    assert time.waits == [17]
    assert told == [
        (0, 2, "the server answered 429 Too Many Requests; trying again in 17 s"),
        (0, 2, "1 figures so far"),
        (2, 2, "1 figures, 22 titles"),
    ]


def test_a_time_of_day_to_come_back_at_is_waited_for(kolada, fetch):
    time = Time()
    at = format_datetime(datetime.now(UTC) + timedelta(seconds=90), usegmt=True)
    kolada.script = first(Reply(status=503, Retry_After=at))
    assert fetch(patience=patience(time)).values == 1
    assert 80 < time.waits[0] <= 90


@pytest.mark.parametrize(
    "header", ["", "soon", "-5", "1e3", "Thu, 01 Jan 1970 00:00:00 GMT", "9" * 5000]
)
def test_a_wait_that_makes_no_sense_is_our_own_wait(kolada, fetch, header):
    time = Time()
    kolada.script = first(Reply(status=429, Retry_After=header))
    assert fetch(patience=patience(time)).values == 1
    assert time.waits == [1]


def test_a_wait_longer_than_our_patience_is_not_cut_short(kolada, fetch, tmp_path):
    time = Time()
    kolada.script = lambda path, number: Reply(status=429, Retry_After="3600")
    with pytest.raises(FetchError) as error:
        fetch(patience=patience(time))
    assert (
        "the server answered 429 Too Many Requests, attempt 1 of 4; the next wait "
        "would be 3600 s, expected at most 300 s of waiting for one page; try again "
        "later"
    ) in str(error.value)
    assert time.waits == []
    assert nothing_written(tmp_path)


def test_waits_double_and_the_server_that_recovers_is_heard(kolada, fetch):
    time = Time()
    kolada.script = first(*[Reply(status=s) for s in (503, 500, 502)])
    assert fetch(patience=patience(time)).values == 1
    assert time.waits == [1, 2, 4]


def test_the_sum_of_the_waits_for_a_page_is_bounded(kolada, fetch):
    time = Time()
    kolada.script = lambda path, number: Reply(status=503)
    with pytest.raises(FetchError, match="the next wait would be 8 s"):
        fetch(patience=patience(time, tries=99, total_wait_seconds=14))
    assert time.waits == [1, 2, 4]


def test_a_wait_is_between_half_and_all_of_the_doubled_wait():
    assert patience(chance=lambda: 0.0).wait_seconds(3) == 2
    assert patience(chance=lambda: 0.5).wait_seconds(3) == 3
    assert patience(chance=lambda: 1.0).wait_seconds(3) == 4


def test_a_server_that_stays_broken_is_given_up(kolada, fetch, tmp_path):
    kolada.script = lambda path, number: Reply(status=500)
    with pytest.raises(FetchError) as error:
        fetch()
    assert (
        "the server answered 500 Internal Server Error, attempt 4 of 4 after 7 s of "
        "waiting; try again later"
    ) in str(error.value)
    assert str(error.value).startswith(f"{kolada.base}/data/kpi/N79178/")
    assert len(kolada.paths) == 4
    assert nothing_written(tmp_path)


@pytest.mark.parametrize("status", [204, 400, 403, 404])
def test_a_no_is_taken_at_once_with_the_ids_it_is_about(kolada, fetch, status):
    body = b"" if status == 204 else json.dumps({"detail": "x" * 400}).encode()
    kolada.script = lambda path, number: Reply(body, status=status)
    with pytest.raises(FetchError) as error:
        fetch(["N79178", "N70643"])
    message = str(error.value)
    assert f"the server answered {status} " in message
    assert message.endswith(
        "Check that these exist: kpi N70643,N79178; region 0010; year 2025"
    )
    assert len(message) < 700
    assert len(kolada.paths) == 1


def test_a_server_that_does_not_answer_in_time_is_tried_again(kolada, fetch):
    released = threading.Event()
    kolada.script = first(Reply(after=lambda: released.wait(5)))
    try:
        report = fetch(patience=patience(read_seconds=0.1))
    finally:
        released.set()
    assert report.values == 1
    assert report.requests == 3


def test_a_server_that_never_answers_in_time_is_given_up(kolada, fetch):
    released = threading.Event()
    kolada.script = lambda path, number: Reply(after=lambda: released.wait(5))
    try:
        with pytest.raises(FetchError, match=r"no answer \(TimeoutError: timed out\)"):
            fetch(patience=patience(read_seconds=0.1, tries=2))
    finally:
        released.set()
    assert len(kolada.paths) == 2


def test_a_page_broken_off_in_the_middle_is_asked_for_again(kolada, fetch):
    kolada.script = first(Reply({"values": []}, Content_Length="1000"))
    report = fetch()
    assert report.values == 1
    assert report.requests == 3


def test_offline_the_address_the_reason_and_the_way_out_are_told(fetch, tmp_path):
    with socket.socket() as reserved:  # bound but not listening: nobody answers
        reserved.bind(("127.0.0.1", 0))
        base_url = f"http://127.0.0.1:{reserved.getsockname()[1]}/v3"
        with pytest.raises(FetchError) as error:
            fetch(base_url=base_url)
    message = str(error.value)
    assert message.startswith(f"{base_url}/data/kpi/N79178/")
    assert "no answer (ConnectionRefusedError" in message
    assert "attempt 4 of 4 after 7 s of waiting" in message
    assert (
        "check the network and the proxy (HTTPS_PROXY), or put a CSV with the columns "
        f"kpi;kolada_region_id;region;year;value in {tmp_path / 'out'}/"
    ) in message
    assert nothing_written(tmp_path)


def test_a_certificate_that_is_not_trusted_is_not_tried_again(kolada, fetch):
    time = Time()
    with pytest.raises(FetchError, match=r"no secure connection .* REQUESTS_CA_BUNDLE"):
        fetch(base_url=kolada.base.replace("http", "https"), patience=patience(time))
    assert time.waits == []


def test_a_proxy_that_is_misspelt_is_told(kolada, fetch):
    with requests.Session() as session:
        session.trust_env = False
        session.proxies = {"http": "http://:3128:x"}
        with pytest.raises(FetchError, match=r"cannot be asked .*check the network"):
            fetch(session=session)


def test_the_server_is_not_asked_more_often_than_agreed(kolada, fetch):
    time = Time()
    kolada.per_page = 1
    fetch(years=(2023, 2024, 2025), patience=patience(time, requests_per_second=5))
    assert len(kolada.paths) == 4
    assert time.waits == pytest.approx([0.2] * 3)


def test_the_callers_session_is_used_and_left_open(kolada, fetch):
    with requests.Session() as session:
        session.headers["X-Test"] = "ours"
        fetch(session=session)
        assert all(sent["X-Test"] == "ours" for sent in kolada.headers)
        assert session.get(f"{kolada.base}/municipality", timeout=2).ok
    fetch(refresh=True)
    assert kolada.headers[-1]["User-Agent"].startswith("malbild")


# Going on, and doing it again


def test_an_interrupted_fetch_goes_on_where_it_stopped(kolada, fetch, tmp_path):
    kolada.per_page = 2

    def script(path, number):
        return Reply(status=404) if "page=3" in path else None

    kolada.script = script
    with pytest.raises(FetchError, match="404"):
        fetch(years=range(2016, 2026))
    assert nothing_written(tmp_path)
    interrupted = len(kolada.data_paths)
    assert interrupted == 3

    kolada.script = lambda path, number: None
    report = fetch(years=range(2016, 2026))
    assert report.values == 10
    assert report.pages_from_cache == 2
    assert kolada.data_paths[interrupted].endswith("page=3")
    assert len(kolada.data_paths) == interrupted + 3
    assert report.requests == 4  # three pages and the titles


def test_a_finished_fetch_asks_for_nothing_and_says_how_old_it_is(kolada, fetch):
    first_report = fetch()
    assert first_report.is_new
    assert first_report.oldest_page is None
    asked = len(kolada.paths)
    report = fetch(now=NOON + timedelta(days=1))
    assert len(kolada.paths) == asked
    assert (report.requests, report.pages_from_cache) == (0, 2)
    assert datetime.now(UTC) - report.oldest_page < timedelta(minutes=1)
    assert (report.path, report.is_new) == (first_report.path, False)
    assert "the same as before, nothing was written" in report.lines()[0]
    assert "2 pages are from the cache" in report.lines()[-1]


def test_refresh_asks_for_everything_anew_and_keeps_the_older_file(kolada, fetch):
    old = fetch()
    kolada.values["N79178", "0010", 2025] = record(value=90)
    new = fetch(refresh=True, now=NOON + timedelta(days=1))
    assert content(old)["values"][0] == record(value=50.5)
    assert content(new)["values"][0] == record(value=90)
    assert new.is_new
    assert new.path.name > old.path.name
    assert len(kolada.paths) == 4


def test_a_page_in_the_cache_that_was_damaged_is_asked_for_again(
    kolada, fetch, tmp_path
):
    fetch()
    kept = sorted((tmp_path / "cache").iterdir())
    assert len(kept) == 2
    for path, damage in zip(kept, (b"{", b'{"url": "?", "page": {}}'), strict=True):
        path.write_bytes(damage)
    assert fetch().requests == 2


def test_a_page_in_the_cache_leads_nowhere_else_either(kolada, fetch, tmp_path):
    fetch()
    for path in (tmp_path / "cache").iterdir():
        text = path.read_text().replace('"next_url": null', '"next_url": "http://x/"')
        path.write_text(text)
    with pytest.raises(FetchError, match="not followed"):
        fetch()


def test_the_same_answers_give_the_same_bytes(kolada, fetch, tmp_path):
    kpis, regions, years = ["N79178", "N70643"], ["0007", "0010"], [2024, 2025]
    one = fetch(kpis, regions, years)
    kolada.per_page = 3
    kolada.order = -1
    kolada.titles.reverse()
    other = fetch(
        kpis[::-1],
        regions[::-1],
        years[::-1],
        out=tmp_path / "other",
        cache=tmp_path / "other_cache",
        now=NOON + timedelta(days=9),
    )
    assert one.path.read_bytes() == other.path.read_bytes()
    cells = [
        (value["kpi"], value["municipality"], value["period"])
        for value in content(one)["values"]
    ]
    assert cells == list(product(sorted(kpis), regions, years))


def test_nothing_but_the_finished_file_is_left_in_the_folder(fetch, tmp_path):
    report = fetch()
    assert list((tmp_path / "out").iterdir()) == [report.path]


def test_a_folder_that_cannot_be_made_is_told_before_anything_is_asked(
    kolada, fetch, tmp_path
):
    (tmp_path / "file").write_text("")
    with pytest.raises(FetchError, match="expected a folder that can be written to"):
        fetch(out=tmp_path / "file" / "out")
    assert kolada.paths == []


def test_a_file_that_cannot_be_written_is_told_and_leaves_no_draft(tmp_path):
    (tmp_path / "taken.json").mkdir()
    with pytest.raises(FetchError, match=r"taken\.json: cannot be written .* rights"):
        write_whole(tmp_path / "taken.json", b"{}")
    assert [path.name for path in tmp_path.iterdir()] == ["taken.json"]


def test_letters_that_are_half_a_letter_do_not_stop_the_fetch(kolada, fetch):
    kolada.titles = [{"id": "0010", "title": "Blekinge \ud800"}]
    assert content(fetch())["municipalities"][0]["title"] == "Blekinge \ud800"


def test_the_folders_are_made(fetch, tmp_path: Path):
    report = fetch(out=tmp_path / "a" / "b", cache=tmp_path / "c" / "d")
    assert report.path.parent == tmp_path / "a" / "b"
