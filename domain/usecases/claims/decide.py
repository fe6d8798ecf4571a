"""The home of deciding a claim or an objection in the admin chat (R5, R24)."""

from dataclasses import dataclass, replace

from domain.access import require_staff
from domain.entities.claim import (
    CLAIM_REASONS,
    CLAIM_REFUSALS,
    Claim,
    ClaimOrigin,
    ClaimStatus,
    ClaimView,
    NamedClient,
)
from domain.entities.partner import Enrolment, Partner
from domain.entities.people import Caller
from domain.entities.pin import Pin
from domain.errors import NotFound
from domain.intake.attaching import Attachment, attach
from domain.intake.claiming import client_named, view_of
from domain.intake.facts import Facts
from domain.intake.holds import new_facts
from domain.intake.load_partners import load_client, load_enrolments
from domain.intake.pinning import load_account, pin_client, pin_new
from domain.intake.save import save_facts
from domain.ports.work import Work
from domain.rules.claims import (
    COMMENT_LENGTH_MAX,
    ClaimAlreadyDecided,
    ClaimClientUnknown,
    ReasonNeeded,
    Verdict,
    check_claimant,
    decide_claim,
)
from domain.rules.payouts import OwnPayout
from domain.surroundings import Surroundings


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimDecision:
    """One press.

    Attributes:
        claim_id: The claim.
        is_accepted: Accept, or reject.
        code: Of an accepted objection: who gets the client; ``None`` for nobody.
        reason_code: Coded reason.
        reason_text: The words of staff; needed where a partner loses the client.
    """

    claim_id: int
    is_accepted: bool
    code: str | None = None
    reason_code: str = "other"
    reason_text: str = ""


class DecideClaim:
    """Carry out what staff decide about whose a client is (A21, R5, R24).

    - Accepted, the client belongs to the claimant from now on; what was paid before stays where
      it is, and staff may make up for it by an adjustment.
    - A client is moved from another partner only with a reason in words; that partner is told.
    - Rights are read with the effect; nobody decides about a partner one belongs to.
    - A wrongly refused pin is pinned after the fact: protected from now on (R24).
    - The history of moves is only added to; every decision is audited, and who asked is told.
    """

    def __init__(self, around: Surroundings) -> None:
        """Work in these surroundings."""
        self._around = around

    async def __call__(self, caller: Caller, decision: ClaimDecision) -> ClaimView:
        """Return the claim after the decision.

        Raises:
            NotAllowed: the caller may not do this here.
            NotFound: there is no such claim, or no partner with the code in its program.
            OwnPayout: the caller belongs to a partner that it concerns.
            ClaimAlreadyDecided: somebody was faster.
            ClaimClientUnknown: the client has not been reported yet.
            ClaimantNotActive: who should get the client does not take part now.
            ReasonNeeded: a partner would lose the client without a word.
        """
        async with self._around.open_work() as work:
            role = await require_staff(work, caller, "claim.decide", self._around.owners)
            claim = await work.claims.get(decision.claim_id)
            if claim is None:
                raise NotFound(claim=decision.claim_id)
            facts = new_facts(self._around)
            target = await _target(work, claim, decision)
            await load_enrolments(
                facts, work, [key for key in (claim.enrolment_id, target) if key]
            )
            decided = await self._decide(facts, work, caller, claim, decision, target)
            had = None
            if decision.is_accepted:
                had, decided = await self._give(facts, work, caller, decided)
            await self._check_not_own(facts, work, caller, [claim.enrolment_id, target, had])
            _tell(facts, decided, had)
            await save_facts(facts, work)
            await work.claims.update(decided)
            await work.audit.add(
                at=facts.now,
                actor=caller.person.id,
                role=role.value,
                action="claim_accepted" if decision.is_accepted else "claim_rejected",
                subject=f"claim:{claim.id}",
                details={"from": had, "to": target, "reason": decided.reason_code},
            )
            view = await view_of(self._around, work, decided)
            await work.commit()
        return view

    async def chosen(self, caller: Caller, claim_id: int, code: str) -> str:
        """Return the name of the partner that a code means, before it is given the client.

        Raises:
            NotAllowed: the caller may not decide here.
            NotFound: there is no such claim, or no partner with the code in its program.
            ClaimantNotActive: who should get the client does not take part now.
        """
        async with self._around.open_work.read() as work:
            await require_staff(work, caller, "claim.decide", self._around.owners)
            claim = await work.claims.get(claim_id)
            if claim is None:
                raise NotFound(claim=claim_id)
            partner, enrolment = await _partner_of(work, claim, code)
        check_claimant(enrolment)
        return partner.name

    async def _decide(
        self,
        facts: Facts,
        work: Work,
        caller: Caller,
        claim: Claim,
        decision: ClaimDecision,
        target: int | None,
    ) -> Claim:
        codes = CLAIM_REASONS if decision.is_accepted else CLAIM_REFUSALS
        verdict = Verdict(
            status=ClaimStatus.ACCEPTED if decision.is_accepted else ClaimStatus.REJECTED,
            by=caller.person.id,
            at=facts.now,
            given_to=target if decision.is_accepted else None,
            reason_code=decision.reason_code if decision.reason_code in codes else "other",
            reason_text=" ".join(decision.reason_text.split())[:COMMENT_LENGTH_MAX],
        )
        try:
            return decide_claim(claim, verdict)
        except ClaimAlreadyDecided as refusal:
            person = await work.people.get(claim.decided_by or 0)
            name = person.name if person else None
            raise ClaimAlreadyDecided(**refusal.facts, by_name=name) from None

    async def _give(
        self, facts: Facts, work: Work, caller: Caller, claim: Claim
    ) -> tuple[int | None, Claim]:
        """Attach the client; return who had it, and the claim with the client it is about."""
        client_id = claim.client_id
        if client_id is None:
            named = NamedClient(claim.named_by, claim.named)
            found = await client_named(work, named, claim.enrolment_id)
            client_id = found.id if found else None
        if claim.given_to is not None:
            check_claimant(facts.enrolments[claim.given_to])
        pin = await work.pins.get(claim.pin_id) if claim.pin_id is not None else None
        attachment = Attachment(
            to=claim.given_to,
            actor=caller.person.id,
            reason_code=claim.reason_code or "other",
            reason_text=claim.reason_text,
            claim_id=claim.id,
        )
        if client_id is None and pin is not None:
            return await _pin_unknown(facts, work, claim, pin, attachment)
        if client_id is None:
            raise ClaimClientUnknown
        client = await load_client(facts, work, client_id)
        program = self._around.programs[claim.program]
        before = facts.referrals.get((client.id, program.key))
        had = before.enrolment_id if before else None
        if had not in (None, claim.given_to) and not claim.reason_text:
            raise ReasonNeeded
        if pin is None:
            attach(facts, client, program, attachment)
        else:
            await load_account(facts, work, pin.account_id, [pin.enrolment_id])
            pin_client(facts, pin, client, attachment)
        return had, replace(claim, client_id=client.id)

    async def _check_not_own(
        self, facts: Facts, work: Work, caller: Caller, enrolment_ids: list[int | None]
    ) -> None:
        for key in {key for key in enrolment_ids if key is not None}:
            partner_id = facts.enrolments[key].partner_id
            if await work.partners.role_of(caller.person.id, partner_id) is not None:
                raise OwnPayout


