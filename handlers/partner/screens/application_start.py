"""The home of the screens before and after the form: legal form, who files, deleting."""

from domain.applying import ApplicationView
from domain.entities.application import ApplicationStatus
from domain.entities.partner import LegalForm
from domain.programs.model import Program
from domain.programs.model_joining import LegalFormTerms
from domain.programs.model_rates import Settlement
from handlers.partner.screens.application_parts import leave, press, title_of
from handlers.ui.application_words import paper_name, status_words
from handlers.ui.callbacks_applications import ApplyFor, ShowDocuments
from handlers.ui.html import Html, bold, lines
from handlers.ui.language import Language
from handlers.ui.legal_forms import form_title
from handlers.ui.screen import Button, Rows, Screen


def forms_screen(language: Language, view: ApplicationView) -> Screen:
    """Return the choice of the legal form, each with what it means for pay-outs."""
    say = language.say
    text = lines(
        title_of(view, language),
        "",
        say("<b>What is your legal form?</b> The application asks only for what it needs."),
        *(_form_line(language, terms) for terms in view.program.forms),
        "",
        say("Everything is saved at once. You can stop at any time and go on another day."),
    )
    rows = [
        (Button(form_title(language, terms.form), press(view, "form", terms.form.value)),)
        for terms in view.program.forms
    ]
    papers = Button(say("📄 Which papers are needed"), ShowDocuments(program=view.program.key))
    return Screen(text, (*rows, (papers,), leave(language)))


def _form_line(language: Language, terms: LegalFormTerms) -> Html:
    name = bold(form_title(language, terms.form))
    return Html(f"• {name} — {payout_line(language, terms)}")


def payout_line(language: Language, terms: LegalFormTerms) -> Html:
    """Return in one line what a legal form means for pay-outs (R21)."""
    say = language.say
    if not terms.is_paid_out:
        return say("no pay-outs: you collect the price and keep your share")
    words = {
        LegalForm.LEGAL_ENTITY: say("pay-outs to the company’s bank account"),
        LegalForm.SOLE_PROPRIETOR: say("pay-outs to the bank account of the business"),
        LegalForm.SELF_EMPLOYED: say("pay-outs to your own account; you send a receipt"),
        LegalForm.INDIVIDUAL: say("pay-outs to your own account"),
    }
    return words[terms.form]


def unpaid_warning(language: Language, view: ApplicationView, terms: LegalFormTerms) -> Screen:
    """Return what somebody should know before it goes on with a form that is never paid out."""
    say = language.say
    is_via_only = terms.settlements == frozenset({Settlement.VIA_PARTNER})
    text = lines(
        say("⚠️ <b>{form}: please read this first</b>", form=form_title(language, terms.form)),
        say("• You are never paid out: no contract, no receipts, no acts."),
        say(
            "• You work only with payments that you collect yourself: the client pays you the "
            "full price, and you pay our invoice less your share."
        )
        if is_via_only
        else None,
        say("• What a client pays to us directly earns you nothing.") if is_via_only else None,
    )
    rows: Rows = (
        (Button(say("✅ I understand, go on"), press(view, "form_sure", terms.form.value)),),
        (Button(say("⬅️ Another legal form"), press(view, "forms")),),
    )
    return Screen(text, rows)


def filer_screen(language: Language, view: ApplicationView) -> Screen:
    """Return the question who files (R32)."""
    say = language.say
    form = view.program.form(view.application.form)
    proofs = form.questions.employee_papers if form else ()
    text = lines(
        title_of(view, language),
        "",
        say("<b>Who files this application?</b>"),
        say(
            "An employee may file it with a paper that proves the right to: {papers}.",
            papers=", ".join(paper_name(language, kind) for kind in proofs),
        ),
    )
    rows: Rows = (
        (Button(say("👤 I am the applicant"), press(view, "filer", "own")),),
        (Button(say("🧑‍💼 I am an employee"), press(view, "filer", "employee")),),
        (Button(say("⬅️ Another legal form"), press(view, "forms")),),
    )
    return Screen(text, rows)


def delete_question(language: Language, view: ApplicationView) -> Screen:
    """Ask before an application is deleted or taken back."""
    say = language.say
    is_review = view.application.status is ApplicationStatus.REVIEW
    text = lines(
        say("🗑 <b>Take application {number} back?</b>", number=view.application.number)
        if is_review
        else say("🗑 <b>Delete application {number}?</b>", number=view.application.number),
        say("Your answers and papers are erased for good. You can begin a new one at any time."),
    )
    rows: Rows = (
        (Button(say("🗑 Yes, erase it"), press(view, "delete")),),
        (Button(say("⬅️ Back"), press(view, "show")),),
    )
    return Screen(text, rows)


def deleted_screen(language: Language, program: str, number: int) -> Screen:
    """Return that an application is gone."""
    text = language.say("🗑 Application {number} is erased.", number=number)
    again = Button(language.say("📝 Begin a new one"), ApplyFor(program=program))
    return Screen(text, ((again,), leave(language)))


def application_button(language: Language, view: ApplicationView) -> Button:
    """Return the menu's button that says where an application stands."""
    say, status = language.say, view.application.status
    if status is ApplicationStatus.DRAFT:
        label = say(
            "📝 Your application: {done} of {count}",
            done=language.number(view.progress.done),
            count=language.number(len(view.progress.needed)),
        )
        if view.application.form is None:
            label = say("📝 Your application: go on")
    else:
        label = say("📝 Your application: {status}", status=status_words(language, status))
    return Button(label, press(view, "show"))


def intro_rows(language: Language, program: Program) -> Rows:
    """Return the ways on from the rules of a program that takes applications."""
    say = language.say
    return (
        (Button(say("📝 Fill in the application"), ApplyFor(program=program.key)),),
        (Button(say("📄 Which papers are needed"), ShowDocuments(program=program.key)),),
        leave(language),
    )
