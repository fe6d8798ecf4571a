"""The home of payments and refunds that staff enter by hand, and of undoing them."""

import json
from dataclasses import dataclass
from datetime import timedelta

from domain.access import require_staff
from domain.entities.event import EventStatus
from domain.entities.payment import EarnedNothing, RefundKind
from domain.entities.people import Caller
from domain.errors import DomainError, NotFound
from domain.events.fields import MalformedEvent
from domain.events.read import read_event
from domain.ids import text_from
from domain.intake.apply import Answer, Incoming, apply_batch
from domain.intake.facts import Facts
from domain.intake.holds import new_facts
from domain.intake.json_text import canonical
from domain.intake.load import load_facts
from domain.intake.save import save_facts
from domain.money import Money, parse_money
from domain.period import text_of
from domain.ports.work import Work
from domain.rights import StaffRole, may
from domain.rules.masking import mask_name
from domain.rules.payouts import OwnPayout
from domain.surroundings import Surroundings

UNDO_MINUTES = 15
ENTRY = "staff-"
"""What the id of an entry begins with; that of an undo does not."""


class EntryRefused(DomainError):
    """What was entered cannot take effect; ``problem`` is the code of why."""

    code = "entry_refused"


class UndoTooLate(DomainError):
    """The time for taking an entry back has passed."""

    code = "undo_too_late"


@dataclass(frozen=True, slots=True, kw_only=True)
class Entered:
    """What an entry did.

    Attributes:
        payment_id: The payment it is about.
        entry_id: Names the entry for undoing it.
        client_name: Hostile text.
        amount: As entered.
        commission_minor: Earned (or, for a refund, left) by the payment.
        commission_currency: Of the program; ``None`` where there is no commission.
        reason: Why nothing is earned, or ``None``.
        is_repeat: The same press came again; nothing new happened.
    """

    payment_id: str
    entry_id: str
    client_name: str
    amount: Money
    commission_minor: int
    commission_currency: str | None
    reason: EarnedNothing | None
    is_repeat: bool


