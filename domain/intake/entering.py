"""The home of what staff enter by hand: an event through the intake, as if billing sent it."""

from dataclasses import replace

from domain.entities.entry import Entered
from domain.entities.event import EventStatus
from domain.entities.payment import RefundKind
from domain.entities.people import Caller
from domain.errors import DomainError
from domain.events.fields import MalformedEvent
from domain.events.read import read_event
from domain.events.types import Event, PaymentRefunded
from domain.intake.apply import Answer, Incoming, apply_batch
from domain.intake.facts import Facts
from domain.intake.holds import new_facts
from domain.intake.json_text import canonical
from domain.intake.load import load_facts
from domain.intake.save import save_facts
from domain.money import Money
from domain.ports.work import Work
from domain.rights import StaffRole, may
from domain.rules.masking import mask_name
from domain.rules.payouts import OwnPayout
from domain.surroundings import Surroundings

ENTRY = "staff-"
"""What the id of an entry begins with; that of an undo does not."""


class EntryRefused(DomainError):
    """What was entered cannot take effect; ``problem`` is the code of why."""

    code = "entry_refused"


class Entry:
    """What the three entries share: rights, one event through the intake, audit, commit."""

    def __init__(self, around: Surroundings) -> None:
        """Work in these surroundings."""
        self._around = around

    async def apply(
        self, work: Work, kind: str, event_id: str, data: dict[str, object]
    ) -> tuple[Facts, Answer]:
        """Run one event of staff through the intake, as if billing had sent it.

        Raises:
            EntryRefused: it would wait or be rejected; nothing is kept then.
        """
        try:
            event = self._read(kind, data)
        except MalformedEvent as refusal:
            raise EntryRefused(problem=refusal.problems[0].field) from None
        incoming = Incoming(
            id=event_id, kind=kind, data=canonical(data), event=event, source="staff"
        )
        facts = new_facts(self._around)
        await load_facts(facts, work, [incoming], self._around.tokens)
        answer = apply_batch(facts, [incoming], self._around.tokens)[0]
        if answer.status not in (EventStatus.APPLIED.value, "duplicate"):
            raise EntryRefused(problem=answer.error.code if answer.error else answer.status)
        if answer.status == EventStatus.APPLIED.value:
            await save_facts(facts, work)
        return facts, answer

    def _read(self, kind: str, data: dict[str, object]) -> Event:
        """Read an entry as billing's report is read; only staff may undo a refund."""
        undoes = data.get("kind") == RefundKind.REFUND_UNDONE.value
        said = data | {"kind": RefundKind.REFUND.value} if undoes else data
        event = read_event(kind, said, now=self._around.clock())
        if undoes and isinstance(event, PaymentRefunded):
            return replace(event, kind=RefundKind.REFUND_UNDONE)
        return event

    async def check_not_own(
        self, work: Work, facts: Facts, caller: Caller, payment_id: str
    ) -> None:
        """Refuse what concerns a partner that the caller belongs to.

        Raises:
            OwnPayout: the caller is one of its members.
        """
        payment = facts.payments.get(payment_id)
        enrolment = facts.enrolments.get(payment.enrolment_id or 0) if payment else None
        if enrolment is None:
            return
        if await work.partners.role_of(caller.person.id, enrolment.partner_id) is not None:
            raise OwnPayout

    async def audit(
        self, work: Work, caller: Caller, role: str, action: tuple[str, str], answer: Answer
    ) -> None:
        """Write down an action on a payment; a repeated press is no second one."""
        if _is_repeat(answer):
            return
        await work.audit.add(
            at=self._around.clock(),
            actor=caller.person.id,
            role=role,
            action=action[0],
            subject=f"payment:{action[1]}",
            details={},
        )

    async def entered(
        self, work: Work, role: StaffRole, payment_id: str, answer: Answer, amount: Money
    ) -> Entered:
        """Return what the entry did; not every role sees the client's name in full."""
        payment = (await work.payments.by_payment_ids([payment_id]))[0]
        commissions = await work.payments.commissions_of([payment.id])
        client = (await work.clients.by_ids([payment.client_id]))[0]
        is_full = may(role, "client.read_unmasked")
        enrolments = await work.enrolments.by_ids([payment.enrolment_id or 0])
        partner = await work.partners.get(enrolments[0].partner_id) if enrolments else None
        return Entered(
            payment_id=payment_id,
            entry_id=answer.id,
            client_name=client.name if is_full else mask_name(client.name),
            amount=amount,
            commission_minor=sum(c.minor - c.clawed_back for c in commissions),
            commission_currency=commissions[0].currency if commissions else None,
            reason=payment.reason,
            partner_name=partner.name if partner else None,
            partner_code=enrolments[0].code if enrolments else None,
            is_repeat=_is_repeat(answer),
        )


def _is_repeat(answer: Answer) -> bool:
    return answer.status == "duplicate"
