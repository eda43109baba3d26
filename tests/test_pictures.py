"""Components look as they did when somebody last looked; the pictures are not old."""

import io

import pytest
from PIL import Image, ImageDraw

from docs import pictures
from tests import snapshots
from tests.snapshots import HELP, SCALE, SNAPSHOTS, TOLERANCE, difference, seen

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def plain_page(chromium):
    """A page without the scroll bars' width, as the pictures are taken."""
    context = chromium.new_context(device_scale_factor=1, locale="sv-SE")
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("shot", snapshots.OTHER_LOOKS, ids=lambda shot: shot.name)
def test_components_look_as_they_did(shot, plain_page, demo_server):
    with Image.open(SNAPSHOTS / f"{shot.name}.png") as kept:
        share = difference(kept, seen(plain_page, demo_server, shot))
    assert share <= TOLERANCE, HELP


@pytest.mark.parametrize("shot", pictures.SHOTS, ids=lambda shot: shot.name)
def test_a_picture_in_the_documentation_is_not_old(shot, plain_page, demo_server):
    now = Image.open(io.BytesIO(pictures.take(plain_page, demo_server, shot)))
    with Image.open(pictures.PICTURES / f"{shot.name}.png") as kept:
        share = difference(
            kept.convert("RGB").reduce(SCALE), now.convert("RGB").reduce(SCALE)
        )
    assert share <= TOLERANCE, HELP


def test_every_picture_kept_is_compared():
    assert {path.stem for path in SNAPSHOTS.glob("*.png")} == {
        shot.name for shot in snapshots.SHOTS
    }


def test_a_column_that_is_gone_is_noticed():
    with Image.open(SNAPSHOTS / "overview.png") as kept:
        changed = kept.convert("RGB")
    width, height = changed.size
    statuses = (width * 0.55, height * 0.5, width * 0.75, height)
    ImageDraw.Draw(changed).rectangle(statuses, fill="white")
    with Image.open(SNAPSHOTS / "overview.png") as kept:
        assert difference(kept, changed) > TOLERANCE


def test_a_time_of_day_is_not():
    with Image.open(SNAPSHOTS / "overview.png") as kept:
        changed = kept.convert("RGB")
        ImageDraw.Draw(changed).rectangle((10, 10, 90, 18), fill="white")
        assert 0 < difference(kept, changed) <= TOLERANCE
