"""How Sphinx makes the documentation site: `make site`."""

project = "Målbild"
language = "en"
extensions = ["myst_parser"]
exclude_patterns = ["*.py"]
highlight_language = "none"
myst_heading_anchors = 3

html_title = "Målbild"
html_theme = "furo"
html_theme_options = {
    "light_css_variables": {
        "color-brand-primary": "#14375a",
        "color-brand-content": "#0b4f8a",
    },
    "dark_css_variables": {
        "color-brand-primary": "#8ec5f5",
        "color-brand-content": "#8ec5f5",
    },
}
html_static_path = ["site.css"]
html_css_files = ["site.css"]
html_copy_source = False
html_show_copyright = False
html_show_sphinx = False
html_use_index = False


def setup(app):
    """Have the pages in Swedish say so, for those who hear them read."""
    app.connect("html-page-context", _say_the_language)


def _say_the_language(app, page, template, context, doctree):
    if page.endswith(".sv"):
        context["language"] = "sv"
