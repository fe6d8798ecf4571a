"""The home of legal forms in a program file: ``[[joining.forms]]`` in, their terms out."""

from domain.entities.partner import LegalForm
from domain.programs.application import read_questions
from domain.programs.model import JoiningMode
from domain.programs.model_joining import LegalFormTerms
from domain.programs.model_rates import Settlement
from domain.programs.reading import Table
from domain.programs.values import flag, member_of


def read_forms(joining: Table, mode: JoiningMode) -> tuple[LegalFormTerms, ...]:
    """Return the legal forms that the program admits, as they are written (R21)."""
    forms: list[LegalFormTerms] = []
    is_asked = mode is JoiningMode.APPLICATION
    if is_asked and not joining.has("forms"):
        joining.report.add(
            (*joining.path, "forms"),
            "is missing: an application needs at least one [[joining.forms]]",
        )
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
                questions=read_questions(table, is_asked=is_asked),
            )
        )
        table.close()
    return tuple(forms)
