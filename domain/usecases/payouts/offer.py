"""The home of what a partner may ask for now."""

from dataclasses import dataclass

from domain.access import own_enrolment
from domain.entities.partner import Enrolment
from domain.entities.people import Caller
from domain.intake.documenting import requisites_for
from domain.intake.holds import release_holds
from domain.ledger.accounts import sheet_of
from domain.money import BadAmount, Money, parse_money
from domain.programs.model import Program
from domain.rules.legal_forms import check_paid_out
from domain.rules.payout_schedule import PayoutsScheduled, next_period
from domain.rules.payouts import (
    PartnerNotActive,
    check_account,
    check_amount,
    check_hold,
    check_partner,
)
from domain.rules.terms import check_terms
from domain.surroundings import Surroundings


@dataclass(frozen=True, slots=True, kw_only=True)
class PayoutOffer:
    """What may be asked for.

    Attributes:
        enrolment_id: Whose balance.
        program: Key of its program.
        payable: The most.
        minimum: The least.
        account: Where it goes by the partner's requisites; ``None`` where the form asks.
    """

    enrolment_id: int
    program: str
    payable: Money
    minimum: Money
    account: str | None = None


class OfferPayout:
    """Tell an admin how much can be asked for, or what is missing, before any form."""

    def __init__(self, around: Surroundings) -> None:
        """Work in these surroundings."""
        self._around = around

    async def __call__(self, caller: Caller, program: str | None = None) -> PayoutOffer:
        """Return the offer.

        Raises:
            NotAPartner: the person takes part in no program.
            NotAllowed: the person is no admin of the partner.
            PartnerNotActive: the partner is suspended or has left.
            LegalFormNotPaid: partners of its legal form are not paid out (R21).
            LegalFormMissing: the program asks for a legal form, and none is known.
            VendorAccountMissing: its own account with the vendor is not known (R30).
            PayoutOnHold: a fraud hold stops its pay-outs.
            TermsNotAccepted: the terms changed and wait for the partner (R30).
            PayoutsScheduled: the program pays by itself; the facts say when and how much.
            PayoutBelowMinimum: the balance has not reached the minimum.
            RequisitesMissing: the program makes documents, and requisites are not saved.
        """
        async with self._around.open_work.read() as work:
            enrolment = await own_enrolment(work, caller, program)
            if enrolment.left_at is not None:
                raise PartnerNotActive(status=enrolment.status.value)
            partner = await work.partners.get(enrolment.partner_id)
            terms = self._around.programs[enrolment.program]
            check_paid_out(terms, partner.legal_form if partner else None)
            check_hold(await work.fraud.bar(enrolment.id))
        await release_holds(self._around, enrolment.id)
        check_terms(enrolment, terms, self._around.clock())
        async with self._around.open_work.read() as work:
            accounts = list(await work.ledger.accounts([enrolment.id]))
        payable = Money(sheet_of(terms.currency, accounts).payable, terms.currency)
        await self._check_schedule(terms, enrolment, payable)
        check_amount(payable, payable=payable, minimum=terms.payout_minimum)
        check_partner(enrolment, partner.vendor_account_id if partner else None)
        async with self._around.open_work.read() as work:
            details = await requisites_for(self._around, work, enrolment)
        return PayoutOffer(
            enrolment_id=enrolment.id,
            program=enrolment.program,
            payable=payable,
            minimum=terms.payout_minimum,
            account=details.account if details else None,
        )

    async def _check_schedule(self, terms: Program, enrolment: Enrolment, payable: Money) -> None:
        today = self._around.clock().astimezone(self._around.zone).date()
        coming = next_period(terms, today)
        if coming is None:
            return
        async with self._around.open_work.read() as work:
            details = await requisites_for(self._around, work, enrolment)
            named = await work.terms.payout_account(enrolment.id)
        raise PayoutsScheduled(
            due=coming.due,
            payable=payable,
            minimum=terms.payout_minimum,
            has_account=details is not None or named is not None,
        )


def read_amount(offer: PayoutOffer, text: str) -> Money:
    """Return a typed amount that the offer allows, as people write it.

    A comma is a point; spaces and the currency's code do not matter.

    Raises:
        BadAmount: it is no amount.
        PayoutBelowMinimum: less than the minimum.
        PayoutAboveBalance: more than is payable.
    """
    currency = offer.payable.currency
    plain = "".join(text.upper().replace(currency, "").split()).replace(",", ".")
    try:
        amount = parse_money(plain, currency)
    except BadAmount as refusal:
        raise BadAmount(**{**refusal.facts, "text": text}) from None
    check_amount(amount, payable=offer.payable, minimum=offer.minimum)
    return amount


def read_account(text: str) -> str:
    """Return a typed account to pay to.

    Raises:
        BadPayoutAccount: it cannot be one.
    """
    return check_account(text)
