"""The home of staff putting a partner, or the commissions of a payment, on hold themselves."""

from dataclasses import replace

from domain.access import require_staff
from domain.entities.fraud import FraudHold, FraudHoldView, HoldScope, HoldStatus
from domain.entities.payment import Commission, CommissionState
from domain.entities.people import Caller
from domain.errors import NotFound
from domain.intake.facts import Facts
from domain.intake.holds import new_facts
from domain.intake.load_partners import load_enrolments
from domain.intake.save import save_facts
from domain.intake.screening import put_into_force
from domain.ports.work import Work
from domain.rules.holds import TEXT_LENGTH_MAX, HoldAlreadyDecided, NothingToHold
from domain.rules.payouts import OwnPayout
from domain.surroundings import Surroundings

Subject = tuple[int, HoldScope, int, Commission | None]
"""Enrolment, scope, our id of the object, and the commission if it is one."""


class PlaceFraudHold:
    """Let staff put something on hold with a reason (A47: any of them may freeze).

    - A partner's code stops its pay-outs; a payment's id takes its commissions out of payable.
    - A partner is told with care what is checked and what happens next; it is audited.
    """

    def __init__(self, around: Surroundings) -> None:
        """Work in these surroundings."""
        self._around = around

    async def check(self, caller: Caller, name: str) -> None:
        """Test that there is something to hold, before anybody is asked for a reason.

        Raises:
            NotAllowed: the caller may not do this here.
            NotFound: no partner has the code, and no payment the id.
            NothingToHold: the payment made no commission that could be held.
            HoldAlreadyDecided: the partner is on hold already.
        """
        async with self._around.open_work.read() as work:
            await require_staff(work, caller, "fraud.hold", self._around.owners)
            for enrolment_id, scope, _, _ in await _subjects(work, name):
                barred = await work.fraud.bar(enrolment_id)
                if scope is HoldScope.ENROLMENT and barred is not None:
                    raise HoldAlreadyDecided(status=barred.status.value, by=None, at=None)

    async def __call__(self, caller: Caller, name: str, text: str) -> list[FraudHoldView]:
        """Return the holds, one for each commission.

        Raises:
            NotAllowed: the caller may not do this here.
            NotFound: no partner has the code, and no payment the id.
            NothingToHold: the payment made no commission that could be held.
            OwnPayout: the caller belongs to the partner.
            HoldAlreadyDecided: it is on hold already.
        """
        async with self._around.open_work() as work:
            role = await require_staff(work, caller, "fraud.hold", self._around.owners)
            facts = new_facts(self._around)
            subjects = await _subjects(work, name)
            await load_enrolments(facts, work, {subject[0] for subject in subjects})
            held = []
            for subject in subjects:
                partner_id = facts.enrolments[subject[0]].partner_id
                if await work.partners.role_of(caller.person.id, partner_id) is not None:
                    raise OwnPayout
                held.append(await _place(facts, work, caller, subject, text))
            await save_facts(facts, work)
            for hold in held:
                await work.audit.add(
                    at=facts.now,
                    actor=caller.person.id,
                    role=role.value,
                    action="fraud_hold",
                    subject=f"fraud_hold:{hold.id}",
                    details={"scope": hold.scope.value, "to": hold.status.value},
                )
            views = [await work.fraud.view(hold.id) for hold in held]
            await work.commit()
        return [view for view in views if view is not None]


async def _subjects(work: Work, name: str) -> list[Subject]:
    found = await work.partners.by_code(name)
    if found is not None:
        return [(found[1].id, HoldScope.ENROLMENT, found[1].id, None)]
    payments = await work.payments.by_payment_ids([name])
    if not payments:
        raise NotFound(held=name)
    commissions = await work.payments.commissions_of([payments[0].id])
    subjects: list[Subject] = [
        (row.enrolment_id, HoldScope.COMMISSION, row.id, row)
        for row in commissions
        if row.state in (CommissionState.HELD, CommissionState.PAYABLE)
        and row.suspicion is None
        and row.left > 0
    ]
    if not subjects:
        raise NothingToHold(payment=name)
    return subjects


async def _place(
    facts: Facts, work: Work, caller: Caller, subject: Subject, text: str
) -> FraudHold:
    enrolment_id, scope, subject_id, commission = subject
    standing = await work.fraud.hold_of(enrolment_id, scope, subject_id)
    barred = await work.fraud.bar(enrolment_id) if scope is HoldScope.ENROLMENT else None
    in_force = standing if standing and standing.status is HoldStatus.OPEN else barred
    if in_force is not None:
        raise HoldAlreadyDecided(status=in_force.status.value, by=None, at=None)
    hold = FraudHold(
        id=facts.new_id(),
        enrolment_id=enrolment_id,
        scope=scope,
        subject_id=subject_id,
        status=HoldStatus.OPEN,
        opened_at=facts.now,
        opened_by=caller.person.id,
        opened_text=text[:TEXT_LENGTH_MAX],
    )
    if standing is None:
        await work.fraud.add_hold(hold)
        facts.tell_staff("fraud_hold", {"hold_id": hold.id})
    else:
        hold = replace(hold, id=standing.id, opened_at=standing.opened_at)
        await work.fraud.update_hold(hold)
        facts.tell_staff("fraud_hold_changed", {"hold_id": hold.id})
    if commission is not None:
        facts.commissions.load((commission.payment_id, commission.line), commission)
    put_into_force(facts, hold, commission, actor=caller.person.id)
    return hold
