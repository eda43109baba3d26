"""The open interface: the pages' numbers as JSON and CSV."""

from app.api.routes import register_api

__all__ = ["register_api"]
