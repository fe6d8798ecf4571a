"""The home of a commission under suspicion: its rest stays on hold, or ends (R17, R18)."""

from dataclasses import replace

from domain.entities.payment import Commission, CommissionState, Payment, Suspicion
from domain.intake.facts import Facts
from domain.intake.telling import tell_clawback
from domain.ledger import book
from domain.ledger.accounts import AccountKind


def withhold(
    facts: Facts, commission: Commission, payment: Payment | None, *, actor: int | None = None
) -> Commission:
    """Bring a commission to what its suspicion asks for; return it as it stands then.

    On hold, everything of it that could be spent is held; confirmed, it ends. What is reserved or
    paid is not touched, but what returns from there is treated the same. A debt is never held.

    Args:
        facts: The picture, with the enrolment's accounts.
        commission: As it stands after whatever moved it.
        payment: Its payment, with its client, where it may end; ``None`` where nothing can.
        actor: Staff member whose decision this is, ``None`` where it follows from an event.
    """
    if commission.suspicion is Suspicion.CONFIRMED:
        return _void(facts, commission, payment, actor)
    can_be_frozen = commission.state is CommissionState.PAYABLE
    rest = commission.left + commission.frozen
    frozen = max(rest, 0) if commission.suspicion and can_be_frozen else 0
    if frozen == commission.frozen:
        return commission
    facts.post(
        commission.enrolment_id,
        book.commission_frozen(frozen - commission.frozen),
        occurred_at=facts.now,
        commission_id=commission.id,
        actor=actor,
    )
    return _put(facts, replace(commission, frozen=frozen))


def _void(
    facts: Facts, commission: Commission, payment: Payment | None, actor: int | None
) -> Commission:
    if commission.state is CommissionState.RETAINED:
        return commission
    is_held = commission.state is CommissionState.HELD
    parts = {
        AccountKind.HELD: commission.left if is_held else commission.frozen,
        AccountKind.PAYABLE: 0 if is_held else max(commission.left, 0),
    }
    minor = sum(parts.values())
    for place, part in parts.items():
        if part:
            facts.post(
                commission.enrolment_id,
                book.commission_voided(place, part),
                occurred_at=facts.now,
                commission_id=commission.id,
                actor=actor,
            )
    clawed = commission.clawed_back + minor
    is_over = is_held and clawed == commission.minor
    state = CommissionState.VOIDED if is_over else commission.state
    after = _put(facts, replace(commission, clawed_back=clawed, frozen=0, state=state))
    if minor and payment is not None:
        day = facts.count(commission.enrolment_id, payment.code, facts.now)
        day.clawed_back_minor += minor
        tell_clawback(facts, after, payment, minor)
    return after


def _put(facts: Facts, commission: Commission) -> Commission:
    facts.commissions.put((commission.payment_id, commission.line), commission)
    return commission
