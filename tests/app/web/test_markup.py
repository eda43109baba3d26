from html.parser import HTMLParser

import pytest
from dash import dcc, html
from hypothesis import given
from hypothesis import strategies as st

from app.web.markup import Drawing, Markup, html_of, solid
from app.words.language import lazy_gettext


class Read(HTMLParser):
    """What a browser reads: tags with their attributes, and text."""

    def __init__(self, written):
        super().__init__()
        self.found = []
        self.feed(written)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.found.append((tag, dict(attrs)))

    def handle_endtag(self, tag):
        self.found.append(f"/{tag}")

    def handle_data(self, data):
        self.found.append(data)


def test_components_are_written_as_html():
    part = html.P(["Ett ", html.Strong("ord"), " och", html.Br(), "2"], className="a")
    assert html_of(part) == '<p class="a">Ett <strong>ord</strong> och<br>2</p>'


@pytest.mark.parametrize(
    ("properties", "written"),
    [
        ({"tabIndex": -1}, 'tabindex="-1"'),
        ({"hidden": True}, "hidden"),
        ({"data-label": "Värde"}, 'data-label="Värde"'),
        ({"aria-expanded": "false"}, 'aria-expanded="false"'),
        ({"style": {"position": "relative"}}, 'style="position:relative"'),
        ({"style": {"overflowWrap": "anywhere"}}, 'style="overflow-wrap:anywhere"'),
        ({"title": lazy_gettext("Översikt")}, 'title="Översikt"'),
    ],
)
def test_attributes_are_spelled_as_in_html(properties, written):
    assert html_of(html.Div(**properties)) == f"<div {written}></div>"


@pytest.mark.parametrize("properties", [{"hidden": False}, {"title": None}])
def test_what_is_not_so_is_left_out(properties):
    assert html_of(html.Div(**properties)) == "<div></div>"


def test_a_label_says_what_it_is_for_and_a_cell_how_far_it_reaches():
    assert html_of(html.Label("a", htmlFor="b")) == '<label for="b">a</label>'
    assert html_of(html.Td("a", colSpan=2)) == '<td colspan="2">a</td>'


@given(st.text(), st.text())
def test_text_is_never_markup(words, title):
    words, title = (said.replace("\r", "").replace("\0", "") for said in (words, title))
    (tag, attributes), *text, end = Read(
        html_of(html.P(words, title=title, className=f"a {title}"))
    ).found
    assert (tag, end) == ("p", "/p")
    assert attributes == {"title": title, "class": f"a {title}"}
    assert "".join(text) == words


def test_a_page_of_html_is_sent_as_one_part():
    page = html.Div([html.H1("Rubrik"), html.Table(html.Tr(html.Td("1")))])
    (sent,) = [solid(page)]
    assert isinstance(sent, Markup)
    assert sent.html == "<div><h1>Rubrik</h1><table><tr><td>1</td></tr></table></div>"


def test_charts_stay_components_among_the_html():
    graph = dcc.Graph(id="chart")
    page = solid(html.Div([html.H1("Rubrik"), html.Figure([graph, html.P("Text")])]))
    first, figure = page.children
    assert first.html == "<h1>Rubrik</h1>"
    assert figure.children[0] is graph
    assert figure.children[1].html == "<p>Text</p>"


@pytest.mark.parametrize("part", [None, "ord"])
def test_what_is_no_component_is_sent_as_it_is(part):
    assert solid(part) == part


def test_a_drawing_stands_in_the_page_with_its_words():
    drawing = Drawing('<circle r="1"/>', (132, 32), 'Från "10" till 20', "trend")
    (shown,) = [solid(html.Td(drawing))]
    assert shown.html == (
        '<td><svg class="trend" role="img" aria-label="Från &quot;10&quot; till 20" '
        'width="132" height="32" viewBox="0 0 132 32"><circle r="1"/></svg></td>'
    )
