"""The home of the words for JSON that every room of the simulator shares."""

from typing import Any

Json = dict[str, Any]
"""A JSON object; its keys are checked where it is read, not by its type."""


def without_nothing(**fields: object) -> Json:
    """Build a JSON object and leave out the fields that are ``None``."""
    return {name: value for name, value in fields.items() if value is not None}
