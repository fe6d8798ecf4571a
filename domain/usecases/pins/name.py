"""The home of naming a client in advance by its account (R23)."""

from dataclasses import replace
from datetime import timedelta

from domain.access import own_place
from domain.entities.client import Client
from domain.entities.partner import Enrolment, EnrolmentStatus
from domain.entities.people import Caller
from domain.entities.pin import STANDING, Pin, PinReason, PinStatus, PinView, link_of
from domain.intake.attaching import Attachment
from domain.intake.facts import Facts
from domain.intake.holds import new_facts
from domain.intake.pinning import load_account, pin_client, pin_new, pinned_by
from domain.intake.protecting import tell_vendor
from domain.intake.save import save_facts
from domain.period import text_of
from domain.ports.work import Work
from domain.programs.model_pinning import Pinning
from domain.rules.claims import check_often
from domain.rules.named_clients import seen_by
from domain.rules.pinning import (
    DAY,
    PinnerNotActive,
    PinningOff,
    PinPicture,
    TooManyPins,
    decide_pin,
    is_known,
    is_self,
    proof_for,
    read_account,
)
from domain.surroundings import Surroundings


class PinClient:
    """Let an admin of an active partner name the account of a client before it installs anything.

    - New to the vendor: the client is made, belongs to the partner and is protected at once.
    - Pinned to another partner: refused, without a word about which one.
    - Known to the vendor: the client itself is asked; until then nothing changes.
    - The partner's own account is refused (R4).
    - Naming an account again shows what became of it; who said no is not asked again.
    - So many accounts a day as the program allows, refused ones included: nobody goes through a
      list to learn who is a client.
    """

    def __init__(self, around: Surroundings) -> None:
        """Work in these surroundings."""
        self._around = around

    async def check(self, caller: Caller) -> Pinning:
        """Return the terms, before the account is asked for; refused as naming is."""
        async with self._around.open_work.read() as work:
            return (await self._allowed(work, caller))[1]

    async def __call__(self, caller: Caller, text: str) -> PinView:
        """Return the pin as it stands then.

        Raises:
            NotAPartner: the person takes part in no program.
            NotAllowed: the person is no admin of the partner.
            PinningOff: the program has no pinning.
            PinnerNotActive: the partner is suspended or has left.
            BadPinnedAccount: the text is no account id.
            TooManyPins: enough for today; the facts say until when.
        """
        async with self._around.open_work() as work:
            enrolment, terms = await self._allowed(work, caller)
            account_id = read_account(text, terms)
            pin = await self._standing(work, enrolment, account_id)
            if pin is None:
                facts = new_facts(self._around)
                named = await work.pins.named_since(enrolment.id, facts.now - DAY)
                check_often(named, limit=terms.per_day, refusal=TooManyPins)
                pin = await self._pin(facts, work, caller, enrolment, account_id)
                await save_facts(facts, work)
                await self._audit(work, caller, pin)
            place = await own_place(work, caller)
            view = (await work.pins.views([pin]))[0]
            await work.commit()
        return seen_by(view, hides=place.hides_clients(mask_clients=self._around.mask_clients))

    async def _allowed(self, work: Work, caller: Caller) -> tuple[Enrolment, Pinning]:
        enrolment = (await own_place(work, caller)).enrolment
        terms = self._around.programs[enrolment.program].pinning
        if terms is None:
            raise PinningOff
        if enrolment.status is not EnrolmentStatus.ACTIVE:
            raise PinnerNotActive(status=enrolment.status.value)
        return enrolment, terms

    async def _standing(self, work: Work, enrolment: Enrolment, account_id: str) -> Pin | None:
        """Return what the partner has of this account, so that nothing is asked twice."""
        own = [
            pin
            for pin in await work.pins.of_account(account_id)
            if pin.enrolment_id == enrolment.id
        ]
        standing = next((pin for pin in own if pin.status in STANDING), None)
        said_no = [pin for pin in own[-1:] if pin.reason is PinReason.DECLINED]
        return standing or next(iter(said_no), None)

    async def _pin(
        self, facts: Facts, work: Work, caller: Caller, enrolment: Enrolment, account_id: str
    ) -> Pin:
        client = await load_account(facts, work, account_id, [enrolment.id])
        status, reason = decide_pin(await _picture(facts, work, enrolment, account_id, client))
        pin = Pin(
            id=facts.new_id(),
            enrolment_id=enrolment.id,
            program=enrolment.program,
            account_id=account_id,
            client_id=client.id if client else None,
            status=status,
            reason=reason,
            created_by=caller.person.id,
            created_at=facts.now,
        )
        if status is PinStatus.ACTIVE:
            pin = _pinned(facts, pin, client)
            params: dict[str, object] = {"account": account_id, "pin_id": pin.id}
            facts.tell_admins(enrolment.id, "pin_made", params, but=caller.person.id)
        elif status is PinStatus.WAITING and client is not None:
            pin = await self._ask(facts, work, pin, client)
        else:
            facts.pins.add(pin.id, pin)
        return pin

    async def _ask(self, facts: Facts, work: Work, pin: Pin, client: Client) -> Pin:
        """Ask the client itself; the vendor is told, so that it can pass the request on."""
        program = facts.programs[pin.program]
        days = (program.pinning or Pinning()).confirm_days
        pin = replace(pin, proof=proof_for(client), expires_at=facts.now + timedelta(days=days))
        facts.pins.add(pin.id, pin)
        name = await work.claims.partner_of(pin.enrolment_id)
        partner_name = name[1] if name else ""
        if client.telegram_id is not None:
            params: dict[str, object] = {"program": pin.program, "partner": partner_name}
            params |= {"account": pin.account_id, "pin_id": pin.id}
            facts.tell_person(client.telegram_id, "pin_asked", params)
        tell_vendor(
            facts,
            "client.pin_requested",
            pin,
            partner_name=partner_name,
            start=link_of(pin.id, work.pins.key_of(pin.id)),
            expires_at=text_of(pin.expires_at) if pin.expires_at else None,
        )
        return pin

    async def _audit(self, work: Work, caller: Caller, pin: Pin) -> None:
        await work.audit.add(
            at=self._around.clock(),
            actor=caller.person.id,
            role="partner",
            action="client_named",
            subject=f"pin:{pin.id}",
            details={"status": pin.status.value, "reason": pin.reason and pin.reason.value},
        )


async def _picture(
    facts: Facts, work: Work, enrolment: Enrolment, account_id: str, client: Client | None
) -> PinPicture:
    ids = await work.clients.ids_of(client.id) if client else []
    has_paid = client is not None and bool(facts.payments_of(client.id))
    return PinPicture(
        asker=enrolment.id,
        is_self=is_self(account_id, client, facts.identities[enrolment.id]),
        pinned_by=pinned_by(facts),
        is_known=is_known(client, facts.pins.values(), has_paid=has_paid, ids=ids),
    )


def _pinned(facts: Facts, pin: Pin, client: Client | None) -> Pin:
    """Pin an account that nobody but a partner has spoken of."""
    if client is None:
        return pin_new(facts, pin)
    facts.pins.add(pin.id, pin)
    attachment = Attachment(to=pin.enrolment_id, actor=pin.created_by, reason_code="pinned")
    return pin_client(facts, pin, client, attachment)
