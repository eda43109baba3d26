"""Published intervals of what a producer has counted itself, and what contradicts it.

The rest is in tests/etl/count/specifications/reported.md.
"""

import pytest

from tests.etl.rows import (
    CLINIC,
    Built,
    Sources,
    byar,
    indicator,
    reported,
    wilson,
)


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    sources = Sources(tmp_path_factory.mktemp("reported"))
    sources.define(
        indicator("share"),
        indicator("falls", kind="rate", per=1000, direction="lower"),
        indicator("score", kind="mean", scale=[1, 5]),
        # Only YAML: a new indicator on rows that another dataset has already.
        indicator(
            "seen_together",
            measure={
                "dataset": "ppm",
                "where": {"matning": {"in": ["infarter", "urinkateter"]}},
                "numerator": {"sum": "antal_uppfyller"},
                "denominator": {"sum": "antal_observerade"},
            },
        ),
    )
    sources.write(
        "matningar/matningar.csv",
        [
            # Newcombe (1998), table I: 81 of 263, 15 of 148, 0 of 20, 1 of 29
            reported("share", "2025Q1", taljare="81", namnare="263"),
            reported("share", "2025Q2", taljare="15", namnare="148"),
            reported("share", "2025Q3", taljare="0", namnare="20"),
            reported("share", "2025Q4", taljare="1", namnare="29"),
            reported("falls", "2026Q1", taljare="10", namnare="4000"),
            reported("score", "2026Q1", taljare="45", namnare="10"),
        ],
    )
    ppm = "matdatum;enhet_id;matning;antal_observerade;antal_uppfyller\n"
    ppm += f"2026-03-01;{CLINIC};infarter;12;9\n"
    ppm += f"2026-03-01;{CLINIC};urinkateter;8;7\n"
    ppm += f"2026-03-01;{CLINIC};trycksar;20;1\n"
    sources.write("ppm/ppm.csv", ppm)
    return sources.build()


def test_nothing_was_rejected(built):
    assert built.result.rejections == {}


@pytest.mark.parametrize(
    ("quarter", "lower", "upper"),
    [
        ("2025Q1", 25.44, 36.58),
        ("2025Q2", 6.01, 15.81),
        ("2025Q3", 0.00, 13.91),
        ("2025Q4", 0.17, 15.85),
    ],
)
def test_the_interval_of_a_proportion_is_the_published_one(
    built, quarter, lower, upper
):
    """Newcombe (1998), Statistics in Medicine 17, 857-872, table I, method 6."""
    one = built.outcome("share", CLINIC, quarter)
    assert (one["lower"], one["upper"]) == (
        pytest.approx(lower, abs=0.005),
        pytest.approx(upper, abs=0.005),
    )


def test_a_rate_is_per_what_the_definition_says(built):
    # 10 of 4000 is 2.5 per 1000; the interval of the count 10 over 4 thousands
    one = built.outcome("falls", CLINIC, "2026Q1")
    assert (one["numerator"], one["denominator"], one["value"]) == (10, 4000, 2.5)
    lower, upper = byar(10)
    assert (one["lower"], one["upper"]) == (
        pytest.approx(lower / 4),
        pytest.approx(upper / 4),
    )
    # exact Poisson interval of 10: 4.795-18.391
    assert (one["lower"], one["upper"]) == (
        pytest.approx(4.795 / 4, abs=0.005),
        pytest.approx(18.391 / 4, abs=0.005),
    )


def test_the_interval_of_a_mean_lies_on_its_scale(built):
    # 4.5 on 1-5 is 0.875 of the way, of 10 answers
    one = built.outcome("score", CLINIC, "2026Q1")
    assert (one["numerator"], one["denominator"], one["value"]) == (45, 10, 4.5)
    lower, upper = (1 + 4 * bound / 100 for bound in wilson(8.75, 10))
    assert (one["lower"], one["upper"]) == (pytest.approx(lower), pytest.approx(upper))


def test_a_new_indicator_on_a_known_dataset_needs_yaml_only(built):
    # 9 of 12 and 7 of 8
    assert built.shown("seen_together", CLINIC, "2026Q1")[:3] == (16, 20, 80.0)


# Counts, a value beside them, and whether both can be true: rounded to the decimals
# that are written, 1 of 3 is 33 or 33.3 or 33.33 %, and no 33.4 %.
BOTH = [
    ("proportion", "1", "3", "33", None),
    ("proportion", "1", "3", "33,3", None),
    ("proportion", "1", "3", "33.33", None),
    ("proportion", "1", "3", "33,4", "contradiction"),
    ("proportion", "1", "3", "34", "contradiction"),
    ("proportion", "1", "8", "12,5", None),
    ("proportion", "1", "8", "13", None),
    ("proportion", "0", "0", "50", "contradiction"),
    ("proportion", "0", "0", "0", None),
    ("proportion", "5", "0", "", "numerator_over_denominator"),
    ("rate", "1", "1000", "1,0", None),
    ("rate", "1", "1000", "1,4", "contradiction"),
    ("rate", "5", "0", "", "numerator_over_denominator"),
    ("rate", "0", "0", "", None),
    ("mean", "40", "10", "4", None),
    ("mean", "40", "10", "4,4", "contradiction"),
    ("mean", "-35", "10", "-3,5", None),
    ("mean", "-35", "0", "", "numerator_over_denominator"),
    ("mean", "", "", "-3,5", None),
    ("count", "5", "", "5,0", None),
    ("count", "5", "", "50", "contradiction"),
    ("count", "", "", "-1", "out_of_range"),
]


