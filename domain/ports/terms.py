"""The home of the port that keeps published terms and what partners accepted of them."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from domain.entities.partner import Enrolment
from domain.entities.terms import PayoutAccount, PublishedTerms


class Terms(Protocol):
    """Published terms and their acceptance."""

    async def published(self) -> Sequence[PublishedTerms]:
        """Return every version of every program, oldest first."""
        ...

    async def publish(self, terms: PublishedTerms) -> None:
        """Keep a version; one that another replica has kept already stands."""
        ...

    async def unaware(self, program: str, version: int, *, limit: int) -> Sequence[Enrolment]:
        """Return enrolments that accepted an older version and were not told of this one."""
        ...

    async def mark_aware(
        self, enrolment_ids: Sequence[int], version: int, *, at: datetime
    ) -> None:
        """Keep that partners were told of a version."""
        ...

    async def after(self, program: str, enrolment_id: int, *, limit: int) -> Sequence[Enrolment]:
        """Return enrolments of a program with greater ids, by id."""
        ...

    async def acceptance(self, program: str, version: int) -> tuple[int, int]:
        """Return how many active partners accepted a version, and how many there are."""
        ...

    async def not_accepted(self, program: str, version: int, *, limit: int) -> Sequence[str]:
        """Return codes of active partners that have not accepted a version, oldest first."""
        ...

    async def payout_account(self, enrolment_id: int) -> PayoutAccount | None:
        """Return where the partner's scheduled pay-outs go, ``None`` before it was named."""
        ...

    async def name_payout_account(
        self, enrolment_id: int, account: str, *, by: int, at: datetime
    ) -> None:
        """Keep where the partner's scheduled pay-outs go from now on."""
        ...
