"""Builds, what they lost and what was noticed, for programs."""

import flask
import pytest

from app.site.api import register_api
from kpi.warehouse import Warehouse
from tests.etl.rows import Sources, cases, prevalence

REASON = "Kliniken lämnar en ny fil i morgon"


@pytest.fixture(scope="module")
def asked(tmp_path_factory):
    sources = Sources(tmp_path_factory.mktemp("lost"))
    sources.write("ppm/ppm.csv", [prevalence("20", "3")])
    first = sources.build(accepted=None)
    rows = cases(4, 9, "2026-01-20", svf="x")
    sources.write("svf/svf_fall.csv", [*rows, *cases(1, 9, "2026-01-20")])
    second = sources.build(accepted=REASON)
    server = flask.Flask("lost")
    register_api(server, Warehouse(sources.warehouse))
    return server.test_client(), first.build_id, second.build_id


def test_every_build_is_listed_the_newest_first(asked):
    client, first, second = asked
    answer = client.get("/api/v1/builds").json
    assert [one["build"] for one in answer["builds"]] == [second, first]
    assert {one["as_of"] for one in answer["builds"]} == {"2026-11-01"}
    assert client.get("/api/v1/builds.csv").data.decode("utf-8-sig").count("\n") == 3


def test_what_a_build_lost_is_told_with_the_reason_it_was_accepted_for(asked):
    client, first, second = asked
    [loss] = client.get("/api/v1/losses").json["losses"]
    assert (loss["kind"], loss["file"]) == ("file_rejected", "svf/svf_fall.csv")
    assert (loss["count"], loss["before"], loss["now"]) == (4, 5, 1)
    assert (loss["accepted"], loss["build"]) == (REASON, second)
    assert client.get(f"/api/v1/losses?build={first}").json["losses"] == []
    assert client.get("/api/v1/losses?build=x").status_code == 404


def test_findings_are_those_of_the_build_asked_for(asked):
    client, first, second = asked
    for build in (first, second):
        found = client.get(f"/api/v1/findings?build={build}").json["findings"]
        assert {one["build"] for one in found} == {build}
        assert {"no_data"} <= {one["check"] for one in found}
