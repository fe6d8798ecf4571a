"""The home of the end of a pin: released by the partner, ended by the client or by staff (R23)."""

from domain.access import own_place, require_staff
from domain.entities.client import Client
from domain.entities.people import Caller
from domain.entities.pin import Pin, PinReason, PinStatus, PinView
from domain.errors import NotFound
from domain.intake.attaching import Attachment, attach
from domain.intake.facts import Facts
from domain.intake.holds import new_facts
from domain.intake.load_partners import load_client
from domain.intake.pinning import load_partners
from domain.intake.protecting import end_pin
from domain.intake.save import save_facts
from domain.ports.work import Work
from domain.rules.named_clients import own_pin, seen_by
from domain.rules.pinning import NotProtected, is_known
from domain.surroundings import Surroundings

RELEASABLE = (PinStatus.ACTIVE, PinStatus.WAITING)


class ReleasePin:
    """Let an admin give up what its partner named.

    - Protection ends, or the client is asked no more; a double press is harmless.
    - A client that the vendor knows stays the partner's, and earns as before (R5).
    - An account that nobody else has spoken of is free again: a mistyped id harms nobody.
    """

    def __init__(self, around: Surroundings) -> None:
        """Work in these surroundings."""
        self._around = around

    async def __call__(self, caller: Caller, pin_id: int) -> PinView:
        """Return the pin after it.

        Raises:
            NotAPartner: the person takes part in no program.
            NotAllowed: the person is no admin of the partner.
            NotFound: the partner has no such pin.
        """
        async with self._around.open_work() as work:
            place = await own_place(work, caller)
            pin = own_pin(place.enrolment.id, await work.pins.get(pin_id), pin_id)
            if pin.status in RELEASABLE:
                facts = new_facts(self._around)
                client = await load_client(facts, work, pin.client_id or 0)
                await load_partners(facts, work)
                pin = await _release(facts, work, pin, client)
                await save_facts(facts, work)
                await _audit(self._around, work, caller, pin, "partner")
            view = (await work.pins.views([pin]))[0]
            await work.commit()
        return seen_by(view, hides=place.hides_clients(mask_clients=self._around.mask_clients))


async def _release(facts: Facts, work: Work, pin: Pin, client: Client) -> Pin:
    after = end_pin(facts, pin, PinReason.RELEASED)
    ids = await work.clients.ids_of(client.id)
    others = [row for row in facts.pins.of(client.id) if row.id != pin.id]
    has_paid = bool(facts.payments_of(client.id))
    if pin.protects and not is_known(client, others, has_paid=has_paid, ids=ids):
        nobody = Attachment(to=None, actor=pin.created_by, reason_code="released", is_final=False)
        attach(facts, client, facts.programs[pin.program], nobody)
    return after


class EndProtection:
    """End the protection of a client.

    - The client itself asks to work with the vendor directly; its partner is told, and earns as
      before: only staff move a client (R5).
    - Staff do the same for a client that wrote or called; it is audited.
    """

    def __init__(self, around: Surroundings) -> None:
        """Work in these surroundings."""
        self._around = around

    async def by_client(self, caller: Caller) -> Pin:
        """End the protection of the client that the person is.

        Raises:
            NotProtected: it is no client, or not protected.
        """
        async with self._around.open_work() as work:
            own = await work.clients.by_telegram_ids([caller.person.id])
            pins = await work.pins.of_clients([client.id for client in own])
            pin = next((pin for pin in pins if pin.protects), None)
            if pin is None:
                raise NotProtected
            ended = await self._end(work, pin, PinReason.CLIENT)
            await _audit(self._around, work, caller, ended, "client")
            await work.commit()
        return ended

    async def by_staff(self, caller: Caller, pin_id: int) -> Pin:
        """End it for the client.

        Raises:
            NotAllowed: the caller may not do this here.
            NotFound: there is no such pin.
            NotProtected: it does not protect any more.
        """
        async with self._around.open_work() as work:
            role = await require_staff(work, caller, "pin.end", self._around.owners)
            pin = await work.pins.get(pin_id)
            if pin is None:
                raise NotFound(pin=pin_id)
            if not pin.protects:
                raise NotProtected
            ended = await self._end(work, pin, PinReason.STAFF)
            await _audit(self._around, work, caller, ended, role.value)
            await work.commit()
        return ended

    async def _end(self, work: Work, pin: Pin, reason: PinReason) -> Pin:
        facts = new_facts(self._around)
        await load_client(facts, work, pin.client_id or 0)
        ended = end_pin(facts, pin, reason)
        await save_facts(facts, work)
        return ended


async def _audit(around: Surroundings, work: Work, caller: Caller, pin: Pin, role: str) -> None:
    await work.audit.add(
        at=around.clock(),
        actor=caller.person.id,
        role=role,
        action="client_unprotected",
        subject=f"pin:{pin.id}",
        details={"reason": pin.reason and pin.reason.value},
    )
