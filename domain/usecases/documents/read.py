"""The home of reading the documents of a pay-out."""

from collections.abc import Sequence
from dataclasses import dataclass

from domain.access import own_enrolment, require_staff
from domain.entities.payout import Payout
from domain.entities.payout_document import PayoutDocument, SignedCopy
from domain.entities.people import Caller
from domain.errors import NotFound
from domain.rules.payout_documents import gives_receipt
from domain.surroundings import Surroundings


@dataclass(frozen=True, slots=True, kw_only=True)
class PayoutPapers:
    """A pay-out with everything on paper.

    Attributes:
        payout: The pay-out.
        documents: What was made out, in order.
        needs_signed: Done waits for a signed copy.
        signed: What came back last, or ``None``.
        is_receipt: What comes back is the receipt of the tax service, not a signed copy.
    """

    payout: Payout
    documents: Sequence[PayoutDocument]
    needs_signed: bool
    signed: SignedCopy | None
    is_receipt: bool = False


class ReadPayoutDocuments:
    """Give the documents of a pay-out to an admin of its partner, or to staff who pay.

    - Staff see the account on them, so their view is in the audit trail (A11).
    """

    def __init__(self, around: Surroundings) -> None:
        """Work in these surroundings."""
        self._around = around

    async def own(self, caller: Caller, payout_id: int) -> PayoutPapers:
        """Return the documents of the partner's own pay-out.

        Raises:
            NotAPartner: the person takes part in no program.
            NotAllowed: the person is no admin of the partner.
            NotFound: the partner has no such pay-out.
        """
        async with self._around.open_work.read() as work:
            enrolment = await own_enrolment(work, caller)
            own = await work.partners.enrolments_of(enrolment.partner_id)
            payout = await work.payouts.get(payout_id, enrolment_ids=[row.id for row in own])
            if payout is None:
                raise NotFound(payout=payout_id)
            documents = await work.payout_documents.of_payout(payout_id)
            signed = await work.payout_documents.signed(payout_id)
        return self._papers(payout, documents, signed)

    async def to_send(self, person_id: int, payout_id: int) -> Sequence[PayoutDocument]:
        """Return what is sent to a member by itself; nothing to one that is no admin any more."""
        async with self._around.open_work.read() as work:
            payout = await work.payouts.get(payout_id, enrolment_ids=None)
            if payout is None:
                return ()
            admins = await work.enrolments.admins([payout.enrolment_id])
            if person_id not in admins.get(payout.enrolment_id, ()):
                return ()
            return await work.payout_documents.of_payout(payout_id)

    async def for_staff(self, caller: Caller, payout_id: int) -> PayoutPapers:
        """Return the documents of any pay-out; it is audited.

        Raises:
            NotAllowed: the caller may not see accounts here.
            NotFound: there is no such pay-out.
        """
        async with self._around.open_work() as work:
            role = await require_staff(work, caller, "payout.see_account", self._around.owners)
            payout = await work.payouts.get(payout_id, enrolment_ids=None)
            if payout is None:
                raise NotFound(payout=payout_id)
            documents = await work.payout_documents.of_payout(payout_id)
            signed = await work.payout_documents.signed(payout_id)
            await work.audit.add(
                at=self._around.clock(),
                actor=caller.person.id,
                role=role.value,
                action="payout_documents_seen",
                subject=f"payout:{payout_id}",
                details={},
            )
            await work.commit()
        return self._papers(payout, documents, signed)

    def _papers(
        self, payout: Payout, documents: Sequence[PayoutDocument], signed: SignedCopy | None
    ) -> PayoutPapers:
        program = self._around.programs.get(documents[0].program) if documents else None
        terms = program.payout_documents if program else None
        return PayoutPapers(
            payout=payout,
            documents=documents,
            needs_signed=terms is not None and terms.needs_signed,
            signed=signed,
            is_receipt=bool(documents) and gives_receipt(documents[0]),
        )
