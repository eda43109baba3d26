"""What is kept of an accessibility tree can be read by a person, and loses no row."""

from tests.heard import HEARD, shortened

TREE = """\
- main:
  - heading "Enheter" [level=1]
  - table "Lista":
    - rowgroup:
      - row "Klinik A 40 %":
        - cell "40 %"
      - 'row "Klinik B: 41 %"':
        - cell "41 %"
      - row "Klinik C 42 %":
        - cell "42 %"
  - link "Nästa":
    - /url: /enhet?page=2
  - paragraph: Bygge 20261015-0123456789ab 2026-10-15 08:12"""


def test_of_three_of_a_kind_the_first_is_kept_and_the_others_are_counted():
    assert shortened(TREE).splitlines() == [
        "- main:",
        '  - heading "Enheter" [level=1]',
        '  - table "Lista":',
        "    - rowgroup:",
        '      - row "Klinik A 40 %":',
        "      - and 2 more: row",
        '  - link "Nästa":',
        "  - paragraph: Bygge BUILD TIME",
    ]


def test_a_row_that_is_gone_is_noticed():
    fewer = "\n".join(line for line in TREE.splitlines() if "42 %" not in line)
    assert shortened(fewer) != shortened(TREE)


def test_all_that_is_kept_is_short_enough_to_be_read():
    lines = {path.stem: path.read_text().count("\n") for path in HEARD.glob("*.yaml")}
    assert max(lines.values()) < 250
    assert sum(lines.values()) < 3000
