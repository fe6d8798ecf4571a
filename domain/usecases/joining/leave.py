"""The home of a partner leaving a program by its own act."""

from dataclasses import dataclass, replace

from domain.access import own_enrolment
from domain.entities.balance import BalanceSheet
from domain.entities.partner import Enrolment, EnrolmentStatus
from domain.entities.people import Caller
from domain.errors import DomainError
from domain.intake.holds import new_facts, release_in
from domain.intake.load_partners import load_enrolments
from domain.intake.save import save_facts
from domain.ledger.accounts import sheet_of
from domain.money import Money
from domain.ports.work import Work
from domain.rules.legal_forms import is_paid_out
from domain.rules.payouts import PartnerNotActive
from domain.surroundings import Surroundings


class WithdrawFirst(DomainError):
    """A pay-out could be asked for, which needs an active enrolment (R18)."""

    code = "withdraw_first"


@dataclass(frozen=True, slots=True, kw_only=True)
class Leaving:
    """What leaving would mean now.

    Attributes:
        enrolment: What would end.
        sheet: Its balance.
    """

    enrolment: Enrolment
    sheet: BalanceSheet


class LeaveProgram:
    """Let an admin end its partner's part in a program.

    - Links stop: visits through them go on without code, and registrations no longer count.
    - What was earned stays on the balance, pay-outs under way go on, clients stay as they are,
      and so does a debt. Payments from now on earn nothing.
    - Money that can be asked for is withdrawn first, as only an active enrolment asks (R18). Where
      a check by the vendor, or the legal form, stops pay-outs, leaving does not wait for it.
    - Who is suspended cannot leave: accepting the rules again would undo the suspension.
    - Accepting the rules again takes up the same enrolment.
    """

    def __init__(self, around: Surroundings) -> None:
        """Work in these surroundings."""
        self._around = around

    async def show(self, caller: Caller) -> Leaving:
        """Return what would end; refused as leaving is.

        Raises:
            NotAPartner: the person takes part in no program.
            NotAllowed: the person is no admin of the partner.
            PartnerNotActive: it is suspended, or has left already.
            WithdrawFirst: a pay-out could be asked for.
        """
        async with self._around.open_work() as work:
            leaving = await self._leaving(work, caller, None)
            await work.commit()
        return leaving

    async def __call__(self, caller: Caller, program: str) -> Enrolment:
        """Leave, and return the enrolment as it stands then; refused as ``show`` refuses."""
        async with self._around.open_work() as work:
            leaving = await self._leaving(work, caller, program)
            now = self._around.clock()
            ended = replace(leaving.enrolment, status=EnrolmentStatus.ENDED, left_at=now)
            facts = new_facts(self._around)
            await load_enrolments(facts, work, [ended.id])
            facts.enrolments.put(ended.id, ended)
            params: dict[str, object] = {"code": ended.code, "program": ended.program}
            facts.tell_admins(ended.id, "program_left", params, but=caller.person.id)
            facts.tell_staff("partner_left", params)
            await save_facts(facts, work)
            await work.audit.add(
                at=now,
                actor=caller.person.id,
                role="partner",
                action="enrolment_left",
                subject=f"enrolment:{ended.id}",
                details={"program": ended.program},
            )
            await work.commit()
        return ended

    async def _leaving(self, work: Work, caller: Caller, program: str | None) -> Leaving:
        enrolment = await own_enrolment(work, caller, program)
        if enrolment.status is not EnrolmentStatus.ACTIVE:
            by_vendor = enrolment.status is EnrolmentStatus.ENDED and enrolment.left_at is None
            raise PartnerNotActive(status=enrolment.status.value, by_vendor=by_vendor)
        await release_in(self._around, work, [enrolment.id])
        terms = self._around.programs[enrolment.program]
        sheet = sheet_of(terms.currency, list(await work.ledger.accounts([enrolment.id])))
        payable, minimum = Money(sheet.payable, terms.currency), terms.payout_minimum
        partner = await work.partners.get(enrolment.partner_id)
        can_ask = payable.minor > 0 and payable.minor >= minimum.minor
        can_ask = can_ask and is_paid_out(terms, partner.legal_form if partner else None)
        if can_ask and await work.fraud.bar(enrolment.id) is None:
            raise WithdrawFirst(payable=payable, minimum=minimum)
        (fresh,) = await work.enrolments.by_ids([enrolment.id])
        return Leaving(enrolment=fresh, sheet=sheet)
