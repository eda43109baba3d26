from html.parser import HTMLParser

import pytest
from dash import dcc, html
from hypothesis import given
from hypothesis import strategies as st

from app.web.markup import Drawing, Markup, NotHtmlError, html_of, solid, written
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


def test_what_stands_around_charts_is_sent_as_parts_as_large_as_can_be():
    first, second = dcc.Graph(id="first"), dcc.Graph(id="second")
    page = solid(
        html.Div(
            [
                html.Ul([html.Li("a"), html.Li("b")]),
                "ord",
                html.Div(html.Div([html.P("c"), first])),
                [html.P("d"), [second, None]],
                html.Table(html.Tr(html.Td("e"))),
            ]
        )
    )
    listed, said, inner, group, table = page.children
    assert listed.html == "<ul><li>a</li><li>b</li></ul>"
    assert said == "ord"
    assert inner.children.children[0].html == "<p>c</p>"
    assert inner.children.children[1] is first
    assert group[0].html == "<p>d</p>"
    assert group[1] == [second, None]
    assert table.html == "<table><tr><td>e</td></tr></table>"


def test_a_part_that_is_written_once_stands_the_same_wherever_it_is_put():
    part = [html.P(["1 < 2", html.Br()], title='"'), " & ord"]
    once = html_of(part)
    assert once == '<p title="&quot;">1 &lt; 2<br></p> &amp; ord'
    kept = written(part)
    assert html_of(html.Div([kept, "x"])) == f"<div>{once}x</div>"
    assert solid(html.Li(kept)).html == f"<li>{once}</li>"
    beside = solid(html.Div([kept, dcc.Graph(id="chart")])).children
    assert beside[0].html == once


def test_a_chart_is_not_written_once():
    with pytest.raises(NotHtmlError):
        written(html.Div(dcc.Graph(id="chart")))


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
