"""The home of what a partner's legal form means for its money (R21)."""

from domain.entities.partner import LegalForm
from domain.errors import DomainError
from domain.programs.model import Program
from domain.programs.model_rates import Settlement


class LegalFormMissing(DomainError):
    """The program pays some legal forms only, and this partner's is not known yet."""

    code = "legal_form_missing"


class LegalFormNotPaid(DomainError):
    """A partner of this legal form is not paid out; ``by_invoice`` tells if it may keep a share.

    ``paid`` names the forms that are.
    """

    code = "legal_form_not_paid"


def earns_by(program: Program, form: LegalForm | None, settlement: str) -> bool:
    """Test if a payment that is settled so may earn for a partner of this form (R21).

    A program that states no forms never asks (R30). While a form is not known, nothing is taken
    from the partner: it earns, and only a pay-out asks for the form.
    """
    if not program.forms or form is None:
        return True
    terms = program.form(form)
    return terms is not None and settlement in terms.settlements


def is_paid_out(program: Program, form: LegalForm | None) -> bool:
    """Test if nothing in the legal form stands against a pay-out."""
    terms = program.form(form)
    return not program.forms or (terms is not None and terms.is_paid_out)


def check_paid_out(program: Program, form: LegalForm | None) -> None:
    """Test that the partner may have its balance paid out or converted (R18, R21).

    Raises:
        LegalFormMissing: the program asks for a form, and none is known.
        LegalFormNotPaid: partners of this form are not paid out.
    """
    if is_paid_out(program, form):
        return
    if form is None:
        raise LegalFormMissing
    raise LegalFormNotPaid(
        form=form.value,
        by_invoice=earns_by(program, form, Settlement.VIA_PARTNER),
        paid=[terms.form.value for terms in program.forms if terms.is_paid_out],
    )
