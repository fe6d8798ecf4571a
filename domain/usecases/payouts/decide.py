"""The home of deciding a pay-out in the admin chat: approve, done, reject, reopen, returned."""

from dataclasses import dataclass
from datetime import date

from domain.access import require_staff
from domain.entities.payout import (
    IN_PROGRESS,
    MOVE_RIGHTS,
    REJECT_REASONS,
    RETURN_REASONS,
    Payout,
    PayoutMove,
    Spending,
)
from domain.entities.people import Caller
from domain.entities.views import PayoutView
from domain.errors import NotFound
from domain.intake import paying
from domain.intake.facts import Facts
from domain.intake.holds import new_facts, release_in
from domain.intake.paying import load_payout
from domain.intake.save import save_facts
from domain.intake.telling import tell_payout
from domain.money import Money
from domain.ports.work import Work
from domain.rules.paid_days import check_day, first_day, sent_at
from domain.rules.payout_documents import check_signed
from domain.rules.payouts import (
    OwnPayout,
    PayoutAlreadyDecided,
    PayoutNotReopened,
    approve,
    as_staff_see,
    bring_back,
    check_hold,
    check_partner,
    reject,
    reopen,
    second_person_limit,
    settle,
)
from domain.rules.standing import check_not_suspended
from domain.surroundings import Surroundings


@dataclass(frozen=True, slots=True, kw_only=True)
class PayoutDecision:
    """One press.

    Attributes:
        payout_id: The pay-out.
        move: What was pressed.
        reason_code: Of a rejection or return: one of ``REJECT_REASONS`` or ``RETURN_REASONS``.
        reason_text: Of the same: the words of staff; may be empty.
        paid_on: Of Done: the bank's date, ``None`` for today.
    """

    payout_id: int
    move: PayoutMove
    reason_code: str = "other"
    reason_text: str = ""
    paid_on: date | None = None


_TELLS = {
    PayoutMove.SETTLE: "payout_done",
    PayoutMove.REJECT: "payout_rejected",
    PayoutMove.REOPEN: "payout_reopened",
    PayoutMove.BRING_BACK: "payout_returned",
}
_WEBHOOKS = {
    PayoutMove.SETTLE: "payout.done",
    PayoutMove.REJECT: "payout.rejected",
    PayoutMove.REOPEN: "payout.reopened",
    PayoutMove.BRING_BACK: "payout.returned",
}
REASON_LENGTH_MAX = 1000


