"""The home of screening: new signals are kept, and holds are opened in the same transaction."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from domain.entities.fraud import FraudHold, HoldScope, HoldStatus, Signal
from domain.entities.payment import Commission, Suspicion
from domain.intake.facts import Facts
from domain.intake.withholding import withhold
from domain.ports.work import Work
from domain.rules.fraud import PATTERN_DAYS, HoldPlan, plan_holds


async def screen(facts: Facts, work: Work) -> None:
    """Leave the signals that are news, and open what they ask for; before the books are saved."""
    facts.signals = fresh = await _news(facts, work)
    if not fresh:
        return
    ids = {signal.enrolment_id for signal in fresh}
    since = facts.now - timedelta(days=PATTERN_DAYS)
    standing = [*await work.fraud.signals_of(ids, since=since), *fresh]
    for enrolment_id in sorted(ids):
        program = facts.programs.get(facts.enrolments[enrolment_id].program)
        plans = plan_holds(
            [signal for signal in fresh if signal.enrolment_id == enrolment_id],
            [signal for signal in standing if signal.enrolment_id == enrolment_id],
            program.fraud_holds if program else (),
        )
        for plan in plans:
            await _open(facts, work, plan)


async def _news(facts: Facts, work: Work) -> list[Signal]:
    """Return the signals that nobody found before, each once."""
    found = {(row.enrolment_id, row.kind, row.subject): row for row in facts.signals}
    known = await work.fraud.known(list(found.values()))
    return [signal for key, signal in found.items() if key not in known]


async def _open(facts: Facts, work: Work, plan: HoldPlan) -> None:
    """Open the hold, or add the reasons to the one that waits already."""
    standing = await work.fraud.hold_of(plan.enrolment_id, plan.scope, plan.subject_id)
    if standing is None:
        hold = FraudHold(
            id=facts.new_id(),
            enrolment_id=plan.enrolment_id,
            scope=plan.scope,
            subject_id=plan.subject_id,
            status=plan.status,
            opened_at=facts.now,
        )
        await work.fraud.add_hold(hold)
        facts.tell_staff("fraud_hold", {"hold_id": hold.id})
    else:
        is_raised = plan.status is HoldStatus.OPEN
        hold = replace(standing, status=HoldStatus.OPEN) if is_raised else standing
        await work.fraud.update_hold(hold)
        facts.tell_staff("fraud_hold_changed", {"hold_id": hold.id})
    reasons = {signal.id for signal in plan.signals}
    await work.fraud.tie(reasons, hold.id)
    facts.signals = [
        replace(row, hold_id=hold.id) if row.id in reasons else row for row in facts.signals
    ]
    if hold.status is HoldStatus.OPEN and (standing is None or standing.status is not hold.status):
        put_into_force(facts, hold, _commission_of(facts, plan.signals))


def _commission_of(facts: Facts, signals: Sequence[Signal]) -> Commission | None:
    ids = {signal.commission_id for signal in signals}
    return next((row for row in facts.commissions.values() if row.id in ids), None)


def put_into_force(
    facts: Facts, hold: FraudHold, commission: Commission | None, *, actor: int | None = None
) -> None:
    """Let an open hold hold: freeze its commission, and tell the partner with care."""
    params: dict[str, object] = {"scope": hold.scope.value, "hold_id": hold.id}
    if hold.scope is HoldScope.REGISTRATION:
        return
    if hold.scope is HoldScope.COMMISSION and commission is not None:
        held = withhold(facts, replace(commission, suspicion=Suspicion.HELD), None, actor=actor)
        facts.commissions.put((held.payment_id, held.line), held)
        params |= {"minor": held.minor - held.clawed_back - held.spent, "currency": held.currency}
    facts.tell_admins(hold.enrolment_id, "fraud_hold_opened", params)
