"""The home of the words for legal forms: their names, and what a program states of each (R21)."""

from collections.abc import Iterable

from domain.entities.partner import LegalForm
from domain.programs.model import Program
from domain.programs.model_joining import LegalFormTerms
from domain.programs.model_rates import Settlement
from handlers.ui.html import Html, bold
from handlers.ui.language import Language


def form_name(language: Language, form: LegalForm) -> Html:
    """Return the name of a legal form."""
    say = language.say
    match form:
        case LegalForm.LEGAL_ENTITY:
            return say("company")
        case LegalForm.SOLE_PROPRIETOR:
            return say("sole proprietor")
        case LegalForm.SELF_EMPLOYED:
            return say("self-employed")
        case LegalForm.INDIVIDUAL:
            return say("individual")


def form_title(language: Language, form: LegalForm) -> Html:
    """Return the name of a legal form where it stands alone."""
    say = language.say
    match form:
        case LegalForm.LEGAL_ENTITY:
            return say("Company")
        case LegalForm.SOLE_PROPRIETOR:
            return say("Sole proprietor")
        case LegalForm.SELF_EMPLOYED:
            return say("Self-employed")
        case LegalForm.INDIVIDUAL:
            return say("Individual")


def form_names(language: Language, forms: Iterable[LegalForm]) -> str:
    """Return the names of several forms, one after the other."""
    return ", ".join(form_name(language, form) for form in forms)


def forms_lines(language: Language, program: Program) -> list[Html]:
    """Return what the program states of each legal form; nothing where it never asks."""
    if not program.forms:
        return []
    alike: dict[tuple[bool, frozenset[Settlement]], list[LegalForm]] = {}
    for terms in program.forms:
        alike.setdefault((terms.is_paid_out, terms.settlements), []).append(terms.form)
    head = bold(language.say("Who may join:"))
    return [head, *(_alike(language, forms, program) for forms in alike.values())]


def _alike(language: Language, forms: list[LegalForm], program: Program) -> Html:
    """Return one line for forms of which the same is stated."""
    terms = program.form(forms[0])
    names = form_names(language, forms)
    means = form_means(language, terms) if terms else ""
    return language.say("• {forms}: {means}", forms=names, means=means)


def form_means(language: Language, terms: LegalFormTerms) -> Html:
    """Return what a partner of this form can expect, before it joins."""
    say = language.say
    if terms.settlements == {Settlement.VIA_PARTNER}:
        if terms.is_paid_out:
            return say("earns only by its own invoices")
        return say(
            "earns only by its own invoices and keeps its share; what clients pay the vendor "
            "directly earns nothing, and there are no pay-outs"
        )
    if not terms.is_paid_out:
        return say("earns, but is not paid out")
    if terms.settlements == {Settlement.DIRECT}:
        return say("is paid out; clients pay the vendor directly")
    return say("is paid out, and may use its own invoices as well")