def test_a_value_says_what_its_counts_say_as_it_is_written(tmp_path):
    sources = Sources(tmp_path)
    more = {"count": {"denominator": None}, "rate": {"per": 1000}}
    sources.define(
        *(
            indicator(f"both_{nr}", kind=kind, **more.get(kind, {}))
            for nr, (kind, *_) in enumerate(BOTH)
        )
    )
    rows = [
        reported(f"both_{nr}", "2026Q1", taljare=taljare, namnare=namnare, varde=varde)
        for nr, (_, taljare, namnare, varde, _) in enumerate(BOTH)
    ]
    sources.write("matningar/m.csv", rows)
    built = sources.build()
    rejected = {
        row - 1: reason for row, _, _, reason in built.rejections("matningar/m.csv")
    }
    expected = {nr: both[-1] for nr, both in enumerate(BOTH, start=1) if both[-1]}
    assert rejected == expected
    assert (
        "varde='33,4': expected the value of taljare and namnare, rounded as it is "
        "written, or nothing"
    ) in built.messages("matningar/m.csv")


FALLS_AND_OTHERS = {
    "by": "category",
    "categories": {
        "fall": {"sv": "Fall", "en": "Falls"},
        "annat": {"sv": "Annat", "en": "Other"},
    },
}
# The category, its cells, and why the row is rejected.
OF_CATEGORIES = [
    ("incidents", "fall", {"taljare": "7"}, None),
    ("incidents", "Annat", {"varde": "7"}, None),
    ("incidents", "alla", {"taljare": "20"}, None),
    ("incidents", "stold", {"taljare": "7"}, "unknown_code"),
    ("incidents", "SAKNAS", {"taljare": "7"}, "unknown_code"),
    ("in_time", "fall", {"taljare": "7", "namnare": "9"}, None),
    ("in_time", "annat", {"varde": "80"}, "missing_value"),
    ("in_time", "annat", {"taljare": "MSK", "namnare": "9"}, None),
    ("in_time", "", {"varde": "80"}, None),
    ("without", "fall", {"taljare": "7", "namnare": "9"}, "unknown_code"),
    ("without", "alla", {"taljare": "7", "namnare": "9"}, None),
]


def test_a_category_is_one_of_the_indicators_own(tmp_path):
    sources = Sources(tmp_path)
    sources.define(
        indicator(
            "incidents",
            kind="count",
            denominator=None,
            direction="neutral",
            breakdowns=[FALLS_AND_OTHERS],
        ),
        indicator("in_time", breakdowns=[FALLS_AND_OTHERS]),
        indicator("without"),
    )
    # Each in a quarter of its own, so that none is the total of another.
    rows = [
        reported(name, f"{2020 + nr // 4}Q{nr % 4 + 1}", slag=slag, **cells)
        for nr, (name, slag, cells, _) in enumerate(OF_CATEGORIES)
    ]
    sources.write("matningar/m.csv", rows)
    built = sources.build()
    rejected = {
        row - 1: reason for row, _, _, reason in built.rejections("matningar/m.csv")
    }
    assert rejected == {
        nr: reason for nr, (*_, reason) in enumerate(OF_CATEGORIES, start=1) if reason
    }
    messages = built.messages("matningar/m.csv")
    assert (
        "slag='stold': expected one of the indicator's categories in indicators.yaml, "
        "or nothing (it has fall, annat)"
    ) in messages
    assert (
        "slag='fall': expected one of the indicator's categories in indicators.yaml, "
        "or nothing (it has none)"
    ) in messages
    assert (
        "taljare='': expected taljare and namnare; the values of categories cannot be "
        "added up"
    ) in messages


def test_a_new_category_is_read_in_a_file_that_was_there_before(tmp_path):
    sources = Sources(tmp_path)
    falls = {"by": "category", "categories": {"fall": {"sv": "Fall", "en": "Falls"}}}
    count = {"kind": "count", "denominator": None, "direction": "neutral"}
    sources.define(indicator("incidents", **count, breakdowns=[falls]))
    row = reported("incidents", "2026Q1", slag="annat", taljare="7")
    sources.write("matningar/m.csv", [row])
    assert len(sources.build().rejections("matningar/m.csv")) == 1
    sources.define(indicator("incidents", **count, breakdowns=[FALLS_AND_OTHERS]))
    built = sources.build()
    assert built.rejections("matningar/m.csv") == []
    one = built.outcome("incidents", CLINIC, "2026Q1", "category", "annat")
    assert one["value"] == 7
