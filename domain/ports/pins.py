"""The home of the port of pins."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Protocol

from domain.entities.pin import Pin, PinView
from domain.entities.views import Cursor


class Pins(Protocol):
    """Accounts that partners named in advance."""

    async def save(self, added: Sequence[Pin], changed: Sequence[Pin]) -> None:
        """Keep new pins and the next state of others; what ends makes room first."""
        ...

    async def get(self, pin_id: int) -> Pin | None:
        """Return a pin."""
        ...

    async def of_account(self, account_id: str) -> Sequence[Pin]:
        """Return every pin of an account, oldest first."""
        ...

    async def of_clients(self, client_ids: Iterable[int]) -> Sequence[Pin]:
        """Return every pin of these clients, oldest first."""
        ...

    async def named_since(self, enrolment_id: int, since: datetime) -> Sequence[datetime]:
        """Return when the partner named accounts since then, oldest first."""
        ...

    async def silent(self, at: datetime, *, limit: int) -> Sequence[Pin]:
        """Return pins that waited for an answer until then, the oldest first."""
        ...

    async def page(self, enrolment_id: int, *, before: Cursor | None, limit: int) -> Sequence[Pin]:
        """Return a partner's pins, newest first."""
        ...

    async def views(self, found: Sequence[Pin]) -> Sequence[PinView]:
        """Return pins with what is known of their clients."""
        ...

    def key_of(self, pin_id: int) -> str:
        """Return the secret end of the link by which a client answers."""
        ...
