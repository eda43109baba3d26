"""The colours keep their contrast in every theme, and apart for every kind of eye.

Contrast is that of WCAG 2.1 (1.4.3, 1.4.6, 1.4.11). How colours look without one kind
of cones is simulated as in Machado, Oliveira and Fernandes (2009), "A physiologically-
based model for simulation of color vision deficiency", IEEE TVCG 15(6), 1291-1298, with
the matrices for severity 1.0 of its table 1, in linear RGB. How far two colours are
from each other is told by CIE76 in L*a*b* under D65; about 2.3 is just noticeable.
"""

import re
from itertools import combinations

import pytest

from app.design.figures import frame
from app.web.bundles import ASSETS
from kpi.assessment import Status

TEXT, LARGE, GRAPHIC, NOTHING = 4.5, 7.0, 3.0, 1.0
THEMES = {
    "light": (False, 0, TEXT),
    "dark": (False, 1, TEXT),
    "light contrast": (True, 0, LARGE),
    "dark contrast": (True, 1, LARGE),
}
"""Whether it is of high contrast; which of a pair of colours; what text asks for."""

SURFACES = ("page", "surface", "sunk")
INKS = (
    *((ink, ground) for ink in ("ink", "ink-muted", "link") for ground in SURFACES),
    *(("neutral-ink", ground) for ground in (*SURFACES, "neutral")),
    *((f"{one}-ink", one) for one in ("accent", "action", "banner")),
    *((f"{one}-ink", one) for one in ("met", "near", "not-met")),
    ("accent-muted", "accent"),
    ("page", "ink"),
)
CHART_LINES = ("value", "local", "national", "nation", "own", "muted")
GRAPHICS = (
    *(("focus", ground) for ground in SURFACES),
    *(("line-strong", ground) for ground in SURFACES),
    ("neutral-line", "neutral"),
    ("met-line", "surface"),
    ("near-line", "surface"),
    ("not-met-line", "surface"),
    ("accent-mark", "accent"),
    ("action", "page"),
)
STATUSES = ("met", "near", "not-met")
LEAST_APART, LEAST_LIGHTER = 30.0, 10.0

MACHADO = {
    "all cones": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "protanopia": (
        (0.152286, 1.052583, -0.204868),
        (0.114503, 0.786281, 0.099216),
        (-0.003882, -0.048116, 1.051998),
    ),
    "deuteranopia": (
        (0.367322, 0.860646, -0.227968),
        (0.280085, 0.672501, 0.047413),
        (-0.011820, 0.042940, 0.968881),
    ),
    "tritanopia": (
        (1.255528, -0.076749, -0.178779),
        (-0.078411, 0.930809, 0.147602),
        (0.004733, 0.691367, 0.303900),
    ),
}


def css(name):
    return (ASSETS / name).read_text(encoding="utf-8")


def blocks():
    """Return the declarations of the ordinary themes and of those of high contrast."""
    written = css("10-tokens.css")
    return (
        re.search(r"^:root \{(.*?)^\}", written, re.S | re.M)[1],
        re.search(r'^:root\[data-theme="contrast"\] \{(.*?)^\}', written, re.S | re.M)[
            1
        ],
        re.search(r":root:not\(\[data-theme\]\) \{(.*?)\}", written, re.S)[1],
    )


def pairs(block):
    return {
        name: (light, dark)
        for name, light, dark in re.findall(
            r"--([\w-]+):\s*light-dark\((#\w{6}), (#\w{6})\)", block
        )
    }


def colours(theme):
    is_contrast, which, _ = THEMES[theme]
    ordinary, contrast, _ = blocks()
    found = pairs(ordinary) | (pairs(contrast) if is_contrast else {})
    return {name: pair[which] for name, pair in found.items()}


def linear(colour):
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    return [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
        for part in parts
    ]


def luminance(colour):
    red, green, blue = linear(colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one, other):
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def seen(colour, eye):
    """Return a colour as CIE L*a*b*, as an eye without one kind of cones sees it."""
    rgb = linear(colour)
    rgb = [
        min(
            1.0,
            max(0.0, sum(part * light for part, light in zip(row, rgb, strict=True))),
        )
        for row in MACHADO[eye]
    ]
    to_xyz = (
        (0.4124564, 0.3575761, 0.1804375),
        (0.2126729, 0.7151522, 0.0721750),
        (0.0193339, 0.1191920, 0.9503041),
    )
    white = (0.95047, 1.0, 1.08883)
    x, y, z = (
        _bent(sum(part * light for part, light in zip(row, rgb, strict=True)) / most)
        for row, most in zip(to_xyz, white, strict=True)
    )
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


def _bent(part):
    return part ** (1 / 3) if part > 216 / 24389 else (24389 / 27 * part + 16) / 116


def apart(one, other):
    return sum((a - b) ** 2 for a, b in zip(one, other, strict=True)) ** 0.5


def test_the_measures_agree_with_known_values():
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)
    assert seen("#ff0000", "all cones") == pytest.approx(
        (53.24, 80.09, 67.20), abs=0.02
    )
    red, green = (seen(one, "deuteranopia") for one in ("#b35900", "#738000"))
    assert apart(red, green) < apart(
        seen("#b35900", "all cones"), seen("#738000", "all cones")
    )


@pytest.mark.parametrize("theme", THEMES)
def test_text_can_be_read_in_every_theme(theme):
    found, least = colours(theme), THEMES[theme][2]
    low = {
        (ink, ground): round(ratio, 2)
        for ink, ground in INKS
        if (ratio := contrast(found[ink], found[ground])) < least
    }
    assert low == {}


