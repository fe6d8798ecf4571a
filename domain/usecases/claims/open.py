"""The home of opening a claim: "this client is mine"."""

from datetime import timedelta

from domain.access import own_enrolment
from domain.entities.claim import (
    Claim,
    ClaimOrigin,
    ClaimStatus,
    ClaimView,
    NamedBy,
    NamedClient,
)
from domain.entities.client import Client
from domain.entities.people import Caller
from domain.entities.pin import Pin
from domain.errors import NotFound
from domain.intake.claiming import client_named, referral_in
from domain.intake.holds import new_facts
from domain.intake.save import save_facts
from domain.ports.work import Work
from domain.rules.claims import (
    COMMENT_LENGTH_MAX,
    DAY,
    ClaimAlreadyOpen,
    ClientIsYours,
    TooManyClaims,
    check_claimant,
    check_often,
)
from domain.surroundings import Surroundings

LISTED_MAX = 10


class OpenClaim:
    """Let an admin of an active partner ask staff to look again (A20, R24).

    - One open claim for each client and partner, and so many a day as the program allows.
    - A client that billing has not reported yet can be claimed, too; staff see when it is known.
    - Staff get a card with the evidence and a deadline.
    - A refused pin is disputed here, too, with what is known of it attached.
    """

    def __init__(self, around: Surroundings) -> None:
        """Work in these surroundings."""
        self._around = around

    async def dispute(self, caller: Caller, pin_id: int) -> Claim:
        """Return the claim against the refusal of a pin (R24).

        Raises:
            NotFound: the partner has no such pin, or it was not refused; and as a claim is.
        """
        async with self._around.open_work.read() as work:
            enrolment = await own_enrolment(work, caller)
            pin = await work.pins.get(pin_id)
        if pin is None or pin.enrolment_id != enrolment.id or not pin.is_disputable:
            raise NotFound(pin=pin_id)
        return await self(caller, NamedClient(NamedBy.ACCOUNT, pin.account_id), "", pin=pin)

    async def __call__(
        self, caller: Caller, named: NamedClient, comment: str, *, pin: Pin | None = None
    ) -> Claim:
        """Return the claim.

        Raises:
            NotAPartner: the person takes part in no program.
            NotAllowed: the person is no admin of the partner.
            ClaimantNotActive: the partner is suspended or has left.
            ClientIsYours: the partner has the client.
            ClaimAlreadyOpen: it is claimed by this partner already.
            TooManyClaims: enough for today; the facts say until when.
        """
        async with self._around.open_work() as work:
            enrolment = await own_enrolment(work, caller)
            check_claimant(enrolment)
            program = self._around.programs[enrolment.program]
            client = await _client(work, named, enrolment.id, pin)
            key = work.claims.key_of(named)
            referral = await referral_in(work, client.id, program.key) if client else None
            is_own = referral is not None and referral.enrolment_id == enrolment.id
            if referral is not None and is_own and pin is None:
                raise ClientIsYours(since=referral.registered_at)
            standing = await work.claims.open_of(
                enrolment.id, name_key=key, client_id=client.id if client else None
            )
            if standing is not None:
                raise ClaimAlreadyOpen(number=standing.id, due_at=standing.due_at)
            facts = new_facts(self._around)
            opened = await work.claims.opened_since(enrolment.id, facts.now - DAY)
            check_often(opened, limit=program.claims_per_day, refusal=TooManyClaims)
            claim = Claim(
                id=facts.new_id(),
                origin=ClaimOrigin.PARTNER,
                program=program.key,
                enrolment_id=enrolment.id,
                client_id=client.id if client else None,
                opened_by=caller.person.id,
                named_by=named.by,
                name_key=key,
                named=named.value,
                comment=comment[:COMMENT_LENGTH_MAX],
                status=ClaimStatus.OPEN,
                opened_at=facts.now,
                due_at=facts.now + timedelta(days=program.claim_days),
                pin_id=pin.id if pin else None,
            )
            await work.claims.add(claim)
            facts.tell_staff("claim_opened", {"claim_id": claim.id})
            await save_facts(facts, work)
            await work.commit()
        return claim


async def _client(
    work: Work, named: NamedClient, enrolment_id: int, pin: Pin | None
) -> Client | None:
    if pin is None or pin.client_id is None:
        return await client_named(work, named, enrolment_id)
    return (await work.clients.by_ids([pin.client_id]))[0]


class ListOwnClaims:
    """Show an admin the partner's claims with what staff decided, newest first."""

    def __init__(self, around: Surroundings) -> None:
        """Work in these surroundings."""
        self._around = around

    async def __call__(self, caller: Caller) -> list[ClaimView]:
        """Return the latest ones; of a client only what the partner named is told.

        Raises:
            NotAPartner: the person takes part in no program.
            NotAllowed: the person is no admin of the partner.
        """
        async with self._around.open_work.read() as work:
            enrolment = await own_enrolment(work, caller)
            found = await work.claims.of_enrolment(enrolment.id, limit=LISTED_MAX)
        return [ClaimView(claim=claim) for claim in found]
