"""The home of judging the signed copy of a pay-out's documents."""

from dataclasses import dataclass, replace

from domain.access import require_staff
from domain.entities.payout import Payout
from domain.entities.payout_document import SIGNED_REASONS, SignedCopy, SignedStatus
from domain.entities.people import Caller
from domain.errors import NotFound
from domain.intake.facts import Facts
from domain.intake.holds import new_facts
from domain.intake.load_partners import load_enrolments
from domain.intake.save import save_facts
from domain.rules.payout_documents import SignedCopyDecided
from domain.rules.payouts import OwnPayout
from domain.surroundings import Surroundings

REASON_LENGTH_MAX = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class CopyDecision:
    """What staff think of a signed copy.

    Attributes:
        copy_id: The copy that was shown.
        is_accepted: It will do.
        reason_code: Of a refusal: one of ``SIGNED_REASONS``.
        reason_text: Words to the partner; may be empty.
    """

    copy_id: int
    is_accepted: bool
    reason_code: str = "other"
    reason_text: str = ""


class DecideSignedCopy:
    """Accept or refuse a signed copy; the partner's admins are told, each decision is audited.

    - Nobody decides about the papers of a partner one belongs to.
    - A copy is decided once; files that came after it was shown are part of it.
    """

    def __init__(self, around: Surroundings) -> None:
        """Work in these surroundings."""
        self._around = around

    async def show(self, caller: Caller, payout_id: int) -> SignedCopy:
        """Return the latest copy of a pay-out.

        Raises:
            NotAllowed: the caller may not see it here.
            NotFound: none has come.
        """
        async with self._around.open_work.read() as work:
            await require_staff(work, caller, "payout.check_copy", self._around.owners)
            copy = await work.payout_documents.signed(payout_id)
        if copy is None:
            raise NotFound(payout=payout_id)
        return copy

    async def __call__(self, caller: Caller, decision: CopyDecision) -> SignedCopy:
        """Return the copy after the press.

        Raises:
            NotAllowed: the caller may not do this here.
            NotFound: there is no such copy.
            OwnPayout: the caller belongs to the partner or asked for the money.
            SignedCopyDecided: somebody was faster, or a newer copy came.
        """
        facts = new_facts(self._around)
        async with self._around.open_work() as work:
            role = await require_staff(work, caller, "payout.check_copy", self._around.owners)
            copy = await work.payout_documents.signed_by_id(decision.copy_id)
            if copy is None:
                raise NotFound(copy=decision.copy_id)
            payout = await work.payouts.get(copy.payout_id, enrolment_ids=None)
            if payout is None:
                raise NotFound(payout=copy.payout_id)
            await load_enrolments(facts, work, [payout.enrolment_id])
            partner_id = facts.enrolments[payout.enrolment_id].partner_id
            is_member = await work.partners.role_of(caller.person.id, partner_id) is not None
            if is_member or caller.person.id in (copy.sent_by, payout.requested_by):
                raise OwnPayout
            latest = await work.payout_documents.signed(copy.payout_id)
            if copy.status is not SignedStatus.WAITING or latest != copy:
                raise SignedCopyDecided(status=copy.status.value)
            decided = self._decided(copy, decision, caller.person.id)
            await work.payout_documents.update_signed(decided)
            self._tell(facts, payout, decided)
            await save_facts(facts, work)
            await work.audit.add(
                at=facts.now,
                actor=caller.person.id,
                role=role.value,
                action="payout_paper_accepted"
                if decided.status is SignedStatus.ACCEPTED
                else "payout_paper_refused",
                subject=f"payout:{payout.id}",
                details={"reason": decided.reason_code},
            )
            await work.commit()
        return decided

    def _decided(self, copy: SignedCopy, decision: CopyDecision, by: int) -> SignedCopy:
        code = decision.reason_code if decision.reason_code in SIGNED_REASONS else "other"
        return replace(
            copy,
            status=SignedStatus.ACCEPTED if decision.is_accepted else SignedStatus.REFUSED,
            decided_by=by,
            decided_at=self._around.clock(),
            reason_code=None if decision.is_accepted else code,
            reason_text="" if decision.is_accepted else decision.reason_text[:REASON_LENGTH_MAX],
        )

    def _tell(self, facts: Facts, payout: Payout, copy: SignedCopy) -> None:
        kind = f"signed_copy_{copy.status.value}"
        told: dict[str, object] = {
            "payout_id": payout.id,
            "minor": payout.amount.minor,
            "currency": payout.amount.currency,
            "reason_code": copy.reason_code,
            "reason_text": copy.reason_text,
        }
        facts.tell_admins(payout.enrolment_id, kind, told)
        facts.tell_staff("payout_changed", {"payout_id": payout.id})
