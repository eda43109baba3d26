"""The colours of the pages keep the contrast that WCAG 2.1 AA asks for."""

import re

import pytest

from app.factory import ASSETS
from kpi.assessment import Status

TEXT, GRAPHIC = 4.5, 3.0
PAIRS = [
    ("ink", "page", TEXT),
    ("ink", "surface", TEXT),
    ("ink", "sunk", TEXT),
    ("ink-muted", "page", TEXT),
    ("ink-muted", "surface", TEXT),
    ("ink-muted", "sunk", TEXT),
    ("link", "page", TEXT),
    ("link", "surface", TEXT),
    ("link", "sunk", TEXT),
    ("accent-ink", "accent", TEXT),
    ("banner-ink", "banner", TEXT),
    ("met-ink", "met", TEXT),
    ("near-ink", "near", TEXT),
    ("not-met-ink", "not-met", TEXT),
    ("neutral-ink", "neutral", TEXT),
    ("focus", "page", GRAPHIC),
    ("focus", "surface", GRAPHIC),
    ("line-strong", "surface", GRAPHIC),
]


def schemes():
    css = (ASSETS / "10-tokens.css").read_text(encoding="utf-8")
    light, dark = css.split("@media")
    found = [
        dict(re.findall(r"--([\w-]+):\s*(#[0-9a-f]{6})", part))
        for part in (light, dark)
    ]
    return {"light": found[0], "dark": found[0] | found[1]}


def luminance(colour):
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
        for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one, other):
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("front", "back", "least"), PAIRS)
def test_contrast(scheme, front, back, least):
    colours = schemes()[scheme]
    assert contrast(colours[front], colours[back]) >= least


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_missed_target_stands_out_by_lightness_alone(scheme):
    colours = schemes()[scheme]
    assert contrast(colours["not-met"], colours["met"]) >= GRAPHIC
    assert contrast(colours["not-met"], colours["near"]) >= GRAPHIC


def test_every_status_has_its_look():
    css = (ASSETS / "30-components.css").read_text(encoding="utf-8")
    plain = {Status.NO_TARGET}
    for status in set(Status) - plain:
        assert f".badge-{status}" in css


def test_nothing_is_fetched_from_another_host():
    for file in ASSETS.iterdir():
        written = file.read_text(encoding="utf-8")
        assert "http:" not in written.replace("http://www.w3.org", "")
        assert "https:" not in written
        assert "@import" not in written
