"""Dash and HTTP: elements, markup, charts, bundles, headers, preferences."""
