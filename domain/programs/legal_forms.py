"""The home of legal forms in a program file: ``[[joining.forms]]`` in, their terms out."""

from domain.entities.partner import LegalForm
from domain.programs.model import LegalFormTerms, Settlement
from domain.programs.reading import Table
from domain.programs.values import flag, member_of


def read_forms(joining: Table) -> tuple[LegalFormTerms, ...]:
    """Return the legal forms that the program admits, as they are written (R21)."""
    forms: list[LegalFormTerms] = []
    for table in joining.tables("forms"):
        form = table.need(
            "key", member_of(LegalForm), LegalForm.INDIVIDUAL, what="one of the legal forms"
        )
        if any(known.form is form for known in forms):
            table.report.add((*table.path, "key"), f"{form} is stated twice")
        settlements = table.take_list("settlements", member_of(Settlement))
        forms.append(
            LegalFormTerms(
                form=form,
                is_paid_out=table.take("paid_out", flag, default=True),
                settlements=frozenset(settlements or Settlement),
            )
        )
        table.close()
    return tuple(forms)