@pytest.mark.parametrize("theme", THEMES)
def test_edges_and_signs_can_be_seen_in_every_theme(theme):
    found = colours(theme)
    low = {
        pair: round(ratio, 2)
        for pair in GRAPHICS
        if (ratio := contrast(found[pair[0]], found[pair[1]])) < GRAPHIC
    }
    assert low == {}


@pytest.mark.parametrize("theme", THEMES)
def test_lines_of_charts_and_the_words_at_their_ends_can_be_read(theme):
    found, least = colours(theme), THEMES[theme][2]
    low = {
        line: round(ratio, 2)
        for line in CHART_LINES
        if (ratio := contrast(found[f"chart-{line}"], found["page"])) < least
    }
    assert low == {}


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("eye", MACHADO)
def test_statuses_are_told_apart_by_every_kind_of_eye(theme, eye):
    found = colours(theme)
    for one, other in combinations(STATUSES, 2):
        first, second = seen(found[one], eye), seen(found[other], eye)
        assert apart(first, second) >= LEAST_APART, (one, other)
        assert abs(first[0] - second[0]) >= LEAST_LIGHTER, (one, other)


@pytest.mark.parametrize("theme", THEMES)
def test_a_missed_target_stands_out_by_lightness_alone(theme):
    found = colours(theme)
    assert contrast(found["not-met"], found["met"]) >= GRAPHIC
    assert contrast(found["not-met"], found["page"]) >= GRAPHIC
    assert contrast(found["not-met"], found["near"]) > contrast(
        found["near"], found["met"]
    )


def test_high_contrast_is_the_same_whether_chosen_here_or_in_the_system():
    _, chosen, of_system = blocks()
    assert pairs(chosen) == pairs(of_system) != {}


def test_every_colour_of_the_charts_takes_the_shade_of_the_theme():
    rules = css("50-charts.css")
    drawn = {
        name: value
        for name, value in vars(frame).items()
        if isinstance(value, str) and re.match(r"#\w{6}$|rgba\(", value)
    }
    assert len(drawn) >= 8
    for name, value in drawn.items():
        rgb = _rgb(value)
        for what in ("fill", "stroke"):
            assert f'[style*="{what}: rgb({rgb})"] {{\n  {what}: var(--' in rules, name


def _rgb(value):
    if value.startswith("#"):
        return ", ".join(str(int(value[at : at + 2], 16)) for at in (1, 3, 5))
    return ", ".join(part.strip() for part in value[5:].split(",")[:3])


def test_the_charts_are_drawn_in_the_shades_of_the_light_theme():
    found = colours("light")
    assert found["chart-value"] == frame.VALUE
    assert found["chart-local"] == frame.LOCAL
    assert found["chart-national"] == frame.NATIONAL
    assert found["chart-nation"] == frame.NATION
    assert found["chart-own"] == frame.OWN
    assert found["chart-muted"] == frame.MUTED
    assert found["ink"] == frame.INK
    assert found["surface"] == frame.PAPER


@pytest.mark.parametrize("theme", THEMES)
def test_a_trend_line_is_seen_in_a_table_and_on_a_card(theme):
    found = colours(theme)
    for ground in SURFACES:
        # Thin lines are blurred: more than the three to one that pictures need.
        for line in ("chart-value", "ink-muted"):
            assert contrast(found[line], found[ground]) >= 4.5, (ground, line)


def test_every_status_has_its_look():
    badges, maps = css("30-components.css"), css("40-tables.css")
    for status in Status:
        assert f".badge-{status}" in badges
    for status in (Status.MET, Status.NEAR, Status.NOT_MET):
        assert f".map-{status}" in maps


def test_a_style_sheet_names_no_colour_that_is_not_a_token():
    for file in sorted(ASSETS.glob("*.css")):
        # A picture in an address sees no token, and a selector of what Plotly has
        # written names its colour.
        plain = re.sub(r'url\("data:[^"]*"\)|\[style[^]]*\]', "", css(file.name))
        if file.name != "10-tokens.css":
            assert re.findall(r"#[0-9a-f]{3,8}\b|rgba?\(", plain) == [], file.name


def test_a_style_sheet_uses_only_tokens_that_exist():
    every = "".join(css(file.name) for file in ASSETS.glob("*.css"))
    of_each_chart = {"--wide", "--narrow"}  # its heights
    known = set(re.findall(r"(--[\w-]+):", every)) | of_each_chart
    assert set(re.findall(r"var\((--[\w-]+)", every)) - known == set()


def test_no_rule_asks_the_whole_page_what_it_holds():
    # Every change anywhere, such as each word of a chart, would style all of it anew.
    for file in sorted(ASSETS.glob("*.css")):
        whole = r"(?:html|:root|body|main|\*):has\("
        said = re.sub(r"/\*.*?\*/", "", css(file.name), flags=re.DOTALL)
        assert not re.search(whole, said), file.name


def test_nothing_is_fetched_from_another_host():
    for file in ASSETS.rglob("*"):
        if file.suffix not in (".css", ".js", ".svg"):
            continue
        written = file.read_text(encoding="utf-8")
        assert not re.search(r"https?:(?!//www\.w3\.org)", written), file.name
        assert "@import" not in written


def test_the_face_is_light_to_fetch_and_has_its_licence_beside_it():
    (face,) = (ASSETS / "fonts").glob("inter.*.woff2")
    assert face.stat().st_size < 60_000
    licence = (ASSETS / "fonts" / "LICENSE.txt").read_text(encoding="utf-8")
    assert "SIL OPEN FONT LICENSE" in licence
