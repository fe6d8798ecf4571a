"""The home of the screens with the papers that are needed to join (R31)."""

from collections.abc import Sequence

from domain.programs.model import Program
from handlers.ui.callbacks import Open, ShowProgram
from handlers.ui.callbacks_applications import ShowDocuments
from handlers.ui.documents import FormNeeds, needs_of
from handlers.ui.html import Html, bold, lines, link
from handlers.ui.language import Language
from handlers.ui.screen import Button, Rows, Screen


def choose_screen(language: Language, programs: Sequence[Program]) -> Screen:
    """Return the choice of a program; that none asks for papers where there is none."""
    say = language.say
    if not programs:
        text = say("No papers are needed: read the rules, press Activate, and you have your link.")
        return Screen(text, ((Button(say("🤝 Become a partner"), Open(screen="join")),),))
    rows = tuple(
        (Button(program.text(language.code).title, ShowDocuments(program=program.key)),)
        for program in programs
    )
    menu = (Button(say("📋 Menu"), Open(screen="menu")),)
    return Screen(say("📄 <b>Papers to join.</b> For which program?"), (*rows, menu))


def documents_screen(language: Language, program: Program, public_url: str) -> Screen:
    """Return what a program asks of each legal form."""
    say = language.say
    needs = needs_of(language, program)
    page = f"{public_url}/programs/{program.key}/documents?lang={language.code}"
    text = lines(
        say("📄 <b>Papers to join: {title}</b>", title=program.text(language.code).title),
        *(_form(language, need) for need in needs),
        "",
        say("Photos or scans will do at first. Everything is encrypted; each look is recorded."),
        say("The same as a page:"),
        link(page, page),
    )
    if not needs:
        return choose_screen(language, ())
    rows: Rows = (
        (Button(say("📝 To the program"), ShowProgram(program=program.key)),),
        (Button(say("📋 Menu"), Open(screen="menu")),),
    )
    return Screen(text, rows)


def _form(language: Language, need: FormNeeds) -> Html:
    say = language.say
    return lines(
        "",
        bold(need.name),
        *(Html(f"• {paper}") for paper in need.papers),
        *(say("• {paper} (if you have it)", paper=paper) for paper in need.optional_papers),
        *(say("• {paper} (if an employee files)", paper=paper) for paper in need.employee_papers),
        None if need.papers else say("• no papers"),
        say("Answers: {fields}", fields=", ".join(need.fields)),
        None if need.is_paid_out else say("There are no pay-outs for this legal form."),
    )
