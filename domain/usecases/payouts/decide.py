"""The home of deciding a pay-out in the admin chat: approve, done, reject, returned."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from domain.access import require_staff
from domain.entities.payout import REJECT_REASONS, Payout, PayoutStatus, Spending
from domain.entities.people import Caller
from domain.entities.views import PayoutView
from domain.errors import NotFound
from domain.intake.facts import Facts
from domain.intake.holds import new_facts
from domain.intake.paying import bring_back as bring_money_back
from domain.intake.paying import load_payout, release
from domain.intake.paying import settle as settle_money
from domain.intake.save import save_facts
from domain.intake.telling import tell_payout
from domain.money import Money, decimals_of
from domain.ports.work import Work
from domain.rules.payouts import (
    OwnPayout,
    PayoutAlreadyDecided,
    approve,
    bring_back,
    reject,
    settle,
)
from domain.surroundings import Surroundings


class PayoutMove(StrEnum):
    """What staff press on a card."""

    APPROVE = "approve"
    SETTLE = "settle"
    REJECT = "reject"
    BRING_BACK = "bring_back"


@dataclass(frozen=True, slots=True, kw_only=True)
class PayoutDecision:
    """One press.

    Attributes:
        payout_id: The pay-out.
        move: What was pressed.
        reason_code: Of a rejection: one of ``REJECT_REASONS``.
        reason_text: Of a rejection: the words of staff; may be empty.
    """

    payout_id: int
    move: PayoutMove
    reason_code: str = "other"
    reason_text: str = ""


_RIGHTS = {
    PayoutMove.APPROVE: "payout.approve",
    PayoutMove.SETTLE: "payout.settle",
    PayoutMove.REJECT: "payout.reject",
    PayoutMove.BRING_BACK: "payout.settle",
}
_MONEY: dict[PayoutMove, Callable[[Facts, Payout, Spending], None]] = {
    PayoutMove.SETTLE: settle_money,
    PayoutMove.REJECT: release,
    PayoutMove.BRING_BACK: bring_money_back,
}
_TELLS = {
    PayoutMove.SETTLE: "payout_done",
    PayoutMove.REJECT: "payout_rejected",
    PayoutMove.BRING_BACK: "payout_returned",
}

_WEBHOOKS = {
    PayoutMove.SETTLE: "payout.done",
    PayoutMove.REJECT: "payout.rejected",
    PayoutMove.BRING_BACK: "payout.returned",
}


class DecidePayout:
    """Carry out what staff press on a pay-out's card (R18).

    - Rights are read with the effect; nobody decides about a partner one belongs to, nor about
      what one asked for.
    - Done on a request approves and settles at once; above the configured sum one person approves
      and another presses Done.
    - The second of two presses is told who was first.
    - The partner's admins are told of what ends the request; every decision is audited.
    """

    def __init__(self, around: Surroundings) -> None:
        """Work in these surroundings."""
        self._around = around

    async def __call__(self, caller: Caller, decision: PayoutDecision) -> PayoutView:
        """Return the pay-out after the press.

        Raises:
            NotAllowed: the caller may not do this here.
            NotFound: there is no such pay-out.
            OwnPayout: the caller belongs to the partner or asked for the money.
            PayoutAlreadyDecided: somebody was faster.
            SecondPersonNeeded: another person must press Done.
        """
        async with self._around.open_work() as work:
            role = await require_staff(work, caller, _RIGHTS[decision.move], self._around.owners)
            payout = await work.payouts.get(decision.payout_id, enrolment_ids=None)
            if payout is None:
                raise NotFound(payout=decision.payout_id)
            facts = new_facts(self._around)
            spent = await load_payout(facts, work, payout)
            await self._check_not_own(facts, work, caller, payout)
            try:
                decided = self._decide(facts, caller, payout, decision)
            except PayoutAlreadyDecided as refusal:
                raise await _named(work, payout, refusal) from None
            await work.payouts.update(decided)
            self._move_money(facts, decided, decision.move, spent)
            await save_facts(facts, work)
            await work.audit.add(
                at=facts.now,
                actor=caller.person.id,
                role=role.value,
                action=f"payout_{decision.move.value}",
                subject=f"payout:{payout.id}",
                details={"from": payout.status.value, "to": decided.status.value},
            )
            view = await work.reports.payout(payout.id)
            await work.commit()
        if view is None:
            raise NotFound(payout=decision.payout_id)
        return view

    async def _check_not_own(
        self, facts: Facts, work: Work, caller: Caller, payout: Payout
    ) -> None:
        partner_id = facts.enrolments[payout.enrolment_id].partner_id
        is_member = await work.partners.role_of(caller.person.id, partner_id) is not None
        if is_member or payout.requested_by == caller.person.id:
            raise OwnPayout

    def _decide(
        self, facts: Facts, caller: Caller, payout: Payout, decision: PayoutDecision
    ) -> Payout:
        by, at = caller.person.id, facts.now
        match decision.move:
            case PayoutMove.APPROVE:
                return approve(payout, by=by)
            case PayoutMove.SETTLE:
                limit = self._limit(payout.amount.currency)
                return settle(payout, by=by, at=at, second_person_above=limit)
            case PayoutMove.REJECT:
                code = decision.reason_code
                reason = code if code in REJECT_REASONS else "other"
                return reject(payout, by=by, at=at, reason=reason, text=decision.reason_text)
            case PayoutMove.BRING_BACK:
                return bring_back(payout, by=by, at=at)

    def _limit(self, currency: str) -> Money | None:
        limit = self._around.second_person_above
        if limit is None:
            return None
        return Money(int(limit.scaleb(decimals_of(currency))), currency)

    def _move_money(self, facts: Facts, payout: Payout, move: PayoutMove, spent: Spending) -> None:
        if payout.status is not PayoutStatus.APPROVED:
            _MONEY[move](facts, payout, spent)
            facts.tell_admins(
                payout.enrolment_id,
                _TELLS[move],
                {
                    "payout_id": payout.id,
                    "minor": payout.amount.minor,
                    "currency": payout.amount.currency,
                    "reason_code": payout.reason_code,
                    "reason_text": payout.reason_text,
                    "payable_minor": facts.payable(payout.enrolment_id),
                },
            )
            tell_payout(facts, _WEBHOOKS[move], payout, spent)
        facts.tell_staff("payout_changed", {"payout_id": payout.id})


async def _named(
    work: Work, payout: Payout, refusal: PayoutAlreadyDecided
) -> PayoutAlreadyDecided:
    """Return the refusal with the name of who was faster."""
    person = await work.people.get(payout.settled_by or payout.approved_by or 0)
    return PayoutAlreadyDecided(**refusal.facts, by_name=person.name if person else None)
