"""The home of a client's objection: "this is not who invited me"."""

from datetime import timedelta

from domain.entities.claim import Claim, ClaimOrigin, ClaimStatus, NamedBy, NamedClient
from domain.entities.people import Caller
from domain.errors import NotFound
from domain.intake.holds import new_facts
from domain.intake.save import save_facts
from domain.rules.claims import COMMENT_LENGTH_MAX, ClaimAlreadyOpen
from domain.surroundings import Surroundings


class ObjectToInviter:
    """Let a client say that somebody else invited it, or nobody (A05).

    - It is a question for staff with the client's own word; nothing changes before they decide.
    - One open question for each client; the partner is not told who asked.
    """

    def __init__(self, around: Surroundings) -> None:
        """Work in these surroundings."""
        self._around = around

    async def __call__(self, caller: Caller, words: str) -> Claim:
        """Return the question.

        Raises:
            NotFound: the person is no client.
            ClaimAlreadyOpen: it has asked already.
        """
        async with self._around.open_work() as work:
            view = await work.reports.client_of_person(caller.person.id)
            if view is None:
                raise NotFound(person=caller.person.id)
            own = [row for row in view.referrals if row.program in self._around.programs]
            attributed = [row for row in own if row.enrolment_id is not None]
            first = next(iter(attributed or own), None)
            program = self._around.programs[
                first.program if first else next(iter(self._around.programs))
            ]
            named = NamedClient(NamedBy.PERSON, str(caller.person.id))
            key = work.claims.key_of(named)
            standing = await work.claims.open_of(None, name_key=key, client_id=view.client.id)
            if standing is not None:
                raise ClaimAlreadyOpen(number=standing.id, due_at=standing.due_at)
            facts = new_facts(self._around)
            claim = Claim(
                id=facts.new_id(),
                origin=ClaimOrigin.CLIENT,
                program=program.key,
                enrolment_id=None,
                client_id=view.client.id,
                opened_by=caller.person.id,
                named_by=named.by,
                name_key=key,
                named=named.value,
                comment=words[:COMMENT_LENGTH_MAX],
                status=ClaimStatus.OPEN,
                opened_at=facts.now,
                due_at=facts.now + timedelta(days=program.claim_days),
            )
            await work.claims.add(claim)
            facts.tell_staff("claim_opened", {"claim_id": claim.id})
            await save_facts(facts, work)
            await work.commit()
        return claim
