"""The home of reminding staff of claims before and when their time is up."""

from dataclasses import replace

from domain.entities.claim import Claim
from domain.intake.facts import Facts
from domain.intake.holds import new_facts
from domain.intake.save import save_facts
from domain.ports.work import Work
from domain.rules.claims import REMIND_BEFORE
from domain.surroundings import Surroundings


class RemindOfClaims:
    """Remind staff once two days before a claim is due, and once when its time is up."""

    def __init__(self, around: Surroundings) -> None:
        """Work in these surroundings."""
        self._around = around

    async def __call__(self) -> int:
        """Return how many claims staff were reminded of."""
        now = self._around.clock()
        async with self._around.open_work.read() as work:
            waiting = await work.claims.due_before(now + REMIND_BEFORE, reminders=1)
        if not any(_is_due(claim, now_late=claim.due_at <= now) for claim in waiting):
            return 0
        async with self._around.open_work() as work:
            facts = new_facts(self._around)
            reminded = 0
            for claim in await work.claims.due_before(facts.now + REMIND_BEFORE, reminders=1):
                reminded += await _remind(facts, work, claim)
            await save_facts(facts, work)
            await work.commit()
        return reminded


def _is_due(claim: Claim, *, now_late: bool) -> bool:
    """Test if a reminder is owed: the first one, or the one at the end."""
    return claim.reminders == 0 or (claim.reminders == 1 and now_late)


async def _remind(facts: Facts, work: Work, claim: Claim) -> int:
    is_late = claim.due_at <= facts.now
    if not _is_due(claim, now_late=is_late):
        return 0
    await work.claims.update(replace(claim, reminders=2 if is_late else 1))
    facts.tell_staff("claim_due", {"claim_id": claim.id, "due_at": claim.due_at.isoformat()})
    return 1
