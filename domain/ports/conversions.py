"""The home of the conversion port."""

from collections.abc import Mapping, Sequence
from typing import Protocol

from domain.entities.adjustment import AdjustmentPart
from domain.entities.conversion import BonusPart, Conversion, Credit
from domain.entities.payment import Payment


class Conversions(Protocol):
    """Conversions into service credit, with what they consumed and what billing is told."""

    async def by_request(self, request_key: str) -> Conversion | None:
        """Return the conversion that this confirmation has made already."""
        ...

    async def add(
        self,
        conversion: Conversion,
        parts: Sequence[BonusPart],
        adjustments: Sequence[AdjustmentPart],
    ) -> None:
        """Keep a new conversion with what it consumed."""
        ...

    async def parts_of(self, commission_ids: Sequence[int]) -> Mapping[int, Sequence[BonusPart]]:
        """Return the conversions of commissions, oldest first, by commission."""
        ...

    async def payments_of(self, payment_ids: Sequence[int]) -> Mapping[int, Payment]:
        """Return payments by our ids: what bonuses are shares of."""
        ...

    async def add_credits(self, credits_: Sequence[Credit]) -> None:
        """Keep changes of the service credit."""
        ...
