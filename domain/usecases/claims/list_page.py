"""The home of the claim desk of staff: the list, and the card of one claim."""

from datetime import datetime

from domain.access import require_staff
from domain.entities.claim import ClaimView
from domain.entities.people import Caller
from domain.errors import NotFound
from domain.intake.claiming import view_of
from domain.surroundings import Surroundings

PAGE_SIZE = 8


class ListClaims:
    """Show staff the open claims, the most urgent first."""

    def __init__(self, around: Surroundings) -> None:
        """Work in these surroundings."""
        self._around = around

    async def __call__(
        self, caller: Caller, after: tuple[datetime, int] | None = None
    ) -> list[ClaimView]:
        """Return the page after this deadline and id; one more row tells that there is more.

        Raises:
            NotAllowed: the caller may not see it here.
        """
        async with self._around.open_work.read() as work:
            await require_staff(work, caller, "claim.read", self._around.owners)
            found = await work.claims.waiting(after=after, limit=PAGE_SIZE + 1)
            return list(await work.claims.names(found))


class RevealClaim:
    """Show what the asker named, in full; the card has it masked, and each view is audited."""

    def __init__(self, around: Surroundings) -> None:
        """Work in these surroundings."""
        self._around = around

    async def __call__(self, caller: Caller, claim_id: int) -> ClaimView:
        """Return the claim.

        Raises:
            NotAllowed: the caller may not see it here.
            NotFound: there is no such claim.
        """
        async with self._around.open_work() as work:
            role = await require_staff(work, caller, "client.read_unmasked", self._around.owners)
            claim = await work.claims.get(claim_id)
            if claim is None:
                raise NotFound(claim=claim_id)
            view = await view_of(self._around, work, claim)
            await work.audit.add(
                at=self._around.clock(),
                actor=caller.person.id,
                role=role.value,
                action="claim_seen",
                subject=f"claim:{claim_id}",
                details={},
            )
            await work.commit()
        return view


class ShowClaimCard:
    """Return a claim with its evidence as it stands now; a job asks for the card, no person."""

    def __init__(self, around: Surroundings) -> None:
        """Work in these surroundings."""
        self._around = around

    async def __call__(self, claim_id: int) -> ClaimView | None:
        """Return the claim, ``None`` when there is none."""
        async with self._around.open_work.read() as work:
            claim = await work.claims.get(claim_id)
            return await view_of(self._around, work, claim) if claim else None
