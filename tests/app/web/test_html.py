"""Elements keep what they are given; what Dash would have refused is refused here."""

import dash
import pytest

from app.site.routes import shown
from app.web import html
from app.web.markup import html_of
from app.words.language import speaking
from kpi.warehouse import Warehouse
from tests.app.reading import components
from tests.pages import PAGES


def test_an_element_is_what_dash_would_have_made():
    given = {"href": "/", "aria-current": "true", "className": None}
    ours, theirs = html.A(["Ett"], **given), dash.html.A(["Ett"], **given)
    assert isinstance(ours, dash.html.A)
    assert ours.to_plotly_json() == theirs.to_plotly_json()
    assert html_of(ours) == html_of(theirs)


@pytest.mark.parametrize("name", PAGES)
def test_every_attribute_on_a_page_is_one_that_its_element_has(name, demo_warehouse):
    path, _, search = PAGES[name].partition("?")
    with speaking("sv"):
        page = shown(Warehouse(demo_warehouse), path, search and f"?{search}")
    unknown = {
        f"{type(one).__name__} {attribute}"
        for one in components(list(page))
        for attribute in vars(one)
        if attribute not in one._prop_names
        and not attribute.startswith(("data-", "aria-", "_", "available_"))
    }
    assert unknown == set()