class _Entry:
    """What the three entries share: rights, one event through the intake, audit, commit."""

    def __init__(self, around: Surroundings) -> None:
        self._around = around

    async def _apply(
        self, work: Work, kind: str, event_id: str, data: dict[str, object]
    ) -> tuple[Facts, Answer]:
        """Run one event of staff through the intake, as if billing had sent it.

        Raises:
            EntryRefused: it would wait or be rejected; nothing is kept then.
        """
        try:
            event = read_event(kind, data, now=self._around.clock())
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

    async def _check_not_own(
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

    async def _audit(
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

    async def _entered(
        self, work: Work, role: StaffRole, payment_id: str, answer: Answer, amount: Money
    ) -> Entered:
        payment = (await work.payments.by_payment_ids([payment_id]))[0]
        commissions = await work.payments.commissions_of([payment.id])
        client = (await work.clients.by_ids([payment.client_id]))[0]
        is_full = may(role, "client.read_unmasked")
        return Entered(
            payment_id=payment_id,
            entry_id=answer.id,
            client_name=client.name if is_full else mask_name(client.name),
            amount=amount,
            commission_minor=sum(c.minor - c.clawed_back for c in commissions),
            commission_currency=commissions[0].currency if commissions else None,
            reason=payment.reason,
            is_repeat=_is_repeat(answer),
        )


def _is_repeat(answer: Answer) -> bool:
    return answer.status == "duplicate"


class EnterPayment(_Entry):
    """Record a payment by hand: it earns exactly as one that billing reports.

    - Owner and finance may, in the admin chat; it takes effect at once and can be undone.
    - The same message delivered twice is the same payment.
    - Nobody enters a payment by which a partner one belongs to would earn.
    """

    async def __call__(
        self, caller: Caller, *, client_id: str, amount: str, currency: str, request: str
    ) -> Entered:
        """Return what the payment earned.

        Raises:
            NotAllowed: the caller may not do this here.
            NotFound: no client has this id.
            OwnPayout: the caller belongs to the partner that would earn by it.
            EntryRefused: the intake would not apply it; the fact says why.
            UnknownCurrency: the currency does not exist.
            BadAmount: the amount cannot be one.
        """
        currency = currency.upper()
        money = parse_money(amount, currency)
        entry_id = f"{ENTRY}{text_from('pay', request)}"
        async with self._around.open_work() as work:
            role = await require_staff(work, caller, "payment.enter", self._around.owners)
            if not await work.clients.ids([client_id]):
                raise NotFound(client=client_id)
            standing = await work.reports.event(entry_id)
            paid_at = standing.at if standing else self._around.clock()
            data: dict[str, object] = {
                "payment_id": entry_id,
                "client_id": client_id,
                "amount": amount,
                "currency": currency,
                "paid_at": text_of(paid_at),
            }
            facts, answer = await self._apply(work, "payment.succeeded", entry_id, data)
            await self._check_not_own(work, facts, caller, entry_id)
            action = ("payment_entered", entry_id)
            await self._audit(work, caller, role.value, action, answer)
            entered = await self._entered(work, role, entry_id, answer, money)
            await work.commit()
        return entered


class EnterRefund(_Entry):
    """Record a refund by hand: commissions are taken back as by billing's own report (R13)."""

    async def __call__(
        self, caller: Caller, *, payment_id: str, amount: str, request: str
    ) -> Entered:
        """Return what the payment still earns.

        Raises:
            NotAllowed: the caller may not do this here.
            NotFound: no payment has this id.
            OwnPayout: the caller belongs to the partner that earned by it.
            EntryRefused: it is more than is left, or the intake would not apply it.
        """
        entry_id = f"{ENTRY}{text_from('refund', request)}"
        async with self._around.open_work() as work:
            role = await require_staff(work, caller, "payment.refund", self._around.owners)
            found = await work.payments.by_payment_ids([payment_id])
            if not found:
                raise NotFound(payment=payment_id)
            money = parse_money(amount, found[0].currency)
            standing = await work.reports.event(entry_id)
            # Entered as a chargeback: the kind of refund that can be given back, which Undo does.
            data: dict[str, object] = {
                "refund_id": entry_id,
                "payment_id": payment_id,
                "amount": amount,
                "refunded_at": text_of(standing.at if standing else self._around.clock()),
                "kind": RefundKind.CHARGEBACK.value,
            }
            facts, answer = await self._apply(work, "payment.refunded", entry_id, data)
            await self._check_not_own(work, facts, caller, payment_id)
            action = ("refund_entered", payment_id)
            await self._audit(work, caller, role.value, action, answer)
            entered = await self._entered(work, role, payment_id, answer, money)
            await work.commit()
        return entered


class UndoEntry(_Entry):
    """Take an entry of staff back by an opposite one, within a quarter of an hour.

    - A payment is refunded with what is left of it; a refund is given back.
    - Undoing twice does nothing more, and an undo cannot be undone.
    """

    async def __call__(self, caller: Caller, entry_id: str) -> Entered:
        """Return what the payment earns now.

        Raises:
            NotAllowed: the caller may not do this here.
            NotFound: there is no such entry of staff.
            OwnPayout: the caller belongs to the partner that it concerns.
            UndoTooLate: the time has passed.
            EntryRefused: it cannot be taken back any more.
        """
        async with self._around.open_work() as work:
            role = await require_staff(work, caller, "payment.enter", self._around.owners)
            entry = await work.reports.event(entry_id)
            is_entry = entry_id.startswith(ENTRY)
            if entry is None or entry.source != "staff" or not is_entry:
                raise NotFound(entry=entry_id)
            if self._around.clock() > entry.received_at + timedelta(minutes=UNDO_MINUTES):
                raise UndoTooLate(minutes=UNDO_MINUTES)
            undo_id = f"undo-{entry_id}"
            standing = await work.reports.event(undo_id)
            data: dict[str, object] = json.loads(standing.data if standing else entry.data)
            if standing is None:
                data = await self._opposite(work, entry.kind, data, undo_id)
            facts, answer = await self._apply(work, "payment.refunded", undo_id, data)
            payment_id = str(data["payment_id"])
            await self._check_not_own(work, facts, caller, payment_id)
            action = ("entry_undone", payment_id)
            await self._audit(work, caller, role.value, action, answer)
            payment = (await work.payments.by_payment_ids([payment_id]))[0]
            money = parse_money(str(data["amount"]), payment.currency)
            entered = await self._entered(work, role, payment_id, answer, money)
            await work.commit()
        return entered

    async def _opposite(
        self, work: Work, kind: str, data: dict[str, object], undo_id: str
    ) -> dict[str, object]:
        payment_id = str(data["payment_id"])
        payment = (await work.payments.by_payment_ids([payment_id]))[0]
        is_payment = kind == "payment.succeeded"
        left = Money(payment.minor - payment.refunded, payment.currency)
        if is_payment and left.minor == 0:
            raise EntryRefused(problem="nothing_left")
        return {
            "refund_id": undo_id,
            "payment_id": payment_id,
            "amount": str(left) if is_payment else data["amount"],
            "refunded_at": text_of(self._around.clock()),
            "kind": (RefundKind.REFUND if is_payment else RefundKind.CHARGEBACK_WON).value,
        }
