"""The home of what a partner may convert now, and of the calculator before it confirms."""

from dataclasses import dataclass

from domain.access import own_enrolment
from domain.entities.partner import Enrolment
from domain.entities.people import Caller
from domain.entities.stories import SpentRow
from domain.intake.converting import calculate
from domain.intake.holds import new_facts, release_holds
from domain.intake.load_partners import load_enrolments
from domain.ledger.accounts import sheet_of
from domain.money import BadAmount, Money, parse_money
from domain.ports.work import Work
from domain.programs.model import Program
from domain.programs.model_rates import Conversion
from domain.rules.conversion import ConversionNotOffered, check_amount, check_partner
from domain.rules.legal_forms import check_paid_out
from domain.rules.payouts import check_hold
from domain.rules.terms import check_terms
from domain.surroundings import Surroundings


@dataclass(frozen=True, slots=True, kw_only=True)
class ConversionOffer:
    """What may be converted.

    Attributes:
        enrolment: Whose balance.
        payable: The most.
        terms: The bonus of the program.
        account_id: The account with the vendor that gets the credit.
    """

    enrolment: Enrolment
    payable: Money
    terms: Conversion
    account_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ConversionPreview:
    """What a conversion would give if it were confirmed now.

    Attributes:
        offer: What may be converted.
        amount: What would be converted.
        credit: What the account with the vendor would get.
        rows: What would be consumed, each with its bonus, oldest first.
    """

    offer: ConversionOffer
    amount: Money
    credit: Money
    rows: tuple[SpentRow, ...]


class OfferConversion:
    """Tell an admin how much can be converted, and what an amount would give (R20).

    - No minimum, at once, without staff.
    - What is shown is calculated by the same function that converts.
    """

    def __init__(self, around: Surroundings) -> None:
        """Work in these surroundings."""
        self._around = around

    async def __call__(self, caller: Caller, program: str | None = None) -> ConversionOffer:
        """Return the offer.

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
        """
        async with self._around.open_work.read() as work:
            enrolment = await own_enrolment(work, caller, program)
            partner = await work.partners.get(enrolment.partner_id)
        terms = self._terms(enrolment).conversion
        if terms is None:
            raise ConversionNotOffered
        check_terms(enrolment, self._terms(enrolment), self._around.clock())
        account_id = check_partner(enrolment, partner.vendor_account_id if partner else None)
        check_paid_out(self._terms(enrolment), partner.legal_form if partner else None)
        async with self._around.open_work.read() as work:
            check_hold(await work.fraud.bar(enrolment.id))
        await release_holds(self._around, enrolment.id)
        async with self._around.open_work.read() as work:
            payable = await self._payable(work, enrolment)
        check_amount(payable, payable=payable)
        return ConversionOffer(
            enrolment=enrolment, payable=payable, terms=terms, account_id=account_id
        )

    def _terms(self, enrolment: Enrolment) -> Program:
        return self._around.programs[enrolment.program]

    async def _payable(self, work: Work, enrolment: Enrolment) -> Money:
        currency = self._terms(enrolment).currency
        accounts = list(await work.ledger.accounts([enrolment.id]))
        return Money(sheet_of(currency, accounts).payable, currency)

    async def preview(
        self, caller: Caller, amount: Money, program: str | None = None
    ) -> ConversionPreview:
        """Return what converting the amount would consume and give now.

        Raises:
            ConversionAboveBalance: more than is payable by now.
            DomainError: whatever the offer refuses.
        """
        offer = await self(caller, program)
        async with self._around.open_work.read() as work:
            payable = await self._payable(work, offer.enrolment)
            check_amount(amount, payable=payable)
            facts = new_facts(self._around)
            await load_enrolments(facts, work, [offer.enrolment.id])
            found = await calculate(facts, work, offer.enrolment.id, amount.minor, offer.terms)
            rows = await work.reports.spent(found.spent)
        bonuses = {part.commission_id: part.bonus for part in found.parts}
        return ConversionPreview(
            offer=offer,
            amount=amount,
            credit=Money(amount.minor + found.bonus, amount.currency),
            rows=tuple(row.with_bonus(bonuses.get(row.commission_id or 0, 0)) for row in rows),
        )


def read_amount(offer: ConversionOffer, text: str) -> Money:
    """Return a typed amount that the offer allows, as people write it.

    A comma is a point; spaces and the currency's code do not matter.

    Raises:
        BadAmount: it is no amount.
        ConversionAboveBalance: more than is payable.
    """
    currency = offer.payable.currency
    plain = "".join(text.upper().replace(currency, "").split()).replace(",", ".")
    try:
        amount = parse_money(plain, currency)
    except BadAmount as refusal:
        raise BadAmount(**{**refusal.facts, "text": text}) from None
    check_amount(amount, payable=offer.payable)
    return amount
