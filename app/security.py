"""What a browser is told of every answer: what it may run, load and show it in."""

from collections.abc import Sequence

from flask import Flask, Response

_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}


def content_security_policy(script_hashes: Sequence[str]) -> str:
    """Return the policy: everything from this server, nothing from another.

    Args:
        script_hashes: Of the inline scripts that Dash writes into its page; only
            these run.
    """
    policy = {
        "default-src": ["'self'"],
        "script-src": ["'self'", *script_hashes],
        # Plotly and React set styles on elements.
        "style-src": ["'self'", "'unsafe-inline'"],
        # Trend lines are images in the page; Plotly makes a PNG by way of a blob.
        "img-src": ["'self'", "data:", "blob:"],
        "object-src": ["'none'"],
        "base-uri": ["'self'"],
        "form-action": ["'self'"],
        "frame-ancestors": ["'none'"],
    }
    return "; ".join(f"{name} {' '.join(values)}" for name, values in policy.items())


def add_security_headers(server: Flask, script_hashes: Sequence[str]) -> None:
    """Send the headers with every answer, also with errors."""
    headers = _HEADERS | {
        "Content-Security-Policy": content_security_policy(script_hashes)
    }

    @server.after_request
    def with_headers(response: Response) -> Response:
        for name, value in headers.items():
            response.headers.setdefault(name, value)
        return response
