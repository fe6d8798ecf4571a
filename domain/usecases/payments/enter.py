"""The home of payments and refunds that staff enter by hand, and of undoing them."""

import json
from datetime import timedelta

from domain.access import require_staff
from domain.entities.entry import Entered
from domain.entities.payment import RefundKind
from domain.entities.people import Caller
from domain.errors import DomainError, NotFound
from domain.ids import text_from
from domain.intake.entering import ENTRY, Entry, EntryRefused
from domain.money import Money, parse_money
from domain.period import text_of
from domain.ports.work import Work

__all__ = ["UNDO_MINUTES", "EnterPayment", "EnterRefund", "EntryRefused", "UndoEntry"]

UNDO_MINUTES = 15


class UndoTooLate(DomainError):
    """The time for taking an entry back has passed."""

    code = "undo_too_late"


class EnterPayment(Entry):
    """Record a payment by hand: it earns exactly as one that billing reports.

    - Owner and finance may, in the admin chat; it takes effect at once and can be undone.
    - The same message delivered twice is the same payment.
    - Nobody enters a payment by which a partner one belongs to would earn.
    """

    async def __call__(
        self,
        caller: Caller,
        *,
        client_id: str,
        amount: str,
        currency: str,
        request: str,
        exchange_rate: str = "",
    ) -> Entered:
        """Return what the payment earned.

        Args:
            caller: Who enters it.
            client_id: Any id the client is known by.
            amount: Digits, in units of the currency.
            currency: Three letters.
            request: Names the message, so that it counts once.
            exchange_rate: Program units per unit of the currency, or "" for the same one (R12).

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
            if exchange_rate:
                data["exchange_rate"] = exchange_rate
            facts, answer = await self.apply(work, "payment.succeeded", entry_id, data)
            await self.check_not_own(work, facts, caller, entry_id)
            action = ("payment_entered", entry_id)
            await self.audit(work, caller, role.value, action, answer)
            entered = await self.entered(work, role, entry_id, answer, money)
            await work.commit()
        return entered


class EnterRefund(Entry):
    """Record a refund by hand: commissions are taken back as by billing's own report (R13).

    It may be a refund, a chargeback, or a chargeback that was won back.
    """

    async def __call__(
        self,
        caller: Caller,
        *,
        payment_id: str,
        amount: str,
        request: str,
        kind: RefundKind = RefundKind.REFUND,
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
            data: dict[str, object] = {
                "refund_id": entry_id,
                "payment_id": payment_id,
                "amount": amount,
                "refunded_at": text_of(standing.at if standing else self._around.clock()),
                "kind": kind.value,
            }
            facts, answer = await self.apply(work, "payment.refunded", entry_id, data)
            await self.check_not_own(work, facts, caller, payment_id)
            action = ("refund_entered", payment_id)
            await self.audit(work, caller, role.value, action, answer)
            entered = await self.entered(work, role, payment_id, answer, money)
            await work.commit()
        return entered


class UndoEntry(Entry):
    """Take an entry of staff back by an opposite one, within a quarter of an hour.

    - A payment is refunded with what is left of it; a refund or chargeback is given back, and one
      that was won back is taken again.
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
            facts, answer = await self.apply(work, "payment.refunded", undo_id, data)
            payment_id = str(data["payment_id"])
            await self.check_not_own(work, facts, caller, payment_id)
            action = ("entry_undone", payment_id)
            await self.audit(work, caller, role.value, action, answer)
            payment = (await work.payments.by_payment_ids([payment_id]))[0]
            money = parse_money(str(data["amount"]), payment.currency)
            entered = await self.entered(work, role, payment_id, answer, money)
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
            "kind": (
                RefundKind.REFUND if is_payment else _OPPOSITES[RefundKind(str(data["kind"]))]
            ).value,
        }


_OPPOSITES = {
    RefundKind.REFUND: RefundKind.REFUND_UNDONE,
    RefundKind.CHARGEBACK: RefundKind.CHARGEBACK_WON,
    RefundKind.CHARGEBACK_WON: RefundKind.CHARGEBACK,
}
