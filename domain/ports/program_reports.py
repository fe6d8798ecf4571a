"""The home of the port that reads a program's figures."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Protocol

from domain.entities.days import Days
from domain.entities.report import Owed, PeriodFigures, TopPartner
from domain.entities.stats import StatsTotal


class ProgramReports(Protocol):
    """Figures of all partners of a program together, from the daily roll-ups."""

    async def figures(
        self, program: str, days: Days, instants: tuple[datetime, datetime]
    ) -> PeriodFigures:
        """Return the figures of these days; ``instants`` are their begin and end."""
        ...

    async def daily(self, program: str, days: Days) -> Sequence[tuple[date, StatsTotal]]:
        """Return the days that have figures, in order."""
        ...

    async def top(self, program: str, days: Days, limit: int) -> Sequence[TopPartner]:
        """Return the partners that earned most in these days."""
        ...

    async def owed(self, program: str) -> Owed:
        """Return what is owed to all partners now."""
        ...

    async def partners(self, program: str) -> int:
        """Return how many partners are active now."""
        ...

    async def first_day(self, program: str) -> date | None:
        """Return the first day that has figures."""
        ...
