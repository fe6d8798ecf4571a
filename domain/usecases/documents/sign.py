"""The home of sending the signed copy of a pay-out's documents."""

import re
from dataclasses import replace

from domain.access import own_enrolment
from domain.entities.partner import Enrolment, Partner
from domain.entities.payout import IN_PROGRESS, Payout
from domain.entities.payout_document import SignedCopy, SignedStatus
from domain.entities.people import Caller
from domain.errors import DomainError, NotFound
from domain.filing import (
    IncomingPaper,
    keep_paper,
    open_dossier,
    partner_dossier,
    store_paper,
)
from domain.intake.holds import new_facts
from domain.intake.save import save_facts
from domain.ports.work import Work
from domain.rules.payout_documents import SignedCopyNotWanted, gives_receipt
from domain.surroundings import Surroundings

_RECEIPT = re.compile(r"https://lknpd\.nalog\.ru/[!-~]{5,300}")


class BadReceiptLink(DomainError):
    """The text is no address of a receipt of the tax service."""

    code = "bad_receipt_link"


class SendSignedCopy:
    """Take the signed copy of a pay-out's documents, or the receipt of the tax service (R22).

    - Only an admin of the partner sends it, while the pay-out is in progress and none is accepted.
    - Files are judged by their content and kept encrypted in the partner's dossier. Several may
      come one after the other; until staff decide they are one copy.
    - Staff are told of the first file, not of each.
    """

    def __init__(self, around: Surroundings) -> None:
        """Work in these surroundings."""
        self._around = around

    async def check(self, caller: Caller, payout_id: int) -> None:
        """Test if a copy may come now, before a file is taken.

        Raises:
            NotAllowed: the person is no admin of the partner.
            NotFound: the partner has no such pay-out.
            SignedCopyNotWanted: the pay-out waits for no copy.
        """
        async with self._around.open_work.read() as work:
            await self._awaited(work, caller, payout_id)

    async def file(self, caller: Caller, payout_id: int, *, name: str, data: bytes) -> SignedCopy:
        """Keep one file of the copy; refused as ``check`` refuses.

        Raises:
            PaperUnfit: it cannot be a paper.
            PapersUnavailable: it could not be written; nothing has changed.
        """
        dossier_id = await self._dossier(caller, payout_id)
        kind = f"payout_{payout_id}"
        incoming = IncomingPaper(kind=kind, name=name, data=data, sent_by=caller.person.id)
        paper = await store_paper(self._around, dossier_id, incoming)
        async with self._around.open_work() as work:
            payout, enrolment, before = await self._awaited(work, caller, payout_id)
            kept = await keep_paper(work, paper)
            if before is not None and kept.id in before.paper_ids:
                return before
            if before is not None and before.status is SignedStatus.WAITING:
                copy = replace(before, paper_ids=(*before.paper_ids, kept.id))
                await work.payout_documents.update_signed(copy)
            else:
                copy = self._new(caller, payout, paper_ids=(kept.id,))
                await self._begin(work, caller, enrolment, copy)
            await work.commit()
        return copy

    async def link(self, caller: Caller, payout_id: int, text: str) -> SignedCopy:
        """Keep the address of a receipt; refused as ``check`` refuses.

        Raises:
            BadReceiptLink: it is no such address, or no receipt is wanted.
        """
        address = text.strip()
        async with self._around.open_work() as work:
            payout, enrolment, before = await self._awaited(work, caller, payout_id)
            documents = await work.payout_documents.of_payout(payout_id)
            if not gives_receipt(documents[0]) or not _RECEIPT.fullmatch(address):
                raise BadReceiptLink
            if before and before.status is SignedStatus.WAITING and before.link == address:
                return before
            copy = self._new(caller, payout, link=address)
            await self._begin(work, caller, enrolment, copy)
            await work.commit()
        return copy

    def _new(
        self, caller: Caller, payout: Payout, *, link: str = "", paper_ids: tuple[int, ...] = ()
    ) -> SignedCopy:
        return SignedCopy(
            id=self._around.new_id(),
            payout_id=payout.id,
            link=link,
            paper_ids=paper_ids,
            sent_by=caller.person.id,
            sent_at=self._around.clock(),
        )

    async def _begin(
        self, work: Work, caller: Caller, enrolment: Enrolment, copy: SignedCopy
    ) -> None:
        await work.payout_documents.add_signed(copy)
        facts = new_facts(self._around)
        facts.tell_staff("signed_copy_came", {"payout_id": copy.payout_id})
        facts.tell_staff("payout_changed", {"payout_id": copy.payout_id})
        await save_facts(facts, work)
        await work.audit.add(
            at=copy.sent_at,
            actor=caller.person.id,
            role="partner",
            action="payout_paper_sent",
            subject=f"payout:{copy.payout_id}",
            details={"enrolment": enrolment.id},
        )

    async def _dossier(self, caller: Caller, payout_id: int) -> int:
        """Return where the partner's papers are; the first one makes a dossier."""
        async with self._around.open_work() as work:
            _, enrolment, _ = await self._awaited(work, caller, payout_id)
            partner = await _partner(work, enrolment)
            dossier_id = await partner_dossier(work, self._around, partner, caller.person.id)
            dossier = await work.papers.dossier(dossier_id)
            if dossier is None or dossier.erased_at is not None:
                # The papers of an earlier time are gone; new ones get a key of their own.
                dossier_id = (await open_dossier(work, self._around, caller.person.id)).id
                await work.partners.set_dossier(partner.id, dossier_id)
            await work.commit()
        return dossier_id

    async def _awaited(
        self, work: Work, caller: Caller, payout_id: int
    ) -> tuple[Payout, Enrolment, SignedCopy | None]:
        """Return the pay-out, its enrolment and the latest copy, if one may come now."""
        here = await own_enrolment(work, caller)
        own = {row.id: row for row in await work.partners.enrolments_of(here.partner_id)}
        payout = await work.payouts.get(payout_id, enrolment_ids=list(own))
        if payout is None:
            raise NotFound(payout=payout_id)
        enrolment = own[payout.enrolment_id]
        program = self._around.programs.get(enrolment.program)
        terms = program.payout_documents if program else None
        is_wanted = terms is not None and terms.needs_signed
        made = await work.payout_documents.of_payout(payout_id)
        before = await work.payout_documents.signed(payout_id)
        is_accepted = before is not None and before.status is SignedStatus.ACCEPTED
        if not is_wanted or not made or is_accepted or payout.status not in IN_PROGRESS:
            raise SignedCopyNotWanted(is_accepted=is_accepted)
        return payout, enrolment, before


async def _partner(work: Work, enrolment: Enrolment) -> Partner:
    partner = await work.partners.get(enrolment.partner_id)
    if partner is None:
        raise NotFound(partner=enrolment.partner_id)
    return partner
