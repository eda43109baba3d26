"""Every page, address and file that a room declares is listed, and each path once."""

from importlib import import_module
from pkgutil import walk_packages

import app
from app.api.answer import Address, Download
from app.site import rooms
from app.site.rooms import ADDRESSES, DOWNLOADS, PAGES

MODULES = [
    import_module(found.name)
    for found in walk_packages(app.__path__, "app.")
    if found.name.startswith(("app.pages.", "app.outcome."))
]


def declared(kind):
    """Return the paths of what is declared in any room."""
    found = (value for module in MODULES for value in vars(module).values())
    return {one.path for one in found if isinstance(one, kind)}


def path_of(page):
    return getattr(page, "PATH_TEMPLATE", None) or page.PATH


def test_every_page_is_listed_and_no_path_leads_to_two():
    pages = [
        module
        for module in MODULES
        if hasattr(module, "NAME") and hasattr(module, "content")
    ]
    assert len(pages) > 10
    assert set(PAGES) == set(pages)
    assert len({path_of(page) for page in PAGES}) == len(PAGES)


def test_every_address_and_every_file_is_listed():
    assert {one.path for one in ADDRESSES} == declared(Address)
    assert {one.path for one in DOWNLOADS} == declared(Download)


def test_a_line_brings_something():
    for name in rooms.ROOMS:
        module = import_module(f"app.{name}")
        assert any(hasattr(module, one) for one in ("content", "ANSWERS", "DOWNLOADS"))
