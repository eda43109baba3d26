"""HTML elements as Dash components, made in a tenth of the time.

Dash holds every attribute against the list of those there are each time an element is
made, and a page has thousands of elements: a third of its time. Here an element keeps
what it is given, and a test holds the attributes of every page against Dash's lists.
"""

from collections.abc import Mapping, Sequence
from typing import Any, Protocol

import dash
from dash.development.base_component import Component

Children = str | int | float | Component | None | Sequence["Children"]
"""What may stand in an element: words, numbers, elements, and lists of them."""

Attribute = str | int | float | Mapping[str, str] | None
"""None and False leave an attribute out; a style is a mapping."""


class Element(Protocol):
    """What makes an element of what stands in it and its attributes."""

    def __call__(
        self, children: Children = None, /, **attributes: Attribute
    ) -> Component:
        """Return the element."""


def _element(name: str) -> Element:
    """Return Dash's class of an element, whose instances only keep what they get."""
    dash_class = getattr(dash.html, name)
    # What Dash writes into every instance, and is the same in all of them.
    of_all = {
        key: value for key, value in vars(dash_class()).items() if key != "children"
    }
    of_all["__module__"] = (
        dash_class.__module__
    )  # by which Dash knows where its script is
    of_all["_namespace"], of_all["_children_props"] = dash_class._namespace, []
    # Any: of a class made here, a type checker knows only what Element says of it.
    kind: Any = type(name, (dash_class,), of_all | {"__init__": _keep})
    element: Element = kind
    return element


def _keep(self: Component, children: Children = None, **attributes: Attribute) -> None:
    properties = vars(self)
    properties["children"] = children
    properties.update(attributes)


A = _element("A")
Article = _element("Article")
Aside = _element("Aside")
Br = _element("Br")
Button = _element("Button")
Caption = _element("Caption")
Code = _element("Code")
Dd = _element("Dd")
Details = _element("Details")
Div = _element("Div")
Dl = _element("Dl")
Dt = _element("Dt")
Figcaption = _element("Figcaption")
Figure = _element("Figure")
Footer = _element("Footer")
Form = _element("Form")
H1 = _element("H1")
H2 = _element("H2")
H3 = _element("H3")
H4 = _element("H4")
H5 = _element("H5")
Header = _element("Header")
Label = _element("Label")
Li = _element("Li")
Main = _element("Main")
Nav = _element("Nav")
Ol = _element("Ol")
Option = _element("Option")
P = _element("P")
Section = _element("Section")
Select = _element("Select")
Small = _element("Small")
Span = _element("Span")
Strong = _element("Strong")
Summary = _element("Summary")
Table = _element("Table")
Tbody = _element("Tbody")
Td = _element("Td")
Th = _element("Th")
Thead = _element("Thead")
Tr = _element("Tr")
Ul = _element("Ul")
