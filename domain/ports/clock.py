"""The home of the ports for time and identity."""

from datetime import datetime
from typing import Protocol


class Clock(Protocol):
    """Tells the time."""

    def __call__(self) -> datetime:
        """Return now, aware and in UTC."""
        ...


class NewId(Protocol):
    """Makes ids."""

    def __call__(self) -> int:
        """Return a new id above all that this process made before."""
        ...
