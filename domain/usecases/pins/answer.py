"""The home of the client's own answer: does this partner look after it? (R23)."""

import hmac
from dataclasses import dataclass, replace

from domain.entities.client import Client
from domain.entities.partner import EnrolmentStatus
from domain.entities.people import Caller
from domain.entities.pin import Pin, PinReason
from domain.ids import decode
from domain.intake.attaching import Attachment
from domain.intake.facts import Facts
from domain.intake.holds import new_facts
from domain.intake.load_partners import load_client
from domain.intake.pinning import (
    leave_unconfirmed,
    load_partners,
    pin_client,
    pinned_by,
    refuse,
    tell_partner,
)
from domain.intake.save import save_facts
from domain.ports.work import Work
from domain.rules.pinning import PinNotYours, PinVoid, is_open, is_self, may_answer
from domain.surroundings import Surroundings

SILENT_BATCH = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class PinRequest:
    """What a client is asked.

    Attributes:
        pin: What is asked about.
        partner_name: Who asks; hostile text.
        key: The secret end of the link by which it came; "" from a notice.
        needs_phone: The client shows its own number before its answer counts.
    """

    pin: Pin
    partner_name: str
    key: str
    needs_phone: bool


class OpenPinRequest:
    """Show who opened the link of a request what it means; nothing changes by looking."""

    def __init__(self, around: Surroundings) -> None:
        """Work in these surroundings."""
        self._around = around

    async def __call__(self, caller: Caller, token: str) -> PinRequest:
        """Return the request.

        Raises:
            PinVoid: unknown, answered, or its time has passed.
            PinNotYours: the person is known to be somebody else.
        """
        number, _, key = token.partition("_")
        async with self._around.open_work.read() as work:
            pin = await work.pins.get(decode(number) or 0)
            is_good = hmac.compare_digest(
                key.encode(), work.pins.key_of(pin.id if pin else 0).encode()
            )
            if pin is None or not is_good or not is_open(pin, self._around.clock()):
                raise PinVoid
            client = (await work.clients.by_ids([pin.client_id or 0]))[0]
            name = await work.claims.partner_of(pin.enrolment_id)
        needs_phone = client.telegram_id is None and client.phone is not None
        shown = client.phone if needs_phone else None
        if not may_answer(pin, client, person_id=caller.person.id, has_key=True, phone=shown):
            raise PinNotYours
        return PinRequest(
            pin=pin, partner_name=name[1] if name else "", key=key, needs_phone=needs_phone
        )


class AnswerPinRequest:
    """Take the client's own answer, once.

    - Only the client answers: by its Telegram account, by its own number, or by a link that the
      vendor alone has handed on; a member of the partner never does.
    - Yes: the client is the partner's from now on and protected; who had it is told.
    - No: the partner may still earn where the program says so and nobody else has the client.
    """

    def __init__(self, around: Surroundings) -> None:
        """Work in these surroundings."""
        self._around = around

    async def needs_phone(self, pin_id: int) -> bool:
        """Test if the person has to show its number before it answers.

        Raises:
            PinVoid: unknown, answered, or its time has passed.
        """
        async with self._around.open_work.read() as work:
            pin = await work.pins.get(pin_id)
            if pin is None or not is_open(pin, self._around.clock()):
                raise PinVoid
            client = (await work.clients.by_ids([pin.client_id or 0]))[0]
        return client.telegram_id is None and client.phone is not None

    async def __call__(
        self,
        caller: Caller,
        pin_id: int,
        *,
        is_confirmed: bool,
        key: str = "",
        phone: str | None = None,
    ) -> Pin:
        """Return the pin after the answer.

        Raises:
            PinVoid: unknown, answered, expired, or the partner takes part no more.
            PinNotYours: the person is not known to be the client.
        """
        async with self._around.open_work() as work:
            facts = new_facts(self._around)
            pin = await work.pins.get(pin_id)
            if pin is None or not is_open(pin, facts.now):
                raise PinVoid
            client = await load_client(facts, work, pin.client_id or 0)
            has_key = hmac.compare_digest(key.encode(), work.pins.key_of(pin.id).encode())
            if not may_answer(
                pin, client, person_id=caller.person.id, has_key=has_key, phone=phone
            ):
                raise PinNotYours
            await load_partners(facts, work)
            if caller.person.id in facts.identities[pin.enrolment_id].telegram_ids:
                raise PinNotYours
            client = await _tie(facts, work, client, caller.person.id)
            pin = replace(pin, answered_at=facts.now)
            after = _answer(facts, pin, client, caller.person.id, is_confirmed=is_confirmed)
            await save_facts(facts, work)
            await work.audit.add(
                at=facts.now,
                actor=caller.person.id,
                role="client",
                action="client_pin_answered",
                subject=f"pin:{pin.id}",
                details={"is_confirmed": is_confirmed, "status": after.status.value},
            )
            await work.commit()
        return after


def _answer(facts: Facts, pin: Pin, client: Client, person_id: int, *, is_confirmed: bool) -> Pin:
    enrolment = facts.enrolments[pin.enrolment_id]
    if enrolment.status is not EnrolmentStatus.ACTIVE or pin.program not in facts.programs:
        raise PinVoid
    if not is_confirmed:
        return leave_unconfirmed(facts, pin, client, PinReason.DECLINED)
    if is_self(pin.account_id, client, facts.identities[enrolment.id]):
        return refuse(facts, pin, PinReason.SELF_REFERRAL)
    if pinned_by(facts) not in (None, enrolment.id):
        return refuse(facts, pin, PinReason.OTHERS)
    attachment = Attachment(to=enrolment.id, actor=person_id, reason_code="client_word")
    after = pin_client(facts, pin, client, attachment)
    tell_partner(facts, after)
    return after


async def _tie(facts: Facts, work: Work, client: Client, person_id: int) -> Client:
    """Tie the client to the person that showed to be it, so that it can end the protection."""
    if client.telegram_id is not None or await work.clients.by_telegram_ids([person_id]):
        return client
    tied = replace(client, telegram_id=person_id)
    facts.clients.put(client.id, tied)
    return tied


class TakeSilence:
    """Take the silence of clients whose time has passed for an answer, as the program says."""

    def __init__(self, around: Surroundings) -> None:
        """Work in these surroundings."""
        self._around = around

    async def __call__(self) -> int:
        """Return how many requests ended."""
        async with self._around.open_work.read() as work:
            due = await work.pins.silent(self._around.clock(), limit=1)
        if not due:
            return 0
        async with self._around.open_work() as work:
            ended = 0
            for pin in await work.pins.silent(self._around.clock(), limit=SILENT_BATCH):
                await self._end(work, pin)
                ended += 1
            await work.commit()
        return ended

    async def _end(self, work: Work, pin: Pin) -> None:
        facts = new_facts(self._around)
        client = await load_client(facts, work, pin.client_id or 0)
        await load_partners(facts, work)
        enrolment = facts.enrolments[pin.enrolment_id]
        is_out = enrolment.status is not EnrolmentStatus.ACTIVE or (
            pin.program not in self._around.programs
        )
        if is_out or pinned_by(facts) not in (None, enrolment.id):
            refuse(facts, pin, PinReason.LEFT if is_out else PinReason.OTHERS)
        else:
            leave_unconfirmed(facts, pin, client, PinReason.SILENCE)
        await save_facts(facts, work)
