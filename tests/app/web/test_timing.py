import re

import pytest

from app.site.routes import create_app
from app.web import timing
from tests.builders import outcome, warehouse


def answered(tmp_path, path):
    app = create_app(warehouse(tmp_path, [outcome()]))
    timing.register_timing(app.server)
    return app.server.test_client().get(path)


@pytest.fixture
def profiled(monkeypatch):
    monkeypatch.setenv(timing.SETTING, "1")


def test_an_answer_says_where_its_time_went(tmp_path, profiled):
    said = answered(tmp_path, "/indikator/svf_lead_time").headers["Server-Timing"]
    spent = dict(re.findall(r"(\w+);dur=([0-9.]+)", said))
    assert list(spent) == ["query", "present", "draw", "serialise"]
    assert all(float(ms) > 0 for ms in spent.values())


def test_nothing_is_said_unless_asked_for(tmp_path):
    assert "Server-Timing" not in answered(tmp_path, "/").headers


def test_a_step_within_a_step_is_counted_once(monkeypatch):
    seconds = iter([0.0, 1.0, 3.0, 6.0, 10.0])
    monkeypatch.setattr(timing, "perf_counter", lambda: next(seconds))
    clock = timing._Clock()
    clock.begin(timing.DRAW)  # after 1 s
    clock.begin(timing.QUERY)  # after 2 s
    clock.end()  # after 3 s
    clock.end()  # after 4 s
    assert clock.spent_ms == {
        "query": 3000,
        "present": 1000,
        "draw": 2000 + 4000,
        "serialise": 0,
    }
