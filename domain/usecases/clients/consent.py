"""The home of registering as a client by one's own consent (R37)."""

from dataclasses import dataclass, replace

from domain.contacts import normal_phone
from domain.entities.client import Client, NotAttributed
from domain.entities.people import Caller
from domain.entities.views import ClientView
from domain.events.types import ClientRegistered
from domain.ids import encode
from domain.intake.apply import Incoming
from domain.intake.apply_clients import register_in_bot
from domain.intake.holds import new_facts
from domain.intake.load import load_facts
from domain.intake.save import save_facts
from domain.ports.work import Work
from domain.surroundings import Surroundings


@dataclass(frozen=True, slots=True, kw_only=True)
class Registered:
    """What consent ended in.

    Attributes:
        client: The client, new or standing.
        partner_name: Who got it, ``None`` where nobody did.
        reason: Why nobody got it, or ``None``.
        is_new: It was made by this act.
    """

    client: Client
    partner_name: str | None
    reason: NotAttributed | None
    is_new: bool


class RegisterByConsent:
    """Make a client of a person who shares its own contact.

    - Attribution is judged with every link the person opened, by the moment of consent (R1, R2).
    - A person that billing knows already by phone is that client; nothing else changes.
    - A repeated act finds the same client.
    """

    def __init__(self, around: Surroundings) -> None:
        """Work in these surroundings."""
        self._around = around

    async def __call__(self, caller: Caller, *, phone: str) -> Registered:
        """Return the client."""
        async with self._around.open_work() as work:
            known = await work.reports.client_of_person(caller.person.id)
            if known is None:
                known = await self._known_by_phone(work, caller, phone)
            if known is not None:
                await work.commit()
                return await _standing(work, known)
            client = await self._register(work, caller, phone)
            view = await work.reports.client_of_person(caller.person.id)
            await self._accept_invitations(work, caller, view)
            await work.commit()
            result = await _standing(work, view) if view else None
        if result is None:
            raise RuntimeError("a registered client was not found again")
        return replace(result, client=client, is_new=True)

    async def _known_by_phone(self, work: Work, caller: Caller, phone: str) -> ClientView | None:
        """Return billing's client with this phone, now tied to the person."""
        found = await work.clients.by_phones([normal_phone(phone)])
        free = [client for client in found if client.telegram_id is None]
        if not free:
            return None
        await work.clients.update([replace(free[0], telegram_id=caller.person.id)])
        return await work.reports.client(free[0].shown_id)

    async def _accept_invitations(
        self, work: Work, caller: Caller, view: ClientView | None
    ) -> None:
        """Note it at the e-mail of the partner that got the client; others learn nothing."""
        now = self._around.clock()
        for referral in view.referrals if view else ():
            if referral.enrolment_id is not None:
                await work.client_invitations.accept_of_person(
                    caller.person.id, referral.enrolment_id, now
                )

    async def _register(self, work: Work, caller: Caller, phone: str) -> Client:
        facts = new_facts(self._around)
        event = ClientRegistered(
            client_id=f"bot-{encode(self._around.new_id())}",
            name=caller.person.name[:200] or "?",
            registered_at=facts.now,
            telegram_id=caller.person.id,
            phone=phone,
        )
        incoming = Incoming(id=event.client_id, kind="client.registered", data="{}", event=event)
        await load_facts(facts, work, [incoming], self._around.tokens)
        client = register_in_bot(facts, event)
        await save_facts(facts, work)
        return client


async def _standing(work: Work, view: ClientView) -> Registered:
    code = next((code for code in view.codes if code), None)
    found = await work.partners.by_code(code) if code else None
    reason = view.referrals[0].reason if view.referrals else view.client.reason
    return Registered(
        client=view.client,
        partner_name=found[0].name if found else None,
        reason=None if found else reason,
        is_new=False,
    )