async def _pin_unknown(
    facts: Facts, work: Work, claim: Claim, pin: Pin, attachment: Attachment
) -> tuple[None, Claim]:
    """Pin an account that was refused and that the vendor still does not know."""
    await load_account(facts, work, pin.account_id, [pin.enrolment_id])
    return None, replace(claim, client_id=pin_new(facts, pin, attachment).client_id)


async def _target(work: Work, claim: Claim, decision: ClaimDecision) -> int | None:
    """Return the enrolment that gets the client when the claim is accepted."""
    if claim.origin is ClaimOrigin.PARTNER:
        return claim.enrolment_id
    if decision.code is None or not decision.is_accepted:
        return None
    return (await _partner_of(work, claim, decision.code))[1].id


async def _partner_of(work: Work, claim: Claim, code: str) -> tuple[Partner, Enrolment]:
    found = await work.partners.by_code(code)
    if found is None or found[1].program != claim.program:
        raise NotFound(code=code)
    return found


def _tell(facts: Facts, claim: Claim, had: int | None) -> None:
    """Tell who asked, who lost the client, and who was given it.

    The words are for who asked. Who lost the client reads the coded reason of a dispute between
    partners; of a client's own question it is told nothing, as the client was promised.
    """
    client = facts.clients.get(claim.client_id or 0)
    is_accepted = claim.status is ClaimStatus.ACCEPTED
    params: dict[str, object] = {
        "claim_id": claim.id,
        "reason_code": claim.reason_code,
        "reason_text": claim.reason_text,
    }
    about = {"client": client.name, "client_id": client.id} if client and is_accepted else {}
    if claim.enrolment_id is not None:
        kind = "claim_accepted" if is_accepted else "claim_rejected"
        facts.tell_admins(claim.enrolment_id, kind, params | about)
    else:
        kind = "objection_accepted" if is_accepted else "objection_rejected"
        facts.tell_person(claim.opened_by, kind, params)
        if is_accepted and claim.given_to not in (None, had):
            facts.tell_admins(claim.given_to or 0, "client_given", dict(about))
    if is_accepted and had not in (None, claim.given_to):
        is_dispute = claim.origin is ClaimOrigin.PARTNER
        why = {"reason_code": claim.reason_code} if is_dispute else {}
        facts.tell_admins(had or 0, "client_lost", about | why)
    facts.tell_staff("claim_changed", {"claim_id": claim.id})
