"""The home of the ports of claims and of the questions before them."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Protocol

from domain.entities.claim import Claim, ClaimView, NamedClient, OwnDay


class Claims(Protocol):
    """Claims."""

    def key_of(self, named: NamedClient) -> str:
        """Return a keyed digest of what was named; it tells nothing to who has only a copy."""
        ...

    async def add(self, claim: Claim) -> None:
        """Keep a new claim."""
        ...

    async def update(self, claim: Claim) -> None:
        """Keep the next state of a claim."""
        ...

    async def forget_client(self, client_id: int, *, at: datetime) -> None:
        """Erase what was named and said in the claims about a client."""
        ...

    async def get(self, claim_id: int) -> Claim | None:
        """Return a claim."""
        ...

    async def open_of(
        self, enrolment_id: int | None, *, name_key: str, client_id: int | None
    ) -> Claim | None:
        """Return the open claim of this asker about this client, by either way of naming it."""
        ...

    async def open_about(self, client_id: int) -> Sequence[Claim]:
        """Return all open claims about a client, oldest first."""
        ...

    async def of_enrolment(self, enrolment_id: int, *, limit: int) -> Sequence[Claim]:
        """Return a partner's claims, newest first."""
        ...

    async def opened_since(self, enrolment_id: int, since: datetime) -> Sequence[datetime]:
        """Return when the partner opened claims since then, oldest first."""
        ...

    async def waiting(self, *, after: tuple[datetime, int] | None, limit: int) -> Sequence[Claim]:
        """Return a page of open claims, the most urgent first."""
        ...

    async def due_before(self, at: datetime, *, reminders: int) -> Sequence[Claim]:
        """Return open claims that are due by then and were reminded of so often or less."""
        ...

    async def ask(self, enrolment_id: int, *, at: datetime, outcome: str, id_: int) -> None:
        """Keep that a partner asked about a client."""
        ...

    async def asked_since(self, enrolment_id: int, since: datetime) -> Sequence[datetime]:
        """Return when the partner asked since then, oldest first."""
        ...

    async def clients_named(self, named: NamedClient) -> Sequence[int]:
        """Return our ids of the clients that this names, oldest first."""
        ...

    async def parked_about(self, client_ids: Iterable[str]) -> bool:
        """Test if events about these ids of billing wait for something."""
        ...

    async def day(self, enrolment_id: int, day: date, begin: datetime, end: datetime) -> OwnDay:
        """Return what came through the partner's links on a day."""
        ...

    async def names(self, claims: Sequence[Claim]) -> Sequence[ClaimView]:
        """Return claims with the names of clients and partners, for a list."""
        ...

    async def partner_of(self, enrolment_id: int) -> tuple[str, str] | None:
        """Return code and name of a partner."""
        ...
