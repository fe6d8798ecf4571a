"""The home of the pay-out ports."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from domain.entities.payment import Commission
from domain.entities.payout import Payout, Spending


class Payouts(Protocol):
    """Pay-outs with the commissions they consumed."""

    async def by_request(self, request_key: str) -> Payout | None:
        """Return the pay-out that this confirmation has made already."""
        ...

    async def get(self, payout_id: int, *, enrolment_ids: Sequence[int] | None) -> Payout | None:
        """Return a pay-out; with ``enrolment_ids`` only one of theirs."""
        ...

    async def parts(self, payout_id: int) -> Spending:
        """Return what the pay-out consumed."""
        ...

    async def add(self, payout: Payout, spent: Spending) -> None:
        """Keep a new pay-out."""
        ...

    async def update(self, payout: Payout) -> None:
        """Keep the next state of a pay-out."""
        ...

    async def asked_since(self, enrolment_id: int, at: datetime) -> bool:
        """Test if the partner has asked for a pay-out after an instant."""
        ...

    async def add_list(
        self, list_id: int, payout_ids: Sequence[int], *, by: int, at: datetime
    ) -> None:
        """Keep which pay-outs are paid together."""
        ...

    async def spendable(self, enrolment_id: int) -> Sequence[Commission]:
        """Return payable commissions with something left or owed, oldest first."""
        ...

    async def commissions(self, ids: Sequence[int]) -> Sequence[Commission]:
        """Return commissions by our ids."""
        ...
