"""The home of what a program asks of applicants, by legal form, for bot and pages (R31)."""

from dataclasses import dataclass

from domain.entities.questionnaire import PaperKind
from domain.programs.model import JoiningMode, Program
from domain.programs.model_joining import LegalFormTerms
from handlers.ui.application_words import field_name, paper_name
from handlers.ui.html import Html
from handlers.ui.language import Language
from handlers.ui.legal_forms import form_title


@dataclass(frozen=True, slots=True)
class FormNeeds:
    """What is asked of applicants of one legal form, in words.

    Attributes:
        name: The legal form.
        papers: Required papers.
        optional_papers: Papers that may be handed in.
        employee_papers: What an employee who files hands in besides.
        fields: Required answers.
        optional_fields: Answers that may be given.
        is_paid_out: Whether such a partner is paid out.
    """

    name: Html
    papers: tuple[Html, ...]
    optional_papers: tuple[Html, ...]
    employee_papers: tuple[Html, ...]
    fields: tuple[Html, ...]
    optional_fields: tuple[Html, ...]
    is_paid_out: bool


def needs_of(language: Language, program: Program) -> list[FormNeeds]:
    """Return what a program asks, by legal form; nothing where it takes no applications."""
    if program.joining is not JoiningMode.APPLICATION:
        return []
    return [_needs(language, terms) for terms in program.forms]


def _needs(language: Language, terms: LegalFormTerms) -> FormNeeds:
    asked = terms.questions

    def papers(*, needed: bool) -> tuple[Html, ...]:
        kinds = [kind for kind, is_needed in asked.papers.items() if is_needed is needed]
        return _papers(language, kinds)

    def fields(*, needed: bool) -> tuple[Html, ...]:
        kinds = [kind for kind, is_needed in asked.fields.items() if is_needed is needed]
        return tuple(field_name(language, kind) for kind in kinds)

    return FormNeeds(
        name=form_title(language, terms.form),
        papers=papers(needed=True),
        optional_papers=papers(needed=False),
        employee_papers=_papers(language, asked.employee_papers),
        fields=fields(needed=True),
        optional_fields=fields(needed=False),
        is_paid_out=terms.is_paid_out,
    )


def _papers(
    language: Language, kinds: list[PaperKind] | tuple[PaperKind, ...]
) -> tuple[Html, ...]:
    return tuple(paper_name(language, kind) for kind in kinds)
