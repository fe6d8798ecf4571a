"""The home of the port of statements: sums and movements of a month, out of the books."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Protocol

from domain.entities.partner import Enrolment
from domain.entities.statement import Movement
from domain.ledger.accounts import AccountKind
from domain.ledger.statement import MonthCounts, Moved


class Statements(Protocol):
    """What months are made of; bounds are half-open."""

    async def moved(
        self, enrolment_id: int, start: datetime, end: datetime
    ) -> Mapping[AccountKind, Moved]:
        """Return the sums of each account's postings, before the period and in it."""
        ...

    async def counts(self, enrolment_id: int, start: datetime, end: datetime) -> MonthCounts:
        """Return how many registered and how many payments were made in the period."""
        ...

    async def movements(
        self, enrolment_id: int, start: datetime, end: datetime, *, limit: int
    ) -> Sequence[Movement]:
        """Return the changes of the balance in the period, oldest first."""
        ...

    async def joined_before(
        self, end: datetime, *, after_id: int, limit: int
    ) -> Sequence[Enrolment]:
        """Return enrolments that stood at the end of a period, by id."""
        ...
