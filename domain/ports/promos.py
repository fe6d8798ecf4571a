"""The home of the port of promo codes for clients."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from domain.entities.promo import Promo, PromoView


class Promos(Protocol):
    """Promo codes; a client has at most one."""

    async def eligible(
        self, program: str, forms: Sequence[str], *, since: datetime, limit: int
    ) -> Sequence[tuple[int, int]]:
        """Return clients without a promo code that get one, each with the enrolment it is of."""
        ...

    async def add_once(self, promo: Promo) -> bool:
        """Keep a new one; ``False`` when the client has one already."""
        ...

    async def update(self, promo: Promo) -> None:
        """Keep the next state."""
        ...

    async def code_is_used(self, code: str, *, but: int) -> bool:
        """Test if another promo, not ``but``, has this code."""
        ...

    async def get(self, promo_id: int) -> PromoView | None:
        """Return one."""
        ...

    async def of_client(self, client_id: int) -> Promo | None:
        """Return a client's."""
        ...

    async def waiting(self, *, limit: int) -> Sequence[PromoView]:
        """Return those that wait for a manager, oldest first."""
        ...

    async def unused(self, *, limit: int) -> Sequence[PromoView]:
        """Return those that were given and not activated, oldest first."""
        ...

    async def lapsing(self, *, now: datetime, until: datetime) -> Sequence[PromoView]:
        """Return active ones that lapse by then."""
        ...

    async def forget_client(self, client_id: int) -> None:
        """Erase a client's code."""
        ...
