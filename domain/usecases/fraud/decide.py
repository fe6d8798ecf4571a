"""The home of deciding a fraud hold in the admin chat: hold, release, confirm."""

from dataclasses import dataclass, replace
from enum import StrEnum

from domain.access import require_staff
from domain.entities.fraud import (
    CONFIRM_REASONS,
    RELEASE_REASONS,
    FraudHold,
    FraudHoldView,
    HoldScope,
    HoldStatus,
)
from domain.entities.payment import Commission, Suspicion
from domain.entities.people import Caller
from domain.errors import NotFound
from domain.intake.attaching import Attachment, attach
from domain.intake.facts import Facts
from domain.intake.holds import new_facts
from domain.intake.load_partners import load_client, load_enrolments
from domain.intake.save import save_facts
from domain.intake.screening import put_into_force
from domain.intake.withholding import withhold
from domain.ports.work import Work
from domain.rules.holds import HoldAlreadyDecided, confirm, enforce, release
from domain.rules.payouts import OwnPayout
from domain.surroundings import Surroundings


class HoldMove(StrEnum):
    """What staff press on a card."""

    HOLD = "hold"
    RELEASE = "release"
    CONFIRM = "confirm"


@dataclass(frozen=True, slots=True, kw_only=True)
class HoldDecision:
    """One press.

    Attributes:
        hold_id: The hold.
        move: What was pressed.
        reason_code: Of a release or a confirmation.
        reason_text: The words of staff; may be empty.
    """

    hold_id: int
    move: HoldMove
    reason_code: str = "other"
    reason_text: str = ""


_REASONS = {
    HoldMove.RELEASE: RELEASE_REASONS,
    HoldMove.CONFIRM: CONFIRM_REASONS,
    HoldMove.HOLD: (),
}


class DecideFraudHold:
    """Carry out what staff press on the card of a fraud hold (R4, R18).

    - Released, everything is as if it had never been; a registration that was taken for the
      partner itself becomes a referral by staff's attachment (R5).
    - Confirmed, a commission ends by an opposite entry, what is reserved or paid stays; an
      enrolment stays barred from pay-outs until staff release it after all.
    - Rights are read with the effect; nobody decides about a partner one belongs to.
    - The second of two presses is told who was first; every decision is audited, and the partner
      is told of what concerns its money.
    """

    def __init__(self, around: Surroundings) -> None:
        """Work in these surroundings."""
        self._around = around

    async def __call__(self, caller: Caller, decision: HoldDecision) -> FraudHoldView:
        """Return the hold after the press.

        Raises:
            NotAllowed: the caller may not do this here.
            NotFound: there is no such hold.
            OwnPayout: the caller belongs to the partner.
            HoldAlreadyDecided: somebody was faster.
        """
        right = f"fraud.{decision.move.value}"
        async with self._around.open_work() as work:
            role = await require_staff(work, caller, right, self._around.owners)
            hold = await work.fraud.get(decision.hold_id)
            if hold is None:
                raise NotFound(hold=decision.hold_id)
            facts = new_facts(self._around)
            await load_enrolments(facts, work, [hold.enrolment_id])
            partner_id = facts.enrolments[hold.enrolment_id].partner_id
            if await work.partners.role_of(caller.person.id, partner_id) is not None:
                raise OwnPayout
            try:
                decided = _decide(facts, caller, hold, decision)
            except HoldAlreadyDecided as refusal:
                person = await work.people.get(hold.decided_by or hold.opened_by or 0)
                name = person.name if person else None
                raise HoldAlreadyDecided(**refusal.facts, by_name=name) from None
            await work.fraud.update_hold(decided)
            await self._take_effect(facts, work, caller, hold, decided)
            facts.tell_staff("fraud_hold_changed", {"hold_id": hold.id})
            await save_facts(facts, work)
            await work.audit.add(
                at=facts.now,
                actor=caller.person.id,
                role=role.value,
                action=f"fraud_{decision.move.value}",
                subject=f"fraud_hold:{hold.id}",
                details={
                    "from": hold.status.value,
                    "to": decided.status.value,
                    "scope": hold.scope.value,
                    "reason": decided.reason_code,
                },
            )
            view = await work.fraud.view(hold.id)
            await work.commit()
        if view is None:
            raise NotFound(hold=decision.hold_id)
        return view

    async def _take_effect(
        self, facts: Facts, work: Work, caller: Caller, before: FraudHold, after: FraudHold
    ) -> None:
        match after.scope:
            case HoldScope.COMMISSION:
                await _of_commission(facts, work, caller, after)
            case HoldScope.REGISTRATION if after.status is HoldStatus.RELEASED:
                await self._acquit(facts, work, caller, after)
            case HoldScope.ENROLMENT if after.status is HoldStatus.OPEN:
                put_into_force(facts, after, None)
            case HoldScope.ENROLMENT if before.status is not HoldStatus.NOTED or (
                after.status is HoldStatus.CONFIRMED
            ):
                _tell(facts, after, {})

    async def _acquit(self, facts: Facts, work: Work, caller: Caller, hold: FraudHold) -> None:
        """Make a referral of a registration that is not the partner itself after all."""
        program = facts.program_of(hold.enrolment_id)
        client = await load_client(facts, work, hold.subject_id)
        standing = facts.referrals.get((client.id, program.key))
        if standing is not None and standing.enrolment_id is not None:
            return
        attachment = Attachment(
            to=hold.enrolment_id,
            actor=caller.person.id,
            reason_code="self_referral_released",
            reason_text=hold.reason_text,
        )
        attach(facts, client, program, attachment)
        params: dict[str, object] = {"client": client.name, "client_id": client.id}
        facts.tell_admins(hold.enrolment_id, "registration", params)


