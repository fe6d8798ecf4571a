"""The home of taking a pay-out request back."""

from domain.access import own_enrolment
from domain.entities.payout import Payout
from domain.entities.people import Caller
from domain.errors import NotFound
from domain.intake.holds import new_facts
from domain.intake.paying import load_payout, release
from domain.intake.save import save_facts
from domain.intake.telling import tell_payout
from domain.rules.payouts import cancel
from domain.surroundings import Surroundings


class CancelPayout:
    """Let a partner take its request back until staff approve it (R18); the money returns.

    It is audited like every move of a pay-out.
    """

    def __init__(self, around: Surroundings) -> None:
        """Work in these surroundings."""
        self._around = around

    async def __call__(self, caller: Caller, payout_id: int) -> Payout:
        """Return the pay-out cancelled.

        Raises:
            NotFound: no such pay-out of the caller's partner.
            PayoutAlreadyDecided: staff approved it or it has ended.
        """
        async with self._around.open_work() as work:
            enrolment = await own_enrolment(work, caller)
            own = await work.partners.enrolments_of(enrolment.partner_id)
            payout = await work.payouts.get(payout_id, enrolment_ids=[row.id for row in own])
            if payout is None:
                raise NotFound(payout=payout_id)
            facts = new_facts(self._around)
            cancelled = cancel(payout, by=caller.person.id, at=facts.now)
            spent = await load_payout(facts, work, payout)
            await work.payouts.update(cancelled)
            release(facts, cancelled, spent, by=caller.person.id)
            facts.tell_staff("payout_changed", {"payout_id": payout.id})
            tell_payout(facts, "payout.cancelled", cancelled, spent)
            await save_facts(facts, work)
            await work.audit.add(
                at=facts.now,
                actor=caller.person.id,
                role="partner",
                action="payout_cancel",
                subject=f"payout:{payout.id}",
                details={"from": payout.status.value, "to": cancelled.status.value},
            )
            await work.commit()
        return cancelled
