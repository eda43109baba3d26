"""The file of benchmarks is put together from sections measured at different times."""

from tests.bench.__main__ import HEAD, SECTIONS, put


def test_a_section_measured_anew_replaces_only_itself():
    written = put("", {"Many units and signs": "## Many units and signs\n\nslow\n"})
    written = put(written, {"Many visitors": "## Many visitors\n\n### Two\n\nten\n"})
    written = put(
        written, {"Many units and signs": "## Many units and signs\n\nfast\n"}
    )
    charts, visitors = "## Many units and signs\n\nfast", "## Many visitors\n\n### Two"
    assert written == f"{HEAD}\n{charts}\n\n{visitors}\n\nten\n"


def test_sections_stand_in_their_own_order_whenever_they_were_measured():
    titles = [title for title, _ in SECTIONS.values()]
    written = ""
    for title in reversed(titles):
        written = put(written, {title: f"## {title}\n\nfound\n"})
    assert [line[3:] for line in written.splitlines() if line[:3] == "## "] == titles
