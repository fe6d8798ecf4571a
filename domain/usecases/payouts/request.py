"""The home of asking for a pay-out."""

from dataclasses import dataclass

from domain.access import own_enrolment
from domain.entities.partner import Enrolment
from domain.entities.payout import Payout, PayoutStatus
from domain.entities.people import Caller
from domain.intake.documenting import make_documents, requisites_for
from domain.intake.facts import Facts
from domain.intake.holds import new_facts, release_in
from domain.intake.load_partners import load_enrolments
from domain.intake.paying import request_key
from domain.intake.requesting import reserve_payout, suspect_payout
from domain.intake.save import save_facts
from domain.money import Money, parse_money
from domain.ports.work import Work
from domain.programs.model import PayoutSchedule
from domain.rules.legal_forms import check_paid_out
from domain.rules.payout_schedule import PayoutsScheduled
from domain.rules.payouts import (
    COMMENT_LENGTH_MAX,
    check_account,
    check_amount,
    check_hold,
    check_partner,
)
from domain.rules.terms import check_terms
from domain.surroundings import Surroundings


@dataclass(frozen=True, slots=True, kw_only=True)
class PayoutRequest:
    """A confirmed form.

    Attributes:
        amount: As typed, in major units of the program's currency.
        account: Where to pay.
        comment: The partner's own words; may be empty.
        request_key: The same for every press of one confirmation.
        program: Key of the program, ``None`` for the oldest enrolment.
    """

    amount: str
    account: str
    comment: str
    request_key: str
    program: str | None = None


class RequestPayout:
    """Reserve money for a pay-out at once (R18).

    - Only an admin of an active enrolment asks, for no less than the minimum and no more than
      what is payable when the books are written, whatever a screen showed before.
    - The oldest commissions and adjustments are consumed first, and the request lists them (R19).
    - A repeated confirmation finds the same request.
    - A fraud hold on the enrolment refuses it; what it shows itself may open one (R18).
    - Where the program makes documents, they are made out in the same transaction, and the money
      goes to the account of the partner's requisites, whatever the form says (R22).
    - Staff get a card; the request is audited.
    """

    def __init__(self, around: Surroundings) -> None:
        """Work in these surroundings."""
        self._around = around

    async def __call__(self, caller: Caller, request: PayoutRequest) -> Payout:
        """Return the pay-out.

        Raises:
            NotAPartner: the person takes part in no program.
            NotAllowed: the person is no admin of the partner.
            PayoutsScheduled: the program pays by itself.
            TermsNotAccepted: the terms changed and wait for the partner (R30).
            PartnerNotActive: the partner is suspended or has left.
            LegalFormNotPaid: partners of its legal form are not paid out (R21).
            LegalFormMissing: the program asks for a legal form, and none is known.
            VendorAccountMissing: its own account with the vendor is not known (R30).
            PayoutOnHold: a fraud hold stops its pay-outs.
            RequisitesMissing: the program makes documents, and requisites are not saved.
            BadPayoutAccount: the account cannot be one.
            BadAmount: the amount cannot be one.
            PayoutBelowMinimum: less than the minimum.
            PayoutAboveBalance: more than is payable.
        """
        async with self._around.open_work() as work:
            enrolment = await own_enrolment(work, caller, request.program)
            key = request_key(enrolment, request.request_key)
            known = await work.payouts.by_request(key)
            if known is not None:
                return known
            await self._check(work, enrolment)
            details = await requisites_for(self._around, work, enrolment)
            account = check_account(details.account if details else request.account)
            await release_in(self._around, work, [enrolment.id])
            facts = new_facts(self._around)
            await load_enrolments(facts, work, [enrolment.id])
            amount = self._amount(facts, enrolment, request.amount)
            payout = Payout(
                id=self._around.new_id(),
                enrolment_id=enrolment.id,
                amount=amount,
                status=PayoutStatus.REQUESTED,
                account=account,
                comment=request.comment[:COMMENT_LENGTH_MAX],
                request_key=key,
                requested_by=caller.person.id,
                requested_at=facts.now,
            )
            hold = await suspect_payout(self._around, work, enrolment, payout)
            if hold is None:
                await reserve_payout(facts, work, payout)
                await save_facts(facts, work)
                if details is not None:
                    language = caller.person.language
                    await make_documents(
                        self._around, work, payout, enrolment, details=details, language=language
                    )
                await self._audit(work, payout)
            await work.commit()
        check_hold(hold)
        return payout

    async def _check(self, work: Work, enrolment: Enrolment) -> None:
        """Test that this partner may ask for a pay-out at all, whatever the sum."""
        partner = await work.partners.get(enrolment.partner_id)
        terms = self._around.programs[enrolment.program]
        if terms.payout_schedule is not PayoutSchedule.ON_REQUEST:
            raise PayoutsScheduled
        check_terms(enrolment, terms, self._around.clock())
        check_partner(enrolment, partner.vendor_account_id if partner else None)
        check_paid_out(terms, partner.legal_form if partner else None)
        check_hold(await work.fraud.bar(enrolment.id))

    async def _audit(self, work: Work, payout: Payout) -> None:
        await work.audit.add(
            at=payout.requested_at,
            actor=payout.requested_by,
            role="partner",
            action="payout_request",
            subject=f"payout:{payout.id}",
            details={"minor": payout.amount.minor, "currency": payout.amount.currency},
        )

    def _amount(self, facts: Facts, enrolment: Enrolment, text: str) -> Money:
        terms = self._around.programs[enrolment.program]
        amount = parse_money(text, terms.currency)
        payable = Money(facts.payable(enrolment.id), terms.currency)
        check_amount(amount, payable=payable, minimum=terms.payout_minimum)
        return amount