def _decide(facts: Facts, caller: Caller, hold: FraudHold, decision: HoldDecision) -> FraudHold:
    if decision.move is HoldMove.HOLD:
        return replace(enforce(hold), opened_by=caller.person.id)
    reasons = _REASONS[decision.move]
    code = decision.reason_code if decision.reason_code in reasons else "other"
    move = release if decision.move is HoldMove.RELEASE else confirm
    return move(hold, by=caller.person.id, at=facts.now, reason=code, text=decision.reason_text)


async def _of_commission(facts: Facts, work: Work, caller: Caller, hold: FraudHold) -> None:
    commission = (await work.payouts.commissions([hold.subject_id]))[0]
    facts.commissions.load((commission.payment_id, commission.line), commission)
    if hold.status is HoldStatus.OPEN:
        put_into_force(facts, hold, commission, actor=caller.person.id)
        return
    await load_client(facts, work, commission.client_id)
    paid = facts.payments_of(commission.client_id)
    payment = next(row for row in paid if row.id == commission.payment_id)
    is_fraud = hold.status is HoldStatus.CONFIRMED
    suspicion = Suspicion.CONFIRMED if is_fraud else None
    kept = _kept(commission)
    changed = withhold(
        facts,
        replace(commission, suspicion=suspicion),
        payment,
        actor=caller.person.id,
    )
    facts.commissions.put((changed.payment_id, changed.line), changed)
    _tell(facts, hold, {"minor": kept, "currency": commission.currency})


def _kept(commission: Commission) -> int:
    return max(commission.minor - commission.clawed_back - commission.spent, 0)


def _tell(facts: Facts, hold: FraudHold, params: dict[str, object]) -> None:
    is_fraud = hold.status is HoldStatus.CONFIRMED
    facts.tell_admins(
        hold.enrolment_id,
        "fraud_hold_confirmed" if is_fraud else "fraud_hold_released",
        {
            "scope": hold.scope.value,
            "hold_id": hold.id,
            "reason_code": hold.reason_code,
            "reason_text": hold.reason_text,
            **params,
        },
    )
