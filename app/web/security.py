"""What a browser is told of every answer: what it may run, load and show it in."""

from flask import Flask, Response

_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}


def content_security_policy() -> str:
    """Return the policy: everything from this server, nothing from another."""
    policy = {
        "default-src": ["'self'"],
        "script-src": ["'self'"],
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


def add_security_headers(server: Flask) -> None:
    """Send the headers with every answer, also with errors."""
    headers = _HEADERS | {"Content-Security-Policy": content_security_policy()}

    @server.after_request
    def with_headers(response: Response) -> Response:
        for name, value in headers.items():
            response.headers.setdefault(name, value)
        return response
