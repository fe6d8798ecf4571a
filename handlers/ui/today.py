"""The home of what time it is, as handlers are told it."""

from collections.abc import Callable
from datetime import date, datetime
from typing import TypeAlias

Clock: TypeAlias = Callable[[], datetime]
Today: TypeAlias = Callable[[], date]
"""Returns the day in the configured time zone, which decides what a day is in statistics,
whatever time zone a reader has chosen for itself."""
