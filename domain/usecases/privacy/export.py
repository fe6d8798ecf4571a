"""The home of taking out everything that is stored about a person."""

from domain.entities.people import Caller
from domain.entities.preferences import Topic
from domain.filing import own_dossiers
from domain.ports.privacy import Kept
from domain.ports.work import Work
from domain.rights import MemberRole
from domain.rules.notifying import topic_of
from domain.surroundings import Surroundings


class ExportOwnData:
    """Take out everything that is stored about a person, as partner, client and staff.

    - It holds accounts to pay to, so the audit trail keeps that it was taken out.
    - Papers are listed, not added: whoever handed one in has it.
    - Names of other people are no data of this person: they stay out. Who invited a client is.
    """

    def __init__(self, around: Surroundings) -> None:
        """Work in these surroundings."""
        self._around = around

    async def __call__(self, caller: Caller) -> Kept:
        """Return rows by the name of what they are."""
        async with self._around.open_work(books=False) as work:
            kept = {
                **await work.privacy.about(caller.person.id),
                **await self._papers(work, caller),
            }
            await work.audit.add(
                at=self._around.clock(),
                actor=caller.person.id,
                role="person",
                action="own_data_exported",
                subject=f"person:{caller.person.id}",
                details={},
            )
            await work.commit()
        return kept

    async def _papers(self, work: Work, caller: Caller) -> Kept:
        """Return what tells of the papers of a person, and its e-mail address."""
        person_id, partner = caller.person.id, None
        if caller.membership is not None:
            partner_id = caller.membership.partner_id
            if await work.partners.role_of(person_id, partner_id) is MemberRole.ADMIN:
                partner = await work.partners.get(partner_id)
        papers = [
            {
                "kind": paper.kind,
                "number": paper.page,
                "name": paper.name,
                "media_type": paper.media_type.value,
                "size_bytes": paper.size_bytes,
                "sent_at": paper.stored_at,
            }
            for dossier_id in await own_dossiers(work, person_id, partner)
            for paper in await work.papers.present(dossier_id)
        ]
        named = await work.mails.address(person_id)
        address = {"email": named.address, "confirmed_at": named.confirmed_at} if named else None
        return {"papers": papers, "address": [address] if address else []}


def topic_of_notice(kind: str) -> Topic | None:
    """Return what a kind of notice is about, ``None`` for what concerns the person itself."""
    return topic_of(kind)
