"""The home of the card of an application in the admin chat, and of what its buttons lead to."""

from collections.abc import Iterable

from domain.applying import ApplicationView, name_of
from domain.entities.application import (
    ApplicationStatus,
    LineAuthor,
)
from domain.entities.progress import Item
from domain.entities.questionnaire import TAX_FIELDS, FieldKind, PaperKind
from handlers.ui.application_words import (
    field_name,
    field_reason,
    item_mark,
    item_name,
    rejection_reason,
    status_words,
)
from handlers.ui.callbacks_applications import DeskPress
from handlers.ui.claim_marks import masked
from handlers.ui.html import Html, bold, lines, short
from handlers.ui.language import Language
from handlers.ui.legal_forms import form_title
from handlers.ui.screen import Button, Rows, Screen

TALK_LINES = 4
WORDS_LENGTH = 300
SHOWN_END = 4
TWO = 2


def application_card(language: Language, view: ApplicationView) -> Screen:
    """Return the card: what is asked for, by whom (masked), how each paper stands."""
    say, application = language.say, view.application
    form = application.form
    text = lines(
        say("📝 <b>Application {number}</b>", number=application.number),
        status_words(language, application.status),
        say("Program: {title}", title=view.program.text(language.code).title),
        say("Legal form: {form}", form=form_title(language, form)) if form else None,
        say("Filed by an employee") if application.by_employee else None,
        say("Applicant: {name}", name=masked(name_of(view.file))),
        *_tax_line(language, view),
        say("Sent: {at}", at=application.submitted_at) if application.submitted_at else None,
        *_papers(language, view),
        *_refused(language, view),
        *_contract(language, view),
        *_decision(language, view),
        *_talk(language, view),
    )
    return Screen(text, _rows(language, view))


def _tax_line(language: Language, view: ApplicationView) -> list[Html]:
    kinds = [kind for kind in TAX_FIELDS if kind in view.file.answers]
    return [
        Html(f"{field_name(language, kind)}: •••{view.file.answers[kind].value[-SHOWN_END:]}")
        for kind in kinds[:1]
    ]


def _papers(language: Language, view: ApplicationView) -> Iterable[Html | str]:
    if not view.progress.papers:
        return ()
    return ("", *(_paper_line(language, view, item) for item in view.progress.papers))


def _paper_line(language: Language, view: ApplicationView, item: Item) -> Html:
    count = view.file.pages.get(item.key, 0) if isinstance(item.key, PaperKind) else 0
    files = language.say_many("{count} file", "{count} files", count) if count else "—"
    return Html(f"{item_mark(item.state)} {item_name(language, item.key)}: {files}")


def _refused(language: Language, view: ApplicationView) -> Iterable[Html | str]:
    fields = [item for item in view.progress.refused if isinstance(item.key, FieldKind)]
    found: list[Html | str] = []
    for item in fields:
        answer = view.file.answers[FieldKind(item.key)]
        if answer.refusal is not None:
            why = field_reason(language, answer.refusal)
            found.append(Html(f"🔴 {item_name(language, item.key)}: {why}"))
    if view.progress.refused and view.application.status is ApplicationStatus.REVIEW:
        found.append(language.say("The applicant is told once you send it back."))
    return ["", *found] if found else ()


def _contract(language: Language, view: ApplicationView) -> Iterable[Html]:
    application = view.application
    shown = []
    if application.originals_at is not None:
        shown.append(language.say("📦 Originals: {at}", at=application.originals_at))
    is_final = application.status is ApplicationStatus.APPROVED
    if is_final and application.contract_number and application.contract_date:
        shown.append(
            language.say(
                "Contract {number} of {date}",
                number=bold(application.contract_number),
                date=language.day(application.contract_date),
            )
        )
    if view.code and is_final:
        shown.append(language.say("Code: {code}", code=view.code))
    return shown


def _decision(language: Language, view: ApplicationView) -> Iterable[Html]:
    application = view.application
    if application.status is not ApplicationStatus.REJECTED or application.reason_code is None:
        return ()
    reason = rejection_reason(language, application.reason_code)
    return (language.say("Reason: {reason}", reason=reason),)


def _talk(language: Language, view: ApplicationView) -> list[Html | str]:
    found: list[Html | str] = []
    for line in view.file.lines[-TALK_LINES:]:
        is_staff = line.author is LineAuthor.STAFF
        who = language.say("Reviewer") if is_staff else language.say("Applicant")
        head = Html(f"💬 {bold(who)} · {language.instant(line.at)}")
        found += ["", head, short(line.text, WORDS_LENGTH)]
    return found


def _rows(language: Language, view: ApplicationView) -> Rows:
    say, id_ = language.say, view.application.id
    reveal = Button(say("🔎 All answers"), DeskPress.of("all", id_))
    ask = Button(say("💬 Ask the applicant"), DeskPress.of("ask", id_))
    if view.application.status is not ApplicationStatus.REVIEW:
        is_over = not view.application.is_open
        return ((reveal,),) if is_over else ((reveal, ask),)
    rows: list[tuple[Button, ...]] = [(reveal, ask)]
    papers = [
        Button(
            f"{item_mark(item.state)} {item_name(language, item.key)}",
            DeskPress.of("pp", id_, item.key.value),
        )
        for item in view.progress.papers
        if isinstance(item.key, PaperKind) and view.file.pages.get(item.key)
    ]
    rows += [tuple(papers[at : at + TWO]) for at in range(0, len(papers), TWO)]
    rows.append((Button(say("🔴 Refuse an answer"), DeskPress.of("fields", id_)),))
    if view.progress.refused:
        rows.append((Button(say("↩️ Send back to correct"), DeskPress.of("back", id_)),))
    waits = view.program.application.originals is not None
    if waits and view.application.originals_at is None and view.progress.are_scans_accepted:
        rows.append((Button(say("📦 Originals are here"), DeskPress.of("orig", id_)),))
    rows.append(
        (
            Button(say("✅ Approve"), DeskPress.of("prep", id_)),
            Button(say("❌ Reject"), DeskPress.of("rej", id_)),
        )
    )
    return tuple(rows)
