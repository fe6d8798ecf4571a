"""The home of the ports for time, identity, and work that takes its time."""

from collections.abc import Callable
from datetime import datetime
from typing import Protocol, TypeVar

T = TypeVar("T")


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


class Aside(Protocol):
    """Runs a pure function where it holds nobody up."""

    async def __call__(self, function: Callable[[bytes], T], data: bytes, /) -> T:
        """Return what the function makes of the bytes."""
        ...


async def at_once(function: Callable[[bytes], T], data: bytes, /) -> T:
    """Run it here and now, where there is nobody to hold up."""
    return function(data)
