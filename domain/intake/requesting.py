"""The home of a pay-out request's effects, whoever asks: the partner or the schedule."""

from domain.entities.fraud import FraudHold, SignalKind
from domain.entities.partner import Enrolment
from domain.entities.payout import Payout
from domain.intake.facts import Facts
from domain.intake.holds import new_facts
from domain.intake.load_partners import load_enrolments
from domain.intake.paying import load_queue, reserve
from domain.intake.save import save_facts
from domain.intake.suspecting_payouts import suspect_request
from domain.intake.telling import tell_payout
from domain.ports.work import Work
from domain.surroundings import Surroundings


async def suspect_payout(
    around: Surroundings, work: Work, enrolment: Enrolment, payout: Payout
) -> FraudHold | None:
    """Return the hold that refuses this very request: only a takeover does.

    Any other sign opens its hold beside the request: staff see both before they pay, and the
    next request waits for them.
    """
    facts = new_facts(around)
    await suspect_request(facts, work, enrolment, payout)
    if not facts.signals:
        return None
    await load_enrolments(facts, work, [enrolment.id])
    await save_facts(facts, work)
    is_takeover = any(row.kind is SignalKind.PAYOUT_TAKEOVER for row in facts.signals)
    return await work.fraud.bar(enrolment.id) if is_takeover else None


async def reserve_payout(facts: Facts, work: Work, payout: Payout) -> None:
    """Consume the oldest first, set the money aside, and tell staff and the vendor (R18, R19)."""
    spent = await load_queue(facts, work, payout.enrolment_id, payout.amount.minor)
    await work.payouts.add(payout, spent)
    reserve(facts, payout, spent)
    facts.tell_staff("payout_requested", {"payout_id": payout.id})
    tell_payout(facts, "payout.requested", payout, spent)
