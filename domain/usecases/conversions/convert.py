"""The home of converting earnings into service credit."""

from dataclasses import dataclass

from domain.access import own_enrolment
from domain.entities.conversion import Conversion
from domain.entities.partner import Enrolment
from domain.entities.people import Caller
from domain.intake.converting import Calculated, calculate, convert
from domain.intake.facts import Facts
from domain.intake.holds import new_facts, release_in
from domain.intake.load_partners import load_enrolments
from domain.intake.paying import request_key
from domain.intake.save import save_facts
from domain.money import Money
from domain.ports.work import Work
from domain.programs.model_rates import Conversion as Terms
from domain.rules.conversion import (
    ConversionChanged,
    ConversionNotOffered,
    check_amount,
    check_partner,
)
from domain.rules.legal_forms import check_paid_out
from domain.rules.payouts import check_hold
from domain.rules.terms import check_terms
from domain.surroundings import Surroundings


@dataclass(frozen=True, slots=True, kw_only=True)
class ConversionRequest:
    """A confirmed form.

    Attributes:
        amount: What to convert.
        credit: What was shown before the confirmation; ``None`` takes whatever it is.
        request_key: The same for every press of one confirmation.
        program: Key of the program, ``None`` for the oldest enrolment.
    """

    amount: Money
    credit: Money | None
    request_key: str
    program: str | None = None


class ConvertBalance:
    """Turn payable money into service credit, with the bonus on top (R20).

    - Only an admin of an active enrolment converts, any amount up to what is payable when the
      books are written; at once and without staff.
    - The oldest commissions and adjustments are consumed first; adjustments carry no bonus.
    - A fraud hold stops it, as it stops pay-outs.
    - The credit goes to the account with the vendor that the partner named (R30).
    - What was shown is what is given: if the credit has changed meanwhile, it is asked again.
    - A repeated confirmation finds the same conversion.
    """

    def __init__(self, around: Surroundings) -> None:
        """Work in these surroundings."""
        self._around = around

    async def find(self, caller: Caller, confirmation: str) -> Conversion | None:
        """Return what a confirmation of the caller's own partner has made already.

        Raises:
            NotAPartner: the person takes part in no program.
            NotAllowed: the person is no admin of the partner.
        """
        async with self._around.open_work.read() as work:
            enrolment = await own_enrolment(work, caller)
            return await work.conversions.by_request(request_key(enrolment, confirmation))

    async def __call__(self, caller: Caller, request: ConversionRequest) -> Conversion:
        """Return the conversion.

        Raises:
            NotAPartner: the person takes part in no program.
            NotAllowed: the person is no admin of the partner.
            ConversionNotOffered: the program has no conversion.
            ConversionNotActive: the partner is suspended or has left.
            ConversionAccountMissing: its own account with the vendor is not known (R30).
            LegalFormNotPaid: partners of its legal form are not paid out (R21).
            LegalFormMissing: the program asks for a legal form, and none is known.
            PayoutOnHold: a fraud hold stops what leaves the balance.
            TermsNotAccepted: the terms changed and wait for the partner (R30).
            NothingToConvert: nothing is payable.
            ConversionAboveBalance: more than is payable.
            ConversionChanged: the credit is no longer what was shown.
        """
        async with self._around.open_work() as work:
            enrolment = await own_enrolment(work, caller, request.program)
            key = request_key(enrolment, request.request_key)
            known = await work.conversions.by_request(key)
            if known is not None:
                return known
            program = self._around.programs[enrolment.program]
            terms = program.conversion
            if terms is None:
                raise ConversionNotOffered
            check_terms(enrolment, self._around.programs[enrolment.program], self._around.clock())
            partner = await work.partners.get(enrolment.partner_id)
            account_id = check_partner(enrolment, partner.vendor_account_id if partner else None)
            check_paid_out(program, partner.legal_form if partner else None)
            check_hold(await work.fraud.bar(enrolment.id))
            facts = await self._facts(work, enrolment)
            check_amount(request.amount, payable=self._payable(facts, enrolment))
            found = await calculate(facts, work, enrolment.id, request.amount.minor, terms)
            given = (terms, account_id)
            conversion = self._conversion(facts, enrolment, caller, request, given, found)
            if request.credit not in (None, conversion.credit):
                raise ConversionChanged(credit=conversion.credit)
            await convert(facts, work, conversion, found)
            await self._write_down(facts, work, caller, conversion)
            await work.commit()
        return conversion

    async def _facts(self, work: Work, enrolment: Enrolment) -> Facts:
        """Return the picture after every hold that has ended is released (R14)."""
        await release_in(self._around, work, [enrolment.id])
        facts = new_facts(self._around)
        await load_enrolments(facts, work, [enrolment.id])
        return facts

    def _payable(self, facts: Facts, enrolment: Enrolment) -> Money:
        currency = self._around.programs[enrolment.program].currency
        return Money(facts.payable(enrolment.id), currency)

    def _conversion(
        self,
        facts: Facts,
        enrolment: Enrolment,
        caller: Caller,
        request: ConversionRequest,
        given: tuple[Terms, str],
        found: Calculated,
    ) -> Conversion:
        terms, account_id = given
        return Conversion(
            id=self._around.new_id(),
            enrolment_id=enrolment.id,
            amount=request.amount,
            bonus=found.bonus,
            bonus_rate=terms.bonus,
            bonus_base=terms.bonus_base,
            terms_version=self._around.programs[enrolment.program].version,
            account_id=account_id,
            request_key=request_key(enrolment, request.request_key),
            converted_by=caller.person.id,
            converted_at=facts.now,
        )

    async def _write_down(
        self, facts: Facts, work: Work, caller: Caller, conversion: Conversion
    ) -> None:
        facts.tell_admins(
            conversion.enrolment_id,
            "conversion",
            {
                "conversion_id": conversion.id,
                "by": caller.person.name,
                "minor": conversion.amount.minor,
                "credit_minor": conversion.credit.minor,
                "currency": conversion.amount.currency,
            },
            but=caller.person.id,
        )
        await save_facts(facts, work)
        await work.audit.add(
            at=facts.now,
            actor=caller.person.id,
            role="partner",
            action="conversion_made",
            subject=f"conversion:{conversion.id}",
            details={
                "minor": conversion.amount.minor,
                "bonus": conversion.bonus,
                "currency": conversion.amount.currency,
            },
        )
