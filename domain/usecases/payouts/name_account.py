"""The home of where a partner's scheduled pay-outs go."""

from domain.access import own_enrolment
from domain.entities.people import Caller
from domain.programs.model import PayoutSchedule
from domain.rules.payout_schedule import NoPayoutSchedule
from domain.rules.payouts import check_account
from domain.surroundings import Surroundings


class NamePayoutAccount:
    """Keep where scheduled pay-outs go.

    - Only an admin names it; it is kept encrypted, and the audit does not repeat it.
    - The next pay-out uses it; one that was made keeps its own.
    """

    def __init__(self, around: Surroundings) -> None:
        """Work in these surroundings."""
        self._around = around

    async def __call__(self, caller: Caller, text: str, program: str | None = None) -> str:
        """Return the account as it is kept.

        Raises:
            NotAPartner: the person takes part in no program.
            NotAllowed: the person is no admin of the partner.
            NoPayoutSchedule: the program pays on request.
            BadPayoutAccount: the account cannot be one.
        """
        async with self._around.open_work() as work:
            enrolment = await own_enrolment(work, caller, program)
            terms = self._around.programs[enrolment.program]
            if terms.payout_schedule is PayoutSchedule.ON_REQUEST:
                raise NoPayoutSchedule
            account = check_account(text)
            now = self._around.clock()
            await work.terms.name_payout_account(
                enrolment.id, account, by=caller.person.id, at=now
            )
            await work.audit.add(
                at=now,
                actor=caller.person.id,
                role="partner",
                action="payout_account_named",
                subject=f"enrolment:{enrolment.id}",
                details={},
            )
            await work.commit()
        return account
