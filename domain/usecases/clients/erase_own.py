"""The home of a client withdrawing what is stored about it (R37)."""

from dataclasses import replace

from domain.entities.claim import ClaimOrigin
from domain.entities.client import ERASED_NAME, Client
from domain.entities.people import Caller
from domain.errors import NotFound
from domain.filing import erase_own_dossiers, remove_files
from domain.intake.erasing import without_person
from domain.intake.holds import new_facts
from domain.intake.save import save_facts
from domain.ports.work import Work
from domain.surroundings import Surroundings

__all__ = ["ERASED_NAME", "EraseOwnData"]

ERASED_IN_WEBHOOKS: dict[str, object] = {
    "name": ERASED_NAME,
    "phone": None,
    "email": None,
    "telegram_id": None,
    "subject": "",
    "text": "",
}
"""What webhooks say of an erased client, whether they were sent or not."""


class EraseOwnData:
    """Erase a person's data as a client.

    - Name, phone, e-mail, tax id and the tie to Telegram go, also out of what billing reported
      and of notices and webhooks; money history stays without them.
    - Who is nothing but a client is forgotten as a person, too, with the papers handed in.
    - Its partner keeps what it earned and sees a client without a name.
    """

    def __init__(self, around: Surroundings) -> None:
        """Work in these surroundings."""
        self._around = around

    async def __call__(self, caller: Caller) -> None:
        """Erase it.

        Raises:
            NotFound: nothing is stored of the person as a client.
        """
        async with self._around.open_work() as work:
            own = await work.clients.by_telegram_ids([caller.person.id])
            if not own:
                raise NotFound(person=caller.person.id)
            for client in own:
                await self._erase(work, client)
            await work.clicks.forget_person(caller.person.id)
            file_ids = await self._forget(work, caller.person.id)
            await work.commit()
        await remove_files(self._around, file_ids)
        # No index finds forms by person: this one waits for nobody and nobody waits for it.
        async with self._around.open_work(books=False) as work:
            await work.privacy.forget_forms(caller.person.id)
            await work.commit()

    async def _erase(self, work: Work, client: Client) -> None:
        erased = replace(
            client,
            name=ERASED_NAME,
            email=None,
            phone=None,
            tax_id=None,
            telegram_id=None,
            visitor_id=None,
            made_in_bot=False,
        )
        await work.clients.update([erased])
        await work.notices.rename_client(client.id, ERASED_NAME)
        await work.outbound.rename_client(client.id, ERASED_IN_WEBHOOKS)
        await self._end_objections(work, client)
        await work.questions.forget_client(client.id)
        await work.promos.forget_client(client.id)
        ids = await work.clients.ids_of(client.id)
        reported = await work.events.about([f"client:{shown_id}" for shown_id in ids])
        reported = [*reported, *await work.events.updates_of_clients(ids)]
        await work.events.rewrite({row.id: without_person(row.data) for row in reported})
        seconds = await work.events.conflicts([row.id for row in reported])
        await work.events.rewrite_conflicts({row.id: without_person(row.data) for row in seconds})
        await work.audit.add(
            at=self._around.clock(),
            actor=None,
            role="client",
            action="client_erased",
            subject=f"client:{client.id}",
            details={},
        )

    async def _end_objections(self, work: Work, client: Client) -> None:
        """Close what the client asked staff: its cards change, and nobody is told a decision."""
        facts = new_facts(self._around)
        standing = await work.claims.open_about(client.id)
        await work.claims.forget_client(client.id, at=facts.now)
        for claim in standing:
            if claim.origin is ClaimOrigin.CLIENT:
                facts.tell_staff("claim_changed", {"claim_id": claim.id})
        await save_facts(facts, work)

    async def _forget(self, work: Work, person_id: int) -> tuple[int, ...]:
        """Forget who is nothing else here; return the files of papers to remove."""
        standing = await work.people.caller(person_id)
        is_more = standing is not None and (
            standing.membership
            or standing.staff_role
            or await work.applications.open_of(person_id)
        )
        if not is_more and person_id not in self._around.owners:
            await work.people.forget(person_id)
            await work.preferences.forget(person_id)
            await work.notices.forget_recipient(person_id)
            await work.mails.forget_person(person_id)
            return await erase_own_dossiers(work, person_id, at=self._around.clock())
        return ()
