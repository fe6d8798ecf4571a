"""The home of showing a balance."""

from dataclasses import dataclass

from domain.access import own_enrolment
from domain.entities.balance import BalanceSheet
from domain.entities.fraud import FraudHold
from domain.entities.partner import Enrolment, LegalForm
from domain.entities.people import Caller
from domain.intake.holds import release_holds
from domain.ledger.accounts import sheet_of
from domain.programs.model import Program
from domain.rules.legal_forms import is_paid_out
from domain.surroundings import Surroundings


@dataclass(frozen=True, slots=True, kw_only=True)
class BalanceView:
    """A partner's money in one program.

    Attributes:
        enrolment: Whose.
        program: The terms, for the minimum pay-out.
        sheet: The figures (R17).
        legal_form: What the partner is before the law, ``None`` while that is not known.
        is_paid_out: Nothing in the legal form stands against a pay-out (R21).
        bar: A check that stops pay-outs and conversions, open or confirmed; else ``None``.
    """

    enrolment: Enrolment
    program: Program
    sheet: BalanceSheet
    legal_form: LegalForm | None = None
    is_paid_out: bool = True
    bar: FraudHold | None = None


class ShowBalance:
    """Show an admin what the partner has.

    - Holds that have ended are released before the balance is read (R14).
    """

    def __init__(self, around: Surroundings) -> None:
        """Work in these surroundings."""
        self._around = around

    async def __call__(self, caller: Caller, program: str | None = None) -> BalanceView:
        """Return the balance.

        Raises:
            NotAPartner: the person takes part in no program.
            NotAllowed: the person is no admin of the partner.
        """
        async with self._around.open_work.read() as work:
            enrolment = await own_enrolment(work, caller, program)
            partner = await work.partners.get(enrolment.partner_id)
        terms = self._around.programs[enrolment.program]
        await release_holds(self._around, enrolment.id)
        async with self._around.open_work.read() as work:
            accounts = list(await work.ledger.accounts([enrolment.id]))
            bar = await work.fraud.bar(enrolment.id)
        form = partner.legal_form if partner else None
        return BalanceView(
            enrolment=enrolment,
            program=terms,
            sheet=sheet_of(terms.currency, accounts),
            legal_form=form,
            is_paid_out=is_paid_out(terms, form),
            bar=bar,
        )
