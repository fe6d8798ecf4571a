"""The home of the port of payments, refunds and commissions."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Protocol

from domain.entities.payment import Commission, Payment, Refund


class Payments(Protocol):
    """Payments, refunds and commissions."""

    async def by_payment_ids(self, payment_ids: Iterable[str]) -> Sequence[Payment]:
        """Return payments by billing's ids."""
        ...

    async def by_ids(self, ids: Iterable[int]) -> Sequence[Payment]:
        """Return payments by our ids."""
        ...

    async def of_clients(self, client_ids: Iterable[int]) -> Sequence[Payment]:
        """Return all payments of these clients."""
        ...

    async def client_of_account(self, account_id: str) -> int | None:
        """Return our id of the client that paid for an account, ``None`` where nobody did."""
        ...

    async def add(self, payments: Sequence[Payment]) -> None:
        """Keep new payments."""
        ...

    async def update(self, payments: Sequence[Payment]) -> None:
        """Keep the next state of payments."""
        ...

    async def add_refunds(self, refunds: Sequence[Refund]) -> None:
        """Keep new refunds."""
        ...

    async def earned_by_clients(
        self, enrolment_ids: Iterable[int], client_ids: Iterable[int]
    ) -> Mapping[tuple[int, int], int]:
        """Return what clients earned for enrolments, less what was taken back."""
        ...

    async def earned_between(
        self, enrolment_ids: Iterable[int], start: datetime, end: datetime
    ) -> Mapping[int, int]:
        """Return what payments of a time earned for enrolments, less what was taken back."""
        ...

    async def commissions_of(self, payment_ids: Iterable[int]) -> Sequence[Commission]:
        """Return the commissions of these payments, by our payment ids."""
        ...

    async def add_commissions(self, commissions: Sequence[Commission]) -> None:
        """Keep new commissions."""
        ...

    async def update_commissions(self, commissions: Sequence[Commission]) -> None:
        """Keep the next state of commissions."""
        ...

    async def hold_ended(
        self, enrolment_ids: Iterable[int] | None, *, now: datetime, limit: int
    ) -> Sequence[Commission]:
        """Return held commissions whose hold has ended, of these enrolments or of all."""
        ...
