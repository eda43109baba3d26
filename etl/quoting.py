"""Values as SQL text, where they cannot be bound."""


def sql_text(value: object) -> str:
    """Return a value as a quoted SQL text."""
    written = f"{value:g}" if isinstance(value, float) else str(value)
    return "'" + written.replace("'", "''") + "'"