class DecidePayout:
    """Carry out what staff press on a pay-out's card (R18).

    - Rights are read with the effect; nobody decides about a partner one belongs to, nor about
      what one asked for.
    - Done on a request approves and settles at once, today or on a day since the request; above
      the configured sum one person approves and another presses Done.
    - Done waits for the signed copy where the program wants one.
    - A rejection can be taken back for a quarter of an hour, unless the partner has asked anew or
      the money is gone.
    - The second of two presses is told who was first.
    - The partner's admins are told of what ends or reopens the request; each decision is audited.
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
            SignedCopyMissing: the program wants a signed copy, and none was accepted (R22).
            BadPaidDay: no money can have been sent on that day.
            PayoutNotReopened: a rejection cannot be taken back any more.
            PayoutOfSuspended: the partner is suspended, so it is not paid.
            PayoutOnHold: a fraud hold stops the partner's pay-outs.
        """
        async with self._around.open_work() as work:
            role = await require_staff(
                work, caller, MOVE_RIGHTS[decision.move], self._around.owners
            )
            payout = await work.payouts.get(decision.payout_id, enrolment_ids=None)
            if payout is None:
                raise NotFound(payout=decision.payout_id)
            if decision.move is PayoutMove.REOPEN:
                await release_in(self._around, work, [payout.enrolment_id])
            facts = new_facts(self._around)
            spent = await load_payout(facts, work, payout)
            await self._check_not_own(facts, work, caller, payout)
            if decision.move is PayoutMove.SETTLE and payout.status in IN_PROGRESS:
                await self._check_papers(facts, work, payout)
            if decision.move in (PayoutMove.APPROVE, PayoutMove.SETTLE):
                check_not_suspended(facts.enrolments[payout.enrolment_id])
            try:
                decided = await self._decide(facts, work, caller, payout, decision)
            except PayoutAlreadyDecided as refusal:
                raise await _named(work, payout, refusal) from None
            await work.payouts.update(decided)
            self._move_money(facts, decided, decision.move, spent, caller.person.id)
            await save_facts(facts, work)
            await work.audit.add(
                at=facts.now,
                actor=caller.person.id,
                role=role.value,
                action=f"payout_{decision.move.value}",
                subject=f"payout:{payout.id}",
                details=_details(payout, decided, decision.move),
            )
            view = await work.reports.payout(payout.id)
            await work.commit()
        if view is None:
            raise NotFound(payout=decision.payout_id)
        return as_staff_see(
            view,
            above=self._around.second_person_above,
            now=facts.now,
            programs=self._around.programs,
        )

    async def _check_not_own(
        self, facts: Facts, work: Work, caller: Caller, payout: Payout
    ) -> None:
        partner_id = facts.enrolments[payout.enrolment_id].partner_id
        is_member = await work.partners.role_of(caller.person.id, partner_id) is not None
        if is_member or payout.requested_by == caller.person.id:
            raise OwnPayout

    async def _check_papers(self, facts: Facts, work: Work, payout: Payout) -> None:
        """Test that a signed copy was accepted, where documents were made out at all."""
        if not await work.payout_documents.of_payout(payout.id):
            return
        program = self._around.programs.get(facts.enrolments[payout.enrolment_id].program)
        terms = program.payout_documents if program else None
        check_signed(terms, await work.payout_documents.signed(payout.id))

    async def _decide(
        self, facts: Facts, work: Work, caller: Caller, payout: Payout, decision: PayoutDecision
    ) -> Payout:
        by, at = caller.person.id, facts.now
        code, words = decision.reason_code, decision.reason_text[:REASON_LENGTH_MAX]
        match decision.move:
            case PayoutMove.APPROVE:
                return approve(payout, by=by)
            case PayoutMove.SETTLE:
                return self._settled(payout, by, decision.paid_on)
            case PayoutMove.REJECT:
                reason = code if code in REJECT_REASONS else "other"
                return reject(payout, by=by, at=at, reason=reason, text=words)
            case PayoutMove.REOPEN:
                return await self._reopened(facts, work, payout)
            case PayoutMove.BRING_BACK:
                reason = code if code in RETURN_REASONS else "other"
                return bring_back(payout, by=by, at=at, reason=reason, text=words)

    def _settled(self, payout: Payout, by: int, paid_on: date | None) -> Payout:
        now, zone = self._around.clock(), self._around.zone
        today = now.astimezone(zone).date()
        day, limit = paid_on or today, self._limit(payout)
        settled = settle(payout, by=by, at=now, paid_on=day, second_person_above=limit)
        check_day(day, earliest=first_day(payout, zone=zone), latest=today)
        return settled

    async def _reopened(self, facts: Facts, work: Work, payout: Payout) -> Payout:
        newer = await work.payouts.asked_since(payout.enrolment_id, payout.settled_at or facts.now)
        reopened = reopen(payout, at=facts.now, asked_anew=newer)
        check_hold(await work.fraud.bar(payout.enrolment_id))
        partner_id = facts.enrolments[payout.enrolment_id].partner_id
        partner = await work.partners.get(partner_id)
        check_partner(
            facts.enrolments[payout.enrolment_id], partner.vendor_account_id if partner else None
        )
        spent = await work.payouts.parts(payout.id)
        payable = facts.payable(payout.enrolment_id)
        if payable < payout.amount.minor or not paying.are_left(facts, spent):
            left = Money(payable, payout.amount.currency)
            raise PayoutNotReopened(why="money_gone", payable=left, amount=payout.amount)
        return reopened

    def _limit(self, payout: Payout) -> Money | None:
        return second_person_limit(self._around.second_person_above, payout.amount.currency)

    def _move_money(
        self,
        facts: Facts,
        payout: Payout,
        move: PayoutMove,
        spent: Spending,
        by: int,
    ) -> None:
        match move:
            case PayoutMove.SETTLE:
                zone = self._around.zone
                day = payout.paid_on or facts.now.astimezone(zone).date()
                sent = sent_at(payout, day, now=facts.now, zone=zone)
                paying.settle(facts, payout, spent, by=by, sent_at=sent)
            case PayoutMove.REJECT:
                paying.release(facts, payout, spent, by=by)
            case PayoutMove.REOPEN:
                paying.reopen(facts, payout, spent, by=by)
            case PayoutMove.BRING_BACK:
                paying.bring_back(facts, payout, spent, by=by)
            case PayoutMove.APPROVE:
                pass
        if move in _TELLS:
            facts.tell_admins(payout.enrolment_id, _TELLS[move], _told(facts, payout))
            tell_payout(facts, _WEBHOOKS[move], payout, spent)
        facts.tell_staff("payout_changed", {"payout_id": payout.id})


def _told(facts: Facts, payout: Payout) -> dict[str, object]:
    return {
        "payout_id": payout.id,
        "minor": payout.amount.minor,
        "currency": payout.amount.currency,
        "reason_code": payout.reason_code,
        "reason_text": payout.reason_text,
        "paid_on": payout.paid_on.isoformat() if payout.paid_on else None,
        "payable_minor": facts.payable(payout.enrolment_id),
    }


def _details(before: Payout, after: Payout, move: PayoutMove) -> dict[str, object]:
    """Return states before and after, with what was chosen; words to the partner stay out."""
    details: dict[str, object] = {"from": before.status.value, "to": after.status.value}
    if move in (PayoutMove.REJECT, PayoutMove.BRING_BACK):
        details["reason"] = after.reason_code
    if move is PayoutMove.SETTLE and after.paid_on and after.settled_at:
        details["paid_on"] = after.paid_on.isoformat()
    return details


async def _named(
    work: Work, payout: Payout, refusal: PayoutAlreadyDecided
) -> PayoutAlreadyDecided:
    """Return the refusal with the name of who was faster."""
    person = await work.people.get(payout.settled_by or payout.approved_by or 0)
    return PayoutAlreadyDecided(**refusal.facts, by_name=person.name if person else None)
