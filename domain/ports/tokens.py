"""The home of the click token port: the redirect's signed first clicks (R3)."""

from collections.abc import Mapping
from datetime import datetime
from typing import Protocol


class ClickTokens(Protocol):
    """Makes and reads the token that carries a visitor's first click per code."""

    def looks_like_one(self, text: str) -> bool:
        """Test if the text claims to be such a token, whether or not it is genuine."""
        ...

    def read(self, text: str) -> Mapping[str, datetime] | None:
        """Return the first click per code, or ``None`` for a forged token."""
        ...

    def write(self, clicks: Mapping[str, datetime]) -> str:
        """Return the signed token of the first clicks."""
        ...
