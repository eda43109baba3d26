"""Basic hygiene and dress (BHK) worked out on paper: correct only if every item is."""

import pytest

from tests.etl.rows import (
    CLINIC,
    HOSPITAL,
    SECOND_CLINIC,
    Built,
    Sources,
    mid_p,
    observation,
)

ALL = "bhk_compliance"
HYGIENE = "bhk_hygiene"
DRESS = "bhk_dress"


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """CLINIC, the 10th of March 2026; h1 h2 h3 h4 and k1 k2 k3 k4:

    ```
    5 x 11111111 nurses                  all correct
    1 x 11--1111 nurse                   all that applies is correct
    1 x 11-01111 nurse                   hygiene wrong, in h4
    2 x 01111111 doctors                 hygiene wrong, in h1
    1 x 11111101 doctor                  dress wrong, in k3
    ```
    10 observed, 6 all correct, 7 hygiene, 9 dress.
    """
    sources = Sources(tmp_path_factory.mktemp("bhk"))
    doctor = {"yrkeskategori": "Läkare"}
    sources.write(
        "bhk/bhk.csv",
        [
            *[observation("11111111")] * 5,
            observation("11--1111"),
            observation("11-01111"),
            *[observation("01111111", **doctor)] * 2,
            observation("11111101", **doctor),
            *[observation("00000000", enhet_id=SECOND_CLINIC)] * 5,
        ],
    )
    return sources.build()


def test_an_observation_is_correct_when_all_applicable_items_are(built):
    assert built.shown(ALL, CLINIC, "2026Q1") == (
        6,
        10,
        60.0,
        *(pytest.approx(bound) for bound in mid_p(6, 10)),
    )


def test_hygiene_and_dress_apart(built):
    assert built.counts(HYGIENE, CLINIC, "2026Q1") == (7, 10)
    assert built.counts(DRESS, CLINIC, "2026Q1") == (9, 10)


def test_units_above_sum_the_observations(built):
    # 6 of 10 and 0 of 5 is 40 %, not the mean of 60 % and 0 %
    assert built.shown(ALL, HOSPITAL, "2026Q1")[:3] == (6, 15, 40.0)


@pytest.mark.parametrize(
    ("item", "correct", "of"),
    [
        ("h1", 8, 10),
        ("h2", 10, 10),
        ("h3", 8, 8),  # two not applicable
        ("h4", 8, 9),  # one not applicable, one wrong
        ("k1", 10, 10),
        ("k2", 10, 10),
        ("k3", 9, 10),
        ("k4", 10, 10),
    ],
)
def test_each_item_among_those_it_applies_to(built, item, correct, of):
    assert built.counts(ALL, CLINIC, "2026Q1", "item", item) == (correct, of)


def test_by_profession_whatever_the_case_it_is_written_in(built):
    of = (ALL, CLINIC, "2026Q1", "profession")
    assert built.counts(*of, "sjukskoterska") == (6, 7)
    assert built.status(*of, "läkare") == ("too_few", "too_few")


def test_every_day_of_the_quarter_is_in_its_month_and_year(built):
    assert built.counts(ALL, CLINIC, "2026-03") == (6, 10)
    assert built.counts(ALL, CLINIC, "2026") == (6, 10)
    assert built.counts(ALL, CLINIC, "2026T1") == (6, 10)


def test_alike_observations_are_not_duplicates(built):
    assert built.load("bhk/bhk.csv") == (15, 15, 0)
