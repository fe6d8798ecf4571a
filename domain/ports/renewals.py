"""The home of the port of renewals."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from domain.entities.renewal import Renewal


class Renewals(Protocol):
    """Services of partners' clients that end soon."""

    async def partners(
        self, program: str, *, after: datetime, until: datetime, above: int, limit: int
    ) -> Sequence[int]:
        """Return active enrolments, above this id, with services that end in a period."""
        ...

    async def of(
        self, enrolment_id: int, *, after: datetime, until: datetime
    ) -> Sequence[Renewal]:
        """Return what ends in a period of one partner's clients, the soonest first."""
        ...
