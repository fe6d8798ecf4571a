"""The home of reading arguments with exactly Telegram's leniencies."""

import json
import re
from dataclasses import dataclass, field

from bot.simulator.wire import Json

_LEADING_INTEGER = re.compile(r"\s*(-?\d+)")
_TRUE = frozenset({"true", "yes", "1"})


class BadJsonError(Exception):
    """An argument that should hold JSON and does not."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Upload:
    """A part of a multipart body that carries bytes."""

    name: str
    mime_type: str
    content: bytes


@dataclass(slots=True, kw_only=True)
class Arguments:
    """The arguments of one call, all of them text, as they came in."""

    values: dict[str, str] = field(default_factory=dict)
    uploads: dict[str, Upload] = field(default_factory=dict)

    def text(self, name: str) -> str:
        """Read a text; a missing one is empty."""
        return self.values.get(name, "")

    def has(self, name: str) -> bool:
        """Test if an argument was given at all."""
        return name in self.values

    def flag(self, name: str) -> bool:
        """Read a boolean: ``true``, ``yes`` and ``1`` are true, anything else is false."""
        return self.values.get(name, "").strip().lower() in _TRUE

    def integer(
        self, name: str, *, default: int = 0, low: int | None = None, high: int | None = None
    ) -> int:
        """Read the leading digits and clamp; rubbish is zero, a missing argument the default."""
        value = leading_integer(self.values[name]) if self.values.get(name) else default
        if low is not None:
            value = max(low, value)
        return value if high is None else min(high, value)

    def json(self, name: str) -> object:
        """Read an argument that holds JSON; a missing or empty one is ``None``.

        Raises:
            BadJsonError: It is not JSON.
        """
        raw = self.values.get(name, "")
        if not raw.strip():
            return None
        try:
            parsed: object = json.loads(raw)
        except ValueError as error:
            raise BadJsonError(name) from error
        return parsed

    def for_journal(self, is_text: "dict[str, bool]") -> Json:
        """Show the arguments; JSON is shown parsed, a file by its name and size."""
        shown: Json = {}
        for name, value in self.values.items():
            shown[name] = value
            if not is_text.get(name, True):
                try:
                    shown[name] = json.loads(value)
                except ValueError:
                    continue
        for name, upload in self.uploads.items():
            shown[name] = f"<{upload.name}, {len(upload.content)} bytes>"
        return shown


def leading_integer(raw: str) -> int:
    """Read the integer at the beginning of a text, or zero."""
    found = _LEADING_INTEGER.match(raw)
    return int(found.group(1)) if found else 0


def as_flag(value: object) -> bool:
    """Read a boolean inside a JSON object."""
    return value is True or (isinstance(value, str) and value.lower() in _TRUE)
