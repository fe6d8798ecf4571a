"""The home of the port of reminders: what waits for somebody, and what was said already."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from domain.entities.reminder import EndingReferral, EnoughMoney, UnfinishedForm, WaitingMoney


class Reminders(Protocol):
    """What people are reminded of."""

    async def claim(self, kind: str, subject: str, period: str, *, at: datetime) -> bool:
        """Take a reminder of a subject for a period; ``False`` for one that was taken already.

        Periods of one subject only go ahead, in the order of their texts.
        """
        ...

    async def is_claimed(self, kind: str, subject: str) -> bool:
        """Test if a reminder of a subject was ever taken."""
        ...

    async def enough(
        self, kind: str, program: str, minimum: int, *, limit: int
    ) -> Sequence[EnoughMoney]:
        """Return balances of a program that have the minimum and moved since the last claim."""
        ...

    async def ending(
        self, kind: str, *, after: datetime, until: datetime, limit: int
    ) -> Sequence[EndingReferral]:
        """Return referrals that end in a period and are not claimed, by enrolment and end."""
        ...

    async def waiting(self, kind: str, period: str, *, limit: int) -> Sequence[WaitingMoney]:
        """Return payable money without a named account that is not claimed in the period."""
        ...

    async def unfinished(
        self, kind: str, *, after: datetime, before: datetime, limit: int
    ) -> Sequence[UnfinishedForm]:
        """Return private forms that were touched last in a period and are not claimed."""
        ...
